"""Match the columns of a header with a reader's: by name, by other names, and by the user's own mapping."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from data.importers.reading.reader import tidy_header
from data.importers.report import RefusedError, listed
from data.importers.values import numbers

BLANKS = re.compile(r"[\s\-.:/]+")
BRACKETS = re.compile(r"[()\[\]\"'*]")
PERCENT_WORDS = ("%", "percent", "prozent", "pct", "porcentaje", "porcentagem", "pourcentage", "percentuale")


@dataclass(frozen=True)
class Column:
    """One column that a reader takes. kind: how its cells are read (data/importers/rules.py).

    needed: the file must have it. filled: no cell of it may be blank.
    """

    name: str
    kind: str
    other_names: tuple[str, ...] = ()
    needed: bool = False
    filled: bool = False


# What every audience by country has.
OF_AN_AUDIENCE = (
    Column("creator_id", "id", needed=True),
    Column("country", "country", needed=True, filled=True),
)


@dataclass(frozen=True)
class Match:
    """Where a reader's columns stand in a file: name to position; and the names of columns that are not taken."""

    places: dict[str, int]
    ignored: tuple[str, ...]
    percent: frozenset[str]  # columns whose heading says percent
    currencies: Mapping[str, str] = field(default_factory=dict)  # columns whose heading says a currency: code or sign


def fold_name(name: str) -> str:
    """A heading without case, brackets, blanks and full-width forms: "Creator ID " and "creator-id" are creator_id."""
    flat = unicodedata.normalize("NFKC", tidy_header(name))
    return BLANKS.sub("_", BRACKETS.sub("", flat).strip().casefold()).strip("_")


def mapped_names(header: Sequence[str], mapping: Iterable[tuple[str, str]]) -> list[str]:
    """Folded names of a header after the user's mapping."""
    chosen = {fold_name(source): fold_name(target) for source, target in mapping}
    return [chosen.get(fold_name(name), fold_name(name)) for name in header]


def signature(header: Sequence[str]) -> str:
    """SHA-256 that files with the same column names share, whatever their order and however many have no name."""
    names = sorted(filter(None, map(fold_name, header)))
    return hashlib.sha256("\n".join(names).encode("utf-8", "surrogatepass")).hexdigest()


def that_hold(header: Sequence[str], mapping: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The pairs of a mapping that name a column of this header."""
    names = set(map(fold_name, header))
    return tuple(pair for pair in mapping if fold_name(pair[0]) in names)


def match(header: Sequence[str], columns: Sequence[Column], mapping: Iterable[tuple[str, str]]) -> Match:
    """Find a reader's columns in a header. What the user maps wins over a column that is called so.

    Raises RefusedError when a column stands there twice.
    """
    meaning = {other: column.name for column in columns for other in (column.name, *column.other_names)}
    chosen = {fold_name(source): meaning.get(fold_name(target)) for source, target in mapping}
    mapped = {chosen[folded] for folded in map(fold_name, header) if folded in chosen}
    money = {column.name for column in columns if column.kind == "money"}
    places: dict[str, int] = {}
    currencies: dict[str, str] = {}
    ignored = []
    for place, folded in enumerate(map(fold_name, header)):
        column = chosen[folded] if folded in chosen else meaning.get(folded)
        bare, unit = numbers.without_unit(header[place])
        if unit and (column or meaning.get(fold_name(bare))) in money:
            column = column or meaning[fold_name(bare)]
            currencies[column] = unit
        if column is None or (column in mapped and folded not in chosen):
            if folded:
                ignored.append(header[place])
        elif column in places:
            both = listed([header[places[column]], header[place]])
            raise RefusedError(f"two columns for {column} ({both}); keep the one that is meant and load again")
        else:
            places[column] = place
    percent = {c for c, place in places.items() if any(word in header[place].casefold() for word in PERCENT_WORDS)}
    currencies = {column: unit for column, unit in currencies.items() if column in places}
    return Match(places, tuple(ignored), frozenset(percent), currencies)


def missing(found: Match, columns: Sequence[Column], given: Iterable[str]) -> list[str]:
    """Names of needed columns that are neither in the file nor given by the user."""
    return [c.name for c in columns if c.needed and c.name not in found.places and c.name not in given]

"""Compare headings and cells of a sheet with the words of words.toml, without case, accents and punctuation."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from data.importers.values import countries, numbers

WORDS = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
PUNCTUATION = re.compile(r"[^\w@%#]+|_")
ORDINAL = re.compile(r"^#?(\d{1,2})(?:st|nd|rd|th|er|e|o|a|\.)?$")
LONGEST_NAME = 60


def fold(text: str) -> str:
    """Words of a heading or cell as they are compared: "Número de publicaciones" is "numero de publicaciones"."""
    flat = unicodedata.normalize("NFKD", text).casefold()
    flat = "".join(c for c in flat if not unicodedata.combining(c)).replace("ß", "ss").replace("ł", "l")
    return " ".join(PUNCTUATION.sub(" ", flat).split())


def _of(names: str) -> list[str]:
    return [fold(name) for name in names.split(";")]


@cache
def fields() -> Mapping[str, str]:
    """What a heading means: folded heading to the name of a field."""
    return {name: field for field, names in WORDS["fields"].items() for name in _of(names)}


def names_people(headings: Iterable[str]) -> bool:
    """Whether one of these headings says that a row is about somebody: "Creator", "Instagram handle", "Email"."""
    folded = [fold(heading) for heading in headings]
    are_people = any(fields().get(name) in ("person", "handle", "creator_name", "creator_id") for name in folded)
    return are_people or any({"handle", "username", "email"} & {*name.split()} for name in folded)


@cache
def reasons_left_out() -> Mapping[str, str]:
    """Words (or pairs of words) of headings whose columns are no result, with the reason."""
    return {name: reason for reason, names in WORDS["left_out"].items() for name in _of(names)}


@cache
def neutral() -> frozenset[str]:
    """Words of headings that say nothing."""
    return frozenset(_of(WORDS["neutral"]["words"]))


@cache
def day_first() -> frozenset[str]:
    """Headings of dates in languages in which nobody writes the month first."""
    return frozenset(_of(WORDS["day_first"]["words"]))


@cache
def platforms() -> Mapping[str, str]:
    """How platforms are called: folded name to the name that the store uses."""
    return {name: platform for platform, names in WORDS["platforms"].items() for name in _of(names)}


@cache
def deliverables() -> Mapping[str, str]:
    """How kinds of content are called: folded name to the kind."""
    return {name: kind for kind, names in WORDS["deliverables"].items() for name in _of(names)}


@cache
def _currencies() -> Mapping[str, str]:
    return {name: currency for currency, names in WORDS["currencies"].items() for name in _of(names)}


def currency(cell: str) -> str:
    """The code that a cell of currencies means ("EUR", "€", "Euro"), a sign that several share ("Dollar"), or ""."""
    bare = cell.strip()
    if code := countries.currency(bare):
        return code
    return bare if bare in numbers.SHARED_SIGNS else _currencies().get(fold(bare), "")


@cache
def cells(meaning: str) -> frozenset[str]:
    """Cells with one meaning ("not_measured", "total"), compared without case."""
    return frozenset(WORDS["cells"][meaning].split(";"))


@cache
def folded_cells(meaning: str) -> frozenset[str]:
    """The same, compared as headings are."""
    return frozenset(map(fold, cells(meaning)))


def platform(cell: str) -> str | None:
    """The platform that a cell names, or None."""
    return platforms().get(fold(cell)) if len(cell) <= LONGEST_NAME else None


A_NUMBER_OF = re.compile(r"[x×]?\s*(\d{1,4})\s*[x×]?", re.IGNORECASE)


def count_of(cell: str) -> str:
    """How many a cell says ("2x", "1+3"), as digits; any other cell as it is."""
    parts = [A_NUMBER_OF.fullmatch(part.strip()) for part in cell.split("+")]
    return str(sum(int(part[1]) for part in parts if part)) if all(parts) else cell


BETWEEN_CODES = re.compile(r"\s*[;,/|\n]\s*|\s+(?:[&+]|and|und|y|et|e|or|oder|o|ou)\s+", re.IGNORECASE)
BEHIND_CODE = re.compile(r"\s+\([^()]*\)$")  # "ADA10 (10% off)"


def codes(cell: str) -> str:
    """The discount codes that a cell holds, separated as the store separates them: "ADA10 / ADA15" is "ADA10;ADA15"."""
    if "://" in cell:
        return cell
    return ";".join(filter(None, (BEHIND_CODE.sub("", part.strip()) for part in BETWEEN_CODES.split(cell))))


COUNTED = re.compile(r"^(\d{1,3})\s*x?\s*([^\d\s].*)$|^(.+?)\s+x\s*(\d{1,3})$")
BETWEEN_KINDS = re.compile(r"[,;+&/\n]| and | und | y | et | e ")


def deliverable(cell: str) -> tuple[str, str]:
    """The kind of content that a cell names, and how many ("" where it does not say): "3x Story" is ("story", "3").

    Several kinds in one cell are none that the whole row could be counted for, though their sum may be known:
    "2 Reels + 1 Story" is ("", "3").
    """
    parts = [part for part in BETWEEN_KINDS.split(cell) if part.strip()]
    if len(parts) > 1 and len(cell) <= LONGEST_NAME and fold(cell) not in deliverables():
        counted = [deliverable(part) for part in parts]
        return "", str(sum(int(count) for _, count in counted)) if all(k and c for k, c in counted) else ""
    folded = fold(cell) if len(cell) <= LONGEST_NAME else ""
    if kind := deliverables().get(folded):
        return kind, ""
    if match := COUNTED.match(folded):
        kind = deliverables().get(match[2] or match[3], "")
        return (kind, match[1] or match[4]) if kind else ("", "")
    return "", ""

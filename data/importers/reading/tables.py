"""Open the content of an export: records, JSON, titles, several tables, before a reader says which of them is meant.

A reader of exports looks at an ExportContent and gives a RecordTable: the rows of one table under our own column names.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from data.importers.limits import MAX_COLUMNS, MAX_DOCUMENT_BYTES, MAX_RECORDS_ABOVE_HEADER, MEBI
from data.importers.reading import encoding, heading_words
from data.importers.reading.encoding import Scan
from data.importers.reading.header_row import fold_name
from data.importers.reading.reader import (
    Record,
    beginning,
    check_header,
    fit_to_header,
    records,
    shortened,
    tidy_header,
    unclosed_quote,
)
from data.importers.report import RefusedError, listed, quoted
from data.importers.values import countries


@dataclass(frozen=True)
class Where:
    """Where a value stands, when a row has several of them or the file has no rows: what a problem names instead."""

    row: int | None
    line: int | None
    column: str

    @property
    def words(self) -> str:
        """The place in a sentence."""
        return f"row {self.row}, {self.column}" if self.row else self.column


@dataclass(frozen=True)
class RecordTable:
    """Rows of an export under our column names. A record's row is the key of the row in everything that follows.

    own_header: the names of the export's own table, where it has any. where: (key, column name) to the place of the
    value, for tables whose key is no row of a sheet; (key, "") stands for all other columns of the key. notes: what has
    to be said, "" for nothing. days_seen: other dates of the export, which may prove the order of day and month.
    """

    header: tuple[str, ...]
    records: Sequence[Record]
    own_header: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    where: Mapping[tuple[int, str], Where] = field(default_factory=dict)
    facts: Mapping[str, object] = field(default_factory=dict)
    days_seen: Sequence[str] = ()

    @property
    def width(self) -> int:
        """How many cells a sound row of the export has."""
        return len(self.own_header or self.header)


@dataclass(frozen=True)
class ExportContent:
    """The content of a text file that a reader of exports looks at. mapping: the user's own (FROM, TO) column names."""

    path: Path
    scan: Scan
    encoding: str
    head: str
    delimiters: tuple[str, ...]
    shown_offset: int
    mapping: tuple[tuple[str, str], ...] = ()

    @property
    def is_json(self) -> bool:
        """Whether it begins as a JSON content."""
        return encoding.is_json(self.head[:100].encode("utf-8", "replace"))

    @cached_property
    def _decoded(self) -> tuple[str, str]:
        if self.scan.size > MAX_DOCUMENT_BYTES:
            raise RefusedError(
                f"{self.scan.size / MEBI:,.0f} MB are over the limit of {MAX_DOCUMENT_BYTES / MEBI:,.0f} MB for an "
                "export; choose a shorter time and load the parts"
            )
        return encoding.decode(self.path.read_bytes(), self.encoding)

    @property
    def text(self) -> str:
        """The whole text. Raises RefusedError above the limit of size."""
        return self._decoded[0]

    @property
    def note(self) -> str:
        """What has to be said about the encoding."""
        return self._decoded[1]

    @cached_property
    def json(self) -> object:
        """The whole file as JSON, numbers as they are written. Raises RefusedError for damaged or doubtful JSON."""
        try:
            return json.loads(
                self.text, parse_float=str, parse_int=str, parse_constant=_no_number, object_pairs_hook=_once
            )
        except json.JSONDecodeError as error:
            if error.msg == "Extra data":
                raise RefusedError(
                    f"this file holds several JSON documents (the second at line {error.lineno}); save each in a "
                    "file of its own"
                ) from error
            raise RefusedError(
                f"this JSON is damaged or cut off at line {error.lineno} ({error.msg}); export it again"
            ) from error
        except RecursionError as error:
            raise RefusedError("this JSON is nested deeper than any export; export it again") from error

    @cached_property
    def heads(self) -> dict[str, list[Record]]:
        """The first records as every possible delimiter cuts them, blank ones left out."""
        heads = {}
        for delimiter in self.delimiters:
            first: list[Record] = []
            for record in records(self.head, delimiter, self.shown_offset):
                if record.row >= 1 and any(cell.strip() for cell in record.fields):
                    first.append(record)
                if len(first) > MAX_RECORDS_ABOVE_HEADER:
                    break
            heads[delimiter] = first
        return heads

    @property
    def first_rows(self) -> Iterator[tuple[str, ...]]:
        """The cells of the first records as names, as every possible delimiter cuts them; the header is one of them."""
        for first in () if self.is_json else self.heads.values():
            for record in first:
                yield tuple(tidy_header(cell) for cell in record.fields)

    @cached_property
    def possible_headers(self) -> list[tuple[str, Record, tuple[str, ...], tuple[str, ...]]]:
        """The first records, each with its delimiter, its cells as names, and what the names are after the mapping."""
        chosen = {fold_name(source): fold_name(target) for source, target in self.mapping}
        candidates = []
        for delimiter, first in self.heads.items():
            for record in first:
                if not record.fault and len(record.fields) <= MAX_COLUMNS:
                    header = without_blank_end([tidy_header(cell) for cell in record.fields])
                    candidates.append((delimiter, record, header, named(header, chosen)))
        return candidates

    def records(self, delimiter: str) -> Iterator[Record]:
        """Every record of the file, blank ones too (without fields)."""
        for record in records(self.text, delimiter, self.shown_offset):
            if record.fault == "unclosed quote":
                raise unclosed_quote(record.row, record.line)
            if record.row >= 1:
                yield shortened(record)


def _no_number(text: str) -> str:
    raise RefusedError(f"this JSON holds {text} where a number should stand; export it again")


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    value = dict(pairs)
    if len(value) < len(pairs):
        names = [name for name, _ in pairs]
        twice = sorted({name for name in names if names.count(name) > 1})
        raise RefusedError(f"this JSON says {listed(twice)} twice in one place; export it again")
    return value


def open_content(path: Path, scan: Scan) -> ExportContent:
    """Look at the head of a text file. Raises RefusedError for binary bytes."""
    return ExportContent(path, scan, *beginning(scan))


@dataclass(frozen=True)
class Headed:
    """A table of an export that has a header: its record, its names as written and folded, the delimiter."""

    content: ExportContent
    delimiter: str
    record: Record
    header: tuple[str, ...]
    names: tuple[str, ...]

    def above(self) -> list[Record]:
        """The records above the header: titles, dates, notes."""
        return [r for r in self.content.heads[self.delimiter] if r.line < self.record.line]

    def places(self, wanted: Mapping[str, Sequence[str]]) -> dict[str, int]:
        """Where our columns stand: for each the first of its names in the header. Raises RefusedError for twins."""
        places = {}
        for column, names in wanted.items():
            for name in (column, *names):
                if name in self.names:
                    places[column] = self.names.index(name)
                    if self.names.count(name) > 1:
                        raise RefusedError(
                            f"two columns named {quoted(self.header[places[column]])}; keep the one that is meant"
                        )
                    break
        return places

    def below(self) -> Iterator[Record]:
        """The records below the header, as long as the header or with a fault; blank ones left out."""
        for record in self.content.records(self.delimiter):
            if record.line > self.record.line and any(cell.strip() for cell in record.fields):
                yield fit_to_header(record, len(self.header))

    def refuse_breakdowns(self, rows: Iterable[Record], used: Mapping[str, int]) -> None:
        """Raise RefusedError when another column holds words or days: then a country has several rows."""
        others = [place for place in range(len(self.header)) if place not in used.values()]
        times = {place for place in others if self.names[place] in TIMES}
        for record in rows:
            for place in others if not record.fault else ():
                cell = record.fields[place].strip()
                is_part = place in times or DAY_IN_DIGITS.fullmatch(cell) or not IS_MEASURED.match(cell)
                if is_part and not ("country" in used and says_the_same(cell, record.fields[used["country"]])):
                    raise RefusedError(
                        f"the column {quoted(self.header[place])} splits every country into parts (row {record.row}: "
                        f"{quoted(record.fields[place])}), so no row says how much a country has; export the table "
                        "by country alone"
                    )

    def currency(self, place: int | None) -> str:
        """The currency that stands in the name of the column at a place, or ""."""
        return "" if place is None else without_currency(self.header)[1][place]

    def read_as(
        self, header: tuple[str, ...], records: Sequence[Record], used: Mapping[str, int], notes: Iterable[str] = ()
    ) -> RecordTable:
        """The table with these records under our names; used: the columns that they are made of."""
        return RecordTable(header, records, self.header, self.ignored(used), (self.content.note, *notes))

    def ignored(self, used: Mapping[str, int]) -> tuple[str, ...]:
        """Names of the columns that are not taken."""
        taken = set(used.values())
        return tuple(name for place, name in enumerate(self.header) if name and place not in taken)


def says_the_same(cell: str, country: str) -> bool:
    """Whether a cell names the country of another cell, as the column Country ID beside Country does."""
    meant = countries.country(country.strip()).code
    return meant is not None and meant == countries.country(cell).code


def without_blank_end(header: Sequence[str]) -> tuple[str, ...]:
    """Names without the blank columns that spreadsheets leave behind the last one."""
    last = max((place for place, name in enumerate(header) if name), default=-1)
    return tuple(header[: last + 1])


def find_header(content: ExportContent, knows: Callable[[set[str]], bool]) -> Headed | None:
    """The first record whose folded names a reader knows, or None. Raises RefusedError for damaged names."""
    if content.is_json:
        return None
    for delimiter, record, header, names in content.possible_headers:
        if knows(set(names)):
            check_header(header)
            return Headed(content, delimiter, record, header, names)
    return None


# What a column of measures holds: numbers, percentages, amounts, durations (0:03:10), nothing.
IS_MEASURED = re.compile(
    r"^[<>]?\s?(-{0,2}|\u2013|n/?a|nan|[^\w\s]{0,2}\s?-?\d[\d.,'’\s]*(e-?\d+)?\s?(%|[^\w\s]{1,2})?|-?\d+(:\d\d){1,2}(\.\d+)?)$",
    re.IGNORECASE,
)
DAY_IN_DIGITS = re.compile(r"20\d\d[01]\d[0-3]\d")
# Headings of times: their cells may be numbers, and are no measures.
TIMES = frozenset(heading_words.of("times")["time"])
CURRENCY_IN_NAME = re.compile(r"^(.*\S)\s*[(\[（]([A-Z]{3}|[^\s()]{0,3}[^\sA-Za-z()]{1,2})[)\]）]$")


def without_currency(header: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names without a currency at their end ("Amount spent (IDR)", "(€)"), and the currencies, "" for none."""
    hits = [CURRENCY_IN_NAME.match(name) for name in header]
    pairs = [
        (hit[1], currency) if hit and (currency := countries.currency(hit[2])) else (name, "")
        for hit, name in zip(hits, header, strict=True)
    ]
    return tuple(name for name, _ in pairs), tuple(currency for _, currency in pairs)


def named(header: Sequence[str], chosen: Mapping[str, str]) -> tuple[str, ...]:
    """Folded names of a header; where the user maps a column to a name, no other column has that name."""
    bare, _ = without_currency(header)
    whole = [fold_name(name) for name in header]
    taken = {chosen[name] for name in whole if name in chosen}
    folded = [fold_name(name) for name in bare]
    return tuple(
        chosen.get(name) or ("" if short in taken else short) for name, short in zip(whole, folded, strict=True)
    )


def with_fields(records: Iterable[Record], fields_of: Callable[[list[str]], list[str]]) -> list[Record]:
    """The records with what is made of their fields; one with a fault stays as it is."""
    return [r if r.fault else replace(r, fields=fields_of(r.fields)) for r in records]


def picked(records: Iterable[Record], places: Sequence[int | None]) -> list[Record]:
    """The records with the cells of these places only ("" for None)."""
    return with_fields(records, lambda cells: ["" if place is None else cells[place] for place in places])

"""Tell rows that add up others from rows of creators, and hold each total against the rows that it adds up.

A row is a total by its words ("April total", "Summe Q2"), unless it has an account of its own. A name that only begins
or ends with such a word ("Total Fit"), or is nothing but a month, is one where its numbers are the sums of rows above.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from data.importers import subtotals
from data.importers.reading.reader import Record
from data.importers.tracker import words
from data.importers.tracker.readings import COUNTS, MONEY, WHO, ColumnMeanings, Reading
from data.importers.values import countries, numbers

OF_AN_ACCOUNT = ("handle", "link", "post_link")
SUMMED = (*COUNTS, *MONEY)
WITH_NUMBER = re.compile(r"(?:sub)?totals?[\s:()\-–—=]*(?:\d+\s*\w*)?[\s:()]*")
# What a period is called in few letters: 2025, Q2, H1, KW 12, FY25, T3 (trimestre).
PERIOD = re.compile(r"\d+%?|%|q[1-4]|[ht][1-4]|k?w\d{1,2}|fy\d{2,4}")
LONGEST_NAME = 60
MOST_GROUPS = 24  # earlier totals from which on rows are added up: a year of months and quarters
LEAST_AGREED = 2  # columns: two sums that agree are no chance


@dataclass(frozen=True)
class Added:
    """What rows add up to: how many they are, their sums by column, and how many cells are short numbers (1.2k)."""

    rows: int
    sums: tuple[float, ...]
    short: tuple[int, ...]

    def __sub__(self, other: "Added") -> "Added":
        sums = tuple(a - b for a, b in zip(self.sums, other.sums, strict=True))
        return Added(self.rows - other.rows, sums, tuple(a - b for a, b in zip(self.short, other.short, strict=True)))

    def plus(self, cells: Sequence[str], columns: Sequence[Reading]) -> "Added":
        """The same with one row more."""
        of_row = [cells[column.place].strip() for column in columns]
        sums = tuple(added + _amount(cell) for added, cell in zip(self.sums, of_row, strict=True))
        short = tuple(count + _is_short(cell) for count, cell in zip(self.short, of_row, strict=True))
        return Added(self.rows + 1, sums, short)


@dataclass(frozen=True)
class Difference:
    """A column of a total that is not the sum of the rows."""

    heading: str
    stated: float
    added: float


@dataclass(frozen=True)
class Total:
    """A total row. name: what it calls itself, if that is more than a word for total.

    differ: where it is not the sum of the rows; is_of_part: of those since the last total.
    """

    record: Record
    name: str = ""
    differ: tuple[Difference, ...] = ()
    is_of_part: bool = False


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(map(words.fold, words.cells(kind)))


@cache
def _beside() -> frozenset[str]:
    """Words that say nothing of a person: months, and what stands beside a word for total."""
    months = {word for name in countries.known()["months"] for word in words.fold(name).split()}
    of_totals = {word for kind in ("total", "average", "tax") for name in _words(kind) for word in name.split()}
    return words.neutral() | _words("beside_total") | months | of_totals


def is_total_name(cell: str) -> bool:
    """Whether a cell calls its row a total or an average: "Ø / Summe", "April total", "Total (2 creators)"."""
    return _kind_of(cell) == "total"


def is_average_name(cell: str) -> bool:
    """Whether a cell calls its row an average, or average and total."""
    return not _words("average").isdisjoint(words.fold(cell).split())


def _is_of_taxes(cell: str) -> bool:
    """Whether a row that is no creator's is of taxes, or of amounts with or without them: "VAT 19%"."""
    return not _words("tax").isdisjoint(words.fold(cell).split())


@lru_cache(maxsize=100_000)
def _kind_of(cell: str) -> str:
    """What the name of a row says: "total"; "maybe", where its numbers have to prove it; or ""."""
    tokens = words.fold(cell).split() if len(cell) <= LONGEST_NAME else []
    said = _words("total") | _words("average") | _words("tax")
    if not tokens or not any(letter.isalpha() or letter in "σø" for letter in cell.casefold()):
        return ""
    says_nothing_else = all(token in _beside() or PERIOD.fullmatch(token) for token in tokens)
    if " ".join(tokens) in said or WITH_NUMBER.fullmatch(cell.strip().casefold()):
        return "total"
    if says_nothing_else:
        return "maybe" if said.isdisjoint(tokens) else "total"
    return "maybe" if {tokens[0], tokens[-1]} & _words("total") else ""


def find(records: Sequence[Record], meanings: ColumnMeanings) -> list[Total]:
    """The totals among the rows of a sheet, each held against the rows that it adds up."""
    kinds = {record.row: _kind_of_row(record, meanings) for record in records if not record.fault}
    if not any(kinds.values()):
        return []
    columns = meanings.read(*SUMMED)
    now = nothing = Added(0, (0.0,) * len(columns), (0,) * len(columns))
    found: list[tuple[Record, Added]] = []
    for record in records:
        kind = kinds.get(record.row)
        before = [nothing, *(added for _, added in found[-MOST_GROUPS:])]
        if kind == "total" or (kind and any(_is_proven(record, now - start, columns) for start in before)):
            found.append((record, now))
        elif not record.fault:
            now = now.plus(record.fields, columns)
    at = [nothing, *(added for _, added in found), now]
    totals = [_held(record, place, at, columns) for place, (record, _) in enumerate(found, 1)]
    names = [_name_of(total.record, meanings) for total in totals]
    return [total if _is_bare(n) else replace(total, name=n) for total, n in zip(totals, names, strict=True)]


def _name_of(record: Record, meanings: ColumnMeanings) -> str:
    """What a row calls itself where the creator should stand, or before anything else."""
    who = meanings.read("creator_id", "handle", "creator_name", "link")
    cells = (*(record.fields[column.place] for column in who), *record.fields)
    return next((cell.strip() for cell in cells if cell.strip()), "")


def _is_bare(name: str) -> bool:
    said, folded = _words("total") | _words("average"), words.fold(name)
    return not any(map(str.isalpha, name)) or folded in said or {*folded.split()} <= said


def _kind_of_row(record: Record, meanings: ColumnMeanings) -> str:
    """What a row is by its name; one with an account of its own has to be proven."""
    named = _name_of(record, meanings)
    if not any(record.fields[column.place].strip() for column in meanings.read(*WHO, "creator_id", "post_link")):
        return _kind_of(named) or "maybe"  # sums that nobody gave a name
    kind = _kind_of(named)
    if kind != "total" or _is_bare(named):
        return kind
    no_account = {*words.cells("not_measured"), named.casefold()}
    has_account = any(
        record.fields[c.place].strip().casefold() not in no_account for c in meanings.read(*OF_AN_ACCOUNT)
    )
    return "maybe" if has_account else kind


def _amount(cell: str) -> float:
    return 0.0 if cell.casefold() in words.cells("not_measured") else subtotals.amount(cell) or 0.0


def _is_short(cell: str) -> bool:
    """Whether a cell is a number such as 1.2k, which no sum can be held against."""
    return cell[:1].isdigit() and cell[-1:].isalpha() and not numbers.without_sign(cell, "")[1]


def _compared(record: Record, added: Added, columns: Sequence[Reading]) -> Iterator[tuple[bool, Difference]]:
    """For each column with a number in a total: whether it is the sum of the rows, and both numbers."""
    for place, column in enumerate(columns):
        stated = subtotals.amount(record.fields[column.place])
        if stated and not added.short[place]:
            summed = round(added.sums[place], 6)
            yield abs(stated - summed) <= 0.01 + 1e-6 * stated, Difference(column.heading, stated, summed)


def _is_proven(record: Record, added: Added, columns: Sequence[Reading]) -> bool:
    """Whether the numbers of a row are the sums of several others."""
    agreed = [agrees for agrees, _ in _compared(record, added, columns)]
    return added.rows >= LEAST_AGREED and sum(agreed) >= LEAST_AGREED


def _held(record: Record, place: int, at: Sequence[Added], columns: Sequence[Reading]) -> Total:
    """A total beside the rows that it comes nearest to: those above it, all of the sheet, or those below it."""
    name = next((cell for cell in record.fields if cell.strip()), "")
    if is_average_name(name) or _is_of_taxes(name):
        return Total(record)
    above = [at[place] - start for start in reversed(at[max(0, place - MOST_GROUPS) : place])]
    groups = [group for group in (*above, at[-1], at[place + 1] - at[place], at[-1] - at[place]) if group.rows]
    ways = [[d for agrees, d in _compared(record, group, columns) if not agrees] for group in groups]
    if not ways or not min(ways, key=len):
        return Total(record)
    nearest = min(range(len(ways)), key=lambda way: len(ways[way]))
    if len(at) == 3:  # the only total: of the whole sheet
        nearest = len(groups) - 1 if groups[-1] == at[-1] else groups.index(at[-1])
    return Total(record, differ=tuple(ways[nearest]), is_of_part=groups[nearest] != at[-1])

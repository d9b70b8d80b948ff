"""Tell thousands from decimals in the numbers of a sheet: 14.667 views are whole, and no fee has three decimals.

A cell with both marks (1.184,30) proves for the whole sheet which one stands between thousands. Numbers of a workbook
prove nothing of the texts beside them: they are written with a point, whatever people write.
"""

import re
from collections.abc import Iterator, Mapping, Sequence, Set

from data.importers.reading.reader import Record
from data.importers.tracker.columns import NOT_MEASURED
from data.importers.tracker.readings import MONEY, ColumnMeanings
from data.importers.tracker.sheet_parts import NUMBERS

# The letters behind a number that stand for no thousands or millions: those of a currency.
NO_SHORT = (
    r"(?!\s?(?:[kKmMbB]|Tsd|tsd|Mio|mio|Mrd|mln|mil|mila|[Ll]akhs?|[Ll]acs?|[Cc]rores?|[万萬만億亿억])\b)[^\d]{0,4}"
)
GROUPED = re.compile(rf"[^\d]{{0,4}}[1-9]\d{{0,2}}([.,'’])\d{{3}}(?:\1\d{{3}})*{NO_SHORT}")
GROUPED_ONCE = re.compile(rf"[^\d]{{0,4}}[1-9]\d{{0,2}}([.,])\d{{3}}{NO_SHORT}")
DECIMALS = re.compile(rf"\d([.,])\d{{1,2}}(?!\d){NO_SHORT}$")
DECIMALS_OF_MONEY = re.compile(r"\d([.,])\d{1,2}(?!\d)[^\d]*$")
# 1.184,30, 1.234.567 and 1,25,000 (India): what stands between thousands is certain.
PROOF = re.compile(
    r"[^\d]{0,4}[1-9]\d{0,2}([.,'’])\d{3}(?:\1\d{3})*(?!\1)[.,]\d{1,2}[^\d]{0,4}"
    r"|[^\d]{0,4}[1-9]\d{0,2}([.,'’])\d{3}(?:\2\d{3})+[^\d]{0,4}"
    r"|[^\d]{0,4}[1-9]\d?(?:(,)\d\d)+,\d{3}(?:\.\d{1,2})?[^\d]{0,4}"
)


def between_thousands(records: Sequence[Record], meanings: ColumnMeanings) -> dict[int, str]:
    """The mark between thousands of each column of numbers; "" where none is certain."""
    places = [column.place for column in meanings.read(*NUMBERS)]
    proven = _proven(records, meanings)
    return {place: _of_column(records, meanings, place, proven) for place in places}


def _proven(records: Sequence[Record], meanings: ColumnMeanings) -> Set[str]:
    """The marks between thousands that cells prove; two contradict each other."""
    cells = (cell for column in meanings.read(*NUMBERS) for cell in _cells(records, column.place))
    return {proof[1] or proof[2] or proof[3] for cell in cells if (proof := PROOF.fullmatch(cell))}


def _of_column(records: Sequence[Record], meanings: ColumnMeanings, place: int, proven: Set[str]) -> str:
    """The mark of one column. proven: those of the sheet."""
    found = {grouped[1] for cell in _cells(records, place) if (grouped := GROUPED.fullmatch(cell))}
    if proven:
        return next(iter(found & proven), "") if len(proven) == 1 else ""
    if len(found) != 1 or found & _before_decimals(records, meanings, place):
        return ""
    return found.pop()


def before_decimals(
    records: Sequence[Record], meanings: ColumnMeanings, grouped: Mapping[int, str]
) -> dict[int, frozenset[str]]:
    """The marks that are no thousands of a column: they stand before one or two digits, or the sheet proves others."""
    proven = _proven(records, meanings)
    others = {".", ","} - proven if len(proven) == 1 else set()
    places = [column.place for column in meanings.read(*NUMBERS)]
    return {place: (_before_decimals(records, meanings, place) | others) - {grouped.get(place, "")} for place in places}


def _before_decimals(records: Sequence[Record], meanings: ColumnMeanings, place: int) -> frozenset[str]:
    is_money = any(column.place == place for column in meanings.read(*MONEY))
    shape = DECIMALS_OF_MONEY if is_money else DECIMALS
    return frozenset(end[1] for cell in _cells(records, place) if (end := shape.search(cell)))


def is_unclear(cells: Sequence[str], decimals: Mapping[int, frozenset[str]]) -> bool:
    """Whether a row has 1.250 in a column that has 99.50 too, and nothing says which of both the mark is."""
    found = ((GROUPED_ONCE.fullmatch(cells[place]), marks) for place, marks in decimals.items())
    return any(once is not None and once[1] in marks for once, marks in found)


def without_thousands(cell: str, grouped: Mapping[int, str], place: int | None) -> str:
    """A cell of numbers without the marks between thousands of its column; blank where nothing was measured."""
    if cell.casefold() in NOT_MEASURED:
        return ""
    mark = grouped.get(place, "") if place is not None else ""
    match = GROUPED.fullmatch(cell) if mark else None
    return cell.replace(mark, "") if match and match[1] == mark else cell


def _cells(records: Sequence[Record], place: int) -> Iterator[str]:
    return (record.fields[place].strip() for record in records if not record.fault)

"""Take the platform of rows that name none from the name of their sheet, or from a row of its own above them."""

import re
from collections.abc import Sequence
from itertools import islice

from data.importers.reading.reader import Record, TextTable
from data.importers.report import quoted, rows_named
from data.importers.tracker import words
from data.importers.tracker.readings import ColumnMeanings
from data.importers.values import countries

# Names of platforms that are other words, too, where they stand alone.
OTHER_WORDS = {"x", "meta", "pin", "snap"}
LONGEST_LINE = 500  # characters of a line above the header that could be nothing but a platform


def named_by(cells: Sequence[str]) -> str:
    """The platform that a row says of those below it, as the only cell of it ("INSTAGRAM"), or ""."""
    filled = [cell for cell in cells if cell.strip()]
    return _only(filled[0]) if len(filled) == 1 else ""


def _only(text: str) -> str:
    return "" if words.fold(text) in OTHER_WORDS else words.platform(text) or ""


def of_sheet(shown: str) -> str:
    """The platform that the name of a workbook's sheet consists of ("TikTok", "IG April 2025"), or "".

    shown: a file, or "workbook/sheet".
    """
    tokens = re.sub(r"[\W_]+", " ", shown.rpartition("/")[2]).split()
    known = words.neutral() | {name for name, meaning in words.fields().items() if meaning == "person"}
    months = countries.known()["months"]
    left = [t for t in tokens if not t.isdigit() and words.fold(t) not in known and t.casefold() not in months]
    return _only(" ".join(left))


def above(table: TextTable) -> str:
    """The platform that stands alone in the last line above the header that says one, or ""."""
    with table.path.open(encoding=table.encoding, errors="replace") as file:
        lines = [line for line in islice(file, table.header_line - 1) if len(line) < LONGEST_LINE]
    rows = [line.strip().strip("\ufeff").replace('"', "").split(table.delimiter) for line in lines]
    return next(filter(None, (named_by(cells) for cells in reversed(rows) if cells[0].strip())), "")


def are_open(meanings: ColumnMeanings) -> bool:
    """Whether no column says on which platform a row is."""
    return meanings.place("platform") is None


def said_of(of_name: str, of_title: str, sections: Sequence[Record]) -> list[str]:
    """What is said of platforms that no column gives.

    of_name: that of the sheet's name; of_title: that above the header, which holds before it; sections: rows that say
    one.
    """
    where = "the line above the header" if of_title else "the sheet's name"
    taken = of_title or of_name
    said = [f"no column says the platform; it is taken from {where}: {taken}"] if taken else []
    if sections:
        rows = [f"{record.row} ({quoted(' '.join(record.fields).strip())})" for record in sections]
        said.append(f"the platform of the rows below is taken from {rows_named(rows)}")
    return said

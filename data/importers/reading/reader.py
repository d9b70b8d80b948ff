"""Read a text table: find its separator and header, read every record with its row and line.

`row` is the row that a spreadsheet shows (a quoted line break stays in its row, `sep=` is not shown), `line` the
physical line of the file.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from data.importers.limits import (
    HEAD_BYTES,
    MAX_CELL_CHARACTERS,
    MAX_COLUMNS,
    MAX_ID_CHARACTERS,
    MAX_ODD_BYTES,
    MAX_RECORD_CHARACTERS,
    MAX_RECORDS_ABOVE_HEADER,
    MEBI,
)
from data.importers.reading import encoding
from data.importers.reading.encoding import Scan
from data.importers.report import RefusedError, listed

DELIMITERS = (",", ";", "\t", "|")
LINE = re.compile(r"([^\r\n]*)(\r\n|\n|\r|\Z)")
BLANKS = re.compile(r"\s{2,}")
SEPARATOR_LINE = re.compile(r"^\"?sep=(.)\"?$", re.IGNORECASE)
# Characters that nobody sees: soft hyphens stood in headers of 2021 exports, NBSP in French ones, direction marks in
# Arabic and Hebrew ones.
DIRECTION_MARKS = (0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
INVISIBLE_IN_HEADER = dict.fromkeys((0x00AD, 0x200B, 0x2060, 0xFEFF, *DIRECTION_MARKS)) | {0x00A0: " ", 0x202F: " "}


@dataclass(frozen=True)
class Record:
    """One record of a text table. fault: why it can't be read as it stands ("" = sound)."""

    row: int
    line: int
    fields: list[str]
    fault: str = ""


@dataclass(frozen=True)
class TextTable:
    """A text file understood as a table: where its header stands, and how the rows below it are read."""

    path: Path
    scan: Scan
    encoding: str
    delimiter: str
    header: tuple[str, ...]
    header_row: int
    header_line: int
    shown_offset: int  # rows that a spreadsheet does not show (the sep= line)
    is_json: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether the database's own reader may try: plain bytes, one kind of line end, a plain preamble."""
        if self.encoding != "utf-8" or self.scan.has_controls or not self.scan.has_one_line_end or self.is_json:
            return False
        return self.header_row + self.shown_offset == self.header_line


def split_line(
    line: str, delimiter: str, fields: list[str], open_field: list[str] | None
) -> tuple[list[str] | None, bool]:
    """Read one physical line into fields. open_field: pieces of a quoted field that an earlier line began.

    Returns the pieces of a field that stays open at the end of the line (or None), and whether text follows a quote.
    """
    position, faulty = 0, False
    while True:
        if open_field is None:
            start = len(line) - len(line[position:].lstrip(" "))
            if line[start : start + 1] != '"':
                end = line.find(delimiter, position)
                fields.append(line[position:] if end < 0 else line[position:end])
                if end < 0:
                    return None, faulty
                position = end + 1
                continue
            open_field, position = [], start + 1
        quote = line.find('"', position)
        if quote < 0:
            open_field.append(line[position:])
            return open_field, faulty
        open_field.append(line[position:quote])
        position = quote + 1
        if line[position : position + 1] == '"':
            open_field.append('"')
            position += 1
            continue
        end = line.find(delimiter, position)
        after = line[position:] if end < 0 else line[position:end]
        faulty = faulty or bool(after.strip())
        fields.append("".join(open_field) + after.strip())
        open_field = None
        if end < 0:
            return None, faulty
        position = end + 1


def records(text: str, delimiter: str, shown_offset: int = 0) -> Iterator[Record]:
    """Every record of a text, blank ones too (without fields). A quote that never closes gives a last, faulty one."""
    row, line_number, start = -shown_offset, 0, 0
    fields: list[str] = []
    open_field: list[str] | None = None
    faulty, begun, size = False, 0, 0
    end_of_text = len(text)
    while start < end_of_text:
        match = LINE.match(text, start)
        assert match  # LINE fits any text
        line, start = match[1], match.end()
        line_number += 1
        if open_field is None:
            row, begun, faulty, size = row + 1, line_number, False, 0
            if '"' not in line and len(line) <= MAX_RECORD_CHARACTERS:
                yield Record(row, begun, line.split(delimiter) if line.strip() else [])
                continue
            fields = []
        else:
            open_field.append("\n")
        size += len(line)
        open_field, wrong = split_line(line, delimiter, fields, open_field)
        faulty = faulty or wrong
        if open_field is None:
            fault = "too long" if size > MAX_RECORD_CHARACTERS else "text after a quote" if faulty else ""
            yield Record(row, begun, fields, fault)
    if open_field is not None:
        yield Record(row, begun, [*fields, "".join(open_field)], "unclosed quote")


def unclosed_quote(row: int, line: int) -> RefusedError:
    """The refusal of a file whose quote never closes."""
    return RefusedError(
        f"a quotation mark opened in row {row} (line {line}) is never closed, so the rest of the file can't be told "
        "apart; close the quote or export the file again"
    )


def tidy_header(name: str) -> str:
    """A column name as it is shown: without invisible characters and outer blanks."""
    return " ".join(name.translate(INVISIBLE_IN_HEADER).split(" ")).strip()


def open_text(path: Path, scan: Scan, count_known: Callable[[list[str]], int]) -> TextTable:
    """Understand a text file as a table. count_known(names): how many of these names a reader knows.

    Raises RefusedError when there is no header that a table could have.
    """
    name, head, delimiters, offset = beginning(scan)
    if name == "utf-8" and encoding.is_json(scan.head):
        return TextTable(path, scan, name, ",", (), 0, 0, 0, is_json=True)
    if not head.strip():
        raise RefusedError("this file is empty: nothing in it but blank lines; export it again")
    best: tuple[int, int, int] | None = None
    chosen: tuple[str, Record] | None = None
    for delimiter in delimiters:
        for score, record in header_candidates(head, delimiter, offset, count_known):
            if best is None or score > best:
                best, chosen = score, (delimiter, record)
    if chosen is None:
        raise RefusedError(f"no header found: a table needs a line with column names; {encoding.SAVE_AS_CSV}")
    delimiter, record = chosen
    header = tuple(tidy_header(field) for field in record.fields)
    check_header(header)
    return TextTable(path, scan, name, delimiter, header, record.row, record.line, offset)


def beginning(scan: Scan) -> tuple[str, str, tuple[str, ...], int]:
    """A text file's encoding, its head, the delimiters it may have, and how many lines `sep=;` stand above the header.

    Raises RefusedError for binary bytes.
    """
    name = encoding.encoding_of(scan.head)
    head, _ = encoding.decode(whole_characters(scan, name), name)
    separator = SEPARATOR_LINE.match(re.split(r"[\r\n]", head, maxsplit=1)[0].strip())
    return name, head, (separator[1],) if separator else DELIMITERS, 1 if separator else 0


def whole_characters(scan: Scan, name: str) -> bytes:
    """The head without a character (or in UTF-8 a line) that was cut in two."""
    if scan.size <= HEAD_BYTES:
        return scan.head
    if name == "utf-8":
        cut = scan.head.rfind(b"\n")
        return scan.head[:cut] if cut > 0 else scan.head
    return scan.head[: len(scan.head) // 4 * 4]


def header_candidates(
    head: str, delimiter: str, offset: int, count_known: Callable[[list[str]], int]
) -> Iterator[tuple[tuple[int, int, int], Record]]:
    """Records that could be the header, each with how well it fits: known names, then number of fields, then height."""
    seen = 0
    for record in records(head, delimiter, offset):
        fields = [tidy_header(field) for field in record.fields]
        filled = [field for field in fields if field]
        if record.row < 1 or not filled or (filled[0].startswith("#") and len(filled) < 3):
            continue
        seen += 1
        if seen > MAX_RECORDS_ABOVE_HEADER or record.fault == "unclosed quote":
            return
        known = count_known(fields) if len(fields) <= MAX_COLUMNS else 0
        known = known if known > 1 or len(filled) == 1 else 0  # one known word may be a value ("Total", "paid")
        yield (known, len(filled) if seen == 1 or known == 0 else 0, -record.row), record


def check_header(header: tuple[str, ...]) -> None:
    """Raise RefusedError for too many columns or control characters in their names."""
    if len(header) > MAX_COLUMNS:
        raise RefusedError(
            f"{len(header):,} columns are over the limit of {MAX_COLUMNS:,}; keep the columns that are needed"
        )
    if any("\ud800" <= c <= "\udfff" for name in header for c in name):
        raise RefusedError(
            "the header is not UTF-8, so the letters of its columns are not certain; save the file as CSV UTF-8 and "
            "load it again"
        )
    odd = [name for name in header if any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 for c in name)]
    if odd:
        raise RefusedError(f"a control character is in the column name {listed(odd)}; retype the header")


def read_rows(table: TextTable) -> tuple[Iterator[Record], str]:
    """The records below the header, blank ones left out, and what has to be said about the encoding.

    Raises RefusedError for a file that is too big to be read with care.
    """
    if table.scan.size > MAX_ODD_BYTES:
        raise RefusedError(
            f"{table.scan.size / MEBI:,.0f} MB with odd line ends, quotes or encoding are over the limit of "
            f"{MAX_ODD_BYTES / MEBI:,.0f} MB for such files; save it as plain UTF-8 CSV or split it"
        )
    text, note = encoding.decode(table.path.read_bytes(), table.encoding)
    found = map(shortened, records(text, table.delimiter, table.shown_offset))
    return (r for r in found if r.line > table.header_line and any(field.strip() for field in r.fields)), note


def _one_blank(blanks: re.Match[str]) -> str:
    return "\n" if "\n" in blanks[0] else " "


def shortened(record: Record) -> Record:
    """The record without what patterns would take minutes for, in cells longer than an id.

    Of several blanks one is left; a cell that is longer than any that is read ends with a mark that keeps it unread.
    """
    if max(map(len, record.fields), default=0) <= MAX_ID_CHARACTERS:
        return record
    fields = [cell if len(cell) <= MAX_ID_CHARACTERS else BLANKS.sub(_one_blank, cell) for cell in record.fields]
    fields = [cell if len(cell) <= MAX_CELL_CHARACTERS else f"{cell[:MAX_CELL_CHARACTERS]}…" for cell in fields]
    return replace(record, fields=fields)


def fit_to_header(record: Record, width: int) -> Record:
    """The record with as many fields as the header: blank ones too many go, any other difference is a fault."""
    fields = record.fields
    if len(fields) > width and not any(field.strip() for field in fields[width:]):
        return replace(record, fields=fields[:width])
    if len(fields) != width and not record.fault:
        return replace(record, fault=f"{len(fields)} fields")
    return record

"""Take apart a file that holds several plain tables one below the other, separated by a blank line.

Each table becomes a file of its own with blank lines where the others stood, so that rows keep their numbers.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from data.importers.limits import MEBI
from data.importers.reading import encoding, parquet
from data.importers.reading.containers import Arrival
from data.importers.reading.reader import Record, beginning, records, tidy_header
from data.importers.report import RefusedError, why_not_read

# A larger file is one export of a database; reading it twice would take longer than loading it.
MOST_BYTES = 32 * MEBI
# A blank line (of separators alone too) with something below it.
BLANK_LINE = re.compile(r"[\r\n][ \t,;|\"]*(\r\n|\r|\n)[ \t,;|\"]*[^\s,;|\"]")
LINE_END = re.compile(r"\r\n|\r|\n")


def parted(arrival: Arrival, scratch: Path, is_header: Callable[[Sequence[str]], bool]) -> list[Arrival]:
    """The file itself, or one for each of its tables. is_header(names): whether a plain table has these columns."""
    if arrival.passed_over or arrival.refusal or not 0 < arrival.path.stat().st_size <= MOST_BYTES:
        return [arrival]
    try:
        scan = encoding.scan(arrival.path)
        if scan.head.startswith(parquet.MAGIC) or encoding.is_json(scan.head):
            return [arrival]
        encoding.refuse_what_is_no_table(scan.head)
        name, _, delimiters, offset = beginning(scan)
        text, note = encoding.decode(arrival.path.read_bytes(), name)
    except (RefusedError, OSError):
        return [arrival]  # the reader says what is wrong
    if note or not BLANK_LINE.search(text):
        return [arrival]
    for delimiter in delimiters:
        found = list(records(text, delimiter, offset))
        if len(headers := headers_of(found, is_header)) > 1:
            try:
                return written(arrival, scratch, text, headers, found)
            except OSError as error:
                return [replace(arrival, refusal=why_not_read(error))]
    return [arrival]


def headers_of(found: Sequence[Record], is_header: Callable[[Sequence[str]], bool]) -> list[Record]:
    """The headers of plain tables: the first row with anything in it, and others below a blank one that differ."""
    headers: list[Record] = []
    begins = True
    for record in found:
        names = [tidy_header(cell) for cell in record.fields]
        if not any(names):
            begins = True
            continue
        is_other = not headers or names != [tidy_header(cell) for cell in headers[-1].fields]
        if begins and not record.fault and record.row >= 1 and is_header(names):
            if is_other:
                headers.append(record)
        elif not headers:
            return []  # what stands above is no plain table: a title, or an export with tables of its own
        begins = False
    return headers


def written(
    arrival: Arrival, scratch: Path, text: str, headers: Sequence[Record], found: Sequence[Record]
) -> list[Arrival]:
    """One file for each table, with the lines of the others blank."""
    starts = [0, *(match.end() for match in LINE_END.finditer(text))]
    ends = [*(header.line for header in headers[1:]), len(starts) + 1]
    parts = []
    for header, end in zip(headers, ends, strict=True):
        first, last = starts[header.line - 1], starts[end - 1] if end <= len(starts) else len(text)
        path = scratch / f"part-{len(list(scratch.iterdir()))}.csv"
        path.write_text("\n" * (header.line - 1) + text[first:last], encoding="utf-8", newline="")
        rows = [record.row for record in found if header.line <= record.line < end and any(record.fields)]
        shown = f"{arrival.shown} (rows {header.row} to {max(rows)})"
        parts.append(replace(arrival, shown=shown, path=path, sha256=""))
    return parts

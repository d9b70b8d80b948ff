"""Read any table that is not loaded into the store (results, briefs), with the encodings and rules of every import.

A table comes as CSV in any encoding and with any separator, as an Excel workbook or as Parquet, packed or not. What
can't be read for certain is refused: nothing is guessed.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NoReturn

import duckdb

from data.importers import rules, staging
from data.importers.limits import MAX_DOCUMENT_BYTES, MAX_TABLE_ROWS, MEBI
from data.importers.reading import containers, encoding, header_row, parquet, reader
from data.importers.reading.header_row import Column
from data.importers.reading.reader import Record, fit_to_header
from data.importers.reading.tables import RecordTable
from data.importers.report import Problem, RefusedError, listed, quoted, why_not_read
from data.importers.sql import fill
from data.importers.values import numbers

CountKnown = Callable[[list[str]], int]
# Lines of a file of briefs. A cost may have any number of decimals: it is read, not stored.
BRIEF_COLUMNS = (
    Column("creator_id", "id", needed=True, filled=True),
    Column("market", "market", needed=True, filled=True),
    Column("platform", "text"),
    Column("vertical", "text"),
    Column("date", "date", other_names=("start_date",)),
    Column("deliverable", "text"),
    Column("count_deliverables", "count", other_names=("n_deliverables",)),
    Column("cost", "number", other_names=("spend",)),
    Column("currency", "currency"),
)
EXPONENT = re.compile(r"\d+(\.\d+)?e\+?\d{1,2}", re.IGNORECASE)
THIN_SPACE = {0x2009: "\u202f"}  # one more blank between thousands
IN_MEMORY: dict[str, str | bool | int | float | list[str]] = {"threads": 1, "memory_limit": "800MB"}
FAULTS = """
    select sheet_row, physical_line, column_name, cell_value, code, detail
    from faults order by sheet_row, column_name"""
TYPED = "select sheet_row, {names} from typed order by sheet_row"
NUMBERS = """
    select case kind
        when 'count' then cast(count_of(cell, digits) as double)
        when 'share' then read_share(cell)
        else number_of(digits) end
    from (
        select kind, cell, digits(cell, $mark) as digits
        from (select unnest($kinds::text[]) as kind, measured(unnest($cells::text[])) as cell))"""


@dataclass(frozen=True)
class Table:
    """A table as text. above: rows before the header. header: its names as shown; rows: what stands below it.

    note: what has to be said about the encoding.
    """

    above: tuple[Record, ...]
    header_record: Record
    header: tuple[str, ...]
    rows: tuple[Record, ...]
    note: str = ""

    @property
    def every_row(self) -> list[tuple[int, list[str]]]:
        """Row number and cells of everything that is not blank, the header too, for tables that may have none."""
        records = (*self.above, self.header_record, *self.rows)
        return [(record.row, [cell.strip() for cell in record.fields]) for record in records]


def read_table(source: Path | bytes, count_known: CountKnown, *, most_bytes: int = MAX_DOCUMENT_BYTES) -> Table:
    """Read the one table of a file (or of its bytes). Raises RefusedError with what was found, needed and what to do.

    count_known(cells): how many cells of a row are names of columns; the row with most of them is the header.
    """
    try:
        with TemporaryDirectory(prefix="creator-fit-") as folder:
            scratch = Path(folder)
            path = scratch / "upload" if isinstance(source, bytes) else source
            if isinstance(source, bytes):
                path.write_bytes(source)
            if not path.is_file():
                raise RefusedError("there is no such file; check the path")
            if path.stat().st_size > most_bytes:
                raise RefusedError(
                    f"{path.stat().st_size:,} bytes are over the limit of {most_bytes:,} bytes for this table; keep "
                    "the rows that are needed"
                )
            tables = []
            for arrival in containers.arrivals([path], scratch):
                if arrival.refusal:
                    raise RefusedError(arrival.refusal)
                if not arrival.passed_over:
                    tables.append(_open(arrival.path, scratch, count_known))
    except OSError as error:
        raise RefusedError(why_not_read(error)) from error
    if len(tables) != 1:
        raise RefusedError(f"{len(tables)} tables are packed in this file; keep the one that is meant")
    return tables[0]


def _open(path: Path, scratch: Path, count_known: CountKnown) -> Table:
    scan = encoding.scan(path)
    if scan.head.startswith(parquet.MAGIC):
        return _of_parquet(parquet.open_parquet(path, scan, scratch), count_known)
    encoding.refuse_what_is_no_table(scan.head)
    if scan.size > MAX_DOCUMENT_BYTES or scan.count_lines > MAX_TABLE_ROWS:
        raise RefusedError(
            f"a table of at most {MAX_DOCUMENT_BYTES / MEBI:,.0f} MB and {MAX_TABLE_ROWS:,} rows is needed; split it"
        )
    table = reader.open_text(path, scan, count_known)
    if table.is_json:
        raise RefusedError(f"this is JSON, not a table; {encoding.SAVE_AS_CSV}")
    text, note = encoding.decode(path.read_bytes(), table.encoding)
    if "\ufffd" in text and table.encoding != "utf-8":
        raise RefusedError(f"{note or 'some characters are damaged'}; {encoding.SAVE_AS_CSV}")
    every = [
        record
        for record in reader.records(text, table.delimiter, table.shown_offset)
        if record.row >= 1 and any(cell.strip() for cell in record.fields)
    ]
    for record in every:
        places = {f"column {place + 1}": place for place in range(len(record.fields))}
        if fault := staging.row_fault(record, places, len(table.header)):
            _refuse([fault], {})
    header = next(index for index, record in enumerate(every) if record.line == table.header_line)
    return Table(tuple(every[:header]), every[header], table.header, tuple(every[header + 1 :]), note)


def _of_parquet(table: parquet.ParquetTable, count_known: CountKnown) -> Table:
    if table.count_rows > MAX_TABLE_ROWS:
        raise RefusedError(f"{table.count_rows:,} rows are over the limit of {MAX_TABLE_ROWS:,}; split the file")
    nested = [name for place, name in enumerate(table.header) if place in table.nested and count_known([name])]
    if nested:
        raise RefusedError(
            f"the column {listed(nested)} holds lists or bytes, not one value a row; write one row per value"
        )
    header = tuple(map(reader.tidy_header, table.header))
    rows = tuple(Record(row, row, cells) for row, cells in enumerate(parquet.text_rows(table), parquet.FIRST_ROW))
    return Table((), Record(1, 1, list(header)), header, rows)


def read_briefs(path: Path) -> tuple[list[dict[str, object]], str]:
    """Read the lines of a file of briefs: name to value of BRIEF_COLUMNS the file has, and "row", the row number.

    Also says what has to be said about the encoding. Raises RefusedError: no line is left out.
    """
    known = {name for column in BRIEF_COLUMNS for name in (column.name, *column.other_names)}
    table = read_table(path, lambda names: len(known & set(map(header_row.fold_name, names))))
    return _typed_briefs(table), table.note


def _typed_briefs(table: Table) -> list[dict[str, object]]:
    """Read the cells of BRIEF_COLUMNS by the rules of every import. A column's own name wins over its other names.

    Raises RefusedError for a missing column, and for cells that can't be read, with all of them as problems.
    """
    match = header_row.match(table.header, BRIEF_COLUMNS, [(column.name, column.name) for column in BRIEF_COLUMNS])
    if lacking := header_row.missing(match, BRIEF_COLUMNS, ()):
        raise RefusedError(
            f"it has no column {' and no '.join(lacking)} (found: {listed(table.header)}); name the columns as in the "
            "plain format"
        )
    places, width = dict(match.places), len(table.header)
    if not table.rows:
        raise RefusedError("no data: only a header and no rows below it; export it again")
    records = [fit_to_header(record, width) for record in table.rows]
    if "cost" in places:
        records, places = _without_signs(records, places, width)
    present = [column for column in BRIEF_COLUMNS if column.name in places]
    with TemporaryDirectory(prefix="creator-fit-") as scratch, duckdb.connect(config=IN_MEMORY) as db:
        staging.prepare(db)
        staging.stage(db, RecordTable(tuple(places), records, own_header=table.header), places, Path(scratch))
        rules.type_cells(db, present, rules.prove(db, present, date.today()))
        if faults := db.execute(FAULTS).fetchall():
            _refuse(faults, {column.name: column.kind for column in BRIEF_COLUMNS})
        names = [column.name for column in present]
        rows = db.execute(fill(TYPED, names=", ".join(names))).fetchall()
    return [dict(zip(("row", *names), row, strict=True)) for row in rows]


def _without_signs(
    records: Sequence[Record], places: dict[str, int], width: int
) -> tuple[list[Record], dict[str, int]]:
    """Costs without the sign of their currency ("EUR 960"), which is said in the column of currencies instead."""
    cost, currency = places["cost"], places.get("currency", width)
    without_signs = []
    for record in records:
        if not record.fault:
            cells = [*record.fields, ""] if currency == width else list(record.fields)
            cells[cost], cells[currency] = numbers.without_sign(cells[cost], cells[currency].strip())
            record = replace(record, fields=cells)
        without_signs.append(record)
    return without_signs, places | {"currency": currency}


def _refuse(faults: Sequence[tuple], kinds: Mapping[str, str]) -> NoReturn:
    """Raise RefusedError for what was set aside; the message names the first."""
    problems = []
    for row, line, name, value, code, detail in faults:
        if code == "unclosed quote":
            raise reader.unclosed_quote(row, line)
        reason, fix = rules.explain(kinds.get(name, ""), value, code, detail)
        problems.append(Problem(row, line, name, quoted(value), reason, fix))
    first, more = problems[0], len(problems) - 1
    value = f" '{first.value}'" if first.value else ""
    others = f" ({more:,} more such cells or rows)" if more else ""
    raise RefusedError(
        f"row {first.row}, {first.column}{value}: {first.reason}; {first.fix}{others}", problems=tuple(problems)
    )


def read_numbers(cells: Sequence[tuple[str, str]], *, mark: str = "", currency: str = "") -> list[float | str | None]:
    """Read printed numbers by the rules of every import: the number, None for not measured, or why not and what to do.

    cells: kind and text; kinds are count (whole), share (fraction, or percent where a % stands), amount and number. The
    cells together prove the decimal mark; mark is the one of who typed them, for cells that prove none. currency: the
    sign or code of it may stand beside an amount.
    """
    texts = [_bare(kind, text, currency) for kind, text in cells]
    kinds = [kind if kind in ("count", "share") else "number" for kind, _ in cells]
    proven = proven_mark(texts, [text for kind, text in zip(kinds, texts, strict=True) if kind == "count"], mark)
    with duckdb.connect(config=IN_MEMORY) as db:
        staging.prepare(db)
        values = db.execute(NUMBERS, {"kinds": kinds, "cells": texts, "mark": proven}).fetchall()
    read: list[float | str | None] = []
    for kind, text, (value,) in zip(kinds, texts, values, strict=True):
        is_unread = value is None and text not in ("", "--")
        read.append("; ".join(rules.explain_cell(kind, text)) if is_unread else value)
    return read


def _bare(kind: str, text: str, currency: str) -> str:
    """A cell without blanks around it, an exponent, and the sign of the currency that is known."""
    bare = text.translate(THIN_SPACE).strip()
    if kind == "amount" and currency:
        bare, _ = numbers.without_sign(bare, currency)
    return format(Decimal(bare), "f") if EXPONENT.fullmatch(bare) else bare


def proven_mark(texts: Sequence[str], counts: Collection[str], otherwise: str) -> str:
    """The decimal mark that texts prove, counts by their thousands; otherwise where none does, "" where they differ."""
    proven = {mark for mark, shape in rules.MARK_PROOFS.items() if any(re.fullmatch(shape, text) for text in texts)}
    thousands = numbers.thousands_mark(text for text in counts if not text.startswith("0"))
    proven |= {"," if thousands == "." else "."} if thousands in (",", ".") else set()
    return otherwise if not proven else proven.pop() if len(proven) == 1 else ""

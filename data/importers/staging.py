"""Stage a file's cells in the database, with their row and line: fast where the file is plain, else with care.

Both ways leave the same temporary tables: `staged` (sheet_row, physical_line and one text column per column taken) and
`faults` (cells and rows that are set aside). Column names in SQL are those of the readers, never those of a file.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

import duckdb

from data.importers.limits import BATCH_ROWS, MAX_ROWS
from data.importers.reading import parquet
from data.importers.reading.parquet import ParquetTable
from data.importers.reading.reader import Record, TextTable, fit_to_header, read_rows, unclosed_quote
from data.importers.reading.tables import RecordTable
from data.importers.report import RefusedError, quoted
from data.importers.sql import fill, one_row

RULES = (Path(__file__).parent / "rules.sql").read_text(encoding="utf-8")
WHOLE_ROW = "(whole row)"

FAULTS = """
    create or replace temp table faults (
        sheet_row bigint, physical_line bigint, column_name text, cell_value text, code text, detail text)"""
READ_CSV = """
    read_csv($path, columns = $columns, delim = $delimiter, skip = $skip, header = false, auto_detect = false,
        quote = '"', escape = '"', comment = '', strict_mode = true, null_padding = false, ignore_errors = true,
        compression = 'none', hive_partitioning = false, encoding = 'utf-8')"""
READ_PLAIN = "create or replace temp table staged_cells as select {cells} from " + READ_CSV
# Row ids follow the order of the file; inside a transaction they do not begin at 0.
COUNT_PLAIN = """
    select count(*), count(*) filter (where {all_blank}), coalesce(min(rowid), 0),
        coalesce(max(rowid) - min(rowid) + 1, 0)
    from staged_cells"""
NUMBER_PLAIN = """
    create or replace temp view staged as
    select rowid - {first} + {row} as sheet_row, rowid - {first} + {line} as physical_line, {names}
    from staged_cells"""
CAREFUL_TABLE = "create or replace temp table staged_cells (sheet_row bigint, physical_line bigint, {columns})"
CAREFUL_VIEW = "create or replace temp view staged as select * from staged_cells"
INSERT_CAREFUL = """
    insert into staged_cells by name
    select {cells}
    from (select {raw})"""
INSERT_FAULTS = """
    insert into faults
    select unnest($1::bigint[]), unnest($2::bigint[]), unnest($3::text[]), unnest($4::text[]), unnest($5::text[]),
        unnest($6::text[])"""


def prepare(db: duckdb.DuckDBPyConnection) -> None:
    """Teach the connection how cells are read (temporary macros)."""
    db.execute(RULES)


def stage(
    db: duckdb.DuckDBPyConnection, table: TextTable | ParquetTable | RecordTable, places: dict[str, int], scratch: Path
) -> tuple[int, str]:
    """Put the columns at these places into `staged`; return how many rows and what has to be said about the encoding.

    Raises RefusedError for a file that can't be read.
    """
    db.execute(FAULTS)
    if isinstance(table, ParquetTable):
        return parquet.stage(db, table, places), ""
    if isinstance(table, RecordTable):
        return _stage_records(db, table.records, places, table.width), ""
    if table.scan.count_lines > MAX_ROWS:
        raise RefusedError(f"{table.scan.count_lines:,} lines are over the limit of {MAX_ROWS:,}; split the file")
    if table.is_plain and _stage_plain(db, table, places, scratch):
        return table.scan.count_lines - table.header_line, ""
    records, note = read_rows(table)
    width = len(table.header)
    return _stage_records(db, (fit_to_header(record, width) for record in records), places, width), note


def _stage_plain(db: duckdb.DuckDBPyConnection, table: TextTable, places: dict[str, int], scratch: Path) -> bool:
    """Read with the database's CSV reader; False when it left a line out or saw a row differently than a line."""
    db.execute(fill(READ_PLAIN, cells=tidied(places)), csv_values(table, scratch))
    all_blank = " and ".join(f"{name} is null" for name in places)
    count, count_blank, first, spread = one_row(db.execute(fill(COUNT_PLAIN, all_blank=all_blank)))
    if count != table.scan.count_lines - table.header_line or count_blank or spread != count:
        return False
    line = table.header_line + 1
    row = line - table.shown_offset
    db.execute(fill(NUMBER_PLAIN, first=first, row=row, line=line, names=", ".join(places)))
    return True


def csv_values(table: TextTable, scratch: Path) -> dict[str, object]:
    """The parameters of READ_CSV for a table."""
    columns = {f"c{place}": "varchar" for place in range(len(table.header))}
    path = parquet.linked(table.path, scratch)
    return {"path": path, "columns": columns, "delimiter": table.delimiter, "skip": table.header_line}


def tidied(places: dict[str, int]) -> str:
    """SQL that takes the columns at these places, tidied and under their own names."""
    return ", ".join(f"tidy(c{place}) as {name}" for name, place in places.items())


def _stage_records(db: duckdb.DuckDBPyConnection, records: Iterable[Record], places: dict[str, int], width: int) -> int:
    """Take every record with care; return how many. Rows that can't be read as they stand go to `faults` instead."""
    db.execute("drop view if exists temp.staged")
    db.execute(fill(CAREFUL_TABLE, columns=", ".join(f"{name} text" for name in places)))
    db.execute(CAREFUL_VIEW)
    count = 0
    sound: list[Record] = []
    faulty: list[tuple] = []
    for record in records:
        count += 1
        fault = row_fault(record, places, width)
        if fault is None:
            sound.append(record)
        elif record.fault == "unclosed quote":
            raise unclosed_quote(record.row, record.line)
        else:
            faulty.append(fault)
        if len(sound) >= BATCH_ROWS:
            _insert(db, sound, places)
            sound = []
    _insert(db, sound, places)
    if faulty:
        db.execute(INSERT_FAULTS, [list(column) for column in zip(*faulty, strict=True)])
    return count


def row_fault(record: Record, places: dict[str, int], width: int) -> tuple | None:
    """The entry in `faults` for a record that can't become a row, or None."""
    where = (record.row, record.line)
    if record.fault:
        shown = quoted(" ".join(record.fields))
        code = "fields" if record.fault.endswith(" fields") else record.fault
        count = len(record.fields)
        detail = f"{count} field{'s' if count != 1 else ''}; the header has {width}" if code == "fields" else ""
        return (*where, WHOLE_ROW, shown, code, detail)
    for name, place in places.items():
        cell = record.fields[place]
        if "\0" in cell:
            return (*where, name, quoted(cell), "control", "")
        if any("\ud800" <= c <= "\udfff" for c in cell):
            shown = cell.encode("utf-8", "surrogateescape").decode("ascii", "backslashreplace")
            return (*where, name, quoted(shown), "encoding", "")
    return None


def _insert(db: duckdb.DuckDBPyConnection, rows: Sequence[Record], places: dict[str, int]) -> None:
    if not rows:
        return
    written = {name: place for name, place in places.items() if any(row.fields[place] for row in rows)}
    given: dict[str, object] = {"row": [row.row for row in rows], "line": [row.line for row in rows]}
    given |= {f"c{place}": [row.fields[place] for row in rows] for place in written.values()}
    raw = ["unnest($row::bigint[]) as sheet_row", "unnest($line::bigint[]) as physical_line"]
    raw += [f"unnest($c{place}::text[]) as c{place}" for place in written.values()]
    cells = ["sheet_row", "physical_line", *([tidied(written)] if written else [])]
    db.execute(fill(INSERT_CAREFUL, cells=", ".join(cells), raw=", ".join(raw)), given)

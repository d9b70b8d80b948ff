"""Read a Parquet file safely: its metadata tells rows, columns and types before a value is unpacked."""

import csv
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from data.importers.limits import FREE_PARQUET_ROWS, MAX_COLUMNS, MAX_PARQUET_ROWS_PER_BYTE, MAX_ROWS
from data.importers.reading.encoding import Scan
from data.importers.reading.workbook import shown
from data.importers.report import RefusedError, listed
from data.importers.sql import fill, one_row

MAGIC = b"PAR1"
EXPORT_AGAIN = "export it again, or as CSV"
# A spreadsheet that opened the table would show its names in row 1.
FIRST_ROW = 2

# Every value once, in a connection of its own: an error while the store is written to would lose the whole load.
UNPACK = """
    select bit_xor(hash({raw}))
    from read_parquet($path, hive_partitioning = false, file_row_number = true) as source({numbered})"""
READ = """
    create or replace temp table staged_cells as
    select number + {first} as sheet_row, cast(null as bigint) as physical_line, {cells}
    from read_parquet($path, hive_partitioning = false, file_row_number = true) as source({numbered})"""
TYPES = "describe select * from read_parquet($path, hive_partitioning = false)"
READ_ALL = "select {cells} from read_parquet($path, hive_partitioning = false) as source({names})"
MOST_ROWS_AS_TEXT = 100_000  # somebody's own spreadsheet has no more
FLOATS = ("DOUBLE", "FLOAT", "DECIMAL")


@dataclass(frozen=True)
class ParquetTable:
    """A Parquet file understood as a table of plain values."""

    link: str  # a name without characters that the database would expand
    scan: Scan
    header: tuple[str, ...]
    nested: frozenset[int]  # places of columns that hold lists or structs
    count_rows: int


@contextmanager
def damage_refused() -> Iterator[None]:
    """Whatever the database finds wrong with the file becomes a refusal."""
    try:
        yield
    except duckdb.Error as error:
        raise RefusedError(f"this Parquet file is damaged or truncated; {EXPORT_AGAIN}") from error


def open_parquet(path: Path, scan: Scan, scratch: Path) -> ParquetTable:
    """Look at a Parquet file's metadata. Raises RefusedError when it is damaged, a bomb or too wide."""
    size = scan.size
    with path.open("rb") as file:
        file.seek(-min(8, size), 2)
        footer = file.read()
    if footer[-4:] != MAGIC or int.from_bytes(footer[:4], "little") > size:
        raise RefusedError(f"this Parquet file is damaged or truncated (no sound footer); {EXPORT_AGAIN}")
    with damage_refused(), duckdb.connect(config={"threads": 1, "memory_limit": "300MB"}) as look:
        given = {"path": linked(path, scratch)}
        rows = one_row(look.execute("select num_rows from parquet_file_metadata($path)", given))[0]
        check_rows(rows, size)
        shape = look.execute("describe from read_parquet($path, hive_partitioning = false)", given).fetchmany(
            MAX_COLUMNS + 1
        )
    if len(shape) > MAX_COLUMNS:
        raise RefusedError(f"more than {MAX_COLUMNS:,} columns; keep the columns that are needed")
    nested = frozenset(place for place, column in enumerate(shape) if is_nested(str(column[1])))
    link = given["path"]
    return ParquetTable(link, scan, tuple(str(column[0]) for column in shape), nested, rows)


def is_nested(kind: str) -> bool:
    """Whether a column type holds several values, or bytes that are no text."""
    return kind.endswith("]") or kind.startswith(("STRUCT", "MAP", "UNION", "BLOB", "GEOMETRY", "VARIANT"))


def check_rows(rows: int, size: int) -> None:
    """Raise RefusedError for no rows, too many rows, or far more rows than the bytes could hold in honest data."""
    if rows == 0:
        raise RefusedError(f"no rows: this Parquet file holds only a header; {EXPORT_AGAIN}")
    if rows > MAX_ROWS:
        raise RefusedError(f"{rows:,} rows are over the limit of {MAX_ROWS:,}; split the file")
    if rows > FREE_PARQUET_ROWS and rows > size * MAX_PARQUET_ROWS_PER_BYTE:
        raise RefusedError(
            f"{rows:,} rows in {size / 1000:,.0f} kB are over the limit of {MAX_PARQUET_ROWS_PER_BYTE} rows a byte for "
            "Parquet files (the same row over and over?); load the table as CSV if it is honest"
        )


def linked(path: Path, scratch: Path) -> str:
    """A safe name for the file: its own could hold * or ?, which the database would expand."""
    link = scratch / "table"
    link.unlink(missing_ok=True)
    link.symlink_to(path.resolve())
    return str(link)


def stage(db: duckdb.DuckDBPyConnection, table: ParquetTable, places: Mapping[str, int]) -> int:
    """Put these columns into `staged` as text and return the number of rows. Raises RefusedError for damaged pages."""
    nested = [table.header[place] for place in places.values() if place in table.nested]
    if nested:
        raise RefusedError(
            f"the column {listed(nested)} holds lists or structs, not one value a row; write one row per value"
        )
    numbered = unpack(table, places)
    cells = ", ".join(f"tidy(cast(c{place} as varchar)) as {name}" for name, place in places.items())
    db.execute(fill(READ, cells=cells, numbered=numbered, first=FIRST_ROW), {"path": table.link})
    db.execute("create or replace temp view staged as select * from staged_cells")
    return one_row(db.execute("select count(*) from staged_cells"))[0]


def unpack(table: ParquetTable, places: Mapping[str, int]) -> str:
    """Unpack every value once; returns names for the columns and the row number. Raises RefusedError for damage."""
    numbered = ", ".join([*(f"c{place}" for place in range(len(table.header))), "number"])
    raw = ", ".join(f"c{place}" for place in places.values())
    with damage_refused(), duckdb.connect(config={"threads": 2, "memory_limit": "800MB"}) as look:
        look.execute(fill(UNPACK, raw=raw, numbered=numbered), {"path": table.link}).fetchone()
    return numbered


def as_csv(table: ParquetTable, scratch: Path) -> Path | None:
    """A small table of plain values as a CSV file; None for any other. Raises RefusedError for damaged pages."""
    if table.nested or table.count_rows > MOST_ROWS_AS_TEXT:
        return None
    path = scratch / "table.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([table.header, *text_rows(table)])
    return path


def text_rows(table: ParquetTable) -> list[list[str]]:
    """Every row of a small table as text that means the same in a CSV. Raises RefusedError for damaged pages."""
    with damage_refused(), duckdb.connect(config={"threads": 1, "memory_limit": "800MB"}) as look:
        given = {"path": table.link}
        kinds = [str(column[1]) for column in look.execute(TYPES, given).fetchall()]
        cells = [
            f"cast(c{n} as double)" if k.startswith(FLOATS) else f"cast(c{n} as varchar)" for n, k in enumerate(kinds)
        ]
        names = ", ".join(f"c{place}" for place in range(len(kinds)))
        rows = look.execute(fill(READ_ALL, cells=", ".join(cells), names=names), given).fetchall()
    return [[shown(value, None) for value in row] for row in rows]

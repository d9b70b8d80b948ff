"""List the columns of a file with some of their values and what they could be, for a user who is to name them.

Run as `python -m data.importers.column_listing FILE...`, it prints one JSON object: an event, as `load --json-lines`
prints them. A page runs it as a child process under limits, as it runs a load: the file is somebody's upload.
"""

import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import duckdb

from data.importers import column_guess, load
from data.importers.reading import containers, encoding, header_row, parquet, reader
from data.importers.reading.containers import Arrival
from data.importers.reading.parquet import ParquetTable
from data.importers.reading.reader import TextTable
from data.importers.report import Options, RefusedError, quoted

ROWS_SHOWN = 5
VALUES_SHOWN = 3
ROWS_LOOKED_AT = 200  # enough to meet a value of every column that is not blank throughout
FIRST_ROWS = "select * from read_parquet($path, hive_partitioning = false) limit $most"
AS_TABLE = Options(kind="plain_creators")  # read as a table with a header, whatever export it may resemble


def look(paths: Sequence[Path], scratch: Path) -> dict[str, object]:
    """The columns of every file that is a table, as the document says them. scratch: an empty folder.

    columns: of each of our tables the columns with name, kind and whether it is needed. files: path, is_alone (no
    member of a zip or workbook), signature, header, values (a few of each column), rows (the first, as text), table
    (what it most likely is) and per table where our columns stand: own (named as we do) and guessed.
    """
    files = [file for arrival in containers.arrivals(paths, scratch) if (file := _columns(arrival, paths, scratch))]
    ours = {
        table: [{"name": c.name, "kind": c.kind, "needed": c.needed} for c in columns]
        for table, columns in column_guess.TABLES.items()
    }
    return {"columns": ours, "files": files}


def _columns(arrival: Arrival, paths: Sequence[Path], scratch: Path) -> dict[str, object] | None:
    """What is known of one file's columns; None for a file that is no table."""
    if arrival.refusal or arrival.passed_over:
        return None
    try:
        table = load.open_table(arrival.path, encoding.scan(arrival.path), scratch, AS_TABLE).table
        rows = list(_first_rows(table))
    except (RefusedError, OSError):
        return None
    if not any(table.header):
        return None
    values = [_some_values(place, rows) for place in range(len(table.header))]
    return {
        "path": arrival.shown,
        "is_alone": arrival.shown in map(containers.printable, paths),
        "signature": header_row.signature(table.header),
        "header": list(table.header),
        "values": [[quoted(value) for value in some] for some in values],
        "rows": [[quoted(cell) for cell in row] for row in rows[:ROWS_SHOWN]],
        "table": column_guess.table_of(table.header, values),
        "own": {name: column_guess.own(table.header, columns) for name, columns in column_guess.TABLES.items()},
        "guessed": {
            name: column_guess.guessed(table.header, values, columns) for name, columns in column_guess.TABLES.items()
        },
    }


def _first_rows(table: load.Table) -> Iterator[list[str]]:
    """The first rows as text, as wide as the header; rows that can't be read as they stand are left out."""
    if isinstance(table, ParquetTable):
        with parquet.damage_refused(), duckdb.connect(config={"threads": 1, "memory_limit": "300MB"}) as db:
            rows = db.execute(FIRST_ROWS, {"path": table.link, "most": ROWS_LOOKED_AT}).fetchall()
        yield from (["" if cell is None else str(cell) for cell in row] for row in rows)
        return
    assert isinstance(table, TextTable)  # AS_TABLE leaves nothing to the readers of exports
    records, _ = reader.read_rows(table)
    for record in islice(records, ROWS_LOOKED_AT):
        whole = reader.fit_to_header(record, len(table.header))
        if not whole.fault:
            yield whole.fields


def _some_values(place: int, rows: Sequence[Sequence[str]]) -> list[str]:
    """The first different values of one column that are not blank."""
    cells = (row[place].strip() for row in rows)
    return list(islice(dict.fromkeys(cell for cell in cells if cell), VALUES_SHOWN))


def main(paths: Sequence[str]) -> None:
    """Print the document about these files, as an event."""
    with tempfile.TemporaryDirectory(prefix="creator-fit-") as scratch:
        document = look([Path(path) for path in paths], Path(scratch))
        print(json.dumps({"event": "report"} | document, ensure_ascii=True))


if __name__ == "__main__":
    main(sys.argv[1:])

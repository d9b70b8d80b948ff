"""Measure how fast a big audience table is loaded, against other ways to read it.

    python benchmarks/reading.py [--rows 20000000] [--json]

Invents a table of that many rows as plain CSV. In processes of their own it is read, checked and written as a
published generation (judging apart), and read by pandas' plain read_csv and by DuckDB's own sniffing read_csv, which
check nothing and keep nothing. Times depend on the machine and on who else uses it: `cpu_seconds` shows the work of
both cores together.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parent.parent))

import duckdb

from data.importers.values.countries import all_codes

NOW = datetime(2026, 3, 2, 9, 0)
COUNTRIES_EACH = 20
INVENT = """
    copy (
        select 'creator-' || lpad(creator::varchar, 7, '0') as creator_id, country,
            printf('%.4f', 0.04 * hash(creator, country) / 18446744073709551615.0) as audience_share,
            'followers' as audience_type, '2025-11-18' as as_of
        from range($creators) as creators(creator), (select unnest($codes::text[]) as country)
        order by creator, country
    ) to '{out}' (header, delimiter ',')"""


def invent(table: Path, rows: str) -> int:
    """Write a table of so many rows, 20 countries a creator."""
    given = {"creators": int(rows) // COUNTRIES_EACH, "codes": list(all_codes()[:COUNTRIES_EACH])}
    return duckdb.connect().execute(INVENT.replace("{out}", str(table)), given).fetchone()[0]


def load(table: Path, folder: str) -> int:
    """Read, check and publish a table; returns the rows imported."""
    from data import store
    from data.importers.load import Options, load_files

    with store.next_generation(Path(folder, "store"), now=NOW) as draft:
        (report,) = load_files(draft.db, [table], Options(), today=NOW.date(), now=NOW)
    return report.count_rows_imported


def with_pandas(table: Path, folder: str) -> int:
    """What most people would type."""
    import pandas as pd

    return len(pd.read_csv(table))


def with_duckdb(table: Path, folder: str) -> int:
    """DuckDB's sniffer, into a table in memory."""
    with duckdb.connect(config={"threads": 2}) as db:
        db.execute("create table t as select * from read_csv($path)", {"path": str(table)})
        return db.execute("select count(*) from t").fetchone()[0]


WAYS = {"invent": invent, "load": load, "pandas_read_csv": with_pandas, "duckdb_read_csv": with_duckdb}


def alone(way: str, table: Path, given: str) -> dict[str, float]:
    """One way in a process of its own: seconds, CPU seconds, million rows a second, peak of resident memory."""
    done = subprocess.run(
        [sys.executable, __file__, "--way", way, str(table), given], check=True, capture_output=True, text=True
    )
    return json.loads(done.stdout)


def timed(way: str, table: Path, given: str) -> dict[str, float]:
    """The figures of one way, in this process."""
    began = time.perf_counter()
    rows = WAYS[way](table, given)
    seconds, used = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF)
    return {
        "rows": rows,
        "seconds": round(seconds, 2),
        "cpu_seconds": round(used.ru_utime + used.ru_stime, 2),
        "million_rows_per_second": round(rows / seconds / 1e6, 2),
        "peak_mb": round(used.ru_maxrss / 1024),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=20_000_000)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--way", nargs=3, metavar=("WAY", "TABLE", "GIVEN"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.way:
        way, table, given = arguments.way
        print(json.dumps(timed(way, Path(table), given)))
        return
    with TemporaryDirectory(prefix="creator-fit-reading-") as folder:
        table = Path(folder, "audience.csv")
        alone("invent", table, str(arguments.rows))
        figures = {way: alone(way, table, folder) for way in WAYS if way != "invent"}
    ratio = figures["pandas_read_csv"]["seconds"] / figures["load"]["seconds"]
    figures["speed_against_pandas_read_csv"] = round(ratio, 2)
    if arguments.json:
        print(json.dumps(figures))
        return
    for name, value in figures.items():
        print(f"{name:30} {value}")


if __name__ == "__main__":
    main()

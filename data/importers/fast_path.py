"""Load a big audience table straight into the store: one pass over the file, no copy of its text on the way.

Only a table without a doubtful cell can. One cell that is not certain stops the pass, and the file goes the careful way
(staging.py, rules.py), which reads cells with the same macros and says what is wrong. So this way never sets a row
aside, never says less, and gives the same rows.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import TypeGuard

import duckdb

from data.importers import audience_sets, staging
from data.importers.exports import plain_format
from data.importers.reader_spec import Kind
from data.importers.reading import parquet
from data.importers.reading.header_row import Match
from data.importers.reading.parquet import ParquetTable
from data.importers.reading.reader import DELIMITERS, TextTable
from data.importers.reading.tables import RecordTable
from data.importers.rules import AUDIENCE_TYPES, CLOCK_TOLERANCE, EARLIEST_DATE
from data.importers.sql import fill
from data.importers.values import countries

MACROS = (Path(__file__).parent / "fast_path.sql").read_text(encoding="utf-8")
# Below, the careful way takes less than half a second.
LEAST_ROWS = 100_000
NEEDED = {"creator_id", "country", "audience_share"}
# Our columns as they are read from the table's; others (the history of an export) go the careful way.
CELLS = {
    "creator_id": "sure_id({0}, $is_text)",
    "country": "coalesce(of_country.meaning, stop())",
    "audience_share": "sure_ppm({0})",
    "audience_type": "case when {0} is null or {0} = '' then 'followers' else coalesce(of_type.meaning, stop()) end",
    "source": "coalesce(sure_text({0}, $is_text), $own)",
    "as_of": "sure_day({0}, $first, $last)",
    "followers": "sure_count({0})",
    "platform": "lower(sure_text({0}, $is_text))",
    "is_top_n": "coalesce(sure_flag({0}), false)",
    "count_total": "sure_count({0})",
}
# What a table without such a column says of all its rows.
DEFAULTS = {"audience_type": "'followers'", "source": "$own", "is_top_n": "false"}
FROM_PARQUET = "(select {texts} from read_parquet($path, hive_partitioning = false) as source({names}))"
INSERT = """
    insert into audience by name
    select {source_id} as source_id, {cells}
    from {table} as cells
    left join straight_meanings as of_country on of_country.kind = 'country' and of_country.raw = cells.{country}
    {of_type}"""
OF_TYPE = "left join straight_meanings as of_type on of_type.kind = 'type' and of_type.raw = cells.{type}"
TEACH = """
    create or replace temp table straight_meanings as
    select unnest($kinds::text[]) as kind, unnest($raws::text[]) as raw, unnest($meanings::text[]) as meaning"""
TAKE_BACK = "delete from audience where source_id = {source_id}"


@cache
def _meanings() -> tuple[list[str], list[str], list[str]]:
    """Kind, text and meaning of what countries and types are mostly called; other texts go the careful way."""
    codes = countries.all_codes()
    texts = {*codes, *map(str.lower, codes), *map(countries.name, codes)}
    sure = [(text, meaning.code) for text, meaning in countries.countries(sorted(texts)).items()]
    # "Georgia" beside states of the USA is asked back, which only a look at all texts can tell.
    rows = [("country", text, code) for text, code in sure if code in codes and countries.fold(text) != "georgia"]
    rows += [("type", text, meaning) for text, meaning in AUDIENCE_TYPES.items()]
    kinds, raws, meanings = zip(*rows, strict=True)
    return list(kinds), list(raws), list(meanings)


def may_go(
    table: TextTable | ParquetTable | RecordTable, kind: Kind, match: Match
) -> TypeGuard[TextTable | ParquetTable]:
    """Whether a table is of the kind and size that goes this way, before a row of it was read."""
    if kind is not plain_format.AUDIENCE or not NEEDED <= match.places.keys() <= CELLS.keys() or match.percent:
        return False
    if isinstance(table, ParquetTable):
        return table.count_rows >= LEAST_ROWS and not any(place in table.nested for place in match.places.values())
    if isinstance(table, RecordTable) or not table.is_plain or table.delimiter not in DELIMITERS:
        return False
    return count_rows(table) >= LEAST_ROWS


def count_rows(table: TextTable | ParquetTable) -> int:
    """How many rows a table has, if no line of it is blank or broken."""
    return table.count_rows if isinstance(table, ParquetTable) else table.scan.count_lines - table.header_line


def insert(
    db: duckdb.DuckDBPyConnection,
    table: TextTable | ParquetTable,
    places: Mapping[str, int],
    source_id: int,
    today: date,
    scratch: Path,
) -> bool:
    """Write a table into `audience` under this source; False, and nothing written, where one cell is not certain.

    Raises RefusedError for a damaged Parquet file.
    """
    db.execute(MACROS)
    db.execute(TEACH, dict(zip(("kinds", "raws", "meanings"), _meanings(), strict=True)))
    source, given = _source_of(table, places, scratch)
    known = {
        "own": plain_format.OWN_TABLE,
        "first": EARLIEST_DATE,
        "last": today + CLOCK_TOLERANCE,
        "is_text": isinstance(table, TextTable),  # without control characters, else it would not be here
    }
    cells = {name: CELLS[name].format(f"cells.c{place}") for name, place in places.items()}
    cells = DEFAULTS | cells
    cells["ppm"] = cells.pop("audience_share")
    type_at = places.get("audience_type")
    sql = fill(
        INSERT,
        source_id=source_id,
        cells=", ".join(f"{read} as {name}" for name, read in cells.items()),
        table=source,
        country=f"c{places['country']}",
        of_type="" if type_at is None else fill(OF_TYPE, type=f"c{type_at}"),
    )
    given |= {name: value for name, value in known.items() if f"${name}" in sql}
    if not _is_streamed(db, sql, given):
        return False
    if audience_sets.are_sound(db, source_id, count_rows(table)):
        return True
    db.execute(fill(TAKE_BACK, source_id=source_id))
    return False


def _is_streamed(db: duckdb.DuckDBPyConnection, sql: str, given: Mapping[str, object]) -> bool:
    """Run the statement so that rows flow from file to store, never waiting in memory; False where a cell stops it."""
    # The size of a file is not known beforehand: left alone, the optimizer would build its hash table of all its rows.
    db.execute("set disabled_optimizers = 'join_order, build_side_probe_side'")
    db.execute("set preserve_insertion_order = false")
    try:
        db.execute(sql, given)
        return True
    except duckdb.InvalidInputException:  # stop()
        return False
    finally:
        db.execute("reset disabled_optimizers")
        db.execute("set preserve_insertion_order = true")


def _source_of(table: TextTable | ParquetTable, places: Mapping[str, int], scratch: Path) -> tuple[str, dict]:
    """SQL that gives the columns of a table as text, c0, c1 and so on, and its parameters."""
    if isinstance(table, ParquetTable):
        parquet.unpack(table, places)
        names = ", ".join(f"c{place}" for place in range(len(table.header)))
        texts = ", ".join(f"cast(c{place} as varchar) as c{place}" for place in places.values())
        return fill(FROM_PARQUET, texts=texts, names=names), {"path": table.link}
    return staging.READ_CSV, staging.csv_values(table, scratch)

"""Fill the tables of a draft from Parquet: one folder a table, as data/engine writes them."""

from collections.abc import Mapping
from pathlib import Path

import duckdb

# By which columns a table's rows stand, where their files do not say it by their names.
ORDER = {
    "served_creators": "creator_key",
    "market_shares": "country, creator_key",
    "strengths": "creator_id",
    "stage_evidence": "stage, creator_id",
}


def fill_from_parquet(db: duckdb.DuckDBPyConnection, tables: Mapping[str, Path]) -> None:
    """Insert the rows of every table, column by name; the rules of schema.sql hold for them as for all rows.

    tables: name to a folder with Parquet files, in folders of their own where they are kept apart.
    """
    for table, folder in tables.items():
        rows = db.read_parquet(f"{folder}/**/*.parquet", hive_partitioning=False, union_by_name=False)
        chosen = rows.select(*(duckdb.ColumnExpression(name) for name in db.table(table).columns))
        if order := ORDER.get(table):
            chosen = chosen.order(order)
        chosen.insert_into(table)

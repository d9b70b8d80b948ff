"""Fill the tables of a draft from Parquet: one folder a table, as data/engine writes them."""

from collections.abc import Mapping
from pathlib import Path

import duckdb

# By which columns the rows of large tables stand in a generation.
ORDER = {
    "profiles": "creator_id",
    "creator_codes": "creator_id",
    "audience": "creator_id, country",
    "campaign_rows": "creator_id, campaign_id, date",
    "creators": "creator_id",
    "audience_sets": "creator_id, is_best desc, source_id",
    "audience_best": "creator_id, country",
    "campaigns": "campaign_key",
    "stage_evidence": "stage, creator_id, campaign_key",
    "strengths": "creator_id, stage",
    "natural_roles": "creator_id",
    "payoff_parts": "creator_id",
    "view_rates": "creator_id",
    "price_rates": "creator_id",
    "standard_outcomes": "creator_id",
    "served_creators": "creator_key",
    "market_shares": "country, creator_key",
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

"""Ask the store a question: one .sql file in this folder, one question, one data frame."""

from functools import cache
from pathlib import Path

import duckdb
import polars as pl

HERE = Path(__file__).parent


@cache
def sql(question: str) -> str:
    """Return the text of queries/<question>.sql."""
    return (HERE / f"{question}.sql").read_text(encoding="utf-8")


def ask(store: duckdb.DuckDBPyConnection, question: str, **given: object) -> pl.DataFrame:
    """Answer one question on a cursor of its own, for example ask(store, "creator", creator_id="ada").

    Values reach SQL as parameters only. Raises FileNotFoundError for a question that nobody wrote.
    """
    return store.cursor().sql(sql(question), params=given).pl()

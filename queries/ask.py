"""Ask the store a question: one .sql file in this folder, one question, one data frame."""

from functools import cache
from pathlib import Path

import duckdb
import polars as pl

HERE = Path(__file__).parent


class TooSlow(Exception):
    """A question took longer than the store allows; the message says what to do."""


@cache
def sql(question: str) -> str:
    """Return the text of queries/<question>.sql."""
    return (HERE / f"{question}.sql").read_text(encoding="utf-8")


def ask(store: duckdb.DuckDBPyConnection, question: str, **given: object) -> pl.DataFrame:
    """Answer one question on a cursor of its own, for example ask(store, "creator", creator_id="ada").

    Values reach SQL as parameters only. Raises TooSlow, and FileNotFoundError for a question that nobody wrote.
    """
    try:
        return store.cursor().sql(sql(question), params=given).pl()
    except duckdb.InterruptException as error:
        words = question.replace("_", " ")
        raise TooSlow(f"The question {words!r} took longer than 5 seconds. Narrow the brief, or try again.") from error

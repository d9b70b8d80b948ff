"""Ask the store a question: one .sql file in this folder, one question, one data frame.

Two questions about lists, `list_page` and `count_matching`, are answered from columns that are kept in memory.
"""

from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from weakref import WeakKeyDictionary

import duckdb
import polars as pl

from queries.list_page import count_matching, list_page
from queries.listing import Listing

HERE = Path(__file__).parent
OF_LISTS: dict[str, Callable[..., pl.DataFrame]] = {"list_page": list_page, "count_matching": count_matching}

_listings: WeakKeyDictionary[duckdb.DuckDBPyConnection, Listing] = WeakKeyDictionary()


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
    if answer := OF_LISTS.get(question):
        return answer(_listing(store), **given)
    try:
        return store.cursor().sql(sql(question), params=given).pl()
    except duckdb.InterruptException as error:
        words = question.replace("_", " ")
        raise TooSlow(f"The question {words!r} took longer than 5 seconds. Narrow the brief, or try again.") from error


def _listing(store: duckdb.DuckDBPyConnection) -> Listing:
    if (listing := _listings.get(store)) is None:
        cursor = store.cursor()  # what is kept must not keep the connection itself alive
        listing = _listings[store] = Listing(partial(ask, cursor))
    return listing

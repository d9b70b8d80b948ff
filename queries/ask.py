"""Ask the store a question: one .sql file in this folder, one question, one data frame.

Two questions about lists, `list_page` and `count_matching`, are answered from columns that are kept in memory.
"""

import os
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from threading import BoundedSemaphore
from weakref import WeakKeyDictionary

import duckdb
import polars as pl

from queries.list_page import count_matching, list_page
from queries.listing import Listing

MOST_KEPT_ROWS = 10_000  # of an answer about the field as a whole; longer ones list all creators or campaigns
HERE = Path(__file__).parent
OF_LISTS: dict[str, Callable[..., pl.DataFrame]] = {"list_page": list_page, "count_matching": count_matching}

_lists_at_once = BoundedSemaphore(os.cpu_count() or 1)  # more would only wait for each other, each with its arrays
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
        with _lists_at_once:
            return answer(_listing(store), **given)
    try:
        return store.cursor().sql(sql(question), params=given).pl()
    except duckdb.InterruptException as error:
        words = question.replace("_", " ")
        raise TooSlow(f"The question {words!r} took longer than 5 seconds. Narrow the brief, or try again.") from error


def asker(store: duckdb.DuckDBPyConnection) -> Callable[..., pl.DataFrame]:
    """What answers the questions of one generation; an answer about the field as a whole is kept where it is short.

    Every list and forecast asks the same of the field; what depends on a brief is never kept.
    """
    answered: dict[str, pl.DataFrame] = {}

    def ask_once(question: str, **given: object) -> pl.DataFrame:
        if given:
            return ask(store, question, **given)
        if (answer := answered.get(question)) is None:
            answer = ask(store, question)
            if answer.height <= MOST_KEPT_ROWS:
                answered[question] = answer
        return answer

    return ask_once


def _listing(store: duckdb.DuckDBPyConnection) -> Listing:
    if (listing := _listings.get(store)) is None:
        cursor = store.cursor()  # what is kept must not keep the connection itself alive
        listing = _listings[store] = Listing(partial(ask, cursor))
    return listing

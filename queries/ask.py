"""Ask the store a question: one .sql file in this folder, one question, one data frame.

Two questions about lists, `list_page` and `count_matching`, are answered from columns that are kept in memory.
"""

import os
from collections import OrderedDict
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from threading import BoundedSemaphore, Lock
from weakref import WeakKeyDictionary

import duckdb
import polars as pl

from queries.list_page import count_matching, list_page
from queries.listing import Listing
from queries.spellings import as_parameters

MOST_KEPT_ROWS = 10_000  # of an answer about the field as a whole; longer ones list all creators or campaigns
MOST_KEPT_OF_SOME = 1_000  # answers about some creators that are kept: about 80 creators, each asked some 12 questions
MOST_ROWS_OF_SOME = 500  # of such an answer
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
    if "words" in given:  # what somebody types to find a creator
        given |= as_parameters(str(given["words"]))
    try:
        return store.cursor().sql(sql(question), params=given).pl()
    except duckdb.InterruptException as error:
        words = question.replace("_", " ")
        raise TooSlow(f"The question {words!r} took longer than 5 seconds. Narrow the brief, or try again.") from error


def asker(store: duckdb.DuckDBPyConnection) -> Callable[..., pl.DataFrame]:
    """What answers the questions of one generation; answers about the field, and about the creators asked of last, are
    kept where they are short.

    Every list and forecast asks the same of the field, and one page asks the same of a creator several times; what
    depends on a brief is never kept.
    """
    of_field: dict[str, pl.DataFrame] = {}
    of_some: OrderedDict[tuple[str, tuple[str, ...]], pl.DataFrame] = OrderedDict()
    changing = Lock()

    def ask_once(question: str, **given: object) -> pl.DataFrame:
        if not given:
            if (answer := of_field.get(question)) is None:
                answer = ask(store, question)
                if answer.height <= MOST_KEPT_ROWS:
                    of_field[question] = answer
            return answer
        creators = given.get("creators")
        if len(given) > 1 or not isinstance(creators, list):
            return ask(store, question, **given)
        asked = (question, tuple(creators))
        with changing:
            if (answer := of_some.get(asked)) is not None:
                of_some.move_to_end(asked)
                return answer
        answer = ask(store, question, **given)
        if answer.height <= MOST_ROWS_OF_SOME:
            with changing:
                of_some[asked] = answer
                if len(of_some) > MOST_KEPT_OF_SOME:
                    of_some.popitem(last=False)
        return answer

    return ask_once


def _listing(store: duckdb.DuckDBPyConnection) -> Listing:
    if (listing := _listings.get(store)) is None:
        cursor = store.cursor()  # what is kept must not keep the connection itself alive
        listing = _listings[store] = Listing(partial(ask, cursor))
    return listing

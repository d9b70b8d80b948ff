"""Compose SQL for the columns that a file has, from pieces of our own, and read the one row that an answer has.

The one place of the importers where SQL is put together. What is filled in are names of columns and expressions that
stand in our own modules, and whole numbers; never a header, a cell or an option: those travel as parameters ($name).
"""

import re
from typing import Any, cast

import duckdb

PLACE = re.compile(r"\{([a-z_]+)\}")
# No piece of ours needs them; a piece that holds one is not ours.
NEVER = (";", "--", "/*", "\0", "\n\n\n")


def fill(template: str, **pieces: str | int) -> str:
    """A statement with its {places} filled. Raises ValueError for a piece that could end or comment out a statement."""
    for name, piece in pieces.items():
        if any(sign in str(piece) for sign in NEVER):
            raise ValueError(f"{name} can't be a piece of a statement: {piece!r}")
    return PLACE.sub(lambda place: str(pieces[place[1]]), template)


def only_row(answer: duckdb.DuckDBPyConnection) -> tuple[Any, ...]:
    """The row of an answer that always has one, such as a count."""
    return cast("tuple[Any, ...]", answer.fetchone())

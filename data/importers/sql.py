"""Fill the pieces of a statement whose columns only the file decides, and take the one row that a question answers.

The one place of the importers where SQL is put together. What is filled in are names of columns and expressions that
stand in our own modules, and whole numbers; never a header, a cell or an option: those travel as parameters ($name).
"""

import re
from typing import Any

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


def one_row(answer: duckdb.DuckDBPyConnection) -> tuple[Any, ...]:
    """The row of a statement that answers with exactly one, such as a count."""
    row = answer.fetchone()
    assert row is not None, "this statement answers with a row, whatever the data"
    return row

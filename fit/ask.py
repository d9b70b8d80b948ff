"""Type the function that runs a query of queries/; it is handed in, so that nothing in fit/ opens a store."""

from typing import Protocol

import polars as pl


class Ask(Protocol):
    """Answer the question of queries/NAME.sql, with its parameters: ask("creator", creator_id="ada")."""

    def __call__(self, question: str, **given: object) -> pl.DataFrame: ...

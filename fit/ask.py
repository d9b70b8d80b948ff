"""The type of what answers a question of queries/: handed to the judgement by the joiners, so that fit/ opens no store."""

from typing import Protocol

import polars as pl


class Ask(Protocol):
    """Answer one question by the name of its file in queries/, with its parameters: ask("creator", creator_id="ada")."""

    def __call__(self, question: str, **given: object) -> pl.DataFrame: ...

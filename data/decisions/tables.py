"""Open one database of decisions for reading, and for writing in turns: what every class over its tables shares."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine

from data.decisions import opening


class Tables:
    """Tables of one open database. Every method raises DecisionsError when it fails or gives back a damaged row.

    May be shared by threads. `place` says where they lie, for messages.
    """

    def __init__(self, engine: Engine, place: str) -> None:
        self._engine, self._writer, self.place = engine, opening.writer(engine), place

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        with opening.in_words(self.place), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        with opening.in_words(self.place), self._writer.begin() as connection:
            yield connection

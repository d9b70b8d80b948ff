"""Copy all decisions into one SQLite file while people work, and put such a copy in the place of what is there.

A copy is one file whatever the decisions are kept in, so that it can be moved from SQLite to Postgres and back.
"""

import contextlib
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, Engine, select

from data.decisions import opening
from data.decisions.decisions import Decisions, has_decisions
from data.decisions.schema import PRECIOUS
from data.decisions.values import DecisionsError

HERE = Path(__file__).parent


def open_copy(path: Path) -> Decisions:
    """Open a copy, brought into today's shape. Raises DecisionsError for a damaged or newer one."""
    url = f"sqlite:///{path}"
    return Decisions(opening.open_engine(path.parent, url, is_durable=False), opening.place_of(path.parent, url))


def _vacuum(path: Path, copy: Path) -> None:
    with opening.in_words(str(path)), contextlib.closing(sqlite3.connect(path, timeout=opening.PATIENCE)) as raw:
        raw.execute("vacuum into ?", (str(copy),))


def copy_decisions(folder: Path, copy: Path, url: str | None = None) -> bool:
    """Write all decisions of one instant to a new file; False where there are none. Raises DecisionsError."""
    url = opening.url_of(url)
    home = opening.home_of(folder, url)
    if isinstance(home, Path):
        if not home.exists() and not opening.logs_of(home):
            return False
        opening.open_engine(folder, url).dispose()  # refuses a damaged or newer file in its own words
        _vacuum(home, copy)
        return True
    engine = opening.open_engine(folder, url)
    try:
        with TemporaryDirectory(prefix="creator-fit-copy-") as scratch, opening.in_words(opening.place_of(folder, url)):
            draft = Path(scratch, opening.FILE)
            target = opening.open_engine(draft.parent, f"sqlite:///{draft}", is_durable=False)
            one_instant = engine.execution_options(isolation_level="REPEATABLE READ")
            with one_instant.connect() as source, opening.writer(target).begin() as connection:
                _carry(source, connection)
            target.dispose()
            _vacuum(draft, copy)
    finally:
        engine.dispose()
    return True


def copy_file(path: Path, copy: Path) -> None:
    """Write one SQLite file of decisions, such as those of the sample data, to a new file whole."""
    _vacuum(path, copy)


def _carry(source: Connection, target: Connection) -> None:
    for table in PRECIOUS:
        rows = [dict(row) for row in source.execute(select(table)).mappings()]
        if rows:
            target.execute(table.insert(), rows)


@contextlib.contextmanager
def without_triggers(connection: Connection) -> Iterator[None]:
    """Let rows be changed in the body of a `with`, inside a transaction that holds the whole of it."""
    if connection.dialect.name == "sqlite":
        question = "select name, sql from sqlite_master where type = 'trigger'"
        triggers = connection.exec_driver_sql(question).all()
        for name, _ in triggers:
            connection.exec_driver_sql(f'drop trigger "{name}"')
        yield
        for _, statement in triggers:
            connection.execution_options(no_parameters=True).exec_driver_sql(statement)
        return
    _run(connection, "triggers_off.sql")
    yield
    connection.exec_driver_sql("set constraints all immediate")  # no check may be left for the end
    _run(connection, "triggers_on.sql")


def _run(connection: Connection, file: str) -> None:
    for statement in opening.statements_of((HERE / file).read_text(encoding="utf-8")):
        connection.exec_driver_sql(statement)


def replace_decisions(folder: Path, copy: Path | None) -> None:
    """Put a copy in the place of all decisions, in one step also for those who have them open; None: there are none.

    Raises DecisionsError.
    """
    url = opening.url_of()
    home = opening.home_of(folder, url)
    if copy is None and not has_decisions(folder):
        return
    if isinstance(home, Path) and copy is not None:
        _replace_file(home, copy)
        return
    engine = opening.open_engine(folder, url)
    source = opening.open_engine(copy.parent, f"sqlite:///{copy}") if copy else None
    try:
        with opening.in_words(opening.place_of(folder, url)):
            _replace_rows(engine, source)
    finally:
        for opened in filter(None, (engine, source)):
            opened.dispose()


def _replace_rows(engine: Engine, source: Engine | None) -> None:
    with opening.writer(engine).begin() as connection, without_triggers(connection):
        for table in reversed(PRECIOUS):
            connection.execute(table.delete())
        if source is not None:
            with source.connect() as rows:
                _carry(rows, connection)


def _replace_file(home: Path, copy: Path) -> None:
    home.parent.mkdir(parents=True, exist_ok=True)
    if home.exists():
        try:
            with (
                contextlib.closing(sqlite3.connect(copy)) as source,
                contextlib.closing(sqlite3.connect(home, timeout=opening.PATIENCE)) as target,
            ):
                target.execute("pragma synchronous = full")
                source.backup(target)
                target.execute("pragma journal_mode = wal")  # the head came from the copy, which has no log
            return
        except sqlite3.OperationalError as error:
            if "locked" in str(error) or "busy" in str(error):
                raise DecisionsError(f"{home} is busy: others are saving. Try again.") from error
        except sqlite3.DatabaseError:  # what is there is damaged: nothing can be written into it
            pass
    fresh = home.with_name(f"{home.name}.fresh")
    shutil.copyfile(copy, fresh)
    with contextlib.closing(sqlite3.connect(fresh)) as raw:
        raw.execute("pragma journal_mode = wal")
    for rest in opening.logs_of(home):
        rest.unlink()
    fresh.replace(home)

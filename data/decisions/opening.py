"""Open the database of the decisions: find or create it, notice damage, migrate it to today's tables.

One SQLite file in the store folder, or a Postgres database by URL; the same tables in both. The shape is reached by
numbered steps, migrations/NNN.<database>.sql, applied once each in one transaction. A file is made whole under another
name and then linked to its own, so that an empty or headless file is damage and never taken for a new one.
"""

import contextlib
import os
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, func, inspect, make_url, select, text
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from data.decisions.schema import schema_steps
from data.decisions.values import DecisionsError
from data.store import local_copy

STEPS = Path(__file__).parent / "migrations"
TABLES = "-- {table}: "  # begins the line of a step that lists tables
FILE = "decisions.sqlite"
MARK = 1128687988  # SQLite's application id, "CFit" as a number; it tells our file from any other database
WRITERS_QUEUE = MARK  # number of the Postgres lock under which one writer at a time decides
PATIENCE = 15  # seconds that a writer waits for the ones before it; a save takes milliseconds
POSTGRES = ("postgresql", "postgres")
ADDRESS = "An address of Postgres is needed, such as postgresql://user@host/database, or sqlite:///FILE."
NEEDED = f"{ADDRESS} Without any the decisions are kept in a file of the store folder."
OF_SQLITE = ("-wal", "-shm", "-journal")  # endings of what SQLite itself puts beside a file
WITH_LOG = b"\2\2"  # bytes 18 and 19 of an SQLite file that is in WAL mode


@contextlib.contextmanager
def in_words(place: str) -> Iterator[None]:
    """Turn what the database raises into DecisionsError."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, UnicodeError) as error:
        reason = (str(getattr(error, "orig", None) or error).strip() or type(error).__name__).splitlines()[0]
        if "locked" in reason or "lock timeout" in reason:
            raise DecisionsError(f"{place} is busy: others have been saving for {PATIENCE} s. Try again.") from error
        raise DecisionsError(
            f"{place} could not be read or written ({reason}). Reload to see what is kept; if it happens again, run: "
            "python -m fit check."
        ) from error


@contextlib.contextmanager
def _closed_on_error(engine: Engine) -> Iterator[None]:
    """Close the connections to a database that is refused; Python 3.13 warns of those that are left open."""
    try:
        yield
    except BaseException:
        engine.dispose()
        raise


def _sqlite(path: Path, *, is_durable: bool = True) -> Engine:
    engine = create_engine(URL.create("sqlite", database=str(path)), connect_args={"timeout": PATIENCE})

    @event.listens_for(engine, "connect")
    def _(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None  # transactions begin below, by our own statements
        connection.execute("pragma journal_mode = wal")  # a copy made by VACUUM INTO begins without
        connection.execute("pragma foreign_keys = on")
        connection.execute("pragma recursive_triggers = on")  # "insert or replace" deletes: the triggers must see it
        # Full: an acknowledged save is on the disk. Off is for a file that is thrown away unless it is filled whole.
        connection.execute(f"pragma synchronous = {'full' if is_durable else 'off'}")

    @event.listens_for(engine, "begin")
    def _(connection: Connection) -> None:
        # A writer takes its turn before it looks, so that what it looked at still holds when it writes.
        connection.exec_driver_sql("begin immediate" if writes(connection) else "begin")

    return engine


def _postgres(address: URL) -> Engine:
    address = address.set(drivername="postgresql+psycopg")
    engine = create_engine(address, pool_pre_ping=True, isolation_level="READ COMMITTED")

    @event.listens_for(engine, "begin")
    def _(connection: Connection) -> None:
        if writes(connection):  # the same turns as on SQLite: one writer at a time, before it looks
            connection.execute(select(func.set_config("lock_timeout", f"{PATIENCE}s", True)))
            connection.execute(select(func.pg_advisory_xact_lock(WRITERS_QUEUE)))

    return engine


def writes(connection: Connection) -> bool:
    """Whether a connection was opened to write."""
    return connection.get_execution_options().get("is_writer", False)


def writer(engine: Engine) -> Engine:
    """The same database, opened to write: one such transaction at a time, across threads and processes."""
    return engine.execution_options(is_writer=True)


def steps_for(engine: Engine) -> list[str]:
    """The steps that lead to today's shape, in order."""
    return [path.read_text(encoding="utf-8") for path in sorted(STEPS.glob(f"*.{engine.dialect.name}.sql"))]


def reached(connection: Connection) -> int:
    """Number of the last step that a database has taken; 0 before the first."""
    if not inspect(connection).has_table(schema_steps.name):
        return 0
    return connection.execute(select(func.max(schema_steps.c.step))).scalar() or 0


def statements_of(step: str) -> Iterator[str]:
    """The statements of a step: a paragraph each; one about a {table} stands for every table that the step lists."""
    comments = [line for line in step.splitlines() if line.startswith("--")]
    listed = next((line.removeprefix(TABLES) for line in comments if line.startswith(TABLES)), "")
    code = "\n".join(line for line in step.splitlines() if line not in comments)
    for paragraph in filter(str.strip, code.split("\n\n")):
        for table in listed.split(", ") if "{table}" in paragraph else [""]:
            yield paragraph.replace("{table}", table)


def climb(engine: Engine, steps: list[str]) -> None:
    """Take the steps that a database has not taken yet, all or none."""
    with engine.connect() as connection:
        if reached(connection) == len(steps):  # as nearly always: nobody has to wait for a writer
            return
    with writer(engine).begin() as connection:
        done = reached(connection)
        if done > len(steps):
            raise DecisionsError(
                f"The decisions were written by a newer Creator Fit (their shape is step {done}, this one knows "
                f"{len(steps)}). Nothing was changed. Update this program, then try again."
            )
        for number, step in enumerate(steps[done:], done + 1):
            for statement in statements_of(step):
                connection.execution_options(no_parameters=True).exec_driver_sql(statement)
            connection.execute(schema_steps.insert().values(step=number))


def _create(path: Path, steps: list[str]) -> None:
    fresh = path.with_name(f"decisions-{os.getpid()}-{threading.get_ident()}.new")
    fresh.unlink(missing_ok=True)
    try:
        with contextlib.closing(sqlite3.connect(fresh)) as raw:
            raw.execute("pragma journal_mode = wal")
            raw.execute("pragma application_id = 1128687988")
        engine = _sqlite(fresh)
        with _closed_on_error(engine):
            climb(engine, steps)
        engine.dispose()
        with contextlib.suppress(FileExistsError):  # somebody was faster: theirs counts
            os.link(fresh, path)
    finally:
        for rest in (fresh, *logs_of(fresh)):
            rest.unlink(missing_ok=True)
    for written in (path, path.parent):
        handle = os.open(written, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)


def logs_of(path: Path) -> list[Path]:
    """What SQLite left beside a file, whether the file is there or not; files of others that begin like it are none."""
    return [log for ending in OF_SQLITE if (log := path.with_name(f"{path.name}{ending}")).exists()]


def _damage(path: Path) -> str:
    """Say in words what is wrong with the file; an empty text when nothing is."""
    with path.open("rb") as file:
        head = file.read(100)
    log = path.with_name(f"{path.name}-wal")
    if head[18:20] != WITH_LOG and log.exists() and log.stat().st_size:
        return f"{log.name} lies beside it and belongs to another file, or the head is hurt"
    try:
        with contextlib.closing(sqlite3.connect(path, timeout=PATIENCE)) as raw:
            if raw.execute("pragma application_id").fetchone() != (MARK,):
                return "it is no file of decisions, or its head is hurt"
            lines = raw.execute("pragma integrity_check").fetchall()
    except (sqlite3.Error, UnicodeDecodeError) as error:
        return str(error)
    return "" if lines == [("ok",)] else str(lines[0][0]).splitlines()[-1]


def _open_file(engine: Engine, path: Path, steps: list[str]) -> None:
    """Make the file where there is none, refuse a damaged one, bring it into the shape of the steps."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.with_name(f"{path.name}-wal").exists() and not path.exists():
            raise DecisionsError(f"{path} is missing, but its log {path.name}-wal is there. Put a copy of both back.")
        if not path.exists():
            _create(path, steps)
    except OSError as error:
        raise DecisionsError(
            f"Cannot write to {path.parent}: {error.strerror}. Choose another folder with --store."
        ) from error
    if wrong := _damage(path):
        raise DecisionsError(
            f"{path} is damaged: {wrong}. It was left as it is. Bring your newest backup back: "
            "python -m fit restore FILE. What is there is kept."
        )
    with engine.connect() as connection:
        done = reached(connection)
    if done == 0:
        raise DecisionsError(
            f"{path} is damaged: its tables are gone. Bring your newest backup back: python -m fit restore FILE."
        )
    if done < len(steps):
        _copy_before(path, done)
    climb(engine, steps)


def _copy_before(path: Path, step: int) -> None:
    """Write a whole copy beside the file before its shape changes; earlier copies stay."""
    taken = len(list(path.parent.glob(f"decisions-step-{step}*.sqlite")))
    copy = path.with_name(f"decisions-step-{step}{f'-{taken + 1}' if taken else ''}.sqlite")
    with contextlib.closing(sqlite3.connect(path, timeout=PATIENCE)) as raw:
        raw.execute("vacuum into ?", (str(copy),))


def _refuse_other_encodings(engine: Engine) -> None:
    with engine.connect() as connection:
        (encoding,) = connection.execute(text("show server_encoding")).one()
    if encoding != "UTF8":
        raise DecisionsError(f"The Postgres database keeps texts as {encoding}; UTF8 is needed. Create it as UTF8.")


def url_of(url: str | None = None) -> str | None:
    """What was given, else $CREATOR_FIT_DECISIONS; None for the file in the store folder."""
    return url or os.environ.get("CREATOR_FIT_DECISIONS") or None


def _address(url: str) -> URL:
    try:
        address = make_url(url)
    except (ArgumentError, ValueError) as error:  # neither may be shown: it could hold a password
        raise DecisionsError(f"CREATOR_FIT_DECISIONS holds no address that can be read. {NEEDED}") from error
    if address.drivername == "sqlite" and address.database:
        return address
    if address.drivername not in POSTGRES:
        raise DecisionsError(f"CREATOR_FIT_DECISIONS begins with {address.drivername!r}. {NEEDED}")
    return address


def home_of(folder: Path, url: str | None) -> Path | URL:
    """The file of the store folder, or the one that sqlite:///PATH names, or the address of a Postgres database.

    Raises DecisionsError for what is no address, and for the local copy of an object store, which is one server's own.
    """
    if url is None and local_copy(folder):
        raise DecisionsError(
            "The store is an object store, which holds no decisions. Name a database that all servers share: "
            f"CREATOR_FIT_DECISIONS. {ADDRESS}"
        )
    if url is None:
        return folder / FILE
    address = _address(url)
    return Path(address.database) if address.drivername == "sqlite" and address.database else address


def place_of(folder: Path, url: str | None) -> str:
    """Where the decisions lie, for a message: without the password. Raises DecisionsError for what is no address."""
    home = home_of(folder, url)
    return home.render_as_string(hide_password=True) if isinstance(home, URL) else str(home)


def open_engine(folder: Path, url: str | None, steps: list[str] | None = None, *, is_durable: bool = True) -> Engine:
    """Open the decisions, made where there are none, in today's shape.

    steps: another ladder of shapes than data/decisions/migrations, for trying a new step. is_durable: whether a save in
    a file waits for the disk. Raises DecisionsError.
    """
    with in_words(place_of(folder, url)):
        home = home_of(folder, url)
        engine = _sqlite(home, is_durable=is_durable) if isinstance(home, Path) else _postgres(home)
        with _closed_on_error(engine):
            steps = steps_for(engine) if steps is None else steps
            if isinstance(home, Path):
                _open_file(engine, home, steps)
            else:
                _refuse_other_encodings(engine)
                climb(engine, steps)
        return engine

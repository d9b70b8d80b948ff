"""Open the store of facts read-only: find the generation that counts, fall back to the one before a damaged one.

A store is a folder of DuckDB files that are written once: `generation-000012.duckdb` with its SHA-256 beside it, and
`CURRENT`, the pointer to the one that counts. publish.py writes them.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import cast

import duckdb

HERE = Path(__file__).parent
PARQUET = "parquet-"  # what such a folder's name begins with
RESTORING = "restoring"  # folder of the store with a backup that is being brought back (data/keeping/restore.py)
# Raised by whoever changes a table or what a number in it means: older data versions are then judged again.
SHAPE_VERSION = 5  # 1: those that do not say
HASHED_ON_OPEN = 256 * 2**20  # bytes; more would delay the first page by over half a second (`check` hashes all)

# A reader may read this one file and nothing else: no other path, network or extension, no change of these settings.
READER: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",
    "allow_persistent_secrets": "false",
    "memory_limit": "2GB",
    "threads": "2",
    "max_temp_directory_size": "1GB",
    "max_execution_time": "5000",  # milliseconds: no question may hold the server longer
    "lock_configuration": "true",
}


class StoreError(Exception):
    """Something is wrong with the store; the message says what was found and what to do."""


class StoreEmpty(StoreError):
    """There is no generation yet."""


class StoreEarlier(StoreError):
    """An earlier version made the store; the message says how it is brought up to date."""


class StoreNewer(StoreError):
    """Another version made the store, with columns that this one does not know; nothing is read of it."""


class StoreDamaged(StoreError):
    """No generation can be read."""


class StoreBusy(StoreError):
    """Another load holds the store, or was faster."""


@dataclass(frozen=True)
class Generation:
    """One opened generation: its number, a locked read-only connection, and what the reader must be told."""

    number: int
    is_demo: bool
    connection: duckdb.DuckDBPyConnection = field(repr=False)
    warnings: tuple[str, ...] = ()


def generation_file(folder: Path, number: int) -> Path:
    """Path of a generation's DuckDB file."""
    return folder / f"generation-{number:06d}.duckdb"


def parquet_folder(folder: Path, number: int) -> Path:
    """Folder with a generation's tables as Parquet, where Spark computed it (data/engine)."""
    return folder / f"{PARQUET}{number:06d}"


def sample_decisions_file(folder: Path, number: int) -> Path:
    """Path of the invented decisions that belong to a generation of sample data, and to it alone."""
    return generation_file(folder, number).with_suffix(".sample.sqlite")


def _number(name: str) -> int | None:
    digits = name.removeprefix("generation-").removesuffix(".duckdb")
    return int(digits) if digits.isdigit() else None


def generations(folder: Path) -> list[int]:
    """Numbers of all generations in the folder, newest first."""
    paths = folder.glob("generation-*.duckdb") if folder.is_dir() else ()
    return sorted((number for path in paths if (number := _number(path.name)) is not None), reverse=True)


def built_on_file(folder: Path, number: int) -> Path:
    """Path of the note on which generation another one was built, where that is not the one before it in number."""
    return generation_file(folder, number).with_suffix(".before")


def earlier(folder: Path, number: int | None, kept: Sequence[int]) -> list[int]:
    """The generations that a generation was built on, newest first; loads that were undone are none of them.

    kept: numbers, newest first; all of them where number is None.
    """
    found: list[int] = []
    limit = max(kept, default=0) if number is None else _built_on(folder, number)
    while below := [number_kept for number_kept in kept if number_kept <= limit]:
        found.append(below[0])
        limit = _built_on(folder, below[0])
    return found


def _built_on(folder: Path, number: int) -> int:
    """The newest number that what a generation was built on can have."""
    try:
        return min(int(built_on_file(folder, number).read_text(encoding="ascii")), number - 1)
    except (OSError, ValueError):
        return number - 1


def current(folder: Path) -> int | None:
    """Number that CURRENT points at; None when there is no pointer or it cannot be understood."""
    try:
        name = (folder / "CURRENT").read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return _number(name)


def counting(folder: Path) -> int | None:
    """Number of the generation that a reader sees; None when nothing was ever loaded."""
    try:
        opened = open_newest(folder)
    except StoreEmpty:
        return None
    opened.connection.close()
    return opened.number


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _written_digest(path: Path) -> tuple[str, int] | None:
    """SHA-256 and size in bytes that were written down when the file was published."""
    try:
        sha256, size = path.with_suffix(".sha256").read_text(encoding="ascii").split()[:2]
        return sha256, int(size)
    except (OSError, ValueError):
        return None


def damage(path: Path, *, whole: bool) -> str:
    """Say in words what is wrong with a generation's file; an empty text when nothing is.

    whole: hash files of any size, not only those below HASHED_ON_OPEN.
    """
    if not path.exists():
        return f"{path.name} is missing"
    written = _written_digest(path)
    if written is None:
        return f"{path.with_suffix('.sha256').name}, which vouches for {path.name}, is missing or cut"
    sha256, size = written
    if path.stat().st_size != size:
        return f"{path.name} has {path.stat().st_size:,} bytes where {size:,} were written"
    if (whole or size <= HASHED_ON_OPEN) and digest(path) != sha256:
        return f"{path.name} is not what was written (its SHA-256 differs)"
    return ""


def connect(path: Path) -> duckdb.DuckDBPyConnection:
    """A locked read-only connection to one generation's file."""
    # DuckDB would create a missing file, so existence is checked first (damage() did).
    return duckdb.connect(str(path), read_only=True, config=READER)


def _connect_and_ask(path: Path) -> tuple[duckdb.DuckDBPyConnection, bool]:
    """A connection to a generation, and whether it holds sample data; none stays open to one that does not say."""
    connection = connect(path)
    try:
        (is_demo,) = cast("tuple[bool]", connection.execute("select is_demo from generation").fetchone())
    except BaseException:
        connection.close()
        raise
    return connection, is_demo


@cache
def schema_columns() -> frozenset[tuple[str, str]]:
    """Table and name of every column of the schema."""
    with duckdb.connect(":memory:") as db:
        db.execute((HERE / "schema.sql").read_text(encoding="utf-8"))
        return columns_of(db)


def columns_of(connection: duckdb.DuckDBPyConnection) -> frozenset[tuple[str, str]]:
    """Table and name of every column of a generation."""
    return frozenset(connection.execute("select table_name, column_name from duckdb_columns()").fetchall())


def other_shape(connection: duckdb.DuckDBPyConnection, number: int) -> "StoreEarlier | StoreNewer | None":
    """Why this version cannot read a generation: it is older, or newer, or has columns that nobody here knows.

    None if it can. What a later version wrote may mean something else, even in columns of the same names.
    """
    have, needed = columns_of(connection), schema_columns()
    written = 1
    if ("generation", "shape_version") in have:
        (written,) = cast("tuple[int]", connection.execute("select shape_version from generation").fetchone())
    why = ""
    if written > SHAPE_VERSION:
        why = f"its tables are of version {written}, and this one knows {SHAPE_VERSION}"
    elif more := sorted(have - needed):
        why = f"it has {'.'.join(more[0])}, which this one does not know"
    if why:
        return StoreNewer(
            f"Data version {number} was made by another version of Creator Fit: {why}. Use the version that made it, "
            "or load your files into an empty folder (--store)."
        )
    if have != needed or written < SHAPE_VERSION:
        return StoreEarlier(
            f"Data version {number} was judged by an earlier version of Creator Fit. Judge it again: "
            "python -m fit rebuild. No file has to be loaded again."
        )
    return None


def open_newest(folder: Path, *, may_be_earlier: bool = False) -> Generation:
    """Open the generation that CURRENT names, locked; fall back to the one before when it is damaged.

    may_be_earlier: one that an earlier version made is opened too. Raises StoreEmpty when nothing was ever loaded,
    StoreDamaged when no generation can be read, StoreEarlier and StoreNewer when another version made it.
    """
    pointed, present = current(folder), generations(folder)
    if pointed is None and not present:
        raise StoreEmpty(
            f"Nothing is loaded in {folder} yet. Load files (python -m fit load PATH) "
            "or build the demo (python -m fit demo)."
        )
    wanted = pointed if pointed is not None else present[0]
    warnings = [] if pointed is not None else ["The pointer file CURRENT is missing or unreadable."]
    for number in [wanted, *earlier(folder, wanted, present)]:
        path = generation_file(folder, number)
        if wrong := damage(path, whole=False):
            warnings.append(f"Data version {number} is damaged: {wrong}.")
            continue
        try:
            connection, is_demo = _connect_and_ask(path)
        except (duckdb.Error, TypeError) as error:
            warnings.append(f"Data version {number} cannot be read: {type(error).__name__}.")
            continue
        shape = other_shape(connection, number)
        if shape is not None and not (may_be_earlier and isinstance(shape, StoreEarlier)):
            connection.close()
            raise shape
        if warnings:
            warnings.append(f"Showing data version {number} instead. Load your files again, or restore a copy.")
        return Generation(number, is_demo, connection, tuple(warnings))
    raise StoreDamaged(
        f"{' '.join(warnings)} No earlier version of your data is left. Load your files into an empty folder."
    )

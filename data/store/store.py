"""Where are the facts kept, and which generation of them counts?

A store is a folder of DuckDB files that are written once: `generation-000012.duckdb` with its SHA-256 beside it, and
`CURRENT`, the pointer to the one that counts. A load builds the next file beside the others, checks it, and publishes
it by replacing the pointer: readers see the old facts or the new ones, never a mixture, whenever the power fails.
"""

import contextlib
import errno
import fcntl
import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import duckdb
import polars as pl

HERE = Path(__file__).parent
KEPT_GENERATIONS = 5  # undo reaches back a handful of loads; more would cost disk for nothing
FILE_LAYER = ("sources", "quarantine", "profiles", "audience", "campaign_rows")  # what a load carries over
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
WRITER: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",
    "memory_limit": "2GB",
    "threads": "2",
    "preserve_insertion_order": "true",
}
# What DuckDB raises when the disk is full, in the middle of a statement or at its end.
OUT_OF_ROOM = (duckdb.IOException, duckdb.FatalException, duckdb.TransactionException)


class StoreError(Exception):
    """Something is wrong with the store; the message says what was found and what to do."""


class StoreEmpty(StoreError):
    """There is no generation yet."""


class StoreBusy(StoreError):
    """Another load holds the store."""


class StoreOutOfMemory(StoreError):
    """The limit of memory was met; nothing was changed."""


class StoreDamaged(StoreError):
    """No generation can be read."""


class NothingToPublish(Exception):
    """Raised inside `next_generation` to leave the store as it is."""


@dataclass(frozen=True)
class Generation:
    """One opened generation: its number, a locked read-only connection, and what the reader must be told."""

    number: int
    is_demo: bool
    connection: duckdb.DuckDBPyConnection = field(repr=False)
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Draft:
    """The generation under construction: a writable connection whose first layer holds what the last one held."""

    number: int
    db: duckdb.DuckDBPyConnection = field(repr=False)
    before: int | None = None


def store_folder(given: str | Path | None = None) -> Path:
    """Return the folder that holds everything: what was given, else $CREATOR_FIT_STORE, else data/local."""
    return Path(given or os.environ.get("CREATOR_FIT_STORE") or HERE.parent / "local")


def generation_file(folder: Path, number: int) -> Path:
    """Path of a generation's DuckDB file."""
    return folder / f"generation-{number:06d}.duckdb"


def generations(folder: Path) -> list[int]:
    """Numbers of all generations in the folder, newest first."""
    names = [p.name for p in folder.glob("generation-*.duckdb")] if folder.is_dir() else []
    digits = [name.removeprefix("generation-").removesuffix(".duckdb") for name in names]
    return sorted((int(d) for d in digits if d.isdigit()), reverse=True)


def current(folder: Path) -> int | None:
    """Number that CURRENT points at; None when there is no pointer or it cannot be understood."""
    try:
        name = (folder / "CURRENT").read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None
    digits = name.removeprefix("generation-").removesuffix(".duckdb")
    return int(digits) if digits.isdigit() else None


def counting(folder: Path) -> int | None:
    """Number of the generation that a reader sees; None when nothing was ever loaded."""
    try:
        opened = open_newest(folder)
    except StoreEmpty:
        return None
    opened.connection.close()
    return opened.number


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _promise(path: Path) -> tuple[str, int] | None:
    """SHA-256 and size in bytes that were written down when the file was published."""
    try:
        digest, size = path.with_suffix(".sha256").read_text(encoding="ascii").split()[:2]
        return digest, int(size)
    except (OSError, ValueError):
        return None


def damage(path: Path, *, whole: bool) -> str:
    """Say in words what is wrong with a generation's file; an empty text when nothing is.

    whole: hash files of any size, not only those below HASHED_ON_OPEN.
    """
    if not path.exists():
        return f"{path.name} is missing"
    promise = _promise(path)
    if promise is None:
        return f"{path.with_suffix('.sha256').name}, which vouches for {path.name}, is missing or cut"
    digest, size = promise
    if path.stat().st_size != size:
        return f"{path.name} has {path.stat().st_size:,} bytes where {size:,} were written"
    if (whole or size <= HASHED_ON_OPEN) and _digest(path) != digest:
        return f"{path.name} is not what was written (its SHA-256 differs)"
    return ""


def _connect(path: Path) -> duckdb.DuckDBPyConnection:
    # DuckDB would create a missing file, so existence is checked first (damage() did).
    return duckdb.connect(str(path), read_only=True, config=READER)


def open_newest(folder: Path) -> Generation:
    """Open the generation that CURRENT names, locked; fall back to the one before when it is damaged.

    Raises StoreEmpty when nothing was ever loaded, StoreDamaged when no generation can be read.
    """
    pointed, present = current(folder), generations(folder)
    if pointed is None and not present:
        raise StoreEmpty(
            f"Nothing is loaded in {folder} yet. Load files (python -m fit load PATH) "
            "or build the demo (python -m fit demo)."
        )
    wanted = pointed if pointed is not None else present[0]
    warnings = [] if pointed is not None else ["The pointer file CURRENT is missing or unreadable."]
    for number in [wanted, *(n for n in present if n < wanted)]:
        path = generation_file(folder, number)
        if wrong := damage(path, whole=False):
            warnings.append(f"Generation {number} is damaged: {wrong}.")
            continue
        try:
            connection = _connect(path)
            row = connection.execute("select is_demo from generation").fetchone() or ()
            (is_demo,) = row
        except (duckdb.Error, ValueError) as error:
            warnings.append(f"Generation {number} cannot be read: {type(error).__name__}.")
            continue
        if warnings:
            warnings.append(f"Showing generation {number} instead. Load your files again, or restore a copy.")
        return Generation(number, is_demo, connection, tuple(warnings))
    raise StoreDamaged(f"{' '.join(warnings)} No earlier generation is left. Load your files into an empty folder.")


@contextlib.contextmanager
def _writer_lock(folder: Path) -> Iterator[None]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / "writer.lock").open("a")
    except OSError as error:
        raise StoreError(f"Cannot write to {folder}: {error.strerror}. Choose another folder with --store.") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise StoreBusy(f"Another load holds {folder}. Wait until it has finished and try again.") from error
        yield


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _replace(path: Path, text: str) -> None:
    """Put text under this name at once or not at all, also when the power fails."""
    fresh = path.with_name(path.name + ".tmp")
    fresh.write_text(text, encoding="ascii")
    _sync(fresh)
    fresh.replace(path)


def _begin(folder: Path, number: int, before: int | None, *, is_demo: bool, now: datetime) -> duckdb.DuckDBPyConnection:
    db = duckdb.connect(str(generation_file(folder, number)) + ".tmp", config=WRITER)
    if before is not None:
        db.execute("attach $path as before (read_only)", {"path": str(generation_file(folder, before))})
    db.execute((HERE / "schema.sql").read_text(encoding="utf-8"))
    db.execute("insert into generation values ($number, $now, $is_demo)",
               {"number": number, "now": now, "is_demo": is_demo})  # fmt: skip
    if before is not None:
        for table in FILE_LAYER:
            db.table(f"before.{table}").insert_into(table)
    return db


def _publish(folder: Path, number: int, db: duckdb.DuckDBPyConnection) -> None:
    with contextlib.suppress(duckdb.Error):  # nothing was attached
        db.execute("detach before")
    db.execute("checkpoint")
    db.close()
    path = generation_file(folder, number)
    fresh = Path(str(path) + ".tmp")
    _sync(fresh)
    _replace(path.with_suffix(".sha256"), f"{_digest(fresh)} {fresh.stat().st_size}\n")
    fresh.replace(path)
    _replace(folder / "CURRENT", f"{path.name}\n")
    _sync(folder)


def _sweep(folder: Path) -> None:
    """Remove what an interrupted load left and generations beyond the kept ones."""
    for rest in folder.glob("*.tmp*"):
        rest.unlink(missing_ok=True)
    for number in generations(folder)[KEPT_GENERATIONS:]:
        if number == current(folder):  # it counts again after an undo
            continue
        path = generation_file(folder, number)
        path.unlink(missing_ok=True)
        path.with_suffix(".sha256").unlink(missing_ok=True)


def rows_that_break_a_rule(db: duckdb.DuckDBPyConnection) -> list[str]:
    """Answer data/store/check.sql: each rule that no constraint can hold and that this generation breaks, in words."""
    found = db.execute((HERE / "check.sql").read_text(encoding="utf-8")).fetchall()
    return [f"{count} rows break the rule: {rule}" for rule, count in found if count]


def derive(db: duckdb.DuckDBPyConnection) -> None:
    """Fill the second layer (creators, audience sets, campaigns) from the first, by data/store/derive.sql."""
    db.execute((HERE / "derive.sql").read_text(encoding="utf-8"))


def changes(draft: Draft) -> dict[str, list[str]]:
    """Ids of the creators that a draft adds ("new"), changes ("changed") and loses ("gone")."""
    question = (HERE / "changes.sql").read_text(encoding="utf-8")
    if draft.before is None:
        found = draft.db.execute("select creator_id, 'new' from creators order by creator_id").fetchall()
    else:
        found = draft.db.execute(question).fetchall()
    return {kind: [creator for creator, change in found if change == kind] for kind in ("new", "changed", "gone")}


def followers_that_differ(draft: Draft, creators: list[str]) -> list[str]:
    """Of these creators, each follower count that another one beats, in a sentence that names both (20 at most)."""
    question = (HERE / "followers_that_differ.sql").read_text(encoding="utf-8")
    found = draft.db.execute(question, {"creators": creators}).fetchall() if creators else []
    return [
        f"{creator}: {counts:,} followers count, another file says {other:,} (the newest date wins, then the profile)."
        for creator, counts, other in found
    ]


def undo(folder: Path) -> int:
    """Let the generation before the current one count again; return its number.

    The undone file stays until five newer ones exist. Raises StoreEmpty, StoreBusy, and StoreError when there is no
    earlier generation or the folder cannot be written.
    """
    with _writer_lock(folder):
        pointed = current(folder)
        if pointed is None and not generations(folder):
            raise StoreEmpty(f"Nothing is loaded in {folder} yet: there is nothing to undo.")
        earlier = [number for number in generations(folder) if pointed is None or number < pointed]
        sound = [number for number in earlier if not damage(generation_file(folder, number), whole=False)]
        if not sound:
            raise StoreError(f"Generation {pointed} is the earliest that is kept; there is nothing to go back to.")
        _replace(folder / "CURRENT", f"{generation_file(folder, sound[0]).name}\n")
        _sync(folder)
        return sound[0]


def keep(db: duckdb.DuckDBPyConnection, table: str, frame: pl.DataFrame) -> None:
    """Append a frame to a table of the draft, column by name; the frame needs no order of columns."""
    db.register("frame_to_keep", frame.to_arrow())
    db.table("frame_to_keep").select(*[duckdb.ColumnExpression(c) for c in db.table(table).columns]).insert_into(table)
    db.unregister("frame_to_keep")


def _carried(folder: Path, *, is_demo: bool) -> int | None:
    """The generation whose files the next one keeps; None for an empty store and when a demo is replaced."""
    if current(folder) is None and generations(folder):  # only the pointer was lost: the newest file is what it named
        _replace(folder / "CURRENT", f"{generation_file(folder, generations(folder)[0]).name}\n")
    try:
        newest = open_newest(folder)
    except StoreEmpty:
        return None
    newest.connection.close()
    if newest.number != current(folder):
        raise StoreError(
            f"{newest.warnings[0]} A load now would build on generation {newest.number} and lose what came after it. "
            "Put a copy of the damaged file back, or accept the loss: python -m fit undo."
        )
    if is_demo and not newest.is_demo:
        raise StoreError(f"{folder} holds real data; a demo would replace it. Choose an empty folder with --store.")
    return None if newest.is_demo else newest.number


@contextlib.contextmanager
def next_generation(folder: Path, *, now: datetime, is_demo: bool = False) -> Iterator[Draft]:
    """Build the next generation in the body of a `with`, and publish it when the body ends well.

    The first load after a demo starts from nothing. Raise NothingToPublish in the body to leave all as it was; any
    other exception does the same and goes on. Raises StoreBusy, and StoreError when the folder cannot be written.
    """
    with _writer_lock(folder):
        db = None
        try:
            _sweep(folder)
            before = _carried(folder, is_demo=is_demo)
            number = max([*generations(folder), current(folder) or 0], default=0) + 1
            db = _begin(folder, number, before, is_demo=is_demo, now=now)
            yield Draft(number, db, before)
            if broken := rows_that_break_a_rule(db):
                raise StoreError(f"The new generation is not sound and was not published: {'; '.join(broken)}.")
            _publish(folder, number, db)
        except NothingToPublish:
            pass
        except OSError as error:
            if error.errno not in (errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EPERM, errno.EDQUOT):
                raise
            raise StoreError(f"Cannot write to {folder}: {error.strerror}. Nothing was changed.") from error
        except duckdb.OutOfMemoryException as error:
            raise StoreOutOfMemory(f"Cannot write to {folder} (no memory left). Nothing was changed.") from error
        except OUT_OF_ROOM as error:
            raise StoreError(f"Cannot write to {folder} (disk full or read-only?). Nothing was changed.") from error
        finally:
            if db is not None:
                db.close()
            with contextlib.suppress(OSError):
                _sweep(folder)


def check(folder: Path) -> list[str]:
    """Read every kept generation whole; return in words what is damaged (an empty list when the store is sound).

    Raises StoreEmpty when nothing was ever loaded.
    """
    pointed, present = current(folder), generations(folder)
    if pointed is None and not present:
        raise StoreEmpty(f"Nothing is loaded in {folder} yet: there is nothing to check.")
    found = [] if pointed in present else ["CURRENT does not point at a generation that is there."]
    for number in present:
        path = generation_file(folder, number)
        if wrong := damage(path, whole=True):
            found.append(f"Generation {number}: {wrong}.")
            continue
        try:
            with _connect(path) as connection:
                found += [f"Generation {number}: {broken}." for broken in rows_that_break_a_rule(connection)]
        except duckdb.Error as error:
            found.append(f"Generation {number} cannot be read: {type(error).__name__}.")
    return found

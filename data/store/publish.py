"""Build the next generation of the store and publish it whole.

A load builds its file beside the others, checks it, and publishes it by replacing the pointer `CURRENT`: readers see
the old facts or the new ones, never a mixture, whenever the power fails. One writer at a time, by a lock.
"""

import contextlib
import errno
import fcntl
import secrets
import shutil
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import polars as pl

from data.store.check_store import rows_that_break_a_rule
from data.store.local_copy import LocalCopy, local_copy
from data.store.object_store import ObjectDamaged
from data.store.open_store import (
    HERE,
    PARQUET,
    SHAPE_VERSION,
    StoreBusy,
    StoreEmpty,
    StoreError,
    built_on_file,
    current,
    digest,
    earlier,
    generation_file,
    generations,
    open_newest,
    parquet_folder,
    sample_decisions_file,
)
from data.store.retention import LEAST_GENERATIONS, outlived
from data.store.saved_accuracy import ENDING as ACCURACY
from data.store.whole_files import replace_whole, sync

FILE_LAYER = (
    "sources",
    "quarantine",
    "profiles",
    "creator_codes",
    "audience",
    "campaign_rows",
    "rates",
    "photos",
)  # what a load carries over
WRITER: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",
    "memory_limit": "2GB",
    "threads": "2",
    "preserve_insertion_order": "true",
}
# Backups, accuracy and the activity log note small things without the lock, also while a load runs. That takes a
# moment, so that what is an hour old was left by a process that died.
ABANDONED = timedelta(hours=1)
DERIVE, SERVE = ((HERE / f"{name}.sql").read_text(encoding="utf-8") for name in ("derive", "serve"))
# What DuckDB raises when the disk is full, in the middle of a statement or at its end.
OUT_OF_ROOM = (duckdb.IOException, duckdb.FatalException, duckdb.TransactionException)


class StoreOutOfMemory(StoreError):
    """The limit of memory was met; nothing was changed."""


class NothingToPublish(Exception):
    """Raised inside `next_generation` to leave the store as it is."""


@dataclass(frozen=True)
class Without:
    """A creator whom the next generation no longer holds. mention: a pattern (RE2) that finds what `blank` takes out
    of a text of others.
    """

    creator_id: str
    mention: str
    blank: Callable[[str], str]


@dataclass(frozen=True)
class Draft:
    """The generation under construction: a writable connection whose first layer holds what the last one held."""

    number: int
    db: duckdb.DuckDBPyConnection = field(repr=False)
    before: int | None = None


@contextlib.contextmanager
def writer_lock(folder: Path, *, replaces_all: bool = False) -> Iterator[LocalCopy | None]:
    """Hold a store alone; what comes is the local copy of an object store, brought up to date, or None for a folder.

    It keeps out other writers of this folder. Two servers that write to one object store are told apart when they
    publish (local_copy.py). replaces_all: a copy that cannot be brought up to date will do. Raises StoreBusy,
    StoreError and StoreUnreachable.
    """
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
        if copy := local_copy(folder):
            with contextlib.suppress(*([ObjectDamaged] if replaces_all else [])):
                copy.pull()
        yield copy


def _begin(
    folder: Path, number: int, before: int | None, *, is_demo: bool, now: datetime, without: Without | None
) -> duckdb.DuckDBPyConnection:
    db = duckdb.connect(str(generation_file(folder, number)) + ".tmp", config=WRITER)
    if before is not None:
        db.execute("attach $path as before (read_only)", {"path": str(generation_file(folder, before))})
    db.execute(f"begin; {(HERE / 'schema.sql').read_text(encoding='utf-8')}; commit")
    db.execute("insert into generation values ($number, $now, $is_demo, $shape)",
               {"number": number, "now": now, "is_demo": is_demo, "shape": SHAPE_VERSION})  # fmt: skip
    if before is not None and without is not None:
        _carry_without(db, without)
    elif before is not None:
        question = "select table_name from duckdb_tables() where database_name = 'before'"
        present = {name for (name,) in db.execute(question).fetchall()}
        for table in FILE_LAYER:
            if table in present:  # one that an earlier version made has fewer, and fewer columns
                _carry(db.table(f"before.{table}"), db.table(table), table)
    return db


def _carry_without(db: duckdb.DuckDBPyConnection, without: Without) -> None:
    """Insert the rows of all other creators; rows that were inserted and deleted again would stay in the file."""
    db.create_function("blanked", without.blank, ["VARCHAR"], "VARCHAR")
    given = {"creator": without.creator_id, "mention": without.mention, "salt": secrets.token_hex(16)}
    for name, value in given.items():
        db.execute(f"set variable {name} = $value", {"value": value})
    db.execute((HERE / "carry_without.sql").read_text(encoding="utf-8"))


def _carry(before: duckdb.DuckDBPyRelation, now: duckdb.DuckDBPyRelation, table: str) -> None:
    """Insert the rows of a generation's table; a column that it does not have is null.

    Platforms are in small letters; earlier versions kept them as files write them.
    """
    cells = {name: duckdb.ColumnExpression(name) for name in before.columns}
    if "platform" in cells:
        cells["platform"] = duckdb.FunctionExpression("lower", cells["platform"])
    absent = duckdb.ConstantExpression(None)
    before.select(*(cells.get(name, absent).alias(name) for name in now.columns)).insert_into(table)


def _publish(
    folder: Path, number: int, db: duckdb.DuckDBPyConnection, copy: LocalCopy | None, built_on: int | None
) -> None:
    with contextlib.suppress(duckdb.Error):  # nothing was attached
        db.execute("detach before")
    db.execute("checkpoint")
    db.close()
    path = generation_file(folder, number)
    fresh = Path(str(path) + ".tmp")
    sync(fresh)
    note = _note_built_on(folder, number, copy.numbers() if copy else generations(folder), built_on)
    with copy.published(number, fresh) if copy else contextlib.nullcontext():
        replace_whole(path.with_suffix(".sha256"), f"{digest(fresh)} {fresh.stat().st_size}\n")
        fresh.replace(path)
        replace_whole(folder / "CURRENT", f"{path.name}\n")
        sync(folder)
    if copy and note:
        with contextlib.suppress(StoreError):  # other servers then go by the numbers
            copy.note(built_on_file(folder, number).name, note)


def _note_built_on(folder: Path, number: int, kept: Collection[int], built_on: int | None) -> str:
    """Write down what a generation is built on, where its number does not say it; the text of the note, or ""."""
    before = max((one for one in kept if one < number), default=None)
    if built_on is None or built_on == before:
        built_on_file(folder, number).unlink(missing_ok=True)
        return ""
    replace_whole(built_on_file(folder, number), f"{built_on}\n")
    return f"{built_on}\n"


def _sweep(folder: Path) -> None:
    """Remove what an interrupted load left, and generations that need not be kept any longer."""
    for rest in _left_behind(folder):
        shutil.rmtree(rest) if rest.is_dir() else rest.unlink(missing_ok=True)  # DuckDB spills into a folder
    for number in _outlived(folder):
        path = generation_file(folder, number)
        path.unlink(missing_ok=True)
        for ending in (".sha256", ACCURACY, ".before"):
            path.with_suffix(ending).unlink(missing_ok=True)
    remove_parquet(folder, generations(folder))
    # Sample decisions go with their generation; the next one of that number may hold real data.
    own = {sample_decisions_file(folder, number).name for number in generations(folder)}
    for sample in folder.glob("generation-*.sample.sqlite*"):
        if sample.name.partition(".sqlite")[0] + ".sqlite" not in own:
            sample.unlink(missing_ok=True)


def _left_behind(folder: Path) -> Iterator[Path]:
    """Temporary files that nobody is writing: those of a load, for the lock is held, and others once they are old."""
    yield from folder.glob("CURRENT.*.tmp")
    for path in folder.glob("generation-*.tmp*"):
        if f"{ACCURACY}." not in path.name:
            yield path
    for path in folder.glob("*.[0-9]*-[0-9]*.tmp"):  # as replace_whole names them
        with contextlib.suppress(FileNotFoundError):  # it is in its place by now
            if time.time() - path.stat().st_mtime > ABANDONED.total_seconds():
                yield path


def remove_parquet(folder: Path, but: Collection[int] = ()) -> None:
    """Remove the Parquet of generations, all but that of some."""
    kept = {parquet_folder(folder, number).name for number in but}
    for path in folder.glob(f"{PARQUET}*"):
        if path.name not in kept:
            shutil.rmtree(path, ignore_errors=True)


def _outlived(folder: Path) -> list[int]:
    kept, pointed = generations(folder), current(folder)
    published = {number: generation_file(folder, number).stat().st_mtime for number in kept}
    counting = [] if pointed is None else [pointed]
    return outlived(published, [*counting, *earlier(folder, pointed, kept)][:LEAST_GENERATIONS])


def _carried(folder: Path, *, is_demo: bool) -> int | None:
    """The generation whose files the next one keeps; None for an empty store and when a demo is replaced."""
    if current(folder) is None and generations(folder):  # only the pointer was lost: the newest file is what it named
        replace_whole(folder / "CURRENT", f"{generation_file(folder, generations(folder)[0]).name}\n")
    try:
        newest = open_newest(folder, may_be_earlier=True)
    except StoreEmpty:
        return None
    newest.connection.close()
    if newest.number != current(folder):
        raise StoreError(
            f"{newest.warnings[0]} A load now would build on data version {newest.number} and lose everything loaded "
            "since. "
            "Put a copy of the damaged file back, or accept the loss: python -m fit undo."
        )
    if is_demo and not newest.is_demo:
        raise StoreError(f"{folder} holds real data; a demo would replace it. Choose an empty folder with --store.")
    return None if newest.is_demo else newest.number


def _shortened(folder: Path) -> tuple[int, bool]:
    """The generation that a creator is taken out of, and whether it holds sample data."""
    newest = open_newest(folder)
    newest.connection.close()
    return newest.number, newest.is_demo


@contextlib.contextmanager
def next_generation(
    folder: Path, *, now: datetime, is_demo: bool = False, without: Without | None = None, from_nothing: bool = False
) -> Iterator[Draft]:
    """Build the next generation in the body of a `with`, and publish it when the body ends well.

    The first load after a demo starts from nothing. without: a creator is left out of what was loaded, and nothing else
    changes; sample data stay sample data. from_nothing: nothing of what was loaded is carried over. Raise
    NothingToPublish in the body to leave all as it was; any other exception does the same and goes on. Raises
    StoreBusy, and StoreError when the folder cannot be written.
    """
    with writer_lock(folder) as copy:
        db = None
        try:
            _sweep(folder)
            before, is_demo = _shortened(folder) if without else (_carried(folder, is_demo=is_demo), is_demo)
            before, pointed = None if from_nothing else before, current(folder)
            number = max([*generations(folder), current(folder) or 0, copy.highest() if copy else 0]) + 1
            db = _begin(folder, number, before, is_demo=is_demo, now=now, without=without)
            yield Draft(number, db, before)
            if broken := rows_that_break_a_rule(db):
                raise StoreError(f"The new data version is not sound and was not published: {'; '.join(broken)}.")
            _publish(folder, number, db, copy, pointed)
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
            with contextlib.suppress(OSError, StoreError):
                _sweep(folder)


def append(db: duckdb.DuckDBPyConnection, table: str, frame: pl.DataFrame) -> None:
    """Append a frame to a table of the draft, column by name; the frame needs no order of columns."""
    db.register("frame_to_append", frame.to_arrow())
    db.table("frame_to_append").select(*[duckdb.ColumnExpression(c) for c in db.table(table).columns]).insert_into(
        table
    )
    db.unregister("frame_to_append")


def derive(db: duckdb.DuckDBPyConnection) -> None:
    """Fill the second layer (creators, audience sets, campaigns) from the first, by data/store/derive.sql."""
    db.execute(DERIVE)


def serve(db: duckdb.DuckDBPyConnection) -> None:
    """Fill the tables that a list reads from the judgement, by data/store/serve.sql."""
    db.execute(SERVE)


def changes(draft: Draft) -> dict[str, list[str]]:
    """Ids of the creators that a draft adds ("new"), changes ("changed") and loses ("gone")."""
    question = (HERE / "changes.sql").read_text(encoding="utf-8")
    if draft.before is None:
        rows = draft.db.execute("select creator_id, 'new' from creators order by creator_id").fetchall()
    else:
        rows = draft.db.execute(question).fetchall()
    return {kind: [creator for creator, change in rows if change == kind] for kind in ("new", "changed", "gone")}


def followers_that_differ(draft: Draft, creators: list[str]) -> list[str]:
    """Of these creators, each follower count that another one beats, in a sentence that names both (20 at most)."""
    question = (HERE / "followers_that_differ.sql").read_text(encoding="utf-8")
    rows = draft.db.execute(question, {"creators": creators}).fetchall() if creators else []
    return [
        f"{creator}: {counts:,} followers count, another file says {other:,} (the newest date wins, then the profile)."
        for creator, counts, other in rows
    ]


def prices_without_currency(draft: Draft) -> list[str]:
    """Say how many amounts name no currency and what they count as (fit/model/prices.py), in a sentence."""
    question = (HERE / "prices_without_currency.sql").read_text(encoding="utf-8")
    row = draft.db.execute(question).fetchone()
    assert row is not None
    count_creators, count_campaigns, named = row
    counts = ((count_creators, "asking price", "asking prices"), (count_campaigns, "campaign", "campaigns"))
    bare = [f"{count:,} {one if count == 1 else many}" for count, one, many in counts if count]
    if not bare:
        return []
    verb, they = ("names", "it counts") if count_creators + count_campaigns == 1 else ("name", "they count")
    say = f"{' and '.join(bare)} {verb} no currency"
    if len(named) == 1:
        return [f"{say}: {they} as {named[0]}, the only currency that is named."]
    others = f" while others name {', '.join(named)}" if named else ""
    return [f"{say}{others}: {they} as one currency without a name. Add the column currency to say which it is."]


def correction_that_ends(draft: Draft) -> list[str]:
    """Say that the data before had corrected forecasts, which a load does not carry over, in a sentence."""
    question = "select count(*) from duckdb_tables() where database_name = 'before' and table_name = 'field_facts'"
    if not draft.db.execute(question).fetchall()[0][0]:
        return []
    question = "select count(*) from before.field_facts where starts_with(name, 'correction_')"
    if not draft.db.execute(question).fetchall()[0][0]:
        return []
    return [
        "The correction of forecasts was earned on the data before and ends with this load. Check the forecasts again "
        "(page Accuracy, or python -m fit backtest) and apply it where it is still earned."
    ]

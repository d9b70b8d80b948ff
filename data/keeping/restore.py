"""Bring a backup back: all of it is checked beside the store first, then put in place in one step that is never half.

The folder `restoring` holds the unpacked files. Its file READY says that they are sound and that what they replace is
kept; from then on the restore is finished by whoever comes next, whenever it was cut off.
"""

import errno
import os
import re
import shutil
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from data.decisions import HEAD, DecisionsError, copy_decisions, copy_file, logs_of, open_copy, replace_decisions
from data.keeping.archive import DECISIONS, BackupRefused, Manifest, read_backup, unpack
from data.keeping.backup import back_up
from data.store import (
    RESTORING,
    LocalCopy,
    StoreError,
    StoreNewer,
    connect,
    generation_file,
    generations,
    other_shape,
    remove_parquet,
    replace_whole,
    sync,
    writer_lock,
)

READY = "READY"
# What a store writes of its generations; an administrator's copy beside them, by any other name, stays.
OF_GENERATION = re.compile(
    r"generation-\d+\.(duckdb|sha256|accuracy|before|sample\.sqlite)"
    r"(-wal|-shm|-journal|\.wal|(\.\d+-\d+)?\.tmp(\.wal)?)?"
)
NO_ROOM = (errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EPERM, errno.EDQUOT)


def was_cut_off(folder: Path) -> bool:
    """Whether a restore was cut off after everything had been checked."""
    return (folder / RESTORING / READY).exists()


def restore(folder: Path, backup: Path, *, now: datetime) -> tuple[Manifest, Path | None]:
    """Put a backup in the place of a store; what it held, and the folder with what it replaced (None: nothing).

    backup: a file that back_up wrote, or the folder that a restore left. Raises BackupRefused, StoreBusy and
    StoreError; the store is then as it was.
    """
    if backup.is_dir():  # what an earlier restore replaced
        with TemporaryDirectory(prefix="creator-fit-restore-") as scratch:
            packed_again = Path(scratch, "replaced.zip")
            back_up(backup, packed_again, now=now, is_whole_folder=True)
            return restore(folder, packed_again, now=now)
    with read_backup(backup) as (manifest, packed):
        with writer_lock(folder, replaces_all=True) as copy:
            if was_cut_off(folder):
                _put_in_place(folder, copy)
            replaced, is_done = None, False
            try:
                staging = _fresh(folder)
                unpack(packed, manifest, staging)
                _open_both(staging, manifest)
                replaced = _keep(folder, now)
                replace_whole(staging / READY, "")
                sync(staging)
                _put_in_place(folder, copy)
                is_done = True
            except OSError as error:
                if error.errno not in NO_ROOM:
                    raise
                raise StoreError(f"Cannot write to {folder}: {error.strerror}. Nothing was changed.") from error
            finally:
                if not is_done and not was_cut_off(folder):
                    shutil.rmtree(folder / RESTORING, ignore_errors=True)
                    if replaced:
                        shutil.rmtree(replaced, ignore_errors=True)
        return manifest, replaced


def finish(folder: Path) -> None:
    """Finish a restore that was cut off; nothing where none was. Raises StoreBusy while one is running."""
    if was_cut_off(folder):
        with writer_lock(folder, replaces_all=True) as copy:
            if was_cut_off(folder):
                _put_in_place(folder, copy)


def _fresh(folder: Path) -> Path:
    staging = folder / RESTORING
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir()
    return staging


def _open_both(staging: Path, manifest: Manifest) -> None:
    """Open what was unpacked as the product would. Raises BackupRefused."""
    if manifest.generation is not None:
        path = generation_file(staging, manifest.generation)
        if path.name not in manifest.files:
            raise BackupRefused("The backup lacks the data version that its manifest names. Nothing was changed.")
        try:
            with connect(path) as connection:
                shape = other_shape(connection, manifest.generation)
        except duckdb.Error as error:
            raise BackupRefused(f"The facts of the backup cannot be read ({type(error).__name__}).") from error
        if isinstance(shape, StoreNewer):
            raise BackupRefused(f"{shape} Nothing was changed.")
        size, sha256 = manifest.files[path.name]
        replace_whole(path.with_suffix(".sha256"), f"{sha256} {size}\n")
    for name in manifest.files:
        if name.endswith(".sqlite"):
            _open_decisions(staging / name)


def _open_decisions(path: Path) -> None:
    try:
        with closing(open_copy(path)) as decisions:
            problems = decisions.check()
    except DecisionsError as error:
        raise BackupRefused(f"The decisions of the backup cannot be read: {error} Nothing was changed.") from error
    if problems:
        raise BackupRefused(f"The decisions of the backup are damaged: {problems[0]} Nothing was changed.")


def _keep(folder: Path, now: datetime) -> Path | None:
    """Keep what will be replaced in a folder of its own: links to the facts, a copy of the decisions."""
    replaced = folder / f"replaced-{now:%Y%m%d-%H%M%S}"
    number = 1
    while replaced.exists():
        number += 1
        replaced = folder / f"replaced-{now:%Y%m%d-%H%M%S}-{number}"
    replaced.mkdir()
    for path in [*folder.glob("generation-*"), *folder.glob("CURRENT")]:
        if path.suffix == ".sqlite":
            with suppress(DecisionsError):
                copy_file(path, replaced / path.name)
        elif path.suffix in (".duckdb", ".sha256", ""):
            _link(path, replaced / path.name)
    try:
        copy_decisions(folder, replaced / DECISIONS)
    except DecisionsError:  # damaged: that is why they are replaced
        for path in filter(Path.exists, (folder / DECISIONS, *logs_of(folder / DECISIONS))):
            shutil.copy2(path, replaced / path.name)
    sync(replaced)
    if not any(replaced.iterdir()):
        replaced.rmdir()
        return None
    return replaced


def _link(path: Path, to: Path) -> None:
    """Give a file a second name, or copy it where the file system has none."""
    to.unlink(missing_ok=True)
    try:
        os.link(path, to)
    except OSError:
        shutil.copy2(path, to)
        sync(to)


def _put_in_place(folder: Path, copy: LocalCopy | None) -> None:
    """Move what was unpacked into the store. May be cut off at any moment and begun again."""
    staging = folder / RESTORING
    numbers = generations(staging)
    if copy and numbers:
        with copy.published(numbers[0], generation_file(staging, numbers[0]), alone=True):
            _move(folder, staging, is_copy=True)
    else:
        if copy:
            copy.empty()
        _move(folder, staging, is_copy=bool(copy))
    (staging / READY).unlink()
    with suppress(OSError):
        shutil.rmtree(staging)


def _move(folder: Path, staging: Path, *, is_copy: bool) -> None:
    """Let decisions and facts be what was unpacked. is_copy: those of sample data stay out, as servers share none."""
    decisions = staging / DECISIONS
    try:
        replace_decisions(folder, decisions if decisions.exists() else None)
    except DecisionsError as error:
        raise StoreError(f"The restore is not finished: {error} Any command finishes it.") from error
    (folder / HEAD).unlink(missing_ok=True)  # the log that was brought back ends elsewhere
    endings = (".duckdb", ".sha256", *([] if is_copy else [".sqlite"]))
    unpacked = [path for path in staging.glob("generation-*") if path.suffix in endings]
    for path in sorted(unpacked):
        for rest in logs_of(folder / path.name):  # a log of what is replaced
            rest.unlink()
        _link(path, folder / f"{path.name}.tmp")
        (folder / f"{path.name}.tmp").replace(folder / path.name)
        (folder / f"{path.name}.tmp").unlink(missing_ok=True)  # it stays where both are one file already
    for number in generations(staging):
        replace_whole(folder / "CURRENT", f"{generation_file(folder, number).name}\n")
    if not generations(staging):
        (folder / "CURRENT").unlink(missing_ok=True)
    remove_parquet(folder)
    for path in folder.glob("generation-*"):
        if OF_GENERATION.fullmatch(path.name) and path.name not in {one.name for one in unpacked}:
            path.unlink()
    sync(folder)

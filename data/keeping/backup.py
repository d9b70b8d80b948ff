"""Write one file that holds the facts and decisions of a store, while people work."""

import errno
import os
from contextlib import ExitStack, suppress
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from data.decisions import copy_decisions, copy_file
from data.keeping.archive import DECISIONS, BackupRefused, Manifest, hash_of, write_backup
from data.keeping.known_backups import KnownBackup, remember
from data.store import (
    StoreEmpty,
    StoreError,
    connect,
    current,
    damage,
    generation_file,
    local_copy,
    sample_decisions_file,
    sync,
)


class NotListed(StoreError):
    """A backup was written whole, but could not be added to the list of backups; the message says why."""


def back_up(
    folder: Path, out: Path, *, now: datetime, may_replace: bool = False, is_whole_folder: bool = False
) -> Manifest:
    """Write a backup, whole or not at all; return what it holds.

    may_replace: a file of that name is replaced. is_whole_folder: the folder is no store in use but what a restore
    replaced, with its decisions in a file; it remembers nothing. Raises StoreEmpty, BackupRefused
    and StoreError, and DecisionsError for decisions that cannot be read; NotListed where all but the list is written.
    """
    out = out.absolute()
    if out.resolve().is_relative_to(folder.resolve()):
        raise BackupRefused(f"{out} lies in the store itself and would be lost with it. Choose another place.")
    if out.exists() and (not may_replace or not out.is_file()):
        raise BackupRefused(f"{out} is there already. Choose another name, or replace it with --force.")
    fresh = out.with_name(f".{out.name}.part")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        if not is_whole_folder and (copy := local_copy(folder)):
            copy.pull()
        with TemporaryDirectory(prefix=".creator-fit-", dir=out.parent) as scratch, ExitStack() as opened:
            url = f"sqlite:///{folder / DECISIONS}" if is_whole_folder else None
            files = _files(folder, Path(scratch), url)
            sources = {name: opened.enter_context(path.open("rb")) for name, path in files.items()}
            manifest = _manifest_of(folder, files, now)
            with fresh.open("w+b") as written:
                write_backup(written, manifest, dict(sources))
                written.flush()
                os.fsync(written.fileno())
            fresh.replace(out)
            sync(out.parent)
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EPERM, errno.EDQUOT, errno.ENOTDIR):
            raise
        raise StoreError(f"Cannot write {out}: {error.strerror}. No backup was written.") from error
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
    if not is_whole_folder:
        _add_to_list(folder, KnownBackup(str(out), manifest.written_at, manifest.generation))
    return manifest


def _add_to_list(folder: Path, backup: KnownBackup) -> None:
    try:
        remember(folder, backup)
    except (StoreError, OSError) as error:
        raise NotListed(
            f"{backup.file} is written and whole, but is not in the list of backups, so that erase cannot look into "
            f"it: {error}"
        ) from error


def _files(folder: Path, scratch: Path, url: str | None) -> dict[str, Path]:
    """What goes into the backup, by name: the generation that counts and copies of the decisions."""
    files: dict[str, Path] = {}
    number = current(folder)
    if number is not None:
        path = generation_file(folder, number)
        if wrong := damage(path, whole=True):
            raise StoreError(f"{wrong[0].upper()}{wrong[1:]}: no backup was written. Run: python -m fit check.")
        files[path.name] = path
        sample = sample_decisions_file(folder, number)
        if sample.exists():
            copy_file(sample, scratch / sample.name)
            files[sample.name] = scratch / sample.name
    if copy_decisions(folder, scratch / DECISIONS, url):
        files[DECISIONS] = scratch / DECISIONS
    if not files:
        raise StoreEmpty(f"Nothing is kept in {folder} yet: there is nothing to back up.")
    return files


def _manifest_of(folder: Path, files: dict[str, Path], now: datetime) -> Manifest:
    number = next((int(name.split("-")[1].split(".")[0]) for name in files if name.endswith(".duckdb")), None)
    count = 0
    if number is not None:
        with connect(generation_file(folder, number)) as connection:
            (count,) = connection.execute("select count(*) from creators").fetchone() or (0,)
    sized = {}
    for name, path in files.items():
        with path.open("rb") as file:
            sized[name] = (path.stat().st_size, hash_of(file))
    return Manifest(now.astimezone().isoformat(timespec="seconds"), number, count, sized)

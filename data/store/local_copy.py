"""Keep a store in an object store that many servers share: each works on a local copy of the version that counts.

The pointer (pointer.py) is written after the file of a new version, on the condition that nobody changed it since it
was read: so readers see a version whole or not at all, and of two loads at once one is told that the store is busy.
Every file has a name that no other one ever has. The local copy is a folder like any other store, with the pointer as
last read.
"""

import fcntl
import hashlib
import json
import os
import re
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from data.store.object_store import Moved, ObjectDamaged, ObjectStore, StoreUnreachable, is_address
from data.store.open_store import (
    HERE,
    StoreBusy,
    StoreError,
    current,
    damage,
    digest,
    generation_file,
    generations,
)
from data.store.pointer import POINTER, Pointer, Version, read_pointer
from data.store.whole_files import sync

COPY_STATE = "object-store.json"  # of the local copy: address, and the pointer as it was last read
INCOMING = "incoming"  # folder of files that are being fetched
LOOK_EVERY, LOOK_AGAIN = 1.0, 10.0  # seconds between two looks at the pointer, and after one that failed
MOST_TRIES = 20  # of a change that others overtake: each try means that one of theirs was written
LEFT_BEHIND = timedelta(days=1)  # age of a file that no pointer names and no load can still be about to name

_look_next: dict[Path, float] = {}  # by folder of a copy: when this process looks at the pointer again
_trouble: dict[Path, str] = {}  # by folder of a copy: why this process could not look
_sound: dict[Path, tuple[str, int]] = {}  # by file: SHA-256 and time of the last change when it was found sound


def store_folder(given: str | Path | None = None) -> Path:
    """Return the folder that holds everything: what was given, else $CREATOR_FIT_STORE, else data/local.

    Of an address such as s3://bucket/prefix it is the local copy, which follows the object store by itself. Raises
    StoreUnreachable where there is no copy yet and none can be fetched.
    """
    place = str(given or os.environ.get("CREATOR_FIT_STORE") or HERE.parent / "local")
    if not is_address(place):
        return Path(place)
    copy = _copy_of(place)
    copy.follow()
    return copy.folder


def local_copy(folder: Path) -> "LocalCopy | None":
    """The local copy that a folder is; None for a store of its own."""
    try:
        address = json.loads((folder / COPY_STATE).read_text(encoding="ascii"))["address"]
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return None
    except (OSError, ValueError, KeyError) as error:
        raise StoreError(f"{folder / COPY_STATE} is damaged. Delete {folder}: it is fetched anew.") from error
    return LocalCopy(folder, str(address))


def troubles(folder: Path) -> tuple[str, ...]:
    """Why a copy may be behind, in words; nothing where it is up to date, and for a store of its own."""
    return (_trouble[folder],) if folder in _trouble else ()


def share_note(path: Path, text: str | None) -> None:
    """Tell all other servers of a small file that was written beside a local copy, None: removed.

    Nothing for a store of its own. Raises StoreBusy and StoreUnreachable.
    """
    if copy := local_copy(path.parent):
        copy.note(path.name, text)


def _copy_of(address: str) -> "LocalCopy":
    """The copy of an address, in a folder that no other address has."""
    store = ObjectStore(address)
    among = Path(os.environ.get("CREATOR_FIT_CACHE") or HERE.parent / "cache")
    endpoint = os.environ.get("AWS_ENDPOINT_URL", "")
    mark = hashlib.sha256(f"{endpoint} {store.address}".encode()).hexdigest()[:12]
    return LocalCopy(among / f"{re.sub(r'[^0-9A-Za-z]+', '-', store.address)}-{mark}", address)


class LocalCopy:
    """The local copy of an object store, in a folder."""

    def __init__(self, folder: Path, address: str) -> None:
        self.folder, self._store, self._begun = folder, ObjectStore(address), Pointer()
        self.place = f"{self._store.address}/{POINTER}"

    def follow(self) -> None:
        """Bring the copy up to date, if it is time to look again and nobody else does it just now.

        Where that fails what is there goes on (`troubles` says why). Raises StoreUnreachable where there is nothing.
        """
        is_there = current(self.folder) is not None
        if is_there and time.monotonic() < _look_next.get(self.folder, 0.0):
            return
        _look_next[self.folder] = time.monotonic() + LOOK_EVERY
        try:
            self.pull(may_skip=is_there)
            _trouble.pop(self.folder, None)
        except (StoreError, OSError) as error:
            _look_next[self.folder] = time.monotonic() + LOOK_AGAIN
            if current(self.folder) is None:
                if isinstance(error, StoreError):
                    raise
                raise StoreUnreachable(f"Cannot write to {self.folder}: {error}. Set CREATOR_FIT_CACHE.") from error
            is_away = isinstance(error, StoreUnreachable)  # in words for whoever reads a page; `check` says why
            why = f"{self._store.address} cannot be read at the moment." if is_away else str(error)
            _trouble[self.folder] = f"{why} Newer data may be missing: showing what was fetched last."

    def numbers(self) -> list[int]:
        """Numbers of all versions that are kept, newest first, as they were when last looked."""
        return sorted((version.number for version in self._state()[0].versions), reverse=True)

    def highest(self) -> int:
        """The highest number that a version ever had, 0 for none."""
        return self._state()[0].highest

    def pull(self, *, may_skip: bool = False) -> None:
        """Look at the pointer, and fetch the version that counts where it is not here as it was written.

        may_skip: nothing, where another process or thread is doing it. Raises StoreUnreachable and OSError; the copy is
        then as it was.
        """
        with self._alone(may_skip=may_skip) as is_mine:
            if not is_mine:
                return
            before, known = self._state()
            try:
                found = self._store.read(POINTER, known or None)
            except KeyError as error:
                if known:
                    raise ObjectDamaged(f"{self.place} is gone. Put it back, or bring a backup back.") from error
                found = b"", ""
            pointer, etag = (before, known) if found is None else (self._parsed(found[0]), found[1])
            if pointer.current is not None:
                self._bring(pointer, pointer.current)
            self._begun = pointer
            is_placed = (self.folder / COPY_STATE).exists() and current(self.folder) == pointer.current
            if (pointer, etag) != (before, known) or not is_placed:
                self._place(before, pointer, etag)

    def bring(self, number: int) -> None:
        """Fetch a version that is kept, where it is not here whole. Raises StoreUnreachable."""
        with self._alone():
            self._bring(self._state()[0], number)

    def bring_all(self) -> None:
        """Fetch every version that is kept, but for those that are damaged."""
        for number in self.numbers():
            with suppress(ObjectDamaged):
                self.bring(number)

    def damages(self) -> list[str]:
        """Read every object that is kept; say in words which is not what was written."""
        lines = []
        for version in sorted(self._state()[0].versions, key=lambda version: -version.number):
            try:
                self._fetch(version, None)
            except ObjectDamaged as error:
                lines.append(f"Data version {version.number}: {error}")
        return lines

    @contextmanager
    def published(self, number: int, file: Path, *, alone: bool = False) -> Iterator[None]:
        """Send a file as the version that counts from now on; what the body does then belongs to this copy.

        alone: no other version stays, whatever was published meanwhile, and a damaged pointer is replaced. Raises
        StoreBusy where another version counts by now than the one this copy has, and StoreUnreachable; nothing has
        changed then.
        """
        begun, name = self._begun, f"generation-{number:06d}-{secrets.token_hex(6)}.duckdb"
        new = Version(number, name, digest(file), file.stat().st_size, time.time())

        def change(now: Pointer) -> Pointer:
            if alone:
                return now.counting(number).only([new])
            if now.version(now.current) != begun.version(begun.current):
                raise StoreBusy(
                    f"Another load was published to {self._store.address} meanwhile. Nothing was changed. Load again: "
                    "both count then."
                )
            return now.with_version(new)

        with self._alone():
            self._store.send(file, new.file)
            before, pointer, etag = self._swap(change, may_be_damaged=alone)
            yield
            self._place(before, pointer, etag)
        with suppress(StoreUnreachable):  # what is left is deleted a day later
            gone = {version.file for version in before.versions} - {version.file for version in pointer.versions}
            named = {POINTER} | {version.file for version in pointer.versions}
            self._store.delete(sorted(gone | (set(self._store.older_than(LEFT_BEHIND)) - named)))

    def empty(self) -> None:
        """Take every version out: nothing is loaded then. Raises StoreUnreachable."""
        self._change(lambda now: replace(now, current=None).only([]))

    def count_on(self, number: int) -> None:
        """Let another version that is kept count. Raises StoreBusy where others published since the last pull."""
        begun = self._begun

        def change(now: Pointer) -> Pointer:
            if now.version(now.current) != begun.version(begun.current) or now.version(number) is None:
                raise StoreBusy(f"Another load was published to {self._store.address} meanwhile. Nothing was undone.")
            return now.counting(number)

        self._change(change)

    def forget_before(self, number: int) -> int:
        """Delete every version before this one; how many. What fails half-way is done when it is called again.

        Raises StoreUnreachable.
        """

        def change(now: Pointer) -> Pointer:
            kept = [version for version in now.versions if version.number >= number]
            counts = now.current if now.version(now.current) in kept else number
            return replace(now, current=counts).only(kept)

        with self._alone():
            gone = [version.file for version in self._now(may_be_damaged=False)[0].versions if version.number < number]
            self._store.delete(gone)  # first, so that none can stay behind unknown
            before, pointer, etag = self._swap(change)
            self._place(before, pointer, etag)
        return len(gone)

    def note(self, name: str, text: str | None) -> None:
        """Put a small text beside the versions, for all servers; None takes it out. Raises StoreUnreachable."""
        added = {} if text is None else {name: text}

        def change(now: Pointer) -> Pointer:
            return replace(now, notes={other: old for other, old in now.notes.items() if other != name} | added)

        self._change(change)

    def _change(self, change: Callable[[Pointer], Pointer]) -> None:
        """Change the pointer, then delete what it no longer names."""
        with self._alone():
            before, pointer, etag = self._swap(change)
            self._place(before, pointer, etag)
        self._store.delete(
            sorted({version.file for version in before.versions} - {version.file for version in pointer.versions})
        )

    def _swap(
        self, change: Callable[[Pointer], Pointer], *, may_be_damaged: bool = False
    ) -> tuple[Pointer, Pointer, str]:
        """Change the pointer on the condition that it is the one that was read; before, after, and its new ETag."""
        for _try in range(MOST_TRIES):
            now, etag = self._now(may_be_damaged=may_be_damaged)
            new = replace(change(now), written_as=secrets.token_hex(8))
            if etag is None:
                self._store.refuse_without_conditions()
            try:
                return now, new, self._store.write(POINTER, new.as_json().encode("ascii"), etag)
            except (Moved, StoreUnreachable) as error:  # or it was written, and the answer was lost on the way
                after, etag = self._now(may_be_damaged=may_be_damaged)
                if after.written_as == new.written_as:
                    return now, new, etag or ""
                if isinstance(error, StoreUnreachable):
                    raise
        raise StoreBusy(f"Others keep writing to {self._store.address}. Nothing was changed; try again in a moment.")

    def _now(self, *, may_be_damaged: bool) -> tuple[Pointer, str | None]:
        """The pointer as it is now, and its ETag (None: there is none). may_be_damaged: it is then taken for empty."""
        found = None
        with suppress(KeyError):
            found = self._store.read(POINTER, None)
        if found is None:
            if self._state()[1] and not may_be_damaged:
                raise ObjectDamaged(f"{self.place} is gone. Put it back, or bring a backup back.")
            return Pointer(), None
        try:
            return self._parsed(found[0]), found[1]
        except ObjectDamaged:
            if may_be_damaged:
                return Pointer(), found[1]
            raise

    def _parsed(self, content: bytes) -> Pointer:
        return read_pointer(content.decode("utf-8", "replace"), self.place) if content else Pointer()

    def _state(self) -> tuple[Pointer, str]:
        """The pointer as it was last read, and its ETag ("": there was none)."""
        try:
            state = json.loads((self.folder / COPY_STATE).read_text(encoding="ascii"))
            return read_pointer(json.dumps(state["pointer"]), str(self.folder / COPY_STATE)), str(state["etag"])
        except FileNotFoundError:
            return Pointer(), ""

    def _bring(self, pointer: Pointer, number: int) -> None:
        """Fetch a version's file under another name, check it, put it in its place; nothing if it is there whole."""
        version, path = pointer.version(number), generation_file(self.folder, number)
        if version is None:
            raise ObjectDamaged(f"{self.place} names data version {number}, which it does not list.")
        vouched = f"{version.sha256} {version.size}\n"
        with suppress(OSError):
            now_sound = version.sha256, path.stat().st_mtime_ns
            is_same = path.with_suffix(".sha256").read_text(encoding="ascii") == vouched
            if is_same and (_sound.get(path) == now_sound or not damage(path, whole=False)):
                _sound[path] = now_sound
                return
        fresh = self.folder / INCOMING / path.name
        self._fetch(version, fresh)
        fresh.replace(path)
        self._write(path.with_suffix(".sha256").name, vouched)

    def _fetch(self, version: Version, path: Path | None) -> None:
        """Fetch a version's object, None: only read it. Raises ObjectDamaged where it is not what was written."""
        what = f"{self._store.address}/{version.file}"
        try:
            found = self._store.fetch(version.file, path)
        except KeyError as error:
            raise ObjectDamaged(f"{what} is missing. Bring a backup back: python -m fit restore FILE.") from error
        if found != (version.sha256, version.size):
            raise ObjectDamaged(
                f"{what} is not what was written (its size or SHA-256 differs). Bring a backup back: "
                "python -m fit restore FILE."
            )

    def _place(self, before: Pointer, pointer: Pointer, etag: str) -> None:
        """Let the copy say what the pointer says: notes, versions that are kept, and the one that counts."""
        for name, text in pointer.notes.items():
            self._write(name, text)
        for name in before.notes.keys() - pointer.notes.keys():
            (self.folder / name).unlink(missing_ok=True)
        if pointer.current is None:
            (self.folder / "CURRENT").unlink(missing_ok=True)
        else:
            self._write("CURRENT", f"{generation_file(self.folder, pointer.current).name}\n")
        state = {"address": self._store.address, "etag": etag, "pointer": json.loads(pointer.as_json())}
        self._write(COPY_STATE, json.dumps(state, indent=1))
        for number in generations(self.folder):
            if pointer.version(number) is None:
                path = generation_file(self.folder, number)
                path.unlink(missing_ok=True)
                path.with_suffix(".sha256").unlink(missing_ok=True)
        sync(self.folder)

    def _write(self, name: str, text: str) -> None:
        """Put a text under a name of the copy whole, by way of a folder that no load sweeps."""
        fresh = self.folder / INCOMING / name
        fresh.write_text(text, encoding="ascii")
        sync(fresh)
        fresh.replace(self.folder / name)

    @contextmanager
    def _alone(self, *, may_skip: bool = False) -> Iterator[bool]:
        """Be the only process and thread that changes this copy; False where another is one, and it may be skipped."""
        (self.folder / INCOMING).mkdir(parents=True, exist_ok=True)
        with (self.folder / "copy.lock").open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | (fcntl.LOCK_NB if may_skip else 0))
            except BlockingIOError:
                yield False
                return
            for rest in (self.folder / INCOMING).iterdir():  # of a process that was killed
                rest.unlink()
            yield True

"""Undo a load: let the generation that the current one was built on count again."""

from contextlib import suppress
from pathlib import Path

from data.store.local_copy import LocalCopy, local_copy
from data.store.object_store import ObjectDamaged
from data.store.open_store import StoreEmpty, StoreError, current, damage, earlier, generation_file, generations
from data.store.publish import writer_lock
from data.store.whole_files import replace_whole, sync


def generation_before(folder: Path) -> int | None:
    """The generation that would count again after an undo; None when there is none."""
    copy = local_copy(folder)
    earlier = _earlier(folder, copy)
    return next((n for n in earlier if copy or not damage(generation_file(folder, n), whole=False)), None)


def undo(folder: Path) -> int:
    """Let the generation that the current one was built on count again; return its number.

    The undone file stays until five newer ones exist. Raises StoreEmpty, StoreBusy, and StoreError when there is no
    earlier generation or the folder cannot be written.
    """
    with writer_lock(folder) as copy:
        pointed = current(folder)
        if pointed is None and not generations(folder):
            raise StoreEmpty(f"Nothing is loaded in {folder} yet: there is nothing to undo.")
        sound = next((number for number in _earlier(folder, copy) if _is_sound(folder, number, copy)), None)
        if sound is None:
            raise StoreError(f"Data version {pointed} is the earliest that is kept; there is nothing to go back to.")
        if copy:
            copy.count_on(sound)
        replace_whole(folder / "CURRENT", f"{generation_file(folder, sound).name}\n")
        sync(folder)
        return sound


def _earlier(folder: Path, copy: LocalCopy | None) -> list[int]:
    """What the generation that counts was built on, newest first; of a local copy also those that are not here."""
    return earlier(folder, current(folder), copy.numbers() if copy else generations(folder))


def _is_sound(folder: Path, number: int, copy: LocalCopy | None) -> bool:
    if copy:
        with suppress(ObjectDamaged):
            copy.bring(number)
    return not damage(generation_file(folder, number), whole=False)

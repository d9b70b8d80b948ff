"""Undo a load: let the generation before the current one count again."""

from pathlib import Path

from data.store.open_store import StoreEmpty, StoreError, current, damage, generation_file, generations
from data.store.publish import replace_whole, sync, writer_lock


def undo(folder: Path) -> int:
    """Let the generation before the current one count again; return its number.

    The undone file stays until five newer ones exist. Raises StoreEmpty, StoreBusy, and StoreError when there is no
    earlier generation or the folder cannot be written.
    """
    with writer_lock(folder):
        pointed = current(folder)
        if pointed is None and not generations(folder):
            raise StoreEmpty(f"Nothing is loaded in {folder} yet: there is nothing to undo.")
        earlier = [number for number in generations(folder) if pointed is None or number < pointed]
        sound = [number for number in earlier if not damage(generation_file(folder, number), whole=False)]
        if not sound:
            raise StoreError(f"Data version {pointed} is the earliest that is kept; there is nothing to go back to.")
        replace_whole(folder / "CURRENT", f"{generation_file(folder, sound[0]).name}\n")
        sync(folder)
        return sound[0]

"""Keep beside a data version how often past ranges held in it, so that a document can say it without a back-test."""

from contextlib import suppress
from pathlib import Path

from data.store.local_copy import share_note
from data.store.open_store import StoreError, generation_file
from data.store.whole_files import replace_whole

ENDING = ".accuracy"


def save_accuracy(folder: Path, number: int, held: int, count: int) -> None:
    """Write down that 80 % ranges held so many of count past results; nothing where that cannot be written."""
    path = generation_file(folder, number)
    with suppress(OSError, StoreError):
        text = f"{_vouched(path)} {held} {count}\n"
        replace_whole(path.with_suffix(ENDING), text)
        share_note(path.with_suffix(ENDING), text)


def saved_accuracy(folder: Path, number: int) -> tuple[int, int] | None:
    """How many past results 80 % ranges held, and of how many; None before somebody has checked these very data."""
    path = generation_file(folder, number)
    try:
        vouched, held, count = path.with_suffix(ENDING).read_text(encoding="ascii").split()
        return (int(held), int(count)) if vouched == _vouched(path) else None
    except (OSError, ValueError):
        return None


def _vouched(path: Path) -> str:
    """The SHA-256 that was written down when the data version was published."""
    return path.with_suffix(".sha256").read_text(encoding="ascii").split()[0]

"""Build, judge again and undo generations of the store, in sight of every visitor."""

from collections.abc import Callable, Sequence
from datetime import datetime

from data import store
from fit.access import Action
from fit.forecast import Correction
from fit.load_steps import Progress, Step
from pages.ui import people
from pages.ui.store_access.opened import facts

_under_way: dict[str, tuple[Step, float]] = {}  # by folder of the store


def build_demo(progress: Progress) -> None:
    """Fill an empty store with the sample data. Raises StoreBusy and StoreError."""
    from fit.refresh import build_demo as build

    _in_sight_of_all(build, progress)


def rebuild(progress: Progress) -> None:
    """Judge again what an earlier version judged. Raises StoreBusy and StoreError."""
    from fit.refresh import rebuild as judge_again

    _in_sight_of_all(judge_again, progress)


def apply_corrections(corrections: Sequence[Correction]) -> None:
    """Correct the forecasts of the current generation, as a new one. Raises StoreBusy, StoreError and NotAllowed."""
    people.refuse(Action.LOAD)
    from fit.refresh import apply_corrections as apply

    apply(store.store_folder(), facts().number, corrections, now=datetime.now())


def save_accuracy(held: int, count: int) -> None:
    """Write down how many past results 80 % ranges of the current generation held, for documents and later visitors."""
    store.save_accuracy(store.store_folder(), facts().number, held, count)


def saved_accuracy() -> tuple[int, int] | None:
    """What was written down of the current generation; None before somebody has checked its past forecasts."""
    return store.saved_accuracy(store.store_folder(), facts().number)


def under_way() -> tuple[Step, float] | None:
    """How far this server is with building the store, whichever visitor began; None when it builds nothing."""
    return _under_way.get(store_folder())


def _in_sight_of_all(build: Callable[..., object], progress: Progress) -> None:
    folder = store.store_folder()
    is_first = str(folder) not in _under_way

    def show_all(step: Step, part: float, file: str) -> None:
        if is_first:
            _under_way[str(folder)] = step, part
        progress(step, part, file)

    try:
        build(folder, now=datetime.now(), progress=show_all)
    finally:
        if is_first:
            _under_way.pop(str(folder), None)


def store_folder() -> str:
    """The folder of the store, for a child process that loads."""
    return str(store.store_folder())


def generation_before() -> int | None:
    """The generation that would count again after an undo; None when there is none."""
    return store.generation_before(store.store_folder())


def undo() -> int:
    """Let the generation before the current one count again; return its number. Raises StoreError and NotAllowed."""
    people.refuse(Action.UNDO_LOAD)
    return store.undo(store.store_folder())

"""Print what a command answers: sentences on stderr, one JSON document, events, files, and a progress bar."""

import difflib
import json
import sys
import time
from collections.abc import Mapping, Sequence
from datetime import date
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING

from fit.text import shortened

if TYPE_CHECKING:  # imported lazily: `--help` should not wait for them
    import polars as pl

    from fit.load_steps import Step

SLOW = 2.0  # seconds after which a person wants to see that something happens


class ExitCode(IntEnum):
    """How a command ended, as the shell sees it."""

    DONE = 0
    REFUSED = 1
    WRONG_USAGE = 2
    BUSY = 3


class Refused(Exception):
    """A command that cannot be done; the message says what was found, needed and what to do."""


class WrongUsage(ValueError):
    """Words that cannot be meant, from the error that says why. code, values: what programs are told of it."""

    def __init__(self, error: object) -> None:
        super().__init__(str(error))
        self.code, self.values = getattr(error, "code", None), getattr(error, "values", {})


def say(text: str) -> None:
    """Print a sentence for a person, on stderr."""
    print(text, file=sys.stderr)


def print_json(value: Mapping[str, object]) -> None:
    """Print one strict JSON document on stdout; the same value gives the same bytes."""
    json.dump(value, sys.stdout, ensure_ascii=False, allow_nan=False, default=_plain)
    print()


def event(name: str, **values: object) -> None:
    """Print one event of `load --json-lines` at once: a JSON object on a line of its own, on stdout."""
    print_json({"event": name} | values)
    sys.stdout.flush()


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a JSON document")


def unknown_creator(asked: str, names: Sequence[tuple[str, str | None]]) -> Refused:
    """The refusal of a creator that nobody knows, with the nearest names; names: (creator_id, creator_name) of all."""
    known = {text: creator_id for creator_id, name in names for text in (name, creator_id) if text}
    near = difflib.get_close_matches(asked, known, n=3, cutoff=0.3)
    suggestions = [text if known[text] == text else f"{known[text]} ({text})" for text in near]
    hint = f"Nearest: {', '.join(suggestions)}." if suggestions else "No name comes near."
    return Refused(f"No creator has the id {shortened(asked)!r}; {len(names):,} are known. {hint}")


def write_table(frame: "pl.DataFrame", out: str, *, is_demo: bool, is_json: bool = False) -> None:
    """Write a frame as CSV or Parquet by its ending, invented data marked, and say so, as JSON where asked.

    Raises Refused for another ending.
    """
    from fit.documents import guarded, marked

    frame = marked(frame, is_demo=is_demo)

    path = Path(out)
    if path.suffix not in (".csv", ".parquet"):
        raise Refused(f"{path.name} ends in neither .csv nor .parquet. Choose one, for example {path.stem}.csv.")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:  # opened here, because the errors of Polars do not say which file, and why
        if path.suffix == ".csv":
            guarded(frame).write_csv(file)
        else:
            frame.write_parquet(file)
    if is_json:
        print_json({"out": out, "count_rows": frame.height})
    else:
        wrote_table(frame, path)


def wrote_table(frame: "pl.DataFrame", path: Path) -> None:
    """Print what was written, and where."""
    from fit.text import counted

    print(f"Wrote {counted(frame.height, 'row', 'rows')} to {path}.")


def write_document(out: str, content: bytes, message: str) -> None:
    """Write the bytes of a document, its folder made if need be, and print the message about it."""
    path = Path(out)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    print(message)


class Bar:
    """A progress line on a terminal's stderr, for work of more than SLOW seconds."""

    def __init__(self) -> None:
        self.began, self.shown = time.monotonic(), False

    def __call__(self, step: "Step", part: float, file: str) -> None:
        if sys.stderr.isatty() and time.monotonic() - self.began > SLOW:
            self.shown = True
            bar = "#" * round(30 * part)
            text = (file or step.in_words())[:60]
            print(f"\r{bar:<30} {part:4.0%} {text:<60}", end="", file=sys.stderr, flush=True)

    def close(self) -> None:
        """End the line of the bar where one was shown."""
        if self.shown:
            print(file=sys.stderr)


class Lines:
    """Progress as events on stdout, one JSON object a line."""

    def __call__(self, step: "Step", part: float, file: str) -> None:
        event("progress", step=step, part=part, file=file)

    def close(self) -> None:
        """Nothing is left to print."""

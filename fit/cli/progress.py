"""Show the progress of a long command: as a bar for a person, as lines of JSON for a program."""

import sys
import time
from typing import TYPE_CHECKING

from fit.cli.output import event

if TYPE_CHECKING:  # imported lazily: `--help` should not wait for it
    from fit.load_steps import Step

SLOW = 2.0  # seconds after which a person wants to see that something happens


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
        if self.shown:
            print(file=sys.stderr)


class Lines:
    """Progress as events on stdout, one JSON object a line."""

    def __call__(self, step: "Step", part: float, file: str) -> None:
        event("progress", step=step, part=part, file=file)

    def close(self) -> None:
        """Nothing is left to print."""

"""How does a long command show that something happens?"""

import sys
import time

SLOW = 2.0  # seconds after which a person wants to see that something happens


class Bar:
    """A progress line on a terminal's stderr, for work of more than SLOW seconds."""

    def __init__(self) -> None:
        self.began, self.shown = time.monotonic(), False

    def __call__(self, step: str, part: float) -> None:
        if sys.stderr.isatty() and time.monotonic() - self.began > SLOW:
            self.shown = True
            bar = "#" * round(30 * part)
            print(f"\r{bar:<30} {part:4.0%} {step[:60]:<60}", end="", file=sys.stderr, flush=True)

    def close(self) -> None:
        if self.shown:
            print(file=sys.stderr)

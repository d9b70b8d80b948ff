"""Name the steps of a load: the codes that its progress is reported with, and their words."""

from collections.abc import Callable
from enum import StrEnum

from fit.locale import _, phrase


class Step(StrEnum):
    """What a load is doing."""

    WAITING = "waiting"
    INVENTING = "inventing"
    READING = "reading"
    COMBINING = "combining"
    JUDGING = "judging"
    AGREEING = "agreeing"
    PUBLISHING = "publishing"
    DONE = "done"

    def in_words(self) -> str:
        """The step as a progress bar shows it."""
        return _(WORDS[self])


WORDS = {
    Step.WAITING: phrase("Waiting for other people's uploads to finish"),
    Step.INVENTING: phrase("Building sample creators, audiences and campaigns"),
    Step.READING: phrase("Reading files"),
    Step.COMBINING: phrase("Combining creators, audiences and campaigns"),
    Step.JUDGING: phrase("Comparing every creator with similar ones"),
    Step.AGREEING: phrase("Writing sample partnerships"),
    Step.PUBLISHING: phrase("Checking and saving"),
    Step.DONE: phrase("Done"),
}
# Step, part done from 0 to 1, and the file that is being read ("" in other steps).
Progress = Callable[[Step, float, str], None]


def unseen(step: Step, part: float, file: str) -> None:
    """Progress that nobody watches."""

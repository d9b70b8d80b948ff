"""What does a process save before it is killed? Prints, for each of so many killed processes, what it acknowledged.

python -m tests.data.decisions.saving_until_killed FOLDER URL COUNT: one line of JSON a process, a list of what it
acknowledged. Run as a program of its own, because it forks: the imports are paid once.
"""

import itertools
import json
import os
import random
import signal
import sys
import time
from pathlib import Path

from data.decisions.decisions import Decisions, open_decisions
from data.decisions.schema import digest
from tests.data.decisions.saved_decisions import NOW


def version(decisions: Decisions, name: str) -> None:
    """One more version of the one draft that everybody edits."""
    newest = decisions.draft("agreement", "kitchen")
    decisions.save("agreement", "kitchen", name, version=newest.version if newest else 0, by=None, now=NOW)


def charter(decisions: Decisions, name: str) -> str:
    """A charter of this name; its hash."""
    saved = decisions.save_charter(
        name, creator_id="ada", text=name, sha256=digest(name), agreement="a", forecast=None, generation=1,
        despite=None, now=NOW,
    )  # fmt: skip
    return saved.sha256


def signature(decisions: Decisions, name: str) -> None:
    """A charter of this name, signed."""
    sha256 = charter(decisions, name)
    decisions.sign(name, side="brand", signer="Ben", sha256=sha256, generation=1, now=NOW)


def review(decisions: Decisions, name: str) -> None:
    """A charter of this name, and its closed review."""
    sha256 = charter(decisions, name)
    decisions.close_review(
        name=name, creator_id="ada", text=name, sha256=sha256, content="{}", generation=1, outcome="both hit",
        next_time=None, now=NOW,
    )  # fmt: skip


def title(decisions: Decisions, name: str) -> None:
    """A partnership of this name that is called otherwise."""
    decisions.save("title", name, f"{name} again", version=0, by=None, now=NOW)


def archived(decisions: Decisions, name: str) -> None:
    """A partnership of this name that was put away."""
    decisions.remove(
        "agreement", name, decisions.save("agreement", name, "a", version=0, by=None, now=NOW).version, NOW
    )


KINDS = (version, charter, signature, review, title, archived)


def kept(decisions: Decisions) -> set[str]:
    """Everything that is there of what such processes saved: what it is, and its name."""
    charters = decisions.charters()
    return {
        *(f"version {draft.text}" for draft in decisions.history("agreement", "kitchen")),
        *(f"charter {one.name}" for one in charters),
        *(f"signature {one.name}" for one in charters if one.sign_offs),
        *(f"review {one.name}" for one in decisions.reviews()),
        *(f"title {draft.name}" for draft in decisions.drafts("title")),
    }


def save_for_ever(folder: Path, url: str | None, number: int, acks: int) -> None:
    """Save one thing after the other, each process beginning with another one; write what and its name to `acks` when,
    and only when, its save has returned."""
    decisions = open_decisions(folder, url)
    for count in itertools.count(number):
        save, name = KINDS[count % len(KINDS)], f"{number}-{count}"
        save(decisions, name)
        os.write(acks, f"{save.__name__} {name}\n".encode())


def killed(folder: Path, url: str | None, number: int, dice: random.Random) -> list[str]:
    """Let a process save for a moment after its first save, kill it, and return what it acknowledged."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        save_for_ever(folder, url, number, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as acks:
        first = acks.readline()
        time.sleep(dice.uniform(0, 0.05))
        os.kill(child, signal.SIGKILL)
        said = first + acks.read()
    os.waitpid(child, 0)
    return said.decode().split("\n")[:-1]


if __name__ == "__main__":
    folder, url, count = Path(sys.argv[1]), sys.argv[2] or None, int(sys.argv[3])
    dice = random.Random(7)
    for number in range(count):
        print(json.dumps(killed(folder, url, number, dice)))

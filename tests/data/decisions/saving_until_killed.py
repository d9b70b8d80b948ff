"""What does a process save before it is killed? Prints, for each of so many killed processes, what it acknowledged.

python -m tests.data.decisions.saving_until_killed FOLDER URL COUNT: one line of JSON a process, a list of acknowledged
texts. Run as a program of its own, because it forks: the imports are paid once.
"""

import json
import os
import random
import signal
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from data.decisions.decisions import open_decisions


def save_for_ever(folder: Path, url: str | None, number: int, acks: int) -> None:
    """Save one version after the other; write each text to `acks` when, and only when, its save has returned."""
    decisions = open_decisions(folder, url)
    newest = decisions.draft("agreement", "kitchen")
    version, count = newest.version if newest else 0, 0
    while True:
        count += 1
        text = f"{number}-{count}"
        version = decisions.save("agreement", "kitchen", text, version=version, by=None, now=datetime.now(UTC)).version
        os.write(acks, f"{text}\n".encode())


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

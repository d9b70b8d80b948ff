"""What does a store hold after a load was killed? Prints one line of JSON a killed load, then what two at once did.

python -m tests.data.store.loading_until_killed FOLDER COUNT. Run as a program of its own, because it forks. Every load
writes one version number into every fact of the store.
"""

import fcntl
import json
import os
import random
import signal
import sys
import time
from functools import partial
from pathlib import Path

from data import store
from fit.__main__ import main
from tests.forks import code_of, forked, import_all

CREATORS = range(40)
FACTS = """
    select followers from creators
    union select impressions from campaigns
    union select count_total from audience_sets where is_best"""


def written(folder: Path, version: int) -> list[Path]:
    """Three tables that hold this version in every row."""
    texts = {
        "creators.csv": ["creator_id,creator_name,followers", *(f"c{n},Name,{version}" for n in CREATORS)],
        "audience.csv": [
            "creator_id,country,audience_share,count_total",
            *(f"c{n},DE,0.5,{version}" for n in CREATORS),
        ],
        "campaigns.csv": [
            "campaign_id,creator_id,market,date,impressions,clicks",
            *(f"k{n},c{n},DE,2025-05-01,{version},10" for n in CREATORS),
        ],
    }
    for name, lines in texts.items():
        (folder / name).write_text("\n".join(lines))
    return [folder / name for name in texts]


def bring(folder: Path, version: int) -> int:
    """Load a version by the command line, in this process; returns the exit code."""
    return main(["load", *map(str, written(folder, version)), "--store", str(folder / "store")])


def look(folder: Path) -> int:
    """Write down what the store holds: damages, warnings, and every version that any fact has."""
    damages, opened = store.check(folder / "store"), store.open_newest(folder / "store")
    versions = [version for (version,) in opened.connection.execute(FACTS).fetchall()]
    (folder / "seen.json").write_text(json.dumps([damages, list(opened.warnings), versions]))
    return 0


def seen(folder: Path) -> list:
    """What is loaded, looked at by a process of its own."""
    assert code_of(forked(lambda: look(folder))) == 0
    return json.loads((folder / "seen.json").read_text())


def is_held(lock: Path) -> bool:
    """Whether a load holds the store."""
    with lock.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
        return False


if __name__ == "__main__":
    folder, count, dice = Path(sys.argv[1]), int(sys.argv[2]), random.Random(7)
    import_all()
    began = time.monotonic()
    assert code_of(forked(lambda: bring(folder, 1000))) == 0
    whole = time.monotonic() - began
    for version in range(1001, 1001 + count):
        child = forked(partial(bring, folder, version))
        time.sleep(dice.uniform(0.02, 1.15) * whole)
        os.kill(child, signal.SIGKILL)
        print(json.dumps([version, code_of(child), *seen(folder)]))
    first = forked(lambda: bring(folder, 3000))
    while not is_held(folder / "store" / "writer.lock"):
        time.sleep(0.001)
    os.kill(first, signal.SIGSTOP)  # it would else be over before the second begins, on a machine that is busy
    second = code_of(forked(lambda: bring(folder, 3000)))
    os.kill(first, signal.SIGCONT)
    codes = [second, code_of(first)]
    print(json.dumps([*codes, *seen(folder), [path.name for path in (folder / "store").glob("*.tmp*")]]))

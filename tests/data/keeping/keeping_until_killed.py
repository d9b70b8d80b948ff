"""What is left after a backup, a restore or an erasure was killed? Prints one line of JSON a killed run.

python -m tests.data.keeping.keeping_until_killed FOLDER COUNT. FOLDER holds `store`, a store with the creator zoe-id.
Run as a program of its own, because it forks.
"""

import json
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from fit.__main__ import main
from tests.forks import code_of, forked, import_all

HERS = (b"zoe-id", b"quillfeather", b"zoequillhandle")


def fit(*words: object) -> tuple[int, str]:
    """Exit code and output of one command in a process of its own."""
    out = FOLDER / "said"
    code = code_of(forked(lambda: main([str(word) for word in words]), out))
    return code, out.read_text()


def answers(store: Path) -> list[str]:
    """All that a store answers."""
    asked = [("shortlist", "--market", "DE", "--json"), ("charters", "--json")]
    return [fit(*words, "--store", store)[1] for words in asked]


def killed(work: Callable[[], int], whole: float) -> int:
    """Begin this and kill it at a random moment; how it ended."""
    child = forked(work)
    time.sleep(DICE.uniform(0.0, 1.0) * whole)
    os.kill(child, signal.SIGKILL)
    return code_of(child)


def timed(work: Callable[[], int]) -> float:
    """Seconds that a whole run takes."""
    began = time.monotonic()
    assert code_of(forked(work)) == 0
    return time.monotonic() - began


def fresh() -> Path:
    """A copy of the store to work on."""
    shutil.rmtree(FOLDER / "own", ignore_errors=True)
    return Path(shutil.copytree(FOLDER / "store", FOLDER / "own"))


def files_with_hers(store: Path) -> list[str]:
    """Files in which she is found."""
    paths = [path for path in store.rglob("*") if path.is_file()]
    return [path.name for path in paths if any(text in path.read_bytes().lower() for text in HERS)]


def backups(count: int) -> None:
    """A killed backup leaves no file, or one that can be brought back."""
    out = FOLDER / "out" / "a.zip"

    def work() -> int:
        return main(["backup", str(out), "--force", "--store", str(FOLDER / "own")])

    before, whole = answers(fresh()), timed(work)
    for _ in range(count):
        out.unlink(missing_ok=True)
        code = killed(work, whole)
        shutil.rmtree(FOLDER / "back", ignore_errors=True)
        is_whole = not out.exists() or (
            fit("restore", out, "--store", FOLDER / "back")[0] == 0 and answers(FOLDER / "back") == before
        )
        print(json.dumps(["backup", code, is_whole and answers(FOLDER / "own") == before]))


def restores(count: int) -> None:
    """A killed restore leaves the store as it was, or as it was in the backup."""
    backup, own = FOLDER / "b.zip", FOLDER / "own"
    assert fit("backup", backup, "--store", fresh())[0] == 0
    old = answers(own)
    assert fit("undo", "--store", own)[0] == 0
    shutil.rmtree(FOLDER / "changed", ignore_errors=True)
    (own / "decisions.sqlite").unlink()
    shutil.copytree(own, FOLDER / "changed")
    new = answers(own)
    assert new[0] != old[0]
    assert new[1] != old[1]

    def work() -> int:
        return main(["restore", str(backup), "--store", str(own)])

    whole = timed(work)
    for _ in range(count):
        shutil.rmtree(own)
        shutil.copytree(FOLDER / "changed", own)
        code = killed(work, whole)
        print(json.dumps(["restore", code, answers(own) in (old, new) and fit("check", "--store", own)[0] == 0]))


def erasures(count: int) -> None:
    """A killed erasure is not begun, said by check, or whole; called again, it is whole."""

    def work() -> int:
        return main(["erase", "zoe-id", "--store", str(FOLDER / "own")])

    timed_cold = fresh() and timed(work)  # pays for what is read for the first time
    old = answers(fresh())
    whole = min(timed_cold, timed(work))
    done = answers(FOLDER / "own")
    for _ in range(count):
        own = fresh()
        code, is_sound = killed(work, whole), fit("check", "--store", own)[0] == 0
        is_whole = not files_with_hers(own)
        is_begun = (own / "erasing.json").exists()
        is_told = is_sound != is_begun and (is_whole or is_begun or answers(own) == old)
        again = fit("erase", "zoe-id", "--store", own)[0]
        is_done = again == (1 if is_whole and not is_begun else 0) and not files_with_hers(own)
        same = json.loads(answers(own)[0])["creators"] == json.loads(done[0])["creators"]
        print(json.dumps(["erase", code, is_told and is_done and same and fit("check", "--store", own)[0] == 0]))


if __name__ == "__main__":
    FOLDER, DICE = Path(sys.argv[1]), random.Random(7)
    import_all()
    for one in (backups, restores, erasures):
        one(int(sys.argv[2]))

"""Does a backup, restore or erasure that is killed at any moment leave the old state or the new one, never half?"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.thorough

ROOT = Path(__file__).parents[3]
KILLS = int(os.environ.get("CREATOR_FIT_KILLS", "8"))  # of each kind; more by hand, as docs/running.md says
KILLED = -9


@pytest.fixture(scope="module")
def told(built_store: Path, tmp_path_factory: pytest.TempPathFactory) -> list:
    """What tests/data/keeping/keeping_until_killed.py saw: one list a killed run."""
    folder = tmp_path_factory.mktemp("killed")
    shutil.copytree(built_store, folder / "store")
    command = [sys.executable, "-m", "tests.data.keeping.keeping_until_killed", str(folder), str(KILLS)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=1800, check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("work", ["backup", "restore", "erase"])
def test_what_is_killed_leaves_the_old_state_or_the_new(told: list, work: str) -> None:
    own = [(code, is_sound) for of, code, is_sound in told if of == work]
    assert len(own) == KILLS
    assert [is_sound for _, is_sound in own] == [True] * KILLS
    assert sum(code == KILLED for code, _ in own) >= KILLS // 4  # else they were over before they were killed

"""Does a load that is killed at any moment leave the old facts or the new ones, never a mixture?"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.thorough

ROOT = Path(__file__).parents[3]
KILLS = 40
KILLED = -9


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list:
    """What tests/data/store/loading_until_killed.py saw: one list a killed load, the last of two loads at once."""
    folder = tmp_path_factory.mktemp("killed")
    command = [sys.executable, "-m", "tests.data.store.loading_until_killed", str(folder), str(KILLS)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_forty_loads_killed_at_random_moments_leave_the_old_facts_or_the_new(told):
    counts, killed = 1000, 0
    for version, code, damages, warnings, versions in told[:-1]:
        assert (damages, warnings) == ([], [])
        assert versions in ([counts], [version])
        counts, killed = versions[0], killed + (code == KILLED)
    assert len(told) == KILLS + 1
    assert killed >= KILLS // 2  # else the loads were over before they were killed


def test_of_two_loads_at_once_the_second_says_busy_and_nothing_is_left_lying(told):
    busy, done, damages, warnings, versions, rest = told[-1]
    assert (busy, done, damages, warnings, versions, rest) == (3, 0, [], [], [3000], [])

"""Is a command stopped in words when it takes too much of the machine?"""

import subprocess
import sys

import pytest

BUSY_FOR_EVER = """
from fit.cli import limits
from fit.cli.output import Refused
limits.limit(cpu_seconds=1)
try:
    while True:
        pass
except Refused as refused:
    print(refused)
"""

LOWERED_MEANWHILE = """
import resource
from fit.cli import limits
MOST = 2**33
read = resource.getrlimit
def read_too_early(kind):
    found = read(kind)
    if kind == resource.RLIMIT_AS:
        resource.setrlimit(kind, (MOST, MOST))
    return found
resource.getrlimit = read_too_early
limits.limit()
print(read(resource.RLIMIT_AS) == (MOST, MOST))
"""


def test_a_limit_that_a_page_sets_meanwhile_stays():
    done = subprocess.run([sys.executable, "-c", LOWERED_MEANWHILE], capture_output=True, text=True, timeout=60)
    assert (done.stdout, done.stderr) == ("True\n", "")


@pytest.mark.thorough
def test_a_command_that_runs_for_ever_is_refused():
    done = subprocess.run([sys.executable, "-c", BUSY_FOR_EVER], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.endswith("was stopped. Nothing was changed.\n")

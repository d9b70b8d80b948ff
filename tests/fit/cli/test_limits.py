"""Is a command stopped in words when it takes too much of the machine?"""

import subprocess
import sys

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


def test_a_command_that_runs_for_ever_is_refused():
    done = subprocess.run([sys.executable, "-c", BUSY_FOR_EVER], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.endswith("was stopped. Nothing was changed.\n")

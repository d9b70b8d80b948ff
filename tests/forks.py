"""Run our commands in processes that are forked and may be killed: what is killed is their work, not their imports."""

import os
import pkgutil
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import data
import fit
import queries

NOT_NEEDED = ("fit.__main__", "data.engine")  # runs at once; needs Spark


def import_all() -> None:
    """Import whatever a command may need, which it would else do in every process anew, because it does so late."""
    for package in (data, fit, queries):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.startswith(NOT_NEEDED):
                import_module(module.name)


def forked(work: Callable[[], int], out: Path | None = None) -> int:
    """Run this in a process of its own, its output in a file or nowhere; returns its number."""
    child = os.fork()
    if child == 0:
        for stream, path in ((1, out or os.devnull), (2, os.devnull)):
            os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), stream)
        try:
            code = work()
        except BaseException:
            code = 99
        sys.stdout.flush()
        os._exit(code)
    return child


def code_of(child: int) -> int:
    """How a child ended: its exit code, or minus the signal that killed it."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

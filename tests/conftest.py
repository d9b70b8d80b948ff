"""What do most tests need? A store that holds the demo, built once, and a way to ask it."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest

from data import store
from fit.refresh import build_demo
from queries.ask import ask

ROOT = Path(__file__).parent.parent
# A fixed day: the demo's dates and with them its judgement follow from it.
DEMO_NOW = datetime(2026, 3, 2, 9, 0)


@pytest.fixture(scope="session")
def demo_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a store that holds the demo of 60 creators. Read it only: every test shares it."""
    folder = tmp_path_factory.mktemp("demo_store")
    report = build_demo(folder, now=DEMO_NOW)
    assert [file.status for file in report.files] == ["imported"] * 3
    return folder


@pytest.fixture(scope="session")
def open_demo(demo_store: Path) -> Iterator[store.Generation]:
    """The demo's generation, opened read-only and locked."""
    opened = store.open_newest(demo_store)
    yield opened
    opened.connection.close()


@pytest.fixture(scope="session")
def ask_demo(open_demo: store.Generation) -> Callable:
    """Ask the demo one question: ask_demo("creator", creator_id="demo-001") gives a Polars frame."""
    return partial(ask, open_demo.connection)


@pytest.fixture(scope="session")
def run_fit() -> Callable:
    """Run one command as a user would: run_fit("check", "--store", folder) gives code, stdout and stderr as text."""

    def run(*words: object, code: int = 0) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "fit", *map(str, words)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == code, done.stderr
        return done

    return run

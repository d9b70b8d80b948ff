"""What do most tests need? A store that holds the demo, built once, a way to ask it, decisions in both databases."""

import gc
import io
import itertools
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from datetime import datetime
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

# Two workers share the cores already: threads of their own for small matrices and frames would only be in the way.
os.environ["OPENBLAS_NUM_THREADS"] = "1"
os.environ["POLARS_MAX_THREADS"] = "1"

import psycopg
import pytest
from hypothesis import HealthCheck, settings

from data import store
from data.decisions.decisions import Decisions, open_decisions
from fit.cli import main
from fit.refresh import build_demo
from queries.ask import asker
from tests.data.decisions.postgres import private_cluster, programs
from tests.data.store.s3_server import Bucket, S3Server, environment, new_bucket, s3_server

# Where nothing compiled may be kept, every command and server that a test starts compiles the whole product again.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# Machines that run tests are busy: a property that is slow today is no failure.
settings.register_profile("busy machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy machine")

# A developer's own database is no place for tests: what they add there could not be taken out again.
os.environ.pop("CREATOR_FIT_DECISIONS", None)
os.environ.pop("CREATOR_FIT_ADMINS", None)

# A fixed day: the demo's dates and with them its judgement follow from it.
DEMO_NOW = datetime(2026, 3, 2, 9, 0)


def pytest_collection_finish() -> None:
    """Leave modules and collected tests, which stay to the end, out of searches for garbage, and search less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 10)


@pytest.fixture(scope="session")
def demo_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a store that holds the demo of 60 creators and no partnership. Read it only: every test shares it."""
    folder = tmp_path_factory.mktemp("demo_store")
    report = build_demo(folder, now=DEMO_NOW, has_partnerships=False)
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
    """Answer questions of queries/ from the demo, as pages do: ask_demo("shortlist", targets=...)."""
    return asker(open_demo.connection)


@pytest.fixture(scope="session")
def run_fit() -> Callable:
    """Run one command: run_fit("check", "--store", folder) gives stdout and stderr as text.

    It runs in this process, which saves the second that a start takes; tests/test_docs.py starts README's commands.
    """

    def run(*words: object, code: int = 0) -> SimpleNamespace:
        with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as err:
            try:
                returned = int(main([str(word) for word in words]))
            except SystemExit as left:
                returned = left.code
        assert returned == code, err.getvalue()
        return SimpleNamespace(stdout=out.getvalue(), stderr=err.getvalue())

    return run


@pytest.fixture(scope="session")
def postgres() -> Iterator[Callable[[], str]]:
    """Make an empty room in a private Postgres: postgres() gives its URL."""
    bin_folder = programs()
    if bin_folder is None:
        leave = pytest.fail if os.environ.get("CI") else pytest.skip
        leave("Postgres is not installed: apt-get install postgresql")
    numbers = itertools.count()

    with private_cluster(bin_folder) as server:

        def room() -> str:
            name = f"room_{next(numbers)}"
            with psycopg.connect(server, autocommit=True) as connection:
                connection.execute(f"create schema {name}")
            return f"{server}&options=-csearch_path%3D{name}"

        yield room


@pytest.fixture(params=["sqlite", "postgres"])
def decisions_url(request: pytest.FixtureRequest) -> str | None:
    """None for a file in the store folder, or the URL of an empty Postgres: a test that takes this runs on both."""
    return request.getfixturevalue("postgres")() if request.param == "postgres" else None


@pytest.fixture
def decisions(tmp_path: Path, decisions_url: str | None) -> Iterator[Decisions]:
    """Empty decisions, on SQLite and on Postgres in turn."""
    opened = open_decisions(tmp_path, decisions_url)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def s3() -> Iterator[S3Server]:
    """An object store on this machine."""
    with s3_server() as running:
        yield running


@pytest.fixture
def bucket(s3: S3Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bucket:
    """An empty bucket, known to the product by the environment; a look at it is never too early."""
    for name, value in environment(s3.address).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("CREATOR_FIT_CACHE", "")  # taken back after the test
    for wait in ("LOOK_EVERY", "LOOK_AGAIN"):
        monkeypatch.setattr(import_module("data.store.local_copy"), wait, 0.0)
    monkeypatch.setattr("data.store.object_store.TRIES_AGAIN", 0)
    return new_bucket(s3.address, tmp_path)

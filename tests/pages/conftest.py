"""Point pages at a store: any folder, or one whose every name tries to be markup."""

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import polars as pl
import pytest

from pages.ui import opened_decisions
from pages.ui.people import ADMINS
from pages.ui.your_data import upload_process
from tests.pages.driver import HOSTILE
from tests.pages.team import SETTING, store_with_team
from tests.pages.warm_process import warm_starts


@pytest.fixture
def in_store(monkeypatch):
    """Point the app at a store, by the variable that the app honours."""

    def point(folder: Path) -> None:
        monkeypatch.setenv("CREATOR_FIT_STORE", str(folder))

    return point


@pytest.fixture(scope="session")
def hostile_store(tmp_path_factory, run_fit) -> Path:
    """A store whose every name tries to be markup."""
    folder, files = tmp_path_factory.mktemp("hostile"), tmp_path_factory.mktemp("hostile_files")
    ids, names = list(HOSTILE), list(HOSTILE.values())
    creators = {"creator_id": ids, "creator_name": names, "platform": ["instagram"] * 5, "vertical": names}
    pl.DataFrame(creators | {"home_country": "DE", "followers": 5000}).write_csv(files / "creators.csv")
    shares = {"creator_id": ids, "country": "DE", "audience_share": 0.6, "source": names}
    pl.DataFrame(shares).write_csv(files / "audience.csv")
    events = {"impressions": 10_000, "engagements": 300, "clicks": 200, "conversions": 9}
    campaigns = {"campaign_id": names, "creator_id": ids, "market": "DE", "date": "2026-01-02", "deliverable": names}
    pl.DataFrame(campaigns | events).write_csv(files / "campaigns.csv")
    done = run_fit("load", files, "--store", folder, "--json")
    assert {f["status"] for f in json.loads(done.stdout)["files"]} == {"imported"}
    return folder


@pytest.fixture(scope="session")
def warm_start(tmp_path_factory) -> Iterator[Callable]:
    """What starts the process of an upload without its imports, which take a second each time."""
    with warm_starts(tmp_path_factory.mktemp("warm") / "socket", "fit.cli.load_command") as start:
        yield start


@pytest.fixture
def warm_uploads(monkeypatch, warm_start) -> None:
    """Load uploads in warm processes: for tests of what a page says of them (test_upload_process.py starts its own)."""
    warm = SimpleNamespace(Popen=warm_start, DEVNULL=subprocess.DEVNULL, TimeoutExpired=subprocess.TimeoutExpired)
    monkeypatch.setattr(upload_process, "subprocess", warm)


@pytest.fixture
def team_store(tmp_path, demo_store, in_store, monkeypatch) -> Path:
    """A store of the demo with people on its list and one admin by the settings, that the app is pointed at."""
    monkeypatch.setenv(ADMINS, SETTING)
    opened_decisions._opened.clear()
    store = store_with_team(demo_store, tmp_path / "store")
    in_store(store)
    return store

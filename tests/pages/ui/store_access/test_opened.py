"""Does every answer come from the generation that counts, also when files change under a running server?"""

import shutil
import signal
from dataclasses import replace
from datetime import datetime

import pytest

from data import store
from fit.agreement.agreement import Agreement, Deliverable
from fit.refresh import build_demo
from pages.ui import store_access
from pages.ui.store_access.opened import _key, _opened
from tests.pages.driver import opened, troubles


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A store whose second generation has other creators than its first, for copies."""
    folder = tmp_path_factory.mktemp("built")
    for count in (15, 20):
        build_demo(folder, now=datetime(2026, 3, 2), count_creators=count, has_partnerships=False)
    return folder


@pytest.fixture
def two_generations(built, tmp_path, monkeypatch):
    """A store of two generations that the app uses."""
    folder = shutil.copytree(built, tmp_path / "store")
    monkeypatch.setenv("CREATOR_FIT_STORE", str(folder))
    return folder


def test_a_load_in_between_is_never_kept_under_the_older_key(two_generations):
    store.undo(two_generations)
    folder, first = _key()
    (two_generations / "CURRENT").write_text("generation-000002.duckdb\n")
    with pytest.raises(store.StoreError):
        _opened(folder, first)
    assert store_access.answer("creator_names").height == 20
    store.undo(two_generations)
    assert (store_access.facts().number, store_access.answer("creator_names").height) == (1, 15)


@pytest.mark.thorough
def test_a_file_damaged_under_the_server_gives_way_to_the_one_before(two_generations):
    app = opened("shortlist", market="DE-1")
    assert (troubles(app), len(app.warning)) == ([], 0)
    path = store.generation_file(two_generations, 2)
    sound = path.read_bytes()
    path.write_bytes(sound[: len(sound) // 2])
    app.run()
    assert troubles(app) == []
    assert any("Showing data version 1 instead" in warning.value for warning in app.warning)
    path.write_bytes(sound)
    assert [warning.value for warning in app.run().warning] == []


@pytest.mark.thorough
def test_a_connection_that_breaks_while_asking_is_opened_anew(two_generations):
    app = opened("shortlist", market="DE-1")
    _opened(*_key()).connection.close()
    app.radio(key="form_goal").set_value("awareness").run()
    assert troubles(app) == []
    assert "people" in app.header[0].value


ASKED = Agreement("demo-001", (("DE", 1.0),), cost=800.0, currency="EUR", deliverables=(Deliverable("reel", 2),))


@pytest.mark.parametrize(
    "changed",
    [
        {"creator": "demo-002"},
        {"markets": (("FR", 1.0),)},
        {"platform": "tiktok"},
        {"vertical": "gaming"},
        {"cost": 400.0},
        {"currency": "USD"},
        {"deliverables": (Deliverable("reel", 3),)},
    ],
)
def test_a_forecast_follows_everything_that_it_depends_on(demo_store, monkeypatch, changed):
    """Each of these changes what is frozen, by page access as by asking the store; a text of the brand does not."""
    monkeypatch.setenv("CREATOR_FIT_STORE", str(demo_store))
    plain, other = store_access.rates(ASKED).as_json(), store_access.rates(replace(ASKED, **changed)).as_json()
    assert plain == store_access.rates(replace(ASKED, brand_goal="sell drawers")).as_json()
    assert plain != other
    found = store_access.creator_context(replace(ASKED, **changed)).frozen.as_json()
    assert found == {**other, "targets": found["targets"]}


@pytest.mark.thorough
def test_a_page_shows_what_another_server_published_and_goes_on_when_the_object_store_is_gone(
    bucket, s3, postgres, monkeypatch
):
    monkeypatch.setenv("CREATOR_FIT_DECISIONS", postgres())
    monkeypatch.setenv("CREATOR_FIT_STORE", bucket.address)
    build_demo(bucket.copy("another server"), now=datetime(2026, 3, 2), count_creators=15)
    bucket.copy("this server")
    app = opened("shortlist", market="DE-1")
    assert (troubles(app), len(app.warning)) == ([], 0)
    assert (store_access.facts().number, store_access.answer("creator_names").height) == (1, 15)
    build_demo(bucket.copy("another server"), now=datetime(2026, 3, 2), count_creators=20)
    bucket.copy("this server")
    assert (store_access.facts().number, store_access.answer("creator_names").height) == (2, 20)
    assert store_access.generation_before() == 1
    s3.process.send_signal(signal.SIGSTOP)
    monkeypatch.setattr("data.store.object_store.QUICK", "200ms")
    try:
        app.run()
    finally:
        s3.process.send_signal(signal.SIGCONT)
    assert troubles(app) == []
    assert ["cannot be read at the moment" in warning.value for warning in app.warning] == [True]
    assert [warning.value for warning in app.run().warning] == []

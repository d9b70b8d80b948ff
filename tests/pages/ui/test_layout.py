"""Does the menu name every page once, under its group, at the address it always had?"""

from pathlib import Path
from threading import Event, Thread

import pytest

from data.store.publish import writer_lock
from pages.ui import layout, store_access
from pages.ui.layout import MENU
from tests.pages.driver import OF_PEOPLE, PAGES, ROOT, opened

GROUPS = {
    "Choose": ["Shortlist", "Compare", "Plan"],
    "Creator": ["Audience", "Strength", "Role"],
    "Agree": ["Brief", "Goals", "Alignment", "Charter"],
    "Learn": ["Review", "Partnerships", "Accuracy"],
    "Share": ["Present", "Shared with me"],
    "Data": ["Your data", "Team", "Activity"],
}


def test_the_menu_has_the_pages_in_groups():
    assert {group: [entry.title for entry in entries] for group, entries in MENU.items()} == GROUPS


def test_every_file_of_pages_stands_in_the_menu_once_under_its_own_address():
    named = [entry.file for entries in MENU.values() for entry in entries]
    assert sorted(named) == sorted(Path(page).stem for page in (ROOT / "pages").glob("*.py"))
    assert {entry.file: entry.title for entries in MENU.values() for entry in entries} == PAGES | OF_PEOPLE


def test_no_field_of_the_link_stands_among_the_controls(demo_store, in_store):
    in_store(demo_store)
    app = opened("shortlist", market="DE-1")
    assert "This view as a link" not in [box.label for box in app.expander]
    assert len(app.sidebar) == 0


def bars(app) -> list[tuple[str, int]]:
    """Text and percent of every progress bar."""
    return [(bar.proto.text, bar.proto.value) for bar in app.get("progress")]


@pytest.mark.thorough
def test_a_second_visitor_watches_the_sample_data_being_built(tmp_path, in_store, monkeypatch):
    """The first visitor's build stands still at its first step while a second one opens the page."""
    in_store(tmp_path / "store")
    monkeypatch.setattr(layout, "LONGEST_WAIT", 1.0)
    has_begun, may_go_on = Event(), Event()

    def first_visitor(step, part, file) -> None:
        has_begun.set()
        may_go_on.wait(30)

    building = Thread(target=store_access.build_demo, args=[first_visitor])
    building.start()
    try:
        assert has_begun.wait(30)
        app = opened("shortlist")
    finally:
        may_go_on.set()
        building.join()
    assert bars(app) == [("Building sample creators, audiences and campaigns", 0)]
    assert [warning.value for warning in app.warning] == ["It is still running. Reload this page in a minute."]
    assert store_access.under_way() is None
    assert opened("shortlist").title[0].value == "Shortlist"


@pytest.mark.thorough
def test_a_store_that_another_program_fills_is_said_to_be_busy(tmp_path, in_store, monkeypatch):
    in_store(tmp_path / "store")
    monkeypatch.setattr(layout, "LONGEST_WAIT", 1.0)
    with writer_lock(tmp_path / "store"):
        app = opened("shortlist")
    assert bars(app) == [("Another program is writing to the data folder; waiting for it to finish", 0)]
    assert store_access.under_way() is None

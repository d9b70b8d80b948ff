"""Does the menu name every page once, under its group, at the address it always had?"""

from pathlib import Path

from pages.ui.layout import MENU
from tests.pages.driver import PAGES, ROOT, opened

GROUPS = {
    "Choose": ["Shortlist", "Compare", "Plan"],
    "Creator": ["Audience", "Strength", "Role"],
    "Agree": ["Brief", "Goals", "Alignment", "Charter"],
    "Learn": ["Review", "Partnerships"],
    "Share": ["Present"],
    "Data": ["Your data"],
}


def test_the_menu_has_the_pages_in_groups():
    assert {group: [entry.title for entry in entries] for group, entries in MENU.items()} == GROUPS


def test_every_file_of_pages_stands_in_the_menu_once_under_its_own_address():
    named = [entry.file for entries in MENU.values() for entry in entries]
    assert sorted(named) == sorted(Path(page).stem for page in (ROOT / "pages").glob("*.py"))
    assert {entry.file: entry.title for entries in MENU.values() for entry in entries} == PAGES


def test_no_field_of_the_link_stands_among_the_controls(demo_store, in_store):
    in_store(demo_store)
    app = opened("shortlist", market="DE-1")
    assert "This view as a link" not in [box.label for box in app.expander]
    assert len(app.sidebar) == 0

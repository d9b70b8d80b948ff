"""Can an admin say who gets in, and take it back, without locking anybody out by a slip?"""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.decisions import open_decisions
from tests.pages.team import ADMIN, MARKETER, OTHER_ADMIN, VIEWER, note, page_for


def give(app: AppTest, entry: str, role: str, button: str = "Save role") -> AppTest:
    """Fill the form and press one of its buttons."""
    app.text_input(key="team_entry").set_value(entry)
    app.radio(key="team_role").set_value(role)
    return next(one for one in app.button if one.label == button).click().run()


def listed(store: Path) -> dict[str, str | None]:
    """Who is on the list, or was."""
    decisions = open_decisions(store)
    try:
        return {member.email: member.role for member in decisions.members().newest()}
    finally:
        decisions.close()


def messages(app: AppTest) -> list[str]:
    """What became of a change."""
    return [one.value.replace("\\", "").replace("\u2060", "") for one in (*app.success, *app.error)]


def test_an_admin_adds_somebody_and_takes_it_back(team_store: Path) -> None:
    app = give(page_for(ADMIN, "team"), " Fay@Agency.example", "marketer")
    assert messages(app) == ["fay@agency.example has the role Marketer from now on."]
    assert listed(team_store)["fay@agency.example"] == "marketer"
    app = give(app, "fay@agency.example", "marketer", "Take off the list")
    assert messages(app) == ["fay@agency.example is off the list from now on."]
    assert listed(team_store)["fay@agency.example"] is None
    assert [box.label for box in app.expander] == ["Taken off the list"]


def test_the_list_says_who_has_which_role_and_who_gave_it(team_store: Path) -> None:
    note(team_store, {"@brand.example": "viewer"})
    app = page_for(ADMIN, "team")
    assert app.header[0].value.replace("\\", "") == "4 people are on the list, and 1 whole domain"
    rows = app.table[0].value
    shown = [[str(cell).replace("\\", "").replace("\u2060", "") for cell in row] for row in rows.values.tolist()]
    assert shown == [
        [ADMIN, "Admin", "Always", "Settings of the server"],
        ["@brand.example", "Viewer", "2 March 2026", ADMIN],
        [MARKETER, "Marketer", "2 March 2026", ADMIN],
        [VIEWER, "Viewer", "2 March 2026", ADMIN],
        [OTHER_ADMIN, "Admin", "2 March 2026", ADMIN],
    ]


@pytest.mark.parametrize(
    ("entry", "role", "button", "sentence"),
    [
        ("fay", "viewer", "Save role", "'fay' is no e-mail address."),
        ("@brand.example", "marketer", "Save role",
         "A whole domain can only be given the role of viewers. Add people one by one."),
        (ADMIN, "viewer", "Save role", "ada@agency.example is always an admin, by the settings of the server."),
        (OTHER_ADMIN, "viewer", "Save role", "This is your own address. Ask another admin to change it."),
        (OTHER_ADMIN, "admin", "Take off the list", "This is your own address. Ask another admin to change it."),
    ],
)  # fmt: skip
def test_a_slip_is_said_and_changes_nothing(
    team_store: Path, entry: str, role: str, button: str, sentence: str
) -> None:
    before = listed(team_store)
    assert messages(give(page_for(OTHER_ADMIN, "team"), entry, role, button)) == [sentence]
    assert listed(team_store) == before


def test_an_admin_who_is_one_no_longer_changes_nothing_from_a_page_that_is_open(team_store: Path) -> None:
    app = page_for(OTHER_ADMIN, "team")
    note(team_store, {OTHER_ADMIN: "marketer"})
    give(app, "fay@agency.example", "admin")
    assert "fay@agency.example" not in listed(team_store)

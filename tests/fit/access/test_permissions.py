"""Does every role get exactly the pages and actions that the team agreed on? Every cell of the table is tried."""

import pytest

from fit.access import Action, Person, Role, may, may_open
from tests.tree import ROOT

NOBODY = None  # sign-in is not set up
ANYBODY = {Role.VIEWER, Role.MARKETER, Role.ADMIN}
WORKERS = {NOBODY, Role.MARKETER, Role.ADMIN}

PAGES = {
    "shortlist": WORKERS, "compare": WORKERS, "plan": WORKERS,
    "audience_geography": WORKERS, "natural_strength": WORKERS, "recommended_role": WORKERS,
    "brief": WORKERS, "goal_conversation": WORKERS, "goal_alignment": WORKERS, "partnership_charter": WORKERS,
    "campaign_review": WORKERS, "partnerships": WORKERS, "forecast_accuracy": WORKERS,
    "present": WORKERS, "your_data": WORKERS,
    "shared": ANYBODY, "team": {Role.ADMIN}, "activity": {Role.ADMIN},
}  # fmt: skip
ACTIONS = {
    Action.LOAD: {NOBODY, Role.ADMIN},
    Action.UNDO_LOAD: {NOBODY, Role.ADMIN},
    Action.SEE_ACTIVITY: {NOBODY, Role.ADMIN},
    Action.CHANGE_ROLES: {Role.ADMIN},
    Action.EXPORT: WORKERS,
    Action.READ_DRAFTS: WORKERS,
    Action.EDIT_DRAFT: WORKERS,
    Action.SIGN: WORKERS,
    Action.CLOSE_REVIEW: WORKERS,
    Action.ADD_COUNTS: WORKERS,
    Action.SHARE: {Role.MARKETER, Role.ADMIN},
    Action.COMMENT: {NOBODY} | ANYBODY,
    Action.GIVE_VERDICT: ANYBODY,
}
EVERYBODY = [NOBODY, *Role]


def somebody(role: Role | None) -> Person | None:
    return None if role is None else Person(f"{role}@agency.example", "Somebody", role)


@pytest.mark.parametrize("role", EVERYBODY)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_for_those_roles_alone(page: str, role: Role | None) -> None:
    assert may_open(somebody(role), page) is (role in PAGES[page])


@pytest.mark.parametrize("role", EVERYBODY)
@pytest.mark.parametrize("action", Action)
def test_an_action_is_open_to_those_roles_alone(action: Action, role: Role | None) -> None:
    assert may(somebody(role), action) is (role in ACTIONS[action])


def test_every_page_stands_in_the_table() -> None:
    assert {path.stem for path in (ROOT / "pages").glob("*.py")} <= set(PAGES)


@pytest.mark.parametrize("role", EVERYBODY)
@pytest.mark.parametrize("page", ["", "Team", "team.py", "../team", "no_page"])
def test_what_is_no_page_opens_for_nobody(page: str, role: Role | None) -> None:
    assert not may_open(somebody(role), page)

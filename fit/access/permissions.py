"""Decide which role may open which page and do what, by the table of permissions.toml."""

import tomllib
from enum import StrEnum
from pathlib import Path

from fit.access.person import Person, Role

FILE = Path(__file__).with_name("permissions.toml")


class Action(StrEnum):
    """What a page can do beyond showing something; permissions.toml says what belongs to each."""

    LOAD = "load"
    UNDO_LOAD = "undo_load"
    CHANGE_ROLES = "change_roles"
    SEE_ACTIVITY = "see_activity"
    EXPORT = "export"
    READ_DRAFTS = "read_drafts"
    EDIT_DRAFT = "edit_draft"
    SIGN = "sign"
    CLOSE_REVIEW = "close_review"
    ADD_COUNTS = "add_counts"
    SHARE = "share"
    COMMENT = "comment"
    GIVE_VERDICT = "give_verdict"


_TABLES = tomllib.loads(FILE.read_text(encoding="utf-8"))
_PAGES = {page: frozenset(map(Role, roles)) for page, roles in _TABLES["pages"].items()}
_ACTIONS = {Action(action): frozenset(map(Role, roles)) for action, roles in _TABLES["actions"].items()}
_PAGES_OF_PEOPLE = frozenset(_TABLES["needs_sign_in"]["pages"])
_ACTIONS_OF_PEOPLE = frozenset(map(Action, _TABLES["needs_sign_in"]["actions"]))


def may(person: Person | None, action: Action) -> bool:
    """Whether somebody may do something. None: sign-in is not set up, so whoever reaches the server may do everything
    that needs no name.
    """
    return action not in _ACTIONS_OF_PEOPLE if person is None else person.role in _ACTIONS[action]


def may_open(person: Person | None, page: str) -> bool:
    """Whether somebody may open a page, named by its file in pages/; None as in `may`. No unknown page opens."""
    if page not in _PAGES:
        return False
    return page not in _PAGES_OF_PEOPLE if person is None else person.role in _PAGES[page]

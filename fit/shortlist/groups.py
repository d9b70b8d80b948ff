"""Sort creators into four groups: book, pilot, other role, pass."""

from __future__ import annotations

from enum import StrEnum

from fit.brief import Goal
from fit.locale import phrase
from fit.model import RoleLabel


class Group(StrEnum):
    """What to do with a creator; the values are names in files and JSON, in the order of the page."""

    BOOK = phrase("book")
    PILOT = phrase("pilot")
    OTHER_ROLE = phrase("other role")
    PASS = phrase("pass")


GROUPS = tuple(Group)
GROUP_LABELS = {
    Group.BOOK: phrase("Book"),
    Group.PILOT: phrase("Test first"),
    Group.OTHER_ROLE: phrase("Other role"),
    Group.PASS: phrase("Skip"),
}
ROLE_LABELS = {
    RoleLabel.CONVERSION: phrase("Conversion"),
    RoleLabel.AWARENESS: phrase("Awareness"),
    RoleLabel.BALANCED: phrase("Balanced"),
    RoleLabel.PILOT: phrase("Not proven"),
    RoleLabel.NOT_FOR_THIS_MARKET: phrase("Not here"),
}


def group_of(label: RoleLabel, goal: str, *, has_audience: bool = True) -> Group:
    """The group of a creator with this role under this goal (docs/method.md, "Four groups").

    Book: the evidence carries a role, and the role serves the goal or is balanced. Pilot: the evidence does not carry a
    role yet, or nobody knows where the audience lives. Other role: proven, but for the other goal. Pass: not for this
    market.
    """
    if label == RoleLabel.NOT_FOR_THIS_MARKET:
        return Group.PASS
    if label == RoleLabel.PILOT or not has_audience:
        return Group.PILOT
    serves = RoleLabel.AWARENESS if goal == Goal.AWARENESS else RoleLabel.CONVERSION
    return Group.BOOK if label in (serves, RoleLabel.BALANCED) else Group.OTHER_ROLE

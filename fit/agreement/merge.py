"""Merge two changed versions of one agreement: a three-way comparison with what both began with.

A part that only one of them touched is no conflict; a list that both touched has the entries of both, unless both
changed the same one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from fit.agreement.agreement import Agreement
from fit.agreement.file import write_part


@dataclass(frozen=True)
class Difference:
    """A part of the agreement that somebody changed. mine, theirs: its text on either side; is_clash: both changed it
    and the two changes cannot both stand."""

    part: str
    mine: str
    theirs: str
    is_clash: bool

    @property
    def label(self) -> str:
        """What the part is called on screen."""
        return self.part.replace("_", " ").capitalize()


@dataclass(frozen=True)
class Comparison:
    """differences: in the order of an agreement. together: both changes, mine where they clash."""

    differences: tuple[Difference, ...]
    together: Agreement

    @property
    def has_clash(self) -> bool:
        """Whether one of the changes has to give way."""
        return any(difference.is_clash for difference in self.differences)


def merge_changes(begun: Agreement, mine: Agreement, theirs: Agreement) -> Comparison:
    """Hold two changed agreements against the one that both began with."""
    differences: list[Difference] = []
    parts: dict[str, Any] = {}
    for part in (field.name for field in fields(Agreement)):
        before, my_part, their_part = (getattr(version, part) for version in (begun, mine, theirs))
        merged = _merged(before, my_part, their_part)
        parts[part] = my_part if merged is None else merged[0]
        if my_part != their_part:
            differences.append(Difference(part, write_part(mine, part), write_part(theirs, part), merged is None))
    return Comparison(tuple(differences), replace(mine, **parts))


def _merged(before: object, mine: object, theirs: object) -> tuple[object] | None:
    """The value with both changes, in a tuple of one for it may be None; None where there is no such value."""
    if mine in (before, theirs):
        return (theirs,)
    if theirs == before:
        return (mine,)
    if isinstance(before, tuple) and isinstance(mine, tuple) and isinstance(theirs, tuple):
        rows = _rows_of_both(before, mine, theirs)
        return None if rows is None else (rows,)
    return None


def _rows_of_both(
    before: Sequence[object], mine: Sequence[object], theirs: Sequence[object]
) -> tuple[object, ...] | None:
    """Their rows with my changes to them; None where a row that I changed or removed is gone or changed there."""
    rows = list(theirs)
    added = [row for row in mine if row not in before and row not in theirs]
    gone = [row for row in before if row not in mine]
    is_exchange = len(gone) == len(added) and len(mine) == len(before)
    for number, row in enumerate(gone):
        if row not in rows:
            return None
        index = rows.index(row)
        rows[index : index + 1] = [added[number]] if is_exchange else []
    return tuple(rows if is_exchange else [*rows, *added])

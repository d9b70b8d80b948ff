"""Two people changed one agreement: what differs, and can both changes stand?

Three texts are compared: what both began with, mine, and theirs. A part that only one side touched is no quarrel; a
list that both touched keeps the entries of both, unless both changed the same one.
"""

from __future__ import annotations

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
        return any(each.is_clash for each in self.differences)


def compare_changes(begun: Agreement, mine: Agreement, theirs: Agreement) -> Comparison:
    """Hold two changed agreements against the one that both began with."""
    differences: list[Difference] = []
    parts: dict[str, Any] = {}
    for part in (field.name for field in fields(Agreement)):
        before, own, other = (getattr(each, part) for each in (begun, mine, theirs))
        merged = _merged(before, own, other)
        parts[part] = own if merged is None else merged[0]
        if own != other:
            differences.append(Difference(part, write_part(mine, part), write_part(theirs, part), merged is None))
    return Comparison(tuple(differences), replace(mine, **parts))


def _merged(before: object, own: object, other: object) -> tuple[object] | None:
    """The value that keeps both changes, in a tuple of one for it may be None; None where there is no such value."""
    if own in (before, other):
        return (other,)
    if other == before:
        return (own,)
    if isinstance(before, tuple) and isinstance(own, tuple) and isinstance(other, tuple):
        rows = _rows_of_both(before, own, other)
        return None if rows is None else (rows,)
    return None


def _rows_of_both(before: Sequence, own: Sequence, other: Sequence) -> tuple | None:
    """The other's rows with my changes to them; None where a row that I changed or removed is gone or changed there."""
    rows = list(other)
    added = [row for row in own if row not in before and row not in other]
    gone = [row for row in before if row not in own]
    is_exchange = len(gone) == len(added) and len(own) == len(before)
    for place, row in enumerate(gone):
        if row not in rows:
            return None
        at = rows.index(row)
        rows[at : at + 1] = [added[place]] if is_exchange else []
    return tuple(rows if is_exchange else [*rows, *added])

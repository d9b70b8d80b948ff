"""Merge two changed versions of one agreement: a three-way comparison with what both began with.

Whatever only one of them touched stands as that one left it, down to a single field of a single entry. Where both gave
one field different values there is a clash: theirs stands, and mine is kept beside it until somebody chooses.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import StrEnum
from typing import Any

from fit.agreement.agreement import PRESENT, Agreement
from fit.agreement.differences import alike, differences, followed
from fit.agreement.file import LISTS

ENTRY_OF: Mapping[str, Callable[[Any], object]] = {  # lists with one entry for each of these
    "answers": lambda answer: (answer.side, answer.question),
}
ORDER = {value: number for number, value in enumerate(PRESENT)}


@dataclass(frozen=True)
class Clash:
    """One field that two people gave different values. part: of the agreement; cell: the field of an entry, or of the
    adjustment protocol, None for a part that is one value and for an entry as a whole. mine, theirs: what stands in the
    part, or the whole entry of a list, None where it was taken out."""

    part: str
    cell: str | None
    mine: Any
    theirs: Any

    def shown(self, of: object) -> object:
        """The value that clashes, of mine or of theirs."""
        return of if self.cell is None or of is None else getattr(of, self.cell)


@dataclass(frozen=True)
class Merged:
    """together: both changes, theirs where they clash; clashes: in the order of an agreement."""

    together: Agreement
    clashes: tuple[Clash, ...]


def merge_changes(begun: Agreement, mine: Agreement, theirs: Agreement) -> Merged:
    """Bring two changed agreements together, by what both began with."""
    clashes: list[Clash] = []
    my_parts, their_parts = (
        dict.fromkeys(difference.what for difference in differences(begun, changed)) for changed in (mine, theirs)
    )
    parts: dict[str, Any] = {part: getattr(mine, part) for part in my_parts if part not in their_parts}
    for part in (part for part in my_parts if part in their_parts):
        before, my_part, their_part = (getattr(version, part) for version in (begun, mine, theirs))
        if part in ENTRY_OF:
            parts[part] = _entries_of_both(part, before, my_part, their_part, clashes)
        elif part in LISTS:
            parts[part] = _rows_of_both(part, before, my_part, their_part, clashes)
        else:
            parts[part] = _row_of_both(part, before, my_part, their_part, clashes)
    return Merged(replace(theirs, **parts), tuple(clashes))


def settle(agreement: Agreement, clash: Clash, chosen: Any) -> Agreement:
    """The agreement with what was chosen where two people clashed: clash.mine, clash.theirs or a third value of its
    kind. Whatever else was changed since stays."""
    if clash.part not in LISTS:
        now = getattr(agreement, clash.part)
        value = chosen if clash.cell is None else replace(now, **{clash.cell: getattr(chosen, clash.cell)})
        return _with(agreement, clash.part, value)
    rows = list(getattr(agreement, clash.part))
    place = place_of(agreement, clash)
    if place is None:
        rows += [chosen] * (chosen is not None and chosen not in rows)
    elif chosen is None:
        rows.pop(place)
    elif clash.cell is None or not is_dataclass(rows[place]):
        rows[place] = chosen
    else:
        cells: dict[str, Any] = {clash.cell: getattr(chosen, clash.cell)}
        rows[place] = replace(rows[place], **cells)
    return _with(agreement, clash.part, tuple(rows))


def _with(agreement: Agreement, part: str, value: Any) -> Agreement:
    return replace(agreement, **{part: value})


def place_of(agreement: Agreement, clash: Clash) -> int | None:
    """Where the entry of a clash stands by now in its list: the same one, else the one that is most like it."""
    rows = getattr(agreement, clash.part)
    if clash.theirs in rows:
        return rows.index(clash.theirs)
    if clash.part in ENTRY_OF:
        about = ENTRY_OF[clash.part]
        return next((n for n, row in enumerate(rows) if about(row) == about(clash.mine or clash.theirs)), None)
    if clash.theirs is None:
        return None
    likeness = [alike(clash.theirs, row) for row in rows]
    return likeness.index(max(likeness)) if any(likeness) else None


def _value_of_both(before: Any, mine: Any, theirs: Any) -> tuple[Any, bool]:
    """The value with both changes, and whether mine had to give way."""
    if mine in (before, theirs):
        return theirs, False
    if theirs == before:
        return mine, False
    if all(isinstance(value, tuple) and all(isinstance(entry, StrEnum) for entry in value) for value in (mine, theirs)):
        both = {entry for entry in (*mine, *theirs) if (entry in mine and entry in theirs) or entry not in before}
        return tuple(sorted(both, key=lambda entry: ORDER.get(entry, len(ORDER)))), False
    return theirs, True


def _row_of_both(part: str, before: Any, mine: Any, theirs: Any, clashes: list[Clash]) -> Any:
    """One entry with the fields of both."""
    if not is_dataclass(mine) or type(mine) is not type(theirs):
        value, is_clash = _value_of_both(before, mine, theirs)
        clashes += [Clash(part, None, mine, theirs)] * is_clash
        return value
    cells: dict[str, Any] = {}
    apart: list[str] = []
    for name in (field.name for field in fields(mine)):
        cells[name], is_clash = _value_of_both(*(getattr(row, name) for row in (before, mine, theirs)))
        apart += [name] * is_clash
    make: Any = type(mine)  # of whatever kind the entries of this part are
    row = make(**cells)
    clashes += [Clash(part, name, make(**cells | {name: getattr(mine, name)}), row) for name in apart]
    return row


def _entries_of_both(
    part: str, before: Sequence[Any], mine: Sequence[Any], theirs: Sequence[Any], clashes: list[Clash]
) -> tuple[Any, ...]:
    """Entries that are told apart by what they are about, such as the answer of a side to a question."""
    about = ENTRY_OF[part]
    old, my, their = ({about(row): row for row in rows} for rows in (before, mine, theirs))
    together = []
    for subject in dict.fromkeys([*their, *my]):
        value, is_clash = _value_of_both(old.get(subject), my.get(subject), their.get(subject))
        clashes += [Clash(part, "text", my.get(subject), their.get(subject))] * is_clash
        together += [value] * (value is not None)
    return tuple(together)


def _rows_of_both(
    part: str, before: Sequence[Any], mine: Sequence[Any], theirs: Sequence[Any], clashes: list[Clash]
) -> tuple[Any, ...]:
    """Their entries with my changes to them, then those that I added."""
    (my_rows, my_new), (their_rows, their_new) = followed(before, mine), followed(before, theirs)
    together: list[Any] = []
    for row, my_row, their_row in zip(before, my_rows, their_rows, strict=True):
        if my_row is None or their_row is None:
            is_changed = row not in (my_row, their_row) and my_row != their_row
            clashes += [Clash(part, None, my_row, their_row)] * is_changed
            together += [their_row] * (is_changed and their_row is not None)
        else:
            together.append(_row_of_both(part, row, my_row, their_row, clashes))
    new = [row for row in my_new if row not in their_new]
    return (*together, *their_new, *new)

"""Refuse tables that stand side by side on a sheet: what one says of a person would be given to another."""

from collections.abc import Sequence

from data.importers.reading.header_row import fold_name
from data.importers.reading.reader import Record
from data.importers.report import RefusedError, quoted
from data.importers.tracker import words
from data.importers.tracker.accounts import folded
from data.importers.tracker.headings import without_unit
from data.importers.tracker.readings import LEFT_OUT, Understanding

NAMES_PEOPLE = ("person", "creator_id", "creator_name", "handle")


def refuse_side_by_side(seen: Understanding, records: Sequence[Record], left_out: Sequence[tuple[str, str]]) -> None:
    """Raise RefusedError where two columns under the same kind of heading name different people in a row.

    left_out: what the user says of columns (FROM, TO).
    """
    ignored = {fold_name(name) for name, meaning in left_out if fold_name(meaning) == LEFT_OUT}
    by_field: dict[str, list[int]] = {}
    for column in seen.columns:
        field = words.fields().get(words.fold(without_unit(column.heading)[0]), "")
        if field in NAMES_PEOPLE and fold_name(column.heading) not in ignored:
            by_field.setdefault(field, []).append(column.place)
    headings = {column.place: column.heading for column in seen.columns}
    for field, (first, *others) in by_field.items():
        for other in others:
            # A creator has a handle of each platform: two columns of them are asked about.
            is_same_heading = field != "handle" and fold_name(headings[first]) == fold_name(headings[other])
            if differing := _differing(records, first, other, is_same_heading=is_same_heading):
                cells = differing.fields
                raise RefusedError(
                    f"two columns name creators and disagree: {quoted(headings[first])} (column {first + 1}) and "
                    f"{quoted(headings[other])} (column {other + 1}), in row {differing.row} "
                    f"{quoted(cells[first].strip())} and {quoted(cells[other].strip())}, as tables side by side do; "
                    "put each table on a sheet or in a file of its own"
                )


def _differing(records: Sequence[Record], first: int, other: int, *, is_same_heading: bool) -> Record | None:
    """The first row whose cells in two columns name different people.

    Under different headings ("Creator", "Talent") these are proven to be the same people only by a name in both.
    """
    sound = [record for record in records if not record.fault]
    differing = [
        record
        for record in sound
        if record.fields[first].strip()
        and record.fields[other].strip()
        and folded(record.fields[first]) != folded(record.fields[other])
    ]
    if not differing:
        return None
    people = {folded(record.fields[first]) for record in sound}
    overlap = any(folded(record.fields[other]) in people for record in differing)
    return differing[0] if overlap or is_same_heading else None

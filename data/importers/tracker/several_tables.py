"""Read several tables of one sheet: those below each other are joined, those side by side are refused.

The joined table has the columns of all headers; the cells of a row stand under the heading that was above them. Of
tables side by side, what one says of a person would be given to another.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from data.importers.reading.header_row import fold_name
from data.importers.reading.reader import Record, TextTable, fit_to_header, tidy_header
from data.importers.report import RefusedError, quoted, rows_named
from data.importers.tracker import words
from data.importers.tracker.accounts import folded
from data.importers.tracker.headings import count_known, without_unit
from data.importers.tracker.readings import LEFT_OUT, WHO, ColumnMeanings
from data.importers.tracker.rows.taxes import Taxed

# How much of a row has to be headings for it to be a header, beside a word for who and without one.
LEAST_BESIDE_WHO, LEAST_ALONE = 0.6, 0.75
OF_PEOPLE = (*WHO, "creator_id", "post_link")
NAMES_PEOPLE = ("person", "creator_id", "creator_name", "handle")


@dataclass
class Joined:
    """Rows of all tables of a sheet under one header.

    begins: where a further table does; repeated: headers again; nameless: headers of tables without creators, whose
    rows are left out. taxed: words on taxes that stood behind amounts.
    """

    header: tuple[str, ...]
    rows: list[Record] = field(default_factory=list)
    begins: list[int] = field(default_factory=list)
    repeated: list[int] = field(default_factory=list)
    nameless: list[int] = field(default_factory=list)
    taxed: Taxed = field(default_factory=dict)


def from_first_header(table: TextTable, head: Iterable[Record]) -> TextTable:
    """The table from the first header of somebody's own sheet on, where one stands above that with more known names.

    head: the first records of the file.
    """
    first: Record | None = None
    count_rows = 0
    for record in head:
        if record.line >= table.header_line or record.fault:
            break
        if _is_header(record.fields, table.header, is_first=True):
            first, count_rows = (record, 0) if first is None or not count_rows else (first, count_rows)
        elif sum(bool(cell.strip()) for cell in record.fields) > 1:
            count_rows += 1
    if first is None or not count_rows:
        return table
    header = tuple(tidy_header(cell) for cell in first.fields)
    return replace(table, header=header, header_row=first.row, header_line=first.line)


def joined(header: Sequence[str], records: Iterable[Record], most: int | None = None) -> Joined:
    """The rows of a sheet (the first of them with most), as wide as the joined header or with a fault."""
    whole = Joined(tuple(header))
    width, places = len(header), list(range(len(header)))
    is_left_out = False
    for record in records:
        if not record.fault and _is_header(record.fields, header, is_first=not whole.rows):
            if is_left_out := not _says_who(record.fields, header):
                whole.nameless.append(record.row)
                continue
            header = tuple(tidy_header(cell) for cell in record.fields)
            width = len(header)
            whole.header, places = _placed(whole.header, header)
            is_new = places != list(range(len(whole.header)))
            (whole.begins if is_new else whole.repeated).append(record.row)
            continue
        if is_left_out:
            continue
        record = fit_to_header(record, width)
        if not record.fault and places != list(range(width)):
            record = replace(record, fields=_moved(record.fields, places))
        whole.rows.append(record)
        if most is not None and len(whole.rows) >= most:
            break
    count = len(whole.header)
    for place, record in enumerate(whole.rows):
        if not record.fault and len(record.fields) < count:
            whole.rows[place] = replace(record, fields=[*record.fields, *[""] * (count - len(record.fields))])
    return whole


def refuse_unclear(tables: Joined, meanings: ColumnMeanings) -> None:
    """Raise RefusedError where headings of two tables say the same in other words: one would be left out for all."""
    for column in meanings.columns if tables.begins else ():
        if column.why in ("second", "twice") and column.heading:
            raise RefusedError(
                f"row {tables.begins[0]} begins another table, whose headings say in other words what those of the "
                f"first say ({quoted(column.heading)}); use the same headings for both, or put each table on a sheet "
                "or in a file of its own"
            )


def said_of(tables: Joined) -> list[str]:
    """What is said of headers between the rows."""
    said = [f"row {row} begins another table: its rows are read under its own headings" for row in tables.begins[:5]]
    if len(tables.begins) > 5:
        said.append(f"and {len(tables.begins) - 5:,} tables more")
    said += [f"row {row} begins a table that names no creators: left out" for row in tables.nameless[:5]]
    if tables.repeated:
        said.append(f"the header again, left out: {rows_named(tables.repeated)}")
    return said


def _is_header(cells: Sequence[str], header: Sequence[str], *, is_first: bool) -> bool:
    """Whether the cells of a row are headings. is_first: right below a header, which may go on for two rows."""
    names = [cell.strip() for cell in cells if cell.strip()]
    if len(names) < 2 or any(_is_number(name) for name in names):
        return False
    above = {fold_name(name) for name in header if name}
    if all(fold_name(name) in above for name in names) and len(names) * 2 > len(above):
        return True
    known = count_known([tidy_header(name) for name in names])
    if _says_who(names, ()):
        return known >= 2 and known >= LEAST_BESIDE_WHO * len(names)
    return not is_first and known >= 3 and known >= LEAST_ALONE * len(names)


def _says_who(cells: Sequence[str], header: Sequence[str]) -> bool:
    """Whether headings name creators, or begin as those above do."""
    names = [words.fold(cell) for cell in cells if cell.strip()]
    says_so = any(words.fields().get(name) in OF_PEOPLE or name in words.platforms() for name in names)
    return says_so or (bool(header) and words.fold(header[0]) in names)


def _is_number(cell: str) -> bool:
    return cell.upper() == cell.lower() and any(letter.isdigit() for letter in cell)


def _placed(whole: tuple[str, ...], header: Sequence[str]) -> tuple[tuple[str, ...], list[int]]:
    """The joined header with another one's columns, and where each of these stands in it."""
    free: dict[str, list[int]] = {}
    for place, name in enumerate(whole):
        free.setdefault(fold_name(name), []).append(place)
    names, places = list(whole), []
    for name in header:
        if same := free.get(fold_name(name)):
            places.append(same.pop(0))
        else:
            places.append(len(names))
            names.append(name)
    return tuple(names), places


def _moved(cells: Sequence[str], places: Sequence[int]) -> list[str]:
    moved = [""] * (max(places) + 1)
    for place, cell in zip(places, cells, strict=True):
        moved[place] = cell
    return moved


def refuse_side_by_side(
    meanings: ColumnMeanings, records: Sequence[Record], left_out: Sequence[tuple[str, str]]
) -> None:
    """Raise RefusedError where two columns under the same kind of heading name different people in a row.

    left_out: what the user says of columns (FROM, TO).
    """
    ignored = {fold_name(name) for name, meaning in left_out if fold_name(meaning) == LEFT_OUT}
    by_field: dict[str, list[int]] = {}
    for column in meanings.columns:
        field = words.fields().get(words.fold(without_unit(column.heading)[0]), "")
        if field in NAMES_PEOPLE and fold_name(column.heading) not in ignored:
            by_field.setdefault(field, []).append(column.place)
    headings = {column.place: column.heading for column in meanings.columns}
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

"""Count each post once where its numbers were taken several times: the newest row of a post counts.

Rows are of one post where they have the same link to it, creator, platform and kind of content. They are taken again
where a column says when ("Snapshot date"), or where all of them say the same day and hold the same kinds of numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from data.importers import subtotals
from data.importers.reading.reader import Record
from data.importers.report import rows_named
from data.importers.tracker import accounts, words
from data.importers.tracker.headings import TAKEN
from data.importers.tracker.readings import COUNTS, MONEY, ColumnMeanings, Reading
from data.importers.values import dates

OF_A_POST = ("creator_id", "creator_name", "handle", "link", "platform", "deliverable", "campaign_id", "market")
NUMBERS = (*COUNTS, *MONEY, "followers")
OF_STORIES = "/stories/"  # the frames of a story have one link


@dataclass(frozen=True)
class Older:
    """Rows whose post has newer numbers. rows: their numbers; newest: the rows that count instead."""

    rows: tuple[int, ...] = ()
    newest: tuple[int, ...] = ()
    is_by_day: bool = False


def newest(records: Sequence[Record], meanings: ColumnMeanings) -> tuple[list[Record], Older]:
    """The rows without older numbers of the same posts; what only an older row says stays with the newest one."""
    links = [column.place for column in meanings.read("post_link")]
    counts = [
        column.place for column in sorted(meanings.read(*COUNTS), key=lambda column: COUNTS.index(column.meaning))
    ]
    if not links or not counts:
        return list(records), Older()
    taken = next((column.place for column in meanings.columns if _says_when_taken(column)), None)
    same = [column.place for column in meanings.read(*OF_A_POST)]
    same += [] if taken is not None else [column.place for column in meanings.read("date", "end_date")]
    others = [c.place for c in meanings.columns if taken is None and c.meaning not in NUMBERS and c.place not in same]
    by_post: dict[tuple[str, ...], list[Record]] = {}
    for record in records:
        post = next((record.fields[place].strip() for place in links), "") if not record.fault else ""
        if accounts.is_post(post) and (taken is not None or OF_STORIES not in post):
            key = [words.fold(record.fields[place]) for place in same]
            key += [_without_digits(record.fields[place]) for place in others]
            by_post.setdefault((post, *key), []).append(record)
    left_out: set[int] = set()
    kept: dict[int, Record] = {}
    for rows in by_post.values():
        different = {
            tuple(record.fields): record for record in reversed(rows)
        }  # a row that stands twice is skipped later
        if len(different) > 1 and (ordered := _in_order([*different.values()], taken, counts)):
            older = {tuple(record.fields) for record in ordered[:-1]}
            left_out.update(record.row for record in rows if tuple(record.fields) in older)
            kept[ordered[-1].row] = replace(ordered[-1], fields=_completed(ordered))
    whole = [kept.get(record.row, record) for record in records if record.row not in left_out]
    return whole, Older(tuple(sorted(left_out)), tuple(sorted(kept)), taken is not None)


def said_of(older: Older) -> list[str]:
    """What is said of rows whose posts have newer numbers."""
    if not older.rows:
        return []
    which = "newest" if older.is_by_day else "largest"
    return [f"a post counts once, with its {which} numbers: {rows_named(older.newest)}, not {rows_named(older.rows)}"]


def _says_when_taken(column: Reading) -> bool:
    """Whether a column says when numbers were taken: "Snapshot date", "As of", "Abrufdatum"."""
    return words.fold(column.heading) in TAKEN


def _in_order(rows: Sequence[Record], taken: int | None, counts: Sequence[int]) -> list[Record]:
    """The rows of one post, the newest last; none where they are not the same numbers taken again."""
    if taken is not None:
        days = [_day(record.fields[taken]) for record in rows]
        if None not in days and len(set(days)) == len(days):
            return [record for _, record in sorted(zip(days, rows, strict=True), key=lambda pair: pair[0] or date.min)]
    filled = {tuple(_amount(record, place) is not None for place in counts) for record in rows}
    if len(filled) > 1 or not any(next(iter(filled))):
        return []
    return sorted(rows, key=lambda record: [_amount(record, place) or 0.0 for place in counts])


def _without_digits(cell: str) -> str:
    """A cell that tells parts of a post apart ("DE", "paid"); a number, a day or a week does not."""
    return "" if any(letter.isdigit() for letter in cell) else words.fold(cell)


def _day(cell: str) -> date | None:
    """A day that reads one way only."""
    text = cell.strip()
    found = {day for order in (True, False) if (day := dates.read(text, order))}
    return found.pop() if len(found) == 1 else None


def _amount(record: Record, place: int) -> float | None:
    cell = record.fields[place].strip()
    return None if cell.casefold() in words.cells("not_measured") else subtotals.amount(cell)


def _completed(ordered: Sequence[Record]) -> list[str]:
    """The cells of the newest row; where one is blank, those of the row before."""
    cells = list(ordered[-1].fields)
    for older in reversed(ordered[:-1]):
        cells = [cell if cell.strip() else before for cell, before in zip(cells, older.fields, strict=True)]
    return cells

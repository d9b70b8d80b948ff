"""Read what a running campaign has brought so far: totals up to a day, per metric and, where counted so, deliverable.

A small table that people type: metric, value and, if wanted, date, deliverable, currency. Counts only grow, so one that
falls is a slip; nothing is guessed, because a chance made of a misread number would be worse than none.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from fit.agreement import Agreement
from fit.locale import _
from fit.metrics import COST, METRICS, Unit, UnknownMetric, metric
from fit.model import kind_named
from fit.review import COST_NAMES, PARTS_OF_WHOLE, ActualsError, ReadNumbers, impossible, read_values
from fit.text import words

COLUMNS = {
    "metric": ("metric", "name", "kpi"),
    "value": ("value", "actual", "result", "count", "so far"),
    "date": ("date", "day", "as_of"),
    "deliverable": ("deliverable", "kind", "content"),
    "currency": ("currency",),
}
USUAL_WINDOW = 30  # days after the end in which purchases still count, where the charter says nothing
ADDED_UP = (Unit.COUNT, Unit.AMOUNT)
NOT_ADDED_UP = ("reach", "in_market_reach", "followers")  # the same people, seen or counted twice
ReadDay = Callable[[Sequence[str]], Sequence[date | None]]  # the texts of one column to their days


class PaceError(ValueError):
    """Counts that cannot be meant; the message says what was found, what is needed and what to do."""


@dataclass(frozen=True)
class Count:
    """The total of a metric up to a day. deliverable: of this kind alone; None: of all. row: of the file, 0: saved."""

    metric: str
    value: float
    day: date
    deliverable: str | None
    row: int


def last_day(agreement: Agreement) -> date:
    """The day until which results of a campaign count. Raises PaceError while start or end are open."""
    if agreement.start is None or agreement.end is None:
        raise PaceError(_("The charter names no first and last day. Set both on Brief, and save it again."))
    return agreement.end + timedelta(days=agreement.attribution_window_days or USUAL_WINDOW)


def count_known(cells: Sequence[str]) -> int:
    """How many cells of a row name a column of counts."""
    names = {name for names in COLUMNS.values() for name in names}
    return sum(cell.strip().lower() in names for cell in cells)


def read_counts(
    rows: Sequence[tuple[int, Sequence[str]]],
    agreement: Agreement,
    read_numbers: ReadNumbers,
    read_days: ReadDay,
    on: date | None,
) -> tuple[Count, ...]:
    """Check a table with a header row. rows: row number and cells. on: the day of rows that name none.

    A blank value was not measured and is left out. Raises PaceError.
    """
    final = last_day(agreement)
    header, *body = rows or [(0, [])]
    place = _columns(header[1])
    table = [(row, {name: _cell(cells, at) for name, at in place.items()}) for row, cells in body]
    days = read_days([cells.get("date", "") for _row, cells in table])
    names = [_metric(row, cells["metric"], agreement) for row, cells in table]
    try:
        named = [(name, cells["value"], f"Row {row}: {name}") for name, (row, cells) in zip(names, table, strict=True)]
        values = read_values(named, read_numbers)
    except ActualsError as error:
        raise PaceError(str(error)) from error
    counts = []
    for (row, cells), name, day, value in zip(table, names, days, values, strict=True):
        _check_currency(row, cells.get("currency", ""), agreement)
        counted_on = _day(row, cells.get("date", ""), day, on, (agreement.start, final))
        kind = _kind(row, cells.get("deliverable", ""), name, agreement)
        if value is not None:
            counts.append(Count(name, value, counted_on, kind, row))
    if not counts:
        raise PaceError(_("The file holds no count. Write a metric and its total so far, for example clicks,412."))
    check_growth(counts)
    return tuple(counts)


def so_far(counts: Sequence[Count], on: date) -> dict[str, float]:
    """The newest totals up to a day by metric, deliverables added up.

    Raises PaceError for what cannot be true: a part that is larger than a whole that was counted as late or later.
    """
    newest: dict[tuple[str, str | None], Count] = {}
    for count in sorted(counts, key=lambda count: count.day):
        if count.day <= on:
            newest[count.metric, count.deliverable] = count
    of_metric: dict[str, list[Count]] = {}
    for count in newest.values():
        of_metric.setdefault(count.metric, []).append(count)
    totals = {name: sum(count.value for count in own) for name, own in of_metric.items()}
    days = {name: [count.day for count in own] for name, own in of_metric.items()}
    for pair in PARTS_OF_WHOLE:
        part, whole = (days.get(name) for name in pair)
        is_comparable = part and whole and max(part) <= min(whole)
        if is_comparable and (problems := impossible({name: totals[name] for name in pair})):
            raise PaceError(" ".join(problems))
    return totals


def _columns(cells: Sequence[str]) -> dict[str, int]:
    lower = [cell.strip().lower() for cell in cells]
    place = {name: lower.index(known) for name, all_of in COLUMNS.items() for known in all_of if known in lower}
    if missing := [name for name in ("metric", "value") if name not in place]:
        text = _("The first row names no column {missing}. Write a header: metric, value, date, deliverable.")
        raise PaceError(text.format(missing=words.listing(missing)))
    if unknown := [cell for at, cell in enumerate(cells) if cell.strip() and at not in place.values()]:
        text = _("The column {name!r} is not read. Take it out; read are metric, value, date, deliverable, currency.")
        raise PaceError(text.format(name=unknown[0]))
    return place


def _cell(cells: Sequence[str], at: int) -> str:
    return cells[at].strip() if at < len(cells) else ""


def _metric(row: int, called: str, agreement: Agreement) -> str:
    if called in {line.name for line in agreement.metrics}:
        return called
    if called.lower() in COST_NAMES:
        return COST
    try:
        return metric(called).name
    except UnknownMetric as error:
        raise PaceError(f"Row {row}: {error}") from error


def _check_currency(row: int, code: str, agreement: Agreement) -> None:
    if code and agreement.currency and code.upper() != agreement.currency:
        text = _("Row {row} is in {found}, the charter in {agreed}. Convert it, or leave the row out.")
        raise PaceError(text.format(row=row, found=code.upper(), agreed=agreement.currency))


def _day(row: int, text: str, day: date | None, on: date | None, bounds: tuple[date | None, date]) -> date:
    if text and day is None:
        raise PaceError(_("Row {row}: {text!r} is no day. Write it as 2026-03-01.").format(row=row, text=text))
    day = day or on
    if day is None:
        raise PaceError(_("Row {row} names no day. Add a column date, or say the day: --on.").format(row=row))
    first, last = bounds
    if first is None or not first <= day <= last:
        text = _("Row {row} is of {day}; the charter runs, and its results count, from {first} to {last}. Correct it.")
        raise PaceError(text.format(row=row, day=day, first=first, last=last))
    return day


def _kind(row: int, called: str, name: str, agreement: Agreement) -> str | None:
    if not called:
        return None
    agreed = [item.kind for item in agreement.deliverables]
    kind = kind_named(called, agreed)
    if kind not in agreed:
        text = _("Row {row}: {called!r} is no deliverable of the charter, which has {agreed}. Correct its name.")
        raise PaceError(text.format(row=row, called=called, agreed=words.listing(agreed) or _("none")))
    if name in NOT_ADDED_UP or (name in METRICS and METRICS[name].unit not in ADDED_UP):
        text = _("Row {row}: {metric} of several deliverables does not add up. Give it once for all, without one.")
        raise PaceError(text.format(row=row, metric=words.metric(name)))
    return kind


def check_growth(counts: Sequence[Count]) -> None:
    """Raise PaceError for a total that falls or stands twice for a day, and for a metric that is counted both for all
    deliverables and for one."""
    ordered = sorted(counts, key=lambda count: (count.metric, count.deliverable or "", count.day, count.row))
    for before, after in pairwise(ordered):
        if before.metric != after.metric:
            continue
        label = words.metric(after.metric) if after.metric in METRICS else after.metric
        if (before.deliverable is None) != (after.deliverable is None):
            text = _("{metric} is given for all deliverables ({before}) and for one ({after}). Keep one way.")
        elif before.deliverable != after.deliverable:
            continue
        elif before.day == after.day:
            text = _("{metric} of {day} is given twice, in {before} and {after}. Keep one of the two.")
        elif after.value < before.value and (after.metric not in METRICS or METRICS[after.metric].unit in ADDED_UP):
            text = _(
                "{metric} falls from {more} ({before}) to {fewer} ({after}). Totals so far only grow: write "
                "the total up to each day."
            )
        else:
            continue
        values = {"more": words.count(before.value), "fewer": words.count(after.value), "day": after.day}
        places = {"before": _place(before), "after": _place(after)}
        raise PaceError(text.format(metric=words.capitalized(label), **places, **values))


def _place(count: Count) -> str:
    if count.row:
        return _("row {row}").format(row=count.row)
    return _("saved for {day}").format(day=words.day(count.day))

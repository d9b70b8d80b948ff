"""Keep the counts of a running campaign: the newest of each metric, deliverable and day stands, all earlier ones stay.

fit/ is handed the open store of decisions and imports none of it; data/decisions has the shapes named here.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Protocol, TypeVar

from fit.locale import _
from fit.pace.counts import Count, PaceError, check_growth, so_far

A_DAY = timedelta(days=1)  # instants are in UTC, and it is tomorrow already where some people count


class SavedCount(Protocol):
    """One count as it was saved. value: None takes an earlier one back."""

    @property
    def metric(self) -> str: ...
    @property
    def deliverable(self) -> str | None: ...
    @property
    def day(self) -> date: ...
    @property
    def value(self) -> float | None: ...


Saved = TypeVar("Saved", bound=SavedCount, covariant=True)
Place = tuple[str, str | None, date]  # metric, deliverable, day: what a total is of


class CountStore(Protocol[Saved]):
    """The open store of decisions, as far as counts need it. decide: from the counts that are there to those added."""

    def counts(self, name: str) -> Sequence[Saved]: ...
    def note_counts(
        self,
        name: str,
        decide: Callable[[Sequence[Saved]], Sequence[tuple[str, str | None, date, float | None]]],
        now: datetime,
    ) -> object: ...


def counts_of_charter(decisions: CountStore[Saved], name: str) -> tuple[Count, ...]:
    """The counts that stand, by day; row 0: of no file."""
    return _standing(decisions.counts(name))


def counts_as_results(counts: Sequence[Count]) -> dict[str, float]:
    """The newest totals by metric, as a review takes results; empty where nothing was counted."""
    return so_far(counts, max(count.day for count in counts)) if counts else {}


def _standing(saved: Sequence[SavedCount]) -> tuple[Count, ...]:
    values = {(one.metric, one.deliverable, one.day): one.value for one in saved}
    counts = [
        Count(metric, value, day, deliverable, 0)
        for (metric, deliverable, day), value in values.items()
        if value is not None
    ]
    return tuple(sorted(counts, key=lambda count: (count.day, count.metric, count.deliverable or "")))


def save_counts(
    decisions: CountStore[Saved], name: str, counts: Sequence[Count], now: datetime, taken_back: Sequence[Count] = ()
) -> None:
    """Add counts to those of a charter, or none of them where they would not fit each other.

    counts: one of a metric, deliverable and day that is there already stands from now on. taken_back: counts no more.
    Raises PaceError, also for a day that is still to come.
    """
    for count in counts:
        if count.day > now.date() + A_DAY:
            text = _("Row {row} is of {day}, which is still to come. Write the total up to a day that is over.")
            raise PaceError(text.format(row=count.row, day=count.day))

    def changes(saved: Sequence[Saved]) -> list[tuple[str, str | None, date, float | None]]:
        before = {_place(count): count for count in _standing(saved)}
        after = {place: count for place, count in before.items() if place not in set(map(_place, taken_back))}
        after |= {_place(count): count for count in counts}
        _check_together(tuple(after.values()))
        changed = [place for place, count in after.items() if place not in before or before[place].value != count.value]
        gone = [place for place in before if place not in after]
        return [*((*place, None) for place in gone), *((*place, after[place].value) for place in changed)]

    decisions.note_counts(name, changes, now)


def _check_together(counts: Sequence[Count]) -> None:
    check_growth(counts)
    for day in sorted({count.day for count in counts}):
        so_far(counts, day)


def _place(count: Count) -> Place:
    return count.metric, count.deliverable, count.day

"""Expect how much of a campaign's results is in by a day: when content goes out, and how fast it is seen.

Of one piece, 1 - 2^(-days / half-life) is in. Half-lives of engagement are published (S. M. Graffius, "Half-life for
posts on different social media platforms", 2018: Instagram 19 hours, YouTube 6 days, LinkedIn 24 hours, Facebook 30
minutes: grade C, means of vendors' figures); the others are our guess. Purchases come later than clicks. Nobody knows
the days of single pieces, so they are spread evenly from the first day to the last.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from fit.agreement import Agreement, Deliverable, FrozenForecast
from fit.locale import _
from fit.model import kind_named
from fit.pace.counts import Count, PaceError, last_day

HALF_LIFE_DAYS = {"instagram": 19 / 24, "youtube": 6.0, "linkedin": 1.0, "facebook": 0.5 / 24}
USUAL_HALF_LIFE = 1.0  # of platforms without a figure, TikTok among them: our guess
STORY_HALF_LIFE = 0.25  # it is gone after a day
MIDDAY = 0.5  # of a day: counts are read in the evening, pieces go out at any hour
PURCHASE_DELAY = 2.0  # days that the half-life of purchases is longer: our guess


@dataclass(frozen=True)
class Expected:
    """The part of the final results that is in by a day, 0 to 1."""

    counts: float
    purchases: float

    def of(self, metric: str) -> float:
        """The part of one metric."""
        return self.purchases if metric in ("conversions", "in_market_conversions", "revenue") else self.counts


def expected_by(agreement: Agreement, frozen: FrozenForecast, counts: Sequence[Count], on: date) -> Expected:
    """What is expected to be in on the evening of a day. Raises PaceError for a day before the first.

    Where counts name deliverables, one that is counted is out by then, and one that is not counted is not out yet.
    """
    final = last_day(agreement)
    first = agreement.start or final
    if on < first:
        text = _("{day} is before the first day of the charter, {first}. Choose a later day.")
        raise PaceError(text.format(day=on, first=first))
    planned, now, weight, half_life = _pieces(agreement, frozen, counts, on)

    def part(day: date, posted: np.ndarray, delay: float) -> float:
        days = np.maximum((day - first).days + MIDDAY - posted, 0.0)
        return float((weight * (1 - 2.0 ** (-days / (half_life + delay)))).sum())

    if on >= final:
        return Expected(1.0, 1.0)
    return Expected(*(part(on, now, delay) / part(final, planned, delay) for delay in (0.0, PURCHASE_DELAY)))


def _pieces(
    agreement: Agreement, frozen: FrozenForecast, counts: Sequence[Count], on: date
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Of every piece: the day after the first on which it is planned, the one by which it is out (infinite: not yet),
    its part of all displays, and its half-life."""
    kinds = [item.kind for item in frozen.deliverables for _piece in range(item.count)]
    count = len(kinds)
    planned = np.arange(count) / count * (agreement.end - agreement.start).days  # type: ignore[operator]
    now = planned.copy()
    counted = _first_counted(frozen.deliverables, counts, on, agreement.start)
    for kind in dict.fromkeys(kinds) if counted else ():
        own = np.flatnonzero(np.array(kinds) == kind)
        if kind not in counted:
            now[own] = np.inf
        now[own[0]] = min(now[own[0]], counted.get(kind, np.inf))
    shown = np.nan_to_num(np.exp(frozen.inputs.impressions[:, 0]), nan=1.0)
    weight = np.concatenate(
        [np.full(item.count, of / item.count) for item, of in zip(frozen.deliverables, shown, strict=True)]
    )
    half_life = HALF_LIFE_DAYS.get(agreement.platform or "", USUAL_HALF_LIFE)
    lives = [STORY_HALF_LIFE if kind_named(kind, ["story"]) == "story" else half_life for kind in kinds]
    return planned, now, weight, np.array(lives)


def _first_counted(
    deliverables: Sequence[Deliverable], counts: Sequence[Count], on: date, start: date | None
) -> dict[str, float]:
    """The day after the first on which each kind, as the forecast calls it, was first counted above 0."""
    names = [item.kind for item in deliverables]
    found: dict[str, float] = {}
    for count in counts:
        if count.deliverable is not None and count.value > 0 and count.day <= on and start is not None:
            kind, day = kind_named(count.deliverable, names), float((count.day - start).days)
            found[kind] = min(found.get(kind, day), day)
    return found

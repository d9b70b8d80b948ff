"""Draw up the expected way of each target from the first day: the range of totals by day, beside the counts so far.

The ranges are those of the forecast frozen at signing, before any count: the final result of each future, of which a
part is in that is itself unsure, as in fit/pace/pace.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from scipy.stats import beta, binom

from fit.agreement import Agreement, FrozenForecast
from fit.metrics import METRICS, Unit
from fit.pace.counts import Count, last_day, so_far
from fit.pace.delivery import expected_by
from fit.pace.pace import LARGEST_PART, SMALLEST_PART, SURE_OF_PART, Pace, PaceLine

DRAWS = 2_000  # futures; a range of them is drawn, no chance is read from it
PLACES = (10, 50, 90)  # percent: the ends and the middle of the range that is drawn


@dataclass(frozen=True)
class PacePath:
    """The way of one target that only grows. days: of the range, from the first day to that of the pace; low, middle,
    high: P10, P50 and P90 of the total by each. counted: total by each counted day. last: when everything is in."""

    line: PaceLine
    days: tuple[date, ...]
    low: tuple[float, ...]
    middle: tuple[float, ...]
    high: tuple[float, ...]
    counted: tuple[tuple[date, float], ...]
    last: date


def paths_of(agreement: Agreement, frozen: FrozenForecast, counts: Sequence[Count], pace: Pace) -> tuple[PacePath, ...]:
    """The way of every target whose total only grows and has a forecast, in the order of the pace's lines."""
    futures = frozen.futures(DRAWS)
    first, last = agreement.start or pace.on, last_day(agreement)
    days = tuple(first + timedelta(days=day) for day in range((min(pace.on, last) - first).days + 1))
    parts = [expected_by(agreement, frozen, counts, day) for day in days]
    paths = []
    for line in pace.lines:
        if line.metric not in futures or METRICS[line.metric].unit not in (Unit.COUNT, Unit.AMOUNT):
            continue
        if METRICS[line.metric].lower_is_better:
            continue
        ranges = [np.percentile(in_by_then(futures[line.metric], part.of(line.metric)), PLACES) for part in parts]
        low, middle, high = (tuple(map(float, ends)) for ends in zip(*ranges, strict=True))
        paths.append(PacePath(line, days, low, middle, high, _counted(line.metric, counts, pace.on), last))
    return tuple(paths)


def in_by_then(final: np.ndarray, part: float) -> np.ndarray:
    """What is in of each final result when a part is expected to be. The same places of luck for every part, so that
    none falls from day to day."""
    part = min(max(part, SMALLEST_PART), LARGEST_PART)
    g = np.random.default_rng(len(final))
    shares = beta.ppf(g.random(len(final)), SURE_OF_PART * part, SURE_OF_PART * (1 - part))
    is_whole = bool((final == np.round(final)).all())
    return np.asarray(binom.ppf(g.random(len(final)), final, shares) if is_whole else final * shares)


def _counted(metric: str, counts: Sequence[Count], on: date) -> tuple[tuple[date, float], ...]:
    days = sorted({count.day for count in counts if count.metric == metric and count.day <= on})
    of_metric = [count for count in counts if count.metric == metric]
    return tuple((day, so_far(of_metric, day)[metric]) for day in days)

"""Say whether ranges of a metric should be shifted or widened: only where that helps on quarters it was not fitted on.

The shift and the width are fitted on the earlier quarters and tried on the later ones, on log(1 + count). They are
earned where the interval score of the 80 % range and the median falls by more than twice its standard error, the range
holds no worse, and somebody would see the difference. Nothing is applied to forecasts here.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
import polars as pl

from fit.backtest.walk import METRICS, Walked
from fit.locale import _
from fit.text import words

FEWEST_OUTCOMES = 50  # of a metric; a width fitted on fewer follows luck
FEWEST_TRIED = 10  # in the later quarters, or their standard error says nothing
MISS = 0.2  # how often an 80 % range misses
LEAST_HALF = 1e-3  # of a range on logs, where all futures are alike
WIDEST, NARROWEST = 3.0, 1 / 3
SURE = 2.0  # standard errors; of six metrics that need none, one in eight times one passes by luck
LEAST_CHANGE = 0.05  # of results or ranges: less is not seen in whole percent and two digits


@dataclass(frozen=True)
class Recalibration:
    """One metric. shift: on log(1 + count); width: factor of the range. gain: mean fall of the score on the tried
    results, gain_error its standard error; held_before and held_after: shares of them inside the 80 % range."""

    metric: str
    count: int
    tried: int
    shift: float
    width: float
    gain: float
    gain_error: float
    held_before: float
    held_after: float

    @property
    def is_earned(self) -> bool:
        """Whether it helps out of sample, beyond luck, without holding worse, and changes something that is seen."""
        is_seen = max(abs(np.exp(self.shift) - 1), abs(self.width - 1)) >= LEAST_CHANGE
        is_no_worse = abs(self.held_after - (1 - MISS)) <= abs(self.held_before - (1 - MISS))
        return bool(is_seen) and self.gain > SURE * self.gain_error and is_no_worse

    @property
    def sentence(self) -> str:
        """What was tried, what it brought, and that it is earned or not."""
        earned = _(
            "{metric}: results times {factor} with ranges times {width} would help: on {tried} later results they "
            "hold {after} instead of {before}."
        )
        not_earned = _("{metric}: no correction is earned; on {tried} later results ranges held {before}.")
        text = earned if self.is_earned else not_earned
        return text.format(
            metric=words.capitalized(words.metric(self.metric)),
            factor=words.about(float(np.exp(self.shift))), width=words.about(self.width), tried=words.count(self.tried),
            before=words.percent(round(self.held_before, 2)), after=words.percent(round(self.held_after, 2)),
        )  # fmt: skip

    def as_json(self) -> dict[str, object]:
        """Plain values."""
        return vars(self) | {"earned": self.is_earned}


def recalibrations(walked: Walked) -> tuple[Recalibration, ...]:
    """What a correction of each metric with enough results would bring; none for metrics with too few."""
    found = (_tried(metric, walked.outcomes.filter(pl.col("metric") == metric)) for metric in METRICS)
    return tuple(one for one in found if one)


def _tried(metric: str, rows: pl.DataFrame) -> Recalibration | None:
    if rows.height < FEWEST_OUTCOMES:
        return None
    quarters = rows.sort("quarter")["quarter"].to_numpy()
    is_later = quarters > quarters[(len(quarters) - 1) // 2]  # whole quarters, at most half of the results
    table = rows.sort("quarter").select("actual", "p10", "p50", "p90").to_numpy()
    actual, low, middle, high = np.log1p(table).T
    if is_later.sum() < FEWEST_TRIED or (~is_later).sum() < FEWEST_TRIED:
        return None
    below, above = np.maximum(middle - low, LEAST_HALF), np.maximum(high - middle, LEAST_HALF)
    shift = float(np.median((actual - middle)[~is_later]))
    off = actual - middle - shift
    widths = np.where(off > 0, off / above, -off / below)[~is_later]
    width = float(np.clip(np.quantile(widths, 1 - MISS), NARROWEST, WIDEST))
    before = _Ranges(low, middle, high)
    after = _Ranges(middle + shift - width * below, middle + shift, middle + shift + width * above)
    gain = (before.scores(actual) - after.scores(actual))[is_later]
    return Recalibration(
        metric, rows.height, int(is_later.sum()), shift, width, float(gain.mean()),
        float(gain.std(ddof=1)) / sqrt(len(gain)), before.held(actual, is_later), after.held(actual, is_later),
    )  # fmt: skip


@dataclass(frozen=True)
class _Ranges:
    """P10, P50 and P90 of each forecast on log(1 + count), each (results,)."""

    low: np.ndarray
    middle: np.ndarray
    high: np.ndarray

    def scores(self, actual: np.ndarray) -> np.ndarray:
        """The weighted interval score of the median and the 80 % range, as fit/backtest/scores.py has it."""
        outside = np.maximum(self.low - actual, 0) + np.maximum(actual - self.high, 0)
        total = np.abs(actual - self.middle) / 2 + MISS / 2 * (self.high - self.low) + outside
        return np.asarray(total / 1.5)

    def held(self, actual: np.ndarray, of: np.ndarray) -> float:
        """The share of some results inside, ends included."""
        return float(((actual >= self.low) & (actual <= self.high))[of].mean())

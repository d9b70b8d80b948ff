"""Say whether forecasts of a metric should be shifted or widened: only where it helps on quarters not used to fit it.

Shift and spread are fitted on the earlier quarters, on log(1 + count), and tried on the later ones: first on the ranges
that were said, then, where that promises a gain, by forecasting the later quarters anew with the correction. They are
earned where the interval score falls by more than twice its standard error, the range holds no worse, and somebody
would see the difference.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import sqrt

import numpy as np
import polars as pl

from fit.backtest.known_before import Facts, judged
from fit.backtest.walk import METRICS, Progress, Walked, quarter_number, walk_forward
from fit.forecast import Correction, StoredBasis, rows_of_corrections
from fit.locale import _
from fit.text import words

FEWEST_OUTCOMES = 50  # of a metric; a width fitted on fewer follows luck
FEWEST_TRIED = 10  # in the later quarters, or their standard error says nothing
MISS = 0.2  # how often an 80 % range misses
Z_80 = 1.2816
LEAST_HALF = 1e-3  # of a range on logs, where all futures are alike
WIDEST = 3.0
SURE = 2.0  # standard errors; of six metrics that need none, one in eight times one passes by luck
LEAST_CHANGE = 0.05  # of results or ranges: less is not seen in whole percent and two digits
OF_MEDIAN = 1.2533  # standard error of a median over that of a mean


@dataclass(frozen=True)
class Recalibration:
    """One metric. shift: on its log; extra_sd: of its log, what results spread more by; width: of its ranges on logs,
    after over before in the mean. since: first quarter that it was tried on. gain: mean fall of the score on the tried
    results, gain_error its standard error; held_before, held_after: shares of them inside the 80 % range, ends
    included."""

    metric: str
    count: int
    tried: int
    since: str
    shift: float
    extra_sd: float
    width: float
    gain: float
    gain_error: float
    held_before: float
    held_after: float

    @property
    def is_earned(self) -> bool:
        """Whether it helps out of sample, beyond luck, without holding worse, and changes something that is seen."""
        is_no_worse = abs(self.held_after - (1 - MISS)) <= abs(self.held_before - (1 - MISS))
        is_some = self.shift != 0 or self.extra_sd > 0
        return is_some and self.gain > SURE * self.gain_error and is_no_worse

    @property
    def correction(self) -> Correction:
        """What forecasts are changed by: nothing where it is not earned."""
        if self.is_earned:
            changed = (self.shift, self.extra_sd, self.width, self.tried, self.held_before, self.held_after)
        else:
            changed = (0.0, 0.0, 1.0, self.tried, self.held_before, self.held_before)
        return Correction(self.metric, *changed)

    @property
    def sentence(self) -> str:
        """What was tried, what it brought, and that it is earned or not."""
        earned = _("{metric}: {changed} would help: on {tried} later results ranges hold {after} instead of {before}.")
        not_earned = _("{metric}: a correction would not help; ranges held {before} of {tried} later results.")
        text = earned if self.is_earned else not_earned
        moved = _("forecasts times {factor}").format(factor=words.about(float(np.exp(self.shift)), 2))
        wider = _("ranges {part} wider").format(part=words.percent(round(self.width, 2) - 1))
        changed = [*([moved] if self.shift else []), *([wider] if self.correction.is_wider else [])]
        return text.format(
            metric=words.capitalized(words.metric(self.metric)),
            changed=words.listing(changed), tried=words.count(self.tried),
            before=words.percent(round(self.held_before, 2)), after=words.percent(round(self.held_after, 2)),
        )  # fmt: skip

    def as_json(self) -> dict[str, object]:
        """Plain values."""
        return vars(self) | {"earned": self.is_earned}


def recalibrations(walked: Walked) -> tuple[Recalibration, ...]:
    """What a correction of each metric with enough results promises; none for metrics with too few."""
    found = (_promised(metric, walked.outcomes.filter(pl.col("metric") == metric)) for metric in METRICS)
    return tuple(recalibration for recalibration in found if recalibration)


def tried_recalibrations(
    facts: Facts,
    walked: Walked,
    progress: Progress = lambda part, quarter: None,
    judge: Callable[[Facts], StoredBasis] = judged,
) -> tuple[Recalibration, ...]:
    """The same, each that promises a gain tried by forecasting the later quarters anew with all of them in.

    judge: as in walk_forward(). One that fails is left out, and the others are tried again.
    """
    found = recalibrations(walked)
    while promising := {recalibration.metric for recalibration in found if recalibration.is_earned}:
        rows = rows_of_corrections(recalibration.correction for recalibration in found)

        def with_corrections(known: Facts, rows: pl.DataFrame = rows) -> StoredBasis:
            stored = judge(known)
            return replace(stored, field_facts=pl.concat([stored.field_facts, rows]))

        since = min(recalibration.since for recalibration in found if recalibration.metric in promising)
        again = walk_forward(facts, quarter_number(since), progress, with_corrections)
        found = tuple(
            _tried(recalibration, walked, again) if recalibration.metric in promising else recalibration
            for recalibration in found
        )
        if promising == {recalibration.metric for recalibration in found if recalibration.is_earned}:
            break
    return found


def _tried(recalibration: Recalibration, before: Walked, after: Walked) -> Recalibration:
    """A recalibration with what it brought when the later quarters were forecast anew."""
    is_own = (pl.col("metric") == recalibration.metric) & (pl.col("quarter") >= recalibration.since)
    names = ("campaign_key", "actual", "p10", "p90", "wis")
    rows = before.outcomes.filter(is_own).select(names)
    both = rows.join(after.outcomes.filter(is_own).select(names), on="campaign_key", suffix="_after")
    gain = (both["wis"] - both["wis_after"]).to_numpy()
    log_range = (pl.col("p90") + 1).log() - (pl.col("p10") + 1).log()
    wide = (frame.filter(is_own).select(log_range.sum()).item() for frame in (after.outcomes, before.outcomes))
    held = (both.select(pl.col("actual").is_between(f"p10{of}", f"p90{of}").mean()).item() for of in ("", "_after"))
    return replace(
        recalibration,
        tried=both.height,
        width=max(1.0, next(wide) / max(next(wide), LEAST_HALF)),
        gain=float(gain.mean()),
        gain_error=float(gain.std(ddof=1)) / sqrt(len(gain)),
        held_before=next(held),
        held_after=next(held),
    )


def _promised(metric: str, rows: pl.DataFrame) -> Recalibration | None:
    if rows.height < FEWEST_OUTCOMES:
        return None
    quarters = rows.sort("quarter")["quarter"].to_numpy()
    is_later = quarters > quarters[(len(quarters) - 1) // 2]  # whole quarters, at most half of the results
    table = rows.sort("quarter").select("actual", "p10", "p50", "p90").to_numpy()
    actual, low, middle, high = np.log1p(table).T
    if is_later.sum() < FEWEST_TRIED or (~is_later).sum() < FEWEST_TRIED:
        return None
    below, above = np.maximum(middle - low, LEAST_HALF), np.maximum(high - middle, LEAST_HALF)
    miss = (actual - middle)[~is_later]
    shift = float(np.median(miss))
    if abs(shift) <= SURE * OF_MEDIAN * float(miss.std()) / sqrt(len(miss)) or abs(np.expm1(shift)) < LEAST_CHANGE:
        shift = 0.0
    off = actual - middle - shift
    half = np.where(off > 0, above, below)
    # What must be added to the variance of logs for 80 % of the earlier results to lie inside.
    lacking = float(np.quantile((np.abs(off) ** 2 - half**2)[~is_later], 1 - MISS))
    most = (WIDEST**2 - 1) * float(np.mean(half**2))
    extra = sqrt(min(max(lacking, 0.0), most)) / Z_80
    if np.hypot(below + above, 2 * Z_80 * extra).sum() < (1 + LEAST_CHANGE) * (below + above).sum():
        extra = 0.0
    before = _Ranges(low, middle, high)
    wider = [np.hypot(side, Z_80 * extra) for side in (below, above)]
    after = _Ranges(middle + shift - wider[0], middle + shift, middle + shift + wider[1])
    gain = (before.scores(actual) - after.scores(actual))[is_later]
    width = float((wider[0] + wider[1])[is_later].sum() / (below + above)[is_later].sum())
    return Recalibration(
        metric, rows.height, int(is_later.sum()), str(quarters[is_later][0]), shift, extra, width, float(gain.mean()),
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

"""Judge one stage: fit its benchmark, geography, drift and spread, and give every campaign its expected events.

Benchmark, geography, drift and spread of one stage are learned here from the field's own campaigns, on a sample of
whole creators where the field is large; then every campaign gets its expected events.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from fit.model import benchmark as bench
from fit.model import strength
from fit.model.effects import Effects
from fit.model.geography import ShareFactor, click_factor, convert_factor, log_variance
from fit.model.observations import Arranged, Measured
from fit.model.strength import GUESSES

# Clicks per impression outside the market against inside: about .6. Purchases per click: no public data know it, so
# every field learns its own from a weak guess. (Values tried; middle and sd of the log.)
OUT_CLICK = ((0.3, 0.45, 0.6, 0.8, 1.0), float(np.log(0.6)), 0.3)
OUT_CONVERT = ((0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 1.0), float(np.log(0.07)), 1.2)
OUT_CONVERT_OFFSET = 0.02  # the guess is about log(kV + .02): below .02 nobody can tell the difference
DRIFT_IN_PAIR = 1 / 3  # two campaigns aged a and b drifted |a-b| apart, on average this part of a + b

everywhere = np.ones_like  # engagement does not depend on where the audience lives


@dataclass(frozen=True)
class StageFit:
    """What a field teaches of one stage, whoever the creator; the words are those of StageModel."""

    benchmark: bench.Benchmark
    spreads: dict[str, float]
    spread: strength.Spread
    drift: float


@dataclass(frozen=True)
class StageModel:
    """One stage, judged.

    spreads: of the benchmark's factors, learned; of_share: what the in-market share does to the rate; record: what
    strength reads, for all campaigns.
    """

    measured: Measured
    benchmark: bench.Benchmark
    spreads: dict[str, float]
    spread: strength.Spread
    drift: float
    of_share: ShareFactor
    record: strength.StrengthRecord

    @property
    def fit(self) -> StageFit:
        """What the field has learned, without its campaigns."""
        return StageFit(self.benchmark, self.spreads, self.spread, self.drift)

    @property
    def creators(self) -> np.ndarray:
        """The creators that the stage measured, as int index."""
        return self.record.creator[self.record.starts]

    def evidence(self, log_rate: np.ndarray) -> np.ndarray:
        """What each campaign adds today, in events' worth, given the log lambda of each campaign's creator."""
        return self._weight(log_rate) * self._proves(log_rate)

    def posterior(self) -> tuple[np.ndarray, np.ndarray]:
        """Mean and variance of log lambda of the measured creators, judged by this stage alone."""
        count, level = len(self.creators), self.spread.level
        weight = self._weight(np.full(len(self.record.creator), level))
        prior = np.full(count, level), np.full(count, self.spread.tau**2)
        return strength.posterior(self.record, self.spread.caps(self.record), weight, *prior)

    def centred(self, level: float) -> StageModel:
        """Move the field's typical creator to 100: its log level becomes part of the base rate."""
        factor = float(np.exp(level))
        return replace(
            self,
            benchmark=replace(self.benchmark, base=self.benchmark.base * factor),
            record=replace(self.record, expected=self.record.expected * factor),
        )

    def _proves(self, log_rate: np.ndarray) -> np.ndarray:
        return strength.information(self.record, self.spread.caps(self.record), log_rate)

    def _weight(self, log_rate: np.ndarray) -> np.ndarray:
        return strength.present_weight(self.record, self._proves(log_rate), self.drift)


def judge_stage(measured: Measured, of_share: ShareFactor, drift: float) -> StageModel:
    """Fit benchmark and spread on a sample of whole creators, then apply them to all."""
    chosen = measured.take(strength.sample(measured.creator))
    fitted, effects = _fit(chosen, of_share)
    spread, _ = strength.fit_spread(_record(chosen, fitted, of_share, drift), GUESSES[measured.name])
    return apply_stage(StageFit(fitted, effects.spreads, spread, drift), measured, of_share)


def apply_stage(fit: StageFit, measured: Measured, of_share: ShareFactor) -> StageModel:
    """Give every campaign its expected events by what a field has learned; measured: of any of its creators."""
    record = _record(measured, fit.benchmark, of_share, 0.0)
    return StageModel(measured.after_judging(), fit.benchmark, fit.spreads, fit.spread, fit.drift, of_share, record)


def learn_drift(engage: Measured, click: Measured, clicks_of_share: ShareFactor) -> float:
    """Learn d2 of the field from the two stages with many events; conversions are too few to tell drift from luck."""
    records = []
    for measured, of_share in ((engage, everywhere), (click, clicks_of_share)):
        chosen = measured.take(strength.sample(measured.creator))
        records.append(_record(chosen, _fit(chosen, of_share)[0], of_share, 0.0))
    return strength.drift_per_quarter(records)


def learn_out_click(measured: Measured) -> float:
    """Learn kC: clicks per impression outside the market against inside."""
    return _average(measured, OUT_CLICK, 0.0, lambda k: partial(click_factor, out_click=k))


def learn_out_convert(measured: Measured, out_click: float) -> float:
    """Learn kV: conversions per click outside the market against inside."""
    return _average(
        measured, OUT_CONVERT, OUT_CONVERT_OFFSET, lambda k: partial(convert_factor, out_click=out_click, out_convert=k)
    )


def expected_click_rate(click: StageModel, arranged: Arranged) -> tuple[np.ndarray, np.ndarray]:
    """Compute the clicks per impression to expect of every campaign of the field, and the variance of the log.

    For campaigns that did not track clicks: benchmark, audience and what other campaigns say of the creator.
    """
    count = int(arranged.counts("creator").max(initial=-1)) + 1
    mean, variance = np.full(count, click.spread.level), np.full(count, click.spread.tau**2)
    mean[click.creators], variance[click.creators] = click.posterior()
    creator = arranged.counts("creator")
    rate = click.benchmark.rate(arranged.factors) * click.of_share(arranged.floats("share"))
    limited = np.clip(mean + variance / 2, -strength.LARGEST_LOG, strength.LARGEST_LOG)
    return rate * np.exp(limited)[creator], variance[creator] + 1 / click.spread.cap


def _fit(measured: Measured, of_share: ShareFactor, start: Effects | None = None) -> tuple[bench.Benchmark, Effects]:
    """The benchmark of a stage, and the effects that a similar fit may begin from."""
    events, exposure = measured.count_events.astype(float), measured.trials * of_share(measured.share)
    return bench.fit_benchmark(exposure, events, measured.factors, measured.creator, measured.band, start)


def _record(
    measured: Measured, fitted: bench.Benchmark, of_share: ShareFactor, drift: float
) -> strength.StrengthRecord:
    """What strength reads: events, expected events and how much each campaign leaves open."""
    expected = measured.trials * fitted.rate(measured.factors) * of_share(measured.share)
    audience = log_variance(of_share, measured.share, measured.low, measured.high)
    return strength.StrengthRecord(
        creator=measured.creator,
        events=measured.count_events.astype(float),
        expected=np.maximum(expected, strength.SMALLEST_EXPECTED),
        open_variance=measured.open_variance + audience + drift * measured.age * DRIFT_IN_PAIR,
        age=measured.age,
    )


def _average(
    measured: Measured,
    guess: tuple[tuple[float, ...], float, float],
    offset: float,
    of_share: Callable[[float], ShareFactor],
) -> float:
    """Estimate a constant of geography by profile marginal likelihood.

    The stage is refitted at every value tried; the values are averaged by likelihood times prior.
    """
    values, middle, sd = guess
    chosen = measured.take(strength.sample(measured.creator, strength.FIT_CAMPAIGNS // 2))
    heights: list[float] = []
    spread: strength.Spread | None = None
    effects: Effects | None = None
    for value in values:
        fitted, effects = _fit(chosen, of_share(value), effects)
        record = _record(chosen, fitted, of_share(value), 0.0)
        spread, height = strength.fit_spread(record, GUESSES[measured.name], spread, steps=(0.2, 0.1))
        heights.append(height - 0.5 * ((np.log(value + offset) - middle) / sd) ** 2)
    weight = np.exp(np.array(heights) - max(heights))
    return float((weight * np.array(values)).sum() / weight.sum())

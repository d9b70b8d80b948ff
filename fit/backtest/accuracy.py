"""Say how good past forecasts were: results inside the likely range, chances that came true, better than a raw rate.

One object gives the sentence, the document and what the page draws.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import polars as pl

from fit.backtest.known_before import Facts
from fit.backtest.recalibration import Recalibration, tried_recalibrations
from fit.backtest.walk import METRICS, Progress, Walked, walk_forward
from fit.forecast import Correction
from fit.locale import _
from fit.text import words

LOW, HIGH = 0.1, 0.9  # the ends of an 80 % range
Z_95 = 1.96


@dataclass(frozen=True)
class Held:
    """How often the 80 % range held count results, the share above the median forecast, and where results fell in the
    mean (0.5: neither low nor high)."""

    count: int
    share: float
    above: float
    middle: float

    @property
    def interval(self) -> tuple[float, float]:
        """95 % interval of the share (Wilson 1927)."""
        squared = Z_95**2
        middle = (self.share + squared / (2 * self.count)) / (1 + squared / self.count)
        spread = self.share * (1 - self.share) / self.count + squared / (4 * self.count**2)
        half = Z_95 / (1 + squared / self.count) * sqrt(spread)
        return max(0.0, middle - half), min(1.0, middle + half)

    @property
    def middle_interval(self) -> tuple[float, float]:
        """95 % interval of where results fell; of an even spread over 0 to 1 the sd is the root of 1/12."""
        half = Z_95 / sqrt(12 * self.count)
        return self.middle - half, self.middle + half


@dataclass(frozen=True)
class MetricAccuracy:
    """One metric. platforms: the same by platform. wis_against_*: our score over the rival's, below 1 is better, over
    the count_* results that the rival could forecast; None without any. pit: share of results in each tenth."""

    metric: str
    held: Held
    platforms: dict[str, Held]
    wis_against_raw: float | None
    count_raw: int
    wis_against_field: float | None
    count_field: int
    pit: tuple[float, ...]

    def as_json(self) -> dict[str, object]:
        """Plain values."""
        low, high = self.held.interval
        return {
            "count": self.held.count,
            "held_80": self.held.share,
            "held_80_low": low,
            "held_80_high": high,
            "mean_pit": self.held.middle,
            "wis_against_raw": self.wis_against_raw,
            "count_raw": self.count_raw,
            "wis_against_field": self.wis_against_field,
            "count_field": self.count_field,
            "pit": list(self.pit),
            "platforms": {name: {"count": held.count, "held_80": held.share} for name, held in self.platforms.items()},
        }


@dataclass(frozen=True)
class Decile:
    """Of count targets with a chance in one tenth, the mean chance said and how many were hit; None without any."""

    stated: float | None
    happened: float | None
    count: int


@dataclass(frozen=True)
class Accuracy:
    """How good past forecasts were. recalibrations: what correcting each metric with enough results would bring."""

    walked: Walked
    count_campaigns: int
    overall: Held
    metrics: tuple[MetricAccuracy, ...]
    p_hit_by_decile: tuple[Decile, ...]
    recalibrations: tuple[Recalibration, ...] = ()

    @property
    def because(self) -> str:
        """The answer in two sentences."""
        return " ".join(self.sentences)

    @property
    def sentences(self) -> list[str]:
        """How often the likely range held, and whether a raw rate would have done as well."""
        text = _(
            "{share} of {results} results from {campaigns} fell inside the likely range forecast before "
            "their quarter (should be 80 %)."
        )
        sentences = [
            text.format(
                share=words.percent(round(self.overall.share, 2)),
                results=words.count(self.overall.count),
                campaigns=words.counted(self.count_campaigns, "past campaign", "past campaigns"),
            )
        ]
        compared = {one.metric: one.wis_against_raw for one in self.metrics if one.wis_against_raw is not None}
        if compared:
            better = [words.metric(metric) for metric, ratio in compared.items() if ratio < 1]
            text = _("Forecasts were closer than the creator's own past rate for {count} of {all} metrics{named}.")
            named = f" ({words.listing(better)})" if 0 < len(better) < len(compared) else ""
            sentences.append(text.format(count=len(better), all=len(compared), named=named))
        return sentences

    @property
    def earned(self) -> tuple[Correction, ...]:
        """What to apply: a correction for each metric that was tried, () where none is earned."""
        is_any = any(one.is_earned for one in self.recalibrations)
        return tuple(one.correction for one in self.recalibrations) if is_any else ()

    @property
    def counts(self) -> tuple[int, int]:
        """How many results the likely ranges held, and of how many."""
        return round(self.overall.share * self.overall.count), self.overall.count

    def as_json(self) -> dict[str, object]:
        """The document of `backtest --json`, without the health card."""
        return {
            "quarters": list(self.walked.quarters),
            "count_campaigns": self.count_campaigns,
            "metrics": {entry.metric: entry.as_json() for entry in self.metrics},
            "p_hit_by_decile": [vars(decile) for decile in self.p_hit_by_decile],
            "recalibration": [entry.as_json() for entry in self.recalibrations],
            "because": self.because,
        }


def accuracy_line(held: int, count: int) -> str:
    """How often the likely range held, as one line beside a list or in a document."""
    text = _("Checked on your past campaigns: 80 % ranges held {held} of {count} results.")
    return text.format(held=words.count(held), count=words.count(count))


def back_test(facts: Facts, since: int | None = None, progress: Progress = lambda part, quarter: None) -> Accuracy:
    """Walk forward through the past, try corrections where they promise a gain, and sum up. Raises TooFewCampaigns."""
    walked = walk_forward(facts, since, progress)
    return accuracy_of(walked, tried_recalibrations(facts, walked, progress))


def accuracy_of(walked: Walked, recalibrations: tuple[Recalibration, ...] = ()) -> Accuracy:
    """Sum up what was said and the results."""
    by_metric = {metric: walked.outcomes.filter(pl.col("metric") == metric) for metric in METRICS}
    return Accuracy(
        walked,
        walked.outcomes["campaign_key"].n_unique(),
        _held(walked.outcomes),
        tuple(_accuracy(metric, rows) for metric, rows in by_metric.items() if rows.height),
        _deciles(walked.tried),
        recalibrations,
    )


def _held(rows: pl.DataFrame) -> Held:
    held, above = pl.col("pit").is_between(LOW, HIGH), pl.col("pit") > 0.5
    return Held(rows.height, *(_mean(rows.select(of)) for of in (held, above, pl.col("pit"))))


def _accuracy(metric: str, rows: pl.DataFrame) -> MetricAccuracy:
    tenth = (10 * pl.col("pit")).floor().clip(0, 9)
    by_platform = rows.partition_by("platform", as_dict=True)
    platforms = {str(name): _held(part) for (name,), part in by_platform.items() if name is not None}
    return MetricAccuracy(
        metric,
        _held(rows),
        dict(sorted(platforms.items())),
        *_against(rows, "wis_raw"),
        *_against(rows, "wis_field"),
        tuple(_mean(rows.select(tenth == number)) for number in range(10)),
    )


def _against(rows: pl.DataFrame, rival: str) -> tuple[float | None, int]:
    """Our mean score over the rival's, and over how many results; None where there is none, or nothing to beat."""
    both = rows.filter(pl.col(rival).is_not_null())
    ours, theirs = _mean(both.select("wis")), _mean(both.select(rival))
    return (ours / theirs if both.height and theirs > 0 else None), both.height


def _deciles(tried: pl.DataFrame) -> tuple[Decile, ...]:
    tenth = (10 * pl.col("said")).floor().clip(0, 9)
    return tuple(_decile(tried.filter(tenth == number)) for number in range(10))


def _decile(tried: pl.DataFrame) -> Decile:
    if tried.is_empty():
        return Decile(None, None, 0)
    return Decile(_mean(tried.select("said")), _mean(tried.select("hit")), tried.height)


def _mean(values: pl.DataFrame) -> float:
    """The mean of the only column; 0 of none."""
    mean = values.to_series().cast(pl.Float64).mean()
    return mean if isinstance(mean, float) else 0.0

"""Correct forecasts by what past results earned: a shift of a metric, and a spread that its ranges lacked.

A correction is fitted and tried by the back-test (fit/backtest/recalibration.py), stored among the field's numbers when
somebody applies it, and acts here alone: the rates, views and luck that forecasts are drawn from are changed, so every
list, plan, price and charter says the same. Indices, benchmarks and usual prices stay as they were judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
import polars as pl

from fit.locale import _
from fit.text import words

PREFIX = "correction"
# What a metric is counted from: a click is of an impression, so clicks spread at least as impressions do.
COUNTED_FROM = {
    "impressions": "", "reach": "impressions", "engagements": "impressions", "clicks": "impressions",
    "conversions": "clicks", "revenue": "conversions",
}  # fmt: skip
RATES = {"engage": "engagements", "click": "clicks", "convert": "conversions"}


@dataclass(frozen=True)
class Correction:
    """One metric. shift: added to its log; extra_sd: of the log, what its results spread more by; width: how much wider
    its ranges became on logs in the mean (1: not). tried: later results; held_before, held_after: shares of them inside
    the 80 % range. Without shift and spread it says that the metric was tried and keeps its middle.
    """

    metric: str
    shift: float
    extra_sd: float
    width: float
    tried: float
    held_before: float
    held_after: float

    @property
    def changes(self) -> bool:
        """Whether it changes anything."""
        return self.shift != 0 or self.extra_sd > 0

    @property
    def is_wider(self) -> bool:
        """Whether its ranges are wider by a percent at least: a cap can take the extra spread away."""
        return self.extra_sd > 0 and round(self.width, 2) > 1


FIGURES = tuple(figure.name for figure in fields(Correction) if figure.name != "metric")


def rows_of_corrections(corrections: Iterable[Correction]) -> pl.DataFrame:
    """The corrections as rows of the table field_facts."""
    rows = [
        (
            f"{PREFIX}_{name}_{correction.metric}",
            float(getattr(correction, name)),
            f"correction of forecasts of {correction.metric}: {name}",
        )
        for correction in corrections
        for name in FIGURES
    ]
    return pl.DataFrame(rows, {"name": pl.String, "value": pl.Float64, "meaning": pl.String}, orient="row")


def corrections_in(facts: Mapping[str, float]) -> tuple[Correction, ...]:
    """What stands among the field's numbers, by name, of every metric that was tried; () where nobody applied any."""
    return tuple(
        Correction(metric, *(facts[f"{PREFIX}_{name}_{metric}"] for name in FIGURES))
        for metric in COUNTED_FROM
        if f"{PREFIX}_shift_{metric}" in facts
    )


def changes_in(facts: Mapping[str, float]) -> tuple[Correction, ...]:
    """Those of them that change something."""
    return tuple(correction for correction in corrections_in(facts) if correction.changes)


def corrected_facts(facts: Mapping[str, float]) -> dict[str, float]:
    """The field's numbers as forecasts take them, with the corrections in.

    Beside the changed base rates, caps and spreads of luck: view_shift, frequency_shift and order_shift, to add to the
    log of impressions, of impressions per person and of an order's value, and order_sd. A metric that was tried and
    earned nothing keeps its middle whatever is done to what it is counted from; one that had too few results to be
    tried follows that. A rate has a mean of its own luck, so a spread raises it by exp(variance / 2): the middle stays
    where it was.
    """
    changed = dict(facts) | dict.fromkeys(("view_shift", "frequency_shift", "order_shift", "order_sd"), 0.0)
    by_metric = {correction.metric: correction for correction in corrections_in(facts)}
    if not by_metric:
        return changed
    shift, variance = {"": 0.0}, {"": 0.0}
    for metric, source in COUNTED_FROM.items():
        correction = by_metric.get(metric)
        shift[metric] = correction.shift if correction else shift[source]
        variance[metric] = max(variance[source], correction.extra_sd**2 if correction else 0.0)
    own_shift = {metric: shift[metric] - shift[source] for metric, source in COUNTED_FROM.items()}
    own_variance = {metric: variance[metric] - variance[source] for metric, source in COUNTED_FROM.items()}
    for stage, metric in RATES.items():
        changed[f"base_{stage}"] *= float(np.exp(own_shift[metric] + own_variance[metric] / 2))
        changed[f"k_{stage}"] = 1 / (1 / facts[f"k_{stage}"] + own_variance[metric])
    changed["view_campaign_sd"] = float(np.sqrt(facts["view_campaign_sd"] ** 2 + own_variance["impressions"]))
    changed["frequency_campaign_sd"] = float(np.sqrt(facts["frequency_campaign_sd"] ** 2 + own_variance["reach"]))
    more = {"view_shift": own_shift["impressions"], "frequency_shift": -own_shift["reach"]}
    return changed | more | {"order_shift": own_shift["revenue"], "order_sd": float(np.sqrt(own_variance["revenue"]))}


def corrections_of(corrections: Sequence[Correction], metric: str) -> tuple[Correction, ...]:
    """What changes the forecast of one metric: its own correction or, where it was never tried, that of what it is
    counted from, and the spread of all that it is counted from."""
    of_metric = {correction.metric: correction for correction in corrections}
    applied: list[Correction] = []
    source, is_moved = metric.removeprefix("in_market_"), True
    while source:
        if correction := of_metric.get(source):
            applied.append(correction if is_moved else replace(correction, shift=0.0))
            is_moved = False
        source = COUNTED_FROM[source]
    return tuple(correction for correction in reversed(applied) if correction.changes)


def correction_of(facts: Mapping[str, float], metric: str) -> str:
    """What was corrected of one metric and why; "" where nothing was. facts: the field's numbers by name."""
    return correction_sentence(corrections_of(corrections_in(facts), metric))


def correction_sentence(corrections: Sequence[Correction]) -> str:
    """What was corrected and why, in up to three sentences; "" without any."""
    wider = [
        _("{metric} by {part}").format(
            metric=words.metric(correction.metric), part=words.percent(round(correction.width, 2) - 1)
        )
        for correction in corrections
        if correction.is_wider
    ]
    raised = _("Forecasts of {metric} are raised by {part}, because past results were higher.")
    lowered = _("Forecasts of {metric} are lowered by {part}, because past results were lower.")
    moved = [
        (raised if correction.shift > 0 else lowered).format(
            metric=words.metric(correction.metric),
            part=words.percent(round(abs(float(np.expm1(correction.shift))), 2)),
        )
        for correction in corrections
        if correction.shift
    ]
    text = _("Ranges are wider ({metrics}), because past results fell outside more often.")
    return " ".join([*([text.format(metrics=words.listing(wider))] if wider else []), *moved])


def correction_note(corrections: Sequence[Correction]) -> str:
    """What was corrected, as short as a footnote: "Corrected by past results: purchases -20 %, range of clicks +20 %";
    "" without any, no stop at the end."""
    moved = [
        f"{words.metric(correction.metric)} {words.difference(100 * float(np.exp(correction.shift)))}"
        for correction in corrections
        if correction.shift
    ]
    ranges = _("range of {metric} {part}")
    wider = [
        ranges.format(metric=words.metric(correction.metric), part=words.difference(100 * correction.width))
        for correction in corrections
        if correction.is_wider
    ]
    if not moved + wider:
        return ""
    return _("Corrected by past results: {changes}").format(changes=", ".join(moved + wider))

"""Forecast one brief line: its summary, the chance of each target and what a sale costs."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from fit.ask import Ask
from fit.brief import BriefError
from fit.forecast.correction import Correction, changes_in
from fit.forecast.inputs import ForecastInputs, inputs_of, unmeasured_kinds, usual_currency
from fit.forecast.prices import shown_currency
from fit.forecast.simulate import (
    FORECAST_METRICS,
    QUANTILES,
    cost_per_expected_sale,
    draw,
    exact_means,
    of_brief,
    p_hit,
    summarise,
)
from fit.forecast.stored_basis import FitBasis, StoredBasis
from fit.locale import _
from fit.metrics import METRICS as LIBRARY
from fit.metrics import UnknownMetric
from fit.metrics import metric as library_metric
from fit.text import shortened

TARGETS = tuple(one.name for one in LIBRARY.values() if one.is_forecast)
DOTS = 20  # futures that are drawn: few enough to count at a glance, many enough for steps of 5 %


@dataclass(frozen=True)
class Target:
    """A promised line and its chance: p_hit 0 to 1, None where the metric cannot be known."""

    metric: str
    target: float
    p_hit: float | None


@dataclass(frozen=True)
class LineForecast:
    """The forecast of one brief line.

    metrics: name to mean, p10, p50, p90 and p_zero (None where it cannot be known). inputs: what futures are drawn
    from, for more of them. futures: the drawn values behind the metrics, name to (draws,), for plots that count them.
    unmeasured: kinds that no campaign has shown. corrections: what changed it by what past results earned.
    """

    metrics: dict[str, dict[str, float | None]]
    targets: tuple[Target, ...]
    cost_per_expected_sale: float | None
    currency: str | None
    inputs: ForecastInputs = field(repr=False, compare=False)
    futures: dict[str, np.ndarray] = field(repr=False, default_factory=dict)
    unmeasured: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()

    def as_json(self) -> dict[str, object]:
        """The document of `forecast --json`."""
        corrected = {"corrections": [vars(correction) for correction in self.corrections]} if self.corrections else {}
        return corrected | {
            "metrics": self.metrics,
            "targets": [vars(target) for target in self.targets],
            "cost_per_expected_sale": self.cost_per_expected_sale,
            "currency": self.currency,
            "unmeasured_kinds": list(self.unmeasured),
        }


LARGEST_TARGET = 1e15  # what counts are limited to everywhere


def parse_target(text: str) -> tuple[str, float]:
    """Read "clicks=500" or "cpa=20". Raises BriefError for an unknown metric or a value below 0 or beyond 1e15."""
    name, value = (*text.split("=", 1), "")[:2]
    try:
        metric = library_metric(name).name
    except UnknownMetric:
        metric = ""
    if metric not in TARGETS:
        raise BriefError(
            _("{name!r} is no metric of a forecast. Choose one of {metrics}.").format(
                name=shortened(name), metrics=", ".join(TARGETS)
            )
        )
    try:
        target = float(value)
    except ValueError:
        target = -1.0
    if not 0 <= target < LARGEST_TARGET:
        sentence = _("The target of {metric} is {value!r}; a number from 0 to 1e15 is needed, for example {metric}=5.")
        raise BriefError(sentence.format(metric=metric, value=shortened(value)))
    return metric, target


def read_stored(ask: Ask, creators: Sequence[str] | None = None) -> StoredBasis:
    """Read what a forecast needs from a generation, for some creators or (None) for all."""
    ids = None if creators is None else list(creators)
    return StoredBasis(
        creators=ask("judge_creators", creators=ids),
        audience=ask("judge_audience", creators=ids),
        audience_sets=ask("judge_audience_sets", creators=ids),
        strengths=ask("strengths", creators=ids),
        natural_roles=ask("natural_roles", creators=ids),
        payoff_parts=ask("payoff_parts", creators=ids),
        benchmark_levels=ask("benchmark_levels"),
        benchmark_errors=ask("benchmark_errors"),
        field_facts=ask("field_facts"),
        market_prices=ask("market_prices"),
        view_rates=ask("view_rates", creators=ids),
        price_rates=ask("price_rates", creators=ids),
        frequencies=ask("frequencies"),
        order_values=ask("order_values"),
        audience_mix=ask("audience_mix"),
        measured_levels=ask("measured_levels", creators=ids),
        own_order_values=ask("own_order_values", creators=ids),
    )


def field_basis(ask: Ask, measured_levels: pl.DataFrame) -> FitBasis:
    """Read what is typical. measured_levels: answer to queries/measured_levels.sql of the creators in question."""
    return FitBasis(
        benchmark_levels=ask("benchmark_levels"),
        benchmark_errors=ask("benchmark_errors"),
        field_facts=ask("field_facts"),
        measured_levels=measured_levels,
    )


def inputs_of_lines(known: StoredBasis, lines: pl.DataFrame) -> tuple[ForecastInputs, str | None]:
    """What the lines of one creator are drawn from, and their currency; what they leave open is filled from the store.

    lines: rows with the columns of fit/forecast/brief_lines.py, in one currency.
    """
    currency = lines["currency"][0] or usual_currency(known)
    usual = known.payoff_parts["deliverable"].first()
    filled = lines.with_columns(
        currency=pl.lit(currency, pl.String), deliverable=pl.coalesce("deliverable", pl.lit(usual, pl.String))
    )
    return inputs_of(filled, known), currency


def forecast_line(ask: Ask, line: pl.DataFrame, targets: Sequence[tuple[str, float]] = ()) -> LineForecast:
    """Forecast one brief line.

    line: one row with the columns of fit/forecast/brief_lines.py; its creator must be known to the store. targets:
    (metric of TARGETS, value). The same line and store give the same futures.
    """
    stored = read_stored(ask, line["creator_id"].to_list())
    inputs, currency = inputs_of_lines(stored, line)
    futures = of_brief(draw(inputs))
    exact = {name: float(values[0]) for name, values in exact_means(inputs).items() if not np.isnan(values[0])}
    metrics = {metric: _summary(futures.get(metric), exact.get(metric)) for metric in FORECAST_METRICS}
    return LineForecast(
        metrics,
        tuple(Target(metric, target, p_hit(futures, metric, target)) for metric, target in targets),
        cost_per_expected_sale(metrics["conversions"]["mean"], float(inputs.cost[0])),
        shown_currency(currency),
        inputs,
        futures,
        unmeasured_kinds(line["deliverable"].drop_nulls(), stored),
        changes_in(stored.facts),
    )


def dots_of(values: np.ndarray) -> np.ndarray:
    """The 20 equally likely values of many drawn ones: the middle of each twentieth, as drawn."""
    places = (np.arange(DOTS) + 0.5) / DOTS * len(values)
    return np.sort(values)[places.astype(int)]


def _summary(values: np.ndarray | None, exact_mean: float | None) -> dict[str, float | None]:
    """What `forecast --json` says of one metric, from its drawn values (None: it cannot be known)."""
    names = ("mean", "p10", "p50", "p90", "p_zero")
    if values is None:
        return dict.fromkeys(names)
    summary = dict(zip(("mean", *QUANTILES, "p_zero"), summarise(values[None])[0].tolist(), strict=True))
    if exact_mean is not None:
        summary["mean"] = exact_mean
    return {name: summary[name] for name in names}

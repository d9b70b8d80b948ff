"""Forecast all deliverables of an agreement together, and freeze the forecast as JSON.

A forecast is frozen as what it was drawn from, not as its draws: futures can be drawn again from it, bit for bit, long
after the generation is gone. The lines of an agreement have one creator, one audience and one order value; each line
has its own luck. Counts add up over the lines, rates and costs are those of the sums.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any

import numpy as np
import polars as pl

from fit.agreement.agreement import Agreement, Deliverable
from fit.ask import Ask
from fit.forecast import (
    BRIEF_COLUMNS,
    DRAWS,
    SEED,
    TARGETS,
    Correction,
    ForecastInputs,
    StoredBasis,
    Target,
    changes_in,
    combined_reach,
    cost_per_expected_sale,
    count_own_orders,
    draw_together,
    exact_means,
    inputs_of_lines,
    measured_kinds,
    ratios,
    read_stored,
    shown_currency,
    summarise,
    unmeasured_kinds,
)
from fit.forecast import p_hit as p_hit_of
from fit.metrics import METRICS, UnknownMetric, metric
from fit.model import STAGES, WHOLE, kind_named

Summary = dict[str, dict[str, float | None]]
FIGURES = ("mean", "p10", "p50", "p90", "p_zero")
INPUTS_KEY = "terms"  # what the documents of frozen forecasts call their inputs
COUNT_ELSEWHERE = 3  # countries outside the market that are frozen, to say where the audience lives instead


@dataclass(frozen=True)
class Audience:
    """Where the audience lived when the forecast was frozen: shares 0 to 1.

    in_market, unknown: as listed and not listed by the source. elsewhere: the largest countries outside the market.
    """

    in_market: float
    unknown: float
    elsewhere: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class FrozenForecast:
    """The forecast of an agreement.

    generation, is_demo: which facts it was drawn from. deliverables: one a row of inputs. cost: of all together.
    audience: None where none was loaded. typical_share: of an audience in its own home market, from 0 to 1.
    has_own_rates: False where only the benchmark of comparable campaigns was
    known. summary: metric of TARGETS to mean, p10, p50, p90, p_zero (None where it cannot be known; of costs, mean is
    the cost over the mean count, and a quantile without a sale is None). targets: the lines of the agreement that a
    forecast can judge. unmeasured: kinds that no campaign had shown then. corrections: what past results had
    earned then. order_campaigns: of the creator, from which
    the order value was learned.
    """

    generation: int
    is_demo: bool
    deliverables: tuple[Deliverable, ...]
    currency: str | None
    cost: float | None
    inputs: ForecastInputs
    audience: Audience | None
    typical_share: float
    has_own_rates: bool
    summary: Summary
    targets: tuple[Target, ...]
    unmeasured: tuple[str, ...] = ()
    order_campaigns: int = 0
    corrections: tuple[Correction, ...] = ()

    @cached_property
    def drawn(self) -> dict[str, np.ndarray]:
        """The futures that summary and p_hit count: metric to (2,000,), without what cannot be known."""
        return futures_of(self.inputs, self.cost)

    def futures(self, draws: int = DRAWS, seed: int = SEED) -> dict[str, np.ndarray]:
        """Draw futures of all deliverables together: metric to (draws,), without what cannot be known."""
        return futures_of(self.inputs, self.cost, draws, seed)

    def p_hit(self, name: str, target: float) -> float | None:
        """How likely a line is met, from 0 to 1; None for a metric that no forecast knows."""
        return p_hit_of(self.drawn, canonical(name), target)

    @property
    def cost_per_expected_sale(self) -> float | None:
        """Cost over the mean number of sales."""
        return cost_per_expected_sale(self.summary["conversions"]["mean"], self.cost)

    def as_json(self) -> dict[str, object]:
        """A document without NaN or infinity from which from_json makes the same value."""
        plain = {
            INPUTS_KEY if field.name == "inputs" else field.name: getattr(self, field.name)
            for field in fields(self)
            if field.name != "corrections"
        }
        corrected = {"corrections": [vars(correction) for correction in self.corrections]} if self.corrections else {}
        return (
            plain
            | corrected
            | {
                "deliverables": [vars(deliverable) for deliverable in self.deliverables],
                INPUTS_KEY: {name: _plain(value) for name, value in vars(self.inputs).items()},
                "audience": vars(self.audience) | {"elsewhere": dict(self.audience.elsewhere)}
                if self.audience
                else None,
                "targets": [vars(target) for target in self.targets],
                "unmeasured": list(self.unmeasured),
            }
        )

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> "FrozenForecast":
        """Read what as_json wrote. Raises KeyError or TypeError for anything else."""
        known = {field.name: content[field.name] for field in fields(cls) if field.name in content}
        lived = content["audience"]
        values: dict[str, Any] = {
            "deliverables": tuple(Deliverable(**entry) for entry in content["deliverables"]),
            "inputs": _read_inputs(content),
            "audience": Audience(**lived | {"elsewhere": tuple(lived["elsewhere"].items())}) if lived else None,
            "targets": tuple(Target(**entry) for entry in content["targets"]),
            "unmeasured": tuple(content.get("unmeasured", ())),
            "corrections": tuple(Correction(**entry) for entry in content.get("corrections", ())),
        }
        return cls(**known | values)


def freeze_forecast(ask: Ask, agreement: Agreement) -> FrozenForecast | None:
    """Forecast all deliverables of an agreement together, with the chance of each of its target lines.

    An agreement without deliverables is one of the creator's usual kind. None where nobody can say how many people see
    it: the creator is not in the store, or its followers are not.
    """
    forecast = frozen_rates(ask, agreement)
    return forecast if any(of["p50"] is not None for of in forecast.summary.values()) else None


def frozen_rates(ask: Ask, agreement: Agreement) -> FrozenForecast:
    """What is known of an agreement even where no forecast can be drawn: how often people engage, click and buy.

    A creator that the store does not know is the typical one on comparable campaigns (has_own_rates is False).
    """
    known = read_stored(ask, [agreement.creator])
    deliverables = merged_kinds(agreement.deliverables, measured_kinds(known))
    inputs, currency = inputs_of_lines(known, lines_of_kinds(agreement, deliverables))
    is_known = not known.creators.is_empty()
    if not is_known:
        inputs = _typical(inputs, known)
    generation = ask("generation").row(0, named=True)
    futures = futures_of(inputs, agreement.cost)
    return FrozenForecast(
        generation=generation["number"],
        is_demo=generation["is_demo"],
        deliverables=deliverables or (Deliverable(str(known.payoff_parts["deliverable"].first() or "post")),),
        currency=shown_currency(currency),
        cost=agreement.cost,
        inputs=inputs,
        audience=_audience(known, [code for code, _ in agreement.markets]),
        typical_share=known.facts["typical_in_market_share"],
        has_own_rates=is_known,
        summary=summary_of(futures, agreement.cost, _exact_means(inputs)),
        targets=tuple(_targets(futures, agreement)),
        unmeasured=unmeasured_kinds((item.kind for item in deliverables), known),
        order_campaigns=count_own_orders(known.own_order_values, agreement.creator, currency),
        corrections=changes_in(known.facts),
    )


def lines_of_agreements(agreements: Sequence[Agreement]) -> pl.DataFrame:
    """The deliverables of agreements, a row each with BRIEF_COLUMNS.

    The price of an agreement is for all its deliverables together, so it stands on a line only where there is one.
    """
    rows = [
        _row(agreement, item) | {"cost": agreement.cost if len(agreement.deliverables) == 1 else None}
        for agreement in agreements
        for item in agreement.deliverables
    ]
    return pl.DataFrame(rows, schema=BRIEF_COLUMNS)


def lines_of_kinds(agreement: Agreement, deliverables: Sequence[Deliverable]) -> pl.DataFrame:
    """One row a kind with BRIEF_COLUMNS, or one of no kind without any; the cost belongs to all of them and stays out.

    deliverables: those of the agreement as merged_kinds gives them.
    """
    return pl.DataFrame([_row(agreement, item) for item in deliverables or (None,)], schema=BRIEF_COLUMNS)


def merged_kinds(deliverables: Sequence[Deliverable], known: Sequence[str]) -> tuple[Deliverable, ...]:
    """One entry a kind, in the order given, called as the store calls it: "Stories" is story. known: the store's kinds.

    A kind that the store never saw keeps its name, and so its own forecast.
    """
    counts: dict[str, int] = {}
    for item in deliverables:
        kind = kind_named(item.kind, (*known, *counts))
        counts[kind] = counts.get(kind, 0) + item.count
    return tuple(Deliverable(kind, count) for kind, count in counts.items())


def _row(agreement: Agreement, item: Deliverable | None) -> dict[str, object]:
    return {
        "creator_id": agreement.creator,
        "market": "+".join(code for code, _ in agreement.markets),
        "platform": agreement.platform,
        "vertical": agreement.vertical,
        "date": agreement.start,
        "deliverable": item.kind if item else None,
        "count_deliverables": item.count if item else None,
        "currency": agreement.currency,
    }


def futures_of(
    inputs: ForecastInputs, cost: float | None, draws: int = DRAWS, seed: int = SEED
) -> dict[str, np.ndarray]:
    """Draw the futures of all lines of inputs together: metric to (draws,), without what cannot be known.

    cost: of all lines together, None where it is not known. One line gives what fit.forecast.summary gives.
    """
    lines = draw_together(inputs, draws, seed)
    totals = {name: values.sum(axis=0) for name, values in lines.items()}
    together = combined_reach(inputs, lines["reach"].max(axis=0), totals["reach"], seed)
    with np.errstate(invalid="ignore"):
        totals["in_market_reach"] = np.round(together * np.nan_to_num(totals["in_market_reach"] / totals["reach"]))
    totals["reach"] = np.round(together)
    totals |= ratios(totals, np.nan if cost is None else cost)
    return {name: values for name, values in totals.items() if not np.isnan(values).any()}


def summary_of(
    futures: Mapping[str, np.ndarray], cost: float | None, exact: Mapping[str, float] = MappingProxyType({})
) -> Summary:
    """Mean, p10, p50, p90 and p_zero of every metric that can be a target; see FrozenForecast.

    exact: means that are known without drawing, by metric.
    """
    means = {name: exact.get(name, float(values.mean())) for name, values in futures.items()}
    return {name: _figures(name, futures, means, cost) for name in TARGETS}


def _exact_means(inputs: ForecastInputs) -> dict[str, float]:
    """The exact means of all lines together: purchases add up, people reached do not."""
    exact = {name: float(values.sum()) for name, values in exact_means(inputs).items()}
    if len(inputs) > 1:
        del exact["in_market_reach"]
    return {name: value for name, value in exact.items() if not np.isnan(value)}


def canonical(name: str) -> str:
    """The library's name of a metric; a metric of the two sides' own stays as they call it."""
    try:
        return metric(name).name
    except UnknownMetric:
        return name


def _figures(
    name: str, futures: Mapping[str, np.ndarray], means: Mapping[str, float], cost: float | None
) -> dict[str, float | None]:
    if name not in futures:
        return dict.fromkeys(FIGURES)
    values = futures[name]
    if METRICS[name].lower_is_better:
        return _cost_figures(values, name, means, cost)
    _mean, _, p10, _, p50, _, p90, _, p_zero = summarise(values[None])[0].tolist()
    return {"mean": means[name], "p10": p10, "p50": p50, "p90": p90, "p_zero": p_zero}


def _cost_figures(
    values: np.ndarray, name: str, means: Mapping[str, float], cost: float | None
) -> dict[str, float | None]:
    """A cost may be infinite, so its quantiles are drawn values and its mean is that of what is bought."""
    bought = {"cost_per_thousand_impressions": "impressions", "cost_per_click": "clicks"}.get(name, "conversions")
    unit = 1000 if bought == "impressions" else 1
    mean = means[bought]
    quantiles = np.quantile(values, (0.1, 0.5, 0.9), method="inverted_cdf").tolist()
    low, middle, high = (value if np.isfinite(value) else None for value in quantiles)
    # A cost per something is drawn only where the cost is known.
    return {
        "mean": unit * cost / mean if mean and cost is not None else None,
        "p10": low,
        "p50": middle,
        "p90": high,
        "p_zero": 0.0,
    }


def _targets(futures: Mapping[str, np.ndarray], agreement: Agreement) -> Iterator[Target]:
    for line in agreement.metrics:
        name = canonical(line.name)
        if line.target is not None and name in TARGETS:
            yield Target(name, line.target, p_hit_of(futures, name, line.target))


def _typical(inputs: ForecastInputs, known: StoredBasis) -> ForecastInputs:
    """The inputs of a creator that nobody knows: typical, give or take what creators differ by."""
    spread = np.array([known.facts[f"tau_{stage}"] for stage in STAGES])
    count = len(inputs)
    return replace(inputs, mean=np.zeros((count, 3)), covariance=np.repeat(np.diag(spread**2)[None], count, axis=0))


def _audience(known: StoredBasis, markets: Sequence[str]) -> Audience | None:
    if known.audience.is_empty():
        return None
    shares = {country: ppm / WHOLE for country, ppm in known.audience.select("country", "ppm").iter_rows()}
    outside = ((country, share) for country, share in shares.items() if country not in markets)
    largest = sorted(outside, key=lambda entry: (-entry[1], entry[0]))
    inside = sum(known.audience.filter(pl.col("country").is_in(markets))["ppm"].to_list()) / WHOLE
    unknown = int(known.audience_sets["unknown_ppm"].to_list()[0]) / WHOLE
    return Audience(inside, unknown, tuple(largest[:COUNT_ELSEWHERE]))


def _plain(value: np.ndarray | float) -> object:
    """Nested lists with None for NaN: JSON has no NaN."""
    if not isinstance(value, np.ndarray):
        return value
    return np.where(np.isnan(value), np.array(None), value).tolist()


def _read_inputs(content: Mapping[str, Any]) -> ForecastInputs:
    """The inputs of a frozen forecast; one that was frozen before the fits' errors were kept has none."""
    count = len(content["deliverables"])
    unknown = np.full(count, np.nan)
    earlier: dict[str, Any] = {
        "count": np.array([float(entry["count"]) for entry in content["deliverables"]]),
        "followers": unknown,
        "shared_errors": np.zeros((count, 4, 0)),
        "own_errors": np.zeros((count, 4)),
        "expected_purchases": unknown,
        "expected_reach": unknown,
        "overlap": 0.0,
        "overlap_sd": 0.0,
        "reach_limit": 1.0,
    }
    inputs = {n: np.array(v, dtype=float) if isinstance(v, list) else v for n, v in content[INPUTS_KEY].items()}
    return ForecastInputs(**earlier | inputs)

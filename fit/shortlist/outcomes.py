"""Say what each listed creator's standard deliverable brings for its price: mean, range, cost of one outcome."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from fit.ask import Ask
from fit.brief import Brief, Goal
from fit.forecast import StoredBasis, forecasts
from fit.model import STAGES, VIEWS

OUTCOME_METRIC: dict[str, str] = {
    Goal.CONVERSION.value: "in_market_conversions",
    Goal.AWARENESS.value: "in_market_reach",
}
PER_MONEY = 1000.0  # of the currency: outcomes are counted per thousand
COUNTED_BY = {Goal.CONVERSION.value: 1.0, Goal.AWARENESS.value: 1000.0}  # one purchase, or a thousand people reached


@dataclass(frozen=True)
class Expected:
    """What one standard deliverable brings in the brief's markets; all None where followers or audience are unknown.

    metric: purchases by people there, or people reached there. mean, p10, p90: counts; p_zero: chance of none, 0 to 1.
    per_1000: outcomes per 1,000 of the currency; cost_per_outcome: money per purchase, or per 1,000 people reached;
    both None without a price, the second also where nothing is expected.
    """

    metric: str
    mean: float | None = None
    p10: float | None = None
    p90: float | None = None
    p_zero: float | None = None
    per_1000: float | None = None
    cost_per_outcome: float | None = None


def outcomes_of(ask: Ask, brief: Brief, rows: pl.DataFrame) -> dict[str, Expected]:
    """The expected outcome of each row of the question list_page, by creator_id: that of a forecast of the same line.

    The mean is the exact one, which the list is ordered by (each market weighed).
    """
    metric = OUTCOME_METRIC[brief.goal]
    known = rows.filter(pl.col("outcome_per_money").is_not_null())
    expected = {creator_id: Expected(metric) for creator_id in rows["creator_id"]}
    if known.is_empty():
        return expected
    lines = known.select("creator_id", "deliverable", market=pl.lit("+".join(code for code, _ in brief.markets)))
    drawn = forecasts(lines, stored_of_rows(ask, brief, known), metrics=(metric,)).select(
        "mean", "p10", "p90", "p_zero"
    )
    costs = known.select("creator_id", "cost").iter_rows()
    for (creator_id, cost), of_line in zip(costs, drawn.iter_rows(named=True), strict=True):
        expected[creator_id] = Expected(metric, **of_line, **_money(cost, of_line["mean"], brief.goal))
    return expected


def stored_of_rows(ask: Ask, brief: Brief, rows: pl.DataFrame) -> StoredBasis:
    """What forecasts of an outcome read of the creators of list_page, of whom its rows say most already.

    Money of orders and prices is left out: no outcome in the markets depends on it.
    """
    codes = [code for code, _weight in brief.markets]
    audience = rows.select("creator_id", "market_ppm", country=pl.lit(codes)).drop_nulls("market_ppm")
    strengths = [
        rows.select(
            "creator_id",
            stage=pl.lit(stage),
            **{name: f"{stage}_{name}" for name in ("log_mean", "log_sd", "reliability")},
        )
        for stage in STAGES
    ]
    return StoredBasis(
        creators=rows.select("creator_id", "platform", "vertical", "followers", "tier", home_country="home"),
        audience=audience.explode("market_ppm", "country").rename({"market_ppm": "ppm"}).drop_nulls("ppm"),
        audience_sets=rows.drop_nulls("unknown_ppm"),
        strengths=pl.concat(strengths),
        natural_roles=rows,
        payoff_parts=rows,
        benchmark_levels=ask("benchmark_levels"),
        benchmark_errors=ask("benchmark_errors"),
        field_facts=ask("field_facts"),
        market_prices=ask("market_prices"),
        view_rates=rows.select("creator_id", "log_frequency", log_mean="view_log_mean", log_sd="view_log_sd"),
        price_rates=rows,
        frequencies=ask("frequencies"),
        order_values=ask("order_values"),
        audience_mix=ask("audience_mix"),
        measured_levels=_measured_levels(rows),
    )


def _measured_levels(rows: pl.DataFrame) -> pl.DataFrame:
    """The levels of each campaign and stage that it measured, as queries/measured_levels.sql has them."""
    of_creators = rows.select("creator_id", "tier", "followers", "campaigns").drop_nulls("campaigns")
    campaigns = of_creators.explode("campaigns").unnest("campaigns").sort("campaign_key")
    is_seen = pl.col("has_views") & (pl.col("followers") > 0)
    measured = {stage: pl.col(f"has_{stage}") for stage in STAGES} | {VIEWS: is_seen}
    return pl.concat(
        [campaigns.filter(is_one).with_columns(stage=pl.lit(stage)) for stage, is_one in measured.items()]
    ).drop("followers")


def _money(cost: float | None, mean: float, goal: str) -> dict[str, float | None]:
    """Outcome per 1,000 of the currency, and what one outcome costs."""
    if not cost:
        return {"per_1000": None, "cost_per_outcome": None}
    return {
        "per_1000": PER_MONEY * mean / cost,
        "cost_per_outcome": COUNTED_BY[goal] * cost / mean if mean > 0 else None,
    }


def log_share_variance(rows: pl.DataFrame, survey_size: int) -> np.ndarray:
    """How unsure the log of the share in the markets is: reported by about 200 people, and the part that is unknown.

    rows: likely_share, in_market_share, in_market_share_upper, 0 to 1. Returns (rows,).
    """
    share, low, high = (rows[name].cast(pl.Float64).fill_null(1.0).to_numpy() for name in _SHARES)
    least = np.maximum(low, 1 / (5 * survey_size))
    unknown = np.log(np.maximum(high, least) / least) ** 2 / 12
    return (1 - share) / (np.maximum(share, 1 / (5 * survey_size)) * survey_size) + unknown


_SHARES = ("likely_share", "in_market_share", "in_market_share_upper")

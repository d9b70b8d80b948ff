"""Say what each listed creator's standard deliverable brings for its price: mean, range, cost of one outcome."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from fit.ask import Ask
from fit.brief import Brief, Goal
from fit.forecast import FIGURES, FitBasis, field_basis, forecast_figures, inputs_of_known, measured_kinds
from fit.model import STAGES, SURVEY_SIZE, USUAL_FREQUENCY, VIEWS, country_parts, kind_named, shares_of_parts

OUTCOME_METRIC: dict[str, str] = {
    Goal.CONVERSION.value: "in_market_conversions",
    Goal.AWARENESS.value: "in_market_reach",
}
PER_MONEY = 1000.0  # of the currency: outcomes are counted per thousand
COUNTED_BY = {Goal.CONVERSION.value: 1.0, Goal.AWARENESS.value: 1000.0}  # one purchase, or a thousand people reached


@dataclass(frozen=True)
class Expected:
    """What one standard deliverable brings in the brief's markets; all None where the audience is unknown, or neither
    followers nor views of past campaigns are known.

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
    inputs = inputs_of_known(*known_of_rows(ask, brief, known))
    figures = forecast_figures(inputs, metrics=(metric,))[:, 0]
    for creator_id, cost, of_line in zip(known["creator_id"], known["cost"], figures.tolist(), strict=True):
        figures_of_line = dict(zip(FIGURES, of_line, strict=True))
        summary = {name: figures_of_line[name] for name in ("mean", "p10", "p90", "p_zero")}
        expected[creator_id] = Expected(metric, **summary, **_money(cost, summary["mean"], brief.goal))
    return expected


def known_of_rows(ask: Ask, brief: Brief, rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame, FitBasis]:
    """What a forecast of each row of list_page rests on, whose rows say already what is stored of a creator: what
    known_of() and parts_of() gather, and what is typical. Money of orders is left out: no outcome in the markets
    depends on it.
    """
    codes, field = [code for code, _weight in brief.markets], field_basis(ask, measured_levels_of(rows))
    pairs = rows.select("creator_id", market=pl.lit("+".join(codes)))
    listed = rows.select("creator_id", ppm="market_ppm", country=pl.lit(codes)).drop_nulls("ppm")
    audience, sets = listed.explode("ppm", "country").drop_nulls("ppm"), rows.drop_nulls("unknown_ppm")
    typical = field.facts["typical_in_market_share"]
    parts = country_parts(pairs, rows.select("creator_id", "home"), audience, sets, ask("audience_mix"), typical)
    shares, seen = shares_of_parts(parts), measured_kinds(field)
    kinds = [kind_named(kind, seen) for kind in rows["deliverable"]]
    frequencies = ask("frequencies").select("platform", "deliverable", "log_frequency")
    frequency = {(platform, kind): log for platform, kind, log in frequencies.iter_rows()}
    usual = float(np.log(USUAL_FREQUENCY))
    known = rows.select(
        "creator_id", "platform", "vertical", "tier", "followers", "implied_followers",
        "log_frequency", "view_log_mean", "view_log_sd",
        "covariance_engage_click", "covariance_engage_convert", "covariance_click_convert",
        *(pl.col(f"{stage}_log_mean").alias(f"mean_{stage}") for stage in STAGES),
        *(pl.col(f"{stage}_log_sd").alias(f"sd_{stage}") for stage in STAGES),
        *(pl.col(f"{stage}_reliability").alias(f"reliability_{stage}") for stage in STAGES),
        quarter=pl.lit(None, pl.Int64), count_deliverables=pl.lit(1), cost=pl.lit(None, pl.Float64),
        order_log_mean=pl.lit(None, pl.Float64), order_log_sd=pl.lit(None, pl.Float64),
        deliverable=pl.Series(kinds, dtype=pl.String),
        pair_frequency=pl.Series([frequency.get(pair, usual) for pair in zip(rows["platform"], kinds, strict=True)]),
        market=pairs["market"], share=shares["share"], low=shares["low"], high=shares["high"],
    )  # fmt: skip
    return known, parts, field


def measured_levels_of(rows: pl.DataFrame) -> pl.DataFrame:
    """The levels of each campaign and stage that it measured, as queries/measured_levels.sql has them."""
    is_seen = pl.col("has_views") & (pl.col("followers").is_null() | (pl.col("followers") > 0))
    measured = {stage: pl.col(f"has_{stage}") for stage in STAGES} | {VIEWS: is_seen}
    of_creators = rows.lazy().select("creator_id", "tier", "followers", "campaigns").drop_nulls("campaigns")
    return (
        of_creators.explode("campaigns")
        .unnest("campaigns")
        .sort("campaign_key")
        .with_columns(stage=pl.concat_list(pl.when(is_one).then(pl.lit(stage)) for stage, is_one in measured.items()))
        .explode("stage")
        .drop_nulls("stage")
        .drop("followers")
        .collect()
    )


def _money(cost: float | None, mean: float, goal: str) -> dict[str, float | None]:
    """Outcome per 1,000 of the currency, and what one outcome costs."""
    if not cost:
        return {"per_1000": None, "cost_per_outcome": None}
    return {
        "per_1000": PER_MONEY * mean / cost,
        "cost_per_outcome": COUNTED_BY[goal] * cost / mean if mean > 0 else None,
    }


def log_share_variance(rows: pl.DataFrame) -> np.ndarray:
    """How unsure the log of the share in the markets is: reported by about 200 people, and the part that is unknown.

    rows: likely_share, in_market_share, in_market_share_upper, 0 to 1. Returns (rows,).
    """
    share, low, high = (np.nan_to_num(rows[name].to_numpy().astype(float), nan=1.0) for name in _SHARES)
    least = np.maximum(low, 1 / (5 * SURVEY_SIZE))
    unknown = np.log(np.maximum(high, least) / least) ** 2 / 12
    return (1 - share) / (np.maximum(share, 1 / (5 * SURVEY_SIZE)) * SURVEY_SIZE) + unknown


_SHARES = ("likely_share", "in_market_share", "in_market_share_upper")

"""Gather what the futures of a brief are drawn from: its creator, its audience, and campaigns like it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from fit.model import STAGES, USUAL_FREQUENCY, homes, market_shares, quarter_of


@dataclass(frozen=True)
class StoredBasis:
    """The tables of a generation that a forecast reads, of the creators in question at least.

    strengths, natural_roles, benchmark_levels, field_facts, market_prices: as judged. creators, audience,
    audience_sets: as in judge_field. view_rates, frequencies, order_values, audience_mix: ForecastBasis of
    fit.model.judgement.
    """

    creators: pl.DataFrame
    audience: pl.DataFrame
    audience_sets: pl.DataFrame
    strengths: pl.DataFrame
    natural_roles: pl.DataFrame
    payoff_parts: pl.DataFrame
    benchmark_levels: pl.DataFrame
    field_facts: pl.DataFrame
    market_prices: pl.DataFrame
    view_rates: pl.DataFrame
    frequencies: pl.DataFrame
    order_values: pl.DataFrame
    audience_mix: pl.DataFrame

    @property
    def facts(self) -> dict[str, float]:
        """The field's numbers by name."""
        return dict(zip(self.field_facts["name"], self.field_facts["value"], strict=True))


@dataclass(frozen=True)
class ForecastInputs:
    """What briefs are drawn from, one row a brief; NaN where it is not known.

    impressions, frequency, order_value: log mean and log sd (briefs, 2); impressions are NaN while followers are
    unknown, order_value where no revenue was ever reported. share: point value, low and high (briefs, 3). rates:
    typical engage, click and convert rates, audience all in the market (briefs, 3). mean, covariance: of the log
    indices (briefs, 3) and (briefs, 3, 3). cost: (briefs,). caps: k of each stage (3,). view_campaign_sd: the part of
    the log sd of impressions that is one campaign's luck.
    """

    impressions: np.ndarray
    frequency: np.ndarray
    share: np.ndarray
    rates: np.ndarray
    mean: np.ndarray
    covariance: np.ndarray
    order_value: np.ndarray
    cost: np.ndarray
    caps: np.ndarray
    out_click: float
    out_convert: float
    view_campaign_sd: float

    def __len__(self) -> int:
        return len(self.cost)

    def take(self, some: slice) -> ForecastInputs:
        """Return some of the briefs."""
        names = ("impressions", "frequency", "share", "rates", "mean", "covariance", "order_value", "cost")
        chosen = {name: getattr(self, name)[some] for name in names}
        return replace(self, **chosen)


def inputs_of(briefs: pl.DataFrame, stored: StoredBasis) -> ForecastInputs:
    """What each brief is drawn from, in the order of the briefs (columns: forecasts() of fit.forecast)."""
    facts, known = stored.facts, known_of(briefs, stored)
    spread = np.hypot(known["view_log_sd"].to_numpy(), facts["view_campaign_sd"])
    later = np.zeros(known.height)
    if "newest_quarter" in facts:  # a judgement holds for the quarter after the newest campaign; later ones drift on
        ahead = known["quarter"].fill_null(int(facts["newest_quarter"]) + 1).to_numpy() - facts["newest_quarter"] - 1
        later = np.maximum(ahead, 0.0) * facts["drift_per_quarter"]
    frequency = (known["pair_frequency"] + known["log_frequency"]).to_numpy()
    typical = [facts[f"base_{s}"] * np.exp(log_effects(known, stored.benchmark_levels, s)) for s in STAGES]
    return ForecastInputs(
        impressions=np.stack([log_impressions(known, stored) + known["view_log_mean"].to_numpy(), spread], axis=1),
        frequency=np.stack([frequency, np.full(known.height, facts["frequency_campaign_sd"])], axis=1),
        share=known.select("share", "low", "high").to_numpy(),
        rates=np.minimum(np.stack(typical, axis=1), 1.0),
        mean=known.select(f"mean_{stage}" for stage in STAGES).to_numpy(),
        covariance=_covariance(known) + later[:, None, None] * np.eye(3),
        order_value=known.select("order_log_mean", "order_log_sd").cast(pl.Float64).to_numpy(),
        cost=known["cost"].to_numpy(),
        caps=np.array([facts[f"k_{stage}"] for stage in STAGES]),
        out_click=facts["out_of_market_click"],
        out_convert=facts["out_of_market_conversion"],
        view_campaign_sd=facts["view_campaign_sd"],
    )


def log_impressions(known: pl.DataFrame, stored: StoredBasis) -> np.ndarray:
    """Median log impressions of a typical creator with these followers; NaN without followers. known: known_of()."""
    followers = known["followers"].cast(pl.Float64).to_numpy()
    count = known["count_deliverables"].fill_null(1).cast(pl.Float64).to_numpy()
    with np.errstate(divide="ignore", invalid="ignore"):
        size = np.where(followers > 0, np.log(followers), np.nan) + np.log(np.maximum(count, 1))
    return size + stored.facts["view_level"] + log_effects(known, stored.benchmark_levels, "views")


def _covariance(known: pl.DataFrame) -> np.ndarray:
    """Covariances of the log indices (briefs, 3, 3) from strengths and natural roles."""
    matrices = np.zeros((known.height, 3, 3))
    for i, stage in enumerate(STAGES):
        matrices[:, i, i] = known[f"sd_{stage}"].to_numpy() ** 2
    for i, j in ((0, 1), (0, 2), (1, 2)):
        covariance = known[f"covariance_{STAGES[i]}_{STAGES[j]}"].to_numpy()
        matrices[:, i, j] = matrices[:, j, i] = covariance
    return matrices


def known_of(briefs: pl.DataFrame, stored: StoredBasis) -> pl.DataFrame:
    """Every brief with what is stored of its creator, audience, frequency and order value; one row a brief."""
    known = _with_defaults(briefs, stored)
    pairs = known.select("creator_id", "market").unique(maintain_order=True)
    shares = market_shares(
        pairs,
        homes(stored.creators, stored.audience),
        stored.audience,
        stored.audience_sets,
        stored.audience_mix,
        stored.facts["typical_in_market_share"],
    )
    orders = stored.order_values.select("currency", order_log_mean="log_mean", order_log_sd="log_sd")
    frequencies = stored.frequencies.select("platform", "deliverable", pair_frequency="log_frequency")
    rates = stored.view_rates.select("creator_id", "log_frequency", view_log_mean="log_mean", view_log_sd="log_sd")
    for frame, keys in (
        (shares, ["creator_id", "market"]),
        (rates, ["creator_id"]),
        (stored.natural_roles.select("creator_id", r"^covariance_.*$"), ["creator_id"]),
        (orders, ["currency"]),
        (frequencies, ["platform", "deliverable"]),
    ):
        known = known.join(frame, on=keys, how="left", maintain_order="left")
    for stage in STAGES:
        of_stage = stored.strengths.filter(pl.col("stage") == stage).select(
            "creator_id", pl.col("log_mean").alias(f"mean_{stage}"), pl.col("log_sd").alias(f"sd_{stage}")
        )
        known = known.join(of_stage, on="creator_id", how="left", maintain_order="left")
    return known.with_columns(pl.col("pair_frequency").fill_null(float(np.log(USUAL_FREQUENCY))))


def usual_currency(stored: StoredBasis) -> str | None:
    """The currency that most revenue, or else most cost, was reported in; None when no amount was ever reported."""
    amounts = stored.order_values if stored.order_values.height else stored.market_prices
    ordered = amounts.sort(["count_campaigns", "currency"], descending=[True, False])["currency"].to_list()
    return ordered[0] if ordered else None


def _with_defaults(briefs: pl.DataFrame, stored: StoredBasis) -> pl.DataFrame:
    """Fill what a brief leaves open from its creator, and its currency from the store."""
    profile = stored.creators.select(
        "creator_id", "followers", "tier", own_platform="platform", own_vertical="vertical"
    )
    names = {"platform": pl.String, "vertical": pl.String, "deliverable": pl.String, "date": pl.Date}
    optional = names | {"count_deliverables": pl.Int64, "cost": pl.Float64, "currency": pl.String}
    missing = [pl.lit(None, kind).alias(name) for name, kind in optional.items() if name not in briefs.columns]
    return (
        briefs.with_columns(missing)
        .with_columns(pl.col(name).cast(kind) for name, kind in optional.items())
        .join(profile, on="creator_id", how="left", maintain_order="left")
        .with_columns(
            platform=pl.coalesce("platform", "own_platform"),
            vertical=pl.coalesce("vertical", "own_vertical"),
            currency=pl.coalesce("currency", pl.lit(usual_currency(stored), pl.String)),
            quarter=quarter_of(pl.col("date")),
        )
    )


def log_effects(known: pl.DataFrame, levels: pl.DataFrame, stage: str) -> np.ndarray:
    """The sum of the log effects of each brief's levels; the quarter is now, a level never seen is no difference."""
    total = np.zeros(known.height)
    of_stage = levels.filter((pl.col("stage") == stage) & (pl.col("factor") != "quarter"))
    for (factor,), group in of_stage.partition_by("factor", as_dict=True, maintain_order=True).items():
        effects = dict(zip(group["level"], np.log(group["effect"].to_numpy()).tolist(), strict=True))
        values = known[factor].cast(pl.String).unique().drop_nulls().to_list()
        of_value = {value: _log_mean(value.split("+") if factor == "market" else [value], effects) for value in values}
        total += known[factor].cast(pl.String).replace_strict(of_value, default=0.0, return_dtype=pl.Float64).to_numpy()
    return total


def _log_mean(levels: list[str], effects: Mapping[str, float]) -> float:
    """The mean log effect of the levels that the field has seen; a market of several countries is several levels."""
    seen = [effects[level] for level in levels if level in effects]
    return sum(seen) / len(seen) if seen else 0.0

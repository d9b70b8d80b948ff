"""Gather what the futures of a brief are drawn from: its creator, its audience, and campaigns like it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from fit.forecast.benchmark_fits import VIEWS, ExpectedParts, Fit, benchmark_errors, market_effects, read_fits
from fit.forecast.correction import corrected_facts
from fit.forecast.order_value import with_own_orders
from fit.forecast.stored_basis import FitBasis, StoredBasis
from fit.model import STAGES, USUAL_FREQUENCY, country_parts, kind_named, quarter_of, shares_of_parts

MOST_QUARTERS = 20  # of drift: creators do not wander without end, and a mean would grow with every slip of the year


@dataclass(frozen=True)
class ForecastInputs:
    """What briefs are drawn from, one row a brief; NaN where it is not known.

    impressions, frequency, order_value: log mean and log sd (briefs, 2); impressions are NaN while followers are
    unknown, order_value where no revenue was ever reported. share: point value, low and high (briefs, 3). rates:
    typical engage, click and convert rates, audience all in the market (briefs, 3). mean, covariance: of the log
    indices (briefs, 3) and (briefs, 3, 3). count, followers, cost: (briefs,). caps: k of each stage (3,).
    view_campaign_sd: the part of the log sd of impressions that is one campaign's luck. overlap, overlap_sd: how far
    several deliverables meet the same people (0: not at all, 1: all), and its sd; reach_limit: how many people they
    reach at most, per follower. shared_errors: by how much
    each independent error of the fits, the same for every brief, moves the log of the three rates and of impressions
    (briefs, 4, parts); own_errors: the sd of what no campaign has told yet, such as a kind never seen (briefs, 4).
    expected_purchases, expected_reach: the exact means of what people in the market buy, and of how many are reached
    there (briefs,); reach is NaN for several deliverables.
    """

    impressions: np.ndarray
    frequency: np.ndarray
    share: np.ndarray
    rates: np.ndarray
    mean: np.ndarray
    covariance: np.ndarray
    order_value: np.ndarray
    count: np.ndarray
    followers: np.ndarray
    cost: np.ndarray
    shared_errors: np.ndarray
    own_errors: np.ndarray
    expected_purchases: np.ndarray
    expected_reach: np.ndarray
    caps: np.ndarray
    out_click: float
    out_convert: float
    view_campaign_sd: float
    overlap: float
    overlap_sd: float
    reach_limit: float

    def __len__(self) -> int:
        return len(self.cost)

    def take(self, some: slice | np.ndarray) -> ForecastInputs:
        """Return some of the briefs."""
        fixed = ("caps", "out_click", "out_convert", "view_campaign_sd", "overlap", "overlap_sd", "reach_limit")
        return replace(self, **{name: value[some] for name, value in vars(self).items() if name not in fixed})


def inputs_of(briefs: pl.DataFrame, stored: StoredBasis) -> ForecastInputs:
    """What each brief is drawn from, in the order of the briefs (columns: forecasts() of fit.forecast)."""
    parts = parts_of(briefs, stored)
    return inputs_of_known(known_of(briefs, stored, parts), parts, stored)


def inputs_of_known(known: pl.DataFrame, parts: pl.DataFrame, stored: FitBasis) -> ForecastInputs:
    """What briefs are drawn from, of whom everything stored is gathered already: known_of() and parts_of()."""
    facts = corrected_facts(stored.facts)
    spread = np.hypot(known["view_log_sd"].to_numpy(), facts["view_campaign_sd"])
    later = np.zeros(known.height)
    if "newest_quarter" in facts:  # a judgement holds for the quarter after the newest campaign; later ones drift on
        ahead = np.nan_to_num(numbers(known, "quarter")[:, 0] - facts["newest_quarter"] - 1)
        later = np.clip(ahead, 0.0, MOST_QUARTERS) * facts["drift_per_quarter"]
    fits = read_fits(stored)
    markets = market_effects(known, parts, fits)
    errors = benchmark_errors(known, stored, fits)
    frequency = (known["pair_frequency"] + known["log_frequency"]).to_numpy() + facts["frequency_shift"]
    frequency = np.stack([frequency, np.full(known.height, facts["frequency_campaign_sd"])], axis=1)
    typical = np.stack([np.log(facts[f"base_{s}"]) + fits[s].log_effects(known) for s in STAGES], axis=1)
    covariance = covariance_of(known, errors.past) + later[:, None, None] * np.eye(3)
    mean, share = numbers(known, *(f"mean_{stage}" for stage in STAGES)), numbers(known, "share", "low", "high")
    impressions = log_impressions(known, fits[VIEWS]) + known["view_log_mean"].to_numpy() + facts["view_shift"]
    order = numbers(known, "order_log_mean", "order_log_sd")
    order = np.stack([order[:, 0] + facts["order_shift"], np.hypot(order[:, 1], facts["order_sd"])], axis=1)
    with_errors = np.stack([impressions, np.hypot(spread, errors.sd[:, 3])], axis=1)
    expected = ExpectedParts.of(with_errors, frequency, typical, mean, covariance)
    count = counts_of(known)
    return ForecastInputs(
        impressions=np.stack([impressions, spread], axis=1),
        frequency=frequency,
        share=share,
        rates=np.minimum(np.exp(typical + markets.log_rates), 1.0),
        mean=mean,
        covariance=covariance,
        order_value=order,
        count=count,
        followers=numbers(known, "followers")[:, 0],
        cost=known["cost"].to_numpy(),
        shared_errors=errors.shared + markets.shared_errors,
        own_errors=np.hypot(errors.own, markets.own_errors),
        expected_purchases=expected.purchases * share[:, 0] * markets.purchases,
        expected_reach=np.where(count > 1, np.nan, expected.reach * share[:, 0]),
        caps=np.array([facts[f"k_{stage}"] for stage in STAGES]),
        out_click=facts["out_of_market_click"],
        out_convert=facts["out_of_market_conversion"],
        view_campaign_sd=facts["view_campaign_sd"],
        overlap=facts["frequency_overlap"],
        overlap_sd=facts["frequency_overlap_sd"],
        reach_limit=facts["reach_limit"],
    )


def log_impressions(known: pl.DataFrame, views: Fit) -> np.ndarray:
    """Median log impressions of a typical creator with these followers; NaN where not even its own views imply how
    many they are. known: known_of().
    """
    followers, count = sizes_of(known), counts_of(known)
    with np.errstate(divide="ignore", invalid="ignore"):
        size = np.where(followers > 0, np.log(followers), np.nan) + np.log(np.maximum(count, 1))
    return size + views.base + views.log_effects(known)


def sizes_of(known: pl.DataFrame) -> np.ndarray:
    """The followers of each brief's creator, those that its views imply where the real number is unknown; else NaN."""
    followers, implied = numbers(known, "followers", "implied_followers").T
    return np.where(np.isnan(followers), implied, followers)


def counts_of(known: pl.DataFrame) -> np.ndarray:
    """How many deliverables each brief asks for: one where it does not say."""
    count = numbers(known, "count_deliverables")[:, 0]
    return np.where(np.isnan(count), 1.0, count)


def numbers(known: pl.DataFrame, *names: str) -> np.ndarray:
    """Some columns as they are calculated with (rows, columns), NaN where a cell is empty."""
    return np.column_stack([known[name].to_numpy().astype(float) for name in names])


def covariance_of(known: pl.DataFrame, of_benchmark: np.ndarray) -> np.ndarray:
    """Covariances of the log indices (briefs, 3, 3) from strengths and natural roles, less what is the benchmark's.

    of_benchmark: the part of the variance that is the errors of past campaigns' benchmark (briefs, 3).
    """
    matrices = np.zeros((known.height, 3, 3))
    for i, stage in enumerate(STAGES):
        variance = known[f"sd_{stage}"].to_numpy() ** 2
        matrices[:, i, i] = np.maximum(variance - of_benchmark[:, i], variance / 100)
    for i, j in ((0, 1), (0, 2), (1, 2)):
        covariance = known[f"covariance_{STAGES[i]}_{STAGES[j]}"].to_numpy()
        matrices[:, i, j] = matrices[:, j, i] = covariance
    return matrices


def parts_of(briefs: pl.DataFrame, stored: StoredBasis) -> pl.DataFrame:
    """The audience of every creator and market of the briefs, country by country: country_parts() of fit.model."""
    return country_parts(
        briefs.select("creator_id", "market").unique(maintain_order=True),
        stored.homes_of,
        stored.audience,
        stored.sets_with_unlisted,
        stored.audience_mix,
        stored.facts["typical_in_market_share"],
    )


def known_of(briefs: pl.DataFrame, stored: StoredBasis, parts: pl.DataFrame | None = None) -> pl.DataFrame:
    """Every brief with what is stored of its creator, audience, frequency and order value; one row a brief.

    parts: parts_of(), where the caller has it.
    """
    known = _with_defaults(briefs, stored)
    shares = shares_of_parts(parts_of(briefs, stored) if parts is None else parts)
    orders = stored.order_values.select("currency", order_log_mean="log_mean", order_log_sd="log_sd")
    frequencies = stored.frequencies.select("platform", "deliverable", pair_frequency="log_frequency")
    rates = stored.view_rates.select(
        "creator_id", "log_frequency", "implied_followers", view_log_mean="log_mean", view_log_sd="log_sd"
    )
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
            "creator_id",
            pl.col("log_mean").alias(f"mean_{stage}"),
            pl.col("log_sd").alias(f"sd_{stage}"),
            pl.col("reliability").alias(f"reliability_{stage}"),
        )
        known = known.join(of_stage, on="creator_id", how="left", maintain_order="left")
    known = with_own_orders(known, stored.own_order_values)
    return known.with_columns(pl.col("pair_frequency").fill_null(float(np.log(USUAL_FREQUENCY))))


def usual_currency(stored: StoredBasis) -> str | None:
    """The currency that most revenue, or else most cost, was reported in; None when no amount was ever reported."""
    amounts = stored.order_values if stored.order_values.height else stored.market_prices
    ordered = amounts.sort(["count_campaigns", "currency"], descending=[True, False])["currency"].to_list()
    return ordered[0] if ordered else None


def measured_kinds(stored: FitBasis) -> tuple[str, ...]:
    """The kinds of deliverables that campaigns of the store have shown, as they call them."""
    levels = stored.benchmark_levels.filter((pl.col("factor") == "deliverable") & (pl.col("stage") != "price"))
    return tuple(levels["level"].unique().sort().to_list())


def unmeasured_kinds(kinds: Iterable[str], stored: StoredBasis) -> tuple[str, ...]:
    """Those of the kinds that no campaign has shown: what is forecast of them rests on what is usual."""
    seen = measured_kinds(stored)
    return tuple(dict.fromkeys(kind for kind in (kind_named(kind, seen) for kind in kinds) if kind not in seen))


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
            deliverable=pl.col("deliverable").replace(_named(briefs, stored)),
        )
    )


def _named(briefs: pl.DataFrame, stored: StoredBasis) -> dict[str, str]:
    """What each kind of the briefs, as written, is called in the store: "Stories" is story."""
    if "deliverable" not in briefs.columns:
        return {}
    seen = measured_kinds(stored)
    return {kind: kind_named(kind, seen) for kind in briefs["deliverable"].drop_nulls().unique().to_list()}

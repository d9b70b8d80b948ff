"""What may we expect from this creator, for this deliverable, in this market?

2,000 seeded futures per brief: impressions, then who of them lives in the market, then engagements, clicks, conversions
and revenue, each drawn from what the generation knows and with the luck of a single campaign. The futures of a brief do
not depend on what else is asked, and all briefs meet the same luck, so two forecasts differ by what is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from fit.geography import DELIVERY_SIZE, SURVEY_SIZE, click_factor, convert_factor, homes, market_shares
from fit.joint import STAGES
from fit.measured import quarter_of
from fit.payoff import payoffs
from fit.views import USUAL_FREQUENCY

DRAWS = 2_000
SEED = 20_260_110
METRICS = (
    "impressions",
    "in_market_impressions",
    "reach",
    "engagements",
    "engagement_rate",
    "clicks",
    "conversions",
    "revenue",
    "return_on_ad_spend",
)
QUANTILES = {"p2_5": 0.025, "p10": 0.1, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p90": 0.9, "p97_5": 0.975}
LOWER_IS_BETTER = ("cost_per_thousand_impressions", "cost_per_click", "cost_per_conversion")
# A campaign's audience is a draw of the reported one, which is itself a draw: both sizes together.
SHARE_SIZE = 1 / (1 / DELIVERY_SIZE + 1 / SURVEY_SIZE)
LARGEST_COUNT = 1e18  # what a Poisson draw can hold
SMALLEST_PART = 1e-3  # of a Beta parameter: below it a draw is 0 or 1


@dataclass(frozen=True)
class Stored:
    """The tables of a generation that a forecast reads, of the creators in question at least.

    strengths, natural_roles, benchmark_levels, field_facts, market_prices: as judged. creators, audience,
    audience_sets: as in judge_field. view_rates, frequencies, order_values, audience_mix: ForecastBasis of fit.field.
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
class Terms:
    """What one brief is drawn from.

    impressions: log mean and sd, None while followers are unknown; frequency: log mean and sd; share: point value, low
    and high; rates: typical engage, click and convert rates, audience all in the market; mean, covariance: of the log
    indices; caps: k of each stage; order_value: log mean and sd, None where no revenue was ever reported.
    """

    impressions: tuple[float, float] | None
    frequency: tuple[float, float]
    share: tuple[float, float, float]
    rates: np.ndarray
    mean: np.ndarray
    covariance: np.ndarray
    caps: np.ndarray
    out_click: float
    out_convert: float
    order_value: tuple[float, float] | None
    cost: float | None


def forecasts(briefs: pl.DataFrame, stored: Stored, draws: int = DRAWS, seed: int = SEED) -> pl.DataFrame:
    """Forecast every brief.

    briefs: creator_id, market, platform, vertical, date, deliverable, count_deliverables, cost, currency; every
    creator_id must be known. Returns one row per brief and metric: creator_id, brief (row number from 0), metric, mean,
    p2_5, p10, p25, p50, p75, p90, p97_5, p_zero; null where a metric cannot be known.
    """
    rows = []
    for number, (creator_id, terms) in enumerate(zip(briefs["creator_id"], terms_of(briefs, stored), strict=True)):
        futures = draw(terms, draws, seed)
        rows += [(creator_id, number, metric, *_summary(futures.get(metric))) for metric in METRICS]
    names = ("mean", *QUANTILES, "p_zero")
    schema = {"creator_id": pl.String, "brief": pl.Int64, "metric": pl.String} | dict.fromkeys(names, pl.Float64)
    return pl.DataFrame(rows, schema=schema, orient="row")


def _summary(values: np.ndarray | None) -> tuple[float | None, ...]:
    """Mean, quantiles and the chance of nothing at all."""
    if values is None:
        return (None,) * (len(QUANTILES) + 2)
    quantiles = np.quantile(values, list(QUANTILES.values()))
    return (float(values.mean()), *quantiles.tolist(), float((values == 0).mean()))


def draw(terms: Terms, draws: int = DRAWS, seed: int = SEED) -> dict[str, np.ndarray]:
    """Draw the futures of one brief: metric to (draws,). A metric that cannot be known is missing."""
    if terms.impressions is None:
        return {}
    g = np.random.default_rng(seed)
    normal = g.standard_normal((9, draws))
    share = _shares(terms.share, g, draws)
    together = np.einsum("ij,jd->id", np.linalg.cholesky(terms.covariance), normal[:3])
    strength = np.exp(terms.mean[:, None] + together)
    luck = np.exp(normal[3:6] / np.sqrt(terms.caps)[:, None] - 0.5 / terms.caps[:, None])
    rates = np.minimum(terms.rates[:, None] * strength * luck, 1.0)
    centre, spread = terms.impressions
    impressions = np.round(np.exp(np.minimum(centre + spread * normal[6], np.log(LARGEST_COUNT))))
    frequency = np.exp(np.maximum(terms.frequency[0] + terms.frequency[1] * normal[7], 0.0))
    clicks_of_share = click_factor(share, terms.out_click)
    converts_of_share = convert_factor(share, terms.out_click, terms.out_convert)
    engagements = np.minimum(_counted(impressions * rates[0], g), impressions)
    clicks = np.minimum(_counted(impressions * rates[1] * clicks_of_share, g), impressions)
    conversions = np.minimum(_counted(clicks * rates[2] * converts_of_share, g), clicks)
    futures = {
        "impressions": impressions,
        "in_market_impressions": np.round(impressions * share),
        "reach": np.round(impressions / frequency),
        "engagements": engagements,
        "engagement_rate": engagements / np.maximum(impressions, 1),
        "clicks": clicks,
        "conversions": conversions,
    }
    if terms.order_value is not None:
        futures["revenue"] = conversions * np.exp(terms.order_value[0] + terms.order_value[1] * normal[8])
    return futures | _ratios(futures, terms.cost)


def _shares(share: tuple[float, float, float], g: np.random.Generator, draws: int) -> np.ndarray:
    """The in-market share of one campaign's audience: what is unknown, then who of the audience is reached."""
    point, low, high = share
    # The unknown part lies anywhere between low and high; the point value keeps its place in the middle.
    place = g.random(draws)
    below, above = point - max(low, 0.0), high - point
    centre = point + np.where(place < 0.5, (2 * place - 1) * max(below, 0.0), (2 * place - 1) * max(above, 0.0))
    centre = np.clip(centre, SMALLEST_PART, 1 - SMALLEST_PART)
    return np.clip(g.beta(SHARE_SIZE * centre, SHARE_SIZE * (1 - centre)), SMALLEST_PART**2, 1.0)


def _counted(expected: np.ndarray, g: np.random.Generator) -> np.ndarray:
    """Whole events around an expectation."""
    return g.poisson(np.minimum(expected, LARGEST_COUNT)).astype(float)


def _ratios(futures: Mapping[str, np.ndarray], cost: float | None) -> dict[str, np.ndarray]:
    """Rates and costs of the drawn futures; undefined ones are infinite costs or zero rates."""
    impressions, clicks, conversions = (futures[name] for name in ("impressions", "clicks", "conversions"))
    found = {
        "click_rate": clicks / np.maximum(impressions, 1),
        "conversion_rate": conversions / np.maximum(clicks, 1),
    }
    if not cost or cost <= 0:
        return found
    with np.errstate(divide="ignore"):
        found["cost_per_thousand_impressions"] = 1000 * cost / impressions
        found["cost_per_click"] = cost / clicks
        found["cost_per_conversion"] = cost / conversions
    if "revenue" in futures:
        found["return_on_ad_spend"] = futures["revenue"] / cost
    return found


def p_hit(futures: Mapping[str, np.ndarray], metric: str, target: float) -> float | None:
    """How likely a target line is met: at least the target, or at most where lower is better; None where unknown."""
    if metric not in futures:
        return None
    values = futures[metric]
    return float((values <= target).mean() if metric in LOWER_IS_BETTER else (values >= target).mean())


def cost_per_expected_sale(futures: Mapping[str, np.ndarray], cost: float | None) -> float | None:
    """Cost over the mean number of conversions; the mean of cost per order would be infinite."""
    if not cost or "conversions" not in futures:
        return None
    expected = float(futures["conversions"].mean())
    return cost / expected if expected > 0 else None


def terms_of(briefs: pl.DataFrame, stored: Stored) -> Iterable[Terms]:
    """What each brief is drawn from, in the order of the briefs."""
    facts = stored.facts
    known = _joined(briefs, stored)
    rates = np.stack([_typical_rates(known, stored.benchmark_levels, stage, facts) for stage in STAGES], axis=1)
    views = facts["view_level"] + _log_effects(known, stored.benchmark_levels, "views")
    caps = np.array([facts[f"k_{stage}"] for stage in STAGES])
    later = np.zeros(known.height)
    if "newest_quarter" in facts:  # a judgement holds for the quarter after the newest campaign; later ones drift on
        ahead = known["quarter"].fill_null(int(facts["newest_quarter"]) + 1).to_numpy() - facts["newest_quarter"] - 1
        later = np.maximum(ahead, 0.0) * facts["drift_per_quarter"]
    for at, row in enumerate(known.iter_rows(named=True)):
        has_impressions = row["followers"] is not None and row["followers"] > 0
        centre = np.log(max(row["followers"] or 1, 1)) + np.log(row["count_deliverables"] or 1) + views[at]
        spread = np.hypot(row["view_log_sd"], facts["view_campaign_sd"])
        yield Terms(
            impressions=(float(centre + row["view_log_mean"]), float(spread)) if has_impressions else None,
            frequency=(row["pair_frequency"] + row["log_frequency"], facts["frequency_campaign_sd"]),
            share=(row["share"], row["low"], row["high"]),
            rates=rates[at],
            mean=np.array([row[f"mean_{stage}"] for stage in STAGES]),
            covariance=_covariance(row) + later[at] * np.eye(3),
            caps=caps,
            out_click=facts["out_of_market_click"],
            out_convert=facts["out_of_market_conversion"],
            order_value=None if row["order_log_mean"] is None else (row["order_log_mean"], row["order_log_sd"]),
            cost=row["cost"],
        )


def _covariance(row: Mapping[str, float]) -> np.ndarray:
    """The covariance of a creator's log indices from its strengths and natural role."""
    sds = np.array([row[f"sd_{stage}"] for stage in STAGES])
    full = np.diag(sds**2)
    for one, other in ((0, 1), (0, 2), (1, 2)):
        full[one, other] = full[other, one] = row[f"covariance_{STAGES[one]}_{STAGES[other]}"]
    return full


def _joined(briefs: pl.DataFrame, stored: Stored) -> pl.DataFrame:
    """Every brief with what is stored of its creator, audience, frequency and order value."""
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


def _with_defaults(briefs: pl.DataFrame, stored: Stored) -> pl.DataFrame:
    """Fill what a brief leaves open from its creator, and its currency from the store."""
    profile = stored.creators.select(
        "creator_id", "followers", "tier", own_platform="platform", own_vertical="vertical"
    )
    names = {"platform": pl.String, "vertical": pl.String, "deliverable": pl.String, "date": pl.Date}
    optional = names | {"count_deliverables": pl.Int64, "cost": pl.Float64, "currency": pl.String}
    missing = [pl.lit(None, kind).alias(name) for name, kind in optional.items() if name not in briefs.columns]
    # A brief that names no currency is in the one that most revenue, or else most cost, was reported in.
    spoken = stored.order_values if stored.order_values.height else stored.market_prices
    ordered = spoken.sort(["count_campaigns", "currency"], descending=[True, False])["currency"].to_list()
    usual = pl.lit(ordered[0] if ordered else None, pl.String)
    return (
        briefs.with_columns(missing)
        .with_columns(pl.col(name).cast(kind) for name, kind in optional.items())
        .join(profile, on="creator_id", how="left", maintain_order="left")
        .with_columns(
            platform=pl.coalesce("platform", "own_platform"),
            vertical=pl.coalesce("vertical", "own_vertical"),
            currency=pl.coalesce("currency", usual),
            quarter=quarter_of(pl.col("date")),
        )
    )


def _typical_rates(known: pl.DataFrame, levels: pl.DataFrame, stage: str, facts: Mapping[str, float]) -> np.ndarray:
    """What a typical creator's rate would be for each brief, audience all in the market."""
    return np.minimum(facts[f"base_{stage}"] * np.exp(_log_effects(known, levels, stage)), 1.0)


def _log_effects(known: pl.DataFrame, levels: pl.DataFrame, stage: str) -> np.ndarray:
    """The sum of the log effects of each brief's levels; the quarter is now, a level never seen is no difference."""
    total = np.zeros(known.height)
    of_stage = levels.filter(pl.col("stage") == stage)
    for (factor,), group in of_stage.partition_by("factor", as_dict=True, maintain_order=True).items():
        effects = dict(zip(group["level"], np.log(group["effect"].to_numpy()).tolist(), strict=True))
        if factor == "quarter":
            continue
        for at, value in enumerate(known[factor]):
            parts = value.split("+") if factor == "market" and value else [value]
            found = [effects[part] for part in parts if part in effects]
            total[at] += sum(found) / len(found) if found else 0.0
    return total


def payoffs_of_briefs(briefs: pl.DataFrame, stored: Stored) -> pl.DataFrame:
    """What each brief's money buys, against a typical creator at market price, and the role that pays best.

    briefs: as in forecasts(); without a cost, the creator's asking price or the market price counts. Returns
    creator_id, brief, payoff_awareness, payoff_conversion, best_role.
    """
    facts = stored.facts
    known = _joined(briefs, stored).join(
        stored.payoff_parts.select("creator_id", "impressions_per_money", "awareness_factor", "conversion_factor"),
        on="creator_id",
        how="left",
        maintain_order="left",
    )
    awareness, conversion = payoffs(
        _impressions_per_money(known, stored),
        known["share"].to_numpy(),
        known["awareness_factor"].to_numpy(),
        known["conversion_factor"].to_numpy(),
        facts["typical_in_market_share"],
        facts["out_of_market_click"],
        facts["out_of_market_conversion"],
    )
    best = np.where(awareness >= conversion, "awareness", "conversion")
    return pl.DataFrame(
        {
            "creator_id": known["creator_id"],
            "brief": pl.int_range(known.height, eager=True),
            "payoff_awareness": awareness,
            "payoff_conversion": conversion,
            "best_role": np.where(np.maximum(awareness, conversion) < 0.5, "not for this market", best),
        },
        schema_overrides={"best_role": pl.String},
    )


def _impressions_per_money(known: pl.DataFrame, stored: Stored) -> np.ndarray:
    """Expected impressions of each brief over its cost, against market price; the stored part where cost is unknown."""
    campaign = stored.facts["view_campaign_sd"] ** 2 / 2
    views = stored.facts["view_level"] + campaign + _log_effects(known, stored.benchmark_levels, "views")
    followers = known["followers"].cast(pl.Float64).fill_null(0.0).to_numpy()
    deliverables = known["count_deliverables"].fill_null(1).to_numpy()
    own = np.exp(known["view_log_mean"].to_numpy() + known["view_log_sd"].to_numpy() ** 2 / 2)
    prices = known.join(stored.market_prices, on="currency", how="left", maintain_order="left")
    market, cost = prices["cost_per_impression"].to_numpy(), known["cost"].to_numpy()
    with np.errstate(divide="ignore", invalid="ignore"):
        found = followers * deliverables * np.exp(views) * own * market / cost
        is_known = (followers > 0) & (cost > 0) & (market > 0)
    return np.where(is_known, found, known["impressions_per_money"].to_numpy())

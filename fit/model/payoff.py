"""Compute payoffs: what money buys with a creator, against the same money at market price.

    awareness  = impressions per money x (s / s0) x E exp(.5 engage)
    conversion = impressions per money x (g(s) / g(s0)) x E exp(click + convert)

1 is a typical creator at market price; s is the in-market share, s0 the field's usual share at home and
g(s) = s + (1 - s) kC kV (docs/method.md, section 5). The uncertainty (log_sd) stands beside a payoff and does not
change it.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import polars as pl
from scipy.special import ndtri

from fit.model.geography import path_factor
from fit.model.strength import LARGEST_LOG
from fit.model.view_rates import Frequencies, Views, own_frequencies, standard_deliverables

ENGAGEMENT_WORTH = 0.5  # how much engagement counts in awareness: half a percent for each percent
USUAL_PRICE_SD, PRICE_PRIOR = 0.4, 5  # log spread of prices between creators; campaigns that this guess counts for
USUAL_ORDER_SD, ORDER_PRIOR = 0.2, 5  # log spread of revenue per conversion between campaigns; the same for it


class PayoffBasis(StrEnum):
    """At which price a payoff is judged, as the store names it."""

    ASKING_PRICE = "asking price"
    MARKET_PRICE = "market price"


@dataclass(frozen=True)
class Strengths:
    """Log indices of all creators: mean (creators, 3) and covariance (creators, 3, 3), stages in their order."""

    mean: np.ndarray
    covariance: np.ndarray


def awareness_factor(strengths: Strengths) -> tuple[np.ndarray, np.ndarray]:
    """Return E exp(.5 engage), and the variance of its log; both (creators,)."""
    variance = ENGAGEMENT_WORTH**2 * strengths.covariance[:, 0, 0]
    return _expectation(ENGAGEMENT_WORTH * strengths.mean[:, 0], variance), variance


def conversion_factor(strengths: Strengths) -> tuple[np.ndarray, np.ndarray]:
    """Return E exp(click + convert), and the variance of its log; both (creators,)."""
    covariance = strengths.covariance
    variance = covariance[:, 1, 1] + covariance[:, 2, 2] + 2 * covariance[:, 1, 2]
    return _expectation(strengths.mean[:, 1] + strengths.mean[:, 2], variance), variance


def _expectation(mean: np.ndarray, variance: np.ndarray) -> np.ndarray:
    """Mean of exp of a normal."""
    return np.exp(np.clip(mean + variance / 2, -LARGEST_LOG, LARGEST_LOG))


def market_prices(campaigns: pl.DataFrame, views: Views) -> pl.DataFrame:
    """Find what an expected impression costs: the median per currency over what creators were paid.

    campaigns: cost, currency, followers, count_deliverables, platform, deliverable, paid.
    Returns currency, cost_per_impression, log_sd, count_campaigns.
    """
    known = (pl.col("cost") > 0) & (pl.col("followers") > 0) & ~pl.col("paid") & pl.col("currency").is_not_null()
    rows = campaigns.filter(known).select(
        "currency", "cost", "followers", "count_deliverables", "platform", "deliverable"
    )
    expected = (
        rows["followers"].log()
        + rows["count_deliverables"].fill_null(1).cast(pl.Float64).log()
        + views.log_rate(rows["platform"], rows["deliverable"])
    )
    priced = rows.select("currency", log_price=pl.col("cost").log() - expected)
    return (
        # The median of sorted values needs no sum; the spread is read off the quartiles for the same reason.
        priced.group_by("currency")
        .agg(
            middle=pl.col("log_price").median(),
            quartiles=pl.col("log_price").quantile(0.75, "linear") - pl.col("log_price").quantile(0.25, "linear"),
            count_campaigns=pl.len().cast(pl.Int32),
        )
        .sort("currency")
        .select(
            "currency",
            cost_per_impression=pl.col("middle").exp(),
            log_sd=(
                (
                    PRICE_PRIOR * USUAL_PRICE_SD**2
                    + pl.col("count_campaigns") * (pl.col("quartiles") / (2 * float(ndtri(0.75)))) ** 2
                )
                / (PRICE_PRIOR + pl.col("count_campaigns"))
            ).sqrt(),
            count_campaigns="count_campaigns",
        )
    )


def order_values(campaigns: pl.DataFrame) -> pl.DataFrame:
    """Find what one conversion brings in each currency: log_mean, log_sd (between campaigns), count_campaigns.

    campaigns: revenue, conversions, currency. Campaigns without either are left out. The spread starts at .2 with the
    weight of five campaigns. The logs are of money per conversion.
    """
    known = (pl.col("revenue") > 0) & (pl.col("conversions") > 0) & pl.col("currency").is_not_null()
    columns = ("currency", "campaign_key", "revenue", "conversions")
    rows = campaigns.filter(known).select(columns).sort("currency", "campaign_key")
    log_value = (rows["revenue"].log() - rows["conversions"].cast(pl.Float64).log()).to_numpy()
    currencies = rows["currency"].unique(maintain_order=True)
    code = rows["currency"].rle_id().to_numpy().astype(np.int64)
    count = np.bincount(code, minlength=len(currencies))
    mean = np.bincount(code, log_value, len(currencies)) / np.maximum(count, 1)
    squares = np.bincount(code, (log_value - mean[code]) ** 2, len(currencies))
    sd = np.sqrt((squares + ORDER_PRIOR * USUAL_ORDER_SD**2) / (count + ORDER_PRIOR))
    return pl.DataFrame(
        {"currency": currencies, "log_mean": mean, "log_sd": sd, "count_campaigns": count.astype(np.int32)}
    )


def payoff_parts(
    creators: pl.DataFrame,
    campaigns: pl.DataFrame,
    strengths: Strengths,
    views: Views,
    frequencies: Frequencies,
    prices: pl.DataFrame,
) -> pl.DataFrame:
    """Compute the parts of a payoff that no market changes, and what one standard deliverable brings.

    creators: sorted by creator_id; campaigns: the table of fit.model.observations.arrange. Returns one row per creator,
    the table payoff_parts: impressions and reach are counts, the factors 1 = typical.
    """
    deliverable = standard_deliverables(campaigns, creators)
    platform, followers = creators["platform"], creators["followers"].cast(pl.Float64)
    typical = followers.to_numpy() * np.exp(views.log_rate(platform, deliverable))
    view_factor = _expectation(views.creator_mean, views.creator_variance)
    expected = np.where(followers.is_null().to_numpy(), np.nan, typical * view_factor)
    log_frequency, is_measured = own_frequencies(campaigns, frequencies, platform, deliverable)
    market = creators.select("currency").join(prices, on="currency", how="left", maintain_order="left")
    asking = creators["asking_price"].cast(pl.Float64).to_numpy()
    cost = market["cost_per_impression"].to_numpy()
    with np.errstate(invalid="ignore", divide="ignore"):
        has_price = (asking > 0) & (typical > 0) & (cost > 0)
        price_factor = np.where(has_price, typical * cost / asking, 1.0)
    usual_sd = _usual_price_sd(prices)
    price_sd = np.where(has_price, 0.0, market["log_sd"].fill_null(usual_sd).to_numpy())
    aware, aware_variance = awareness_factor(strengths)
    convert, convert_variance = conversion_factor(strengths)
    open_variance = views.creator_variance + price_sd**2
    return pl.DataFrame(
        {
            "creator_id": creators["creator_id"],
            "platform": platform,
            "deliverable": deliverable,
            "expected_impressions": pl.Series(expected).fill_nan(None),
            "expected_reach": pl.Series(expected / np.exp(np.maximum(log_frequency, 0.0))).fill_nan(None),
            "reach_basis": _reach_basis(is_measured, expected),
            "impressions_per_money": np.clip(view_factor * price_factor, np.exp(-LARGEST_LOG), np.exp(LARGEST_LOG)),
            "awareness_factor": aware,
            "conversion_factor": convert,
            "awareness_log_sd": np.sqrt(aware_variance + open_variance),
            "conversion_log_sd": np.sqrt(convert_variance + open_variance),
            "payoff_basis": np.where(has_price, PayoffBasis.ASKING_PRICE, PayoffBasis.MARKET_PRICE),
        }
    )


def _reach_basis(is_measured: np.ndarray, expected: np.ndarray) -> pl.Series:
    """Say whether reach rests on the creator's own campaigns; null where it is unknown."""
    basis = pl.Series(is_measured).replace_strict({True: "measured", False: "expected"}, return_dtype=pl.String)
    return pl.select(pl.when(pl.Series(~np.isnan(expected))).then(basis)).to_series()


def _usual_price_sd(prices: pl.DataFrame) -> float:
    """The price spread for a creator whose currency has no market price."""
    return float(prices.sort("count_campaigns", "currency")["log_sd"][-1]) if prices.height else USUAL_PRICE_SD


def payoffs(
    impressions_per_money: np.ndarray,
    share: np.ndarray,
    aware: np.ndarray,
    convert: np.ndarray,
    typical_share: float,
    out_click: float,
    out_convert: float,
) -> tuple[np.ndarray, np.ndarray]:
    """Compute awareness and conversion payoff in a market, 1 = typical creator at market price; both (creators,).

    impressions_per_money, aware, convert: columns of payoff_parts; share: weighted in-market share, 0 to 1;
    typical_share: s0; out_click, out_convert: kC and kV. A typical creator with the usual share gets 1 of both:

    >>> one = np.array([1.0])
    >>> payoffs(one, np.array([0.5]), one, one, typical_share=0.5, out_click=0.6, out_convert=0.1)
    (array([1.]), array([1.]))
    """
    typical = float(path_factor(np.array(typical_share), out_click, out_convert))
    awareness = impressions_per_money * share / typical_share * aware
    conversion = impressions_per_money * path_factor(share, out_click, out_convert) / typical * convert
    return awareness, conversion

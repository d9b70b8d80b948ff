"""Compute payoffs: what money buys with a creator, against the same money at market price.

    awareness  = impressions per money x (s / s0) x E exp(.5 engage)
    conversion = impressions per money x (g(s) / g(s0)) x E exp(click + convert)

1 is a typical creator at market price; s is the in-market share, s0 the field's usual share at home and
g(s) = s + (1 - s) kC kV (docs/method.md, section 5).
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import polars as pl

from fit.model.geography import path_factor
from fit.model.prices import Prices
from fit.model.strength import LARGEST_LOG
from fit.model.view_rates import Frequencies, Views, own_frequencies, standard_deliverables

ENGAGEMENT_WORTH = 0.5  # how much engagement counts in awareness: half a percent for each percent
USUAL_ORDER_SD, ORDER_PRIOR = 0.2, 5  # log spread of revenue per conversion between campaigns; the same for it


class PayoffBasis(StrEnum):
    """At which price a payoff is judged, as the store names it."""

    ASKING_PRICE = "asking price"
    MARKET_PRICE = "market price"


@dataclass(frozen=True)
class Strengths:
    """Log indices of all creators: mean (creators, 3) and covariance (creators, 3, 3), stages in their order.

    reliability: (creators, 3), 0 to 1: how much of an index is its creator's own campaigns, not the field's.
    """

    mean: np.ndarray
    covariance: np.ndarray
    reliability: np.ndarray


def awareness_factor(strengths: Strengths) -> np.ndarray:
    """Return E exp(.5 engage), (creators,)."""
    variance = ENGAGEMENT_WORTH**2 * strengths.covariance[:, 0, 0]
    return _expectation(ENGAGEMENT_WORTH * strengths.mean[:, 0], variance)


def conversion_factor(strengths: Strengths) -> np.ndarray:
    """Return E exp(click + convert), (creators,)."""
    covariance = strengths.covariance
    variance = covariance[:, 1, 1] + covariance[:, 2, 2] + 2 * covariance[:, 1, 2]
    return _expectation(strengths.mean[:, 1] + strengths.mean[:, 2], variance)


def _expectation(mean: np.ndarray, variance: np.ndarray) -> np.ndarray:
    """Mean of exp of a normal."""
    return np.exp(np.clip(mean + variance / 2, -LARGEST_LOG, LARGEST_LOG))


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
    prices: Prices,
) -> pl.DataFrame:
    """Compute the parts of a payoff that no market changes, and what one standard deliverable brings.

    creators: sorted by creator_id; campaigns: the table of fit.model.observations.arrange. Returns one row per creator,
    the table payoff_parts: impressions and reach are counts, the factors 1 = typical.
    """
    deliverable = standard_deliverables(campaigns, creators)
    platform, followers = creators["platform"], creators["followers"].cast(pl.Float64)
    size = np.where(followers.is_null().to_numpy(), views.implied_followers, followers.to_numpy())
    typical = followers.to_numpy() * np.exp(views.log_rate(platform, deliverable))
    view_factor = _expectation(views.creator_mean, views.creator_variance)
    expected = np.where(followers.is_null().to_numpy(), np.nan, typical * view_factor)
    log_frequency, is_measured = own_frequencies(campaigns, frequencies, platform, deliverable)
    asking = creators["asking_price"].cast(pl.Float64).to_numpy()
    usual = np.exp(prices.log_cost(views, creators["currency"], platform, deliverable, size))
    with np.errstate(invalid="ignore", divide="ignore"):
        has_price = (asking > 0) & (usual > 0)
        price_factor = np.where(has_price, usual / asking, 1.0)
    return pl.DataFrame(
        {
            "creator_id": creators["creator_id"],
            "platform": platform,
            "deliverable": deliverable,
            "expected_impressions": pl.Series(expected).fill_nan(None),
            "expected_reach": pl.Series(expected / np.exp(np.maximum(log_frequency, 0.0))).fill_nan(None),
            "reach_basis": _reach_basis(is_measured, expected),
            "price_factor": np.clip(price_factor, np.exp(-LARGEST_LOG), np.exp(LARGEST_LOG)),
            "impressions_per_money": np.clip(view_factor * price_factor, np.exp(-LARGEST_LOG), np.exp(LARGEST_LOG)),
            "awareness_factor": awareness_factor(strengths),
            "conversion_factor": conversion_factor(strengths),
            "payoff_basis": np.where(has_price, PayoffBasis.ASKING_PRICE, PayoffBasis.MARKET_PRICE),
        }
    )


def _reach_basis(is_measured: np.ndarray, expected: np.ndarray) -> pl.Series:
    """Say whether reach rests on the creator's own campaigns; null where it is unknown."""
    basis = pl.Series(is_measured).replace_strict({True: "measured", False: "expected"}, return_dtype=pl.String)
    return pl.select(pl.when(pl.Series(~np.isnan(expected))).then(basis)).to_series()


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

"""Fit what creators cost: the usual price of a deliverable, by followers, platform, kind and currency.

log(cost / expected impressions) = level + currency + platform + deliverable + slope x log followers + creator +
campaign: levels and creators as random effects, so that few prices stay near what an impression usually costs, and a
creator who asks for more than others is known to. Amounts without a currency are one currency: the only one that the
store names, or one of their own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from fit.model.effects import Effects, Guess, expected_squares, fit_effects, normal_score
from fit.model.view_rates import Views, coded_factors, looked_up

UNNAMED = "XXX"  # ISO 4217: no currency
FIRST_PRICE, PRICE_SD = 0.02, 3.0  # of one expected impression in any currency: a wide guess, only to begin from
SPREADS = {"currency": 3.0, "platform": 0.3, "deliverable": 0.3}  # sd of log effects before any price is seen
SLOPE_SD = 0.2  # of log price per impression on log followers: 0 is a price in proportion to what is seen
CREATOR_VARIANCE, CREATOR_VARIANCE_PRIOR = 0.4**2, 5  # of log prices between creators; creators that it counts for
CAMPAIGN_VARIANCE, CAMPAIGN_VARIANCE_PRIOR = 0.25**2, 5  # between one creator's campaigns; campaigns
EM_PASSES = 12


@dataclass(frozen=True)
class Prices:
    """The prices of a field. slope: on log followers less `middle`; creator_mean: log, one per creator, with
    count_priced campaigns behind it; creator_sd, campaign_sd: of logs, and their squares as `variances`; market: the
    table market_prices.
    """

    levels: dict[str, tuple[str, ...]]
    effects: Effects
    slope: float
    middle: float
    creator_mean: np.ndarray
    creator_variance: np.ndarray
    count_priced: np.ndarray
    creator_sd: float
    campaign_sd: float
    market: pl.DataFrame
    variances: tuple[float, float] = (CREATOR_VARIANCE, CAMPAIGN_VARIANCE)

    def log_cost(
        self, views: Views, currency: pl.Series, platform: pl.Series, deliverable: pl.Series, followers: np.ndarray
    ) -> np.ndarray:
        """Log of the usual price of one deliverable; NaN where followers or any price in the currency is unknown."""
        known = pl.Series(self.market["currency"])
        expected = np.log(np.where(followers > 0, followers, np.nan)) + views.log_rate(platform, deliverable)
        values = {"currency": currency, "platform": platform, "deliverable": deliverable}
        logs = self.effects.base + sum(looked_up(self.of(factor), of) for factor, of in values.items())
        logs = logs + self.slope * (np.log(np.where(followers > 0, followers, np.nan)) - self.middle)
        return np.where(currency.is_in(known.implode()).fill_null(False).to_numpy(), expected + logs, np.nan)

    def of(self, factor: str) -> dict[str, float]:
        """The log effect of each level of a factor that prices name."""
        return dict(zip(self.levels[factor], self.effects.log_effects[factor][:-1].tolist(), strict=True))


def named_currency(creators: pl.DataFrame, campaigns: pl.DataFrame) -> str:
    """What amounts without a currency count as: the only one that the store names, else UNNAMED."""
    named = pl.concat([creators["currency"], campaigns["currency"]]).drop_nulls().unique()
    return str(named[0]) if len(named) == 1 else UNNAMED


def name_currencies(
    creators: pl.DataFrame, campaigns: pl.DataFrame, currency: str | None = None
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Give amounts without a currency one.

    creators: asking_price, currency; campaigns: cost, revenue, currency. currency: None for named_currency() of these.
    """
    currency = currency or named_currency(creators, campaigns)
    named = pl.col("currency").fill_null(currency)
    has_price = pl.col("asking_price").is_not_null()
    has_amount = pl.col("cost").is_not_null() | pl.col("revenue").is_not_null()
    return (
        creators.with_columns(currency=pl.when(has_price).then(named).otherwise("currency")),
        campaigns.with_columns(currency=pl.when(has_amount).then(named).otherwise("currency")),
    )


def learn_prices(campaigns: pl.DataFrame, views: Views) -> Prices:
    """Learn the prices of a field from what creators were paid; the creators' own parts are left empty.

    campaigns: creator (int index), cost, currency, followers, count_deliverables, platform, deliverable, paid.
    """
    rows = _priced(campaigns)
    followers, price = _log_prices(rows, views)
    people = np.unique(rows["creator"].to_numpy(), return_inverse=True)[1]
    factors = coded_factors(rows, SPREADS)
    middle = float(followers.mean()) if len(followers) else 0.0
    size = followers - middle
    slope, tau2, sigma2 = 0.0, CREATOR_VARIANCE, CAMPAIGN_VARIANCE
    counts = np.bincount(people).astype(float)
    effects: Effects | None = None
    for _ in range(EM_PASSES):
        guess = Guess(float(np.log(FIRST_PRICE)), PRICE_SD, SPREADS, {}, tau2**0.5)
        effects = fit_effects(factors, people, normal_score(price - slope * size, sigma2), guess, effects)
        left = price - effects.base - sum(f.log_effect(effects.log_effects[f.name]) for f in factors)
        # The slope, by creators: what is left of each one's mean price against its mean size.
        trust = 1 / (tau2 + sigma2 / counts)
        own_size, own_left = (np.bincount(people, values) / counts for values in (size, left))
        slope = float((trust * own_size * own_left).sum() / ((trust * own_size**2).sum() + SLOPE_SD**-2))
        off = left - slope * size
        own, within = expected_squares(off, people, effects.campaign_errors(factors), tau2, sigma2)
        tau2 = (float(own.sum()) + CREATOR_VARIANCE_PRIOR * CREATOR_VARIANCE) / (len(counts) + CREATOR_VARIANCE_PRIOR)
        sigma2 = (within + CAMPAIGN_VARIANCE_PRIOR * CAMPAIGN_VARIANCE) / (len(off) + CAMPAIGN_VARIANCE_PRIOR)
    assert effects is not None
    levels = {factor.name: factor.levels for factor in factors}
    middle_price = np.exp(effects.base + effects.log_effects["currency"][:-1])
    market = pl.DataFrame(
        {
            "currency": pl.Series(levels["currency"], dtype=pl.String),
            "cost_per_impression": middle_price,
            "log_sd": np.full(len(middle_price), np.sqrt(tau2 + sigma2)),
            "count_campaigns": np.bincount(factors[0].codes[:, 0], minlength=len(middle_price)).astype(np.int32),
        }
    )
    nobody, spread = np.zeros(0), (float(tau2**0.5), float(sigma2**0.5))
    return Prices(levels, effects, slope, middle, nobody, nobody, nobody, *spread, market, (tau2, sigma2))


def prices_of_creators(prices: Prices, campaigns: pl.DataFrame, views: Views, count_creators: int) -> Prices:
    """Work out how each creator's prices differ; prices: learn_prices() of the field that they are a part of."""
    rows = _priced(campaigns)
    followers, price = _log_prices(rows, views)
    left = price - prices.effects.base - sum(looked_up(prices.of(factor), rows[factor]) for factor in SPREADS)
    off = left - prices.slope * (followers - prices.middle)
    creator, (tau2, sigma2) = rows["creator"].to_numpy(), prices.variances
    priced = np.bincount(creator, minlength=count_creators)
    variance = 1 / (priced / sigma2 + 1 / tau2)
    mean = np.bincount(creator, off, count_creators) * variance / sigma2
    return replace(prices, creator_mean=mean, creator_variance=variance, count_priced=priced)


def _priced(campaigns: pl.DataFrame) -> pl.DataFrame:
    """Select the campaigns that inform about prices: cost, currency and followers known, not of an ad account."""
    known = (pl.col("cost") > 0) & (pl.col("followers") > 0) & ~pl.col("paid") & pl.col("currency").is_not_null()
    return campaigns.filter(known)


def _log_prices(rows: pl.DataFrame, views: Views) -> tuple[np.ndarray, np.ndarray]:
    """Log followers, and log of the price of an expected impression, of each campaign."""
    followers = rows["followers"].cast(pl.Float64).log().to_numpy()
    count = rows["count_deliverables"].fill_null(1).cast(pl.Float64).log().to_numpy()
    price = rows["cost"].log().to_numpy() - followers - count - views.log_rate(rows["platform"], rows["deliverable"])
    return followers, price


def price_rate_table(creator_id: pl.Series, prices: Prices) -> pl.DataFrame:
    """List each creator's price against what is usual: creator_id, log_mean, log_sd, count_campaigns that were paid."""
    return pl.DataFrame(
        {
            "creator_id": creator_id,
            "log_mean": prices.creator_mean,
            "log_sd": np.sqrt(prices.creator_variance + prices.campaign_sd**2),
            "count_campaigns": prices.count_priced.astype(np.int32),
        }
    )


def price_level_table(prices: Prices) -> pl.DataFrame:
    """List every level of the price, in the columns of the table benchmark_levels; no event is behind a price."""
    rows = [
        ("price", factor, level, float(np.exp(prices.effects.log_effects[factor][at])), 0, 0, 0)
        for factor, levels in prices.levels.items()
        for at, level in enumerate(levels)
    ]
    schema = {
        "stage": pl.String,
        "factor": pl.String,
        "level": pl.String,
        "effect": pl.Float64,
        "count_creators": pl.Int32,
        "count_campaigns": pl.Int32,
        "count_events": pl.Int64,
    }
    return pl.DataFrame(rows, schema=schema, orient="row")

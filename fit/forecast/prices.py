"""Price a line that nobody named a price for: by its creator's past prices, or what such a package usually costs."""

from __future__ import annotations

from enum import StrEnum

import numpy as np
import polars as pl

from fit.forecast.benchmark_fits import Fit
from fit.forecast.inputs import log_impressions, sizes_of
from fit.forecast.stored_basis import StoredBasis
from fit.model import UNNAMED

CURRENCY, PLATFORM, DELIVERABLE = "currency", "platform", "deliverable"


class PriceBasis(StrEnum):
    """Where a creator's price comes from, as the store names it."""

    ASKING_PRICE = "asking price"
    OWN_PAST_PRICE = "own past price"
    MARKET_PRICE = "market price"


def usual_log_costs(known: pl.DataFrame, stored: StoredBasis, views: Fit) -> np.ndarray:
    """Log of the usual price of each line, (lines,), in its currency; NaN where that or followers are unknown.

    known: known_of() of fit.forecast.inputs, with currency.
    """
    facts, levels = stored.facts, stored.benchmark_levels.filter(pl.col("stage") == "price")
    of_levels = np.zeros(known.height)
    for factor in (CURRENCY, PLATFORM, DELIVERABLE):
        seen = levels.filter(pl.col("factor") == factor)
        effects = dict(zip(seen["level"], np.log(seen["effect"].to_numpy()).tolist(), strict=True))
        if effects:
            named = known[factor].cast(pl.String).replace_strict(effects, default=0.0, return_dtype=pl.Float64)
            of_levels = of_levels + named.to_numpy()
    followers = sizes_of(known)
    with np.errstate(divide="ignore", invalid="ignore"):
        size = np.where(followers > 0, np.log(followers), np.nan) - facts["price_middle"]
    expected = log_impressions(known, views) + facts["view_campaign_sd"] ** 2 / 2
    is_priced = known[CURRENCY].is_in(stored.market_prices[CURRENCY].implode()).fill_null(False).to_numpy()
    return np.where(is_priced, expected + facts["price_level"] + of_levels + facts["price_slope"] * size, np.nan)


def price_currency(stored: StoredBasis) -> str | None:
    """The currency that most prices name, asked or paid; None in a store without prices. Ties: the first by its code.

    stored: of all creators.
    """
    asked = stored.creators.filter(pl.col("asking_price") > 0)
    of_asked = asked.select(pl.col(CURRENCY).fill_null(unnamed_currency(stored)), count=pl.lit(1, pl.Int64))
    of_paid = stored.market_prices.select(CURRENCY, count=pl.col("count_campaigns").cast(pl.Int64))
    counts = pl.concat([of_asked, of_paid]).group_by(CURRENCY).agg(pl.col("count").sum())
    ordered = counts.sort(["count", CURRENCY], descending=[True, False])[CURRENCY].to_list()
    return str(ordered[0]) if ordered else None


def usual_costs(
    known: pl.DataFrame, stored: StoredBasis, views: Fit, rates: pl.DataFrame, currency: str | None, unnamed: str
) -> pl.DataFrame:
    """Price one standard deliverable of every creator in the currency that most prices name.

    known: known_of() of those lines, in that currency: price_currency() of all creators. unnamed: what prices without
    a currency are in, unnamed_currency() of all. rates: currency, rate, base, as_of. Returns creator_id, cost (NaN
    where it cannot be known), log_sd (0 of an asking price), basis, rate_note.
    """
    facts = stored.facts
    own = stored.price_rates.select(
        "creator_id", price_log_mean="log_mean", price_log_sd="log_sd", paid="count_campaigns"
    )
    asked = stored.creators.select("creator_id", "asking_price", asked_in="currency")
    joined = known.select("creator_id").join(own, on="creator_id", how="left", maintain_order="left")
    joined = joined.join(asked, on="creator_id", how="left", maintain_order="left")
    asked_in = joined["asked_in"].fill_null(unnamed)
    rate, notes = _rates_to(asked_in, currency, rates)
    asking = joined["asking_price"].cast(pl.Float64).fill_null(np.nan).to_numpy() * rate
    usual = usual_log_costs(known, stored, views)
    has_past = (joined["paid"].fill_null(0) > 0).to_numpy()
    past = usual + joined["price_log_mean"].fill_null(0.0).to_numpy()
    has_price = asking > 0
    unused = (joined["asking_price"].fill_null(0) > 0).to_numpy() & ~has_price
    with np.errstate(over="ignore"):
        cost = np.where(has_price, asking, np.exp(np.where(has_past, past, usual)))
    usual_sd = np.hypot(facts["price_creator_sd"], facts["price_campaign_sd"])
    sd = np.where(has_past, joined["price_log_sd"].fill_null(usual_sd).to_numpy(), usual_sd)
    basis = np.where(has_past, PriceBasis.OWN_PAST_PRICE.value, PriceBasis.MARKET_PRICE.value)
    basis = np.where(has_price, PriceBasis.ASKING_PRICE.value, basis)
    return pl.DataFrame(
        {
            "creator_id": known["creator_id"],
            "cost": cost,
            "log_sd": np.where(has_price, 0.0, sd),
            "basis": pl.Series(basis, dtype=pl.String),
            "rate_note": pl.Series(
                [note if shown else None for note, shown in zip(notes, has_price | unused, strict=True)],
                dtype=pl.String,
            ),
        }
    )


def shown_currency(currency: str | None) -> str | None:
    """A currency as people are shown it: none for amounts that name none."""
    return None if currency == UNNAMED else currency


def unnamed_currency(stored: StoredBasis) -> str:
    """The currency of amounts that name none: the only one that the store names, else UNNAMED."""
    amounts = (stored.creators, stored.market_prices, stored.order_values)
    named = pl.concat([frame[CURRENCY] for frame in amounts]).drop_nulls().unique()
    named = named.filter(named != UNNAMED)
    return str(named[0]) if len(named) == 1 else UNNAMED


def _rates_to(currencies: pl.Series, base: str | None, rates: pl.DataFrame) -> tuple[np.ndarray, list[str | None]]:
    """The rate from each currency to the base (NaN without one), and what to say of it (None: the same currency)."""
    found: dict[str, tuple[float, str | None]] = {}
    for name in currencies.unique().to_list():
        found[name] = rate_between(name, base, rates)
    pairs = [found[name] for name in currencies.to_list()]
    return np.array([rate for rate, _ in pairs]), [note for _, note in pairs]


def rate_between(name: str, base: str | None, rates: pl.DataFrame) -> tuple[float, str | None]:
    """What one unit of a currency is worth in the base (NaN where no rate is given), and what to say of it.

    rates: currency, rate, base, as_of. The sentence is None where both are the same.
    """
    if base is None or name == base:
        return 1.0, None
    given = {(row["currency"], row["base"]): (row["rate"], row["as_of"]) for row in rates.iter_rows(named=True)}
    if (name, base) in given:
        rate, day = given[name, base]
        return rate, f"1 {name} = {rate:g} {base}" + (f" on {day:%Y-%m-%d}" if day else "")
    if (base, name) in given:
        rate, day = given[base, name]
        return 1 / rate, f"1 {base} = {rate:g} {name}" + (f" on {day:%Y-%m-%d}" if day else "")
    return np.nan, f"asks in {name}, for which no rate to {base} is given: judged without that price"

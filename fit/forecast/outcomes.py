"""Expect what each creator's standard deliverable brings and costs, up to what a market changes.

One standard deliverable: the creator's most frequent on its platform, else a post. Its means are those of a forecast of
the same line (exact_means), so that list, plan and forecast say one number. They are worked out once a generation; the
question of the shortlist multiplies them by the audience in each market of the brief.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from fit.forecast.benchmark_fits import FITS, ExpectedParts, benchmark_errors, read_fits
from fit.forecast.correction import corrected_facts
from fit.forecast.inputs import covariance_of, known_of, log_impressions
from fit.forecast.prices import price_currency, shown_currency, unnamed_currency, usual_costs
from fit.forecast.stored_basis import StoredBasis
from fit.model import STAGES, VIEWS, WHOLE

MARKET = "market"
NO_RATES = pl.DataFrame(schema={"currency": pl.String, "rate": pl.Float64, "base": pl.String, "as_of": pl.Date})


@dataclass(frozen=True)
class CommonOutcome:
    """What the outcomes of all creators of a field share: the currency of most prices and that of prices which name
    none, whether any price is known, and the mean errors of the fits (4, parts).
    """

    currency: str | None
    unnamed: str
    is_priced: bool
    errors: np.ndarray


def standard_outcomes(stored: StoredBasis, rates: pl.DataFrame, common: CommonOutcome | None = None) -> pl.DataFrame:
    """What one standard deliverable of every creator brings and costs: rows of the table standard_outcomes.

    stored: of all creators, or of some with `common`, what they share with the others of their field. rates: currency,
    rate, base, as_of: exchange rates that the user has given.
    """
    return _outcomes(stored, rates, common)[0]


def common_outcome(stored: StoredBasis) -> CommonOutcome:
    """What the outcomes of a field's creators share. stored: of all of them, or of enough to stand for all."""
    return _outcomes(stored, NO_RATES, None)[1]


def _outcomes(
    stored: StoredBasis, rates: pl.DataFrame, common: CommonOutcome | None
) -> tuple[pl.DataFrame, CommonOutcome]:
    currency = common.currency if common else price_currency(stored)
    lines = stored.payoff_parts.select("creator_id", "deliverable").with_columns(
        market=pl.lit("ZZ"), currency=pl.lit(currency, pl.String)
    )
    known, fits = known_of(lines, stored), read_fits(stored)
    errors = benchmark_errors(known, stored, fits)
    facts = corrected_facts(stored.facts)
    typical = np.stack([np.log(facts[f"base_{s}"]) + fits[s].log_effects(known) for s in STAGES], axis=1)
    covariance = covariance_of(known, errors.past)
    mean = known.select(f"mean_{stage}" for stage in STAGES).to_numpy()
    view_sd = known["view_log_sd"].to_numpy()
    spread = np.hypot(np.hypot(view_sd, facts["view_campaign_sd"]), errors.sd[:, FITS.index(VIEWS)])
    seen = log_impressions(known, fits[VIEWS]) + known["view_log_mean"].to_numpy() + facts["view_shift"]
    frequency = (known["pair_frequency"] + known["log_frequency"]).to_numpy() + facts["frequency_shift"]
    frequency = np.stack([frequency, np.full(known.height, facts["frequency_campaign_sd"])], axis=1)
    parts = ExpectedParts.of(np.stack([seen, spread], axis=1), frequency, typical, mean, covariance)
    unnamed = common.unnamed if common else unnamed_currency(stored)
    costs = usual_costs(known, stored, fits[VIEWS], rates, currency, unnamed)
    # What every creator's outcome shares changes no order: the errors are taken against the field's mean.
    if common is None:
        is_priced = bool(costs["cost"].is_not_nan().any())
        common = CommonOutcome(currency, unnamed, is_priced, errors.shared.mean(axis=0))
    apart = errors.shared - common.errors
    variance = (apart**2).sum(axis=2) + errors.own**2
    views = view_sd**2 + variance[:, 3] + costs["log_sd"].to_numpy() ** 2
    path = covariance[:, 1, 1] + covariance[:, 2, 2] + 2 * covariance[:, 1, 2] + variance[:, 1] + variance[:, 2]
    typical_impressions = np.exp(log_impressions(known, fits[VIEWS]))
    largest = known.select("creator_id").join(
        _largest(stored.audience), on="creator_id", how="left", maintain_order="left"
    )
    unlisted = known.select("creator_id").join(
        stored.sets_with_unlisted, on="creator_id", how="left", maintain_order="left"
    )
    named = pl.lit(shown_currency(currency), pl.String)
    outcomes = (
        costs.select(
            "creator_id",
            home=stored.homes_of["home"],
            unlisted_ppm=unlisted["unlisted_ppm"],
            largest_country=largest["country"],
            largest_share=largest["ppm"] / WHOLE,
            purchases=pl.Series(parts.purchases).fill_nan(None),
            reach=pl.Series(parts.reach).fill_nan(None),
            cost=pl.col("cost").fill_nan(None),
            currency=pl.when(pl.col("cost").is_not_nan()).then(named),
            cost_basis="basis",
            rate_note="rate_note",
            order_cost=pl.when(pl.col("cost").is_nan()).then(pl.Series(typical_impressions)).otherwise("cost"),
            conversion_log_sd=pl.Series(np.sqrt(views + path)),
            awareness_log_sd=pl.Series(np.sqrt(views)),
        )
        .with_columns(pl.col("order_cost").fill_nan(None))
        .with_columns(order_cost=pl.col("cost") if common.is_priced else pl.col("order_cost"))
    )
    return outcomes, common


def _largest(audience: pl.DataFrame) -> pl.DataFrame:
    """The largest listed country of each audience: creator_id, country, ppm (ties: by code)."""
    ordered = audience.sort(["creator_id", "ppm", "country"], descending=[False, True, False])
    return ordered.group_by("creator_id", maintain_order=True).first().select("creator_id", "country", "ppm")


def market_effects_table(stored: StoredBasis) -> pl.DataFrame:
    """How much more people in each country buy per impression (1 = no difference): the table market_effects."""
    fits = read_fits(stored)
    click, convert = fits["click"], fits["convert"]
    countries = sorted(set(click.effects[MARKET]) | set(convert.effects[MARKET]))
    logs = [click.effect(MARKET, name) + convert.effect(MARKET, name) for name in ["", *countries]]
    return pl.DataFrame(
        {"country": ["", *countries], "purchases": np.exp(logs)}, schema={"country": pl.String, "purchases": pl.Float64}
    )

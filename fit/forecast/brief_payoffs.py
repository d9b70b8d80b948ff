"""Compute the payoff of each line of a briefs file, against the same money at market price."""

import numpy as np
import polars as pl

from fit.forecast.benchmark_fits import read_fits
from fit.forecast.inputs import known_of
from fit.forecast.prices import usual_log_costs
from fit.forecast.simulate import LEAST_COST
from fit.forecast.stored_basis import StoredBasis
from fit.model import TOO_LITTLE, VIEWS, RoleLabel, payoffs


def payoffs_of_briefs(briefs: pl.DataFrame, stored: StoredBasis) -> pl.DataFrame:
    """What each brief's money buys, against a typical creator at market price, and the role that pays best.

    briefs: as in forecasts(); without a cost, the creator's asking price or the market price counts. Returns
    creator_id, brief, payoff_awareness, payoff_conversion, best_role.
    """
    facts = stored.facts
    known = known_of(briefs, stored).join(
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
    best = np.where(awareness >= conversion, RoleLabel.AWARENESS, RoleLabel.CONVERSION)
    pays_too_little = np.maximum(awareness, conversion) < TOO_LITTLE
    return pl.DataFrame(
        {
            "creator_id": known["creator_id"],
            "brief": pl.int_range(known.height, eager=True),
            "payoff_awareness": awareness,
            "payoff_conversion": conversion,
            "best_role": np.where(pays_too_little, RoleLabel.NOT_FOR_THIS_MARKET, best),
        },
        schema_overrides={"best_role": pl.String},
    )


def _impressions_per_money(known: pl.DataFrame, stored: StoredBasis) -> np.ndarray:
    """Expected impressions of each brief over its cost, against what such a package usually costs; the stored part
    where cost is unknown.
    """
    own = known["view_log_mean"].to_numpy() + known["view_log_sd"].to_numpy() ** 2 / 2
    usual = usual_log_costs(known, stored, read_fits(stored)[VIEWS])
    cost = known["cost"].to_numpy()
    with np.errstate(divide="ignore", invalid="ignore"):
        per_money = np.where(cost >= LEAST_COST, np.exp(own + usual) / cost, np.nan)
    return np.where(np.isnan(per_money), known["impressions_per_money"].to_numpy(), per_money)

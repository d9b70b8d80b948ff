"""Name the tables of a generation that a forecast reads."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from fit.forecast.order_value import OWN_ORDERS
from fit.model import homes, with_unlisted


@dataclass(frozen=True, kw_only=True)
class FitBasis:
    """The tables that say what is typical, and how unsure that is for the creators in question.

    benchmark_levels, benchmark_errors, field_facts: as judged. measured_levels: queries/measured_levels.sql, one row
    per creator, campaign and stage that it measured.
    """

    benchmark_levels: pl.DataFrame
    benchmark_errors: pl.DataFrame
    field_facts: pl.DataFrame
    measured_levels: pl.DataFrame

    @property
    def facts(self) -> dict[str, float]:
        """The field's numbers by name."""
        return dict(zip(self.field_facts["name"], self.field_facts["value"], strict=True))


@dataclass(frozen=True, kw_only=True)
class StoredBasis(FitBasis):
    """The tables of a generation that a forecast reads, of the creators in question at least.

    strengths, natural_roles, market_prices: as judged. creators, audience, audience_sets: as in judge_field.
    view_rates, price_rates, frequencies, order_values, audience_mix: ForecastBasis of fit.model.judgement.
    own_order_values: queries/own_order_values.sql.
    """

    creators: pl.DataFrame
    audience: pl.DataFrame
    audience_sets: pl.DataFrame
    strengths: pl.DataFrame
    natural_roles: pl.DataFrame
    payoff_parts: pl.DataFrame
    market_prices: pl.DataFrame
    view_rates: pl.DataFrame
    price_rates: pl.DataFrame
    frequencies: pl.DataFrame
    order_values: pl.DataFrame
    audience_mix: pl.DataFrame
    own_order_values: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=OWN_ORDERS))

    @property
    def homes_of(self) -> pl.DataFrame:
        """Where each creator is at home: homes() of fit.model."""
        return homes(self.creators, self.audience)

    @property
    def sets_with_unlisted(self) -> pl.DataFrame:
        """The audience sets with what is usual in the countries that they do not list: with_unlisted() of fit.model."""
        typical = self.facts["typical_in_market_share"]
        return with_unlisted(self.audience_sets, self.homes_of, self.audience, self.audience_mix, typical)

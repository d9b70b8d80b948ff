"""Name the tables of a generation that a forecast reads."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from fit.forecast.order_value import OWN_ORDERS


@dataclass(frozen=True)
class StoredBasis:
    """The tables of a generation that a forecast reads, of the creators in question at least.

    strengths, natural_roles, benchmark_levels, benchmark_errors, field_facts, market_prices: as judged. creators,
    audience, audience_sets: as in judge_field. view_rates, price_rates, frequencies, order_values, audience_mix:
    ForecastBasis of fit.model.judgement. measured_levels: queries/measured_levels.sql, one row per creator, campaign
    and stage that it measured. own_order_values: queries/own_order_values.sql.
    """

    creators: pl.DataFrame
    audience: pl.DataFrame
    audience_sets: pl.DataFrame
    strengths: pl.DataFrame
    natural_roles: pl.DataFrame
    payoff_parts: pl.DataFrame
    benchmark_levels: pl.DataFrame
    benchmark_errors: pl.DataFrame
    field_facts: pl.DataFrame
    market_prices: pl.DataFrame
    view_rates: pl.DataFrame
    price_rates: pl.DataFrame
    frequencies: pl.DataFrame
    order_values: pl.DataFrame
    audience_mix: pl.DataFrame
    measured_levels: pl.DataFrame
    own_order_values: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=OWN_ORDERS))

    @property
    def facts(self) -> dict[str, float]:
        """The field's numbers by name."""
        return dict(zip(self.field_facts["name"], self.field_facts["value"], strict=True))

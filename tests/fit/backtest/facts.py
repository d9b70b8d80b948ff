"""Which past do tests of the back-test walk through? Two creators with a post in each month, by hand."""

from datetime import date

import polars as pl

from fit.backtest.known_before import Facts
from tests.invented import HOME, campaign, creator, tables

MONTHS = [(year, month) for year in (2024, 2025) for month in range(1, 13)]


def facts(months: list[tuple[int, int]] = MONTHS, **changed: object) -> Facts:
    """Creators a and b with one post each a month; b sells twice as well. changed: columns of every campaign."""
    rows = [
        campaign(
            who,
            date=date(year, month, 10),
            impressions=9_000 + 400 * month,
            engagements=300 + 11 * month,
            clicks=(90 + 5 * month) * times,
            conversions=(2 + month % 3) * times,
            revenue=50.0 * (2 + month % 3) * times,
            currency="EUR",
            **changed,
        )
        for year, month in months
        for who, times in (("a", 1), ("b", 2))
    ]
    creators, campaigns, audience, sets = tables([creator("a"), creator("b")], rows, {"a": HOME, "b": HOME})
    return Facts(creators, campaigns, audience, sets.with_columns(as_of=pl.lit(None, pl.Date)))

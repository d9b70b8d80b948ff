"""Which currency are prices compared in?"""

from types import SimpleNamespace

import polars as pl
import pytest

from fit.forecast.prices import price_currency


@pytest.mark.parametrize(
    ("asked", "paid", "currency"),
    [
        (["EUR", "EUR", "USD"], {}, "EUR"),
        (["EUR", "EUR"], {"USD": 3}, "USD"),
        (["EUR", "USD"], {}, "EUR"),
        (["EUR", None, None], {}, "EUR"),
        ([None], {}, "XXX"),
        ([], {}, None),
    ],
)
def test_prices_are_compared_in_the_currency_that_most_of_them_name(asked, paid, currency):
    amounts = {"currency": pl.String, "count_campaigns": pl.Int32}
    stored = SimpleNamespace(
        creators=pl.DataFrame({"asking_price": [100.0] * len(asked), "currency": asked},
                              schema={"asking_price": pl.Float64, "currency": pl.String}),
        market_prices=pl.DataFrame({"currency": list(paid), "count_campaigns": list(paid.values())}, schema=amounts),
        order_values=pl.DataFrame(schema=amounts),
    )  # fmt: skip
    assert price_currency(stored) == currency


def test_a_creator_who_asks_for_nothing_names_no_price():
    stored = SimpleNamespace(
        creators=pl.DataFrame({"asking_price": [0.0, None, 5.0], "currency": ["USD", "USD", "EUR"]}),
        market_prices=pl.DataFrame(schema={"currency": pl.String, "count_campaigns": pl.Int32}),
        order_values=pl.DataFrame(schema={"currency": pl.String, "count_campaigns": pl.Int32}),
    )
    assert price_currency(stored) == "EUR"

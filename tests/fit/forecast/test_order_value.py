"""Is an order worth what the creator's own campaigns show, drawn towards the field where they are few?"""

from math import log, sqrt

import polars as pl
import pytest

from fit.forecast.order_value import OWN_ORDERS, count_own_orders, with_own_orders
from fit.forecast.summary import read_stored

FIELD = pl.DataFrame(
    {
        "creator_id": ["tom", "tom", "new"],
        "currency": ["EUR", "USD", "EUR"],
        "order_log_mean": [log(77.0), None, log(77.0)],
        "order_log_sd": [0.4, None, 0.4],
    }
)


def own(count: int, worth: float, squares: float = 0.0) -> pl.DataFrame:
    return pl.DataFrame([("tom", "EUR", count, log(worth), squares)], schema=OWN_ORDERS, orient="row")


@pytest.mark.parametrize(("count", "worth"), [(1, sqrt(77 * 45)), (4, 77**0.2 * 45**0.8), (99, 45.24)])
def test_n_campaigns_of_its_own_weigh_n_of_n_plus_one(count, worth):
    tom, dollars, new = with_own_orders(FIELD, own(count, 45.0)).iter_rows(named=True)
    assert tom["order_log_mean"] == pytest.approx(log(worth), abs=1e-4)
    assert (dollars["order_log_mean"], dollars["order_log_sd"]) == (None, None)
    assert (new["order_log_mean"], new["order_log_sd"]) == (log(77.0), 0.4)


def test_the_spread_narrows_with_campaigns_that_are_alike_and_not_with_those_that_differ():
    field = 0.4**2
    alike, unlike = (
        with_own_orders(FIELD, own(4, 45.0, squares))["order_log_sd"].to_list()[0] for squares in (0.0, 2.0)
    )
    assert alike == pytest.approx(sqrt(5 * field / 9 + field / 10))
    assert unlike == pytest.approx(sqrt((2.0 + 5 * field) / 9 + field / 10))
    assert alike < 0.4 < unlike


def test_campaigns_of_another_currency_or_creator_are_not_counted():
    assert [count_own_orders(own(4, 45.0), *who) for who in (("tom", "EUR"), ("tom", "USD"), ("ada", "EUR"))] == [
        4,
        0,
        0,
    ]
    assert count_own_orders(own(4, 45.0), "tom", None) == 0


def test_the_store_says_what_orders_with_each_creator_were_worth(ask_demo):
    """The logs of every campaign with revenue and purchases, by creator and currency."""
    every = ask_demo("judge_campaigns").filter((pl.col("revenue") > 0) & (pl.col("conversions") > 0))
    logs = (pl.col("revenue").cast(pl.Float64) / pl.col("conversions")).log()
    by_hand = (
        every.group_by("creator_id", "currency")
        .agg(count=pl.len(), mean=logs.mean(), squares=((logs - logs.mean()) ** 2).sum())
        .filter(pl.col("currency").is_not_null())
        .sort("creator_id", "currency")
    )
    stored = read_stored(ask_demo).own_order_values
    assert stored.select("creator_id", "currency").rows() == by_hand.select("creator_id", "currency").rows()
    for name, other in (("count_campaigns", "count"), ("log_mean", "mean"), ("log_squares", "squares")):
        assert stored[name].to_list() == pytest.approx(by_hand[other].to_list(), abs=1e-6)

"""Do prices follow from what a purchase is worth, by hand-worked numbers?"""

import numpy as np
import polars as pl
import pytest

from fit.forecast import forecasts, read_stored
from fit.plan import PlanRefused, PriceRequest, WorthBasis, price_of
from fit.plan.price import _about_fee, _because, _deal, safe_fee

FUTURES = np.array([0, 1, 1, 2, 2, 3, 3, 3, 4, 9], float)  # mean 2.8


def test_the_safe_fee_is_the_one_whose_chance_of_no_loss_is_nearest_to_8_in_10() -> None:
    assert safe_fee(FUTURES, 20.0) == 20.0  # 9 of 10 bring 1 or more, 7 of 10 bring 2: the lower
    mostly_two = np.array([0, 0, 2, 2, 2, 2, 2, 2, 2, 2], float)
    assert safe_fee(mostly_two, 20.0) == 40.0
    often_none = np.array([0, 0, 0, 0, 0, 0, 1, 1, 1, 1], float)
    assert safe_fee(often_none, 20.0) == 0.0  # 10 of 10 with nothing paid, 4 of 10 with the worth of one


@pytest.mark.parametrize(
    ("break_even", "asking", "said"),
    [
        (
            29.0,
            None,
            "No fee is safe here: too often it brings nothing. Pay by commission, or at most 29 EUR",
        ),
        (29.0, 90.0, "No fee is safe here, and the asking price of 90 EUR is above 29 EUR, where you break even."),
        (0.2, 90.0, "No fee pays off: hardly anything is expected here."),
    ],
)
def test_where_no_fee_is_safe_nobody_offers_nothing(break_even: float, asking: float | None, said: str) -> None:
    sentence = _because(break_even, 0.0, 40.0, asking, None if asking is None else 0.4, "EUR")
    assert sentence.replace("\N{NO-BREAK SPACE}", " ").startswith(said)
    planned = _about_fee(break_even, 0.0, 90.0, 0.4, "EUR")
    assert planned.startswith("No fee")


def test_the_safe_fee_of_reach_is_what_8_of_10_futures_are_worth() -> None:
    people = np.arange(1.0, 1_001.0)
    assert safe_fee(people, 0.015) == pytest.approx(0.015 * 201)  # 800 of 1,000 futures bring 201 or more


def test_a_deal_pays_the_same_on_average_and_moves_risk_to_the_creator() -> None:
    deal = _deal(0.1, 50.0, 40.0, 2.8, FUTURES, 20.0 * FUTURES, "EUR")
    assert deal.base == 38.8  # 50 less 2.8 purchases of 4 each
    assert deal.creator_mean == 50.0
    assert (deal.creator_p10, deal.creator_p90) == (42.4, 56.8)  # .9 and 4.5 purchases
    assert deal.p_loss_flat == 0.5  # fewer than 3 purchases are worth less than 50
    assert deal.p_loss_deal == 0.5


def test_a_commission_above_the_fee_is_refused_with_the_largest_that_fits() -> None:
    with pytest.raises(PlanRefused, match=r"Choose at most 44\.6 %"):
        _deal(0.5, 50.0, 40.0, 2.8, FUTURES, FUTURES, "EUR")
    with pytest.raises(PlanRefused, match="no deal can match"):
        _deal(0.1, None, 40.0, 2.8, FUTURES, FUTURES, "EUR")
    with pytest.raises(PlanRefused, match="no order value"):
        _deal(0.1, 50.0, None, 2.8, FUTURES, FUTURES, "EUR")


@pytest.mark.thorough
def test_break_even_is_the_mean_of_the_forecast_times_the_margin(ask_demo) -> None:
    names = ask_demo("creator_names")["creator_id"].sort()
    for creator in names[:6]:
        asked = PriceRequest(creator, ("DE",), "conversion", ("post", 2), order_margin=20.0)
        line = pl.DataFrame({"creator_id": [creator], "market": "DE", "deliverable": "post", "count_deliverables": 2})
        drawn = forecasts(line, read_stored(ask_demo, [creator]))
        mean = drawn.filter(pl.col("metric") == "in_market_conversions")["mean"].item()
        priced = price_of(ask_demo, asked)
        assert priced.break_even == pytest.approx(20 * mean, abs=0.006)
        assert priced.worth_basis is WorthBasis.ORDER_MARGIN
        assert priced.safe % 20 == 0


def test_the_asking_price_counts_for_the_standard_deliverable_alone(ask_demo) -> None:
    standard = read_stored(ask_demo).payoff_parts.select("creator_id", "deliverable")
    asking = ask_demo("judge_creators", creators=None).filter(pl.col("asking_price") > 0)
    row = asking.join(standard, on="creator_id").sort("creator_id").row(0, named=True)
    priced = price_of(ask_demo, PriceRequest(row["creator_id"], ("DE",), "conversion", (None, 3), 20.0))
    assert priced.asking_price == pytest.approx(3 * float(row["asking_price"]))
    assert 0 <= priced.p_profit_at_asking <= 1
    other = "story" if row["deliverable"] != "story" else "post"
    priced = price_of(ask_demo, PriceRequest(row["creator_id"], ("DE",), "conversion", (other, 1), 20.0))
    assert (priced.asking_price, priced.p_profit_at_asking) == (None, None)
    assert priced.market_price > 0


def test_without_a_margin_an_order_counts_and_reach_has_a_market_price(ask_demo) -> None:
    creator = ask_demo("creator_names")["creator_id"].sort()[0]
    by_order = price_of(ask_demo, PriceRequest(creator, ("DE",), "conversion", ("post", 1)))
    assert by_order.worth_basis is WorthBasis.REVENUE_PER_ORDER
    (order,) = ask_demo("order_values").filter(pl.col("currency") == by_order.currency).iter_rows(named=True)
    value = np.exp(order["log_mean"] + order["log_sd"] ** 2 / 2)
    margin = price_of(ask_demo, PriceRequest(creator, ("DE",), "conversion", ("post", 1), order_margin=float(value)))
    assert by_order.break_even == margin.break_even
    by_market = price_of(ask_demo, PriceRequest(creator, ("DE",), "awareness", ("post", 1)))
    assert by_market.worth_basis is WorthBasis.MARKET_PRICE
    asked = price_of(ask_demo, PriceRequest(creator, ("DE",), "awareness", ("post", 1), per_thousand=15.0))
    assert asked.worth_basis is WorthBasis.PER_THOUSAND
    assert 0 < asked.safe < asked.break_even


def test_a_deal_keeps_the_mean_and_the_advice_is_one_sentence(ask_demo) -> None:
    creator = ask_demo("creator_names")["creator_id"].sort()[0]
    priced = price_of(ask_demo, PriceRequest(creator, ("DE",), "conversion", (None, 1), 20.0, commission=0.01))
    assert priced.deal is not None
    assert priced.deal.creator_mean == (priced.asking_price or priced.market_price)
    assert priced.deal.creator_p10 <= priced.deal.creator_mean
    assert priced.because.startswith(("Offer", "Accept"))

"""Is a payoff the product of its parts, and does the order know how sure it is?"""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fit.payoff import Strengths, awareness_factor, chances, conversion_factor, payoffs


def contenders(payoff: list[float], log_sd: float = 0.5, click_log_sd: float = 0.4) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "creator_id": [f"c{at:03d}" for at in range(len(payoff))],
            "payoff": payoff,
            "log_sd": [log_sd] * len(payoff),
            "click_log_sd": [click_log_sd] * len(payoff),
        },
        schema={"creator_id": pl.String, "payoff": pl.Float64, "log_sd": pl.Float64, "click_log_sd": pl.Float64},
    )


def test_a_typical_creator_at_market_price_pays_one():
    one = np.array(1.0)
    assert payoffs(one, np.array(0.55), one, one, 0.55, 0.6, 0.05) == pytest.approx((1.0, 1.0))


def test_half_the_price_doubles_both_payoffs():
    one = np.array(1.0)
    plain = payoffs(one, np.array(0.3), one, one, 0.55, 0.6, 0.05)
    assert payoffs(2 * one, np.array(0.3), one, one, 0.55, 0.6, 0.05) == pytest.approx((2 * plain[0], 2 * plain[1]))


def test_factors_are_expectations_over_what_is_open():
    strengths = Strengths(np.array([[0.4, 0.1, 0.2]]), np.array([[[0.2, 0, 0], [0, 0.1, 0.03], [0, 0.03, 0.3]]]))
    assert awareness_factor(strengths)[0][0] == pytest.approx(np.exp(0.5 * 0.4 + 0.25 * 0.2 / 2))
    assert conversion_factor(strengths)[0][0] == pytest.approx(np.exp(0.3 + (0.1 + 0.3 + 2 * 0.03) / 2))


def test_chances_of_the_top_three_add_up_to_three():
    assert chances(contenders([3.0, 2.5, 2.0, 1.5, 1.0, 0.5]), "conversion")["p_top"].sum() == pytest.approx(3.0)


def test_three_or_fewer_are_all_in_the_top():
    assert chances(contenders([3.0, 2.0, 1.0]), "awareness")["p_top"].to_list() == [1.0, 1.0, 1.0]


def test_nobody_beyond_the_first_200_has_a_chance():
    assert chances(contenders([1.0] * 250), "awareness")["p_top"][200:].sum() == 0


def test_equals_are_a_coin_toss_and_the_last_has_no_next():
    assert chances(contenders([1.0, 1.0]), "conversion")["p_above_next"].to_list() == [0.5, None]


def test_close_neighbours_say_how_many_clicks_would_settle_it():
    clicks = chances(contenders([1.3, 1.0, 0.2]), "conversion")["clicks_to_settle"].to_list()
    assert clicks[0] > 0
    assert clicks[1:] == [None, None]  # already settled; no next


def test_clicks_do_not_settle_awareness_nor_equals():
    assert chances(contenders([1.3, 1.0]), "awareness")["clicks_to_settle"].to_list() == [None, None]
    assert chances(contenders([1.0, 1.0]), "conversion")["clicks_to_settle"].to_list() == [None, None]


def test_the_named_number_of_clicks_settles_the_order():
    table = contenders([1.3, 1.0])
    clicks = chances(table, "conversion", click_cap=4.0, clicks_per_campaign=100.0)["clicks_to_settle"][0]
    worth = clicks / 100 * (100 / (1 + 100 / 4))
    narrowed = 0.5**2 - 0.4**2 + 1 / (1 / 0.4**2 + worth)
    gap = np.log(1.3)
    assert gap / (2 * narrowed) ** 0.5 >= 0.5244


def test_nobody_to_rank_is_no_row():
    assert chances(contenders([]), "conversion").height == 0


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(0, 1e9), max_size=12), st.floats(0, 5), st.integers(1, 5))
def test_chances_are_probabilities(values, log_sd, top):
    found = chances(contenders(sorted(values, reverse=True), log_sd), "conversion", top=top, draws=50)
    assert found["p_top"].is_between(0, 1).all()
    assert found["p_above_next"].drop_nulls().is_between(0, 1).all()
    assert found["p_top"].sum() == pytest.approx(min(top, len(values)))

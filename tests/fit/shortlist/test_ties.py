"""Does a shortlist know how sure its order is, and what would settle it?"""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fit.shortlist.ties import Campaign, order_chances


def contenders(payoff: list[float], log_sd: float = 0.5, click: float = 0.4, convert: float = 0.0) -> pl.DataFrame:
    """Neighbours in order; log_sd of each payoff, and the parts of it that clicks and purchases would narrow."""
    return pl.DataFrame(
        {
            "creator_id": [f"c{at:03d}" for at in range(len(payoff))],
            "payoff": payoff,
            "log_sd": [log_sd] * len(payoff),
            "click_log_sd": [click] * len(payoff),
            "convert_log_sd": [convert] * len(payoff),
        },
        schema={"creator_id": pl.String}
        | dict.fromkeys(("payoff", "log_sd", "click_log_sd", "convert_log_sd"), pl.Float64),
    )


def test_chances_of_the_top_three_add_up_to_three():
    assert order_chances(contenders([3.0, 2.5, 2.0, 1.5, 1.0, 0.5]), "conversion")["p_top"].sum() == pytest.approx(3.0)


def test_three_or_fewer_are_all_in_the_top():
    assert order_chances(contenders([3.0, 2.0, 1.0]), "awareness")["p_top"].to_list() == [1.0, 1.0, 1.0]


def test_nobody_beyond_the_first_200_has_a_chance():
    assert order_chances(contenders([1.0] * 250), "awareness")["p_top"][200:].sum() == 0


def test_equals_are_a_coin_toss_and_the_last_has_no_next():
    assert order_chances(contenders([1.0, 1.0]), "conversion")["p_above_next"].to_list() == [0.5, None]


def test_close_neighbours_say_how_many_clicks_would_settle_it():
    clicks = order_chances(contenders([1.3, 1.0, 0.2]), "conversion")["clicks_to_settle"].to_list()
    assert clicks[0] > 0
    assert clicks[1:] == [None, None]  # already settled; no next


def test_clicks_do_not_settle_awareness_nor_equals():
    assert order_chances(contenders([1.3, 1.0]), "awareness")["clicks_to_settle"].to_list() == [None, None]
    assert order_chances(contenders([1.0, 1.0]), "conversion")["clicks_to_settle"].to_list() == [None, None]


def test_the_named_number_of_clicks_settles_the_order():
    table = contenders([1.3, 1.0])
    clicks = order_chances(table, "conversion", campaign=Campaign(click_cap=4.0))["clicks_to_settle"][0]
    worth = clicks / 100 * (100 / (1 + 100 / 4))
    narrowed = 0.5**2 - 0.4**2 + 1 / (1 / 0.4**2 + worth)
    gap = np.log(1.3)
    assert gap / (2 * narrowed) ** 0.5 >= 0.5244


def test_purchases_settle_what_clicks_cannot():
    table = contenders([1.3, 1.0], click=0.2, convert=0.45)
    campaign = Campaign(click_cap=4.0, convert_cap=4.0, purchases_per_click=0.03)
    found = order_chances(table, "conversion", campaign=campaign)
    assert found["clicks_to_settle"].to_list() == [None, None]
    number = found["purchases_to_settle"][0] / 3
    click, convert = (1 / (1 / sd**2 + number * worth) for sd, worth in zip((0.2, 0.45), campaign.worth, strict=True))
    narrowed = 0.5**2 - 0.2**2 - 0.45**2 + click + convert
    assert np.log(1.3) / (2 * narrowed) ** 0.5 >= 0.5244


def test_nothing_is_named_where_price_or_reach_is_what_is_open():
    found = order_chances(contenders([1.1, 1.0], log_sd=0.8, click=0.1, convert=0.1), "conversion")
    assert found.select("clicks_to_settle", "purchases_to_settle").row(0) == (None, None)


def test_nobody_to_rank_is_no_row():
    assert order_chances(contenders([]), "conversion").height == 0


@settings(max_examples=40)
@given(st.lists(st.floats(0, 1e9), max_size=12), st.floats(0, 5), st.integers(1, 5))
def test_chances_are_probabilities(values, log_sd, top):
    found = order_chances(contenders(sorted(values, reverse=True), log_sd), "conversion", top=top, draws=50)
    assert found["p_top"].is_between(0, 1).all()
    assert found["p_above_next"].drop_nulls().is_between(0, 1).all()
    assert found["p_top"].sum() == pytest.approx(min(top, len(values)))

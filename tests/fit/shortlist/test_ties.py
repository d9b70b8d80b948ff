"""Does a shortlist know how sure its order is, and what would settle it?"""

from math import ceil, exp, log
from statistics import NormalDist

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fit.shortlist.ties import Campaign, order_chances, to_settle, top_chances


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


Z_70 = 0.5244005127080407  # of a normal, 70 % lie below the mean and this many standard deviations


def test_a_usual_campaign_has_100_clicks_two_sales_and_is_worth_what_the_caps_allow():
    usual = Campaign()
    assert (usual.clicks, usual.purchases) == (100.0, 2.0)
    assert usual.worth == pytest.approx((100 / (1 + 100 / 4), 2 / (1 + 2 / 4)), rel=1e-12)
    other = Campaign(click_cap=5.0, convert_cap=2.0, purchases_per_click=0.05, clicks=200.0)
    assert other.purchases == pytest.approx(10.0)
    assert other.worth == pytest.approx((200 / 41, 10 / 6), rel=1e-12)


def test_the_chance_to_be_above_the_next_one_is_that_of_two_log_normals():
    """log payoff ~ N(log mean - sd^2/2, sd^2): the expected payoff is the mean, and the median lies below it."""
    table = contenders([1.5, 1.2, 1.0]).with_columns(log_sd=pl.Series([0.3, 0.6, 0.2]))
    middle = [log(1.5) - 0.045, log(1.2) - 0.18, log(1.0) - 0.02]
    expected = [
        NormalDist().cdf((middle[0] - middle[1]) / (0.09 + 0.36) ** 0.5),
        NormalDist().cdf((middle[1] - middle[2]) / (0.36 + 0.04) ** 0.5),
    ]
    above = order_chances(table, "conversion")["p_above_next"].to_list()
    assert above[:2] == pytest.approx(expected, rel=1e-9)
    assert above[2:] == [None]


def test_without_a_spread_the_order_is_certain_and_a_payoff_of_nothing_or_unknown_is_the_last():
    table = contenders([2.0, 1.0, 0.0], log_sd=0.0).with_columns(
        payoff=pl.Series([2.0, 1.0, None]), log_sd=pl.Series([0.0, None, 0.0])
    )
    found = order_chances(table, "conversion", top=1)
    assert found["p_above_next"].to_list() == [1.0, 1.0, None]
    assert found["p_best"].to_list() == [1.0, 0.0, 0.0]
    nothing = order_chances(contenders([exp(-39.0), 0.0], log_sd=1.0), "conversion")["p_above_next"][0]
    assert nothing == pytest.approx(NormalDist().cdf(1 / 2**0.5), rel=1e-9)  # 0 counts as e^-40


def test_the_chance_of_the_top_agrees_with_integration():
    """Three of four: one minus the chance to be the last, integrated over the grid of all four."""
    middle, sd = np.array([0.3, 0.2, 0.0, -0.1]), np.array([0.3, 0.5, 0.2, 0.4])
    grid = np.linspace(-3, 3, 2_001)
    last, best = [], []
    for at in range(4):
        density = np.exp(-0.5 * ((grid - middle[at]) / sd[at]) ** 2) / (sd[at] * (2 * np.pi) ** 0.5)
        below = [[NormalDist(middle[o], sd[o]).cdf(x) for x in grid] for o in range(4) if o != at]
        best.append(float((density * np.prod(below, axis=0)).sum() * (grid[1] - grid[0])))
        last.append(float((density * np.prod(1 - np.array(below), axis=0)).sum() * (grid[1] - grid[0])))
    assert sum(best) == pytest.approx(1, abs=1e-6)
    assert top_chances(middle, sd, 1, 40_000, 7)[-1] == pytest.approx(best, abs=0.01)
    assert top_chances(middle, sd, 3, 40_000, 7)[-1] == pytest.approx(1 - np.array(last), abs=0.01)


def test_chances_are_counted_over_2000_draws_and_are_the_same_every_time():
    table = contenders([1.2, 1.1, 1.0, 0.9])
    found = order_chances(table, "conversion")
    assert found["p_top"].to_list() == order_chances(table, "conversion")["p_top"].to_list()
    counted = found["p_top"].to_numpy() * 2_000
    assert counted == pytest.approx(np.round(counted), abs=1e-9)
    middle = np.log([1.2, 1.1, 1.0, 0.9]) - 0.125
    assert top_chances(middle, np.full(4, 0.5), 3, 2_000, 20_260_110)[-1].tolist() == found["p_top"].to_list()


def test_of_equal_draws_the_first_places_count():
    assert top_chances(np.zeros(5), np.zeros(5), 3, 10, 1)[-1].tolist() == [1.0, 1.0, 1.0, 0.0, 0.0]
    assert top_chances(np.zeros(40), np.zeros(40), 3, 10, 1)[-1].tolist() == [1.0] * 3 + [0.0] * 37
    assert top_chances(np.zeros(0), np.zeros(0), 3, 10, 1)[-1].tolist() == []


def campaigns_to_settle(gap: float, pair: float, variances: tuple[tuple[float, ...], ...], worth: tuple) -> float:
    """How many campaigns of each neighbour, found by trying finer and finer steps."""
    number = 0.0
    for step in (1.0, 0.1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8):
        while True:
            left = pair + sum(
                1 / (1 / v + (number + step) * w) - v for own in variances for v, w in zip(own, worth, strict=True)
            )
            if gap / left**0.5 >= Z_70:
                break
            number += step
    return number + 1e-8


def test_the_named_clicks_are_the_fewest_that_settle_the_order():
    """Neighbours who differ: log sd .5 and .6, of which clicks could narrow .4 and .5."""
    gap, pair = np.array([0.25]), np.array([0.25 + 0.36])
    stages = np.array([[0.16, 0.01], [0.25, 0.01]])
    campaign = Campaign(click_cap=4.0, clicks=100.0)
    clicks, purchases = to_settle(gap, pair, stages, campaign)
    assert clicks[0] == ceil(100 * campaigns_to_settle(0.25, 0.61, ((0.16,), (0.25,)), (100 / 26,)))
    assert np.isnan(purchases[0])


def test_the_named_purchases_are_the_fewest_of_campaigns_that_track_both():
    gap, pair, stages = np.array([0.25]), np.array([0.61]), np.array([[0.04, 0.16], [0.05, 0.25]])
    campaign = Campaign(4.0, 3.0, 0.03, 100.0)
    clicks, purchases = to_settle(gap, pair, stages, campaign)
    number = campaigns_to_settle(0.25, 0.61, ((0.04, 0.16), (0.05, 0.25)), (100 / 26, 3 / 2))
    assert np.isnan(clicks[0])
    assert purchases[0] == ceil(3 * number)


@pytest.mark.parametrize(("gap", "is_open"), [(0.5, True), (Z_70 * 1.0001, False), (0.0, False), (-0.5, False)])
def test_only_an_open_order_of_unequal_neighbours_is_to_be_settled(gap, is_open):
    """Variance 1: an order is 70 % sure when the gap is .524."""
    found = to_settle(np.array([gap]), np.array([1.0]), np.array([[0.3, 0.3], [0.3, 0.3]]), Campaign())
    assert bool(np.isnan(found[0][0])) is not is_open
    assert np.isnan(found[1][0])


def test_what_takes_more_than_50_campaigns_is_not_settled():
    """Each of two variances of .2 falls to .2 / (1 + .2 w n). After 50 campaigns worth 1, .2 / 11 is left of each."""
    campaign = Campaign(click_cap=100 / 99, clicks=100.0)  # worth 100 / (1 + 99) = 1
    assert campaign.worth[0] == pytest.approx(1.0)
    taken = 2 * (0.2 - 0.2 / 11)
    for excess, is_settled in ((taken - 1e-9, True), (taken + 1e-9, False)):
        gap = Z_70 * (1.0 - excess) ** 0.5
        clicks, _ = to_settle(np.array([gap]), np.array([1.0]), np.array([[0.2, 0.0], [0.2, 0.0]]), campaign)
        assert bool(np.isnan(clicks[0])) is not is_settled
        if is_settled:
            assert clicks[0] == 5_000.0


def test_each_pair_of_neighbours_is_settled_by_itself():
    gaps, pairs = np.array([0.25, 0.3]), np.array([0.61, 0.55])
    stages = np.array([[0.16, 0.0], [0.25, 0.0], [0.2, 0.0]])
    both, _ = to_settle(gaps, pairs, stages, Campaign())
    alone = [to_settle(gaps[at : at + 1], pairs[at : at + 1], stages[at : at + 2], Campaign())[0][0] for at in (0, 1)]
    assert both.tolist() == alone

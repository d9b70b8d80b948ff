"""Is the audience in a market read as it was reported, with the unknown part kept open?"""

from functools import partial

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fit.model.geography import (
    ASSUMED_HOME_SHARE,
    audience_mix,
    click_factor,
    convert_factor,
    homes,
    log_variance,
    market_shares,
    path_factor,
    survey_variance,
    typical_home_share,
)

CREATORS = pl.DataFrame({"creator_id": ["a", "b", "c", "d"], "home_country": ["DE", "DE", None, "FR"]})
AUDIENCE = pl.DataFrame(
    [
        ("a", "AT", 100_000),
        ("a", "DE", 600_000),
        ("b", "DE", 400_000),
        ("b", "US", 0),
        ("c", "GB", 500_000),
        ("c", "IE", 250_000),
    ],
    schema={"creator_id": pl.String, "country": pl.String, "ppm": pl.Int32},
    orient="row",
)
SETS = pl.DataFrame(
    {
        "creator_id": ["a", "b", "c"],
        "unknown_ppm": [300_000, 600_000, 250_000],
        "smallest_ppm": [100_000, 0, 250_000],
        "is_top_n": [True, False, True],
    }
)
NOBODY = AUDIENCE.clear()
HOMES = homes(CREATORS, AUDIENCE)
shares = st.floats(0.001, 1.0).map(np.array)
constants = st.floats(0.01, 1.0)


def share_of(creator_id: str, market: str) -> tuple[float, float, float]:
    pairs = pl.DataFrame({"creator_id": [creator_id], "market": [market]})
    mix, typical = audience_mix(HOMES, AUDIENCE), typical_home_share(HOMES, AUDIENCE)
    found = market_shares(pairs, HOMES, AUDIENCE, SETS, mix, typical)
    return found.select("share", "low", "high").row(0)


def test_a_country_on_a_top_list_is_known_whole():
    share, low, high = share_of("a", "DE")
    assert (low, high) == (0.6, 0.6)
    # One percent of the share is the field's: what creators at home in Germany have there.
    expected = (600_000 + 400_000 + 2 * 500_000) / 4 / 1e6
    assert share == pytest.approx(0.99 * 0.6 + 0.01 * expected)


def test_a_country_missing_from_a_top_list_hides_at_most_the_smallest_listed_share():
    _, low, high = share_of("a", "CH")
    assert (low, high) == (0.001, 0.1)


def test_the_unknown_part_may_lie_anywhere_where_the_list_is_not_a_top_list():
    share, low, high = share_of("b", "DE")
    assert (low, high) == (0.4, 1.0)
    assert low < share < high


def test_several_countries_are_added_up():
    assert share_of("a", "DE+AT")[1:] == (0.7, 0.7)


def test_a_reported_zero_is_not_zero():
    share, low, _ = share_of("b", "US")
    assert share > 0
    assert low == 0.001


def test_a_market_that_is_not_stated_means_home():
    assert share_of("a", "ZZ") == share_of("a", "DE")


def test_without_a_home_country_the_largest_listed_one_is_home():
    assert share_of("c", "ZZ") == share_of("c", "GB")


def test_without_an_audience_anything_is_possible_and_the_typical_share_is_likely():
    share, low, high = share_of("d", "FR")
    assert (low, high) == (0.001, 1.0)
    assert share == pytest.approx(typical_home_share(HOMES, AUDIENCE))


def test_the_typical_share_is_the_mean_at_home():
    assert typical_home_share(HOMES, AUDIENCE) == pytest.approx((0.6 + 0.4 + 0.5) / 3)
    assert typical_home_share(homes(CREATORS, NOBODY), NOBODY) == ASSUMED_HOME_SHARE


@given(shares, constants, constants)
def test_the_stages_multiply_to_the_whole_path(share, out_click, out_convert):
    whole = click_factor(share, out_click) * convert_factor(share, out_click, out_convert)
    assert whole == pytest.approx(path_factor(share, out_click, out_convert))


@given(shares, shares, constants)
def test_more_audience_in_the_market_never_lowers_a_factor(one, other, constant):
    less, more = np.minimum(one, other), np.maximum(one, other)
    whole = partial(path_factor, out_click=0.6, out_convert=constant)
    for factor in (partial(click_factor, out_click=constant), whole):
        assert factor(less) <= factor(more) + 1e-12
        assert 0 < factor(less) <= 1 + 1e-12


@given(shares, shares)
def test_a_wider_unknown_part_leaves_more_open(one, other):
    low, high = np.minimum(one, other), np.maximum(one, other)
    factor = partial(path_factor, out_click=0.6, out_convert=0.05)
    assert log_variance(factor, low, low, high) >= log_variance(factor, low, low, low)
    assert np.isfinite(survey_variance(factor, low))


def test_the_mix_says_what_creators_of_a_home_have_elsewhere():
    mix = audience_mix(HOMES, AUDIENCE)
    assert mix.filter(pl.col("home") == "DE").select("country", "ppm", "count_creators").rows() == [
        ("AT", 100_000, 2),
        ("DE", 1_000_000, 2),
        ("US", 0, 2),
    ]
    assert mix.filter(pl.col("home") == "", pl.col("country") == "DE").row(0) == ("", "DE", 1_000_000, 3)


def test_engagement_leaves_nothing_open():
    share = np.array([0.2, 1.0])
    assert log_variance(np.ones_like, share, share / 2, share).tolist() == [0.0, 0.0]

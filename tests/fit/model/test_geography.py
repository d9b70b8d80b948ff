"""Is the audience in a market read as it was reported, with the unknown part kept open?"""

from functools import partial
from math import log

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
    country_parts,
    country_shares,
    homes,
    log_variance,
    market_shares,
    path_factor,
    survey_variance,
    typical_home_share,
    with_unlisted,
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


def shares_in(pairs, homes_of, audience, sets, mix, typical_share) -> pl.DataFrame:
    """market_shares() of sets that are counted here."""
    sets = with_unlisted(sets, homes_of, audience, mix, typical_share)
    return market_shares(pairs, homes_of, audience, sets, mix, typical_share)


def parts_in(pairs, homes_of, audience, sets, mix, typical_share) -> pl.DataFrame:
    """country_parts() of sets that are counted here."""
    sets = with_unlisted(sets, homes_of, audience, mix, typical_share)
    return country_parts(pairs, homes_of, audience, sets, mix, typical_share)


def share_of(creator_id: str, market: str) -> tuple[float, float, float]:
    pairs = pl.DataFrame({"creator_id": [creator_id], "market": [market]})
    mix, typical = audience_mix(HOMES, AUDIENCE), typical_home_share(HOMES, AUDIENCE)
    found = shares_in(pairs, HOMES, AUDIENCE, SETS, mix, typical)
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


@pytest.mark.parametrize(
    ("share", "click", "path"), [(1.0, 1.0, 1.0), (0.0, 0.6, 0.03), (0.25, 0.25 + 0.75 * 0.6, 0.25 + 0.75 * 0.6 * 0.05)]
)
def test_the_factors_are_the_formulas_of_the_method(share, click, path):
    """Click: s + (1-s) kC. Path: s + (1-s) kC kV. Convert: one over the other."""
    given = np.array([share])
    assert click_factor(given, 0.6)[0] == pytest.approx(click, rel=1e-12)
    assert path_factor(given, 0.6, 0.05)[0] == pytest.approx(path, rel=1e-12)
    assert convert_factor(given, 0.6, 0.05)[0] == pytest.approx(path / click, rel=1e-12)


def test_the_unknown_part_is_as_uncertain_as_a_uniform_and_a_campaign_as_60_people():
    """Squared log range / 12, and half the log range of s -+ root of s (1 - s) / 61, squared."""
    share, low, high = (np.array([value]) for value in (0.4, 0.3, 0.8))
    factor = partial(click_factor, out_click=0.5)
    spread = (0.4 * 0.6 / 61) ** 0.5
    drawn = log((0.5 + 0.5 * (0.4 + spread)) / (0.5 + 0.5 * (0.4 - spread))) / 2
    unknown = log(0.9 / 0.65) ** 2 / 12
    assert log_variance(factor, share, low, high)[0] == pytest.approx(unknown + drawn**2, rel=1e-9)
    assert log_variance(factor, share, share, share)[0] == pytest.approx(drawn**2, rel=1e-9)


def test_a_reported_share_is_as_uncertain_as_200_people():
    factor = partial(click_factor, out_click=0.5)
    spread = (0.4 * 0.6 / 201) ** 0.5
    expected = (log((0.5 + 0.5 * (0.4 + spread)) / (0.5 + 0.5 * (0.4 - spread))) / 2) ** 2
    assert survey_variance(factor, np.array([0.4]))[0] == pytest.approx(expected, rel=1e-9)


def test_a_spread_beyond_all_or_nothing_is_cut():
    """Half of a thousandth is the least, the whole the most."""
    identity = np.array
    small, large = survey_variance(identity, np.array([0.001])), survey_variance(identity, np.array([0.9999]))
    assert small[0] == pytest.approx((log((0.001 + (0.001 * 0.999 / 201) ** 0.5) / 0.0005) / 2) ** 2, rel=1e-9)
    assert large[0] == pytest.approx((log(1.0 / (0.9999 - (0.9999 * 0.0001 / 201) ** 0.5)) / 2) ** 2, rel=1e-9)


def test_a_listed_country_takes_one_percent_of_the_fields_expectation():
    """Ada's home: two creators of DE have 1.0 whole audiences there; with two more of s0 = .5 that is .5 each."""
    share, low, high = share_of("a", "DE")
    assert share == pytest.approx((198 * 0.6 + 2 * 0.5) / 200, rel=1e-12)
    assert (low, high) == (0.6, 0.6)


def test_a_country_abroad_is_expected_as_creators_of_the_same_home_have_it_with_two_of_the_fields_weight():
    """IE: nobody of two DE creators; the field of three has .25 / 3, so (0 + 2 x .0833) / 4."""
    field = 250_000 / 3
    expected = round((0 + 2 * field) / (2 + 2)) / 1e6
    # b lists DE and US, where .5 and 0 are expected: of the 60 % that live in neither, .042 of the other .5 are in IE.
    share, low, high = share_of("b", "IE")
    extra = round(600_000 * expected / 0.5) / 1e6
    assert share == pytest.approx((198 * extra + 2 * expected) / 200, rel=1e-12)
    assert (low, high) == (0.001, 0.6)


def test_what_may_hide_in_a_top_list_is_the_smallest_listed_or_all_of_the_unknown_if_that_is_less():
    assert share_of("a", "IE")[2] == 0.1  # 30 % unknown, the smallest listed has 10 %
    sets = SETS.with_columns(unknown_ppm=pl.lit(40_000))
    pairs = pl.DataFrame({"creator_id": ["a"], "market": ["IE"]})
    mix = audience_mix(HOMES, AUDIENCE)
    found = shares_in(pairs, HOMES, AUDIENCE, sets, mix, 0.5).row(0, named=True)
    expected = round(2 * (250_000 / 3) / 4) / 1e6
    others = 1 - 0.5 - round((100_000 + 2 * (100_000 / 3)) / 4) / 1e6  # what is usual outside of Germany and Austria
    assert found["high"] == pytest.approx(0.04)
    assert found["share"] == pytest.approx(
        (198 * round(40_000 * expected / others) / 1e6 + 2 * expected) / 200, rel=1e-12
    )


def test_a_country_abroad_is_expected_as_those_have_it_who_are_not_at_home_there():
    """Half of c's audience lives in Britain, where c is at home: nothing is known of who is not, so 0.1 % for b."""
    assert share_of("b", "GB") == (0.001, 0.001, 0.6)
    # To nobody's knowledge where e is at home, all three count: .5 / 3.
    pairs = pl.DataFrame({"creator_id": ["e"], "market": ["GB"]})
    homes_of = pl.concat([HOMES, pl.DataFrame({"creator_id": ["e"], "home": [None]}, schema=HOMES.schema)])
    found = shares_in(pairs, homes_of, AUDIENCE, SETS, audience_mix(HOMES, AUDIENCE), 0.5)
    assert found["share"].to_list() == pytest.approx([0.5 / 3], abs=1e-6)


def test_what_is_likely_of_the_unknown_is_no_more_than_what_may_hide():
    """A list of the largest countries, the smallest with 1 %: 90 % are unknown, but only 1 % may be in Germany."""
    sets = pl.DataFrame({"creator_id": ["b"], "unknown_ppm": [900_000], "smallest_ppm": [10_000], "is_top_n": [True]})
    audience = AUDIENCE.filter(pl.col("creator_id") != "b")
    pairs = pl.DataFrame({"creator_id": ["b"], "market": ["DE"]})
    mix = audience_mix(HOMES, AUDIENCE)
    found = shares_in(pairs, HOMES, audience, sets, mix, 0.5).row(0, named=True)
    assert found["share"] == pytest.approx((198 * 0.01 + 2 * 0.5) / 200, rel=1e-12)
    assert (found["low"], found["high"]) == (0.001, 0.01)


def test_who_lives_in_no_listed_country_lives_in_one_of_the_others():
    """Home DE: .5 expected there, .2 in AT, .2 in CH, .1 in FR. A list of DE and AT leaves CH two thirds, FR one."""
    usual = {"DE": 500_000, "AT": 200_000, "CH": 200_000, "FR": 100_000}
    mix = pl.DataFrame(
        [(home, country, ppm, 1) for home in ("DE", "") for country, ppm in usual.items()],
        schema={"home": pl.String, "country": pl.String, "ppm": pl.Int64, "count_creators": pl.Int32}, orient="row",
    )  # fmt: skip
    homes_of = pl.DataFrame({"creator_id": ["x"], "home": ["DE"]})
    audience = pl.DataFrame([("x", "DE", 600_000), ("x", "AT", 250_000)], schema=AUDIENCE.schema, orient="row")
    sets = pl.DataFrame({"creator_id": ["x"], "unknown_ppm": [150_000], "smallest_ppm": [250_000], "is_top_n": [True]})
    pairs = pl.DataFrame({"creator_id": ["x"] * 3, "market": ["CH", "FR", "CH+FR"]})
    found = shares_in(pairs, homes_of, audience, sets, mix, 0.5)["share"].to_list()
    assert with_unlisted(sets, homes_of, audience, mix, 0.5)["unlisted_ppm"].to_list() == [300_000]
    assert found == pytest.approx(
        [(198 * 0.1 + 2 * 0.2) / 200, (198 * 0.05 + 2 * 0.1) / 200, (198 * 0.15 + 2 * 0.3) / 200], rel=1e-9
    )


def test_a_market_of_several_countries_is_their_sum_up_to_a_whole():
    """Ada: .6 + .1 in Germany and Austria, expected .5 and (.1 + 2 x .1/3) / 4."""
    austria = round((100_000 + 2 * 100_000 / 3) / 4) / 1e6
    share = share_of("a", "DE+AT")[0]
    assert share == pytest.approx((198 * 0.7 + 2 * (0.5 + austria)) / 200, rel=1e-12)
    whole = AUDIENCE.with_columns(ppm=pl.lit(1_000_000, pl.Int32))
    pairs = pl.DataFrame({"creator_id": ["a"], "market": ["DE+AT"]})
    found = shares_in(pairs, HOMES, whole, SETS, audience_mix(HOMES, whole), 1.0).row(0)
    assert found[2:] == (1.0, 1.0, 1.0)


def test_without_a_home_the_field_alone_is_expected():
    """Nobody knows where e is at home: s0 is expected of a market that is not stated, the field's mean elsewhere."""
    creators = pl.concat(
        [CREATORS, pl.DataFrame({"creator_id": ["e"], "home_country": [None]}, schema=CREATORS.schema)]
    )
    homes_of = homes(creators, AUDIENCE)
    pairs = pl.DataFrame({"creator_id": ["e", "e"], "market": ["ZZ", "DE"]})
    found = shares_in(pairs, homes_of, AUDIENCE, SETS, audience_mix(homes_of, AUDIENCE), 0.5)
    assert found["share"].to_list() == pytest.approx([0.5, round(1_000_000 / 3) / 1e6], rel=1e-12)
    assert found.select("low", "high").rows() == [(0.001, 1.0), (0.001, 1.0)]


def test_a_home_is_the_stated_one_or_the_largest_listed_and_of_equals_the_first_by_name():
    creators = pl.DataFrame({"creator_id": ["a", "b", "c"], "home_country": ["DE", None, None]})
    audience = pl.DataFrame(
        [("a", "US", 900_000), ("b", "FR", 400_000), ("b", "BE", 400_000), ("b", "US", 100_000)],
        schema=AUDIENCE.schema, orient="row",
    )  # fmt: skip
    assert homes(creators, audience).rows() == [("a", "DE"), ("b", "BE"), ("c", None)]


def test_the_typical_share_counts_a_home_that_is_not_listed_as_nothing_and_stays_within_its_bounds():
    homes_of = pl.DataFrame({"creator_id": ["a", "b"], "home": ["DE", "DE"]})
    audience = pl.DataFrame([("a", "DE", 600_000), ("b", "US", 1)], schema=AUDIENCE.schema, orient="row")
    assert typical_home_share(homes_of, audience) == pytest.approx(0.3)
    nobody = audience.with_columns(ppm=pl.lit(0, pl.Int32))
    assert typical_home_share(homes_of, nobody) == 0.001
    assert typical_home_share(homes_of, audience.with_columns(country=pl.lit("DE"), ppm=pl.lit(1_030_000))) == 1.0


def test_the_constants_of_geography_are_those_that_the_method_states():
    assert ASSUMED_HOME_SHARE == 0.55
    assert shares_in(
        pl.DataFrame({"creator_id": ["d"], "market": ["FR"]}),
        HOMES,
        NOBODY,
        SETS.clear(),
        audience_mix(HOMES, NOBODY),
        0.3,
    ).row(0)[2:] == (0.3, 0.001, 1.0)


def test_an_audience_listed_as_more_than_whole_counts_as_whole():
    """Rounded shares may add up to 103 %. Germany: 1.03 counts as 1, less one percent of what is expected (.5)."""
    audience = pl.concat(
        [AUDIENCE.filter(pl.col("creator_id") != "a"), AUDIENCE[1:2].with_columns(ppm=pl.lit(1_030_000, pl.Int32))]
    )
    pairs = pl.DataFrame({"creator_id": ["a"], "market": ["DE"]})
    found = shares_in(pairs, HOMES, audience, SETS, audience_mix(HOMES, AUDIENCE), 0.5).row(0, named=True)
    assert found["share"] == pytest.approx(0.99 * 1.0 + 0.01 * 0.5, rel=1e-12)
    assert (found["low"], found["high"]) == (1.0, 1.0)


def test_several_countries_that_may_hide_in_one_unknown_part_are_no_more_than_a_whole():
    """Two countries may each hold all of b's unknown 60 %; the expectations of several never add up to more than 1."""
    pairs = pl.DataFrame({"creator_id": ["b"], "market": ["DE+GB"]})
    mix = audience_mix(HOMES, AUDIENCE.with_columns(ppm=pl.lit(1_000_000, pl.Int32)))
    found = shares_in(pairs, HOMES, AUDIENCE, SETS, mix, 1.0).row(0, named=True)
    assert (found["share"], found["low"], found["high"]) == (1.0, 0.4, 1.0)


def test_each_country_of_a_market_has_its_own_share():
    """Ada's Germany .6, expected .5; Austria .1, expected (.1 + 2 x .1/3) / 4; Ireland is none of her top list, so at
    most the smallest listed .1 hides there; b's list may hide it anywhere. A market that is not stated is home."""
    pairs = pl.DataFrame({"creator_id": ["a", "b", "a"], "market": ["DE+AT", "IE", "ZZ"]})
    parts = parts_in(pairs, HOMES, AUDIENCE, SETS, audience_mix(HOMES, AUDIENCE), 0.5)
    found = parts.select("creator_id", "market", "country", share=country_shares(parts))
    austria = round((100_000 + 2 * 100_000 / 3) / 4) / 1e6
    ireland = round(2 * (250_000 / 3) / 4) / 1e6
    hidden = round(600_000 * ireland / 0.5) / 1e6  # of the half that b's list leaves
    assert found.sort("creator_id", "market", "country").rows() == [
        ("a", "DE+AT", "AT", pytest.approx((198 * 0.1 + 2 * austria) / 200, rel=1e-12)),
        ("a", "DE+AT", "DE", pytest.approx((198 * 0.6 + 2 * 0.5) / 200, rel=1e-12)),
        ("a", "ZZ", "DE", pytest.approx((198 * 0.6 + 2 * 0.5) / 200, rel=1e-12)),
        ("b", "IE", "IE", pytest.approx((198 * hidden + 2 * ireland) / 200, rel=1e-12)),
    ]


def test_a_country_listed_as_more_than_whole_counts_as_whole():
    whole = AUDIENCE.with_columns(ppm=pl.lit(1_200_000, pl.Int32))
    pairs = pl.DataFrame({"creator_id": ["a"], "market": ["AT"]})
    expected = round((1_200_000 + 2 * 1_200_000 / 3) / 4) / 1e6
    parts = parts_in(pairs, HOMES, whole, SETS, audience_mix(HOMES, whole), 0.5)
    assert country_shares(parts)[0] == pytest.approx((198 * 1.0 + 2 * expected) / 200, rel=1e-12)

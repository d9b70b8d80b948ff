"""Is a brief understood the same from the command line, from a link and back?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fit.brief import Brief, BriefError, followers_text, parse_followers, parse_market_link, parse_markets, parse_share

KNOWN = frozenset({"DE", "AT", "CH", "GB", "GR", "FR"})
markets = st.lists(
    st.tuples(st.sampled_from(sorted(KNOWN)), st.integers(1, 10**6).map(lambda n: n / 1000)),
    min_size=1,
    max_size=6,
    unique_by=lambda pair: pair[0],
).map(tuple)


def test_markets_are_read_in_any_case_and_under_their_common_other_codes():
    assert parse_markets(["de=60", "UK", " el = 2.5 "], KNOWN) == (("DE", 60.0), ("GB", 1.0), ("GR", 2.5))


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        (["XX"], "'XX' is not a country code"),
        (["Germany"], "is not a country code"),
        (["DE=0"], "from 0.001 to 999999 is needed"),
        (["DE=-1"], "from 0.001 to 999999 is needed"),
        (["DE=nan"], "from 0.001 to 999999 is needed"),
        (["DE=inf"], "from 0.001 to 999999 is needed"),
        (["DE=1e-300"], "from 0.001 to 999999 is needed"),
        (["DE=1e8"], "from 0.001 to 999999 is needed"),
        (["DE=much"], "from 0.001 to 999999 is needed"),
        (["DE", "de=2"], "given twice"),
        ([], "No target market"),
        ([""], "is not a country code"),
    ],
)
def test_markets_that_cannot_be_meant_are_refused_in_words(texts, words):
    with pytest.raises(BriefError, match=words):
        parse_markets(texts, KNOWN)


def test_thirteen_markets_are_one_too_many():
    codes = [f"{a}{b}" for a in "ABCD" for b in "ABCD"][:13]
    with pytest.raises(BriefError, match="at most 12"):
        parse_markets(codes, frozenset(codes))


@pytest.mark.parametrize(
    ("text", "bounds"),
    [("", (None, None)), ("10000:", (10000, None)), (":5", (None, 5)), ("1:2", (1, 2)), ("7:7", (7, 7))],
)
def test_a_follower_range_may_be_open_on_either_side(text, bounds):
    assert parse_followers(text) == bounds
    assert followers_text(*bounds) == text


@pytest.mark.parametrize("text", ["10000", "a:b", "1:2:3", "5:1", "-1:5", "1.5:3", "²:3"])
def test_a_follower_range_that_cannot_be_meant_is_refused(text):
    with pytest.raises(BriefError, match="Follower range"):
        parse_followers(text)


@pytest.mark.parametrize("text", ["30 %", "1.5", "-0.1", "nan", "half"])
def test_a_least_share_is_a_number_from_0_to_1(text):
    assert parse_share("0.3") == 0.3
    assert parse_share("") is None
    with pytest.raises(BriefError) as refused:
        parse_share(text)
    assert str(refused.value) == f"Minimum share in market '{text}' is not a number from 0 to 1. Write 0.3 for 30 %."


@given(markets)
def test_a_link_says_the_same_markets_again(pairs):
    link = "_".join(f"{country}-{weight!r}" for country, weight in pairs)
    assert parse_market_link(link, KNOWN) == pairs


@given(markets)
def test_weights_sum_to_one(pairs):
    assert sum(Brief(markets=pairs).weights.values()) == pytest.approx(1)


def test_a_brief_says_its_markets_as_parts_of_one_and_in_words():
    brief = Brief((("DE", 60.0), ("AT", 40.0)))
    assert brief.weights == {"DE": 0.6, "AT": 0.4}
    assert brief.words == "Germany and Austria"

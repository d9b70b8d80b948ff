"""Do sentences say what the money brings, with the same number alike, its price basis, and what to do?"""

from dataclasses import replace

import pytest

from fit.brief import Brief
from fit.shortlist import (
    Candidate,
    Expected,
    Group,
    outcome_count,
    outcome_sentence,
    outcome_short,
    price_cell,
    recommendation_sentence,
    shortlist,
    what_to_do,
)

BRIEF = Brief((("DE", 60.0), ("FR", 40.0)))
NINE = Expected("in_market_conversions", 9.3, 4.0, 20.0, 0.01, 20.7, 48.4)
PEOPLE = Expected("in_market_reach", 16_559.0, 4_120.0, 30_444.0, 0.0, 37_634.0, 26.6)


@pytest.fixture(scope="module")
def ada(ask_demo) -> Candidate:
    """A creator with a name, a price and an outcome that are easy to read."""
    (one,) = shortlist(ask_demo, BRIEF, top=1, creators=["demo-005"]).candidates
    plain = {"creator_name": "Ada", "cost": 450.0, "currency": "EUR", "cost_basis": "asking price", "rate_note": None}
    return replace(one, expected=NINE, group=Group.BOOK, shares={"DE": 0.004, "FR": 0.72}, gaps=("DE",), **plain)


def test_an_outcome_names_count_market_price_range_and_what_one_costs(ada):
    assert outcome_sentence(ada, BRIEF) == (
        "about 9 purchases (4 to 20) in Germany and France for 450 EUR: 48 EUR each"
    )


@pytest.mark.parametrize(
    ("basis", "note", "said", "cell"),
    [
        ("market price", None, ", at usual price: no asking price", "450 EUR (usual price)"),
        ("own past price", None, ", at own past prices: no asking price", "450 EUR (own past prices)"),
        ("own past price", "asks in GBP", ", at own past prices; asks in GBP", "450 EUR (own past prices)"),
        ("asking price", "1 USD = 1 EUR", ", at asking price; 1 USD = 1 EUR", "450 EUR (asking price; 1 USD = 1 EUR)"),
    ],
)  # fmt: skip
def test_a_price_that_is_not_plainly_asked_says_where_it_comes_from(ada, basis, note, said, cell):
    priced = replace(ada, cost_basis=basis, rate_note=note)
    assert outcome_sentence(priced, BRIEF).endswith(f"48 EUR each{said}")
    assert price_cell(priced) == cell


def test_a_count_prints_alike_in_sentence_and_table(ada):
    people = replace(ada, expected=PEOPLE)
    assert "about 16,600 people (4,120 to 30,400) in Germany and France for 450 EUR" in outcome_sentence(people, BRIEF)


def test_what_is_not_known_is_said_in_a_cell(ada):
    unknown = replace(ada, expected=Expected("in_market_conversions"), cost=None)
    assert price_cell(unknown) == "not known"


def test_nothing_at_all_is_said_in_words(ada):
    nothing = Expected("in_market_conversions", 0.1, 0.0, 0.0, 0.9, 0.2, 4_500.0)
    assert outcome_sentence(replace(ada, expected=nothing), BRIEF) == (
        "under 1 purchase (most likely none) in Germany and France for 450 EUR: 4,500 EUR each"
    )


@pytest.mark.parametrize(
    ("metric", "mean", "low", "high", "count", "cell"),
    [
        ("in_market_conversions", 0.0, 0.0, 0.0, "no purchase", "0"),
        ("in_market_conversions", 0.1, 0.0, 0.0, "under 1 purchase", "under 1"),
        ("in_market_conversions", 0.49, 0.0, 1.0, "under 1 purchase", "under 1"),
        ("in_market_conversions", 0.5, 0.0, 1.0, "about one purchase", "1 (0 to 1)"),
        ("in_market_conversions", 9.3, 4.0, 20.0, "about 9 purchases", "9 (4 to 20)"),
        ("in_market_reach", 0.0, 0.0, 0.0, "nobody", "0"),
        ("in_market_reach", 0.3, 0.0, 1.0, "under 1 person", "under 1"),
        ("in_market_reach", 0.5, 0.0, 2.0, "about one person", "1 (0 to 2)"),
        ("in_market_reach", 16_559.0, 4_120.0, 30_444.0, "about 16,600 people", "16,600 (4,120 to 30,400)"),
    ],
)
def test_a_mean_below_one_half_is_under_one_in_sentence_and_cell(metric, mean, low, high, count, cell):
    expected = Expected(metric, mean, low, high)
    assert (outcome_count(expected), outcome_short(expected)) == (count, cell)


SPAIN = "Skip Ada: 90\N{NO-BREAK SPACE}% of the audience lives in Spain"
SHARES = "0.40 % in Germany (60 % of your brief), 72 % in France (40 % of your brief)".replace(" %", "\u00a0%")


@pytest.mark.parametrize(
    ("group", "goal", "lives", "todo", "begins"),
    [
        (Group.BOOK, "conversion", None, "Book", "Book Ada: about 9 purchases (4 to 20) in"),
        (Group.PILOT, "conversion", None, "Test first", "Test Ada first, nothing is proven yet: about 9 purchases"),
        (Group.OTHER_ROLE, "conversion", None, "Better for awareness", "Ada is strong for awareness, not for sales: "),
        (Group.OTHER_ROLE, "awareness", None, "Better for sales", "Ada is strong for sales, not for awareness: about"),
        (Group.PASS, "conversion", ("ES", 0.9), "Skip", f"{SPAIN}, {SHARES}"),
        (Group.PASS, "conversion", ("FR", 0.72), "Skip", f"Skip Ada: too little audience in your market, {SHARES}."),
        (Group.PASS, "conversion", None, "Skip", "Skip Ada: hardly any audience in Germany and France."),
    ],
)  # fmt: skip
def test_each_group_says_what_to_do_and_why(ada, group, goal, lives, todo, begins):
    one, brief = replace(ada, group=group), replace(BRIEF, goal=goal)
    assert what_to_do(one, brief) == todo
    assert recommendation_sentence(one, brief, lives).startswith(begins)

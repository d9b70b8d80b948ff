"""Do verdicts name each market, the price's origin, and how many campaigns a role rests on?"""

from dataclasses import replace

import pytest

from fit.brief import Brief
from fit.shortlist import Candidate, shortlist
from fit.shortlist.sentences import (
    geography_verdict,
    natural_words,
    price_sentence,
    price_words,
    prices_verdict,
    role_verdict,
    role_words,
    strength_verdict,
    unlisted_markets,
)

GERMANY = Brief((("DE", 1.0),))
SPACE = "\N{NO-BREAK SPACE}"
RATE = "1 USD = 0.92 EUR on 2026-01-02"
UNUSABLE = "asks in CHF, for which no rate to EUR is given: judged without that price"


@pytest.fixture
def ada(ask_demo) -> Candidate:
    """A creator with a price, campaigns and an audience."""
    found = shortlist(ask_demo, GERMANY, creators=["demo-001"]).candidates[0]
    return replace(
        found, creator_name="Ada", deliverable="post", cost=440.0, currency="EUR", cost_basis="asking price",
        rate_note=None, in_market_share=0.724, in_market_share_upper=0.764, unknown_share=0.04,
        stages={name: replace(stage, count_campaigns=6) for name, stage in found.stages.items()},
        role=replace(found.role, label="conversion", confidence="clear"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "said", "sentence"),
    [
        ({}, "asking price", "Price: 440 EUR for one post (asking price)."),
        (
            {"rate_note": RATE},
            f"asking price; {RATE}",
            f"Price: 440 EUR for one post, asked as 478 USD (asking price; {RATE}).",
        ),
        (
            {"cost_basis": "own past price"},
            "no asking price: own past prices",
            "Price: 440 EUR for one post (no asking price: own past prices).",
        ),
        (
            {"cost_basis": "market price"},
            "no asking price: usual price of such a post",
            "Price: 440 EUR for one post (no asking price: usual price of such a post).",
        ),
        (
            {"cost_basis": "own past price", "rate_note": UNUSABLE},
            f"own past prices; {UNUSABLE}",
            f"Price: 440 EUR for one post (own past prices; {UNUSABLE}).",
        ),
        (
            {"cost": None, "cost_basis": "market price"},
            "no price known",
            "No price is known. Load an asking price, or campaigns with their cost.",
        ),
    ],
)
def test_the_price_is_said_with_its_origin(ada, changed, said, sentence):
    one = replace(ada, **changed)
    assert (price_words(one), price_sentence(one, {"asking_price": 478.0, "currency": "USD"})) == (said, sentence)


def test_a_market_that_no_creator_lists_is_said(ada):
    brief = Brief((("DE", 60.0), ("AT", 40.0)))
    here, unknown = replace(ada, shares={"DE": 0.4, "AT": None}), replace(ada, shares={}, in_market_share=None)
    said = "None of these creators lists an audience in Austria: what they bring there is unknown."
    assert unlisted_markets([here, unknown], brief) == said
    assert unlisted_markets([here, replace(ada, shares={"DE": None, "AT": 0.01})], brief) == ""
    assert unlisted_markets([unknown], brief) == ""


def test_a_page_says_how_many_have_no_price_of_their_own(ada):
    assert prices_verdict([ada]) == ""
    assert prices_verdict([replace(ada, cost=None, cost_basis="market price")]) == ""  # nothing was used instead
    usual, unknown = replace(ada, cost_basis="market price"), replace(ada, cost=None, cost_basis="market price")
    stands_in = "no usable asking price, so we used past prices or the usual price."
    assert prices_verdict([usual]) == f"This creator has {stands_in}"
    assert prices_verdict([ada, usual]) == f"1 of the 2 creators shown has {stands_in}"
    assert prices_verdict([ada, usual, unknown]) == (
        "2 of the 3 creators shown have no usable asking price, so we used their past prices or the usual price."
    )


def test_the_audience_is_said_market_by_market(ada):
    assert geography_verdict(replace(ada, shares={"DE": 0.724}), GERMANY) == (
        f"72 to 76{SPACE}% of Ada's audience lives in Germany",
        f"24{SPACE}% is outside your markets; 4.0{SPACE}% is unknown.",
    )
    both = Brief((("FR", 40.0), ("DE", 60.0)))
    assert geography_verdict(replace(ada, shares={"FR": 0.72, "DE": 0.004}), both) == (
        f"Ada's audience: 0.40{SPACE}% in Germany (60{SPACE}% of your brief), 72{SPACE}% in France "
        f"(40{SPACE}% of your brief)",
        f"72 to 76{SPACE}% in all of these markets together; 24{SPACE}% is outside your markets; "
        f"4.0{SPACE}% is unknown.",
    )
    wide = replace(ada, shares={"DE": 0.6}, in_market_share=0.6, in_market_share_upper=0.75, unknown_share=0.15)
    assert geography_verdict(wide, GERMANY)[1] == (
        f"25{SPACE}% is outside your markets; 15{SPACE}% is unknown. A fuller country list would make this more "
        "precise."
    )


@pytest.mark.parametrize(
    ("label", "confidence", "count", "said"),
    [
        ("conversion", "clear", 6, "conversion, clear, 6 campaigns"),
        ("awareness", "leaning", 1, "awareness, leaning, 1 campaign"),
        ("pilot", "none", 0, "not proven, 0 campaigns"),
        ("not for this market", "clear", 3, "not for this market, 3 campaigns"),
    ],
)
def test_no_role_is_said_without_its_campaigns(ada, label, confidence, count, said):
    stages = ada.stages | {"click": replace(ada.stages["click"], count_campaigns=count)}
    stages |= {name: replace(ada.stages[name], count_campaigns=0) for name in ("engage", "convert")}
    one = replace(ada, stages=stages, role=replace(ada.role, label=label, confidence=confidence))
    assert role_words(one) == said
    assert role_verdict(one, GERMANY) == (f"Ada in Germany: {said}", one.role.because)


def test_the_natural_role_is_said_with_its_campaigns():
    natural = {"p_conversion": 0.9, "label": "conversion", "confidence": "clear"}
    said = natural_words(natural, 6)
    assert said == f"Clear conversion, 6 campaigns: 90{SPACE}% for conversion"


def test_a_strength_that_is_large_but_unproven_is_said_as_probable(ada):
    flat = {"index": 100.0, "low": 80.0, "high": 125.0, "count_campaigns": 3}
    stages = {name: replace(stage, **flat) for name, stage in ada.stages.items()}
    stages["click"] = replace(stages["click"], index=153.0, low=98.0, high=239.0)
    verdict, _rest = strength_verdict(replace(ada, stages=stages))
    assert verdict == f"Ada: probably 53{SPACE}% more clicks than similar creators"
    stages["click"] = replace(stages["click"], index=115.0)
    verdict, _rest = strength_verdict(replace(ada, stages=stages))
    assert verdict == "Ada is about as good as similar creators at every stage"

"""Does Recommended role say what to do, with the number that carries it, and what speaks against it?"""

from dataclasses import replace

import pytest

from fit.brief import Brief
from fit.model import Confidence, Role, RoleLabel
from fit.shortlist import (
    Candidate,
    Expected,
    geography_warning,
    reasons_not_to,
    role_answer,
    role_warning,
    shortlist,
)
from fit.shortlist.groups import Group

GERMANY = Brief((("DE", 1.0),))
BOTH = Brief((("DE", 60.0), ("FR", 40.0)))
NINE = Expected("in_market_conversions", 9.0, 4.0, 20.0, 0.01, 9000 / 440, 440 / 9)
SPACE = "\N{NO-BREAK SPACE}"
LIVES, CLEAR = "72 % of the audience lives in Germany.", "Clear conversion (90 % sure, 6 campaigns)."
NEVER = "purchases per click never measured"


@pytest.fixture
def ada(ask_demo) -> Candidate:
    """A clear conversion creator with nine expected purchases for 440 EUR."""
    found = shortlist(ask_demo, GERMANY, creators=["demo-001"]).candidates[0]
    flat = {"index": 100.0, "low": 80.0, "high": 125.0, "count_campaigns": 6}
    role = Role(
        RoleLabel.CONVERSION, Confidence.CLEAR, 0.9, natural=RoleLabel.CONVERSION,
        stages={"engage": flat, "click": flat, "convert": flat | {"count_campaigns": 0}},
        share=0.72, upper=None, payoffs=None, elsewhere=(None, None), market="Germany",
    )  # fmt: skip
    return replace(
        found, creator_name="Ada", expected=NINE, cost=440.0, currency="EUR", cost_basis="asking price",
        payoff={"awareness": 1.0, "conversion": 1.5}, shares={"DE": 0.72}, gaps=(),
        role=role,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "goal", "decision"),
    [
        (
            {},
            "conversion",
            "Book Ada for conversion: about 9 purchases (4 to 20) in Germany for 440 EUR: 49 EUR each",
        ),
        (
            {"group": Group.PILOT},
            "conversion",
            "Run a small test with Ada first: about 9 purchases (4 to 20) in Germany for 440 EUR: 49 EUR each",
        ),
        ({"group": Group.OTHER_ROLE}, "conversion", "Book Ada for awareness in Germany, not for sales"),
        ({"group": Group.OTHER_ROLE}, "awareness", "Book Ada for sales in Germany, not for awareness"),
        ({"group": Group.PASS}, "conversion", "Skip Ada: not for Germany"),
        (
            {"payoff": {"awareness": 1.0, "conversion": 1 / 2.4}, "cost": 900.0},
            "conversion",
            "Ada: Fits Germany, but 900 EUR is 2.4 times what these purchases are worth at the usual price",
        ),
        (
            {"group": Group.PILOT, "in_market_share": None, "expected": Expected("in_market_conversions")},
            "conversion",
            "Find out where the audience of Ada lives before you book",
        ),
    ],
)
def test_the_decision_carries_its_number(ada, changed, goal, decision):
    assert role_answer(replace(ada, **changed), replace(GERMANY, goal=goal))[0] == decision


@pytest.mark.parametrize("payoff", [0.49, 0.5])
@pytest.mark.parametrize("basis", ["asking price", "own past price", "market price"])
def test_only_a_price_that_was_asked_can_be_too_much(ada, payoff, basis):
    one = replace(ada, payoff={"awareness": 1.0, "conversion": payoff}, cost_basis=basis)
    is_too_much = payoff < 0.5 and basis == "asking price"
    assert role_answer(one, GERMANY)[0].startswith("Ada: Fits Germany, but") is is_too_much
    assert len(reasons_not_to(one, GERMANY)[0]) == is_too_much


def test_the_reason_says_what_to_expect_where_the_decision_does_not(ada):
    assert role_answer(ada, GERMANY)[1] == f"{LIVES} {CLEAR}"
    assert role_answer(replace(ada, group=Group.OTHER_ROLE), GERMANY)[1] == (
        f"Expected: about 9 purchases (4 to 20) in Germany for 440 EUR: 49 EUR each. {LIVES} {CLEAR}"
    )


def test_each_market_is_named_and_a_gap_is_said_once(ada):
    spread = replace(ada, shares={"DE": 0.72, "FR": 0.2})
    assert role_answer(spread, BOTH)[1] == (
        f"Audience: 72{SPACE}% in Germany (60{SPACE}% of your brief), 20{SPACE}% in France (40{SPACE}% of your brief). "
        f"{CLEAR}"
    )
    assert (role_warning(spread, BOTH), geography_warning(spread, BOTH)) == ("", "")
    gap = replace(ada, shares={"DE": 0.72, "FR": 0.004}, gaps=("FR",))
    assert role_answer(gap, BOTH)[1] == CLEAR
    assert role_warning(gap, BOTH) == (
        f"Hardly any audience in France: 72{SPACE}% in Germany (60{SPACE}% of your brief), "
        f"0.40{SPACE}% in France (40{SPACE}% of your brief)."
    )
    assert geography_warning(gap, BOTH) == f"Hardly any audience in France (40{SPACE}% of your brief)."
    assert reasons_not_to(gap, BOTH) == ((f"Hardly any audience in France (40{SPACE}% of your brief)",), (NEVER,))


def test_a_price_too_high_warns_where_the_decision_says_something_else(ada):
    dear = replace(ada, payoff={"awareness": 1.0, "conversion": 0.25})
    assert role_warning(dear, GERMANY) == ""
    warned = role_warning(replace(dear, group=Group.OTHER_ROLE), GERMANY)
    assert warned == "Fits Germany, but 440 EUR is 4.0 times what these purchases are worth at the usual price."
    assert role_warning(replace(dear, group=Group.PASS), GERMANY) == ""


@pytest.mark.parametrize(
    ("unknown", "said"), [(0.24, ()), (0.97, (f"country unknown for 97{SPACE}% of the audience",))]
)
def test_an_audience_that_is_mostly_unknown_is_a_reason_against(ada, unknown, said):
    assert reasons_not_to(replace(ada, unknown_share=unknown), GERMANY) == ((), (*said, NEVER))


def test_another_role_is_a_reason_against(ada):
    other = replace(ada, group=Group.OTHER_ROLE, role=replace(ada.role, label="awareness"))
    measured = max(stage.count_campaigns for stage in ada.stages.values())
    assert reasons_not_to(other, GERMANY)[1] == (
        f"better for awareness than for conversion, from {measured} campaigns",
        NEVER,
    )
    nowhere = replace(ada, group=Group.PASS)
    assert reasons_not_to(nowhere, GERMANY) == (("Too little of the audience lives in Germany",), (NEVER,))

"""Does a comparison say who for the money, that the money differs, and what a source does not list?"""

import pytest

from fit.brief import Brief
from fit.shortlist import compared_facts, comparison_verdict, money_differs, shortlist
from fit.shortlist.comparison import share_cell

BOTH = Brief((("DE", 60.0), ("FR", 40.0)))


@pytest.fixture
def chosen(ask_demo):
    """One to book, one to test, one for the other role, in another order."""
    return [shortlist(ask_demo, BOTH, creators=[one]).candidates[0] for one in ("demo-003", "demo-012", "demo-001")]


def test_the_verdict_is_the_first_group_and_the_next_is_named(chosen):
    verdict, because = comparison_verdict(chosen, BOTH)
    assert verdict == (
        "Book Copper Cuckoo Studio: about 15 purchases (2 to 35) in Germany and France for 440 EUR: 29 EUR each"
    )
    assert because == (
        "Next: Dapper Dormouse Studio (test first), about 33 purchases (3 to 76) in Germany and France for 1,970 EUR: "
        "59 EUR each."
    )


def test_one_alone_is_no_comparison(chosen):
    assert comparison_verdict(chosen[-1:], BOTH)[1] == "Choose one creator more to compare."


def test_different_money_is_said_with_who_brings_the_most_for_the_same(chosen):
    text = money_differs(chosen, BOTH).replace("\N{NO-BREAK SPACE}", " ")
    assert text.startswith("These are not the same money: from 440 EUR to 1,970 EUR. ")
    two = money_differs(chosen[::2], BOTH).replace("\N{NO-BREAK SPACE}", " ")
    prices = "Rosy Raccoon Studio 1,550 EUR for one video and Copper Cuckoo Studio 440 EUR for one reel"
    assert two.startswith(f"These are not the same money: {prices}. ")
    assert text.endswith("1,000 EUR would bring the most purchases with Copper Cuckoo Studio.")
    assert money_differs(chosen[:1] * 2, BOTH) == ""


def test_facts_stand_by_creator_and_unlisted_is_not_zero(chosen):
    rows = {name: values for name, *values in compared_facts(chosen, BOTH)}
    assert rows["What to do"] == ["Other role", "Test first", "Book"]
    assert rows["Audience in France"][0] == "not listed"
    assert rows["Audience in France"][1].startswith("not listed")
    assert rows["Audience in France"][2].startswith("0.50")
    assert rows["For that price"][2] == "one reel"


def test_a_creator_without_an_audience_has_no_share(chosen):
    nothing = chosen[0].__class__(**(vars(chosen[0]) | {"shares": {}, "gaps": ()}))
    assert share_cell(nothing, "DE") == "not known"

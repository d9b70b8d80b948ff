"""Do the agenda's steps and questions fill the half hour, and does each carry the numbers that belong to it?"""

from dataclasses import replace
from datetime import date

import pytest

from fit.agreement.agreement import Adjustment, Insight, MetricLine, Need, RedLine
from fit.agreement.alignment import align
from fit.agreement.creator_context import read_creator_context
from fit.agreement.new_draft import first_draft, free_name, new_line
from fit.agreement.planning_call import MINUTES, agenda_document, chances, questions, steps
from fit.agreement.rule import DeliverableRule, Limit, Rule
from fit.agreement.targets import targets_with_chance
from fit.brief import Brief
from fit.forecast.request import CreatorLine
from fit.text.markdown import as_markdown

ASKED = CreatorLine("demo-003", "DE", "video", 2, 900.0, "EUR", "asked")
BRIEF = Brief((("DE", 1.0),), "conversion")
DAY = date(2026, 3, 2)


@pytest.fixture(scope="module")
def draft():
    return first_draft(BRIEF, ASKED, {"platform": "tiktok", "vertical": "home"}, {})


@pytest.mark.parametrize(
    ("goal", "lines"),
    [
        ("conversion", [("engagement_rate", "creator"), ("clicks", "brand"), ("conversions", "brand")]),
        ("awareness", [("engagement_rate", "creator"), ("in_market_impressions", "brand"), ("clicks", "brand")]),
    ],
)
def test_a_draft_begins_with_three_lines_on_the_side_that_they_belong_to(goal, lines):
    made = first_draft(replace(BRIEF, goal=goal), ASKED, {}, {})
    assert [(line.name, line.side) for line in made.metrics] == lines
    assert [line.matters_to for line in made.metrics] == [(side,) for _, side in lines]
    assert (made.cost, made.currency, made.deliverables[0].count) == (900.0, "EUR", 2)


def test_a_leading_indicator_is_the_creators_line():
    assert new_line("thoughtful_replies_48h", 40.0) == MetricLine(
        "thoughtful_replies_48h", "creator", 40.0, matters_to=("creator",)
    )


def test_a_name_that_is_taken_gets_the_next_number():
    assert free_name("Mara", frozenset()) == "Mara"
    assert free_name("Mara", frozenset({"Mara", "Mara 2"})) == "Mara 3"


def test_the_agenda_fills_half_an_hour_and_carries_the_numbers(ask_demo, draft):
    agreement = replace(
        draft,
        brand_goal="sell drawers",
        metrics=(*draft.metrics, MetricLine("impressions", "creator", 1e9, matters_to=("creator", "brand"))),
        alignment=(Need("sales", "interest", 5, 2),),
        red_lines=(
            RedLine("creator", "no scripted captions"),
            RedLine("creator", "one video at most", DeliverableRule("video", Limit.AT_MOST, 1)),
        ),
        insights=(Insight("researches before buying"),),
        trade_offs=("reach before clicks",),
        adjustment=Adjustment("half of the clicks", rule=Rule("clicks", Limit.AT_LEAST, share_of_target=0.5)),
    )
    known = read_creator_context(ask_demo, agreement, DAY)
    three, four = (
        steps(agreement, known),
        questions(agreement, targets_with_chance(agreement, known.frozen), align(agreement)),
    )
    assert sum(item.minutes for item in (*three, *four)) == MINUTES
    assert three[0].numbers == ("The brand's goal: sell drawers", "For conversion in Germany", "Fee: 900 EUR")
    assert three[1].numbers[-1] == "The creator knows: researches before buying"
    assert [number.split(":")[0] for number in four[0].numbers] == ["engagement rate", "impressions"]
    assert four[2].numbers == (
        "Average overlap 3.5 of 5; 3.5 is a rule of thumb",
        "Seen differently: sales / interest (brand 5, creator 2)",
        "Matters to both: impressions",
    )
    assert four[3].numbers == (
        'Red line "one video at most" crossed by "2 x video"',
        'Red line to check by hand: "no scripted captions"',
        "Trade-off: reach before clicks",
        "We talk again when: half of the clicks",
        "We talk again unless: clicks at least 50\u00a0% of target",
    )
    sentences = chances(targets_with_chance(agreement, known.frozen), agreement.currency)
    assert sentences[0] == (
        "Unlikely to be met: impressions, 1,000,000,000 or more (under 3\N{NO-BREAK SPACE}%, under 1 in 20)"
    )
    text = as_markdown(agenda_document("Kitchen", three, four, known))
    assert [word in text.lower() for word in ("pilot", "chance", " in 20", "campaign proves")] == [False] * 4
    assert [number in text for number in ("Business context", "## Where they diverge")] == [True, True]

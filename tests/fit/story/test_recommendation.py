"""Does the story begin with what to do, and does it name every market that an audience misses?"""

from dataclasses import replace
from datetime import date

import pytest

from fit.brief import Brief
from fit.forecast.request import RequestedLine
from fit.shortlist import GROUPS, Group
from fit.story import by_group, main_risk
from fit.story.build import build_story
from fit.story.evidence import sections_of

BRIEF = Brief((("DE", 60.0), ("FR", 40.0)))
# One of each group, and one more to book: asked for in another order than they are told.
FIVE = ["demo-005", "demo-008", "demo-012", "demo-038", "demo-030"]
IN_FRANCE = {"shares": {"DE": 0.004, "FR": 0.72}, "gaps": ("DE",)}
MISSED = "Hardly anybody in Germany: 0.40 % in Germany (60 % of your brief), 72 % in France (40 % of your brief)"
MISSED = MISSED.replace(" %", "\u00a0%")


@pytest.fixture(scope="module")
def story(ask_demo):
    return build_story(ask_demo, BRIEF, FIVE, RequestedLine(), date(2026, 3, 3))


def section(story, key):
    return next(each for each in story.sections if each.key == key)


def lives_in_france(story):
    """The story with its first creator's audience all in France, and none in Germany."""
    first, *others = story.creators
    one = replace(first.candidate, creator_name="Petit", **IN_FRANCE)
    told = (replace(first, expected=replace(first.expected, one=one)), *others)
    return replace(story, creators=told, sections=sections_of(story.brief, told, story.count_matching))


def test_the_recommendation_comes_first_and_in_the_order_of_the_groups(story):
    first = story.sections[0]
    assert first.key == "recommendation"
    assert first.title == (
        "Book Paper Puffin Studio and Olive Otter Studio, test Dapper Dormouse Studio first, keep Sunny Salamander "
        "Mirror for awareness, skip Opal Oriole Kitchen"
    )
    assert first.table.columns == [
        "Creator", "What to do", "Expected", "Cost per purchase", "Price", "Audience", "Main risk",
    ]  # fmt: skip
    assert first.table["What to do"].to_list() == ["Book", "Book", "Test first", "Better for awareness", "Skip"]
    groups = [told.candidate.group for told in by_group(story.creators)]
    assert groups == sorted(groups, key=GROUPS.index)


def test_other_role_and_pass_say_why_they_are_not_booked(story):
    other, skipped = section(story, "recommendation").points
    assert other == "Sunny Salamander Mirror is strong for awareness, not for sales."
    assert skipped.startswith(
        "Skip Opal Oriole Kitchen: 67\u00a0% of the audience live in United Kingdom, 0\u00a0% in Germany"
    )
    steps = section(story, "next").points
    assert "Sunny Salamander Mirror: do not book for sales; consider for awareness." in steps


def test_without_anybody_to_book_the_title_says_so(story):
    told = tuple(
        replace(each, expected=replace(each.expected, one=replace(each.candidate, group=Group.PILOT)))
        for each in story.creators[:1]
    )
    title = sections_of(BRIEF, told, 60)[0].title
    assert title == "Nobody here is proven for sales in Germany and France: test Olive Otter Studio first"


def test_an_audience_that_misses_a_market_is_named_wherever_the_story_tells_of_it(story):
    told = lives_in_france(story)
    assert MISSED in section(told, "risks").points[0]
    assert MISSED in section(told, "geography").points[0]
    assert section(told, "risks").title.startswith("Petit, ")
    row = section(told, "geography").table.row(0, named=True)
    assert (row["Germany (60\u00a0%)"], row["France (40\u00a0%)"]) == ("0.40\u00a0% (gap)", "72\u00a0%")
    (row,) = (row for row in section(told, "recommendation").table.rows(named=True) if row["Creator"] == "Petit")
    assert (row["Audience"], row["Main risk"]) == (
        "Germany 0.40\u00a0% (gap), France 72\u00a0%",
        "Hardly anybody in Germany",
    )
    alone = sections_of(BRIEF, told.creators[:1], 60)
    (title,) = (each.title for each in alone if each.key == "geography")
    assert title == "Hardly anybody of Petit's audience lives in Germany, 60\u00a0% of your brief"


def test_a_section_knows_which_part_of_a_text_names_a_gap(story):
    risks = section(lives_in_france(story), "risks")
    assert risks.in_parts(risks.points[0])[:2] == [("Petit: ", False), (MISSED, True)]
    assert risks.in_parts("nothing of the kind") == [("nothing of the kind", False)]


def test_a_brief_of_one_market_has_no_gaps(ask_demo):
    alone = build_story(ask_demo, Brief((("FR", 100.0),)), FIVE[:1], RequestedLine(), date(2026, 3, 3))
    assert [each.gaps for each in alone.sections] == [()] * len(alone.sections)


def test_the_order_by_money_leads_with_who_can_be_booked(story):
    told = [each for each in story.creators if each.candidate.group != Group.BOOK]
    last = next(each for each in story.creators if each.candidate.group == Group.BOOK)
    late = replace(last, expected=replace(last.expected, one=replace(last.candidate, rank=99)))
    (title,) = (each.title for each in sections_of(BRIEF, (*told, late), 99) if each.key == "who")
    assert title.startswith("Of those to book, Olive Otter Studio brings most for its price, about ")
    (title,) = (each.title for each in story.sections if each.key == "who")
    assert title.startswith("Paper Puffin Studio brings most for its price, about 3 purchases in Germany and France")


def test_few_campaigns_are_a_risk_with_their_number(ask_demo):
    (told,) = build_story(ask_demo, BRIEF, ["demo-057"], RequestedLine(), date(2026, 3, 3)).creators
    assert main_risk(told, BRIEF) == "Judged by 2 campaigns only"


def test_one_number_stands_in_sentence_table_forecast_and_picture(story):
    forecast, first = section(story, "forecast"), section(story, "recommendation")
    for at, told in enumerate(story.creators):
        stored = told.expected.outlook.metrics["in_market_conversions"]
        assert [stored[part] for part in ("mean", "p10", "p90")] == pytest.approx(
            [getattr(told.candidate.expected, part) for part in ("mean", "p10", "p90")]
        )
        assert forecast.picture.said[at] == stored
    assert forecast.table["Purchases in the market"].to_list()[:2] == ["3 (0 to 8)", "3 (0 to 6)"]
    assert first.table["Expected"].to_list()[:2] == ["about 3 purchases (0 to 6)", "about 3 purchases (0 to 8)"]
    assert forecast.title.startswith("1 story by Paper Puffin Studio for 140 EUR (asking price): about 3 purchases in")
    assert forecast.title.endswith(" (0 to 6 in 8 of 10 futures)")


def test_payoff_is_in_no_sentence_and_no_table(story):
    said = [text for each in story.sections for text in (each.title, each.subtitle, *each.points)]
    said += [cell for each in story.sections if each.table is not None for row in each.table.rows() for cell in row]
    assert [text for text in said if "payoff" in text.lower()] == []

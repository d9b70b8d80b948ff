"""Does the story begin with what to do, and does it name every market that an audience misses?"""

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from fit.brief import Brief
from fit.forecast.request import RequestedLine
from fit.review import LastReview
from fit.shortlist import GROUPS, Candidate, Group, expected_line, outcome_short
from fit.story import by_group, of_group, page_title, risk_or_reason, total_of
from fit.story.build import build_story
from fit.story.evidence import sections_of
from fit.story.risks import creator_risks
from fit.story.without_prices import without_prices
from fit.text import words

BRIEF = Brief((("DE", 60.0), ("FR", 40.0)))
# One of each group, and one more to book: asked for in another order than they are told.
FIVE = ["demo-005", "demo-008", "demo-012", "demo-038", "demo-030"]
IN_FRANCE = {"shares": {"DE": 0.004, "FR": 0.72}, "gaps": ("DE",)}
MISSED = "Hardly any audience in Germany: 0.40 % in Germany (60 % of your brief), 72 % in France (40 % of your brief)"
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
    told = (replace(first, expected=replace(first.expected, creator=one)), *others)
    return replace(story, creators=told, sections=sections_of(story.brief, told, story.count_matching))


def test_the_recommendation_comes_first_and_in_the_order_of_the_groups(story):
    first = story.sections[0]
    assert first.key == "recommendation"
    total = total_of(of_group(story.creators, Group.BOOK), BRIEF)
    said = f"about {words.rounded(total.expected.mean)} purchases for {total.said}"
    assert first.title == f"Book 2 of 5 creators: {said}"
    assert first.table.columns == [
        "Creator", "What to do", "Price", "Expected purchases", "Cost per purchase", "Expected revenue", "Main risk",
    ]  # fmt: skip
    assert first.table["What to do"].to_list() == ["Book", "Book", "Test first", "Better for awareness", "Skip"]
    groups = [told.candidate.group for told in by_group(story.creators)]
    assert groups == sorted(groups, key=GROUPS.index)


def test_other_role_and_pass_say_why_they_are_not_booked(story):
    *_others, other, skipped = section(story, "recommendation").table.rows(named=True)
    assert other["Main risk"] == "Strong for awareness, not sales"
    assert skipped["Main risk"] == "67\u00a0% live in United Kingdom"
    steps = dict(section(story, "risks").table.select("Creator", "Next step").rows())
    assert steps["Sunny Salamander Mirror"] == "Do not book for sales; consider for awareness"


def test_figures_and_request_are_the_total_of_what_is_booked_and_tested(story):
    first = story.sections[0]
    booked, tested = (of_group(story.creators, group) for group in (Group.BOOK, Group.PILOT))
    total = total_of(booked, BRIEF)
    prices = sum(told.expected.asked.cost for told in booked)
    revenue = sum(told.expected.outlook.metrics["revenue"]["mean"] for told in booked)
    assert total.costs == {"EUR": pytest.approx(prices)}
    assert total.expected.mean == pytest.approx(sum(told.candidate.expected.mean for told in booked))
    each = [told.candidate.expected for told in booked]
    assert sum(one.p10 for one in each) < total.expected.p10 < total.expected.mean
    assert total.expected.mean < total.expected.p90 < sum(one.p90 for one in each)
    assert [figure.value for figure in first.figures] == [
        words.amount(prices, "EUR"), f"about {words.rounded(total.expected.mean)}",
        words.unit_cost(prices / total.expected.mean, "EUR"), f"about {words.amount(revenue, 'EUR')}",
    ]  # fmt: skip
    both = total_of([*booked, *tested], BRIEF)
    assert first.request.startswith(f"Please approve {both.said}: {words.amount(prices, 'EUR')} to book ")
    assert first.request.endswith(f" and {total_of(tested, BRIEF).said} to test Dapper Dormouse Studio.")


def test_without_anybody_to_book_the_title_says_so(story):
    told = tuple(
        replace(each, expected=replace(each.expected, creator=replace(each.candidate, group=Group.PILOT)))
        for each in story.creators[:1]
    )
    assert sections_of(BRIEF, told, 60)[0].title == "Book nobody yet, test Olive Otter Studio first"
    skipped = tuple(
        replace(each, expected=replace(each.expected, creator=replace(each.candidate, group=Group.PASS)))
        for each in story.creators[:2]
    )
    first = sections_of(BRIEF, skipped, 60)[0]
    assert first.title == "Nobody here fits sales in Germany and France"
    assert first.request.startswith("Please agree not to spend on these creators for sales")


def test_an_audience_that_misses_a_market_is_named_wherever_the_story_tells_of_it(story):
    told = lives_in_france(story)
    assert any(MISSED in point for point in section(told, "geography").points)
    assert section(told, "risks").title.endswith("miss a market of the brief")
    (row,) = section(told, "risks").table.filter(pl.col("Creator") == "Petit").rows(named=True)
    assert row["What could go wrong"].startswith("Hardly any audience in Germany")
    (row,) = section(told, "geography").table.filter(pl.col("Creator") == "Petit").rows(named=True)
    assert (row["Germany (60\u00a0%)"], row["France (40\u00a0%)"]) == ("0.40\u00a0% (gap)", "72\u00a0%")
    (row,) = (row for row in section(told, "recommendation").table.rows(named=True) if row["Creator"] == "Petit")
    assert row["Main risk"] == "Hardly any audience in Germany"
    alone = sections_of(BRIEF, told.creators[:1], 60)
    (title,) = (each.title for each in alone if each.key == "geography")
    assert title == "Petit has hardly any audience in Germany"


def test_a_section_knows_which_part_of_a_text_names_a_gap(story):
    where = section(lives_in_france(story), "geography")
    (point,) = [point for point in where.points if point.startswith("Petit")]
    assert where.in_parts(point)[:2] == [("Petit: ", False), (MISSED, True)]
    assert where.in_parts("nothing of the kind") == [("nothing of the kind", False)]


def without_audience(told):
    """A creator of the story whose audience by country nobody has loaded."""
    unknown = {"in_market_share": None, "in_market_share_upper": None, "unknown_share": None, "shares": {}, "gaps": ()}
    one = replace(told.candidate, group=Group.PILOT, **unknown)
    return replace(told, expected=expected_line(one, told.expected.asked, told.expected.outlook))


def pilot(told) -> Candidate:
    """The creator of a story as one to test first."""
    return replace(told.candidate, group=Group.PILOT)


def test_an_audience_that_is_mostly_unknown_is_the_first_risk(story):
    told = story.creators[0]
    hidden = replace(told, expected=replace(told.expected, creator=replace(told.candidate, unknown_share=0.6)))
    assert creator_risks(hidden, BRIEF)[0] == "country unknown for 60\N{NO-BREAK SPACE}% of the audience"


def test_what_comes_from_the_markets_is_not_known_before_the_audience_is(story):
    first, second, *_others = story.creators
    alone, located = without_audience(first), replace(second.candidate, group=Group.PILOT)
    alone_told = sections_of(BRIEF, (alone,), 1)[0]
    assert alone_told.title == "Book nobody yet: first find out where the audience lives"
    assert alone_told.request == f"Please let us find out first where the audience of {first.name} lives."
    assert [figure.value for figure in alone_told.figures[1:3]] == ["not known", "not known"]
    row = alone_told.table.row(0, named=True)
    unknown = ("Expected purchases", "Cost per purchase", "Expected revenue")
    assert {row[name] for name in unknown} == {"not known"}
    risks = sections_of(BRIEF, (replace(alone, expected=replace(alone.expected, creator=pilot(alone))),), 1)[-1]
    assert risks.table["Next step"].to_list() == ["First find out where the audience lives"]
    assert row["Main risk"] == "Where the audience lives is not known yet"
    assert page_title(alone, BRIEF) == f"First find out where the audience of {first.name} lives"
    futures = alone.expected.outlook.futures
    assert ("clicks" in futures, "in_market_conversions" in futures, "in_market_reach" in futures) == (
        True,
        False,
        False,
    )
    both = (alone, replace(second, expected=replace(second.expected, creator=located)))
    total = total_of(both[1:], BRIEF).said
    assert sections_of(BRIEF, both, 2)[0].request == (
        f"Please approve {total} to test {second.name}. "
        f"Please let us find out first where the audience of {first.name} lives."
    )


def test_a_brief_of_one_market_has_no_gaps(ask_demo):
    alone = build_story(ask_demo, Brief((("FR", 100.0),)), FIVE[:1], RequestedLine(), date(2026, 3, 3))
    assert [each.gaps for each in alone.sections] == [()] * len(alone.sections)


def test_the_order_by_money_leads_with_who_can_be_booked(story):
    told = [each for each in story.creators if each.candidate.group != Group.BOOK]
    last = next(each for each in story.creators if each.candidate.group == Group.BOOK)
    late = replace(last, expected=replace(last.expected, creator=replace(last.candidate, rank=99)))
    (title,) = (each.title for each in sections_of(BRIEF, (*told, late), 99) if each.key == "who")
    assert title == "Olive Otter Studio is the only one proven for sales"
    (title,) = (each.title for each in sections_of(BRIEF, (*told, late, late), 99) if each.key == "who")
    assert title == "Of those to book, Olive Otter Studio brings most purchases"
    (title,) = (each.title for each in story.sections if each.key == "who")
    assert title == "Paper Puffin Studio brings most purchases for the price"


def test_a_wide_range_is_a_risk_with_its_low_end(ask_demo):
    (told,) = build_story(ask_demo, BRIEF, ["demo-001"], RequestedLine(), date(2026, 3, 3)).creators
    expected = told.candidate.expected
    assert expected.p10 < 0.4 * expected.mean
    assert risk_or_reason(told, BRIEF) == f"Could bring {round(expected.p10)} purchases or fewer"


def test_revenue_below_the_price_is_the_main_risk_of_a_sales_budget(ask_demo):
    """Of those to book, the one whose failure costs most is named; without a price nothing can be said of it."""
    in_germany = Brief((("DE", 100.0),))
    story = build_story(ask_demo, in_germany, ["demo-001", "demo-018"], RequestedLine(), date(2026, 3, 3))
    dear = max(of_group(story.creators, Group.BOOK), key=lambda told: told.expected.asked.cost)
    revenue = dear.expected.outlook.metrics["revenue"]["mean"]
    assert revenue < dear.expected.asked.cost
    risk = f"Expected revenue ({words.amount(revenue, 'EUR')}) is below the price"
    assert section(story, "recommendation").points[-1] == f"Main risk: {risk} ({dear.name})."
    (row,) = (row for row in story.sections[0].table.rows(named=True) if row["Creator"] == dear.name)
    assert (row["Expected revenue"], row["Main risk"]) == (words.amount(revenue, "EUR"), risk)
    hidden = section(without_prices(story), "recommendation")
    assert [text for row in hidden.table.rows() for text in row if "the price" in text] == []
    seen = sections_of(Brief((("DE", 100.0),), "awareness"), story.creators, 60)[0]
    assert "Expected revenue" not in seen.table.columns


def test_few_campaigns_are_a_risk_with_their_number(ask_demo):
    (told,) = build_story(ask_demo, BRIEF, ["demo-057"], RequestedLine(), date(2026, 3, 3)).creators
    assert risk_or_reason(told, BRIEF) == "Judged by 2 campaigns only"


def test_one_number_stands_in_sentence_table_forecast_and_picture(story):
    forecast, first = section(story, "forecast"), section(story, "recommendation")
    said = []
    for at, told in enumerate(by_group(story.creators)):
        stored = told.expected.outlook.metrics["in_market_conversions"]
        assert [stored[part] for part in ("mean", "p10", "p90")] == pytest.approx(
            [getattr(told.candidate.expected, part) for part in ("mean", "p10", "p90")]
        )
        assert forecast.picture.said[at] == stored
        said.append((forecast.table["Purchases in the market"][at], first.table["Expected purchases"][at]))
        assert said[-1] == (outcome_short(told.candidate.expected),) * 2
    assert [cell for cell, _same in said] == ["3 (0 to 6)", "3 (0 to 7)", "33 (3 to 76)", "1 (0 to 3)", "under 1"]
    best = forecast.picture.said[0]
    between = words.between(words.rounded(best["p10"]), words.rounded(best["p90"]))
    assert forecast.title == f"Expect {between} purchases from {by_group(story.creators)[0].name}"


def test_payoff_is_in_no_sentence_and_no_table(story):
    said = [text for each in story.sections for text in (each.title, each.subtitle, *each.points)]
    said += [cell for each in story.sections if each.table is not None for row in each.table.rows() for cell in row]
    assert [text for text in said if "payoff" in text.lower()] == []


@pytest.mark.thorough
def test_whom_the_last_review_refuses_is_skipped_everywhere_and_says_why(ask_demo):
    """The first to book was reviewed for the same goal and one of the markets."""
    told = LastReview("Not again for conversion in Germany.", date(2026, 5, 4), "conversion", ("DE",), is_against=True)
    said = told.line.rstrip(".")
    first = by_group(build_story(ask_demo, BRIEF, FIVE, RequestedLine(), date(2026, 6, 3)).creators)[0]
    reviews = {first.candidate.creator_id: told}
    story = build_story(ask_demo, BRIEF, FIVE, RequestedLine(), date(2026, 6, 3), reviews)
    rows = {row["Creator"]: row for row in section(story, "recommendation").table.rows(named=True)}
    assert (rows[first.name]["What to do"], rows[first.name]["Main risk"]) == ("Skip", f"Last review: {said}")
    assert story.sections[0].title.startswith("Book ")
    assert "2 of 5" not in story.sections[0].title
    assert any(note == f"Skip {first.name}. The last review says: {told.line}" for note in story.sections[0].notes)
    steps = dict(section(story, "risks").table.select("Creator", "Next step").rows())
    assert steps[first.name] == f"Do not book for this; last review: {said}"
    assert first.name not in story.sections[0].request


@pytest.mark.parametrize(
    "changed", [{"goal": "awareness"}, {"markets": ("US",)}, {"is_against": False}, {"goal": "", "markets": ()}]
)
def test_a_review_of_another_campaign_is_told_and_refuses_nobody(ask_demo, changed):
    known = {"goal": "conversion", "markets": ("DE",), "is_against": True} | changed
    told = LastReview("Book again.", date(2026, 5, 4), **known)
    story = build_story(ask_demo, BRIEF, ["demo-005"], RequestedLine(), date(2026, 6, 3), {"demo-005": told})
    plain = build_story(ask_demo, BRIEF, ["demo-005"], RequestedLine(), date(2026, 6, 3))
    assert story.sections[0].title == plain.sections[0].title
    assert section(story, "risks").table["Next step"][0].endswith("; last review: Book again")
    assert story.sections[0].notes[0].endswith("The last review says: Book again.")


def test_a_total_never_ends_below_one_of_its_parts(ask_demo):
    """A creator that adds hardly anything: drawn apart from the other, the total could end lower by chance."""
    told = build_story(ask_demo, BRIEF, FIVE, RequestedLine(), date(2026, 3, 3)).creators
    for first in told:
        for second in told:
            ends = [one.candidate.expected for one in (first, second)]
            total = total_of([first, second], BRIEF).expected
            assert total.p10 >= max(one.p10 for one in ends)
            assert total.p90 >= max(one.p90 for one in ends)

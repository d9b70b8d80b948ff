"""Does the line of a forecast survive its link, whatever it holds, and is every gap filled or said?"""

import pytest

from fit.brief import Brief
from fit.forecast.brief_lines import BRIEF_COLUMNS
from fit.forecast.request import (
    CreatorLine,
    RequestedLine,
    cost_text,
    deliverable_text,
    line_of_creator,
    parse_cost,
    parse_line_deliverable,
    parse_targets,
    read_line,
    targets_text,
)

BRIEF = Brief((("DE", 60.0), ("AT", 40.0)))
PROFILE = {"creator_id": "c1", "asking_price": 500.0, "currency": "EUR"}


@pytest.mark.parametrize("kind", ["post", "in-feed post", "=1+1", ":red[TOP]", "a,b", None])
def test_kind_and_count_survive_the_link(kind):
    assert parse_line_deliverable(deliverable_text(kind, 3)) == (kind, 3)


@pytest.mark.parametrize("cost", [(500.0, "EUR"), (0.5, None), (None, "USD"), (1234567.25, "GBP"), (None, None)])
def test_cost_and_currency_survive_the_link(cost):
    assert parse_cost(cost_text(*cost)) == cost


def test_targets_survive_the_link_and_take_their_other_names():
    targets = {"clicks": 500.0, "engagement_rate": 0.08, "cost_per_conversion": 20.0}
    assert dict(parse_targets(targets_text(targets))) == targets
    assert parse_targets("cpa-20,clicks-5,clicks-7") == (("cost_per_conversion", 20.0), ("clicks", 7.0))


def test_what_nobody_understands_is_said_and_left_out():
    line, problems = read_line({"deliverable": "post-0", "cost": "much-EUR", "target": "fame-3"})
    assert line == RequestedLine()
    assert len(problems) == 3
    assert all(problem.endswith("The forecast is shown without it.") for problem in problems)
    assert read_line({"deliverable": "post-2", "cost": "5-eur", "target": "clicks-9"}) == (
        RequestedLine("post", 2, 5.0, "EUR", (("clicks", 9.0),)),
        [],
    )


@pytest.mark.parametrize("text", ["-1-EUR", "nan-EUR", "1e99-EUR", "5-EURO", "5-12$"])
def test_a_cost_that_is_none_is_refused(text):
    assert read_line({"deliverable": "", "cost": text, "target": ""})[0] == RequestedLine()


def test_an_empty_line_is_the_usual_deliverable_at_the_asking_price():
    asked = line_of_creator(RequestedLine(), BRIEF, PROFILE, "reel")
    assert asked == CreatorLine("c1", "DE+AT", "reel", 1, 500.0, "EUR", "asking price")
    row = asked.as_row()
    assert list(row.schema) == list(BRIEF_COLUMNS)
    assert row["market"].to_list() == ["DE+AT"]


@pytest.mark.parametrize(
    ("line", "cost", "basis"),
    [
        (RequestedLine(count=3), 1500.0, "asking price"),
        (RequestedLine(deliverable="story"), None, "none"),
        (RequestedLine(currency="USD"), None, "none"),
        (RequestedLine(cost=80.0), 80.0, "asked"),
    ],
)
def test_an_asking_price_is_for_one_standard_deliverable_in_its_own_currency(line, cost, basis):
    asked = line_of_creator(line, BRIEF, PROFILE, "reel")
    assert (asked.cost, asked.cost_basis) == (cost, basis)


def test_without_a_price_there_is_no_cost():
    asked = line_of_creator(RequestedLine(), BRIEF, PROFILE | {"asking_price": None, "currency": None}, "post")
    assert (asked.cost, asked.currency, asked.cost_basis) == (None, None, "none")


def test_a_link_is_empty_for_one_of_the_usual_kind_only():
    said = [deliverable_text(*of) for of in ((None, None), (None, 1), (None, 2), ("post", None), ("post", 1))]
    assert said == ["", "", "-2", "post-1", "post-1"]
    assert parse_line_deliverable(" ") == (None, None)


@pytest.mark.parametrize(("count", "is_read"), [(0, False), (1, True), (1_000, True), (1_001, False)])
def test_a_line_has_one_to_a_thousand_deliverables(count, is_read):
    line, problems = read_line({"deliverable": f"post-{count}", "cost": "", "target": ""})
    assert (line.count, len(problems)) == ((count, 0) if is_read else (None, 1))


def test_a_gift_costs_nothing_and_a_tiny_target_survives_the_link():
    assert parse_cost("0-EUR") == (0.0, "EUR")
    tiny = {"engagement_rate": 0.00001}
    assert targets_text(tiny) == "engagement_rate-1e-05"
    assert dict(parse_targets("engagement_rate-1e-05")) == tiny

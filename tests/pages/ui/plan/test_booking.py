"""Does Plan book what the command line books, within the budget, and go on to deck and briefs?"""

import pytest

from fit.brief import Brief
from fit.plan import PlanRequest, candidates_of_brief, make_plan
from fit.shortlist import GROUP_LABELS, shortlist
from fit.text import words
from pages.ui.plan.booking import briefs_file
from pages.ui.view_link import split_ids
from tests.pages.driver import opened, troubles

GERMANY = Brief((("DE", 1.0),))


@pytest.mark.thorough
def test_a_budget_in_the_link_is_planned_and_the_total_stands_first(demo_store, in_store, ask_demo):
    in_store(demo_store)
    made = make_plan(candidates_of_brief(ask_demo, GERMANY), PlanRequest(2_000.0))
    app = opened("plan", market="DE-1", budget="2000")
    assert troubles(app) == []
    verdict, _dot, _rest = made.because.partition(". ")
    assert app.header[0].value.replace("\\", "") == verdict.rstrip(".")
    figures = {metric.label: metric.value for metric in app.metric}
    assert figures["Spent"] == words.price(made.price, "EUR")
    assert figures["Purchases in all"] == words.rounded(made.total.mean)
    table = app.dataframe[0].value
    assert list(table["creator"]) == [one.line.name for one in made.booked]
    assert table["cost"].sum() <= 2_000
    groups = {one.creator_id: one.group for one in shortlist(ask_demo, GERMANY).candidates}
    assert [list(said) for said in table["group"]] == [
        [GROUP_LABELS[groups[one.line.creator_id]]] for one in made.booked
    ]


def test_an_estimated_price_has_no_cents(demo_store, in_store):
    in_store(demo_store)
    app = opened("plan", market="DE-60_AT-40", budget="1000", must="demo~1056")
    assert troubles(app) == []
    booked, left_out = (table.value["cost"].dropna() for table in app.dataframe if "cost" in table.value)
    assert len(booked) > 1
    assert len(left_out) > 10
    assert all(cost == round(cost) for cost in [*booked, *left_out] if cost >= 100)


def test_before_anything_is_typed_a_usual_budget_is_planned(demo_store, in_store):
    in_store(demo_store)
    app = opened("plan", market="DE-1")
    assert troubles(app) == []
    assert app.number_input(key="budget").value > 0
    assert app.header[0].value.startswith("Book ")


def test_a_limit_that_cannot_hold_is_said_and_nothing_breaks(demo_store, in_store):
    in_store(demo_store)
    app = opened("plan", market="DE-1", budget="1")
    assert troubles(app) == []
    assert app.header[0].value == "No plan yet"
    assert any("1 EUR" in text.value for text in app.markdown)
    assert list(app.metric) == []


def test_who_must_be_booked_stands_in_the_link(demo_store, in_store):
    in_store(demo_store)
    app = opened("plan", market="DE-1", budget="2000", must="demo~1012", without="demo~1001")
    assert troubles(app) == []
    assert app.multiselect(key="plan_must").value == ["demo-012"]
    assert app.multiselect(key="plan_without").value == ["demo-001"]
    assert "Copper Cuckoo Studio" not in list(app.dataframe[0].value["creator"])


def test_present_ticks_the_booked_creators(demo_store, in_store):
    in_store(demo_store)
    app = opened("plan", market="DE-1", budget="700", most="2")
    assert app.session_state["s"] == ""
    app.button(key="plan_present").click().run()
    assert len(app.session_state["s"].split("-")) == 2


@pytest.mark.thorough
def test_more_than_a_presentation_holds_are_told_beside_its_button(demo_store, in_store):
    in_store(demo_store)
    app = opened("plan", market="DE-1", budget="25000")
    booked = app.dataframe[0].value["creator"].nunique()
    assert booked > 12
    sentence = f"A presentation shows up to 12 creators: the first 12 of the {booked} booked here."
    assert sentence in [caption.value for caption in app.caption]
    app.button(key="plan_present").click().run()
    assert len(split_ids(app.session_state["s"])) == 12


def test_booked_lines_go_along_as_a_briefs_file(ask_demo):
    made = make_plan(candidates_of_brief(ask_demo, GERMANY), PlanRequest(500.0))
    header, first, *_others = briefs_file(made).decode().splitlines()
    assert header == "creator_id,market,deliverable,count_deliverables,cost,currency"
    line = made.booked[0].line
    assert first == f"{line.creator_id},DE,{line.deliverable},1,{line.cost},EUR"

"""Does a plan hold together: the best set, its total, what surrounds it, and the same to the byte?"""

import json

import numpy as np
import polars as pl
import pytest

from fit.brief import Brief
from fit.forecast import BRIEF_COLUMNS, forecasts
from fit.plan import Candidates, Plan, PlanRefused, PlanRequest, candidates_of_brief, candidates_of_lines, make_plan
from fit.shortlist import shortlist
from fit.text import words

BRIEF = Brief((("DE", 60.0), ("AT", 40.0)))


@pytest.fixture(scope="module")
def field(ask_demo) -> Candidates:
    return candidates_of_brief(ask_demo, BRIEF)


@pytest.fixture(scope="module")
def plan(field: Candidates) -> Plan:
    return make_plan(field, PlanRequest(2_000.0, targets=(("clicks", 300.0), ("return_on_ad_spend", 1.0))))


def test_the_total_is_the_sum_of_the_lines_and_keeps_the_budget(plan: Plan) -> None:
    document = plan.as_json()
    assert document["spent"] == pytest.approx(sum(line["cost"] for line in document["booked"]), abs=1e-9)
    assert document["spent"] <= document["budget"] == 2_000.0
    assert document["total"]["mean"] == pytest.approx(sum(line["mean"] for line in document["booked"]))
    total = document["total"]
    assert total["p10"] <= total["p50"] <= total["p90"]


def test_estimated_prices_are_said_in_whole_units_and_kept_to_the_cent(field: Candidates) -> None:
    made = make_plan(field, PlanRequest(1_000.0, must=("demo-056",)))
    (estimated,) = (one.line for one in made.booked if one.line.creator_id == "demo-056")
    assert (estimated.cost, words.price(estimated.price, "EUR")) == (293.11, "293 EUR")
    assert made.spent == pytest.approx(sum(one.line.cost or 0.0 for one in made.booked))
    said = words.price(made.price, "EUR")
    assert f"for {said} of" in made.because
    assert "." not in said


def test_the_range_of_the_total_is_narrower_than_the_sum_of_ranges(field: Candidates) -> None:
    large = make_plan(field, PlanRequest(20_000.0))
    assert len(large.booked) > 5
    assert large.total.p10 > sum(one.p10 for one in large.booked)
    assert large.total.p90 < sum(one.p90 for one in large.booked)


def test_one_line_has_the_range_of_its_forecast_as_its_total(field: Candidates) -> None:
    made = make_plan(field, PlanRequest(2_000.0, most=1))
    (one,) = made.booked
    assert (made.total.mean, made.total.p10, made.total.p90) == (one.line.mean, one.p10, one.p90)


def test_means_and_ranges_are_those_of_list_and_forecast(ask_demo, plan: Plan) -> None:
    listed = {one.creator_id: one for one in shortlist(ask_demo, BRIEF, top=100).candidates}
    for one in plan.booked:
        shown = listed[one.line.creator_id]
        assert one.line.mean == shown.expected.mean
        assert (one.p10, one.p90) == (shown.expected.p10, shown.expected.p90)
        assert one.line.cost == pytest.approx(shown.cost, abs=0.0101)
        assert (one.line.cost_basis, one.line.deliverable) == (shown.cost_basis, shown.deliverable)


def test_every_candidate_is_booked_or_left_out_with_a_reason(field: Candidates, plan: Plan) -> None:
    table = plan.as_table()
    assert table.height == len(field.lines) == len(plan.booked) + len(plan.left_out)
    assert table["booked"].sum() == len(plan.booked)
    assert table.filter(pl.col("booked") == 1)["reason"].null_count() == len(plan.booked)
    assert table.filter(pl.col("booked") == 0)["reason"].null_count() == 0
    assert table["creator_id"].is_sorted()
    known = table.filter(pl.col("mean").is_not_null())
    assert (known["p10"] <= known["p90"]).all()


def test_nothing_beats_the_plan(field: Candidates, plan: Plan) -> None:
    """Booking by outcome per money, filled up with what fits, is no better; nor is the next swap."""
    lines = sorted((line for line in field.lines if line.is_known), key=lambda line: -line.value / line.cost)
    left, greedy = 2_000_00, 0.0
    for line in lines:
        if line.cents <= left:
            left, greedy = left - line.cents, greedy + line.value
    assert sum(one.line.value for one in plan.booked) >= greedy - 1e-9
    assert plan.next_swap is not None
    assert plan.next_swap.change <= 0


def test_the_same_question_gives_the_same_document_to_the_byte(ask_demo, plan: Plan) -> None:
    asked = PlanRequest(2_000.0, targets=(("clicks", 300.0), ("return_on_ad_spend", 1.0)))
    again = make_plan(candidates_of_brief(ask_demo, BRIEF), asked)
    assert json.dumps(again.as_json()) == json.dumps(plan.as_json())
    assert again.as_table().equals(plan.as_table())


def test_limits_hold_and_each_costs_what_the_best_set_without_it_brings_more(field: Candidates, plan: Plan) -> None:
    best = plan.booked[0].line.creator_id
    left_out = next(one.line.creator_id for one in plan.left_out if (one.line.cost or 9e9) <= 500)
    asked = PlanRequest(2_000.0, 2, 3, must=(left_out,), without=(best,), most_for_one=0.5)
    made = make_plan(field, asked)
    booked = [one.line.creator_id for one in made.booked]
    assert left_out in booked
    assert best not in booked
    assert 2 <= len(booked) <= 3
    assert max(one.line.cost for one in made.booked) <= 1_000
    assert [limit.limit for limit in made.limits][:4] == [
        "at least 2 creators",
        "at most 3 creators",
        f"must book {left_out}",
        f"without {best}",
    ]
    assert all(limit.costs >= 0 for limit in made.limits)
    alone = make_plan(field, PlanRequest(2_000.0, without=(best,)))
    value = [sum(one.line.value for one in each.booked) for each in (plan, alone)]
    assert alone.limits[0].costs == pytest.approx(value[0] - value[1])
    assert next(one.reason for one in made.left_out if one.line.creator_id == best) == "excluded"


@pytest.mark.thorough
def test_so_much_of_a_market_is_expected_of_the_plan(ask_demo) -> None:
    field = candidates_of_brief(ask_demo, BRIEF, at_least_in=("AT",))
    free = make_plan(field, PlanRequest(2_000.0))
    from_austria = sum(one.line.in_markets[0] for one in free.booked)
    known = [line for line in field.lines if line.is_known]
    assert all(0 <= line.in_markets[0] <= line.mean for line in known)
    made = make_plan(field, PlanRequest(2_000.0, at_least={"AT": 1.05 * from_austria}))
    assert sum(one.line.in_markets[0] for one in made.booked) >= 1.05 * from_austria
    (limit,) = made.limits
    assert limit.limit.endswith("purchases from Austria")
    assert limit.costs > 0


def test_packages_are_priced_by_kind_and_the_plan_chooses_one_for_each_creator(ask_demo) -> None:
    field = candidates_of_brief(ask_demo, BRIEF, (("post", 2), ("story", 3)))
    standard = {line.creator_id: line for line in candidates_of_brief(ask_demo, BRIEF).lines}
    for line in field.lines:
        own = standard[line.creator_id]
        if line.deliverable == own.deliverable and own.cost is not None:
            assert line.cost == pytest.approx(line.count * own.cost, abs=0.02 * line.count)
            assert line.cost_basis == own.cost_basis
        elif line.is_known:
            assert line.cost_basis in ("own past price", "market price")
    booked = [one.line.creator_id for one in make_plan(field, PlanRequest(3_000.0)).booked]
    assert len(booked) == len(set(booked))


def briefs(*rows: dict) -> pl.DataFrame:
    """Lines of a briefs file."""
    return pl.DataFrame([{name: row.get(name) for name in BRIEF_COLUMNS} for row in rows], schema=BRIEF_COLUMNS)


def test_lines_of_a_briefs_file_keep_their_own_cost_kind_and_market(ask_demo) -> None:
    creators = ask_demo("creator_names")["creator_id"].sort().to_list()
    given = briefs(
        {"creator_id": creators[1], "market": "DE", "deliverable": "post", "count_deliverables": 2, "cost": 300.005},
        {"creator_id": creators[0], "market": "AT", "deliverable": "story", "count_deliverables": 1, "cost": 100.0},
        {"creator_id": creators[1], "market": "DE", "deliverable": "story", "count_deliverables": 1, "cost": 80.0},
        {"creator_id": creators[2], "market": "DE+AT"},
    )
    field = candidates_of_lines(ask_demo, given, "conversion")
    assert [line.brief for line in field.lines] == [1, 0, 2, 3]
    assert [line.cost for line in field.lines][:3] == [100.0, 300.01, 80.0]
    assert field.lines[0].cost_basis == "briefs file"
    assert field.lines[3].cost_basis in ("asking price", "own past price", "market price")
    expected = forecasts(given, field.stored).filter(pl.col("metric") == "in_market_conversions")["mean"].to_list()
    assert [line.mean for line in field.lines[:3]] == pytest.approx([expected[line.brief] for line in field.lines[:3]])
    everything = make_plan(field, PlanRequest(1e6, is_several=True))
    assert len(everything.booked) == 4
    assert everything.next_swap is None
    one_each = make_plan(field, PlanRequest(1e6))
    assert len(one_each.booked) == 3
    assert one_each.left_out[0].reason == "another line of this creator is booked"
    assert one_each.limits[0].limit == "one line for each creator"
    with_must = make_plan(field, PlanRequest(380.02, must=(creators[1],), most_for_one=1.0, is_several=True))
    assert with_must.spent <= 380.02


@pytest.mark.thorough
def test_currencies_are_converted_by_rates_or_refused_in_words(ask_demo) -> None:
    creators = ask_demo("creator_names")["creator_id"].sort().to_list()
    given = briefs({"creator_id": creators[0], "market": "DE", "cost": 100.0, "currency": "USD"})
    with pytest.raises(PlanRefused, match="Row 0 of the briefs is priced in USD"):
        candidates_of_lines(ask_demo, given, "conversion")
    with pytest.raises(PlanRefused, match="no rate to JPY is known"):
        candidates_of_brief(ask_demo, BRIEF, currency="JPY")

    def with_rate(question: str, **asked: object) -> pl.DataFrame:
        found = ask_demo(question, **asked)
        if question != "rates":
            return found
        rows = [("USD", 0.8, "EUR", None)]
        return pl.DataFrame(rows, schema=["currency", "rate", "base", "as_of"], orient="row")

    (line,) = candidates_of_lines(with_rate, given, "conversion").lines
    assert line.cost == 80.0
    euros, dollars = (candidates_of_brief(with_rate, BRIEF, currency=one) for one in (None, "USD"))
    assert dollars.currency == "USD"
    pairs = zip(euros.lines, dollars.lines, strict=True)
    assert all(b.cost == pytest.approx(a.cost / 0.8, abs=0.02) for a, b in pairs if a.cost is not None)
    assert dollars.warnings == ("Prices are converted: 1 USD = 0.8 EUR.",)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (PlanRequest(0.5), "below the cheapest candidate"),
        (PlanRequest(50.0, most_for_one=0.001), "No candidate costs at most 0.10 % of the budget"),
        (PlanRequest(500.0, fewest=50), "at least 50 creators"),
        (PlanRequest(2_000.0, at_least={"AT": 1e9}), "purchases from Austria"),
        (PlanRequest(2_000.0, must=("nobody",)), "'nobody' must be booked, but is not among the candidates"),
    ],
)
def test_limits_that_cannot_hold_are_refused_by_name(ask_demo, asked: PlanRequest, words: str) -> None:
    field = candidates_of_brief(ask_demo, BRIEF, at_least_in=tuple(asked.at_least))
    with pytest.raises(PlanRefused) as refused:
        make_plan(field, asked)
    assert words in str(refused.value).replace("\xa0", " ")


def test_no_match_and_an_empty_file_are_refused(ask_demo) -> None:
    with pytest.raises(PlanRefused, match="No creator matches"):
        candidates_of_brief(ask_demo, Brief((("DE", 1.0),), followers_min=10**12))
    with pytest.raises(PlanRefused, match="no lines"):
        candidates_of_lines(ask_demo, briefs(), "conversion")


def test_reach_of_several_deliverables_is_drawn_and_plans_count_people(ask_demo) -> None:
    brief = Brief((("DE", 1.0),), "awareness")
    made = make_plan(candidates_of_brief(ask_demo, brief, (("post", 2),)), PlanRequest(2_000.0))
    assert made.total.metric == "in_market_reach"
    assert made.total.mean == pytest.approx(sum(one.line.mean for one in made.booked))
    assert ") in Germany" in made.because
    assert " people reached (" in made.because
    assert all(np.isfinite(one.p90) for one in made.booked)


def test_less_than_one_purchase_is_said_of_one(ask_demo) -> None:
    """Hardly any audience of the field lives in Japan."""
    lines = briefs({"creator_id": "demo-001", "market": "JP", "cost": 50.0})
    made = make_plan(candidates_of_lines(ask_demo, lines, "conversion"), PlanRequest(100.0))
    assert 0 < made.total.mean < 0.5
    assert ": under 1 purchase (" in made.because


@pytest.mark.parametrize(("budget", "is_poor"), [(600.0, False), (60_000.0, True)])
def test_who_costs_far_more_than_the_rest_is_named(field: Candidates, budget: float, is_poor: bool) -> None:
    made = make_plan(field, PlanRequest(budget))
    whole = made.spent / made.total.mean
    poor = [one.line.name for one in made.booked if one.line.cost > 5 * whole * one.line.mean]
    said = [warning for warning in made.warnings if warning.startswith("Poor value: ")]
    assert (bool(poor), len(said)) == (is_poor, is_poor)
    assert all(name in said[0] for name in poor[-5:])

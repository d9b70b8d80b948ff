"""Who hit what, was it luck, and what next: is the verdict the one that the numbers ask for?"""

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fit.agreement.agreement import Adjustment, Agreement, MetricLine, RedLine, Task
from fit.agreement.frozen_forecast import Audience
from fit.agreement.rule import DeliverableRule, Limit, Rule
from fit.agreement.rule_checks import RuleCheck, Status
from fit.review.review import (
    Basis,
    CommitmentResult,
    Talk,
    review_campaign,
    review_json,
)
from fit.review.review_document import review_as_document
from fit.review.significance import REVIEWED_STAGES
from fit.text.markdown import as_markdown
from tests.fit.review.reviewed import ALL_MET, LINES, agreed
from tests.frozen_forecasts import frozen, inputs

ABROAD = Audience(0.08, 0.05, (("BR", 0.61), ("PT", 0.16), ("AR", 0.1)))
HOME = frozen(inputs(impressions=30_000.0))
AWAY = frozen(
    replace(inputs(impressions=30_000.0), share=np.array([[0.08, 0.08, 0.13]]), out_click=0.6, out_convert=0.02), ABROAD
)


def reviewed(of=HOME, agreement: Agreement | None = None, role: str | None = None, **actuals: float):
    return review_campaign(agreement or agreed(), of, ALL_MET | actuals, was_frozen=True, role=role)


def without(*names: str) -> dict[str, float]:
    return {name: value for name, value in ALL_MET.items() if name not in names}


@pytest.mark.parametrize(
    ("actuals", "verdict"),
    [
        ({}, "both hit"),
        ({"conversions": 3.0}, "creator hit, brand missed"),
        ({"reach": 19_999.0}, "creator missed, brand hit"),
        ({"reach": 19_999.0, "conversions": 0.0}, "both missed"),
    ],
)
def test_the_verdict_is_creator_by_brand(actuals, verdict):
    assert reviewed(**actuals).verdict == verdict


def test_every_line_says_target_actual_and_whether_it_was_hit():
    document = review_json(reviewed(clicks=100.0))
    assert [
        (line["metric"], line["side"], line["target"], line["actual"], line["hit"]) for line in document["lines"]
    ] == [
        ("reach", "creator", 20_000.0, 25_000.0, True),
        ("engagement_rate", "creator", 0.03, 0.04, True),
        ("conversions", "brand", 4.0, 6.0, True),
        ("cost_per_click", "brand", 4.0, 5.0, False),
    ]
    assert document["lines"][1]["note"] == "computed: engagements / impressions"


def test_a_side_without_a_measured_line_has_no_verdict_and_the_other_one_is_still_told():
    found = review_campaign(agreed(), HOME, {"reach": 25_000.0})
    assert found.verdict == "not measured"
    assert "No verdict for the brand: no metric with a target was measured (purchases and cost per click)" in (
        found.diagnosis.because
    )
    assert [line.hit for line in found.lines] == [True, None, None, None]
    alone = review_campaign(agreed(LINES[0]), HOME, ALL_MET)
    assert alone.verdict == "not measured"
    assert "No verdict for the brand: no metric of that side was agreed." in alone.diagnosis.because


def test_a_side_is_judged_by_its_measured_lines_and_the_open_ones_are_named():
    found = review_campaign(agreed(), HOME, without("engagements"))
    assert found.verdict == "both hit"
    assert "Not judged, because not measured or without a target: engagement rate." in found.warnings


def test_no_sale_at_all_misses_a_cost_per_sale():
    found = review_campaign(agreed(LINES[0], MetricLine("cpa", "brand", 90.0)), HOME, ALL_MET | {"conversions": 0.0})
    assert found.lines[1].hit is None  # a name of the library is needed
    line = review_campaign(
        agreed(LINES[0], MetricLine("cost_per_conversion", "brand", 90.0)), HOME, ALL_MET | {"conversions": 0.0}
    )
    assert (line.lines[1].actual, line.lines[1].hit) == (None, False)
    assert line.lines[1].note == "no purchases, so it has no value"
    json.dumps(review_json(line), allow_nan=False)


def test_a_reported_rate_with_another_denominator_counts_and_is_doubted():
    found = reviewed(engagement_rate=0.15)
    assert found.lines[1].actual == 0.15
    assert any("engagements / impressions gives 4.0\u00a0%" in said for said in found.warnings)


def test_an_open_target_is_the_forecasts_middle():
    line = review_campaign(agreed(LINES[0], MetricLine("clicks", "brand")), HOME, ALL_MET).lines[1]
    assert line.promise.is_filled
    assert line.promise.line.target == pytest.approx(HOME.summary["clicks"]["p50"], rel=0.05)
    assert review_campaign(agreed(LINES[0], MetricLine("clicks", "brand")), None, ALL_MET).lines[1].hit is None


def test_delivered_and_flat_because_the_audience_lives_elsewhere():
    """Ten stories and two reels, reach and engagement hit, hardly a sale: most followers live abroad."""
    agreement = agreed(LINES[0], LINES[1], MetricLine("conversions", "brand", 20.0))
    found = reviewed(AWAY, agreement, "awareness", clicks=190.0, conversions=1.0)
    assert (found.verdict, found.diagnosis.cause) == ("creator hit, brand missed", "audience country")
    assert "The likely reason is the audience's country: 8.0\u00a0% of it lives in Germany (Brazil 61\u00a0%" in (
        found.diagnosis.because
    )
    assert found.diagnosis.next_step.startswith("No one is to blame: the creator delivered.")
    assert "consider the awareness stage or a campaign in Brazil, where 61\u00a0%" in found.diagnosis.next_step
    assert (
        found.next_time
        == "Not for conversion in Germany (8.0\u00a0% of the audience lives there): consider for awareness."
    )


@pytest.mark.parametrize(
    "line",
    [
        MetricLine("clicks", "brand"),
        *(MetricLine("conversions", "brand", target) for target in (2.0, 5.0, 40.0, 60.0)),
    ],
)
def test_the_country_is_named_from_the_facts_whatever_the_target(line):
    """The same creator and the same results: a target at the forecast's middle or far beyond it changes no cause."""
    found = review_campaign(agreed(LINES[0], line), AWAY, ALL_MET | {"conversions": 0.0, "clicks": 150.0})
    assert (found.verdict, found.diagnosis.cause) == ("creator hit, brand missed", "audience country")


def test_a_miss_that_luck_explains_is_called_so():
    found = reviewed(clicks=250.0, conversions=3.0, agreement=agreed(*LINES[:3]))
    assert (found.diagnosis.cause, found.first_departure) == ("luck", None)
    assert "Luck can explain the miss: purchases 3, expected 5 from these clicks" in found.diagnosis.because
    assert "One campaign of this size proves little. Run another one on the same terms" in found.diagnosis.next_step


def test_a_miss_that_luck_does_not_explain_is_called_so_with_its_stage():
    five_times = {"impressions": 150_000.0, "reach": 90_000.0, "clicks": 1_500.0, "engagements": 6_000.0}
    found = reviewed(HOME, agreed(*LINES[:3]), "balanced", **five_times, conversions=0.0)
    assert found.first_departure == "impressions"  # five times the impressions are no luck either
    assert found.diagnosis.cause == "conversions"
    assert "More than luck: purchases 0, expected" in found.diagnosis.because
    assert "Also unusual, but not part of the verdict: impressions 150,000, expected" in found.diagnosis.because
    assert found.stages[4].mean == pytest.approx(30, rel=0.1)
    assert found.stages[4].actual == 0
    assert "this far off by luck in under 3\u00a0% of cases)." in found.diagnosis.because
    assert "First look at landing page and offer." in found.diagnosis.next_step
    assert "It points to audience quality or message fit." in found.diagnosis.next_step
    assert "consider the awareness stage" in found.diagnosis.next_step


def test_every_stage_that_fell_short_is_told_in_its_order():
    found = review_campaign(agreed(*LINES[:3]), HOME, {"reach": 21_000.0, "impressions": 3_000.0, "engagements": 120.0,
                                              "clicks": 1_500.0, "conversions": 0.0})  # fmt: skip
    assert (found.first_departure, found.diagnosis.cause) == ("impressions", "impressions")
    assert "First look at whether everything agreed went out, when, and in which format; then at landing page" in (
        found.diagnosis.next_step
    )
    assert found.diagnosis.because.count("this far off by luck") == 3  # clicks rose more than luck explains as well


def test_a_target_beyond_the_forecast_is_told_with_the_chance_that_it_had():
    daring = agreed(LINES[0], MetricLine("conversions", "brand", 40.0))
    found = reviewed(agreement=daring)
    assert found.diagnosis.cause == "target"
    assert "The result was to be expected: purchases 6, expected" in found.diagnosis.because
    assert "From the start, purchases of 40 or more had a chance of under 3\u00a0%." in found.diagnosis.because
    stranger = frozen(replace(inputs(), impressions=np.full((1, 2), np.nan)))
    unknown = reviewed(stranger, agreement=daring)
    assert unknown.diagnosis.cause == "target"
    assert "purchases of 40 or more would be more than 9 of 10 such campaigns bring." in unknown.diagnosis.because


def test_an_awareness_campaign_is_followed_by_a_thought_of_conversion():
    of = agreed(*LINES[:3], goal="awareness")
    found = reviewed(agreement=of, role="conversion", clicks=250.0, conversions=3.0)
    assert "consider the conversion stage" in found.diagnosis.next_step


def test_where_purchases_came_from_is_said_where_it_was_measured():
    found = reviewed(**{"conversions": 2.0, "conversions:BR": 2.0, "conversions:DE": 0.0})
    assert "0 of 2 purchases came from Germany (0\u00a0%)." in found.diagnosis.because


def test_what_the_stages_were_judged_against_is_said():
    stranger = replace(frozen(replace(inputs(), impressions=np.full((1, 2), np.nan))), has_own_rates=False)
    said = {
        Basis.FROZEN: review_campaign(agreed(), HOME, ALL_MET, was_frozen=True),
        Basis.AFTERWARDS: review_campaign(agreed(), HOME, ALL_MET),
        Basis.BENCHMARKS: review_campaign(agreed(), stranger, ALL_MET),
        Basis.NO_FORECAST: review_campaign(agreed(), None, ALL_MET),
    }
    assert {basis: each.basis for basis, each in said.items()} == {basis: basis for basis in said}
    assert "made after the campaign, from data version 3" in said[Basis.AFTERWARDS].basis_words
    assert "benchmarks only" in said[Basis.BENCHMARKS].basis_words
    assert [line.hit for line in said[Basis.NO_FORECAST].lines] == [True] * 4
    assert {stage["judged"] for stage in review_json(said[Basis.NO_FORECAST])["stages"]} == {"not measured"}


def test_the_threshold_and_what_was_promised_are_part_of_it():
    task = Task("brand", "promotes the post")
    half = Rule("conversions", Limit.AT_LEAST, share_of_target=0.5)
    protocol = Adjustment("purchases under half of target", "account lead", 3, half)
    of = agreed(commitments=(task,), adjustment=protocol)
    found = review_campaign(of, HOME, ALL_MET | {"conversions": 1.0})
    assert review_json(found)["threshold"] == {
        "status": "crossed",
        "sentence": "Purchases: 1; agreed was at least 2 (50\u00a0% of the target).",
    }
    assert found.talk.commitments == (CommitmentResult(task, None),)
    talk = Talk((CommitmentResult(task, False),), "talked on Monday", "a data point", "awareness next")
    told = review_json(review_campaign(of, HOME, ALL_MET, talk=talk))
    assert told["commitments"] == [{"owner": "brand", "text": "promotes the post", "kept": False, "due": None}]
    assert (told["notes"], told["outcome"], told["next_time"]) == ("talked on Monday", "a data point", "awareness next")


def test_a_threshold_in_words_alone_is_left_to_people():
    found = review_campaign(agreed(adjustment=Adjustment("purchases under half of target")), HOME, ALL_MET)
    assert review_json(found)["threshold"] == {
        "status": "check by hand",
        "sentence": 'The agreed threshold is written in words only: "purchases under half of target". '
        "Check it by hand.",
    }


def test_red_lines_about_a_metric_are_checked_against_what_was_measured_or_follows_from_it():
    of = agreed(
        red_lines=(
            RedLine("brand", "no dear clicks", Rule("cost_per_click", Limit.AT_MOST, value=1.5)),
            RedLine("creator", "no pushing", Rule("frequency", Limit.AT_MOST, value=3.0)),
            RedLine("creator", "no stories", DeliverableRule("story", Limit.AT_MOST, 0)),
            RedLine("creator", "no scripted captions"),
        )
    )
    found = review_campaign(of, HOME, ALL_MET)
    assert [(line.text, check) for line, check in found.red_lines] == [
        ("no dear clicks", RuleCheck(Status.CROSSED, "Cost per click: 1.67 EUR; agreed was at most 1.5 EUR.")),
        ("no pushing", RuleCheck(Status.NOT_CROSSED, "Displays per person: 1.2; agreed was at most 3.")),
    ]
    text = as_markdown(review_as_document(found, "Mara"))
    assert text.index("## Red lines with a rule") < text.index("## Why, and what next")
    assert '> Brand: "no dear clicks". Cost per click: 1.67 EUR; agreed was at most 1.5 EUR.' in text


@pytest.mark.parametrize("conversions", [1.0, 6.0, None])
def test_the_review_opens_with_the_line_at_which_both_agreed_to_talk(conversions):
    rule = Rule("conversions", Limit.AT_LEAST, share_of_target=0.5)
    came = without("conversions") | ({} if conversions is None else {"conversions": conversions})
    text = as_markdown(
        review_as_document(review_campaign(agreed(adjustment=Adjustment(rule=rule)), HOME, came), "Mara")
    )
    assert [line for line in text.splitlines() if line.startswith("## ")][:2] == [
        "## Threshold for a talk",
        "## Why, and what next",
    ]


def test_the_same_campaign_gives_the_same_document():
    first, second = (json.dumps(review_json(reviewed(conversions=2.0)), allow_nan=False) for at in range(2))
    assert first == second


def line_of(metric: str, target: float, **actuals: float):
    return review_campaign(agreed(MetricLine(metric, "brand", target)), HOME, actuals).lines[0]


@pytest.mark.parametrize(
    ("metric", "target", "actual", "hit"),
    [
        ("clicks", 100.0, 100.0, True),
        ("clicks", 100.0, 99.0, False),
        ("cost_per_click", 2.0, 2.0, True),
        ("cost_per_click", 2.0, 2.01, False),
    ],
)
def test_a_line_that_is_exactly_met_is_hit(metric, target, actual, hit):
    assert line_of(metric, target, **{metric: actual}).hit is hit


@pytest.mark.parametrize(
    ("metric", "value"),
    [
        ("engagement_rate", 30 / 1_000), ("click_rate", 20 / 1_000), ("conversion_rate", 4 / 20),
        ("frequency", 1_000 / 800),
        ("order_value", 200 / 4), ("return_on_ad_spend", 200 / 500), ("cost_per_thousand_impressions", 500.0),
        ("in_market_cpm", 1_000 * 500 / 400), ("cost_per_engagement", 500 / 30), ("cost_per_click", 500 / 20),
        ("cost_per_conversion", 500 / 4),
    ],
)  # fmt: skip
def test_a_rate_or_cost_that_nobody_reported_follows_from_its_counts(metric, value):
    """The agreed cost of 500 counts where no cost was reported."""
    counts = {"impressions": 1_000.0, "engagements": 30.0, "clicks": 20.0, "conversions": 4.0, "reach": 800.0}
    counts |= {"revenue": 200.0, "in_market_impressions": 400.0}
    assert line_of(metric, 1.0, **counts).actual == pytest.approx(value)
    assert line_of(metric, 1.0).actual is None
    dear = line_of("cost_per_click", 1.0, clicks=20.0, cost=800.0)
    assert dear.actual == 40.0


@pytest.mark.parametrize(("metric", "actuals", "hit"), [
    ("cost_per_click", {"clicks": 0.0}, False),
    ("cost_per_click", {"clicks": 0.0, "cost": 0.0}, None),  # nothing for nothing
    ("click_rate", {"clicks": 0.0, "impressions": 0.0}, None),
])  # fmt: skip
def test_what_is_divided_by_nothing_has_no_value(metric, actuals, hit):
    found = line_of(metric, 1.0, **actuals)
    assert (found.actual, found.hit) == (None, hit)


@pytest.mark.parametrize(("reported", "is_doubted"), [(0.0408, False), (0.0409, True), (0.0393, False), (0.0391, True)])
def test_a_rate_further_than_two_percent_from_its_counts_is_doubted(reported, is_doubted):
    """1,200 of 30,000 is 4 %; two percent of the larger of both are allowed."""
    found = reviewed(engagement_rate=reported)
    assert any("The reported one counts" in said for said in found.warnings) is is_doubted


def test_what_was_not_judged_is_said_stage_by_stage():
    """Without followers nothing is expected of impressions, and of nothing below them either."""
    stranger = frozen(replace(inputs(), impressions=np.full((1, 2), np.nan)))
    assert review_campaign(agreed(LINES[0]), stranger, {"reach": 9.0, "impressions": 30_000.0}).warnings == (
        "Measured, but without a forecast: impressions.",
        "Stages without a measured value, so not judged: in-market impressions, engagements, clicks, purchases and "
        "revenue.",
    )
    everything = {"in_market_impressions": 15_000.0, "revenue": 300.0} | ALL_MET
    assert review_campaign(agreed(), HOME, everything).warnings == ()
    assert review_campaign(agreed(), None, {"clicks": 9.0} | everything).warnings == (
        "Measured, but without a forecast: impressions, in-market impressions, engagements, clicks, purchases and "
        "revenue.",
    )


@pytest.mark.parametrize(
    ("agreed_in", "of", "currency"),
    [("GBP", HOME, "GBP"), (None, HOME, "EUR"), ("GBP", None, "GBP"), (None, None, None)],
)
def test_amounts_are_in_the_currency_agreed_or_else_in_that_of_the_forecast(agreed_in, of, currency):
    dear = RedLine("brand", "no dear clicks", Rule("cost_per_click", Limit.AT_MOST, value=1.5))
    found = review_campaign(agreed(currency=agreed_in, red_lines=(dear,)), of, ALL_MET)
    assert (found.currency, review_json(found)["currency"]) == (currency, currency)
    unit = f" {currency}" if currency else ""
    assert found.red_lines[0][1].sentence == f"Cost per click: 1.67{unit}; agreed was at most 1.5{unit}."


def test_a_cost_of_less_than_one_that_bought_nothing_is_a_miss():
    assert line_of("cost_per_click", 1.0, clicks=0.0, cost=0.5).hit is False


def test_counts_of_countries_are_told_apart_from_the_whole():
    told = reviewed(**{"conversions": 3.0, "conversions:DE": 1.0, "conversions:BR": 1.0, "clicks:DE": 9.0})
    assert "1 of 3 purchases came from Germany (33\u00a0%)." in told.diagnosis.because
    assert "came from" not in reviewed().diagnosis.because
    assert review_json(told)["results_by_country"] == [
        {
            "metric": "conversions", "in_market": 1.0, "of": 3.0, "share": pytest.approx(1 / 3),
            "of_all_measured": True, "unreported": [],
        },
        {
            "metric": "clicks", "in_market": 9.0, "of": 300.0, "share": 0.03,
            "of_all_measured": True, "unreported": [],
        },
    ]  # fmt: skip


def test_results_by_country_are_held_against_the_measured_total_on_every_medium():
    """140 of 2,600 clicks are 5 %, though no other country was reported."""
    line = MetricLine("clicks", "brand", 4_000.0)
    found = review_campaign(agreed(LINES[0], line), HOME, ALL_MET | {"clicks": 2_600.0, "clicks:DE": 140.0})
    said = "140 of 2,600 clicks came from Germany (5.4\u00a0%)."
    assert said in found.diagnosis.because
    assert said in as_markdown(review_as_document(found, "Mara"))
    assert review_json(found)["results_by_country"][0]["share"] == 140 / 2_600


FIGURES = st.dictionaries(
    st.sampled_from(("reach", "in_market_impressions", "engagements", "clicks", "revenue", "saves")),
    st.floats(0, 1e6).map(round).map(float),
)


@pytest.mark.thorough
@given(
    sales=st.integers(0, 30),
    impressions=st.sampled_from((None, 3_000.0, 30_000.0, 300_000.0)),
    more=FIGURES,
    target=st.sampled_from((2.0, 8.0, 31.0)),
)
@settings(deadline=None, max_examples=60)
def test_more_figures_never_turn_luck_into_blame(sales, impressions, more, target):
    """The cause may become a lighter one; it never becomes a stage that was not one before, nor does the verdict."""
    of = agreed(MetricLine("impressions", "creator", 1_000.0), MetricLine("conversions", "brand", target))
    known = {"conversions": float(sales)} | ({} if impressions is None else {"impressions": impressions})
    before = review_campaign(of, HOME, known)
    after = review_campaign(of, HOME, known | more)
    assert after.verdict == before.verdict
    if before.diagnosis.cause not in REVIEWED_STAGES:
        assert after.diagnosis.cause == before.diagnosis.cause
        assert (after.diagnosis.next_step, after.next_time) == (before.diagnosis.next_step, before.next_time)


def test_revenue_that_was_no_line_does_not_turn_luck_into_not_again():
    """Fewer euros than an order is usually worth, though nobody agreed on revenue."""
    of = agreed(*LINES[:3])
    known = ALL_MET | {"clicks": 250.0, "conversions": 3.0}
    before, after = (review_campaign(of, HOME, results) for results in (known, known | {"revenue": 30.0}))
    assert after.stages[5].is_below
    assert (after.diagnosis.cause, after.next_time) == ("luck", before.next_time)
    assert "Luck can explain the miss: purchases 3" in after.diagnosis.because
    assert "Also unusual, but not part of the verdict: revenue 30 EUR" in after.diagnosis.because


@pytest.mark.thorough
@given(st.integers(10, 3_000), st.integers(0, 3_000), st.integers(1, 300))
@settings(deadline=None, max_examples=60)
def test_results_that_are_so_many_times_as_large_have_the_same_country_cause(inside, outside, times):
    """Every country's clicks alike; their total was not measured."""
    of = agreed(LINES[0], MetricLine("code_uses", "brand", 1e9))

    def cause(factor: int) -> str:
        counts = {"clicks:DE": float(factor * inside), "clicks:BR": float(factor * outside)}
        return review_campaign(of, AWAY, {"reach": 25_000.0, "code_uses": 1.0} | counts).diagnosis.cause

    assert cause(times) == cause(1)


BROKEN = Task("brand", "Promote the reel on our own channel")


@pytest.mark.parametrize("came", [{"conversions": 0.0}, {"conversions": 0.0, "reach": 3.0}])
def test_what_the_brand_promised_and_did_not_do_comes_before_any_word_on_the_creator(came):
    of = agreed(*LINES[:3], commitments=(BROKEN, Task("creator", "Promote the reel on our own channel")))
    known = ALL_MET | {"impressions": 150_000.0, "engagements": 6_000.0, "clicks": 1_500.0} | came
    said = {
        kept: review_campaign(of, HOME, known, talk=Talk((CommitmentResult(BROKEN, kept),)))
        for kept in (True, False, None)
    }
    assert said[False].diagnosis.because.startswith(
        "The brand promised \u201cPromote the reel on our own channel\u201d and did not do it: look there first."
    )
    assert said[False].diagnosis.cause == "brand commitment"
    assert "Do what was promised, then run the campaign again" in said[False].diagnosis.next_step
    assert said[False].next_time == "Undecided for conversion in Germany: the brand did not keep its own promise."
    assert {kept: found.diagnosis.cause for kept, found in said.items() if kept is not False} == {
        True: "conversions",
        None: "conversions",
    }


def test_what_the_creator_did_not_do_is_no_promise_of_the_brand():
    own = CommitmentResult(Task("creator", "answers comments"), False)
    found = review_campaign(agreed(*LINES[:3]), HOME, ALL_MET | {"conversions": 3.0}, talk=Talk((own,)))
    assert found.diagnosis.cause == "luck"
    assert "The brand promised" not in found.diagnosis.because


def test_where_both_hit_a_broken_promise_of_the_brand_is_no_reason():
    found = review_campaign(agreed(), HOME, ALL_MET, talk=Talk((CommitmentResult(BROKEN, False),)))
    assert (found.diagnosis.cause, "The brand promised" in found.diagnosis.because) == ("none", False)


@pytest.mark.parametrize(
    ("role", "is_offered"),
    [("awareness", True), ("balanced", True), ("conversion", False), ("pilot", False), ("not for this market", False),
     (None, False)],
)  # fmt: skip
def test_the_other_goal_is_offered_only_where_the_creators_role_in_this_market_is_good_for_it(role, is_offered):
    """For every cause of a miss: abroad, a stage, luck, and a daring target."""
    of = agreed(LINES[0], MetricLine("conversions", "brand", 40.0))
    five_times = {"impressions": 150_000.0, "engagements": 6_000.0, "clicks": 1_500.0}
    cases = [
        reviewed(AWAY, of, role, conversions=0.0),
        reviewed(HOME, agreed(*LINES[:3]), role, **five_times, conversions=0.0),
        reviewed(HOME, agreed(*LINES[:3]), role, clicks=250.0, conversions=3.0),
        reviewed(HOME, of, role, conversions=3.0),
    ]
    assert [found.diagnosis.cause for found in cases] == ["audience country", "conversions", "luck", "target"]
    said = [f"{found.diagnosis.next_step} {found.next_time}" for found in cases]
    assert ["awareness" in text for text in said] == [is_offered] * 4


def test_a_creator_who_is_not_for_this_market_is_offered_for_the_country_where_the_audience_lives():
    found = reviewed(AWAY, agreed(LINES[0], MetricLine("conversions", "brand", 20.0)), "not for this market")
    assert found.diagnosis.next_step == (
        "No one is to blame: the creator delivered. Do not book this creator again for conversion in Germany; "
        "consider a campaign in Brazil, where 61\u00a0% of the audience lives."
    )
    assert found.next_time == (
        "Not for conversion in Germany (8.0\u00a0% of the audience lives there): consider for Brazil."
    )


def test_the_order_value_that_revenue_is_held_against_is_told_with_its_campaigns():
    of = replace(HOME, order_campaigns=4)
    own = review_campaign(agreed(), of, ALL_MET | {"revenue": 300.0})
    assert own.order_words == (
        "Revenue is expected at 50 EUR an order, from 4 campaigns with this creator and the usual value."
    )
    assert own.order_words in as_markdown(review_as_document(own, "Mara"))
    usual = review_campaign(agreed(), HOME, ALL_MET | {"revenue": 300.0})
    assert usual.order_words == (
        "Revenue is expected at 50 EUR an order, as usual: no campaign with this creator shows it."
    )
    assert review_campaign(agreed(), HOME, ALL_MET).order_words == ""
    assert review_campaign(agreed(), None, ALL_MET | {"revenue": 300.0}).order_words == ""

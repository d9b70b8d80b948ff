"""Does the document of a review say every part of it, in order, and nothing that was not agreed or measured?"""

from dataclasses import replace
from datetime import date

import pytest

from fit.agreement.agreement import Adjustment, Deliverable, MetricLine, RedLine, Side, Task
from fit.agreement.rule import Limit, Rule
from fit.agreement.rule_checks import RuleCheck, Status
from fit.agreement.targets import TargetLine
from fit.metrics.library import METRICS
from fit.review.review import CommitmentResult, ResultLine, Review, Talk, review_campaign
from fit.review.review_document import (
    line_cells,
    protocol_words,
    red_line_words,
    review_as_document,
    scale_words,
    stage_cells,
    title,
)
from fit.review.significance import StageResult
from fit.text import Tone
from fit.text.document import Intervals, Mark, Points, Table, Text, Tick
from tests.fit.review.reviewed import ALL_MET, LINES, agreed
from tests.frozen_forecasts import frozen, inputs

HOME = frozen(inputs(impressions=30_000.0))
HALF = Rule("conversions", Limit.AT_LEAST, share_of_target=0.5)


def reviewed(**changed: object) -> Review:
    return review_campaign(agreed(**changed), HOME, ALL_MET, was_frozen=True)


def parts(review: Review) -> dict[str, tuple]:
    return {part.title: part.blocks for part in review_as_document(review, "Mara").parts}


def test_the_parts_of_a_plain_review_are_those_that_hold_something():
    everything = dict.fromkeys(("in_market_impressions", "revenue"), 1.0) | ALL_MET
    assert list(parts(review_campaign(agreed(), HOME, everything))) == [
        "Why, and what next", "Creator target metrics", "Brand success metrics", "Stage by stage",
        "What both promised to do", "Notes of the talk",
    ]  # fmt: skip
    alone = review_campaign(agreed(LINES[2]), HOME, ALL_MET)
    assert [name for name in parts(alone) if "metrics" in name] == ["Brand success metrics"]


def test_the_parts_of_a_full_review_stand_in_their_order():
    rule = Rule("cost_per_click", Limit.AT_MOST, value=1.5)
    of = reviewed(adjustment=Adjustment(rule=HALF), red_lines=(RedLine("brand", "no dear clicks", rule),))
    of = replace(of, talk=Talk((), "talked on Monday", "a data point", "awareness next"), warnings=("odd", "open"))
    found = parts(of)
    assert list(found) == [
        "Threshold for a talk", "Red lines with a rule", "Why, and what next",
        "Creator target metrics", "Brand success metrics", "Stage by stage", "What both promised to do",
        "Notes of the talk", "Outcome", "What could not be judged",
    ]  # fmt: skip
    assert found["Why, and what next"] == (
        Points(of.diagnosis.reasons), Text(of.diagnosis.next_step), Text("Next time: awareness next", Tone.WARNING)
    )  # fmt: skip
    assert found["Threshold for a talk"] == (
        Text("Purchases: 6; agreed was at least 2 (50\u00a0% of the target).", Tone.PLAIN),
    )
    assert found["Red lines with a rule"] == (
        Text('Brand: "no dear clicks". Cost per click: 1.67 EUR; agreed was at most 1.5 EUR.', Tone.WARNING),
    )
    assert found["Notes of the talk"] == (Text("talked on Monday"),)
    assert found["Outcome"] == (Text("a data point"),)
    assert found["What could not be judged"] == (Points(("odd", "open")),)


def test_the_head_says_verdict_whose_campaign_and_where_the_forecast_is_from():
    document = review_as_document(reviewed(), "Mara\nB")
    assert (document.kind, document.title, document.is_demo) == ("Campaign review", "Both sides hit", False)
    assert document.lead == "Mara B, conversion, Germany"
    assert document.imprint == ("Stages are judged against the forecast frozen with the charter, from data version 3.")
    named = replace(reviewed(), charter="spring", frozen=replace(HOME, is_demo=True))
    assert review_as_document(named, "Mara").lead == "spring: Mara, conversion, Germany"
    assert review_as_document(named, "Mara").is_demo is True
    assert review_as_document(review_campaign(agreed(), None, ALL_MET), "Mara").is_demo is False


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        ("both hit", "Both sides hit"),
        ("creator hit, brand missed", "The creator hit, the brand missed"),
        ("creator missed, brand hit", "The creator missed, the brand hit"),
        ("both missed", "Both sides missed"),
        ("not measured", "Too little was measured for a verdict"),
    ],
)
def test_the_verdict_is_the_title(verdict, said):
    assert title(replace(reviewed(), verdict=verdict)) == said


@pytest.mark.parametrize(
    ("protocol", "said"),
    [
        (Adjustment("t", "ada", 1), "Agreed: talk to ada within 1 day."),
        (Adjustment("t", "ada", 0), "Agreed: talk to ada within 0 days."),
        (Adjustment("t", "a\nda", 3), "Agreed: talk to a da within 3 days."),
        (Adjustment("t", "a\nda"), "Agreed: talk to a da."),
        (Adjustment("t", "", 3), ""),
    ],
)
def test_whom_to_talk_to_is_said_as_far_as_it_was_agreed(protocol, said):
    assert protocol_words(reviewed(adjustment=protocol)) == said


def test_a_red_line_is_said_with_its_side():
    check = RuleCheck(Status.NOT_CROSSED, "Clicks: 2.")
    assert red_line_words(RedLine(Side.BRAND, "no\ndear clicks"), check) == 'Brand: "no dear clicks". Clicks: 2.'
    assert red_line_words(RedLine(Side.CREATOR, "no pushing"), check) == 'Creator: "no pushing". Clicks: 2.'


def test_a_line_has_target_result_verdict_and_chance():
    filled = TargetLine(
        MetricLine("cost_per_click", "brand", 2.5), METRICS["cost_per_click"], p_hit=0.5, is_filled=True,
        p10=1.0, p50=2.5, p90=4.0,
    )  # fmt: skip
    came = ResultLine(filled, 2.0, True)
    target = filled.target_words("EUR")
    assert line_cells(came, "EUR") == ("cost per click", f"{target} (forecast)", "2 EUR", "met", "50\u00a0%")
    asked = replace(filled, is_filled=False)
    assert line_cells(ResultLine(asked, None, False, "no clicks"), "EUR")[1:4] == (target, "no clicks", "missed")
    assert line_cells(ResultLine(asked, None, None), "EUR")[2:4] == ("not measured", "not judged")


def stage(**known: object) -> StageResult:
    plain = {"given": None, "mean": 100.0, "p10": 25.0, "p50": 100.0, "p90": 400.0, "actual": 9.0, "position": 0.1}
    return StageResult(**({"stage": "clicks", "chance_by_luck": 0.05} | plain | known))


def test_a_stage_has_what_was_expected_what_came_and_what_that_says():
    unknown = {"mean": None, "p10": None, "p50": None, "p90": None}
    assert stage_cells(stage(), "EUR") == ("Clicks", "25 to 400", "9", "5.0\u00a0%", "more than luck")
    assert stage_cells(stage(chance_by_luck=0.1), "EUR")[3:] == ("10\u00a0%", "within luck")
    assert stage_cells(stage(stage="revenue"), "EUR")[:3] == ("Revenue", "25 EUR to 400 EUR", "9 EUR")
    assert stage_cells(stage(actual=None, chance_by_luck=None), "EUR") == (
        "Clicks", "25 to 400", "not measured", "", "not measured"
    )  # fmt: skip
    assert stage_cells(stage(chance_by_luck=None, **unknown), "EUR") == (
        "Clicks", "not known", "9", "", "nothing was expected"
    )  # fmt: skip
    assert stage_cells(stage(actual=None, chance_by_luck=None, **unknown), "EUR") == (
        "Clicks", "not known", "not measured", "", "not measured"
    )  # fmt: skip


def test_the_stages_are_drawn_on_the_scale_of_roots_with_the_same_in_a_table():
    """Roots of .25, 1 and 4 times the expectation over 2.1; 9 of 100 is .3, what was not measured stands at 1."""
    of = replace(reviewed(), stages=(stage(), stage(stage="revenue", actual=None, chance_by_luck=None)))
    picture, table, note = parts(of)["Stage by stage"]
    assert isinstance(picture, Intervals)
    low, high = 0.5 / 2.1, 2 / 2.1
    assert [replace(row, at=()) for row in picture.rows] == [
        Mark("clicks", (), "9; expected 25 to 400", True),
        Mark("revenue", (), "not measured; expected 25 EUR to 400 EUR", False),
    ]
    assert picture.rows[0].at == pytest.approx((low, 0.3 / 2.1, high))
    assert picture.rows[1].at == pytest.approx((low, 1 / 2.1, high))
    assert [tick.label for tick in picture.ticks if tick.typical] == ["as expected"]
    assert picture.ticks[0] == Tick(0.0, "none", False)
    assert picture.alt == "Clicks fell short by more than luck."
    assert table == Table(
        ("Stage", "Expected", "Result", "Chance by luck", "Judged"),
        (stage_cells(of.stages[0], "EUR"), stage_cells(of.stages[1], "EUR")),
    )
    assert note == Text(scale_words(), Tone.QUIET)
    nothing = replace(of, stages=(stage(mean=None),))
    assert [type(block) for block in parts(nothing)["Stage by stage"]] == [Table, Text]


def test_commitments_are_told_with_who_what_and_whether_they_were_kept():
    tasks = [Task(owner, text, date(2026, 3, 2)) for owner, text in (("brand", "pays"), ("creator", "posts"))]
    said = Talk((*map(CommitmentResult, tasks, (True, False)), CommitmentResult(Task("brand", "calls"), None)))
    assert parts(replace(reviewed(), talk=said))["What both promised to do"] == (
        Table(
            ("Who", "What", "Kept"),
            (("brand", "pays", "kept"), ("creator", "posts", "not kept"), ("brand", "calls", "not answered")),
            wide=1,
        ),
    )
    silent = parts(reviewed(deliverables=(Deliverable("story", 1),)))
    assert silent["What both promised to do"] == (Text("No commitment was agreed."),)
    assert silent["Notes of the talk"] == (Text("Nothing was written down."),)

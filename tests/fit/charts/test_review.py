"""Do the pictures of a review and of the record say what the numbers say, and fit every stage on one scale?"""

import pytest

from fit import charts
from fit.charts.palette import LIGHT
from fit.documents.document_pdf import document_as_pdf
from fit.review.review import review_campaign
from fit.review.review_document import review_as_document
from fit.review.significance import stages_of
from fit.review.track_record import Share
from fit.review.tracking import FURTHEST, scale_position, standings, tracking_finding
from fit.text.document import Intervals
from fit.text.markdown import as_markdown
from tests.agreements import DAY
from tests.fit.review.reviewed import ALL_MET, agreed
from tests.frozen_forecasts import frozen, inputs

FALLEN = {"impressions": 10_000.0, "engagements": 400.0, "clicks": 1_500.0, "conversions": 0.0}


def stages(**actuals: float):
    return stages_of(frozen(inputs()), actuals)


def test_as_expected_stands_at_one_place_and_nothing_at_zero():
    assert (scale_position(0.0), scale_position(1.0), scale_position(100.0)) == (0.0, 1 / FURTHEST, 1.0)
    found = {each.stage.stage: each for each in standings(stages(**FALLEN))}
    assert found["conversions"].actual == 0
    assert found["clicks"].is_cut  # fifteen times the expectation
    assert found["in_market_impressions"].actual is None
    assert "revenue" not in found  # of no purchases nothing can come
    assert all(each.low <= each.middle <= each.high for each in found.values())


def test_the_finding_names_the_first_stage_that_luck_does_not_explain():
    assert tracking_finding(stages(**FALLEN)) == "Clicks was higher than luck explains"
    assert tracking_finding(stages(clicks=1_500.0, conversions=0.0)) == "Clicks was higher than luck explains"
    assert (
        tracking_finding(stages(impressions=10_000.0, clicks=100.0))
        == "Luck can explain every stage that could be judged"
    )
    assert tracking_finding(stages()) == "No stage could be judged"


def test_the_chart_marks_departures_and_draws_the_unmeasured_hollow():
    chart = charts.expected_and_actual(stages(**FALLEN), "EUR")
    assert chart.title == "Clicks was higher than luck explains"
    dots = [trace for trace in chart.figure.data if trace.mode == "markers"]
    drawn = dict(zip(chart.figure.layout.yaxis.ticktext, dots, strict=True))
    assert drawn["Clicks"].marker.symbol == "triangle-right"
    assert drawn["Purchases"].marker.line.color == LIGHT.conversion
    assert drawn["In-market impressions"].marker.color == LIGHT.paper
    bold = [note.text for note in chart.figure.layout.annotations if "<b>" in note.text]
    assert len(bold) == 1
    assert bold[0].endswith("more than luck</b>")
    assert chart.table.columns == ["stage", "expected", "came", "chance_by_luck", "judged"]
    assert chart.table["came"].to_list() == ["10,000", "not measured", "400", "1,500", "0", "not measured"]
    assert chart.alt.startswith("Clicks was higher than luck explains. Impressions: 10,000; expected")


def test_shares_that_held_are_drawn_with_their_own_uncertainty():
    shares = [Share("clicks", 40, 30, 20), Share("conversions", 20, 19, 20)]
    chart = charts.held_intervals(shares, ["Clicks", "Purchases"], "Held")
    assert chart.table["share"].to_list() == [0.75, 0.95]
    assert chart.table["count_campaigns"].to_list() == [20, 20]
    assert "Clicks: 75\u00a0% (" in chart.alt
    promised = charts.promised_and_hit(shares, [0.7, 0.9], "Hit")
    assert [trace.x for trace in promised.figure.data if trace.mode == "markers"] == [(0.7,), (0.9,)]


@pytest.mark.parametrize("actuals", [ALL_MET, ALL_MET | FALLEN, {}, {"reach": 3.0}])
def test_every_review_can_be_printed(actuals):
    found = review_campaign(agreed(), frozen(inputs(impressions=30_000.0)), actuals, charter="spring", was_frozen=True)
    paper = review_as_document(found, "Ada <b>")
    assert document_as_pdf(paper, DAY).startswith(b"%PDF")
    text = as_markdown(paper)
    assert text.startswith(f"# {paper.title}\n\n*Campaign review*\n\nspring: Ada \\<b\\>, conversion, Germany\n")
    drawn = [block for part in paper.parts for block in part.blocks if isinstance(block, Intervals)]
    assert len(drawn) == 1
    assert all(0 <= at <= 1 for row in drawn[0].rows for at in row.at)

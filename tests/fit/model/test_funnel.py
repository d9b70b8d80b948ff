"""Does a step of the funnel say its count, its rate, and how many campaigns stand behind it?"""

import polars as pl
import pytest

from fit.model.funnel import STAGE_EVENTS, STAGE_TRIALS, FunnelStep, StageStrength, strength_rows

CLICKS = FunnelStep("clicks", 500, "impressions", 500, 10_000, 3)


@pytest.mark.parametrize(
    ("step", "rate", "says"),
    [
        (
            CLICKS,
            "5.0\u00a0% of impressions (500 of 10,000; n = 3)",
            "clicks: 500, 5.0\u00a0% of impressions (500 of 10,000; n = 3)",
        ),
        (FunnelStep("impressions", 10_000, count_campaigns=3), "", "impressions: 10,000 (n = 3)"),
        (FunnelStep("reach", 0), "", "reach: 0 (n = 0)"),
        (FunnelStep("clicks", None, "impressions", 1, 2, 1), "", "clicks: not measured"),
        (FunnelStep("clicks", None), "", "clicks: not measured"),
        (
            FunnelStep("clicks", 500, "impressions"),
            "no rate: impressions not measured alongside",
            "clicks: 500, no rate: impressions not measured alongside",
        ),
        (
            FunnelStep("clicks", 0, "impressions", 0, 0, 1),
            "no rate: impressions not measured alongside",
            "clicks: 0, no rate: impressions not measured alongside",
        ),
    ],
)
def test_a_step_says_its_count_and_its_rate_where_there_is_one(step, rate, says):
    assert (step.rate, step.says) == (rate, says)
    assert says.startswith(step.counted)


def test_a_row_of_the_chart_holds_strength_and_counts_of_its_own_stage():
    stages = {
        "engage": StageStrength(120.0, 90.0, 160.0, 0.8, 3, 2.5, True),
        "click": StageStrength(100.0, 50.0, 200.0, 0.5, 0, 0.0, False),
    }
    sums = {"engage_events": 40, "engage_trials": 1_000, "click_events": None, "click_trials": None}
    rows = strength_rows("Mara", stages, sums)
    assert rows.rows(named=True) == [
        {
            "creator": "Mara", "stage": "engage", "index": 120.0, "low": 90.0, "high": 160.0, "measured": True,
            "count_campaigns": 3, "evidence": 2.5, "events": 40, "trials": 1_000,
        },
        {
            "creator": "Mara", "stage": "click", "index": 100.0, "low": 50.0, "high": 200.0, "measured": False,
            "count_campaigns": 0, "evidence": 0.0, "events": None, "trials": None,
        },
    ]  # fmt: skip
    unmeasured = strength_rows("Mara", {"click": stages["click"]}, sums)
    assert (unmeasured.schema["events"], unmeasured.schema["trials"]) == (pl.Int64, pl.Int64)


def test_each_stage_is_counted_in_its_own_events_out_of_those_before():
    assert STAGE_EVENTS == {"engage": "engagements", "click": "clicks", "convert": "purchases"}
    assert STAGE_TRIALS == {"engage": "impressions", "click": "impressions", "convert": "clicks"}

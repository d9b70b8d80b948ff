"""Do the rows of the charts hold each stage with its own counts?"""

import polars as pl

from fit.model.funnel import STAGE_EVENTS, STAGE_TRIALS, StageStrength, strength_rows


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

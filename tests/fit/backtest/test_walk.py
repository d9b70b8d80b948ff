"""Does the walk forecast each quarter as it would have been forecast, and compare it with what came?"""

from dataclasses import replace
from datetime import date

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from fit.backtest.known_before import judged
from fit.backtest.walk import METRICS, TooFewCampaigns, quarter_name, walk_forward
from fit.forecast import BRIEF_COLUMNS, forecasts
from tests.fit.backtest.facts import MONTHS, facts

pytestmark = pytest.mark.thorough

Q3_2024 = 2024 * 4 + 2


def test_a_past_forecast_is_the_one_that_forecast_gives_from_the_files_of_then() -> None:
    past = facts()
    outcomes = walk_forward(past).outcomes.filter(pl.col("date") == date(2025, 5, 10))
    then = judged(past.before(date(2025, 4, 1)))
    briefs = past.campaigns.filter(pl.col("date") == date(2025, 5, 10)).select(list(BRIEF_COLUMNS))
    given = forecasts(briefs, then).filter(pl.col("metric").is_in(list(METRICS)))
    columns = ["creator_id", "metric", "p10", "p50", "p90"]
    keys = ["creator_id", "metric"]
    ours = outcomes.filter(pl.col("metric") != "reach").select(columns).sort(keys)
    assert_frame_equal(ours, given.filter(pl.col("metric") != "reach").select(columns).sort(keys))
    clicks = outcomes.filter(pl.col("metric") == "clicks").sort("creator_id")
    assert clicks["actual"].to_list() == [115.0, 230.0]
    assert clicks["quarter"].to_list() == ["2025-Q2"] * 2


def test_quarters_begin_once_ten_campaigns_had_ended() -> None:
    walked = walk_forward(facts())
    assert walked.quarters == ("2024-Q3", "2024-Q4", "2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4")
    assert walk_forward(facts(), since=Q3_2024 + 2).quarters == walked.quarters[2:]
    assert walked.outcomes["metric"].unique().sort().to_list() == sorted({*METRICS} - {"reach"})  # never measured
    assert walked.outcomes.height == 6 * 3 * 2 * 5


def test_what_comes_later_does_not_change_what_is_said_of_a_quarter() -> None:
    past = facts()
    is_last = pl.col("date") >= date(2025, 10, 1)
    changed = past.campaigns.with_columns(clicks=pl.when(is_last).then(7_000).otherwise("clicks"))
    before, after = (
        walk_forward(one).outcomes.filter(pl.col("quarter") < "2025-Q4")
        for one in (past, replace(past, campaigns=changed))
    )
    assert_frame_equal(before, after)


def test_the_same_facts_give_the_same_result_and_since_changes_only_what_is_left_out() -> None:
    walked, again = walk_forward(facts()), walk_forward(facts())
    assert_frame_equal(walked.outcomes, again.outcomes)
    assert_frame_equal(walked.tried, again.tried)
    later = walk_forward(facts(), since=Q3_2024 + 3)
    assert_frame_equal(later.outcomes, walked.outcomes.filter(pl.col("quarter") >= "2025-Q2"))


def test_rows_of_an_ad_account_and_creators_without_followers_are_not_forecast() -> None:
    past = facts()
    mixed = past.campaigns.with_columns(paid=pl.col("creator_id") == "b")
    assert set(walk_forward(replace(past, campaigns=mixed)).outcomes["creator_id"]) == {"a"}
    nobody = past.creators.with_columns(followers=pl.when(pl.col("creator_id") == "a").then("followers"))
    assert set(walk_forward(replace(past, creators=nobody)).outcomes["creator_id"]) == {"a"}


def test_a_blank_result_is_not_compared_and_revenue_needs_a_currency() -> None:
    past = facts(reach=7_000)
    blank = past.campaigns.with_columns(clicks=pl.lit(None, pl.Int64), currency=pl.lit(None, pl.String))
    measured = walk_forward(replace(past, campaigns=blank)).outcomes["metric"].unique().sort().to_list()
    assert measured == ["conversions", "engagements", "impressions", "reach"]


@pytest.mark.parametrize(("months", "count"), [([], "0"), (MONTHS[:6], "0"), (MONTHS[:8], "4")])
def test_too_few_campaigns_are_refused_with_what_is_missing(months: list[tuple[int, int]], count: str) -> None:
    with pytest.raises(TooFewCampaigns) as refused:
        walk_forward(facts(months))
    found, needed = f"{count} past campaigns can be held against a forecast", "10 are needed."
    assert str(refused.value).startswith(f"{found}; {needed}")


def test_progress_names_each_quarter() -> None:
    told: list[tuple[float, str]] = []
    walk_forward(facts(MONTHS[:12]), progress=lambda part, quarter: told.append((part, quarter)))
    assert told == [(0.0, "2024-Q1"), (0.25, "2024-Q2"), (0.5, "2024-Q3"), (0.75, "2024-Q4")]
    assert quarter_name(Q3_2024) == "2024-Q3"

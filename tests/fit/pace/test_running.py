"""Do running campaigns stand in the order in which they need somebody, by the text that both sides signed?"""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from data.decisions import SavedCharter, SignOff
from fit.agreement.agreement import Adjustment, Agreement, Deliverable, MetricLine
from fit.agreement.rule import Limit, Rule
from fit.pace.counts import Count
from fit.pace.running import pace_columns, pace_rows, running, signed_text, weakest_first
from tests.fit.review.reviewed import agreed
from tests.frozen_forecasts import frozen, inputs

FIRST, LAST = date(2026, 1, 10), date(2026, 1, 20)
NOW = datetime(2026, 1, 1, tzinfo=UTC)
FORECAST = json.dumps(frozen(inputs(spread=0.6)).as_json())
LINES = (
    MetricLine("thoughtful_replies_48h", "creator", 15.0),
    MetricLine("clicks", "creator", 100.0),
    MetricLine("conversions", "brand", 2.0),
)


def charter(
    name: str, *, sides: tuple[str, ...] = ("brand", "creator"), forecast: str | None = FORECAST
) -> SavedCharter:
    signed = tuple(SignOff(name, 0, side, "Z", "0", 1, NOW) for side in sides)
    return SavedCharter(name, 0, "ada", "# Ours", "0", "", forecast, 1, None, NOW, signed)


def agreement(rule: Rule | None = None) -> Agreement:
    return agreed(
        *LINES, start=FIRST, end=LAST, attribution_window_days=10, platform="tiktok",
        deliverables=(Deliverable("post"),), adjustment=Adjustment("", rule=rule),
    )  # fmt: skip


def standing(name: str, *counts: Count, today: date = LAST, rule: Rule | None = None):
    return running(charter(name), agreement(rule), counts, today)


@pytest.mark.parametrize(
    ("today", "is_running"),
    [(FIRST - timedelta(1), False), (FIRST, True), (LAST + timedelta(10), True), (LAST + timedelta(11), False)],
)
def test_a_campaign_runs_until_its_results_no_longer_count(today: date, is_running: bool) -> None:
    assert (standing("a", today=today) is not None) is is_running


def test_without_days_or_a_forecast_nothing_runs() -> None:
    assert running(charter("a", forecast=None), agreement(), (), LAST) is None
    assert running(charter("a"), agreed(*LINES), (), LAST) is None


def test_the_newest_text_that_both_signed_counts() -> None:
    first, second = charter("a"), charter("a", sides=("brand",))
    assert signed_text([first, second]) is first
    assert signed_text([second]) is None


def test_it_is_judged_on_the_day_of_its_newest_count() -> None:
    early = Count("clicks", 60.0, FIRST + timedelta(days=1), None, 0)
    before = Count("clicks", 1.0, FIRST - timedelta(days=1), None, 0)  # counted before an amendment moved the first day
    assert standing("a", before, early).pace.on == early.day
    assert standing("a", before, early).counts == (early,)
    assert standing("a").pace.on == LAST


def test_a_talk_that_is_due_comes_first_then_the_lowest_chance() -> None:
    day = FIRST + timedelta(days=3)
    few, many = (Count("clicks", value, day, None, 0) for value in (20.0, 130.0))
    rule = Rule("clicks", Limit.AT_LEAST, share_of_target=0.9, after_days=3)
    talk = standing("talk", Count("clicks", 89.0, day, None, 0), rule=rule)
    found = weakest_first([standing("many", many), standing("few", few), talk])
    assert [one.name for one in found] == ["talk", "few", "many"]
    assert [one.pace.talk for one in found] == [True, False, False]


def test_what_stands_in_a_row_is_said_in_words() -> None:
    one = standing("a", Count("thoughtful_replies_48h", 16.0, LAST, None, 0), Count("clicks", 3.0, LAST, None, 0))
    rows = {row[0]: row[1:] for row in pace_rows(one)}
    assert list(rows) == ["Thoughtful replies in 48 hours", "Clicks", "Purchases"]
    assert rows["Thoughtful replies in 48 hours"] == (
        "15", "16", "no forecast", "no forecast", "reached", "no forecast",
    )  # fmt: skip
    assert rows["Clicks"][:2] == ("100", "3")
    assert rows["Clicks"][4] == "under 3\xa0%"
    assert rows["Purchases"][1] == "not counted"
    assert len(pace_columns()) == 1 + len(rows["Clicks"])
    assert one.headline.startswith("Weakest target: clicks, under 3\xa0% likely to be met (")
    assert one.as_of.startswith("Counts of 20 January 2026. By then, about ")
    assert standing("a").headline == "Nothing counted yet: add the first counts"

"""Does each check of the data say what it found, what is needed and what to do?"""

from collections.abc import Callable
from datetime import date, timedelta

import polars as pl
import pytest

from fit.backtest.accuracy import Accuracy, Held, MetricAccuracy
from fit.backtest.health import CHECKS, YOUNG_DAYS, Finding, HealthFacts, Status, health_of, worst
from fit.backtest.walk import Walked

GOOD = {
    "count_creators": 100, "count_creators_with_campaigns": 60, "count_campaigns": 400, "count_with_purchases": 200,
    "count_repeated_engage": 50, "count_repeated_click": 40, "count_repeated_convert": 20, "count_abroad": 20,
    "count_young_audiences": 80, "count_priced": 50,
}  # fmt: skip


def accuracy(*held: Held) -> Accuracy:
    """An accuracy of clicks, and of purchases too where a second is given."""
    metrics = tuple(
        MetricAccuracy(name, one, {}, None, 0, None, 0, (0.1,) * 10)
        for name, one in zip(("clicks", "conversions"), held, strict=False)
    )
    return Accuracy(Walked((), pl.DataFrame(), pl.DataFrame()), 300, Held(900, 0.8, 0.5, 0.5), metrics, ())


RIGHT = accuracy(Held(200, 0.79, 0.48, 0.49), Held(120, 0.83, 0.52, 0.51))


def statuses(counts: dict | None = None, of: Accuracy | None = RIGHT, *, is_demo: bool = False) -> list[str]:
    facts = HealthFacts(GOOD | (counts or {}), is_demo, of)
    return [check(facts).status.value for check in CHECKS]


def changed(place: int, status: str) -> list[str]:
    return [status if at == place else "pass" for at in range(len(CHECKS))]


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({}, changed(-1, "pass")),
        ({"count_creators_with_campaigns": 19}, changed(0, "review")),
        ({"count_creators_with_campaigns": 4}, changed(0, "fail")),
        ({"count_campaigns": 49, "count_with_purchases": 49}, changed(0, "review")),
        ({"count_repeated_convert": 19}, changed(1, "review")),
        ({"count_repeated_engage": 0}, changed(1, "review")),
        ({"count_abroad": 19}, changed(2, "review")),
        ({"count_with_purchases": 199}, changed(3, "review")),
        ({"count_with_purchases": 39}, changed(3, "fail")),
        ({"count_young_audiences": 79}, changed(4, "review")),
        ({"count_young_audiences": 19}, changed(4, "fail")),
        ({"count_priced": 49}, changed(5, "review")),
        ({"count_priced": 9}, changed(5, "fail")),
    ],
)
def test_each_count_has_its_limits(counts: dict, expected: list[str]) -> None:
    assert statuses(counts) == expected


@pytest.mark.parametrize(
    ("of", "status"),
    [
        (None, "review"),
        (accuracy(Held(49, 0.2, 0.5, 0.5)), "review"),  # too few to say anything
        (accuracy(Held(200, 0.48, 0.5, 0.5)), "fail"),  # ranges half as wide
        (accuracy(Held(200, 0.8, 0.2, 0.3)), "fail"),  # rates twice as high
        (accuracy(Held(200, 0.8, 0.5, 0.5), Held(120, 0.48, 0.5, 0.5)), "fail"),
        (accuracy(Held(2_000, 0.69, 0.5, 0.5)), "review"),
        (accuracy(Held(2_000, 0.99, 0.5, 0.5)), "fail"),  # ranges far too wide say nothing either
        (accuracy(Held(60, 0.7, 0.5, 0.5)), "pass"),  # 60 results are too few to doubt it
        (accuracy(Held(2_000, 0.8, 0.6, 0.58)), "review"),
    ],
)
def test_past_forecasts_fail_only_beyond_doubt(of: Accuracy | None, status: str) -> None:
    assert statuses(of=of) == changed(6, status)


def test_sample_data_fail_whatever_else_they_hold() -> None:
    assert statuses(is_demo=True) == changed(7, "fail")


def test_a_finding_names_the_metric_that_was_off_and_what_to_do() -> None:
    off = accuracy(Held(200, 0.8, 0.5, 0.5), Held(120, 0.483, 0.25, 0.4))
    found = CHECKS[6](HealthFacts(GOOD, False, off))
    assert found == Finding(
        "Past forecasts",
        Status.FAIL,
        "purchases: 48\xa0% of 120 results inside the likely range; 25\xa0% of them above the middle forecast",
        "about 80 % of results inside the likely range, as many above as below the middle",
        "Promise no target by the forecast of a metric that was off until you know why; load more where few are.",
    )
    passed = CHECKS[6](HealthFacts(GOOD, False, RIGHT))
    assert passed.found == "80\xa0% of 900 results inside the likely range; 50\xa0% of them above the middle forecast"
    assert passed.do == ""


def test_the_worst_finding_is_the_first_of_the_most_serious() -> None:
    facts = HealthFacts(GOOD | {"count_priced": 0, "count_young_audiences": 0, "count_abroad": 0}, False, RIGHT)
    assert worst(tuple(check(facts) for check in CHECKS)).check == "Age of audiences"


def test_the_demo_is_counted_from_its_tables(ask_demo: Callable) -> None:
    today = date(2026, 3, 2)
    findings = health_of(ask_demo, None, today)
    assert [finding.status for finding in findings[-2:]] == [Status.REVIEW, Status.FAIL]
    campaigns = ask_demo("judge_campaigns").filter(~pl.col("paid"))
    audiences = ask_demo("judge_audience_sets", creators=None).filter(
        pl.col("as_of") >= today - timedelta(days=YOUNG_DAYS)
    )
    creators = campaigns["creator_id"].n_unique()
    assert findings[0].found == f"{creators} creators with {campaigns.height} campaigns"
    assert findings[3].found == f"{campaigns['conversions'].count()} of {campaigns.height} campaigns have them"
    count = ask_demo("generation")["count_creators"].item()
    assert findings[4].found == f"{audiences.height} of {count} creators have one from the last 6 months"

"""Is a threshold in words read as it is meant, and given back where a rule cannot know?"""

import pytest

from fit.agreement.agreement import Agreement, MetricLine
from fit.agreement.targets import targets_with_chance
from fit.review.adjustment import BY_HAND, CROSSED, NOT_CROSSED, Threshold, crossing, read_threshold

LINES = (
    MetricLine("clicks", "creator", 500.0),
    MetricLine("conversions", "brand", 30.0),
    MetricLine("reach", "creator"),
)
BY_METRIC = {each.line.name: each for each in targets_with_chance(Agreement("c", (("DE", 1.0),), metrics=LINES), None)}


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("clicks under half of target after 7 days", Threshold("clicks", True, 0.5, None, 7)),
        ("Clicks below a third of the target after 2 weeks.", Threshold("clicks", True, 1 / 3, None, 14)),
        ("purchases less than 40 % of target", Threshold("conversions", True, 0.4, None, None)),
        ("if reach is under 75% of its target by day 3", Threshold("reach", True, 0.75, None, 3)),
        ("link clicks fewer than 1,200 after 10 days", Threshold("clicks", True, None, 1200.0, 10)),
        ("engagement rate below 3 %", Threshold("engagement_rate", True, None, 0.03, None)),
        ("engagement rate below 80 % of target", Threshold("engagement_rate", True, 0.8, None, None)),
        ("CPC over 2.50", Threshold("cost_per_click", False, None, 2.5, None)),
        ("clicks < half of target", Threshold("clicks", True, 0.5, None, None)),
        ("number of clicks under target after 7 days", None),
        ("clicks under 3 of target", None),
        ("the mood turns", None),
        ("clicks under half of target and reach under a third", None),
        ("clicks under half of target unless it rains", None),
        ("sales feel slow", None),
        ("", None),
    ],
)
def test_what_a_rule_can_know_is_read(text, read):
    assert read_threshold(text) == read


@pytest.mark.parametrize(
    ("text", "clicks", "status"),
    [
        ("clicks under half of target after 7 days", 249.0, CROSSED),
        ("clicks under half of target after 7 days", 250.0, NOT_CROSSED),
        ("clicks over 400", 401.0, CROSSED),
        ("clicks under half of target", None, BY_HAND),
        ("reach under half of target", 249.0, BY_HAND),
        ("we both feel it", 249.0, BY_HAND),
    ],
)
def test_a_threshold_is_crossed_not_crossed_or_checked_by_hand(text, clicks, status):
    found = crossing(text, BY_METRIC, {} if clicks is None else {"clicks": clicks}, "EUR")
    assert found.status == status


def test_a_total_above_says_nothing_about_the_day_in_between():
    days, none = (crossing(f"clicks under half of target{when}", BY_METRIC, {"clicks": 300.0}, None).sentence
                  for when in (" after 7 days", ""))  # fmt: skip
    assert none == "Clicks: 300; the agreed threshold was under 250 (50\u00a0% of the target)."
    assert days == f"{none} Whether it was crossed after 7 days does not follow from the total."


def test_without_a_threshold_there_is_nothing_to_cross():
    assert crossing(" ", BY_METRIC, {"clicks": 1.0}, None) is None

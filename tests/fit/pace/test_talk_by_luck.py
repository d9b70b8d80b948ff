"""Is the chance that a rule calls for a talk by luck that of the forecast, on the day of the rule?"""

from datetime import date

import pytest

from fit.agreement.agreement import Adjustment, Agreement, Deliverable, MetricLine
from fit.agreement.rule import Limit, Rule
from fit.pace.talk_by_luck import p_talk_by_luck
from tests.fit.review.reviewed import agreed
from tests.frozen_forecasts import frozen, inputs

FORECAST = frozen(inputs(spread=0.6))
LINES = (MetricLine("clicks", "creator", 100.0), MetricLine("thoughtful_replies_48h", "creator", 15.0))


def with_rule(rule: Rule | None, count: int = 1) -> Agreement:
    return agreed(
        *LINES, start=date(2026, 1, 10), end=date(2026, 2, 10), attribution_window_days=10, platform="tiktok",
        deliverables=(Deliverable("post", count),), adjustment=Adjustment("", rule=rule),
    )  # fmt: skip


def half_of_clicks(**more: int) -> Rule:
    return Rule("clicks", Limit.AT_LEAST, share_of_target=0.5, **more)


def test_at_the_end_it_is_the_chance_of_the_forecast() -> None:
    clicks = FORECAST.futures()["clicks"]
    chance = p_talk_by_luck(with_rule(half_of_clicks()), FORECAST)
    assert chance == pytest.approx(float((clicks < 50).mean()), abs=0.03)


def test_an_earlier_day_and_a_higher_limit_make_a_talk_by_luck_likelier() -> None:
    early, late = (p_talk_by_luck(with_rule(half_of_clicks(after_days=day)), FORECAST) for day in (1, 20))
    higher = p_talk_by_luck(with_rule(Rule("clicks", Limit.AT_LEAST, value=90.0, after_days=20)), FORECAST)
    assert late < early
    assert late < higher


def test_too_much_of_something_is_a_rule_as_well() -> None:
    most = p_talk_by_luck(with_rule(Rule("clicks", Limit.AT_MOST, value=1e6)), FORECAST)
    rate = p_talk_by_luck(with_rule(Rule("click_rate", Limit.AT_LEAST, value=1.0)), FORECAST)
    assert (most, rate) == (0.0, 1.0)


def test_without_a_rule_or_a_forecast_nobody_knows() -> None:
    assert p_talk_by_luck(with_rule(None), FORECAST) is None
    replies = Rule("thoughtful_replies_48h", Limit.AT_LEAST, share_of_target=0.5)
    assert p_talk_by_luck(with_rule(replies), FORECAST) is None
    assert p_talk_by_luck(agreed(*LINES, adjustment=Adjustment("", rule=half_of_clicks())), FORECAST) is None

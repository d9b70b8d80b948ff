"""Do chances move with what came, the right way and no further than it says?"""

from datetime import date, timedelta

import numpy as np
import pytest

from fit.agreement.agreement import Adjustment, Deliverable, MetricLine
from fit.agreement.rule import Limit, Rule
from fit.pace.counts import Count
from fit.pace.pace import final_weights, log_likelihoods, pace_of, weighted_quantiles
from tests.fit.review.reviewed import agreed
from tests.frozen_forecasts import frozen, inputs

FIRST, LAST, FINAL = date(2026, 1, 10), date(2026, 1, 20), date(2026, 1, 30)
FORECAST = frozen(inputs(spread=0.6))  # about 10,000 displays, 400 engagements, 100 clicks, 2 purchases
LINES = (
    MetricLine("clicks", "creator", 100.0),
    MetricLine("thoughtful_replies_48h", "creator", 15.0),
    MetricLine("conversions", "brand", 2.0),
    MetricLine("click_rate", "brand", 0.01),
)
HALF_IN = FIRST + timedelta(days=1)


def pace(day: date = HALF_IN, *lines: MetricLine, rule: Rule | None = None, threshold: str = "", **came: float):
    agreement = agreed(
        *(lines or LINES), start=FIRST, end=LAST, attribution_window_days=10, platform="tiktok",
        deliverables=(Deliverable("post"),), adjustment=Adjustment(threshold, rule=rule),
    )  # fmt: skip
    counts = [Count(name, value, min(day, FINAL), None, at) for at, (name, value) in enumerate(came.items())]
    return pace_of(agreement, FORECAST, counts, day)


def line(of, metric: str):
    return next(one for one in of.lines if one.metric == metric)


def test_more_than_expected_raises_a_chance_and_less_lowers_it() -> None:
    fewer, expected, more = (line(pace(clicks=came), "clicks") for came in (20.0, 62.0, 120.0))
    assert fewer.p_hit_at_signing == expected.p_hit_at_signing == pytest.approx(0.46, abs=0.05)
    assert fewer.p_hit_now < 0.15 < 0.35 < expected.p_hit_now < 0.7 < more.p_hit_now
    assert fewer.p90 < expected.p90 < more.p90
    assert more.p10 >= 120.0
    assert expected.p90 / expected.p10 < 0.6 * np.exp(2 * 1.28 * 0.6)  # narrower than at signing


def test_clicks_say_something_of_purchases_before_one_is_counted() -> None:
    few, many = (line(pace(clicks=came, conversions=0.0), "conversions").p_hit_now for came in (10.0, 150.0))
    assert few < 0.3 < many


def test_what_nobody_counted_keeps_its_chance() -> None:
    told = line(pace(thoughtful_replies_48h=3.0), "clicks")
    assert told.so_far is None
    assert told.p_hit_now == pytest.approx(told.p_hit_at_signing, abs=0.03)


def test_displays_inform_what_is_not_counted_itself() -> None:
    lines = (MetricLine("clicks", "creator", 100.0),)
    few, many = (line(pace(HALF_IN, *lines, impressions=came), "clicks").p_hit_now for came in (1_500.0, 20_000.0))
    assert few < 0.2 < 0.8 < many


def test_a_reached_target_is_certain_and_in_the_end_everything_is() -> None:
    assert line(pace(clicks=101.0), "clicks").p_hit_now == pytest.approx(1.0)
    end = pace(FINAL, clicks=99.0, conversions=2.0)
    assert [(line(end, name).p10, line(end, name).p90) for name in ("clicks", "conversions")] == [(99, 99), (2, 2)]
    assert line(end, "clicks").p_hit_now == 0.0
    assert line(end, "conversions").p_hit_now == 1.0


def test_far_more_than_any_future_is_scaled_up() -> None:
    told = line(pace(clicks=1e6), "clicks")
    assert told.p_hit_now == pytest.approx(1.0)
    assert 1e6 <= told.p10 < told.p50 < told.p90 < 3e6


def test_leading_indicators_come_first_and_have_a_chance_only_once_they_are_reached() -> None:
    names = [one.metric for one in pace(clicks=1.0).lines]
    assert names == ["thoughtful_replies_48h", "clicks", "conversions", "click_rate"]
    assert line(pace(thoughtful_replies_48h=14.0), "thoughtful_replies_48h").p_hit_now is None
    reached = pace(thoughtful_replies_48h=15.0)
    assert line(reached, "thoughtful_replies_48h").p_hit_now == 1.0
    assert "Thoughtful replies in 48 hours: 15 so far, target 15 is reached." in reached.because


def test_a_rate_is_computed_from_its_counts() -> None:
    low, high = (line(pace(impressions=5_000.0, clicks=clicks), "click_rate") for clicks in (15.0, 150.0))
    assert (low.so_far, high.so_far) == (0.003, 0.03)
    assert low.p_hit_now < 0.3 < 0.7 < high.p_hit_now


def test_the_same_counts_give_the_same_answer_however_often_one_looks() -> None:
    assert pace(clicks=50.0) == pace(clicks=50.0)


def test_weights_add_up_and_are_carried_by_many_futures() -> None:
    futures = FORECAST.futures(20_000)
    for came in ({"impressions": 5_000.0, "clicks": 3.0}, {"clicks": 350.0}, {"impressions": 1_000.0, "clicks": 600.0}):
        weight = final_weights("clicks", log_likelihoods(futures, came, dict.fromkeys(came, 0.5)))
        assert weight.sum() == pytest.approx(1.0)
        assert 1 / (weight**2).sum() >= 150
        assert weight[futures["clicks"] < came["clicks"]].sum() == pytest.approx(0.0, abs=0.05)
    assert final_weights("reach", log_likelihoods(futures, {"clicks": 5.0}, {"clicks": 0.5})) is None


def test_quantiles_count_weights() -> None:
    assert weighted_quantiles(np.array([3.0, 1.0, 2.0]), np.array([0.05, 0.15, 0.8])) == (1.0, 2.0, 2.0)
    assert weighted_quantiles(np.array([np.inf, 1.0]), np.array([0.5, 0.5])) == (1.0, 1.0, None)


AFTER_3 = Rule("clicks", Limit.AT_LEAST, share_of_target=0.5, after_days=3)


@pytest.mark.parametrize(
    ("rule", "day", "clicks", "talk", "said"),
    [
        (AFTER_3, 2, 1.0, False, "The agreed rule is checked on 13 January 2026."),
        (AFTER_3, 3, 49.0, True, "Talk now: Clicks: 49; agreed was at least 50 (50\xa0% of the target)."),
        (AFTER_3, 3, 50.0, False, "Clicks: 50; agreed was at least 50 (50\xa0% of the target)."),
        (Rule("clicks", Limit.AT_LEAST, value=500.0), 9, 1.0, False, "The agreed rule is checked on 20 January 2026."),
        (Rule("clicks", Limit.AT_MOST, value=40.0, after_days=7), 2, 41.0, True,
         "Talk now: Clicks: 41; agreed was at most 40."),
        (None, 3, 1.0, False, "No rule was agreed for when to talk."),
    ],
)  # fmt: skip
def test_the_two_talk_by_the_rule_that_they_agreed(rule, day: int, clicks: float, talk: bool, said: str) -> None:
    told = pace(FIRST + timedelta(days=day), rule=rule, clicks=clicks)
    assert told.talk is talk
    assert told.because.endswith(said)


@pytest.mark.thorough
def test_a_rule_is_checked_once_on_its_day_whatever_comes_later() -> None:
    agreement = agreed(
        *LINES, start=FIRST, end=LAST, deliverables=(Deliverable("post"),), adjustment=Adjustment("", rule=AFTER_3)
    )
    counts = [Count("clicks", 10.0 * day, FIRST + timedelta(days=day), None, day) for day in range(1, 10)]
    told = [pace_of(agreement, FORECAST, counts, FIRST + timedelta(days=day)).talk for day in range(1, 10)]
    assert told == [False, False, True, True, True, True, True, True, True]
    enough = [Count("clicks", 20.0 * day, FIRST + timedelta(days=day), None, day) for day in range(1, 10)]
    assert not any(pace_of(agreement, FORECAST, enough, FIRST + timedelta(days=day)).talk for day in range(1, 10))


def test_a_threshold_in_words_is_for_people() -> None:
    told = pace(threshold="clicks too few", clicks=1.0)
    assert told.talk is False
    assert told.because.endswith('The agreed threshold is written in words only: "clicks too few". Check it by hand.')


def test_before_the_first_count_the_chances_are_those_at_signing() -> None:
    told = pace()
    assert [one.p_hit_now for one in told.lines] == [one.p_hit_at_signing for one in told.lines]
    assert [one.so_far for one in told.lines] == [None] * 4
    assert 0 < line(told, "clicks").expected_by_now < 100
    assert told.talk is False


def test_each_total_is_held_against_what_is_expected_by_its_own_day() -> None:
    agreement = agreed(*LINES, start=FIRST, end=LAST, deliverables=(Deliverable("post"),), platform="tiktok")
    early = Count("impressions", 3_000.0, FIRST, None, 1)
    late = Count("thoughtful_replies_48h", 4.0, LAST, None, 2)
    alone, beside = (pace_of(agreement, FORECAST, counts, LAST) for counts in ([early], [early, late]))
    assert line(alone, "clicks") == line(beside, "clicks")
    on_its_day = pace_of(agreement, FORECAST, [early], FIRST)
    assert line(on_its_day, "clicks").p_hit_now == line(alone, "clicks").p_hit_now


def test_the_document_has_the_promised_keys() -> None:
    document = pace(clicks=40.0).as_json()
    assert set(document) >= {"metrics", "talk", "because"}
    promised = {"metric", "target", "so_far", "p_hit_at_signing", "p_hit_now", "p10", "p90"}
    assert all(set(one) >= promised for one in document["metrics"])

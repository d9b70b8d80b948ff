"""Is a stage called more than luck when it is, and only then?"""

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import poisson

from fit.agreement.frozen_forecast import FrozenForecast
from fit.review.significance import BEYOND, NOT_MEASURED, REVIEWED_STAGES, WITHIN, StageResult, stages_of
from tests.frozen_forecasts import frozen, terms

SURE = 1e-9  # a spread of next to nothing: what is left is the luck of counting


def judged(of: FrozenForecast | None, **actuals: float) -> dict[str, StageResult]:
    return {stage.stage: stage for stage in stages_of(of, actuals)}


@pytest.mark.parametrize(("sold", "expected"), [(3, 5.0), (0, 30.0), (5, 5.0), (11, 5.0), (20, 30.0)])
def test_with_known_rates_the_chance_is_that_of_a_poisson_count(sold, expected):
    found = judged(frozen(terms(spread=SURE, cap=1e12)), clicks=expected / 0.02, conversions=float(sold))
    at_most, at_least = poisson.cdf(sold, expected), poisson.sf(sold - 1, expected)
    assert found["conversions"].chance_by_luck == pytest.approx(min(1.0, 2 * min(at_most, at_least)), rel=1e-6)


def test_three_sales_where_five_were_expected_is_luck_and_none_where_thirty_were_is_not():
    sure = frozen(terms())
    few, none = (judged(sure, clicks=clicks, conversions=sold) for clicks, sold in ((250.0, 3.0), (1_500.0, 0.0)))
    assert few["conversions"].judged == WITHIN
    assert few["conversions"].mean == pytest.approx(5, rel=0.1)
    assert none["conversions"].judged == BEYOND
    assert none["conversions"].is_below
    assert not few["conversions"].is_below


def test_few_clicks_do_not_make_the_purchases_few():
    found = judged(frozen(terms()), impressions=10_000.0, clicks=10.0, conversions=0.0)
    assert (found["clicks"].judged, found["conversions"].judged) == (BEYOND, WITHIN)
    assert (found["clicks"].given, found["conversions"].given) == ("impressions", "clicks")


def test_what_was_not_measured_is_not_judged_and_the_next_stage_goes_by_what_was():
    found = judged(frozen(terms()), impressions=12_000.0, conversions=2.0)
    assert [found[stage].judged for stage in REVIEWED_STAGES] == [
        WITHIN, NOT_MEASURED, NOT_MEASURED, NOT_MEASURED, WITHIN, NOT_MEASURED,
    ]  # fmt: skip
    assert found["conversions"].given == "impressions"
    assert found["clicks"].chance_by_luck is None
    assert found["clicks"].p50 > 0


def test_without_a_measured_stage_above_it_is_what_was_forecast():
    of = frozen(terms(lines=2))
    found = judged(of, conversions=3.0)
    for name in ("impressions", "clicks", "conversions"):
        expected = {key: of.summary[name][key] for key in ("mean", "p10", "p50", "p90")}
        assert {key: getattr(found[name], key) for key in expected} == expected


def test_more_purchases_than_clicks_are_judged_by_impressions():
    assert (
        judged(frozen(terms()), impressions=10_000.0, clicks=2.0, conversions=3.0)["conversions"].given == "impressions"
    )


def test_a_measured_share_of_the_market_counts_from_the_clicks_on():
    border = frozen(replace(terms(), out_click=0.5, out_convert=0.01))
    seen = {"impressions": 10_000.0, "clicks": 75.0}
    here, there = (judged(border, **seen, in_market_impressions=at, conversions=1.0) for at in (9_900.0, 100.0))
    assert there["clicks"].mean < 0.6 * here["clicks"].mean
    assert there["conversions"].mean < 0.1 * here["conversions"].mean


def test_without_followers_the_stages_below_measured_impressions_are_judged():
    unknown = frozen(replace(terms(lines=2), impressions=np.full((2, 2), np.nan)))
    found = judged(unknown, impressions=10_000.0, clicks=100.0, conversions=2.0, revenue=90.0)
    assert found["impressions"].chance_by_luck is None
    assert [found[name].judged for name in ("clicks", "conversions", "revenue")] == [WITHIN] * 3
    nothing = judged(unknown, conversions=2.0)
    assert {stage.judged for stage in nothing.values()} == {NOT_MEASURED}


def test_without_a_forecast_nothing_is_judged():
    assert {stage.judged for stage in stages_of(None, {"clicks": 4.0})} == {NOT_MEASURED}


def test_an_unknown_order_value_leaves_revenue_open():
    of = frozen(replace(terms(), order_value=np.full((1, 2), np.nan)))
    assert judged(of, conversions=3.0, revenue=100.0)["revenue"].chance_by_luck is None


@pytest.mark.parametrize("actuals", [{"impressions": 0.0, "clicks": 0.0, "conversions": 0.0}, {"clicks": 0.0}])
def test_zero_is_a_count_like_any_other(actuals):
    found = judged(frozen(terms(lines=3)), **actuals)
    for name in actuals:
        assert 0 <= found[name].chance_by_luck <= 1
    assert found["conversions"].p90 == 0


@pytest.mark.parametrize("lines", [1, 3])
def test_of_campaigns_that_go_as_forecast_one_in_ten_is_called_more_than_luck_at_each_stage(lines):
    """Futures of the forecast itself are campaigns whose true rates equal it; fresh seeds, 300 of them."""
    of = frozen(terms(impressions=30_000.0, lines=lines))
    futures = of.futures(draws=300, seed=4_711)
    called = dict.fromkeys(REVIEWED_STAGES, 0)
    for at in range(300):
        for stage in stages_of(of, {name: float(futures[name][at]) for name in REVIEWED_STAGES}, draws=1_000):
            called[stage.stage] += stage.judged == BEYOND
    assert {name: count for name, count in called.items() if count > 0.12 * 300} == {}
    assert min(called[name] for name in ("impressions", "engagements", "clicks")) > 0.03 * 300

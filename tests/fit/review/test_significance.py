"""Is a stage called more than luck when it is, and only then?"""

from dataclasses import replace
from math import exp, log

import numpy as np
import pytest
from scipy.stats import beta, norm, poisson

from fit.agreement.agreement import Deliverable
from fit.agreement.frozen_forecast import FrozenForecast
from fit.review.significance import REVIEWED_STAGES, Judged, StageResult, stages_of
from tests.frozen_forecasts import frozen, inputs

SURE = 1e-9  # a spread of next to nothing: what is left is the luck of counting


def judged(of: FrozenForecast | None, **actuals: float) -> dict[str, StageResult]:
    return {stage.stage: stage for stage in stages_of(of, actuals)}


@pytest.mark.parametrize(("sold", "expected"), [(3, 5.0), (0, 30.0), (5, 5.0), (11, 5.0), (20, 30.0)])
def test_with_known_rates_the_chance_is_that_of_a_poisson_count(sold, expected):
    found = judged(frozen(inputs(spread=SURE, cap=1e12)), clicks=expected / 0.02, conversions=float(sold))
    at_most, at_least = poisson.cdf(sold, expected), poisson.sf(sold - 1, expected)
    assert found["conversions"].chance_by_luck == pytest.approx(min(1.0, 2 * min(at_most, at_least)), rel=1e-6)


def test_three_sales_where_five_were_expected_is_luck_and_none_where_thirty_were_is_not():
    sure = frozen(inputs())
    few, none = (judged(sure, clicks=clicks, conversions=sold) for clicks, sold in ((250.0, 3.0), (1_500.0, 0.0)))
    assert few["conversions"].judged == Judged.WITHIN_LUCK
    assert few["conversions"].mean == pytest.approx(5, rel=0.1)
    assert none["conversions"].judged == Judged.MORE_THAN_LUCK
    assert none["conversions"].is_below
    assert not few["conversions"].is_below


def test_few_clicks_do_not_make_the_purchases_few():
    found = judged(frozen(inputs()), impressions=10_000.0, clicks=10.0, conversions=0.0)
    assert (found["clicks"].judged, found["conversions"].judged) == (Judged.MORE_THAN_LUCK, Judged.WITHIN_LUCK)
    assert (found["clicks"].given, found["conversions"].given) == ("impressions", "clicks")


def test_what_was_not_measured_is_not_judged_and_the_next_stage_goes_by_what_was():
    found = judged(frozen(inputs()), impressions=12_000.0, conversions=2.0)
    assert [found[stage].judged for stage in REVIEWED_STAGES] == [
        "within luck", "not measured", "not measured", "not measured", "within luck", "not measured",
    ]  # fmt: skip
    assert found["conversions"].given == "impressions"
    assert found["clicks"].chance_by_luck is None
    assert found["clicks"].p50 > 0


def test_without_a_measured_stage_above_it_is_what_was_forecast():
    of = frozen(inputs(lines=2))
    found = judged(of, conversions=3.0)
    for name in ("impressions", "clicks", "conversions"):
        expected = {key: of.summary[name][key] for key in ("mean", "p10", "p50", "p90")}
        assert {key: getattr(found[name], key) for key in expected} == expected


def test_more_purchases_than_clicks_are_judged_by_impressions():
    assert (
        judged(frozen(inputs()), impressions=10_000.0, clicks=2.0, conversions=3.0)["conversions"].given
        == "impressions"
    )


def test_a_measured_share_of_the_market_counts_from_the_clicks_on():
    border = frozen(replace(inputs(), out_click=0.5, out_convert=0.01))
    seen = {"impressions": 10_000.0, "clicks": 75.0}
    here, there = (judged(border, **seen, in_market_impressions=at, conversions=1.0) for at in (9_900.0, 100.0))
    assert there["clicks"].mean < 0.6 * here["clicks"].mean
    assert there["conversions"].mean < 0.1 * here["conversions"].mean


def test_without_followers_the_stages_below_measured_impressions_are_judged():
    unknown = frozen(replace(inputs(lines=2), impressions=np.full((2, 2), np.nan)))
    found = judged(unknown, impressions=10_000.0, clicks=100.0, conversions=2.0, revenue=90.0)
    assert found["impressions"].chance_by_luck is None
    assert [found[name].judged for name in ("clicks", "conversions", "revenue")] == [Judged.WITHIN_LUCK] * 3
    nothing = judged(unknown, conversions=2.0)
    assert {stage.judged for stage in nothing.values()} == {Judged.NOT_MEASURED}


def test_without_a_forecast_nothing_is_judged():
    assert {stage.judged for stage in stages_of(None, {"clicks": 4.0})} == {Judged.NOT_MEASURED}


def test_an_unknown_order_value_leaves_revenue_open():
    of = frozen(replace(inputs(), order_value=np.full((1, 2), np.nan)))
    assert judged(of, conversions=3.0, revenue=100.0)["revenue"].chance_by_luck is None


@pytest.mark.parametrize("actuals", [{"impressions": 0.0, "clicks": 0.0, "conversions": 0.0}, {"clicks": 0.0}])
def test_zero_is_a_count_like_any_other(actuals):
    found = judged(frozen(inputs(lines=3)), **actuals)
    for name in actuals:
        assert 0 <= found[name].chance_by_luck <= 1
    assert found["conversions"].p90 == 0


@pytest.mark.thorough
@pytest.mark.parametrize("lines", [1, 3])
def test_of_campaigns_that_go_as_forecast_one_in_ten_is_called_more_than_luck_at_each_stage(lines):
    """Futures of the forecast itself are campaigns whose true rates equal it; fresh seeds, 300 of them."""
    of = frozen(inputs(impressions=30_000.0, lines=lines))
    futures = of.futures(draws=300, seed=4_711)
    called = dict.fromkeys(REVIEWED_STAGES, 0)
    for at in range(300):
        for stage in stages_of(of, {name: float(futures[name][at]) for name in REVIEWED_STAGES}, draws=1_000):
            called[stage.stage] += stage.judged == Judged.MORE_THAN_LUCK
    assert {name: count for name, count in called.items() if count > 0.12 * 300} == {}
    assert min(called[name] for name in ("impressions", "engagements", "clicks")) > 0.03 * 300


def stage(chance: float | None, place: float = 0.4) -> StageResult:
    return StageResult("clicks", None, 1.0, 1.0, 1.0, 1.0, 1.0, place, chance)


def test_a_chance_of_exactly_ten_percent_is_luck_and_one_below_is_more():
    assert [stage(chance).judged for chance in (None, 0.0, 0.0999, 0.1, 1.0)] == [
        Judged.NOT_MEASURED, Judged.MORE_THAN_LUCK, Judged.MORE_THAN_LUCK, Judged.WITHIN_LUCK, Judged.WITHIN_LUCK,
    ]  # fmt: skip


def test_less_than_luck_explains_is_more_than_luck_in_the_lower_half():
    assert [stage(chance, place).is_below for chance, place in ((0.05, 0.49), (0.05, 0.5), (0.2, 0.1))] == [
        True, False, False,
    ]  # fmt: skip
    assert not stage(None).is_below


@pytest.mark.parametrize("sold", [0, 1, 3, 5, 9])
def test_the_place_of_a_count_lies_half_way_through_it(sold):
    """P(fewer) + half of P(exactly so many), of a Poisson count with mean 5."""
    found = judged(frozen(inputs(spread=SURE, cap=1e12)), clicks=250.0, conversions=float(sold))["conversions"]
    fewer, at_most = poisson.cdf(sold - 1, 5.0), poisson.cdf(sold, 5.0)
    assert found.position == pytest.approx((fewer + at_most) / 2, rel=1e-6)
    assert found.mean == pytest.approx(5.0, rel=1e-6)


def mixed_tails(count: float, expected: float, cap: float) -> tuple[float, float]:
    """P(X <= count) and P(X >= count) of Poisson counts whose rate has the luck of one campaign, a tenth wider.

    log u ~ N(-1.21/2k, 1.21/k), by quadrature.
    """
    nodes = np.linspace(-7, 7, 8_001)
    rate = expected * np.exp(1.1 * nodes / cap**0.5 - 1.21 / (2 * cap))
    weights = norm.pdf(nodes) / norm.pdf(nodes).sum()
    return float((weights * poisson.cdf(count, rate)).sum()), float((weights * poisson.sf(count - 1, rate)).sum())


@pytest.mark.parametrize(("engaged", "cap"), [(150.0, 3.0), (400.0, 3.0), (900.0, 3.0), (250.0, 9.0)])
def test_the_luck_of_a_campaign_is_drawn_a_tenth_wider_than_it_was_learned_around_the_same_mean(engaged, cap):
    """400 engagements are expected from 10,000 impressions."""
    found = judged(frozen(inputs(spread=SURE, cap=cap)), impressions=10_000.0, engagements=engaged)["engagements"]
    at_most, at_least = mixed_tails(engaged, 400.0, cap)
    assert found.chance_by_luck == pytest.approx(min(1.0, 2 * min(at_most, at_least)), abs=0.012)
    assert found.mean == pytest.approx(400.0, rel=0.02)
    assert found.p90 / found.p50 == pytest.approx(exp(norm.ppf(0.9) * 1.1 / cap**0.5), rel=0.03)


def test_the_audience_of_a_campaign_is_as_uneven_as_a_tenth_fewer_people_squared():
    """Beta of 1 / (1/60 + 1/200) / 1.21 = 38.1 people around one half."""
    of = frozen(replace(inputs(impressions=1e6, spread=SURE, cap=1e12), share=np.array([[0.5, 0.5, 0.5]])))
    found = judged(of, impressions=1e6)["in_market_impressions"]
    size = 1 / (1 / 60 + 1 / 200) / 1.21
    for place, value in ((0.1, found.p10), (0.5, found.p50), (0.9, found.p90)):
        assert value / 1e6 == pytest.approx(beta.ppf(place, size / 2, size / 2), abs=0.004)


def test_impressions_are_judged_with_a_spread_a_tenth_wider_than_forecast():
    """log impressions ~ N(log 10,000, (1.1 x .4)^2); what is shown of the forecast is the forecast's own."""
    of = frozen(inputs(spread=0.4))
    for actual in (6_000.0, 10_000.0, 17_000.0):
        found = judged(of, impressions=actual)["impressions"]
        below = norm.cdf(log(actual / 10_000) / 0.44)
        assert found.position == pytest.approx(below, abs=0.012)
        assert found.chance_by_luck == pytest.approx(2 * min(below, 1 - below), abs=0.022)
        assert found.p90 == of.summary["impressions"]["p90"]


def test_revenue_is_purchases_times_what_an_order_is_worth():
    """Three orders at log-normal values around 50 with sd .4."""
    found = judged(frozen(inputs(spread=0.4)), conversions=3.0, revenue=90.0)["revenue"]
    below = norm.cdf(log(90 / 150) / 0.4)
    assert found.given == "conversions"
    assert found.p50 == pytest.approx(150.0, rel=0.02)
    assert found.position == pytest.approx(below, abs=0.012)
    assert found.chance_by_luck == pytest.approx(2 * below, abs=0.022)


def test_revenue_without_measured_purchases_goes_by_the_purchases_to_expect():
    found = judged(frozen(inputs(spread=SURE, cap=1e12)), clicks=10_000.0, revenue=9_000.0)["revenue"]
    assert (found.given, found.p50) == ("clicks", pytest.approx(10_000 * 0.02 * 50, rel=0.02))
    assert found.chance_by_luck == pytest.approx(2 * poisson.cdf(180, 200), abs=0.02)


@pytest.mark.parametrize(("in_market", "share"), [(4_000.0, 0.4), (10_000.0, 1.0), (20_000.0, 1.0), (0.0, 0.001)])
def test_a_measured_share_sets_clicks_and_purchases(in_market, share):
    """kC = .5, kV = .1: clicks s + (1 - s) / 2, purchases of a click (s + (1 - s) / 20) / (s + (1 - s) / 2)."""
    of = frozen(replace(inputs(spread=SURE, cap=1e12), out_click=0.5, out_convert=0.1))
    found = judged(of, impressions=10_000.0, in_market_impressions=in_market)
    click, path = share + (1 - share) * 0.5, share + (1 - share) * 0.05
    assert found["clicks"].mean == pytest.approx(10_000 * 0.01 * click, rel=1e-6)
    assert found["conversions"].mean == pytest.approx(10_000 * 0.01 * 0.02 * path, rel=1e-6)
    by_clicks = judged(of, impressions=10_000.0, in_market_impressions=in_market, clicks=500.0)
    assert by_clicks["conversions"].mean == pytest.approx(500 * 0.02 * path / click, rel=1e-6)


def test_as_many_purchases_as_clicks_are_judged_by_the_clicks():
    found = judged(frozen(inputs()), impressions=10_000.0, clicks=3.0, conversions=3.0)
    assert found["conversions"].given == "clicks"


def test_without_followers_lines_count_by_their_pieces():
    """Ten stories at 1 % and two reels at 3 %: (10 x .01 + 2 x .03) / 12 of 12,000 impressions."""
    of = inputs(spread=SURE, cap=1e12, lines=2)
    of = replace(of, impressions=np.full((2, 2), np.nan), rates=np.array([[0.04, 0.01, 0.02], [0.08, 0.03, 0.02]]))
    given = replace(frozen(of), deliverables=(Deliverable("story", 10), Deliverable("reel", 2)))
    found = judged(given, impressions=12_000.0)
    assert found["clicks"].mean == pytest.approx(12_000 * 0.16 / 12, rel=1e-6)
    assert found["engagements"].mean == pytest.approx(12_000 * 0.56 / 12, rel=1e-6)


def test_lines_count_by_the_impressions_that_each_is_expected_to_have():
    of = inputs(spread=SURE, cap=1e12, lines=2)
    of = replace(
        of, impressions=np.array([[log(30_000), SURE], [log(10_000), SURE]]),
        rates=np.array([[0.04, 0.01, 0.02], [0.08, 0.03, 0.04]]),
    )  # fmt: skip
    found = judged(frozen(of))
    assert found["impressions"].mean == pytest.approx(40_000, rel=1e-6)
    clicks = judged(frozen(of), impressions=40_000.0)["clicks"]
    assert clicks.mean == pytest.approx(30_000 * 0.01 + 10_000 * 0.03, rel=1e-6)
    measured = judged(frozen(of), clicks=600.0)["conversions"]
    assert measured.mean == pytest.approx(300 * 0.02 + 300 * 0.04, rel=1e-6)


def test_impressions_and_revenue_are_amounts_and_the_stages_between_are_counts():
    """Where everything is sure, 9,950 impressions of 10,000 cannot be; 90 clicks of 100 can, as a Poisson count."""
    of = frozen(inputs(spread=SURE, cap=1e12))
    assert judged(of, impressions=9_950.0)["impressions"].chance_by_luck == 0
    assert judged(of, conversions=3.0, revenue=149.0)["revenue"].chance_by_luck == 0
    clicks = judged(of, impressions=10_000.0, clicks=90.0)["clicks"]
    assert clicks.chance_by_luck == pytest.approx(2 * poisson.cdf(90, 100), abs=1e-6)
    assert (clicks.p10, clicks.p90) == pytest.approx((poisson.ppf(0.1, 100), poisson.ppf(0.9, 100)), abs=1)


def test_where_no_impression_is_expected_those_measured_are_judged_all_the_same():
    found = judged(frozen(inputs(impressions=0.1, spread=SURE, cap=1e12)), impressions=1_000.0, engagements=40.0)
    assert found["engagements"].mean == pytest.approx(40.0, rel=1e-6)


@pytest.mark.parametrize(
    ("ends", "interval"),
    [
        ((1.0, 2.0, 3.0), (1.0, 2.0, 3.0)), ((0.0, 0.0, 0.0), (0.0, 0.0, 0.0)), ((None, 2.0, 3.0), None),
        ((1.0, None, 3.0), None), ((1.0, 2.0, None), None), ((None, None, None), None),
    ],
)  # fmt: skip
def test_an_interval_is_whole_or_none(ends, interval):
    assert StageResult("clicks", None, 1.0, *ends, 1.0, 0.5, 0.5).interval == interval

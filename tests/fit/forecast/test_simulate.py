"""Do forecasts follow from what is known, and is what cannot be known left open?"""

from dataclasses import replace
from datetime import date
from math import exp, log

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fit.forecast.brief_payoffs import payoffs_of_briefs
from fit.forecast.inputs import ForecastInputs, StoredBasis, inputs_of
from fit.forecast.simulate import (
    FORECAST_METRICS,
    QUANTILES,
    campaign_rates,
    combined_reach,
    cost_per_expected_sale,
    draw,
    draw_apart,
    draw_together,
    drawn_impressions,
    forecasts,
    luck_of_lines,
    of_brief,
    p_hit,
    ratios,
    shares,
    summarise,
)
from fit.model.judgement import judge_field
from tests.fit.forecast.inputs import inputs
from tests.invented import HOME, campaign, creator, tables
from tests.worked_example import measured_levels

ABROAD = {"DE": 80_000, "BR": 920_000}


def stored(creators: list[dict], campaigns: list[dict], audience: dict) -> StoredBasis:
    given_tables = tables(creators, campaigns, audience)
    judgement, basis = judge_field(*given_tables)
    judged = {name: frame for name, frame in vars(judgement).items() if name != "stage_evidence"}
    creators_table, _, audience_table, sets = given_tables
    return StoredBasis(
        creators=creators_table, audience=audience_table, audience_sets=sets, measured_levels=measured_levels(),
        **judged, **vars(basis),
    )  # fmt: skip


@pytest.fixture(scope="module")
def field() -> StoredBasis:
    names = ("home", "abroad", "unknown", "nameless")
    seen = {"reach": 8_000, "engagements": 400, "cost": 150.0, "currency": "EUR"}
    rows = [
        campaign(
            name,
            **seen,
            impressions=10_000 + 500 * at,
            clicks=clicks + 5 * at,
            conversions=sold + at % 2,
            revenue=45.0 * (sold + at % 2),
            date=date(2025, 1 + 2 * at, 1),
        )
        for name, clicks, sold in (("home", 240, 4), ("abroad", 180, 0), ("unknown", 220, 3))
        for at in range(5)
    ]
    creators = [creator("nameless", followers=None)] + [creator(name) for name in names[:3]]
    return stored(creators, rows, {"home": HOME, "abroad": ABROAD})


def brief(creator_id: str, **inputs: object) -> dict:
    plain = {"market": "DE", "deliverable": "post", "count_deliverables": 1, "cost": 200.0}
    return {"creator_id": creator_id} | plain | inputs


def one(field: StoredBasis, **inputs: object) -> dict[str, np.ndarray]:
    """The futures of one brief."""
    return of_brief(draw(inputs_of(pl.DataFrame([brief(**inputs)]), field)))


def mean(field: StoredBasis, metric: str, **inputs: object) -> float:
    return float(one(field, **inputs)[metric].mean())


def test_every_metric_of_every_brief_has_a_row(field):
    table = forecasts(pl.DataFrame([brief("home"), brief("nameless")]), field)
    assert table.select("creator_id", "brief", "metric").rows() == [
        (name, number, metric) for number, name in enumerate(("home", "nameless")) for metric in FORECAST_METRICS
    ]


def test_without_followers_nothing_is_forecast(field):
    table = forecasts(pl.DataFrame([brief("nameless")]), field)
    assert table["mean"].to_list() == [None] * len(FORECAST_METRICS)


def test_quantiles_are_in_order(field):
    table = forecasts(pl.DataFrame([brief("home")]), field)
    quantiles = table.select(list(QUANTILES)).to_numpy()
    assert (np.diff(quantiles, axis=1) >= 0).all()


def test_a_brief_is_forecast_the_same_alone_and_among_others(field):
    alone = forecasts(pl.DataFrame([brief("abroad")]), field).drop("brief")
    among = forecasts(pl.DataFrame([brief("home"), brief("abroad")]), field).filter(pl.col("brief") == 1).drop("brief")
    assert alone.equals(among)


def test_twice_the_deliverables_are_twice_the_impressions(field):
    single, double = (mean(field, "impressions", creator_id="home", count_deliverables=count) for count in (1, 2))
    assert double == pytest.approx(2 * single, rel=1e-3)


def test_an_audience_elsewhere_is_reached_but_not_in_the_market(field):
    home, abroad = (one(field, creator_id=name) for name in ("home", "abroad"))
    assert abroad["impressions"].mean() == pytest.approx(home["impressions"].mean(), rel=0.05)
    assert abroad["in_market_impressions"].mean() < 0.2 * home["in_market_impressions"].mean()


def test_the_same_creator_sells_less_where_it_has_no_audience(field):
    here, there = (mean(field, "conversions", creator_id="home", market=market) for market in ("DE", "US"))
    assert there < 0.6 * here


def test_an_unknown_audience_widens_the_forecast(field):
    known, unknown = (one(field, creator_id=name)["in_market_impressions"] for name in ("home", "unknown"))
    assert np.std(unknown) / unknown.mean() > 1.3 * np.std(known) / known.mean()


def test_a_later_brief_is_less_sure(field):
    soon, late = (one(field, creator_id="home", date=day)["clicks"] for day in (date(2025, 12, 1), date(2030, 12, 1)))
    assert np.std(np.log(late + 1)) > np.std(np.log(soon + 1))


def test_revenue_needs_to_have_been_seen():
    rows = [campaign("a", impressions=9_000, clicks=90, conversions=3)]
    futures = one(stored([creator("a")], rows, {"a": HOME}), creator_id="a")
    assert "revenue" not in futures
    assert "return_on_ad_spend" not in futures
    assert "conversions" in futures


@pytest.mark.parametrize("cost", [None, 0.0, 5e-324, 0.009])
def test_no_cost_is_no_return(field, cost):
    table = forecasts(pl.DataFrame([brief("home", cost=cost)], schema_overrides={"cost": pl.Float64}), field)
    known = dict(zip(table["metric"], table["mean"], strict=True))
    assert known["return_on_ad_spend"] is None
    assert known["revenue"] > 0


def test_a_target_is_hit_from_above_and_a_cost_from_below():
    futures = {"clicks": np.array([1.0, 2, 3, 4]), "cost_per_click": np.array([4.0, 3, 2, np.inf])}
    assert p_hit(futures, "clicks", 3) == 0.5
    assert p_hit(futures, "cost_per_click", 3) == 0.5
    assert p_hit(futures, "revenue", 1) is None


def test_a_sale_costs_the_money_over_the_sales_to_expect():
    assert cost_per_expected_sale(2.0, 100.0) == 50.0
    assert cost_per_expected_sale(2.0, 5e-324) is None
    assert cost_per_expected_sale(0.0, 100.0) is None
    assert cost_per_expected_sale(None, 100.0) is None
    assert cost_per_expected_sale(2.0, 0.5) == 0.25


def test_payoffs_of_briefs_follow_the_price_and_the_market(field):
    table = payoffs_of_briefs(
        pl.DataFrame([brief("home"), brief("home", cost=400.0), brief("abroad"), brief("nameless")]), field
    )
    home, dear, abroad, _ = table["payoff_conversion"]
    assert dear == pytest.approx(home / 2)
    assert abroad < 0.4 * home
    assert table["best_role"][2] == "not for this market"
    assert table["payoff_awareness"].is_finite().all()


@settings(max_examples=40)
@given(st.floats(-5, 60), st.floats(0.001, 1.0), st.floats(0.01, 3.0), st.floats(0.1, 1e3))
def test_every_future_is_possible(impressions, share, spread, cap):
    futures = of_brief(draw(inputs(impressions, share, spread, cap), draws=200))
    for metric in FORECAST_METRICS:
        assert np.isfinite(futures[metric]).all(), metric
        assert (futures[metric] >= 0).all(), metric
    for less, more in (
        ("in_market_impressions", "impressions"),
        ("reach", "impressions"),
        ("clicks", "impressions"),
        ("conversions", "clicks"),
        ("engagements", "impressions"),
    ):
        assert (futures[less] <= futures[more]).all(), (less, more)


def sure(**changed: object) -> ForecastInputs:
    """Terms without any uncertainty but counting: 1,000,000 impressions, rates of 4 %, 1 % and 2 %, all at home."""
    plain = ForecastInputs(
        impressions=np.array([[log(1_000_000), 1e-12]]),
        frequency=np.array([[log(1.6), 1e-12]]),
        share=np.array([[1.0, 1.0, 1.0]]),
        rates=np.array([[0.04, 0.01, 0.02]]),
        mean=np.zeros((1, 3)),
        covariance=np.eye(3)[None] * 1e-18,
        order_value=np.array([[log(50.0), 1e-12]]),
        count=np.array([1.0]),
        followers=np.array([np.nan]),
        cost=np.array([500.0]),
        shared_errors=np.zeros((1, 4, 0)),
        own_errors=np.zeros((1, 4)),
        expected_purchases=np.array([np.nan]),
        expected_reach=np.array([np.nan]),
        caps=np.full(3, 1e15),
        out_click=0.5,
        out_convert=0.1,
        view_campaign_sd=1e-12,
        overlap=0.5,
        overlap_sd=1e-12,
        reach_limit=1.0,
    )
    return replace(plain, **changed)


def lines(inputs: ForecastInputs, count: int) -> ForecastInputs:
    """The same line so many times."""
    return inputs.take(np.zeros(count, int))


def test_where_all_is_known_the_futures_are_counts_around_the_product_of_the_funnel():
    futures = of_brief(draw(sure()))
    assert futures["impressions"].tolist() == [1_000_000.0] * 2_000
    assert futures["reach"].tolist() == [625_000.0] * 2_000
    for name, expected in (("engagements", 40_000.0), ("clicks", 10_000.0)):
        assert futures[name].mean() == pytest.approx(expected, rel=1e-3)
        assert futures[name].var() == pytest.approx(expected, rel=0.1)  # a Poisson count
    assert futures["conversions"].mean() == pytest.approx(200.0, rel=0.01)
    assert futures["conversions"].var() == pytest.approx(200 + 0.02**2 * 10_000, rel=0.1)
    assert (futures["revenue"] / futures["conversions"]).tolist() == pytest.approx([50.0] * 2_000)


def test_rates_are_typical_times_strength_times_the_luck_of_one_campaign():
    """Of standard normals z: exp(mean + L z) with L L' = S, and exp(z / root k - 1/2k)."""
    inputs = sure(
        mean=np.array([[0.1, 0.2, -0.3]]), caps=np.array([4.0, 9.0, 16.0]),
        covariance=np.array([[[0.04, 0.02, 0.0], [0.02, 0.10, 0.0], [0.0, 0.0, 0.09]]]),
    )  # fmt: skip
    normal = np.array([0.5, -1.0, 2.0, 1.0, 0.3, -0.7]).reshape(6, 1, 1)
    # The Cholesky factor by hand: .2, then .02 / .2 = .1 and root of .1 - .01 = .3, then .3.
    strength = [exp(0.1 + 0.2 * 0.5), exp(0.2 + 0.1 * 0.5 + 0.3 * -1.0), exp(-0.3 + 0.3 * 2.0)]
    luck = [exp(1.0 / 2 - 1 / 8), exp(0.3 / 3 - 1 / 18), exp(-0.7 / 4 - 1 / 32)]
    expected = [rate * s * u for rate, s, u in zip((0.04, 0.01, 0.02), strength, luck, strict=True)]
    assert campaign_rates(inputs, normal).ravel().tolist() == pytest.approx(expected, rel=1e-9)
    everything = replace(inputs, mean=np.full((1, 3), 9.0))
    assert campaign_rates(everything, normal).ravel().tolist() == [1.0, 1.0, 1.0]


def test_impressions_are_log_normal_whole_and_no_more_than_can_be_counted():
    normal = np.zeros((9, 1, 3))
    normal[6] = [-1.0, 0.0, 2.0]
    found = drawn_impressions(sure(impressions=np.array([[log(1_000), 0.5]])), normal)
    assert found[0].tolist() == [round(1_000 * exp(-0.5)), 1_000.0, round(1_000 * exp(1.0))]
    assert drawn_impressions(sure(impressions=np.array([[99.0, 0.5]])), normal)[0].tolist() == pytest.approx([1e18] * 3)
    assert drawn_impressions(sure(impressions=np.array([[np.nan, 0.5]])), normal)[0].tolist() == [1.0] * 3


def test_the_unknown_audience_lies_anywhere_between_its_bounds_around_the_point_value():
    """Reached by so many people that the draw is the share itself: uniform below the point and above it, the further
    side the less often, so that the point is the mean.
    """
    found = shares(sure(share=np.array([[0.4, 0.2, 0.8]])), 5, 20_000, size=1e9)[0]
    assert (found.min(), found.max()) == (pytest.approx(0.2, abs=1e-3), pytest.approx(0.8, abs=1e-3))
    assert (found < 0.4).mean() == pytest.approx(2 / 3, abs=0.01)
    assert found.mean() == pytest.approx(0.4, abs=0.003)
    assert np.median(found[found < 0.4]) == pytest.approx(0.3, abs=0.01)
    assert np.median(found[found > 0.4]) == pytest.approx(0.6, abs=0.01)


def test_one_campaign_reaches_as_uneven_a_part_of_the_audience_as_46_people():
    """60 people of a campaign and 200 of a survey: 1 / (1/60 + 1/200) = 46.15, variance s (1 - s) / 47.15."""
    found = shares(sure(share=np.array([[0.3, 0.3, 0.3]])), 5, 40_000)[0]
    assert found.mean() == pytest.approx(0.3, abs=0.002)
    assert found.var() == pytest.approx(0.3 * 0.7 / (1 / (1 / 60 + 1 / 200) + 1), rel=0.03)
    nobody = shares(sure(share=np.array([[0.0, 0.0, 0.0]])), 5, 2_000)[0]
    assert (nobody.min(), nobody.max() < 0.2) == (1e-6, True)


def test_clicks_and_purchases_fall_with_the_audience_elsewhere_and_engagements_do_not():
    """40 % at home, kC = .5, kV = .1: clicks .4 + .6 x .5 = .7, purchases of a click (.4 + .6 x .05) / .7."""
    normal = {"share": np.array([[0.4, 0.4, 0.4]])}
    many = of_brief(draw(sure(**normal), draws=8_000))
    assert many["in_market_impressions"].mean() == pytest.approx(400_000, rel=0.01)
    assert many["engagements"].mean() == pytest.approx(40_000, rel=1e-3)
    assert many["clicks"].mean() == pytest.approx(7_000, rel=0.005)
    assert many["conversions"].mean() == pytest.approx(10_000 * 0.43 * 0.02, rel=0.01)


def test_of_those_who_buy_the_part_that_lives_in_the_market_is_counted_apart():
    """40 % at home, kC kV = .05: of purchases .4 / (.4 + .6 x .05) are from there."""
    futures = of_brief(draw(sure(share=np.array([[0.4, 0.4, 0.4]])), draws=8_000))
    assert futures["in_market_conversions"].mean() == pytest.approx(10_000 * 0.4 * 0.02, rel=0.01)
    assert (futures["in_market_conversions"] <= futures["conversions"]).all()
    assert futures["in_market_reach"].mean() == pytest.approx(250_000, rel=0.01)


def test_errors_of_the_fits_move_all_lines_alike_and_own_ones_each_line():
    """A shared error of .3 in the rate of clicks: lines of different creators rise and fall together."""
    one = sure(shared_errors=np.full((1, 4, 1), 0.0))
    one.shared_errors[0, 1, 0] = 0.3
    both = draw_apart(lines(one, 2))["clicks"]
    log_clicks = np.log(both)
    assert np.corrcoef(log_clicks)[0, 1] == pytest.approx(1.0, abs=0.02)
    assert log_clicks.std() == pytest.approx(0.3, rel=0.05)
    assert both.mean() == pytest.approx(10_000, rel=0.02)  # the fit is the mean
    own = draw_apart(lines(sure(own_errors=np.array([[0.0, 0.3, 0.0, 0.0]])), 2))["clicks"]
    assert abs(np.corrcoef(np.log(own))[0, 1]) < 0.1


@pytest.mark.parametrize(
    ("overlap", "followers", "limit", "reach"),
    [
        (0.0, np.nan, 1.0, 400_000),
        (1.0, np.nan, 1.0, 100_000),
        (0.5, np.nan, 1.0, 200_000),
        (0.0, 90_000, 1.0, 100_000),
        (0.0, 150_000, 1.0, 149_319.6962),  # 100,000 + 50,000 / root of 1 + (50,000 / 300,000)^2
        (0.0, 150_000, 2.0, 266_410.0589),  # 100,000 + 200,000 / root of 1 + (200,000 / 300,000)^2
        (0.5, 150_000, 9.0, 199_681.5279),  # 100,000 + 100,000 / root of 1 + (100,000 / 1,250,000)^2
    ],
)
def test_reach_of_several_is_between_the_largest_and_the_sum_or_the_followers(overlap, followers, limit, reach):
    """Four deliverables that 100,000 people see each; limit: people whom campaigns have reached, per follower."""
    inputs = sure(followers=np.array([followers]), overlap=overlap, reach_limit=limit)
    found = combined_reach(inputs, np.full((1, 9), 1e5), np.full((1, 9), 4e5), 1)
    assert found.ravel().tolist() == pytest.approx([reach] * 9, rel=1e-9)


def test_hardly_ever_are_all_followers_reached():
    """Seven deliverables that 30,000 to 60,000 of 84,000 followers see each: a target of all of them is no even bet."""
    each = np.linspace(30_000.0, 60_000.0, 9)[None]
    found = combined_reach(sure(followers=np.array([84_000.0]), overlap=0.5), each, 7 * each, 1).ravel()
    assert (each.ravel() < found).all()
    assert found.max() < 84_000
    assert np.median(found) < 80_000


def test_a_person_sees_it_at_least_once():
    futures = of_brief(draw(sure(frequency=np.array([[-1.0, 0.1]]))))
    assert (futures["reach"] == futures["impressions"]).all()


def test_ratios_are_of_the_counts_and_a_cost_of_nothing_is_infinite():
    futures = {
        "impressions": np.array([2_000.0, 0.0]), "engagements": np.array([100.0, 0.0]), "clicks": np.array([40.0, 0.0]),
        "conversions": np.array([5.0, 0.0]), "revenue": np.array([250.0, 0.0]),
    }  # fmt: skip
    found = {name: values.tolist() for name, values in ratios(futures, 100.0).items()}
    assert found == {
        "engagement_rate": [0.05, 0.0], "click_rate": [0.02, 0.0], "conversion_rate": [0.125, 0.0],
        "cost_per_thousand_impressions": [50.0, np.inf], "cost_per_click": [2.5, np.inf],
        "cost_per_conversion": [20.0, np.inf], "return_on_ad_spend": [2.5, 0.0],
    }  # fmt: skip
    for nothing in (0.0, 5e-324, 0.009, np.nan):
        assert np.isnan(ratios(futures, nothing)["return_on_ad_spend"]).all()


def test_a_summary_is_mean_quantiles_between_the_draws_and_the_chance_of_nothing():
    """Of 0, 0, 1, ..., 9 (eleven draws) the quantile p lies at place 10 p, between its neighbours."""
    values = np.array([[5.0, 0.0, 9.0, 0.0, 1.0, 2.0, 3.0, 4.0, 6.0, 7.0, 8.0]])
    ordered = sorted(values[0].tolist())

    def at(place: float) -> float:
        below = int(place)
        above = min(below + 1, 10)
        return ordered[below] + (place - below) * (ordered[above] - ordered[below])

    expected = [45 / 11, *(at(10 * p) for p in (0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975)), 2 / 11]
    assert summarise(values)[0].tolist() == pytest.approx(expected, rel=1e-12)
    assert np.isnan(summarise(np.full((2, 4), np.nan))).all()
    assert summarise(np.full((2, 4), np.nan)).shape == (2, 9)
    mixed = summarise(np.array([[1.0, 1.0], [np.nan, np.nan]]))
    assert mixed[0].tolist() == [1.0] * 8 + [0.0]
    assert np.isnan(mixed[1]).all()


def test_the_lines_of_a_campaign_share_strength_and_order_value_and_not_the_luck():
    inputs = lines(sure(impressions=np.array([[9.0, 0.5]]), view_campaign_sd=0.3), 3)
    normal = luck_of_lines(inputs, 20_000, 7)
    assert normal.shape == (9, 3, 20_000)
    for shared in (0, 1, 2, 8):
        assert (normal[shared, 1] == normal[shared, 0]).all()
        assert (normal[shared, 2] == normal[shared, 0]).all()
    for own in (3, 4, 5, 7):
        assert abs(np.corrcoef(normal[own])[0, 1]) < 0.03
    # Of the variance .25 of impressions, .09 is one campaign's: what is shared is 1 - .36.
    correlation = np.corrcoef(normal[6])
    assert correlation[0, 1] == pytest.approx(0.64, abs=0.02)
    assert correlation[1, 2] == pytest.approx(0.64, abs=0.02)
    assert normal[6].std(axis=1).tolist() == pytest.approx([1.0] * 3, abs=0.02)
    alone = luck_of_lines(lines(inputs, 1).take(slice(0, 1)), 20_000, 7)
    assert (alone[:, 0] == normal[:, 0]).all()


def test_lines_whose_impressions_are_all_luck_are_independent():
    inputs = lines(sure(impressions=np.array([[9.0, 0.2]]), view_campaign_sd=0.3), 2)
    assert abs(np.corrcoef(luck_of_lines(inputs, 20_000, 7)[6])[0, 1]) < 0.03


def test_lines_of_one_campaign_share_the_value_of_an_order():
    """Each line's revenue over its purchases is the same in every future, and the first line is the line alone."""
    inputs = lines(sure(order_value=np.array([[log(50.0), 0.4]])), 2)
    together, alone = draw_together(inputs, 500), draw(inputs.take(slice(0, 1)), 500)
    worth = together["revenue"] / together["conversions"]
    np.testing.assert_allclose(worth[0], worth[1], rtol=1e-12)
    assert np.log(worth[0]).std() == pytest.approx(0.4, rel=0.1)
    assert (together["conversions"][0] != together["conversions"][1]).any()
    for name, values in together.items():
        assert (values[0] == alone[name][0]).all(), name


def test_two_briefs_meet_the_same_luck():
    both = draw(lines(sure(), 2), 200)
    for name in FORECAST_METRICS:
        assert (both[name][0] == both[name][1]).all(), name


def test_more_briefs_than_are_drawn_at_once_are_forecast_alike(field):
    table = forecasts(pl.DataFrame([brief("home")] * 101), field, draws=50)
    first = table.filter(pl.col("brief") == 0).drop("brief")
    assert first.equals(table.filter(pl.col("brief") == 100).drop("brief"))
    assert table.height == 101 * len(FORECAST_METRICS)


def test_a_target_that_is_exactly_met_is_met():
    futures = {"clicks": np.array([1.0, 2, 3, 4]), "cost_per_conversion": np.array([4.0, 3, 2, np.inf])}
    assert (p_hit(futures, "clicks", 4), p_hit(futures, "clicks", 4.01)) == (0.25, 0.0)
    assert (p_hit(futures, "cost_per_conversion", 2), p_hit(futures, "cost_per_conversion", 1.99)) == (0.25, 0.0)
    assert cost_per_expected_sale(1.5, 0.0) is None
    assert cost_per_expected_sale(1.5, None) is None

"""Do forecasts follow from what is known, and is what cannot be known left open?"""

from datetime import date

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fit.forecast.brief_payoffs import payoffs_of_briefs
from fit.forecast.inputs import ForecastInputs, StoredBasis, inputs_of
from fit.forecast.simulate import FORECAST_METRICS, QUANTILES, cost_per_expected_sale, draw, forecasts, of_brief, p_hit
from fit.model.judgement import judge_with_forecast
from tests.invented import HOME, campaign, creator, tables

ABROAD = {"DE": 80_000, "BR": 920_000}


def stored(creators: list[dict], campaigns: list[dict], audience: dict) -> StoredBasis:
    given_tables = tables(creators, campaigns, audience)
    judgement, basis = judge_with_forecast(*given_tables)
    judged = {name: frame for name, frame in vars(judgement).items() if name != "stage_evidence"}
    creators_table, _, audience_table, sets = given_tables
    return StoredBasis(creators_table, audience_table, sets, **judged, **vars(basis))


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


def brief(creator_id: str, **terms: object) -> dict:
    plain = {"market": "DE", "deliverable": "post", "count_deliverables": 1, "cost": 200.0}
    return {"creator_id": creator_id} | plain | terms


def one(field: StoredBasis, **terms: object) -> dict[str, np.ndarray]:
    """The futures of one brief."""
    return of_brief(draw(inputs_of(pl.DataFrame([brief(**terms)]), field)))


def mean(field: StoredBasis, metric: str, **terms: object) -> float:
    return float(one(field, **terms)[metric].mean())


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


def test_no_cost_is_no_return(field):
    table = forecasts(pl.DataFrame([brief("home", cost=None)], schema_overrides={"cost": pl.Float64}), field)
    known = dict(zip(table["metric"], table["mean"], strict=True))
    assert known["return_on_ad_spend"] is None
    assert known["revenue"] > 0


def test_a_target_is_hit_from_above_and_a_cost_from_below():
    futures = {"clicks": np.array([1.0, 2, 3, 4]), "cost_per_click": np.array([4.0, 3, 2, np.inf])}
    assert p_hit(futures, "clicks", 3) == 0.5
    assert p_hit(futures, "cost_per_click", 3) == 0.5
    assert p_hit(futures, "revenue", 1) is None


def test_a_sale_costs_the_money_over_the_sales_to_expect():
    futures = {"conversions": np.array([0.0, 4.0])}
    assert cost_per_expected_sale(futures, 100.0) == 50.0
    assert cost_per_expected_sale({"conversions": np.zeros(2)}, 100.0) is None
    assert cost_per_expected_sale({}, 100.0) is None


def test_payoffs_of_briefs_follow_the_price_and_the_market(field):
    table = payoffs_of_briefs(
        pl.DataFrame([brief("home"), brief("home", cost=400.0), brief("abroad"), brief("nameless")]), field
    )
    home, dear, abroad, _ = table["payoff_conversion"]
    assert dear == pytest.approx(home / 2)
    assert abroad < 0.4 * home
    assert table["best_role"][2] == "not for this market"
    assert table["payoff_awareness"].is_finite().all()


def terms(impressions: float, share: float, spread: float, cap: float) -> ForecastInputs:
    return ForecastInputs(
        impressions=np.array([[impressions, spread]]),
        frequency=np.array([[0.2, 0.2]]),
        share=np.array([[share, share / 2, min(2 * share, 1.0)]]),
        rates=np.array([[0.04, 0.01, 0.02]]),
        mean=np.zeros((1, 3)),
        covariance=np.eye(3)[None] * 0.2,
        order_value=np.array([[3.8, 0.2]]),
        cost=np.array([100.0]),
        caps=np.full(3, cap),
        out_click=0.6,
        out_convert=0.05,
        view_campaign_sd=min(spread, 0.4),
    )


@settings(max_examples=40)
@given(st.floats(-5, 60), st.floats(0.001, 1.0), st.floats(0.01, 3.0), st.floats(0.1, 1e3))
def test_every_future_is_possible(impressions, share, spread, cap):
    futures = of_brief(draw(terms(impressions, share, spread, cap), draws=200))
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

"""Is a forecast that was frozen the one that was made, and do the lines of an agreement add up?"""

import json
from datetime import date

import numpy as np
import polars as pl
import pytest

from fit.agreement.agreement import Agreement, Deliverable, MetricLine
from fit.agreement.frozen_forecast import FrozenForecast, freeze_forecast, frozen_rates
from fit.forecast.brief_lines import BRIEF_COLUMNS
from fit.forecast.simulate import p_hit
from fit.forecast.summary import forecast_line


def agreement(*deliverables: Deliverable, creator: str = "demo-001", **known: object) -> Agreement:
    plain = {"markets": (("DE", 1.0),), "platform": "instagram", "start": date(2026, 5, 1), "currency": "EUR"}
    return Agreement(creator, deliverables=deliverables, **(plain | {"cost": 800.0} | known))


def line_of(agreed: Agreement):
    """The agreement's only line as one row of a brief."""
    (only,) = agreed.deliverables
    cells = {"creator_id": agreed.creator, "market": "DE", "platform": agreed.platform, "date": agreed.start}
    cells |= {"deliverable": only.kind, "count_deliverables": only.count, "cost": agreed.cost, "currency": "EUR"}
    return pl.DataFrame([{name: cells.get(name) for name in BRIEF_COLUMNS}], schema=BRIEF_COLUMNS)


def test_one_deliverable_is_forecast_as_outlook_forecasts_it(ask_demo):
    agreed = agreement(Deliverable("reel", 2))
    found, expected = freeze_forecast(ask_demo, agreed), forecast_line(ask_demo, line_of(agreed), [("clicks", 300)])
    assert {name: found.summary[name] for name in expected.metrics} == expected.metrics
    assert found.p_hit("clicks", 300) == expected.targets[0].p_hit
    assert found.cost_per_expected_sale == expected.cost_per_expected_sale
    assert found.currency == "EUR"


def test_what_was_frozen_comes_back_as_it_was(ask_demo):
    lines = (MetricLine("reach", "creator", 25_000), MetricLine("roas", "brand", 2), MetricLine("joy", "brand", 1))
    kept = freeze_forecast(ask_demo, agreement(Deliverable("story", 10), Deliverable("reel", 2), metrics=lines))
    text = json.dumps(kept.as_json(), allow_nan=False)
    back = FrozenForecast.from_json(json.loads(text))
    assert json.dumps(back.as_json(), allow_nan=False) == text
    assert [target.metric for target in back.targets] == ["reach", "return_on_ad_spend"]
    assert back.targets[1].p_hit == back.p_hit("ROAS", 2) == p_hit(kept.futures(), "return_on_ad_spend", 2)
    for name, values in kept.futures(draws=300, seed=5).items():
        assert np.array_equal(back.futures(draws=300, seed=5)[name], values), name


def test_counts_add_up_over_the_lines_and_rates_are_of_the_sums(ask_demo):
    both = freeze_forecast(ask_demo, agreement(Deliverable("story", 10), Deliverable("reel", 2)))
    stories, reels = (freeze_forecast(ask_demo, agreement(each)) for each in both.deliverables)
    for name in ("impressions", "reach", "engagements", "clicks", "conversions", "revenue"):
        together = stories.summary[name]["mean"] + reels.summary[name]["mean"]
        assert both.summary[name]["mean"] == pytest.approx(together, rel=0.08), name
    drawn = both.futures()
    assert np.array_equal(drawn["click_rate"], drawn["clicks"] / np.maximum(drawn["impressions"], 1))
    assert np.array_equal(drawn["cost_per_thousand_impressions"], 800_000 / drawn["impressions"])


def test_the_lines_share_the_creator_and_not_the_luck(ask_demo):
    """Twins of one line: their sum is surer than twice one of them, and less sure than two strangers would be."""
    alone = frozen_rates(ask_demo, agreement(Deliverable("reel", 2), creator="demo-060"))
    twins = frozen_rates(ask_demo, agreement(Deliverable("reel", 2), Deliverable("story", 2), creator="demo-060"))
    one = np.log(alone.futures(20_000)["impressions"]).var()
    both = np.log(twins.futures(20_000)["impressions"]).var()
    own = alone.terms.view_campaign_sd**2
    shared = alone.terms.impressions[0, 1] ** 2 - own
    assert shared < both < one
    assert one == pytest.approx(shared + own, rel=0.05)


def test_kinds_are_called_as_the_store_calls_them_and_counted_once(ask_demo):
    found = freeze_forecast(
        ask_demo, agreement(Deliverable("Stories", 4), Deliverable("Reels", 2), Deliverable("story", 6))
    )
    assert found.deliverables == (Deliverable("story", 10), Deliverable("reel", 2))


def test_the_audience_is_kept_with_where_it_lives_instead(ask_demo):
    found = freeze_forecast(ask_demo, agreement(Deliverable("reel"), markets=(("FR", 1.0),)))
    listed = {row["country"]: row["ppm"] / 1e6 for row in ask_demo("judge_audience", creator_id="demo-001").to_dicts()}
    assert found.audience.in_market == pytest.approx(listed.get("FR", 0.0))
    assert found.audience.elsewhere[0] == max(((c, s) for c, s in listed.items() if c != "FR"), key=lambda e: e[1])


def test_without_a_deliverable_it_is_one_of_the_usual_kind(ask_demo):
    found = freeze_forecast(ask_demo, agreement())
    assert found.deliverables == (Deliverable("reel"),)
    assert found.summary == freeze_forecast(ask_demo, agreement(Deliverable("reel"))).summary


def test_a_cost_that_nobody_knows_leaves_costs_open_and_counts_known(ask_demo):
    found = freeze_forecast(ask_demo, agreement(Deliverable("reel"), cost=None))
    assert found.summary["cost_per_click"] == dict.fromkeys(("mean", "p10", "p50", "p90", "p_zero"))
    assert found.summary["clicks"]["p50"] > 0
    assert found.cost_per_expected_sale is None


def test_a_cost_per_sale_says_nothing_where_a_tenth_of_futures_has_no_sale(ask_demo):
    found = freeze_forecast(
        ask_demo, agreement(Deliverable("story"), creator="demo-002", markets=(("JP", 1.0),), cost=50.0)
    )
    assert found.summary["conversions"]["p10"] == 0
    assert found.summary["cost_per_conversion"]["p90"] is None
    assert found.summary["cost_per_conversion"]["mean"] == found.cost_per_expected_sale


def test_a_stranger_has_no_forecast_but_the_rates_of_a_typical_creator(ask_demo):
    stranger = agreement(Deliverable("reel"), creator="nobody")
    assert freeze_forecast(ask_demo, stranger) is None
    found = frozen_rates(ask_demo, stranger)
    assert (found.has_own_rates, found.audience, found.p_hit("clicks", 5)) == (False, None, None)
    assert np.isnan(found.terms.impressions).any()
    assert np.isfinite(found.terms.mean).all()
    assert np.isfinite(found.terms.covariance).all()
    assert FrozenForecast.from_json(json.loads(json.dumps(found.as_json(), allow_nan=False))).terms.mean.shape == (1, 3)

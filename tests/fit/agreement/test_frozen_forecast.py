"""Is a forecast that was frozen the one that was made, and do the lines of an agreement add up?"""

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial

import numpy as np
import polars as pl
import pytest

from data import store
from data.importers.load import Options
from fit.agreement.agreement import Agreement, Deliverable, MetricLine
from fit.agreement.brief import brand_document, two_sided
from fit.agreement.creator_context import read_creator_context
from fit.agreement.frozen_forecast import (
    FrozenForecast,
    canonical,
    freeze_forecast,
    frozen_rates,
    futures_of,
    merged_kinds,
    summary_of,
)
from fit.agreement.targets import targets_with_chance
from fit.charter.charter import compose
from fit.forecast.brief_lines import BRIEF_COLUMNS
from fit.forecast.simulate import draw_together, p_hit
from fit.forecast.summary import forecast_line
from fit.refresh import load
from fit.text import as_markdown
from queries.ask import ask
from tests.frozen_forecasts import inputs


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
    for name in ("impressions", "engagements", "clicks", "conversions", "in_market_conversions", "revenue"):
        together = stories.summary[name]["mean"] + reels.summary[name]["mean"]
        assert both.summary[name]["mean"] == pytest.approx(together, rel=0.08), name
    largest, total = (of(each.summary["reach"]["mean"] for each in (stories, reels)) for of in (max, sum))
    assert largest < both.summary["reach"]["mean"] < 0.95 * total  # people who saw both count once
    drawn = both.futures()
    assert np.array_equal(drawn["click_rate"], drawn["clicks"] / np.maximum(drawn["impressions"], 1))
    assert np.array_equal(drawn["cost_per_thousand_impressions"], 800_000 / drawn["impressions"])


def test_the_lines_share_the_creator_and_not_the_luck(ask_demo):
    """Twins of one line: their sum is surer than twice one of them, and less sure than two strangers would be."""
    alone = frozen_rates(ask_demo, agreement(Deliverable("reel", 2), creator="demo-060"))
    twins = frozen_rates(ask_demo, agreement(Deliverable("reel", 2), Deliverable("story", 2), creator="demo-060"))
    one = np.log(alone.futures(20_000)["impressions"]).var()
    both = np.log(twins.futures(20_000)["impressions"]).var()
    own = alone.inputs.view_campaign_sd**2
    shared = alone.inputs.impressions[0, 1] ** 2 - own
    assert shared < both < one
    assert one == pytest.approx(shared + own, rel=0.05)


def test_kinds_are_called_as_the_store_calls_them_and_counted_once(ask_demo):
    found = freeze_forecast(
        ask_demo, agreement(Deliverable("Stories", 4), Deliverable("Reels", 2), Deliverable("story", 6))
    )
    assert found.deliverables == (Deliverable("story", 10), Deliverable("reel", 2))


def test_the_audience_is_kept_with_where_it_lives_instead(ask_demo):
    found = freeze_forecast(ask_demo, agreement(Deliverable("reel"), markets=(("FR", 1.0),)))
    listed = {row["country"]: row["ppm"] / 1e6 for row in ask_demo("judge_audience", creators=["demo-001"]).to_dicts()}
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
    assert np.isnan(found.inputs.impressions).any()
    assert np.isfinite(found.inputs.mean).all()
    assert np.isfinite(found.inputs.covariance).all()
    assert FrozenForecast.from_json(json.loads(json.dumps(found.as_json(), allow_nan=False))).inputs.mean.shape == (
        1,
        3,
    )


def known_futures() -> dict[str, np.ndarray]:
    """Ten futures that can be counted: impressions of 1,000 to 10,000, clicks 0 to 9."""
    return {
        "impressions": np.arange(1.0, 11.0) * 1_000, "clicks": np.arange(10.0), "conversions": np.zeros(10),
        "cost_per_thousand_impressions": 500_000 / (np.arange(1.0, 11.0) * 1_000),
        "cost_per_click": np.array([np.inf, *(500 / np.arange(1.0, 10.0))]), "cost_per_conversion": np.full(10, np.inf),
    }  # fmt: skip


def test_a_cost_is_summarised_by_drawn_values_and_the_cost_of_the_mean():
    """500 for 5,500 impressions and 4.5 clicks on average; a quantile without a click has no value."""
    found = summary_of(known_futures(), 500.0)
    assert found["cost_per_thousand_impressions"] == {
        "mean": pytest.approx(1000 * 500 / 5_500), "p10": 50.0, "p50": pytest.approx(500 / 6), "p90": 250.0,
        "p_zero": 0.0,
    }  # fmt: skip
    assert found["cost_per_click"] == {
        "mean": pytest.approx(500 / 4.5), "p10": pytest.approx(500 / 9), "p50": 100.0, "p90": 500.0, "p_zero": 0.0,
    }  # fmt: skip
    assert found["cost_per_conversion"] == {"mean": None, "p10": None, "p50": None, "p90": None, "p_zero": 0.0}
    assert found["clicks"] == {
        "mean": 4.5,
        "p10": pytest.approx(0.9),
        "p50": 4.5,
        "p90": pytest.approx(8.1),
        "p_zero": 0.1,
    }
    assert found["revenue"] == dict.fromkeys(("mean", "p10", "p50", "p90", "p_zero"))


@pytest.mark.parametrize("cost", [None, 0.0, -1.0])
def test_without_a_cost_above_zero_nothing_costs_anything(cost):
    found = futures_of(inputs(lines=2), cost, draws=50)
    assert {"clicks", "click_rate", "revenue"} <= set(found)
    assert not [name for name in found if name.startswith("cost_") or name == "return_on_ad_spend"]


def test_futures_of_lines_are_sums_and_ratios_of_sums():
    of = inputs(lines=3)
    each, found = draw_together(of, 40, 7), futures_of(of, 300.0, 40, 7)
    for name in ("impressions", "clicks", "conversions", "revenue"):
        assert found[name].tolist() == each[name].sum(axis=0).tolist()
    assert (found["reach"] >= each["reach"].max(axis=0)).all()
    assert (found["reach"] <= each["reach"].sum(axis=0)).all()
    clicks = each["clicks"].sum(axis=0)
    assert found["cost_per_click"].tolist() == (300.0 / clicks).tolist()
    assert (
        found["engagement_rate"].tolist()
        == (each["engagements"].sum(axis=0) / each["impressions"].sum(axis=0)).tolist()
    )


@pytest.mark.parametrize(
    ("written", "called"),
    [
        ("Stories", "story"),
        (" REEL ", "reel"),
        ("posts", "post"),
        ("Carousels", "carousel"),
        ("House tour", "House tour"),
    ],
)
def test_a_kind_is_called_as_a_level_of_the_store_is(ask_demo, written, called):
    assert freeze_forecast(ask_demo, agreement(Deliverable(written, 3))).deliverables == (Deliverable(called, 3),)


def test_a_metrics_other_names_are_its_own_and_an_unknown_one_stays():
    assert [canonical(name) for name in ("ROAS", "cpm", "clicks", "joy")] == [
        "return_on_ad_spend", "cost_per_thousand_impressions", "clicks", "joy",
    ]  # fmt: skip


def test_a_typical_creator_differs_by_what_creators_differ_by(ask_demo):
    facts = dict(ask_demo("field_facts").select("name", "value").iter_rows())
    found = frozen_rates(ask_demo, agreement(Deliverable("reel"), Deliverable("story"), creator="nobody")).inputs
    assert found.mean.tolist() == [[0.0] * 3] * 2
    variances = [facts[f"tau_{stage}"] ** 2 for stage in ("engage", "click", "convert")]
    for line in found.covariance:
        np.testing.assert_allclose(line, np.diag(variances), rtol=1e-12)


def test_the_audience_names_the_three_largest_countries_outside_the_market(ask_demo):
    found = freeze_forecast(ask_demo, agreement(Deliverable("reel"), markets=(("DE", 1.0), ("AT", 1.0))))
    listed = {row["country"]: row["ppm"] for row in ask_demo("judge_audience", creators=["demo-001"]).to_dicts()}
    outside = sorted(((-ppm, country) for country, ppm in listed.items() if country not in ("DE", "AT")))[:3]
    assert found.audience.elsewhere == tuple((country, -ppm / 1e6) for ppm, country in outside)
    assert found.audience.in_market == pytest.approx((listed.get("DE", 0) + listed.get("AT", 0)) / 1e6)
    assert found.audience.unknown == pytest.approx(max(1 - sum(listed.values()) / 1e6, 0), abs=1e-9)


POSTS = "".join(f"k{at},elena,DE,2025-{at:02d}-10,60000,42000,2400,600,12,480,post\n" for at in range(1, 10))


@pytest.fixture(scope="module")
def ask_elena(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable]:
    """A store of one creator with 152,000 followers, whose nine campaigns were posts."""
    folder = tmp_path_factory.mktemp("elena")
    (folder / "creators.csv").write_text(
        "creator_id,creator_name,platform,vertical,home_country,followers,asking_price,currency\n"
        "elena,Elena,instagram,home,DE,152000,900,EUR\n"
    )
    (folder / "audience.csv").write_text("creator_id,country,audience_share\nelena,DE,0.5\nelena,AT,0.2\n")
    head = "campaign_id,creator_id,market,date,impressions,reach,engagements,clicks,conversions,cost,deliverable\n"
    (folder / "campaigns.csv").write_text(head + POSTS)
    files = [folder / f"{name}.csv" for name in ("creators", "audience", "campaigns")]
    assert load(folder / "store", files, Options(), now=datetime(2026, 3, 2)).is_whole
    opened = store.open_newest(folder / "store")
    yield partial(ask, opened.connection)
    opened.connection.close()


def elenas(*deliverables: tuple[str, int]) -> Agreement:
    return agreement(
        *(Deliverable(*item) for item in deliverables), creator="elena", metrics=(MetricLine("reach", "creator"),)
    )


@pytest.mark.parametrize("pieces", [[("story", 10)], [("Stories", 10), ("Reels", 2)], [("post", 5), ("story", 3)]])
def test_several_pieces_never_reach_more_people_than_follow(ask_elena, pieces):
    """Between the largest piece and the sum of all; above the 152,000 followers only where one piece alone is."""
    together = freeze_forecast(ask_elena, elenas(*pieces)).summary["reach"]
    each = [freeze_forecast(ask_elena, elenas((kind, 1))).summary["reach"] for kind, _ in pieces]
    counts = [count for _, count in pieces]
    assert together["p90"] <= 1.05 * max(152_000, *(one["p90"] for one in each))
    for figure in ("mean", "p10", "p50"):
        largest = max(one[figure] for one in each)
        whole = sum(one[figure] * count for one, count in zip(each, counts, strict=True))
        assert largest < together[figure] < whole, figure


def test_ten_stories_reach_fewer_than_follow_in_every_future(ask_elena):
    assert freeze_forecast(ask_elena, elenas(("story", 10))).drawn["reach"].max() <= 152_000


def test_a_target_that_the_forecast_fills_in_is_no_sum_either(ask_elena):
    agreed = elenas(("Stories", 10), ("Reels", 2))
    (line,) = targets_with_chance(agreed, freeze_forecast(ask_elena, agreed))
    assert line.is_filled
    assert line.line.target < 152_000


def test_a_kind_without_campaigns_has_its_own_forecast_and_a_wider_range(ask_elena):
    known, story, own = (freeze_forecast(ask_elena, elenas((kind, 1))) for kind in ("post", "Stories", "House tour"))
    assert [found.unmeasured for found in (known, story, own)] == [(), ("story",), ("House tour",)]
    width = [found.summary["clicks"]["p90"] / max(found.summary["clicks"]["p10"], 1) for found in (known, story, own)]
    assert width[0] < width[1]
    assert width[0] < width[2]
    middle = [found.summary["impressions"]["p50"] for found in (known, story, own)]
    assert middle[1] < middle[0] / 2 < middle[2]


def test_what_was_unmeasured_is_frozen_with_the_forecast(ask_elena):
    kept = freeze_forecast(ask_elena, elenas(("post", 1), ("story", 2)))
    back = FrozenForecast.from_json(json.loads(json.dumps(kept.as_json())))
    assert back.unmeasured == ("story",)
    earlier = {name: value for name, value in kept.as_json().items() if name != "unmeasured"}
    assert FrozenForecast.from_json(earlier).unmeasured == ()


SENTENCE = "No story has been measured yet. We used what stories usually get, so the range is wide."


@pytest.mark.parametrize(("kind", "is_said"), [("Stories", True), ("post", False)])
def test_brief_and_charter_say_that_a_kind_was_never_measured(ask_elena, kind, is_said):
    agreed = elenas((kind, 10))
    context = read_creator_context(ask_elena, agreed, date(2026, 3, 2))
    brief = as_markdown(brand_document(two_sided(agreed, context)))
    charter = compose(agreed, context).text
    assert [SENTENCE in brief, SENTENCE in charter] == [is_said, is_said]


@pytest.mark.parametrize(
    ("written", "known", "merged"),
    [
        ([("post", 5), ("story", 3)], ["post"], [("post", 5), ("story", 3)]),
        ([("Stories", 10), ("Reels", 2)], ["post", "reel"], [("story", 10), ("reel", 2)]),
        ([("Stories", 10), ("story", 2), ("STORY", 1)], [], [("story", 13)]),
        ([("Unboxing", 1), ("unboxings", 2), ("house tour", 1)], [], [("Unboxing", 3), ("house tour", 1)]),
        ([("reel", 2)], ["Reels"], [("Reels", 2)]),
    ],
)
def test_kinds_are_merged_by_what_they_are_and_never_with_others(written, known, merged):
    found = merged_kinds([Deliverable(*item) for item in written], known)
    assert [(item.kind, item.count) for item in found] == merged

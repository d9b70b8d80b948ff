"""Is a campaign read at a stage exactly when it measured it, out of the right trials?"""

from datetime import date

import numpy as np
import polars as pl
import pytest

from fit.model.benchmark import CLICK_BAND, CONVERT_BAND, ENGAGE_BAND
from fit.model.observations import (
    Arranged,
    arrange,
    measured_click,
    measured_convert,
    measured_engage,
    quarter_of,
    with_trials,
)
from tests.invented import HOME, campaign, creator, tables


def arranged(*rows: dict, creators: tuple[dict, ...] = (), audience: dict | None = None) -> Arranged:
    """Campaigns of creator "a", whose audience lives as HOME says, unless they name another."""
    known = creators or (creator("a"),)
    return arrange(
        *tables(list(known), [campaign(**{"creator_id": "a"} | row) for row in rows], audience or {"a": HOME})
    )


def converts(of: Arranged, rate: float = 0.02, variance: float = 0.3):
    count = of.table.height
    return measured_convert(of, np.full(count, rate), np.full(count, variance))


@pytest.mark.parametrize(
    ("impressions", "events", "is_read"),
    [(1_000, 40, True), (1_000, 0, True), (1_000, 1_000, True), (1_000, 1_001, False), (0, 0, False), (1, 0, True),
     (None, 4, False), (1_000, None, False)],
)  # fmt: skip
def test_a_rate_needs_trials_and_no_more_events_than_trials(impressions, events, is_read):
    engage = measured_engage(arranged({"impressions": impressions, "engagements": events}))
    click = measured_click(arranged({"impressions": impressions, "clicks": events}))
    for measured in (engage, click):
        assert measured.count_trials.tolist() == ([impressions] if is_read else [])
        assert measured.count_events.tolist() == ([events] if is_read else [])
        assert not measured.by_clicks.any()
    assert (engage.name, engage.band) == ("engage", ENGAGE_BAND)
    assert (click.name, click.band) == ("click", CLICK_BAND)


@pytest.mark.parametrize(
    ("counts", "basis", "trials"),
    [
        ({"impressions": 9_000, "clicks": 100, "conversions": 4}, "clicks", 100.0),
        ({"impressions": 9_000, "clicks": 100, "conversions": 100}, "clicks", 100.0),
        ({"impressions": 9_000, "clicks": 1, "conversions": 0}, "clicks", 1.0),
        ({"impressions": 9_000, "clicks": 3, "conversions": 4}, "impressions", 9_000 * 0.02),
        ({"impressions": 9_000, "conversions": 4}, "impressions", 9_000 * 0.02),
        ({"impressions": 4, "conversions": 4}, "impressions", 4 * 0.02),
        ({"impressions": 9_000, "conversions": 0}, "impressions", 9_000 * 0.02),
        ({"impressions": 3, "conversions": 4}, None, None),
        ({"impressions": 9_000, "clicks": 0, "conversions": 0}, None, None),
        ({"impressions": 9_000, "clicks": 100}, None, None),
        ({"impressions": 0, "conversions": 0}, None, None),
        ({"clicks": 100, "conversions": 4}, "clicks", 100.0),
    ],
)
def test_conversions_are_read_of_clicks_and_else_of_the_clicks_that_impressions_lead_to_expect(counts, basis, trials):
    found = converts(arranged(counts))
    if basis is None:
        assert len(found.rows) == 0
        return
    assert found.by_clicks.tolist() == [basis == "clicks"]
    assert found.trials.tolist() == pytest.approx([trials])
    assert found.count_trials.tolist() == [counts[basis]]
    assert found.count_events.tolist() == [counts["conversions"]]
    assert found.open_variance.tolist() == [0.0 if basis == "clicks" else 0.3]
    assert found.band == CONVERT_BAND


@pytest.mark.parametrize(("rate", "trials"), [(1.5, 9_000.0), (1e-12, 9e-6)])
def test_a_click_rate_stays_possible(rate, trials):
    assert converts(arranged({"impressions": 9_000, "conversions": 4}), rate).trials.tolist() == pytest.approx([trials])


def test_a_campaign_without_a_market_leaves_more_open():
    of = arranged({"impressions": 9_000, "engagements": 40, "market": "ZZ"}, {"impressions": 9_000, "engagements": 40})
    assert measured_engage(of).open_variance.tolist() == pytest.approx([0.09, 0.0])
    conversions = {"impressions": 9_000, "conversions": 4, "market": "ZZ"}
    assert converts(arranged(conversions)).open_variance.tolist() == pytest.approx([0.3 + 0.09])


def test_ages_are_quarters_before_the_newest_campaign():
    days = (date(2025, 3, 31), date(2025, 4, 1), date(2026, 1, 1), date(2026, 3, 31))
    of = arranged(*({"date": day} for day in days))
    assert of.floats("age").tolist() == [4.0, 3.0, 0.0, 0.0]
    days = pl.Series([date(2025, 12, 31), date(2026, 1, 1)])
    assert pl.select(quarter_of(pl.lit(days))).to_series().to_list() == [2025 * 4 + 3, 2026 * 4]


def test_campaigns_are_sorted_by_creator_and_key_and_those_of_strangers_left_out():
    known = (creator("a", followers=7), creator("b", platform="youtube", vertical="food", tier="mega"))
    rows = (
        {"creator_id": "b", "impressions": 1}, {"creator_id": "x", "impressions": 2},
        {"creator_id": "a", "impressions": 3, "platform": "tiktok"}, {"creator_id": "b", "impressions": 4},
        {"creator_id": "a", "impressions": None},
    )  # fmt: skip
    of = arranged(*rows, creators=known)
    assert of.table["creator_id"].to_list() == ["a", "a", "b", "b"]
    assert of.counts("impressions").tolist() == [3, -1, 1, 4]
    assert of.counts("creator").tolist() == [0, 0, 1, 1]
    assert of.table["platform"].to_list() == ["tiktok", "instagram", "youtube", "youtube"]
    assert of.table["followers"].to_list() == [7, 7, 40_000, 40_000]
    assert next(f for f in of.factors if f.name == "vertical").codes.ravel().tolist() == [-1, -1, 0, 0]
    sorted_already = arranged({"impressions": 1}, {"impressions": 2})
    assert sorted_already.counts("impressions").tolist() == [1, 2]


def test_each_campaign_knows_its_share_of_the_audience_in_its_market():
    """One creator of DE with .7 of its audience there: expected (.7 + 2 x .7) / 3 = .7."""
    of = arranged({"market": "DE"}, {"market": "US"}, {"market": "ZZ"})
    assert of.typical_share == pytest.approx(0.7)
    american = round((200_000 + 2 * 200_000) / 3) / 1e6
    assert of.floats("share").tolist() == pytest.approx([0.7, 0.99 * 0.2 + 0.01 * american, 0.7])
    assert (of.floats("low").tolist(), of.floats("high").tolist()) == (
        pytest.approx([0.7, 0.2, 0.7]), pytest.approx([0.7, 0.2, 0.7]),
    )  # fmt: skip


def test_taking_some_campaigns_takes_them_everywhere():
    of = measured_engage(arranged(*({"impressions": 1_000 + at, "engagements": at} for at in range(4))))
    some = of.take(np.array([1, 3]))
    assert some.count_trials.tolist() == [1_001, 1_003]
    assert some.count_events.tolist() == [1, 3]
    assert all(len(factor.codes) == 2 for factor in some.factors)
    assert of.after_judging().trials.tolist() == of.after_judging().low.tolist() == []


def test_trials_are_counted_where_both_counts_were_measured_and_stated_ones_are_kept():
    table = pl.DataFrame(
        {"impressions": [10, 20, None], "engagements": [1, None, 3], "clicks": [5, 6, 7], "conversions": [None, 2, 0]},
    )  # fmt: skip
    found = with_trials(table)
    assert found["engage_trials"].to_list() == [10, None, None]
    assert found["engage_events"].to_list() == [1, None, None]
    assert found["click_trials"].to_list() == [10, 20, None]
    assert found["click_events"].to_list() == [5, 6, None]
    assert found["convert_trials"].to_list() == [None, 6, 7]
    assert found["convert_events"].to_list() == [None, 2, 0]
    assert with_trials(found.with_columns(click_trials=pl.lit(99)))["click_trials"].to_list() == [99] * 3


def test_a_field_without_campaigns_is_arranged_as_nothing():
    of = arrange(*tables([creator("a")], [], {"a": HOME}))
    assert (of.table.height, of.typical_share) == (0, pytest.approx(0.7))
    assert measured_engage(of).rows.tolist() == []
    assert {"share", "low", "high", "quarter", "age", "creator"} <= set(of.table.columns)

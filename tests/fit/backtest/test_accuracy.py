"""Is what was said and what came summed up rightly, and said in a sentence?"""

from datetime import date

import polars as pl
import pytest

from fit.backtest.accuracy import Decile, Held, accuracy_line, accuracy_of
from fit.backtest.walk import Walked


def walked(pits: dict[str, list[float]], **columns: list) -> Walked:
    """Results of campaigns k0, k1 ... of two platforms in turn; columns: of every metric alike."""
    rows = [
        {"campaign_key": at, "campaign_id": f"k{at}", "creator_id": "a", "platform": ("tiktok", "youtube")[at % 2],
         "date": date(2025, 1, 1), "quarter": "2025-Q1", "metric": metric, "actual": 1.0, "p10": 0.0, "p50": 1.0,
         "p90": 2.0, "pit": pit, **{name: values[at] for name, values in columns.items()}}
        for metric, of in pits.items()
        for at, pit in enumerate(of)
    ]  # fmt: skip
    tried = pl.DataFrame({"said": [0.02, 0.08, 0.95, 1.0], "hit": [0.0, 1.0, 1.0, 1.0]})
    return Walked(("2025-Q1",), pl.DataFrame(rows), tried)


SCORES = {"wis": [0.2, 0.4, 0.3, 0.3], "wis_raw": [0.4, None, 0.6, None], "wis_field": [0.3, 0.3, 0.3, 0.3]}
FOUR = accuracy_of(walked({"clicks": [0.05, 0.3, 0.55, 0.98], "revenue": [0.2, 0.2, 0.2, 0.2]}, **SCORES))


def test_every_metric_says_how_often_its_range_held_where_and_against_whom() -> None:
    clicks, revenue = FOUR.metrics
    assert (clicks.metric, revenue.metric) == ("clicks", "revenue")
    assert clicks.held == Held(4, 0.5, 0.5, pytest.approx(0.47))
    assert clicks.platforms == {
        "tiktok": Held(2, 0.5, 0.5, pytest.approx(0.3)), "youtube": Held(2, 0.5, 0.5, pytest.approx(0.64)),
    }  # fmt: skip
    assert (clicks.wis_against_raw, clicks.count_raw) == (pytest.approx(0.5), 2)
    assert (clicks.wis_against_field, clicks.count_field) == (pytest.approx(1.0), 4)
    assert clicks.pit == (0.25, 0, 0, 0.25, 0, 0.25, 0, 0, 0, 0.25)
    assert FOUR.overall == Held(8, 0.75, 0.25, pytest.approx(0.335))


def test_chances_are_held_against_what_happened_by_tenth() -> None:
    first, *middle, last = FOUR.p_hit_by_decile
    assert first == Decile(pytest.approx(0.05), 0.5, 2)
    assert middle == [Decile(None, None, 0)] * 8
    assert last == Decile(0.975, 1.0, 2)


def test_the_interval_of_a_share_is_wilsons() -> None:
    assert Held(100, 0.8, 0.5, 0.5).interval == pytest.approx((0.7112, 0.8666), abs=1e-4)
    assert Held(10, 1.0, 0.5, 0.5).interval[1] == 1.0
    assert Held(100, 0.8, 0.5, 0.5).middle_interval == pytest.approx((0.4434, 0.5566), abs=1e-4)


def test_one_line_says_how_many_results_the_ranges_held() -> None:
    assert FOUR.counts == (6, 8)
    assert (
        accuracy_line(*FOUR.counts).replace("\xa0", " ")
        == "Checked on your past campaigns: 80 % ranges held 6 of 8 results."
    )


def test_the_answer_is_two_sentences() -> None:
    assert FOUR.because.replace("\xa0", " ") == (
        "75 % of 8 results from 4 past campaigns fell inside the likely range forecast before their quarter (should be "
        "80 %). Forecasts were closer than the creator's own past rate for 2 of 2 metrics."
    )

    none = accuracy_of(walked({"clicks": [0.5] * 4}, **SCORES | {"wis": [0.9] * 4}))
    assert none.because.endswith("for 0 of 1 metrics.")
    alone = accuracy_of(walked({"clicks": [0.5] * 4}, **SCORES | {"wis_raw": [None] * 4}))
    assert alone.metrics[0].wis_against_raw is None
    assert alone.because.endswith("(should be 80 %).")


def test_the_document_has_the_promised_keys() -> None:
    document = FOUR.as_json()
    assert set(document) == {"quarters", "count_campaigns", "metrics", "p_hit_by_decile", "recalibration", "because"}
    assert document["metrics"]["clicks"]["held_80"] == 0.5
    assert set(document["metrics"]["clicks"]) >= {"count", "held_80", "wis_against_raw", "wis_against_field", "pit"}
    assert document["p_hit_by_decile"][0] == {"stated": pytest.approx(0.05), "happened": 0.5, "count": 2}
    assert len(document["p_hit_by_decile"]) == 10

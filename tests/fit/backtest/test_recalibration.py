"""Is a correction earned only where it helps on quarters that it was not fitted on?"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from fit.backtest.known_before import Facts, judged
from fit.backtest.recalibration import Recalibration, recalibrations, tried_recalibrations
from fit.backtest.walk import Walked, quarter_number, walk_forward
from fit.forecast import StoredBasis, rows_of_corrections
from fit.model import quarter_of
from tests.fit.backtest.facts import facts

QUARTERS = ("2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4")


def walked(count: int, *, level: float = 0.0, spread: float = 1.0, said: float = 1.0, metric: str = "clicks") -> Walked:
    """Results spread (log sd) around exp(5 + level), forecast as exp(5) with a log sd of `said`."""
    g = np.random.default_rng(4)
    actual = np.round(np.exp(5 + level + spread * g.standard_normal(count)))
    low, high = np.exp(5 - 1.2816 * said), np.exp(5 + 1.2816 * said)
    quarters = [QUARTERS[4 * at // count] for at in range(count)]
    rows = pl.DataFrame({"metric": metric, "quarter": quarters, "actual": actual, "p50": np.exp(5)})
    return Walked(QUARTERS, rows.with_columns(p10=pl.lit(low), p90=pl.lit(high)), pl.DataFrame())


def test_right_forecasts_earn_no_correction() -> None:
    (one,) = recalibrations(walked(400))
    assert not one.is_earned
    assert (one.metric, one.count, one.tried) == ("clicks", 400, 200)
    assert abs(one.shift) < 0.2
    assert one.sentence.replace("\xa0", " ") == (
        f"Clicks: a correction would not help; ranges held {100 * one.held_before:.0f} % of 200 later results."
    )


def test_ranges_that_are_too_narrow_earn_a_width() -> None:
    (one,) = recalibrations(walked(400, said=0.5))
    assert one.is_earned
    assert 1.5 < one.width < 2.5
    assert one.held_before < 0.6 < 0.7 < one.held_after < 0.9
    assert one.gain > 2 * one.gain_error


def test_rates_that_are_twice_too_high_earn_a_shift() -> None:
    (one,) = recalibrations(walked(400, level=-np.log(2.0)))
    assert one.is_earned
    assert -0.9 < one.shift < -0.5
    assert "Clicks: forecasts times 0.5 would help" in one.sentence


def test_too_few_results_or_quarters_say_nothing() -> None:
    assert recalibrations(walked(49, said=0.2)) == ()
    alone = walked(400, said=0.2)
    one_quarter = alone.outcomes.with_columns(quarter=pl.lit("2025-Q1"))
    assert recalibrations(Walked(("2025-Q1",), one_quarter, pl.DataFrame())) == ()


def test_the_document_has_plain_values() -> None:
    (one,) = recalibrations(walked(60))
    assert set(one.as_json()) == {
        "metric", "count", "tried", "since", "shift", "extra_sd", "width", "gain", "gain_error", "held_before",
        "held_after", "earned",
    }  # fmt: skip


def recalibration(**changed: float) -> Recalibration:
    usual = {
        "count": 400, "tried": 200, "since": "2025-Q3", "shift": 0.0, "extra_sd": 0.5, "width": 1.5, "gain": 0.1,
        "gain_error": 0.02, "held_before": 0.6, "held_after": 0.8,
    }  # fmt: skip
    return Recalibration("clicks", **(usual | changed))


def test_a_correction_that_changes_nothing_is_none() -> None:
    assert recalibration().is_earned
    assert not recalibration(extra_sd=0.0).is_earned
    assert recalibration(extra_sd=0.0, shift=0.2).is_earned


def test_a_width_or_a_shift_that_nobody_would_see_is_not_fitted() -> None:
    (one,) = recalibrations(walked(4_000, level=0.03, said=0.98))
    assert (one.shift, one.extra_sd, one.width) == (0.0, 0.0, 1.0)


def falling(factor: float) -> Facts:
    """Two creators with two posts a month, whose impressions fall by this factor from quarter to quarter."""
    once = facts()
    twice = once.campaigns.with_columns(
        pl.col("campaign_key") + once.campaigns.height, pl.col("date").dt.offset_by("9d")
    )
    quarter = (quarter_of(pl.col("date")) - 4 * 2024).cast(pl.Float64)
    fewer = (pl.col("impressions") * factor**quarter).round().cast(pl.Int64)
    both = pl.concat([once.campaigns, twice]).with_columns(impressions=fewer, engage_trials=fewer, click_trials=fewer)
    return replace(once, campaigns=both)


@pytest.mark.thorough
def test_what_promises_a_gain_is_tried_by_forecasting_the_later_quarters_anew() -> None:
    known = falling(0.7)
    past = walk_forward(known)
    found = tried_recalibrations(known, past)
    promised, tried = recalibrations(past)[0], found[0]
    assert (promised.metric, promised.shift) == (tried.metric, tried.shift) == ("impressions", promised.shift)
    assert promised.shift < -0.3
    assert promised.is_earned
    assert tried.is_earned
    assert tried.gain != promised.gain
    own = pl.col("metric") == "impressions"
    again = walk_forward(known, quarter_number(tried.since), judge=lambda then: with_corrections(judged(then), found))
    gain = (
        past.outcomes.filter(own, pl.col("quarter") >= tried.since)["wis"].mean()
        - again.outcomes.filter(own)["wis"].mean()
    )
    assert tried.gain == pytest.approx(gain)
    assert [one.correction.changes for one in found] == [one.is_earned for one in found]


def with_corrections(stored: StoredBasis, found: Sequence[Recalibration]) -> StoredBasis:
    """A judgement whose forecasts are corrected, as a data version would hold it."""
    rows = rows_of_corrections(one.correction for one in found)
    return replace(stored, field_facts=pl.concat([stored.field_facts, rows]))


def test_a_gain_must_be_beyond_luck() -> None:
    assert not recalibration(gain=0.039).is_earned
    assert recalibration(gain=0.041).is_earned

"""Does a correction change the metric that earned it, and nothing else?"""

from dataclasses import replace
from math import exp, log, sqrt

import polars as pl
import pytest

from fit.forecast import Correction, correction_of, correction_sentence, forecasts, rows_of_corrections
from fit.forecast.correction import corrected_facts, corrections_in
from fit.forecast.outcomes import NO_RATES, standard_outcomes
from fit.forecast.stored_basis import StoredBasis
from tests.worked_example import FACTS, stored

BRIEF = pl.DataFrame({"creator_id": ["ada"], "market": ["DE"]})


def correction(metric: str, shift: float = 0.0, extra_sd: float = 0.0, width: float = 1.0) -> Correction:
    return Correction(metric, shift, extra_sd, width, 120.0, 0.6, 0.79)


def corrected(*corrections: Correction) -> StoredBasis:
    field, rows = stored(), rows_of_corrections(corrections).select("name", "value")
    return replace(field, field_facts=pl.concat([field.field_facts, rows]))


def said(field: StoredBasis) -> dict[str, dict[str, float]]:
    rows = forecasts(BRIEF, field, metrics=("impressions", "reach", "engagements", "clicks", "conversions"))
    return {row["metric"]: row for row in rows.iter_rows(named=True)}


def test_without_a_correction_no_number_changes_by_a_bit() -> None:
    shifts = {"view_shift": 0.0, "frequency_shift": 0.0, "order_shift": 0.0, "order_sd": 0.0}
    assert corrected_facts(FACTS) == FACTS | shifts
    assert corrections_in(FACTS) == ()
    assert rows_of_corrections(()).height == 0


def test_corrections_come_back_from_the_rows_of_the_field() -> None:
    both = (correction("impressions", -0.25), correction("clicks", 0.1, 0.4, 1.3))
    assert corrections_in(corrected(*both).facts) == both


TRIED = ("impressions", "reach", "engagements", "clicks", "conversions")


@pytest.mark.parametrize("metric", TRIED)
def test_a_shift_moves_its_metric_and_leaves_those_that_were_tried_and_earned_none(metric: str) -> None:
    tried = [correction(name, log(0.8) if name == metric else 0.0) for name in TRIED]
    before, after = said(stored()), said(corrected(*tried))
    for name, row in after.items():
        factor = 0.8 if name == metric else 1.0
        assert row["p50"] == pytest.approx(factor * before[name]["p50"], rel=0.03, abs=1)
        assert row["mean"] == pytest.approx(factor * before[name]["mean"], rel=0.03)


def test_what_was_never_tried_follows_what_it_is_counted_from() -> None:
    before, after = said(stored()), said(corrected(correction("impressions", log(0.8)), correction("clicks")))
    factors = {"impressions": 0.8, "reach": 0.8, "engagements": 0.8, "clicks": 1.0, "conversions": 1.0}
    for name, factor in factors.items():
        assert after[name]["mean"] == pytest.approx(factor * before[name]["mean"], rel=0.03)


def test_a_spread_widens_the_range_around_the_same_middle() -> None:
    before, after = said(stored()), said(corrected(correction("clicks", extra_sd=0.8)))
    clicks, wider = before["clicks"], after["clicks"]
    assert wider["p50"] == pytest.approx(clicks["p50"], rel=0.05)
    was, now = (log(row["p90"] / row["p10"]) / (2 * 1.2816) for row in (clicks, wider))
    assert now == pytest.approx(sqrt(was**2 + 0.8**2), rel=0.05)
    assert after["engagements"] == before["engagements"]
    assert after["conversions"]["p90"] > 1.2 * before["conversions"]["p90"]  # who buys has clicked


def test_a_click_spreads_as_impressions_do_and_its_own_spread_comes_on_top_only_beyond_that() -> None:
    both = corrected(correction("impressions", extra_sd=0.5), correction("clicks", extra_sd=0.4))
    facts = corrected_facts(both.facts)
    assert facts["k_click"] == FACTS["k_click"]
    assert facts["view_campaign_sd"] == pytest.approx(sqrt(0.2**2 + 0.5**2))


def test_revenue_is_corrected_through_the_order() -> None:
    facts = corrected_facts(corrected(correction("revenue", 0.2, 0.3)).facts)
    assert (facts["order_shift"], facts["order_sd"]) == (0.2, pytest.approx(0.3))


def test_the_list_expects_the_mean_of_the_corrected_forecast() -> None:
    some = (correction("conversions", log(0.7), 0.3), correction("impressions", 0.1, 0.2), correction("reach", 0.3))
    before, after = (standard_outcomes(field, NO_RATES).row(0, named=True) for field in (stored(), corrected(*some)))
    assert after["purchases"] == pytest.approx(before["purchases"] * 0.7 * exp(0.3**2 / 2), rel=1e-9)
    assert after["cost"] == before["cost"]  # what creators usually cost is no forecast
    drawn = [said(field)["reach"]["mean"] for field in (stored(), corrected(*some))]
    assert after["reach"] / before["reach"] == pytest.approx(drawn[1] / drawn[0], rel=0.03)


def test_it_is_said_what_changed_and_why() -> None:
    some = (correction("clicks", 0.0, 0.5, 1.2), correction("conversions", log(0.85)), correction("reach", log(1.1)))
    text = correction_sentence(some).replace("\xa0", " ")
    assert text == (
        "Ranges are wider (clicks by 20 %), because past results fell outside more often. Forecasts of purchases "
        "are lowered by 15 %, because past results were lower. Forecasts of reach are raised by 10 %, because past "
        "results were higher."
    )
    assert correction_sentence(()) == ""


def test_a_list_says_what_changes_its_own_outcome_alone() -> None:
    facts = corrected(correction("clicks", 0.2, 0.5, 1.2), correction("engagements", 0.3)).facts
    assert "clicks by 20" in correction_of(facts, "in_market_conversions")
    assert "engagements" not in correction_of(facts, "in_market_conversions")
    assert correction_of(facts, "in_market_reach") == ""


def test_a_list_says_the_spread_of_what_its_outcome_is_counted_from_and_a_shift_only_where_it_follows() -> None:
    seen = correction("impressions", log(0.8), 0.5, 1.2)
    kept, follows = (corrected(seen, *more).facts for more in ([correction("clicks")], []))
    assert "impressions by 20" in correction_of(kept, "in_market_conversions")
    assert "lowered" not in correction_of(kept, "in_market_conversions")
    assert "impressions are lowered by 20" in correction_of(follows, "in_market_conversions")

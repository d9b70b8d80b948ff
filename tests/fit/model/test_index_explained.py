"""Does an index follow from its campaigns by hand, near enough to be believed?"""

from math import exp, log

import polars as pl
import pytest

from fit.model.index_explained import explain_index

ONE = pl.DataFrame(
    {
        "campaign_id": ["big", "none"],
        "count_events": [200, 0],
        "count_trials": [10_000, 500],
        "expected_events": [100.0, 5.0],
        "evidence": [6.0, 2.5],
    }
)


def test_the_part_that_counts_is_the_evidence_over_what_the_creator_leads_to_expect():
    hand = explain_index(ONE, 150.0, 0.5)
    assert hand.campaigns["part_that_counts"].to_list() == pytest.approx([6 / 150, 2.5 / 7.5])
    assert hand.campaigns["own_index"].to_list() == [200.0, 0.0]
    assert hand.campaigns["own_rate"].to_list() == [0.02, 0.0]
    assert hand.campaigns["benchmark_rate"].to_list() == [0.01, 0.01]
    assert (hand.counted_events, hand.counted_expected) == pytest.approx((8.0, 4.0 + 5 / 3))
    assert hand.prior_events == pytest.approx(3.5208, abs=1e-4)
    assert hand.index == pytest.approx(100 * (3.5208 + 8) / (3.5208 + 4 + 5 / 3), rel=1e-4)


def test_without_campaigns_and_without_spread_the_index_is_typical():
    assert explain_index(ONE.clear(), 100.0, 0.5).index == 100.0
    assert explain_index(ONE, 150.0, 0.0).index == pytest.approx(100.0, abs=0.01)


@pytest.mark.thorough
def test_by_hand_comes_near_the_stored_index_of_every_creator(ask_demo):
    facts = dict(ask_demo("field_facts").select("name", "value").iter_rows())
    off = {"engage": [], "click": [], "convert": []}
    for row in ask_demo("strengths", creators=None).filter(pl.col("count_campaigns") > 0).iter_rows(named=True):
        evidence = ask_demo("evidence_of_creator", creator_id=row["creator_id"])
        stage = row["stage"]
        hand = explain_index(evidence.filter(pl.col("stage") == stage), row["index"], facts[f"tau_{stage}"])
        off[stage].append(log(hand.index / row["index"]))
    spread = {stage: (sum(x * x for x in values) / len(values)) ** 0.5 for stage, values in off.items()}
    assert max(spread["engage"], spread["click"], spread["convert"]) < 0.12


def test_the_prior_is_worth_the_events_of_a_gamma_with_the_spread_tau():
    """1 / (e^(tau^2) - 1): 3.52 events for .5, 1.58 for .7, and a million where creators do not differ."""
    events = [explain_index(ONE.clear(), 100.0, tau).prior_events for tau in (0.5, 0.7, 0.0, 1e-4)]
    assert events == pytest.approx([1 / (exp(0.25) - 1), 1 / (exp(0.49) - 1), 999_999.5, 999_999.5], rel=1e-6)


def test_no_campaign_counts_for_more_than_itself():
    """Evidence of 6 where the creator leads to expect 3: the whole campaign counts."""
    hand = explain_index(ONE.with_columns(evidence=pl.lit(600.0)), 100.0, 0.5)
    assert hand.campaigns["part_that_counts"].to_list() == [1.0, 1.0]
    assert hand.counted_events == float(ONE["count_events"].sum())
    assert hand.counted_expected == pytest.approx(float(ONE["expected_events"].sum()))

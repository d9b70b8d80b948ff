"""Is a role named only when it is sure, and does it say why?"""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fit.model.payoff import Strengths
from fit.model.role import natural_role, prose_percent, role_in_market


def roles(mean: list[float], sd: float, evidence: tuple[float, float, float] = (20, 10, 5)) -> dict:
    """The natural role of one creator with uncorrelated stages."""
    strengths = Strengths(np.array([mean]), np.array([np.eye(3) * sd**2]))
    return natural_role(pl.Series(["a"]), strengths, np.array([evidence], float)).row(0, named=True)


@pytest.mark.parametrize(
    ("mean", "sd", "label", "confidence"),
    [
        ([0.0, 0.5, 0.4], 0.3, "conversion", "clear"),
        ([0.0, 0.2, 0.1], 0.3, "conversion", "leaning"),
        ([0.6, 0.0, -0.2], 0.3, "awareness", "clear"),
        ([0.2, 0.0, -0.1], 0.3, "awareness", "leaning"),
        ([0.0, 0.0, 0.0], 0.5, "pilot", "none"),
        ([0.0, 0.0, 0.0], 0.15, "balanced", "none"),
    ],
)
def test_a_label_needs_to_be_sure(mean, sd, label, confidence):
    found = roles(mean, sd)
    assert (found["label"], found["confidence"]) == (label, confidence)


def test_conversion_is_never_named_on_less_than_one_event():
    found = roles([-2.0, 0.0, 0.0], 0.3, evidence=(50.0, 0.5, 0.4))
    assert found["p_conversion"] > 0.97
    assert (found["label"], found["confidence"]) == ("pilot", "none")


def test_awareness_may_be_named_without_conversions():
    assert roles([2.0, 0.0, 0.0], 0.3, evidence=(50.0, 0.0, 0.0))["label"] == "awareness"


def test_the_probability_counts_how_stages_go_together():
    covariance = np.array([[[0.09, 0.0, 0.0], [0.0, 0.09, 0.08], [0.0, 0.08, 0.09]]])
    together = natural_role(pl.Series(["a"]), Strengths(np.array([[0.0, 0.3, 0.3]]), covariance), np.ones((1, 3)))
    assert together["gap_sd"][0] == pytest.approx((3 * 0.09 + 2 * 0.08) ** 0.5)
    assert together["covariance_click_convert"][0] == pytest.approx(0.08)


def stage(index: float, count: int = 2, evidence: float = 6.0, spread: float = 1.3) -> dict:
    return {
        "index": index,
        "low": index / spread,
        "high": index * spread,
        "count_campaigns": count,
        "evidence": evidence,
    }


STAGES = {"engage": stage(84, 4), "click": stage(128, 3, 11.0), "convert": stage(117, 2, 3.0)}
LEANING = {"label": "conversion", "confidence": "leaning", "p_conversion": 0.71}
HERE = {"in_market_share": 0.62, "in_market_reach": 8_000.0, "market": "Germany"}


def test_the_reason_names_strengths_intervals_evidence_and_audience():
    role = role_in_market(LEANING, STAGES, payoff_awareness=0.9, payoff_conversion=1.3, **HERE)
    assert role.because == (
        "Leaning conversion (71 % sure). Clicks 128 (98-166; 100 = typical creator on comparable campaigns), "
        "purchases per click 117 (90-152), engagement 84 (65-109). From 4 campaigns, 3 with click and 2 with purchase "
        "tracking: that counts as 11 clicks' and 3 sales' worth of evidence, because one campaign proves little "
        "however big. 62 % of the audience lives in Germany, about 8,000 people for one standard deliverable."
    )
    assert (role.label, role.confidence, role.p_conversion) == ("conversion", "leaning", 0.71)
    assert role.what_would_change.startswith("What would change this:")
    assert role.speaks_for == ("conversion payoff 1.30 of market price with 62 % of the audience in Germany",)


def test_little_audience_for_the_money_is_not_for_this_market():
    role = role_in_market(
        LEANING,
        STAGES,
        payoff_awareness=0.2,
        payoff_conversion=0.3,
        in_market_share=0.12,
        in_market_reach=900.0,
        market="Austria",
    )
    assert (role.label, role.confidence) == ("not for this market", "clear")
    assert "12 % of the audience lives in Austria, about 900 people" in role.because
    assert "60 %" in role.what_would_change


def test_conversion_is_not_named_where_it_pays_less_than_half():
    role = role_in_market(LEANING, STAGES, payoff_awareness=0.7, payoff_conversion=0.4, **HERE)
    assert role.label == "awareness"
    assert "62 % of the audience lives in Germany" in role.because


def test_an_unknown_audience_keeps_the_natural_role_and_says_so():
    role = role_in_market(
        LEANING, STAGES, payoff_awareness=None, payoff_conversion=None, in_market_share=None, market="Germany"
    )
    assert role.label == "conversion"
    assert "nobody knows how much of it lives in Germany" in role.because
    assert "audience by country unknown" in role.speaks_against


def test_the_unknown_part_is_named():
    role = role_in_market(
        LEANING, STAGES, payoff_awareness=1.0, payoff_conversion=1.0, in_market_share_upper=0.83, **HERE
    )
    assert "62 % of the audience lives in Germany (at most 83 % with the unknown part)" in role.because


def test_what_was_never_measured_is_asked_for():
    stages = STAGES | {"convert": stage(100, 0, 0.0)}
    role = role_in_market(
        {"label": "pilot", "confidence": "none", "p_conversion": 0.55},
        stages,
        payoff_awareness=1.0,
        payoff_conversion=1.0,
        **HERE,
    )
    assert role.what_would_change == "What would change this: one campaign with purchase tracking."
    assert "purchases per click not measured, likely 100 (77-130)" in role.because


@given(st.floats(0, 1))
def test_prose_never_claims_certainty(probability):
    assert 3 <= prose_percent(probability) <= 97

"""Is a role named only when it is sure, and does it say why?"""

from statistics import NormalDist

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fit.model.payoff import Strengths
from fit.model.role import natural_role, prose_percent, role_in_market


def natural(
    mean: list[float], covariance: np.ndarray, evidence: tuple = (20, 10, 5), counts: tuple = (4, 4, 4)
) -> dict:
    """The natural role of one creator. counts: campaigns that measured engagement, clicks and purchases."""
    strengths = Strengths(np.array([mean]), covariance[None], np.ones((1, 3)))
    found = natural_role(pl.Series(["a"]), strengths, np.array([evidence], float), np.array([counts]))
    return found.row(0, named=True)


def roles(mean: list[float], sd: float, evidence: tuple = (20, 10, 5), counts: tuple = (4, 4, 4)) -> dict:
    """The natural role of one creator with uncorrelated stages."""
    return natural(mean, np.eye(3) * sd**2, evidence, counts)


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
    covariance = np.array([[0.09, 0.0, 0.0], [0.0, 0.09, 0.08], [0.0, 0.08, 0.09]])
    together = natural([0.0, 0.3, 0.3], covariance)
    assert together["gap_sd"] == pytest.approx((3 * 0.09 + 2 * 0.08) ** 0.5)
    assert together["covariance_click_convert"] == pytest.approx(0.08)


@pytest.mark.parametrize(
    ("mean", "counts", "confidence"),
    [
        ([0.0, 0.9, 0.4], (9, 2, 2), "clear"),
        ([0.0, 0.9, 0.4], (9, 9, 1), "leaning"),
        ([0.0, 0.9, 0.4], (9, 1, 9), "leaning"),
        ([0.0, 0.9, 0.4], (9, 9, 0), "leaning"),
        ([0.9, 0.0, 0.0], (2, 0, 0), "clear"),
        ([0.9, 0.0, 0.0], (1, 9, 9), "leaning"),
    ],
)
def test_no_role_is_clear_from_fewer_than_two_campaigns_at_its_stages(mean, counts, confidence):
    assert roles(mean, 0.3, counts=counts)["confidence"] == confidence


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
HERE = {"in_market_share": 0.62, "market": "Germany"}


def test_the_reason_names_strengths_intervals_evidence_and_audience():
    role = role_in_market(LEANING, STAGES, payoff_awareness=0.9, payoff_conversion=1.3, **HERE)
    assert role.because == (
        "Leaning conversion (71 % sure, 4 campaigns). Clicks 128 (98-166; 100 = similar creators on "
        "comparable campaigns), purchases per click 117 (90-152), engagement 84 (65-109). Based on 4 "
        "campaigns, 3 with click and 2 with purchase tracking. We cap the weight of any single "
        "campaign, so they count as 11 clicks and 3 purchases. 62 % of the audience lives in Germany."
    )
    assert (role.label, role.confidence, role.p_conversion) == ("conversion", "leaning", 0.71)
    assert role.what_would_change.startswith("What would change this:")
    assert role.reasons_to_book == (
        "30\u00a0% more purchases than the same money usually brings, with 62\u00a0% of the audience in Germany",
    )


def test_too_small_an_audience_there_is_not_for_this_market():
    role = role_in_market(
        LEANING, STAGES, payoff_awareness=0.2, payoff_conversion=0.3, in_market_share=0.12,
        elsewhere=("FR", 0.72), market="Austria",
    )  # fmt: skip
    assert (role.label, role.confidence) == ("not for this market", "clear")
    assert role.summary == (
        "12 % of the audience lives in Austria. More of it lives in France: 72 %. Not for this market."
    )
    assert role.change == "a market where more of the audience lives."


@pytest.mark.parametrize("price_factor", [0.01, 1.0, 100.0])
@pytest.mark.parametrize(("at_usual_price", "label"), [(0.49, "not for this market"), (0.5, "conversion")])
def test_no_price_makes_a_creator_fit_a_market_or_unfit_for_it(price_factor, at_usual_price, label):
    """Asked half the usual price, a payoff is twice what it is at the usual one; the market is judged by the latter."""
    worth = price_factor * at_usual_price
    role = role_in_market(
        LEANING, STAGES, payoff_awareness=worth, payoff_conversion=worth, price_factor=price_factor, **HERE
    )
    assert role.label == label


@pytest.mark.parametrize(("upper", "label"), [(0.0499, "not for this market"), (0.05, "conversion")])
def test_fewer_than_one_in_twenty_there_is_nobody_whatever_the_price(upper, label):
    role = role_in_market(
        LEANING, STAGES, payoff_awareness=9.0, payoff_conversion=9.0, in_market_share=0.01,
        in_market_share_upper=upper, market="Germany",
    )  # fmt: skip
    assert role.label == label


def test_conversion_is_not_named_where_too_few_could_buy():
    role = role_in_market(LEANING, STAGES, payoff_awareness=0.7, payoff_conversion=0.4, **HERE)
    assert role.label == "awareness"
    assert "62 % of the audience lives in Germany" in role.because
    assert "For awareness only: too little of the audience lives in Germany to buy there." in role.summary


def test_an_unknown_audience_keeps_the_natural_role_and_says_so():
    role = role_in_market(
        LEANING, STAGES, payoff_awareness=None, payoff_conversion=None, in_market_share=None, market="Germany"
    )
    assert role.label == "conversion"
    assert "No audience by country is loaded, so the share in Germany is unknown." in role.because
    assert "audience by country unknown" in role.reasons_not_to_book


def test_the_unknown_part_is_named():
    role = role_in_market(
        LEANING, STAGES, payoff_awareness=1.0, payoff_conversion=1.0, in_market_share_upper=0.83, **HERE
    )
    assert "62 % of the audience lives in Germany (at most 83 % with the unknown part)" in role.because
    scarce = HERE | {"in_market_share": 0.005, "in_market_share_upper": 0.97}
    role = role_in_market(LEANING, STAGES, payoff_awareness=1.0, payoff_conversion=1.0, **scarce)
    assert "0.50 % of the audience lives in Germany (at most 97 % with the unknown part)" in role.because


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
    assert "purchases per click no data yet (similar creators: 77-130)," in role.because


@given(st.floats(0, 1))
def test_prose_never_claims_certainty(probability):
    assert 3 <= prose_percent(probability) <= 97


def with_chance(p_conversion: float, gap_sd: float, evidence: tuple[float, float, float] = (20, 10, 5)) -> dict:
    """The natural role of a creator whose D has this chance to be above 0, and this spread: sd^2 a third each."""
    mean = NormalDist().inv_cdf(p_conversion) * gap_sd
    return roles([0.0, mean, 0.0], gap_sd / 3**0.5, evidence)


@pytest.mark.parametrize(
    ("p_conversion", "label", "confidence"),
    [
        (0.801, "conversion", "clear"),
        (0.799, "conversion", "leaning"),
        (0.651, "conversion", "leaning"),
        (0.649, "pilot", "none"),
        (0.5, "pilot", "none"),
        (0.351, "pilot", "none"),
        (0.349, "awareness", "leaning"),
        (0.201, "awareness", "leaning"),
        (0.199, "awareness", "clear"),
    ],
)
def test_a_label_is_leaning_from_65_percent_and_clear_from_80(p_conversion, label, confidence):
    found = with_chance(p_conversion, 0.5)
    assert found["p_conversion"] == pytest.approx(p_conversion, rel=1e-9)
    assert (found["label"], found["confidence"]) == (label, confidence)


@pytest.mark.parametrize(("gap_sd", "label"), [(0.349, "balanced"), (0.351, "pilot")])
def test_an_undecided_role_is_balanced_only_while_the_gap_is_known_to_within_35_hundredths(gap_sd, label):
    assert with_chance(0.6, gap_sd)["label"] == label
    assert with_chance(0.4, gap_sd)["label"] == label


@pytest.mark.parametrize(
    ("evidence", "label"),
    [((0.0, 0.5, 0.5), "conversion"), ((9.0, 0.5, 0.499), "pilot"), ((0.0, 0.0, 1.0), "conversion")],
)
def test_exactly_one_event_of_clicks_and_purchases_is_enough_for_conversion(evidence, label):
    assert with_chance(0.9, 0.5, evidence)["label"] == label


def test_little_evidence_makes_an_undecided_creator_on_the_conversion_side_a_pilot_not_balanced():
    assert with_chance(0.6, 0.3, (9.0, 0.4, 0.4))["label"] == "pilot"
    assert with_chance(0.5, 0.3, (9.0, 0.4, 0.4))["label"] == "pilot"
    assert with_chance(0.4, 0.3, (9.0, 0.4, 0.4))["label"] == "balanced"


def test_the_gap_is_clicks_and_purchases_less_engagement_with_its_covariances():
    """D = .3 + .2 - .1; var = .04 + .09 + .16 + 2 x .05 (click, convert) - 2 x .01 - 2 x (-.02)."""
    covariance = np.array([[0.04, 0.01, -0.02], [0.01, 0.09, 0.05], [-0.02, 0.05, 0.16]])
    row = natural([0.1, 0.3, 0.2], covariance)
    sd = (0.04 + 0.09 + 0.16 + 0.1 - 0.02 + 0.04) ** 0.5
    expected = {
        "gap_mean": 0.4, "gap_sd": sd, "p_conversion": NormalDist().cdf(0.4 / sd),
        "covariance_engage_click": 0.01, "covariance_engage_convert": -0.02, "covariance_click_convert": 0.05,
    }  # fmt: skip
    assert {name: row[name] for name in expected} == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize(
    ("side", "awareness", "conversion", "label", "confidence"),
    [
        ("conversion", 0.5, 0.2, "awareness", "leaning"),
        ("conversion", 0.49, 0.49, "not for this market", "clear"),
        ("conversion", 0.1, 0.5, "conversion", "leaning"),
        ("awareness", 0.1, 0.5, "awareness", "leaning"),
        ("awareness", 0.5, 0.1, "awareness", "leaning"),
        ("awareness", 0.49, 0.1, "not for this market", "clear"),
    ],
)
def test_exactly_half_of_market_price_is_still_worth_booking(side, awareness, conversion, label, confidence):
    role = role_in_market(
        LEANING | {"label": side}, STAGES, payoff_awareness=awareness, payoff_conversion=conversion, **HERE
    )
    assert (role.label, role.confidence, role.p_conversion) == (label, confidence, 0.71)


def test_prose_says_whole_percent_from_3_to_97():
    assert [prose_percent(p) for p in (0.0, 0.034, 0.036, 0.5, 0.715, 0.966, 0.974, 1.0)] == [
        3,
        3,
        4,
        50,
        72,
        97,
        97,
        97,
    ]


def test_a_role_says_the_chance_of_its_own_side():
    """An awareness role of 29 % conversion is 71 % sure."""
    verdicts = {
        side: role_in_market(
            {"label": side, "confidence": "clear" if side in ("awareness", "conversion") else "none",
             "p_conversion": 0.29},
            STAGES, payoff_awareness=1.0, payoff_conversion=1.0, **HERE,
        ).because.partition(" Clicks")[0]
        for side in ("conversion", "awareness", "balanced", "pilot")
    }  # fmt: skip
    assert verdicts == {
        "conversion": "Clear conversion (29 % sure, 4 campaigns).",
        "awareness": "Clear awareness (71 % sure, 4 campaigns).",
        "balanced": "Balanced (29 % conversion): about as good at both.",
        "pilot": "Test first (29 % conversion): not enough evidence for a role.",
    }


@pytest.mark.parametrize(("upper", "told"), [(0.624, False), (0.6251, True), (0.62, False), (None, False)])
def test_half_a_percent_of_unknown_audience_is_named(upper, told):
    role = role_in_market(
        LEANING, STAGES, payoff_awareness=1.0, payoff_conversion=1.0, in_market_share_upper=upper, **HERE
    )
    assert ("at most" in role.because) is told


def test_what_speaks_for_and_against_are_stages_surely_off_typical_and_the_better_payoff():
    """Surely above: the interval begins above 100. Surely below: it ends below. At 100 neither."""
    stages = {
        "engage": stage(80) | {"low": 60, "high": 100},
        "click": stage(130) | {"low": 101, "high": 170},
        "convert": stage(70) | {"low": 50, "high": 99},
    }
    role = role_in_market(LEANING, stages, payoff_awareness=0.8, payoff_conversion=1.0, **HERE)
    assert role.reasons_to_book == (
        "30\u00a0% more clicks than similar creators",
        "as many purchases as the same money usually brings, with 62\u00a0% of the audience in Germany",
    )
    assert role.reasons_not_to_book == ("30\u00a0% fewer purchases per click than similar creators",)
    stages |= {"engage": stage(130) | {"low": 100, "high": 170}, "click": stage(100, 0)}
    other = role_in_market(LEANING, stages, payoff_awareness=0.99, payoff_conversion=0.6, **HERE)
    assert other.reasons_to_book == ()
    assert other.reasons_not_to_book == (
        "30\u00a0% fewer purchases per click than similar creators",
        "clicks never measured",
        "1.0\u00a0% fewer people than the same money usually reaches, with 62\u00a0% of the audience in Germany",
    )


@pytest.mark.parametrize(
    ("label", "changed", "change"),
    [
        ("pilot", {}, "one more campaign that measures purchases, where the evidence is thinnest."),
        (
            "pilot",
            {"click": stage(1, 3, 1.0)},
            "one more campaign that measures clicks, where the evidence is thinnest.",
        ),
        ("pilot", {"click": stage(1, 0, 0.0)}, "one campaign with click tracking."),
        ("pilot", {"click": stage(1, 0), "convert": stage(1, 0)}, "one campaign with purchase tracking."),
        ("balanced", {}, "two or three more campaigns that point the same way."),
        ("conversion", {}, "one or two campaigns with engagement well above similar creators."),
        ("awareness", {}, "one or two campaigns with clicks and purchases well above similar creators."),
    ],
)
def test_what_would_change_a_role_is_what_is_missing_most(label, changed, change):
    given = {"label": label, "confidence": "leaning", "p_conversion": 0.6}
    role = role_in_market(given, STAGES | changed, payoff_awareness=1.0, payoff_conversion=1.0, **HERE)
    assert role.change == change


def test_without_a_campaign_the_field_speaks():
    nothing = dict.fromkeys(STAGES, stage(100, 0, 0.0))
    role = role_in_market(LEANING, nothing, payoff_awareness=1.0, payoff_conversion=1.0, **HERE)
    assert "No campaigns yet: these are the figures of similar creators." in role.because
    assert role.summary.endswith("Leaning conversion (71 % sure, 0 campaigns). No past campaigns are tracked.")
    assert role.reasons_not_to_book == (
        "engagement never measured",
        "clicks never measured",
        "purchases per click never measured",
    )


@pytest.mark.parametrize(
    ("awareness", "conversion", "said"),
    [
        (0.2345, 0.129, "77\u00a0% fewer people than the same money usually reaches"),
        (0.1, 1.996, "100\u00a0% more purchases than the same money usually brings"),
        (2.345, 1.0, "2.3 times the people that the same money usually reaches"),
        (1.0, 2.0, "2 times the purchases that the same money usually brings"),
        (1.004, 0.3, "as many people as the same money usually reaches"),
    ],
)
def test_what_the_money_brings_is_told_against_the_usual(awareness, conversion, said):
    found = role_in_market(
        LEANING, STAGES, payoff_awareness=awareness, payoff_conversion=conversion, in_market_share=0.05
    )
    reasons = (*found.reasons_to_book, *found.reasons_not_to_book)
    assert reasons == (f"{said}, with 5.0\u00a0% of the audience in this market",)
    assert bool(found.reasons_to_book) is (max(awareness, conversion) >= 1)


@pytest.mark.parametrize("missing", ["payoff_awareness", "payoff_conversion", "in_market_share"])
def test_a_market_decides_only_where_both_payoffs_and_the_share_are_known(missing):
    """Payoffs of a tenth would be too little for any role, were they all known."""
    known = {"payoff_awareness": 0.1, "payoff_conversion": 0.1, "in_market_share": 0.05}
    assert role_in_market(LEANING, STAGES, **known).label == "not for this market"
    assert role_in_market(LEANING, STAGES, **known | {missing: None}).label == "conversion"

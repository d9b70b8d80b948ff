"""Does a pilot narrow the interval as its evidence says, and does it track what the role asks for?"""

from math import exp, log, sqrt
from statistics import NormalDist

import pytest

from fit.model.pilot import Z_80, Pilot, events_worth, pilot_effect, worth_tracking
from fit.model.role import role_in_market


def stage(index=100.0, low=60.0, high=160.0, count=2, evidence=3.0) -> dict[str, float]:
    return {"index": index, "low": low, "high": high, "count_campaigns": count, "evidence": evidence}


@pytest.mark.parametrize(
    ("events", "cap", "worth"), [(0.0, 4.0, 0.0), (4.0, 4.0, 2.0), (1e9, 4.0, 4.0), (None, 4.0, 4.0)]
)
def test_one_campaign_is_worth_at_most_the_cap(events, cap, worth):
    assert events_worth(events, cap) == pytest.approx(worth)


def test_the_new_variance_is_the_old_one_with_the_evidence_added():
    found = pilot_effect("convert", 0.0, 0.32, 4.0, 12.0)
    assert (found.stage, found.index, found.events, found.evidence) == ("convert", 100.0, 12.0, 3.0)
    assert found.now == pytest.approx((100 * exp(-Z_80 * 0.32), 100 * exp(Z_80 * 0.32)))
    narrowed = 1 / sqrt(1 / 0.32**2 + 3.0)
    assert found.after == pytest.approx((100 * exp(-Z_80 * narrowed), 100 * exp(Z_80 * narrowed)))
    assert [round(value) for value in (*found.now, *found.after)] == [66, 151, 70, 143]


def test_a_pilot_that_brings_nothing_narrows_nothing():
    found = pilot_effect("click", log(1.2), 0.3, 4.0, 0.0)
    assert found.after == pytest.approx(found.now)
    assert isinstance(found, Pilot)


@pytest.mark.parametrize(
    ("counts", "evidence", "wanted", "words"),
    [
        ((2, 0, 0), (9, 0, 0), "convert", "purchase tracking"),
        ((2, 0, 2), (9, 0, 1), "click", "click tracking"),
        ((2, 2, 2), (9, 5, 1), "convert", "purchases"),
        ((2, 2, 2), (1, 5, 4), "engage", "engagement"),
    ],
)
def test_a_pilot_tracks_what_the_role_says_would_change_it(counts, evidence, wanted, words):
    names = ("engage", "click", "convert")
    stages = {name: stage(count=c, evidence=e) for name, c, e in zip(names, counts, evidence, strict=True)}
    assert worth_tracking(stages) == wanted
    role = role_in_market(
        {"label": "pilot", "confidence": "none", "p_conversion": 0.5}, stages,
        payoff_awareness=1.0, payoff_conversion=1.0, in_market_share=0.5,
    )  # fmt: skip
    assert words in role.what_would_change


@pytest.mark.parametrize(("events", "worth"), [(0.0, 0.0), (1.0, 0.8), (12.0, 3.0), (36.0, 3.6), (None, 4.0)])
def test_so_many_events_of_one_campaign_are_worth_n_over_one_plus_n_over_k(events, worth):
    assert events_worth(events, 4.0) == pytest.approx(worth, rel=1e-12)


def test_an_interval_holds_80_percent_of_a_normal_in_logs():
    """Phi(1.2816) = .9: a tenth lies beyond each end."""
    found = pilot_effect("click", 0.2, 0.5, 4.0, None)
    narrowed = (1 / (1 / 0.25 + 4)) ** 0.5
    for (low, high), sd in ((found.now, 0.5), (found.after, narrowed)):
        assert NormalDist(0.2, sd).cdf(log(low / 100)) == pytest.approx(0.1, abs=1e-9)
        assert NormalDist(0.2, sd).cdf(log(high / 100)) == pytest.approx(0.9, abs=1e-9)
    assert found.index == pytest.approx(100 * exp(0.2))

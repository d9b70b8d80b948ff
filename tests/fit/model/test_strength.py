"""Does a creator's strength follow from the evidence, and does the interval know what a campaign can prove?"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fit.model import correlation
from fit.model.strength import (
    DRIFT,
    Spread,
    StrengthRecord,
    drift_per_quarter,
    fit_spread,
    information,
    log_likelihood,
    posterior,
    present_weight,
    sample,
)


def record(
    creator: list[int], events: list[float], expected: list[float], age: list[float] | None = None
) -> StrengthRecord:
    ages = np.zeros(len(creator)) if age is None else np.array(age, float)
    numbers = np.array(events, float), np.array(expected, float)
    return StrengthRecord(np.array(creator), *numbers, np.zeros(len(creator)), ages)


def judged(given: StrengthRecord, cap: float = 4.0, tau: float = 0.5) -> tuple[np.ndarray, np.ndarray]:
    count = len(given.starts)
    caps = Spread(cap=cap).caps(given)
    return posterior(given, caps, np.ones(len(caps)), np.zeros(count), np.full(count, tau**2))


def world(seed: int, count: int, cap: float, tau: float) -> tuple[StrengthRecord, np.ndarray]:
    """Creators with known log rates."""
    g = np.random.default_rng(seed)
    creator = np.repeat(np.arange(count), np.minimum(g.geometric(0.2, count), 30))
    truth = tau * g.standard_normal(count)
    expected = 5 * np.exp(g.standard_normal(len(creator)))
    noise = g.standard_normal(len(creator)) / cap**0.5 - 0.5 / cap
    events = g.poisson(expected * np.exp(truth[creator] + noise))
    return record(creator.tolist(), events.tolist(), expected.tolist()), truth


def exact_log_likelihood(events: float, expected: float, cap: float, at: float) -> float:
    """The campaign's own factor integrated out on a fine grid."""
    own = np.linspace(-9, 9, 40_001) / cap**0.5 - 0.5 / cap
    logs = events * (np.log(expected) + at + own) - expected * np.exp(at + own) - (own + 0.5 / cap) ** 2 * cap / 2
    return float(logs.max() + np.log(np.exp(logs - logs.max()).sum()))


@pytest.mark.parametrize(("events", "expected", "cap"), [(0, 2, 3.0), (0, 20, 4.0), (3, 1, 5.0), (1000, 500, 3.3)])
def test_the_likelihood_agrees_with_integration(events, expected, cap):
    nodes = np.linspace(-2, 2, 9)
    exact = np.array([exact_log_likelihood(events, expected, cap, at) for at in nodes])
    found = log_likelihood(record([0], [events], [expected]), np.array([cap]), nodes)[0]
    assert found - found[4] == pytest.approx(exact - exact[4], abs=0.02)


def test_more_events_than_expected_mean_a_higher_strength():
    mean, variance = judged(record([0, 1, 2], [2, 10, 50], [10, 10, 10]))
    assert mean[0] < 0 < mean[2]
    assert mean[1] == pytest.approx(0.0, abs=0.15)
    assert (variance < 0.25).all()


def test_one_campaign_proves_no_more_than_its_cap_however_big():
    _, variance = judged(record([0], [1e9], [1e9]), cap=4.0, tau=10.0)
    assert variance[0] == pytest.approx(1 / 4, rel=0.02)


def test_more_campaigns_prove_more():
    one = judged(record([0], [100], [100]))[1][0]
    four = judged(record([0] * 4, [100] * 4, [100] * 4))[1][0]
    assert four < one / 2


def test_absurd_counts_have_an_answer():
    mean, variance = judged(record([0, 1, 2], [1e15, 0, 1], [1e-12, 1e15, 1]))
    assert np.isfinite(mean).all()
    assert (variance > 0).all()
    assert mean[0] > mean[2] > mean[1]


@settings(max_examples=40)
@given(st.integers(0, 10**15), st.floats(1e-12, 1e15), st.floats(0.1, 1e4), st.floats(0.05, 3.0))
def test_every_campaign_has_a_posterior_no_wider_than_the_prior(events, expected, cap, tau):
    mean, variance = judged(record([0], [events], [expected]), cap, tau)
    assert np.isfinite(mean[0])
    assert 0 < variance[0] <= tau**2 * 1.01


def test_the_spread_of_a_known_world_is_found():
    found = [fit_spread(world(seed, 250, cap=5.0, tau=0.45)[0])[0] for seed in range(4)]
    assert np.mean([spread.tau for spread in found]) == pytest.approx(0.45, abs=0.06)
    assert np.mean([spread.cap for spread in found]) == pytest.approx(5.0, rel=0.25)


def test_intervals_of_a_known_world_hold_what_they_promise():
    given, truth = world(5, 1500, cap=4.0, tau=0.5)
    mean, variance = judged(given)
    inside = np.abs(mean - truth) < 1.2816 * np.sqrt(variance)
    assert inside.mean() == pytest.approx(0.80, abs=0.04)


def test_without_campaigns_the_spread_is_the_guess():
    spread, height = fit_spread(record([], [], []))
    assert (spread.level, spread.tau, spread.cap) == pytest.approx((0.0, np.exp(-0.7), np.exp(1.4)))
    assert height == 0.0


def test_an_old_campaign_weighs_less_than_a_new_one():
    given = record([0, 0, 1], [50] * 3, [50] * 3, age=[8, 0, 8])
    weight = present_weight(given, information(given, np.full(3, 4.0), np.zeros(3)), drift=0.05)
    assert weight[0] < weight[2] < weight[1] < 1


def test_without_drift_nothing_is_discounted():
    given = record([0, 0, 1], [50] * 3, [50] * 3, age=[8, 0, 3])
    assert present_weight(given, np.ones(3), drift=0.0).tolist() == [1.0, 1.0, 1.0]


def test_weights_add_up_to_what_a_kalman_filter_knows():
    given = record([0, 0, 0], [1] * 3, [1] * 3, age=[6, 2, 0])
    proves, drift = np.array([3.0, 4.0, 2.0]), 0.02
    known = 0.0
    for proof, quarters in zip(proves, (4, 2, 1), strict=True):
        known = (known + proof) / (1 + (known + proof) * drift * quarters)
    assert (present_weight(given, proves, drift) * proves).sum() == pytest.approx(known)


def test_drift_is_the_guess_until_pairs_say_otherwise():
    assert drift_per_quarter([record([0], [10], [10])]) == DRIFT


def test_drift_of_a_wandering_field_is_found():
    g = np.random.default_rng(2)
    creator, age = np.repeat(np.arange(600), 8), np.tile(np.arange(8.0)[::-1], 600)
    walk = np.cumsum(0.25 * g.standard_normal((600, 8)), axis=1).ravel()
    events = g.poisson(400 * np.exp(walk + 0.3 * g.standard_normal(4800)))
    given = StrengthRecord(creator, events.astype(float), np.full(4800, 400.0), np.zeros(4800), age)
    assert drift_per_quarter([given]) == pytest.approx(0.0625, rel=0.2)


def test_a_sample_takes_whole_creators():
    creator = np.repeat(np.arange(100), 10)
    chosen = sample(creator, most=200)
    assert chosen.sum() == 200
    assert np.bincount(creator[chosen], minlength=100).tolist() == [10, 0, 0, 0, 0] * 20


def test_a_stage_that_nobody_measured_is_known_through_the_others():
    field = correlation.Field(np.zeros(3), np.array([[0.3, 0.0, 0.0], [0.0, 0.3, 0.2], [0.0, 0.2, 0.3]]))
    mean, covariance = correlation.combine(np.array([[0.0, 1.0, 0.0]]), np.array([[0.0, 1e6, 0.0]]), field)
    assert mean[0] == pytest.approx([0.0, 1.0, 2 / 3], abs=1e-4)
    assert covariance[0, 2, 2] == pytest.approx(0.3 - 0.2**2 / 0.3, abs=1e-4)


def test_the_message_of_campaigns_is_the_posterior_without_the_prior():
    mean, precision = correlation.message(np.array([0.6]), np.array([0.1]), 0.0, 0.5)
    assert precision[0] == pytest.approx(8)
    assert mean[0] == pytest.approx(0.75)


def test_how_stages_go_together_is_learned():
    g = np.random.default_rng(3)
    truth = np.array([[0.3, 0.1, -0.1], [0.1, 0.3, 0.05], [-0.1, 0.05, 0.2]])
    values = g.multivariate_normal([0.1, -0.2, 0.0], truth, 3000)
    field = correlation.learn(values + g.standard_normal((3000, 3)) * 0.5, np.full((3000, 3), 4.0))
    assert field.covariance == pytest.approx(truth, abs=0.04)
    assert field.mean == pytest.approx([0.1, -0.2, 0.0], abs=0.05)

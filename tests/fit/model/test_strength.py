"""Does a creator's strength follow from the evidence, and does the interval know what a campaign can prove?"""

from itertools import combinations
from math import exp, log, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq

from fit.model import correlation
from fit.model.strength import (
    DRIFT,
    FIT_NODES,
    GUESSES,
    Spread,
    StrengthRecord,
    by_creator,
    drift_per_quarter,
    fit_spread,
    information,
    log_likelihood,
    log_marginal,
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


GUESS = Spread(0.0, exp(-0.7), exp(1.4))


def test_luck_begins_as_wild_as_on_real_accounts():
    """One campaign proves 1 / luck^2 events, where luck is the sd of a log between posts of one account."""
    caps = {stage: guess.cap for stage, guess in GUESSES.items()}
    assert caps == pytest.approx({"engage": 0.55**-2, "click": 0.7**-2, "convert": 0.6**-2})


def test_the_spread_of_a_known_world_is_found():
    found = [fit_spread(world(seed, 250, cap=5.0, tau=0.45)[0], GUESS)[0] for seed in range(4)]
    assert np.mean([spread.tau for spread in found]) == pytest.approx(0.45, abs=0.06)
    assert np.mean([spread.cap for spread in found]) == pytest.approx(5.0, rel=0.25)


def test_intervals_of_a_known_world_hold_what_they_promise():
    given, truth = world(5, 1500, cap=4.0, tau=0.5)
    mean, variance = judged(given)
    inside = np.abs(mean - truth) < 1.2816 * np.sqrt(variance)
    assert inside.mean() == pytest.approx(0.80, abs=0.04)


def test_without_campaigns_the_spread_is_the_guess():
    spread, height = fit_spread(record([], [], []), GUESS)
    assert spread == GUESS
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


def laplace(events: float, expected: float, cap: float, at: float) -> float:
    """One campaign by Laplace's method: the peak by root finding, then the curvature there. t = mu lambda u.

    log of Poisson(x; t) without x!, of a normal log u with variance 1/k and mean -1/2k, and -1/2 log(1 + t/k).
    """
    aim = log(expected) + at - 1 / (2 * cap)
    peak = brentq(lambda t: (exp(t) - events) / cap + t - aim, -60, 60, xtol=1e-13)
    poisson = events * peak - exp(peak)
    return poisson - (peak - aim) ** 2 * cap / 2 - log(1 + exp(peak) / cap) / 2


@pytest.mark.parametrize(
    ("events", "expected", "cap"), [(0, 2, 3.0), (0, 20, 4.0), (3, 1, 5.0), (1000, 500, 3.3), (1, 9, 0.7)]
)
def test_the_likelihood_of_a_campaign_is_laplaces(events, expected, cap):
    nodes = np.linspace(-2, 2, 9)
    exact = np.array([laplace(events, expected, cap, at) for at in nodes])
    found = log_likelihood(record([0], [events], [expected]), np.array([cap]), nodes)[0]
    assert (found - found[4]).tolist() == pytest.approx((exact - exact[4]).tolist(), abs=1e-5)


def test_an_old_or_uncertain_campaign_has_a_smaller_cap():
    given = StrengthRecord(np.zeros(2, int), np.ones(2), np.ones(2), np.array([0.0, 0.25]), np.zeros(2))
    assert Spread(cap=4.0).caps(given).tolist() == [4.0, 2.0]
    assert (Spread().level, Spread().tau, Spread().cap) == (0.0, 0.5, 3.0)


def test_a_creators_likelihood_is_the_sum_of_its_campaigns_on_33_nodes():
    given = record([0, 0, 1], [3, 8, 2], [4, 5, 6])
    assert FIT_NODES.tolist() == pytest.approx([-3.2 + 0.2 * at for at in range(33)])
    found = by_creator(given, 5.0)
    assert found.shape == (2, 33)
    first = [laplace(3, 4, 5.0, at) + laplace(8, 5, 5.0, at) for at in FIT_NODES[8:25]]
    assert np.diff(found[0, 8:25]).tolist() == pytest.approx(np.diff(first).tolist(), abs=1e-4)
    second = [laplace(2, 6, 5.0, at) for at in FIT_NODES[8:25]]
    assert np.diff(found[1, 8:25]).tolist() == pytest.approx(np.diff(second).tolist(), abs=1e-4)


def test_the_marginal_integrates_log_lambda_out_and_adds_the_priors_of_level_spread_and_cap():
    """m0 ~ N(0, .5^2), log tau ~ N(-.7, .5^2), log k ~ N(1.4, .8^2)."""
    likelihood = np.array([-(FIT_NODES**2), -2 * (FIT_NODES - 0.5) ** 2 - 700.0])
    prior = [exp(-0.5 * ((node - 0.1) / 0.4) ** 2) for node in FIT_NODES]
    data = 0.0
    for row, shift in zip(likelihood, (0.0, 700.0), strict=True):
        data += log(sum(p * exp(v + shift) for p, v in zip(prior, row, strict=True)) / sum(prior)) - shift
    doubt = (0.1 / 0.5) ** 2 + ((log(0.4) + 0.7) / 0.5) ** 2 + ((log(6.0) - 1.4) / 0.8) ** 2
    assert log_marginal(likelihood, Spread(0.1, 0.4, 6.0), GUESS) == pytest.approx(data - doubt / 2, rel=1e-9)


def test_the_spread_is_the_highest_of_all_that_lie_a_step_away():
    """No neighbour .05 away in m0, log tau or log k has a higher marginal, and the height is its marginal."""
    given = world(9, 60, cap=6.0, tau=0.4)[0]
    found, height = fit_spread(given, GUESS)
    assert height == pytest.approx(log_marginal(by_creator(given, found.cap), found, GUESS), rel=1e-9)
    place = (found.level, log(found.tau), log(found.cap))
    for axis in range(3):
        for step in (0.05, -0.05):
            level, tau, cap = (value + step * (at == axis) for at, value in enumerate(place))
            near = Spread(level, exp(tau), exp(cap))
            assert log_marginal(by_creator(given, near.cap), near, GUESS) <= height + 1e-6
    # The search walks a lattice from the middle of the priors, in steps of .4, .2, .1 and .05.
    steps = [(value - start) / 0.05 for value, start in zip(place, (0.0, -0.7, 1.4), strict=True)]
    assert steps == pytest.approx([round(step) for step in steps], abs=1e-6)
    coarse, lower = fit_spread(given, GUESS, Spread(0.0, 0.5, 4.0), steps=(0.2,))
    assert lower <= height + 1e-6
    assert log(coarse.tau / 0.5) / 0.2 == pytest.approx(round(log(coarse.tau / 0.5) / 0.2), abs=1e-6)


def posterior_by_grid(
    campaigns: list[tuple[float, float, float, float]], mean: float, sd: float
) -> tuple[float, float]:
    """Mean and variance of log lambda on a fine grid. campaigns: events, expected, cap, weight."""
    grid = np.linspace(mean - 6, mean + 6, 1_201)
    logs = -0.5 * ((grid - mean) / sd) ** 2
    for events, expected, cap, weight in campaigns:
        logs += weight * np.array([laplace(events, expected, cap, at) for at in grid])
    density = np.exp(logs - logs.max())
    density /= density.sum()
    middle = float((density * grid).sum())
    return middle, float((density * (grid - middle) ** 2).sum())


def test_the_posterior_agrees_with_integration():
    """Two creators with priors of their own, campaigns with caps and weights of their own."""
    given = record([0, 0, 1], [12, 0, 40], [5, 3, 100])
    caps, weight = np.array([4.0, 2.0, 6.0]), np.array([1.0, 0.5, 0.8])
    mean, variance = posterior(given, caps, weight, np.array([0.1, -0.2]), np.array([0.25, 0.36]))
    first = posterior_by_grid([(12, 5, 4.0, 1.0), (0, 3, 2.0, 0.5)], 0.1, 0.5)
    second = posterior_by_grid([(40, 100, 6.0, 0.8)], -0.2, 0.6)
    assert mean.tolist() == pytest.approx([first[0], second[0]], abs=2e-4)
    assert variance.tolist() == pytest.approx([first[1], second[1]], rel=2e-3)


def test_a_posterior_is_never_surer_than_a_thirtieth_of_a_percent():
    _, variance = posterior(record([0], [5], [5]), np.array([4.0]), np.ones(1), np.zeros(1), np.array([1e-12]))
    assert variance[0] == 1e-9


@pytest.mark.thorough
def test_many_campaigns_are_read_in_pieces_as_they_are_read_whole():
    """120,000 campaigns do not fit into one piece; each creator is judged as it is alone."""
    creator = np.repeat(np.arange(40_000), 3)
    g = np.random.default_rng(1)
    events, expected = g.poisson(4, 120_000).astype(float), np.full(120_000, 4.0)
    given = StrengthRecord(creator, events, expected, np.zeros(120_000), np.zeros(120_000))
    mean, variance = judged(given)
    for one in (0, 33_332, 33_333, 33_334, 39_999):
        alone = judged(record([0] * 3, events[creator == one].tolist(), [4.0] * 3))
        assert (mean[one], variance[one]) == (pytest.approx(alone[0][0]), pytest.approx(alone[1][0]))


def test_what_a_campaign_proves_is_the_harmonic_sum_of_cap_and_expected_events():
    """mu lambda = 10 x 2 = 20 under a cap of 4: 1 / (1/4 + 1/20) = 3.333."""
    given = record([0, 0], [1, 1], [10, 1e-30])
    found = information(given, np.array([4.0, 4.0]), np.array([log(2), 99.0]))
    assert found.tolist() == pytest.approx([1 / (1 / 4 + 1 / 20), 1 / (1 / 4 + 1 / (1e-30 * exp(20)))], rel=1e-9)
    low = information(record([0], [1], [1e30]), np.array([4.0]), np.array([-99.0]))
    assert low[0] == pytest.approx(1 / (1 / 4 + 1 / (1e30 * exp(-20))), rel=1e-9)


def test_weights_are_the_products_of_the_kalman_filters_factors_whatever_the_order_of_the_rows():
    """Creator 0: proofs 3 (6 quarters ago) and 2 (now). Creator 1: 4, two quarters ago. Drift .05 a quarter."""
    given = record([0, 0, 1], [1] * 3, [1] * 3, age=[0, 6, 2])
    first = 1 / (1 + 3 * 0.05 * 6)
    last = 1 / (1 + (3 * first + 2) * 0.05 * 1)
    found = present_weight(given, np.array([2.0, 3.0, 4.0]), 0.05)
    assert found.tolist() == pytest.approx([last, first * last, 1 / (1 + 4 * 0.05 * 3)], rel=1e-12)


def slope_by_hand(records: list[StrengthRecord]) -> float:
    """d2 by loops: pairs of one creator's campaigns with 5 or more expected events, at most ten campaigns apart."""
    above = below = 0.0
    for part in records:
        distance, square = [], []
        rows = [at for at in range(len(part.creator)) if part.expected[at] >= 5]
        for one, other in combinations(range(len(rows)), 2):
            a, b = rows[one], rows[other]
            if part.creator[a] != part.creator[b] or other - one > 10:
                continue
            level = [log((part.events[at] + 0.5) / (part.expected[at] + 0.5)) for at in (a, b)]
            noise = sum(1 / (part.expected[at] + 0.5) for at in (a, b))
            distance.append(abs(part.age[a] - part.age[b]))
            square.append((level[0] - level[1]) ** 2 - noise)
        if len(distance) < 2:
            continue
        middle = sum(distance) / len(distance)
        spread = sum((d - middle) ** 2 for d in distance)
        certainty = len(square) / sum(s**2 for s in square)
        ridge = 200 * max(spread / len(distance), 1.0)
        above += certainty * (sum((d - middle) * s for d, s in zip(distance, square, strict=True)) + ridge * 0.01)
        below += certainty * (spread + ridge)
    return min(max(above / below, 0.0), 0.15)


def wandering(seed: int, step: float, campaigns: int = 14, apart: float = 2.0) -> StrengthRecord:
    g = np.random.default_rng(seed)
    creator = np.repeat(np.arange(6), campaigns)
    age = np.tile(np.arange(campaigns) * apart, 6)
    expected = g.uniform(3, 60, len(creator))
    walk = np.cumsum(step * g.standard_normal((6, campaigns)), axis=1).ravel()
    return StrengthRecord(
        creator, g.poisson(expected * np.exp(walk)).astype(float), expected, np.zeros(len(creator)), age
    )


def test_drift_is_the_slope_of_the_pairs_drawn_to_a_hundredth():
    for records in ([wandering(1, 0.3)], [wandering(2, 0.1), wandering(3, 0.4)], [wandering(4, 0.3, 5, 0.25)]):
        assert drift_per_quarter(records) == pytest.approx(slope_by_hand(records), rel=1e-9)
        assert 0 < slope_by_hand(records) < 0.15
    assert drift_per_quarter([wandering(1, 0.3), record([0, 0], [9, 9], [9, 9])]) == pytest.approx(
        slope_by_hand([wandering(1, 0.3)]), rel=1e-9
    )


def test_drift_stays_between_none_and_15_hundredths():
    assert drift_per_quarter([wandering(6, 1.5, 14, 1.0)]) == 0.15
    loud = wandering(7, 0.0)
    events = np.where(np.arange(len(loud.age)) % 2, loud.expected * 3, loud.expected / 3)
    falling = StrengthRecord(
        loud.creator, np.where(loud.age < 13, events, loud.expected), *list(vars(loud).values())[2:]
    )
    assert drift_per_quarter([falling]) >= 0.0
    assert drift_per_quarter([]) == 0.01


def test_a_campaign_of_exactly_five_expected_events_tells_of_drift_and_one_below_does_not():
    ages = [0.0, 4.0, 9.0]
    five, fewer = (record([0] * 3, [5, 9, 20], [expected] * 3, ages) for expected in (5.0, 4.999))
    assert drift_per_quarter([five]) == pytest.approx(slope_by_hand([five]), rel=1e-9)
    assert drift_per_quarter([five]) != 0.01
    assert drift_per_quarter([fewer]) == 0.01


def test_of_a_creator_with_thousands_of_campaigns_every_nth_is_read():
    """At most 500 of one creator: of 501 every second; of 500 all."""
    assert sample(np.zeros(500, int)).sum() == 500
    chosen = sample(np.concatenate([np.zeros(501, int), np.ones(3, int)]))
    assert np.flatnonzero(chosen[:501]).tolist() == list(range(0, 501, 2))
    assert chosen[501:].all()
    assert sample(np.zeros(0, int)).tolist() == []
    creator = np.repeat(np.arange(10), 3)
    assert sample(creator, most=30).all()
    assert np.unique(creator[sample(creator, most=29)]).tolist() == [0, 2, 4, 6, 8]


def test_the_example_of_the_method_comes_out_as_it_is_written_there():
    """docs/method.md: 10 purchases expected, 50 came, tau .5, k 4: log lambda .83 -+ .36, evidence 3.4."""
    given = record([0], [50], [10])
    mean, variance = posterior(given, np.array([4.0]), np.ones(1), np.zeros(1), np.array([0.25]))
    assert (mean[0], sqrt(variance[0])) == (pytest.approx(0.83, abs=0.01), pytest.approx(0.36, abs=0.01))
    assert information(given, np.array([4.0]), np.array([log(2.29)]))[0] == pytest.approx(3.4, abs=0.02)

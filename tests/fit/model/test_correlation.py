"""Do the three stages of a creator inform each other as a normal with these moments says?"""

import numpy as np
import pytest

from fit.model import correlation


def test_the_message_is_the_posterior_with_the_prior_divided_out():
    """Posterior N(.6, .1), prior N(.2, .5): precision 10 - 2, mean (6 - .4) / 8."""
    mean, precision = correlation.message(np.array([0.6]), np.array([0.1]), 0.2, 0.5)
    assert (mean[0], precision[0]) == (pytest.approx(0.7), pytest.approx(8.0))


def test_a_posterior_as_wide_as_the_prior_said_nothing():
    mean, precision = correlation.message(np.array([0.2, 0.9, 0.3]), np.array([0.5, 0.6, 0.5 * (1 - 9e-7)]), 0.2, 0.5)
    assert (mean.tolist(), precision.tolist()) == ([0.0, 0.0, 0.0], [0.0, 0.0, 0.0])
    assert correlation.message(np.array([0.3]), np.array([0.5 * (1 - 2e-6)]), 0.2, 0.5)[1][0] > 0


def test_two_stages_combine_as_bayes_says():
    """Click measured as 1.0 with precision 4 under N(.1, .5): posterior mean (.1 / .5 + 4) / (2 + 4) = .7.

    Convert follows by regression: .3 + .2 / .5 (.7 - .1), variance .4 - .2^2 / .5 + (.2 / .5)^2 / 6.
    """
    field = correlation.Field(np.array([0.0, 0.1, 0.3]), np.array([[0.2, 0.0, 0.0], [0.0, 0.5, 0.2], [0.0, 0.2, 0.4]]))
    mean, covariance = correlation.combine(np.array([[0.0, 1.0, 0.0]]), np.array([[0.0, 4.0, 0.0]]), field)
    assert mean[0].tolist() == pytest.approx([0.0, 0.7, 0.3 + 0.4 * 0.6], abs=1e-12)
    assert covariance[0, 1, 1] == pytest.approx(1 / 6)
    assert covariance[0, 2, 2] == pytest.approx(0.4 - 0.08 + 0.16 / 6)
    assert covariance[0, 1, 2] == pytest.approx(0.4 / 6)
    assert covariance[0, 0].tolist() == pytest.approx([0.2, 0.0, 0.0])


def by_the_book(means: np.ndarray, precisions: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """EM a creator at a time: 60 passes, five creators on mean 0 and four on S = .25 I, then S widened."""
    known = [at for at in range(len(means)) if precisions[at].any()]
    centre, spread = np.zeros(3), 0.25 * np.eye(3)
    for _ in range(60):
        covariances = [np.linalg.inv(np.linalg.inv(spread) + np.diag(precisions[at])) for at in known]
        posts = [
            v @ (np.linalg.inv(spread) @ centre + precisions[at] * means[at])
            for at, v in zip(known, covariances, strict=True)
        ]
        total = np.zeros((3, 3)) + 4 * 0.25 * np.eye(3)
        centre = sum(posts) / (len(known) + 5)
        for post, v in zip(posts, covariances, strict=True):
            total += np.outer(post - centre, post - centre) + v
        spread = total / (len(known) + 4)
    worth = np.zeros(3)
    for v in covariances:
        worth += np.clip(1 - np.diag(v) / np.diag(spread), 0.0, 1.0) ** 2
    widen = np.sqrt(1 + 4 / (worth + 16))
    return centre, np.array([[spread[i, j] * widen[i] * widen[j] for j in range(3)] for i in range(3)])


def test_mean_and_covariance_are_learned_as_the_method_says():
    """Seven creators, one without any measured stage, which teaches nothing."""
    g = np.random.default_rng(4)
    means, precisions = g.normal(0.2, 0.6, (7, 3)), g.uniform(0, 9, (7, 3))
    precisions[2], precisions[4, 1] = 0.0, 0.0
    centre, spread = by_the_book(means, precisions)
    found = correlation.learn(means, precisions)
    np.testing.assert_allclose(found.mean, centre, rtol=1e-9)
    np.testing.assert_allclose(found.covariance, spread, rtol=1e-9)


def test_a_field_that_measured_nothing_has_the_guess_widened():
    """Nobody known: S stays .25 I and is widened by root of 1 + 4 / 16 on either side."""
    found = correlation.learn(np.zeros((3, 3)), np.zeros((3, 3)))
    assert found.mean.tolist() == [0.0, 0.0, 0.0]
    np.testing.assert_allclose(found.covariance, 0.25 * 1.25 * np.eye(3), rtol=1e-12)


@pytest.mark.thorough
def test_of_more_than_20000_creators_every_second_teaches():
    """Of 20,001 those at even places: what the others say may be anything."""
    means, precisions = np.random.default_rng(5).normal(0, 0.5, (20_001, 3)), np.full((20_001, 3), 3.0)
    half = correlation.learn(means[::2], precisions[::2])
    means[1::2] = 99.0
    np.testing.assert_allclose(correlation.learn(means, precisions).covariance, half.covariance, rtol=1e-12)

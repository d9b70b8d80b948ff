"""Are base, levels and creators where their likelihood and their priors balance, and is their doubt the right one?"""

import numpy as np
import pytest

from fit.model import effects as module
from fit.model.effects import Effects, Factor, Guess, expected_squares, fit_effects, normal_score

GUESS = Guess(
    base=-4.0,
    base_sd=0.7,
    spreads={"platform": 0.4, "kind": 0.3},
    usual={"kind": {"story": -1.0}},
    creator_sd=0.5,
)
# Seven campaigns of three creators; the fifth is of two platforms, the last of no kind.
PLATFORM = Factor("platform", ("a", "b"), np.array([[0, -1], [0, -1], [1, -1], [1, -1], [0, 1], [1, -1], [0, -1]]))
KIND = Factor("kind", ("post", "story"), np.array([[0], [1], [0], [0], [1], [1], [-1]]))
CREATOR = np.array([7, 7, 7, 9, 9, 12, 12])
EXPOSURE = np.array([1_000.0, 400.0, 3_000.0, 90_000.0, 50.0, 700.0, 1_200.0])
EVENTS = np.array([25.0, 3.0, 80.0, 900.0, 4.0, 9.0, 60.0])


def counts(logs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Counts whose variance is mu + mu^2 / 3."""
    expected = EXPOSURE * np.exp(logs)
    return (EVENTS - expected) / (1 + expected / 3), expected / (1 + expected / 3)


def fitted() -> Effects:
    return fit_effects((PLATFORM, KIND), CREATOR, counts, GUESS)


def dense(effects: Effects) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Everything written out: which of base, levels and creators each campaign has (7, 8), their values, and precision
    (1 / variance) before any campaign is seen."""
    rows = np.array(
        [
            [1, 1.0, 0.0, 1, 0, 1, 0, 0],
            [1, 1.0, 0.0, 0, 1, 1, 0, 0],
            [1, 0.0, 1.0, 1, 0, 1, 0, 0],
            [1, 0.0, 1.0, 1, 0, 0, 1, 0],
            [1, 0.5, 0.5, 0, 1, 0, 1, 0],
            [1, 0.0, 1.0, 0, 1, 0, 0, 1],
            [1, 1.0, 0.0, 0, 0, 0, 0, 1],
        ]
    )
    levels = (effects.log_effects["platform"][:2], effects.log_effects["kind"][:2])
    values = np.concatenate([[effects.base], *levels, effects.creator_effects])
    spread = effects.spreads
    sds = np.array([0.7, *[spread["platform"]] * 2, *[spread["kind"]] * 2, 0.5, 0.5, 0.5])
    return rows, values, sds**-2


def test_slope_of_the_likelihood_and_pull_of_the_priors_balance():
    effects = fitted()
    rows, values, precision = dense(effects)
    slope, _ = counts(rows @ values)
    middle = np.array([-4.0, 0, 0, 0, -1.0, 0, 0, 0])
    assert (rows.T @ slope - precision * (values - middle)).tolist() == pytest.approx([0.0] * 8, abs=2e-4)


def test_a_factors_variance_is_its_levels_squares_and_doubt_beside_the_guess():
    """(sum of squares + trace of the covariance + 4 x guess) / (levels + 4)."""
    effects = fitted()
    rows, values, precision = dense(effects)
    _, weight = counts(rows @ values)
    covariance = np.linalg.inv(rows.T @ (weight[:, None] * rows) + np.diag(precision))
    for name, part, guess, middle in (
        ("platform", slice(1, 3), 0.4, np.zeros(2)),
        ("kind", slice(3, 5), 0.3, np.array([0.0, -1.0])),
    ):
        squares = ((values[part] - middle) ** 2).sum() + np.trace(covariance[part, part])
        assert effects.spreads[name] ** 2 == pytest.approx((squares + 4 * guess**2) / 6, rel=1e-3)


def test_the_errors_are_the_covariance_with_creators_integrated_out():
    effects = fitted()
    rows, values, precision = dense(effects)
    _, weight = counts(rows @ values)
    covariance = np.linalg.inv(rows.T @ (weight[:, None] * rows) + np.diag(precision))[:5, :5]
    parts = np.vstack([effects.errors["base"], effects.errors["platform"][:2], effects.errors["kind"][:2]])
    np.testing.assert_allclose(parts @ parts.T, covariance, rtol=1e-3, atol=1e-6)
    assert effects.errors["platform"][-1].tolist() == [0.0] * 5


def test_without_campaigns_everything_is_what_is_usual():
    nothing = fit_effects(
        (Factor("platform", (), np.zeros((0, 1), int)), Factor("kind", ("story",), np.zeros((0, 1), int))),
        np.zeros(0, int),
        lambda logs: (np.zeros(0), np.zeros(0)),
        GUESS,
    )
    assert nothing.base == -4.0
    assert nothing.log_effects["kind"].tolist() == [-1.0, 0.0]
    assert (nothing.errors["base"] ** 2).sum() == pytest.approx(0.49)
    assert (nothing.errors["kind"][0] ** 2).sum() == pytest.approx(nothing.spreads["kind"] ** 2, rel=1e-3)


def test_a_level_of_many_alike_campaigns_is_its_mean_and_hardly_in_doubt():
    """400 creators with one observation each: half of platform a at 1, half of b at 3."""
    values = np.repeat([1.0, 3.0], 200)
    factor = Factor("platform", ("a", "b"), np.repeat([[0], [1]], 200, axis=0))
    guess = Guess(2.0, 10.0, {"platform": 2.0}, {}, 0.1)
    effects = fit_effects((factor,), np.arange(400), normal_score(values, 0.25), guess)
    assert effects.base + effects.log_effects["platform"][0] == pytest.approx(1.0, abs=0.01)
    assert effects.base + effects.log_effects["platform"][1] == pytest.approx(3.0, abs=0.01)
    error = effects.errors["base"][0] + effects.errors["platform"][0]
    assert (error**2).sum() == pytest.approx((0.25 + 0.01) / 200, rel=0.05)


def test_a_similar_fit_begun_from_another_ends_at_the_same_place():
    first = fitted()
    again = fit_effects((PLATFORM, KIND), CREATOR, counts, GUESS, first)
    assert again.base == pytest.approx(first.base, abs=1e-3)
    np.testing.assert_allclose(again.creator_effects, first.creator_effects, atol=1e-3)


def test_a_campaigns_effect_is_the_mean_of_its_levels_and_nothing_where_it_has_none():
    several = Factor("market", ("DE", "AT", "CH"), np.array([[0, 1], [2, -1], [-1, -1], [1, 2]]))
    assert several.log_effect(np.array([0.4, 0.2, -0.6, 0.0])).tolist() == pytest.approx([0.3, -0.6, 0.0, -0.2])
    one = Factor("kind", ("post", "story"), np.array([[1], [-1], [0]]))
    assert one.log_effect(np.array([0.1, -1.0, 0.0])).tolist() == [-1.0, 0.0, 0.1]


def test_at_most_24_errors_are_kept():
    factor = Factor("market", tuple(map(str, range(40))), np.arange(40)[:, None])
    guess = Guess(0.0, 1.0, {"market": 1.0}, {}, 0.1)
    effects = fit_effects((factor,), np.arange(40), normal_score(np.zeros(40), 0.5), guess)
    assert effects.errors["market"].shape == (41, 24)
    assert effects.errors["base"].shape == (1, 24)


def test_a_fit_begun_at_its_own_end_stays_there_in_one_pass():
    """The spreads to begin from are those that were learned, so that nothing moves."""
    first = fitted()
    passes: list[int] = []

    def counted(logs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        passes.append(1)
        return counts(logs)

    again = fit_effects((PLATFORM, KIND), CREATOR, counted, GUESS, first)
    assert len(passes) <= 2
    assert again.spreads == pytest.approx(first.spreads, rel=1e-4)


def test_plain_and_sparse_arrays_give_the_same(monkeypatch):
    plain = fitted()
    monkeypatch.setattr(module, "SMALL_FIELD", 0)
    sparse = fitted()
    assert sparse.base == pytest.approx(plain.base, rel=1e-12)
    assert sparse.creator_effects.tolist() == pytest.approx(plain.creator_effects.tolist(), rel=1e-10)
    for factor in ("platform", "kind"):
        assert sparse.log_effects[factor].tolist() == pytest.approx(plain.log_effects[factor].tolist(), rel=1e-10)
        ours, theirs = (one.errors[factor] @ one.errors[factor].T for one in (plain, sparse))
        assert theirs.tolist() == [pytest.approx(row, abs=1e-12) for row in ours.tolist()]


def test_squares_are_expected_with_the_errors_of_the_levels():
    """One level and one creator of two campaigns: everything written out as one normal of base and creator.

    Luck 1/2, creators 1/4, a base known to 1/5: the covariance of (base, creator) given the data is V; what a
    campaign's luck is expected to square to is its residual squared plus (1, 1) V (1, 1)'.
    """
    rows = np.ones((2, 2))
    together = np.linalg.inv(rows.T @ rows / 0.5 + np.diag([5.0, 4.0]))
    values = np.array([0.9, 0.1])
    base, own = together @ rows.T @ values / 0.5
    errors = np.full((2, 1), np.sqrt(together[0, 0]))
    between, within = expected_squares(values - base, np.zeros(2, int), errors, 0.25, 0.5)
    assert between == pytest.approx(own**2 + together[1, 1])
    assert within == pytest.approx(((values - base - own) ** 2).sum() + 2 * together.sum())

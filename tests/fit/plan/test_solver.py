"""Does fixing what is settled lose nothing, and does a search that ends early still give a choice that holds?"""

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from fit.plan import solver
from fit.plan.solver import Infeasible, Rows, minimise


def question(seed: int, count: int = 150) -> tuple[np.ndarray, Rows]:
    """Lines with a budget, a least number and a least sum of something else."""
    dice = np.random.default_rng(seed)
    cost = np.exp(dice.normal(6, 1, count))
    value = cost * np.exp(dice.normal(0, 0.5, count))
    other = value * dice.random(count)
    weights = csr_array(np.stack([cost / cost.sum() * 100, np.ones(count), other / other.sum() * 100]))
    return -value / value.max() * 1e4, Rows(weights, np.array([-np.inf, 5, 8.0]), np.array([10.0, 30, np.inf]))


@pytest.mark.parametrize("seed", range(8))
def test_the_choice_is_the_one_of_the_whole_programme(seed: int) -> None:
    objective, rows = question(seed)
    found = minimise(objective, rows)
    sums = rows.weights @ found.values
    assert (sums >= rows.low - 1e-6).all()
    assert (sums <= rows.high + 1e-6).all()
    whole = milp(
        objective,
        integrality=np.ones(len(objective)),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(rows.weights, rows.low, rows.high),
        options={"mip_rel_gap": 0.0},
    )
    assert float(objective @ found.values) == pytest.approx(whole.fun, rel=1e-9)
    assert not found.is_free.all()


def test_a_search_that_ends_early_keeps_all_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solver, "MOST_NODES", 1)
    dice = np.random.default_rng(1)
    cents = np.ceil(100 * np.exp(dice.normal(6.5, 1, 300)))
    objective = -cents / cents.max() * 1e4  # every set that costs as much is as good: the hardest kind
    rows = Rows(csr_array(cents[None] / 1e6 * 1e4), np.array([-np.inf]), np.array([1e4]))
    found = minimise(objective, rows)
    assert (rows.weights @ found.values <= 1e4 + 1e-6).all()
    assert (rows.weights @ found.values >= 0.99e4).all()


def test_what_cannot_hold_is_said() -> None:
    objective, rows = question(1)
    with pytest.raises(Infeasible):
        minimise(objective, Rows(rows.weights, np.array([-np.inf, 5, 99.0]), rows.high))

"""Is a test worth what is learned from it, by hand-worked numbers?"""

from math import exp

import numpy as np
import pytest

from fit.plan.pilots import gain_of_knowing


def test_nothing_is_gained_where_nothing_is_learned_or_nothing_is_expected() -> None:
    assert gain_of_knowing(1.0, 0.0, 1.0) == 0.0
    assert gain_of_knowing(0.0, 1.0, 1.0) == 0.0


def test_the_gain_is_the_mean_of_the_better_of_both_less_the_better_now() -> None:
    dice = np.random.default_rng(1).standard_normal(400_000)
    for rate, sd, usual in ((1.0, 0.5, 1.0), (0.4, 0.8, 1.0), (1.5, 0.3, 1.0)):
        found = rate * np.exp(sd * dice - sd**2 / 2)
        assert gain_of_knowing(rate, sd, usual) == pytest.approx(
            np.maximum(found, usual).mean() - max(rate, usual), abs=0.004
        )


def test_a_creator_at_the_margin_gains_most_and_a_poor_one_next_to_nothing() -> None:
    assert gain_of_knowing(1.0, 0.5, 1.0) == pytest.approx(0.1974, abs=1e-4)  # 2 Phi(0.25) - 1
    assert gain_of_knowing(exp(-3), 0.5, 1.0) < 1e-9

"""Is a payoff the product of its parts?"""

import numpy as np
import pytest

from fit.model.payoff import Strengths, awareness_factor, conversion_factor, payoffs


def test_a_typical_creator_at_market_price_pays_one():
    one = np.array(1.0)
    assert payoffs(one, np.array(0.55), one, one, 0.55, 0.6, 0.05) == pytest.approx((1.0, 1.0))


def test_half_the_price_doubles_both_payoffs():
    one = np.array(1.0)
    plain = payoffs(one, np.array(0.3), one, one, 0.55, 0.6, 0.05)
    assert payoffs(2 * one, np.array(0.3), one, one, 0.55, 0.6, 0.05) == pytest.approx((2 * plain[0], 2 * plain[1]))


def test_factors_are_expectations_over_what_is_open():
    strengths = Strengths(np.array([[0.4, 0.1, 0.2]]), np.array([[[0.2, 0, 0], [0, 0.1, 0.03], [0, 0.03, 0.3]]]))
    assert awareness_factor(strengths)[0][0] == pytest.approx(np.exp(0.5 * 0.4 + 0.25 * 0.2 / 2))
    assert conversion_factor(strengths)[0][0] == pytest.approx(np.exp(0.3 + (0.1 + 0.3 + 2 * 0.03) / 2))

"""Is the next swap the best of all that keep the limits?"""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fit.plan.choose import Field, Limits, choose, keeps_limits
from fit.plan.solver import Infeasible
from fit.plan.swap import next_swap


def best_change(field: Field, limits: Limits, booked: np.ndarray) -> float | None:
    """The best exchange of one or two lines for one or two others, tried out."""
    inside, outside = np.flatnonzero(booked), np.flatnonzero(~booked)
    found = []
    for out in (group for size in (1, 2) for group in combinations(inside, size)):
        for joins in (group for size in (1, 2) for group in combinations(outside, size)):
            other = booked.copy()
            other[list(out)], other[list(joins)] = False, True
            if keeps_limits(field, limits, other):
                found.append(field.values[other].sum() - field.values[booked].sum())
    return max(found, default=None)


@pytest.mark.thorough
@settings(max_examples=60)
@given(st.data(), st.sampled_from([8, 40]), st.booleans())
def test_the_next_swap_is_the_best_exchange_of_one_or_two(data: st.DataObject, count: int, is_pair: bool) -> None:
    dice = np.random.default_rng(data.draw(st.integers(0, 10_000)))
    cents, values = dice.integers(100_00, 900_00, count), dice.integers(1, 60, count).astype(float)
    abroad = values * dice.random(count)
    field = Field(np.arange(count) // (1 + is_pair), cents, values, np.column_stack([values - abroad, abroad]))
    limits = Limits(
        2_000_00,
        most=data.draw(st.none() | st.integers(2, 5)),
        must=data.draw(st.just(frozenset()) | st.just(frozenset({1}))),
        at_least=data.draw(st.just({}) | st.just({1: 10.0})),
        is_several=data.draw(st.booleans()),
        most_for_one=data.draw(st.none() | st.just(1_100_00)),
    )
    try:
        booked = choose(field, limits)
    except Infeasible:
        return
    swap, best = next_swap(field, limits, booked), best_change(field, limits, booked)
    assert (swap is None) == (best is None)
    if swap is not None:
        assert swap.change == pytest.approx(best)
        assert swap.change <= 1e-6


def test_no_swap_where_everything_is_booked() -> None:
    field = Field(np.arange(2), np.array([100, 100]), np.ones(2), np.ones((2, 1)))
    assert next_swap(field, Limits(1_000), np.ones(2, bool)) is None

"""Is the chosen set the best of all that keep the limits, to the cent, and always the same?"""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fit.plan.choose import Field, Limits, choose, keeps_limits
from fit.plan.solver import Infeasible


def lines(cents: list[int], values: list[float], creators: list[int] | None = None) -> Field:
    """Lines in one market."""
    numbers = np.arange(len(cents)) if creators is None else np.array(creators)
    worth = np.array(values, float)
    return Field(numbers, np.array(cents), worth, worth[:, None])


def best_of_all(field: Field, limits: Limits) -> float | None:
    """The value of the best set, tried out; None where no set keeps the limits."""
    sets = (np.array(one, bool) for one in product((False, True), repeat=len(field)))
    return max((float(field.values[one].sum()) for one in sets if keeps_limits(field, limits, one)), default=None)


@st.composite
def questions(draw: st.DrawFn) -> tuple[Field, Limits]:
    """Small fields with any limits."""
    count = draw(st.integers(1, 9))
    cents = draw(st.lists(st.integers(0, 2_000_00) | st.sampled_from([100, 200, 333]), min_size=count, max_size=count))
    values = draw(st.lists(st.floats(0.001, 500) | st.sampled_from([1.0, 2.0]), min_size=count, max_size=count))
    people = sorted(draw(st.lists(st.integers(0, count - 1), min_size=count, max_size=count)))
    creators = np.unique(people, return_inverse=True)[1] if draw(st.booleans()) else np.arange(count)
    abroad = np.array(draw(st.lists(st.floats(0, 1), min_size=count, max_size=count))) * values
    field = Field(creators, np.array(cents), np.array(values), np.column_stack([np.array(values) - abroad, abroad]))
    budget = draw(st.integers(1, 6_000_00))
    some = st.frozensets(st.sampled_from(sorted(set(creators.tolist()))), max_size=2)
    must = draw(st.just(frozenset()) | some)
    limits = Limits(
        budget,
        fewest=draw(st.integers(0, 3)),
        most=draw(st.none() | st.integers(3, 6)),
        must=must,
        without=draw(st.just(frozenset()) | some) - must,
        most_for_one=draw(st.none() | st.integers(1, budget)),
        is_several=draw(st.booleans()),
        at_least=draw(st.just({}) | st.fixed_dictionaries({1: st.floats(0.5, 100)})),
    )
    return field, limits


@pytest.mark.thorough
@settings(max_examples=300)
@given(questions())
def test_the_chosen_set_is_the_best_of_all_sets(question: tuple[Field, Limits]) -> None:
    field, limits = question
    best = best_of_all(field, limits)
    if best is None:
        with pytest.raises(Infeasible):
            choose(field, limits)
        return
    booked = choose(field, limits)
    assert keeps_limits(field, limits, booked)
    assert float(field.values[booked].sum()) == pytest.approx(best, rel=1e-8)


def test_the_budget_holds_to_the_cent_however_large_it_is() -> None:
    cents = [100_000_000_01, 100_000_000_00, 99_999_999_99]
    assert choose(lines(cents, [3, 2, 1]), Limits(200_000_000_00)).tolist() == [True, False, True]
    assert choose(lines(cents, [3, 2, 1]), Limits(200_000_000_01)).tolist() == [True, True, False]
    assert choose(lines(cents, [3, 2, 1]), Limits(199_999_999_98)).tolist() == [True, False, False]


def test_of_sets_that_bring_the_same_the_cheaper_is_booked_then_the_first_by_id() -> None:
    assert choose(lines([500, 400, 400], [2, 2, 2]), Limits(500)).tolist() == [False, True, False]
    assert choose(lines([400] * 6, [2] * 6), Limits(900)).tolist() == [True, True, False, False, False, False]
    many = lines([400] * 400, [2] * 400)
    assert np.flatnonzero(choose(many, Limits(2_000))).tolist() == [0, 1, 2, 3, 4]


def test_one_creator_gets_no_more_than_its_part_over_all_of_its_lines() -> None:
    field = lines([300, 300, 300], [9, 9, 1], [0, 0, 1])
    assert choose(field, Limits(1_000, is_several=True)).tolist() == [True, True, True]
    assert choose(field, Limits(1_000, is_several=True, most_for_one=400)).tolist() == [True, False, True]
    assert choose(field, Limits(1_000)).tolist() == [True, False, True]


def test_a_large_field_is_solved_as_a_whole() -> None:
    """The best set of a thousand lines is known where one number decides: value over cost, and the budget fits."""
    dice = np.random.default_rng(3)
    cents = np.full(1_000, 1_000_00)
    values = dice.uniform(1, 100, 1_000)
    booked = choose(Field(np.arange(1_000), cents, values, values[:, None]), Limits(50_500_00))
    assert set(np.flatnonzero(booked)) == set(np.argsort(-values)[:50])

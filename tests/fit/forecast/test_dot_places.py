"""Do the dots of all rows stand in the same columns, each on its own side of the target, none over another?"""

from itertools import pairwise

import pytest

from fit.forecast.dot_places import ACROSS, place_dots


def test_rows_share_columns_of_whole_numbers_and_stack_in_them():
    plot = place_dots([[0.0, 0.0, 30.0], [0.0, 1.0, 40.0]])
    assert (plot.step, plot.end) == (1.0, 40.5)
    assert [[(dot.value, dot.level) for dot in row] for row in plot.rows] == [
        [(0.0, 0), (0.0, 1), (30.0, 0)],
        [(0.0, 0), (1.0, 0), (40.0, 0)],
    ]
    assert plot.rows[0][0].across == plot.rows[1][0].across == pytest.approx(plot.across(0.0))
    assert plot.heights == (2, 1)
    assert plot.ticks == (0.0, 10.0, 20.0, 30.0, 40.0)


def test_few_columns_hold_dots_beside_each_other_around_their_value():
    plot = place_dots([[0.0] * 19 + [2.0], [4.0]])
    assert not plot.is_root
    places = sorted(dot.across for dot in plot.rows[0][:19] if dot.level == 0)
    assert len(places) > 1
    assert (places[0] + places[-1]) / 2 == pytest.approx(plot.across(0.0), abs=0.6 / ACROSS)
    assert min(after - before for before, after in pairwise(places)) >= 0.99 / ACROSS
    assert plot.rows[1][0].across == pytest.approx(plot.across(4.0))
    assert len({(dot.across, dot.level) for dot in plot.rows[0]}) == 20


@pytest.mark.parametrize("far", [230.0, 2_300.0, 2_300_000.0])
def test_the_column_of_zero_holds_zeros_alone(far):
    """A chance of nothing is counted there: 1 dot of 4 here, also where a column spans more than small values."""
    plot = place_dots([[0.0, 1.0, 3.0, far], [0.0, 0.0, 2.0, 5.0]])
    assert [[dot.value == 0 for dot in row] for row in plot.rows] == [
        [True, False, False, False],
        [True, True, False, False],
    ]


@pytest.mark.parametrize("target", [949.0, 950.0, 951.0, 1000.0])
def test_what_reaches_the_target_stands_on_its_far_side(target):
    plot = place_dots([[900.0, 948.0, 949.0, 950.0, 951.0, 999.0, 1000.0, 4000.0]], target)
    line = plot.line(target)
    assert [dot.reached for dot in plot.rows[0]] == [dot.across > line for dot in plot.rows[0]]


def test_large_values_are_rounded_to_a_round_step_and_small_rates_have_small_ones():
    assert place_dots([[81_234.0]]).step == 2000.0
    assert place_dots([[0.2]], is_whole=False).step == 0.005
    assert place_dots([[0.0, 0.0]]).rows[0][0].value == 0.0


def test_rows_that_differ_tenfold_share_a_scale_of_roots_with_round_ticks():
    plot = place_dots([[0.0, 1.0, 2.0], [50.0, 200.0]], 60.0)
    assert plot.is_root
    assert plot.ticks == (0.0, 5.0, 20.0, 50.0, 100.0, 200.0)
    first = [dot.across for dot in plot.rows[0]]
    assert first == sorted(first)
    assert len(set(first)) == 3
    assert first[1] == pytest.approx(plot.across(1.0), abs=0.51 / ACROSS)
    assert plot.rows[1][0].across < plot.line(60.0) < plot.rows[1][1].across
    assert plot.rows[1][1].across == pytest.approx(plot.across(200.0))

"""Is the total drawn as one: luck apart, errors shared, one creator's lines with one strength?"""

import numpy as np
import polars as pl
import pytest

from fit.brief import Brief
from fit.forecast import draw_apart, inputs_of, read_stored
from fit.plan import candidates_of_brief
from fit.plan.totals import Total, futures_of, total_of


@pytest.fixture(scope="module")
def inputs(ask_demo):
    stored = read_stored(ask_demo)
    names = stored.creators.filter(pl.col("followers") > 0)["creator_id"].sort().head(3).to_list()
    lines = pl.DataFrame({"creator_id": [names[0], names[0], names[1]], "market": "DE", "deliverable": "post"})
    return inputs_of(lines, stored), names


def test_lines_of_different_creators_have_luck_of_their_own(inputs) -> None:
    known, names = inputs
    some = known.take(np.array([0, 2]))
    drawn = futures_of(some, names[:2])
    apart = draw_apart(some)
    assert all(np.array_equal(drawn[metric], apart[metric], equal_nan=True) for metric in apart)


def test_lines_of_one_creator_move_together_more_than_those_of_two(inputs) -> None:
    known, names = inputs
    drawn = np.log1p(futures_of(known, [names[0], names[0], names[1]])["clicks"])
    together = np.corrcoef(drawn)
    assert together[0, 1] > together[0, 2] + 0.03  # 2,000 draws leave .02 of noise in each
    assert together[0, 2] > -0.1


def test_targets_are_of_the_sum_and_unknown_where_a_part_is(ask_demo) -> None:
    field = candidates_of_brief(ask_demo, Brief((("DE", 1.0),)))
    at = [place for place, line in enumerate(field.lines) if line.is_known][:4]
    total, targets = total_of(field, at, (("clicks", 0.0), ("clicks", 1e9), ("cost_per_click", 1e9)))
    assert [target.p_hit for target in targets] == [1.0, 0.0, 1.0]
    assert total.mean == pytest.approx(sum(field.lines[place].mean for place in at))
    nothing, (target,) = total_of(field, [], (("clicks", 1.0),))
    assert (nothing.mean, nothing.p_zero, target.p_hit) == (0.0, 1.0, None)


def test_no_end_of_a_total_lies_below_that_of_one_of_its_parts() -> None:
    total = Total("clicks", 12.0, 2.0, 9.0, 20.0, 0.0)
    assert total.at_least([(1.0, 10.0, 19.0), (2.5, 0.0, 21.0)]) == Total("clicks", 12.0, 2.5, 10.0, 21.0, 0.0)
    assert total.at_least([]) == total

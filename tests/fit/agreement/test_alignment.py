"""Does the matrix say how far two sides meet, and where they disagree?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fit.agreement.alignment import align
from tests.agreements import agreement, rated

SCORES = st.tuples(st.integers(1, 5), st.integers(1, 5))


def test_a_rows_overlap_is_the_mean_of_both_ratings_and_the_average_is_over_rows():
    found = align(agreement(alignment=rated((4, 3), (5, 4), (1, 4))))
    assert [(row.overlap, row.apart, row.is_disputed) for row in found.rows] == [
        (3.5, 1, False),
        (4.5, 1, False),
        (2.5, 3, True),
    ]
    assert found.average == 3.5
    assert found.is_enough
    assert found.because == (
        "The needs of both sides overlap by 3.5 of 5 on average over 3 pairs of needs; 3.5 is a rule of thumb, not a "
        "measurement. The two sides see 1 pair differently. Talk about that first."
    )


@given(st.lists(SCORES, min_size=1, max_size=8))
def test_the_rule_of_practice_alone_decides_over_the_average(pairs):
    found = align(agreement(alignment=rated(*pairs)))
    assert found.average == pytest.approx(sum(map(sum, pairs)) / 2 / len(pairs))
    assert found.is_enough == (found.average >= 3.5) == (not found.under_the_rule)


@pytest.mark.parametrize(
    ("ratings", "said"),
    [
        ((), ["The alignment matrix is empty."]),
        (((4, None),), ["The rating of the creator is missing in row 1 of the alignment matrix"]),
        (
            ((4, 4), (None, None)),
            [
                "The rating of the brand is missing in row 2 of the alignment matrix",
                "The rating of the creator is missing in row 2 of the alignment matrix",
            ],
        ),
    ],
)
def test_a_matrix_that_is_not_filled_in_has_no_average(ratings, said):
    found = align(agreement(alignment=rated(*ratings)))
    assert found.average is None
    assert [sentence[: len(begin)] for sentence, begin in zip(found.missing, said, strict=True)] == said
    assert not found.is_enough


def test_no_metric_that_matters_to_both_is_a_red_flag():
    found = align(agreement(metrics=agreement().metrics[:1]))
    assert [text[:38] for text in found.nothing_shared] == ["No metric matters to both sides, so th"]

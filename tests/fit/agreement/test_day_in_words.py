"""Is the day of a sentence read where it is plain, and nowhere else?"""

from datetime import date

import pytest

from fit.agreement.day_in_words import day_in_words

NEAR = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Posts by 25 November", date(2026, 11, 25)),
        ("the first post on Nov. 25th, then we talk", date(2026, 11, 25)),
        ("We send samples until 3rd of January", date(2027, 1, 3)),
        ("Pay before January 3, 2028", date(2028, 1, 3)),
        ("live on 2026-12-01", date(2026, 12, 1)),
        ("3 stories from 25 November", None),
        ("between 3 and 25 November", None),
        ("3-25 November", None),
        ("3 November or 25 November", None),
        ("by 31 November", None),
        ("4 posts and 3 stories in 48 hours", None),
        ("25.11.", None),
        ("in march time, 2 people", None),
        ("", None),
    ],
)
def test_the_day_of_a_sentence(text, day):
    assert day_in_words(text, NEAR) == day


def test_a_day_without_a_year_needs_a_day_to_be_near_to():
    assert (day_in_words("by 25 November", None), day_in_words("by 25 November 2026", None)) == (
        None, date(2026, 11, 25),
    )  # fmt: skip

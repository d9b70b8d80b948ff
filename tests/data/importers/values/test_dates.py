"""Are days read in the words and short years that people and programs write, and only where one reading is certain?"""

from datetime import date

import pytest

from data.importers.values import dates

LAST_YEAR = 2027


@pytest.mark.parametrize(
    ("texts", "days"),
    [
        (["03-Apr-25", "28-Apr-25"], [date(2025, 4, 3), date(2025, 4, 28)]),
        (["03-Apr-25"], [date(2025, 4, 3)]),
        (["7 mai 25", "1 Juni 25"], [date(2025, 5, 7), date(2025, 6, 1)]),
        (["15-Apr-25", "16-Apr-25"], [None, None]),  # 2015 or 2025
        (["03-Apr-88"], [None]),
    ],
)
def test_a_short_year_behind_the_name_of_a_month_needs_proof(texts, days):
    long = dates.with_long_years(texts, LAST_YEAR)
    assert [dates.read(long.get(text, text), None) for text in texts] == days


@pytest.mark.parametrize(
    "text",
    [
        "Mon 5 May 2025",
        "Monday, May 5, 2025",
        "5th May 2025",
        "May 5th, 2025",
        "Montag, 5. Mai 2025",
        "lun. 5 mai 2025",
    ],
)
def test_the_day_of_the_week_and_an_ordinal_say_nothing_more(text):
    assert dates.read(text, None) == date(2025, 5, 5)


@pytest.mark.parametrize("text", ["April 3, 2025 → April 10, 2025", "2025-04-03 -> 2025-04-10"])
def test_an_arrow_stands_between_two_days(text):
    assert dates.day_range(text) == (date(2025, 4, 3), date(2025, 4, 10))

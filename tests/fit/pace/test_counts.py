"""Are counts so far read as they are meant, and refused where nobody can know what they mean?"""

from datetime import date
from functools import partial

import pytest

from data.importers.table import read_numbers, read_table
from data.importers.values import dates
from fit.agreement.agreement import Agreement, MetricLine
from fit.pace.counts import Count, PaceError, count_known, last_day, read_counts, so_far
from tests.fit.review.reviewed import agreed

FIRST, LAST = date(2026, 1, 10), date(2026, 2, 10)
AGREED = agreed(start=FIRST, end=LAST, attribution_window_days=14)


def read(text: str, on: date | None = None, agreement: Agreement = AGREED) -> tuple[Count, ...]:
    table = read_table(text.encode(), count_known)
    numbers = partial(read_numbers, currency=agreement.currency or "")
    return read_counts(table.every_row, agreement, numbers, dates.read_column, on)


def test_a_row_is_a_total_up_to_a_day_of_all_or_of_one_deliverable() -> None:
    rows = "Link clicks,120,2026-01-13,\nengagements,,2026-01-13,\npurchases,3,14/01/2026,Stories\n"
    counts = read(f"kpi,so far,day,content\n{rows}")
    assert counts == (
        Count("clicks", 120.0, date(2026, 1, 13), None, 2),
        Count("conversions", 3.0, date(2026, 1, 14), "story", 4),
    )


def test_rows_without_a_day_are_of_the_day_that_is_asked_for() -> None:
    assert read("metric,value\nclicks,12\n", on=date(2026, 1, 15))[0].day == date(2026, 1, 15)
    with pytest.raises(PaceError, match=r"^Row 2 names no day\. Add a column date, or say the day: --on\.$"):
        read("metric,value\nclicks,12\n")


def test_the_newest_totals_of_each_deliverable_are_added_up() -> None:
    counts = read(
        "metric,value,date,deliverable\nclicks,20,2026-01-12,story\nclicks,50,2026-01-16,story\nclicks,30,2026-01-14,reel\n"
        "reach,900,2026-01-12,\n"
    )
    assert so_far(counts, date(2026, 1, 16)) == {"clicks": 80.0, "reach": 900.0}
    assert so_far(counts, date(2026, 1, 13)) == {"clicks": 20.0, "reach": 900.0}
    assert so_far(counts, date(2026, 1, 11)) == {}


def test_results_count_until_the_attribution_window_ends() -> None:
    assert last_day(AGREED) == date(2026, 2, 24)
    assert last_day(agreed(start=FIRST, end=LAST)) == date(2026, 3, 12)
    with pytest.raises(PaceError, match="names no first and last day"):
        last_day(agreed(start=FIRST))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("metric,value,date\nclicks,200,2026-01-12\nclicks,180,2026-01-15\n",
         "Clicks falls from 200 (row 2) to 180 (row 3). Totals so far only grow: write the total up to each day."),
        ("metric,value,date\nclicks,180,2026-01-15\nclicks,200,2026-01-12\n",
         "Clicks falls from 200 (row 3) to 180 (row 2). Totals so far only grow: write the total up to each day."),
        ("metric,value,date\nclicks,200,2026-01-12\nclicks,200,2026-01-12\n",
         "Clicks of 2026-01-12 is given twice, in row 2 and row 3. Keep one of the two."),
        ("metric,value,date,deliverable\nclicks,200,2026-01-12,\nclicks,20,2026-01-13,reel\n",
         "Clicks is given for all deliverables (row 2) and for one (row 3). Keep one way."),
        ("metric,value,date\nclicks,2,2026-01-09\n",
         "Row 2 is of 2026-01-09; the charter runs, and its results count, from 2026-01-10 to 2026-02-24. Correct it."),
        ("metric,value,date\nclicks,2,2026-02-25\n",
         "Row 2 is of 2026-02-25; the charter runs, and its results count, from 2026-01-10 to 2026-02-24. Correct it."),
        ("metric,value,date\nclicks,2,soon\n", "Row 2: 'soon' is no day. Write it as 2026-03-01."),
        ("metric,value,date,deliverable\nclicks,2,2026-01-12,podcast\n",
         "Row 2: 'podcast' is no deliverable of the charter, which has story and reel. Correct its name."),
        ("metric,value,date,deliverable\nreach,2,2026-01-12,reel\n",
         "Row 2: reach of several deliverables does not add up. Give it once for all, without one."),
        ("metric,value,date,currency\nrevenue,200,2026-01-12,EUR\nrevenue,300,2026-01-14,USD\n",
         "Row 3 is in USD, the charter in EUR. Convert it, or leave the row out."),
        ("metric,value,date,notes\nclicks,2,2026-01-12,x\n",
         "The column 'notes' is not read. Take it out; read are metric, value, date, deliverable, currency."),
        ("metric,amount,date\nclicks,2,2026-01-12\n",
         "The first row names no column value. Write a header: metric, value, date, deliverable."),
        ("metric,value,date\nclicks,,2026-01-12\n",
         "The file holds no count. Write a metric and its total so far, for example clicks,412."),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused_with_its_row(text: str, said: str) -> None:
    with pytest.raises(PaceError) as refused:
        read(text)
    assert str(refused.value) == said


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("metric,value,date\nstuff,2,2026-01-12\n", "Row 2: "),
        ("metric,value,date\nclicks,2.5,2026-01-12\n", "Row 2: clicks is '2.5': "),
        ("metric,value,date\nclicks,-3,2026-01-12\n", "Row 2: clicks is '-3': "),
        ("metric,value,date\nrevenue,300 USD,2026-01-12\n", "Row 2: revenue is '300 USD': "),
    ],
)
def test_a_wrong_name_or_number_is_refused_with_its_row(text: str, begins: str) -> None:
    with pytest.raises(PaceError) as refused:
        read(text)
    assert str(refused.value).startswith(begins)


def test_more_clicks_than_displays_are_refused() -> None:
    counts = read("metric,value,date\nclicks,90,2026-01-12\nimpressions,80,2026-01-13\n")
    with pytest.raises(PaceError, match="90 clicks of 80 impressions cannot be"):
        so_far(counts, date(2026, 1, 13))
    assert so_far(counts, date(2026, 1, 12)) == {"clicks": 90.0}


def test_a_whole_that_was_not_counted_lately_is_held_against_nothing() -> None:
    counts = read("metric,value,date\nimpressions,5000,2026-01-12\nreach,6000,2026-01-16\n")
    assert so_far(counts, LAST) == {"impressions": 5000.0, "reach": 6000.0}


@pytest.mark.parametrize("called", ["cost", "Cost", "Spend"])
def test_what_was_spent_is_cost_however_it_is_called(called: str) -> None:
    assert read(f"metric,value,date\n{called},EUR 500,2026-01-12\n") == (
        Count("cost", 500.0, date(2026, 1, 12), None, 2),
    )


def test_a_metric_of_their_own_is_known_by_the_charter() -> None:
    own = agreed(MetricLine("smiles", "creator", 9.0, definition="faces that smile"), start=FIRST, end=LAST)
    counts = read("metric,value,date\nsmiles,4,2026-01-12\n", agreement=own)
    assert so_far(counts, LAST) == {"smiles": 4.0}
    with pytest.raises(PaceError, match=r"^Row 2: 'smiles' is no metric of the library"):
        read("metric,value,date\nsmiles,4,2026-01-12\n")

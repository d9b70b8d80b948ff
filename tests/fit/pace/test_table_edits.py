"""Does a table of counts turn into the rows that somebody meant, and keep what nobody touched?"""

from datetime import date

import pytest

from fit.agreement.agreement import MetricLine
from fit.pace.counts import Count, PaceError
from fit.pace.table_edits import HEADER, countable, rows_of_edits
from tests.fit.review.reviewed import agreed

SHOWN = (Count("clicks", 61.0, date(2026, 1, 13), None, 0), Count("clicks", 90.5, date(2026, 1, 15), None, 0))


def test_changed_added_and_deleted_rows_are_told_apart() -> None:
    rows, taken_back = rows_of_edits(
        SHOWN,
        {
            "edited_rows": {"1": {"value": 95, "date": "2026-01-16"}},
            "added_rows": [{"metric": "impressions", "value": 5200.0, "date": "2026-01-16T00:00:00.000"}, {}],
            "deleted_rows": [0],
        },
    )
    assert rows == [
        (0, HEADER), (2, ("clicks", "95", "2026-01-16", "")), (3, ("impressions", "5200", "2026-01-16", "")),
    ]  # fmt: skip
    assert taken_back == [SHOWN[0], SHOWN[1]]


def test_a_cleared_total_takes_its_count_back_and_nothing_changed_gives_no_row() -> None:
    assert rows_of_edits(SHOWN, {"edited_rows": {0: {"value": None}}}) == ([(0, HEADER)], [SHOWN[0]])
    assert rows_of_edits(SHOWN, {}) == ([(0, HEADER)], [])


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"value": 5, "date": "2026-01-16"}, "Row 3 has no metric. Add it, or delete the row."),
        ({"metric": "clicks", "deliverable": "reel"}, "Row 3 has no count. Add it, or delete the row."),
    ],
)
def test_a_new_row_needs_a_metric_and_a_count(cells: dict, said: str) -> None:
    with pytest.raises(PaceError) as refused:
        rows_of_edits(SHOWN, {"added_rows": [cells]})
    assert str(refused.value) == said


def test_what_is_counted_can_be_chosen_the_charters_own_first() -> None:
    own = MetricLine("smiles", "creator", 9.0, definition="faces that smile")
    lines = (own, MetricLine("engagement_rate", "creator", 0.1), MetricLine("clicks", "brand", 9.0))
    assert countable(agreed(*lines)) == (
        "smiles", "clicks", "impressions", "in_market_impressions", "reach", "engagements", "conversions", "revenue",
    )  # fmt: skip

"""Is a line what was typed or written, with nulls where nothing was said, and is what cannot be meant refused?"""

from dataclasses import dataclass
from datetime import date

import polars as pl
import pytest

from fit.brief import BriefError
from fit.forecast.brief_lines import BRIEF_COLUMNS, MOST_COST, asked_line, lines_of_rows

NOTHING = dict.fromkeys(BRIEF_COLUMNS)


@dataclass
class Typed:
    """Options of a command, as LineOptions names them."""

    creator: str = "ada"
    platform: str | None = None
    deliverable: str | None = None
    date: str | None = None
    cost: float | None = None
    currency: str | None = None


def test_a_full_line_is_what_was_typed():
    line = asked_line(Typed("ada", "tiktok", "post=2", "2026-05-01", 80.5, "eur"), ["DE", "AT"])
    assert line.schema == pl.Schema(BRIEF_COLUMNS)
    assert line.to_dicts() == [
        NOTHING
        | {
            "creator_id": "ada", "market": "DE+AT", "platform": "tiktok", "date": date(2026, 5, 1),
            "deliverable": "post", "count_deliverables": 2, "cost": 80.5, "currency": "EUR",
        }
    ]  # fmt: skip


def test_what_was_not_typed_stays_open_and_one_piece_is_meant():
    expected = NOTHING | {"creator_id": "ada", "market": "DE", "count_deliverables": 1}
    assert asked_line(Typed(), ["DE"]).to_dicts() == [expected]
    assert asked_line(Typed(date="", currency=""), ["DE"]).to_dicts() == [expected]


@pytest.mark.parametrize("day", ["2026-02-30", "1.3.2026", "soon"])
def test_a_day_that_is_none_is_refused(day):
    with pytest.raises(BriefError, match=f"'{day}' is no day. Write it as 2026-03-01."):
        asked_line(Typed(date=day), ["DE"])


def test_a_cost_is_from_nothing_to_a_trillion():
    for cost in (0.0, 999_999_999_999.0):
        assert asked_line(Typed(cost=cost), ["DE"])["cost"].to_list() == [cost]
    for cost in (-0.01, 1e12, float("nan")):
        with pytest.raises(BriefError, match=r"is no amount from 0 to below 1e\+12\."):
            asked_line(Typed(cost=cost), ["DE"])
    assert MOST_COST == 1e12


def test_rows_become_lines_in_their_order_with_nulls_for_what_they_leave_out():
    rows = [{"creator_id": "ben", "cost": 7.0, "other": "x"}, {"creator_id": "ada"}]
    lines = lines_of_rows(rows, {"ada", "ben"}, "briefs.csv")
    assert lines.schema == pl.Schema(BRIEF_COLUMNS)
    assert lines.to_dicts() == [NOTHING | {"creator_id": "ben", "cost": 7.0}, NOTHING | {"creator_id": "ada"}]
    assert lines_of_rows([], set(), "briefs.csv").to_dicts() == []


def test_creators_that_nobody_knows_are_counted_once_and_the_first_is_named():
    rows = [{"creator_id": name} for name in ("ada", "zoe", "max", "zoe")]
    with pytest.raises(BriefError, match=r"^2 creators of briefs\.csv are not in the store, first 'zoe'\. Load their"):
        lines_of_rows(rows, {"ada"}, "briefs.csv")
    with pytest.raises(BriefError, match=r"^one creator of briefs\.csv is not in the store: 'zoe'\. Load their"):
        lines_of_rows(rows, {"ada", "max"}, "briefs.csv")

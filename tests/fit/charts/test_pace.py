"""Does the picture of a running campaign draw counts, range and target as the table has them?"""

from datetime import date, timedelta

from fit.charts import pace_path
from fit.pace import PaceLine, PacePath

FIRST = date(2026, 1, 10)
LINE = PaceLine("clicks", "clicks", 100.0, 21.0, 40.0, 0.4, 0.2, 60.0, 80.0, 110.0)


def path(*counted: tuple[date, float], line: PaceLine = LINE) -> PacePath:
    days = tuple(FIRST + timedelta(days=day) for day in range(3))
    return PacePath(
        line, days, (5.0, 9.6, 12.0), (20.0, 30.0, 40.0), (50.0, 70.0, 90.0), counted, FIRST + timedelta(30)
    )


def test_the_finding_holds_the_newest_count_against_the_range_of_its_day() -> None:
    chart = pace_path(path((FIRST, 11.0), (FIRST + timedelta(days=1), 21.0)), "EUR")
    assert chart.title == "Clicks: 21 so far, 10 to 70 expected by then"
    assert chart.table.columns == ["date", "so_far", "low", "expected", "high"]
    assert chart.table["so_far"].to_list() == [11.0, 21.0, None]
    assert chart.table["low"].to_list() == [5, 10, 12]


def test_counts_stand_on_their_day_and_the_final_range_at_the_end() -> None:
    figure = pace_path(path((FIRST + timedelta(days=1), 21.0)), "EUR").figure
    dots = [(tuple(trace.x), tuple(trace.y)) for trace in figure.data if trace.mode == "markers"]
    assert dots == [((31.0,), (80.0,)), ((2.0,), (21.0,))]
    assert figure.layout.xaxis.ticktext == ("day 1", "day 3", "day 31")


def test_nothing_counted_and_no_target_is_drawn_too() -> None:
    bare = PaceLine("clicks", "clicks", None, None, 40.0, None, None, None, None, None)
    chart = pace_path(path(line=bare), "EUR", dark=True)
    assert chart.title == "Clicks: not counted yet, 12 to 90 expected by now"

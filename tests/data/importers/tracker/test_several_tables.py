"""Are tables one below the other read under their own headings, and tables side by side refused?"""

import pytest

from data.importers.report import FileStatus
from tests.data.importers.tracker.load_sheet import bring

FIRST = "Creator,Handle,Date,Fee (EUR),Views,Clicks\nAnna,@anna.b,2025-04-03,500,31000,210\n"


@pytest.mark.parametrize("between", ["", "\n", "May,,,,,\n"], ids=["nothing", "blank line", "title"])
def test_rows_below_a_second_header_are_read_under_it(tmp_path, between):
    second = "Creator,Handle,Date,Clicks,Views,Orders,Fee (EUR)\nCleo,@cleo.d,2025-06-13,310,41000,31,700\n"
    came = bring(tmp_path, FIRST + between + second)
    results = [(row[0], row[8], row[11], row[12], row[14]) for row in came.campaigns]
    assert results == [("anna.b", 31_000, 210, None, 500), ("cleo.d", 41_000, 310, 31, 700)]
    row = 3 + bool(between)
    assert f"row {row} begins another table: its rows are read under its own headings" in came.report.message
    assert came.report.status == FileStatus.IMPORTED


def test_the_header_again_is_no_row(tmp_path):
    header, row = FIRST.splitlines()
    came = bring(tmp_path, f"{header}\n{row}\n\n{header}\nBen,@ben.c,2025-05-03,600,32000,220\n")
    assert came.ids == ["anna.b", "ben.c"]
    assert (came.report.count_rows_read, came.report.count_rows_imported) == (2, 2)
    assert "the header again, left out: row 4" in came.report.message


def test_tables_that_say_the_same_in_other_words_are_refused(tmp_path):
    second = "Creator,Handle,Date,Fee (EUR),Views,Link clicks\nCleo,@cleo.d,2025-06-13,700,41000,310\n"
    came = bring(tmp_path, f"{FIRST}\n{second}")
    assert came.report.status == FileStatus.REFUSED
    assert "row 4 begins another table, whose headings say in other words" in came.report.message
    assert "put each table on a sheet or in a file of its own" in came.report.message


def test_views_of_one_table_and_impressions_of_another_count_alike(tmp_path):
    second = "Creator,Handle,Date,Fee (EUR),Impressions\nCleo,@cleo.d,2025-06-13,700,41000\n"
    came = bring(tmp_path, f"{FIRST}\n{second}")
    assert [(row[0], row[8]) for row in came.campaigns] == [("anna.b", 31_000), ("cleo.d", 41_000)]


def test_another_table_without_creators_is_left_out(tmp_path):
    came = bring(tmp_path, f"{FIRST}\nMonth,Views,Clicks,Orders\nApril,31000,210,12\n")
    assert came.ids == ["anna.b"]
    assert "row 4 begins a table that names no creators: left out" in came.report.message


def test_a_header_with_fewer_known_words_above_is_the_first(tmp_path):
    second = "Creator,Handle,Date,Views,Clicks,Orders,Likes,Comments\nCleo,@cleo.d,2025-06-13,41000,310,31,9,8\n"
    came = bring(tmp_path, f"Creator,Handle,Date,Views\nAnna,@anna.b,2025-04-03,31000\n\n{second}")
    assert [(row[0], row[8], row[11]) for row in came.campaigns] == [("anna.b", 31_000, None), ("cleo.d", 41_000, 310)]


@pytest.mark.parametrize("second", ["Creator", "Influencer"])
def test_tables_side_by_side_are_refused(tmp_path, second):
    came = bring(
        tmp_path,
        f"Creator,Date,Fee (EUR),Views,,{second},Followers,Germany %\n"
        "Anna Berg,2025-04-03,500,31000,,Tom Vale,88000,61\nTom Vale,2025-04-09,900,88000,,Anna Berg,31000,45\n",
    )
    assert came.report.status == FileStatus.REFUSED
    assert (
        f"two columns name creators and disagree: 'Creator' (column 1) and '{second}' (column 6), in row 2 'Anna Berg' "
        "and 'Tom Vale', as tables side by side do; put each table on a sheet or in a file of its own"
    ).replace("'", "") in came.report.message.replace("'", "")
    assert came.ids == []


@pytest.mark.parametrize(
    ("second", "cells"),
    [("Handle", "@tom.vale;@anna.b"), ("Name", "Anna Berg;Tom Vale"), ("Influencer", "anna;tom"), ("Creator", ";")],
)
def test_two_columns_of_one_creator_are_read(tmp_path, second, cells):
    anna, tom = cells.split(";")
    came = bring(
        tmp_path,
        f"Creator,{second},Date,Views\nAnna Berg,{anna},2025-04-03,31000\nTom Vale,{tom},2025-04-09,88000\n",
    )
    assert sorted(row[8] for row in came.campaigns) == [31_000, 88_000], came.report.message

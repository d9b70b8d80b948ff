"""Are tables side by side refused, and two columns that say the same of a creator read?"""

import pytest

from data.importers.report import FileStatus
from tests.data.importers.tracker.load_sheet import bring


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

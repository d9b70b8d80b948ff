"""Does a table leave the product so that no spreadsheet runs a cell?"""

import polars as pl
import pytest

from fit.documents.safe_csv import csv_text, guarded


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1+1", "-2+3+cmd|' /C calc'!A0", "@SUM(1)", "\t=1+1", " =1", "|x", "%x", "＝1", "'=1+1", "''+a"],
)
def test_what_a_spreadsheet_would_run_gets_a_guard(text):
    assert guarded(pl.DataFrame({"a": [text]})).item() == f"'{text}"


@pytest.mark.parametrize("text", ["Mara", "-5", "+1.5", "a=b", "'quoted'", "", "1e6", None])
def test_other_texts_and_plain_numbers_stay_as_they_are(text):
    assert guarded(pl.DataFrame({"a": [text]}, schema={"a": pl.String})).item() == text


def test_a_table_becomes_csv_with_blanks_for_null():
    frame = pl.DataFrame({"name": ["=x", None], "count": [None, 3]})
    assert csv_text(frame) == "name,count\n'=x,\n,3\n"

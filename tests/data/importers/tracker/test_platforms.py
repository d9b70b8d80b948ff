"""Do rows without a platform have that of their sheet's name, or of the row above them that says one?"""

from pathlib import Path

import openpyxl
import pytest

from data.importers.tracker.platforms import of_sheet
from tests.data.importers.tracker.load_sheet import bring, bring_all

HEADER = ["Name", "Handle", "Followers", "Fee (EUR)", "Date", "Views"]


def workbook(folder: Path, **followers: int) -> Path:
    """A sheet for each name, all with the same handle and other followers."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, count in followers.items():
        sheet = book.create_sheet(name)
        sheet.append(HEADER)
        sheet.append(["Anna", "@anna.b", count, 500, f"2025-04-0{len(book.sheetnames)}", count // 2])
    book.save(folder / "tracker.xlsx")
    return folder / "tracker.xlsx"


def test_the_same_handle_on_the_sheets_of_two_platforms_is_two_accounts(tmp_path):
    came = bring_all([[workbook(tmp_path, Instagram=48_000, TikTok=210_000)]])
    assert [(row[0], row[4]) for row in came.people] == [("instagram:anna.b", 48_000), ("tiktok:anna.b", 210_000)]
    assert [row[0] for row in came.campaigns] == came.ids
    assert "no column says the platform; it is taken from the sheet's name: tiktok" in came.report.message


@pytest.mark.parametrize(
    ("name", "platform"),
    [
        ("IG April 2025", "instagram"),
        ("TikTok creators", "tiktok"),
        ("YouTube Shorts", "youtube"),
        ("Anna TikTok", ""),
        ("Meta", ""),
        ("Sheet1", ""),
    ],
)
def test_a_sheet_is_called_by_a_platform_and_nothing_else(name, platform):
    assert of_sheet(f"book.xlsx/{name}") == platform


def test_a_file_is_no_sheet_of_a_workbook():
    assert of_sheet("/somewhere/tiktok.csv") == ""


def test_rows_have_the_platform_of_the_row_above_them(tmp_path):
    came = bring(
        tmp_path,
        "📸 Instagram,,,\nCreator,Followers,Date,Views\nMia,41000,2025-05-02,4100\n"
        "TIKTOK,,,\nMia,141000,2025-05-03,5200\n",
    )
    assert [(row[0], row[4]) for row in came.people] == [("instagram:mia", 41_000), ("tiktok:mia", 141_000)]
    assert "no column says the platform; it is taken from the line above the header: instagram" in came.report.message
    assert "the platform of the rows below is taken from row 4 (TIKTOK)" in came.report.message


def test_a_column_of_platforms_holds_before_a_row_of_one_cell(tmp_path):
    came = bring(tmp_path, "Creator,Platform,Followers\nMia,Instagram,41000\nTIKTOK,,\nZoe,Instagram,141000\n")
    assert came.ids == ["instagram:mia", "instagram:zoe"]
    assert "left out, with one cell: row 3 (TIKTOK)" in came.report.message


def test_a_kind_of_content_in_the_column_of_platforms_is_no_platform(tmp_path):
    came = bring(tmp_path, "Creator,Platform,Date,Views\nMia,Instagram,2025-05-02,4200\nMia,Story,2025-05-03,200\n")
    assert came.ids == ["instagram:mia"]
    assert [(row[6], row[8]) for row in came.campaigns] == [(None, 4_200), ("story", 200)]


BOTH = "Creator,IG followers,TT followers,IG reach,TT views,Date\n"


def test_results_on_several_platforms_in_one_row_are_refused(tmp_path):
    came = bring(tmp_path, BOTH + "Mia,48000,210000,31000,400000,2025-05-02\n", platform="instagram")
    assert "row 2 has results on several platforms ('IG reach', 'TT views'), and a row counts for one" in (
        came.report.message
    )


def test_results_whose_heading_names_the_platform_are_that_account_s(tmp_path):
    came = bring(tmp_path, BOTH + "Mia,48000,210000,31000,,2025-05-02\nZoe,9000,12000,,5000,2025-05-03\n")
    assert [(row[0], row[8], row[9]) for row in came.campaigns] == [
        ("instagram:mia", None, 31_000),
        ("tiktok:zoe", 5_000, None),
    ]


def test_a_price_of_a_platform_on_which_nobody_is_is_named(tmp_path):
    came = bring(tmp_path, "Creator,Handle,Followers,Price TikTok\nMia,@mia,48000,€300\n")
    assert [row[5] for row in came.people] == [None]
    assert "not used, because no row has an account on that platform: Price TikTok" in came.report.message

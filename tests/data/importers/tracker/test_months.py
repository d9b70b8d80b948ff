"""Do rows without a date have the month that their sheet is called by, each sheet its own?"""

from pathlib import Path

import openpyxl
import pytest

from data.importers.report import Code, Options
from data.importers.tracker.months import days_of_sheet
from tests.data.importers.tracker.load_sheet import bring_all


def workbook(folder: Path, *names: str) -> Path:
    """A sheet of each name, all with the same creator and other numbers."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, name in enumerate(names):
        sheet = book.create_sheet(name)
        sheet.append(["Creator", "Handle", "Platform", "Fee (EUR)", "Views", "Clicks"])
        sheet.append(["Anna", "@anna.b", "Instagram", 500 + number, 31_000 + number, 210 + number])
    book.save(folder / "tracker.xlsx")
    return folder / "tracker.xlsx"


@pytest.mark.parametrize("period", [None, "2025-04-01..2025-04-30"])
def test_each_sheet_has_the_month_of_its_name(tmp_path, period):
    came = bring_all([[workbook(tmp_path, "April 2025", "May 2025")]], Options(period=period))
    assert [(row[3], row[4], row[8]) for row in came.campaigns] == [
        ("2025-04-01", "2025-04-30", 31_000),
        ("2025-05-01", "2025-05-31", 31_001),
    ]
    assert "the month in the sheet's name is taken: 2025-05" in came.report.message
    assert ("not the period that was said for all files" in came.report.message) == (period is not None)


def test_rows_of_two_sheets_with_other_numbers_are_never_said_to_count_once(tmp_path):
    came = bring_all([[workbook(tmp_path, "Part 1", "Part 2")]], Options(period="2025-04-01..2025-04-30"))
    assert [row[8] for row in came.campaigns] == [31_001]
    assert "only those of this file count: instagram:anna.b 2025-04-01; if both are right" in came.report.message
    assert Code.ROWS_IN_ANOTHER_FILE not in came.codes


@pytest.mark.parametrize(
    ("name", "month"),
    [
        ("2025-04", "2025-04-01"),
        ("'04.2025'", "2025-04-01"),
        ("Campaign Mai 2025", "2025-05-01"),
        ("2025 juin", "2025-06-01"),
        ("March 14", None),
        ("April", None),
        ("Lena 2025", None),
        ("April May 2025", None),
    ],
)
def test_a_month_needs_its_year_and_nothing_else(name, month):
    days, said = days_of_sheet(f"book.xlsx/{name}", Options())
    assert (str(days[0]) if days else None) == month
    assert bool(said) == bool(month)

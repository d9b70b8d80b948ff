"""Does a sheet of a workbook mean to every reader what the same table means as CSV?"""

import csv
import io
import re
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from data.importers.reading import workbook
from tests.data.importers.load_export import FIXTURES, load

PLAIN = [["creator_id", "country", "audience_share"], ["ada", "DE", 0.52], ["ada", "AT", 0.25]]


def saved(path: Path, *sheets: list[list], percent: str = "") -> Path:
    book = Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(f"Sheet {number + 1}")
        for row in rows:
            sheet.append(row)
        if percent:
            for cell in sheet[percent]:
                cell.number_format = "0.0%"
    book.save(path)
    return path


def typed(text: str) -> object:
    """A cell as a spreadsheet keeps it: numbers as numbers, blank as nothing."""
    return float(text) if re.fullmatch(r"\d+(\.\d+)?", text) else text or None


def rows_of(path: Path) -> list[list]:
    raw = path.read_bytes()
    text = raw.decode("utf-16" if raw.startswith(b"\xff\xfe") else "utf-8-sig").removeprefix("sep=,\n")
    return [[typed(cell) for cell in row] for row in csv.reader(io.StringIO(text))]


@pytest.mark.thorough
@pytest.mark.parametrize(
    "name",
    [
        "meta_audience/across.csv",
        "meta_audience/lines.csv",
        "tiktok_studio/FollowerTopTerritories.csv",
        "meta_ads/by_day.csv",
        "meta_ads/by_ad.csv",
        "google_ads/campaigns.csv",
        "google_ads/by_month.csv",
        "meta_ads/by_age.csv",
        "meta_ads/grouped.csv",
        "affiliate/impact.csv",
        "ga4/largest.csv",
        "tiktok_studio/japanese.csv",
        "youtube_studio/Table data.csv",
        "youtube_languages/unknown.csv",
    ],
)
def test_a_sheet_is_read_like_a_csv(tmp_path, name):
    path = FIXTURES / name
    as_csv, as_sheet = load(path), load(saved(tmp_path / "upload", rows_of(path)))
    assert as_sheet.report.status == "imported"
    assert (as_sheet.shares, as_sheet.sets, as_sheet.campaigns) == (as_csv.shares, as_csv.sets, as_csv.campaigns)


def test_cells_shown_as_percent_are_percentages(tmp_path):
    found = load(saved(tmp_path / "a.xlsx", PLAIN, percent="C"))
    assert (found.report.status, found.shares) == ("imported", {"DE": 520000, "AT": 250000})


def test_errors_are_set_aside_and_rows_are_those_of_the_sheet(tmp_path):
    rows = [*PLAIN, [], ["bo", "FR", "#DIV/0!"], ["#REF!", "FR", 0.5]]
    found = load(saved(tmp_path / "a.xlsx", rows))
    assert found.shares == {"DE": 520000, "AT": 250000}
    assert [(p.row, p.column, p.reason) for p in found.report.problems] == [
        (5, "audience_share", "an error of a spreadsheet formula"),
        (6, "creator_id", "an error of a spreadsheet formula"),
    ]


def test_shares_that_became_dates_are_refused(tmp_path):
    found = load(saved(tmp_path / "a.xlsx", [*PLAIN, ["bo", "FR", datetime(2026, 4, 3)]]))
    assert (found.report.status, found.shares) == ("refused", {})
    assert "a spreadsheet turned shares into dates" in found.report.message


def test_formulas_that_were_never_calculated_are_refused(tmp_path):
    found = load(saved(tmp_path / "a.xlsx", [*PLAIN, ["bo", "FR", "=1/4"]]))
    assert "never calculated" in found.report.message


def test_every_sheet_is_reported_and_empty_ones_are_not(tmp_path):
    found = load(saved(tmp_path / "a.xlsx", PLAIN, [], [["just", "notes"], ["a", "b"]]))
    assert [(Path(r.path).name, r.status) for r in found.reports] == [("Sheet 1", "imported"), ("Sheet 3", "refused")]


def test_notes_beside_a_table_are_no_part_of_it(tmp_path):
    found = load(saved(tmp_path / "a.xlsx", [["exported by"], ["the agency"]], PLAIN, []))
    assert [(Path(r.path).name, r.status) for r in found.reports] == [("a.xlsx", "imported")]
    assert found.shares == {"DE": 520000, "AT": 250000}


@pytest.mark.thorough
def test_the_sheet_for_programs_counts_alone(tmp_path):
    book = Workbook()
    for name in ("Formatted Report", "Raw Data Report"):
        sheet = book.create_sheet(name)
        for row in rows_of(FIXTURES / "meta_ads/by_day.csv"):
            sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    assert load(tmp_path / "a.xlsx").campaigns == load(FIXTURES / "meta_ads/by_day.csv").campaigns


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (0.07, "0%", "7%"),
        (0.816242, "0.00%", "81.6242%"),
        (120000.0, "General", "120000"),
        (1.234, "General", "1.2340"),
        (1e-05, "General", "0.00001"),
        (date(2026, 1, 2), "General", "2026-01-02"),
        (datetime(2026, 1, 2), "General", "2026-01-02"),
        (datetime(2026, 1, 2, 3, 4), "General", "2026-01-02 03:04:00"),
        (True, "General", "true"),
        (None, "General", ""),
    ],
)
def test_a_cell_keeps_its_meaning(value, number_format, text):
    assert workbook.shown(value, number_format) == text


def test_a_damaged_or_hostile_workbook_is_refused(tmp_path):
    whole = saved(tmp_path / "a.xlsx", PLAIN).read_bytes()
    (tmp_path / "cut.xlsx").write_bytes(whole[:-200])
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("xl/workbook.xml", "<workbook/>")
        packed.writestr("xl/worksheets/sheet1.xml", b" " * 60_000_000)
    with zipfile.ZipFile(tmp_path / "entities.xlsx", "w") as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("xl/workbook.xml", '<!DOCTYPE w [<!ENTITY a "b">]><workbook>&a;</workbook>')
    with zipfile.ZipFile(tmp_path / "hollow.xlsx", "w") as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("xl/workbook.xml", "<workbook/>")
    for name, said in {"cut": "zip", "bomb": "limit", "entities": "XML definitions", "hollow": "damaged"}.items():
        found = load(tmp_path / f"{name}.xlsx")
        assert (found.report.status, name, said in found.report.message) == ("refused", name, True)


@pytest.mark.thorough
@settings(max_examples=25, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_random_bytes_in_a_workbook_never_crash_the_load(tmp_path, data):
    whole = tmp_path / "a.xlsx"  # written once: the time in it changes its size
    raw = bytearray((whole if whole.exists() else saved(whole, PLAIN)).read_bytes())
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at : at + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=6))
    (tmp_path / "changed").write_bytes(bytes(raw))
    found = load(tmp_path / "changed")
    assert {report.status for report in found.reports} <= {"imported", "partly imported", "refused"}
    assert found.shares.items() <= {"DE": 520000, "AT": 250000}.items()


def test_a_merged_name_or_day_holds_for_its_rows_and_an_amount_for_none(tmp_path):
    book = Workbook()
    page = book.active
    page.append(["Creator", "Posted", "Views", "Fee"])
    page.append(["Ada Ash", date(2025, 4, 2), 900, "EUR 500"])
    page.append([None, None, 800, None])
    page.append(["Bo Birch", date(2025, 4, 3), 700, 300])
    for column in "ABD":
        page.merge_cells(f"{column}2:{column}3")
    book.save(tmp_path / "merged.xlsx")
    [sheet] = workbook.tables(tmp_path / "merged.xlsx")
    assert sheet.merged == (workbook.Merged(3, 2, 3),)
    assert sheet.rows == [
        ["Creator", "Posted", "Views", "Fee"],
        ["Ada Ash", "2025-04-02", "900", "EUR 500"],
        ["Ada Ash", "2025-04-02", "800", ""],
        ["Bo Birch", "2025-04-03", "700", "300"],
    ]


def test_a_hidden_sheet_is_passed_over_and_named(tmp_path):
    path = saved(tmp_path / "book.xlsx", PLAIN, [*PLAIN[:1], ["old", "DE", 0.9]])
    book = load_workbook(path)
    book["Sheet 2"].sheet_state = "hidden"
    book.save(path)
    hidden, shown = load(path, creator=None).reports
    assert (hidden.path, hidden.status) == (f"{path}/Sheet 2", "passed over")
    assert "a hidden sheet; show it in the workbook" in hidden.message
    assert (shown.path, shown.creators) == (str(path), ("ada",))


def test_a_workbook_of_hidden_sheets_alone_is_read(tmp_path):
    path = saved(tmp_path / "book.xlsx", PLAIN, [["Dashboard"]])
    book = load_workbook(path)
    book["Sheet 1"].sheet_state = "hidden"
    book.save(path)
    (shown,) = load(path, creator=None).reports
    assert shown.creators == ("ada",)

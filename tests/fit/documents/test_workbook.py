"""Do workbook and table hold the story's numbers as numbers, their sources, and not one formula?"""

import csv
import io
from dataclasses import replace
from datetime import date, datetime

import openpyxl
import pytest

from fit.brief import Brief
from fit.documents.html import story_html
from fit.documents.workbook import story_csv, story_workbook
from fit.forecast.request import RequestedLine
from fit.shortlist import Group, expected_of, what_to_do
from fit.story import by_group, total_of
from fit.story.build import build_story
from fit.story.evidence import sections_of
from fit.text import words
from fit.text.escape import plain

BRIEF = Brief((("DE", 60.0), ("AT", 40.0)))
THREE = ["demo-001", "demo-040", "demo-041"]
LOW, HIGH = "low (1 in 10 chance of less)", "high (1 in 10 chance of more)"
HOSTILE = ['=HYPERLINK("http://a.example","b")', "+1+cmd|' /C calc'!A0", "@SUM(1)\x00\x0b"]


@pytest.fixture(scope="module")
def story(ask_demo):
    return build_story(ask_demo, BRIEF, THREE, RequestedLine(targets=(("conversions", 5.0),)), date(2026, 3, 3))


def renamed(story, names):
    told = tuple(
        replace(each, expected=replace(each.expected, creator=replace(each.candidate, creator_name=name)))
        for each, name in zip(story.creators, names, strict=True)
    )
    return replace(story, creators=told, sections=sections_of(story.brief, told, story.count_matching))


def book_of(story):
    return openpyxl.load_workbook(io.BytesIO(story_workbook(story)))


def rows_of(sheet):
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def csv_rows(story):
    return list(csv.DictReader(io.StringIO(story_csv(story))))


def test_the_workbook_has_its_sheets_and_a_row_a_creator(story):
    book = book_of(story)
    assert book.sheetnames == [
        "Summary", "Recommendation", "Shortlist", "Audience", "Strengths", "Forecast", "Sources", "About",
    ]  # fmt: skip
    assert [row["Creator id"] for row in rows_of(book["Shortlist"])] == THREE
    assert len(rows_of(book["Strengths"])) == 9


def test_numbers_are_numbers_and_dates_are_dates(story):
    book = book_of(story)
    first, one = rows_of(book["Shortlist"])[0], story.creators[0].candidate
    assert first["Likely in the top 3"] == one.p_top_3
    assert first["Audience in the markets"] == one.in_market_share
    assert first["Followers"] == one.followers
    assert rows_of(book["Sources"])[0]["Date from"] == datetime.combine(
        story.creators[0].source["as_of"], datetime.min.time()
    )


def test_every_figure_names_file_source_date_and_n(story):
    rows = rows_of(book_of(story)["Sources"])
    mine = [row for row in rows if row["Creator id"] == "demo-001"]
    assert [row["Figure"] for row in mine] == [
        "In-market share", "Strength, engagement", "Strength, clicks", "Strength, purchases per click",
        "Role", "Price", "Forecast",
    ]  # fmt: skip
    assert {row["File"] for row in mine} == {"audience.csv", "campaigns.csv"}
    assert all(row["Source"] and row["Date from"] and row["Number"] is not None for row in mine)


def test_the_same_numbers_stand_in_page_workbook_and_table(story):
    page, sheet, flat = story_html(story), rows_of(book_of(story)["Shortlist"]), csv_rows(story)
    for told, in_sheet, in_csv in zip(story.creators, sheet, flat, strict=True):
        assert float(in_csv["p_top_3"]) == in_sheet["Likely in the top 3"] == told.candidate.p_top_3
        assert float(in_csv["click_index"]) == pytest.approx(
            in_sheet["Clicks, index"], rel=1e-14
        )  # Excel holds 15 digits
        assert float(in_csv["in_market_conversions_mean"]) == pytest.approx(
            in_sheet["Purchases in the market, expected"], rel=1e-14
        )
        named = {"mean": "expected", "p10": LOW, "p90": HIGH}
        low, middle, high = (
            words.about(round(in_sheet[f"Purchases in the market, {named[part]}"])) for part in ("p10", "mean", "p90")
        )
        assert f'<td data-of="Purchases in the market">{middle} ({low} to {high})</td>' in page
        assert f"<b>{words.bounded(in_sheet['Likely in the top 3'])}</b>" in page
        for market, code in (("Germany", "DE"), ("Austria", "AT")):
            assert f">{words.percent(float(in_csv[f'{code}_share']))}</td>" in page
            assert in_sheet[f"Audience in {market}"] == float(in_csv[f"{code}_share"])


def test_the_summary_sheet_has_the_decision_in_numbers_and_words(story):
    sheet, section = book_of(story)["Summary"], story.sections[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert (rows[0][0], rows[1][0]) == (section.title, section.subtitle)
    head = next(at for at, row in enumerate(rows) if row[0] == "Creator")
    for told, row in zip(by_group(story.creators), rows[head + 1 :], strict=False):
        found = expected_of(told.expected, BRIEF.goal)
        assert row[:4] == (told.name, what_to_do(told.candidate, BRIEF), told.expected.asked.cost, "EUR")
        assert row[4:8] == pytest.approx((found.mean, found.p10, found.p90, found.cost_per_outcome), rel=1e-14)
    booked = [told for told in story.creators if told.candidate.group == Group.BOOK]
    total = total_of(booked, BRIEF)
    (bookings,) = [row for row in rows if row[0] == "To book"]
    assert bookings[1:4] == (len(booked), pytest.approx(total.costs["EUR"]), "EUR")
    assert bookings[4:7] == pytest.approx((total.expected.mean, total.expected.p10, total.expected.p90))
    said = [row[0] for row in rows]
    assert section.request in said
    assert story.imprint in said


def test_every_sheet_can_be_filtered_under_a_header_that_stays(story):
    for sheet in book_of(story):
        assert sheet.auto_filter.ref
        assert sheet.freeze_panes == ("B1" if sheet.title == "Summary" else "B2")
        assert all(dimension.width >= 10 for dimension in sheet.column_dimensions.values())


def test_no_cell_is_a_formula_whatever_a_creator_is_called(story):
    hostile = renamed(story, HOSTILE)
    book = book_of(hostile)
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d", "b"}
    guarded = [f"'{plain(name)}" for name in HOSTILE]
    assert [row["Creator"] for row in rows_of(book["Shortlist"])] == guarded
    assert [row["creator_name"] for row in csv_rows(hostile)] == guarded


def test_table_and_workbook_say_what_made_them_and_what_is_invented(story):
    made = {"generation": "1", "generation_date": "2026-03-02", "date": "2026-03-03", "demo": "true"}
    assert [made.items() <= row.items() for row in csv_rows(story)] == [True] * 3
    book = book_of(story)
    assert all(row["Sample data"] is True for row in rows_of(book["Forecast"]))
    about = {row["What"]: row["Said"] for row in rows_of(book["About"])}
    assert about["Imprint"] == story.imprint
    assert about["Demo"] == "Sample data: nothing here is real."
    real = replace(story, is_demo=False)
    assert "Sample data" not in rows_of(book_of(real)["Forecast"])[0]
    assert {row["demo"] for row in csv_rows(real)} == {"false"}


def test_what_is_not_known_is_blank(story):
    told = story.creators[0]
    nowhere = replace(told, source=None, audience=told.audience.clear())
    changed = replace(story, creators=(nowhere,))
    assert csv_rows(changed)[0]["audience_source"] == ""
    assert rows_of(book_of(changed)["Sources"])[0]["Source"] == "no audience is loaded"

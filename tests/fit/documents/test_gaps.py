"""Does every document show in red that an audience misses a market of the brief?"""

import re
from dataclasses import replace
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from pptx import Presentation
from pypdf import PdfReader

from fit.brief import Brief
from fit.charts import LIGHT
from fit.documents import one_pager, write_story
from fit.documents.workbook import story_csv
from fit.forecast.request import RequestedLine
from fit.story.build import build_story
from fit.story.evidence import sections_of

BRIEF = Brief((("DE", 60.0), ("FR", 40.0)))
RED = LIGHT.gap[1:]
MISSED = "Hardly any audience in Germany: 0.40 % in Germany (60 % of your brief), 72 % in France (40 % of your brief)"
MISSED = MISSED.replace(" %", "\u00a0%")


@pytest.fixture(scope="module")
def story(ask_demo):
    """Two creators: the audience of the first lives in France, 40 % of the brief, and not in Germany."""
    told = build_story(ask_demo, BRIEF, ["demo-005", "demo-008"], RequestedLine(), date(2026, 3, 3))
    first, other = told.creators
    one = replace(first.candidate, creator_name="Petit", shares={"DE": 0.004, "FR": 0.72}, gaps=("DE",))
    changed = (replace(first, expected=replace(first.expected, creator=one)), other)
    return replace(told, creators=changed, sections=sections_of(BRIEF, changed, told.count_matching))


def red_runs(slide):
    frames = [shape.text_frame for shape in slide.shapes if shape.has_text_frame]
    frames += [
        cell.text_frame for shape in slide.shapes if shape.has_table for row in shape.table.rows for cell in row.cells
    ]
    runs = [run for frame in frames for paragraph in frame.paragraphs for run in paragraph.runs]
    return [run.text for run in runs if run.font.color.type is not None and str(run.font.color.rgb) == RED]


def test_slides_have_the_gap_in_red_in_rows_and_among_the_risks(story):
    slides = list(Presentation(BytesIO(write_story(story, ".pptx"))).slides)
    red = dict(zip((section.key for section in story.sections), map(red_runs, slides), strict=True))
    assert red["recommendation"] == [MISSED, *["Hardly any audience in Germany"] * 2]
    assert red["geography"] == [MISSED, "0.40\u00a0% (gap)"]
    assert red["risks"] == ["Hardly any audience in Germany"]


def test_pdf_pages_name_the_gap_on_the_brief_and_on_the_creators_own_page(story):
    summary, compared, *others = (
        " ".join(page.extract_text().split()) for page in PdfReader(BytesIO(write_story(story, ".pdf"))).pages
    )
    (own,) = [page for page in others if "Petit ·" in page]
    flat = " ".join(MISSED.split())
    assert "Hardly any audience in Germany" in summary
    assert f"Petit: {flat}." in compared
    assert flat in own
    assert "0.40 % of the audience in Germany" in own
    stream = PdfReader(BytesIO(one_pager(story, "demo-005"))).pages[0].get_contents().get_data().decode("latin-1")
    inks = [
        [round(255 * float(part)) for part in ink.split()] for ink in re.findall(r"([\d.]+ [\d.]+ [\d.]+) scn", stream)
    ]
    assert [int(RED[at : at + 2], 16) for at in (0, 2, 4)] in inks


def test_the_page_marks_the_gap(story):
    page = write_story(story, ".html").decode()
    assert f'<strong class="gap">{MISSED}</strong>' in page
    assert '<strong class="gap">0.40\u00a0% (gap)</strong></td>' in page
    assert '<strong class="gap">Hardly any audience in Germany</strong></td>' in page


def test_blanks_around_a_gap_stay(story):
    first, other = story.creators
    one = replace(first.candidate, shares={"DE": 0.72, "FR": 0.004}, gaps=("FR",))
    told = (replace(first, expected=replace(first.expected, creator=one)), other)
    page = write_story(replace(story, sections=sections_of(BRIEF, told, story.count_matching)), ".html").decode()
    assert 'Petit: <strong class="gap">Hardly any audience in France: 72' in page


def test_the_workbook_has_the_gap_in_red_beside_what_to_do(story):
    sheet = openpyxl.load_workbook(BytesIO(write_story(story, ".xlsx")))["Recommendation"]
    head, *rows = sheet.iter_rows()
    red = [
        (title.value, cell.value)
        for row in rows
        for title, cell in zip(head, row, strict=True)
        if cell.font.color is not None and cell.font.color.rgb == f"00{RED}"
    ]
    assert red == [("Audience in Germany", 0.004), ("Markets missed", "Germany")]
    assert [cell.value for cell in head][:9] == [
        "Creator", "What to do", "What is expected", "Expected", "Expected, low", "Expected, high",
        "Cost per purchase", "Price", "Currency of the price",
    ]  # fmt: skip


def test_the_table_of_values_has_each_markets_share_and_the_gap(story):
    head, first, *_others = story_csv(story).splitlines()
    row = dict(zip(head.split(","), first.split(","), strict=False))
    assert (row["DE_share"], row["FR_share"], row["gaps"]) == ("0.004", "0.72", "Germany")

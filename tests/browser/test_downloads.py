"""Does every file that the presentation offers open, say the same numbers, and name what made it?"""

import csv
import re
from io import BytesIO, StringIO
from pathlib import Path

import openpyxl
import pytest
from pptx import Presentation
from pypdf import PdfReader

from fit.text import words
from tests.browser.driver import PHONE, expect

LINK = "present?market=DE-60_AT-40&goal=conversion&s=demo~1001-demo~1003"
FILES = {"PowerPoint": ".pptx", "PDF": ".pdf", "HTML": ".html", "Excel": ".xlsx", "CSV": ".csv"}
NAMES = ("Copper Cuckoo Studio", "Rosy Raccoon Studio")


@pytest.fixture(scope="module")
def taken(demo_server, chromium, tmp_path_factory) -> dict[str, Path]:
    """Every file of a presentation of two creators, by the button that gave it."""
    folder = tmp_path_factory.mktemp("taken")
    window = chromium.new_context(accept_downloads=True, locale="en-GB")
    page = window.new_page()
    page.goto(f"{demo_server}/{LINK}")
    found = {}
    for label in (*FILES, *NAMES):
        button = page.get_by_test_id("stDownloadButton").get_by_role("button", name=label)
        with page.expect_download() as started:
            button.click()
        found[label] = folder / started.value.suggested_filename
        started.value.save_as(found[label])
    window.close()
    return found


def read(path: Path) -> str:
    """The text of a file, blanks of any kind as one."""
    content = path.read_bytes()
    if path.suffix == ".pptx":
        slides = Presentation(BytesIO(content)).slides
        shapes = [shape for slide in slides for shape in slide.shapes]
        said = [shape.text_frame.text for shape in shapes if shape.has_text_frame]
        said += [cell.text for shape in shapes if shape.has_table for cell in shape.table.iter_cells()]
    elif path.suffix == ".pdf":
        said = [page.extract_text() for page in PdfReader(BytesIO(content)).pages]
    elif path.suffix == ".xlsx":
        book = openpyxl.load_workbook(BytesIO(content))
        said = [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    else:
        said = [content.decode()]
    return re.sub(r"[\s\u200b]+", " ", " ".join(said))


def test_files_are_named_for_what_they_hold(taken):
    day = r"\d{4}-\d\d-\d\d"
    wanted = [rf"creator-fit-demo-{day}\{ending}" for ending in FILES.values()]
    wanted += [rf"creator-fit-demo-00{at}-demo-{day}\.pdf" for at in (1, 3)]
    assert [name for name, path in zip(wanted, taken.values(), strict=True) if not re.fullmatch(name, path.name)] == []


def test_every_file_says_who_when_and_that_it_is_invented(taken):
    for label, path in taken.items():
        text = read(path)
        assert [name for name in NAMES if name in text] == [name for name in NAMES if label in (*FILES, name)], label
        if path.suffix != ".csv":
            assert "Sample data: everything is invented" in text, label
            assert re.search(r"data of 2 March 2026", text), label
            assert "8 times in 10 the true value lies in its range." in text, label
    (row, *_others) = csv.DictReader(StringIO(taken["CSV"].read_text(encoding="utf-8")))
    assert (row["demo"], row["generation"], row["generation_date"]) == ("true", "1", "2026-03-02")


def test_the_same_number_stands_in_every_file(taken):
    rows = {row["creator_name"]: row for row in csv.DictReader(StringIO(taken["CSV"].read_text(encoding="utf-8")))}
    row = rows[NAMES[0]]
    mean, low, high = (words.rounded(float(row[f"in_market_conversions_{part}"])) for part in ("mean", "p10", "p90"))
    for label in ("PowerPoint", "PDF", "HTML"):
        assert f"{mean} ({low} to {high})" in read(taken[label]), label
    assert f"purchases, likely {low} to {high}" in read(taken[NAMES[0]])
    head, *cells = openpyxl.load_workbook(taken["Excel"])["Shortlist"].iter_rows(values_only=True)
    (in_sheet,) = [row for row in (dict(zip(head, cell, strict=True)) for cell in cells) if row["Creator"] == NAMES[0]]
    assert in_sheet["Purchases in the market, expected"] == pytest.approx(float(row["in_market_conversions_mean"]))


def test_the_page_opens_offline_on_a_phone_and_asks_nobody(taken, visit):
    seen = visit(f"file://{taken['HTML']}", size=PHONE, scheme="dark")
    seen.page.context.set_offline(True)
    seen.page.goto(seen.address)
    expect(seen.page.locator("h1")).to_contain_text("Sales in Germany and Austria")
    assert seen.page.locator(".chart").count() == 4  # chances, shares, strengths, futures
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert (seen.in_order(), seen.violations()) == ([], [])

"""Does `deck` write each kind of document, and say what it wrote or what it needs?"""

import csv
import io
import shutil
from zipfile import ZipFile

import pytest

from data.store import save_accuracy
from fit.__main__ import main

BRIEF = ["--market", "DE=60", "--market", "AT=40"]
TWO = ["--creators", "demo-008,demo-001"]


@pytest.fixture
def deck(demo_store, capsys, tmp_path):
    """Run `deck` with an output of this name; give code, stdout, stderr and the file."""

    def run(name, *typed):
        out = tmp_path / "new" / name
        try:
            code = main(["deck", *typed, *BRIEF, "--out", str(out), "--store", str(demo_store)])
        except SystemExit as left:
            code = left.code
        said = capsys.readouterr()
        return code, said.out, said.err, out

    return run


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("ending", "begins"),
    [
        ("html", b"<!DOCTYPE html>"),
        ("csv", b"creator_id,"),
        ("xlsx", b"PK"),
        ("pptx", b"PK"),
        ("pdf", b"%PDF"),
        ("CSV", b"cr"),
    ],
)
def test_each_ending_is_written_and_said(deck, ending, begins):
    code, out, err, path = deck(f"two.{ending}", *TWO)
    assert (code, err) == (0, "")
    assert out == f"Wrote 2 creators in 6 sections to {path}.\nSample data: everything in it is invented.\n"
    assert path.read_bytes().startswith(begins)


def test_the_line_is_what_was_typed(deck):
    line = ["--deliverable", "post=2", "--cost", "500", "--currency", "eur", "--target", "clicks=100"]
    code, _, _, path = deck("two.csv", *TWO, *line, "--goal", "awareness")
    first, second = csv.DictReader(io.StringIO(path.read_text()))
    assert code == 0
    assert [first["creator_id"], second["creator_id"]] == ["demo-008", "demo-001"]
    typed = ("deliverable", "count_deliverables", "cost", "currency", "cost_basis", "target_clicks")
    assert [first[column] for column in typed] == ["post", "2", "500.0", "EUR", "asked", "100.0"]


@pytest.mark.thorough
def test_a_workbook_holds_eight_sheets(deck):
    *_, path = deck("two.xlsx", *TWO)
    assert sum(name.startswith("xl/worksheets/sheet") for name in ZipFile(path).namelist()) == 8


@pytest.mark.thorough
def test_notes_are_in_the_deck_only_when_asked_for(deck):
    counts = []
    for name, typed in (("a.pptx", []), ("b.pptx", ["--notes"])):
        *_, path = deck(name, *TWO, *typed)
        counts.append(sum(part.startswith("ppt/notesSlides/notes") for part in ZipFile(path).namelist()))
    assert counts == [0, 6]


@pytest.mark.thorough
def test_a_brand_file_is_used_or_refused_with_what_is_wrong(deck, tmp_path):
    file = tmp_path / "brand.toml"
    file.write_text('name = "Sparrow & Co"\nmain_colour = "#0B5394"\n')
    code, _, _, path = deck("a.html", *TWO, "--brand", str(file))
    assert (code, "--main: #0B5394;" in path.read_text()) == (0, True)
    file.write_text('main_colour = "#FFEE00"\n')
    code, out, err, path = deck("b.html", *TWO, "--brand", str(file))
    assert (code, out, path.exists()) == (1, "", False)
    assert err.startswith("main_colour in brand.toml, #FFEE00, has a contrast of 1.2 to 1 against white; 4.5 to 1 is")


def test_creators_may_be_named_one_by_one(deck):
    code, out, _err, path = deck("a.csv", "--creators", "demo-008", "--creators", "demo-001")
    assert (code, out.partition(".")[0]) == (0, f"Wrote 2 creators in 6 sections to {path}".partition(".")[0])


def test_an_unknown_creator_is_refused_with_the_nearest_names(deck):
    code, out, err, path = deck("a.csv", "--creators", "demo-001,demo-01")
    assert (code, out, path.exists()) == (1, "", False)
    assert err == "No creator has the id 'demo-01'; 60 are known. Nearest: demo-051, demo-041, demo-031.\n"


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("a.doc", TWO, "--out 'a.doc' does not end in .pptx, .pdf, .html, .xlsx or .csv. Choose one of them."),
        ("a", TWO, "--out 'a' does not end in .pptx, .pdf, .html, .xlsx or .csv. Choose one of them."),
        ("a.csv", [], "the following arguments are required: --creators"),
        ("a.csv", ["--creators", " , "], "--creators names 0 creators; name 1 to 12, for example ID,ID."),
        (
            "a.csv",
            ["--creators", ",".join("abcdefghijklm")],
            "--creators names 13 creators; name 1 to 12, for example ID,ID.",
        ),
        ("a.csv", [*TWO, "--deliverable", "post=0"], "Deliverable 'post=0' is not understood."),
        ("a.csv", [*TWO, "--deliverable", "post=2000"], "--deliverable 'post=2000' is more than one line holds"),
        ("a.csv", [*TWO, "--cost", "nan"], "The cost nan is no amount from 0 to below 1e+12."),
        ("a.csv", [*TWO, "--currency", "EURO"], "Currency 'EURO' is no code of three letters."),
        ("a.csv", [*TWO, "--target", "fame=3"], "'fame' is no metric of a forecast."),
    ],
)
def test_wrong_usage_says_what_is_needed_and_writes_nothing(deck, name, typed, said):
    code, out, err, path = deck(name, *typed)
    assert (code, out, path.exists()) == (2, "", False)
    assert said in err


@pytest.mark.thorough
def test_a_deck_says_how_past_forecasts_held_once_these_data_were_checked(demo_store, tmp_path, capsys):
    shutil.copytree(demo_store, tmp_path / "store")
    typed = ["deck", *TWO, *BRIEF, "--out", str(tmp_path / "two.html"), "--store", str(tmp_path / "store")]
    line = "Checked on your past campaigns: 80 % ranges held 41 of 52 results"
    pages = []
    for is_checked in (False, True):
        if is_checked:
            save_accuracy(tmp_path / "store", 1, 41, 52)
        assert main(typed) == 0
        pages.append((tmp_path / "two.html").read_text(encoding="utf-8").replace("\xa0", " "))
    assert [line in page for page in pages] == [False, True]

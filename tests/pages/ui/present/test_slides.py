"""Does the presentation open by link, turn its slides, stay itself in a link, and show names letter by letter?"""

import csv
import re
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from fit.brief import Brief
from fit.forecast.request import RequestedLine
from fit.story.story import SECTIONS
from pages.ui import store_access
from pages.ui.present.files import FILES, file_name, file_of, page_of
from pages.ui.presentation_view import View, read_view
from tests.pages.driver import opened, troubles

THREE = "demo~1001-demo~1003-demo~1010"
NAMES = {
    "h1": "![p](http://x/a.png) <img src=x onerror=alert(1)> $x$ www.evil.example",
    "h2": "日本語の名前がとても長いクリエイターさん",
    "h3": "مبدعة المحتوى العربية",
    "h4": "X" * 200,
}


def shown(app) -> list[str]:
    """Every text that reaches markdown, cells of tables among them."""
    sinks = (*app.title, *app.header, *app.subheader, *app.markdown, *app.caption, *app.warning)
    cells = [str(cell) for table in app.table for cell in table.value.to_numpy().ravel()]
    return [str(element.value) for element in sinks] + cells


def link_of(app) -> dict[str, str]:
    """The fields of the link that hold something."""
    return {field.key: field.value for field in app.text_input if field.value}


def slide(app) -> str:
    """The slide as HTML."""
    (found,) = [element.proto.body for element in app.get("html") if 'class="frame"' in element.proto.body]
    return found


@pytest.mark.parametrize(("number", "key"), list(enumerate(SECTIONS, start=1)))
def test_every_section_is_a_slide_cold_and_warm(demo_store, in_store, number, key):
    in_store(demo_store)
    app = opened("present", market="DE-1", s=THREE, slide=str(number), present="1")
    for _ in range(2):
        assert troubles(app) == []
        assert f"Slide {number} of 6 · {SECTIONS[key]}" in [text.value for text in app.caption]
        assert slide(app).count("<h1") == 1
        assert f"<span>{number}</span>" in slide(app)
        assert "Sample data: everything is invented" in slide(app)
        assert [box.label for box in app.expander] == []  # no table to open
        app.run()


def test_the_clean_view_has_no_brief_and_ends_where_it_began(demo_store, in_store):
    in_store(demo_store)
    app = opened("present", market="DE-1", s=THREE, slide="2")
    assert ([title.value for title in app.title], len(app.radio)) == (["Present"], 1)
    app.button(key="start").click().run()
    assert (len(app.radio), app.text_input(key="present").value) == (0, "1")
    app.button(key="turn_next").click().run()
    app.button(key="end").click().run()
    assert ([title.value for title in app.title], len(app.radio)) == (["Present"], 1)
    assert link_of(app) == {"market": "DE-1", "s": THREE, "slide": "3"}


def test_the_slide_stands_above_what_it_is_made_of(demo_store, in_store):
    in_store(demo_store)
    app = opened("present", market="DE-1", s=THREE)
    drawn = [getattr(element, "key", None) or element.type for element in app.main]
    assert drawn.index("html") < drawn.index("form_told") < drawn.index("form_sections")


@pytest.mark.thorough
def test_a_link_reproduces_the_view(demo_store, in_store):
    in_store(demo_store)
    app = opened("present", market="DE-60_AT-40", goal="awareness", s=THREE, target="clicks-300")
    app.multiselect(key="form_told").set_value(["demo-003", "demo-001"]).run()
    app.multiselect(key="form_sections").set_value(["forecast", "who", "strengths"]).run()
    app.button(key="turn_next").click().run()
    app.button(key="turn_next").click().run()
    app.toggle(key="form_notes").set_value(True).run()
    app.button(key="start").click().run()
    link = link_of(app)
    assert link == {
        "market": "DE-60_AT-40", "goal": "awareness", "s": "demo~1003-demo~1001", "target": "clicks-300",
        "show": "who,strengths,forecast", "slide": "3", "notes": "1", "present": "1",
    }  # fmt: skip
    again = opened("present", **link)
    assert (troubles(again), shown(again)) == ([], shown(app))


@pytest.mark.thorough
def test_nobody_ticked_is_a_state_with_two_ways_on(demo_store, in_store):
    in_store(demo_store)
    app = opened("present", market="DE-1")
    assert ([h.value for h in app.header], [b.label for b in app.button if b.key != "clear_filters"]) == (
        ["No creator is ticked yet"],
        ["Present the first 3"],
    )
    app.button(key="take_first").click().run()
    assert len(app.multiselect(key="form_told").value) == 3
    assert troubles(app) == []


@pytest.mark.thorough
def test_of_more_than_twelve_the_first_twelve_are_presented(demo_store, in_store):
    in_store(demo_store)
    app = opened("present", market="DE-1", s="-".join(f"demo~10{i}" for i in range(10, 24)))
    assert app.multiselect(key="form_told").value == [f"demo-0{i}" for i in range(10, 22)]
    assert [w.value for w in app.warning] == ["14 creators are ticked; the first 12 are shown. Untick some for others."]


def test_what_the_link_gets_wrong_is_said():
    nothing = dict.fromkeys(("show", "slide", "notes", "present"), "")
    assert read_view(nothing) == (View(), [])
    assert read_view(nothing | {"show": "who,fame", "slide": "7", "notes": "yes"}) == (
        View(("who",), 1),
        [
            "The presentation has no section 'fame'; it is left out. It has recommendation, who, geography, "
            "strengths, forecast and risks.",
            "There is no slide '7' of 1; slide 1 is shown.",
        ],
    )


@pytest.fixture(scope="module")
def named_store(tmp_path_factory, run_fit) -> Path:
    """A store whose names are markup, in other scripts, or very long."""
    folder, files = tmp_path_factory.mktemp("named"), tmp_path_factory.mktemp("named_files")
    for file, header, rows in (
        ("creators", "creator_id,creator_name,platform", [(one, name, "instagram") for one, name in NAMES.items()]),
        ("audience", "creator_id,country,audience_share", [(one, "DE", 0.5) for one in ("h1", "h2", "h4")]),
    ):
        with (files / f"{file}.csv").open("w", encoding="utf-8", newline="") as written:
            csv.writer(written).writerows([header.split(","), *rows])
    run_fit("load", files, "--store", folder)
    return folder


@pytest.mark.parametrize("number", range(1, 7))
def test_names_stay_text_on_every_slide(named_store, in_store, number):
    in_store(named_store)
    app = opened("present", market="DE-1", s="h1-h2-h3-h4", present="1", notes="1", slide=str(number))
    assert troubles(app) == []
    assert [text for text in shown(app) if re.search(r"(?<!\\)<img|\]\(http|www\.", text)] == []
    assert "<img" not in slide(app)
    assert NAMES["h2"] in slide(app)
    assert f">{NAMES['h4']}<" not in slide(app)  # cut to what a slide has room for


@pytest.mark.thorough
def test_each_creator_has_a_page_of_its_own_to_take_away(demo_store, in_store):
    in_store(demo_store)
    app = opened("present", market="DE-1", s="demo~1001-demo~1003")
    taken = [button.label for button in app.get("download_button")]
    assert taken == ["PowerPoint", "PDF", "HTML", "Excel", "CSV", "Copper Cuckoo Studio", "Rosy Raccoon Studio"]
    story = store_access.story(Brief((("DE", 1.0),)), ("demo-001", "demo-003"), RequestedLine())
    assert len(PdfReader(BytesIO(page_of(story, "demo-003")())).pages) == 1
    assert file_name(story, "../<b>é 1-", ".pdf") == f"creator-fit-_b_1-demo-{date.today().isoformat()}.pdf"


@pytest.mark.thorough
def test_every_file_holds_the_story(demo_store, in_store):
    in_store(demo_store)
    story = store_access.story(Brief((("DE", 1.0),)), ("demo-001", "demo-003"), RequestedLine())
    begins = {".pptx": b"PK", ".pdf": b"%PDF", ".html": b"<!doctype html>", ".xlsx": b"PK", ".csv": b"creator_id,"}
    assert list(FILES.values()) == list(begins)
    taken = {ending: file_of(story, ending)() for ending in begins}
    assert {ending: content[: len(begins[ending])].lower() for ending, content in taken.items()} == {
        ending: start.lower() for ending, start in begins.items()
    }

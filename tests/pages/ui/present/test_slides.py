"""Does the presentation open by link, turn its slides, stay itself in a link, and show names letter by letter?"""

import csv
import re
from datetime import date
from io import BytesIO
from pathlib import Path

import polars as pl
import pytest
from pypdf import PdfReader

from fit.brief import Brief
from fit.charts.drawing import TEXT_SIZE
from fit.charts.story import chances, projected, splits, story_charts
from fit.forecast.request import RequestedLine
from fit.story.story import SECTIONS, UNCERTAINTY, Picture
from fit.text.escape import literal
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


@pytest.mark.parametrize(("slide", "key"), list(enumerate(SECTIONS, start=1)))
def test_every_section_is_a_slide_cold_and_warm(demo_store, in_store, slide, key):
    in_store(demo_store)
    app = opened("present", market="DE-1", s=THREE, slide=str(slide), present="1")
    drawn = {"who": 1, "geography": 1, "strengths": 3, "forecast": 1}.get(key, 0)
    for _ in range(2):
        assert (troubles(app), len(app.title), len(app.get("plotly_chart"))) == ([], 1, drawn)
        assert app.get("progress")[0].proto.text == f"Slide {slide} of 9 · {SECTIONS[key]}"
        assert any("Demo\\: everything is invented" in text.value for text in app.caption)
        assert (UNCERTAINTY in [text.value for text in app.caption]) == (key in ("recommendation", "forecast"))
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


def test_a_link_reproduces_the_view(demo_store, in_store):
    in_store(demo_store)
    app = opened("present", market="DE-60_AT-40", goal="awareness", s=THREE, target="clicks-300")
    app.multiselect(key="form_told").set_value(["demo-003", "demo-001"]).run()
    app.multiselect(key="form_sections").set_value(["forecast", "who", "role"]).run()
    app.button(key="turn_next").click().run()
    app.button(key="turn_next").click().run()
    app.toggle(key="form_notes").set_value(True).run()
    app.button(key="start").click().run()
    link = link_of(app)
    assert link == {
        "market": "DE-60_AT-40", "goal": "awareness", "s": "demo~1003-demo~1001", "target": "clicks-300",
        "show": "who,role,forecast", "slide": "3", "notes": "1", "present": "1",
    }  # fmt: skip
    again = opened("present", **link)
    assert (troubles(again), shown(again)) == ([], shown(app))


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


def test_of_more_than_five_the_first_five_are_presented(demo_store, in_store):
    in_store(demo_store)
    app = opened("present", market="DE-1", s="-".join(f"demo~100{i}" for i in range(1, 8)))
    assert app.multiselect(key="form_told").value == [f"demo-00{i}" for i in range(1, 6)]
    assert [w.value for w in app.warning] == ["7 creators are ticked; the first 5 are shown. Untick some for others."]


def test_what_the_link_gets_wrong_is_said():
    nothing = dict.fromkeys(("show", "slide", "notes", "present"), "")
    assert read_view(nothing) == (View(), [])
    assert read_view(nothing | {"show": "who,fame", "slide": "7", "notes": "yes"}) == (
        View(("who",), 1),
        [
            "The presentation has no section 'fame'; it is left out. It has recommendation, goal, who, geography, "
            "strengths, role, forecast, risks and next.",
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


@pytest.mark.parametrize("slide", range(1, 10))
def test_names_stay_text_on_every_slide(named_store, in_store, slide):
    in_store(named_store)
    app = opened("present", market="DE-1", s="h1-h2-h3-h4", present="1", notes="1", slide=str(slide))
    texts = shown(app)
    assert troubles(app) == []
    assert [text for text in texts if re.search(r"(?<!\\)<img|\]\(http|www\.", text)] == []
    assert any(literal(NAMES["h2"]) in text for text in texts)


def test_splits_stack_to_the_whole_and_leave_out_what_nobody_measured():
    rows = pl.DataFrame(
        {"creator": ["Mara", "<b>"], "in_market": [0.6, None], "elsewhere": [0.3, None], "unknown": [0.1, None]}
    ).with_columns(count_total=pl.lit(None, pl.Int64))
    chart = splits(rows)
    assert [list(bar.x) for bar in chart.figure.data] == [[0.6, None], [0.3, None], [0.1, None]]
    assert [note.text for note in chart.figure.layout.annotations] == ["not measured", "Mara", "&lt;b&gt;"]
    assert chart.alt.endswith("Mara: in market 60\u00a0%, elsewhere 30\u00a0%, unknown 10\u00a0%. <b>: not measured.")


def test_no_chance_is_said_to_be_surer_than_the_method_is():
    chart = chances(pl.DataFrame({"creator": ["Mara", "Lin"], "p_top_3": [0.999, 0.0]}))
    assert list(chart.figure.data[0].text) == ["97\u00a0%", "3.0\u00a0%"]
    assert chart.title == "Mara is among the best three with a chance of 97\u00a0%"


def test_a_projected_figure_is_larger_and_its_dots_never_lower():
    rows = pl.DataFrame({"creator": ["Mara"] * 20, "value": [float(i) for i in range(20)], "reached": [True] * 20})
    (chart,) = story_charts(Picture("dots", rows, "", "clicks"))
    height = chart.figure.layout.height
    larger = projected("dots", chart, 2 * height).figure.layout
    assert (larger.height, larger.font.size) == (int(1.35 * height), 1.35 * TEXT_SIZE)
    assert projected("dots", chart, 1).figure.layout.height == height
    assert (chart.figure.layout.height, chart.figure.layout.font.size) == (height, None)


def test_each_creator_has_a_page_of_its_own_to_take_away(demo_store, in_store):
    in_store(demo_store)
    app = opened("present", market="DE-1", s="demo~1001-demo~1003")
    taken = [button.label for button in app.get("download_button")]
    assert taken == ["PowerPoint", "PDF", "HTML", "Excel", "CSV", "Copper Cuckoo Studio", "Rosy Raccoon Studio"]
    story = store_access.story(Brief((("DE", 1.0),)), ("demo-001", "demo-003"), RequestedLine())
    assert len(PdfReader(BytesIO(page_of(story, "demo-003")())).pages) == 1
    assert file_name(story, "../<b>é 1-", ".pdf") == f"creator-fit-_b_1-demo-{date.today().isoformat()}.pdf"


def test_every_file_holds_the_story(demo_store, in_store):
    in_store(demo_store)
    story = store_access.story(Brief((("DE", 1.0),)), ("demo-001", "demo-003"), RequestedLine())
    begins = {".pptx": b"PK", ".pdf": b"%PDF", ".html": b"<!doctype html>", ".xlsx": b"PK", ".csv": b"creator_id,"}
    assert list(FILES.values()) == list(begins)
    taken = {ending: file_of(story, ending)() for ending in begins}
    assert {ending: content[: len(begins[ending])].lower() for ending, content in taken.items()} == {
        ending: start.lower() for ending, start in begins.items()
    }

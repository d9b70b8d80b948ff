"""Do the slides say what the story says, in charts and tables that can be edited, with names taken letter by letter?"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO

import openpyxl
import polars as pl
import pytest
from pptx import Presentation

from fit.brief import Brief
from fit.documents.deck import story_deck
from fit.forecast.request import RequestedLine
from fit.story.build import build_story
from fit.story.evidence import sections_of
from fit.story.story import UNCERTAINTY, Section, Story

FIVE = ["demo-001", "demo-040", "demo-041", "demo-008", "demo-018"]
BRIEF = Brief((("DE", 60.0), ("AT", 40.0)))
HOSTILE = [
    '=HYPERLINK("http://a.example","b")',
    "![x](http://a.example/x.png)",
    '<b>#read("x")\x00\x0b\ufffe',
    "東京のクリエイター工房と仲間たちの長い長い名前",
    "مها الراشد " * 20,
]


@pytest.fixture(scope="module")
def five(ask_demo: Callable) -> Story:
    return build_story(ask_demo, BRIEF, FIVE, RequestedLine(), date(2026, 3, 3))


def opened(story: Story, *, notes: bool = False) -> list:
    return list(Presentation(BytesIO(story_deck(story, notes=notes))).slides)


def texts(slide) -> list[str]:
    said = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    return said + [cell.text for table in tables(slide) for row in table.rows for cell in row.cells]


def charts(slide) -> list:
    return [shape.chart for shape in slide.shapes if shape.has_chart]


def tables(slide) -> list:
    return [shape.table for shape in slide.shapes if shape.has_table]


def notes(slide) -> list[str]:
    return slide.notes_slide.notes_text_frame.text.split("\n")


def slide_of(story: Story, key: str, *, notes: bool = False):
    (found,) = opened(story.only([key]), notes=notes)
    return found


def section_of(story: Story, key: str) -> Section:
    return next(section for section in story.sections if section.key == key)


def points_of(series) -> list[tuple[float, float]]:
    xs, ys = ([float(v.text) for v in series._element.findall(f"{{*}}{k}//{{*}}v")] for k in ("xVal", "yVal"))
    return list(zip(xs, ys, strict=True))


def renamed(story: Story, names: list[str]) -> Story:
    """The story of creators who are called otherwise."""
    told = tuple(
        replace(each, expected=replace(each.expected, creator=replace(each.candidate, creator_name=name)))
        for each, name in zip(story.creators, names, strict=True)
    )
    return replace(story, creators=told, sections=sections_of(story.brief, told, story.count_matching))


def test_a_slide_a_section_by_its_finding_the_summary_first(five):
    titles = [slide.shapes.title.text_frame.text for slide in opened(five)]
    assert titles == [section.title for section in five.sections]
    assert five.sections[0].key == "recommendation"


def test_slides_are_numbered_wide_and_say_when_they_were_made(five):
    assert five.imprint.startswith("Sample data: everything is invented · 3 March 2026, data of 2 March 2026")
    deck = Presentation(BytesIO(story_deck(five)))
    assert (deck.slide_width, deck.slide_height) == (12191695, 6858000)
    for number, slide in enumerate(deck.slides, 1):
        assert five.imprint in texts(slide)
        (field,) = slide._element.findall(".//{*}fld")
        assert (field.get("type"), field.findtext("{*}t")) == ("slidenum", str(number))


def test_the_summary_has_its_numbers_what_to_do_and_what_is_asked(five):
    slide, section = opened(five)[0], five.sections[0]
    said = "\n".join(texts(slide))
    assert [figure for figure in section.figures if f"{figure.value}\n{figure.label}" not in said] == []
    assert section.request in said
    (table,) = tables(slide)
    assert [row.cells[0].text for row in table.rows][1:] == section.table["Creator"].to_list()


def test_what_a_range_means_is_said_where_one_is_first_read(five):
    said = [any(UNCERTAINTY in text for text in texts(slide)) for slide in opened(five)]
    assert said == [section.key in ("recommendation", "forecast") for section in five.sections]


def test_titles_fit_two_lines_of_one_size(five):
    sizes = {run.font.size for slide in opened(five) for run in slide.shapes.title.text_frame.paragraphs[0].runs}
    assert sizes == {None}  # the layout's, on every slide
    assert [section.title for section in five.sections if len(section.title.split(" ")) > 11] == []


def test_no_id_of_a_creator_stands_on_a_slide_of_one_with_a_name(five):
    said = "\n".join(text for slide in opened(five, notes=True) for text in (*texts(slide), *notes(slide)))
    assert [creator.candidate.creator_id for creator in five.creators if creator.candidate.creator_id in said] == []


def test_a_real_story_is_not_called_invented(five):
    said = "\n".join(text for slide in opened(replace(five, is_demo=False)) for text in texts(slide))
    assert "invented" not in said


def test_every_slide_names_its_source_and_has_at_most_five_points(five):
    for slide, section in zip(opened(five), five.sections, strict=True):
        place = {shape.placeholder_format.idx: shape.text_frame for shape in slide.placeholders}
        assert place[12].text == section.footnote
        assert 11 not in place or 1 <= len(place[11].paragraphs) <= 5


@pytest.mark.thorough
def test_notes_are_what_the_presenter_says_and_only_there_when_asked_for(five):
    for slide, section in zip(opened(five, notes=True), five.sections, strict=True):
        assert notes(slide)[: len(section.notes)] == list(section.notes)
    assert [slide.has_notes_slide for slide in opened(five)] == [False] * len(five.sections)


def test_points_without_room_are_in_the_notes(five):
    risks = replace(section_of(five, "risks"), points=tuple(f"Risk {number}." for number in range(7)))
    slide = slide_of(replace(five, sections=(risks,)), "risks", notes=True)
    assert [f"Risk {number}." in "\n".join(texts(slide)) for number in range(7)] == [True] * 5 + [False] * 2
    assert set(risks.points) <= set(notes(slide))


def test_pictures_are_charts_that_can_be_edited(five):
    slides = opened(five)
    kinds = [len(charts(slide)) for slide in slides]
    assert kinds == [int(section.picture is not None) for section in five.sections]
    assert not [shape for slide in slides for shape in slide.shapes if shape.shape_type == 13]
    for chart in (chart for slide in slides for chart in charts(slide)):
        book = openpyxl.load_workbook(BytesIO(chart.part.chart_workbook.xlsx_part.blob))
        assert book.active.max_row > 1


def test_bars_of_the_split_are_the_shares_of_the_story(five):
    (chart,) = charts(slide_of(five, "geography"))
    rows = section_of(five, "geography").picture.rows
    drawn = {series.name: list(series.values) for series in chart.plots[0].series}
    assert drawn == {
        "In the market": rows["in_market"].to_list(),
        "Elsewhere": rows["elsewhere"].to_list(),
        "Unknown": rows["unknown"].to_list(),
    }


def test_an_audience_nobody_measured_is_an_empty_bar_not_a_share(five):
    section = section_of(five, "geography")
    shares = section.picture.rows.columns[1:]
    rows = section.picture.rows.with_columns(pl.lit(None, pl.Float64).alias(c) for c in shares)
    story = replace(five, sections=(replace(section, picture=replace(section.picture, rows=rows)),))
    (chart,) = charts(slide_of(story, "geography"))
    drawn = {series.name: list(series.values) for series in chart.plots[0].series}
    nothing = [None] * 5
    assert drawn == {"In the market": nothing, "Elsewhere": nothing, "Unknown": nothing, "Not measured": [1.0] * 5}


def test_bars_of_the_chances_are_those_of_the_story(five):
    (chart,) = charts(slide_of(five, "who"))
    rows = section_of(five, "who").picture.rows
    assert list(chart.plots[0].categories) == rows["creator"].to_list()
    assert list(chart.plots[0].series[0].values) == rows["p_top_3"].to_list()


def test_intervals_are_drawn_from_low_over_index_to_high(five):
    (chart,) = charts(slide_of(five, "strengths"))
    drawn = {series.name: [x for x, _ in points_of(series)] for series in chart.plots[0].series}
    said = {"engage": "engagement", "click": "clicks", "convert": "purchases per click"}
    for row in section_of(five, "strengths").picture.rows.iter_rows(named=True):
        assert drawn[f"{row['creator']}, {said[row['stage']]}"] == [row["low"], row["index"], row["high"]]


@pytest.mark.parametrize("target", [None, 10.0])
def test_twenty_dots_a_creator_stand_in_the_columns_of_all_rows_and_none_hides_another(five, target):
    section = section_of(five, "forecast")
    picture = replace(section.picture, target=target)
    (chart,) = charts(slide_of(replace(five, sections=(replace(section, picture=picture),)), "forecast"))
    drawn = {series.name: points_of(series) for series in chart.plots[0].series}
    plot = picture.dots
    columns = {round((at + 0.5) * plot.step / (plot.end + plot.step / 2), 9) for at in range(60)}
    for creator, of_row in zip(picture.futures, picture.dots.rows, strict=True):
        assert [x for x, _ in drawn[creator]] == pytest.approx([dot.across for dot in of_row])
        assert len(set(drawn[creator])) == 20
        assert {round(picture.dots.across(dot.value), 9) for dot in of_row} <= columns
    assert [x for x, _ in drawn.get("Target", [])] == [pytest.approx(picture.dots.line(10.0))] * 2 * (
        target is not None
    )


@pytest.mark.parametrize("key", ["recommendation", "who", "risks"])
def test_cells_of_a_table_are_those_of_the_story(five, key):
    (table,) = tables(slide_of(five, key))
    expected = section_of(five, key).table
    cells = [[cell.text for cell in row.cells] for row in table.rows]
    assert cells == [expected.columns, *[list(row) for row in expected.iter_rows()]]


def test_numbers_behind_a_chart_are_in_the_notes(five):
    told = notes(slide_of(five, "geography", notes=True))
    (said,) = [line for line in told if line.startswith("Creator: Copper Cuckoo Studio;")]
    table = section_of(five, "geography").table
    (row,) = table.filter(pl.col("Creator") == "Copper Cuckoo Studio").rows(named=True)
    assert said == "; ".join(f"{key}: {value}" for key, value in row.items()) + "."


def test_one_creator_makes_a_whole_deck(ask_demo):
    story = build_story(ask_demo, BRIEF, FIVE[1:2], RequestedLine(), date(2026, 3, 3))
    slides = opened(story)
    assert [len(charts(slide)) for slide in slides] == [0, 1, 1, 1, 1, 0]
    assert [len(tables(slide)) for slide in slides] == [1] * 6


def test_a_section_without_picture_and_table_is_its_points(five):
    section = Section("who", "A finding", "", ("One. Two.",), (), "Source: here")
    slide = slide_of(replace(five, sections=(section,)), "who")
    assert texts(slide) == ["A finding", "", "One. Two.", "Source: here", five.imprint, "1"]


@pytest.mark.thorough
def test_hostile_names_are_literal_cut_on_the_slide_and_whole_in_the_notes(five):
    slides = opened(renamed(five, HOSTILE), notes=True)
    (table,) = tables(slides[1])
    assert sorted(row.cells[0].text.strip("\u200e") for row in table.rows) == sorted(["Creator",
        '=HYPERLINK("http://a.example","…',
        "![x](http://a.example/x.png)",
        '<b>#read("x")',
        "東京のクリエイター工房と仲間た…",
        "مها الراشد مها الراشد مها الراش…",
    ])  # fmt: skip
    assert HOSTILE[4].strip() in notes(slides[1])
    links = [link for slide in slides for link in slide.part.rels.values() if link.is_external]
    assert links == []


@pytest.mark.thorough
def test_no_cell_behind_a_chart_is_a_formula_or_a_link(five):
    for slide in opened(renamed(five, HOSTILE)):
        for chart in charts(slide):
            sheet = openpyxl.load_workbook(BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
            cells = [cell for row in sheet.iter_rows() for cell in row]
            assert {cell.data_type for cell in cells} <= {"s", "n"}
            assert not [cell for cell in cells if cell.hyperlink]


def test_dots_lie_on_top_in_every_program_that_opens_the_deck(five):
    """LibreOffice draws what stands first in the file on top, PowerPoint what is last by order."""
    section = section_of(five, "forecast")
    section = replace(section, picture=replace(section.picture, target=5.0))
    names = section.picture.rows["creator"].unique(maintain_order=True).to_list()
    missed = [f"Missed by {name}" for name in names]
    story = replace(five, sections=(section_of(five, "strengths"), section))
    for key, in_front, behind in (
        ("strengths", ["Hollow", "Not measured"], ["Measured"]),
        ("forecast", missed, names),
    ):
        (chart,) = charts(slide_of(story, key))
        in_file = [one.findtext(".//{*}tx//{*}v") for one in chart._chartSpace.iterfind(".//{*}ser")]
        by_order = [series.name for series in chart.plots[0].series]
        marks = [*in_front, *behind]
        assert in_file[: 1 + len(marks)] == ["Names", *marks]
        assert set(by_order[-len(marks) :]) == set(marks)
        assert min(map(by_order.index, in_front)) > max(map(by_order.index, behind))


@pytest.mark.thorough
def test_the_summary_of_twelve_creators_ends_above_what_is_asked(ask_demo):
    twelve = [f"demo-{number:03}" for number in range(1, 13)]
    story = build_story(ask_demo, BRIEF, twelve, RequestedLine(), date(2026, 3, 3)).only(["recommendation"])
    (slide,) = opened(story)
    (table,) = tables(slide)
    assert len(table.rows) == 13
    tops = {shape.name: shape.top for shape in slide.shapes}
    (place,) = (shape for shape in slide.shapes if shape.has_table)
    assert place.top + sum(row.height for row in table.rows) < tops["Request"]
    sizes = {
        run.font.size for shape in slide.shapes if shape.has_text_frame and shape.name.startswith("TextBox")
        for run in shape.text_frame.paragraphs[0].runs
    }  # fmt: skip
    assert len(sizes) == 1

"""Does a story reach paper whole: the same numbers, one page a creator, and nothing in a name that acts?"""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO

import polars as pl
import pytest
from PIL import Image
from pypdf import PdfReader

from fit.brief import Brief
from fit.documents.story_pdf import one_pager, story_as_pdf
from fit.forecast.request import RequestedLine
from fit.shortlist import Group
from fit.story import by_group, compared_cell, total_of
from fit.story.build import build_story
from fit.story.evidence import sections_of
from fit.story.story import UNCERTAINTY, CreatorStory, Story, StoryError
from fit.story.without_prices import without_prices
from fit.text import words

BRIEF = Brief((("DE", 60.0), ("AT", 40.0)))
IDS = ("demo-001", "demo-040", "demo-008")


@pytest.fixture(scope="module")
def story(ask_demo: Callable) -> Story:
    """Three demo creators; demo-040 has no campaign."""
    return build_story(ask_demo, BRIEF, IDS, RequestedLine(targets=(("conversions", 5.0),)), date(2026, 3, 2))


def read(pdf: bytes) -> list[str]:
    """The text of each page: blanks of any kind as one, what is invisible left out."""
    pages = [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]
    return [re.sub(r"\s+", " ", re.sub("[\u200b\u2068\u2069]", "", text)).strip() for text in pages]


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def squeezed(text: str) -> str:
    """Without blanks: a line may end within a long name."""
    return re.sub(r"\s", "", text)


def changed(story: Story, **of_first: object) -> Story:
    """The story with facts of its first creator changed, told anew."""
    first = story.creators[0]
    one = replace(first.candidate, **of_first)
    told = (replace(first, expected=replace(first.expected, creator=one)), *story.creators[1:])
    return replace(story, creators=told, sections=sections_of(story.brief, told, story.count_matching))


def without_followers(told: CreatorStory) -> CreatorStory:
    unknown = {m: dict.fromkeys(values) for m, values in told.expected.outlook.metrics.items()}
    outlook = replace(told.expected.outlook, metrics=unknown, futures={}, cost_per_expected_sale=None)
    return replace(told, expected=replace(told.expected, outlook=outlook))


def test_the_summary_comes_first_and_every_creator_has_one_page(story: Story) -> None:
    pages = read(story_as_pdf(story))
    assert len(pages) == 5
    assert flat(story.sections[0].title) in pages[0]
    assert flat(story.sections[0].request) in pages[0]
    names = [f"{creator.name} ·" for creator in by_group(story.creators)]
    assert [name in page for name, page in zip(names, pages[2:], strict=True)] == [True] * 3
    assert [creator_id for creator_id in IDS if any(creator_id in page for page in pages)] == []


def test_the_summary_has_the_stored_numbers(story: Story) -> None:
    page = read(story_as_pdf(story))[0]
    booked = [each for each in story.creators if each.candidate.group == Group.BOOK]
    total = total_of(booked, BRIEF)
    said = [words.amount(total.costs["EUR"], "EUR"), f"about {words.rounded(total.expected.mean)}"]
    said += [f"purchases, likely {words.rounded(total.expected.p10)} to {words.rounded(total.expected.p90)}"]
    said += [words.unit_cost(total.expected.cost_per_outcome, "EUR")]
    assert [text for text in said if text not in page] == []


def test_every_page_says_when_of_what_and_how_sure(story: Story) -> None:
    for number, page in enumerate(read(story_as_pdf(story)), 1):
        said = (story.imprint, UNCERTAINTY, "Sales in Germany and Austria", f"Page {number} of 5", "Source: ")
        assert [text for text in said if text not in page] == []


def test_real_data_are_not_called_a_demo(story: Story) -> None:
    assert "Sample data: everything is invented" in read(one_pager(story, "demo-001"))[0]
    assert "everything is invented" not in read(one_pager(replace(story, is_demo=False), "demo-001"))[0]


def test_the_tables_have_the_cells_of_the_story(story: Story) -> None:
    pages = "".join(map(squeezed, read(story_as_pdf(story))[:2]))
    tables = [section.table for section in story.sections if section.key in ("recommendation", "who", "risks")]
    tables = [table.drop("Profile", strict=False) for table in tables]
    cells = [str(cell) for table in tables for row in table.rows() for cell in row]
    assert len(cells) == 3 * (7 + 5 + 4)
    assert [cell for cell in cells if squeezed(cell) not in pages] == []


def test_a_page_says_the_numbers_of_its_creator(story: Story) -> None:
    each = story.creators[0]
    (page,) = read(one_pager(story, "demo-001"))
    values = each.expected.outlook.metrics["in_market_conversions"]
    low, centre, high = (words.measure("in_market_conversions", values[p]) for p in ("p10", "mean", "p90"))
    said = [f"about {centre} purchases ({low} to {high})", words.chance(each.candidate.p_top_3)]
    said += [words.percent(share) for share in each.candidate.shares.values()]
    said += [compared_cell(vars(stage)) for stage in each.candidate.stages.values()]
    assert [text for text in said if flat(text) not in page] == []


def test_the_dots_that_reach_the_target_are_counted(story: Story) -> None:
    rows = next(s.picture.rows for s in story.sections if s.key == "forecast")
    reached = int(rows.filter(pl.col("creator") == story.creators[0].name)["reached"].sum())
    page = read(one_pager(story, "demo-001"))[0]
    assert f"{reached} of 20 reach it" in page
    assert "target 5" in page


@pytest.mark.parametrize(
    "name",
    ['=HYPERLINK("http://x.example")', "![x](http://x.example)", "<b>bold</b>", '#read("x")', "$x$ @a _b_ \\ *c*"],
)
def test_a_name_is_printed_letter_by_letter(name: str, story: Story) -> None:
    pdf = one_pager(changed(story, creator_name=name), "demo-001")
    assert squeezed(f"{name} · @demo") in squeezed(read(pdf)[0])
    assert "/Annots" not in PdfReader(BytesIO(pdf)).pages[0]


@pytest.mark.parametrize(
    "name", ["日本語のクリエイター", "مرحبا بالعالم", "W" * 200, "a b " * 50, "😀", "\U00012000 \ue000"]
)
def test_any_script_and_length_stays_on_one_page(name: str, story: Story) -> None:
    told = changed(story, creator_name=name)
    assert len(read(one_pager(told, "demo-001"))) == 1
    assert len(read(story_as_pdf(told))) == 5


def test_a_long_name_is_whole_once_and_short_elsewhere(story: Story) -> None:
    page = squeezed(read(one_pager(changed(story, creator_name="W" * 200), "demo-001"))[0])
    assert page.count("W" * 200) == 1
    assert f"Book{'W' * 39}…" in page


def test_what_was_never_measured_is_said(story: Story) -> None:
    told = changed(story, in_market_share=None, in_market_share_upper=None, unknown_share=None, shares={})
    assert "where the audience lives is not known" in read(one_pager(told, "demo-001"))[0].lower()
    assert "No audience data for Copper Cuckoo Studio yet" in read(one_pager(told, "demo-001"))[0]
    assert "not measured; likely" in read(one_pager(story, "demo-040"))[0]


def test_without_followers_no_forecast_is_drawn(story: Story) -> None:
    told = tuple(without_followers(each) for each in story.creators)
    blank = replace(story, creators=told, sections=sections_of(story.brief, told, story.count_matching))
    pages = read(story_as_pdf(blank))
    assert len(pages) == 5
    assert "Nobody can say yet what" in pages[2]
    assert "of 20 reach it" not in pages[2]


def test_some_sections_make_a_smaller_story(story: Story) -> None:
    pages = read(story_as_pdf(story.only(["risks"])))
    assert len(pages) == 3
    assert "Risks and next steps" in pages[0]
    assert "audience lives in" not in pages[0]


def test_the_paper_is_a4_tagged_and_the_same_each_time(story: Story) -> None:
    pdf = one_pager(story, "demo-001")
    reader = PdfReader(BytesIO(pdf))
    assert [round(side) for side in reader.pages[0].mediabox[2:]] == [595, 842]
    assert b"pdfuaid" in reader.trailer["/Root"]["/Metadata"].get_data()
    assert pdf == one_pager(story, "demo-001")


def test_a_creator_outside_the_story_has_no_page(story: Story) -> None:
    with pytest.raises(StoryError, match="'demo-059' is not in this presentation"):
        one_pager(story, "demo-059")


def test_a_page_says_of_its_own_creator_only_who_is_too_close_whatever_others_are_called(story: Story) -> None:
    """Four in a row by rank, the second and the fourth of one name: each page has the pairs of its own creator."""
    names = ("Mara", "Ada", "Lin", "Ada")
    told = tuple(
        replace(story.creators[0], expected=replace(story.creators[0].expected, creator=replace(
            story.creators[0].candidate, creator_id=f"c{rank}", creator_name=name, rank=rank, too_close_to_next=True,
            clicks_to_settle=None,
        )))
        for rank, name in enumerate(names, 1)
    )  # fmt: skip
    four = replace(story, creators=told, sections=sections_of(story.brief, told, story.count_matching))
    close = [re.findall(r"(\w+ and \w+) are nearly tied", read(one_pager(four, f"c{rank}"))[0])
             for rank in (1, 2, 3, 4)]  # fmt: skip
    assert close == [["Mara and Ada"], ["Mara and Ada", "Ada and Lin"], ["Ada and Lin", "Lin and Ada"], ["Lin and Ada"]]


def test_a_photo_stands_on_the_page_of_its_creator(story):
    drawn = BytesIO()
    Image.new("RGB", (160, 160), "teal").save(drawn, "JPEG")
    first = replace(story.creators[0], photo=drawn.getvalue())
    pages = PdfReader(BytesIO(story_as_pdf(replace(story, creators=(first, *story.creators[1:]))))).pages
    assert [len(page.images) for page in pages if page.images] == [1]
    (named,) = [page.extract_text() for page in pages if page.images]
    assert first.name in flat(named)


def test_a_creators_page_says_why_its_price_stands_in(story: Story) -> None:
    note = "asks in GBP, for which no rate to EUR is given: judged without that price"
    first = story.creators[0]
    one = replace(first.candidate, rate_note=note)
    told = replace(story, creators=(replace(first, expected=replace(first.expected, creator=one)), *story.creators[1:]))
    (page,) = read(one_pager(told, "demo-001"))
    assert flat(f"Price: {note}.") in page
    (page,) = read(one_pager(without_prices(told), "demo-001"))
    assert "GBP" not in page

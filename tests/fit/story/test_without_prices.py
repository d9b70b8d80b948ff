"""Does nothing of a price, or of what it could be worked out from, stay in a story whose prices are hidden?"""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from pypdf import PdfReader

from fit.brief import Brief
from fit.documents import STORY_ENDINGS, slide_html, write_story
from fit.documents.brand import Brand
from fit.forecast import RequestedLine
from fit.review import LastReview
from fit.story import SECTIONS, Story, build_story, without_prices

BRIEFS = (Brief((("DE", 60.0), ("AT", 40.0))), Brief((("DE", 1.0),), "awareness"))
FIVE = ["demo-001", "demo-040", "demo-041", "demo-008", "demo-018"]
DAY = date(2026, 3, 3)
ODD = 7919.0  # a price that no other number of the story looks like
REVIEW = LastReview("pay at most 7,919 EUR", DAY, "conversion", ("DE",), True)
TARGETS = (("clicks", 100.0), ("cost_per_click", 3.0), ("return_on_ad_spend", 2.0))


def told(ask, brief: Brief, cost: float | None, ids: list[str] = FIVE) -> Story:
    line = RequestedLine("post", 1, cost, "EUR" if cost else None, TARGETS if cost else ())
    return build_story(ask, brief, ids, line, DAY, {FIVE[0]: REVIEW, FIVE[1]: replace(REVIEW, is_against=False)})


def text_of(story: Story, ending: str) -> str:
    """Everything that a file says, as text."""
    content = write_story(story, ending, notes=True)
    if ending == ".pdf":
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return unpacked(content) if ending in (".pptx", ".xlsx") else content.decode()


def unpacked(content: bytes) -> str:
    """All texts of a file of Office, with those of the workbooks behind its charts; without the time of writing."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        texts = [packed.read(name).decode() for name in packed.namelist()
                 if name.endswith((".xml", ".rels")) and not name.endswith("core.xml")]  # fmt: skip
        inner = [unpacked(packed.read(name)) for name in packed.namelist() if name.endswith(".xlsx")]
    return "\n".join(texts + inner)


def slides_of(story: Story) -> str:
    return "\n".join(slide_html(story, number, Brand(), dark=False, level=2) for number in range(1, 1 + len(SECTIONS)))


@pytest.mark.thorough
@pytest.mark.parametrize("brief", BRIEFS, ids=["sales", "awareness"])
@pytest.mark.parametrize("count", [1, 5])
def test_two_stories_that_differ_in_their_prices_alone_become_the_same(ask_demo, brief: Brief, count: int) -> None:
    cheap, dear = (without_prices(told(ask_demo, brief, cost, FIVE[:count])) for cost in (10.0, ODD))
    assert repr(cheap.sections) == repr(dear.sections)
    assert slides_of(cheap) == slides_of(dear)
    for ending in STORY_ENDINGS:
        assert text_of(cheap, ending) == text_of(dear, ending), ending


@pytest.mark.thorough
@pytest.mark.parametrize("ending", STORY_ENDINGS)
def test_no_file_says_a_price_that_the_whole_story_says(ask_demo, ending: str) -> None:
    whole = told(ask_demo, BRIEFS[0], ODD)
    said = re.compile(r"7[.,  ]?9(19|20)")
    assert said.search(text_of(whole, ending))
    assert not said.search(text_of(without_prices(whole), ending))


def test_stored_prices_and_what_they_are_computed_into_are_gone(ask_demo) -> None:
    whole = told(ask_demo, BRIEFS[0], None)
    reduced = without_prices(whole)
    prices = {one.expected.asked.cost for one in whole.creators} | {one.candidate.cost for one in whole.creators}
    said = f"{reduced!r} {slides_of(reduced)} {[vars(one.expected.outlook.inputs) for one in reduced.creators]}"
    assert [
        price for price in prices if price and price > 100 and re.search(rf"(?<![\d.]){price:.0f}(?!\d)", said)
    ] == []
    for one in reduced.creators:
        assert (one.candidate.cost, one.expected.asked.cost, one.profile["asking_price"]) == (None, None, None)
        assert set(one.candidate.payoff.values()) == {None}
        assert one.expected.outlook.metrics["return_on_ad_spend"]["mean"] is None
    table = reduced.sections[0].table
    assert [name for name in table.columns if "rice" in name or "ost" in name] == []
    assert not any("EUR" in text for section in reduced.sections for text in (section.title, section.request))


@pytest.mark.thorough
def test_sections_that_were_left_out_stay_out_and_no_notes_are_left(ask_demo) -> None:
    some = without_prices(told(ask_demo, BRIEFS[0], ODD).only(["who", "risks"]))
    assert [(section.key, section.notes) for section in some.sections] == [("who", ()), ("risks", ())]

"""Is the page of a story whole, quiet and safe: everything inside, no request, every name letter by letter?"""

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from fit.brief import Brief
from fit.charts.palette import DARK, LIGHT
from fit.documents.brand import Brand, Logo
from fit.documents.html import story_html
from fit.forecast.request import RequestedLine
from fit.story import compared_cell
from fit.story.build import build_story
from fit.story.evidence import sections_of
from fit.story.story import UNCERTAINTY

BRIEF = Brief((("DE", 60.0), ("AT", 40.0)))
FIVE = ["demo-001", "demo-040", "demo-041", "demo-008", "demo-018"]
HOSTILE = [
    '=HYPERLINK("http://a.example","b")',
    "![x](http://a.example/x.png)",
    "</script><script>alert(1)</script><b>",
    '#read("x") 東京の台所 $x$ &lt;',
    "مها الراشد " * 20,
]
VOID = {"meta", "img", "br"}


class Page(HTMLParser):
    """Elements with their attributes, text outside scripts, and what is open in the end."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.texts, self.open = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        self.open += [tag] * (tag not in VOID)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] not in ("script", "style"):
            self.texts.append(data)

    def of(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="module")
def story(ask_demo):
    return build_story(ask_demo, BRIEF, FIVE, RequestedLine(targets=(("conversions", 5.0),)), date(2026, 3, 3))


@pytest.fixture(scope="module")
def text(story):
    return story_html(story)


@pytest.fixture(scope="module")
def page(text):
    return Page(text)


def renamed(story, names):
    told = tuple(
        replace(each, expected=replace(each.expected, creator=replace(each.candidate, creator_name=name)))
        for each, name in zip(story.creators, names, strict=True)
    )
    return replace(story, creators=told, sections=sections_of(story.brief, told, story.count_matching))


def test_the_page_is_well_formed_in_english_and_small_enough_to_send(text, page):
    assert page.open == []
    assert page.of("html") == [{"lang": "en"}]
    assert len(text.encode()) < 150_000


def test_headings_go_down_one_step_at_a_time(page, story):
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch(r"h\d", tag)]
    assert all(after - before <= 1 for before, after in pairwise([0, *levels]))
    assert levels.count(2) == len(story.sections) + 1  # and who the creators are


def test_every_sentence_of_the_story_stands_on_the_page(page, story):
    said = set(page.texts)
    for section in story.sections:
        cells = [] if section.table is None else [cell for row in section.table.rows() for cell in row]
        wanted = {section.title, section.subtitle, section.source, *section.points, *cells}
        wanted |= {figure.label for figure in section.figures} | {figure.value for figure in section.figures}
        assert wanted - said == set()
        assert not set(section.notes) & said  # what a presenter says is not for who gets the page
    assert {story.title, story.imprint, UNCERTAINTY} <= said


def test_every_table_has_a_caption_and_named_rows(page, story):
    tables = sum(section.table is not None for section in story.sections) + 1  # and every future of the forecast
    assert len(page.of("table")) == len(page.of("caption")) == tables
    assert {attributes["scope"] for attributes in page.of("th")} == {"col", "row"}


def test_nothing_on_the_page_asks_anybody(page):
    assert [
        tag for tag, _ in page.elements if tag in ("link", "img", "iframe", "object", "embed", "base", "form")
    ] == []
    assert [a for _, a in page.elements if {"src", "srcset", "action", "onload", "onclick"} & set(a)] == []
    assert all(a["href"].startswith("#") for a in page.of("a"))
    (policy,) = [a["content"] for a in page.of("meta") if a.get("http-equiv") == "Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    assert not {"connect-src", "script-src"} & set(policy.replace(";", "").split())
    assert page.of("script") == []


def test_charts_stand_at_the_storys_values_in_light_and_dark(story, text):
    by_key = {section.key: section.picture for section in story.sections}
    shares = by_key["geography"].rows["in_market"].to_list()
    drawn = re.findall(r'<i class="in_market" style="width:([\d.]+)%', text)
    assert [float(width) for width in drawn] == pytest.approx([100 * share for share in shares], abs=0.005)
    dots = re.findall(r'<i class="dot(?: missed)?" style="left:([\d.]+)%;bottom', text)
    placed = [100 * dot.across for row in by_key["forecast"].dots.rows for dot in row]
    assert [float(place) for place in dots] == pytest.approx(placed, abs=0.005)
    assert text.count('class="dot missed"') == sum(not hit for hit in by_key["forecast"].rows["reached"])
    assert text.index(f"--ink: {LIGHT.ink}") < text.index(f"--ink: {DARK.ink}")
    for row in by_key["strengths"].rows.rows(named=True):
        assert compared_cell(row) in text


def test_name_logo_and_colours_of_a_company_stand_in_the_page(story):
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="3"/>'
    text = story_html(story, Brand("Sparrow & Co", Logo(svg, "image/svg+xml"), "#0B5394", "#7A1F00"))
    assert [a["alt"] for a in Page(text).of("img")] == ["Sparrow & Co"]
    assert "data:image/svg+xml;base64," in text
    assert "--main: #0B5394;" in text


def test_profiles_are_linked_where_the_address_is_known_and_nothing_is_invented(story):
    first = story.creators[0]
    known = replace(first, profile=first.profile | {"handle": "@mara.home"})
    odd = replace(story.creators[1], profile=first.profile | {"handle": "a b<c>"})
    links = [a["href"] for a in Page(story_html(replace(story, creators=(known, odd), is_demo=False))).of("a")]
    assert [link for link in links if not link.startswith("#")] == ["https://instagram.com/mara.home"]
    assert [a for a in Page(story_html(story)).of("a") if not a["href"].startswith("#")] == []


def test_a_hostile_name_is_letters_and_nothing_else(story, page):
    text = story_html(renamed(story, HOSTILE))
    hostile = Page(text)
    assert hostile.open == []
    # Bidirectional isolation is all that a name may add.
    assert [tag for tag, _ in hostile.elements if tag != "bdi"] == [tag for tag, _ in page.elements]
    assert len(hostile.of("bdi")) > 0
    shown = "".join(hostile.texts)
    assert all(name.strip() in shown for name in HOSTILE)


def test_the_same_story_gives_the_same_page(story, text):
    assert story_html(story) == text


def test_real_data_are_not_called_a_demo(story):
    assert "everything" not in " ".join(Page(story_html(replace(story, is_demo=False))).texts)


def test_a_story_of_one_section_without_a_picture_is_a_page_too(story):
    assert Page(story_html(story.only(["risks"]))).open == []


def test_a_photo_is_inside_the_page_with_the_name_as_its_text(ask_demo):
    story = build_story(ask_demo, BRIEF, FIVE[:2], RequestedLine(), date(2026, 3, 2))
    assert "photo" not in [attributes.get("class") for _tag, attributes in Page(story_html(story)).elements]
    first = replace(story.creators[0], photo=b"\xff\xd8photo")
    page = Page(story_html(replace(story, creators=(first, story.creators[1]))))
    photos = [attributes for tag, attributes in page.elements if tag == "img"]
    assert photos == [{"class": "photo", "src": "data:image/jpeg;base64,/9hwaG90bw==", "alt": first.name}]

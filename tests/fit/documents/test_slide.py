"""Does a slide for the screen say what the story says, with names cut and nothing that runs?"""

import re
from dataclasses import replace
from datetime import date

import pytest

from fit.brief import Brief
from fit.documents.brand import Brand, Logo
from fit.documents.slide import slide_html
from fit.forecast.request import RequestedLine
from fit.story.build import build_story
from fit.story.evidence import sections_of

FIVE = ["demo-001", "demo-040", "demo-041", "demo-008", "demo-018"]


@pytest.fixture(scope="module")
def story(ask_demo):
    return build_story(ask_demo, Brief((("DE", 1.0),)), FIVE, RequestedLine(), date(2026, 3, 3))


@pytest.mark.parametrize("number", range(1, 7))
def test_a_slide_has_its_finding_source_and_number(story, number):
    section, text = story.sections[number - 1], slide_html(story, number, Brand(), dark=False, level=1)
    plain = re.sub(r"<[^>]+>", "\n", text).replace("&#x27;", "'")
    assert f'<h1 class="finding">{section.title}'.replace("'", "&#x27;") in text
    wanted = {section.subtitle, section.footnote, story.imprint, str(number), *section.points}
    assert wanted - set(plain.split("\n")) == set()
    assert not set(section.notes) & set(plain.split("\n"))
    assert ("<table>" in text) == (section.picture is None or not section.points)


def test_the_frame_is_as_tall_as_it_may_be_and_has_the_colours_of_its_appearance(story):
    brand = Brand("Sparrow", Logo(b"<svg/>", "image/svg+xml"), "#0B5394")
    light, dark = (slide_html(story, 1, brand, dark=dark, level=2, height="100vh - 9rem") for dark in (False, True))
    assert "--widest: calc((100vh - 9rem) * 1.7778);" in light
    assert light.count('<img class="logo"') == 1
    assert ("--paper: #FFFFFF" in light, "--paper: #0F1318" in dark) == (True, True)


def test_names_are_letters_and_cut(story):
    first = story.creators[0]
    one = replace(first.candidate, creator_name="<script>alert(1)</script>" + "x" * 60)
    told = (replace(first, expected=replace(first.expected, creator=one)), *story.creators[1:])
    renamed = replace(story, creators=told, sections=sections_of(story.brief, told, 60))
    for number in range(1, 7):
        text = slide_html(renamed, number, Brand(), dark=False, level=1)
        assert "<script" not in text
        assert "x" * 60 not in re.sub(r'aria-label="[^"]*"', "", text)

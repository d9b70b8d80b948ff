"""Are texts that may contradict a red line found, in several languages, and texts that do not left alone?"""

import pytest

from fit.agreement.agreement import Deliverable, RedLine, Task
from fit.charter.red_line_clashes import ClashPlace, red_line_clashes
from tests.agreements import agreement


def clashes_of(lines=(), commitments=(), story=None, deliverables=()):
    given = agreement(red_lines=lines, commitments=commitments, story=story, deliverables=deliverables)
    return [(clash.red_line.text, clash.text, clash.place, clash.subject) for clash in red_line_clashes(given)]


@pytest.mark.parametrize(
    ("brand", "creator", "subject"),
    [
        ("No competitor products in the same month", "no competitor ban", "competitors"),
        ("competitors are banned", "no competitor ban", "competitors"),
        ("Keine Wettbewerber im selben Monat", "kein Konkurrenzverbot", "competitors"),
        ("Exklusivität für acht Wochen", "Keine Konkurrenzklausel", "competitors"),
        ("pas de code promo d'un autre", "aucun code promo", "discounts and codes"),
        ("every caption is approved by us", "no approval of captions", "approval before posting"),
        ("the packaging stays closed", "I open packaging on camera", None),
    ],
)
def test_red_lines_of_both_sides_about_one_subject_are_read_together(brand, creator, subject):
    found = clashes_of((RedLine("brand", brand), RedLine("creator", creator)))
    assert found == [(brand, creator, ClashPlace.CREATOR_RED_LINE, subject)]


@pytest.mark.parametrize(
    ("brand", "creator"),
    [
        ("no scripts", "No scripts!"),
        ("no politics", "no alcohol"),
        ("not more than two posts", "no posts on Sunday"),
        ("競合商品なし", "نصوص"),
        ("...", "?"),
    ],
)
def test_red_lines_about_different_things_stand_alone(brand, creator):
    assert clashes_of((RedLine("brand", brand), RedLine("creator", creator))) == []


def test_red_lines_of_one_side_are_not_held_against_each_other():
    assert clashes_of((RedLine("brand", "no competitors"), RedLine("brand", "competitors are banned"))) == []


@pytest.mark.parametrize(
    ("line", "promised", "subject"),
    [
        ("keine Rabattcodes", "nennt den Rabattcode", "discounts and codes"),
        ("no scripted captions", "The brand scripts the captions", "scripts and captions"),
        ("no unboxing of packaging", "shows the packaging while unboxing", None),
    ],
)
def test_a_commitment_that_names_what_a_red_line_excludes_is_read_beside_it(line, promised, subject):
    found = clashes_of((RedLine("creator", line),), (Task("creator", promised),))
    assert found == [(line, promised, ClashPlace.COMMITMENT, subject)]


@pytest.mark.parametrize("promised", ["does not script captions", "promotes the post", "schreibt keine Captions vor"])
def test_a_commitment_that_keeps_a_red_line_is_left_alone(promised):
    assert clashes_of((RedLine("creator", "no scripted captions"),), (Task("brand", promised),)) == []


def test_story_and_deliverables_are_read_too():
    found = clashes_of(
        (RedLine("creator", "no discount codes"),),
        story="She tells about the drawer and gives her rabatt",
        deliverables=(Deliverable("coupon post"),),
    )
    assert [place for _line, _text, place, _subject in found] == [ClashPlace.DELIVERABLE, ClashPlace.STORY]


def test_a_clash_says_what_to_read_together_and_one_answer_is_enough():
    lines = (RedLine("brand", "No competitor products in the same month", answer="four weeks only"),)
    (clash,) = red_line_clashes(agreement(red_lines=(*lines, RedLine("creator", "no competitor ban"))))
    assert clash.answer == "four weeks only"
    assert clash.sentence == (
        'Both name competitors: "No competitor products in the same month" (a red line of the brand) and '
        '"no competitor ban" (a red line of the creator). Do they fit together?'
    )

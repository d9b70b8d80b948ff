"""Can the whole call be held on one page: answers, needs, ratings, red lines, decisions, notes, one clock for all?"""

from dataclasses import replace
from datetime import date

import pytest

from fit.agreement.agreement import Need, Note, RedLine, Task, Wording
from fit.agreement.answer_sheet import QUESTIONS, with_answer
from pages.ui import decisions_access
from tests.pages.driver import opened, troubles
from tests.pages.ui.partnership.partnerships import LINES, SMALL, on_paper, texts

LINK = {"market": "DE-60_AT-40", "paper": "kitchen", "sheet": "call"}
ANSWERS = (
    ("creator", 0, "keep it authentic"), ("creator", 2, "no scripted captions"), ("creator", 3, "two rounds at most"),
    ("brand", 0, "500 clicks to the shop"), ("brand", 2, "no competitor"), ("brand", 3, "we boost the post"),
)  # fmt: skip


def answered(agreement):
    """Both sides have filled their sheets."""
    for side, number, text in ANSWERS:
        agreement = with_answer(agreement, side, QUESTIONS[number], text)
    return agreement


@pytest.mark.thorough
def test_the_whole_call_is_written_down_on_one_page(kept, desk):
    app = desk(answered(replace(SMALL, metrics=LINES)), "goal_conversation", sheet="call")
    shown = texts(app)
    assert [text for _, _, text in ANSWERS if text not in shown] == []
    app.button(key="take_needs").click().run()
    app.radio(key="alignment_0_brand").set_value(4).run()
    app.radio(key="alignment_0_creator").set_value(5).run()
    app.checkbox(key="metric_1_matters_creator").check().run()
    app.button(key="make_creator_2").click().run()
    app.button(key="make_brand_3").click().run()
    app.text_input(key="new_trade_offs_text").set_value("reach before clicks").run()
    app.text_input(key="new_decisions_text").set_value("sends samples")
    app.button(key="new_decisions_add").click().run()
    for number in range(1, 5):
        app.text_input(key=f"new_notes_{number}_text").set_value(f"note {number}").run()
    made = on_paper(kept)
    assert made.alignment == (Need("500 clicks to the shop", "keep it authentic", 4, 5),)
    assert (made.red_lines, made.commitments) == (
        (RedLine("creator", "no scripted captions"),), (Task("brand", "we boost the post"),),
    )  # fmt: skip
    assert (made.trade_offs, made.decisions) == (("reach before clicks",), (Task("brand", "sends samples"),))
    assert made.notes == tuple(Note(f"note {number}", question=number) for number in range(1, 5))
    assert (made.metrics[1].is_shared, troubles(app)) == (True, [])


@pytest.mark.thorough
def test_what_was_taken_over_is_said_and_cannot_be_pressed_again(desk):
    app = desk(answered(SMALL), "goal_conversation", sheet="call")
    for key in ("make_creator_2", "take_needs"):
        app.button(key=key).click().run()
        assert key not in [button.key for button in app.button]
    said = " ".join(texts(app))
    assert ("In the charter: 1 red line" in said, "To be rated: 1 pair of needs" in said) == (True, True)


def test_words_for_the_other_side_are_suggested_until_both_write_their_own(kept, desk):
    app = desk(answered(SMALL), "goal_conversation", sheet="call")
    said = " ".join(texts(app)).replace("\\", "")
    assert "Could be put to the brand as: The creator shows followers what they genuinely find interesting" in said
    assert "Could be put to the creator as: Those who got curious should find the way to the product easily." in said
    assert app.text_area(key="wording_creator_0_0").value == ""  # a suggestion is nobody's words yet
    app.text_area(key="wording_creator_0_0").set_value("She shows only what she uses.").run()
    assert on_paper(kept).wordings == (Wording("creator", "keep it authentic", "She shows only what she uses."),)
    assert "For the brand: She shows only what she uses." in " ".join(texts(app)).replace("\\", "")


def test_a_commitment_keeps_the_day_that_its_words_name_and_says_when_it_is_past(kept, desk):
    text = "posts by 25 November 2025"
    app = desk(with_answer(SMALL, "creator", QUESTIONS[3], text), "goal_conversation", sheet="call")
    app.button(key="make_creator_3").click().run()
    assert on_paper(kept).commitments == (Task("creator", text, date(2025, 11, 25)),)
    assert [said for said in texts(app) if "in the past" in said] == [":material/history: This day is in the past."]


def test_no_chance_is_said_before_the_numbers_at_the_end(desk):
    app = desk(answered(replace(SMALL, metrics=LINES)), "goal_conversation", sheet="call")
    (numbers,) = (one for one in app.expander if one.label == "The numbers, after the talk")
    inside = [str(text.value) for text in (*numbers.markdown, *numbers.caption)]
    outside = [text for text in texts(app) if text not in inside]
    assert any("chance" in text for text in inside)
    assert [text for text in outside if "chance" in text.lower() or "pilot" in text.lower()] == []


def test_the_clock_is_one_for_all_and_survives_a_reload(kept, desk):
    app = desk(SMALL, "goal_conversation", sheet="call")
    app.button(key="timer_turn").click().run()
    other = opened("goal_conversation", **LINK)
    assert (other.button(key="timer_turn").label, other.metric[0].label) == ("Stop", "Time left")
    other.button(key="timer_turn").click().run()
    app.button(key="timer_turn").click().run()  # this window still shows "Stop": it turns once
    timer = decisions_access.call_state("kitchen").timer
    assert (timer.started, 0 < timer.spent < 60, kept.draft("agreement", "kitchen").version) == (None, True, 1)


def test_needs_are_not_typed_again_on_the_page_that_rates_them(kept, desk):
    app = desk(answered(SMALL), "goal_alignment")
    app.button(key="take_needs").click().run()
    assert on_paper(kept).alignment == (Need("500 clicks to the shop", "keep it authentic"),)

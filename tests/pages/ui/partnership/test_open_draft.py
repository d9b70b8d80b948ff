"""Do changes by two people both stand, is only a field that both changed asked about, is nothing typed ever lost?"""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from fit.agreement.agreement import MetricLine, Need, Note, RedLine
from fit.agreement.answer_sheet import QUESTIONS
from fit.agreement.file import LONGEST_TEXT, write_agreement
from pages.ui import decisions_access
from tests.pages.driver import opened, troubles
from tests.pages.ui.partnership.partnerships import LINES, NOW, SMALL, WHOLE, on_paper, texts

RED = RedLine("creator", "no captions")
LINK = {"market": "DE-60_AT-40", "paper": "kitchen"}


def save(kept, agreement, version):
    """What somebody else does in another window."""
    kept.save("agreement", "kitchen", write_agreement(agreement), version=version, by=None, now=NOW)


def boxes(app):
    """What the page asks about."""
    return [warning.value for warning in app.warning if "Two people changed this" in warning.value]


@pytest.mark.thorough
def test_changes_of_different_fields_merge_without_a_question(kept, desk):
    app = desk(SMALL, "brief")
    save(kept, replace(SMALL, cost=700.0), 1)
    app.text_area(key="field_brand_goal").set_value("sell drawers").run()
    assert (on_paper(kept), boxes(app), troubles(app)) == (
        replace(SMALL, cost=700.0, brand_goal="sell drawers"),
        [],
        [],
    )
    assert app.text_input(key="field_cost").value == "700"


def test_different_fields_of_one_entry_merge_without_a_question(kept, desk):
    app = desk(replace(SMALL, alignment=(Need("a", "b"),)), "goal_alignment")
    save(kept, replace(SMALL, alignment=(Need("a", "b", creator_rating=5),)), 1)
    app.radio(key="alignment_0_brand").set_value(4).run()
    assert (on_paper(kept).alignment, boxes(app)) == ((Need("a", "b", 4, 5),), [])


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("way", "goal"), [("first", "theirs"), ("second", "mine"), ("both", "theirs\nmine")],
)  # fmt: skip
def test_one_field_changed_by_both_asks_about_that_field_alone(kept, desk, way, goal):
    app = desk(SMALL, "brief")
    save(kept, replace(SMALL, brand_goal="theirs", cost=700.0), 1)
    app.text_area(key="field_brand_goal").set_value("mine").run()
    assert (len(boxes(app)), "The brand's goal" in boxes(app)[0].replace("\\", "")) == (1, True)
    assert {"mine", "theirs"} <= set(texts(app))
    assert (on_paper(kept).brand_goal, app.title[0].value) == ("theirs", "Brief")
    assert not [code for code in app.code if "brand_goal" in code.value]
    app.text_area(key="field_partnership_goal").set_value("still writable").run()
    app.button(key=f"clash_0_{way}").click().run()
    assert (on_paper(kept).brand_goal, boxes(app), troubles(app)) == (goal, [], [])
    assert (app.text_area(key="field_brand_goal").value, on_paper(kept).cost) == (goal, 700.0)
    assert on_paper(kept).partnership_goal == "still writable"


@pytest.mark.parametrize(
    ("page", "theirs", "key", "following"),
    [
        ("brief", {"brand_goal": "theirs"}, "field_brand_goal", "field_partnership_goal"),
        ("brief", {"brand_name": "theirs"}, "field_brand_name", "field_brand_goal"),
        ("goal_alignment", {"red_lines": (RED, RedLine("brand", "theirs"))}, "red_lines_1_text", "new_red_lines_text"),
    ],
)
def test_a_clash_is_asked_about_right_below_its_field(kept, desk, page, theirs, key, following):
    begun = replace(SMALL, red_lines=(RED, RedLine("brand", "before")))
    app = desk(begun, page)
    save(kept, replace(begun, **theirs), 1)
    (app.text_area if key == "field_brand_goal" else app.text_input)(key=key).set_value("mine").run()
    found = [number for number, one in enumerate(app.main) if getattr(one, "key", None) in (key, following)]
    asked = [number for number, one in enumerate(app.main) if "Two people" in str(getattr(one, "value", ""))]
    assert [*found[:1], *asked, *found[1:]] == sorted(found + asked)
    assert (len(found), len(asked)) == (2, 1)


def test_undo_takes_back_only_what_this_window_changed_and_names_what_stays(kept, desk):
    app = desk(SMALL, "brief")
    assert app.button(key="draft_undo").disabled
    app.text_area(key="field_brand_goal").set_value("mine").run()
    save(kept, replace(SMALL, brand_goal="mine", cost=700.0), 2)
    app.run()
    app.button(key="draft_undo").click().run()
    assert on_paper(kept) == replace(SMALL, cost=700.0)
    assert [one.value.replace("\\", "") for one in app.warning] == [
        "Someone else changed this since, and it stays: Fee. You took back your change of: The brand's goal."
    ]
    assert (app.button(key="draft_undo").disabled, troubles(app)) == (True, [])


@pytest.mark.thorough
def test_undo_asks_about_a_field_that_somebody_else_changed_since(kept, desk):
    app = desk(SMALL, "brief")
    app.text_area(key="field_brand_goal").set_value("mine").run()
    save(kept, replace(SMALL, brand_goal="theirs"), 2)
    app.run()
    app.button(key="draft_undo").click().run()
    assert (on_paper(kept).brand_goal, len(boxes(app))) == ("theirs", 1)
    app.button(key="clash_0_second").click().run()
    assert (on_paper(kept), boxes(app)) == (SMALL, [])


@pytest.mark.thorough
def test_two_texts_of_one_field_wait_over_a_reload_and_for_everybody(kept, desk):
    app = desk(SMALL, "brief")
    save(kept, replace(SMALL, brand_goal="theirs"), 1)
    app.text_area(key="field_brand_goal").set_value("mine").run()
    other = opened("goal_conversation", sheet="call", **LINK)
    assert (len(boxes(other)), {"mine", "theirs"} <= set(texts(other))) == (1, True)
    other.button(key="clash_0_second").click().run()
    app.run()
    assert (on_paper(kept).brand_goal, boxes(app)) == ("mine", [])


def test_why_both_go_on_is_saved_as_typed_and_seen_by_the_other(kept, desk):
    app = desk(replace(WHOLE, alignment=(Need("a", "b", 2, 2),)), "partnership_charter")
    app.text_area(key="field_despite").set_value("a pilot to learn").run()
    assert on_paper(kept).despite == "a pilot to learn"
    other = opened("partnership_charter", **LINK)
    assert (other.text_area(key="field_despite").value, troubles(other)) == ("a pilot to learn", [])


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("page", "key", "most"),
    [("brief", "field_story", LONGEST_TEXT), ("brief", "metric_0_brand_words", 1_000)],
)  # fmt: skip
def test_a_paste_that_is_too_long_stays_and_is_refused_beside_its_field(kept, desk, page, key, most):
    app = desk(replace(SMALL, metrics=LINES), page)
    field = app.text_area(key=key)
    assert field.proto.max_chars == 0  # with a limit the browser drops the paste without a word
    field.set_value("x" * 9_200).run()
    sentence = f"Not saved: 9,200 characters, and at most {most:,} fit. Shorten it; it stays here until you do."
    assert sentence in [warning.value.replace("\\", "") for warning in app.warning]
    assert (app.text_area(key=key).value, kept.draft("agreement", "kitchen").version) == ("x" * 9_200, 1)
    app.text_area(key=key).set_value("y" * most).run()
    assert (list(app.warning), kept.draft("agreement", "kitchen").version) == ([], 2)


def test_a_line_that_is_too_long_stays_and_is_refused_beside_its_button(kept, desk):
    app = desk(WHOLE, "goal_alignment")
    app.text_input(key="trade_offs_0_text").set_value("x" * 2_000).run()
    assert any("2,000 characters" in warning.value.replace("\\", "") for warning in app.warning)
    assert (app.text_input(key="trade_offs_0_text").value, on_paper(kept)) == ("x" * 2_000, WHOLE)
    app.text_input(key="new_trade_offs_text").set_value("y" * 2_000).run()
    assert any("has 2,000 characters" in warning.value.replace("\\", "") for warning in app.warning)
    assert (app.text_input(key="new_trade_offs_text").value, on_paper(kept)) == ("y" * 2_000, WHOLE)


@pytest.mark.thorough
def test_what_is_not_added_yet_is_there_after_a_reload(kept, desk):
    app = desk(SMALL, "goal_conversation", sheet="call")
    app.text_input(key="new_decisions_text").set_value("sends samples").run()
    again = opened("goal_conversation", sheet="call", **LINK)
    assert again.text_input(key="new_decisions_text").value == "sends samples"
    again.button(key="new_decisions_add").click().run()
    last = opened("goal_conversation", sheet="call", **LINK)
    assert [task.text for task in on_paper(kept).decisions] == ["sends samples"]
    assert (last.text_input(key="new_decisions_text").value, decisions_access.call_state("kitchen").typed) == ("", {})


def test_a_refusal_stands_below_the_line_that_caused_it(desk):
    app = desk(SMALL, "goal_conversation", sheet="call")
    app.button(key="new_decisions_add").click().run()
    assert "What was decided is empty" in app.warning[0].value
    line = app.main.children
    found = [block for block in _blocks(line) if any("is empty" in w.value for w in getattr(block, "warning", ()))]
    assert any(button.key == "new_decisions_add" for button in found[-1].button)


def _blocks(children):
    """Every block with others in it, the outer ones first."""
    for child in children.values():
        if hasattr(child, "children"):
            yield child
            yield from _blocks(child.children)


def test_a_name_that_is_too_long_is_refused_below_its_button_and_stays(kept):
    app = opened("brief", market="DE-1", creator="demo-003")
    app.text_input(key="start_name_demo-003").set_value("x" * 200).run()
    app.button(key="start_partnership").click().run()
    assert "The name has 200 characters" in app.warning[0].value
    assert (app.text_input(key="start_name_demo-003").value, kept.drafts("agreement")) == ("x" * 200, [])


def test_a_metric_of_ones_own_that_is_refused_stays_open_with_what_was_typed(kept, desk):
    app = desk(SMALL, "brief")
    app.text_input(key="own_name").set_value("praise")
    next(button for button in app.button if button.label == "Add this metric").click().run()
    (form,) = (one for one in app.expander if one.label == "Your own metric")
    assert ("needs a name and what is counted" in form.warning[0].value, form.proto.expanded) == (True, True)
    assert app.text_input(key="own_name").value == "praise"
    app.text_input(key="own_definition").set_value("praise in the app")
    next(button for button in app.button if button.label == "Add this metric").click().run()
    assert [line.name for line in on_paper(kept).metrics] == ["praise"]


def test_the_same_answer_of_both_windows_is_no_clash(kept, desk):
    app = desk(SMALL, "goal_conversation", sheet="creator")
    save(kept, replace(SMALL, notes=(Note("by phone"),), metrics=(MetricLine("clicks", "brand"),)), 1)
    app.text_area(key="answer_creator_0").set_value("they ask where to buy it").run()
    assert (boxes(app), on_paper(kept).answers[0].question, on_paper(kept).notes) == (
        [], QUESTIONS[0], (Note("by phone"),),
    )  # fmt: skip


def drawn_then_changed():
    """A page that is drawn, then saved by somebody else, then told of a change while only a part of it runs."""
    from datetime import datetime

    import streamlit as st

    from fit.agreement import write_agreement
    from pages.ui import decisions_access
    from pages.ui.partnership import open_draft
    from pages.ui.view_link import read_view_link

    state = read_view_link(is_demo=True)
    shown = open_draft.read_open_draft(state)
    st.text(str(open_draft.is_behind("kitchen")))
    theirs = open_draft.replace(shown.agreement, cost=700.0)
    decisions_access.saved().save(
        "agreement", "kitchen", write_agreement(theirs), version=shown.version, by=None, now=datetime(2026, 3, 1)
    )
    st.text(str(open_draft.is_behind("kitchen")))
    open_draft.change_fields(**st.session_state["reported"])
    st.text(str(open_draft.is_behind("kitchen")))


@pytest.mark.parametrize("reported", [{}, {"brand_goal": "sell drawers"}])
def test_a_screen_is_behind_until_it_is_drawn_whatever_it_saves_meanwhile(kept, desk, reported):
    desk(SMALL, "brief")
    app = AppTest.from_function(drawn_then_changed, default_timeout=60)
    app.query_params.update({key: [value] for key, value in LINK.items()})
    app.session_state["reported"] = reported
    app.run()
    assert ([text.value for text in app.text], troubles(app)) == (["False", "True", "True"], [])


def test_what_the_browser_says_again_of_a_line_that_is_gone_changes_nothing(kept, desk):
    app = desk(SMALL, "brief")
    app.selectbox(key="add_brand_line").set_value("revenue").run()
    names = [line.name for line in on_paper(kept).metrics]
    again = app.selectbox(key="add_brand_line")
    again.options.append("Revenue (outcome; both have a hand in it)")
    again.set_value(again.options[-1]).run()
    assert ([line.name for line in on_paper(kept).metrics], troubles(app)) == (names, [])
    assert names[-1] == "revenue"

"""Do the pages of a partnership open cold, empty and filled, save each change once, and lose nothing that was typed?"""

from dataclasses import replace
from datetime import date

import pytest

from fit.agreement.agreement import Adjustment, Deliverable, Insight, MetricLine, Need, Note, RedLine, Task
from fit.agreement.answer_sheet import QUESTIONS, with_answer
from fit.agreement.file import write_agreement
from fit.charter.charter import hash_of
from fit.text.escape import literal
from tests.pages.driver import HOSTILE as HOSTILE_NAMES
from tests.pages.driver import opened, troubles
from tests.pages.ui.partnership.partnerships import (
    HOSTILE,
    LINES,
    NOW,
    PAGES,
    SMALL,
    WHOLE,
    decisions_beside,
    on_paper,
    texts,
)


@pytest.mark.parametrize("page", [*PAGES, "partnerships"])
def test_a_page_without_a_paper_has_one_thing_to_do(kept, page):
    app = opened(page, market="DE-60_AT-40", creator="demo-003")
    for _ in range(2):
        assert (troubles(app), len(app.title), len(app.header) >= 1) == ([], 1, True)
        app.run()
    if page != "partnerships":
        assert app.button(key="start_partnership").label == "Start a partnership"


@pytest.mark.parametrize("page", [*PAGES, "partnerships"])
@pytest.mark.parametrize("agreement", [SMALL, WHOLE], ids=["empty", "filled"])
def test_a_page_opens_by_its_link_with_the_paper(desk, page, agreement):
    app = desk(agreement, page)
    for _ in range(2):
        assert (troubles(app), len(app.title)) == ([], 1)
        app.run()


@pytest.mark.parametrize("sheet", ["creator", "brand", "both", "call"])
def test_every_part_of_the_conversation_is_a_link(desk, sheet):
    app = desk(WHOLE, "goal_conversation", sheet=sheet)
    assert (troubles(app), app.radio(key="form_sheet").value) == ([], sheet)


def test_a_new_paper_carries_over_what_was_looked_for(kept):
    app = opened("brief", market="DE-60_AT-40", creator="demo-003", deliverable="post-2", cost="500-EUR",
                 target="clicks-300,engagement_rate-0.05")  # fmt: skip
    app.text_input(key="start_name_demo-003").set_value("kitchen").run()
    app.button(key="start_partnership").click().run()
    assert (troubles(app), app.text_input(key="paper").value) == ([], "kitchen")
    made = on_paper(kept)
    assert (made.creator, made.markets, made.goal) == ("demo-003", (("DE", 60.0), ("AT", 40.0)), "conversion")
    assert (made.deliverables, made.cost, made.currency) == ((Deliverable("post", 2),), 500.0, "EUR")
    assert {(line.name, line.side, line.target) for line in made.metrics} == {
        ("clicks", "brand", 300.0),
        ("engagement_rate", "creator", 0.05),
    }
    assert [note.stage for note in kept.stages("kitchen")] == ["shortlisted"]


def test_a_name_that_is_taken_is_said_and_the_other_paper_stays(kept, desk):
    desk(WHOLE, "brief")
    app = opened("brief", market="DE-1", creator="demo-003")
    app.text_input(key="start_name_demo-003").set_value("kitchen").run()
    app.button(key="start_partnership").click().run()
    assert "There is a partnership called 'kitchen' already" in app.warning[0].value.replace("\\", "")
    assert (on_paper(kept), app.text_input(key="start_name_demo-003").value) == (WHOLE, "kitchen")


@pytest.mark.thorough
def test_each_change_is_saved_at_once_and_undone_step_by_step(kept, desk):
    app = desk(SMALL, "brief")
    app.text_area(key="field_brand_goal").set_value("sell drawers").run()
    app.text_input(key="field_cost").set_value("750").run()
    app.date_input(key="field_start").set_value(date(2026, 4, 1)).run()
    changed = replace(SMALL, brand_goal="sell drawers", cost=750.0, start=date(2026, 4, 1))
    assert (on_paper(kept), kept.draft("agreement", "kitchen").version) == (changed, 4)
    for before in (replace(changed, start=None), replace(changed, start=None, cost=None), SMALL):
        app.button(key="draft_undo").click().run()
        assert on_paper(kept) == before
    assert (troubles(app), app.text_area(key="field_brand_goal").value) == ([], "")


def test_a_target_shows_its_chance_at_once_and_warns_of_a_hope(desk):
    app = desk(replace(SMALL, metrics=LINES), "brief")
    assert (
        "Chance 56\N{NO-BREAK SPACE}%, 11 in 20. Likely range: 0 to 4. Prefilled with the middle of the forecast."
        in [caption.value.replace("\\", "") for caption in app.caption]
    )
    app.text_input(key="metric_1_target").set_value("90.000").run()
    assert [warning.value.replace("\\", "") for warning in app.warning] == [
        "Clicks: the chance of 90,000 or more is under 1 in 20. Half of all cases bring 162 or more."
    ]
    app.text_input(key="metric_1_target").set_value("").run()
    assert [warning.value for warning in app.warning] == []


def test_a_line_outside_the_creators_control_is_said_and_can_be_moved(kept, desk):
    app = desk(replace(SMALL, metrics=(MetricLine("impressions", "creator", 10.0, matters_to=("creator",)),)), "brief")
    assert any("outside the creator" in warning.value for warning in app.warning)
    app.button(key="metric_0_move").click().run()
    assert ([line.side for line in on_paper(kept).metrics], list(app.warning)) == (["brand"], [])


def test_an_end_before_the_start_is_said_on_brief_and_charter_and_stays_as_typed(desk):
    app = desk(replace(WHOLE, end=date(2026, 3, 1)), "brief")
    assert any("before it starts on" in warning.value for warning in app.warning)
    assert app.date_input(key="field_end").value == date(2026, 3, 1)
    app.switch_page("pages/partnership_charter.py").run()
    assert app.header[0].value == "1 thing to fix before this can be signed"
    assert app.button(key="keep_charter").disabled


@pytest.mark.thorough
def test_lines_of_a_list_are_added_changed_and_taken_out(kept, desk):
    app = desk(SMALL, "goal_alignment")
    app.text_input(key="new_alignment_brand_need").set_value("sales")
    app.button(key="new_alignment_add").click().run()
    assert "What the creator needs is empty" in app.warning[0].value
    assert app.text_input(key="new_alignment_brand_need").value == "sales"
    app.text_input(key="new_alignment_creator_need").set_value("interest")
    app.button(key="new_alignment_add").click().run()
    app.radio(key="alignment_0_brand").set_value(4).run()
    app.text_input(key="alignment_0_creator_need").set_value("authenticity").run()
    assert on_paper(kept).alignment == (Need("sales", "authenticity", 4, None),)
    app.text_input(key="alignment_0_creator_need").set_value(" ").run()
    assert app.warning[0].value == literal(
        "What the creator needs cannot be empty, so the old text stays. Press Remove to delete the line."
    )
    app.button(key="alignment_0_remove").click().run()
    assert (on_paper(kept).alignment, troubles(app)) == ((), [])


def test_a_note_is_added_as_soon_as_its_field_is_left_and_once(kept, desk):
    app = desk(SMALL, "goal_conversation", sheet="call")
    app.text_input(key="new_notes_business_context_text").set_value("by spring")
    app.button(key="new_notes_business_context_add").click().run()
    assert (on_paper(kept).notes, list(app.warning)) == ((Note("by spring", "business context"),), [])
    assert app.text_input(key="new_notes_business_context_text").value == ""


@pytest.mark.thorough
def test_a_new_line_waits_on_the_way_to_other_pages(desk):
    app = desk(SMALL, "goal_conversation", sheet="call")
    app.text_input(key="new_decisions_text").set_value("sends samples").run()
    app.switch_page("pages/goal_alignment.py").run()
    app.switch_page("pages/goal_conversation.py").run()
    assert app.text_input(key="new_decisions_text").value == "sends samples"


@pytest.mark.thorough
def test_what_waits_to_be_added_stays_with_its_paper(kept, desk):
    kept.save("agreement", "garden", write_agreement(SMALL), version=0, by=None, now=NOW)
    app = desk(SMALL, "goal_conversation", sheet="call")
    app.text_input(key="new_decisions_text").set_value("sends samples").run()
    for name in ("garden", "kitchen"):
        kept.note_stage(name, "demo-003", "called", None, NOW)
    for name, waits in (("garden", ""), ("kitchen", "sends samples")):
        app.switch_page("pages/partnerships.py").run()
        app.selectbox(key="chosen_partnership").set_value(name).run()
        app.button(key="open_chosen").click().run()
        app.switch_page("pages/goal_conversation.py").run()
        assert (app.text_input(key="paper").value, app.text_input(key="new_decisions_text").value) == (name, waits)
    assert troubles(app) == []


@pytest.mark.parametrize("name", ["garden", "kitchen"])
def test_the_list_of_partnerships_begins_with_the_open_one(kept, desk, name):
    kept.save("agreement", "garden", write_agreement(SMALL), version=0, by=None, now=NOW)
    desk(SMALL, "partnerships")
    for partnership in ("garden", "kitchen"):
        kept.note_stage(partnership, "demo-003", "called", None, NOW)
    app = opened("partnerships", market="DE-1", paper=name)
    assert (app.selectbox(key="chosen_partnership").value, troubles(app)) == (name, [])


def test_a_change_that_cannot_be_saved_is_not_lost(kept, desk, monkeypatch):
    app = desk(SMALL, "brief")
    with monkeypatch.context() as full:
        full.setattr("data.decisions.decisions.MAX_SAVED_TEXT", 3)
        app.text_area(key="field_brand_goal").set_value("sell drawers").run()
    assert ("at most 3 are kept" in app.warning[0].value, on_paper(kept)) == (True, SMALL)
    app.button(key="save_again").click().run()
    assert (on_paper(kept).brand_goal, troubles(app), list(app.warning)) == ("sell drawers", [], [])


def test_who_answers_or_rates_alone_does_not_see_the_other_side(desk):
    agreement = with_answer(with_answer(WHOLE, "brand", QUESTIONS[0], "brand secret"), "creator", QUESTIONS[0], "mine")
    app = desk(agreement, "goal_conversation", sheet="creator")
    assert "brand secret" not in [*texts(app), *[area.value for area in app.text_area]]
    app.switch_page("pages/goal_alignment.py").run()
    app.radio(key="rater").set_value("creator").run()
    assert [g.key for g in app.radio if g.key.startswith("alignment")] == [
        "alignment_0_creator",
        "alignment_1_creator",
    ]
    assert len(app.get("plotly_chart")) == 0


def test_answers_become_red_lines_and_commitments_at_a_press(kept, desk):
    agreement = with_answer(SMALL, "creator", QUESTIONS[2], "- no scripted captions\n- I keep the pictures")
    app = desk(with_answer(agreement, "brand", QUESTIONS[3], "we boost the post"), "goal_conversation", sheet="both")
    app.button(key="make_creator_2").click().run()
    assert "make_creator_2" not in [button.key for button in app.button]
    app.button(key="make_brand_3").click().run()
    made = on_paper(kept)
    assert made.red_lines == (RedLine("creator", "no scripted captions"), RedLine("creator", "I keep the pictures"))
    assert made.commitments == (Task("brand", "we boost the post"),)


@pytest.mark.parametrize("page", [*PAGES, "partnerships"])
def test_hostile_texts_stay_texts(kept, page):
    text = HOSTILE
    agreement = replace(
        WHOLE,
        brand_goal=text, partnership_goal=text, story=text, reason=text, audience_benefit=text,
        metrics=(*LINES, MetricLine(text, "creator", 3.0, "leading", ("creator",), text, text, text)),
        alignment=(Need(text, text, 2, 5),), red_lines=(RedLine("creator", text),),
        commitments=(Task("brand", text),), insights=(Insight(text, text),), trade_offs=(text,), notes=(Note(text),),
        decisions=(Task("brand", text),), adjustment=Adjustment(text, text, 3), deliverables=(Deliverable(text),),
    )  # fmt: skip
    agreement = with_answer(with_answer(agreement, "brand", QUESTIONS[2], text), "creator", QUESTIONS[3], text)
    kept.save("agreement", text, write_agreement(agreement), version=0, by=None, now=NOW)
    kept.note_stage(text, "demo-003", "stopped", text, NOW)
    kept.save("shortlist", text, f"market=DE-1&s={text}", version=0, by=None, now=NOW)
    for sheet in ("both", "call") if page == "goal_conversation" else ("",):
        app = opened(page, market="DE-60_AT-40", paper=text, sheet=sheet)
        assert troubles(app) == []
        raw = [shown for shown in texts(app) if "<img" in shown.replace("\\<img", "") or "](http" in shown]
        assert raw == []
        assert any(literal(text) in shown for shown in texts(app))


def test_a_paper_that_nobody_can_read_is_said(kept):
    kept.save("agreement", "kitchen", "creator = ", version=0, by=None, now=NOW)
    app = opened("brief", market="DE-1", paper="kitchen")
    assert ("is not TOML" in app.error[0].value, list(app.exception)) == (True, [])


def test_a_creator_that_the_store_does_not_know_leaves_the_paper_writable(kept, desk):
    app = desk(replace(WHOLE, creator="nobody"), "brief")
    app.text_area(key="field_brand_goal").set_value("still").run()
    app.switch_page("pages/partnership_charter.py").run()
    assert (on_paper(kept).brand_goal, troubles(app)) == ("still", [])
    assert [warning.value for warning in app.warning] == [
        "Your data has no creator with this id, so there is no charter yet."
    ]


def test_a_creator_is_called_as_the_creator_signs_also_once_the_data_are_gone(desk):
    app = desk(replace(WHOLE, creator="nobody", creator_name="Mara Kessler"), "goal_conversation", sheet="creator")
    assert ("Four questions for Mara Kessler" in [one.value for one in app.subheader], troubles(app)) == (True, [])


@pytest.mark.parametrize("creator", HOSTILE_NAMES)
@pytest.mark.parametrize("page", PAGES)
def test_names_of_creators_stay_text_beside_a_paper(hostile_store, tmp_path, monkeypatch, page, creator):
    agreement = replace(WHOLE, creator=creator, deliverables=(Deliverable(HOSTILE_NAMES[creator]),))
    with decisions_beside(hostile_store, tmp_path, monkeypatch) as decisions:
        decisions.save("agreement", "kitchen", write_agreement(agreement), version=0, by=None, now=NOW)
        app = opened(page, market="DE-1", paper="kitchen", sheet="call")
    assert troubles(app) == []
    assert [t for t in texts(app) for name in HOSTILE_NAMES.values() if name in t and name != "=1+1"] == []


@pytest.mark.thorough
def test_a_paper_begins_from_a_file_and_a_file_counts_at_a_press(kept, desk):
    app = opened("brief", market="DE-1")
    app.file_uploader(key="begin_upload").set_value(
        ("spring.toml", write_agreement(WHOLE).encode(), "text/plain")
    ).run()
    app.button(key="begin_file").click().run()
    assert (on_paper(kept, "spring"), app.text_input(key="paper").value) == (WHOLE, "spring")
    app.file_uploader(key="agreement_upload").set_value(("x.toml", b"budget", "text/plain")).run()
    assert "is not TOML" in " ".join(warning.value for warning in app.warning)
    text = "budgett = 3\n" + write_agreement(replace(WHOLE, creator="demo-004", brand_goal="other"))
    app.file_uploader(key="agreement_upload").set_value(("x.toml", text.encode(), "text/plain")).run()
    said = " ".join(warning.value for warning in app.warning).replace("\\", "")
    assert ("budgett" in said, "is about demo-004" in said) == (True, True)
    assert on_paper(kept, "spring") == WHOLE
    app.button(key="take_file").click().run()
    assert on_paper(kept, "spring").brand_goal == "other"


def test_a_charter_kept_elsewhere_has_its_paper(kept):
    text = "# Charter"
    kept.save_charter(
        "spring", creator_id="demo-003", text=text, sha256=hash_of(text), agreement=write_agreement(SMALL),
        forecast=None, generation=1, despite=None, now=NOW,
    )  # fmt: skip
    app = opened("brief", market="DE-1", paper="spring")
    assert "As the charter was saved; your first change starts a draft" in [text.value for text in app.caption]
    app.text_area(key="field_brand_goal").set_value("sell drawers").run()
    assert (on_paper(kept, "spring").brand_goal, kept.draft("agreement", "spring").version) == ("sell drawers", 1)


@pytest.mark.thorough
@pytest.mark.parametrize("pieces", [[("post", 5), ("story", 3)], [("story", 10), ("reel", 2)]])
def test_every_kind_of_the_platform_can_be_agreed_on(kept, desk, pieces):
    app = desk(replace(WHOLE, platform="instagram", deliverables=()), "brief")
    for kind, count in pieces:
        app.selectbox(key="new_deliverables_kind").set_value(kind)
        app.number_input(key="new_deliverables_count").set_value(count)
        app.button(key="new_deliverables_add").click().run()
    assert troubles(app) == []
    assert on_paper(kept).deliverables == tuple(Deliverable(*piece) for piece in pieces)


def test_a_kind_that_nobody_measured_is_said_on_the_brief(desk):
    app = desk(replace(WHOLE, platform="instagram", deliverables=(Deliverable("Carousels", 2),)), "brief")
    sentence = "No carousel has been measured yet. We used what carousels usually get, so the range is wide."
    said = [c.value.replace("\\", "") for c in app.caption if "measured yet" in c.value]
    assert (troubles(app), said) == ([], [sentence])


def test_a_kind_of_ones_own_can_be_typed(desk):
    app = desk(replace(WHOLE, platform="instagram", deliverables=(Deliverable("House tour", 1),)), "brief")
    kinds = [app.selectbox(key=f"{key}_kind") for key in ("new_deliverables", "deliverables_0")]
    assert [kind.proto.accept_new_options for kind in kinds] == [True, True]
    assert (kinds[1].value, troubles(app)) == ("House tour", [])


@pytest.mark.parametrize(
    ("pieces", "said"),
    [
        ([("video", 1)], []),
        ([("Videos", 1)], []),
        ([], []),
        (
            [("post", 4), ("story", 3)],
            ["The asking price of 1,550 EUR is for 1 video; name a fee for 4 posts and 3 stories."],
        ),
        ([("video", 2)], ["The asking price of 1,550 EUR is for 1 video; name a fee for 2 videos."]),
    ],
)
def test_the_asking_price_is_said_to_be_of_one_piece_where_others_are_agreed(desk, pieces, said):
    app = desk(replace(WHOLE, deliverables=tuple(Deliverable(*piece) for piece in pieces)), "brief")
    shown = [caption.value.replace("\\", "") for caption in app.caption]
    assert [one.removeprefix(":material/sell: ") for one in shown if "asking price of" in one] == said

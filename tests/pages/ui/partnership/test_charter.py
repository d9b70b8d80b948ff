"""Is a charter kept, signed, amended and refused as both sides may rely on, and does a partnership show its way?"""

from dataclasses import replace
from datetime import date

import pytest

from fit.agreement.agreement import LeftOut, Need, RedLine, Task
from fit.agreement.file import write_agreement
from fit.agreement.rule import DeliverableRule, Limit
from fit.charter.returned_signature import ReturnedSignature
from fit.text import words
from fit.text.escape import literal
from tests.agreements import signature_text
from tests.pages.driver import opened, troubles
from tests.pages.ui.partnership.partnerships import COMPLETE, HOSTILE, LINES, NOW, PAGES, SMALL, WHOLE, on_paper, texts


@pytest.mark.parametrize(
    ("agreement", "said"),
    [
        (replace(WHOLE, alignment=()), "The alignment matrix is empty"),
        (replace(WHOLE, alignment=(Need("a", "b", 4, None),)), "The rating of the creator is missing in row 1"),
        (replace(WHOLE, alignment=(Need("a", "b", 2, 3),)), "The average overlap is 2.50"),
        (replace(WHOLE, metrics=(LINES[0], LINES[1])), "The charter names 2 metrics"),
        (replace(WHOLE, metrics=tuple(replace(m, matters_to=("brand",)) for m in LINES)), "No metric matters to both"),
    ],
    ids=["empty matrix", "missing rating", "under 3.5", "two metrics", "nothing shared"],
)
def test_what_stands_against_a_charter_is_a_sentence_with_its_page(kept, desk, agreement, said):
    app = desk(agreement, "partnership_charter")
    assert said in " ".join(texts(app)).replace("\\", "")
    assert app.button(key="keep_charter").disabled
    assert (on_paper(kept), kept.charters(), troubles(app)) == (agreement, [], [])


def test_a_reason_lets_both_go_on_under_the_rule_and_stands_in_the_charter(kept, desk):
    app = desk(replace(WHOLE, alignment=(Need("a", "b", 2, 3),)), "partnership_charter")
    app.text_area(key="field_despite").set_value("a pilot to learn").run()
    app.button(key="keep_charter").click().run()
    (charter,) = kept.charters()
    assert (charter.despite, "a pilot to learn" in charter.text, troubles(app)) == ("a pilot to learn", True, [])


@pytest.mark.thorough
def test_a_charter_is_kept_signed_by_both_and_amended_but_never_changed(kept, desk):
    app = desk(WHOLE, "partnership_charter")
    app.button(key="keep_charter").click().run()
    assert app.header[0].value == "The charter is saved and waits for the brand and the creator to sign"
    for side, signer in (("brand", "Ben"), ("creator", HOSTILE)):
        app.text_input(key=f"signer_{side}").set_value(signer)
        next(b for b in app.button if b.label == f"Sign for the {side}").click().run()
    first = kept.charter("kitchen")
    assert app.header[0].value.startswith("Signed by both sides on")
    assert [(s.side, s.signer, s.sha256) for s in first.sign_offs] == [
        ("brand", "Ben", first.sha256),
        ("creator", HOSTILE, first.sha256),
    ]
    assert [note.stage for note in kept.stages("kitchen")] == ["charter drafted", "signed"]
    app.text_input(key="adjustment_contact").set_value("the producer").run()
    changed = "The partnership has changed since the charter was saved"
    assert (app.header[0].value, troubles(app)) == (changed, [])
    app.button(key="keep_charter").click().run()
    day = words.day(first.saved_at.date())
    names = f"Ben for the brand and {HOSTILE} for the creator"
    assert literal(f"Amendment 0, saved on {day}. Signed by {names}. Replaced by a later text.") in texts(app)
    assert (kept.charter("kitchen").amendment, kept.charter("kitchen").sign_offs) == (1, ())
    assert (kept.charter("kitchen", 0), troubles(app)) == (first, [])


def test_a_day_of_payment_is_added_at_a_press_and_asked_for_no_more(kept, desk):
    app = desk(COMPLETE, "partnership_charter")
    ready = literal("Ready, except 1 red line to check by hand")
    assert (app.header[0].value, "add_payment" in {button.key for button in app.button}) == (ready, True)
    assert app.button(key="add_payment").label == "Add: pay the fee by 1 May 2026"
    app.button(key="add_payment").click().run()
    assert on_paper(kept).commitments == (*COMPLETE.commitments, Task("brand", "Pay the fee", date(2026, 5, 1)))
    assert ("add_payment" in {button.key for button in app.button}, troubles(app)) == (False, [])


def test_what_is_typed_just_before_the_press_is_in_the_saved_charter(kept, desk):
    app = desk(WHOLE, "partnership_charter")
    app.text_input(key="adjustment_contact").set_value("the producer")
    app.button(key="keep_charter").click().run()
    (charter,) = kept.charters()
    assert ("the producer" in charter.text, on_paper(kept).adjustment.contact, troubles(app)) == (
        True, "the producer", [],
    )  # fmt: skip


@pytest.mark.thorough
def test_a_signature_under_a_text_that_has_changed_is_refused_and_the_name_stays(kept, desk):
    app = desk(WHOLE, "partnership_charter")
    app.button(key="keep_charter").click().run()
    seen = kept.charter("kitchen")
    other = opened("partnership_charter", market="DE-1", paper="kitchen")
    other.text_input(key="adjustment_contact").set_value("somebody else").run()
    other.button(key="keep_charter").click().run()
    app.text_input(key="signer_brand").set_value("Ben")
    next(b for b in app.button if b.label == "Sign for the brand").click().run()
    assert "Nothing was signed" in app.warning[0].value
    assert (app.text_input(key="signer_brand").value, kept.charter("kitchen", 0)) == ("Ben", seen)


def test_an_empty_signature_is_refused(kept, desk):
    app = desk(WHOLE, "partnership_charter")
    app.button(key="keep_charter").click().run()
    next(b for b in app.button if b.label == "Sign for the brand").click().run()
    assert ("The signature is empty" in app.warning[0].value, kept.charter("kitchen").sign_offs) == (True, ())


def sign_both(app) -> None:
    app.button(key="keep_charter").click().run()
    for side, signer in (("brand", "Ben"), ("creator", "Cara")):
        app.text_input(key=f"signer_{side}").set_value(signer)
        next(b for b in app.button if b.label == f"Sign for the {side}").click().run()


@pytest.mark.thorough
def test_a_charter_with_everything_is_ready_and_what_lacks_is_written_or_left_out(kept, desk):
    unruled = replace(COMPLETE, red_lines=(), currency=None)
    app = desk(unruled, "partnership_charter")
    assert app.header[0].value == "2 things missing before both would sign"
    app.text_input(key="left_out_red lines").set_value("none on either side").run()
    app.text_input(key="left_out_fee").set_value("a gift").run()
    assert app.header[0].value == "This charter is ready to sign"
    assert on_paper(kept).left_out == (LeftOut("red lines", "none on either side"), LeftOut("fee", "a gift"))
    app.text_input(key="left_out_fee").set_value(" ").run()
    assert app.header[0].value == "1 thing missing before both would sign"
    assert (troubles(app), app.button(key="keep_charter").disabled) == ([], False)


@pytest.mark.thorough
def test_a_crossed_red_line_is_ready_once_what_both_agreed_is_written_down(kept, desk):
    lines = (RedLine("creator", "no video", DeliverableRule("video", Limit.AT_MOST, 0)),)
    app = desk(replace(COMPLETE, red_lines=lines), "partnership_charter")
    assert app.header[0].value == "1 red line crossed without an answer"
    app.text_input(key="answer_to_crossed_0").set_value("one, as a trial").run()
    assert app.header[0].value == "This charter is ready to sign"
    assert on_paper(kept).red_lines == (replace(lines[0], answer="one, as a trial"),)
    app.button(key="keep_charter").click().run()
    assert "Both agreed: one, as a trial." in kept.charter("kitchen").text


@pytest.mark.thorough
def test_red_lines_of_both_sides_that_may_contradict_are_answered_in_one_place(kept, desk):
    lines = (RedLine("brand", "No competitor products that month"), RedLine("creator", "no competitor ban"))
    app = desk(replace(COMPLETE, red_lines=lines), "partnership_charter")
    assert "Both name competitors" in " ".join(texts(app))
    assert "Both name competitors" in " ".join(texts(opened("goal_alignment", market="DE-1", paper="kitchen")))
    app.text_input(key="answer_to_clash_0").set_value("four weeks").run()
    assert [line.answer for line in on_paper(kept).red_lines] == ["four weeks", ""]
    assert app.header[0].value == literal("Ready, except 2 red lines to check by hand")
    app.text_input(key="answer_to_clash_0").set_value("two weeks").run()
    assert ([line.answer for line in on_paper(kept).red_lines], troubles(app)) == (["two weeks", ""], [])


def test_the_text_stands_above_the_places_to_sign_it(kept, desk):
    app = desk(COMPLETE, "partnership_charter")
    app.button(key="keep_charter").click().run()
    text, place = order(app, "Showing that it is advertising", "signer_brand")
    assert text < place


def test_every_row_of_a_list_has_the_labels_of_its_fields(desk):
    tasks = (Task("brand", "sends samples"), Task("creator", "posts"))
    app = desk(replace(COMPLETE, commitments=tasks), "partnership_charter")
    fields = [app.text_input(key=f"commitments_{row}_text") for row in (0, 1)]
    assert [(field.label, field.proto.label_visibility.value) for field in fields] == [("What is done", 0)] * 2


def test_the_creators_copy_says_the_numbers_that_both_signed(kept, desk):
    app = desk(COMPLETE, "partnership_charter")
    assert "Engagement rate: to be agreed with you" in numbers_of_creator()
    sign_both(app)
    assert [said for said in numbers_of_creator() if "to be agreed" in said] == []


def numbers_of_creator() -> list[str]:
    """What the creator's copy says of each number."""
    brief = opened("brief", market="DE-1", paper="kitchen")
    table = next(table.value for table in brief.table if "A success would be" in table.value.columns)
    return [said.replace("\\", "") for said in table["A success would be"]]


@pytest.mark.thorough
def test_an_amendment_shows_old_beside_new_and_every_page_says_what_is_signed(kept, desk):
    app = desk(COMPLETE, "partnership_charter")
    sign_both(app)
    day = words.day(kept.charter("kitchen").saved_at.date())
    said = f":material/lock: Targets locked on {day}; a change is an amendment."
    for page in (*PAGES, "campaign_review"):
        assert said in texts(opened(page, market="DE-1", paper="kitchen"))
    brief = opened("brief", market="DE-1", paper="kitchen")
    brief.text_input(key="field_cost").set_value("1,000").run()
    differs = "This draft differs in 1 term: the signed charter counts until both sign the amendment."
    assert f"{said} {differs}" in texts(brief)
    app = opened("partnership_charter", market="DE-1", paper="kitchen")
    assert [list(row) for row in app.table[0].value.to_numpy()] == [["Fee", "900 EUR", literal("1,000 EUR")]]
    assert troubles(app) == []
    app.button(key="keep_charter").click().run()
    assert "| Fee | 900 EUR | 1,000 EUR |" in kept.charter("kitchen").text
    assert troubles(app) == []


@pytest.mark.thorough
def test_a_signature_that_came_back_counts_at_a_press_and_another_text_is_refused_in_words(kept, desk):
    app = desk(COMPLETE, "partnership_charter")
    app.button(key="keep_charter").click().run()
    saved = kept.charter("kitchen")
    for sha256, said in (("0" * 64, "Cara signed another text"), (saved.sha256, "Cara")):
        back = signature_text(ReturnedSignature("Cara", sha256, "creator", None), "kitchen").encode()
        app.file_uploader(key="signed_creator_upload").set_value(("back.txt", back, "text/plain")).run()
        app.button(key="take_signed_creator").click().run()
        assert said in " ".join(texts(app))
    assert [(s.side, s.signer, s.sha256) for s in kept.charter("kitchen").sign_offs] == [
        ("creator", "Cara", saved.sha256)
    ]
    app.file_uploader(key="signed_brand_upload").set_value(("back.txt", b"hello", "text/plain")).run()
    assert ("The file holds no signature" in app.error[0].value, troubles(app)[1:]) == (True, [])


@pytest.mark.thorough
def test_parties_are_fields_of_the_brief(kept, desk):
    app = desk(WHOLE, "brief")
    app.text_input(key="field_brand_name").set_value("Sparrow").run()
    app.text_input(key="field_brand_contact").set_value("Lena").run()
    app.text_input(key="field_creator_name").set_value("Cara Cuckoo").run()
    app.selectbox(key="field_platform").set_value("tiktok").run()
    parties = {"brand_name": "Sparrow", "brand_contact": "Lena", "creator_name": "Cara Cuckoo", "platform": "tiktok"}
    assert (on_paper(kept), troubles(app)) == (replace(WHOLE, **parties), [])
    app.text_input(key="field_brand_contact").set_value("").run()
    assert on_paper(kept).brand_contact is None


def test_views_are_saved_by_name_and_opened_again(kept):
    app = opened("partnerships", market="DE-60_AT-40", goal="awareness", s="demo~1001-demo~1003")
    app.text_input(key="view_name").set_value("spring")
    next(b for b in app.button if b.label == "Save this view").click().run()
    (view,) = kept.drafts("shortlist")
    assert view.text == "market=DE-60_AT-40&goal=awareness&s=demo~1001-demo~1003"
    app.text_input(key="goal").set_value("conversion").run()
    app.button(key="remove_spring").click().run()
    assert kept.drafts("shortlist") == []
    app.button(key="restore_view").click().run()
    assert [view.name for view in kept.drafts("shortlist")] == ["spring"]


@pytest.mark.thorough
def test_a_partnership_is_archived_and_brought_back_and_its_charter_stays(kept, desk):
    sign_both(desk(COMPLETE, "partnership_charter"))
    app = opened("partnerships", market="DE-1")
    assert app.header[0].value == literal("1 partnership under way, 0 reviewed, 0 stopped")
    app.button(key="archive_chosen").click().run()
    assert "No partnership has begun yet" in app.header[0].value
    assert (kept.draft("agreement", "kitchen"), len(kept.charter("kitchen").sign_offs)) == (None, 2)
    app.button(key="bring_back_kitchen").click().run()
    assert app.header[0].value == literal("1 partnership under way, 0 reviewed, 0 stopped")
    assert (on_paper(kept), troubles(app)) == (COMPLETE, [])


@pytest.mark.thorough
def test_a_renamed_partnership_is_shown_by_its_new_name_and_links_by_the_old_one_open_it(kept, desk):
    kept.save("agreement", "other", write_agreement(SMALL), version=0, by=None, now=NOW)
    sign_both(desk(COMPLETE, "partnership_charter"))
    app = opened("partnerships", market="DE-1")
    for refused, why in (("other", "called 'other'"), (" ", "needs a name"), ("x" * 151, "151 characters")):
        app.text_input(key="title_kitchen").set_value(refused)
        app.button(key="rename").click().run()
        assert why in app.warning[0].value.replace("\\", "")
    app.text_input(key="title_kitchen").set_value("Drawers, spring")
    app.button(key="rename").click().run()
    assert app.selectbox(key="chosen_partnership").options == ["Drawers, spring"]
    assert "Drawers, spring" in app.subheader[0].value.replace("\\", "")
    brief = opened("brief", market="DE-60_AT-40", paper="kitchen")
    assert [one for one in texts(brief) if "Drawers, spring" in one.replace("\\", "")]
    brief.text_input(key="title_kitchen").set_value("Drawers, summer")
    brief.button(key="rename").click().run()
    assert [one for one in texts(brief) if "Drawers, summer" in one.replace("\\", "")]
    assert (on_paper(kept), len(kept.charter("kitchen").sign_offs)) == (COMPLETE, 2)
    assert (troubles(app), troubles(brief)) == ([], [])


def test_a_partnership_that_stops_needs_a_reason(kept, desk):
    desk(WHOLE, "brief")
    kept.note_stage("kitchen", "demo-003", "shortlisted", None, NOW)
    app = opened("partnerships", market="DE-1")
    app.selectbox(key="noted_stage").set_value("stopped")
    next(b for b in app.button if b.label == "Note it").click().run()
    assert "Write the reason" in app.warning[0].value
    app.text_input(key="noted_reason").set_value("no shared goal")
    next(b for b in app.button if b.label == "Note it").click().run()
    assert [(note.stage, note.reason) for note in kept.stages("kitchen")][1:] == [("stopped", "no shared goal")]
    assert app.header[0].value == literal("0 partnerships under way, 0 reviewed, 1 stopped")


@pytest.mark.thorough
def test_one_person_signs_for_both_sides_only_with_a_reason(kept, desk):
    app = desk(COMPLETE, "partnership_charter")
    app.button(key="keep_charter").click().run()
    for side, signer in (("brand", "Ana Cruz"), ("creator", "ana  cruz")):
        app.text_input(key=f"signer_{side}").set_value(signer)
        next(b for b in app.button if b.label == f"Sign for the {side}").click().run()
    assert [one.side for one in kept.charter("kitchen").sign_offs] == ["brand"]
    assert order(app, "signer_creator", "has signed for the other side") == sorted(
        order(app, "signer_creator", "has signed for the other side")
    )
    app.text_input(key="both_creator").set_value("she owns the brand").run()
    next(b for b in app.button if b.label == "Sign for the creator").click().run()
    assert [one.signer for one in kept.charter("kitchen").sign_offs] == [
        "Ana Cruz",
        "ana  cruz (signs for both: she owns the brand)",
    ]


def order(app, *wanted):
    """Where elements stand on the page, by key or by a part of what they say."""
    said = [str(getattr(one, "key", None) or getattr(one, "value", "")) for one in app.main]
    return [next(number for number, text in enumerate(said) if one in text.replace("\\", "")) for one in wanted]


@pytest.mark.thorough
def test_what_a_charter_is_refused_for_stands_below_the_button_that_saves_it(kept, desk):
    app = desk(WHOLE, "partnership_charter")
    app.button(key="keep_charter").click().run()
    kept.save("agreement", "kitchen", write_agreement(replace(WHOLE, creator="demo-001")), version=1, by=None, now=NOW)
    app.run()
    app.button(key="keep_charter").click().run()
    button, refusal, terms = order(app, "keep_charter", "is with 'demo-003'", "adjustment_threshold")
    assert button < refusal < terms


@pytest.mark.thorough
def test_a_long_text_is_kept_in_its_field_and_refused_beside_it(kept, desk):
    app = desk(replace(WHOLE, red_lines=()), "partnership_charter")
    for key in ("adjustment_contact", "left_out_red lines"):
        app.text_input(key=key).set_value("x" * 1_001).run()
        assert app.text_input(key=key).value == "x" * 1_001
        field, refusal = order(app, key, "1,001 characters, and at most 1,000 fit")
        assert refusal == field + 1
        app.text_input(key=key).set_value("short").run()
    assert (on_paper(kept).adjustment.contact, on_paper(kept).reason_left_out("red lines")) == ("short", "short")
    views = opened("partnerships", market="DE-1")
    views.text_input(key="view_name").set_value("x" * 151)
    next(b for b in views.button if b.label == "Save this view").click().run()
    assert (views.text_input(key="view_name").value, kept.drafts("shortlist")) == ("x" * 151, [])
    assert order(views, "151 characters, and at most 150 fit") > order(views, "view_name")

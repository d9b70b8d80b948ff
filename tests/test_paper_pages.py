"""Do the pages of a partnership open cold, empty and filled, save each change once, and lose nothing that was typed?"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.decisions import Decisions, open_decisions
from fit.agreement import Adjustment, Agreement, Deliverable, Insight, MetricLine, Need, Note, RedLine, Task
from fit.agreement_file import read_agreement, write_agreement
from fit.answer_sheet import QUESTIONS, with_answer
from fit.words import literal
from pages.desk import papers
from pages.desk.paper_on_desk import text_before
from pages.desk.timer import seconds_left
from tests.test_pages import opened, troubles

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
CODES = frozenset({"DE", "AT"})
PAGES = ("brief", "goal_conversation", "goal_alignment", "partnership_charter")
HOSTILE = "![p](http://x/a.png) <img src=x onerror=alert(1)> $x$ :red[TOP] www.evil.example"
SMALL = Agreement("demo-003", (("DE", 60.0), ("AT", 40.0)), deliverables=(Deliverable("video"),))
LINES = (
    MetricLine("engagement_rate", "creator", matters_to=("creator", "brand")),
    MetricLine("clicks", "brand", 100.0, matters_to=("brand",)),
    MetricLine("conversions", "brand", matters_to=("brand",)),
)
WHOLE = replace(
    SMALL,
    brand_goal="sell drawers",
    partnership_goal="people see how the drawer works",
    start=date(2026, 4, 1),
    end=date(2026, 5, 1),
    cost=900.0,
    currency="EUR",
    present=("brand", "creator"),
    metrics=LINES,
    alignment=(Need("sales in Germany", "keep it authentic", 4, 4), Need("understanding", "interest", 5, 3)),
    red_lines=(RedLine("creator", "no scripted captions"),),
    commitments=(Task("brand", "promotes the post", date(2026, 4, 3)),),
    insights=(Insight("researches before buying", "comments"),),
    trade_offs=("reach, not cost per click",),
    notes=(Note("moved by a week", "business context"),),
    decisions=(Task("brand", "sends samples"),),
    adjustment=Adjustment("half of the clicks after 7 days", "account lead", 3),
)


@pytest.fixture
def kept(demo_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Decisions]:
    """Decisions beside the demo's facts, which no other test sees."""
    folder = tmp_path / "store"
    folder.mkdir()
    for file in demo_store.iterdir():
        if not file.name.startswith("decisions"):
            (folder / file.name).hardlink_to(file)
    monkeypatch.setenv("CREATOR_FIT_STORE", str(folder))
    decisions = open_decisions(folder)
    yield decisions
    decisions.close()
    papers._opened.clear()


@pytest.fixture
def desk(kept: Decisions) -> Callable[..., AppTest]:
    """Lay an agreement on the desk as "kitchen" and open a page with it."""

    def lay(agreement: Agreement, page: str, **link: str) -> AppTest:
        kept.save("agreement", "kitchen", write_agreement(agreement), version=0, by=None, now=NOW)
        return opened(page, market="DE-60_AT-40", paper="kitchen", **link)

    return lay


def on_paper(kept: Decisions, name: str = "kitchen") -> Agreement:
    """What the newest version says."""
    return read_agreement(kept.paper("agreement", name).text, CODES)[0]


def texts(app: AppTest) -> list[str]:
    """Every text that reaches markdown, cells of tables among them."""
    sinks = (*app.title, *app.header, *app.subheader, *app.markdown, *app.caption, *app.warning, *app.error)
    return [str(e.value) for e in sinks] + [str(c) for table in app.table for c in table.value.to_numpy().ravel()]


@pytest.mark.parametrize("page", [*PAGES, "partnerships"])
def test_a_page_without_a_paper_has_one_thing_to_do(kept, page):
    app = opened(page, market="DE-60_AT-40", creator="demo-003")
    for _ in range(2):
        assert (troubles(app), len(app.title), len(app.header) >= 1) == ([], 1, True)
        app.run()
    if page != "partnerships":
        assert [button.label for button in app.button] == ["Start the paper"]


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
    assert (troubles(app), app.button_group(key="form_sheet").value) == ([], sheet)


def test_a_new_paper_carries_over_what_was_looked_for(kept):
    app = opened("brief", market="DE-60_AT-40", creator="demo-003", deliverable="post-2", cost="500-EUR",
                 target="clicks-300,engagement_rate-0.05")  # fmt: skip
    app.text_input(key="start_name_demo-003").set_value("kitchen").run()
    app.button(key="start_paper").click().run()
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
    app.button(key="start_paper").click().run()
    assert "There is a partnership called 'kitchen' already" in app.warning[0].value.replace("\\", "")
    assert (on_paper(kept), app.text_input(key="start_name_demo-003").value) == (WHOLE, "kitchen")


def test_each_change_is_saved_at_once_and_undone_step_by_step(kept, desk):
    app = desk(SMALL, "brief")
    app.text_area(key="field_brand_goal").set_value("sell drawers").run()
    app.number_input(key="field_cost").set_value(750.0).run()
    app.date_input(key="field_start").set_value(date(2026, 4, 1)).run()
    changed = replace(SMALL, brand_goal="sell drawers", cost=750.0, start=date(2026, 4, 1))
    assert (on_paper(kept), kept.paper("agreement", "kitchen").version) == (changed, 4)
    for before in (replace(changed, start=None), replace(changed, start=None, cost=None), SMALL):
        app.button(key="paper_undo").click().run()
        assert on_paper(kept) == before
    assert (troubles(app), app.text_area(key="field_brand_goal").value) == ([], "")


def test_undo_goes_back_past_what_was_undone():
    assert text_before(["a"]) is None
    assert text_before(["a", "b", "c"]) == "b"
    assert text_before(["a", "b", "c", "b"]) == "a"
    assert text_before(["a", "b", "c", "b", "a"]) is None
    assert text_before(["a", "b", "a", "d"]) == "a"


def test_a_target_shows_its_chance_at_once_and_warns_of_a_hope(desk):
    app = desk(replace(SMALL, metrics=LINES), "brief")
    assert any("Prefilled with the middle of the forecast" in text for text in texts(app))
    app.number_input(key="metric_1_target").set_value(90_000.0).run()
    assert any("fewer than 1 in 20 futures only" in warning.value for warning in app.warning)
    app.number_input(key="metric_1_target").set_value(None).run()
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
    assert app.header[0].value == "1 thing to mend before this can be signed"
    assert app.button(key="keep_charter").disabled


def test_a_stale_save_shows_both_texts_and_takes_both_where_they_do_not_touch(kept, desk):
    app = desk(SMALL, "brief")
    kept.save("agreement", "kitchen", write_agreement(replace(SMALL, cost=700.0)), version=1, by=None, now=NOW)
    app.text_area(key="field_brand_goal").set_value("sell drawers").run()
    assert app.header[0].value == "Somebody else changed this paper while you were working on it"
    assert [code.value for code in app.code] == [
        'brand_goal = "sell drawers"',
        "(nothing)",
        "(nothing)",
        "cost = 700",
    ]
    assert on_paper(kept) == replace(SMALL, cost=700.0)
    app.button(key="take_both").click().run()
    assert (on_paper(kept), troubles(app)) == (replace(SMALL, cost=700.0, brand_goal="sell drawers"), [])


@pytest.mark.parametrize(("way", "goal"), [("keep_mine", "mine"), ("take_theirs", "theirs"), ("merge_save", "merged")])
def test_of_two_texts_of_one_part_one_is_chosen_or_both_are_merged_by_hand(kept, desk, way, goal):
    app = desk(SMALL, "brief")
    kept.save("agreement", "kitchen", write_agreement(replace(SMALL, brand_goal="theirs")), version=1, by=None, now=NOW)
    app.text_area(key="field_brand_goal").set_value("mine").run()
    assert "take_both" not in [button.key for button in app.button]
    merged = app.text_area(key="paper_merged")
    if way == "merge_save":
        merged.set_value("creator = 3").run()
        app.button(key="merge_save").click().run()
        assert "Nothing was saved" in app.warning[0].value
        assert app.text_area(key="paper_merged").value == "creator = 3"
        app.text_area(key="paper_merged").set_value(write_agreement(replace(SMALL, brand_goal="merged"))).run()
    app.button(key=way).click().run()
    assert (on_paper(kept).brand_goal, app.title[0].value, troubles(app)) == (goal, "Brief", [])
    assert app.text_area(key="field_brand_goal").value == goal


def test_lines_of_a_list_are_added_changed_and_taken_out(kept, desk):
    app = desk(SMALL, "goal_alignment")
    app.text_input(key="new_alignment_brand_need").set_value("sales")
    app.button(key="new_alignment_add").click().run()
    assert "What the creator needs is empty" in app.warning[0].value
    assert app.text_input(key="new_alignment_brand_need").value == "sales"
    app.text_input(key="new_alignment_creator_need").set_value("interest")
    app.button(key="new_alignment_add").click().run()
    app.button_group(key="alignment_0_brand").set_value(4).run()
    app.text_input(key="alignment_0_creator_need").set_value("authenticity").run()
    assert on_paper(kept).alignment == (Need("sales", "authenticity", 4, None),)
    app.text_input(key="alignment_0_creator_need").set_value(" ").run()
    assert "the old text is kept" in app.warning[0].value
    app.button(key="alignment_0_remove").click().run()
    assert (on_paper(kept).alignment, troubles(app)) == ((), [])


def test_who_answers_or_rates_alone_does_not_see_the_other_side(desk):
    agreement = with_answer(with_answer(WHOLE, "brand", QUESTIONS[0], "brand secret"), "creator", QUESTIONS[0], "mine")
    app = desk(agreement, "goal_conversation", sheet="creator")
    assert "brand secret" not in [*texts(app), *[area.value for area in app.text_area]]
    app.switch_page("pages/goal_alignment.py").run()
    app.button_group(key="rater").set_value("creator").run()
    assert [g.key for g in app.button_group if g.key.startswith("alignment")] == [
        "alignment_0_creator",
        "alignment_1_creator",
    ]
    assert len(app.get("plotly_chart")) == 0


def test_answers_become_red_lines_and_commitments_at_a_press(kept, desk):
    agreement = with_answer(SMALL, "creator", QUESTIONS[2], "- no scripted captions\n- I keep the pictures")
    app = desk(with_answer(agreement, "brand", QUESTIONS[3], "we boost the post"), "goal_conversation", sheet="both")
    app.button(key="make_creator_2").click().run()
    app.button(key="make_creator_2").click().run()
    app.button(key="make_brand_3").click().run()
    made = on_paper(kept)
    assert made.red_lines == (RedLine("creator", "no scripted captions"), RedLine("creator", "I keep the pictures"))
    assert made.commitments == (Task("brand", "we boost the post"),)


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
    app.text_area(key="form_despite").set_value("a pilot to learn").run()
    app.button(key="keep_charter").click().run()
    (charter,) = kept.charters()
    assert (charter.despite, "a pilot to learn" in charter.text, troubles(app)) == ("a pilot to learn", True, [])


def test_a_charter_is_kept_signed_by_both_and_amended_but_never_changed(kept, desk):
    app = desk(WHOLE, "partnership_charter")
    app.button(key="keep_charter").click().run()
    assert app.header[0].value == "The charter is kept and waits for the brand and the creator to sign"
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
    assert app.header[0].value == "The paper has changed since the charter was kept"
    app.button(key="keep_charter").click().run()
    assert any("Outdated" in text for text in texts(app))
    assert (kept.charter("kitchen").amendment, kept.charter("kitchen").sign_offs) == (1, ())
    assert (kept.charter("kitchen", 0), troubles(app)) == (first, [])


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
    assert any("no charter can be composed" in warning.value for warning in app.warning)


def test_views_are_saved_by_name_and_opened_again(kept):
    app = opened("partnerships", market="DE-60_AT-40", goal="awareness", s="demo~1001-demo~1003")
    app.text_input(key="view_name").set_value("spring")
    next(b for b in app.button if b.label == "Save the present view").click().run()
    (view,) = kept.papers("shortlist")
    assert view.text == "market=DE-60_AT-40&goal=awareness&s=demo~1001-demo~1003"
    app.radio(key="form_goal").set_value("conversion").run()
    app.button(key="remove_spring").click().run()
    assert kept.papers("shortlist") == []
    app.button(key="restore_view").click().run()
    assert [view.name for view in kept.papers("shortlist")] == ["spring"]


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
    assert app.header[0].value == literal("0 partnerships under way, 1 stopped")


def test_the_clock_counts_half_an_hour_down_and_says_what_is_over():
    assert seconds_left(None, 0.0, 500.0) == 1800
    assert seconds_left(100.0, 0.0, 160.0) == 1740
    assert seconds_left(100.0, 1790.0, 130.0) == -20

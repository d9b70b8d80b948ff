"""Hold the 30-minute call on one page: timer, who is there, both sides' answers under the four questions, needs to
rate, shared metrics, red lines, trade-offs, decisions, a place for notes at each. The chances come last, folded.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

import streamlit as st

from fit.access import Action
from fit.agreement import (
    COMMITMENTS,
    FEELS_GOOD,
    PRESENT,
    RED_LINES,
    STEPS,
    SUCCESS,
    CallStep,
    Insight,
    Item,
    Note,
    Side,
    agenda_document,
    align,
    chances,
    questions,
    steps,
)
from fit.conversation import Timer
from fit.locale import _
from fit.text import literal, words
from pages.ui import blocks, decisions_access, people
from pages.ui.partnership import alignment as goals
from pages.ui.partnership import fields, open_draft, preview
from pages.ui.partnership.answers import both_answers, side_answer, take_needs
from pages.ui.partnership.clashes import clash_boxes
from pages.ui.partnership.fields import Cell, owner_words, task_form
from pages.ui.partnership.open_draft import OpenDraft
from pages.ui.view_link import PageState

TICK = 1.0  # seconds


def call(draft: OpenDraft, state: PageState) -> None:
    """Half an hour on a shared screen, or on two: everything that is said is written down where it is said."""
    overlap = align(draft.agreement)
    step_items = steps(draft.agreement, draft.context)
    question_items = questions(draft.agreement, draft.targets, overlap)
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        # Only the clock is drawn again by itself, so nobody's typing is disturbed.
        st.fragment(people.while_allowed(Action.READ_DRAFTS, _clock), run_every=TICK)(draft.name)
        if draft.context:
            agenda = partial(agenda_document, draft.title, step_items, question_items, draft.context)
            preview.document_buttons(_("Agenda"), agenda, preview.file_name("agenda", draft.title), "agenda")
    st.caption(_("Who is present"))
    parties: dict[str, str] = {party: owner_words(party) for party in PRESENT}
    fields.ticks(parties, draft.agreement.present, "present", lambda present: open_draft.change_fields(present=present))
    clash_boxes(draft, "present")
    st.header(_("Three steps"), anchor=False)
    with st.grid(3, min_column_width=280) as grid:
        for item in step_items:
            with grid.cell():
                _item(item)
                _notes(draft, step=CallStep(item.title))
    _success(draft, question_items[:2])
    _where_they_meet(draft, state, question_items[2])
    _what_to_do(draft, question_items[3])
    st.header(_("Other notes"), anchor=False)
    _notes(draft)
    open_draft.note_button(draft, "called", _("The call took place"))
    _numbers(draft)


def _item(item: Item) -> None:
    minutes = words.counted(item.minutes, "minute", "minutes")
    st.markdown(f"**{literal(words.capitalized(item.title))}** · {minutes}")
    if item.asks:
        st.caption(item.asks)
    if item.numbers:
        st.markdown(blocks.points(item.numbers))


def _question(number: int, item: Item, heading: Callable[..., object] = st.header) -> None:
    minutes = words.counted(item.minutes, "minute", "minutes")
    heading(literal(f"{number}. {item.title}"), anchor=False)
    st.caption(minutes)


def _success(draft: OpenDraft, items: tuple[Item, ...]) -> None:
    """The first two questions side by side: what each side said beforehand, in both sides' words."""
    st.header(_("What success looks like"), anchor=False)
    for column, number, side in zip(st.columns(2, gap="medium"), (1, 2), (Side.CREATOR, Side.BRAND), strict=True):
        with column, st.container(border=True):
            _question(number, items[number - 1], st.subheader)
            for question in (SUCCESS, FEELS_GOOD):
                st.markdown(f"**{_(question)}**")
                side_answer(draft, side, question)
            _notes(draft, question=number)
    with st.container():
        take_needs(draft)


def _where_they_meet(draft: OpenDraft, state: PageState, item: Item) -> None:
    _question(3, item)
    overlap = align(draft.agreement)
    with st.container():  # blocks, whatever is in them: fields that are typed into below never change their place
        goals.matrix(draft, overlap, state, is_charted=False)
    with st.container():
        goals.shared(draft, overlap)
    _insights(draft)
    _notes(draft, question=3)


def _what_to_do(draft: OpenDraft, item: Item) -> None:
    _question(4, item)
    st.subheader(_(RED_LINES), anchor=False)
    both_answers(draft, RED_LINES)
    with st.container():
        goals.red_lines(draft, align(draft.agreement))
    with st.container():
        goals.trade_off_lines(draft)
    st.subheader(_(COMMITMENTS), anchor=False)
    both_answers(draft, COMMITMENTS)
    task_form(draft, "commitments", _("What is done"), _("Add a commitment"))
    st.subheader(_("Decisions"), anchor=False)
    task_form(draft, "decisions", _("What was decided"), _("Add a decision"))
    _notes(draft, question=4)


def _notes(draft: OpenDraft, *, step: CallStep | None = None, question: int | None = None) -> None:
    place = {"step": step} if step else {"question": question} if question else {}
    fields.list_form(
        draft, "notes", partial(Note, **place) if place else Note,
        [Cell("text", _("Note"), width=5, is_needed=True)], add=_("Add"),
        belongs=lambda note: (note.step if note.step in STEPS else None, note.question) == (step, question),
    )  # fmt: skip


def _insights(draft: OpenDraft) -> None:
    st.subheader(_("What the creator knows"), anchor=False)
    fields.list_form(
        draft, "insights", Insight,
        [
            Cell("text", _("The creator says"), width=3, is_needed=True),
            Cell("evidence", _("Evidence"), width=3, placeholder=_("where it can be seen")),
        ],
        add=_("Add an insight"),
    )  # fmt: skip


def _numbers(draft: OpenDraft) -> None:
    """What the forecast says of each target: for those who ask, after the talk."""
    with st.expander(_("The numbers, after the talk"), icon=":material/monitoring:"):
        if draft.context:
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.caption(_("Role by the numbers:"), width="content")
                blocks.role_badge(draft.context.candidate)
                st.caption(_("Insights are shown with it and change no numbers."))
        sentences = chances(draft.targets, draft.agreement.currency)
        st.markdown(blocks.points(sentences) if sentences else _("There is no forecast for these metrics."))


def _clock(name: str) -> None:
    timer = decisions_access.call_state(name).timer
    left = timer.seconds_left(datetime.now(UTC))
    minutes, seconds = divmod(abs(left), 60)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content"):
        st.metric(_("Time left") if left >= 0 else _("Over time"), f"{minutes}:{seconds:02d}", width=110)
        label, icon = (_("Start"), "play_arrow") if timer.started is None else (_("Stop"), "pause")
        st.button(label, key="timer_turn", icon=f":material/{icon}:", on_click=_turn, args=(name, timer))
        if timer.spent and timer.started is None:
            st.button(_("Reset timer"), key="timer_reset", type="tertiary", on_click=_reset, args=(name,))


def _turn(name: str, shown: Timer) -> None:
    """Start or stop the clock for everybody (callback); pressed in two windows at once it turns once."""
    now = datetime.now(UTC)
    with open_draft.failures_told():
        decisions_access.change_call_state(
            name, lambda state: state.with_timer(shown.turned(now)) if state.timer == shown else state
        )


def _reset(name: str) -> None:
    with open_draft.failures_told():
        decisions_access.change_call_state(name, lambda state: state.with_timer(Timer()))

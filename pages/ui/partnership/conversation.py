"""Ask each side what success looks like: a sheet for each, the answers side by side, and the planning call."""

import time
from collections.abc import Callable
from functools import partial

import streamlit as st

from fit.agreement import (
    COMMITMENTS,
    HINTS,
    LONGEST_TEXT,
    MINUTES,
    PRESENT,
    QUESTIONS,
    RED_LINES,
    SIDES,
    STEPS,
    Agreement,
    AgreementError,
    CallStep,
    Insight,
    Item,
    Note,
    Party,
    Side,
    Task,
    agenda_document,
    align,
    answer_of,
    questions,
    read_sheet,
    sheet_document,
    sheet_text,
    steps,
    with_answer,
    with_commitments,
    with_red_lines,
)
from fit.documents import answer_page
from fit.locale import _, phrase
from fit.text import literal, plain, words
from pages.ui import blocks
from pages.ui.partnership import fields, open_draft, preview
from pages.ui.partnership.fields import Cell, CellKind
from pages.ui.partnership.open_draft import OpenDraft
from pages.ui.view_link import PageState, show_as

# Which part of the conversation is on screen, as the link says it and in words.
VIEWS = {
    "creator": phrase("Ask the creator"),
    "brand": phrase("Ask the brand"),
    "both": phrase("Side by side"),
    "call": phrase("The call"),
}
STARTED, SPENT = "timer_started", "timer_spent"  # keys of the session: last start, and seconds before that
TICK = 1.0  # seconds
ANSWER_HEIGHT = 120  # pixels: four lines
OWNERS: dict[str, str] = {
    Party.BRAND: phrase("Brand"), Party.CREATOR: phrase("Creator"), Party.NEUTRAL: phrase("Neutral party"),
}  # fmt: skip


def owner_words(owner: str | None) -> str:
    """A party as a label."""
    return _(OWNERS[owner]) if owner in OWNERS else _("not said")


def conversation(draft: OpenDraft, state: PageState) -> None:
    """One side's sheet alone, both beside each other, or the call; in the link, so that a side can be sent its own."""
    shown = state.sheet if state.sheet in VIEWS else "creator"
    bound = blocks.bound("form_sheet", shown, lambda chosen: show_as("sheet", chosen))
    fields.one_of(_("What is on screen"), VIEWS, lambda view: _(VIEWS[view]), **bound)
    if shown in SIDES:
        _sheet(draft, Side(shown))
    elif shown == "both":
        _mapping(draft)
    else:
        _call(draft)


def _sheet(draft: OpenDraft, side: Side) -> None:
    """The questions for one side; what the other side said stands nowhere on this screen."""
    who = draft.creator_name if side == Side.CREATOR else _("the brand")
    st.subheader(literal(_("Four questions for {who}").format(who=who)), anchor=False)
    st.caption(_("Answer in your own words, without seeing the other side's answers. Every answer is saved at once."))
    for index, question in enumerate(QUESTIONS):
        st.text_area(
            f"{index + 1}. {_(question)}", height=ANSWER_HEIGHT, max_chars=LONGEST_TEXT, placeholder=_(HINTS[question]),
            width=blocks.READING_WIDTH,
            **blocks.bound(
                f"answer_{side}_{index}", answer_of(draft.agreement, side, question), partial(_answer, side, question)
            ),
        )  # fmt: skip
    _take_and_load(draft, side)


def _answer(side: Side, question: str, text: str) -> None:
    open_draft.change(partial(with_answer, side=side, question=question, text=text))


def _take_and_load(draft: OpenDraft, side: Side) -> None:
    with st.expander(_("Fill it in elsewhere, and load it back"), icon=":material/swap_horiz:"):
        stem = preview.file_name("answers", side, draft.name)
        with st.container(horizontal=True):
            text = sheet_text(side, plain(draft.name))
            blocks.download(_("Text form to fill in"), text, f"{stem}.md", f"sheet_{side}_text")
            form = blocks.in_language(partial(answer_page, side, draft.name))
            blocks.download(_("Form for a phone"), form, f"{stem}.html", f"sheet_{side}_page", "phone_iphone")
            pdf = preview.pdf_of(partial(sheet_document, side, draft.name))
            blocks.download(_("PDF to print"), pdf, f"{stem}.pdf", f"sheet_{side}_pdf", "print")
        loaded = st.file_uploader(_("Load a filled form"), type=["md", "txt"], key=f"sheet_{side}_upload")
        if loaded:
            _loaded(side, loaded.getvalue())


def _loaded(side: Side, content: bytes) -> None:
    """Say what the sheet holds before it counts: answers that stand already would give way."""
    try:
        sheet = read_sheet(content)
    except AgreementError as error:
        st.error(literal(error), icon=":material/error:")
        return
    if sheet.side not in (None, side):
        sentence = _("This sheet is from the {other}, not the {side}. Load it there.")
        st.warning(sentence.format(other=sheet.side, side=side), icon=":material/swap_horiz:")
        return
    st.markdown("\n".join(f"- {literal(_(q))} **{literal(text)}**" for q, text in sheet.answers.items()))
    st.button(
        _("Use these answers"), key=f"sheet_{side}_take", type="primary", on_click=_take_answers,
        args=(side, sheet.answers),
    )  # fmt: skip


def _take_answers(side: Side, given: dict[str, str]) -> None:
    def with_answers(agreement: Agreement) -> Agreement:
        for question, text in given.items():
            agreement = with_answer(agreement, side, question, text)
        return agreement

    open_draft.change(with_answers)


def _mapping(draft: OpenDraft) -> None:
    """Both sides' answers beside each other, and what follows from them for the charter."""
    st.caption(_("Read both answers aloud, then write down the needs that match."))
    for question in QUESTIONS:
        st.subheader(_(question), anchor=False)
        names = {Side.BRAND: _("Brand"), Side.CREATOR: draft.creator_name}
        for column, (side, who) in zip(st.columns(2, border=True), names.items(), strict=True):
            with column:
                st.caption(literal(who))
                text = answer_of(draft.agreement, side, question)
                for line in text.splitlines() or [_("Not answered yet.")]:
                    st.markdown(literal(line))
                _consequence(side, question, text)
    st.page_link("pages/goal_alignment.py", label=_("Rate how far the needs overlap"), icon=":material/arrow_forward:")


def _consequence(side: Side, question: str, text: str) -> None:
    """An answer becomes red lines or commitments at a press, never by itself."""
    made = {
        RED_LINES: (_("Turn into red lines"), with_red_lines),
        COMMITMENTS: (_("Turn into commitments"), with_commitments),
    }
    if text and question in made:
        label, make = made[question]
        st.button(
            label, key=f"make_{side}_{QUESTIONS.index(question)}", icon=":material/add:", on_click=_make,
            args=(make, side),
        )  # fmt: skip


def _make(make: Callable[[Agreement, Side], Agreement], side: Side) -> None:
    open_draft.change(lambda agreement: make(agreement, side))


def _call(draft: OpenDraft) -> None:
    """Half an hour on a shared screen: a timer, who is there, three steps, four questions, and what was decided."""
    step_items = steps(draft.agreement, draft.context)
    question_items = questions(draft.agreement, draft.targets, align(draft.agreement))
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        # While the clock runs only itself is drawn again, so nobody's typing is disturbed.
        is_running = st.session_state.get(STARTED) is not None
        st.fragment(_clock, run_every=TICK if is_running else None)()
        if draft.context:
            agenda = partial(agenda_document, draft.name, step_items, question_items, draft.context)
            preview.document_buttons(_("Agenda"), agenda, preview.file_name("agenda", draft.name), "agenda")
    st.caption(_("Who is present"))
    parties: dict[str, str] = {party: owner_words(party) for party in PRESENT}
    fields.ticks(parties, draft.agreement.present, "present", lambda present: open_draft.change_fields(present=present))
    st.header(_("Three steps"), anchor=False)
    for item in step_items:
        _item(item)
        _notes(draft, CallStep(item.title))
    _insights(draft)
    st.header(_("Four questions"), anchor=False)
    with st.grid(2, min_column_width=300) as grid:
        for item in question_items:
            with grid.cell():
                _item(item)
    st.header(_("Decisions and notes"), anchor=False)
    st.subheader(_("Decisions"), anchor=False)
    task_form(draft, "decisions", _("What was decided"), _("Add a decision"))
    st.subheader(_("Other notes"), anchor=False)
    _notes(draft, None)
    open_draft.note_button(draft, "called", _("The call took place"))


def _item(item: Item) -> None:
    with st.container(border=True):
        minutes = words.counted(item.minutes, "minute", "minutes")
        st.markdown(f"**{literal(words.capitalized(item.title))}** · {minutes}")
        if item.asks:
            st.caption(item.asks)
        if item.numbers:
            st.markdown(blocks.points(item.numbers))


def _notes(draft: OpenDraft, step: CallStep | None) -> None:
    fields.list_form(
        draft, "notes", partial(Note, step=step) if step else Note,
        [Cell("text", _("Note"), width=5, is_needed=True)], add=_("Add a note"),
        belongs=lambda note: note.step == step if step else note.step not in STEPS,
    )  # fmt: skip


def _insights(draft: OpenDraft) -> None:
    st.header(_("What the creator knows"), anchor=False)
    if draft.context:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption(_("Role by the numbers:"), width="content")
            blocks.role_badge(draft.context.candidate)
            st.caption(_("Insights are shown with it and change no numbers."))
    fields.list_form(
        draft, "insights", Insight,
        [
            Cell("text", _("The creator says"), width=3, is_needed=True),
            Cell("evidence", _("Evidence"), width=3, placeholder=_("where it can be seen")),
        ],
        add=_("Add an insight"),
    )  # fmt: skip


def task_form(draft: OpenDraft, part: str, label: str, add: str) -> None:
    """Tasks with an owner and a day: decisions or commitments."""
    fields.list_form(
        draft, part, Task,
        [
            Cell("owner", _("Who"), CellKind.CHOICE, PRESENT, owner_words, width=2, is_needed=True),
            Cell("text", label, width=4, is_needed=True),
            Cell("due", _("Until"), CellKind.DAY, width=2),
        ],
        add=add,
    )  # fmt: skip


def seconds_left(started: float | None, spent: float, now: float) -> int:
    """Seconds until the half hour is over; negative when it is."""
    return round(60 * MINUTES - spent - (now - started if started is not None else 0.0))


def _clock() -> None:
    started, spent = st.session_state.get(STARTED), st.session_state.get(SPENT, 0.0)
    left = seconds_left(started, spent, time.monotonic())
    minutes, seconds = divmod(abs(left), 60)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content"):
        st.metric(_("Time left") if left >= 0 else _("Over time"), f"{minutes}:{seconds:02d}", width=110)
        # Not in a callback: starting and stopping change how often the clock is drawn, which takes a run of the page.
        if started is None:
            if st.button(_("Start"), key="timer_start", icon=":material/play_arrow:"):
                _turn(started=time.monotonic(), spent=spent)
        elif st.button(_("Stop"), key="timer_stop", icon=":material/pause:"):
            _turn(started=None, spent=spent + time.monotonic() - started)
        if spent and started is None:
            reset = st.session_state.update
            st.button(_("Reset timer"), key="timer_reset", type="tertiary", on_click=reset, args=({SPENT: 0.0},))


def _turn(started: float | None, spent: float) -> None:
    st.session_state[STARTED], st.session_state[SPENT] = started, spent
    st.rerun()

"""What does success look like to each side? Sheets asked separately, the answers side by side, and the call itself."""

from dataclasses import replace
from functools import partial

import streamlit as st

from fit.agreement import (
    COMMITMENTS,
    HINTS,
    LONGEST_TEXT,
    PRESENT,
    QUESTIONS,
    RED_LINES,
    SIDES,
    STEPS,
    Agreement,
    AgreementError,
    Insight,
    Item,
    Note,
    Task,
    agenda_document,
    align,
    answer_of,
    conversation_verdict,
    questions,
    read_sheet,
    sheet_paper,
    sheet_text,
    steps,
    with_answer,
    with_commitments,
    with_red_lines,
)
from fit.locale import _, phrase
from fit.text import literal, plain, words
from pages.ui import blocks
from pages.ui.brief_sidebar import PageState
from pages.ui.partnership import list_editor, open_draft, preview, stages
from pages.ui.partnership.list_editor import Cell, show_as
from pages.ui.partnership.open_draft import OpenDraft
from pages.ui.partnership.timer import timer

VIEWS = {
    "creator": phrase("Ask the creator"),
    "brand": phrase("Ask the brand"),
    "both": phrase("Side by side"),
    "call": phrase("The call"),
}
ANSWER_HEIGHT = 120  # pixels: four lines
OWNERS = {"brand": phrase("Brand"), "creator": phrase("Creator"), "neutral party": phrase("Neutral party")}


def owner_words(owner: str | None) -> str:
    """A party as a label."""
    return _(OWNERS[owner]) if owner in OWNERS else _("not said")


def title(paper: OpenDraft) -> None:
    """Who has answered, in the page's first line."""
    blocks.heading(_("Goal conversation"), *conversation_verdict(paper.agreement, paper.who))


def chosen_view(state: PageState) -> str:
    """Which part of the conversation is on screen; part of the link, so that a side can be sent its own sheet."""
    shown = state.sheet if state.sheet in VIEWS else "creator"
    st.session_state["form_sheet"] = shown
    list_editor.one_of(_("What is on screen"), VIEWS, "form_sheet", lambda view: _(VIEWS[view]), on_change=_write_sheet)
    return shown


def _write_sheet() -> None:
    st.session_state["sheet"] = st.session_state["form_sheet"]


def view(paper: OpenDraft, chosen: str) -> None:
    """One side's sheet alone, both beside each other, or the call."""
    if chosen in SIDES:
        _sheet(paper, chosen)
    elif chosen == "both":
        _mapping(paper)
    else:
        _call(paper)


def _sheet(paper: OpenDraft, side: str) -> None:
    """The questions for one side; what the other side said stands nowhere on this screen."""
    who = paper.who if side == "creator" else _("the brand")
    st.subheader(literal(_("Four questions for {who}").format(who=who)), anchor=False)
    st.caption(_("Answered without seeing the other side's answers. In your own words; every answer is saved at once."))
    for at, question in enumerate(QUESTIONS):
        key = show_as(f"answer_{side}_{at}", answer_of(paper.agreement, side, question))
        st.text_area(
            f"{at + 1}. {_(question)}", key=key, height=ANSWER_HEIGHT, max_chars=LONGEST_TEXT, on_change=_answer,
            args=(side, question, key), placeholder=_(HINTS[question]), width=blocks.READING_WIDTH,
        )  # fmt: skip
    _take_and_load(paper, side)


def _answer(side: str, question: str, key: str) -> None:
    open_draft.change(partial(with_answer, side=side, question=question, text=st.session_state[key]))


def _take_and_load(paper: OpenDraft, side: str) -> None:
    with st.expander(_("Fill it in elsewhere, and load it back"), icon=":material/swap_horiz:"):
        named = preview.file_name("answers", side, paper.name)
        with st.container(horizontal=True):
            st.download_button(
                _("Text form to fill in"), sheet_text(side, plain(paper.name)), f"{named}.md", "text/markdown",
                key=f"sheet_{side}_text", on_click="ignore", icon=":material/download:",
            )  # fmt: skip
            st.download_button(
                _("PDF to print"), preview.pdf_of(partial(sheet_paper, side, paper.name)), f"{named}.pdf",
                "application/pdf", key=f"sheet_{side}_pdf", on_click="ignore", icon=":material/print:",
            )  # fmt: skip
        loaded = st.file_uploader(_("Load a filled form"), type=["md", "txt"], key=f"sheet_{side}_upload")
        if loaded:
            _loaded(paper, side, loaded.getvalue())


def _loaded(paper: OpenDraft, side: str, content: bytes) -> None:
    """Say what the sheet holds before it counts: answers that stand already would give way."""
    try:
        sheet = read_sheet(content)
    except AgreementError as error:
        st.error(literal(error), icon=":material/error:")
        return
    if sheet.side not in (None, side):
        st.warning(
            _("This sheet says that it is of the {other}, not of the {side}. Load it there.").format(
                other=sheet.side, side=side
            ),
            icon=":material/swap_horiz:",
        )
        return
    st.markdown("\n".join(f"- {literal(_(q))} **{literal(text)}**" for q, text in sheet.answers.items()))
    st.button(
        _("Let these answers count"), key=f"sheet_{side}_take", type="primary", on_click=_take_sheet,
        args=(side, sheet.answers),
    )  # fmt: skip


def _take_sheet(side: str, given: dict[str, str]) -> None:
    open_draft.change(partial(_with_answers, side=side, given=given))


def _with_answers(agreement: Agreement, side: str, given: dict[str, str]) -> Agreement:
    for question, text in given.items():
        agreement = with_answer(agreement, side, question, text)
    return agreement


def _mapping(paper: OpenDraft) -> None:
    """Both sides' answers beside each other, and what follows from them for the charter."""
    st.caption(
        _("Read aloud what each side said: the words differ more than the wishes. Then write down needs that meet.")
    )
    for question in QUESTIONS:
        st.subheader(_(question), anchor=False)
        for column, side, who in zip(
            st.columns(2, border=True), ("brand", "creator"), (_("Brand"), paper.who), strict=True
        ):
            with column:
                st.caption(literal(who))
                text = answer_of(paper.agreement, side, question)
                for line in text.splitlines() or [_("Not answered yet.")]:
                    st.markdown(literal(line))
                _consequence(side, question, text)
    st.page_link("pages/goal_alignment.py", label=_("Rate how far the needs meet"), icon=":material/arrow_forward:")


def _consequence(side: str, question: str, text: str) -> None:
    """An answer becomes red lines or commitments at a press, never by itself."""
    made = {
        RED_LINES: (_("Make these red lines"), with_red_lines),
        COMMITMENTS: (_("Make these commitments"), with_commitments),
    }
    if text and question in made:
        label, make = made[question]
        st.button(
            label, key=f"make_{side}_{QUESTIONS.index(question)}", icon=":material/add:", on_click=open_draft.change,
            args=(partial(make, side=side),),
        )  # fmt: skip


def _call(paper: OpenDraft) -> None:
    """Half an hour on a shared screen: a timer, who is there, three steps, four questions, and what was decided."""
    found = align(paper.agreement)
    three, four = steps(paper.agreement, paper.grounds), questions(paper.agreement, paper.promises, found)
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        timer()
        if paper.grounds:
            named = preview.file_name("agenda", paper.name)
            preview.take_paper(
                _("Agenda"), partial(agenda_document, paper.name, three, four, paper.grounds), named, "agenda"
            )
    _present(paper)
    st.header(_("Three steps"), anchor=False)
    for item in three:
        _step(paper, item)
    _insights(paper)
    st.header(_("Four questions"), anchor=False)
    with st.grid(2, min_column_width=300) as grid:
        for item in four:
            with grid.cell():
                _item(item)
    _written_down(paper)
    stages.note_button(paper, "called", _("The call took place"))


def _present(paper: OpenDraft) -> None:
    st.caption(_("Who is present"))
    labels = {party: owner_words(party) for party in PRESENT}
    list_editor.ticks(labels, paper.agreement.present, "present", _write_present)


def _write_present(present: tuple[str, ...]) -> None:
    open_draft.change(partial(_with_present, present=present))


def _with_present(agreement: Agreement, present: tuple[str, ...]) -> Agreement:
    return replace(agreement, present=present)


def _item(item: Item) -> None:
    with st.container(border=True):
        minutes = words.counted(item.minutes, "minute", "minutes")
        st.markdown(f"**{literal(item.title[:1].upper() + item.title[1:])}** · {minutes}")
        if item.asks:
            st.caption(item.asks)
        if item.numbers:
            st.markdown("\n".join(f"- {literal(number)}" for number in item.numbers))


def _step(paper: OpenDraft, item: Item) -> None:
    _item(item)
    list_editor.list_form(
        paper, "notes", partial(Note, step=item.title), [Cell("text", _("Note"), width=5, is_needed=True)],
        add=_("Add a note"), belongs=lambda note: note.step == item.title,
    )  # fmt: skip


def _insights(paper: OpenDraft) -> None:
    """What the creator knows, beside the role that the numbers give; it changes none of them."""
    st.header(_("What the creator knows"), anchor=False)
    if paper.grounds:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption(_("Role by the numbers:"), width="content")
            blocks.role_badge(paper.grounds.candidate)
            st.caption(_("An insight stands beside it and changes no number."))
    list_editor.list_form(
        paper, "insights", Insight,
        [
            Cell("text", _("The creator says"), width=3, is_needed=True),
            Cell("evidence", _("Evidence"), width=3, placeholder=_("where it can be seen")),
        ],
        add=_("Add an insight"),
    )  # fmt: skip


def _written_down(paper: OpenDraft) -> None:
    st.header(_("Written down"), anchor=False)
    st.subheader(_("Decisions"), anchor=False)
    task_form(paper, "decisions", _("What was decided"), _("Add a decision"))
    st.subheader(_("Other notes"), anchor=False)
    list_editor.list_form(
        paper, "notes", Note, [Cell("text", _("Note"), width=5, is_needed=True)], add=_("Add a note"),
        belongs=lambda note: note.step not in STEPS,
    )  # fmt: skip


def task_form(paper: OpenDraft, part: str, label: str, add: str) -> None:
    """Tasks with an owner and a day: decisions or commitments."""
    list_editor.list_form(
        paper, part, Task,
        [
            Cell("owner", _("Who"), "choice", PRESENT, owner_words, width=2, is_needed=True),
            Cell("text", label, width=4, is_needed=True),
            Cell("due", _("Until"), "day", width=2),
        ],
        add=add,
    )  # fmt: skip

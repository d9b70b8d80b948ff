"""Ask each side what success looks like: a sheet for each, the answers side by side, and the planning call."""

from functools import partial

import streamlit as st

from fit.agreement import (
    HINTS,
    QUESTIONS,
    SIDES,
    Agreement,
    AgreementError,
    Side,
    answer_of,
    read_sheet,
    sheet_document,
    sheet_text,
    with_answer,
)
from fit.documents import answer_page
from fit.locale import _, phrase
from fit.text import literal, plain
from pages.ui import blocks
from pages.ui.partnership import fields, open_draft, preview
from pages.ui.partnership.answers import both_answers, is_answer, take_needs
from pages.ui.partnership.call import call
from pages.ui.partnership.clashes import clash_boxes
from pages.ui.partnership.open_draft import OpenDraft
from pages.ui.view_link import PageState, show_as

# Which part of the conversation is on screen, as the link says it and in words.
VIEWS = {
    "creator": phrase("Ask the creator"),
    "brand": phrase("Ask the brand"),
    "both": phrase("Side by side"),
    "call": phrase("The call"),
}
ANSWER_HEIGHT = 120  # pixels: four lines


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
        call(draft, state)


def _sheet(draft: OpenDraft, side: Side) -> None:
    """The questions for one side; what the other side said stands nowhere on this screen."""
    who = draft.creator_name if side == Side.CREATOR else _("the brand")
    st.subheader(literal(_("Four questions for {who}").format(who=who)), anchor=False)
    st.caption(_("Answer in your own words, without seeing the other side's answers. Every answer is saved at once."))
    for index, question in enumerate(QUESTIONS):
        fields.long_text(
            f"answer_{side}_{index}", f"{index + 1}. {_(question)}", answer_of(draft.agreement, side, question),
            partial(_answer, side, question), height=ANSWER_HEIGHT, placeholder=_(HINTS[question]),
            width=blocks.READING_WIDTH,
        )  # fmt: skip
        clash_boxes(draft, "answers", of=partial(is_answer, side, question))
    _take_and_load(draft, side)


def _answer(side: Side, question: str, text: str) -> None:
    open_draft.change(partial(with_answer, side=side, question=question, text=text))


def _take_and_load(draft: OpenDraft, side: Side) -> None:
    with st.expander(_("Fill it in elsewhere, and load it back"), icon=":material/swap_horiz:"):
        stem = preview.file_name("answers", side, draft.title)
        with st.container(horizontal=True):
            text = sheet_text(side, plain(draft.title))
            blocks.download(_("Text form to fill in"), text, f"{stem}.md", f"sheet_{side}_text")
            form = blocks.in_language(partial(answer_page, side, draft.title))
            blocks.download(_("Form for a phone"), form, f"{stem}.html", f"sheet_{side}_page", "phone_iphone")
            pdf = preview.pdf_of(partial(sheet_document, side, draft.title))
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
    st.caption(_("Read both answers aloud, then take over what matches."))
    for question in QUESTIONS:
        st.subheader(_(question), anchor=False)
        both_answers(draft, question)
    take_needs(draft)
    st.page_link("pages/goal_alignment.py", label=_("Rate how far the needs overlap"), icon=":material/arrow_forward:")

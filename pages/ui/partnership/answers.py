"""Show what both sides answered, suggest how each line could be put to the other side, and take it over at a press."""

from collections.abc import Callable
from datetime import date
from functools import partial

import streamlit as st

from fit.agreement import COMMITMENTS, QUESTIONS, RED_LINES, SIDES, Agreement, Clash, Side, answer_of, single_wishes
from fit.agreement import with_commitments as add_commitments
from fit.agreement import with_red_lines as add_red_lines
from fit.conversation import agreed_wording, new_needs, suggested, with_needs, with_wording
from fit.locale import _
from fit.text import literal, words
from pages.ui.partnership import open_draft
from pages.ui.partnership.clashes import clash_boxes
from pages.ui.partnership.fields import LONGEST_ENTRY, long_text
from pages.ui.partnership.open_draft import OpenDraft

OTHER = {Side.BRAND: Side.CREATOR, Side.CREATOR: Side.BRAND}
TWO_LINES = 68  # pixels


def both_answers(draft: OpenDraft, question: str) -> None:
    """The answers of both sides beside each other."""
    for column, side in zip(st.columns(2, border=True), reversed(SIDES), strict=True):
        with column:
            side_answer(draft, side, question)


def side_answer(draft: OpenDraft, side: Side, question: str) -> None:
    """What one side answered, how it could be put to the other, and what it becomes in the charter."""
    st.caption(literal(side_name(draft, side)))
    clash_boxes(draft, "answers", of=partial(is_answer, side, question))
    text = answer_of(draft.agreement, side, question)
    if not text:
        st.markdown(_("Not answered yet."))
        return
    said = single_wishes(text)
    for line in said:
        st.markdown(literal(line))
        if put := _put_to_other(draft, side, line):
            st.caption(put)
    _other_words(draft, side, question, said)
    _becomes(draft, side, question)


def is_answer(side: Side, question: str, clash: Clash) -> bool:
    """Whether a clash is about the answer of a side to a question."""
    answer = clash.mine or clash.theirs
    return (answer.side, answer.question) == (side, question)


def side_name(draft: OpenDraft, side: Side) -> str:
    """How a side is called; not yet safe for markup."""
    return draft.creator_name if side == Side.CREATOR else _("Brand")


def _put_to_other(draft: OpenDraft, side: Side, line: str) -> str:
    """What both wrote for the other side, else a suggestion that says it is one, as markdown; "" for neither."""
    if own := agreed_wording(draft.agreement, side, line):
        labels = {Side.BRAND: _("For the brand: {words}"), Side.CREATOR: _("For the creator: {words}")}
        return ":material/translate: " + labels[OTHER[side]].format(words=literal(own))
    if suggestion := suggested(side, line):
        labels = {
            Side.BRAND: _("Could be put to the brand as: {words}"),
            Side.CREATOR: _("Could be put to the creator as: {words}"),
        }
        return ":material/lightbulb: " + labels[OTHER[side]].format(words=literal(suggestion))
    return ""


def _other_words(draft: OpenDraft, side: Side, question: str, said: list[str]) -> None:
    """Each line as both say it to the other side; a suggestion stands in the empty field and counts for nothing."""
    title = _("In the brand's words") if side == Side.CREATOR else _("In the creator's words")
    with st.expander(title, icon=":material/edit:"):
        for number, line in enumerate(dict.fromkeys(said)):
            long_text(
                f"wording_{side}_{QUESTIONS.index(question)}_{number}", literal(line),
                agreed_wording(draft.agreement, side, line), partial(_reword, side, line), most=LONGEST_ENTRY,
                height=TWO_LINES, placeholder=suggested(side, line) or _("How would the other side say it?"),
            )  # fmt: skip


def _reword(side: Side, line: str, text: str) -> None:
    open_draft.change(partial(with_wording, side=side, said=line, means=text))


def _becomes(draft: OpenDraft, side: Side, question: str) -> None:
    """An answer becomes red lines or commitments at a press, never by itself; then it says that it did."""
    if question not in (RED_LINES, COMMITMENTS):
        return
    is_red = question == RED_LINES
    make = add_red_lines if is_red else partial(add_commitments, on=date.today())
    count = len(single_wishes(answer_of(draft.agreement, side, question)))
    if make(draft.agreement, side) == draft.agreement:
        lines = (
            words.counted(count, "red line", "red lines")
            if is_red
            else words.counted(count, "commitment", "commitments")
        )
        st.caption(":material/check: " + _("In the charter: {lines}").format(lines=lines))
        return
    st.button(
        _("Turn into red lines") if is_red else _("Turn into commitments"),
        key=f"make_{side}_{QUESTIONS.index(question)}", icon=":material/add:", on_click=_make, args=(make, side),
    )  # fmt: skip


def _make(make: Callable[[Agreement, Side], Agreement], side: Side) -> None:
    open_draft.change(lambda agreement: make(agreement, side))


def _take_needs() -> None:
    open_draft.change(with_needs)


def take_needs(draft: OpenDraft) -> None:
    """Both sides' needs as pairs to rate, at a press."""
    new = new_needs(draft.agreement)
    if new:
        pairs = words.counted(len(new), "pair of needs", "pairs of needs")
        st.button(
            _("Take over {pairs} to rate").format(pairs=pairs), key="take_needs", icon=":material/south:",
            type="primary", on_click=_take_needs,
        )  # fmt: skip
    elif draft.agreement.alignment:
        pairs = words.counted(len(draft.agreement.alignment), "pair of needs", "pairs of needs")
        st.caption(":material/check: " + _("To be rated: {pairs}").format(pairs=pairs))
    else:
        st.caption(_("Once both sides have answered, their needs can be taken over from here."))

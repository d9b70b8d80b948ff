"""Resolve an edit conflict: both texts of a draft side by side, until one is chosen or both are merged."""

import streamlit as st

from fit.agreement import write_agreement
from fit.locale import _
from fit.text import literal
from pages.ui import blocks
from pages.ui.partnership import open_draft
from pages.ui.partnership.open_draft import MERGED, EditConflict

TEXT_HEIGHT = 320  # pixels of a whole text


def choose_text(conflict: EditConflict, title: str) -> None:
    """Two texts of one draft: what differs, side by side, and four ways on. Nothing is lost meanwhile."""
    comparison = conflict.comparison()
    done = _("removed") if conflict.is_removed else _("changed")
    verdict = _("Somebody else {done} this paper while you were working on it").format(done=done)
    if comparison.has_clash:
        because = _("Both of you changed the same part, so nothing was overwritten: choose what shall count.")
    else:
        because = _("The changes do not touch each other. Nothing was overwritten: both can stand.")
    blocks.heading(title, verdict, because)
    _ways_on(conflict, write_agreement(comparison.together), comparison.has_clash)
    for difference in comparison.differences:
        st.subheader(literal(difference.label), anchor=False)
        mine, theirs = st.columns(2)
        for column, whose, text in ((mine, _("Yours"), difference.mine), (theirs, _("Theirs"), difference.theirs)):
            with column:
                st.caption(whose)
                st.code(text or _("(nothing)"), language="toml", wrap_lines=True)
    with st.expander(_("Merge by hand"), icon=":material/merge:"):
        st.session_state.setdefault(MERGED, write_agreement(comparison.together))
        st.text_area(
            _("The text that shall count"), key=MERGED, height=TEXT_HEIGHT,
            help=_("Both changes; where they clash, yours. Theirs stands above and stays in the history."),
        )  # fmt: skip
        st.button(_("Save this text"), key="merge_save", on_click=_settle_merged, icon=":material/save:")
    open_draft.show_message()


def _ways_on(conflict: EditConflict, together: str, has_clash: bool) -> None:
    with st.container(horizontal=True):
        if not has_clash:
            st.button(
                _("Take both"), key="take_both", type="primary", on_click=open_draft.settle, args=(together,),
                icon=":material/merge:",
            )  # fmt: skip
        st.button(_("Keep mine"), key="keep_mine", on_click=open_draft.settle, args=(conflict.mine,))
        st.button(_("Take theirs"), key="take_theirs", on_click=open_draft.settle, args=(conflict.theirs,))
        st.download_button(_("My text as a file"), conflict.mine, "my-text.toml", key="my_text", on_click="ignore")


def _settle_merged() -> None:
    open_draft.settle(st.session_state[MERGED])

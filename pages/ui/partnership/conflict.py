"""What if somebody else changed the paper too? Both texts side by side, until one is chosen or both are merged."""

import streamlit as st

from fit.agreement import write_agreement
from fit.locale import _
from fit.text import literal
from pages.ui import blocks
from pages.ui.partnership import open_draft
from pages.ui.partnership.open_draft import MERGED, EditConflict
from pages.ui.partnership.start import what_was_said

TEXT_HEIGHT = 320  # pixels of a whole text that is merged by hand


def choose_text(clash: EditConflict, title: str) -> None:
    """Two texts of one paper: what differs, side by side, and four ways on. Nothing is lost meanwhile."""
    found = clash.comparison()
    done = _("removed") if clash.is_removed else _("changed")
    verdict = _("Somebody else {done} this paper while you were working on it").format(done=done)
    if found.has_clash:
        because = _("Both of you changed the same part, so nothing was overwritten: choose what shall count.")
    else:
        because = _("The changes do not touch each other. Nothing was overwritten: both can stand.")
    blocks.heading(title, verdict, because)
    _ways_on(clash, write_agreement(found.together), found.has_clash)
    for each in found.differences:
        st.subheader(literal(each.label), anchor=False)
        mine, theirs = st.columns(2)
        for column, whose, text in ((mine, _("Yours"), each.mine), (theirs, _("Theirs"), each.theirs)):
            with column:
                st.caption(whose)
                st.code(text or _("(nothing)"), language="toml", wrap_lines=True)
    with st.expander(_("Merge by hand"), icon=":material/merge:"):
        st.session_state.setdefault(MERGED, write_agreement(found.together))
        st.text_area(
            _("The text that shall count"), key=MERGED, height=TEXT_HEIGHT,
            help=_("Both changes; where they clash, yours. Theirs stands above and stays in the history."),
        )  # fmt: skip
        st.button(_("Save this text"), key="merge_save", on_click=_settle_merged, icon=":material/save:")
    what_was_said()


def _ways_on(clash: EditConflict, together: str, has_clash: bool) -> None:
    with st.container(horizontal=True):
        if not has_clash:
            st.button(
                _("Take both"), key="take_both", type="primary", on_click=open_draft.settle, args=(together,),
                icon=":material/merge:",
            )  # fmt: skip
        st.button(_("Keep mine"), key="keep_mine", on_click=open_draft.settle, args=(clash.mine,))
        st.button(_("Take theirs"), key="take_theirs", on_click=open_draft.settle, args=(clash.theirs,))
        st.download_button(_("My text as a file"), clash.mine, "my-text.toml", key="my_text", on_click="ignore")


def _settle_merged() -> None:
    open_draft.settle(st.session_state[MERGED])

"""Which paper is this, is it saved, and how do I go back?"""

from datetime import datetime

import streamlit as st

from fit.agreement import AgreementError
from fit.locale import _
from fit.text import literal, words
from pages.ui import decisions_access
from pages.ui.brief_sidebar import PageState
from pages.ui.partnership import open_draft
from pages.ui.partnership.conflict import choose_text
from pages.ui.partnership.open_draft import OpenDraft, conflict_on, unsaved_on
from pages.ui.partnership.start import no_partnership_open, open_paper, what_was_said

TEXT_HEIGHT = 320  # pixels of a version of the paper


def draft_or_stop(state: PageState, title: str) -> OpenDraft:
    """The paper on the desk. Without one the page ends with the one thing to do next; so it does while two texts wait
    for a choice, and where the paper cannot be read."""
    try:
        paper = open_draft.read_open_draft(state)
    except (decisions_access.DecisionsError, AgreementError) as error:
        st.title(title, anchor=False)
        st.error(literal(error), title=_("The paper cannot be read"), icon=":material/error:")
        st.stop()
    if paper is None:
        no_partnership_open(state, title)
        st.stop()
    clash = conflict_on(paper.name)
    if clash:
        choose_text(clash, title)
        st.stop()
    return paper


def toolbar(paper: OpenDraft) -> None:
    """Which paper is worked on, that it is saved, and the ways back; below, what the last change had to say."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="paper_bar"):
        st.badge(literal(paper.name), icon=":material/description:", color="blue")
        st.caption(_saved(paper.version, paper.saved_at))
        st.space("stretch")
        st.button(
            _("Undo"), key="paper_undo", icon=":material/undo:", type="tertiary", disabled=paper.version < 2,
            on_click=open_draft.undo, help=_("Back to the version before; every version stays in the history"),
        )  # fmt: skip
        if st.button(_("History"), key="paper_history", icon=":material/history:", type="tertiary"):
            st.dialog(_("Every version of this paper"), width="large")(_history)(paper)
        if st.button(_("Other papers"), key="paper_other", icon=":material/folder_open:", type="tertiary"):
            st.dialog(_("Other papers"))(_others)(paper.name)
    _unsaved(paper.name)
    what_was_said()


def _unsaved(name: str) -> None:
    """A change that could not be saved is not lost: it can be tried again or taken away."""
    unsaved = unsaved_on(name)
    if unsaved:
        st.warning(literal(unsaved.why), title=_("Your last change is not saved yet"), icon=":material/save:")
        with st.container(horizontal=True):
            st.button(
                _("Save it again"), key="save_again", type="primary", on_click=open_draft.save_again,
                args=(unsaved,),
            )  # fmt: skip
            st.download_button(
                _("My text as a file"), unsaved.text, "my-text.toml", key="my_unsaved", on_click="ignore"
            )


def _saved(version: int, at: datetime) -> str:
    if not version:
        return _("As its charter was kept; the first change begins a draft")
    return _("Saved as version {version}, {day} {time} UTC").format(
        version=version, day=words.day(at.date()), time=f"{at:%H:%M}"
    )


def _others(shown: str) -> None:
    for draft in decisions_access.drafts():
        if draft.name != shown:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(literal(draft.name))
                st.space("stretch")
                if st.button(_("Open"), key=f"open_{draft.name}", on_click=open_paper, args=(draft.name,)):
                    st.rerun()
    st.caption(_("A new one begins without a paper on the desk."))
    if st.button(
        _("Begin a new one"),
        key="clear_desk",
        icon=":material/note_add:",
        on_click=open_draft.open_partnership,
        args=("",),
    ):
        st.rerun()


def _history(paper: OpenDraft) -> None:
    versions = [each for each in decisions_access.history(paper.name) if not each.is_removed][::-1]
    numbers = {each.version: each for each in versions}
    chosen = st.selectbox(
        _("Version"), list(numbers), key="history_version",
        format_func=lambda number: _saved(number, numbers[number].saved_at),
    )  # fmt: skip
    st.code(numbers[chosen].text, language="toml", wrap_lines=True, height=TEXT_HEIGHT)
    if st.button(
        _("Let this version count again"), key="history_take", disabled=chosen == paper.version,
        on_click=open_draft.take_version, args=(numbers[chosen].text,),
    ):  # fmt: skip
        st.rerun()

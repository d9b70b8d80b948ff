"""Draw the bar of the open draft: whether it is saved, undo, history, other partnerships; resolve edit conflicts."""

from datetime import datetime
from typing import NoReturn

import streamlit as st

from fit.agreement import AgreementError, write_agreement
from fit.locale import _
from fit.text import literal, words
from pages.ui import blocks, decisions_access
from pages.ui.decisions_access import AGREEMENT
from pages.ui.partnership import open_draft
from pages.ui.partnership.open_draft import MERGED, EditConflict, OpenDraft, conflict_on, unsaved_on
from pages.ui.partnership.signed_state import signed_state
from pages.ui.partnership.start import no_partnership_open, open_with_creator
from pages.ui.view_link import PageState

TEXT_HEIGHT = 320  # pixels of a whole text


def draft_or_stop(state: PageState, title: str) -> OpenDraft:
    """The draft of the open partnership. Without one the page ends with the one thing to do next; so it does while two
    texts wait for a choice, and where the draft cannot be read."""
    try:
        draft = open_draft.read_open_draft(state)
    except (decisions_access.DecisionsError, AgreementError) as error:
        stop_unreadable(title, error)
    if draft is None:
        no_partnership_open(state, title)
        st.stop()
    if conflict := conflict_on(draft.name):
        _resolve_conflict(conflict, title)
        st.stop()
    return draft


def stop_unreadable(title: str, error: Exception) -> NoReturn:
    """End the page whose draft cannot be read."""
    blocks.page_title(title)
    st.error(literal(error), title=_("This partnership cannot be read"), icon=":material/error:")
    st.stop()


def toolbar(draft: OpenDraft) -> None:
    """Which partnership is open, that it is saved, and the ways back; below, the message of the last change."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="draft_bar"):
        st.badge(literal(draft.name), icon=":material/description:", color="blue")
        if decisions_access.saved().is_sample(draft.name):
            sample_mark()
        st.caption(_saved(draft.version, draft.saved_at))
        st.space("stretch")
        st.button(
            _("Undo"), key="draft_undo", icon=":material/undo:", type="tertiary", disabled=draft.version < 2,
            on_click=open_draft.undo, help=_("Back to the version before; every version stays in the history"),
        )  # fmt: skip
        if st.button(_("History"), key="draft_history", icon=":material/history:", type="tertiary"):
            st.dialog(_("Every version of this partnership"), width="large")(_history)(draft)
        if st.button(_("Other partnerships"), key="draft_other", icon=":material/folder_open:", type="tertiary"):
            st.dialog(_("Other partnerships"))(_others)(draft.name)
    signed_state(draft.name, draft.agreement)
    if unsaved := unsaved_on(draft.name):  # a change that could not be saved can be tried again or taken away
        st.warning(literal(unsaved.why), title=_("Your last change is not saved yet"), icon=":material/save:")
        with st.container(horizontal=True):
            again = open_draft.save_again
            st.button(_("Save it again"), key="save_again", type="primary", on_click=again, args=(unsaved,))
            _my_text(unsaved.text, "my_unsaved")
    open_draft.show_message()


def sample_mark() -> None:
    """Say that a partnership came with the sample data, and what becomes of changes in it."""
    st.badge(
        _("Sample data"), icon=":material/science:", color="red",
        help=_("Change what you like: it stays a sample, and leaves with the sample data when you load your own."),
    )  # fmt: skip


def _saved(version: int, saved_at: datetime) -> str:
    if not version:
        return _("As the charter was saved; your first change starts a draft")
    sentence = _("Saved as version {version}, {day} {time} UTC")
    return sentence.format(version=version, day=words.day(saved_at.date()), time=f"{saved_at:%H:%M}")


def _others(shown: str) -> None:
    for other in decisions_access.saved().drafts(AGREEMENT):
        if other.name != shown:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(literal(other.name))
                st.space("stretch")
                if st.button(_("Open"), key=f"open_{other.name}", on_click=open_with_creator, args=(other.name,)):
                    st.rerun()
    st.caption(_("Closes this one and starts a new one."))
    if st.button(
        _("Start a new one"), key="close_partnership", icon=":material/note_add:", args=("",),
        on_click=open_draft.open_partnership,
    ):  # fmt: skip
        st.rerun()


def _history(draft: OpenDraft) -> None:
    history = decisions_access.saved().history(AGREEMENT, draft.name)
    versions = {saved.version: saved for saved in reversed(history) if not saved.is_removed}
    chosen = st.selectbox(
        _("Version"), list(versions), key="history_version",
        format_func=lambda number: _saved(number, versions[number].saved_at),
    )  # fmt: skip
    st.code(versions[chosen].text, language="toml", wrap_lines=True, height=TEXT_HEIGHT)
    if st.button(
        _("Restore this version"), key="history_take", disabled=chosen == draft.version,
        on_click=open_draft.take_version, args=(versions[chosen].text,),
    ):  # fmt: skip
        st.rerun()


def _resolve_conflict(conflict: EditConflict, title: str) -> None:
    """Two texts of one draft: what differs, side by side, and four ways on. Nothing is lost meanwhile."""
    comparison = conflict.comparison()
    done = _("removed") if conflict.is_removed else _("changed")
    verdict = _("Someone else {done} this partnership while you were working on it").format(done=done)
    if comparison.has_clash:
        because = _("You both changed the same part, so nothing was overwritten. Choose which text to keep.")
    else:
        because = _("The changes do not overlap. Nothing was overwritten; you can take both.")
    blocks.heading(title, verdict, because)
    _ways_on(conflict, write_agreement(comparison.together), comparison.has_clash)
    for difference in comparison.differences:
        st.subheader(literal(difference.label), anchor=False)
        texts = {_("Yours"): difference.mine, _("Theirs"): difference.theirs}
        for column, (whose, text) in zip(st.columns(2), texts.items(), strict=True):
            column.caption(whose)
            column.code(text or _("(nothing)"), language="toml", wrap_lines=True)
    with st.expander(_("Merge by hand"), icon=":material/merge:"):
        st.session_state.setdefault(MERGED, write_agreement(comparison.together))
        st.text_area(
            _("The text to keep"), key=MERGED, height=TEXT_HEIGHT,
            help=_("Both changes; where they clash, yours. Theirs is shown above and stays in the history."),
        )  # fmt: skip
        st.button(
            _("Save this text"), key="merge_save", icon=":material/save:",
            on_click=lambda: open_draft.settle(st.session_state[MERGED]),
        )  # fmt: skip
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
        _my_text(conflict.mine, "my_text")


def _my_text(text: str, key: str) -> None:
    st.download_button(_("My text as a file"), text, "my-text.toml", key=key, on_click="ignore")

"""Rename partnerships, put those away that are done with, and bring them back; nothing is deleted, and the record
counts them on. A renamed one keeps its first name in links, in files that went out and under its signatures."""

import streamlit as st

from fit.agreement import Partnership
from fit.locale import _
from fit.text import literal, plain
from pages.ui import decisions_access
from pages.ui.decisions_access import AGREEMENT, SavedDraft
from pages.ui.partnership import open_draft
from pages.ui.partnership.start import unfit_name

RENAME = "rename"  # place of messages about it


def rename_button(name: str) -> None:
    """A button that opens a field for the new name."""
    with st.popover(_("Rename"), icon=":material/edit:", type="tertiary"):
        key = f"title_{name}"
        st.text_input(_("New name"), decisions_access.title_of(name), key=key)
        st.caption(_("Links to this partnership and a signed charter stay as they are."))
        st.button(_("Rename it"), key=RENAME, on_click=_rename, args=(name, key))
        open_draft.show_message(RENAME)


def _rename(name: str, key: str) -> None:
    title = plain(st.session_state[key])
    if reason := unfit_name(title):
        open_draft.leave_message(reason, RENAME)
        return
    with open_draft.failures_told(beside=RENAME):
        decisions_access.rename(name, title)


def archived_drafts() -> list[SavedDraft]:
    """The last version of every partnership that was put away, by name."""
    saved = decisions_access.saved()
    there = {draft.name for draft in saved.drafts(AGREEMENT)}
    names = sorted({note.name for note in saved.all_stages()} - there)
    histories = (saved.history(AGREEMENT, name) for name in names)
    return [history[-1] for history in histories if history]


def not_archived(partnerships: list[Partnership]) -> list[Partnership]:
    """Partnerships without those that were put away."""
    away = {draft.name for draft in archived_drafts()}
    return [partnership for partnership in partnerships if partnership.name not in away]


def archive_button(name: str) -> None:
    """A button that puts a partnership away; none for one that only a charter holds."""
    draft = decisions_access.saved().draft(AGREEMENT, name)
    if draft:
        st.button(
            _("Archive"), key="archive_chosen", icon=":material/archive:", type="tertiary", on_click=_put_away,
            args=(draft,),
            help=_("Takes it off this list. Its charter, signatures and review stay, and the record counts it."),
        )  # fmt: skip


def _put_away(draft: SavedDraft) -> None:
    with open_draft.failures_told():
        decisions_access.remove(draft)


def archived_list() -> None:
    """What was put away, each with a button that brings it back."""
    away = archived_drafts()
    if not away:
        return
    with st.expander(_("Archived"), icon=":material/archive:"):
        titles = decisions_access.titles()
        for draft in away:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(literal(titles.get(draft.name, draft.name)))
                st.space("stretch")
                st.button(
                    _("Bring back"), key=f"bring_back_{draft.name}", icon=":material/unarchive:", on_click=_bring_back,
                    args=(draft,),
                )  # fmt: skip


def _bring_back(draft: SavedDraft) -> None:
    with open_draft.failures_told():
        decisions_access.restore(draft)

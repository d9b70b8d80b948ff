"""Call a partnership by another name; its links, its files that went out and its signatures keep the first one."""

import streamlit as st

from fit.locale import _
from fit.text import plain
from pages.ui import decisions_access
from pages.ui.partnership import open_draft
from pages.ui.partnership.start import unfit_name
from pages.ui.view_link import show_as

PLACE = "rename"  # of messages about it


def rename_button(name: str) -> None:
    """A button that opens a field for the new name."""
    with st.popover(_("Rename"), icon=":material/edit:", type="tertiary"):
        key = f"title_{name}"
        if key not in st.session_state:
            show_as(key, decisions_access.title_of(name))
        st.text_input(_("New name"), key=key)
        st.caption(_("Links to this partnership and a signed charter stay as they are."))
        st.button(_("Rename it"), key="rename", on_click=_rename, args=(name, key))
        open_draft.show_message(PLACE)


def _rename(name: str, key: str) -> None:
    title = plain(st.session_state[key])
    if reason := unfit_name(title):
        open_draft.leave_message(reason, PLACE)
        return
    with open_draft.failures_told(beside=PLACE):
        decisions_access.rename(name, title)

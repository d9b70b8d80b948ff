"""Say to a newcomer what this is, and mark sample data, until the reader has looked around or loaded own data."""

import streamlit as st

from fit.locale import _

DISMISSED = "introduction_dismissed"  # key of the session


def sample_mark() -> None:
    """The mark of invented data, which leads to where own data are loaded; on every page, once."""
    meaning = _("All creators and campaigns here are invented, to look around. Load your own data to replace them.")
    st.page_link("pages/your_data.py", label=_("Sample data"), icon=":material/science:", help=meaning, width="content")


def introduction(*, on_first_page: bool) -> None:
    """One line on the first page: what this is, and how to begin. Gone once dismissed, or once another page was seen.

    on_first_page: whether this run shows the first page.
    """
    if not on_first_page:
        st.session_state[DISMISSED] = True
    if st.session_state.get(DISMISSED, False):
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="introduction"):
        st.markdown(
            _("Which creator to book, for which market, in which role, and what to expect for the money."),
            width="content",
        )
        st.page_link("pages/your_data.py", label=_("Load your own data"), icon=":material/upload:", width="content")
        st.button(
            _("Dismiss"), key="dismiss_introduction", icon=":material/close:", type="tertiary",
            on_click=st.session_state.update, args=({DISMISSED: True},),
        )  # fmt: skip

"""Part Your data into three tabs: load files, what is loaded, how it is judged. The link says which one is open."""

import streamlit as st
from streamlit.elements.lib.mutable_tab_container import TabContainer

from fit.access import Action
from fit.locale import _, phrase
from pages.ui import blocks, people
from pages.ui.view_link import PageState, open_tab

TABS = {"": phrase("Load files"), "loaded": phrase("What is loaded"), "judged": phrase("How it is judged")}


def three_tabs(state: PageState) -> tuple[TabContainer | None, TabContainer, TabContainer]:
    """The tabs in their order; None instead of the first for those who may not load files.

    The first is filled even while it is closed, so that its form keeps what was dropped.
    """
    may_load = people.allowed(Action.LOAD)
    labels = {_(label): tab for tab, label in TABS.items() if tab or may_load}
    shown = next((label for label, tab in labels.items() if tab == state.tab), next(iter(labels)))
    drawn = st.tabs(list(labels), **blocks.bound("form_tab", shown, lambda label: open_tab(labels[label])))
    loaded, judged = drawn[-2:]
    return (drawn[0] if may_load else None), loaded, judged


def to_the_form(sentence: str, label: str) -> None:
    """What to say in a tab that has nothing of the reader's own to show: one sentence, and the way to the form."""
    with st.container(border=True):
        st.markdown(sentence, width=blocks.READING_WIDTH)
        if people.allowed(Action.LOAD):
            st.button(label, icon=":material/upload:", on_click=open_tab, args=("",))
        else:
            st.caption(_("Only an admin of this server can load files."))

"""Part Your data into three tabs: load files, what is loaded, how it is judged. The link says which one is open."""

from collections.abc import Sequence

import streamlit as st
from streamlit.elements.lib.mutable_tab_container import TabContainer

from fit.locale import _, phrase
from pages.ui import blocks
from pages.ui.view_link import PageState, open_tab

TABS = {"": phrase("Load files"), "loaded": phrase("What is loaded"), "judged": phrase("How it is judged")}


def three_tabs(state: PageState) -> Sequence[TabContainer]:
    """The tabs in their order. The first is filled even while it is closed, so that its form keeps what was dropped."""
    labels = {_(label): tab for tab, label in TABS.items()}
    shown = _(TABS.get(state.tab, TABS[""]))
    return st.tabs(list(labels), **blocks.bound("form_tab", shown, lambda label: open_tab(labels[label])))


def to_the_form(sentence: str, label: str) -> None:
    """What to say in a tab that has nothing of the reader's own to show: one sentence, and the way to the form."""
    with st.container(border=True):
        st.markdown(sentence, width=blocks.READING_WIDTH)
        st.button(label, icon=":material/upload:", on_click=open_tab, args=("",))

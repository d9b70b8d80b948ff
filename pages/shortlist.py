"""Rank creators for a brief, find one of them, and choose some to compare, plan and present."""

import streamlit as st

from pages.ui.layout import page_state
from pages.ui.shortlist import surroundings
from pages.ui.shortlist.chosen import chosen_bar
from pages.ui.shortlist.table import open_clicked, table
from pages.ui.store_access import shortlisted

state = page_state()
open_clicked()
best = shortlisted(state.brief)
close = st.container(gap="xsmall")
with close:
    shown = surroundings.top(state, best)
if not best.candidates:
    st.stop()

listed = shortlisted(state.brief, sort=shown.sort, descending=shown.descending, page=shown.page, words=shown.letters)
chosen_bar(state)
if not listed.candidates:
    surroundings.nobody_found(shown)
    st.stop()

lines = surroundings.next_times(listed)
with close:
    table(state, listed, shown, lines)
surroundings.below(state, listed, shown, lines)

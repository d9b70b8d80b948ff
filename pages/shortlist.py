"""Rank creators for a brief, and compare those that are ticked."""

import streamlit as st

from fit.locale import _
from fit.shortlist import shortlist_verdict
from pages.ui.blocks import heading
from pages.ui.layout import page_state
from pages.ui.shortlist import table
from pages.ui.shortlist.comparison import comparison
from pages.ui.store_access import shortlisted

state = page_state()
best = shortlisted(state.brief)
heading(_("Shortlist"), *shortlist_verdict(state.brief, best), term="expected_outcome")
table.unknown_filters(best)
if not best.candidates:
    table.nobody_matches()
    st.stop()

table.nobody_placed(state, best)
sort, descending, page = table.order(best.count_matching)
table.table(state, shortlisted(state.brief, sort=sort, descending=descending, page=page))
table.under_the_table(state, sort, descending)
table.last_times(best)
table.prices(best)
table.quick_look(state)
comparison(state)

"""Who fits this brief, in what order, and who is too close to call?"""

import streamlit as st

from fit.locale import _
from fit.sentences import shortlist_verdict
from pages.desk import shortlist_table
from pages.desk.answers import shortlisted
from pages.desk.comparison import comparison
from pages.desk.frame import on_the_desk
from pages.desk.parts import heading

desk = on_the_desk()
best = shortlisted(desk.brief)
heading(_("Shortlist"), *shortlist_verdict(desk.brief, best), term="payoff")
shortlist_table.unknown_filters(best)
if not best.candidates:
    shortlist_table.nobody_matches()
    st.stop()

shortlist_table.nobody_placed(desk, best)
sort, descending, page = shortlist_table.order(best.count_matching)
shortlist_table.table(desk, shortlisted(desk.brief, sort=sort, descending=descending, page=page))
shortlist_table.under_the_table(desk, sort, descending)
shortlist_table.last_times(best)
shortlist_table.closeness(best)
shortlist_table.quick_look(desk)
comparison(desk)

"""Plan a budget: which creators to book, what they bring together, who is left out and why."""

import streamlit as st

from fit.locale import _
from fit.plan import PlanRefused
from fit.text import literal
from pages.ui.blocks import heading
from pages.ui.layout import page_state
from pages.ui.learn.health import worst_line_of_own_data
from pages.ui.plan import booking, drafts, request, surroundings
from pages.ui.store_access import planned, usual_price

state = page_state()
top, controls = st.container(), st.container()
with controls:
    asked = request.chosen_request(state, usual_price())
made, refusal = None, _("Enter a budget to see who to book.")
if asked is not None:
    try:
        made = planned(state.brief, asked)
    except PlanRefused as error:
        refusal = str(error)
with top:
    verdict, _dot, because = made.because.partition(". ") if made else (_("No plan yet"), "", refusal)
    heading(_("Plan"), verdict.rstrip("."), because)
if made is None:
    st.stop()

for warning in made.warnings:
    st.warning(literal(warning), icon=":material/info:")
worst_line_of_own_data(state)
booking.booked(made, dark=state.dark)
booking.next_steps(made, state.brief)
drafts.started()
surroundings.limits(made)
surroundings.left_out(made)
surroundings.pilots(made)

"""Show the recommended role: awareness or conversion, how sure, and what would change it."""

import streamlit as st

from fit.locale import _
from fit.shortlist import role_warning
from pages.ui.blocks import chosen_creator, creator_chooser, heading
from pages.ui.creator import blocks, price, role
from pages.ui.creator.forecast import expectation
from pages.ui.last_review import answer_after_review
from pages.ui.layout import page_state
from pages.ui.learn.health import worst_line_of_own_data
from pages.ui.partnership.start import to_the_brief

state = page_state()
creator = chosen_creator(state)
warning = role_warning(creator, state.brief)
heading(_("Role"), *answer_after_review(creator, state), term="role", warning=warning)
creator_chooser(state, creator)

blocks.profile(creator, state)
role.role(creator, state)
worst_line_of_own_data(state)
labels = [_("Forecast"), _("Price"), _("Evidence")]
forecast, cost, evidence = st.tabs(labels, key="role_tab", on_change="rerun")
if forecast.open:
    with forecast:
        expectation(creator, state)
with cost:  # its fields hold values of the link, so they are there while the tab is closed
    request = price.request(creator, state)
    if cost.open:
        price.what_it_may_cost(request, state)
if evidence.open:
    with evidence:
        role.evidence(creator, state)
to_the_brief(creator)

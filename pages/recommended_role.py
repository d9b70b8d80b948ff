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

blocks.profile(creator)
role.role(creator, state)
worst_line_of_own_data(state)
forecast, cost, evidence = st.tabs([_("Forecast"), _("Price"), _("Evidence")])
with forecast:
    expectation(creator, state)
with cost:
    price.what_it_may_cost(creator, state)
with evidence:
    role.evidence(creator, state)
to_the_brief(creator)

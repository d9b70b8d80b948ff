"""Show where a creator's audience lives, against the markets of the brief."""

import streamlit as st

from fit.locale import _
from fit.shortlist import geography_verdict, geography_warning
from pages.ui.blocks import chosen_creator, creator_chooser, heading, next_step, onward
from pages.ui.creator import blocks
from pages.ui.layout import page_state

state = page_state()
creator = chosen_creator(state)
warning = geography_warning(creator, state.brief)
heading(_("Audience"), *geography_verdict(creator, state.brief), term="in_market_share", warning=warning)
creator_chooser(state, creator)
blocks.profile(creator, state)

if creator.in_market_share is None:
    next_step(_("Load an export of this creator's audience by country."), "your_data", _("Load an audience"))
    st.stop()

blocks.geography_figures(creator, state)
blocks.geography_charts(creator, state)
blocks.audience_sources(creator, state)
onward("natural_strength", _("Strength at each stage"))

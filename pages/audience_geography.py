"""Does the creator's audience live where the brief sells?"""

import streamlit as st

from fit.locale import _
from fit.sentences import geography_verdict
from pages.desk import creator_parts
from pages.desk.frame import on_the_desk
from pages.desk.parts import chosen_creator, creator_chooser, heading, next_step

desk = on_the_desk()
one = chosen_creator(desk)
heading(_("Audience geography"), *geography_verdict(one, desk.brief), term="in_market_share")
creator_chooser(desk, one)

if one.in_market_share is None:
    next_step(_("Load an export of this creator's audience by country."), "your_data", _("Load an audience"))
    st.stop()

creator_parts.geography_figures(one, desk)
creator_parts.geography_charts(one, desk)
creator_parts.audience_sources(one, desk)

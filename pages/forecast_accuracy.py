"""Hold our forecasts against past campaigns, and say what the data behind every decision lacks."""

import streamlit as st

from pages.ui.layout import page_state
from pages.ui.learn import accuracy, health, past_forecasts, remembered

state = page_state()
past = accuracy.answer()
if past is None:
    health.card(past_forecasts.data_health())
    st.stop()

accuracy.held(past, state)
accuracy.chances(past, state)
accuracy.by_platform(past)
accuracy.corrections(past, state)
accuracy.frozen_in_charters()
remembered.remembered(past, state)
health.card(past_forecasts.data_health())

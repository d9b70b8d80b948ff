"""Compare the chosen creators: who for the money, every figure side by side, strengths, audiences and futures."""

import streamlit as st

from pages.ui.compare import side_by_side
from pages.ui.layout import page_state
from pages.ui.learn.health import worst_line_of_own_data

state = page_state()
shown = side_by_side.chosen_creators(state)
if len(shown) < side_by_side.FEWEST:
    side_by_side.too_few(state, shown)
    st.stop()

side_by_side.decision(state, shown)
worst_line_of_own_data(state)
side_by_side.strengths(shown, state)
side_by_side.audiences(shown, state)
side_by_side.futures(shown, state)

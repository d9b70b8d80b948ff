"""Show how the forecasts that were frozen in charters held, beside those drawn again of past campaigns."""

import streamlit as st

from fit.locale import _
from fit.review import compute_track_record, past_forecasts
from fit.text import literal
from pages.ui import blocks, decisions_access


def reviewed() -> None:
    """What closed reviews add: their forecasts were said before the campaign, so nothing was drawn again."""
    record = compute_track_record(past_forecasts(decisions_access.saved().reviews()))
    st.header(_("Forecasts frozen in charters"), anchor=False)
    st.markdown(literal(record.message), width=blocks.READING_WIDTH)
    text = _("A closed review that was added to your data counts among the past campaigns above, too.")
    st.caption(text, width=blocks.READING_WIDTH)
    blocks.onward("partnerships", _("By stage and over time, on Partnerships"))

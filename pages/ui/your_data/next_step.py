"""Lead on after a load: to the shortlist for the market where the loaded audiences live, or to what is missing most."""

from collections.abc import Sequence
from typing import Literal

import streamlit as st

from fit.locale import _
from fit.text import words
from pages.ui import blocks, store_access
from pages.ui.view_link import sell_in
from pages.ui.your_data import templates


def after_load(creators: Sequence[str], *, is_question_open: bool) -> None:
    """The one thing to do next. creators: ids of those that the load brought rows of.

    is_question_open: a question about the other files comes first, so the way to the list is no more than a link.
    """
    home = store_access.home_of_audiences(creators) if creators else None
    if home is None and creators:
        _audience_missing()
    elif home is not None:
        label = _("See the shortlist for {country}").format(country=words.country(home))
        kind: Literal["primary", "tertiary"] = "tertiary" if is_question_open else "primary"
        if st.button(label, type=kind, icon=":material/arrow_forward:", on_click=sell_in, args=(home,)):
            blocks.turn_to("shortlist")
    else:
        blocks.onward("shortlist", _("See the shortlist"))


def _audience_missing() -> None:
    sentence = _("Where their audiences live is not loaded yet, and without it they can't be ranked for a market.")
    st.markdown(sentence, width=blocks.READING_WIDTH)
    with st.container(horizontal=True):
        templates.download("audience", ".xlsx", _("Template for audiences"), "next_audience")
        blocks.onward("shortlist", _("See the list as it is"))

"""Show what was shared with the person who is signed in, and take their verdicts."""

import streamlit as st

from pages.ui.layout import page_state
from pages.ui.shared import deck, verdicts

state = page_state()
if not deck.is_asked_for():
    deck.listed()
    st.stop()

share = deck.chosen_share()
story = deck.story_of(share) if share else None
if share is None or story is None:
    deck.shows_nothing()
    st.stop()

deck.show(share, story, state)
deck.downloads(share, story)
verdicts.approvals(share, story)
deck.back_to_list()

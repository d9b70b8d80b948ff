"""Present the chosen creators to brand stakeholders, slide by slide and as files."""

import streamlit as st

from pages.ui.layout import page_state
from pages.ui.learn.health import worst_line_of_own_data
from pages.ui.present import slides
from pages.ui.present.files import downloads
from pages.ui.present.sharing import share_by_link

state = page_state()
story = slides.chosen_story(state)
if story is None:
    slides.nobody_chosen(state)
    st.stop()

if state.view.is_clean:
    slides.slide_alone(story, state)
    st.stop()

slides.slide_on_page(story, state)
worst_line_of_own_data(state)
slides.choices(story, state)
downloads(story)
share_by_link(story, state)

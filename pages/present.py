"""What do we tell brand stakeholders about the chosen creators, slide by slide?"""

import streamlit as st

from pages.desk import presentation
from pages.desk.frame import on_the_desk
from pages.desk.story_files import downloads

desk = on_the_desk()
story = presentation.chosen_story(desk)
if story is None:
    presentation.nobody_chosen(desk)
    st.stop()

if desk.view.is_clean:
    presentation.slide_alone(story, desk)
    st.stop()

presentation.choices(story, desk)
presentation.slide_below(story, desk)
downloads(story)

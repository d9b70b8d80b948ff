"""Who missed what, was it luck, and what now?"""

import streamlit as st

from pages.desk import review_form, review_view
from pages.desk.frame import on_the_desk
from pages.desk.review_on_desk import subject_or_stop

desk = on_the_desk()
subject = subject_or_stop(desk)
review_view.title(subject)
review_form.choose(subject, desk)

review_view.verdict(subject)
review_form.actuals(subject)
if subject.review is None:
    review_view.closed(subject)
    st.stop()

review_view.lines(subject)
review_view.stages(subject, desk)
review_form.talk(subject)
review_form.close(subject)
review_view.closed(subject)

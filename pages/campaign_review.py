"""Review a campaign: results against targets, luck or not, and what next."""

import streamlit as st

from pages.ui.layout import page_state
from pages.ui.review import form, report
from pages.ui.review.open_review import subject_or_stop

state = page_state()
subject = subject_or_stop(state)
report.title(subject)
form.choose(subject, state)

report.verdict(subject)
form.actuals(subject)
if subject.review is None:
    report.closed(subject)
    st.stop()

report.lines(subject)
report.stages(subject, state)
form.talk(subject)
form.close(subject)
report.closed(subject)

"""Review a campaign: results against targets, luck or not, and what next."""

import streamlit as st

from pages.ui.layout import page_state
from pages.ui.partnership.signed_state import signed_state
from pages.ui.review import form, report, to_data
from pages.ui.review.open_review import subject_or_stop

state = page_state()
subject = subject_or_stop(state)
review = subject.review
report.title(review)
signed_state(subject.name, subject.agreement)
report.running(subject, state)
form.choose(subject, state)

report.verdict(review)
form.actuals(subject)
if review is None:
    report.closed(subject)
    st.stop()

report.lines(review)
report.stages(review, state)
form.talk(subject, review)
form.close(subject)
to_data.offer(subject, state)
report.closed(subject)

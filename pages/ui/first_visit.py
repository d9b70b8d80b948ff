"""Say on the first page what this is and what to do next, and mark sample data.

A newcomer's sentence is gone once another page was seen, that of own data once there is enough.
"""

import streamlit as st

from fit.locale import _
from fit.text import words
from pages.ui import store_access

SEEN_ANOTHER = "another_page_was_seen"  # key of the session
FEW_CAMPAIGNS = 10  # below that, published averages weigh more than what was measured here


def sample_mark() -> None:
    """The mark of invented data, which leads to where own data are loaded; on every page, once."""
    meaning = _("All creators and campaigns here are sample data. Load your own data to replace them.")
    st.page_link("pages/your_data.py", label=_("Sample data"), icon=":material/science:", help=meaning, width="content")


def note_page(*, is_first: bool) -> None:
    """Remember that another page than the first was opened."""
    if not is_first:
        st.session_state[SEEN_ANOTHER] = True


def first_words(*, is_demo: bool) -> None:
    """What this is, for a newcomer to the sample data; what is missing most, for whoever loaded own data."""
    if is_demo and SEEN_ANOTHER in st.session_state:
        return
    sentence, action = _introduction() if is_demo else _missing_most()
    if sentence:
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", width="content"):
            st.markdown(f":small[{sentence}]", width="content")
            st.page_link("pages/your_data.py", label=action, icon=":material/upload:", width="content")


def _introduction() -> tuple[str, str]:
    sentence = _("Which creator to book, where, in which role, and what the money brings.")
    return sentence, _("Load your own data")


def _missing_most() -> tuple[str, str]:
    """What own data lack for a judgement of their own, and what to load; two empty texts where there is enough.

    Without any audience nobody can be ranked: the list says so itself.
    """
    facts = store_access.answer_row("generation")
    creators, campaigns = facts["count_creators_with_audience"], facts["count_campaigns"]
    if not creators or campaigns >= FEW_CAMPAIGNS:
        return "", ""
    if not campaigns:
        sentence = _("No campaign results yet: what {creators} would bring is a guess from similar creators.")
        said = sentence.format(creators=words.counted(creators, "creator", "creators"))
        return said, _("Load campaign results")
    sentence = _("Only {campaigns} so far: figures still lean on published averages.")
    return sentence.format(campaigns=words.counted(campaigns, "campaign", "campaigns")), _("Load more results")

"""Say on every page of a partnership when its targets were locked, and that a change is an amendment."""

import streamlit as st

from fit.agreement import locked
from fit.charter import changes_since
from fit.locale import _
from fit.text import words
from pages.ui import decisions_access
from pages.ui.partnership.open_draft import OpenDraft


def signed_state(draft: OpenDraft) -> None:
    """When the first text was signed by both, and in how many terms the draft differs from the newest one; nothing
    before the first signature."""
    texts = decisions_access.saved().amendments(draft.name)
    if not any(text.sign_offs for text in texts):
        return
    locked_at = next(filter(None, map(locked, texts)), None)
    sentences = [
        _("Targets locked on {day}; a change is an amendment.").format(day=words.day(locked_at.date()))
        if locked_at
        else _("One side has signed the charter; a change means that it signs again.")
    ]
    changed = changes_since(texts[-1], draft.agreement)
    if changed:
        terms = words.counted(len(changed), "term", "terms")
        sentences.append(
            _("This draft differs in {terms}: the signed charter counts until both sign the amendment.").format(
                terms=terms
            )
        )
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="signed_state"):
        st.markdown(f":material/lock: {' '.join(sentences)}", width="content")
        if changed:
            st.page_link("pages/partnership_charter.py", label=_("See what changes"), icon=":material/arrow_forward:")

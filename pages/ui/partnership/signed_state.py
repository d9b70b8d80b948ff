"""Say on every page of a partnership when its targets were locked, and that a change is an amendment."""

import streamlit as st

from fit.agreement import Agreement, locked
from fit.charter import changes_since
from fit.locale import _
from fit.text import words
from pages.ui import decisions_access


def signed_state(name: str | None, agreement: Agreement) -> None:
    """When the first text of a name was signed by both, and in how many terms the agreement differs from the newest
    one; nothing before the first signature."""
    texts = decisions_access.saved().amendments(name) if name else []
    if not any(text.sign_offs for text in texts):
        return
    locked_at = next(filter(None, map(locked, texts)), None)
    sentences = [
        _("Targets locked on {day}; a change is an amendment.").format(day=words.day(locked_at.date()))
        if locked_at
        else _("One side has signed the charter; a change means that it signs again.")
    ]
    changed = changes_since(texts[-1], agreement)
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

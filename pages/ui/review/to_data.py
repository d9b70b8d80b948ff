"""Offer the results of a closed review to the data, as a campaign that the next shortlist knows."""

import json
from dataclasses import dataclass
from typing import Any

import streamlit as st

from fit.access import Action
from fit.load_steps import unseen
from fit.locale import _
from fit.review import campaign_file, loaded_beside, missing_in_row, with_id
from fit.text import literal, words
from pages.ui import people, store_access
from pages.ui.decisions_access import ClosedReview
from pages.ui.review.open_review import Subject
from pages.ui.view_link import PageState
from pages.ui.your_data.after_load import first_line
from pages.ui.your_data.report import in_words
from pages.ui.your_data.upload_process import Batch, bring

SAID = "review_added"  # of the session: what the last press did


@dataclass
class Results:
    """A file of one campaign, as an upload."""

    name: str
    content: bytes

    def getbuffer(self) -> memoryview:
        """The bytes, as an uploaded file gives them."""
        return memoryview(self.content)


def offer(subject: Subject, state: PageState) -> None:
    """Add the results of the review that was closed last to the data, in one press; not to sample data."""
    closed = next(iter(subject.closed()), None)
    frozen = json.loads(closed.content).get("campaign") if closed else None
    if closed is None or frozen is None or state.is_demo:
        return
    row = with_id(frozen, closed.sha256)
    st.header(_("Add these results to your data"), anchor=False)
    if said := st.session_state.pop(SAID, ""):
        st.info(literal(said), icon=":material/database:")
    if missing := missing_in_row(row):
        st.caption(literal(" ".join(missing)))
        return
    campaigns = store_access.answer("campaigns_of_creator", creator_id=subject.agreement.creator).to_dicts()
    is_there, others = loaded_beside(row, campaigns)
    if is_there:
        st.caption(_("They are in your data: this campaign counts in the next shortlist. Undo it on Your data."))
        return
    if others:
        st.warning(
            literal(
                _("{campaigns} of the same days are in your data already ({names}). Adding the same results again "
                  "would count them twice.").format(
                    campaigns=words.counted(len(others), "campaign", "campaigns"), names=words.listing(others[:3])
                )
            ),
            icon=":material/content_copy:",
        )  # fmt: skip
    else:
        st.caption(_("The next shortlist then knows what this campaign brought. It can be undone on Your data."))
    if not people.allowed(Action.LOAD):
        st.caption(_("Only an admin of this server can add them."))
        return
    label = _("Add them all the same") if others else _("Add as a campaign")
    st.button(label, key="add_results", icon=":material/database_upload:", on_click=_add, args=(closed, row))


def _add(closed: ClosedReview, row: dict[str, Any]) -> None:
    """Load the row as a file of its own; the same one twice adds nothing (callback)."""
    file = Results(f"review-{closed.review_id}.csv", campaign_file(row))
    batch = bring(Batch((file,)), unseen, is_preview=False)
    st.session_state.setdefault("brought", {})["batch"] = batch  # Your data shows it as the last load
    failed = batch.document.get("failed")
    st.session_state[SAID] = in_words([failed], is_preview=False) if failed else first_line(batch)

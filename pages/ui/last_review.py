"""What the last closed review of a creator says, for every page that tells what to do with it."""

from collections.abc import Collection

import streamlit as st

from fit.brief import Brief
from fit.locale import _
from fit.review import LastReview
from fit.shortlist import Candidate, role_answer
from fit.text import literal
from pages.ui import decisions_access
from pages.ui.view_link import PageState


def last_reviews(creators: Collection[str]) -> dict[str, LastReview]:
    """The last closed review by creator, of these; decisions that cannot be read are told and do not stop the page."""
    try:
        return decisions_access.reviews_of_creators(creators)
    except decisions_access.DecisionsError as error:
        st.warning(literal(error), icon=":material/history:")
        return {}


def note_of_review(creator_id: str, brief: Brief) -> None:
    """The line of the last review, where there is one; a warning where it says not to book again for this brief."""
    review = last_reviews([creator_id]).get(creator_id)
    if review and review.advises_against(brief):
        st.warning(literal(review.sentence), icon=":material/history:")
    elif review:
        st.caption(f":material/history: {literal(review.sentence)}")


def answer_after_review(creator: Candidate, state: PageState) -> tuple[str, str]:
    """The role as an answer with its reason; a review that says not to book again comes first."""
    verdict, because = role_answer(creator, state.brief)
    review = last_reviews([creator.creator_id]).get(creator.creator_id)
    if review is None:
        return verdict, because
    if not review.advises_against(state.brief):
        return verdict, f"{because} {review.sentence}"
    said = _("{review} By the numbers alone: {verdict}. {because}")
    return review.line.rstrip("."), said.format(review=review.sentence, verdict=verdict.rstrip("."), because=because)

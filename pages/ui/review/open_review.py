"""Read the campaign under review, the forecast that it is judged against, and what has been typed of it so far.

A saved charter comes with the forecast frozen in it; a draft, and a creator without a partnership, are judged against a
forecast drawn now, which the page says. What is typed for a partnership is saved like its draft, version by version,
together with what somebody else saved meanwhile; without a partnership it stays in this session.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import streamlit as st

from fit.agreement import Agreement, AgreementError, FrozenForecast, first_draft
from fit.locale import _, phrase
from fit.model import RoleLabel
from fit.pace import Running, counts_as_results
from fit.review import Clash, Review, ReviewDraft, merge_drafts, read_draft, review_campaign, write_draft
from fit.shortlist import display_name
from pages.ui import blocks, decisions_access, store_access
from pages.ui.decisions_access import AGREEMENT
from pages.ui.partnership import open_draft
from pages.ui.partnership.toolbar import stop_unreadable
from pages.ui.view_link import PageState

# Keys of the session: what the screen shows, by creator what was typed without a partnership, by name of a partnership
# the fields that somebody else changed as well, and the texts that hold what both wrote since the last run.
SHOWN, WITHOUT_NAME, CLASHES, JOINED = "review_shown", "review_without_name", "review_clashes", "review_joined"
MOST_ATTEMPTS = 5  # to save on top of what others save at the same time
TEXT_LABELS = {"notes": phrase("Notes of the talk"), "outcome": phrase("Outcome, in your own words")}


@dataclass(frozen=True)
class Subject:
    """A campaign under review. name: of the partnership, None without one. amendment: of its charter, None for a draft.
    role: of the creator in the markets, None where the store does not know. draft: what was typed, in this version; the
    newest counts where nothing was and the last day is over. running: how it stands while its results come in.
    creator_name: not yet safe for markup."""

    name: str | None
    agreement: Agreement
    amendment: int | None
    frozen: FrozenForecast
    was_frozen: bool
    creator_name: str
    role: RoleLabel | None
    draft: ReviewDraft
    version: int
    running: Running | None = None

    @cached_property
    def review(self) -> Review | None:
        """The review of what was typed; None before anything was."""
        return self.judged() if self.draft.actuals else None

    def judged(self) -> Review:
        """The review in the language that is spoken when it is asked for."""
        return review_campaign(
            self.agreement, self.frozen, self.draft.actuals, charter=self.name, was_frozen=self.was_frozen,
            talk=self.draft.talk(self.agreement.commitments), role=self.role,
        )  # fmt: skip

    def closed(self) -> list[decisions_access.ClosedReview]:
        """Reviews of this campaign that were closed, the last one first."""
        own, reviews = (self.name, self.agreement.creator), decisions_access.saved().reviews()
        return [review for review in reversed(reviews) if (review.name, review.creator_id) == own]


def subject_or_stop(state: PageState) -> Subject:
    """The campaign that the link names. The page ends in a sentence where its draft cannot be read."""
    try:
        named = _of_name(state.partnership) if state.partnership else None
    except (decisions_access.DecisionsError, AgreementError) as error:
        stop_unreadable(_("Review"), error)
    subject = named or _without_partnership(state)
    st.session_state[SHOWN] = subject
    return subject


def shown_subject() -> Subject:
    """The campaign on screen, for callbacks."""
    return st.session_state[SHOWN]


def _of_name(name: str) -> Subject | None:
    """A partnership by its saved charter, else by its draft; None for a name that nobody has used."""
    saved = decisions_access.saved()
    charter, draft = saved.charter(name), saved.draft(AGREEMENT, name)
    text = charter.agreement if charter else draft.text if draft else None
    if text is None:
        return None
    agreement = open_draft.agreement_of(text)
    creator = store_access.candidate(agreement.brief, agreement.creator)
    saved_review = decisions_access.saved().draft(decisions_access.REVIEW, name)
    is_over = agreement.end is not None and agreement.end < date.today()
    counted = counts_as_results(decisions_access.counts_of(name)) if is_over and not saved_review else {}
    frozen = FrozenForecast.from_json(json.loads(charter.forecast)) if charter and charter.forecast else None
    return Subject(
        name=name,
        agreement=agreement,
        amendment=charter.amendment if charter else None,
        frozen=frozen or store_access.rates(agreement),
        was_frozen=frozen is not None,
        creator_name=display_name(creator) if creator else agreement.creator,
        role=creator.role.label if creator else None,
        draft=read_draft(saved_review.text) if saved_review else ReviewDraft(counted),
        version=saved_review.version if saved_review else 0,
        running=decisions_access.running_campaign(name, open_draft.agreement_if_readable),
    )


def _without_partnership(state: PageState) -> Subject:
    creator = blocks.chosen_creator(state)
    line = store_access.creator_line(state.line, state.brief, creator)
    agreement = first_draft(state.brief, line, store_access.profile(creator.creator_id), dict(state.line.targets))
    draft = st.session_state.get(WITHOUT_NAME, {}).get(creator.creator_id, ReviewDraft())
    return Subject(
        name=None,
        agreement=agreement,
        amendment=None,
        frozen=store_access.rates(agreement),
        was_frozen=False,
        creator_name=display_name(creator),
        role=creator.role.label,
        draft=draft,
        version=0,
    )


def change(patch: Callable[[ReviewDraft], ReviewDraft]) -> bool:
    """Save a change of what was typed (callback); return whether it counts now."""
    shown = shown_subject()
    draft = patch(shown.draft)
    if shown.name is None:
        drafts = st.session_state.get(WITHOUT_NAME, {})
        st.session_state[WITHOUT_NAME] = drafts | {shown.agreement.creator: draft}
        _show(shown, draft, 0)
        return True
    with open_draft.failures_told():
        _save_with_others(shown, draft)
        return True
    return False


def _save_with_others(shown: Subject, draft: ReviewDraft) -> None:
    """Save on top of the newest version, with what somebody else saved since the one on screen."""
    assert shown.name is not None
    version, together = shown.version, draft
    for attempt in range(MOST_ATTEMPTS):
        try:
            text = write_draft(together)
            version = decisions_access.save_draft(shown.name, text, version, decisions_access.REVIEW).version
            break
        except decisions_access.Conflict as conflict:
            if attempt + 1 == MOST_ATTEMPTS:
                raise
            theirs = conflict.theirs
            version = 0 if theirs.is_removed else theirs.version
            together = draft if theirs.is_removed else _merged(shown, draft, read_draft(theirs.text))
    _show(shown, together, version)


def _merged(shown: Subject, draft: ReviewDraft, theirs: ReviewDraft) -> ReviewDraft:
    """Both changes; fields that clash wait beside their field until one is chosen."""
    merged = merge_drafts(shown.draft, draft, theirs)
    all_clashes = st.session_state.setdefault(CLASHES, {})
    earlier = all_clashes.get(shown.name, {})
    all_clashes[shown.name] = earlier | {(clash.part, clash.key): clash for clash in merged.clashes}
    st.session_state[JOINED] = merged.joined
    return merged.together


def clash_on(subject: Subject, part: str, key: str = "") -> Clash | None:
    """Another value that was typed here for a field while somebody else changed it too."""
    clash: Clash | None = st.session_state.get(CLASHES, {}).get(subject.name, {}).get((part, key))
    return clash


def settle(clash: Clash, *, mine: bool) -> None:
    """End a clash with one of the two values (callback)."""
    shown = shown_subject()
    if not mine or change(clash.settled):
        st.session_state[CLASHES][shown.name].pop((clash.part, clash.key), None)


def _show(shown: Subject, draft: ReviewDraft, version: int) -> None:
    """Several fields may report in one run: each rests on what the one before it saved."""
    st.session_state[SHOWN] = replace(shown, draft=draft, version=version)

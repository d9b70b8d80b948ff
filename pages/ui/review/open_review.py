"""Which campaign is reviewed, against which forecast, and what has been typed of it so far?

A kept charter comes with the forecast frozen in it; a draft, and a creator without any paper, are judged against a
forecast drawn now, which the page says. What is typed for a partnership is kept like its paper, version by version;
without a partnership it stays in this session.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import streamlit as st

from fit.agreement import Agreement, AgreementError, FrozenForecast, first_draft
from fit.locale import _
from fit.review import Review, ReviewDraft, read_draft, review_campaign, write_draft
from fit.shortlist import display_name as name_of
from fit.text import literal
from pages.ui import blocks, decisions_access, store_access
from pages.ui.brief_sidebar import PageState
from pages.ui.partnership import open_draft

SHOWN, ALONE = "review_shown", "review_alone"  # keys of the session: what the screen shows, a draft without a name


@dataclass(frozen=True)
class Subject:
    """A campaign under review. name: of the partnership, None without one. amendment: of its charter, None for a draft.
    draft: what was typed, in this version. creator_name: not yet safe for markup."""

    name: str | None
    agreement: Agreement
    amendment: int | None
    frozen: FrozenForecast
    was_frozen: bool
    creator_name: str
    draft: ReviewDraft
    version: int

    @cached_property
    def review(self) -> Review | None:
        """The review of what was typed; None before anything was."""
        return self.judged() if self.draft.actuals else None

    def judged(self) -> Review:
        """The review in the language that is spoken when it is asked for."""
        return review_campaign(
            self.agreement, self.frozen, self.draft.actuals, charter=self.name, was_frozen=self.was_frozen,
            talk=self.draft.talk(self.agreement.commitments),
        )  # fmt: skip

    @cached_property
    def closed(self) -> list[decisions_access.ClosedReview]:
        """Reviews of this campaign that were closed, the last one first."""
        found = [
            one
            for one in decisions_access.reviews()
            if one.name == self.name and one.creator_id == self.agreement.creator
        ]
        return found[::-1]


def subject_or_stop(state: PageState) -> Subject:
    """The campaign that the link names. The page ends in a sentence where its paper cannot be read."""
    try:
        found = _of_name(state.partnership) if state.partnership else _without_paper(state)
    except (decisions_access.DecisionsError, AgreementError) as error:
        st.title(_("Campaign review"), anchor=False)
        st.error(literal(error), title=_("The paper cannot be read"), icon=":material/error:")
        st.stop()
    found = found or _without_paper(state)
    st.session_state[SHOWN] = found
    return found


def _of_name(name: str) -> Subject | None:
    """A partnership by its kept charter, else by its draft; None for a name that nobody has used."""
    charter, paper = decisions_access.charter(name), decisions_access.draft(name)
    if charter is None and paper is None:
        return None
    agreement = open_draft.agreement_of(charter.agreement if charter else paper.text)
    kept = decisions_access.draft(name, decisions_access.REVIEW)
    frozen = FrozenForecast.from_json(json.loads(charter.forecast)) if charter and charter.forecast else None
    return Subject(
        name=name,
        agreement=agreement,
        amendment=charter.amendment if charter else None,
        frozen=frozen or store_access.rates(agreement),
        was_frozen=frozen is not None,
        creator_name=_called(agreement),
        draft=read_draft(kept.text) if kept else ReviewDraft(),
        version=kept.version if kept else 0,
    )


def _called(agreement: Agreement) -> str:
    one = store_access.candidate(agreement.brief, agreement.creator)
    return name_of(one) if one else agreement.creator


def _without_paper(state: PageState) -> Subject:
    """The creator of the link under the brief of the sidebar, with the goal's usual lines."""
    one = blocks.chosen_creator(state)
    asked = store_access.creator_line(state.line, state.brief, one)
    agreement = first_draft(state.brief, asked, store_access.profile(one.creator_id), dict(state.line.targets))
    draft = st.session_state.get(ALONE, {}).get(one.creator_id, ReviewDraft())
    return Subject(None, agreement, None, store_access.rates(agreement), False, name_of(one), draft, 0)


def change(patched: Callable[[ReviewDraft], ReviewDraft]) -> bool:
    """Keep a change of what was typed (callback); return whether it counts now."""
    shown: Subject = st.session_state[SHOWN]
    draft = patched(shown.draft)
    if shown.name is None:
        drafts = st.session_state.get(ALONE, {})
        st.session_state[ALONE] = drafts | {shown.agreement.creator: draft}
        _show(shown, draft, 0)
        return True
    try:
        kept = decisions_access.save_draft(shown.name, write_draft(draft), shown.version, decisions_access.REVIEW)
    except decisions_access.Conflict:
        open_draft.say(
            _("Somebody else changed this review meanwhile; theirs is shown now. Type your change again if it is still "
              "wanted.")
        )  # fmt: skip
        return False
    except decisions_access.DecisionsError as error:
        open_draft.say(str(error))
        return False
    _show(shown, draft, kept.version)
    return True


def _show(shown: Subject, draft: ReviewDraft, version: int) -> None:
    """Several fields may report in one run: each rests on what the one before it saved."""
    st.session_state[SHOWN] = Subject(
        shown.name, shown.agreement, shown.amendment, shown.frozen, shown.was_frozen, shown.creator_name, draft, version
    )

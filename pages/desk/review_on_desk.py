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

from fit import words
from fit.agreement import Agreement, AgreementError
from fit.beginning import first_draft
from fit.frozen import Frozen
from fit.locale import _
from fit.review import Review, review
from fit.review_draft import ReviewDraft, read_draft, write_draft
from fit.sentences import name as name_of
from pages.desk import answers, paper_on_desk, papers, parts
from pages.desk.frame import Desk

SHOWN, ALONE = "review_shown", "review_alone"  # keys of the session: what the screen shows, a draft without a name


@dataclass(frozen=True)
class Subject:
    """A campaign under review. name: of the partnership, None without one. amendment: of its charter, None for a draft.
    draft: what was typed, in this version. creator_name: not yet safe for markup."""

    name: str | None
    agreement: Agreement
    amendment: int | None
    frozen: Frozen
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
        return review(
            self.agreement, self.frozen, self.draft.actuals, charter=self.name, was_frozen=self.was_frozen,
            talk=self.draft.talk(self.agreement.commitments),
        )  # fmt: skip

    @cached_property
    def closed(self) -> list[papers.Review]:
        """Reviews of this campaign that were closed, the last one first."""
        found = [one for one in papers.reviews() if one.name == self.name and one.creator_id == self.agreement.creator]
        return found[::-1]


def subject_or_stop(desk: Desk) -> Subject:
    """The campaign that the link names. The page ends in a sentence where its paper cannot be read."""
    try:
        found = _of_name(desk.paper) if desk.paper else _without_paper(desk)
    except (papers.DecisionsError, AgreementError) as error:
        st.title(_("Campaign review"), anchor=False)
        st.error(words.literal(error), title=_("The paper cannot be read"), icon=":material/error:")
        st.stop()
    found = found or _without_paper(desk)
    st.session_state[SHOWN] = found
    return found


def _of_name(name: str) -> Subject | None:
    """A partnership by its kept charter, else by its draft; None for a name that nobody has used."""
    charter, paper = papers.charter(name), papers.draft(name)
    if charter is None and paper is None:
        return None
    agreement = paper_on_desk.agreement_of(charter.agreement if charter else paper.text)
    kept = papers.draft(name, papers.REVIEW)
    frozen = Frozen.from_json(json.loads(charter.forecast)) if charter and charter.forecast else None
    return Subject(
        name=name,
        agreement=agreement,
        amendment=charter.amendment if charter else None,
        frozen=frozen or answers.rates(agreement),
        was_frozen=frozen is not None,
        creator_name=_called(agreement),
        draft=read_draft(kept.text) if kept else ReviewDraft(),
        version=kept.version if kept else 0,
    )


def _called(agreement: Agreement) -> str:
    one = answers.candidate(agreement.brief, agreement.creator)
    return name_of(one) if one else agreement.creator


def _without_paper(desk: Desk) -> Subject:
    """The creator of the link under the brief of the sidebar, with the goal's usual lines."""
    one = parts.chosen_creator(desk)
    asked = answers.asked_of_creator(desk.line, desk.brief, one)
    agreement = first_draft(desk.brief, asked, answers.profile(one.creator_id), dict(desk.line.targets))
    draft = st.session_state.get(ALONE, {}).get(one.creator_id, ReviewDraft())
    return Subject(None, agreement, None, answers.rates(agreement), False, name_of(one), draft, 0)


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
        kept = papers.save_draft(shown.name, write_draft(draft), shown.version, papers.REVIEW)
    except papers.Conflict:
        paper_on_desk.say(
            _("Somebody else changed this review meanwhile; theirs is shown now. Type your change again if it is still "
              "wanted.")
        )  # fmt: skip
        return False
    except papers.DecisionsError as error:
        paper_on_desk.say(str(error))
        return False
    _show(shown, draft, kept.version)
    return True


def _show(shown: Subject, draft: ReviewDraft, version: int) -> None:
    """Several fields may report in one run: each rests on what the one before it saved."""
    st.session_state[SHOWN] = Subject(
        shown.name, shown.agreement, shown.amendment, shown.frozen, shown.was_frozen, shown.creator_name, draft, version
    )

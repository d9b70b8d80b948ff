"""Show one person the decisions that they may see: their own partnerships and those of the team.

A partnership that somebody else keeps to themselves is not there, in no list and under no name. What a person begins
belongs to them. Saved shortlists and views are the team's.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from data.decisions.activity import ActivityLog
from data.decisions.decisions import Decisions
from data.decisions.members import Members
from data.decisions.owners import Owners
from data.decisions.shares import Shares
from data.decisions.values import (
    OF_PARTNERSHIPS,
    ClosedReview,
    Counted,
    DecisionsError,
    SavedCharter,
    SavedCount,
    SavedDraft,
    SignOff,
    StageNote,
)


class PersonsDecisions(Decisions):
    """All decisions as one person may see and change them. Nothing of it is remembered between two calls."""

    def __init__(self, everything: Decisions, person: str) -> None:
        self._all, self._person, self.place = everything, person, everything.place

    def _sees(self, name: str | None, kind: str = "agreement") -> bool:
        if name is None or kind not in OF_PARTNERSHIPS:
            return True
        owned = self._all.owners().of(name)
        return owned is None or not owned.is_hidden_from(self._person)

    def _hidden(self) -> frozenset[str]:
        return self._all.owners().hidden_from(self._person)

    def _to_change(self, name: str | None, kind: str = "agreement") -> Decisions:
        """All decisions, where this person may change what is called so. Raises DecisionsError as for what is not."""
        if not self._sees(name, kind):
            raise DecisionsError(f"There is no partnership called {name!r}. It may be gone: reload the page.")
        return self._all

    def _to_begin(self, name: str, now: datetime, kind: str = "agreement") -> Decisions:
        """The same; what nobody has used belongs to this person from now on."""
        if kind in OF_PARTNERSHIPS and not self._all.is_sample(name):
            self._all.owners().begin(name, self._person, now)
        return self._to_change(name, kind)

    def close(self) -> None:
        """Give back every connection."""
        self._all.close()

    def is_sample(self, name: str) -> bool:
        """As Decisions.is_sample."""
        return self._all.is_sample(name)

    def members(self) -> Members:
        """As Decisions.members."""
        return self._all.members()

    def activity(self) -> ActivityLog:
        """As Decisions.activity."""
        return self._all.activity()

    def shares(self) -> Shares:
        """As Decisions.shares."""
        return self._all.shares()

    def owners(self) -> Owners:
        """As Decisions.owners."""
        return self._all.owners()

    def save(self, kind: str, name: str, text: str, *, version: int, by: str | None, now: datetime) -> SavedDraft:
        """As Decisions.save; a partnership that is new belongs to this person alone."""
        return self._to_begin(name, now, kind).save(kind, name, text, version=version, by=by, now=now)

    def remove(self, kind: str, name: str, version: int, now: datetime, by: str | None = None) -> SavedDraft:
        """As Decisions.remove."""
        return self._to_change(name, kind).remove(kind, name, version, now, by)

    def restore(self, kind: str, name: str, version: int, now: datetime, by: str | None = None) -> SavedDraft:
        """As Decisions.restore."""
        return self._to_change(name, kind).restore(kind, name, version, now, by)

    def draft(self, kind: str, name: str) -> SavedDraft | None:
        """As Decisions.draft."""
        return self._all.draft(kind, name) if self._sees(name, kind) else None

    def drafts(self, kind: str) -> list[SavedDraft]:
        """As Decisions.drafts."""
        hidden = self._hidden() if kind in OF_PARTNERSHIPS else frozenset()
        return [draft for draft in self._all.drafts(kind) if draft.name not in hidden]

    def history(self, kind: str, name: str) -> list[SavedDraft]:
        """As Decisions.history."""
        return self._all.history(kind, name) if self._sees(name, kind) else []

    def save_charter(
        self, name: str, *, creator_id: str, text: str, sha256: str, agreement: str, forecast: str | None,
        generation: int | None, despite: str | None, now: datetime,
    ) -> SavedCharter:  # fmt: skip
        """As Decisions.save_charter."""
        return self._to_begin(name, now).save_charter(
            name, creator_id=creator_id, text=text, sha256=sha256, agreement=agreement, forecast=forecast,
            generation=generation, despite=despite, now=now,
        )  # fmt: skip

    def charter(self, name: str, amendment: int | None = None) -> SavedCharter | None:
        """As Decisions.charter."""
        return self._all.charter(name, amendment) if self._sees(name) else None

    def charters(self) -> list[SavedCharter]:
        """As Decisions.charters."""
        hidden = self._hidden()
        return [charter for charter in self._all.charters() if charter.name not in hidden]

    def amendments(self, name: str) -> list[SavedCharter]:
        """As Decisions.amendments."""
        return self._all.amendments(name) if self._sees(name) else []

    def sign(self, name: str, *, side: str, signer: str, sha256: str, generation: int | None, now: datetime) -> SignOff:
        """As Decisions.sign."""
        to_sign = self._to_change(name)
        return to_sign.sign(name, side=side, signer=signer, sha256=sha256, generation=generation, now=now)

    def note_stage(self, name: str, creator_id: str, stage: str, reason: str | None, now: datetime) -> StageNote:
        """As Decisions.note_stage."""
        return self._to_begin(name, now).note_stage(name, creator_id, stage, reason, now)

    def stages(self, name: str) -> list[StageNote]:
        """As Decisions.stages."""
        return self._all.stages(name) if self._sees(name) else []

    def all_stages(self) -> list[StageNote]:
        """As Decisions.all_stages."""
        hidden = self._hidden()
        return [note for note in self._all.all_stages() if note.name not in hidden]

    def note_counts(
        self, name: str, decide: Callable[[Sequence[SavedCount]], Sequence[Counted]], now: datetime
    ) -> list[SavedCount]:
        """As Decisions.note_counts."""
        return self._to_change(name).note_counts(name, decide, now)

    def counts(self, name: str) -> list[SavedCount]:
        """As Decisions.counts."""
        return self._all.counts(name) if self._sees(name) else []

    def close_review(
        self, *, name: str | None, creator_id: str, text: str, sha256: str, content: str, generation: int | None,
        outcome: str, next_time: str | None, now: datetime,
    ) -> ClosedReview:  # fmt: skip
        """As Decisions.close_review."""
        return self._to_change(name).close_review(
            name=name, creator_id=creator_id, text=text, sha256=sha256, content=content, generation=generation,
            outcome=outcome, next_time=next_time, now=now,
        )  # fmt: skip

    def reviews(self, creators: Collection[str] | None = None) -> list[ClosedReview]:
        """As Decisions.reviews."""
        hidden = self._hidden()
        return [review for review in self._all.reviews(creators) if review.name not in hidden]

    def review(self, review_id: int) -> ClosedReview | None:
        """As Decisions.review."""
        found = self._all.review(review_id)
        return found if found and self._sees(found.name) else None

    def check(self) -> list[str]:
        """As Decisions.check."""
        return self._all.check()

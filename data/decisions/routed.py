"""Route calls of the decisions to the store that a partnership's name leads to: what stores made of others build on."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from datetime import datetime

from data.decisions.activity import ActivityLog
from data.decisions.decisions import Decisions
from data.decisions.members import Members
from data.decisions.owners import Owners
from data.decisions.shares import Shares
from data.decisions.values import ClosedReview, Counted, SavedCharter, SavedCount, SavedDraft, SignOff, StageNote


class RoutedDecisions(Decisions, ABC):
    """Decisions that are kept by others: calls about a partnership go where its name leads, all else to `decisions`.

    A class that derives from this says where names lead, and answers what is asked of all names at once.
    """

    def __init__(self, decisions: Decisions) -> None:
        self._decisions, self.place = decisions, decisions.place

    @abstractmethod
    def _to_read(self, name: str | None, kind: str = "agreement") -> Decisions | None:
        """Where what is called so is read; None answers as if there were nothing."""

    @abstractmethod
    def _to_change(self, name: str | None, kind: str = "agreement") -> Decisions:
        """Where what is called so is changed. Raises DecisionsError where it may not be."""

    def _to_begin(self, name: str, now: datetime, kind: str = "agreement") -> Decisions:
        """Where what is called so is changed or, if it is new, begun. Raises DecisionsError where it may not be."""
        return self._to_change(name, kind)

    def close(self) -> None:
        """Give back every connection."""
        self._decisions.close()

    def is_sample(self, name: str) -> bool:
        """As Decisions.is_sample."""
        return self._decisions.is_sample(name)

    def members(self) -> Members:
        """As Decisions.members."""
        return self._decisions.members()

    def activity(self) -> ActivityLog:
        """As Decisions.activity."""
        return self._decisions.activity()

    def shares(self) -> Shares:
        """As Decisions.shares."""
        return self._decisions.shares()

    def owners(self) -> Owners:
        """As Decisions.owners."""
        return self._decisions.owners()

    def save(self, kind: str, name: str, text: str, *, version: int, by: str | None, now: datetime) -> SavedDraft:
        """As Decisions.save."""
        return self._to_begin(name, now, kind).save(kind, name, text, version=version, by=by, now=now)

    def remove(self, kind: str, name: str, version: int, now: datetime, by: str | None = None) -> SavedDraft:
        """As Decisions.remove."""
        return self._to_change(name, kind).remove(kind, name, version, now, by)

    def restore(self, kind: str, name: str, version: int, now: datetime, by: str | None = None) -> SavedDraft:
        """As Decisions.restore."""
        return self._to_change(name, kind).restore(kind, name, version, now, by)

    def draft(self, kind: str, name: str) -> SavedDraft | None:
        """As Decisions.draft."""
        found = self._to_read(name, kind)
        return found.draft(kind, name) if found else None

    def history(self, kind: str, name: str) -> list[SavedDraft]:
        """As Decisions.history."""
        found = self._to_read(name, kind)
        return found.history(kind, name) if found else []

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
        found = self._to_read(name)
        return found.charter(name, amendment) if found else None

    def amendments(self, name: str) -> list[SavedCharter]:
        """As Decisions.amendments."""
        found = self._to_read(name)
        return found.amendments(name) if found else []

    def sign(self, name: str, *, side: str, signer: str, sha256: str, generation: int | None, now: datetime) -> SignOff:
        """As Decisions.sign."""
        to_sign = self._to_change(name)
        return to_sign.sign(name, side=side, signer=signer, sha256=sha256, generation=generation, now=now)

    def note_stage(self, name: str, creator_id: str, stage: str, reason: str | None, now: datetime) -> StageNote:
        """As Decisions.note_stage."""
        return self._to_begin(name, now).note_stage(name, creator_id, stage, reason, now)

    def stages(self, name: str) -> list[StageNote]:
        """As Decisions.stages."""
        found = self._to_read(name)
        return found.stages(name) if found else []

    def note_counts(
        self, name: str, decide: Callable[[Sequence[SavedCount]], Sequence[Counted]], now: datetime
    ) -> list[SavedCount]:
        """As Decisions.note_counts."""
        return self._to_change(name).note_counts(name, decide, now)

    def counts(self, name: str) -> list[SavedCount]:
        """As Decisions.counts."""
        found = self._to_read(name)
        return found.counts(name) if found else []

    def close_review(
        self, *, name: str | None, creator_id: str, text: str, sha256: str, content: str, generation: int | None,
        outcome: str, next_time: str | None, now: datetime,
    ) -> ClosedReview:  # fmt: skip
        """As Decisions.close_review."""
        return self._to_change(name).close_review(
            name=name, creator_id=creator_id, text=text, sha256=sha256, content=content, generation=generation,
            outcome=outcome, next_time=next_time, now=now,
        )  # fmt: skip

    def check(self) -> list[str]:
        """As Decisions.check."""
        return self._decisions.check()

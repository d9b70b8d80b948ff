"""Show one person the decisions that they may see: their own partnerships and those of the team.

A partnership that somebody else keeps to themselves is not there, in no list and under no name. What a person begins
belongs to them. Saved shortlists and views are the team's.
"""

from collections.abc import Collection
from datetime import datetime

from data.decisions.decisions import Decisions
from data.decisions.routed import RoutedDecisions
from data.decisions.values import OF_PARTNERSHIPS, ClosedReview, DecisionsError, SavedCharter, SavedDraft, StageNote


class PersonsDecisions(RoutedDecisions):
    """All decisions as one person may see and change them. Nothing of it is remembered between two calls."""

    def __init__(self, decisions: Decisions, person: str) -> None:
        super().__init__(decisions)
        self._person = person

    def _sees(self, name: str | None, kind: str = "agreement") -> bool:
        if name is None or kind not in OF_PARTNERSHIPS:
            return True
        owned = self.owners().of(name)
        return owned is None or not owned.is_hidden_from(self._person)

    def _hidden(self) -> frozenset[str]:
        return self.owners().hidden_from(self._person)

    def _to_read(self, name: str | None, kind: str = "agreement") -> Decisions | None:
        return self._decisions if self._sees(name, kind) else None

    def _to_change(self, name: str | None, kind: str = "agreement") -> Decisions:
        """All decisions, where this person may change what is called so. Raises DecisionsError as for what is not."""
        if not self._sees(name, kind):
            raise DecisionsError(f"There is no partnership called {name!r}. It may be gone: reload the page.")
        return self._decisions

    def _to_begin(self, name: str, now: datetime, kind: str = "agreement") -> Decisions:
        """The same; what nobody has used belongs to this person from now on."""
        if kind in OF_PARTNERSHIPS and not self.is_sample(name):
            self.owners().begin(name, self._person, now)
        return self._to_change(name, kind)

    def drafts(self, kind: str) -> list[SavedDraft]:
        """As Decisions.drafts."""
        hidden = self._hidden() if kind in OF_PARTNERSHIPS else frozenset()
        return [draft for draft in self._decisions.drafts(kind) if draft.name not in hidden]

    def charters(self) -> list[SavedCharter]:
        """As Decisions.charters."""
        hidden = self._hidden()
        return [charter for charter in self._decisions.charters() if charter.name not in hidden]

    def all_stages(self) -> list[StageNote]:
        """As Decisions.all_stages."""
        hidden = self._hidden()
        return [note for note in self._decisions.all_stages() if note.name not in hidden]

    def reviews(self, creators: Collection[str] | None = None) -> list[ClosedReview]:
        """As Decisions.reviews."""
        hidden = self._hidden()
        return [review for review in self._decisions.reviews(creators) if review.name not in hidden]

    def review(self, review_id: int) -> ClosedReview | None:
        """As Decisions.review."""
        found = self._decisions.review(review_id)
        return found if found and self._sees(found.name) else None

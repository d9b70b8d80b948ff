"""Say what the last closed review of a creator says for the next time, and whether it advises against a brief."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fit.agreement import SavedReview
from fit.brief import Brief
from fit.locale import _
from fit.text import plain, words


@dataclass(frozen=True)
class LastReview:
    """The review of a creator that was closed last. line: for the next time. goal, markets: of its campaign, empty
    where an earlier version closed it. is_against: the diagnosis says not to book again, and nobody wrote another line.
    """

    line: str
    closed_on: date
    goal: str = ""
    markets: tuple[str, ...] = ()
    is_against: bool = False

    @property
    def sentence(self) -> str:
        """Its line, with the day on which it was closed."""
        day = words.day(self.closed_on)
        return _("Last review ({day}): {line}").format(day=day, line=plain(self.line).strip())

    def advises_against(self, brief: Brief) -> bool:
        """Whether it says not to book again for the goal of this brief in one of its markets."""
        return self.is_against and self.goal == brief.goal and bool(set(self.markets) & set(dict(brief.markets)))


def last_reviews(reviews: Sequence[SavedReview]) -> dict[str, LastReview]:
    """The last closed review of each creator that has a line. reviews: in the order closed."""
    return {review.creator_id: _last(review) for review in reviews if review.next_time}


def _last(review: SavedReview) -> LastReview:
    content = json.loads(review.content)
    return LastReview(
        line=review.next_time or "",
        closed_on=review.closed_at.date(),
        goal=content.get("goal", ""),
        markets=tuple(content.get("markets", ())),
        is_against=bool(content.get("is_against", False)),
    )

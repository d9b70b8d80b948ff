"""Save a review: as a draft while it is typed, then closed: its numbers, generation, text and hash frozen.

Later loads change nothing of a closed one.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar

from fit.agreement import PartnershipStage, ReviewStore, SavedReview, Task
from fit.charter import hash_of
from fit.review.review import CommitmentResult, Review, Talk, review_json
from fit.review.review_document import review_as_document
from fit.review.track_record import Past
from fit.text import as_markdown

LONGEST_NOTE = 5_000  # characters
Closed = TypeVar("Closed", bound=SavedReview)


@dataclass(frozen=True)
class ReviewDraft:
    """actuals: metric to value. kept: commitment_keys to whether it was fulfilled. The rest as Talk."""

    actuals: Mapping[str, float] = field(default_factory=dict)
    kept: Mapping[str, bool] = field(default_factory=dict)
    notes: str = ""
    outcome: str = ""
    next_time: str = ""

    def talk(self, commitments: tuple[Task, ...]) -> Talk:
        """What people added, with every commitment of the agreement."""
        # Drafts of earlier versions name a commitment by its text alone.
        keyed = zip(commitments, commitment_keys(commitments), strict=True)
        results = tuple(CommitmentResult(task, self.kept.get(key, self.kept.get(task.text))) for task, key in keyed)
        return Talk(results, self.notes, self.outcome, self.next_time)

    def with_kept(self, commitments: tuple[Task, ...], place: int, was_kept: bool | None) -> "ReviewDraft":
        """The draft with one commitment answered, the one at this place; None: not answered."""
        answers = [result.was_kept for result in self.talk(commitments).commitments]
        answers[place] = was_kept
        keyed = zip(commitment_keys(commitments), answers, strict=True)
        return replace(self, kept={key: answer for key, answer in keyed if answer is not None})


def commitment_keys(commitments: Sequence[Task]) -> tuple[str, ...]:
    """A name for each commitment, so that equal words of brand and creator, or said twice, are told apart."""
    commitments_given = [(task.owner, task.text) for task in commitments]
    return tuple(
        f"{owner} {commitments_given[: place + 1].count((owner, text))} {text}"
        for place, (owner, text) in enumerate(commitments_given)
    )


def write_draft(draft: ReviewDraft) -> str:
    """The draft as text; the same draft gives the same text."""
    return json.dumps(vars(draft), ensure_ascii=False, sort_keys=True, indent=1)


def read_draft(text: str) -> ReviewDraft:
    """Read what write_draft wrote."""
    return ReviewDraft(**json.loads(text))


def freeze_review(
    decisions: ReviewStore[Closed], review: Review, creator_name: str, now: datetime, called: str | None = None
) -> Closed:
    """Freeze a review and note the partnership as reviewed; return what was saved. Raises what decisions raise.

    called: what the partnership is called, where that is not the name that it is saved under.
    """
    text = as_markdown(review_as_document(review, creator_name, called))
    closed = decisions.close_review(
        name=review.charter,
        creator_id=review.agreement.creator,
        text=text,
        sha256=hash_of(text),
        content=json.dumps(review_json(review), allow_nan=False, sort_keys=True),
        generation=review.frozen.generation if review.frozen else None,
        outcome=review.verdict,
        next_time=review.next_time,
        now=now,
    )
    if review.charter is not None and closed.closed_at == now:
        creator = review.agreement.creator
        decisions.note_stage(review.charter, creator, PartnershipStage.REVIEWED, review.verdict, now)
    return closed


def past_forecasts(reviews: Sequence[SavedReview]) -> list[Past]:
    """Closed reviews as the track record reads them."""
    return [Past(review.name, json.loads(review.content), review.closed_at) for review in reviews]

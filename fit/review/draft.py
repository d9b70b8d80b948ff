"""Write what has been typed of a review that is not closed yet as text, and read it back."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from fit.agreement import Task
from fit.review.review import CommitmentResult, Talk

LONGEST_NOTE = 5_000  # characters


@dataclass(frozen=True)
class ReviewDraft:
    """actuals: metric to value. kept: text of a commitment to whether it was fulfilled. The rest as Talk."""

    actuals: Mapping[str, float] = field(default_factory=dict)
    kept: Mapping[str, bool] = field(default_factory=dict)
    notes: str = ""
    outcome: str = ""
    next_time: str = ""

    def talk(self, commitments: tuple[Task, ...]) -> Talk:
        """What people added, with every commitment of the agreement."""
        results = tuple(CommitmentResult(task, self.kept.get(task.text)) for task in commitments)
        return Talk(results, self.notes, self.outcome, self.next_time)


def write_draft(draft: ReviewDraft) -> str:
    """The draft as text; the same draft gives the same text."""
    return json.dumps(vars(draft), ensure_ascii=False, sort_keys=True, indent=1)


def read_draft(text: str) -> ReviewDraft:
    """Read what write_draft wrote."""
    return ReviewDraft(**json.loads(text))

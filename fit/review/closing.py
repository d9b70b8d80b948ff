"""What is kept when a review is closed? Numbers, generation, text and hash: later loads change nothing of it.

decisions is an open store of decisions (data/decisions/decisions.py); everything here goes through it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from fit.agreement import hash_of
from fit.review.review import Review, review_json
from fit.review.review_document import review_as_document
from fit.review.track_record import Past
from fit.text import as_markdown


def freeze_review(decisions, review: Review, creator_name: str, now: datetime):
    """Freeze a review and note the partnership as reviewed; return what decisions keep. Raises what they raise."""
    kept = decisions.close_review(**frozen_review(review, creator_name), now=now)
    if review.charter is not None and kept.closed_at == now:
        decisions.note_stage(review.charter, review.agreement.creator, "reviewed", review.verdict, now)
    return kept


def frozen_review(review: Review, creator_name: str) -> dict[str, object]:
    """What decisions keep of a review, as their arguments."""
    text = as_markdown(review_as_document(review, creator_name))
    return {
        "name": review.charter,
        "creator_id": review.agreement.creator,
        "text": text,
        "sha256": hash_of(text),
        "content": json.dumps(review_json(review), allow_nan=False, sort_keys=True),
        "generation": review.frozen.generation if review.frozen else None,
        "outcome": review.verdict,
        "next_time": review.next_time,
    }


def past_forecasts(reviews: Sequence) -> list[Past]:
    """Kept reviews as the track record reads them."""
    return [Past(each.name, json.loads(each.content), each.closed_at) for each in reviews]


def next_time_lines(reviews: Sequence) -> dict[str, str]:
    """The next-time line of each creator, from the review that was closed last. reviews: in the order closed."""
    return {each.creator_id: each.next_time for each in reviews if each.next_time}

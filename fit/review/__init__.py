"""After the campaign: results against targets, luck or not, the cause, and how past forecasts held.

Reviews read results and the forecast frozen in the charter; closing one adds it to the track record.
"""

from fit.review.closing import freeze_review, next_time_lines, past_forecasts
from fit.review.completion import Ending, completion_rates, completion_verdict, endings
from fit.review.diagnosis import BOTH_HIT, BOTH_MISSED, BRAND_MISSED, CREATOR_MISSED
from fit.review.draft import LONGEST, ReviewDraft, read_draft, write_draft
from fit.review.results import (
    COST,
    MOST_BYTES,
    ActualsError,
    count_known,
    impossible,
    of_campaigns,
    read_actuals,
    read_value,
)
from fit.review.review import Review, review_campaign, review_json
from fit.review.review_document import (
    TITLES,
    line_cells,
    protocol_words,
    red_line_words,
    review_as_document,
    scale_words,
    stage_cells,
    title,
)
from fit.review.significance import NOT_MEASURED, REVIEWED_STAGES, StageResult
from fit.review.track_record import Share, TrackRecord, compute_track_record
from fit.review.tracking import Standing, scale_place, scale_ticks, stage_sentence, standings, tracking_finding

__all__ = [
    "BOTH_HIT",
    "BOTH_MISSED",
    "BRAND_MISSED",
    "COST",
    "CREATOR_MISSED",
    "LONGEST",
    "MOST_BYTES",
    "NOT_MEASURED",
    "REVIEWED_STAGES",
    "TITLES",
    "ActualsError",
    "Ending",
    "Review",
    "ReviewDraft",
    "Share",
    "StageResult",
    "Standing",
    "TrackRecord",
    "completion_rates",
    "completion_verdict",
    "compute_track_record",
    "count_known",
    "endings",
    "freeze_review",
    "impossible",
    "line_cells",
    "next_time_lines",
    "of_campaigns",
    "past_forecasts",
    "protocol_words",
    "read_actuals",
    "read_draft",
    "read_value",
    "red_line_words",
    "review_as_document",
    "review_campaign",
    "review_json",
    "scale_place",
    "scale_ticks",
    "scale_words",
    "stage_cells",
    "stage_sentence",
    "standings",
    "title",
    "tracking_finding",
    "write_draft",
]

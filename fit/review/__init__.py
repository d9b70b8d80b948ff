"""After the campaign: results against targets, luck or not, the cause, and how past forecasts held.

Reviews read results and the forecast frozen in the charter; closing one adds it to the track record.
"""

from fit.review.as_campaign import campaign_file, loaded_beside, missing_in_row, with_id
from fit.review.case import Verdict
from fit.review.closing import (
    LONGEST_NOTE,
    ReviewDraft,
    commitment_keys,
    freeze_review,
    past_forecasts,
    read_draft,
    write_draft,
)
from fit.review.completion import Ending, completion_rates, completion_verdict, endings
from fit.review.last_review import LastReview, last_reviews
from fit.review.merge import Clash, merge_drafts
from fit.review.results import (
    COST_NAMES,
    MOST_RESULTS_BYTES,
    PARTS_OF_WHOLE,
    ActualsError,
    ReadNumbers,
    count_known,
    impossible,
    of_campaigns,
    read_actuals,
    read_value,
    read_values,
)
from fit.review.review import Review, computed_from, review_campaign, review_json
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
from fit.review.significance import REVIEWED_STAGES, StageResult
from fit.review.track_record import Share, TrackRecord, compute_track_record
from fit.review.tracking import Standing, scale_position, scale_ticks, stage_sentence, standings, tracking_finding

"""Does a closed review keep its numbers, text and hash, and is the partnership noted as reviewed once?"""

import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from data.decisions.decisions import open_decisions
from fit.agreement.agreement import Task
from fit.agreement.file import write_agreement
from fit.review.closing import (
    LONGEST_NOTE,
    ReviewDraft,
    freeze_review,
    past_forecasts,
    read_draft,
    write_draft,
)
from fit.review.last_review import last_reviews
from fit.review.review import CommitmentResult, Talk, review_campaign, review_json
from fit.review.review_document import review_as_document
from fit.text.markdown import as_markdown
from tests.fit.review.reviewed import ALL_MET, agreed
from tests.frozen_forecasts import frozen, inputs

NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
HOME = frozen(inputs(impressions=30_000.0))


def test_a_review_is_frozen_once_with_its_numbers_and_the_partnership_is_reviewed(tmp_path: Path):
    decisions = open_decisions(tmp_path)
    charter = {"creator_id": "c001", "text": "We agree.", "sha256": sha256(b"We agree.").hexdigest()}
    charter |= {"agreement": write_agreement(agreed()), "forecast": None, "generation": 3, "despite": None}
    decisions.save_charter("spring", **charter, now=NOW)
    before = decisions.stages("spring")
    review = review_campaign(agreed(), HOME, ALL_MET, charter="spring", was_frozen=True)
    first = freeze_review(decisions, review, "Mara", NOW)
    noted = decisions.stages("spring")
    again = freeze_review(decisions, review, "Mara", LATER)
    stages = decisions.stages("spring")
    decisions.close()
    text = as_markdown(review_as_document(review, "Mara"))
    assert (first.name, first.creator_id, first.text) == ("spring", "c001", text)
    assert first.sha256 == sha256(text.encode()).hexdigest()
    assert (first.generation, first.outcome, first.next_time) == (3, "both hit", review.next_time)
    assert json.loads(first.content) == json.loads(json.dumps(review_json(review)))
    assert list(json.loads(first.content)) == sorted(review_json(review))
    assert (again, first.closed_at) == (first, NOW)
    assert [(note.stage, note.reason) for note in noted[len(before) :]] == [("reviewed", "both hit")]
    assert stages == noted


def test_a_review_without_charter_and_forecast_is_kept_and_no_stage_is_noted(tmp_path: Path):
    decisions = open_decisions(tmp_path)
    closed = freeze_review(decisions, review_campaign(agreed(), None, ALL_MET), "Mara", NOW)
    stages = decisions.all_stages()
    decisions.close()
    assert (closed.name, closed.generation, stages) == (None, None, [])
    (past,) = past_forecasts([closed])
    assert (past.charter, past.content["verdict"], past.closed_at) == (None, "both hit", NOW)
    assert {creator: review.line for creator, review in last_reviews([closed]).items()} == {"c001": closed.next_time}


TYPED = ReviewDraft({"clicks": 3.0, "cost": 0.5}, {"posts on Monday": False}, "Größe\nzwei", "kept", "again")


def test_a_draft_is_read_back_as_it_was_written():
    assert read_draft(write_draft(TYPED)) == TYPED
    assert read_draft("{}") == ReviewDraft({}, {}, "", "", "")


def test_a_draft_is_written_in_one_way_with_letters_as_they_are():
    assert write_draft(TYPED) == (
        '{\n "actuals": {\n  "clicks": 3.0,\n  "cost": 0.5\n },\n "kept": {\n  "posts on Monday": false\n },\n'
        ' "next_time": "again",\n "notes": "Größe\\nzwei",\n "outcome": "kept"\n}'
    )
    turned = ReviewDraft({"cost": 0.5, "clicks": 3.0}, TYPED.kept, TYPED.notes, TYPED.outcome, TYPED.next_time)
    assert write_draft(turned) == write_draft(TYPED)
    assert LONGEST_NOTE == 5_000


def test_a_commitment_that_nobody_judged_stays_open():
    first, second = Task("creator", "posts on Monday"), Task("brand", "sends the product")
    assert TYPED.talk((first, second)) == Talk(
        (CommitmentResult(first, False), CommitmentResult(second, None)), "Größe\nzwei", "kept", "again"
    )


SAME = (Task("brand", "shares the post"), Task("creator", "shares the post"), Task("creator", "shares the post"))


@pytest.mark.parametrize("place", [0, 1, 2])
def test_commitments_with_the_same_words_are_answered_one_by_one(place):
    draft = read_draft(write_draft(ReviewDraft().with_kept(SAME, place, False)))
    answers = [result.was_kept for result in draft.talk(SAME).commitments]
    assert answers == [False if number == place else None for number in range(3)]


def test_an_answer_of_an_earlier_version_counts_until_it_is_changed():
    earlier = ReviewDraft(kept={"shares the post": True})
    assert [result.was_kept for result in earlier.talk(SAME[:2]).commitments] == [True, True]
    changed = earlier.with_kept(SAME[:2], 0, None)
    assert [result.was_kept for result in changed.talk(SAME[:2]).commitments] == [None, True]

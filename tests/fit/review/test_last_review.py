"""Is it the last review of a creator that counts, and only for the campaign that it was of?"""

import json
from datetime import UTC, date, datetime

import pytest

from data.decisions.values import ClosedReview
from fit.brief import Brief
from fit.review.last_review import LastReview, last_reviews
from fit.review.review import Talk, review_campaign, review_json
from tests.fit.review.reviewed import ALL_MET, agreed
from tests.frozen_forecasts import frozen, inputs

HOME = frozen(inputs(impressions=30_000.0))
FIVE_TIMES = {"impressions": 150_000.0, "engagements": 6_000.0, "clicks": 1_500.0, "conversions": 0.0}


def closed(day: int, content: dict, line: str | None, creator: str = "c001") -> ClosedReview:
    at = datetime(2026, 5, day, 9, tzinfo=UTC)
    return ClosedReview(day, "spring", creator, "text", "0", json.dumps(content), 3, "both hit", line, at)


def reviewed(talk: Talk | None = None, **came: float) -> dict:
    return review_json(review_campaign(agreed(), HOME, ALL_MET | came, talk=talk))


def test_the_review_that_was_closed_last_counts_for_each_creator():
    against, for_it = reviewed(**FIVE_TIMES), reviewed()
    lines = last_reviews(
        [closed(2, for_it, "again"), closed(4, against, "not again"), closed(5, for_it, "other", "c002"),
         closed(6, for_it, None, "c003")]
    )  # fmt: skip
    assert lines == {
        "c001": LastReview("not again", date(2026, 5, 4), "conversion", ("DE",), True),
        "c002": LastReview("other", date(2026, 5, 5), "conversion", ("DE",), False),
    }
    assert lines["c001"].sentence == "Last review (4 May 2026): not again"


def test_a_line_that_people_wrote_is_shown_and_refuses_nothing():
    assert reviewed(**FIVE_TIMES)["is_against"] is True
    assert reviewed(Talk(next_time="again, with a discount"), **FIVE_TIMES)["is_against"] is False


def test_a_review_of_an_earlier_version_is_shown_and_refuses_nothing():
    (found,) = last_reviews([closed(2, {"verdict": "both missed"}, "not again")]).values()
    assert found == LastReview("not again", date(2026, 5, 2))


@pytest.mark.parametrize(
    ("markets", "goal", "is_refused"),
    [(("DE",), "conversion", True), (("FR", "DE"), "conversion", True), (("FR",), "conversion", False),
     (("DE",), "awareness", False)],
)  # fmt: skip
def test_a_review_speaks_against_its_own_campaign_alone(markets, goal, is_refused):
    review = LastReview("not again", date(2026, 5, 4), "conversion", ("DE", "AT"), True)
    assert review.advises_against(Brief(tuple((code, 1.0) for code in markets), goal)) is is_refused

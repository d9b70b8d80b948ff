"""Does the record count what it says: forecasts against results, and no more certain than they are many?"""

from datetime import UTC, datetime

import numpy as np
import pytest

from fit.review.track_record import Past, Share, compute_track_record, wilson

DAY = datetime(2026, 5, 4, tzinfo=UTC)


def past(
    *stages: tuple[str, float, float, float | None], lines: tuple = (), charter: str | None = None, **known
) -> Past:
    """A closed review of stages (name, forecast P10, P90, actual) and lines (p_hit, hit)."""
    content = {
        "basis": known.get("basis", "frozen"),
        "stages": [
            {"stage": name, "forecast_p10": low, "forecast_p90": high, "actual": actual}
            for name, low, high, actual in stages
        ],
        "lines": [{"p_hit": p_hit, "hit": hit} for p_hit, hit in lines],
    }
    return Past(charter, content, known.get("closed_at", DAY))


def test_without_a_closed_review_there_is_no_record():
    found = compute_track_record([])
    assert (found.count_forecasts, found.coverage.share, found.is_enough) == (0, None, False)
    assert found.message == "No forecast has been compared with its result yet. Close a review after a campaign."
    assert found.as_json()["coverage_p10_p90"] is None


def test_coverage_counts_measured_stages_and_its_interval_counts_campaigns():
    of = [past(("clicks", 10, 20, 15.0), ("conversions", 1, 4, 5.0), ("revenue", 1, 2, None)) for each in range(20)]
    found = compute_track_record(of)
    assert found.coverage == Share("all", 40, 20, 20)
    assert found.as_json()["coverage_p10_p90"] == 0.5
    assert found.coverage.interval == wilson(0.5, 20)
    by_stage = {share.of: (share.hits, share.count) for share in found.by_stage}
    assert by_stage == {
        "impressions": (0, 0), "in_market_impressions": (0, 0), "engagements": (0, 0), "clicks": (20, 20),
        "conversions": (0, 20), "revenue": (0, 0),
    }  # fmt: skip
    assert found.message == (
        "In 20 closed forecasts, 50 % of results fell inside the likely range (36 to 64 %; should be 80 %).".replace(
            " %", "\N{NO-BREAK SPACE}%", 2
        )
    )


def test_the_ends_of_the_interval_belong_to_it():
    assert compute_track_record([past(("clicks", 10, 20, 10.0), ("conversions", 0, 3, 0.0))]).coverage.share == 1


def test_too_few_are_said_to_be_too_few():
    found = compute_track_record([past(("clicks", 10, 20, 15.0))] * 19)
    assert found.message == "Too few yet: 19 of 20 closed forecasts."
    assert compute_track_record([past(("clicks", 10, 20, 15.0))] * 20).is_enough


def test_of_one_charter_the_review_that_was_closed_last_counts():
    found = compute_track_record(
        [past(("clicks", 10, 20, 5.0), charter="spring"), past(("clicks", 10, 20, 15.0), charter="spring")]
    )
    assert (found.count_forecasts, found.count_closed, found.coverage.hits) == (1, 2, 1)


def test_a_review_without_a_forecast_is_no_forecast():
    content = {"basis": "no forecast", "lines": [{"p_hit": None, "hit": True}], "stages": []}
    content["stages"] = [{"stage": "clicks", "forecast_p10": None, "forecast_p90": None, "actual": 4.0}]
    nothing = Past(None, content, DAY)
    assert compute_track_record([nothing]).count_forecasts == 0


def test_forecasts_drawn_after_the_campaign_are_told_apart():
    found = compute_track_record(
        [past(("clicks", 10, 20, 15.0)), past(("clicks", 10, 20, 5.0), basis="drawn afterwards")]
    )
    assert found.count_afterwards == 1
    assert found.message == "Too few yet: 2 of 20 closed forecasts. 1 of them was drawn after the campaign."


def test_chances_are_held_against_hits_by_decile():
    lines = ((0.05, False), (0.08, True), (0.95, True), (1.0, True), (None, True), (0.5, None))
    found = compute_track_record([past(lines=lines)])
    document = [row for row in found.as_json()["by_decile"] if row["count"]]
    assert [(row["p_hit"], row["share"], row["count"]) for row in document] == [
        ("0.0-0.1", 0.5, 2),
        ("0.9-1.0", 1.0, 2),
    ]
    assert [row["mean_p_hit"] for row in document] == [pytest.approx(0.065), pytest.approx(0.975)]
    assert len(found.by_decile) == 10


def test_the_record_is_told_by_quarter_of_closing():
    later = DAY.replace(month=12)
    found = compute_track_record([past(("clicks", 1, 2, 5.0)), past(("clicks", 1, 2, 1.0), closed_at=later)])
    assert [(share.of, share.share) for share in found.over_time] == [("2026-Q2", 0.0), ("2026-Q4", 1.0)]


@pytest.mark.parametrize(("share", "count"), [(0.0, 1), (1.0, 1), (0.8, 20), (0.5, 10_000)])
def test_the_interval_of_a_share_stays_possible_and_narrows(share, count):
    low, high = wilson(share, count)
    assert 0 <= low <= share <= high <= 1
    assert wilson(share, 4 * count)[1] - wilson(share, 4 * count)[0] < high - low


@pytest.mark.parametrize(("share", "count"), [(0.8, 20), (0.5, 7), (0.0, 3), (1.0, 12)])
def test_the_interval_of_a_share_is_where_the_share_lies_1_28_standard_errors_away(share, count):
    """Wilson: the two roots p of (p - share)^2 = z^2 p (1 - p) / count."""
    z2 = 1.2815515655446004**2 / count
    roots = sorted(np.roots([1 + z2, -2 * share - z2, share**2]).real)
    assert wilson(share, count) == (pytest.approx(roots[0], abs=1e-9), pytest.approx(roots[1], abs=1e-9))


@pytest.mark.parametrize(("p_hit", "decile"), [(0.0, 0), (0.0999, 0), (0.1, 1), (0.89, 8), (0.9, 9), (1.0, 9)])
def test_a_chance_belongs_to_the_tenth_that_begins_with_it(p_hit, decile):
    found = compute_track_record([past(lines=((p_hit, True),))])
    assert [share.count for share in found.by_decile] == [int(at == decile) for at in range(10)]
    assert found.promised[decile] == pytest.approx(p_hit)
    assert found.by_decile[decile].of == f"{decile / 10:.1f}-{(decile + 1) / 10:.1f}"


@pytest.mark.parametrize(
    ("month", "quarter"), [(1, "Q1"), (3, "Q1"), (4, "Q2"), (6, "Q2"), (7, "Q3"), (9, "Q3"), (10, "Q4"), (12, "Q4")]
)
def test_a_quarter_has_three_months(month, quarter):
    found = compute_track_record([past(("clicks", 1, 2, 1.0), closed_at=DAY.replace(month=month, day=1))])
    assert found.over_time[0].of == f"{DAY.year}-{quarter}"


def test_twenty_forecasts_are_enough_and_an_interval_held_includes_its_ends():
    nineteen = compute_track_record([past(("clicks", 10, 20, 20.0)) for each in range(19)])
    twenty = compute_track_record([past(("clicks", 10, 20, 20.1)) for each in range(20)])
    assert (nineteen.is_enough, nineteen.coverage.hits) == (False, 19)
    assert (twenty.is_enough, twenty.coverage.hits) == (True, 0)
    assert Share("clicks", 0, 0, 0).interval is None
    assert Share("clicks", 4, 3, 2).share == 0.75

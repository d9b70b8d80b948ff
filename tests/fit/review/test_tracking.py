"""Does each stage stand where the square root of its times of the expectation puts it?"""

from dataclasses import replace

import pytest

from fit.review.significance import StageResult
from fit.review.tracking import scale_position, scale_ticks, stage_sentence, standings, tracking_finding


@pytest.mark.parametrize(
    ("times", "at"), [(0.0, 0.0), (0.25, 0.5 / 2.1), (1.0, 1 / 2.1), (4.0, 2 / 2.1), (4.41, 1.0), (100.0, 1.0)]
)
def test_a_place_is_the_root_of_the_times_over_two_and_a_tenth(times, at):
    assert scale_position(times) == pytest.approx(at, rel=1e-12)


def test_the_scale_names_none_a_quarter_as_expected_twice_and_four_times():
    assert [(round(at * 2.1, 6), label) for at, label in scale_ticks()] == [
        (0.0, "none"), (0.5, "a quarter"), (1.0, "as expected"), (round(2**0.5, 6), "twice"), (2.0, "four times"),
    ]  # fmt: skip


def stage(actual: float | None, mean: float | None = 100.0, chance: float | None = 0.5) -> StageResult:
    return StageResult("clicks", None, mean, 25.0, 100.0, 400.0, actual, 0.5, chance)


@pytest.mark.parametrize(
    ("actual", "at", "is_cut"), [(441.0, 1.0, False), (442.0, 1.0, True), (0.0, 0.0, False), (None, None, False)]
)
def test_what_lies_beyond_the_scale_is_cut_and_said(actual, at, is_cut):
    (found,) = standings([stage(actual)])
    assert (found.low, found.middle, found.high) == pytest.approx((0.5 / 2.1, 1 / 2.1, 2 / 2.1))
    assert found.actual == (at if at is None else pytest.approx(at))
    assert found.is_cut is is_cut


def test_a_stage_of_which_nothing_could_come_has_no_place_and_more_than_luck_is_marked():
    assert standings([stage(1.0, 0.0), stage(1.0, None)]) == ()
    assert [found.is_beyond for found in standings([stage(9.0, chance=0.09), stage(9.0, chance=0.1)])] == [True, False]


def test_a_finding_names_the_first_judged_stage_beyond_luck_and_its_side():
    within, open_stage = stage(100.0), stage(None, chance=None)
    low = replace(stage(9.0, chance=0.01), stage="engagements", position=0.1)
    high = replace(stage(900.0, chance=0.01), position=0.9)
    assert tracking_finding([within, high, low]) == "Clicks was higher than luck explains"
    assert tracking_finding([open_stage, within, low, high]) == "Engagements fell short by more than luck"
    assert tracking_finding([open_stage, within]) == "Luck can explain every stage that could be judged"
    assert tracking_finding([open_stage]) == "No stage could be judged"
    assert tracking_finding([]) == "No stage could be judged"


def test_a_stage_is_said_as_what_came_and_what_was_expected():
    revenue = replace(stage(90.0), stage="revenue")
    assert stage_sentence(stage(0.0), "EUR") == "0; expected 25 to 400"
    assert stage_sentence(stage(None), "EUR") == "not measured; expected 25 to 400"
    assert stage_sentence(revenue, "EUR") == "90 EUR; expected 25 EUR to 400 EUR"

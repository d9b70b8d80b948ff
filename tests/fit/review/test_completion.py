"""Is a partnership's ending what became of it, and is a rate no surer than the few that it rests on?"""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.decisions.values import StageNote
from fit.agreement.agreement import Agreement
from fit.agreement.progress import Partnership, PartnershipStage, partnerships_progress
from fit.review.completion import Ending, Rate, completion_rates, completion_verdict, endings
from fit.review.track_record import wilson

DAY = datetime(2026, 5, 4, tzinfo=UTC)


def partnership(name: str, *reached: str, stopped: str | None = None) -> Partnership:
    stage = "stopped" if stopped else reached[-1]
    return Partnership(name, "ada", stage, DAY, tuple((each, DAY) for each in reached), stopped, None, 0, ())


def agreed(*present: str) -> Agreement:
    return Agreement("ada", (("DE", 1.0),), present=present)


def test_an_ending_is_a_review_a_stop_or_none_yet():
    found = [
        partnership("a", "shortlisted", "charter drafted", "signed", "reviewed"),
        partnership("b", "shortlisted", "called", stopped="goals did not meet"),
        partnership("c", "shortlisted", "charter drafted"),
    ]
    agreements = {"a": agreed("brand", "creator"), "b": agreed("brand"), "c": agreed()}
    assert endings(found, agreements, {"a": "both hit"}) == [
        Ending("a", "reviewed", "both hit", True, True, True),
        Ending("b", "called", "stopped: goals did not meet", False, False, False),
        Ending("c", "charter drafted", "under way", None, True, None),
    ]


def test_rates_count_those_that_ended():
    ended = [
        Ending("a", "reviewed", "both hit", True, True, True),
        Ending("b", "called", "stopped: why", False, False, False),
        Ending("c", "signed", "under way", None, True, True),
        Ending("d", "reviewed", "both missed", True, False, None),
    ]
    assert completion_rates(ended) == (
        Rate("with a charter", 1, 1),
        Rate("without a charter", 1, 2),
        Rate("goals set with brand and creator present", 1, 1),
        Rate("goals set without one of them", 0, 1),
    )
    low, high = wilson(0.5, 2)
    without = completion_rates(ended)[1]
    assert (without.share, without.interval) == ("50\u00a0%", f"{100 * low:.0f} to {100 * high:.0f}\u00a0%")
    assert completion_verdict(ended).startswith("2 of 3 that ended were completed: 67\u00a0%, likely ")
    assert completion_verdict(ended).endswith("1 under way.")


def test_without_an_ending_there_is_no_rate():
    ended = endings([partnership("c", "shortlisted")], {}, {})
    assert completion_verdict(ended) == "None has ended yet; 1 under way."
    assert [rate.share for rate in completion_rates(ended)] == ["none yet"] * 4


def test_a_review_counts_whether_the_stage_was_noted_or_only_its_verdict_is_known():
    noted = partnership("a", "shortlisted", "reviewed")
    closed = partnership("b", "shortlisted")
    nothing = partnership("c", stopped="no answer")
    assert endings([noted, closed, nothing], {}, {"b": "both missed"}) == [
        Ending("a", "reviewed", "reviewed", True, False, None),
        Ending("b", "shortlisted", "both missed", True, False, None),
        Ending("c", "stopped", "stopped: no answer", False, False, None),
    ]


@pytest.mark.parametrize(("is_together", "said"), [(True, "yes"), (False, "no"), (None, "not known")])
def test_whether_goals_were_set_together_is_said_in_a_word(is_together, said):
    assert Ending("a", "signed", "under way", None, True, is_together).together_words == said


@given(st.lists(st.sampled_from([*PartnershipStage]), min_size=1))
def test_the_page_counts_the_same_partnerships_under_way_above_and_below(stages):
    """Whatever was noted in whatever order."""
    notes = [StageNote("a", "ada", stage, "why", DAY) for stage in stages]
    (one,) = partnerships_progress(notes, {})
    (ending,) = endings([one], {}, {})
    assert one.is_under_way is (ending.is_completed is None)

"""Is a partnership's ending what became of it, and is a rate no surer than the few that it rests on?"""

from datetime import UTC, datetime

from fit.agreement import Agreement
from fit.partnership_record import Ending, Rate, comparisons, endings, verdict
from fit.track_record import wilson
from fit.tracker import Partnership

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
    (_charter, charter), (_together, together) = comparisons(ended)
    assert charter == (Rate("with a charter", 1, 1), Rate("without", 1, 2))
    assert together == (Rate("brand and creator present", 1, 1), Rate("not both present", 0, 1))
    low, high = wilson(0.5, 2)
    assert charter[1].words == f"50\u00a0% ({100 * low:.0f}\u00a0% to {100 * high:.0f}\u00a0%)"
    assert charter[1].meaning == "1 completed of 2 that ended (n = 2); 80 % interval"
    assert verdict(ended).startswith("2 of 3 that ended were completed (67\u00a0%")
    assert verdict(ended).endswith("1 under way.")


def test_without_an_ending_there_is_no_rate():
    ended = endings([partnership("c", "shortlisted")], {}, {})
    assert verdict(ended) == "None has ended yet; 1 under way."
    assert [rate.words for _label, rates in comparisons(ended) for rate in rates] == ["none yet"] * 4

"""Is the past walked through once for all visitors, in the sight of each, and does the health card wait for it?"""

import threading

import pytest

from fit.backtest import TooFewCampaigns
from pages.ui.learn import past_forecasts


@pytest.fixture
def fresh(own_store, in_store):
    """A store whose past nobody has walked through."""
    past_forecasts._back_test.clear()
    in_store(own_store)


def checks() -> list[str]:
    return [finding.check for finding in past_forecasts.data_health()]


@pytest.mark.thorough
@pytest.mark.usefixtures("fresh")
def test_the_walk_is_told_made_once_and_then_known():
    told: list[str] = []
    assert "Past forecasts" not in checks()
    first = past_forecasts.past_accuracy(lambda part, quarter: told.append(quarter))
    assert told == ["2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"]
    assert past_forecasts.past_accuracy(lambda part, quarter: told.append(quarter)) is first
    assert (len(told), "Past forecasts" in checks()) == (4, True)


@pytest.mark.thorough
@pytest.mark.usefixtures("fresh")
def test_who_comes_second_watches_the_first_and_gets_the_same():
    seen: list[tuple[float, str]] = []
    is_watched, found = threading.Event(), {}

    def wait_to_be_watched(part: float, quarter: str) -> None:
        if quarter == "2025-Q3":
            other.start()
            assert is_watched.wait(30)

    def watch(part: float, quarter: str) -> None:
        seen.append((part, quarter))
        is_watched.set()

    other = threading.Thread(target=lambda: found.update(second=past_forecasts.past_accuracy(watch)))
    first = past_forecasts.past_accuracy(wait_to_be_watched)
    other.join(30)
    assert (seen[0], found["second"] is first) == ((0.5, "2025-Q3"), True)


@pytest.mark.thorough
@pytest.mark.usefixtures("fresh")
def test_who_leaves_lets_the_next_begin_anew():
    def leave(part: float, quarter: str) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        past_forecasts.past_accuracy(leave)
    assert past_forecasts.past_accuracy(lambda part, quarter: None).count_campaigns == 42


def test_too_few_are_told_to_everybody(thin_store, in_store):
    in_store(thin_store)
    for _visitor in range(2):
        with pytest.raises(TooFewCampaigns):
            past_forecasts.past_accuracy(lambda part, quarter: None)
    assert "Past forecasts" in checks()

"""Do saved counts stand as they were last written, fit each other, and lose nothing when one is refused?"""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from data.decisions import Decisions, open_decisions
from fit.pace.counts import Count, PaceError
from fit.pace.saved_counts import counts_as_results, counts_of_charter, save_counts

NOW = datetime(2026, 1, 20, 9, tzinfo=UTC)


def at(day: int) -> date:
    return date(2026, 1, day)


@pytest.fixture
def decisions(tmp_path: Path) -> Iterator[Decisions]:
    with closing(open_decisions(tmp_path)) as opened:
        opened.save_charter(
            "kitchen", creator_id="ada", text="# Ours", sha256=sha256(b"# Ours").hexdigest(), agreement="a",
            forecast=None, generation=1, despite=None, now=NOW,
        )  # fmt: skip
        yield opened


def test_what_was_written_last_stands_and_what_was_taken_back_does_not(decisions: Decisions) -> None:
    save_counts(
        decisions, "kitchen", [Count("clicks", 61.0, at(13), None, 2), Count("clicks", 90.0, at(15), None, 3)], NOW
    )
    save_counts(decisions, "kitchen", [Count("clicks", 70.0, at(13), None, 1)], NOW)
    save_counts(decisions, "kitchen", [], NOW, [Count("clicks", 90.0, at(15), None, 0)])
    assert counts_of_charter(decisions, "kitchen") == (Count("clicks", 70.0, at(13), None, 0),)
    assert [count.value for count in decisions.counts("kitchen")] == [61.0, 90.0, 70.0, None]


def test_the_same_counts_again_add_nothing(decisions: Decisions) -> None:
    for _time in range(2):
        save_counts(decisions, "kitchen", [Count("clicks", 61.0, at(13), None, 2)], NOW)
    assert len(decisions.counts("kitchen")) == 1


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (Count("clicks", 50.0, at(15), None, 4),
         "Clicks falls from 61 (saved for 13 January 2026) to 50 (row 4). Totals so far only grow: write the total up "
         "to each day."),
        (Count("clicks", 50.0, at(15), "reel", 4),
         "Clicks is given for all deliverables (saved for 13 January 2026) and for one (row 4). Keep one way."),
        (Count("impressions", 60.0, at(14), None, 4), "61 clicks of 60 impressions cannot be"),
        (Count("clicks", 99.0, at(22), None, 4),
         "Row 4 is of 2026-01-22, which is still to come. Write the total up to a day that is over."),
    ],
)  # fmt: skip
def test_a_count_that_does_not_fit_the_saved_ones_is_refused_and_none_is_lost(
    decisions: Decisions, count: Count, said: str
) -> None:
    save_counts(decisions, "kitchen", [Count("clicks", 61.0, at(13), None, 2)], NOW)
    with pytest.raises(PaceError) as refused:
        save_counts(decisions, "kitchen", [Count("engagements", 5.0, at(13), None, 3), count], NOW)
    assert str(refused.value).startswith(said)
    assert counts_of_charter(decisions, "kitchen") == (Count("clicks", 61.0, at(13), None, 0),)


def test_the_newest_totals_are_the_results() -> None:
    counts = [
        Count("clicks", 20.0, at(12), "story", 0), Count("clicks", 30.0, at(14), "reel", 0),
        Count("impressions", 900.0, at(11), None, 0), Count("clicks", 25.0, at(13), "story", 0),
    ]  # fmt: skip
    assert counts_as_results(counts) == {"clicks": 55.0, "impressions": 900.0}
    assert counts_as_results([]) == {}

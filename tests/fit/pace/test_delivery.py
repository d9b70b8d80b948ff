"""Is as much expected by a day as content that is out brings?"""

from datetime import date, timedelta

import pytest

from fit.agreement.agreement import Deliverable
from fit.pace.counts import Count, PaceError
from fit.pace.delivery import Expected, expected_by
from tests.fit.review.reviewed import agreed
from tests.frozen_forecasts import frozen, inputs

FIRST, LAST = date(2026, 1, 10), date(2026, 1, 20)


def expected(day: date, *counts: Count, lines: int = 1, platform: str = "instagram", end: date = LAST) -> Expected:
    kinds = tuple(Deliverable(kind) for kind in ("post", "story", "reel")[:lines])
    agreement = agreed(start=FIRST, end=end, attribution_window_days=10, deliverables=kinds, platform=platform)
    return expected_by(agreement, frozen(inputs(lines=lines)), counts, day)


def test_a_post_brings_half_in_its_half_life_and_purchases_follow() -> None:
    by_noon = expected(FIRST)
    assert by_noon.counts == pytest.approx(1 - 2 ** (-0.5 / (19 / 24)), abs=1e-6)
    assert by_noon.purchases == pytest.approx(1 - 2 ** (-0.5 / (19 / 24 + 2)), abs=1e-2)
    assert expected(FIRST, platform="youtube").counts < 0.1
    assert by_noon.of("clicks") == by_noon.counts
    assert by_noon.of("revenue") == by_noon.of("conversions") == by_noon.purchases


def test_it_only_grows_and_ends_at_all() -> None:
    days = [FIRST + timedelta(days=number) for number in range(22)]
    parts = [expected(day, lines=3) for day in days]
    for name in ("counts", "purchases"):
        values = [getattr(part, name) for part in parts]
        assert values == sorted(values)
    assert parts[-1] == expected(date(2026, 5, 1)) == Expected(1.0, 1.0)


def test_pieces_go_out_evenly_from_the_first_day_to_the_last() -> None:
    # A third each on the first day, after 10 / 3 and after 20 / 3 days; the story has gone by then.
    assert expected(date(2026, 1, 12), lines=3).counts == pytest.approx(0.30, abs=0.02)
    assert expected(date(2026, 1, 16), lines=3).counts == pytest.approx(0.66, abs=0.02)


def test_a_kind_that_is_counted_is_out_and_one_that_is_not_is_not() -> None:
    day = date(2026, 1, 18)
    reel = Count("clicks", 5.0, date(2026, 1, 12), "reel", 2)
    assert expected(day, reel, lines=3).counts == pytest.approx(1 / 3, abs=0.02)
    nothing_yet = Count("clicks", 0.0, date(2026, 1, 12), "story", 3)
    later = Count("clicks", 9.0, date(2026, 1, 19), "post", 4)
    assert expected(day, reel, nothing_yet, later, lines=3) == expected(day, reel, lines=3)
    early = expected(date(2026, 1, 13), reel, lines=3)
    assert early.counts > expected(date(2026, 1, 13), lines=1).counts / 4  # before it was planned


def test_a_day_before_the_first_is_refused() -> None:
    with pytest.raises(PaceError, match="2026-01-09 is before the first day of the charter, 2026-01-10"):
        expected(date(2026, 1, 9))


def test_a_campaign_of_one_day_is_expected_too() -> None:
    assert expected(FIRST, end=FIRST, lines=3).counts == pytest.approx(0.5, abs=0.2)

"""Is the expected way a range that only grows, and do counts stand in it by their day?"""

from datetime import date, timedelta

import numpy as np

from fit.agreement.agreement import Deliverable, MetricLine
from fit.pace.counts import Count
from fit.pace.pace import pace_of
from fit.pace.path import paths_of
from tests.fit.review.reviewed import agreed
from tests.frozen_forecasts import frozen, inputs

FIRST, LAST = date(2026, 1, 10), date(2026, 1, 20)
LINES = (
    MetricLine("engagement_rate", "creator", 0.04),
    MetricLine("clicks", "creator", 100.0),
    MetricLine("conversions", "brand", 2.0),
    MetricLine("thoughtful_replies_48h", "creator", 15.0),
)
FORECAST = frozen(inputs(spread=0.6))


def test_a_way_of_every_target_that_grows_and_has_a_forecast() -> None:
    agreement = agreed(*LINES, start=FIRST, end=LAST, attribution_window_days=10, deliverables=(Deliverable("post"),))
    counts = [Count("clicks", 20.0 + day, FIRST + timedelta(days=day), None, day) for day in (3, 1)]
    clicks, conversions = paths_of(
        agreement, FORECAST, counts, pace_of(agreement, FORECAST, counts, max(c.day for c in counts))
    )
    assert (clicks.line.metric, conversions.line.metric) == ("clicks", "conversions")
    assert clicks.days == tuple(FIRST + timedelta(days=day) for day in range(4))
    assert clicks.counted == ((FIRST + timedelta(days=1), 21.0), (FIRST + timedelta(days=3), 23.0))
    assert conversions.counted == ()
    assert clicks.last == LAST + timedelta(days=10)
    for ends in (clicks.low, clicks.middle, clicks.high, conversions.high):
        assert list(ends) == sorted(ends)
    assert clicks.low[-1] < clicks.middle[-1] < clicks.high[-1] <= np.quantile(FORECAST.futures(2_000)["clicks"], 0.92)

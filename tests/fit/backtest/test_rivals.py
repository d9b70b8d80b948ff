"""Do the rivals of a forecast say what a spreadsheet would?"""

import numpy as np
import polars as pl
import pytest

from fit.backtest.rivals import rival_quantiles

LEVELS = np.array([0.0, 0.5, 1.0])
PAST = pl.DataFrame(
    {
        "creator_id": ["a", "a", "b"],
        "platform": ["tiktok", "tiktok", "youtube"],
        "size": [1_000.0, 1_000.0, 2_000.0],
        "clicks": [9.5, 39.5, None],
    }
)


def test_the_raw_rate_is_the_creators_own_with_the_spread_around_it_and_the_field_its_platforms() -> None:
    asked = pl.DataFrame({"creator_id": ["a", "c"], "platform": ["tiktok", "tiktok"], "size": [1_000.0, 500.0]})
    raw, field = rival_quantiles(PAST, asked, "clicks", LEVELS)
    # Logs of 10 and 40 of 1,000: the mean is that of 20, and each is four times off the other.
    assert raw[0] == pytest.approx([5.0, 20.0, 80.0])
    assert np.isnan(raw[1]).all()
    assert field == pytest.approx(np.array([[10.0, 20.0, 40.0], [5.0, 10.0, 20.0]]))


def test_without_two_past_campaigns_a_rival_says_nothing() -> None:
    asked = pl.DataFrame({"creator_id": ["b"], "platform": ["youtube"], "size": [1_000.0]})
    raw, field = rival_quantiles(PAST.with_columns(clicks=pl.Series([3.0, None, 4.0])), asked, "clicks", LEVELS)
    assert np.isnan(raw).all()
    assert np.isnan(field).all()

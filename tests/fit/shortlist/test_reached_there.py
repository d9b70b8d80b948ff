"""Are people reached in the markets one number: in the list, on the creator's pages and in the forecast?"""

import polars as pl
import pytest

from fit.brief import Brief
from fit.forecast import forecasts, read_stored
from fit.shortlist import shortlist

BRIEFS = ((("DE", 1.0),), (("FR", 0.7), ("DE", 0.3)), (("AT", 1.0),))


@pytest.mark.parametrize("markets", BRIEFS)
@pytest.mark.parametrize("goal", ["conversion", "awareness"])
def test_the_list_says_the_mean_of_the_forecast_of_the_standard_deliverable(ask_demo, markets, goal):
    found = [one for one in shortlist(ask_demo, Brief(markets, goal), top=60).candidates if one.reached_there]
    assert len(found) > 50
    lines = pl.DataFrame(
        {
            "creator_id": [one.creator_id for one in found],
            "market": "+".join(code for code, _weight in markets),
            "deliverable": [one.deliverable for one in found],
        }
    )
    drawn = forecasts(lines, read_stored(ask_demo, lines["creator_id"].to_list()))
    means = drawn.filter(pl.col("metric") == "in_market_reach")["mean"].to_list()
    assert [one.reached_there for one in found] == pytest.approx(means, rel=1e-6)
    if goal == "awareness":
        assert [one.expected.mean for one in found] == pytest.approx(means, rel=1e-12)


def test_the_order_by_reach_is_that_of_the_number_shown(ask_demo):
    found = shortlist(ask_demo, Brief(BRIEFS[0]), sort="in_market_reach", top=50).candidates
    shown = [one.reached_there for one in found if one.reached_there is not None]
    assert shown == sorted(shown, reverse=True)

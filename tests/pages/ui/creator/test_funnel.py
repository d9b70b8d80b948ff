"""Does the funnel say every total, and every rate with its two counts beside that of similar creators?"""

import polars as pl

from fit.model import IndexExplained
from pages.ui.creator.funnel import count_without_clicks, funnel_rows

SUMS = {
    "count_campaigns": 3, "impressions": 10_000, "engagements": None, "clicks": 500, "conversions": 50,
    "count_with_engagements": 0, "count_with_clicks": 2, "count_with_conversions": 1,
    "engage_events": None, "engage_trials": None, "click_events": 400, "click_trials": 8_000,
    "convert_events": 50, "convert_trials": 500,
}  # fmt: skip


def similar(expected: list[float], trials: list[int], basis: str = "impressions") -> IndexExplained:
    """A stage of which similar creators get so many events of so many trials, campaign by campaign."""
    campaigns = pl.DataFrame({"expected_events": expected, "count_trials": trials, "basis": basis})
    return IndexExplained(campaigns, 0.0, 0.0, 0.0, 0.0)


def test_each_rate_stands_with_its_counts_beside_that_of_similar_creators():
    explained = {"click": similar([90.0, 110.0], [3_000, 5_000])}
    assert funnel_rows(SUMS, explained) == [
        ("Impressions", "10,000", "", "", "3"),
        ("Engagements", "not measured", "", "", "0"),
        ("Clicks", "500", "5.0\u00a0% of impressions: 400 of 8,000", "2.5\u00a0%", "2"),
        ("Purchases", "50", "10\u00a0% of clicks: 50 of 500", "", "1"),
    ]


def test_purchases_of_impressions_stand_beside_no_rate_of_clicks():
    """Similar creators are compared on campaigns with clicks alone: 8 of 400 clicks, not of 20,400 of both."""
    by_clicks, by_impressions = (similar([8.0], [400], "clicks"), similar([5.0], [20_000]))
    both = IndexExplained(pl.concat([by_clicks.campaigns, by_impressions.campaigns]), 0.0, 0.0, 0.0, 0.0)
    (*_others, purchases) = funnel_rows(SUMS, {"convert": both})
    assert purchases == ("Purchases", "50", "10\u00a0% of clicks: 50 of 500", "2.0\u00a0%", "1")
    assert (count_without_clicks(both), count_without_clicks(by_clicks)) == (1, 0)

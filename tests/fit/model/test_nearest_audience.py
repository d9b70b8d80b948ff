"""Is each campaign read with the audience that was measured nearest to its day?"""

from datetime import date

import polars as pl

from fit.model.nearest_audience import nearest_audience

CAMPAIGNS = pl.DataFrame(
    [
        ("a", "DE", date(2025, 1, 20)),  # 19 days after January's, 40 before March's
        ("a", "DE", date(2025, 2, 10)),  # 40 after January's, 19 before March's
        ("a", "AT", date(2025, 12, 1)),  # nearest to the newest
        ("a", "DE", date(2025, 5, 16)),  # 76 after March's, as many before the newest: of equals the newer counts
        ("b", "DE", date(2025, 1, 1)),  # nobody measured b's before
    ],
    schema=["creator_id", "market", "date"],
    orient="row",
)
HOMES = pl.DataFrame({"creator_id": ["a", "b"], "home": ["DE", "AT"]})
AUDIENCE = pl.DataFrame({"creator_id": ["a", "b"], "country": ["DE", "AT"], "ppm": [600_000, 500_000]})
SETS = pl.DataFrame(
    {
        "creator_id": ["a", "b"], "unknown_ppm": [400_000, 500_000], "smallest_ppm": [600_000, 500_000],
        "is_top_n": [False, False], "as_of": [date(2025, 7, 31), None],
    }
)  # fmt: skip
HISTORY = pl.DataFrame(
    {
        "creator_id": ["a", "a", "a"], "as_of": [date(2025, 1, 1), date(2025, 1, 1), date(2025, 3, 1)],
        "unknown_ppm": [100_000, 100_000, 200_000], "smallest_ppm": [300_000, 300_000, 800_000],
        "is_top_n": [True, True, False], "country": ["DE", "US", "DE"], "ppm": [600_000, 300_000, 800_000],
    }
)  # fmt: skip


def test_each_campaign_is_read_with_the_audience_measured_nearest_to_it_and_of_equals_with_the_newer():
    read, homes, audience, sets = nearest_audience(CAMPAIGNS, HOMES, AUDIENCE, SETS, HISTORY)
    january, march = "a\n2025-01-01", "a\n2025-03-01"
    assert read.rows() == [(january, "DE"), (march, "DE"), ("a", "AT"), ("a", "DE"), ("b", "DE")]
    assert sorted(homes.rows()) == [("a", "DE"), (january, "DE"), (march, "DE"), ("b", "AT")]
    assert sorted(audience.rows()) == [
        ("a", "DE", 600_000), (january, "DE", 600_000), (january, "US", 300_000), (march, "DE", 800_000),
        ("b", "AT", 500_000),
    ]  # fmt: skip
    assert sorted(sets.rows()) == [
        ("a", 400_000, 600_000, False), (january, 100_000, 300_000, True), (march, 200_000, 800_000, False),
        ("b", 500_000, 500_000, False),
    ]  # fmt: skip

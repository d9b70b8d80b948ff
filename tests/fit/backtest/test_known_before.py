"""Is a past day judged by what was known before it, and by nothing else?"""

from dataclasses import replace
from datetime import date

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from fit.backtest.known_before import judged, read_facts
from fit.forecast import read_stored
from tests.fit.backtest.facts import facts

DAY = date(2025, 1, 1)


def test_a_campaign_is_known_once_it_has_ended() -> None:
    known = facts([(2024, 11), (2024, 12)])
    ends = pl.Series([date(2024, 12, 31), DAY, None, None], dtype=pl.Date)
    known = replace(known, campaigns=known.campaigns.with_columns(end_date=ends))
    assert known.before(DAY).campaigns["campaign_id"].to_list() == ["k0", "k2", "k3"]
    assert known.before(date(2024, 12, 10)).campaigns["campaign_id"].to_list() == []
    assert known.before(date(2025, 1, 2)).campaigns.height == 4


def test_the_newest_audience_of_before_is_read_and_earlier_ones_are_its_history() -> None:
    audience = pl.DataFrame({"creator_id": ["a"], "country": ["DE"], "ppm": [900_000]})
    sets = pl.DataFrame(
        {"creator_id": ["a"], "as_of": [date(2025, 3, 1)], "unknown_ppm": [100_000], "smallest_ppm": [900_000],
         "is_top_n": [False]}
    )  # fmt: skip
    days = [date(2024, 1, 1), date(2024, 6, 1)]
    history = pl.DataFrame(
        {"creator_id": ["a", "a"], "as_of": days, "unknown_ppm": [1, 2], "smallest_ppm": [3, 4],
         "is_top_n": [True, True], "country": ["AT", "FR"], "ppm": [5, 6]}
    )  # fmt: skip
    known = replace(facts(), audience=audience, audience_sets=sets, audience_history=history)

    def read(day: date) -> tuple[list, list, list]:
        then = known.before(day)
        return (
            then.audience.rows(),
            then.audience_sets.select("as_of", "unknown_ppm").rows(),
            then.audience_history.select("as_of", "country").rows(),
        )

    assert read(DAY) == ([("a", "FR", 6)], [(days[1], 2)], [(days[0], "AT")])
    assert read(date(2025, 3, 1)) == read(DAY)
    assert read(date(2025, 3, 2)) == (
        [("a", "DE", 900_000)], [(date(2025, 3, 1), 100_000)], [(days[0], "AT"), (days[1], "FR")]
    )  # fmt: skip
    assert read(days[0]) == ([], [], [])


def test_an_audience_without_a_date_was_always_known() -> None:
    known = facts()
    assert known.before(date(2000, 1, 1)).audience.height == known.audience.height


@pytest.mark.thorough
@pytest.mark.parametrize("day", [DAY, date(2024, 7, 1)])
def test_what_came_later_changes_nothing(day: date) -> None:
    known = facts()
    is_later = pl.col("date") >= day
    other = known.campaigns.with_columns(clicks=pl.when(is_later).then(5_000).otherwise("clicks"))
    for table, frame in vars(judged(known.before(day))).items():
        assert_frame_equal(frame, getattr(judged(replace(known, campaigns=other).before(day)), table))


def test_the_whole_past_is_judged_as_the_store_judges_it(ask_demo) -> None:
    stored, again = read_stored(ask_demo), judged(read_facts(ask_demo))
    for table, frame in vars(stored).items():
        ours = getattr(again, table)
        if table == "field_facts":  # how the sample was made is no judgement
            frame = frame.filter(~pl.col("name").str.starts_with("sample_"))
        keys = [name for name in ("creator_id", "stage", "factor", "level", "name") if name in frame.columns]
        names = [name for name in frame.columns if name in ours.columns]
        assert set(frame.columns) - set(ours.columns) <= {"rank"}, table
        kinds = {name: frame.schema[name] for name in names}
        assert_frame_equal(
            ours.select(names).cast(kinds).sort(keys, maintain_order=True),
            frame.select(names).sort(keys, maintain_order=True),
            check_exact=False,
        )

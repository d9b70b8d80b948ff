"""Does a task get the rows of whole creators, however Spark cuts them?"""

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from data.engine.tables import whole_creators


@given(
    rows=st.lists(st.integers(0, 6), max_size=40).map(sorted),
    cuts=st.lists(st.integers(1, 9), min_size=40, max_size=40),
    fewest=st.integers(1, 12),
)
def test_all_rows_come_in_order_and_no_creator_comes_twice(rows: list[int], cuts: list[int], fewest: int) -> None:
    whole = pl.DataFrame({"creator_id": [f"c{row}" for row in rows], "place": list(range(len(rows)))}, strict=False)
    batches, start = [], 0
    for length in cuts:
        batches.append(whole.slice(start, length))
        start += length
    frames = list(whole_creators((batch for batch in batches if len(batch)), fewest))
    assert [place for frame in frames for place in frame["place"]] == list(range(len(rows)))
    creators = [creator for frame in frames for creator in frame["creator_id"].unique()]
    assert sorted(creators) == sorted(whole["creator_id"].unique())


def test_nothing_gives_no_frame() -> None:
    assert list(whole_creators([])) == []


def test_frames_wait_until_there_are_enough_rows() -> None:
    batches = [pl.DataFrame({"creator_id": [name] * 3}) for name in "abcde"]
    assert [frame["creator_id"].to_list() for frame in whole_creators(batches, fewest=7)] == [
        ["a"] * 3 + ["b"] * 3,
        ["c"] * 3 + ["d"] * 3,
        ["e"] * 3,
    ]

"""Does a listing hold as many different texts as a field may have, and read what is stored of a creator once?"""

import numpy as np
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from queries import listing as module
from queries.listing import Listing


def test_a_field_may_have_more_verticals_than_fit_in_two_bytes() -> None:
    verticals = [f"vertical {number:05}" for number in range(40_000)]
    frame = pl.DataFrame({"vertical": verticals, "unknown_ppm": 0, "purchases_per_money": 1.0, "reach_per_money": 1.0})
    listing = Listing(lambda question, **_given: frame)
    assert listing.columns["vertical"].tolist() == list(range(40_000))


def stored(keys: list[int]) -> pl.DataFrame:
    """What a store says of these creators."""
    names = pl.Series([f"creator {key}" for key in keys], dtype=pl.String)
    return pl.DataFrame({"creator_key": pl.Series(keys, dtype=pl.Int32), "name": names})


def test_what_is_stored_of_a_creator_is_read_once() -> None:
    read: list[list[int]] = []
    listing = Listing(lambda _question, keys: (read.append(keys), stored(keys))[1])
    assert listing.rows(np.array([2, 5, 9])).equals(stored([2, 5, 9]))
    assert listing.rows(np.array([1, 5, 7])).equals(stored([1, 5, 7]))
    assert listing.rows(np.array([1, 2, 9])).equals(stored([1, 2, 9]))
    assert listing.rows(np.array([], int)).equals(stored([]))
    assert read == [[2, 5, 9], [1, 7]]


@given(st.lists(st.lists(st.integers(0, 30), unique=True, max_size=14).map(sorted), max_size=12))
def test_rows_are_those_asked_for_however_few_are_kept(asked: list[list[int]]) -> None:
    most, module.MOST_ROWS_KEPT = module.MOST_ROWS_KEPT, 10
    try:
        listing = Listing(lambda _question, keys: stored(keys))
        for keys in asked:
            assert listing.rows(np.array(keys, int)).equals(stored(keys))
            assert listing._rows is None or listing._rows.height <= 10
    finally:
        module.MOST_ROWS_KEPT = most

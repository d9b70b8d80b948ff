"""Does a listing hold as many different texts as a field may have?"""

import polars as pl

from queries.listing import Listing


def test_a_field_may_have_more_verticals_than_fit_in_two_bytes() -> None:
    verticals = [f"vertical {number:05}" for number in range(40_000)]
    frame = pl.DataFrame({"vertical": verticals, "unknown_ppm": 0, "purchases_per_money": 1.0, "reach_per_money": 1.0})
    listing = Listing(lambda question, **_given: frame)
    assert listing.columns["vertical"].tolist() == list(range(40_000))

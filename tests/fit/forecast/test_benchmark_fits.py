"""Are the effects of a market known wherever a brief may go?"""

import numpy as np
import polars as pl

from fit.forecast import inputs_of, read_stored


def test_a_market_where_nobody_listens_still_has_rates(ask_demo) -> None:
    stored = read_stored(ask_demo)
    lines = stored.creators.select("creator_id", market=pl.lit("TV"))
    inputs = inputs_of(lines, stored)
    assert np.isfinite(inputs.rates).all()
    known = ~np.isnan(inputs.impressions[:, 0])
    assert np.isfinite(inputs.expected_purchases[known]).all()
    at_home = inputs_of(lines.with_columns(market=pl.lit("DE")), stored)
    assert inputs.expected_purchases[known].sum() < at_home.expected_purchases[known].sum() / 20

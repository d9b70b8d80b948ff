"""Invent the audiences of the demo's creators, and what their sources report of them."""

from datetime import date, timedelta

import numpy as np
import polars as pl

from data.demo.world import COUNTRIES, NEIGHBOURS, REST_OF_WORLD, rows_of

LISTED_COUNTRIES = 12  # a source of viewers names about a dozen countries
TOP_N = 5  # some sources name the largest five only
DAYS_OF_MEASURING = 90  # nobody asks every creator for an export on the same day
REPORT_PRECISION = 400.0  # a reported mix is a sample of the true one
SOURCES = {"viewers": "demo viewer statistics", "followers": "demo account insights"}


def true_mixes(dice: np.random.Generator, home: np.ndarray, home_share: np.ndarray) -> np.ndarray:
    """Share of each creator's audience by country: one row per creator, columns as COUNTRIES, each row sums to 1."""
    means = np.zeros((len(home), len(COUNTRIES)))
    for country in np.unique(home).tolist():
        near = np.zeros(len(COUNTRIES))
        for neighbour, part in NEIGHBOURS[country].items():
            near[COUNTRIES.index(neighbour)] = part
        far = REST_OF_WORLD.copy()
        far[COUNTRIES.index(country)] = 0
        means[home == country] = near + (1 - near.sum()) * far / far.sum()
    away = dice.standard_gamma(means * 30 + 0.01)
    at_home = rows_of(COUNTRIES, home)
    away[np.arange(len(home)), at_home] = 0
    mixes = away / away.sum(axis=1, keepdims=True) * (1 - home_share)[:, None]
    mixes[np.arange(len(home)), at_home] += home_share
    return mixes


def reported(dice: np.random.Generator, mixes: np.ndarray, coverage: np.ndarray, is_top_n: np.ndarray) -> np.ndarray:
    """What a source lists of `mixes`: shares rounded to a tenth of a per cent, 0 = not listed."""
    drawn = dice.standard_gamma(mixes * REPORT_PRECISION + 0.02)
    shares = np.round(drawn / drawn.sum(axis=1, keepdims=True) * coverage[:, None], 3)
    order = np.argsort(np.argsort(-shares, axis=1, kind="stable"), axis=1, kind="stable")
    return np.where(order < np.where(is_top_n, TOP_N, LISTED_COUNTRIES)[:, None], shares, 0.0)


def audience_rows(people: pl.DataFrame, shares: np.ndarray, audience_type: str, as_of: date) -> pl.DataFrame:
    """Rows of audience.csv for `people` (creator_id, platform, followers, is_top_n), one per listed country."""
    who, where = np.nonzero(shares)
    days = np.arange(people.height) * 7 % DAYS_OF_MEASURING
    dates = [(as_of - timedelta(days=int(day))).isoformat() for day in days]
    picked = people[who.tolist()]
    return pl.DataFrame({
        "creator_id": picked["creator_id"],
        "country": np.array(COUNTRIES)[where],
        "audience_share": shares[who, where],
        "audience_type": pl.Series([audience_type] * len(who), dtype=pl.String),
        "source": pl.Series([SOURCES[audience_type]] * len(who), dtype=pl.String),
        "as_of": pl.Series([dates[row] for row in who], dtype=pl.String),
        "followers": picked["followers"],
        "platform": picked["platform"],
        "is_top_n": picked["is_top_n"],
        "count_total": picked["followers"] if audience_type == "followers" else picked["followers"] * 3,
    })  # fmt: skip

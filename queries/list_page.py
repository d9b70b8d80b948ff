"""Answer a page of a shortlist and who contends for its top, and count who matches, from the columns of a listing.

The same answers as queries/shortlist.sql, in one pass over the columns of the brief's markets.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import polars as pl

from queries.list_values import Judged
from queries.listing import Asked, Listing

BLOCK = 16_384  # creators judged at once: their columns fit in a processor's cache
SAMPLED = 64  # one value in so many says roughly where the best begin
LOG_SDS = ("conversion_log_sd", "awareness_log_sd", "click_log_sd", "convert_log_sd")
VALUES = (
    "in_market_share", "in_market_share_upper", "unknown_share", "weighted_share", "target_overlap", "likely_share",
    "in_market_reach", "reached_there", "payoff_awareness", "payoff_conversion", "market_weight", "expected_outcome",
    "outcome_per_money",
)  # fmt: skip


def count_matching(listing: Listing, *, words: str = "", **given: Any) -> pl.DataFrame:
    """How many creators match a brief, and of them the letters that somebody types: one row, count_matching."""
    asked, keys = listing.asked(given["targets"], given["goal"]), _profiles(listing, given)
    if words:
        named = _named(listing, None, words)
        keys = named if keys is None else np.intersect1d(keys, named, assume_unique=True)
    if given["min_share"] is None and given["min_share_each"] is None:
        count = listing.count if keys is None else len(keys)
    else:
        count = sum(int(_has_shares(Judged(listing, asked, at), given).sum()) for _, at in _blocks(listing, keys))
    return pl.DataFrame({"count_matching": [count]})


def list_page(
    listing: Listing,
    *,
    sort: str,
    descending: bool,
    top: int,
    skip: int,
    contenders: int,
    creators: Sequence[str] | None = None,
    words: str = "",
    **given: Any,
) -> pl.DataFrame:
    """The creators of one page, and the first `contenders` of all, one row each, by rank.

    Contenders that are not on the page have their key, the values of the brief and LOG_SDS alone.

    creators, words: these ids alone, or those with these letters; ranks are among all. given: parameters of a brief, as
    for queries/shortlist.sql. Returns its columns, those of served_creators, place (from 0 in the order asked for),
    sort_value (what the order goes by, null: unknown) and market_ppm (listed in each market, in the order of the
    targets, null where a source names nobody; null without an audience).
    """
    asked = listing.asked(given["targets"], given["goal"])
    keys, per_money, values = _judged(listing, asked, given, sort)
    leading = first([per_money], contenders)
    is_plain = sort == "per_1000" and descending
    if creators is not None or words:
        wanted = np.flatnonzero(np.isin(keys, _named(listing, creators, words)))
    else:
        wanted = np.arange(len(keys))
    order = [per_money] if is_plain else [values if descending else -values, per_money]
    order = [np.where(np.isfinite(value[wanted]), value[wanted], -np.inf) for value in order]  # unknown comes last
    page = wanted[first(order, skip + top)[skip:]]
    chosen = np.union1d(leading, page)
    rank = _ranks(per_money, chosen, leading)
    known = np.where(np.isfinite(values[chosen]), values[chosen], np.nan)
    rows = _values(listing, asked, keys[chosen]).with_columns(
        rank=pl.Series(rank, dtype=pl.Int64), sort_value=pl.Series(known, dtype=pl.Float64).fill_nan(None)
    )
    places = pl.DataFrame({"creator_key": keys[page].astype(np.int32), "place": np.arange(len(page))})
    stored = listing.rows(np.sort(keys[page])).drop(LOG_SDS)
    for frame in (places, stored):
        rows = rows.join(frame, on="creator_key", how="left", maintain_order="left")
    return rows.sort("rank")


def above(listing: Listing, per_money: np.ndarray, keys: np.ndarray, own_keys: np.ndarray, **given: Any) -> np.ndarray:
    """How many creators of a listing stand before others by the outcome per money (ties: the lower key).

    per_money, keys: of the others (-inf: unknown); own_keys: of the listing's creators, in the same numbering.
    """
    own, values, _ = _judged(listing, listing.asked(given["targets"], given["goal"]), given, "per_1000")
    standing = own_keys[own]
    pairs = zip(per_money.tolist(), keys.tolist(), strict=True)
    return np.array([(values > value).sum() + ((values == value) & (standing < key)).sum() for value, key in pairs])


def first(values: Sequence[np.ndarray], count: int) -> np.ndarray:
    """Places of the `count` highest, in order; ties by the next array, then by place. -inf is the lowest."""
    some = _highest(values, min(count, len(values[0])))
    return some[np.lexsort([some, *(-value[some] for value in reversed(values))])]


def _highest(values: Sequence[np.ndarray], count: int) -> np.ndarray:
    """Places of the `count` highest, in any order."""
    value = values[0]
    if not 0 < count < len(value):
        return np.arange(count)
    near, sample, enough = np.arange(len(value)), value[::SAMPLED], 2 * count // SAMPLED + 8
    if 4 * enough < len(sample):  # below what the sample says, so that few are left to choose from
        some = np.flatnonzero(value >= np.partition(sample, -enough)[-enough])
        near = some if len(some) >= count else near
    bound = np.partition(value[near], -count)[-count]
    above, tied = near[value[near] > bound], near[value[near] == bound]
    missing = count - len(above)
    if len(values) > 1 and len(tied) > missing:
        tied = tied[_highest([other[tied] for other in values[1:]], missing)]
    return np.concatenate([above, tied[:missing]])


def _blocks(listing: Listing, keys: np.ndarray | None) -> Iterator[tuple[slice, slice | np.ndarray]]:
    """Stretches of the creators in question (keys; None: all), each with the keys themselves."""
    for begin in range(0, listing.count if keys is None else len(keys), BLOCK):
        stretch = slice(begin, begin + BLOCK)
        yield stretch, stretch if keys is None else keys[stretch]


def _judged(
    listing: Listing, asked: Asked, given: Mapping[str, Any], sort: str
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Keys of who matches, the outcome of each per money (-inf: unknown), and what the list is sorted by (or empty)."""
    keys = _profiles(listing, given)
    count = listing.count if keys is None else len(keys)
    is_filtered = given["min_share"] is not None or given["min_share_each"] is not None
    per_money, values, has_shares = np.empty(count), np.empty(0 if sort == "per_1000" else count), np.ones(count, bool)
    for stretch, at in _blocks(listing, keys):
        block = Judged(listing, asked, at)
        per_money[stretch] = block.outcome_per_money
        if len(values):
            values[stretch] = block.sort_value(sort)
        if is_filtered:
            has_shares[stretch] = _has_shares(block, given)
    keys = np.arange(count) if keys is None else keys
    values = values if len(values) else per_money
    return (keys[has_shares], per_money[has_shares], values[has_shares]) if is_filtered else (keys, per_money, values)


def _has_shares(block: Judged, given: Mapping[str, Any]) -> np.ndarray:
    """Whether enough of each audience lives in the markets; nobody knows of one without a source."""
    enough = block.of("has_audience").copy()
    if given["min_share"] is not None:
        enough &= block.listed / 1e6 >= given["min_share"]
    if given["min_share_each"] is not None:
        enough &= block.least / 1e6 >= given["min_share_each"]
    return enough


def _profiles(listing: Listing, given: Mapping[str, Any]) -> np.ndarray | None:
    """Keys of the creators whose platform, vertical and followers fit; None for all."""
    columns, tests = listing.columns, []
    for name in ("platform", "vertical"):
        if given[f"{name}s"]:
            wanted = {text.replace("~1", "|").replace("~0", "~") for text in given[f"{name}s"].split("|")}
            tests.append(np.array([*(text in wanted for text in listing.names[name]), False])[columns[name]])
    followers = columns["followers"]
    if (least := given["followers_min"]) is not None:
        tests.append(followers >= max(least, 0))
    if (most := given["followers_max"]) is not None:
        tests.append((followers <= most) & (followers >= 0))
    return np.flatnonzero(np.logical_and.reduce(tests)) if tests else None


def _named(listing: Listing, creators: Sequence[str] | None, words: str) -> np.ndarray:
    ids = None if creators is None else list(creators)
    return listing.read("listing_keys", creators=ids, words=words)["creator_key"].to_numpy()


def _ranks(per_money: np.ndarray, chosen: np.ndarray, leading: np.ndarray) -> np.ndarray:
    """Rank of the chosen places, from 1: best outcome per money first, ties by place."""
    ranks = {place: number for number, place in enumerate(leading.tolist(), 1)}
    others = [place for place in chosen.tolist() if place not in ranks]
    if len(others) > 100:
        order = np.empty(len(per_money), int)
        order[np.lexsort([np.arange(len(per_money)), -per_money])] = np.arange(1, len(per_money) + 1)
        return order[chosen]
    for place in others:
        value = per_money[place]
        ranks[place] = 1 + int((per_money > value).sum()) + int((per_money[:place] == value).sum())
    return np.array([ranks[place] for place in chosen.tolist()], int)


def _values(listing: Listing, asked: Asked, keys: np.ndarray) -> pl.DataFrame:
    """What a brief makes of some creators, and how unsure their outcome is; keys in ascending order."""
    judged, known = Judged(listing, asked, keys), listing.columns["has_audience"][keys]
    found = {name: getattr(judged, name) for name in VALUES}
    found["outcome_per_money"] = np.where(np.isinf(judged.outcome_per_money), np.nan, judged.outcome_per_money)
    listed = [np.where(market.is_named[keys], market.listed[keys], np.nan) for market in asked.markets]
    frame = pl.DataFrame(
        {name: np.where(known, values, np.nan) for name, values in found.items()}
        | {"market_ppm": np.stack(listed, axis=1)}
    ).with_columns(pl.col("market_ppm").cast(pl.List(pl.Float64)).list.eval(pl.element().fill_nan(None).cast(pl.Int64)))
    return frame.with_columns(
        pl.col(VALUES).fill_nan(None),
        pl.when(pl.Series(known)).then("market_ppm").alias("market_ppm"),
        creator_key=pl.Series(keys, dtype=pl.Int32),
        group_place=pl.Series(judged.group_place, dtype=pl.Int32),
        **{name: pl.Series(listing.columns[name][keys]) for name in LOG_SDS},
    )

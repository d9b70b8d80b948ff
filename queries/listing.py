"""Keep the columns in memory that rank creators for a brief: what a generation serves of every creator and market.

A generation holds what a list reads in one row a creator (served_creators) and in one column a country
(market_shares), by whole-number keys in the order of ids. The columns are read once, and a market when it is first
asked for; then a brief costs one pass over those of its markets (queries/list_page.py).
"""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import RLock
from typing import Any

import numpy as np
import polars as pl

MOST_MARKETS_KEPT = 40  # columns of 8 bytes a creator: a third of a gigabyte at a million
MOST_ROWS_KEPT = 2_000  # creators of whom all that is stored is kept, some 2 kB each
WHOLE = 1_000_000  # ppm
PRIOR = 2  # of 200 people, as usual there; the others as reported

Read = Callable[..., pl.DataFrame]


@dataclass(frozen=True)
class Market:
    """One country. listed, likely: ppm of each creator's audience, as listed and with what is likely of the unknown;
    is_named: whether a source lists it; expected: ppm that is usual there, by home; effect: how much more people there
    buy.
    """

    is_named: np.ndarray
    listed: np.ndarray
    likely: np.ndarray
    expected: np.ndarray
    effect: float


@dataclass(frozen=True)
class Asked:
    """A brief in numbers. Whole numbers by market: parts per thousand million of the largest weight and of all."""

    goal: str
    markets: tuple[Market, ...]
    of_largest: tuple[int, ...]
    of_all: tuple[int, ...]
    effects: tuple[int, ...]
    worth: tuple[int, ...]

    def usual(self, weights: Sequence[int]) -> np.ndarray:
        """What is usual at each home, each market weighed, in the units of `part`."""
        return np.stack([w * (PRIOR * m.expected + 1) for w, m in zip(weights, self.markets, strict=True)]).sum(axis=0)


class Listing:
    """The columns of one generation, and what a list asks of them. read: answers a question of queries/."""

    def __init__(self, read: Read) -> None:
        self.read = read
        self._markets: OrderedDict[str, Market] = OrderedDict()
        self._rows: pl.DataFrame | None = None
        self._reading = RLock()

    @cached_property
    def columns(self) -> dict[str, np.ndarray]:
        """The columns by name; texts as places in `names`, -1 for none. -inf stands for an outcome nobody knows."""
        frame, found = self.read("listing_columns"), {}
        for name, values in zip(frame.columns, frame, strict=True):
            if values.dtype == pl.String:
                known = values.drop_nulls().unique().sort()
                self.names[name] = known.to_list()
                places = {text: at for at, text in enumerate(self.names[name])}
                found[name] = values.replace_strict(places, default=-1, return_dtype=pl.Int32).to_numpy()
            elif values.dtype.is_float():
                found[name] = values.fill_null(np.nan).to_numpy()
            else:
                found[name] = values.fill_null(-1).to_numpy()
        found["has_audience"] = found["unknown_ppm"] >= 0
        for name in ("purchases_per_money", "reach_per_money"):
            found[name] = np.where(found["has_audience"] & ~np.isnan(found[name]), found[name], -np.inf)
        return found

    @cached_property
    def names(self) -> dict[str, list[str]]:
        """The values of text columns."""
        return {}

    @cached_property
    def indices(self) -> pl.DataFrame:
        """The indices of the stages, for who orders a list by one."""
        return self.read("listing_indices")

    @cached_property
    def field(self) -> dict[str, float]:
        """The numbers that describe all creators together."""
        return dict(self.read("field_facts").select("name", "value").iter_rows())

    @cached_property
    def effects(self) -> dict[str, float]:
        """How much more people in a country buy; "" for countries that no campaign has seen."""
        return dict(self.read("market_effects").iter_rows())

    @cached_property
    def mix(self) -> dict[tuple[str, str], tuple[int, int]]:
        """Sum of ppm and number of creators, by home ("" for all) and country."""
        return {(home, country): (ppm, count) for home, country, ppm, count in self.read("audience_mix").iter_rows()}

    def rows(self, keys: np.ndarray) -> pl.DataFrame:
        """All that is stored of some creators (queries/listing_rows.sql), by key: another market of the same creators
        reads nothing. keys: whole numbers, ascending.
        """
        with self._reading:
            kept = self._rows
            missing = keys if kept is None else np.setdiff1d(keys, kept["creator_key"], assume_unique=True)
            if kept is None or len(missing):
                read = self.read("listing_rows", keys=missing.tolist())
                if kept is not None and kept.height + read.height > MOST_ROWS_KEPT:
                    kept = _of_keys(kept, np.setdiff1d(keys, missing, assume_unique=True))
                kept = read if kept is None else pl.concat([kept, read]).sort("creator_key")
                self._rows = kept if kept.height <= MOST_ROWS_KEPT else None
        return _of_keys(kept, keys)

    @property
    def count(self) -> int:
        """How many creators there are."""
        return len(self.columns["followers"])

    def market(self, country: str) -> Market:
        """The columns of a country: kept, or read when it is first asked for."""
        with self._reading:
            market = self._markets.pop(country, None) or self._read_market(country)
            self._markets[country] = market
            if len(self._markets) > MOST_MARKETS_KEPT:
                self._markets.popitem(last=False)
            return market

    def _read_market(self, country: str) -> Market:
        columns = self.columns
        rows = self.read("market_column", country=country)
        listed = np.full(self.count, -1, np.int32)
        listed[rows["creator_key"].to_numpy()] = rows["ppm"].to_numpy()
        expected = self._expected(country)
        unknown = columns["unknown_ppm"]
        room = np.where(columns["is_top_n"] > 0, np.minimum(unknown, columns["smallest_ppm"]), unknown)
        room[(columns["is_top_n"] > 0) & (listed >= 0)] = 0  # a list of the largest countries names a listed one whole
        is_named = listed >= 0
        usual = expected[columns["home"]]
        unlisted = np.where(is_named, WHOLE, np.maximum(np.maximum(columns["unlisted_ppm"], usual), 1))
        likely = np.floor(unknown.astype(float) * usual / unlisted + 0.5)
        listed = np.maximum(listed, 0)
        likely = listed + np.minimum(likely, room).astype(np.int32)
        effect = self.effects.get(country, self.effects.get("", 1.0))
        return Market(is_named, listed, likely, expected, effect)

    def _expected(self, country: str) -> np.ndarray:
        """What creators of each home probably have in a country, ppm; the last one is no home at all."""
        ppm, count = self.mix.get(("", country), (0, 0))
        counts = {home: count for (home, _country), (_ppm, count) in self.mix.items()}
        count_others = count - counts.get(country, 0)
        of_all = ppm / count if count else 0.0
        of_others = (ppm - self.mix.get((country, country), (0, 0))[0]) / count_others if count_others > 0 else of_all
        at_home = 1e6 * self.field["typical_in_market_share"]
        found = []
        for home in [*self.names["home"], None]:
            usual = at_home if home == country else of_others if home else of_all
            own, of_home = (self.mix.get((home, country), (0, 0))[0], counts.get(home, 0)) if home else (0, 0)
            found.append((own + 2 * usual) / (of_home + 2))
        return np.floor(np.array(found) + 0.5).astype(np.int64)

    def asked(self, targets: Sequence[dict[str, Any]], goal: str) -> Asked:
        """A brief's markets in numbers. targets: country and weight of each."""
        markets = tuple(self.market(target["country"]) for target in targets)
        weights = [target["weight"] for target in targets]
        largest, total = max(weights), sum(weights)
        bought = [1.0 if goal == "awareness" else market.effect for market in markets]
        return Asked(
            goal,
            markets,
            tuple(_whole(1e9 * w / largest) for w in weights),
            tuple(_whole(1e9 * w / total) for w in weights),
            tuple(_whole(1e6 * market.effect) for market in markets),
            tuple(_whole(1e7 * w / largest * e) for w, e in zip(weights, bought, strict=True)),
        )


def _of_keys(rows: pl.DataFrame, keys: np.ndarray) -> pl.DataFrame:
    """The rows of these keys, which are among them; both ascending."""
    return rows[np.searchsorted(rows["creator_key"].to_numpy(), keys)]


def _whole(number: float) -> int:
    return int(np.floor(number + 0.5))

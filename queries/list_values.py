"""Work out what a brief says of some creators: shares, outcomes, payoffs and groups, from the columns of a listing.

The formulas are those of queries/shortlist.sql, which a test holds this module to, to the bit: shares are whole parts
per million, so no order of adding can change a result.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from queries.listing import PRIOR, WHOLE, Asked, Listing

SURVEY = 198  # of 200 people, as reported
FEWEST_THERE, LEAST_PAYOFF = 0.05, 0.5  # as in queries/shortlist.sql
STAGES = ("engage", "click", "convert")

Rows = slice | np.ndarray  # some creators: a stretch of keys, or keys


def _added(arrays: Sequence[np.ndarray]) -> np.ndarray:
    """The sum of arrays of one length, without a copy of all of them."""
    total = arrays[0].copy()
    for array in arrays[1:]:
        total += array
    return total


@dataclass
class Judged:
    """What a brief says of some creators, each value worked out when it is asked for; one array entry a creator."""

    listing: Listing
    asked: Asked
    at: Rows
    _column: dict[str, np.ndarray] = field(default_factory=dict)

    def of(self, name: str) -> np.ndarray:
        """A column of the generation."""
        if name not in self._column:
            self._column[name] = self.listing.columns[name][self.at]
        return self._column[name]

    @cached_property
    def _markets(self) -> list[tuple[np.ndarray, np.ndarray]]:
        return [(market.listed[self.at], market.likely[self.at]) for market in self.asked.markets]

    def _sum(self, weights: Sequence[int]) -> np.ndarray:
        """Likely parts of 200 million, each market weighed: whole numbers as doubles."""
        pairs = zip(self._markets, weights, strict=True)
        total = _added([np.multiply(likely, w, dtype=np.int64) for (_, likely), w in pairs])
        return (SURVEY * total + self.asked.usual(weights)[self.of("home")]).astype(float)

    @cached_property
    def listed(self) -> np.ndarray:
        """Listed in all markets together, ppm."""
        return _added([listed.astype(np.int64) for listed, _ in self._markets])

    @cached_property
    def least(self) -> np.ndarray:
        """Listed in the market where it is least, ppm."""
        return np.minimum.reduce([listed for listed, _ in self._markets])

    @cached_property
    def likely(self) -> np.ndarray:
        return _added([likely for _, likely in self._markets])

    @cached_property
    def likely_share(self) -> np.ndarray:
        usual = PRIOR * _added([market.expected for market in self.asked.markets])
        parts = SURVEY * np.minimum(self.likely, WHOLE).astype(np.int64) + usual[self.of("home")]
        return np.minimum(np.maximum(parts / 200e6, 0.001), 1.0)

    @cached_property
    def likely_parts(self) -> np.ndarray:
        usual = self.asked.usual([1] * len(self.asked.markets))[self.of("home")]
        return (SURVEY * self.likely.astype(np.int64) + usual).astype(float)

    @cached_property
    def worth_parts(self) -> np.ndarray:
        return self._sum(self.asked.worth) / 1e7

    @cached_property
    def bought_parts(self) -> np.ndarray:
        return self._sum(self.asked.effects) / 1e6

    @cached_property
    def outcome_per_money(self) -> np.ndarray:
        """What the list is ordered by; -inf where it is not known."""
        name = "reach_per_money" if self.asked.goal == "awareness" else "purchases_per_money"
        return self.of(name) * self.likely_share * self.worth_parts / self.likely_parts

    @cached_property
    def expected_outcome(self) -> np.ndarray:
        if self.asked.goal == "awareness":
            return self.of("reach") * self.likely_share
        return self.of("purchases") * self.bought_parts / self.likely_parts * self.likely_share

    @cached_property
    def market_weight(self) -> np.ndarray:
        return self.worth_parts / (self.likely_parts if self.asked.goal == "awareness" else self.bought_parts)

    @cached_property
    def in_market_share(self) -> np.ndarray:
        return self.listed / 1e6

    @cached_property
    def in_market_share_upper(self) -> np.ndarray:
        upper = self.listed + self.of("unknown_ppm")
        return np.where((upper > WHOLE) & (self.listed <= WHOLE), 1.0, upper / 1e6)

    @cached_property
    def unknown_share(self) -> np.ndarray:
        return self.of("unknown_ppm") / 1e6

    @cached_property
    def weighted_share(self) -> np.ndarray:
        pairs = zip(self._markets, self.asked.of_largest, strict=True)
        return _added([np.multiply(listed, w, dtype=np.int64) for (listed, _), w in pairs]).astype(float) / 1e15

    @cached_property
    def target_overlap(self) -> np.ndarray:
        pairs = zip(self._markets, self.asked.of_all, strict=True)
        parts = [np.minimum(np.multiply(listed, 1000, dtype=np.int64), w) for (listed, _), w in pairs]
        return _added(parts) / 1e9

    @cached_property
    def in_market_reach(self) -> np.ndarray:
        return self.of("expected_reach") * self.listed / 1e6

    @cached_property
    def reached_there(self) -> np.ndarray:
        return self.of("reach") * self.likely_share

    @cached_property
    def payoff_awareness(self) -> np.ndarray:
        typical = self.listing.field["typical_in_market_share"] or np.nan
        return self.of("impressions_per_money") * self.of("awareness_factor") * self.weighted_share / typical

    @cached_property
    def payoff_conversion(self) -> np.ndarray:
        facts, share = self.listing.field, self.weighted_share
        out_of_market = facts["out_of_market_click"] * facts["out_of_market_conversion"]
        path = share + (1 - share) * out_of_market
        typical = facts["typical_geography_factor"] or np.nan
        return self.of("impressions_per_money") * self.of("conversion_factor") * path / typical

    @cached_property
    def group_place(self) -> np.ndarray:
        """1 book, 2 pilot, 3 other role, 4 pass: the role in these markets decides."""
        label, names = self.of("natural_label"), self.listing.names["natural_label"]
        place = {name: at for at, name in enumerate(names)}
        price, known = self.of("price_factor"), self.of("has_audience")
        best = np.maximum(self.payoff_awareness, self.payoff_conversion) / price
        no_role = known & ((self.in_market_share_upper < FEWEST_THERE) | (best < LEAST_PAYOFF))
        falls_back = known & (label == place.get("conversion", -2)) & (self.payoff_conversion / price < LEAST_PAYOFF)
        role = np.where(falls_back, place.setdefault("awareness", len(names)), label)
        serves = (role == place.get("balanced", -2)) | (role == place.get(self.asked.goal, -2))
        pilots = (role == place.get("pilot", -2)) | ~known
        return np.where(no_role, 4, np.where(pilots, 2, np.where(serves, 1, 3)))

    def sort_value(self, sort: str) -> np.ndarray:
        """What a list is ordered by before the rank, as doubles; NaN where it is not known."""
        known = self.of("has_audience")
        if sort == "followers":
            followers = self.of("followers").astype(float)
            return np.where(followers < 0, np.nan, followers)
        if sort == "cost":
            return self.of("cost")
        if sort == "group":
            return -self.group_place.astype(float)
        if sort in STAGES:
            return self.listing.indices[f"{sort}_index"].to_numpy()[self.at]
        if sort == "cost_per_outcome":
            with np.errstate(divide="ignore", invalid="ignore"):
                value = self.of("cost") / np.where(self.expected_outcome == 0, np.nan, self.expected_outcome)
        else:
            names = {
                "in_market_reach": "reached_there",
                "expected": "expected_outcome",
                "per_1000": "outcome_per_money",
            }
            value = getattr(self, names.get(sort, sort))
        return np.where(known, value, np.nan)

"""Choose the set of lines with the largest expected outcome that a budget and its limits allow, exactly.

A mixed-integer programme (HiGHS), solved to the end. Costs are whole cents: a set that the solver's tolerance lets
through above the budget is cut off, and the next best one is looked for. Of sets that bring the same, the cheaper one
is chosen, then the one whose creators come first by id, so that the same lines always make the same plan.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import csr_array

from fit.plan.solver import Infeasible, Rows, Solved, minimise

SCALE = 1e4  # the most valuable line, and the budget, in the solver's units
SAME = 1e-9  # of the most valuable line: values that differ by less are ties


@dataclass(frozen=True)
class Field:
    """Lines that may be booked, one row each, ordered by creator_id.

    creators: number of the creator, in the order of ids (lines,). cents: cost in whole hundredths (lines,). values:
    expected outcome, each market by its weight (lines,). in_markets: expected outcome in each market (lines, markets).
    """

    creators: np.ndarray
    cents: np.ndarray
    values: np.ndarray
    in_markets: np.ndarray

    def __len__(self) -> int:
        return len(self.cents)

    def take(self, some: np.ndarray) -> Field:
        """Return some of the lines."""
        return Field(self.creators[some], self.cents[some], self.values[some], self.in_markets[some])


@dataclass(frozen=True)
class Limits:
    """What a plan must keep to. budget, most_for_one: whole hundredths of the currency.

    fewest, most: number of creators. must, without: numbers of creators. most_for_one: what one creator may cost (None:
    all of it). is_several: more than one line of a creator may be booked. at_least: expected outcome wanted of each
    market, by its column in Field.in_markets.
    """

    budget: int
    fewest: int = 0
    most: int | None = None
    must: frozenset[int] = frozenset()
    without: frozenset[int] = frozenset()
    most_for_one: int | None = None
    is_several: bool = False
    at_least: dict[int, float] = field(default_factory=dict)


def choose(lines: Field, limits: Limits) -> np.ndarray:
    """The best set: whether each line is booked (lines,). Raises Infeasible where no set keeps all limits."""
    some = np.flatnonzero(may_be_booked(lines, limits))
    booked = np.zeros(len(lines), bool)
    booked[some] = _Programme(lines.take(some), limits).solve()
    return booked


def may_be_booked(lines: Field, limits: Limits) -> np.ndarray:
    """Whether each line keeps the limits by itself: not excluded, not above the budget, nor what one may cost."""
    most = limits.budget if limits.most_for_one is None else min(limits.budget, limits.most_for_one)
    return ~np.isin(lines.creators, list(limits.without)) & (lines.cents <= most)


def keeps_costs(lines: Field, limits: Limits, booked: np.ndarray) -> bool:
    """Whether a set costs no more than the budget, in all and for one creator: whole numbers, no tolerance."""
    if int(lines.cents[booked].sum()) > limits.budget:
        return False
    most = limits.most_for_one
    if most is None or not booked.any():
        return True
    return max(int(lines.cents[booked & (lines.creators == one)].sum()) for one in set(lines.creators[booked])) <= most


def keeps_limits(lines: Field, limits: Limits, booked: np.ndarray) -> bool:
    """Whether a set keeps every limit."""
    creators = lines.creators[booked].tolist()
    people, most = set(creators), limits.most
    return (
        keeps_costs(lines, limits, booked)
        and (limits.is_several or len(people) == len(creators))
        and limits.fewest <= len(people)
        and (most is None or len(people) <= most)
        and limits.must <= people
        and not limits.without & people
        and all(float(lines.in_markets[booked, at].sum()) >= least for at, least in limits.at_least.items())
    )


@dataclass
class _Programme:
    """One question to the solver. Variables: whether each line is booked, and (of several) whether each creator is."""

    lines: Field
    limits: Limits
    cuts: list[Rows] = field(default_factory=list)

    def solve(self) -> np.ndarray:
        """The best set. Raises Infeasible."""
        count = len(self.lines)
        if not count:
            if self.limits.fewest or self.limits.must or any(self.limits.at_least.values()):
                raise Infeasible
            return np.zeros(0, bool)
        scaled = self.lines.values * (SCALE / max(float(self.lines.values.max()), 1e-300))
        objective = self._padded(-scaled)
        best = self._kept(objective, [], 2 * SAME * SCALE)
        worth = float(scaled @ best.values[:count])
        as_good = self._row(scaled, worth - SAME * SCALE, np.inf)
        cheaper = self._kept(self._padded(self._cost_then_rank()), [as_good], 0.0, best)
        return self._first_of_alike(cheaper.values[:count] > 0)

    def _kept(self, objective: np.ndarray, more: list[Rows], slack: float, known: Solved | None = None) -> Solved:
        """The choice with the smallest sum that keeps the limits to the cent."""
        while True:
            found = minimise(objective, Rows.joined([*self._rows(), *more, *self.cuts]), slack, known)
            booked = found.values[: len(self.lines)] > 0
            if keeps_costs(self.lines, self.limits, booked):
                return found
            # Over the budget by less than the solver's tolerance: this set, and no other, is cut off.
            self.cuts.append(self._row(np.where(booked, 1.0, -1.0), -np.inf, booked.sum() - 1))

    def _cost_then_rank(self) -> np.ndarray:
        """Cost, and below a cent the place of the creator: what ties are settled by."""
        place = np.arange(1, len(self.lines) + 1) / (len(self.lines) * (len(self.lines) + 1))
        return (self.lines.cents + place) * (SCALE / max(1.0, float(self.lines.cents.max())))

    def _first_of_alike(self, booked: np.ndarray) -> np.ndarray:
        """Of creators with one line each that differ in nothing but their id, the first ones are booked."""
        lines = self.lines
        free = (np.bincount(lines.creators)[lines.creators] == 1) & ~np.isin(lines.creators, list(self.limits.must))
        keys: dict[tuple[object, ...], list[int]] = {}
        for at in np.flatnonzero(free):
            key = (int(lines.cents[at]), float(lines.values[at]), *lines.in_markets[at].tolist())
            keys.setdefault(key, []).append(int(at))
        chosen = booked.copy()
        for alike in keys.values():
            chosen[alike] = np.arange(len(alike)) < int(booked[alike].sum())
        return chosen

    @property
    def count_people(self) -> int:
        """Variables of creators: none where each has one line at most, for then the line says it."""
        return int(self.lines.creators.max()) + 1 if self.limits.is_several else 0

    def _padded(self, weights: np.ndarray) -> np.ndarray:
        return np.concatenate([np.asarray(weights, float), np.zeros(self.count_people)])

    def _row(self, weights: np.ndarray, low: float, high: float) -> Rows:
        """One bound on a sum over lines."""
        return Rows.of(csr_array(self._padded(weights)[None]), low, high)

    def _rows(self) -> list[Rows]:
        lines, limits = self.lines, self.limits
        rows = [self._row(lines.cents * (SCALE / max(limits.budget, 1)), -np.inf, SCALE)]
        for column, least in limits.at_least.items():
            largest = max(float(lines.in_markets[:, column].max()), 1e-300)
            rows.append(self._row(lines.in_markets[:, column] / largest, least / largest, np.inf))
        return rows + (self._with_several() if limits.is_several else self._with_one_line_each())

    def _with_one_line_each(self) -> list[Rows]:
        """At most one line a creator, those that must be, and how many creators."""
        lines, limits, count = self.lines, self.limits, len(self.lines)
        people, numbers = np.unique(lines.creators, return_inverse=True)
        if limits.must - set(people.tolist()):
            raise Infeasible
        of_creator = csr_array((np.ones(count), (numbers, np.arange(count))), shape=(len(people), count))
        must = np.isin(people, list(limits.must))
        asked = must | (np.bincount(numbers) > 1)  # of the others the bound of their one line says it
        most = np.inf if limits.most is None else limits.most
        rows = [Rows.of(of_creator[asked], must[asked].astype(float), 1)] if asked.any() else []
        return [*rows, self._row(np.ones(count), limits.fewest, most)]

    def _with_several(self) -> list[Rows]:
        """A creator is booked when a line is; those that must be, how many, and what one may cost."""
        lines, limits, count, people = self.lines, self.limits, len(self.lines), self.count_people
        of_lines, here = np.arange(count), lines.creators
        if any(not (here == creator).any() for creator in limits.must):
            raise Infeasible
        shape = (people, count + people)
        theirs = csr_array((np.ones(count), (here, of_lines)), shape=shape)
        is_in = csr_array((np.ones(people), (np.arange(people), count + np.arange(people))), shape=shape)
        each = csr_array((np.ones(count), (of_lines, of_lines)), shape=(count, count + people))
        creator_of_each = csr_array((np.ones(count), (of_lines, count + here)), shape=each.shape)
        everybody = csr_array(np.concatenate([np.zeros(count), np.ones(people)])[None])
        must = np.isin(np.arange(people), list(limits.must)).astype(float)
        most = np.inf if limits.most is None else limits.most
        rows = [
            Rows.of(csr_array(theirs - is_in), 0, np.inf),
            Rows.of(csr_array(each - creator_of_each), -np.inf, 0),
            Rows.of(is_in, must, 1),
            Rows.of(everybody, limits.fewest, most),
        ]
        if limits.most_for_one is not None:
            weight = lines.cents * (SCALE / max(limits.most_for_one, 1))
            rows.append(Rows.of(csr_array((weight, (here, of_lines)), shape=shape), -np.inf, SCALE))
        return rows

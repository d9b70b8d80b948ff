"""Fit level effects as random effects, creators set apart, and how unsure all of them are together.

y_i = offset_i + base + sum over factors of u_level(i) + c_creator(i): every u is normal around what is usual for its
level with one variance a factor, learned from the field and a guess; every c is normal around 0. The creators are
solved for within the same step and set apart (Schur complement), so that one busy creator cannot set a level. The
observations enter through weights and gradients only, so the same step serves counts (benchmark) and logs (views,
prices).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
import polars as pl
from scipy import sparse

LEVELS_IN_DOUBT = 4  # levels that the guess of a factor's variance counts for
PARTS = 24  # independent errors that stand for the errors of base and levels; the rest is too small to matter
LONGEST_STEP = 1.0  # of a log, so that a count of 0 or a typing error cannot throw the search off
PASSES, SETTLED = 30, 1e-5
SMALLEST_VARIANCE = 1e-6
SMALL_FIELD = 50_000  # campaigns x creators up to which plain arrays are faster than sparse ones, by a factor of ten

Matrix: TypeAlias = "np.ndarray | sparse.csr_array"
Score = Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]]


def numbered(values: pl.Series) -> tuple[list[str], np.ndarray]:
    """The names among values in the order they come up, and each value's place among them (values,); -1 for none."""
    coded = values.cast(pl.String).to_arrow().dictionary_encode()
    return coded.dictionary.to_pylist(), coded.indices.fill_null(-1).to_numpy()


@dataclass(frozen=True)
class Factor:
    """One way in which campaigns differ: the names of its levels and each campaign's levels.

    codes: int array (campaigns, at most countries of one market); -1 stands for "no level". A campaign in several
    levels (market "DE+AT") gets the mean of their log effects.
    """

    name: str
    levels: tuple[str, ...]
    codes: np.ndarray

    def take(self, chosen: np.ndarray) -> Factor:
        """Return the same factor for some of the campaigns."""
        return replace(self, codes=self.codes[chosen])

    def log_effect(self, log_effects: np.ndarray) -> np.ndarray:
        """Return each campaign's log effect; log_effects holds one value per level and a last 0 for "no level"."""
        if self.codes.shape[1] == 1:
            return log_effects[self.codes[:, 0]]
        count = np.maximum((self.codes >= 0).sum(axis=1), 1)
        return log_effects[self.codes].sum(axis=1) / count

    def matrix(self) -> sparse.csr_array:
        """Which level each campaign has, (campaigns, levels); a campaign in several levels is split evenly."""
        parts, row, level = self.cells()
        return sparse.csr_array((parts, (row, level)), shape=(len(self.codes), len(self.levels)))

    def plain_matrix(self) -> np.ndarray:
        """The same as a plain array."""
        parts, row, level = self.cells()
        matrix = np.zeros((len(self.codes), len(self.levels)))
        np.add.at(matrix, (row, level), parts)
        return matrix

    def cells(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The cells of the matrix that are not 0: value, campaign, level (each one-dimensional)."""
        row, column = np.nonzero(self.codes >= 0)
        count = (self.codes >= 0).sum(axis=1)
        return 1.0 / count[row], row, self.codes[row, column].astype(np.int64)


@dataclass(frozen=True)
class Guess:
    """What is known before any campaign is seen: the base (log, with its sd), and each factor's spread.

    spreads: factor to standard deviation of its levels. usual: factor to level to the middle of its log effect, where
    that is not 0 (a story is seen less than a post). creator_sd: spread between creators, one for all or one for each.
    """

    base: float
    base_sd: float
    spreads: Mapping[str, float]
    usual: Mapping[str, Mapping[str, float]]
    creator_sd: float | np.ndarray

    def of_level(self, factor: str, level: str) -> float:
        """The middle of a level's log effect before it is seen."""
        return self.usual.get(factor, {}).get(level, 0.0)


@dataclass(frozen=True)
class Effects:
    """What was learned: base (log), the log effect of every level (last entry: no level, 0), and the errors of both.

    errors: factor to (levels + 1, parts), and "base" to (1, parts): by how much each of the independent standard
    normal errors of the fit moves base and levels. spreads: the learned standard deviations.
    """

    base: float
    log_effects: dict[str, np.ndarray]
    errors: dict[str, np.ndarray]
    spreads: dict[str, float]
    creator_effects: np.ndarray

    def campaign_errors(self, factors: Sequence[Factor]) -> np.ndarray:
        """How the errors enter each campaign: (campaigns, parts). factors: of the campaigns, with the fitted levels."""
        return sum((factor.matrix() @ self.errors[factor.name][:-1] for factor in factors), self.errors["base"])


def fit_effects(
    factors: Sequence[Factor], creator: np.ndarray, score: Score, guess: Guess, start: Effects | None = None
) -> Effects:
    """Fit base, levels and creators by Newton's method (Fisher's weights), each factor's variance by EM beside it.

    creator: int per campaign. score: given what base, levels and creators add to each campaign's log (campaigns,),
    the slope of its log likelihood and the weight (minus the expected curvature), both (campaigns,). start: effects of
    a similar fit with the same factors and creators, to begin from.
    """
    people = np.unique(creator, return_inverse=True)[1]
    count = int(people.max(initial=-1)) + 1
    design, group = _matrices(factors, people, count)
    middle = np.array([guess.base, *(guess.of_level(f.name, level) for f in factors for level in f.levels)])
    where = np.cumsum([1, *(len(factor.levels) for factor in factors)])
    parts = {f.name: slice(first, last) for f, first, last in zip(factors, where[:-1], where[1:], strict=True)}
    variances = {f.name: (start.spreads[f.name] if start else guess.spreads[f.name]) ** 2 for f in factors}
    effects, own = middle.copy(), np.zeros(group.shape[1])
    if start:
        effects = np.concatenate([[start.base], *(start.log_effects[f.name][:-1] for f in factors)])
        own = start.creator_effects
    own_precision = 1 / guess.creator_sd**2
    covariance = np.zeros((len(middle), len(middle)))
    for _ in range(PASSES):
        slope, weight = score(design @ effects + group @ own)
        precision = np.full(len(middle), 1 / guess.base_sd**2)
        for name, part in parts.items():
            precision[part] = 1 / variances[name]
        # Newton's equations with the creators solved for: S = A - B' D^-1 B.
        weighted = _rows_times(design, weight)
        within = group.T @ weighted  # B: (creators, levels)
        apart = 1 / (group.T @ weight + own_precision)
        curve = _plain(design.T @ weighted) + np.diag(precision)
        curve -= _plain(within.T @ _rows_times(within, apart))
        rise = design.T @ slope - precision * (effects - middle)
        own_rise = group.T @ slope - own_precision * own
        covariance = np.linalg.inv(curve)
        step = covariance @ (rise - within.T @ (apart * own_rise))
        own_step = apart * (own_rise - within @ step)
        size = max(float(np.abs(step).max()), float(np.abs(own_step).max(initial=0.0)))
        shorter = min(1.0, LONGEST_STEP / max(size, SETTLED))
        effects, own = effects + shorter * step, own + shorter * own_step
        moved = size
        for name, part in parts.items():
            old = variances[name]
            squares = float(((effects[part] - middle[part]) ** 2).sum() + np.trace(covariance[part, part]))
            known = LEVELS_IN_DOUBT * guess.spreads[name] ** 2
            count = part.stop - part.start
            variances[name] = max((squares + known) / (count + LEVELS_IN_DOUBT), SMALLEST_VARIANCE)
            moved = max(moved, abs(variances[name] - old))
        if moved < SETTLED:
            break
    loadings = _parts(covariance)
    log_effects = {name: np.append(effects[part], 0.0) for name, part in parts.items()}
    errors = {name: np.vstack([loadings[part], np.zeros(loadings.shape[1])]) for name, part in parts.items()}
    spreads = {name: float(np.sqrt(variance)) for name, variance in variances.items()}
    return Effects(float(effects[0]), log_effects, errors | {"base": loadings[:1]}, spreads, own)


def _matrices(factors: Sequence[Factor], people: np.ndarray, count: int) -> tuple[Matrix, Matrix]:
    """Base and levels of each campaign, and its creator (people: int per campaign, below count)."""
    campaigns = len(people)
    widest = max(count, 1 + sum(len(factor.levels) for factor in factors))
    if campaigns * widest <= SMALL_FIELD:
        design = np.hstack([np.ones((campaigns, 1)), *(factor.plain_matrix() for factor in factors)])
        return design, np.equal.outer(people, np.arange(count)).astype(float)
    ones = np.ones((campaigns, 1))
    return (
        sparse.hstack([ones, *(factor.matrix() for factor in factors)], format="csr"),
        sparse.csr_array((ones[:, 0], (np.arange(campaigns), people)), shape=(campaigns, count)),
    )


def _rows_times(matrix: Matrix, factors: np.ndarray) -> Matrix:
    """Multiply each row of a sparse or plain matrix by its factor."""
    each = factors[:, None]
    return matrix * each if isinstance(matrix, np.ndarray) else matrix.multiply(each).tocsr()


def _plain(matrix: Matrix) -> np.ndarray:
    """A sparse or plain matrix as a plain array."""
    return matrix if isinstance(matrix, np.ndarray) else matrix.toarray()


def expected_squares(
    off: np.ndarray,
    creator: np.ndarray,
    errors: np.ndarray,
    creator_variance: float | np.ndarray,
    campaign_variance: float,
) -> tuple[np.ndarray, float]:
    """Squares to expect of the creators' effects (creators,) and of the campaigns' luck in all: the E-step for two
    variances.

    off: what base and levels leave of each campaign's log (campaigns,); creator: int per campaign, 0 to their number;
    creator_variance: one for all, or one for each; errors: how the errors of base and levels enter each campaign
    (campaigns, parts). Without those errors the luck of a small field would look small, because its levels follow it.
    """
    counts = np.bincount(creator)
    unsure = 1 / (counts / campaign_variance + 1 / creator_variance)
    follows = unsure / campaign_variance  # how far a creator's effect follows each of its campaigns
    own = np.bincount(creator, off) * follows
    group = sparse.csr_array((follows[creator], (creator, np.arange(len(creator)))), shape=(len(counts), len(creator)))
    own_errors = group @ errors
    between = own**2 + unsure + (own_errors**2).sum(axis=1)
    left_errors = errors - own_errors[creator]
    within = float(((off - own[creator]) ** 2).sum() + (counts * unsure).sum() + (left_errors**2).sum())
    return between, within


def normal_score(values: np.ndarray, variance: float) -> Score:
    """The slope and weight of normal observations: values (campaigns,) with one variance."""
    weight = np.full(len(values), 1 / variance)
    return lambda logs: ((values - logs) / variance, weight)


def _parts(covariance: np.ndarray) -> np.ndarray:
    """The largest independent parts F of a covariance, covariance = F F' + a little: (levels, at most PARTS)."""
    values, vectors = np.linalg.eigh((covariance + covariance.T) / 2)
    largest = slice(max(len(values) - PARTS, 0), None)
    return vectors[:, largest] * np.sqrt(np.maximum(values[largest], 0.0))

"""Estimate how strong creators are at one stage, with an interval (posterior of the log index).

Events of campaign i: x_i ~ Poisson(mu_i lambda u_i), log u_i normal with variance 1/k_i and E u_i = 1, and
log lambda ~ N(m0, tau^2) over the creators of the field. The cap k makes the interval honest: however big a campaign
is, it proves no more than k events would, because a creator's next post differs from the last one by more than luck.
What a campaign proves is 1 / (1/k_i + 1/(mu_i lambda)) events, discounted for how far the creator may have wandered
since.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

Z_80 = 1.2815515655446004  # an 80 % interval reaches this many standard deviations to either side
# What is known of any field before its campaigns are read: tau about .5 (log mean and log sd), and a luck between
# posts as real accounts have it, a log sd of about .6 (engagements), .75 (clicks) and .65 (purchases); k = 1/luck^2.
LOG_TAU, LOG_TAU_SD = -0.7, 0.5
LOG_K_SD = 0.8
LUCK = {"engage": 0.55, "click": 0.7, "convert": 0.6}
LEVEL_SD = 0.5  # m0 may differ from 0 by about this; decides only where the field has one creator
FIT_NODES = np.linspace(-3.2, 3.2, 33)  # log lambda while the spread is learned: 4 % to 25 times the benchmark
STEPS = (0.4, 0.2, 0.1, 0.05)  # of the search for the spread; .05 of a log is finer than any field can tell
FIT_CAMPAIGNS = 20_000  # campaigns that the spread and the benchmark are learned from; more change the third digit
NODES = np.linspace(-5.0, 5.0, 25)  # of a posterior, in its own standard deviations
MOST_OF_ONE = 500  # campaigns of one creator that a fit reads; its own level is known to a percent by then
CHUNK = 100_000  # campaigns read at once, so that a million creators fit into memory
NEWTON_PASSES = 8
CAMPAIGN_PASSES = 4
LARGEST_LOG = 20.0  # of a log rate: beyond it the numbers are absurd, and must only stay finite
HALF_EVENT = 0.5  # stands in for no event where a logarithm is taken
SMALLEST_EXPECTED = 1e-12
SMALLEST_VARIANCE = 1e-9  # of a log rate: no field is known better than to a thirtieth of a percent

DRIFT, DRIFT_PAIRS, DRIFT_LARGEST = 0.01, 200, 0.15  # variance per quarter; weight of that guess; no more than
NEXT_CAMPAIGN = 1  # a judgement is made for the next campaign, about a quarter after the newest one on record
DRIFT_EXPECTED = 5  # campaigns with fewer expected events say too little about drift
DRIFT_LAGS = 10  # how many campaigns apart a pair may be


@dataclass(frozen=True)
class StrengthRecord:
    """The measured campaigns of one stage, sorted by creator.

    creator: int index; events: x; expected: mu; open_variance: how much of the log rate the campaign's age and audience
    leave open; age: quarters before now.
    """

    creator: np.ndarray
    events: np.ndarray
    expected: np.ndarray
    open_variance: np.ndarray
    age: np.ndarray

    def take(self, chosen: np.ndarray | slice) -> StrengthRecord:
        """Return some of the campaigns."""
        return StrengthRecord(*(values[chosen] for values in vars(self).values()))

    @property
    def starts(self) -> np.ndarray:
        """Where each creator's campaigns begin."""
        return np.flatnonzero(np.diff(self.creator, prepend=-1))


@dataclass(frozen=True)
class Spread:
    """What a stage is like over the whole field: level m0, spread tau between creators, and the cap k."""

    level: float = 0.0
    tau: float = 0.5
    cap: float = 3.0

    def caps(self, record: StrengthRecord) -> np.ndarray:
        """k_i = 1 / (1/k + open variance): an old campaign, or one with an unknown audience, proves less."""
        return 1 / (1 / self.cap + record.open_variance)


GUESSES = {stage: Spread(0.0, float(np.exp(LOG_TAU)), luck**-2) for stage, luck in LUCK.items()}


def sample(creator: np.ndarray, most: int = FIT_CAMPAIGNS) -> np.ndarray:
    """Choose whole creators, evenly over their order, until about `most` campaigns are chosen; bool per campaign.

    creator: int per campaign, sorted. Of a creator with thousands of campaigns some hundred stand for all.
    """
    position = np.arange(len(creator)) - np.searchsorted(creator, creator)
    number = np.bincount(creator)[creator] if len(creator) else creator
    chosen = position % np.maximum(-(-number // MOST_OF_ONE), 1) == 0
    step = -(-int(chosen.sum()) // most) or 1
    return chosen & (creator % step == 0)


def log_likelihood(record: StrengthRecord, caps: np.ndarray, nodes: np.ndarray) -> np.ndarray:
    """Compute the log likelihood of every campaign (rows) at log lambda; what depends on the counts alone is left out.

    nodes: (nodes,) for all campaigns, or (campaigns, nodes). The campaign's own u is integrated out by Laplace's
    method: at its peak t = mu lambda u solves t - x = (log(mu lambda) - 1/2k - log t) k. Written in d = log(t / x), so
    that 1e15 events lose no digits.
    """
    spread = 1 / caps[:, None]
    events = record.events[:, None]
    reference = np.maximum(events, HALF_EVENT)
    aim = np.log(record.expected[:, None]) + nodes - spread / 2 - np.log(reference)
    off = _peak_of_campaign(events, reference, spread, aim)
    rate = reference * np.exp(off)
    poisson = events * off - reference * np.expm1(off)
    return poisson - (off - aim) ** 2 / (2 * spread) - 0.5 * np.log1p(spread * rate)


def _peak_of_campaign(events: np.ndarray, reference: np.ndarray, spread: np.ndarray, aim: np.ndarray) -> np.ndarray:
    """Solve spread (reference e^d - events) + d = aim. Newton's method from a point above the root: the left side is
    convex and rises, so every step comes closer from above.
    """
    steep = spread * reference
    below = np.where(events > 0, aim / (1 + steep), aim)
    off = np.where(aim > 0, np.minimum(aim, np.log1p(np.maximum(aim, 0.0) / steep)), below)
    for _ in range(CAMPAIGN_PASSES):
        rise = steep * np.exp(off)
        off = off - (rise - spread * events + off - aim) / (rise + 1)
    return off


def by_creator(record: StrengthRecord, cap: float) -> np.ndarray:
    """Log likelihood of every creator (rows, in order of appearance) at the 33 nodes of log lambda, under a cap."""
    caps = Spread(cap=cap).caps(record)
    return np.add.reduceat(log_likelihood(record, caps, FIT_NODES), record.starts, axis=0)


def log_marginal(likelihood: np.ndarray, spread: Spread, guess: Spread) -> float:
    """Log probability of all campaigns under a spread, log lambda integrated out, and the log prior of the spread.

    likelihood: by_creator() under the spread's cap; guess: the middle of the prior.
    """
    prior = -0.5 * ((FIT_NODES - spread.level) / spread.tau) ** 2
    prior -= np.log(np.exp(prior).sum())
    joint = likelihood + prior
    top = joint.max(axis=1)
    data = (top + np.log(np.exp(joint - top[:, None]).sum(axis=1))).sum()
    doubt = (
        (spread.level / LEVEL_SD) ** 2
        + (np.log(spread.tau / guess.tau) / LOG_TAU_SD) ** 2
        + (np.log(spread.cap / guess.cap) / LOG_K_SD) ** 2
    )
    return float(data - doubt / 2)


def fit_spread(
    record: StrengthRecord, guess: Spread, start: Spread | None = None, steps: tuple[float, ...] = STEPS
) -> tuple[Spread, float]:
    """Find the spread of the highest log marginal, by a compass search in (m0, log tau, log k), and how high it is.

    guess: the middle of the prior, and the answer without campaigns (height 0). start: where to begin, for example the
    spread of a benchmark that differs little.
    """
    if not len(record.creator):
        return guess, 0.0
    likelihoods: dict[float, np.ndarray] = {}  # only the cap changes it, and only one axis of the search moves the cap

    def height(at: np.ndarray) -> float:
        spread = Spread(float(at[0]), float(np.exp(at[1])), float(np.exp(at[2])))
        if spread.cap not in likelihoods:
            likelihoods[spread.cap] = by_creator(record, spread.cap)
        return log_marginal(likelihoods[spread.cap], spread, guess)

    first = start or guess
    point = np.array([first.level, np.log(first.tau), np.log(first.cap)])
    best = height(point)
    for step in steps:
        point, best = _climb(height, point, best, step)
    return Spread(float(point[0]), float(np.exp(point[1])), float(np.exp(point[2]))), best


def _climb(
    height: Callable[[np.ndarray], float], point: np.ndarray, best: float, step: float
) -> tuple[np.ndarray, float]:
    """Walk along the axes as long as a step leads up."""
    climbing = True
    while climbing:
        climbing = False
        for axis in range(len(point)):
            for sign in (step, -step):
                tried = point.copy()
                tried[axis] += sign
                reached = height(tried)
                if reached > best + 1e-9:
                    point, best, climbing = tried, reached, True
                    break
    return point, best


def posterior(
    record: StrengthRecord, caps: np.ndarray, weight: np.ndarray, mean: np.ndarray, variance: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Compute mean and variance of log lambda for every creator of the record, under a normal prior for each.

    caps, weight: one per campaign, how much it can prove and what is left of that now. mean, variance: one per creator
    of the record, in order of appearance. Newton's method finds the peak, 25 nodes around it measure mean and variance.
    """
    peak, width = _peak(record, caps, weight, mean, variance)
    means, variances = np.empty_like(peak), np.empty_like(peak)
    starts = record.starts
    for first, last in _chunks(starts, len(record.creator)):
        rows = slice(starts[first], starts[last] if last < len(starts) else len(record.creator))
        part = record.take(rows)
        nodes = peak[first:last, None] + width[first:last, None] * NODES
        counts = np.diff(np.append(part.starts, len(part.creator)))
        by_campaign = weight[rows, None] * log_likelihood(part, caps[rows], np.repeat(nodes, counts, axis=0))
        log_density = np.add.reduceat(by_campaign, part.starts, axis=0)
        log_density -= 0.5 * (nodes - mean[first:last, None]) ** 2 / variance[first:last, None]
        density = np.exp(log_density - log_density.max(axis=1, keepdims=True))
        density /= density.sum(axis=1, keepdims=True)
        means[first:last] = (density * nodes).sum(axis=1)
        variances[first:last] = (density * (nodes - means[first:last, None]) ** 2).sum(axis=1)
    return means, np.maximum(variances, SMALLEST_VARIANCE)


def _chunks(starts: np.ndarray, count: int) -> list[tuple[int, int]]:
    """Cut the creators into runs of about 100,000 campaigns."""
    edges = np.searchsorted(starts, np.arange(CHUNK, count, CHUNK))
    edges = np.unique(np.concatenate([[0], edges, [len(starts)]])).tolist()
    return list(pairwise(edges))


def _peak(
    record: StrengthRecord, caps: np.ndarray, weight: np.ndarray, mean: np.ndarray, variance: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Where each creator's posterior is highest, and how wide it is there."""
    starts = record.starts
    counts = np.diff(np.append(starts, len(record.creator)))
    curve = precision = 1 / variance
    spread, reference = 1 / caps, np.maximum(record.events, HALF_EVENT)
    base = np.log(record.expected) - spread / 2 - np.log(reference)
    # Begin where every campaign's own log rate, weighted by what it proves, meets the prior.
    proves = weight / (spread + 1 / reference)
    peak = mean * precision - np.add.reduceat(proves * base, starts)
    peak /= precision + np.add.reduceat(proves, starts)
    for _ in range(NEWTON_PASSES):
        off = _peak_of_campaign(record.events, reference, spread, base + np.repeat(peak, counts))
        rate = reference * np.exp(off)
        slope = np.add.reduceat(weight * (record.events - rate), starts) - (peak - mean) * precision
        curve = np.add.reduceat(weight * rate / (1 + spread * rate), starts) + precision
        peak = peak + np.clip(slope / curve, -1.0, 1.0)
    return peak, 1 / np.sqrt(curve)


def information(record: StrengthRecord, caps: np.ndarray, log_rate: np.ndarray) -> np.ndarray:
    """Compute what each campaign proves, in events: 1 / (1/k_i + 1/(mu lambda)), never above k_i.

    log_rate: log lambda of the campaign's creator, one per campaign.
    """
    rate = record.expected * np.exp(np.clip(log_rate, -LARGEST_LOG, LARGEST_LOG))
    return rate / (1 + rate / caps)


def present_weight(record: StrengthRecord, proves: np.ndarray, drift: float) -> np.ndarray:
    """Compute what is left today of each campaign's proof, 0 to 1; a log rate wanders with variance `drift` a quarter.

    The Kalman filter of a random walk, from the oldest campaign to the next one, a quarter from now: before each next
    campaign all earlier proof P shrinks by 1 / (1 + P drift quarters). proves: events' worth of each campaign on its
    own day.
    """
    order = np.lexsort((-record.age, record.creator))
    age, proof = record.age[order], proves[order]
    starts = record.starts
    counts = np.diff(np.append(starts, len(order)))
    factor = np.ones(len(order))  # by which all proof up to this campaign shrinks until the next one, or until now
    known = np.zeros(len(starts))
    for step in range(int(counts.max(initial=0))):
        alive = counts > step
        at = starts[alive] + step
        known[alive] += proof[at]
        is_last = counts[alive] == step + 1
        following = np.where(is_last, -NEXT_CAMPAIGN, age[np.minimum(at + 1, len(age) - 1)])
        factor[at] = 1 / (1 + known[alive] * drift * (age[at] - following))
        known[alive] *= factor[at]
    # A campaign's weight is the product of all factors from it on: sums of logs from the end of each creator.
    total = np.cumsum(np.log(factor))
    end = np.repeat(total[starts + counts - 1], counts)
    before = total - np.log(factor)
    weight = np.empty(len(order))
    weight[order] = np.exp(end - before)
    return weight


def drift_per_quarter(records: Sequence[StrengthRecord]) -> float:
    """Estimate d2: how far creators' log rates wander in a quarter, as a variance; one number for a field.

    Slope of the squared difference of log((x+.5)/(mu+.5)) of two campaigns of one creator on the quarters between
    them, counting noise removed; 200 pairs' weight on .01. The stages are pooled, each weighted by how little its
    squares vary.
    """
    above = below = 0.0
    for record in records:
        distance, square = _pairs(record)
        if len(distance) < 2:
            continue
        off = distance - distance.mean()
        certainty = 1 / max(float((square**2).mean()), SMALLEST_EXPECTED)
        ridge = DRIFT_PAIRS * max(float((off**2).mean()), 1.0)
        above += certainty * (float((off * square).sum()) + ridge * DRIFT)
        below += certainty * (float((off**2).sum()) + ridge)
    return float(np.clip(above / below, 0.0, DRIFT_LARGEST)) if below else DRIFT


def _pairs(record: StrengthRecord) -> tuple[np.ndarray, np.ndarray]:
    """Quarters between, and squared log difference less counting noise, of all pairs of one creator's campaigns."""
    chosen = record.take(record.expected >= DRIFT_EXPECTED)
    creator, age = chosen.creator, chosen.age
    level = np.log((chosen.events + HALF_EVENT) / (chosen.expected + HALF_EVENT))
    noise = 1 / (chosen.expected + HALF_EVENT)
    distances, squares = [np.zeros(0)], [np.zeros(0)]
    for lag in range(1, DRIFT_LAGS + 1):
        same = creator[lag:] == creator[:-lag]
        distances.append(np.abs(age[lag:] - age[:-lag])[same])
        squares.append(((level[lag:] - level[:-lag]) ** 2 - noise[lag:] - noise[:-lag])[same])
    return np.concatenate(distances), np.concatenate(squares)

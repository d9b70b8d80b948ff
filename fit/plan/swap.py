"""Find the next best swap: the best set that one or two lines leave and one or two others join."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from fit.plan.choose import Field, Limits, keeps_limits, may_be_booked

MOST_OF_A_SWAP = 2  # lines that a swap takes out, or puts in
FREE_TO_TRY = 25  # fields of so few lines are tried out in full


@dataclass(frozen=True)
class Swap:
    """Rows of the lines that leave and join, and what that changes of the expected outcome (0 or less)."""

    out: tuple[int, ...]
    joins: tuple[int, ...]
    change: float


def next_swap(lines: Field, limits: Limits, booked: np.ndarray) -> Swap | None:
    """The best swap that keeps all limits; of equally good ones the first by id. None where there is none."""
    is_free = booked & ~_in(lines, limits.must) if not limits.is_several else booked
    leaving = _worth_trying(lines, limits, np.flatnonzero(is_free), -1)
    joining = _worth_trying(lines, limits, np.flatnonzero(may_be_booked(lines, limits) & ~booked), 1)
    pairs = [group for size in range(1, MOST_OF_A_SWAP + 1) for group in combinations(joining.tolist(), size)]
    if not pairs or not len(leaving):
        return None
    cents = np.array([lines.cents[list(group)].sum() for group in pairs])
    values = np.array([lines.values[list(group)].sum() for group in pairs])
    order = np.argsort(-values, kind="stable")
    left = limits.budget - int(lines.cents[booked].sum())
    best: Swap | None = None
    for size in range(1, MOST_OF_A_SWAP + 1):
        for out in combinations(leaving.tolist(), size):
            lost = float(lines.values[list(out)].sum())
            fits = order[cents[order] <= left + int(lines.cents[list(out)].sum())]
            for at in fits:
                change = float(values[at]) - lost
                if best is not None and change <= best.change:
                    break
                if keeps_limits(lines, limits, _swapped(booked, out, pairs[at])):
                    best = Swap(out, pairs[at], change)
                    break
    return best


def _swapped(booked: np.ndarray, out: tuple[int, ...], joins: tuple[int, ...]) -> np.ndarray:
    swapped = booked.copy()
    swapped[list(out)], swapped[list(joins)] = False, True
    return swapped


def _in(lines: Field, creators: frozenset[int]) -> np.ndarray:
    return np.isin(lines.creators, list(creators))


def _worth_trying(lines: Field, limits: Limits, some: np.ndarray, sign: int) -> np.ndarray:
    """Leave out lines that two creators' others beat in every respect: one of the two could always take the place.

    sign: 1 of lines that join (cheap and good is better), -1 of lines that leave (dear and poor is better).
    """
    if limits.is_several or len(some) <= FREE_TO_TRY or len(np.unique(lines.creators)) < len(lines):
        return some
    wanted = sorted(limits.at_least)
    gains = sign * np.column_stack([-lines.cents, lines.values, *lines.in_markets[:, wanted].T])[some]
    kept = []
    for at, own in enumerate(gains):
        beats = (gains >= own).all(axis=1)
        # Alike in every respect: the earlier one by id beats the later.
        beats &= (gains > own).any(axis=1) | (np.arange(len(gains)) < at)
        if int(beats.sum()) < MOST_OF_A_SWAP:
            kept.append(some[at])
    return np.array(kept, int)

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
    leaving = _worth_trying(lines, limits, booked, is_leaving=True)
    joining = _worth_trying(lines, limits, booked, is_leaving=False)
    if not len(leaving) or not len(joining):
        return None
    first, second = np.triu_indices(len(joining), 1)
    none = np.full(len(joining), -1)
    pairs = np.column_stack([np.append(joining, joining[first]), np.append(none, joining[second])])
    cents = np.append(lines.cents, 0)[pairs].sum(axis=1)
    values = np.append(lines.values, 0.0)[pairs].sum(axis=1)
    order = np.argsort(-values, kind="stable")
    pairs, cents, values = pairs[order], cents[order], values[order]
    left = limits.budget - int(lines.cents[booked].sum())
    best: Swap | None = None
    for size in range(1, MOST_OF_A_SWAP + 1):
        for out in combinations(leaving.tolist(), size):
            lost = float(lines.values[list(out)].sum())
            for at in np.flatnonzero(cents <= left + int(lines.cents[list(out)].sum())):
                change = float(values[at]) - lost
                if best is not None and change <= best.change:
                    break
                joins = tuple(int(line) for line in pairs[at] if line >= 0)
                if keeps_limits(lines, limits, _swapped(booked, out, joins)):
                    best = Swap(out, joins, change)
                    break
    return best


def _swapped(booked: np.ndarray, out: tuple[int, ...], joins: tuple[int, ...]) -> np.ndarray:
    swapped = booked.copy()
    swapped[list(out)], swapped[list(joins)] = False, True
    return swapped


def _worth_trying(lines: Field, limits: Limits, booked: np.ndarray, *, is_leaving: bool) -> np.ndarray:
    """The lines that may leave or join, without those in whose place a better one could always be taken.

    Of lines that join that is a cheaper and better one of the same creator, or one of two creators who have no line in
    the plan; of lines that leave, a dearer and poorer one of two others that nothing holds.
    """
    some = np.flatnonzero(booked if is_leaving else may_be_booked(lines, limits) & ~booked)
    if len(some) <= FREE_TO_TRY:
        return some
    wanted, creators, places = sorted(limits.at_least), lines.creators[some], np.arange(len(some))
    gains = np.column_stack([-lines.cents, lines.values, *lines.in_markets[:, wanted].T])[some]
    is_must, has_others = np.isin(creators, list(limits.must)), np.bincount(lines.creators)[creators] > 1
    if is_leaving:
        gains = -gains
        is_apart, is_held = ~is_must & ~has_others, has_others  # another line may take its place
    else:
        is_apart = ~np.isin(creators, lines.creators[booked]) & ~(limits.is_several & has_others)
        is_held = is_must | (has_others & (limits.is_several and limits.most is not None))
    alike_needed = MOST_OF_A_SWAP if limits.is_several else 1
    kept = []
    for at, own in enumerate(gains):
        beats = (gains >= own).all(axis=1)
        # Alike in every respect: the earlier one by id beats the later.
        beats &= (gains > own).any(axis=1) | (places < at)
        is_beaten = len(set(creators[beats & is_apart].tolist())) >= MOST_OF_A_SWAP and not is_held[at]
        is_beaten |= not is_leaving and int((beats & (creators == creators[at])).sum()) >= alike_needed
        if not is_beaten:
            kept.append(some[at])
    return np.array(kept, int)

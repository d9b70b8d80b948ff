"""Solve a 0/1 programme of a thousand variables exactly and fast: most of them are settled before the search begins.

The relaxed programme (parts of a line may be booked) says how much worse it gets when a variable is held at the other
value. A good set out of the least settled variables bounds what may be lost; whatever would lose more is fixed, and
HiGHS searches the few that are left to the end. Nothing that could be part of a best set is fixed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array, vstack

CORE = 60  # variables that the first search is free to set
MOST_NODES = 2_000  # of one search tree: a bound on nodes, not on time, keeps plans alike on every machine
OUT_OF_NODES = 1  # how scipy says that a search met its bound
ROUNDING = 1e-6  # of the objective: what the relaxed programme's own arithmetic may be off


class Infeasible(Exception):
    """No choice keeps all rows."""


class _Unfinished(Exception):
    """A search found no choice within its nodes; there may be one."""


@dataclass(frozen=True)
class Rows:
    """Bounds on sums of the variables: low <= weights @ x <= high. weights: sparse (rows, variables)."""

    weights: csr_array
    low: np.ndarray
    high: np.ndarray

    @classmethod
    def of(cls, weights: csr_array, low: np.ndarray | float, high: np.ndarray | float) -> Rows:
        """Rows with one bound for all, or one each."""
        count = weights.shape[0]
        return cls(weights, np.broadcast_to(low, count).astype(float), np.broadcast_to(high, count).astype(float))

    @classmethod
    def joined(cls, parts: Sequence[Rows]) -> Rows:
        """All rows of several."""
        return cls(
            vstack([part.weights for part in parts], format="csr"),
            np.concatenate([part.low for part in parts]),
            np.concatenate([part.high for part in parts]),
        )


@dataclass(frozen=True)
class Solved:
    """A best choice. values: of the variables, 0 or 1. is_free: which of them could be set otherwise in a choice as
    good, up to the slack that was asked for."""

    values: np.ndarray
    is_free: np.ndarray


def minimise(objective: np.ndarray, rows: Rows, slack: float = 0.0, known: Solved | None = None) -> Solved:
    """The choice of 0/1 variables with the smallest sum of the objective.

    slack: choices that are worse by no more than this stay free. known: a choice that keeps the rows; what it does not
    call free stays as it is. Raises Infeasible.
    """
    if known is not None:
        values = _searched_on(objective, rows, known.values, known.is_free, known.values)
        return Solved(values, known.is_free)
    relaxed, reduced, bound = _relaxed(objective, rows)
    settled = np.round(relaxed)
    unsettled = np.abs(relaxed - settled) > ROUNDING
    order = np.argsort(np.where(unsettled, -1.0, np.abs(reduced)), kind="stable")
    count = CORE + int(unsettled.sum())
    while True:
        free = np.zeros(len(objective), bool)
        free[order[:count]] = True
        try:
            values = _searched(objective, rows, settled, free)
            break
        except (Infeasible, _Unfinished):
            if count >= len(objective):
                values = _searched(objective, rows, settled, free, is_bounded=False)
                break
            count *= 4
    rounding = ROUNDING * max(1.0, abs(bound))
    may_change = unsettled | (np.abs(reduced) <= float(objective @ values) - bound + slack + rounding)
    if (may_change & ~free).any():
        values = _searched_on(objective, rows, settled, may_change, values)
    return Solved(values, may_change | (values != settled))


def _relaxed(objective: np.ndarray, rows: Rows) -> tuple[np.ndarray, np.ndarray, float]:
    """The relaxed programme: variables (0 to 1), their reduced costs, and the bound on the objective."""
    from scipy.optimize import linprog  # a large package that only a plan needs

    has_high, has_low = np.isfinite(rows.high), np.isfinite(rows.low)
    found = linprog(
        objective,
        A_ub=vstack([rows.weights[has_high], -rows.weights[has_low]], format="csr"),
        b_ub=np.concatenate([rows.high[has_high], -rows.low[has_low]]),
        bounds=(0, 1),
        method="highs-ds",
    )
    if found.x is None:
        raise Infeasible
    return found.x, found.lower.marginals + found.upper.marginals, float(found.fun)


def _searched_on(
    objective: np.ndarray, rows: Rows, settled: np.ndarray, free: np.ndarray, found: np.ndarray
) -> np.ndarray:
    """The better of a choice that is found already and the best one of a wider search."""
    try:
        wider = _searched(objective, rows, settled, free)
    except (Infeasible, _Unfinished):  # not within its nodes, or not but for the solver's tolerance
        return found
    return wider if float(objective @ wider) < float(objective @ found) else found


def _searched(
    objective: np.ndarray, rows: Rows, settled: np.ndarray, free: np.ndarray, is_bounded: bool = True
) -> np.ndarray:
    """The best choice with the variables that are not free held where they are. Raises Infeasible and _Unfinished."""
    columns = np.flatnonzero(free)
    weights = rows.weights[:, columns]
    held = rows.weights @ np.where(free, 0.0, settled)
    is_asked = np.diff(weights.indptr) > 0
    slack = 1e-9 * np.maximum(1.0, np.abs(held))
    if ((held < rows.low - slack) | (held > rows.high + slack))[~is_asked].any():
        raise Infeasible
    if not len(columns):
        return settled.copy()
    from scipy.optimize import Bounds, LinearConstraint, milp

    found = milp(
        objective[columns],
        integrality=np.ones(len(columns)),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(weights[is_asked], (rows.low - held)[is_asked], (rows.high - held)[is_asked]),
        options={"mip_rel_gap": 0.0} | ({"node_limit": MOST_NODES} if is_bounded else {}),
    )
    if found.x is None:
        raise _Unfinished if found.status == OUT_OF_NODES else Infeasible
    values = settled.copy()
    values[columns] = np.round(found.x)
    return values

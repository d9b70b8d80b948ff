"""Draw what all booked lines bring together: the total with its range, and the chance of each target.

Every creator has luck of its own; the field's errors are shared. Adding up the lines' own P10 and P90 would make the
range twice as wide as it is. People who are reached by two creators count for both: nobody knows how many these are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from fit.forecast import DRAWS, SEED, ForecastInputs, Target, draw, draw_apart, draw_together, p_hit, ratios
from fit.plan.candidates import Candidates


@dataclass(frozen=True)
class Total:
    """What the booked lines bring together of the goal's metric: counts; p_zero: chance of none, 0 to 1."""

    metric: str
    mean: float
    p10: float
    p50: float
    p90: float
    p_zero: float

    def at_least(self, parts: Sequence[tuple[float, float, float]]) -> Total:
        """The total with no end below that of one of its parts. parts: p10, p50 and p90 of each line.

        Nobody brings less than nothing, so that is so of the true ends; drawn apart, it could be otherwise by chance.
        """
        ends = zip((self.p10, self.p50, self.p90), *parts, strict=True)
        p10, p50, p90 = (max(of_one) for of_one in ends)
        return replace(self, p10=p10, p50=p50, p90=p90)


def total_of(
    candidates: Candidates, at: Sequence[int], targets: Sequence[tuple[str, float]] = ()
) -> tuple[Total, tuple[Target, ...]]:
    """The total of the lines at these places, and how likely each target (metric, value) is met."""
    lines = [candidates.lines[place] for place in at]
    mean = float(sum(line.mean or 0.0 for line in lines))
    if not lines:
        return Total(candidates.metric, 0.0, 0.0, 0.0, 0.0, 1.0), tuple(Target(*one, None) for one in targets)
    futures = futures_of(candidates.inputs.take(np.array(at)), [line.creator_id for line in lines])
    sums = {metric: values.sum(axis=0) for metric, values in futures.items() if not np.isnan(values).any()}
    drawn = sums[candidates.metric]
    p10, p50, p90 = (float(value) for value in np.quantile(drawn, (0.1, 0.5, 0.9)))
    total = Total(candidates.metric, mean, p10, p50, p90, float((drawn == 0).mean()))
    return total, tuple(_chances(sums, targets, sum(line.cost or 0.0 for line in lines)))


def futures_of(inputs: ForecastInputs, creators: Sequence[str]) -> dict[str, np.ndarray]:
    """Draw lines together: metric to (lines, draws). Lines of one creator share strength, audience and order value."""
    if len(creators) == 1:
        return draw(inputs)  # one line has the range that its own forecast says
    of_creator: dict[str, list[int]] = {}
    for at, creator in enumerate(creators):
        of_creator.setdefault(creator, []).append(at)
    if len(of_creator) == len(creators):
        return draw_apart(inputs)
    rows: dict[str, np.ndarray] = {}
    for at, places in enumerate(of_creator.values()):
        drawn = draw_together(inputs.take(np.array(places)), DRAWS, SEED + 1 + at)
        for metric, values in drawn.items():
            rows.setdefault(metric, np.full((len(creators), DRAWS), np.nan))[places] = values
    return rows


def _chances(sums: Mapping[str, np.ndarray], targets: Sequence[tuple[str, float]], spent: float) -> list[Target]:
    """The chance of each target of the whole plan; None where a booked line's part of it cannot be known."""
    counts = dict(sums)
    if {"impressions", "clicks", "conversions", "engagements"} <= set(counts):
        with_revenue = counts if "revenue" in counts else counts | {"revenue": np.full(DRAWS, np.nan)}
        counts |= ratios(with_revenue, spent)
    known = {metric: values for metric, values in counts.items() if not np.isnan(values).any()}
    return [Target(metric, value, p_hit(known, metric, value)) for metric, value in targets]

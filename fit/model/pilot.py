"""Compute what one small campaign (a pilot) would tell before a big one is booked.

A pilot is risk control: on average it neither earns nor costs money, because what a better choice later gains is about
what the test itself gives away. It narrows the interval that the choice rests on.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, sqrt

from fit.model.strength import Z_80


@dataclass(frozen=True)
class Pilot:
    """One usual campaign that tracks a stage. Intervals (low, high) are 80 %, 100 = typical.

    events: what the campaign would bring, None where nobody can say; evidence: how many of them count.
    """

    stage: str
    index: float
    now: tuple[float, float]
    after: tuple[float, float]
    events: float | None
    evidence: float


def events_worth(events: float | None, cap: float) -> float:
    """Compute how many events a campaign proves: n / (1 + n/k), never above the cap k; None = at best, all of it.

    >>> events_worth(4, cap=4)
    2.0
    """
    return cap if events is None else events / (1 + events / cap)


def pilot_effect(stage: str, log_mean: float, log_sd: float, cap: float, events: float | None) -> Pilot:
    """Narrow one interval by one campaign: new variance = 1 / (1/variance + events' worth).

    log_mean, log_sd: of the log index, as in strengths; cap: k of the stage; events: expected of a usual campaign.
    The index itself may move either way, so it stays where it is.
    """
    proof = events_worth(events, cap)
    narrowed = sqrt(1 / (1 / log_sd**2 + proof))
    now, after = (_interval(log_mean, sd) for sd in (log_sd, narrowed))
    return Pilot(stage, 100 * exp(log_mean), now, after, events, proof)


def _interval(log_mean: float, log_sd: float) -> tuple[float, float]:
    return 100 * exp(log_mean - Z_80 * log_sd), 100 * exp(log_mean + Z_80 * log_sd)


def worth_tracking(stages: Mapping[str, Mapping[str, float]]) -> str:
    """Choose the stage to track: purchases, then clicks, while they were never measured; else the thinnest evidence."""
    for name in ("convert", "click"):
        if not stages[name]["count_campaigns"]:
            return name
    return min(("click", "convert", "engage"), key=lambda name: stages[name]["evidence"])

"""Weigh a test of creators without evidence: what would be learned over the planned quarters, against its price.

A test tells how good a creator is, and the next quarters' money goes where it brings more. What the test brings itself
counts too. Both are turned into money by what the creator brings at which the budget runs out: at that rate outcome can
be bought anyway. Mostly the answer is "not worth it".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from fit.brief import Goal
from fit.model import events_worth
from fit.plan.candidates import Candidates, PlanLine
from fit.plan.explain import per_money


@dataclass(frozen=True)
class PilotWorth:
    """A test of one creator with the line at hand. cost, expected_gain: in the plan's currency."""

    creator_id: str
    cost: float
    expected_gain: float
    worth_it: bool


def pilots_of(candidates: Candidates, booked: Sequence[int], budget: int, quarters: int) -> tuple[PilotWorth, ...]:
    """Every candidate of group pilot that is not booked, the most worthwhile first; none where money is left over.

    booked: places among the lines. budget: whole hundredths. quarters: for how long the lesson is used.
    """
    lines = candidates.lines
    usual, chosen = rate_at_the_margin(lines, budget), {lines[at].creator_id for at in booked}
    if usual <= 0:
        return ()
    pilots = []
    for at, line in enumerate(lines):
        if not line.is_pilot or not line.is_known or line.creator_id in chosen or not line.cost or not line.value:
            continue
        later = quarters * line.cost * gain_of_knowing(per_money(line), learned_sd(candidates, at), usual)
        gain = (line.value + later) / usual
        pilots.append(PilotWorth(line.creator_id, line.cost, gain, gain > line.cost))
    pilots.sort(key=lambda pilot: (pilot.cost - pilot.expected_gain, pilot.creator_id))
    best = {
        pilot.creator_id: pilot for pilot in reversed(pilots)
    }  # of a creator with several lines the most worthwhile
    return tuple(pilot for pilot in pilots if best[pilot.creator_id] is pilot)


def rate_at_the_margin(lines: Sequence[PlanLine], budget: int) -> float:
    """Expected outcome per unit of currency of the line at which a budget runs out; 0 where it does not.

    budget: whole hundredths. Lines are taken by what they bring for their price.
    """
    spent = 0
    for line in sorted((line for line in lines if line.is_known), key=lambda line: (-per_money(line), line.creator_id)):
        spent += line.cents or 0
        if spent > budget:
            return per_money(line)
    return 0.0


def gain_of_knowing(rate: float, sd: float, usual: float) -> float:
    """Gain per unit of currency in a quarter after a test: E max(r, usual) less the best of both now.

    rate: expected outcome per unit of currency; sd: of its log, what a test would tell; usual: what others bring.
    """
    if sd <= 0 or rate <= 0:
        return 0.0
    above = (np.log(rate / usual) + sd**2 / 2) / sd
    after = rate * ndtr(above) + usual * ndtr(sd - above)
    return max(float(after) - max(rate, usual), 0.0)


def learned_sd(candidates: Candidates, at: int) -> float:
    """How far one campaign with this line may move the log of the expected outcome: sd of what it would tell."""
    inputs = candidates.inputs
    spread = float(inputs.impressions[at, 1]) ** 2
    luck = inputs.view_campaign_sd**2
    views = max(spread - luck, 0.0)
    told = views - (1 / (1 / views + 1 / luck) if views > 0 and luck > 0 else 0.0)
    if candidates.goal == Goal.CONVERSION:
        seen = float(np.exp(inputs.impressions[at, 0]))
        clicks = seen * float(inputs.rates[at, 1] * np.exp(inputs.mean[at, 1]))
        purchases = clicks * float(inputs.rates[at, 2] * np.exp(inputs.mean[at, 2]))
        for stage, events in ((1, clicks), (2, purchases)):
            variance = float(inputs.covariance[at, stage, stage])
            told += variance - variance / (1 + variance * events_worth(events, float(inputs.caps[stage])))
    return float(np.sqrt(max(told, 0.0)))

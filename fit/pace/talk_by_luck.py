"""Say how often an agreed rule would call for a talk by luck alone: in futures where all goes as forecast.

A rule is checked once, on its day, however often somebody looks, so that looking every day adds nothing to this.
"""

from __future__ import annotations

from datetime import timedelta

import numpy as np

from fit.agreement import Agreement, FrozenForecast, Limit, bound_of, targets_with_chance
from fit.metrics import METRICS
from fit.pace.counts import ADDED_UP
from fit.pace.delivery import expected_by
from fit.pace.path import DRAWS, in_by_then

MOST_BY_LUCK = 0.1  # above it, a talk is more often luck than most people would want


def p_talk_by_luck(agreement: Agreement, frozen: FrozenForecast) -> float | None:
    """The chance, 0 to 1, that the agreed rule is crossed on its day though the campaign goes as forecast.

    None without a rule, first and last day, a target, or a forecast of what the rule is about.
    """
    rule = agreement.adjustment.rule
    if rule is None or agreement.start is None or agreement.end is None:
        return None
    futures = frozen.futures(DRAWS)
    promises = targets_with_chance(agreement, frozen)
    targets = {one.line.name: one.line.target for one in promises if one.line.target is not None}
    bound = bound_of(rule, targets)
    if bound is None or rule.metric not in futures:
        return None
    due = agreement.end if rule.after_days is None else agreement.start + timedelta(days=rule.after_days)
    values = futures[rule.metric]
    if METRICS[rule.metric].unit in ADDED_UP and not METRICS[rule.metric].lower_is_better:
        values = in_by_then(values, expected_by(agreement, frozen, (), due).of(rule.metric))
    return float(np.mean(values < bound if rule.limit is Limit.AT_LEAST else values > bound))

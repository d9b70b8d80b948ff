"""Add up what several creators of a story bring and cost together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from fit.brief import Brief
from fit.forecast import SEED, LineForecast, draw, of_brief
from fit.locale import _
from fit.shortlist import COUNTED_BY, MAIN_METRIC, Expected, expected_of
from fit.story.story import CreatorStory
from fit.text import words


@dataclass(frozen=True)
class Total:
    """What creators cost and bring together.

    costs: sums by currency; count_unpriced: creators without a known price; expected: as of one creator, all None where
    it is not known of every one.
    """

    costs: dict[str, float]
    count_unpriced: int
    expected: Expected

    @property
    def currency(self) -> str | None:
        """The one currency of all prices; None where some are missing or they differ."""
        return next(iter(self.costs)) if len(self.costs) == 1 and not self.count_unpriced else None

    @property
    def said(self) -> str:
        """ "153 EUR", or what is known of it."""
        return " + ".join(words.price(cost, code) for code, cost in self.costs.items()) or _("price not known")


def own_futures(forecast: LineForecast, goal: str, nth: int) -> np.ndarray | None:
    """Futures of a line (draws,) that share no luck with those of others: the nth of a story; None if unknown.

    The forecast's own futures meet the same luck in every creator; added up, their range would be too wide.
    """
    return of_brief(draw(forecast.inputs, seed=SEED + 1 + nth)).get(MAIN_METRIC[goal])


def total_of(creators: Sequence[CreatorStory], brief: Brief) -> Total:
    """What these creators' lines cost and bring together; one has the range that its own forecast says."""
    costs: dict[str, float] = {}
    for creator in creators:
        asked = creator.expected.asked
        if asked.cost is not None:
            costs[asked.currency or ""] = costs.get(asked.currency or "", 0.0) + asked.cost
    unpriced = sum(creator.expected.asked.cost is None for creator in creators)
    outcomes = [expected_of(creator.expected, brief.goal) for creator in creators]
    expected = outcomes[0] if len(outcomes) == 1 else _added(outcomes, [creator.apart for creator in creators], brief)
    total = Total(costs, unpriced, expected)
    mean, currency = total.expected.mean, total.currency
    per = COUNTED_BY[brief.goal] * costs[currency] / mean if currency is not None and mean else None
    return Total(costs, unpriced, Expected(**(vars(total.expected) | {"cost_per_outcome": per})))


def _added(outcomes: Sequence[Expected], apart: Sequence[np.ndarray | None], brief: Brief) -> Expected:
    means = [expected.mean for expected in outcomes if expected.mean is not None]
    drawn = [futures for futures in apart if futures is not None]
    if not outcomes or len(means) < len(outcomes) or len(drawn) < len(outcomes):
        return Expected(MAIN_METRIC[brief.goal])
    together = np.sum(drawn, axis=0)
    p10, p90 = (float(value) for value in np.quantile(together, (0.1, 0.9)))
    # Nobody brings less than nothing, so a total never ends below one of its parts; drawn apart, it could by chance.
    p10, p90 = (
        max(p10, *(expected.p10 or 0.0 for expected in outcomes)),
        max(p90, *(expected.p90 or 0.0 for expected in outcomes)),
    )
    return Expected(MAIN_METRIC[brief.goal], float(sum(means)), p10, p90, float((together == 0).mean()))

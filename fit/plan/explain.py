"""Say why a candidate was left out of a plan, in plain English and with the number that decided."""

from __future__ import annotations

import numpy as np

from fit.plan.candidates import ELSEWHERE, HUNDREDTHS, Candidates, PlanLine, counted_things
from fit.plan.choose import Limits
from fit.plan.limits import PlanRequest, Question
from fit.text import counted, percent, words

PER_MONEY = 1_000  # of the currency: what outcomes are compared by


def reasons(candidates: Candidates, request: PlanRequest, question: Question, booked: np.ndarray) -> dict[int, str]:
    """Why each line that is not booked was left out, by its place among the candidates.

    booked: of the lines of the question.
    """
    lines = candidates.lines
    taken = [lines[at] for at in question.at[booked]]
    left = question.limits.budget - sum(line.cents or 0 for line in taken)
    chosen = set(question.at[booked].tolist())
    reader = _Reader(candidates, request, question.limits, tuple(taken), left)
    return {at: reader.reason(line) for at, line in enumerate(lines) if at not in chosen}


class _Reader:
    """What every left-out line is held against."""

    def __init__(
        self, candidates: Candidates, request: PlanRequest, limits: Limits, taken: tuple[PlanLine, ...], left: int
    ) -> None:
        self.candidates, self.request, self.limits, self.left = candidates, request, limits, left
        self.price = sum(line.price or 0.0 for line in taken)
        self.booked_ids = {line.creator_id for line in taken}
        free = [line for line in taken if line.creator_id not in request.must]
        self.poorest = min(free, key=per_money, default=None)
        self.smallest = min(free, key=lambda line: line.value or 0.0, default=None)

    def reason(self, line: PlanLine) -> str:
        """The first of these that holds."""
        request, money, cents = self.request, self.candidates.currency, line.cents or 0
        most_for_one = self.limits.most_for_one
        if line.creator_id in request.without:
            return "excluded"
        if line.problem:
            return line.problem
        if request.leaves_out(line):
            return ELSEWHERE
        if request.most_for_one is not None and most_for_one is not None and cents > most_for_one:
            return f"more than {percent(request.most_for_one)} of the budget for one creator"
        if cents > self.limits.budget:
            return "would cost more than the whole budget"
        if line.creator_id in self.booked_ids and not request.is_several:
            return "another line of this creator is booked"
        if not line.value:
            return "is expected to bring nothing"
        is_full = request.most is not None and len(self.booked_ids) >= request.most
        if is_full and self.smallest is not None and line.value <= (self.smallest.value or 0.0):
            most = counted(request.most or 0, "creator", "creators")
            return f"brings less than {self.smallest.name}, and {most} may be booked"
        if self.poorest is not None and per_money(line) < per_money(self.poorest):
            return self._compared(line, self.poorest)
        if cents > self.left:
            left = words.price(self.limits.budget / HUNDREDTHS - self.price, money)
            return f"would cost more than what is left ({left}), and making room for it brings less"
        return "does not go with the other limits"

    def _compared(self, line: PlanLine, booked: PlanLine) -> str:
        """ "brings 12 purchases per 1,000 EUR; Ada, who is booked, brings 18": plain counts, or markets by weight."""
        plain, by_weight = ([PER_MONEY * of(each) for each in (line, booked)] for of in (_plain_per_money, per_money))
        is_plain = plain[0] < plain[1]
        values = plain if is_plain else by_weight
        one, other = map(words.about, values)
        if one == other:
            one, other = (f"{value:,.5g}" for value in values)
        what, money = counted_things(self.candidates.goal), words.amount(PER_MONEY, self.candidates.currency)
        weighed = "" if is_plain else ", by market weights"
        return f"brings {one} {what} per {money}; {booked.name}, who is booked, brings {other}{weighed}"


def _plain_per_money(line: PlanLine) -> float:
    """Expected outcome for one unit of the currency, all markets alike; endless for what costs nothing."""
    return (line.mean or 0.0) / line.cost if line.cost else float("inf")


def per_money(line: PlanLine) -> float:
    """Expected outcome for one unit of the currency, each market by its weight; endless for what costs nothing."""
    return (line.value or 0.0) / line.cost if line.cost else float("inf")

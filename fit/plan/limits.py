"""Turn what a plan must keep to into limits of the choice: what each of them costs, why they cannot all hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import floor

import numpy as np

from fit.plan.candidates import ELSEWHERE, HUNDREDTHS, Candidates, PlanLine, PlanRefused, counted_things
from fit.plan.choose import Field, Limits, choose, may_be_booked
from fit.plan.solver import Infeasible
from fit.text import counted, country, listing, percent, words

PLANNED_QUARTERS = 4


@dataclass(frozen=True)
class PlanRequest:
    """What a plan is asked for. budget: in the currency of the candidates, above 0.

    fewest, most: number of creators. must, without: ids of creators. most_for_one: part of the budget that one creator
    may cost, 0 to 1. is_several: more than one line of a creator may be booked. at_least: expected outcome wanted of a
    market, by code: one of the candidates' counted_in. targets: (metric, value). quarters: for how long a pilot's
    lesson is used. leaves_out_elsewhere: no creator is booked of whose audience hardly anybody lives in the markets,
    except those of must.
    """

    budget: float
    fewest: int = 0
    most: int | None = None
    must: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    most_for_one: float | None = None
    is_several: bool = False
    at_least: Mapping[str, float] = field(default_factory=dict)
    targets: tuple[tuple[str, float], ...] = ()
    quarters: int = PLANNED_QUARTERS
    leaves_out_elsewhere: bool = False

    def leaves_out(self, line: PlanLine) -> bool:
        """Whether a line may not be booked because its audience lives elsewhere."""
        return self.leaves_out_elsewhere and line.is_elsewhere and line.creator_id not in self.must


@dataclass(frozen=True)
class LimitCost:
    """A limit in words, and how much expected outcome it costs (each market by its weight)."""

    limit: str
    costs: float


@dataclass(frozen=True)
class Question:
    """The candidates with a known price and outcome, as the choice sees them. at: their places among all lines."""

    at: np.ndarray
    people: tuple[str, ...]
    lines: Field
    limits: Limits


def question_of(candidates: Candidates, request: PlanRequest) -> Question:
    """The choice that a request means. Raises PlanRefused for a creator that must be booked and cannot be."""
    known = [at for at, line in enumerate(candidates.lines) if line.is_known and not request.leaves_out(line)]
    lines = [candidates.lines[at] for at in known]
    people = sorted({line.creator_id for line in lines})
    number = {creator_id: at for at, creator_id in enumerate(people)}
    for creator_id in request.must:
        if creator_id not in number:
            problem = next((line.problem for line in candidates.lines if line.creator_id == creator_id), None)
            raise PlanRefused(
                f"{creator_id!r} must be booked, but {problem or 'is not among the candidates: widen the filters'}."
            )
    chosen = Field(
        np.array([number[line.creator_id] for line in lines], int),
        np.array([line.cents for line in lines], np.int64),
        np.array([line.value for line in lines], float),
        np.array([line.in_markets for line in lines], float).reshape(len(lines), len(candidates.counted_in)),
    )
    budget = floor(round(request.budget * HUNDREDTHS, 4))
    limits = Limits(
        budget,
        request.fewest,
        request.most,
        frozenset(number[creator] for creator in request.must),
        frozenset(number[creator] for creator in request.without if creator in number),
        None if request.most_for_one is None else floor(round(request.most_for_one * request.budget * HUNDREDTHS, 4)),
        request.is_several,
        {candidates.counted_in.index(code): least for code, least in request.at_least.items()},
    )
    return Question(np.array(known, int), tuple(people), chosen, limits)


def best_set(question: Question, candidates: Candidates, request: PlanRequest) -> np.ndarray:
    """Which lines of the question to book. Raises PlanRefused with the limit that cannot hold."""
    lines, limits = question.lines, question.limits
    if not len(lines):
        problems = sorted({line.problem or ELSEWHERE for line in candidates.lines})
        raise PlanRefused(f"No candidate can be planned: {'; '.join(problems)}.")
    money = candidates.currency
    allowed = ~np.isin(lines.creators, list(limits.without))
    if not allowed.any():
        raise PlanRefused("Every candidate is excluded. Take a --without away.")
    cheapest = int(lines.cents[allowed].min())
    if cheapest > limits.budget:
        least, budget = (words.price(cents / HUNDREDTHS, money) for cents in (cheapest, limits.budget))
        raise PlanRefused(f"The budget of {budget} is below the cheapest candidate, which costs {least}.")
    if not may_be_booked(lines, limits).any():
        least = words.price(cheapest / HUNDREDTHS, money)
        raise PlanRefused(
            f"No candidate costs at most {percent(request.most_for_one)} of the budget; the cheapest costs {least}. "
            "Raise --most-for-one or the budget."
        )
    try:
        return choose(lines, limits)
    except Infeasible:
        raise PlanRefused(_why_not(question, candidates, request)) from None


def costs_of_limits(
    question: Question, candidates: Candidates, request: PlanRequest, booked: np.ndarray
) -> tuple[LimitCost, ...]:
    """What each limit costs: how much more the best set without it is expected to bring; 0 where it changes nothing."""
    now, found = float(question.lines.values[booked].sum()), []
    for limit, others in _each_limit(question, candidates, request):
        free = float(question.lines.values[choose(question.lines, others)].sum())
        found.append(LimitCost(limit, max(free - now, 0.0)))
    return tuple(found)


def _each_limit(question: Question, candidates: Candidates, request: PlanRequest) -> list[tuple[str, Limits]]:
    """Every limit in words, with the limits that are left without it."""
    limits, number = question.limits, {creator: at for at, creator in enumerate(question.people)}
    found: list[tuple[str, Limits]] = []
    if request.fewest:
        found.append((f"at least {counted(request.fewest, 'creator', 'creators')}", replace(limits, fewest=0)))
    if request.most is not None:
        found.append((f"at most {counted(request.most, 'creator', 'creators')}", replace(limits, most=None)))
    for creator in dict.fromkeys(request.must):
        found.append((f"must book {creator}", replace(limits, must=limits.must - {number[creator]})))
    for creator in dict.fromkeys(request.without):
        if creator in number:
            found.append((f"without {creator}", replace(limits, without=limits.without - {number[creator]})))
    if request.most_for_one is not None:
        limit = f"at most {percent(request.most_for_one)} of the budget for one creator"
        found.append((limit, replace(limits, most_for_one=None)))
    for code, least in request.at_least.items():
        others = {at: value for at, value in limits.at_least.items() if candidates.counted_in[at] != code}
        unit = counted_things(candidates.goal)
        found.append((f"at least {words.about(least)} {unit} from {country(code)}", replace(limits, at_least=others)))
    if not request.is_several and candidates.lines[0].brief is not None and len(question.people) < len(question.lines):
        found.append(("one line for each creator", replace(limits, is_several=True)))
    return found


def _why_not(question: Question, candidates: Candidates, request: PlanRequest) -> str:
    """Name the limits of which one would have to go."""
    named = []
    for limit, others in _each_limit(question, candidates, request):
        try:
            choose(question.lines, others)
        except Infeasible:
            continue
        named.append(limit)
    budget = f"the budget of {words.price(question.limits.budget / HUNDREDTHS, candidates.currency)}"
    try:
        choose(question.lines, replace(question.limits, budget=int(question.lines.cents.sum())))
        named.append(budget)
    except Infeasible:
        pass
    if not named:
        every = [limit for limit, _ in _each_limit(question, candidates, request)]
        return f"The limits cannot all hold: {listing([*every, budget])}. Loosen more than one of them."
    if len(named) == 1:
        return f"The limits cannot all hold: {named[0]} stands against the others. Loosen it."
    return f"The limits cannot all hold: {listing(named)}. Loosen one of them."

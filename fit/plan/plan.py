"""Make a plan: the creators and deliverables that bring the most for a budget, and everything said beside them."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
import polars as pl

from fit.brief import Goal
from fit.forecast import Target
from fit.plan.candidates import HUNDREDTHS, Candidates, PlanLine, PlanRefused, counted_things
from fit.plan.explain import per_money, reasons
from fit.plan.limits import LimitCost, PlanRequest, Question, best_set, costs_of_limits, question_of
from fit.plan.pilots import PilotWorth, pilots_of
from fit.plan.swap import next_swap
from fit.plan.totals import Total, total_of
from fit.shortlist import Expected, outcome_count
from fit.text import counted, listing, words

RANGES = ("p10", "p50", "p90")
POOR_VALUE = 5.0  # times the price of an outcome in the whole plan: from here a booking is named as poor value
MOST_NAMED = 5  # names in a sentence
SCHEMA = {
    "creator_id": pl.String,
    "brief": pl.Int64,
    "booked": pl.Int64,
    "cost": pl.Float64,
    "mean": pl.Float64,
    "p10": pl.Float64,
    "p50": pl.Float64,
    "p90": pl.Float64,
    "reason": pl.String,
    "deliverable": pl.String,
    "count_deliverables": pl.Int64,
}


@dataclass(frozen=True)
class BookedLine:
    """A line to book, with the range that a forecast of it gives: counts of the plan's metric."""

    line: PlanLine
    p10: float
    p50: float
    p90: float


@dataclass(frozen=True)
class LeftOut:
    """A line that is not booked, and why."""

    line: PlanLine
    reason: str


@dataclass(frozen=True)
class SwapOfLines:
    """Lines that would leave and join, and what that changes of the expected outcome (each market by its weight)."""

    out: tuple[PlanLine, ...]
    joins: tuple[PlanLine, ...]
    change: float


@dataclass(frozen=True)
class Plan:
    """What to book for a budget. Amounts are in currency (None where the store's amounts name none)."""

    candidates: Candidates
    budget: float
    spent: float
    booked: tuple[BookedLine, ...]
    total: Total
    targets: tuple[Target, ...]
    left_out: tuple[LeftOut, ...]
    limits: tuple[LimitCost, ...]
    next_swap: SwapOfLines | None
    pilots: tuple[PilotWorth, ...]
    because: str
    warnings: tuple[str, ...]

    @property
    def price(self) -> float:
        """What the booked lines cost together, as it is shown: an estimate is not rounded up to the cent."""
        return _price(self.booked)

    def as_json(self) -> dict[str, object]:
        """The document of `plan --json`."""
        swap = self.next_swap
        return {
            "budget": self.budget,
            "currency": self.candidates.currency,
            "spent": self.spent,
            "goal": self.candidates.goal,
            "booked": [
                _named(booking.line)
                | {
                    "deliverable": booking.line.deliverable,
                    "count_deliverables": booking.line.count,
                    "cost": booking.line.cost,
                    "cost_basis": booking.line.cost_basis,
                    "mean": booking.line.mean,
                    **{name: getattr(booking, name) for name in RANGES},
                }
                for booking in self.booked
            ],
            "total": asdict(self.total),
            "targets": [vars(target) for target in self.targets],
            "left_out": [
                _named(left.line) | {"cost": left.line.cost, "mean": left.line.mean, "reason": left.reason}
                for left in self.left_out
            ],
            "limits": [vars(limit) for limit in self.limits],
            "next_swap": None
            if swap is None
            else {
                "out": [_named(line) for line in swap.out],
                "in": [_named(line) for line in swap.joins],
                "change": swap.change,
            },
            "pilots": [vars(pilot) for pilot in self.pilots],
            "because": self.because,
            "warnings": list(self.warnings),
        }

    def as_table(self) -> pl.DataFrame:
        """One row per line, booked or not, by creator_id: columns of SCHEMA; the reason is null where it is booked."""
        lines = self.candidates.lines
        ranges = {id(entry.line): (entry.p10, entry.p50, entry.p90) for entry in self.booked}
        why = {id(entry.line): entry.reason for entry in self.left_out}
        unbooked = [number for number, line in enumerate(lines) if id(line) not in ranges and line.mean is not None]
        if unbooked:
            drawn = self.candidates.outcomes(unbooked).select(RANGES).rows()
            ranges |= {id(lines[number]): row for number, row in zip(unbooked, drawn, strict=True)}
        rows = [
            (
                line.creator_id,
                line.brief,
                int(id(line) not in why),
                line.cost,
                line.mean,
                *ranges.get(id(line), (None, None, None)),
                why.get(id(line)),
                line.deliverable,
                line.count,
            )
            for line in lines
        ]
        return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def make_plan(candidates: Candidates, request: PlanRequest) -> Plan:
    """Choose the lines to book, exactly, and say what surrounds the choice.

    The same candidates and request give the same plan. Raises PlanRefused with the limit that cannot hold.
    """
    question = question_of(candidates, request)
    chosen = best_set(question, candidates, request)
    if not chosen.any():
        raise PlanRefused(
            f"Nothing is worth booking: no {counted_things(candidates.goal)} are expected of any candidate."
        )
    places = sorted(question.at[chosen].tolist(), key=lambda place: _order(candidates.lines[place]))
    ranges = candidates.outcomes(places).select(RANGES).rows()
    booked = tuple(BookedLine(candidates.lines[place], *row) for place, row in zip(places, ranges, strict=True))
    total, targets = total_of(candidates, places, request.targets)
    total = total.at_least(ranges)
    why = reasons(candidates, request, question, chosen)
    left_out = sorted((LeftOut(candidates.lines[place], reason) for place, reason in why.items()), key=_order_left_out)
    spent = sum(booking.line.cents or 0 for booking in booked) / HUNDREDTHS
    return Plan(
        candidates,
        question.limits.budget / HUNDREDTHS,
        spent,
        booked,
        total,
        targets,
        tuple(left_out),
        costs_of_limits(question, candidates, request, chosen),
        _swap(question, candidates, chosen),
        pilots_of(candidates, places, question.limits.budget, request.quarters),
        _because(candidates, booked, total, question.limits.budget / HUNDREDTHS),
        (*candidates.warnings, *_elsewhere(candidates, booked), *_poor_value(candidates, booked, total)),
    )


def _named(line: PlanLine) -> dict[str, object]:
    return {"creator_id": line.creator_id, "brief": line.brief}


def _elsewhere(candidates: Candidates, booked: tuple[BookedLine, ...]) -> list[str]:
    """A sentence on booked creators whose audience hardly lives in the markets; none where there is none."""
    names = sorted({booking.line.name for booking in booked if booking.line.is_elsewhere})
    if not names:
        return []
    where = listing([words.country(code) for code in candidates.markets], "or")
    return [
        f"Fewer than 1 in 20 live in {where} of the audience of {listing(names)}. A minimum share in market of 5 % "
        "leaves them out."
    ]


def _poor_value(candidates: Candidates, booked: tuple[BookedLine, ...], total: Total) -> list[str]:
    """A sentence on booked creators that cost far more per outcome than the whole plan; none where there is none.

    The plan spends what it may; what the last of it brings is for the reader to judge.
    """
    lines = [booking.line for booking in booked if booking.line.cents and booking.line.mean]
    whole = sum(line.cents or 0 for line in lines) / total.mean if total.mean else 0.0
    poor = [line for line in lines if whole and (line.cents or 0) > POOR_VALUE * whole * (line.mean or 0.0)]
    if not poor:
        return []
    per = 1 if candidates.goal == Goal.CONVERSION else 1_000

    def each(cents_each: float) -> str:
        return words.unit_cost(cents_each * per / HUNDREDTHS, candidates.currency)

    of_what = "a purchase" if candidates.goal == Goal.CONVERSION else "per 1,000 people"
    named = [f"{line.name} ({each((line.cents or 0) / (line.mean or 1.0))} {of_what})" for line in poor[-MOST_NAMED:]]
    return [
        f"Poor value: {listing(named)}. The whole plan pays {each(whole)}. It books whatever still fits the budget, so "
        "leave out anyone who is not worth that to you."
    ]


def _order(line: PlanLine) -> tuple[float, str, int, str, int]:
    """What brings most for its price first; ties by id."""
    return -per_money(line), line.creator_id, line.brief or 0, line.deliverable, line.count


def _order_left_out(left_out: LeftOut) -> tuple[bool, tuple[float, str, int, str, int]]:
    return not left_out.line.is_known, _order(left_out.line)


def _swap(question: Question, candidates: Candidates, chosen: np.ndarray) -> SwapOfLines | None:
    swap = next_swap(question.lines, question.limits, chosen)
    if swap is None:
        return None
    out, joins = (tuple(candidates.lines[question.at[place]] for place in some) for some in (swap.out, swap.joins))
    return SwapOfLines(out, joins, swap.change)


def _price(booked: tuple[BookedLine, ...]) -> float:
    return sum(booking.line.price or 0.0 for booking in booked)


def _because(candidates: Candidates, booked: tuple[BookedLine, ...], total: Total, budget: float) -> str:
    """The decision and its number, then what carries it."""
    money, spent, people = candidates.currency, _price(booked), {booking.line.creator_id for booking in booked}
    where = listing([words.country(code) for code in candidates.markets])
    expected = outcome_count(Expected(total.metric, total.mean))
    reached = "" if candidates.goal == Goal.CONVERSION else " reached"
    likely = words.between(words.measure(total.metric, total.p10), words.measure(total.metric, total.p90))
    each = spent / total.mean * (1 if candidates.goal == Goal.CONVERSION else 1_000) if total.mean > 0 else None
    of_what = "each" if candidates.goal == Goal.CONVERSION else "per 1,000 people"
    costs = "" if not each else f", {words.unit_cost(each, money)} {of_what}"
    most = max(booked, key=lambda line: line.line.mean or 0.0)
    share = (most.line.mean or 0.0) / total.mean if total.mean > 0 else 0.0
    carries = f" {most.line.name} brings {words.percent(share)} of the total." if len(booked) > 1 else ""
    return (
        f"Book {counted(len(people), 'creator', 'creators')} for {words.price(spent, money)} of "
        f"{words.price(budget, money)}: {expected}{reached} ({likely}) in {where}{costs}.{carries}"
    )

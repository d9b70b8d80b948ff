"""Do both sides' goals overlap enough to start?

A matrix of what the brand needs and what the creator needs; each side by itself rates from 1 to 5 how far two needs
meet. The average and the 3.5 that it is held against are a rule of practice, not a measurement, and are labelled so.
"""

from __future__ import annotations

from dataclasses import dataclass

from fit import words
from fit.agreement import RATINGS, Agreement, MetricLine, Need
from fit.red_lines import Crossing, crossings

ENOUGH = 3.5  # a practitioner's rule: below it the partnership needs rethinking before it starts
APART = 2  # ratings that far apart are two opinions, whatever their mean
LONGEST_NEED = 40  # characters of a need in a sentence about it
RULE = "a rule of practice, not a measurement"


@dataclass(frozen=True)
class Row:
    """One pair of needs. overlap: mean of both ratings, None while one is missing; apart: their distance."""

    need: Need
    overlap: float | None
    apart: int | None

    @property
    def is_disputed(self) -> bool:
        """Whether the two sides see this pair differently."""
        return self.apart is not None and self.apart >= APART


@dataclass(frozen=True)
class Alignment:
    """How far two sides meet.

    average: mean overlap over the rows, None while a rating is missing or there is no row. shared: metrics that matter
    to both. crossings: red lines that a deliverable or clause touches. Sentences: missing says what has to be filled in
    before anything can be said, under_the_rule and nothing_shared what stands against starting; each is empty where
    there is nothing to say.
    """

    rows: tuple[Row, ...]
    average: float | None
    shared: tuple[MetricLine, ...]
    crossings: tuple[Crossing, ...]
    missing: tuple[str, ...]
    under_the_rule: tuple[str, ...]
    nothing_shared: tuple[str, ...]

    @property
    def problems(self) -> tuple[str, ...]:
        """Everything that stands against starting."""
        return self.under_the_rule + self.nothing_shared

    @property
    def is_enough(self) -> bool:
        """Whether nothing is missing and nothing stands against starting."""
        return not self.missing and not self.problems

    @property
    def because(self) -> str:
        """The verdict in a few sentences."""
        if self.missing:
            return self.missing[0]
        said = (
            f"The needs of both sides overlap by {self.average:.3g} of 5 on average over "
            f"{words.counted(len(self.rows), 'pair', 'pairs')} of needs; {ENOUGH} is {RULE}."
        )
        disputed = sum(row.is_disputed for row in self.rows)
        if disputed:
            said += f" The two sides see {words.counted(disputed, 'pair', 'pairs')} differently: talk about that first."
        return " ".join([said, *self.problems[:1]])


def align(agreement: Agreement) -> Alignment:
    """Hold an agreement's needs, metrics and red lines against each other."""
    rows = tuple(_row(need) for need in agreement.alignment)
    missing = _missing(rows)
    average = None if missing else sum(row.overlap for row in rows) / len(rows)
    shared = tuple(line for line in agreement.metrics if line.is_shared)
    return Alignment(rows, average, shared, crossings(agreement), missing, _under(average, rows), _nothing(shared))


def _under(average: float | None, rows: tuple[Row, ...]) -> tuple[str, ...]:
    if average is None or average >= ENOUGH:
        return ()
    return (
        f"The average overlap is {average:.2f} over {words.counted(len(rows), 'pair', 'pairs')} of needs; at least "
        f"{ENOUGH} is asked for ({RULE}). Talk about the pairs rated lowest, or go on despite it and write down why.",
    )


def _nothing(shared: tuple[MetricLine, ...]) -> tuple[str, ...]:
    if shared:
        return ()
    return (
        "No metric matters to both sides, so there is nothing that both would call a success. Find one that both care "
        'about and mark it so: matters_to = ["brand", "creator"].',
    )


def _row(need: Need) -> Row:
    if need.brand_rating is None or need.creator_rating is None:
        return Row(need, None, None)
    return Row(need, (need.brand_rating + need.creator_rating) / 2, abs(need.brand_rating - need.creator_rating))


def _short(text: str) -> str:
    line = words.plain(text)
    return line if len(line) <= LONGEST_NEED else f"{line[: LONGEST_NEED - 1]}…"


def _missing(rows: tuple[Row, ...]) -> tuple[str, ...]:
    if not rows:
        return (
            "The alignment matrix is empty. Write down at least one pair of what the brand and what the creator needs, "
            f"and let each side rate from {RATINGS[0]} to {RATINGS[-1]} how far the two meet.",
        )
    return tuple(
        f"The rating of the {side} is missing in row {at} of the alignment matrix "
        f"({_short(row.need.brand_need)} / {_short(row.need.creator_need)}). "
        f"Ask for it: a number from {RATINGS[0]} to {RATINGS[-1]}."
        for at, row in enumerate(rows, 1)
        for side, rating in (("brand", row.need.brand_rating), ("creator", row.need.creator_rating))
        if rating is None
    )

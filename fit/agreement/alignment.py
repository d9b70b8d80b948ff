"""Check how far the needs of brand and creator overlap, and whether that is enough to start.

A matrix of what the brand needs and what the creator needs; each side by itself rates from 1 to 5 how far two needs
meet. The average and the 3.5 that it is held against are a rule of practice, not a measurement, and are labelled so.
"""

from dataclasses import dataclass

from fit import locale
from fit.agreement.agreement import RATINGS, Agreement, MetricLine, Need, Side
from fit.agreement.rule_checks import CheckedRedLine, Status, check_red_lines
from fit.locale import _, phrase
from fit.text import plain, words

ENOUGH_OVERLAP = 3.5  # a practitioner's rule: below it the partnership needs rethinking before it starts
LEAST_DISPUTED = 2  # ratings that far apart are two opinions, whatever their mean
LONGEST_NEED = 40  # characters of a need in a sentence about it
RULE = phrase("a rule of thumb, not a measurement")


@dataclass(frozen=True)
class Row:
    """One pair of needs. overlap: mean of both ratings, None while one is missing; apart: their distance."""

    need: Need
    overlap: float | None
    apart: int | None

    @property
    def is_disputed(self) -> bool:
        """Whether the two sides see this pair differently."""
        return self.apart is not None and self.apart >= LEAST_DISPUTED


@dataclass(frozen=True)
class Alignment:
    """How far two sides meet.

    average: mean overlap over the rows, None while a rating is missing or there is no row. shared: metrics that matter
    to both. red_lines: each with what its check says. Sentences: missing names what has to be filled in before there is
    a verdict, under_the_rule and nothing_shared what stands against starting; each is empty where there is nothing.
    """

    rows: tuple[Row, ...]
    average: float | None
    shared: tuple[MetricLine, ...]
    red_lines: tuple[CheckedRedLine, ...]
    missing: tuple[str, ...]
    under_the_rule: tuple[str, ...]
    nothing_shared: tuple[str, ...]

    @property
    def crossings(self) -> tuple[CheckedRedLine, ...]:
        """Red lines that a deliverable or a target crosses."""
        return tuple(line for line in self.red_lines if line.status is Status.CROSSED)

    @property
    def by_hand(self) -> tuple[CheckedRedLine, ...]:
        """Red lines that people have to check."""
        return tuple(line for line in self.red_lines if line.status is Status.CHECK_BY_HAND)

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
        sentences = [
            _(
                "The needs of both sides overlap by {average} of 5 on average over {pairs} of needs; "
                "{enough} is {rule}."
            ).format(
                average=words.about(self.average),
                pairs=_pairs(len(self.rows)),
                enough=words.about(ENOUGH_OVERLAP),
                rule=_(RULE),
            )
        ]
        if disputed := sum(row.is_disputed for row in self.rows):
            sentences.append(
                _("The two sides see {pairs} differently. Talk about that first.").format(pairs=_pairs(disputed))
            )
        return " ".join([*sentences, *self.problems[:1]])


def align(agreement: Agreement) -> Alignment:
    """Hold an agreement's needs, metrics and red lines against each other."""
    rows = tuple(_row(need) for need in agreement.alignment)
    missing = _missing(rows)
    overlaps = [row.overlap for row in rows if row.overlap is not None]
    average = None if missing else sum(overlaps) / len(rows)
    shared = tuple(line for line in agreement.metrics if line.is_shared)
    red_lines = check_red_lines(agreement)
    return Alignment(rows, average, shared, red_lines, missing, _under_the_rule(average, rows), _nothing_shared(shared))


def _under_the_rule(average: float | None, rows: tuple[Row, ...]) -> tuple[str, ...]:
    if average is None or average >= ENOUGH_OVERLAP:
        return ()
    sentence = _(
        "The average overlap is {average} over {pairs} of needs; at least {enough} is asked for ({rule}). Talk about "
        "the pairs rated lowest, or go on despite it and write down why."
    )
    pairs, least = _pairs(len(rows)), words.about(ENOUGH_OVERLAP)
    return (sentence.format(average=locale.decimal(average, 2), pairs=pairs, enough=least, rule=_(RULE)),)


def _pairs(count: int) -> str:
    return words.counted(count, "pair", "pairs")


def _nothing_shared(shared: tuple[MetricLine, ...]) -> tuple[str, ...]:
    sentence = _(
        "No metric matters to both sides, so there is no shared success. Find one that both care about and mark it "
        "as mattering to brand and creator."
    )
    return () if shared else (sentence,)


def _row(need: Need) -> Row:
    if need.brand_rating is None or need.creator_rating is None:
        return Row(need, None, None)
    return Row(need, (need.brand_rating + need.creator_rating) / 2, abs(need.brand_rating - need.creator_rating))


def _short(text: str) -> str:
    line = plain(text)
    return line if len(line) <= LONGEST_NEED else f"{line[: LONGEST_NEED - 1]}…"


def _missing(rows: tuple[Row, ...]) -> tuple[str, ...]:
    least, most = RATINGS[0], RATINGS[-1]
    if not rows:
        sentence = _(
            "The alignment matrix is empty. Write down at least one pair of needs, one of the brand and one "
            "of the creator, and let each side rate from {least} to {most} how far the two overlap."
        )
        return (sentence.format(least=least, most=most),)
    texts = {
        Side.BRAND: _("The rating of the brand is missing in row {row} of the alignment matrix ({needs}). Ask for it."),
        Side.CREATOR: _(
            "The rating of the creator is missing in row {row} of the alignment matrix ({needs}). Ask for it."
        ),
    }
    return tuple(
        texts[side].format(row=number, needs=f"{_short(row.need.brand_need)} / {_short(row.need.creator_need)}")
        for number, row in enumerate(rows, 1)
        for side, rating in ((Side.BRAND, row.need.brand_rating), (Side.CREATOR, row.need.creator_rating))
        if rating is None
    )

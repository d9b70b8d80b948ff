"""Where does each stage stand against what was expected, so that all of them fit on one scale?

Impressions and purchases differ ten thousandfold, so each is drawn in parts of its own expectation: 1 is as expected.
The scale is that of square roots, which has a zero and keeps half and twice about equally far from 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from fit.locale import _, phrase
from fit.review.significance import BEYOND, StageResult
from fit.text import words

FURTHEST = 2.1  # of the square root: a little beyond four times the expectation; what lies further is drawn there
TICKS = (
    (0.0, phrase("none")), (0.25, phrase("a quarter")), (1.0, phrase("as expected")), (2.0, phrase("twice")),
    (4.0, phrase("four times")),
)  # fmt: skip


@dataclass(frozen=True)
class Standing:
    """A stage on the scale, places from 0 to 1; at is where the actual stands, None where it was not measured."""

    stage: StageResult
    low: float
    middle: float
    high: float
    at: float | None
    is_cut: bool

    @property
    def is_beyond(self) -> bool:
        """Whether luck does not explain it."""
        return self.stage.judged == BEYOND


def standings(stages: Sequence[StageResult]) -> tuple[Standing, ...]:
    """Every stage of which something was expected; none of which nothing could come (no clicks, no purchases)."""
    return tuple(_standing(stage, stage.mean) for stage in stages if stage.mean)


def scale_place(times: float) -> float:
    """Where so many times the expectation stands on the scale, from 0 to 1."""
    return min(sqrt(times), FURTHEST) / FURTHEST


def scale_ticks() -> tuple[tuple[float, str], ...]:
    """Places and labels of the scale."""
    return tuple((scale_place(times), _(label)) for times, label in TICKS)


def stage_sentence(stage: StageResult, currency: str | None) -> str:
    """A stage in few words: "3, expected 7 to 22"."""
    low, high = (words.measure(stage.stage, value, currency) for value in (stage.p10, stage.p90))
    if stage.actual is None:
        return _("not measured; expected {low} to {high}").format(low=low, high=high)
    came = words.measure(stage.stage, stage.actual, currency)
    return _("{came}; expected {low} to {high}").format(came=came, low=low, high=high)


def tracking_finding(stages: Sequence[StageResult]) -> str:
    """What the picture shows: the first stage that left what luck explains."""
    judged = [stage for stage in stages if stage.chance_by_luck is not None]
    first = next((stage for stage in judged if stage.judged == BEYOND), None)
    if not judged:
        return _("No stage could be judged")
    if first is None:
        return _("Every judged stage lies within what luck explains")
    label = words.metric(first.stage)
    text = (
        _("{stage} fell short by more than luck") if first.is_below else _("{stage} came out above what luck explains")
    )
    return text.format(stage=f"{label[:1].upper()}{label[1:]}")


def _standing(stage: StageResult, mean: float) -> Standing:
    low, middle, high = (scale_place((value or 0.0) / mean) for value in (stage.p10, stage.p50, stage.p90))
    times = None if stage.actual is None else stage.actual / mean
    is_cut = times is not None and sqrt(times) > FURTHEST
    return Standing(stage, low, middle, high, None if times is None else scale_place(times), is_cut)

"""Place the result of every stage against its expectation on one scale, for the chart of a review.

Impressions and purchases differ ten thousandfold, so each is drawn in parts of its own expectation: 1 is as expected.
The scale is that of square roots, which has a zero and keeps half and twice about equally far from 1.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from fit.locale import _, phrase
from fit.review.significance import Judged, StageResult
from fit.text import words

FURTHEST = 2.1  # of the square root: a little beyond four times the expectation; what lies further is drawn there
TICKS = (
    (0.0, phrase("none")), (0.25, phrase("a quarter")), (1.0, phrase("as expected")), (2.0, phrase("twice")),
    (4.0, phrase("four times")),
)  # fmt: skip


@dataclass(frozen=True)
class Standing:
    """A stage on the scale, from 0 to 1; actual: None where it was not measured. is_cut: it lies beyond the scale."""

    stage: StageResult
    low: float
    middle: float
    high: float
    actual: float | None
    is_cut: bool

    @property
    def is_beyond(self) -> bool:
        """Whether luck does not explain it."""
        return self.stage.judged is Judged.MORE_THAN_LUCK


def standings(stages: Sequence[StageResult]) -> tuple[Standing, ...]:
    """Every stage of which something was expected; none of which nothing could come (no clicks, no purchases)."""
    return tuple(
        _standing(stage, stage.mean, stage.interval) for stage in stages if stage.mean and stage.interval is not None
    )


def scale_position(times: float) -> float:
    """Where so many times the expectation stands on the scale, from 0 to 1."""
    return min(sqrt(times), FURTHEST) / FURTHEST


def scale_ticks() -> tuple[tuple[float, str], ...]:
    """Positions and labels of the scale."""
    return tuple((scale_position(times), _(label)) for times, label in TICKS)


def stage_sentence(stage: StageResult, currency: str | None) -> str:
    """A stage in few words: "3, expected 7 to 22"."""
    low, high = (words.measure(stage.stage, value, currency) for value in (stage.p10, stage.p90))
    if stage.actual is None:
        return _("not measured; expected {low} to {high}").format(low=low, high=high)
    actual = words.result(stage.stage, stage.actual, currency)
    return _("{came}; expected {low} to {high}").format(came=actual, low=low, high=high)


def tracking_finding(stages: Sequence[StageResult]) -> str:
    """What the picture shows: the first stage that left what luck explains."""
    judged = [stage for stage in stages if stage.chance_by_luck is not None]
    first = next((stage for stage in judged if stage.judged is Judged.MORE_THAN_LUCK), None)
    if not judged:
        return _("No stage could be judged")
    if first is None:
        return _("Luck can explain every stage that could be judged")
    below, above = _("{stage} fell short by more than luck"), _("{stage} was higher than luck explains")
    return (below if first.is_below else above).format(stage=words.capitalized(words.metric(first.stage)))


def _standing(stage: StageResult, mean: float, interval: tuple[float, float, float]) -> Standing:
    low, middle, high = (scale_position(value / mean) for value in interval)
    times = None if stage.actual is None else stage.actual / mean
    is_cut = times is not None and sqrt(times) > FURTHEST
    return Standing(stage, low, middle, high, None if times is None else scale_position(times), is_cut)

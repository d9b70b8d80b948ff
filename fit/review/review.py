"""Review a campaign: targets against results, stages against the forecast, and what follows.

Creator target metrics and brand success metrics side by side, each measured line met or missed, and the stages of the
funnel against what was forecast before the campaign. An agreement, a frozen forecast and actuals in, a Review out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite

import numpy as np

from fit.agreement import (
    Agreement,
    FrozenForecast,
    Party,
    RedLine,
    Rule,
    RuleCheck,
    Side,
    TargetLine,
    Task,
    check_adjustment,
    check_rule,
    targets_with_chance,
)
from fit.locale import _
from fit.metrics import COMPUTED, COST, METRICS
from fit.model import RoleLabel
from fit.review.as_campaign import campaign_row
from fit.review.case import Case, Verdict
from fit.review.diagnosis import Diagnosis, diagnose
from fit.review.origin import Origin, origins
from fit.review.results import odd
from fit.review.significance import Judged, StageResult, stages_of
from fit.text import words

RATE_TOLERANCE = 0.02  # of a reported rate: further from what its counts give, it has another denominator


class Basis(StrEnum):
    """What the stages were judged against."""

    FROZEN = "frozen"
    AFTERWARDS = "drawn afterwards"
    BENCHMARKS = "benchmarks only"
    NO_FORECAST = "no forecast"


@dataclass(frozen=True)
class ResultLine:
    """A promised line and its result. hit: None where it was not measured or had no target. note: how it was got."""

    promise: TargetLine
    actual: float | None
    hit: bool | None
    note: str = ""


@dataclass(frozen=True)
class CommitmentResult:
    """A commitment, and whether it was fulfilled; None while nobody has said."""

    task: Task
    was_kept: bool | None


@dataclass(frozen=True)
class Talk:
    """What people add: commitments kept or not, notes of the talk, the outcome in their words, the next-time line."""

    commitments: tuple[CommitmentResult, ...] = ()
    notes: str = ""
    outcome: str = ""
    next_time: str = ""


@dataclass(frozen=True)
class Review:
    """A review. charter: its name, None for a file or draft.

    threshold: what the check of the adjustment protocol says, None where none was agreed. red_lines: those with a rule
    about a metric, each with its check. origins: where clicks and purchases came from.
    """

    agreement: Agreement
    charter: str | None
    frozen: FrozenForecast | None
    basis: Basis
    actuals: Mapping[str, float]
    verdict: Verdict
    lines: tuple[ResultLine, ...]
    stages: tuple[StageResult, ...]
    diagnosis: Diagnosis
    threshold: RuleCheck | None
    talk: Talk
    warnings: tuple[str, ...]
    red_lines: tuple[tuple[RedLine, RuleCheck], ...] = ()
    origins: tuple[Origin, ...] = ()

    @property
    def first_departure(self) -> str | None:
        """The first stage that luck does not explain."""
        return next((stage.stage for stage in self.stages if stage.judged is Judged.MORE_THAN_LUCK), None)

    @property
    def next_time(self) -> str:
        """The line for the shortlist: as people wrote it, else as the diagnosis says."""
        return self.talk.next_time or self.diagnosis.next_time

    @property
    def currency(self) -> str | None:
        """Of amounts."""
        return self.agreement.currency or (self.frozen.currency if self.frozen else None)

    @property
    def basis_words(self) -> str:
        """What the stages were judged against, in a sentence."""
        if self.frozen is None:
            return _("There is no forecast, so stages are not judged; targets are.")
        text = {
            Basis.FROZEN: _(
                "Stages are judged against the forecast frozen with the charter, from data version {number}."
            ),
            Basis.AFTERWARDS: _(
                "The forecast was made after the campaign, from data version {number}, which may include the "
                "campaign itself."
            ),
            Basis.BENCHMARKS: _(
                "Data version {number} has no reach for this creator, so there is no forecast: each stage is "
                "judged by the creator's own rates, from the result of the step before it."
            )
            if self.frozen.has_own_rates
            else _(
                "Data version {number} does not include this creator, so there is no forecast: each stage is "
                "judged by benchmarks only, from the result of the step before it."
            ),
        }[self.basis]
        return text.format(number=self.frozen.generation)

    @property
    def order_words(self) -> str:
        """What an order was reckoned at and from how many campaigns; empty where revenue is no part of the review."""
        revenue = next((stage for stage in self.stages if stage.stage == "revenue"), None)
        if self.frozen is None or revenue is None or revenue.actual is None or revenue.p50 is None:
            return ""
        value = words.measure("order_value", float(np.exp(self.frozen.inputs.order_value[0, 0])), self.currency)
        count = self.frozen.order_campaigns
        if not count:
            return _(
                "Revenue is expected at {value} an order, as usual: no campaign with this creator shows it."
            ).format(value=value)
        text = _("Revenue is expected at {value} an order, from {campaigns} with this creator and the usual value.")
        return text.format(value=value, campaigns=words.counted(count, "campaign", "campaigns"))

    def of_side(self, side: Side) -> tuple[ResultLine, ...]:
        """The lines of one side."""
        return tuple(line for line in self.lines if line.promise.line.side == side)


def review_campaign(
    agreement: Agreement,
    frozen: FrozenForecast | None,
    actuals: Mapping[str, float],
    *,
    charter: str | None = None,
    was_frozen: bool = False,
    talk: Talk | None = None,
    role: RoleLabel | None = None,
) -> Review:
    """Review a campaign.

    agreement: metric names as in the library. frozen: its forecast, or what frozen_rates knows of a creator without
    one; None for none. was_frozen: whether it was frozen with a charter. actuals: metric to value, "clicks:DE" for
    the clicks of a country; a metric that is missing was not measured. role: the creator's in the market of the
    agreement, None where the store does not know.
    """
    known = dict(actuals)
    if agreement.cost is not None:
        known.setdefault(COST, agreement.cost)
    judged = [_line(promise, known) for promise in targets_with_chance(agreement, frozen)]
    lines = tuple(line for line, _warning in judged)
    stages = stages_of(frozen, known)
    verdict = _verdict(lines)
    talk = talk or Talk(tuple(CommitmentResult(task, None) for task in agreement.commitments))
    came_from = origins(known, [code for code, _weight in agreement.markets])
    case = Case(
        verdict=verdict,
        agreement=agreement,
        lines=[(line.promise, line.actual, line.hit) for line in lines],
        stages=stages,
        by_lines=stages_of(frozen, _of_lines(lines, known)),
        frozen=frozen,
        origins=came_from,
        reached_there=_reached_there(known),
        role=role,
        broken=[
            result.task.text
            for result in talk.commitments
            if result.was_kept is False and result.task.owner == Party.BRAND
        ],
    )
    targets = {line.name: line.target for line in (result.promise.line for result in lines) if line.target is not None}
    measured = _measured(known, lines)
    currency = agreement.currency or (frozen.currency if frozen else None)
    return Review(
        agreement=agreement,
        charter=charter,
        frozen=frozen,
        basis=_basis(frozen, was_frozen=was_frozen),
        actuals=dict(actuals),
        verdict=verdict,
        lines=lines,
        stages=stages,
        diagnosis=diagnose(case),
        threshold=check_adjustment(agreement.adjustment, targets, measured, currency),
        talk=talk,
        warnings=(
            *odd(known),
            *(warning for _line, warning in judged if warning),
            *_unmeasured(lines, stages),
        ),
        red_lines=tuple(
            (line, check_rule(line.rule, targets, measured, currency))
            for line in agreement.red_lines
            if isinstance(line.rule, Rule)
        ),
        origins=came_from,
    )


def review_json(review: Review) -> dict[str, object]:
    """The review as plain values."""
    diagnosis, frozen, talk = review.diagnosis, review.frozen, review.talk
    return {
        "verdict": review.verdict,
        "lines": [_line_json(line) for line in review.lines],
        "stages": [_stage_json(stage, frozen) for stage in review.stages],
        "first_departure": review.first_departure,
        "because": diagnosis.because,
        "reasons": list(diagnosis.reasons),
        "next_step": diagnosis.next_step,
        "next_time": review.next_time,
        "cause": diagnosis.cause,
        "is_against": diagnosis.is_against and not talk.next_time,
        "goal": review.agreement.goal,
        "markets": [code for code, _weight in review.agreement.markets],
        "basis": review.basis,
        "basis_words": review.basis_words,
        "charter": review.charter,
        "creator_id": review.agreement.creator,
        "generation": frozen.generation if frozen else None,
        "demo": bool(frozen and frozen.is_demo),
        "currency": review.currency,
        "actuals": dict(review.actuals),
        "order_value": {"campaigns": frozen.order_campaigns, "words": review.order_words} if frozen else None,
        "campaign": campaign_row(review.agreement, review.actuals, review.charter),
        "results_by_country": [origin.as_json() for origin in review.origins],
        "threshold": vars(review.threshold) if review.threshold else None,
        "commitments": [
            {"owner": result.task.owner, "text": result.task.text, "kept": result.was_kept}
            | {"due": result.task.due.isoformat() if result.task.due else None}
            for result in talk.commitments
        ],
        "notes": talk.notes,
        "outcome": talk.outcome,
        "warnings": list(review.warnings),
    }


def _line_json(line: ResultLine) -> dict[str, object]:
    promise = line.promise
    return {
        "metric": promise.line.name,
        "side": promise.line.side,
        "target": promise.line.target,
        "actual": line.actual,
        "hit": line.hit,
        "p_hit": promise.p_hit,
        "target_is_forecast": promise.is_filled,
        "note": line.note,
    }


def _stage_json(stage: StageResult, frozen: FrozenForecast | None) -> dict[str, object]:
    """The stage as judged, and under forecast_... what was expected before anything was known."""
    before = frozen.summary[stage.stage] if frozen else {}
    return {
        "stage": stage.stage,
        **{name: getattr(stage, name) for name in ("p10", "p50", "p90", "mean", "actual", "chance_by_luck")},
        "judged": stage.judged,
        "given": stage.given,
        "place": stage.position,
        **{f"forecast_{name}": before.get(name) for name in ("p10", "p50", "p90")},
    }


def _basis(frozen: FrozenForecast | None, *, was_frozen: bool) -> Basis:
    if frozen is None:
        return Basis.NO_FORECAST
    if not frozen.drawn:
        return Basis.BENCHMARKS
    return Basis.FROZEN if was_frozen else Basis.AFTERWARDS


def _line(promise: TargetLine, known: Mapping[str, float]) -> tuple[ResultLine, str]:
    name, target = promise.line.name, promise.line.target
    computed = computed_from(name, known)
    actual, note, warning = known.get(name), "", ""
    if actual is None and computed is not None:
        above, below = COMPUTED[name][:2]
        note = _("computed: {above} / {below}").format(above=words.metric(above), below=words.metric(below))
        actual = computed
    elif (
        actual is not None and computed is not None and abs(actual - computed) > RATE_TOLERANCE * max(actual, computed)
    ):
        above, below = COMPUTED[name][:2]
        warning = _(
            "{metric} is reported as {reported}, but {above} / {below} gives {computed}. The reported one counts: "
            "check its denominator."
        ).format(
            metric=promise.label, above=words.metric(above), below=words.metric(below),
            reported=words.measure(name, actual), computed=words.measure(name, computed),
        )  # fmt: skip
    if actual is None or target is None:
        missing = _("no target was set, and no forecast fills it in") if target is None else _("not measured")
        return ResultLine(promise, actual, None, missing), warning
    is_lower = promise.metric is not None and promise.metric.lower_is_better
    hit = actual <= target if is_lower else actual >= target
    if not isfinite(actual):
        note = _("no {metric}, so it has no value").format(metric=words.metric(COMPUTED[name][1]))
        return ResultLine(promise, None, False, note), warning
    return ResultLine(promise, actual, hit, note), warning


def computed_from(name: str, known: Mapping[str, float]) -> float | None:
    """What other actuals give; infinite for a cost of nothing bought, None where it does not follow."""
    if name not in COMPUTED:
        return None
    above, below, unit = COMPUTED[name]
    if above not in known or below not in known:
        return None
    if known[below] == 0:
        return float("inf") if METRICS[name].lower_is_better and known[above] > 0 else None
    return unit * known[above] / known[below]


def _measured(known: Mapping[str, float], lines: Sequence[ResultLine]) -> dict[str, float]:
    follows = {name: computed_from(name, known) for name in COMPUTED if name not in known}
    judged = {line.promise.line.name: line.actual for line in lines if line.actual is not None}
    finite = {name: value for name, value in follows.items() if value is not None and isfinite(value)}
    return {**finite, **known, **judged}


def _verdict(lines: Sequence[ResultLine]) -> Verdict:
    """A side hit when every measured line of it is met; without a measured line it cannot be judged."""
    hits = {
        side: [line.hit for line in lines if line.promise.line.side == side and line.hit is not None] for side in Side
    }
    if not all(hits.values()):
        return Verdict.NOT_MEASURED
    if all(hits[Side.CREATOR]):
        return Verdict.BOTH_HIT if all(hits[Side.BRAND]) else Verdict.BRAND_MISSED
    return Verdict.CREATOR_MISSED if all(hits[Side.BRAND]) else Verdict.BOTH_MISSED


def _unmeasured(lines: Sequence[ResultLine], stages: Sequence[StageResult]) -> list[str]:
    sentences = []
    open_lines = [line.promise.label for line in lines if line.hit is None]
    if open_lines and len(open_lines) < len(lines):
        text = _("Not judged, because not measured or without a target: {lines}.")
        sentences.append(text.format(lines=words.listing(open_lines)))
    unexpected = [words.metric(s.stage) for s in stages if s.actual is not None and s.chance_by_luck is None]
    if unexpected:
        text = _("Measured, but without a forecast: {stages}.")
        sentences.append(text.format(stages=words.listing(unexpected)))
    missing = [words.metric(s.stage) for s in stages if s.actual is None]
    if missing:
        text = _("Stages without a measured value, so not judged: {stages}.")
        sentences.append(text.format(stages=words.listing(missing)))
    return sentences


def _of_lines(lines: Sequence[ResultLine], known: Mapping[str, float]) -> dict[str, float]:
    """The figures that agreed lines are made of: their own, and the counts of their rates and costs."""
    names = {line.promise.line.name for line in lines if line.promise.line.target is not None}
    parts = {part for name in names & COMPUTED.keys() for part in COMPUTED[name][:2]}
    return {name: value for name, value in known.items() if name in names | parts}


def _reached_there(known: Mapping[str, float]) -> float | None:
    """The share of the displays that people in the market saw; None where it was not measured."""
    if "in_market_impressions" not in known or not known.get("impressions"):
        return None
    return known["in_market_impressions"] / known["impressions"]

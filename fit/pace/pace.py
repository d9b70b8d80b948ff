"""Update a charter's forecast while the campaign runs: its frozen futures, weighted by the counts so far.

A future counts by how likely it would have brought these counts by now. Nothing is drawn anew but more futures of the
same forecast, and looking every day is harmless: a chance is what is known today, no repeated test.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from scipy.special import betaln, gammaln
from scipy.stats import beta

from fit.agreement import (
    Agreement,
    FrozenForecast,
    Limit,
    Rule,
    Status,
    TargetLine,
    check_adjustment,
    check_rule,
    targets_with_chance,
)
from fit.locale import _
from fit.metrics import COMPUTED, COST, METRICS, MetricKind, Unit
from fit.pace.counts import ADDED_UP, Count, so_far
from fit.pace.delivery import Expected, expected_by
from fit.review import computed_from
from fit.text import words

FUTURES = 20_000  # few of them fit what came
# Of a Beta around the expected part: how sure it is (one in five off at half-way), and how alike counts come in.
SURE_OF_PART, SURE_OF_COUNT = 20.0, 100.0
NODES = 15  # equally likely parts that all counts of a campaign share
FEWEST_FUTURES = 200.0  # that have to carry the weight; else what came is trusted less
SMALLEST_PART, LARGEST_PART = 0.01, 0.995
# The counts that each metric is updated by, besides those that a rate or cost is computed from.
INFORMED_BY = {
    "engagements": ("impressions", "engagements"),
    "clicks": ("impressions", "clicks"),
    "conversions": ("clicks", "conversions"),
    "in_market_conversions": ("clicks", "conversions"),
    "revenue": ("clicks", "conversions"),
}
WEIGHED = ("impressions", "engagements", "clicks", "conversions")


@dataclass(frozen=True)
class PaceLine:
    """One target. so_far, expected_by_now: counts; chances 0 to 1; p10, p50, p90: of the final result as known now.

    None where it is not measured, or no forecast knows it.
    """

    metric: str
    label: str
    target: float | None
    so_far: float | None
    expected_by_now: float | None
    p_hit_at_signing: float | None
    p_hit_now: float | None
    p10: float | None
    p50: float | None
    p90: float | None

    def as_json(self) -> dict[str, object]:
        """Plain values, without the label."""
        return {name: value for name, value in vars(self).items() if name != "label"}


@dataclass(frozen=True)
class Pace:
    """How a running campaign stands on a day. expected: the part of its results that is usually in by then. talk: by
    the agreed rule, talk_because says why or why not; because: all of it in sentences."""

    on: date
    expected: Expected
    lines: tuple[PaceLine, ...]
    talk: bool
    talk_because: str
    because: str

    def as_json(self) -> dict[str, object]:
        """The document of `pace --json`."""
        return {
            "on": self.on.isoformat(),
            "expected_share": {"counts": self.expected.counts, "purchases": self.expected.purchases},
            "metrics": [line.as_json() for line in self.lines],
            "talk": self.talk,
            "because": self.because,
        }


def pace_of(agreement: Agreement, frozen: FrozenForecast, counts: Sequence[Count], on: date) -> Pace:
    """How the campaign of a charter stands on a day, leading indicators first; each total is held against what is
    expected by the day of that total. Raises PaceError."""
    expected = expected_by(agreement, frozen, counts, on)
    known = so_far(counts, on)
    newest = {name: max(count.day for count in counts if count.metric == name and count.day <= on) for name in known}
    parts = {name: expected_by(agreement, frozen, counts, day).of(name) for name, day in newest.items()}
    futures = frozen.futures(FUTURES)
    logs = log_likelihoods(futures, known, parts)
    promises = sorted(targets_with_chance(agreement, frozen), key=lambda one: one.kind is not MetricKind.LEADING)
    lines = tuple(_line(promise, futures, known, expected, parts, logs) for promise in promises)
    if not known:  # fewer futures are drawn at signing, which must not look like a change
        lines = tuple(replace(line, p_hit_now=line.p_hit_at_signing) for line in lines)
    targets = {line.metric: line.target for line in lines if line.target is not None}
    talk, reason = _talk(agreement, targets, counts, on)
    return Pace(on, expected, lines, talk, reason, " ".join([*_sentences(lines, expected, on), reason]))


def log_likelihoods(
    futures: Mapping[str, np.ndarray], known: Mapping[str, float], in_by_then: Mapping[str, float]
) -> dict[str, np.ndarray]:
    """How likely each future would have brought each total so far: metric to logs, (NODES, futures).

    known: totals so far; in_by_then: the part of each that is expected to be in by its day. So far x of a final T: T
    tries with a chance of the expected part, which is shared by all counts of a campaign and unsure itself: Beta with
    SURE_OF_PART, then each count beta-binomial with SURE_OF_COUNT.
    """
    logs: dict[str, np.ndarray] = {}
    for name in WEIGHED:
        if name not in known or name not in futures:
            continue
        shares = part_nodes(in_by_then[name])[:, None]
        a, b, x, total = SURE_OF_COUNT * shares, SURE_OF_COUNT * (1 - shares), known[name], futures[name]
        rest = np.maximum(total - x, 0.0)
        ways = gammaln(total + 1) - gammaln(x + 1) - gammaln(rest + 1)
        logs[name] = np.where(total >= x, ways + betaln(x + a, rest + b) - betaln(a, b), -np.inf)
    return logs


def final_weights(metric: str, logs: Mapping[str, np.ndarray]) -> np.ndarray | None:
    """The weight of each future (they add up to 1) given what came; None where no count informs the metric.

    logs: of log_likelihoods.
    """
    parts = COMPUTED[metric][:2] if metric in COMPUTED else INFORMED_BY.get(metric, ("impressions",))
    names = [name for name in logs if name in parts] or [name for name in logs if name == "impressions"]
    if not names:
        return None
    log_weight = np.logaddexp.reduce(sum(logs[name] for name in names), axis=0)
    if not np.isfinite(log_weight).any():
        return None
    return _tempered(log_weight - log_weight.max())


def part_nodes(part: float) -> np.ndarray:
    part = min(max(part, SMALLEST_PART), LARGEST_PART)
    places = (np.arange(NODES) + 0.5) / NODES
    drawn = beta.ppf(places, SURE_OF_PART * part, SURE_OF_PART * (1 - part))
    return np.clip(drawn, SMALLEST_PART / 10, LARGEST_PART)


def _tempered(log_weight: np.ndarray) -> np.ndarray:
    """Weights that add up to 1, flattened until enough futures carry them: beyond what was foreseen, trust it less."""
    power = 1.0
    while True:
        weight = np.exp(power * log_weight)
        weight /= weight.sum()
        if 1 / (weight**2).sum() >= FEWEST_FUTURES or power < 1e-3:
            return weight
        power *= 0.8


def _line(
    promise: TargetLine,
    futures: Mapping[str, np.ndarray],
    known: Mapping[str, float],
    expected: Expected,
    parts: Mapping[str, float],
    logs: Mapping[str, np.ndarray],
) -> PaceLine:
    name, target = promise.line.name, promise.line.target
    came = known.get(name)
    if came is None and name in COMPUTED and COST not in COMPUTED[name]:
        came = computed_from(name, known)
    grows = promise.metric is None or promise.metric.unit is Unit.COUNT or name == "revenue"
    is_lower = promise.metric is not None and promise.metric.lower_is_better
    final, by_now = _final(name, futures, known, parts.get(name, expected.of(name)), logs, grows=grows)
    p_hit = None
    if target is not None and final is not None:
        values, weight = final
        is_hit = values <= target if is_lower else values >= target
        p_hit = min(float(weight[is_hit].sum()), 1.0)
    elif target is not None and grows and came is not None and came >= target:
        p_hit = 1.0  # what grows and is reached stays reached
    quantiles = weighted_quantiles(*final) if final is not None else (None, None, None)
    return PaceLine(name, promise.label, target, came, by_now, promise.p_hit, p_hit, *quantiles)


def _final(
    name: str,
    futures: Mapping[str, np.ndarray],
    known: Mapping[str, float],
    part: float,
    logs: Mapping[str, np.ndarray],
    *,
    grows: bool,
) -> tuple[tuple[np.ndarray, np.ndarray] | None, float | None]:
    """The final values that are possible and their weights (None: no forecast), and what is usually in by then.

    part: that is expected to be in.
    """
    if name not in futures:
        return None, None
    values, came = futures[name], known.get(name)
    by_now = float(np.median(values)) * part if grows else None
    if part == 1.0 and came is not None:  # everything is in
        return (np.array([came]), np.ones(1)), came
    weight = final_weights(name, logs)
    if grows and came is not None:
        if came > values.max():  # more than any future had foreseen: scaled up by what is usually in
            values = came / part_nodes(part)
            weight = np.full(NODES, 1 / NODES)
        values = np.maximum(values, came)
    return (values, np.full(len(values), 1 / len(values)) if weight is None else weight), by_now


def weighted_quantiles(values: np.ndarray, weight: np.ndarray) -> tuple[float | None, ...]:
    order = np.argsort(values, kind="stable")
    places = np.cumsum(weight[order])
    at = np.minimum(np.searchsorted(places, (0.1, 0.5, 0.9)), len(values) - 1)
    return tuple(value if np.isfinite(value) else None for value in values[order][at].tolist())


def _talk(agreement: Agreement, targets: Mapping[str, float], counts: Sequence[Count], on: date) -> tuple[bool, str]:
    """Whether the two sides talk now by the rule that they agreed, checked once on its day, and why."""
    rule, first = agreement.adjustment.rule, agreement.start
    if rule is None or first is None:
        by_hand = check_adjustment(agreement.adjustment, targets, {}, agreement.currency)
        return False, by_hand.sentence if by_hand else _("No rule was agreed for when to talk.")
    due = first + timedelta(days=rule.after_days) if rule.after_days is not None else agreement.end or first
    plain_rule, now = replace(rule, after_days=None), _with_rates(so_far(counts, on))
    if on < due:
        check = check_rule(plain_rule, targets, now, agreement.currency)
        is_beyond = check.status is Status.CROSSED and rule.limit is Limit.AT_MOST and _grows(rule)
        later = _("The agreed rule is checked on {day}.").format(day=words.day(due))
        return (True, _talk_now(check.sentence)) if is_beyond else (False, later)
    # The first count after the day says too little only if even that is under the limit.
    days = sorted({count.day for count in counts if due <= count.day <= on}) or [on]
    check = check_rule(plain_rule, targets, _with_rates(so_far(counts, days[0])), agreement.currency)
    is_crossed = check.status is Status.CROSSED
    return is_crossed, _talk_now(check.sentence) if is_crossed else check.sentence


def _talk_now(why: str) -> str:
    return _("Talk now: {why}").format(why=why)


def _grows(rule: Rule) -> bool:
    return METRICS[rule.metric].unit in ADDED_UP


def _with_rates(known: Mapping[str, float]) -> dict[str, float]:
    follows = {name: computed_from(name, known) for name in COMPUTED if name not in known}
    return {**{name: value for name, value in follows.items() if value is not None}, **known}


def _sentences(lines: Sequence[PaceLine], expected: Expected, on: date) -> list[str]:
    """What is usually in by now, and each measured target with its chance then and now."""
    text = _("By {day}, about {share} of the final counts and {purchases} of the purchases are usually in.")
    shares = (words.percent(round(part, 2)) for part in (expected.counts, expected.purchases))
    sentences = [text.format(day=words.day(on), **dict(zip(("share", "purchases"), shares, strict=True)))]
    for line in lines:
        if line.so_far is None or line.target is None:
            continue
        came, target = (words.result(line.metric, value) for value in (line.so_far, line.target))
        if line.p_hit_now is None:
            text = _("{metric}: {came} so far, target {target}.")
        elif line.p_hit_at_signing is None:
            text = _("{metric}: {came} so far, target {target} is reached.")
        else:
            text = _("{metric}: {came} so far; {now} likely to meet the target of {target} ({then} at signing).")
        now, then = (words.chance(chance or 0.0) for chance in (line.p_hit_now, line.p_hit_at_signing))
        label = words.capitalized(line.label)
        sentence = text.format(metric=label, came=came, target=target, now=now, then=then)
        sentences.append(sentence)
    return sentences

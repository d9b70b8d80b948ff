"""Check rules: red lines against deliverables and targets of the same agreement, all of them against what was measured.

A text without a rule is read by people, and never called "not crossed" by a check of its words.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from fit.agreement.agreement import Adjustment, Agreement, RedLine
from fit.agreement.rule import DeliverableRule, Limit, Rule, bound_of
from fit.locale import _
from fit.metrics import METRICS, Unit
from fit.model import kind_named
from fit.text import plain, words


class Status(StrEnum):
    """What a check says."""

    CROSSED = "crossed"
    NOT_CROSSED = "not crossed"
    CHECK_BY_HAND = "check by hand"


@dataclass(frozen=True)
class RuleCheck:
    """What a check found, and why in a sentence."""

    status: Status
    sentence: str


@dataclass(frozen=True)
class CheckedRedLine:
    """A red line, what a check of it says, what it was held against ("" for nothing), and why in a sentence."""

    red_line: RedLine
    status: Status
    clause: str
    reason: str


def check_red_lines(agreement: Agreement) -> tuple[CheckedRedLine, ...]:
    """Every red line of an agreement with what its rule says, in their order."""
    return tuple(CheckedRedLine(line, *_found(line, agreement)) for line in agreement.red_lines)


def _found(line: RedLine, agreement: Agreement) -> tuple[Status, str, str]:
    if isinstance(line.rule, DeliverableRule):
        return _by_deliverables(line.rule, agreement)
    if isinstance(line.rule, Rule):
        return _by_target(line.rule, agreement)
    reason = _("There is no rule to check: compare it with deliverables, commitments and story yourself.")
    return Status.CHECK_BY_HAND, "", reason


def _by_deliverables(rule: DeliverableRule, agreement: Agreement) -> tuple[Status, str, str]:
    if not agreement.deliverables:
        return Status.CHECK_BY_HAND, "", _("No deliverable is written down yet.")
    asked = kind_named(rule.kind)
    count = sum(item.count for item in agreement.deliverables if kind_named(item.kind, [asked]) == asked)
    clause = f"{count} x {plain(rule.kind)}"
    if not _is_beyond(count, rule.limit, rule.count):
        return Status.NOT_CROSSED, clause, _("To be delivered: {clause}.").format(clause=clause)
    too_few = _("To be delivered: {count}, agreed: at least {limit}.")
    too_many = _("To be delivered: {count}, agreed: at most {limit}.")
    text = too_few if rule.limit is Limit.AT_LEAST else too_many
    return Status.CROSSED, clause, text.format(count=count, limit=rule.count)


def _by_target(rule: Rule, agreement: Agreement) -> tuple[Status, str, str]:
    """A target beyond the limit asks for what the red line excludes; what is measured is checked in the review."""
    target = next((line.target for line in agreement.metrics if line.name == rule.metric), None)
    later = _("The review checks it against what is measured.")
    if rule.value is None or target is None:
        return Status.NOT_CROSSED, "", later
    target_text = words.exact(rule.metric, target, agreement.currency)
    clause = _("target of {metric}: {target}").format(metric=words.metric(rule.metric), target=target_text)
    if not _is_beyond(target, rule.limit, rule.value):
        return Status.NOT_CROSSED, clause, later
    too_low = _("Target: {target}, agreed: at least {limit}.")
    too_high = _("Target: {target}, agreed: at most {limit}.")
    text = too_low if rule.limit is Limit.AT_LEAST else too_high
    limit = words.exact(rule.metric, rule.value, agreement.currency)
    return Status.CROSSED, clause, text.format(target=target_text, limit=limit)


def check_adjustment(
    adjustment: Adjustment, targets: Mapping[str, float], actuals: Mapping[str, float], currency: str | None
) -> RuleCheck | None:
    """Check the protocol against what was measured; None where none was agreed. A text alone is checked by people."""
    if adjustment.rule is not None:
        return check_rule(adjustment.rule, targets, actuals, currency)
    if not adjustment.threshold.strip():
        return None
    sentence = _('The agreed threshold is written in words only: "{threshold}". Check it by hand.')
    return RuleCheck(Status.CHECK_BY_HAND, sentence.format(threshold=plain(adjustment.threshold)))


def check_rule(
    rule: Rule, targets: Mapping[str, float], actuals: Mapping[str, float], currency: str | None
) -> RuleCheck:
    """Check a rule against what was measured. targets, actuals: by metric; one that is missing is not known."""
    bound, actual = bound_of(rule, targets), actuals.get(rule.metric)
    if bound is None or actual is None:
        no_target = _("There is no target of {metric} to check the agreed rule by: check it by hand.")
        not_measured = _("The agreed rule cannot be checked: {metric} not measured.")
        text = no_target if bound is None else not_measured
        return RuleCheck(Status.CHECK_BY_HAND, text.format(metric=words.metric(rule.metric)))
    is_crossed = _is_beyond(actual, rule.limit, bound)
    sentences = [_compared(rule, actual, bound, currency)]
    if rule.after_days is not None and not _follows_from_total(rule, is_crossed=is_crossed):
        days = words.counted(rule.after_days, "day", "days")
        text = _("The total does not show whether it was crossed after {days}.")
        sentences.append(text.format(days=days))
    return RuleCheck(Status.CROSSED if is_crossed else Status.NOT_CROSSED, " ".join(sentences))


def _compared(rule: Rule, actual: float, bound: float, currency: str | None) -> str:
    least = _("{metric}: {actual}; agreed was at least {limit}.")
    most = _("{metric}: {actual}; agreed was at most {limit}.")
    text = least if rule.limit is Limit.AT_LEAST else most
    actual_words, limit = words.result(rule.metric, actual, currency), words.exact(rule.metric, bound, currency)
    if actual_words == words.result(rule.metric, bound, currency):  # rounding would hide the difference
        actual_words = words.exact(rule.metric, actual, currency)
    if rule.share_of_target is not None:
        limit = _("{limit} ({share} of the target)").format(
            limit=limit, share=words.exact_percent(rule.share_of_target)
        )
    label = words.capitalized(words.metric(rule.metric))
    return text.format(metric=label, actual=actual_words, limit=limit)


def _is_beyond(amount: float, limit: Limit, bound: float) -> bool:
    """Whether an amount lies on the wrong side of a bound; the bound itself is still agreed."""
    return amount < bound if limit is Limit.AT_LEAST else amount > bound


def _follows_from_total(rule: Rule, *, is_crossed: bool) -> bool:
    """Whether the total decides about an earlier day: a count only grows, so what is too few now was too few then."""
    grows = METRICS[rule.metric].unit is Unit.COUNT or rule.metric == "revenue"
    return grows and is_crossed == (rule.limit is Limit.AT_LEAST)

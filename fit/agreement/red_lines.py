"""Check red lines: what a side will not compromise on, against deliverables and targets of the same agreement.

A red line with a rule is checked; one of words alone is read by people, and never called "not crossed" by a check.
"""

from __future__ import annotations

from dataclasses import dataclass

from fit.agreement.agreement import Agreement, RedLine
from fit.agreement.rule import DeliverableRule, Limit, Rule, Status, exact_words, is_beyond
from fit.locale import _
from fit.model import kind_named
from fit.text import plain, words


@dataclass(frozen=True)
class CheckedRedLine:
    """A red line, what a check of it says, what it was held against ("" for nothing), and why in a sentence."""

    red_line: RedLine
    status: Status
    clause: str
    reason: str


def check_red_lines(agreement: Agreement) -> tuple[CheckedRedLine, ...]:
    """Every red line of an agreement with what its rule says, in their order."""
    return tuple(_checked(line, agreement) for line in agreement.red_lines)


def _checked(line: RedLine, agreement: Agreement) -> CheckedRedLine:
    if isinstance(line.rule, DeliverableRule):
        return _by_deliverables(line, line.rule, agreement)
    if isinstance(line.rule, Rule):
        return _by_target(line, line.rule, agreement)
    reason = _("It is written in words alone: read it beside deliverables, commitments and story.")
    return CheckedRedLine(line, Status.CHECK_BY_HAND, "", reason)


def _by_deliverables(line: RedLine, rule: DeliverableRule, agreement: Agreement) -> CheckedRedLine:
    if not agreement.deliverables:
        return CheckedRedLine(line, Status.CHECK_BY_HAND, "", _("No deliverable is written down yet."))
    asked = kind_named(rule.kind)
    count = sum(item.count for item in agreement.deliverables if kind_named(item.kind, [asked]) == asked)
    clause = f"{count} x {plain(rule.kind)}"
    if not is_beyond(count, rule.limit, rule.count):
        reason = _("To be delivered: {clause}.").format(clause=clause)
        return CheckedRedLine(line, Status.NOT_CROSSED, clause, reason)
    text = (
        _("To be delivered: {count}, asked for: {limit} at least.")
        if rule.limit is Limit.AT_LEAST
        else _("To be delivered: {count}, accepted: {limit} at most.")
    )
    return CheckedRedLine(line, Status.CROSSED, clause, text.format(count=count, limit=rule.count))


def _by_target(line: RedLine, rule: Rule, agreement: Agreement) -> CheckedRedLine:
    """A target beyond the limit asks for what the red line excludes; what is measured is checked in the review."""
    target = next((line.target for line in agreement.metrics if line.name == rule.metric), None)
    later = _("The review checks it against what is measured.")
    if rule.value is None or target is None:
        return CheckedRedLine(line, Status.NOT_CROSSED, "", later)
    label, target_words = words.metric(rule.metric), exact_words(rule.metric, target, agreement.currency)
    clause = _("target of {metric}: {target}").format(metric=label, target=target_words)
    if not is_beyond(target, rule.limit, rule.value):
        return CheckedRedLine(line, Status.NOT_CROSSED, clause, later)
    limit = exact_words(rule.metric, rule.value, agreement.currency)
    text = (
        _("Target: {target}, asked for: {limit} at least.")
        if rule.limit is Limit.AT_LEAST
        else _("Target: {target}, accepted: {limit} at most.")
    )
    return CheckedRedLine(line, Status.CROSSED, clause, text.format(target=target_words, limit=limit))

"""Say what an amendment changes: every term of two agreements side by side, where they differ."""

from collections.abc import Callable, Mapping
from typing import Any

from fit.agreement import (
    Adjustment,
    Agreement,
    Difference,
    MetricLine,
    RedLine,
    Side,
    TargetLine,
    Task,
    align,
    differences,
    rule_words,
)
from fit.charter.completeness import own_words
from fit.locale import _, phrase
from fit.metrics import METRICS
from fit.text import plain, words

THERE = phrase("agreed")
COMMITMENTS = {
    "brand": phrase("Commitment of the brand: {text}"),
    "creator": phrase("Commitment of the creator: {text}"),
    "neutral party": phrase("Commitment of the neutral party: {text}"),
}
RED_LINES = {"brand": phrase("Red line of the brand: {text}"), "creator": phrase("Red line of the creator: {text}")}


def changes(before: Agreement, now: Agreement) -> tuple[Difference, ...]:
    """Every term in which two agreements differ, in the order of a charter, as the charter says it; "not in it" where
    it has no such term."""
    absent = _("not in it")
    apart = tuple(differences(before, now))
    parts = {difference.what for difference in apart}
    found = [
        Difference(_(what), said(before) or absent, said(now) or absent) for part, what, said in SINGLE if part in parts
    ]
    for part, term in LISTED.items():
        for difference in (difference for difference in apart if difference.what == part):
            old = dict([term(difference.before, before.currency)] if difference.before is not None else [])
            new = dict([term(difference.now, now.currency)] if difference.now is not None else [])
            found += [Difference(what, old.get(what, absent), new.get(what, absent)) for what in {**new, **old}]
    return tuple(difference for difference in found if difference.before != difference.now)


# Terms that are one value: of which part, what they are called, and how the charter says them, "" for not at all.
SINGLE: tuple[tuple[str, str, Callable[[Agreement], str]], ...] = (
    ("brand_name", phrase("Brand"), lambda said: plain(said.brand_name or "")),
    ("brand_contact", phrase("Whom to ask at the brand"), lambda said: plain(said.brand_contact or "")),
    ("creator_name", phrase("Creator"), lambda said: plain(said.creator_name or "")),
    ("platform", phrase("Platform"), lambda said: plain(said.platform or "")),
    ("partnership_goal", phrase("The partnership's goal"), lambda said: plain(said.partnership_goal)),
    ("brand_goal", phrase("The brand's goal"), lambda said: plain(said.brand_goal)),
    ("answers", phrase("What success is to the brand"), lambda said: plain(own_words(said, Side.BRAND))),
    ("answers", phrase("What success is to the creator"), lambda said: plain(own_words(said, Side.CREATOR))),
    ("markets", phrase("Markets"), lambda said: said.brief.words),
    ("start", phrase("First day"), lambda said: words.day(said.start) if said.start else ""),
    ("end", phrase("Last day"), lambda said: words.day(said.end) if said.end else ""),
    ("cost", phrase("Fee"), lambda said: words.price(said.cost, said.currency) if said.cost is not None else ""),
    ("currency", phrase("Currency"), lambda said: said.currency or ""),
    ("attribution_window_days", phrase("A sale counts for"), lambda said: _days(said.attribution_window_days)),
    ("adjustment", phrase("When something must change"), lambda said: _protocol(said.adjustment, said.currency)),
    ("alignment", phrase("Overlap of the needs"), lambda said: _overlap(align(said).average)),
    (
        "present", phrase("Present when the goals were set"),
        lambda said: words.listing([_(party) for party in said.present]),
    ),
)  # fmt: skip


def _metric(line: MetricLine, currency: str | None) -> tuple[str, str]:
    target = TargetLine(line, METRICS.get(line.name), False, None, None, None, None)
    whose = {Side.CREATOR: _("creator delivers"), Side.BRAND: _("brand expects")}[line.side]
    terms = [target.target_words(currency), whose, *([_("matters to both")] if line.is_shared else [])]
    return _("Metric: {text}").format(text=target.label), ", ".join(terms)


def _red_line(line: RedLine, currency: str | None) -> tuple[str, str]:
    parts = [_("checked: {rule}").format(rule=rule_words(line.rule, currency))] if line.rule else []
    details = "; ".join([*parts, *([plain(line.answer)] if line.answer else [])])
    return _(RED_LINES[line.side]).format(text=plain(line.text)), details or _(THERE)


def _task(task: Task, _currency: str | None) -> tuple[str, str]:
    deadline = _("until {day}").format(day=words.day(task.due)) if task.due else _("no day set")
    return _(COMMITMENTS[task.owner]).format(text=plain(task.text)), deadline


def _days(days: int | None) -> str:
    return words.counted(days, "day", "days") if days is not None else ""


def _overlap(average: float | None) -> str:
    return _("{average} of 5").format(average=words.about(average)) if average else ""


def _protocol(protocol: Adjustment, currency: str | None) -> str:
    parts = [
        plain(protocol.threshold),
        rule_words(protocol.rule, currency) if protocol.rule else "",
        plain(protocol.contact),
        _("within {days}").format(days=days) if (days := _days(protocol.within_days)) else "",
    ]
    return ", ".join(filter(None, parts))


# Terms of which there may be several: what an entry is called, and how the charter says it.
LISTED: Mapping[str, Callable[[Any, str | None], tuple[str, str]]] = {
    "metrics": _metric,
    "deliverables": lambda item, _c: (_("Deliverable: {text}").format(text=plain(item.kind)), words.count(item.count)),
    "commitments": _task,
    "red_lines": _red_line,
    "trade_offs": lambda text, _c: (_("Trade-off: {text}").format(text=plain(text)), _(THERE)),
    "insights": lambda insight, _c: (_("The creator knows: {text}").format(text=plain(insight.text)), _(THERE)),
    "left_out": lambda left, _c: (_("Left out: {text}").format(text=_(left.part)), plain(left.reason)),
}

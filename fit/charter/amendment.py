"""Say what an amendment changes: every term of two agreements side by side, where they differ."""

from dataclasses import dataclass

from fit.agreement import Adjustment, Agreement, MetricLine, Party, RedLine, Side, TargetLine, align, rule_words
from fit.charter.completeness import own_words
from fit.locale import _
from fit.metrics import METRICS
from fit.text import plain, words


@dataclass(frozen=True)
class Change:
    """One term that changed. before, now: as the charter says it; "not in it" where it has no such term."""

    what: str
    before: str
    now: str


def changes(before: Agreement, now: Agreement) -> tuple[Change, ...]:
    """Every term in which two agreements differ, in the order of a charter."""
    old, new = _terms(before), _terms(now)
    absent = _("not in it")
    return tuple(
        Change(what, old.get(what, absent), new.get(what, absent))
        for what in dict.fromkeys([*new, *old])
        if old.get(what) != new.get(what)
    )


def _terms(agreement: Agreement) -> dict[str, str]:
    """Every term by what it is called; two terms of one name share an entry."""
    found: dict[str, list[str]] = {}
    for what, said in [*_single_terms(agreement), *_listed_terms(agreement)]:
        if said:
            found.setdefault(what, []).append(said)
    return {what: "; ".join(said) for what, said in found.items()}


def _single_terms(agreement: Agreement) -> list[tuple[str, str]]:
    days, average = agreement.attribution_window_days, align(agreement).average
    return [
        (_("Brand"), plain(agreement.brand_name or "")),
        (_("Whom to ask at the brand"), plain(agreement.brand_contact or "")),
        (_("Creator"), plain(agreement.creator_name or "")),
        (_("Platform"), plain(agreement.platform or "")),
        (_("The partnership's goal"), plain(agreement.partnership_goal)),
        (_("The brand's goal"), plain(agreement.brand_goal)),
        (_("What success is to the brand"), plain(own_words(agreement, Side.BRAND))),
        (_("What success is to the creator"), plain(own_words(agreement, Side.CREATOR))),
        (_("Markets"), agreement.brief.words),
        (_("First day"), words.day(agreement.start) if agreement.start else ""),
        (_("Last day"), words.day(agreement.end) if agreement.end else ""),
        (_("Fee"), words.amount(agreement.cost, agreement.currency) if agreement.cost is not None else ""),
        (_("A sale counts for"), words.counted(days, "day", "days") if days is not None else ""),
        (_("When something must change"), _protocol(agreement.adjustment, agreement.currency)),
        (_("Overlap of the needs"), _("{average} of 5").format(average=words.about(average)) if average else ""),
        (_("Present when the goals were set"), words.listing([_(party) for party in agreement.present])),
    ]


def _listed_terms(agreement: Agreement) -> list[tuple[str, str]]:
    currency, there = agreement.currency, _("agreed")
    owners = {
        Party.BRAND: _("Commitment of the brand: {text}"),
        Party.CREATOR: _("Commitment of the creator: {text}"),
        Party.NEUTRAL: _("Commitment of the neutral party: {text}"),
    }
    sides = {Side.BRAND: _("Red line of the brand: {text}"), Side.CREATOR: _("Red line of the creator: {text}")}
    deliverable, trade_off, left_out = _("Deliverable: {text}"), _("Trade-off: {text}"), _("Left out: {text}")
    knows = _("The creator knows: {text}")
    found = [(deliverable.format(text=plain(item.kind)), words.count(item.count)) for item in agreement.deliverables]
    found += [
        (
            owners[task.owner].format(text=plain(task.text)),
            _("until {day}").format(day=words.day(task.due)) if task.due else _("no day set"),
        )
        for task in agreement.commitments
    ]
    found += [
        (sides[line.side].format(text=plain(line.text)), _red_line(line, currency) or there)
        for line in agreement.red_lines
    ]
    found += [(trade_off.format(text=plain(text)), there) for text in agreement.trade_offs]
    found += [(knows.format(text=plain(insight.text)), there) for insight in agreement.insights]
    found += [(left_out.format(text=_(left.part)), plain(left.reason)) for left in agreement.left_out]
    return [*(_metric(line, currency) for line in agreement.metrics), *found]


def _metric(line: MetricLine, currency: str | None) -> tuple[str, str]:
    known = TargetLine(line, METRICS.get(line.name), False, None, None, None, None)
    whose = {Side.CREATOR: _("creator delivers"), Side.BRAND: _("brand expects")}[line.side]
    said = [known.target_words(currency), whose, *([_("matters to both")] if line.is_shared else [])]
    return _("Metric: {text}").format(text=known.label), ", ".join(said)


def _red_line(line: RedLine, currency: str | None) -> str:
    parts = [_("checked: {rule}").format(rule=rule_words(line.rule, currency))] if line.rule else []
    return "; ".join([*parts, *([plain(line.answer)] if line.answer else [])])


def _protocol(protocol: Adjustment, currency: str | None) -> str:
    days = protocol.within_days
    parts = [
        plain(protocol.threshold),
        rule_words(protocol.rule, currency) if protocol.rule else "",
        plain(protocol.contact),
        _("within {days}").format(days=words.counted(days, "day", "days")) if days is not None else "",
    ]
    return ", ".join(filter(None, parts))

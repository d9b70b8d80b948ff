"""Say in words what differs between two versions of an agreement: which field, what it said, what it says."""

from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from fit.agreement import Agreement, Clash, DeliverableRule, Difference, MetricLine, Rule, differences, rule_words
from fit.locale import _, phrase
from fit.metrics import METRICS
from fit.text import plain, words

PARTS = {
    "brand_goal": phrase("The brand's goal"),
    "partnership_goal": phrase("The partnership's goal"),
    "audience_benefit": phrase("What the audience gets"),
    "start": phrase("First day"),
    "end": phrase("Last day"),
    "cost": phrase("Fee"),
    "attribution_window_days": phrase("Days that a sale counts"),
    "order_margin": phrase("Worth of a purchase"),
    "per_thousand": phrase("Worth of 1,000 people reached"),
    "present": phrase("Who is present"),
    "metrics": phrase("Metrics"),
    "alignment": phrase("Pair of needs"),
    "red_lines": phrase("Red line"),
    "commitments": phrase("Commitment"),
    "answers": phrase("Answer"),
    "insights": phrase("What the creator knows"),
    "trade_offs": phrase("Trade-off"),
    "notes": phrase("Note"),
    "decisions": phrase("Decision"),
    "deliverables": phrase("Deliverable"),
    "wordings": phrase("In the other side's words"),
    "despite": phrase("Why go on"),
    "adjustment": phrase("When something must change"),
}
CELLS = {
    "brand_need": phrase("what the brand needs"),
    "creator_need": phrase("what the creator needs"),
    "brand_rating": phrase("what the brand says"),
    "creator_rating": phrase("what the creator says"),
    "matters_to": phrase("who cares"),
    "due": phrase("until"),
    "rule": phrase("what is checked"),
    "threshold": phrase("we talk when"),
    "contact": phrase("who is asked"),
    "within_days": phrase("within days"),
    "means": phrase("in other words"),
    "owner": phrase("who"),
    "side": phrase("whose"),
}


def place_words(part: str, cell: str | None = None) -> str:
    """What a part, or a field of one of its entries, is called on screen."""
    name = _(PARTS[part]) if part in PARTS else words.capitalized(part.replace("_", " "))
    if cell in (None, "text"):
        return name
    return f"{name}: {_(CELLS[cell]) if cell in CELLS else str(cell).replace('_', ' ')}"


def value_words(value: Any, currency: str | None = None) -> str:
    """A value of an agreement, or a whole entry, in words; not yet safe for markup."""
    match value:
        case None:
            return ""
        case str():
            return str(value)
        case date():
            return words.day(value)
        case Rule() | DeliverableRule():
            return rule_words(value, currency)
        case tuple():
            return "; ".join(value_words(one, currency) for one in value)
        case int() | float():
            return words.exact_number(value)
    if isinstance(value, MetricLine):
        return _metric_words(value, currency)
    if is_dataclass(value):
        return " · ".join(filter(None, (value_words(getattr(value, f.name), currency) for f in fields(value))))
    return str(value)


def _metric_words(line: MetricLine, currency: str | None) -> str:
    known = METRICS.get(line.name)
    label = words.capitalized(known.label if known else plain(line.name))
    target = "" if line.target is None else words.exact(line.name, line.target, currency)
    return " · ".join(filter(None, (label, target, str(line.side), value_words(line.matters_to))))


def clash_words(clash: Clash, currency: str | None = None) -> tuple[str, str]:
    """What mine and theirs say in the field that clashes."""
    mine, theirs = (value_words(clash.shown(of), currency) for of in (clash.mine, clash.theirs))
    return mine, theirs


def differences_in_words(before: Agreement, now: Agreement) -> tuple[Difference, ...]:
    """Every part and entry in which two versions differ, each as the screen calls and shows it."""
    return tuple(
        Difference(place_words(one.what), value_words(one.before, before.currency), value_words(one.now, now.currency))
        for one in differences(before, now)
    )

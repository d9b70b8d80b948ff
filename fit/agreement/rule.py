"""Check a rule in fields: a metric, at least or at most, a share of its target or a value, after so many days.

A red line and the adjustment protocol may carry a rule beside their text. The text says what people mean; the rule is
what is checked, and it reads the same in every language. A text without a rule is checked by hand, never by its words.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from fit import locale
from fit.locale import _
from fit.metrics import METRICS
from fit.text import plain, words

MOST_SHARE = 10.0  # of a target: 50 for "50 %" is a slip, not ten times what was agreed


class Limit(StrEnum):
    """On which side of the limit the agreed values lie."""

    AT_LEAST = "at least"
    AT_MOST = "at most"


class Status(StrEnum):
    """What a check says."""

    CROSSED = "crossed"
    NOT_CROSSED = "not crossed"
    CHECK_BY_HAND = "check by hand"


@dataclass(frozen=True)
class Rule:
    """A limit of a metric, such as: clicks at least half of target after 7 days.

    metric: of the metric library. Exactly one of share_of_target (0.5 for 50 %) and value (in the metric's own unit, a
    rate as 0.05). after_days: days from the start after which it has to hold; None for the end of the campaign.
    """

    metric: str
    limit: Limit
    share_of_target: float | None = None
    value: float | None = None
    after_days: int | None = None

    def __post_init__(self) -> None:
        """Refuse what no check could use."""
        if self.metric not in METRICS:
            raise ValueError(f"{self.metric!r} is no metric of the library.")
        if (self.share_of_target is None) == (self.value is None):
            raise ValueError("A rule has either a share of the target or a value.")
        if self.share_of_target is not None and not 0 < self.share_of_target <= MOST_SHARE:
            raise ValueError(f"The share of target is {self.share_of_target!r}; above 0 to {MOST_SHARE:g} is needed.")
        if self.value is not None and not 0 <= self.value <= most_value(self.metric):
            raise ValueError(f"The value is {self.value!r}; 0 to {most_value(self.metric):g} is needed.")
        if self.after_days is not None and self.after_days < 1:
            raise ValueError(f"after_days is {self.after_days!r}; 1 or more is needed.")


@dataclass(frozen=True)
class DeliverableRule:
    """How many pieces of one kind of content may be, or have to be, among the deliverables."""

    kind: str
    limit: Limit
    count: int

    def __post_init__(self) -> None:
        """Refuse what no check could use."""
        if not self.kind or self.count < 0:
            raise ValueError(f"{self.count!r} x {self.kind!r} is no rule: a kind and a count from 0 are needed.")


AnyRule = Rule | DeliverableRule


@dataclass(frozen=True)
class RuleCheck:
    """What a check found, and why in a sentence."""

    status: Status
    sentence: str


def most_value(metric: str) -> float:
    """The largest value that a metric can have: 1 of a rate."""
    return 1.0 if METRICS[metric].unit == "rate" else float("inf")


def rule_words(rule: AnyRule, currency: str | None) -> str:
    """Say a rule: "clicks at least 50 % of target after 7 days", "at most 2 x story"."""
    if isinstance(rule, DeliverableRule):
        return _deliverable_words(rule)
    if rule.share_of_target is not None:
        limit = _("{share} of target").format(share=_exact_percent(rule.share_of_target))
    elif rule.value is not None:
        limit = exact_words(rule.metric, rule.value, currency)
    text = _("{metric} at least {limit}") if rule.limit is Limit.AT_LEAST else _("{metric} at most {limit}")
    text = text.format(metric=words.metric(rule.metric), limit=limit)
    if rule.after_days is None:
        return text
    return _("{rule} after {days}").format(rule=text, days=words.counted(rule.after_days, "day", "days"))


def _deliverable_words(rule: DeliverableRule) -> str:
    if rule.limit is Limit.AT_MOST and rule.count == 0:
        return _("no deliverable of the kind {kind}").format(kind=plain(rule.kind))
    text = _("at least {count} x {kind}") if rule.limit is Limit.AT_LEAST else _("at most {count} x {kind}")
    return text.format(count=words.count(rule.count), kind=plain(rule.kind))


def is_beyond(amount: float, limit: Limit, bound: float) -> bool:
    """Whether an amount lies on the wrong side of a bound; the bound itself is still agreed."""
    return amount < bound if limit is Limit.AT_LEAST else amount > bound


def check_rule(
    rule: Rule, targets: Mapping[str, float], actuals: Mapping[str, float], currency: str | None
) -> RuleCheck:
    """Check a rule against what was measured. targets, actuals: by metric; one that is missing is not known."""
    label, bound = words.metric(rule.metric), bound_of(rule, targets)
    if bound is None:
        text = _("There is no target of {metric} to check the agreed rule by: check it by hand.")
        return RuleCheck(Status.CHECK_BY_HAND, text.format(metric=label))
    if rule.metric not in actuals:
        text = _("The agreed rule cannot be checked: {metric} not measured.")
        return RuleCheck(Status.CHECK_BY_HAND, text.format(metric=label))
    actual = actuals[rule.metric]
    is_crossed = is_beyond(actual, rule.limit, bound)
    sentences = [_compared(rule, actual, bound, currency)]
    if rule.after_days is not None and not _follows_from_total(rule, is_crossed=is_crossed):
        days = words.counted(rule.after_days, "day", "days")
        text = _("Whether it was crossed after {days} does not follow from the total.")
        sentences.append(text.format(days=days))
    return RuleCheck(Status.CROSSED if is_crossed else Status.NOT_CROSSED, " ".join(sentences))


def bound_of(rule: Rule, targets: Mapping[str, float]) -> float | None:
    """The value that a rule asks for, in the metric's unit; None where its share has no target."""
    if rule.share_of_target is None:
        return rule.value
    target = targets.get(rule.metric)
    # 7 % of 100 is 7, not 7.000000000000001.
    return None if target is None else float(f"{rule.share_of_target * target:.12g}")


def _compared(rule: Rule, actual: float, bound: float, currency: str | None) -> str:
    text = (
        _("{metric}: {actual}; agreed was at least {limit}.")
        if rule.limit is Limit.AT_LEAST
        else _("{metric}: {actual}; agreed was at most {limit}.")
    )
    actual_words, limit = words.measure(rule.metric, actual, currency), exact_words(rule.metric, bound, currency)
    if actual_words == words.measure(rule.metric, bound, currency):  # rounding would hide the difference
        actual_words = exact_words(rule.metric, actual, currency)
    if rule.share_of_target is not None:
        limit = _("{limit} ({share} of the target)").format(limit=limit, share=_exact_percent(rule.share_of_target))
    label = words.capitalized(words.metric(rule.metric))
    return text.format(metric=label, actual=actual_words, limit=limit)


def exact_words(metric: str, value: float, currency: str | None) -> str:
    """Say an agreed value in its unit with every digit that was typed: what is signed is not rounded."""
    unit = METRICS[metric].unit
    if unit == "rate":
        return _exact_percent(value)
    number = locale.decimal(value, _decimals(value))
    return locale.money(number, currency) if unit == "amount" and currency else number


def _exact_percent(share: float) -> str:
    percentage = float(f"{100 * share:.12g}")
    return locale.in_percent(percentage, _decimals(percentage))


def _decimals(value: float) -> int:
    """How many decimals a number needs."""
    exponent = Decimal(f"{value:.12g}").normalize().as_tuple().exponent
    return max(0, -int(exponent))


def _follows_from_total(rule: Rule, *, is_crossed: bool) -> bool:
    """Whether the total decides about an earlier day: a count only grows, so what is too few now was too few then."""
    grows = METRICS[rule.metric].unit == "count" or rule.metric == "revenue"
    return grows and is_crossed == (rule.limit is Limit.AT_LEAST)

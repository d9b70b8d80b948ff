"""Write a rule in fields: a metric, at least or at most, a share of its target or a value, after so many days.

A red line and the adjustment protocol may carry a rule beside their text. The text says what people mean; the rule is
what is checked (rule_checks.py), and it reads the same in every language.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from fit.locale import _
from fit.metrics import METRICS, Unit
from fit.text import plain, words

MOST_SHARE = 10.0  # of a target: 50 for "50 %" is a slip, not ten times what was agreed


class Limit(StrEnum):
    """On which side of the limit the agreed values lie."""

    AT_LEAST = "at least"
    AT_MOST = "at most"


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


def most_value(metric: str) -> float:
    """The largest value that a metric can have: 1 of a rate."""
    return 1.0 if METRICS[metric].unit is Unit.RATE else float("inf")


def rule_words(rule: AnyRule, currency: str | None) -> str:
    """Say a rule: "clicks at least 50 % of target after 7 days", "at most 2 x story"."""
    is_least = rule.limit is Limit.AT_LEAST
    if isinstance(rule, DeliverableRule):
        if not is_least and rule.count == 0:
            return _("no deliverable of the kind {kind}").format(kind=plain(rule.kind))
        text = _("at least {count} x {kind}") if is_least else _("at most {count} x {kind}")
        return text.format(count=words.count(rule.count), kind=plain(rule.kind))
    if rule.share_of_target is not None:
        limit = _("{share} of target").format(share=words.exact_percent(rule.share_of_target))
    elif rule.value is not None:
        limit = words.exact(rule.metric, rule.value, currency)
    text = _("{metric} at least {limit}") if is_least else _("{metric} at most {limit}")
    text = text.format(metric=words.metric(rule.metric), limit=limit)
    if rule.after_days is None:
        return text
    return _("{rule} after {days}").format(rule=text, days=words.counted(rule.after_days, "day", "days"))


def bound_of(rule: Rule, targets: Mapping[str, float]) -> float | None:
    """The value that a rule asks for, in the metric's unit; None where its share has no target."""
    if rule.share_of_target is None:
        return rule.value
    target = targets.get(rule.metric)
    # 7 % of 100 is 7, not 7.000000000000001.
    return None if target is None else float(f"{rule.share_of_target * target:.12g}")

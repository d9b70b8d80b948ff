"""Set the targets that both sides promise, and how likely each is met.

Output against outcome: the creator's target metrics are what the creator controls, the brand's success metrics are what
those deliverables are expected to bring. A line without a target gets the forecast's middle; none is ever made up.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import floor, log10

from fit.agreement.agreement import Agreement, AgreementError, MetricLine, Side
from fit.agreement.frozen_forecast import FrozenForecast
from fit.locale import _, phrase
from fit.metrics import METRICS, Control, Metric, MetricKind, Unit, UnknownMetric, metric, named_metric
from fit.text import plain, words

DARING = 0.3  # chance under which a line is a hope rather than a target
OTHER_HANDS = {
    Control.BRAND: phrase("the brand's page and offer decide: make it one of the brand's metrics"),
    Control.NEITHER: phrase(
        "the platform and luck have a part in it: add a leading indicator that the creator does control"
    ),
}
# Who else decides a creator's line: as the charter says it, and as the creator reads it.
NOT_IN_HAND = {
    Control.BRAND: phrase("{metric}: outside the creator's control, the brand's page and offer decide."),
    Control.NEITHER: phrase("{metric}: outside the creator's control, the platform and luck have a part in it."),
}
NOT_IN_YOUR_HAND = {
    Control.BRAND: phrase("{metric}: not in your hands, our page and offer decide."),
    Control.NEITHER: phrase("{metric}: not in your hands alone, the platform and luck have a part in it."),
}
OF_ALL_TOGETHER = ("reach", "in_market_reach")  # people that several deliverables reach are counted once
DIGITS = 2  # of a target that the forecast fills in: more would look like knowledge


@dataclass(frozen=True)
class TargetLine:
    """One line with what is known of it.

    metric: of the library, None for one of their own. is_filled: whether the target is the forecast's middle. p_hit:
    chance of being met, 0 to 1; p10, p50, p90: the forecast of that metric; None where no forecast knows it. warnings:
    a sentence each.
    """

    line: MetricLine
    metric: Metric | None
    is_filled: bool
    p_hit: float | None
    p10: float | None
    p50: float | None
    p90: float | None
    warnings: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """What the metric is called in a sentence."""
        return line_label(self.line)

    @property
    def full_label(self) -> str:
        """The label, and of people reached that all deliverables together count."""
        if self.line.name not in OF_ALL_TOGETHER:
            return self.label
        return _("{metric} (people reached by all deliverables together)").format(metric=self.label)

    @property
    def kind(self) -> MetricKind:
        """As the line says, else as the library does."""
        return self.line.kind or (self.metric.kind if self.metric else MetricKind.LEADING)

    @property
    def brand_words(self) -> str:
        """The wish as the brand would say it."""
        return self.line.brand_words or (_(self.metric.brand_words) if self.metric else self.line.definition or "")

    @property
    def creator_words(self) -> str:
        """The wish as the creator would say it."""
        return self.line.creator_words or (_(self.metric.creator_words) if self.metric else self.line.definition or "")

    @property
    def not_in_hand(self) -> str:
        """Of a creator's line that others decide: who does; "" for any other line."""
        return self._decided_elsewhere(NOT_IN_HAND)

    @property
    def not_in_your_hand(self) -> str:
        """The same, said to the creator."""
        return self._decided_elsewhere(NOT_IN_YOUR_HAND)

    def _decided_elsewhere(self, sentences: Mapping[Control, str]) -> str:
        sentence = sentences.get(self.metric.controlled_by) if self.metric and self.line.side == Side.CREATOR else None
        return _(sentence).format(metric=words.capitalized(self.label)) if sentence else ""

    @property
    def definition(self) -> str:
        """What is counted."""
        return self.line.definition or (_(self.metric.definition) if self.metric else "")

    def target_words(self, currency: str | None) -> str:
        """The target in the metric's unit: "500 or more", "12 EUR or less"; "not set" while nobody has named one."""
        if self.line.target is None:
            return _("not set")
        target, metric = self.line.target, self.metric
        value = words.exact(self.line.name, target, currency)
        text = _("{value} or less") if metric and metric.lower_is_better else _("{value} or more")
        return text.format(value=value)

    @property
    def chance_words(self) -> str:
        """The chance as percent and as a count: "36 %, 7 in 20"."""
        return _("not known") if self.p_hit is None else words.likelihood(self.p_hit)


def with_canonical_names(agreement: Agreement) -> Agreement:
    """The agreement with every metric by its library name. Raises AgreementError for a name that nobody knows."""
    return replace(agreement, metrics=tuple(_canonical(line) for line in agreement.metrics))


def _canonical(line: MetricLine) -> MetricLine:
    try:
        return replace(line, name=metric(line.name).name)
    except UnknownMetric as error:
        if line.definition and line.kind:
            return line  # one of their own
        raise AgreementError(f"{error} Or give the line a definition and a kind of its own.") from error


def line_label(line: MetricLine) -> str:
    """What a line is called in a sentence."""
    return words.metric(line.name) if line.name in METRICS else plain(line.name).replace("_", " ")


def line_of(lines: Sequence[MetricLine], name: str) -> MetricLine | None:
    """The line that measures the same as this name, of the library or of their own; None where there is none."""
    return next((line for line in lines if _measured(line.name) == _measured(name)), None)


def doubled_lines(lines: Sequence[MetricLine]) -> list[str]:
    """What one side has more than one line of, each once: the same result could meet one of them and miss the other."""
    found: dict[tuple[str, str], list[str]] = {}
    for line in lines:
        found.setdefault((_measured(line.name), line.side), []).append(line_label(line))
    return [labels[0] for labels in found.values() if len(labels) > 1]


def _measured(name: str) -> str:
    known = named_metric(name)
    return known.name if known else " ".join(name.casefold().split())


def targets_with_chance(agreement: Agreement, frozen: FrozenForecast | None) -> tuple[TargetLine, ...]:
    """Every metric line of an agreement (names as in the library) with its chance, in their order."""
    promises = tuple(_promise(line, frozen) for line in agreement.metrics)
    leads = any(promise.line.side == Side.CREATOR and promise.kind == MetricKind.LEADING for promise in promises)
    currency = frozen.currency if frozen else None
    return tuple(replace(promise, warnings=_warnings(promise, currency, leads=leads)) for promise in promises)


def with_forecast_targets(agreement: Agreement, frozen: FrozenForecast | None) -> Agreement:
    """The agreement with every open target set to the forecast's middle, as far as there is one."""
    return replace(agreement, metrics=tuple(promise.line for promise in targets_with_chance(agreement, frozen)))


def _promise(line: MetricLine, frozen: FrozenForecast | None) -> TargetLine:
    known = METRICS.get(line.name)
    spread = (frozen.summary.get(line.name) if frozen and known else None) or {}
    middle = spread.get("p50")
    is_filled = line.target is None and middle is not None
    if line.target is None and middle is not None:
        line = replace(line, target=_rounded(middle, is_count=known is not None and known.unit is Unit.COUNT))
    p_hit = frozen.p_hit(line.name, line.target) if frozen and known and line.target is not None else None
    return TargetLine(line, known, is_filled, p_hit, spread.get("p10"), middle, spread.get("p90"))


def _rounded(value: float, *, is_count: bool) -> float:
    """A value with two significant digits, counts whole: a middle of 487.3 is a target of 490, one of 3.9 of 4."""
    rounded = value if value == 0 else round(value, DIGITS - 1 - floor(log10(abs(value))))
    return float(round(rounded)) if is_count else rounded


def _warnings(promise: TargetLine, currency: str | None, *, leads: bool) -> tuple[str, ...]:
    """What to read before sending; leads: whether the creator has a leading indicator already."""
    label = words.capitalized(promise.label)
    warnings = []
    if promise.line.target is None:
        text = _("{metric}: there is no target and no forecast. Write down what both would call a success.")
        warnings.append(text.format(metric=label))
    if promise.metric and promise.p_hit is not None and promise.p_hit < DARING:
        warnings.append(_daring(promise, promise.metric, promise.p_hit, currency))
    if promise.line.side == Side.CREATOR:
        warnings += _beyond(promise, label, leads=leads)
    return tuple(warnings)


def _daring(promise: TargetLine, metric: Metric, p_hit: float, currency: str | None) -> str:
    is_cost = metric.lower_is_better
    half = _("Half of all cases bring {middle} or less.") if is_cost else _("Half of all cases bring {middle} or more.")
    return _("{metric}: the chance of {target} is {chance}. {half}").format(
        metric=words.capitalized(promise.label),
        target=promise.target_words(currency),
        chance=words.frequency(p_hit),
        half=half.format(middle=words.measure(promise.line.name, promise.p50, currency)),
    )


def _beyond(promise: TargetLine, label: str, *, leads: bool) -> list[str]:
    """What a creator cannot promise, because others decide it."""
    known = promise.metric
    if known and known.controlled_by is Control.NEITHER and leads:
        return [promise.not_in_hand]
    if known and known.controlled_by in OTHER_HANDS:
        why = _(OTHER_HANDS[known.controlled_by])
        return [_("{metric}: outside the creator's control, {why}.").format(metric=label, why=why)]
    if promise.kind == MetricKind.OUTCOME:
        text = _("{metric}: an outcome, not something that the creator delivers. Promise an output, expect this.")
        return [text.format(metric=label)]
    return []

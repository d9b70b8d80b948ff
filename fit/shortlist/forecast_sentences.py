"""Put forecasts into words: of one creator's line, and of several side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import polars as pl

from fit.brief import Brief, Goal
from fit.forecast import (
    Correction,
    CostBasis,
    CreatorLine,
    LineForecast,
    RequestedLine,
    Target,
    correction_sentence,
)
from fit.locale import _
from fit.metrics import METRICS, Unit
from fit.model import EVERY_KIND, plural_of
from fit.shortlist.outcome_sentences import PRICE_BASES, outcome_cost, outcome_count, outcome_range
from fit.shortlist.outcomes import COUNTED_BY, OUTCOME_METRIC, Expected
from fit.shortlist.ranking import Candidate
from fit.shortlist.sentences import display_name
from fit.text import plain, words

# What a goal is read by, in the funnel's order; the others fill up where one of them cannot be known. Only people in
# the markets count: what a shop counts from everywhere is a detail.
GOAL_METRICS: dict[str, tuple[str, ...]] = {
    Goal.CONVERSION: ("clicks", "in_market_conversions", "revenue"),
    Goal.AWARENESS: ("in_market_impressions", "in_market_reach", "engagements"),
}
OTHER_METRICS = ("in_market_impressions", "clicks", "engagements", "in_market_conversions")
MAIN_METRIC: dict[str, str] = OUTCOME_METRIC
IN_MARKETS = ("in_market_impressions", "in_market_reach", "in_market_conversions")
DRAWABLE_METRICS = (
    "impressions", "in_market_impressions", "reach", "in_market_reach", "engagements", "clicks",
    "in_market_conversions", "conversions", "revenue",
)  # fmt: skip


@dataclass(frozen=True)
class ExpectedLine:
    """One creator's line and its forecast."""

    creator: Candidate
    asked: CreatorLine
    outlook: LineForecast


def expected_line(creator: Candidate, asked: CreatorLine, outlook: LineForecast) -> ExpectedLine:
    """A creator's line and its forecast. While no audience by country is loaded, nothing of people in the markets is
    known: the usual share says what clicks to expect, not how many of these people live there.
    """
    if creator.in_market_share is None:
        metrics = {
            name: dict.fromkeys(values) if name in IN_MARKETS else values for name, values in outlook.metrics.items()
        }
        outlook = replace(
            outlook,
            metrics=metrics,
            targets=tuple(replace(t, p_hit=None) if t.metric in IN_MARKETS else t for t in outlook.targets),
            futures={name: drawn for name, drawn in outlook.futures.items() if name not in IN_MARKETS},
        )
    return ExpectedLine(creator, asked, outlook)


def at_its_price(line: CreatorLine, asked: RequestedLine, creator: Candidate) -> CreatorLine:
    """The line at the price that the shortlist is ordered by, where the reader names none and the kind is the usual."""
    is_named = asked.cost is not None or asked.currency is not None
    if is_named or line.deliverable != creator.deliverable or creator.cost is None:
        return line
    basis = CostBasis(creator.cost_basis)
    return replace(line, cost=creator.cost * line.count, currency=creator.currency, cost_basis=basis)


def line_words(line: ExpectedLine) -> str:
    """The line that is forecast: "2 x post by Mara for 500 EUR"."""
    asked = line.asked
    what = f"{words.count(asked.count)} {'' if asked.count == 1 else 'x '}{plain(asked.deliverable)}"
    return _("{what} by {name}{price}").format(what=what, name=display_name(line.creator), price=_price_words(asked))


def expected_of(line: ExpectedLine, goal: str) -> Expected:
    """What the line brings of the goal's outcome in the markets: the forecast's mean and range, and what one costs."""
    metric = MAIN_METRIC[goal]
    values = {name: line.outlook.metrics[metric][name] for name in ("mean", "p10", "p90", "p_zero")}
    cost, mean = line.asked.cost, values["mean"]
    cost_of_one = COUNTED_BY[goal] * cost / mean if cost and mean else None
    return Expected(metric, **values, cost_per_outcome=cost_of_one)


def forecast_finding(expected: ExpectedLine, brief: Brief) -> str:
    """The line, and what it brings in the markets; without a stop at the end."""
    outcome, line = expected_of(expected, brief.goal), line_words(expected)
    if outcome.mean is None:
        missing = _("{line}: no forecast without the number of followers")
        if expected.outlook.futures:
            missing = _("{line}: no forecast for {market} until we know where the audience lives")
        return missing.format(line=line, market=brief.words)
    return _("{line}: {count} ({range}) in {market}").format(
        line=line, count=outcome_count(outcome), market=brief.words, range=outcome_range(outcome)
    )


def forecast_first_sentence(expected: ExpectedLine, brief: Brief) -> str:
    """The finding, what one purchase or 1,000 people cost, and of purchases the chance of none."""
    finding, outcome = forecast_finding(expected, brief), expected_of(expected, brief.goal)
    cost = outcome_cost(outcome, expected.outlook.currency)
    finding = _("{finding}, {each}.").format(finding=finding, each=cost) if cost else f"{finding}."
    caveat = forecast_caveat(expected.outlook)
    finding += f" {caveat}" if caveat else ""
    if brief.goal != Goal.CONVERSION or outcome.p_zero is None:
        return finding
    none = _("No purchase at all: {chance}.").format(chance=words.likelihood(outcome.p_zero))
    return f"{finding} {none}"


def in_all_sentence(expected: ExpectedLine) -> str:
    """What a shop counts, buyers elsewhere included: a detail beside the purchases in the markets; empty if unknown."""
    values = expected.outlook.metrics["conversions"]
    if values["mean"] is None:
        return ""
    return _("All purchases, other countries included: {purchases}.").format(
        purchases=_spread("conversions", values, None)
    )


def metric_finding(expected: ExpectedLine, metric: str, *, is_named: bool = False) -> str:
    """One metric with its mean and range, as a chart's title: "Clicks: about 412 (221 to 638)"."""
    spread = _spread(metric, expected.outlook.metrics[metric], expected.outlook.currency)
    name = words.capitalized(words.metric(metric))
    if is_named:
        title = _("{metric}: most with {who}, {spread}")
        return title.format(metric=name, who=display_name(expected.creator), spread=spread)
    return _("{metric}: {spread}").format(metric=name, spread=spread)


def _spread(metric: str, values: Mapping[str, float | None], currency: str | None) -> str:
    """ "about 412 (221 to 638)", rounded as in every sentence."""
    mean, low, high = (values[name] for name in ("mean", "p10", "p90"))
    if mean is None or low is None or high is None:
        return _("not known")
    return words.with_range(words.about_expected(metric, mean, currency), metric, low, high, currency)


def metric_cell(outlook: LineForecast, metric: str) -> str:
    """ "9 (4 to 20)" for a table: what is expected of a metric, and what 8 of 10 futures lie between."""
    mean, low, high = (outlook.metrics[metric][name] for name in ("mean", "p10", "p90"))
    if mean is None or low is None or high is None:
        return _("not known")
    return words.with_range(words.expected(metric, mean, outlook.currency), metric, low, high, outlook.currency)


class Forecast(Protocol):
    """A forecast of one line, or one that was frozen with an agreement."""

    @property
    def unmeasured(self) -> Sequence[str]:
        """Kinds that no campaign has shown."""

    @property
    def corrections(self) -> Sequence[Correction]:
        """What past results earned."""


def forecast_caveat(outlook: Forecast) -> str:
    """What must be known of a forecast: kinds that were never measured, and how it was corrected; "" without any."""
    sentences = (unmeasured_sentence(outlook.unmeasured), correction_sentence(outlook.corrections))
    return " ".join(sentence for sentence in sentences if sentence)


def unmeasured_sentence(kinds: Sequence[str]) -> str | None:
    """Say that no campaign has shown these kinds, so that the range is wide; None without any."""
    if not kinds:
        return None
    named = words.listing([plain(kind) for kind in kinds], "or")
    is_usual = all(kind in EVERY_KIND for kind in kinds)
    if is_usual and len(kinds) == 1:
        text = _("No {kind} has been measured yet. We used what {kinds} usually get, so the range is wide.")
        return text.format(kind=named, kinds=plural_of(named))
    if is_usual:
        text = _("No {kind} has been measured yet. We used what is usual for each, so the range is wide.")
    else:
        text = _("No {kind} has been measured yet. We used what other content gets, so the range is wide.")
    return text.format(kind=named)


def _price_words(asked: CreatorLine) -> str:
    if asked.cost is None:
        return _(", without a price")
    amount = words.price(asked.cost, asked.currency)
    if asked.cost_basis is CostBasis.ASKED:
        return _(" for {amount}").format(amount=amount)
    return _(" for {amount} ({basis})").format(amount=amount, basis=_(PRICE_BASES[asked.cost_basis]))


def target_words(target: Target, currency: str | None) -> str:
    """One target and its chance: "500 clicks or more: 36 %, 4 in 10"."""
    is_upper = METRICS[target.metric].lower_is_better
    wanted = _("{metric} of {value} or less: {chance}") if is_upper else _("{metric} of {value} or more: {chance}")
    return wanted.format(
        metric=words.capitalized(words.metric(target.metric)),
        value=words.exact(target.metric, target.target, currency),
        chance=hit_words(target),
    )


def hit_words(target: Target) -> str:
    """How likely a target is hit."""
    return _("not known") if target.p_hit is None else words.likelihood(target.p_hit)


def one_currency(lines: Sequence[ExpectedLine]) -> bool:
    """Whether amounts of all these forecasts may stand side by side."""
    return len({line.outlook.currency for line in lines}) == 1


def metrics_table(outlook: LineForecast) -> pl.DataFrame:
    """One row per metric: low, expected (the mean), high in the metric's own unit, and the chance of none."""
    rows = [
        {
            "metric": _("Purchases in all") if metric == "conversions" else words.capitalized(words.metric(metric)),
            "low": words.measure(metric, values["p10"], outlook.currency),
            "expected": words.expected(metric, values["mean"], outlook.currency),
            "high": words.measure(metric, values["p90"], outlook.currency),
            "none": _("not known") if values["p_zero"] is None else words.bounded(values["p_zero"]),
        }
        for metric, values in outlook.metrics.items()
    ]
    return pl.DataFrame(rows)


def compared_table(lines: Sequence[ExpectedLine], goal: str) -> pl.DataFrame:
    """One row per creator: its line, the goal's metrics, each target's chance and the cost of one outcome."""
    return pl.DataFrame([_compared_row(line, goal) for line in lines], infer_schema_length=None)


def _compared_row(line: ExpectedLine, goal: str) -> dict[str, str]:
    currency = line.outlook.currency
    row = {
        "creator": display_name(line.creator),
        "line": f"{line.asked.count} x {plain(line.asked.deliverable)}{_price_words(line.asked)}",
    }
    for metric in GOAL_METRICS[goal]:
        row[metric] = metric_cell(line.outlook, metric)
    for target in line.outlook.targets:
        row[_("target {metric}").format(metric=words.metric(target.metric))] = hit_words(target)
    cost_of_one = expected_of(line, goal).cost_per_outcome
    return row | {"each": words.unit_cost(cost_of_one, currency)}


def expected_revenue(line: ExpectedLine) -> float | None:
    """The mean revenue of a line, in the currency of its price; None where no order value was reported in it, and
    before an audience by country says what the line brings."""
    is_comparable = line.asked.currency is None or line.asked.currency == line.outlook.currency
    is_known = is_comparable and line.creator.in_market_share is not None
    return line.outlook.metrics["revenue"]["mean"] if is_known else None


def below_price(line: ExpectedLine, brief: Brief) -> str:
    """ "expected revenue (373 EUR) is below the price": what a sales budget does not earn back; empty otherwise."""
    revenue, price = expected_revenue(line), line.asked.cost
    if brief.goal != Goal.CONVERSION or revenue is None or price is None or revenue >= price:
        return ""
    money = words.amount(revenue, line.outlook.currency)
    return _("expected revenue ({money}) is below the price").format(money=money)


def forecast_unknowns(line: ExpectedLine) -> list[str]:
    """What this forecast cannot know, and what to load so that it can; one sentence each."""
    outlook = line.outlook
    sentences = []
    if not outlook.futures:
        sentences.append(
            _("Neither followers nor views of past campaigns are loaded, so the reach is unknown. Load either.")
        )
    elif line.creator.followers is None:
        sentences.append(
            _("No number of followers is loaded, so impressions are estimated from this creator's past campaigns.")
        )
    if line.creator.in_market_share is None:
        sentences.append(
            _(
                "No audience by country is loaded, so what comes from your markets is not known, and clicks assume the "
                "usual share. Load an audience export."
            )
        )
    if outlook.futures and "revenue" not in outlook.futures:
        currency = _(" in {currency}").format(currency=outlook.currency) if outlook.currency else ""
        sentences.append(
            _(
                "No campaign{currency} reports revenue together with purchases, so revenue and return on ad "
                "spend are unknown. Load campaigns with revenue and its currency."
            ).format(currency=currency)
        )
    if outlook.futures and line.asked.cost is None and line.asked.cost_basis is not CostBasis.HIDDEN:
        sentences.append(
            _(
                "No price is known, so cost per purchase and return on ad spend are unknown. Enter a cost above, "
                "or load an asking price."
            )
        )
    return sentences


def drawn_metrics(lines: Sequence[ExpectedLine], goal: str, most: int) -> list[str]:
    """Targets first, then what the goal is read by, of what every creator's forecast knows; in the funnel's order."""
    promised = [t.metric for t in lines[0].outlook.targets]
    wanted = dict.fromkeys((*promised, MAIN_METRIC[goal], *GOAL_METRICS[goal], *OTHER_METRICS))
    share_a_scale = one_currency(lines)  # amounts of two currencies cannot be drawn together
    drawable = [m for m in DRAWABLE_METRICS if METRICS[m].unit is not Unit.AMOUNT or share_a_scale]
    drawn = [m for m in wanted if m in drawable and all(m in line.outlook.futures for line in lines)][:most]
    return [metric for metric in DRAWABLE_METRICS if metric in drawn]

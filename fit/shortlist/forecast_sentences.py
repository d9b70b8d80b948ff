"""Put forecasts into words: of one creator's line, and of several side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from fit.brief import Brief, Goal
from fit.forecast import CostBasis, CreatorLine, LineForecast, Target
from fit.locale import _
from fit.metrics import METRICS
from fit.model import EVERY_KIND, plural_of
from fit.shortlist.ranking import Candidate
from fit.shortlist.sentences import display_name
from fit.text import plain, words

# What a goal is read by, in the funnel's order; the others fill up where one of them cannot be known.
GOAL_METRICS: dict[str, tuple[str, ...]] = {
    Goal.CONVERSION: ("clicks", "conversions", "revenue"),
    Goal.AWARENESS: ("in_market_impressions", "reach", "engagements"),
}
OTHER_METRICS = ("in_market_impressions", "clicks", "engagements", "conversions")
MAIN_METRIC: dict[str, str] = {Goal.CONVERSION: "conversions", Goal.AWARENESS: "in_market_impressions"}
DRAWABLE_METRICS = ("impressions", "in_market_impressions", "reach", "engagements", "clicks", "conversions", "revenue")


@dataclass(frozen=True)
class ExpectedLine:
    """One creator's line and its forecast."""

    one: Candidate
    asked: CreatorLine
    outlook: LineForecast


def line_words(line: ExpectedLine, brief: Brief) -> str:
    """The line that is forecast: "2 posts by Mara in Germany for 500 EUR"."""
    asked = line.asked
    what = f"{words.count(asked.count)} {'' if asked.count == 1 else 'x '}{asked.deliverable}"
    return _("{what} by {name} in {market}{price}").format(
        what=what, name=display_name(line.one), market=brief.words, price=_price_words(asked)
    )


def forecast_finding(expected: ExpectedLine, brief: Brief) -> str:
    """The line, and what it brings of the goal's main metric; without a stop at the end."""
    metric, line = MAIN_METRIC[brief.goal], line_words(expected, brief)
    values = expected.outlook.metrics[metric]
    if values["p50"] is None:
        return _("{line}: nobody can say what it brings before the number of followers is loaded").format(line=line)
    low, middle, high = (words.measure(metric, values[p], expected.outlook.currency) for p in ("p10", "p50", "p90"))
    half = _("half of them bring none")
    if round(values["p50"]) > 0:
        half = _("half of them bring {middle} or more").format(middle=middle)
    return _("{line}: {low} to {high} {metric} in 8 of 10 futures, {half}").format(
        line=line, low=low, high=high, metric=words.metric(metric), half=half
    )


def forecast_first_sentence(expected: ExpectedLine, brief: Brief) -> str:
    """The finding, and of sales the chance of none and what an expected one costs."""
    finding, none = f"{forecast_finding(expected, brief)}.", expected.outlook.metrics["conversions"]["p_zero"]
    guess = unmeasured_sentence(expected.outlook.unmeasured)
    finding += f" {guess}" if guess else ""
    if brief.goal != Goal.CONVERSION or none is None:
        return finding
    chance = _(" None at all: {chance}.").format(chance=words.likelihood(none))
    return f"{finding}{chance}{_sale_words(expected)}"


def unmeasured_sentence(kinds: Sequence[str]) -> str | None:
    """Say that no campaign has shown these kinds, so that the range is wide; None without any."""
    if not kinds:
        return None
    named = words.listing([plain(kind) for kind in kinds], "or")
    is_usual = all(kind in EVERY_KIND for kind in kinds)
    if is_usual and len(kinds) == 1:
        text = _("No {kind} has been measured yet: this rests on what {kinds} usually get, so the range is wide.")
        return text.format(kind=named, kinds=plural_of(named))
    if is_usual:
        text = _("No {kind} has been measured yet: this rests on what is usual of each, so the range is wide.")
    else:
        text = _("No {kind} has been measured yet: this rests on what other content gets, so the range is wide.")
    return text.format(kind=named)


def _price_words(asked: CreatorLine) -> str:
    if asked.cost is None:
        return _(", without a price")
    amount = words.amount(asked.cost, asked.currency)
    priced = _(" for {amount} (asking price)") if asked.cost_basis is CostBasis.ASKING_PRICE else _(" for {amount}")
    return priced.format(amount=amount)


def _sale_words(expected: ExpectedLine) -> str:
    """Cost of an expected sale with its numerator and denominator."""
    outlook = expected.outlook
    each, mean, currency = outlook.cost_per_expected_sale, outlook.metrics["conversions"]["mean"], outlook.currency
    if each is None:
        return ""
    whole = _("{cost} over {mean} expected").format(
        cost=words.amount(expected.asked.cost, currency), mean=words.about(mean)
    )
    return _(" One expected sale costs about {each} ({whole}).").format(each=words.amount(each, currency), whole=whole)


def target_words(target: Target, currency: str | None) -> str:
    """One target and its chance: "500 clicks or more: 36 %, 4 in 10"."""
    is_upper = METRICS[target.metric].lower_is_better
    wanted = _("{metric} of {value} or less: {chance}") if is_upper else _("{metric} of {value} or more: {chance}")
    return wanted.format(
        metric=words.capitalized(words.metric(target.metric)),
        value=words.measure(target.metric, target.target, currency),
        chance=hit_words(target),
    )


def hit_words(target: Target) -> str:
    """How likely a target is hit."""
    return _("cannot be known") if target.p_hit is None else words.likelihood(target.p_hit)


def one_currency(lines: Sequence[ExpectedLine]) -> bool:
    """Whether amounts of all these forecasts may stand side by side."""
    return len({line.outlook.currency for line in lines}) == 1


def metrics_table(outlook: LineForecast) -> pl.DataFrame:
    """One row per metric: low, middle, high in the metric's own unit, and the chance of none."""
    rows = [
        {
            "metric": words.capitalized(words.metric(metric)),
            "low": words.measure(metric, values["p10"], outlook.currency),
            "middle": words.measure(metric, values["p50"], outlook.currency),
            "high": words.measure(metric, values["p90"], outlook.currency),
            "none": _("not known") if values["p_zero"] is None else words.bounded(values["p_zero"]),
        }
        for metric, values in outlook.metrics.items()
    ]
    return pl.DataFrame(rows)


def compared_table(lines: Sequence[ExpectedLine], goal: str) -> pl.DataFrame:
    """One row per creator: its line, the goal's metrics, each target's chance and the cost of an expected sale."""
    return pl.DataFrame([_compared_row(line, goal) for line in lines], infer_schema_length=None)


def _compared_row(line: ExpectedLine, goal: str) -> dict[str, str]:
    currency = line.outlook.currency
    row = {
        "creator": display_name(line.one),
        "line": f"{line.asked.count} x {plain(line.asked.deliverable)}{_price_words(line.asked)}",
    }
    for metric in GOAL_METRICS[goal]:
        values = line.outlook.metrics[metric]
        low, middle, high = (words.measure(metric, values[p], currency) for p in ("p10", "p50", "p90"))
        row[metric] = _("not known") if values["p50"] is None else words.spread(middle, low, high)
    for target in line.outlook.targets:
        row[_("target {metric}").format(metric=words.metric(target.metric))] = hit_words(target)
    sale_cost = line.outlook.cost_per_expected_sale
    row["cost_per_expected_sale"] = _("not known") if sale_cost is None else words.amount(sale_cost, currency)
    return row


def forecast_unknowns(line: ExpectedLine) -> list[str]:
    """What this forecast cannot know, and what to load so that it can; one sentence each."""
    outlook = line.outlook
    sentences = []
    if not outlook.futures:
        sentences.append(
            _("No number of followers is loaded, so nobody knows how many people see it: load a profile with it.")
        )
    if line.one.in_market_share is None:
        sentences.append(
            _("No audience by country is loaded, so the field's usual share stands in for it: load an audience export.")
        )
    if outlook.futures and "revenue" not in outlook.futures:
        currency = _(" in {currency}").format(currency=outlook.currency) if outlook.currency else ""
        sentences.append(
            _(
                "No campaign{currency} reported revenue together with purchases, so neither revenue nor return on ad "
                "spend can be known: load campaigns with revenue and its currency."
            ).format(currency=currency)
        )
    if outlook.futures and line.asked.cost is None:
        sentences.append(
            _(
                "No price is known for this line, so no cost per sale or click and no return can be known: fill in "
                "the cost above, or load an asking price."
            )
        )
    return sentences


def drawn_metrics(lines: Sequence[ExpectedLine], goal: str, most: int) -> list[str]:
    """Targets first, then what the goal is read by, of what every creator's forecast knows; in the funnel's order."""
    promised = [t.metric for t in lines[0].outlook.targets]
    wanted = dict.fromkeys((*promised, MAIN_METRIC[goal], *GOAL_METRICS[goal], *OTHER_METRICS))
    share_a_scale = one_currency(lines)  # amounts of two currencies cannot be drawn together
    drawable = [m for m in DRAWABLE_METRICS if METRICS[m].unit != "amount" or share_a_scale]
    known = [m for m in wanted if m in drawable and all(m in line.outlook.futures for line in lines)][:most]
    return [metric for metric in DRAWABLE_METRICS if metric in known]

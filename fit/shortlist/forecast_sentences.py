"""What may we expect of one line of a brief, in words? The forecast of one creator, and of several side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from fit.brief import Brief
from fit.forecast import CreatorLine, LineForecast, Target
from fit.locale import _
from fit.metrics import METRICS
from fit.shortlist.ranking import Candidate
from fit.shortlist.sentences import display_name
from fit.text import plain, words

# What a goal is read by, in the funnel's order; the others fill up where one of them cannot be known.
OF_GOAL = {
    "conversion": ("clicks", "conversions", "revenue"),
    "awareness": ("in_market_impressions", "reach", "engagements"),
}
OTHERS = ("in_market_impressions", "clicks", "engagements", "conversions")
MAIN = {"conversion": "conversions", "awareness": "in_market_impressions"}
COUNTS = ("impressions", "in_market_impressions", "reach", "engagements", "clicks", "conversions", "revenue")


@dataclass(frozen=True)
class ExpectedLine:
    """One creator's line and its forecast."""

    one: Candidate
    asked: CreatorLine
    outlook: LineForecast


def line_words(found: ExpectedLine, brief: Brief) -> str:
    """The line that is forecast: "2 posts by Mara in Germany for 500 EUR"."""
    asked = found.asked
    what = f"{words.count(asked.count)} {'' if asked.count == 1 else 'x '}{asked.deliverable}"
    return _("{what} by {name} in {market}{price}").format(
        what=what, name=display_name(found.one), market=brief.words, price=_price_words(asked)
    )


def forecast_finding(found: ExpectedLine, brief: Brief) -> str:
    """The line, and what it brings of the goal's main metric; without a stop at the end."""
    metric, line = MAIN[brief.goal], line_words(found, brief)
    values = found.outlook.metrics[metric]
    if values["p50"] is None:
        return _("{line}: nobody can say what it brings before the number of followers is loaded").format(line=line)
    low, middle, high = (words.measure(metric, values[p], found.outlook.currency) for p in ("p10", "p50", "p90"))
    half = _("half of them bring none")
    if round(values["p50"]) > 0:
        half = _("half of them bring {middle} or more").format(middle=middle)
    return _("{line}: {low} to {high} {metric} in 8 of 10 futures, {half}").format(
        line=line, low=low, high=high, metric=words.metric(metric), half=half
    )


def forecast_first_sentence(found: ExpectedLine, brief: Brief) -> str:
    """The finding, and of sales the chance of none and what an expected one costs."""
    said, sales = f"{forecast_finding(found, brief)}.", found.outlook.metrics["conversions"]
    if brief.goal == "conversion" and sales["p50"] is not None:
        said += _(" None at all: {chance}.").format(chance=words.likelihood(sales["p_zero"]))
        said += _sale_words(found)
    return said


def _price_words(asked: CreatorLine) -> str:
    if asked.cost is None:
        return _(", without a price")
    said = words.amount(asked.cost, asked.currency)
    priced = _(" for {amount} (asking price)") if asked.cost_basis == "asking price" else _(" for {amount}")
    return priced.format(amount=said)


def _sale_words(found: ExpectedLine) -> str:
    """Cost of an expected sale with its numerator and denominator."""
    each, mean = found.outlook.cost_per_expected_sale, found.outlook.metrics["conversions"]["mean"]
    if each is None:
        return ""
    currency = found.outlook.currency
    whole = _("{cost} over {mean} expected").format(
        cost=words.amount(found.asked.cost, currency), mean=words.about(mean)
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


def one_currency(found: Sequence[ExpectedLine]) -> bool:
    """Whether amounts of all these forecasts may stand side by side."""
    return len({each.outlook.currency for each in found}) == 1


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


def compared_table(found: Sequence[ExpectedLine], goal: str) -> pl.DataFrame:
    """One row per creator: its line, the goal's metrics, each target's chance and the cost of an expected sale."""
    return pl.DataFrame([_compared_row(each, goal) for each in found], infer_schema_length=None)


def _compared_row(each: ExpectedLine, goal: str) -> dict[str, str]:
    currency = each.outlook.currency
    row = {
        "creator": display_name(each.one),
        "line": f"{each.asked.count} x {plain(each.asked.deliverable)}{_price_words(each.asked)}",
    }
    for metric in OF_GOAL[goal]:
        values = each.outlook.metrics[metric]
        low, middle, high = (words.measure(metric, values[p], currency) for p in ("p10", "p50", "p90"))
        row[metric] = _("not known") if values["p50"] is None else words.spread(middle, low, high)
    for target in each.outlook.targets:
        row[_("target {metric}").format(metric=words.metric(target.metric))] = hit_words(target)
    each_sale = each.outlook.cost_per_expected_sale
    row["cost_per_expected_sale"] = _("not known") if each_sale is None else words.amount(each_sale, currency)
    return row


def forecast_unknowns(found: ExpectedLine) -> list[str]:
    """What this forecast cannot know, and what to load so that it can; one sentence each."""
    outlook, said = found.outlook, []
    if not outlook.futures:
        said.append(
            _("No number of followers is loaded, so nobody knows how many people see it: load a profile with it.")
        )
    if found.one.in_market_share is None:
        said.append(
            _("No audience by country is loaded, so the field's usual share stands in for it: load an audience export.")
        )
    if outlook.futures and "revenue" not in outlook.futures:
        currency = _(" in {currency}").format(currency=outlook.currency) if outlook.currency else ""
        said.append(
            _(
                "No campaign{currency} reported revenue together with purchases, so neither revenue nor return on ad "
                "spend can be known: load campaigns with revenue and its currency."
            ).format(currency=currency)
        )
    if outlook.futures and found.asked.cost is None:
        said.append(
            _(
                "No price is known for this line, so no cost per sale or click and no return can be known: fill in "
                "the cost above, or load an asking price."
            )
        )
    return said


def drawn_metrics(found: Sequence[ExpectedLine], goal: str, most: int) -> list[str]:
    """Targets first, then what the goal is read by, of what every creator's forecast knows; in the funnel's order."""
    promised = [t.metric for t in found[0].outlook.targets]
    wanted = dict.fromkeys((*promised, MAIN[goal], *OF_GOAL[goal], *OTHERS))
    share_a_scale = one_currency(found)  # amounts of two currencies cannot be drawn together
    drawable = [m for m in COUNTS if METRICS[m].unit != "amount" or share_a_scale]
    known = [m for m in wanted if m in drawable and all(m in each.outlook.futures for each in found)][:most]
    return [metric for metric in COUNTS if metric in known]

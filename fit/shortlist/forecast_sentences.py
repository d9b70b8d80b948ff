"""Put forecasts into words: of one creator's line, and of several side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from fit.brief import Brief, Goal
from fit.forecast import CostBasis, CreatorLine, LineForecast, Target
from fit.locale import _
from fit.metrics import METRICS
from fit.shortlist.outcome_sentences import outcome_count, outcome_range, price_cell
from fit.shortlist.outcomes import COUNTED_BY, OUTCOME_METRIC, Expected
from fit.shortlist.ranking import Candidate
from fit.shortlist.sentences import display_name
from fit.text import plain, words

# What a goal is read by, in the funnel's order; the others fill up where one of them cannot be known.
GOAL_METRICS: dict[str, tuple[str, ...]] = {
    Goal.CONVERSION: ("clicks", "in_market_conversions", "revenue"),
    Goal.AWARENESS: ("in_market_impressions", "in_market_reach", "engagements"),
}
OTHER_METRICS = ("in_market_impressions", "clicks", "engagements", "in_market_conversions")
MAIN_METRIC = OUTCOME_METRIC  # what the list is ordered by is what a forecast is read by
DRAWABLE_METRICS = (
    "impressions", "in_market_impressions", "reach", "in_market_reach", "engagements", "clicks", "conversions",
    "in_market_conversions", "revenue",
)  # fmt: skip


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
        what=what, name=display_name(line.one), market=brief.words, price=_price_words(line)
    )


def line_outcome(line: ExpectedLine, goal: str) -> Expected:
    """What a line brings of the goal in the markets of the brief: the numbers of its forecast, and what one costs."""
    metric = MAIN_METRIC[goal]
    said = {part: line.outlook.metrics[metric][part] for part in ("mean", "p10", "p90", "p_zero")}
    (cost, _currency), mean = line_price(line), said["mean"]
    each = COUNTED_BY[goal] * cost / mean if cost and mean else None
    return Expected(metric, **said, cost_per_outcome=each)


def line_price(line: ExpectedLine) -> tuple[float | None, str | None]:
    """What a line costs, and in which currency: what the reader filled in, else what the list counts with."""
    if _is_priced_as_listed(line):
        return line.one.cost, line.one.currency
    return line.asked.cost, line.asked.currency


def line_price_cell(line: ExpectedLine) -> str:
    """The price of a line, and where it comes from unless the reader filled it in or it is asked for."""
    if _is_priced_as_listed(line):
        return price_cell(line.one)
    return _("not known") if line.asked.cost is None else words.amount(line.asked.cost, line.asked.currency)


def _is_priced_as_listed(line: ExpectedLine) -> bool:
    """Whether the line is the one that the list is ordered by: one standard deliverable, no price filled in."""
    asked, one = line.asked, line.one
    is_standard = asked.count == 1 and asked.deliverable == one.deliverable
    return is_standard and asked.cost_basis is not CostBasis.ASKED and one.cost is not None


def forecast_finding(expected: ExpectedLine, brief: Brief) -> str:
    """The line, and what it brings of the goal in the markets of the brief; without a stop at the end."""
    line, outcome = line_words(expected, brief), line_outcome(expected, brief.goal)
    if outcome.mean is None:
        return _("{line}: nobody can say what it brings before the number of followers is loaded").format(line=line)
    finding, between = _("{line}: {count}").format(line=line, count=outcome_count(outcome)), outcome_range(outcome)
    return _("{finding} ({range} in 8 of 10 futures)").format(finding=finding, range=between) if between else finding


def forecast_first_sentence(expected: ExpectedLine, brief: Brief) -> str:
    """The finding, what one costs, and of purchases the chance of none and how many a shop counts in all."""
    finding, outcome = f"{forecast_finding(expected, brief)}.", line_outcome(expected, brief.goal)
    if outcome.mean is None:
        return finding
    sentences = [finding, _each_words(expected, outcome)]
    if brief.goal == Goal.CONVERSION and outcome.p_zero is not None:
        sentences += [_("None at all: {chance}.").format(chance=words.likelihood(outcome.p_zero)), _in_all(expected)]
    return " ".join(sentence for sentence in sentences if sentence)


def _price_words(line: ExpectedLine) -> str:
    cost, currency = line_price(line)
    if cost is None:
        return _(", without a price")
    if line.asked.cost_basis is CostBasis.ASKED:
        return _(" for {amount}").format(amount=words.amount(cost, currency))
    if _is_priced_as_listed(line) and line.one.cost_basis != "asking price":
        return _(" for {amount}").format(amount=price_cell(line.one))
    return _(" for {amount} (asking price)").format(amount=words.amount(cost, currency))


def _each_words(line: ExpectedLine, outcome: Expected) -> str:
    """What one purchase costs, or 1,000 people reached."""
    if outcome.cost_per_outcome is None:
        return ""
    amount = words.amount(outcome.cost_per_outcome, line_price(line)[1])
    if outcome.metric == "in_market_conversions":
        return _("{amount} each.").format(amount=amount)
    return _("{amount} per 1,000 people.").format(amount=amount)


def _in_all(line: ExpectedLine) -> str:
    """How many purchases a shop counts, where buyers from elsewhere make a difference."""
    there, everywhere = (line.outlook.metrics[metric]["p90"] for metric in ("in_market_conversions", "conversions"))
    if there is None or everywhere is None or round(everywhere) <= round(there):
        return ""
    return _("A shop counts {range} in all, with buyers from elsewhere.").format(range=purchases_in_all(line.outlook))


def purchases_in_all(outlook: LineForecast) -> str:
    """ "4 to 22": what 8 of 10 futures bring in all markets together, as a shop counts it."""
    values = outlook.metrics["conversions"]
    if values["p10"] is None:
        return _("not known")
    return words.between(*(words.measure("conversions", values[part]) for part in ("p10", "p90")))


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
    row = {
        "creator": display_name(line.one),
        "line": f"{line.asked.count} x {plain(line.asked.deliverable)}{_price_words(line)}",
    }
    for metric in GOAL_METRICS[goal]:
        column = words.capitalized(words.metric(metric)) if metric in OUTCOME_METRIC.values() else metric
        row[column] = metric_cell(line.outlook, metric)
    for target in line.outlook.targets:
        row[_("target {metric}").format(metric=words.metric(target.metric))] = hit_words(target)
    each, priced_in = line_outcome(line, Goal.CONVERSION).cost_per_outcome, line_price(line)[1]
    row["cost_per_expected_sale"] = _("not known") if each is None else words.amount(each, priced_in)
    return row


def metric_cell(outlook: LineForecast, metric: str) -> str:
    """ "9 (4 to 20)": what is expected of a metric, and what 8 of 10 futures lie between."""
    values = outlook.metrics[metric]
    if values["mean"] is None:
        return _("not known")
    said = (words.measure(metric, values[part], outlook.currency) for part in ("mean", "p10", "p90"))
    return words.spread(*said)


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
    if outlook.futures and line_price(line)[0] is None:
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

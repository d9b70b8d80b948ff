"""What may we expect of one line of a brief? The forecast of one creator, and of several side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl
import streamlit as st

from fit import charts, words
from fit.outlook import Outlook, Target
from fit.shortlist import Candidate
from fit.words import METRICS
from pages.desk import answers, origins, parts
from pages.desk.frame import Desk
from pages.desk.line import Asked
from pages.desk.line_form import line_form
from pages.desk.sentences import name

# What a goal is read by, in the funnel's order; the others fill up where one of them cannot be known.
OF_GOAL = {
    "conversion": ("clicks", "conversions", "revenue"),
    "awareness": ("in_market_impressions", "reach", "engagements"),
}
OTHERS = ("in_market_impressions", "clicks", "engagements", "conversions")
MAIN = {"conversion": "conversions", "awareness": "in_market_impressions"}
MOST_DRAWN, MOST_COMPARED = 3, 2
COUNTS = ("impressions", "in_market_impressions", "reach", "engagements", "clicks", "conversions", "revenue")


@dataclass(frozen=True)
class Expected:
    """One creator's line and its forecast."""

    one: Candidate
    asked: Asked
    outlook: Outlook


def _expected(one: Candidate, desk: Desk) -> Expected:
    asked = answers.asked_of_creator(desk.line, desk.brief, one)
    return Expected(one, asked, answers.foreseen(asked, desk.line.targets))


def expectation(one: Candidate, desk: Desk) -> None:
    """What one creator's line would bring: dots to count, all metrics, every target's chance, what nobody can know."""
    found = _expected(one, desk)
    st.header("What may we expect?", anchor=False)
    st.markdown(words.literal(first_sentence(found, desk)), width=parts.READING_WIDTH)
    line_form(desk.line, found.asked)
    if found.outlook.futures:
        _targets(found.outlook)
        _dots([found], desk, MOST_DRAWN)
        st.subheader("All metrics of this line", anchor=False)
        st.caption("8 in 10 futures lie between the low and the high value; half of them reach the middle one")
        _table(metrics_table(found.outlook), "Forecast of every metric: low, middle, high and the chance of none")
    _unknown(found)
    with st.expander("Where this forecast comes from", icon=":material/search:"):
        rows = origins.table(origins.forecast_origins(found.asked, found.outlook, one))
        st.dataframe(rows, hide_index=True, column_config=origins.COLUMNS, alt="Origin of the forecast")


def compared(shown: Sequence[Candidate], desk: Desk) -> None:
    """The same line asked of several creators, on one scale."""
    found = [_expected(one, desk) for one in shown]
    st.subheader("What may we expect?", anchor=False)
    amounts = "" if one_currency(found) else "; amounts and their targets are in each one's own currency"
    st.caption(
        f"One line asked of every creator; what it leaves open is each one's usual kind and asking price{amounts}"
    )
    line_form(desk.line, None)
    known = [each for each in found if each.outlook.futures]
    if known:
        _dots(known, desk, MOST_COMPARED)
    _table(compared_table(found, desk.brief.goal), "Forecast of the line for every compared creator")
    _unknown_of_several(found)


def first_sentence(found: Expected, desk: Desk) -> str:
    """The line, and what it brings of the goal's main metric."""
    asked, metric = found.asked, MAIN[desk.brief.goal]
    line = f"{words.counted(asked.count, asked.deliverable, f'x {asked.deliverable}')} by {name(found.one)}"
    line += f" in {desk.brief.words}{_price_words(asked)}"
    values = found.outlook.metrics[metric]
    if values["p50"] is None:
        return f"{line}: nobody can say what it brings before the number of followers is loaded."
    low, middle, high = (words.measure(metric, values[p], found.outlook.currency) for p in ("p10", "p50", "p90"))
    half = "half of them bring none" if round(values["p50"]) == 0 else f"half of them bring {middle} or more"
    said = f"{line}: {low} to {high} {METRICS[metric]} in 8 of 10 futures, {half}."
    if metric == "conversions":
        said += f" None at all: {words.likelihood(values['p_zero'])}."
        said += _sale_words(found)
    return said


def _price_words(asked: Asked) -> str:
    if asked.cost is None:
        return ", without a price"
    said = words.amount(asked.cost, asked.currency)
    return f" for {said}" + (" (asking price)" if asked.cost_basis == "asking price" else "")


def _sale_words(found: Expected) -> str:
    """Cost of an expected sale with its numerator and denominator."""
    each, mean = found.outlook.cost_per_expected_sale, found.outlook.metrics["conversions"]["mean"]
    if each is None:
        return ""
    currency = found.outlook.currency
    whole = f"{words.amount(found.asked.cost, currency)} over {words.about(mean)} expected"
    return f" One expected sale costs about {words.amount(each, currency)} ({whole})."


def _targets(outlook: Outlook) -> None:
    """Every target with its chance, as percent and as a count."""
    if outlook.targets:
        st.markdown("\n".join(f"- {words.literal(target_words(t, outlook.currency))}" for t in outlook.targets))


def target_words(target: Target, currency: str | None) -> str:
    """One target and its chance: "500 clicks or more: 36 %, 4 in 10"."""
    least = "or less" if target.metric.startswith("cost_") else "or more"
    wanted = f"{METRICS[target.metric].capitalize()} of {words.measure(target.metric, target.target, currency)} {least}"
    return f"{wanted}: " + ("cannot be known" if target.p_hit is None else words.likelihood(target.p_hit))


def drawn_metrics(found: Sequence[Expected], goal: str, most: int) -> list[str]:
    """Targets first, then what the goal is read by, of what every creator's forecast knows; in the funnel's order."""
    promised = [t.metric for t in found[0].outlook.targets]
    wanted = dict.fromkeys((*promised, MAIN[goal], *OF_GOAL[goal], *OTHERS))
    drawable = [m for m in COUNTS if m not in words.AMOUNTS or one_currency(found)]  # two currencies share no scale
    known = [m for m in wanted if m in drawable and all(m in each.outlook.futures for each in found)][:most]
    return [metric for metric in COUNTS if metric in known]


def one_currency(found: Sequence[Expected]) -> bool:
    """Whether amounts of all these forecasts may stand side by side."""
    return len({each.outlook.currency for each in found}) == 1


def _dots(found: Sequence[Expected], desk: Desk, most: int) -> None:
    targets = dict(desk.line.targets)
    metrics = drawn_metrics(found, desk.brief.goal, most)
    with st.grid(len(metrics), min_column_width=290) as grid:
        for metric in metrics:
            rows = [(name(each.one) if len(found) > 1 else "", each.outlook.futures[metric]) for each in found]
            currency = found[0].outlook.currency if one_currency(found) else None
            with grid.cell():
                chart = charts.quantile_dots(
                    rows, metric, target=targets.get(metric), currency=currency, dark=desk.dark
                )
                parts.show(chart, f"futures_{metric}")


def metrics_table(outlook: Outlook) -> pl.DataFrame:
    """One row per metric: low, middle, high in the metric's own unit, and the chance of none."""
    rows = [
        {
            "metric": METRICS[metric].capitalize(),
            "low": words.measure(metric, values["p10"], outlook.currency),
            "middle": words.measure(metric, values["p50"], outlook.currency),
            "high": words.measure(metric, values["p90"], outlook.currency),
            "none": "not known" if values["p_zero"] is None else words.likelihood(values["p_zero"]).partition(",")[0],
        }
        for metric, values in outlook.metrics.items()
    ]
    return pl.DataFrame(rows)


def compared_table(found: Sequence[Expected], goal: str) -> pl.DataFrame:
    """One row per creator: its line, the goal's metrics, each target's chance and the cost of an expected sale."""
    return pl.DataFrame([_compared_row(each, goal) for each in found], infer_schema_length=None)


def _compared_row(each: Expected, goal: str) -> dict[str, str]:
    currency = each.outlook.currency
    row = {
        "creator": name(each.one),
        "line": f"{each.asked.count} x {words.plain(each.asked.deliverable)}{_price_words(each.asked)}",
    }
    for metric in OF_GOAL[goal]:
        values = each.outlook.metrics[metric]
        low, middle, high = (words.measure(metric, values[p], currency) for p in ("p10", "p50", "p90"))
        row[metric] = "not known" if values["p50"] is None else f"{middle} ({low} to {high})"
    for target in each.outlook.targets:
        row[f"target {METRICS[target.metric]}"] = target_words(target, currency).rpartition(": ")[2]
    each_sale = each.outlook.cost_per_expected_sale
    row["cost_per_expected_sale"] = "not known" if each_sale is None else words.amount(each_sale, currency)
    return row


HELP = {
    "low": "1 in 10 futures is lower",
    "middle": "Half of the futures bring this or more",
    "high": "1 in 10 futures is higher",
    "none": "Chance that not a single one comes",
}


def _table(rows: pl.DataFrame, alt: str) -> None:
    labels = {"conversions": "Purchases"}
    columns = {
        own: st.column_config.TextColumn(
            labels.get(own, own.replace("_", " ").capitalize()),
            alignment="right" if own in HELP else None,
            help=HELP.get(own),
        )
        for own in rows.columns
    }
    st.dataframe(rows, hide_index=True, column_config=columns, alt=alt)


def unknowns(found: Expected) -> list[str]:
    """What this forecast cannot know, and what to load so that it can; one sentence each."""
    outlook, said = found.outlook, []
    if not outlook.futures:
        said.append("No number of followers is loaded, so nobody knows how many people see it: load a profile with it.")
    if found.one.in_market_share is None:
        said.append(
            "No audience by country is loaded, so the field's usual share stands in for it: load an audience export."
        )
    if outlook.futures and "revenue" not in outlook.futures:
        currency = f" in {outlook.currency}" if outlook.currency else ""
        said.append(
            f"No campaign{currency} reported revenue together with purchases, so neither revenue nor return on ad "
            "spend can be known: load campaigns with revenue and its currency."
        )
    if outlook.futures and found.asked.cost is None:
        said.append(
            "No price is known for this line, so no cost per sale or click and no return can be known: fill in the "
            "cost above, or load an asking price."
        )
    return said


def _unknown(found: Expected) -> None:
    said = unknowns(found)
    if said:
        with st.container(border=True):
            st.markdown("**What this forecast cannot know**")
            st.markdown("\n".join(f"- {words.literal(one)}" for one in said), width=parts.READING_WIDTH)
            st.page_link("pages/your_data.py", label="Load what is missing", icon=":material/arrow_forward:")


def _unknown_of_several(found: Sequence[Expected]) -> None:
    said = [f"- {words.literal(f'{name(each.one)}: {sentence}')}" for each in found for sentence in unknowns(each)]
    if said:
        with st.expander("What these forecasts cannot know", icon=":material/help:"):
            st.markdown("\n".join(said), width=parts.READING_WIDTH)

"""Draw the forecast of one line of a brief: of one creator, and of several side by side."""

from collections.abc import Mapping, Sequence

import polars as pl
import streamlit as st

from fit import charts
from fit.brief import Goal
from fit.forecast import RequestedLine, correction_sentence
from fit.locale import _, phrase
from fit.metrics import METRICS
from fit.shortlist import (
    Candidate,
    ExpectedLine,
    at_its_price,
    compared_table,
    display_name,
    drawn_metrics,
    expected_line,
    forecast_first_sentence,
    forecast_unknowns,
    in_all_sentence,
    metric_finding,
    metrics_table,
    one_currency,
    target_words,
    unmeasured_sentence,
)
from fit.text import explained, literal, words
from pages.ui import blocks, column_labels, provenance, store_access
from pages.ui.creator.forecast_request import line_form
from pages.ui.view_link import PageState

MOST_DRAWN = 2  # metrics; the others stand in the table


def _expected(creator: Candidate, state: PageState) -> ExpectedLine:
    line = at_its_price(store_access.creator_line(state.line, state.brief, creator), state.line, creator)
    return expected_line(creator, line, store_access.forecast_of(line, state.line.targets))


def expectation(creator: Candidate, state: PageState) -> None:
    """What one creator's line would bring: dots to count, all metrics, every target's chance, what nobody can know."""
    expected = _expected(creator, state)
    st.header(_("What to expect"), anchor=False)
    st.markdown(literal(forecast_first_sentence(expected, state.brief)), width=blocks.READING_WIDTH)
    if state.brief.goal == Goal.CONVERSION and (in_all := in_all_sentence(expected)):
        st.caption(literal(in_all))
    line_form(state.line, expected.asked)
    if expected.outlook.futures:
        if expected.outlook.targets:
            st.markdown(
                blocks.points(target_words(target, expected.outlook.currency) for target in expected.outlook.targets)
            )
        _dots([expected], state)
        st.subheader(_("All metrics"), anchor=False)
        st.caption(_("8 times in 10 the result lies between low and high. Expected is the average."))
        _table(
            metrics_table(expected.outlook), _("Forecast of every metric: low, expected, high and the chance of none")
        )
    _unknown(expected)
    origins = provenance.forecast_origins(expected.asked, expected.outlook, creator, state.brief.goal)
    blocks.where_from(origins, phrase("Where this forecast comes from"), phrase("Origin of the forecast"))


def compared(shown: Sequence[Candidate], state: PageState) -> None:
    """The same line asked of several creators, on one scale."""
    expected = [_expected(creator, state) for creator in shown]
    st.subheader(_("What to expect"), anchor=False)
    amounts = "" if one_currency(expected) else _(" Amounts and their targets are in each one's own currency.")
    sentence = _("The same booking for everyone. Blank fields use each creator's usual format and price.{amounts}")
    st.caption(sentence.format(amounts=amounts))
    with st.expander(_("Change the booking"), icon=":material/edit:", expanded=state.line != RequestedLine()):
        line_form(state.line, None)
    known = [row for row in expected if row.outlook.futures]
    if known:
        _dots(known, state)
    each = _("Cost of a purchase") if state.brief.goal == Goal.CONVERSION else _("Cost of 1,000 people")
    alt = _("Forecast for each creator")
    _table(compared_table(expected, state.brief.goal), alt, {"each": each})
    if expected and (corrected := correction_sentence(expected[0].outlook.corrections)):
        st.caption(literal(corrected))
    _unknown_of_several(expected)


def _dots(expected: Sequence[ExpectedLine], state: PageState) -> None:
    targets = dict(state.line.targets)
    metrics = drawn_metrics(expected, state.brief.goal, MOST_DRAWN)
    with st.grid(len(metrics), min_column_width=290) as grid:
        for metric in metrics:
            rows = [
                (display_name(row.creator) if len(expected) > 1 else "", row.outlook.futures[metric])
                for row in expected
            ]
            currency = expected[0].outlook.currency if one_currency(expected) else None
            with grid.cell():
                chart = charts.quantile_dots(
                    rows,
                    metric,
                    target=targets.get(metric),
                    currency=currency,
                    finding=_finding(expected, metric),
                    dark=state.dark,
                )
                blocks.show(chart, f"futures_{metric}")


def _finding(expected: Sequence[ExpectedLine], metric: str) -> str:
    """What a chart of futures shows, by the numbers of the table below it."""
    most = max(expected, key=lambda row: row.outlook.metrics[metric]["mean"] or 0.0)
    return metric_finding(most, metric, is_named=len(expected) > 1)


HELP = {
    "low": phrase("A 1 in 10 chance of less"),
    "expected": phrase("The average"),
    "high": phrase("A 1 in 10 chance of more"),
    "none": phrase("Chance of none at all"),
}


def _table(rows: pl.DataFrame, alt: str, named: Mapping[str, str] | None = None) -> None:
    labels = {metric: words.capitalized(words.metric(metric)) for metric in METRICS} | dict(named or {})
    columns = {
        name: st.column_config.TextColumn(
            labels.get(name) or column_labels.heading(name),
            alignment="right" if name in HELP else None,
            help=_(HELP[name]) if name in HELP else explained(name),
        )
        for name in rows.columns
    }
    st.dataframe(rows, hide_index=True, column_config=columns, alt=alt)


def _unknown(expected: ExpectedLine) -> None:
    unknowns = forecast_unknowns(expected)
    if unknowns:
        with st.container(border=True):
            st.markdown(_("**What this forecast leaves out**"))
            st.markdown(blocks.points(unknowns), width=blocks.READING_WIDTH)
            st.page_link("pages/your_data.py", label=_("Load what is missing"), icon=":material/arrow_forward:")


def _unknown_of_several(expected: Sequence[ExpectedLine]) -> None:
    unknowns = [f"{display_name(row.creator)}: {sentence}" for row in expected for sentence in forecast_unknowns(row)]
    if guess := unmeasured_sentence(list(dict.fromkeys(kind for row in expected for kind in row.outlook.unmeasured))):
        unknowns.insert(0, guess)
    if unknowns:
        with st.expander(_("What these forecasts leave out"), icon=":material/help:"):
            st.markdown(blocks.points(unknowns), width=blocks.READING_WIDTH)

"""What may we expect of one line of a brief? The forecast of one creator, and of several side by side."""

from collections.abc import Sequence

import polars as pl
import streamlit as st

from fit import charts, locale
from fit.forecast import LineForecast
from fit.locale import _, phrase
from fit.shortlist import (
    Candidate,
    ExpectedLine,
    compared_table,
    display_name,
    drawn_metrics,
    forecast_first_sentence,
    forecast_unknowns,
    metrics_table,
    one_currency,
    target_words,
)
from fit.text import explained, literal
from pages.ui import blocks, column_labels, provenance, store_access
from pages.ui.creator.forecast_request import line_form
from pages.ui.layout import PageState

MOST_DRAWN, MOST_COMPARED = 3, 2


def _expected(one: Candidate, state: PageState) -> ExpectedLine:
    asked = store_access.asked_of_creator(state.line, state.brief, one)
    return ExpectedLine(one, asked, store_access.forecast_of(asked, state.line.targets))


def expectation(one: Candidate, state: PageState) -> None:
    """What one creator's line would bring: dots to count, all metrics, every target's chance, what nobody can know."""
    found = _expected(one, state)
    st.header(_("What may we expect?"), anchor=False)
    st.markdown(literal(forecast_first_sentence(found, state.brief)), width=blocks.READING_WIDTH)
    line_form(state.line, found.asked)
    if found.outlook.futures:
        _targets(found.outlook)
        _dots([found], state, MOST_DRAWN)
        st.subheader(_("All metrics of this line"), anchor=False)
        st.caption(_("8 in 10 futures lie between the low and the high value; half of them reach the middle one"))
        _table(metrics_table(found.outlook), _("Forecast of every metric: low, middle, high and the chance of none"))
    _unknown(found)
    with st.expander(_("Where this forecast comes from"), icon=":material/search:"):
        rows = provenance.table(provenance.forecast_origins(found.asked, found.outlook, one))
        st.dataframe(
            rows, hide_index=True, column_config=locale.labels(provenance.COLUMNS), alt=_("Origin of the forecast")
        )


def compared(shown: Sequence[Candidate], state: PageState) -> None:
    """The same line asked of several creators, on one scale."""
    found = [_expected(one, state) for one in shown]
    st.subheader(_("What may we expect?"), anchor=False)
    amounts = "" if one_currency(found) else _("; amounts and their targets are in each one's own currency")
    st.caption(
        _(
            "One line asked of every creator; what it leaves open is each one's usual kind and asking price{amounts}"
        ).format(amounts=amounts)
    )
    line_form(state.line, None)
    known = [each for each in found if each.outlook.futures]
    if known:
        _dots(known, state, MOST_COMPARED)
    _table(compared_table(found, state.brief.goal), _("Forecast of the line for every compared creator"))
    _unknown_of_several(found)


def _targets(outlook: LineForecast) -> None:
    """Every target with its chance, as percent and as a count."""
    if outlook.targets:
        st.markdown("\n".join(f"- {literal(target_words(t, outlook.currency))}" for t in outlook.targets))


def _dots(found: Sequence[ExpectedLine], state: PageState, most: int) -> None:
    targets = dict(state.line.targets)
    metrics = drawn_metrics(found, state.brief.goal, most)
    with st.grid(len(metrics), min_column_width=290) as grid:
        for metric in metrics:
            rows = [(display_name(each.one) if len(found) > 1 else "", each.outlook.futures[metric]) for each in found]
            currency = found[0].outlook.currency if one_currency(found) else None
            with grid.cell():
                chart = charts.quantile_dots(
                    rows, metric, target=targets.get(metric), currency=currency, dark=state.dark
                )
                blocks.show(chart, f"futures_{metric}")


HELP = {
    "low": phrase("1 in 10 futures is lower"),
    "middle": phrase("Half of the futures bring this or more"),
    "high": phrase("1 in 10 futures is higher"),
    "none": phrase("Chance that not a single one comes"),
}


def _table(rows: pl.DataFrame, alt: str) -> None:
    labels = {"conversions": _("Purchases")}
    columns = {
        own: st.column_config.TextColumn(
            labels.get(own) or column_labels.heading(own),
            alignment="right" if own in HELP else None,
            help=_(HELP[own]) if own in HELP else explained(own),
        )
        for own in rows.columns
    }
    st.dataframe(rows, hide_index=True, column_config=columns, alt=alt)


def _unknown(found: ExpectedLine) -> None:
    said = forecast_unknowns(found)
    if said:
        with st.container(border=True):
            st.markdown(_("**What this forecast cannot know**"))
            st.markdown("\n".join(f"- {literal(one)}" for one in said), width=blocks.READING_WIDTH)
            st.page_link("pages/your_data.py", label=_("Load what is missing"), icon=":material/arrow_forward:")


def _unknown_of_several(found: Sequence[ExpectedLine]) -> None:
    said = [
        f"- {literal(f'{display_name(each.one)}: {sentence}')}"
        for each in found
        for sentence in forecast_unknowns(each)
    ]
    if said:
        with st.expander(_("What these forecasts cannot know"), icon=":material/help:"):
            st.markdown("\n".join(said), width=blocks.READING_WIDTH)

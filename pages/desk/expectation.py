"""What may we expect of one line of a brief? The forecast of one creator, and of several side by side."""

from collections.abc import Sequence

import polars as pl
import streamlit as st

from fit import charts, locale, words
from fit.expected import (
    Expected,
    compared_table,
    drawn_metrics,
    first_sentence,
    metrics_table,
    one_currency,
    target_words,
    unknowns,
)
from fit.glossary import explained
from fit.locale import _, phrase
from fit.outlook import Outlook
from fit.sentences import name
from fit.shortlist import Candidate
from pages.desk import answers, column_words, origins, parts
from pages.desk.frame import Desk
from pages.desk.line_form import line_form

MOST_DRAWN, MOST_COMPARED = 3, 2


def _expected(one: Candidate, desk: Desk) -> Expected:
    asked = answers.asked_of_creator(desk.line, desk.brief, one)
    return Expected(one, asked, answers.foreseen(asked, desk.line.targets))


def expectation(one: Candidate, desk: Desk) -> None:
    """What one creator's line would bring: dots to count, all metrics, every target's chance, what nobody can know."""
    found = _expected(one, desk)
    st.header(_("What may we expect?"), anchor=False)
    st.markdown(words.literal(first_sentence(found, desk.brief)), width=parts.READING_WIDTH)
    line_form(desk.line, found.asked)
    if found.outlook.futures:
        _targets(found.outlook)
        _dots([found], desk, MOST_DRAWN)
        st.subheader(_("All metrics of this line"), anchor=False)
        st.caption(_("8 in 10 futures lie between the low and the high value; half of them reach the middle one"))
        _table(metrics_table(found.outlook), _("Forecast of every metric: low, middle, high and the chance of none"))
    _unknown(found)
    with st.expander(_("Where this forecast comes from"), icon=":material/search:"):
        rows = origins.table(origins.forecast_origins(found.asked, found.outlook, one))
        st.dataframe(
            rows, hide_index=True, column_config=locale.labels(origins.COLUMNS), alt=_("Origin of the forecast")
        )


def compared(shown: Sequence[Candidate], desk: Desk) -> None:
    """The same line asked of several creators, on one scale."""
    found = [_expected(one, desk) for one in shown]
    st.subheader(_("What may we expect?"), anchor=False)
    amounts = "" if one_currency(found) else _("; amounts and their targets are in each one's own currency")
    st.caption(
        _(
            "One line asked of every creator; what it leaves open is each one's usual kind and asking price{amounts}"
        ).format(amounts=amounts)
    )
    line_form(desk.line, None)
    known = [each for each in found if each.outlook.futures]
    if known:
        _dots(known, desk, MOST_COMPARED)
    _table(compared_table(found, desk.brief.goal), _("Forecast of the line for every compared creator"))
    _unknown_of_several(found)


def _targets(outlook: Outlook) -> None:
    """Every target with its chance, as percent and as a count."""
    if outlook.targets:
        st.markdown("\n".join(f"- {words.literal(target_words(t, outlook.currency))}" for t in outlook.targets))


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
            labels.get(own) or column_words.heading(own),
            alignment="right" if own in HELP else None,
            help=_(HELP[own]) if own in HELP else explained(own),
        )
        for own in rows.columns
    }
    st.dataframe(rows, hide_index=True, column_config=columns, alt=alt)


def _unknown(found: Expected) -> None:
    said = unknowns(found)
    if said:
        with st.container(border=True):
            st.markdown(_("**What this forecast cannot know**"))
            st.markdown("\n".join(f"- {words.literal(one)}" for one in said), width=parts.READING_WIDTH)
            st.page_link("pages/your_data.py", label=_("Load what is missing"), icon=":material/arrow_forward:")


def _unknown_of_several(found: Sequence[Expected]) -> None:
    said = [f"- {words.literal(f'{name(each.one)}: {sentence}')}" for each in found for sentence in unknowns(each)]
    if said:
        with st.expander(_("What these forecasts cannot know"), icon=":material/help:"):
            st.markdown("\n".join(said), width=parts.READING_WIDTH)

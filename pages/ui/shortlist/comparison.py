"""How do two to five creators differ? Audiences against the target mix, strengths on one scale, roles with reasons."""

from dataclasses import replace

import polars as pl
import streamlit as st

from fit import charts
from fit.locale import _
from fit.model import strength_rows
from fit.shortlist import Candidate, display_name, price_sentence
from fit.text import literal
from pages.ui import blocks, provenance, store_access
from pages.ui.creator.forecast import compared
from pages.ui.layout import PageState

FEWEST, MOST = 2, 5  # one needs no comparison; more than five no eye can hold


def comparison(state: PageState) -> None:
    """The ticked creators side by side."""
    ticked = store_access.candidates(state.brief, state.ticked)
    st.header(_("Compare"), anchor=False)
    if not ticked:
        st.markdown(
            _(
                "Tick {fewest} to {most} rows of the table to see creators side by side; by keyboard with Shift and "
                "space."
            ).format(fewest=FEWEST, most=MOST)
        )
        return
    if len(ticked) < FEWEST:
        st.markdown(_("{name} is ticked; tick one more row to compare.").format(name=literal(display_name(ticked[0]))))
    if len(ticked) > MOST:
        st.warning(
            _("{count} creators are ticked; the first {most} are compared. Untick some for others.").format(
                count=len(ticked), most=MOST
            )
        )
    shown = ticked[:MOST]
    if len(shown) >= FEWEST:
        _strengths(shown, state)
        _audiences(shown, state)
        compared(shown, state)
    st.page_link("pages/present.py", label=_("Present these creators"), icon=":material/slideshow:")
    blocks.where_from([origin for one in shown for origin in _named(one, state)])


def _strengths(shown: list[Candidate], state: PageState) -> None:
    """A panel a stage on one scale, every creator in each; the intervals in words below them."""
    rows = pl.concat([strength_rows(display_name(one), one.stages, _sums(one)) for one in shown])
    st.subheader(literal(charts.strongest(rows)), anchor=False)
    st.caption(_("Index, 100 = a typical creator on comparable campaigns; bar: 80 % interval; log scale; n: campaigns"))
    blocks.panels(charts.stage_panels(rows, dark=state.dark), "compare_strengths")
    with st.expander(_("The same numbers as a table"), icon=":material/table:"):
        blocks.table(rows.drop("evidence"), _("Strength of every compared creator at each stage"))


def _sums(one: Candidate) -> dict[str, object]:
    return store_access.answer("funnel_of_creator", creator_id=one.creator_id).row(0, named=True)


def _audiences(shown: list[Candidate], state: PageState) -> None:
    audiences = {one.creator_id: store_access.answer("audience_by_country", creator_id=one.creator_id) for one in shown}
    weights = state.brief.weights
    countries = charts.countries_to_compare(list(audiences.values()), weights)
    largest = max([*weights.values(), *[a["audience_share"].max() or 0 for a in audiences.values()]])
    st.subheader(_("Audience against the target mix, and role"), anchor=False)
    st.caption(
        _("Share of each audience per country on one scale; upright mark: weight in the brief; hatched: unknown")
    )
    with st.grid(min(3, len(shown)), min_column_width=300, border=True) as grid:
        for one in shown:
            with grid.cell():
                _one(one, audiences[one.creator_id], countries, largest, state)


def _one(one: Candidate, audience: pl.DataFrame, countries: list[str], largest: float, state: PageState) -> None:
    st.markdown(f"**{literal(display_name(one))}**")
    blocks.role_badge(one)
    if audience.is_empty():
        st.markdown(_("No audience by country is loaded."))
    else:
        chart = charts.audience_against_target(
            audience, state.brief.weights, one.unknown_share or 0, shown=countries, largest=largest, dark=state.dark
        )
        blocks.draw(chart, f"compare_{one.creator_id}")
    st.markdown(literal(one.role.because))
    st.caption(literal(one.role.what_would_change))
    st.caption(literal(price_sentence(one, store_access.profile(one.creator_id))))


def all_origins(one: Candidate, state: PageState) -> list[provenance.Origin]:
    """All figures of one creator's row of the shortlist."""
    evidence = store_access.answer("evidence_of_creator", creator_id=one.creator_id)
    campaigns = store_access.answer("campaigns_of_creator", creator_id=one.creator_id)
    sources = store_access.answer("audience_sources", creator_id=one.creator_id)
    stages = provenance.stage_origins(one, evidence, campaigns)
    return [
        *provenance.share_origins(one, state.brief, sources),
        *stages,
        provenance.role_origin(one, stages),
        *provenance.payoff_origins(one, state.brief),
    ]


def _named(one: Candidate, state: PageState) -> list[provenance.Origin]:
    return [replace(row, figure=f"{display_name(one)}: {row.figure}") for row in all_origins(one, state)]

"""Compare two to five creators: strengths on one scale, audiences against the target mix, roles with reasons."""

from dataclasses import replace

import polars as pl
import streamlit as st

from fit import charts
from fit.locale import _
from fit.model import strength_rows
from fit.shortlist import Candidate, display_name, price_sentence
from fit.text import literal
from pages.ui import blocks, store_access
from pages.ui.creator.forecast import compared
from pages.ui.creator.role import origins_of
from pages.ui.view_link import PageState

FEWEST, MOST = 2, 5  # creators; of more than five nobody sees the differences


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
    origins = [(creator, origin) for creator in shown for part in origins_of(creator, state) for origin in part]
    blocks.where_from([replace(row, figure=f"{display_name(creator)}: {row.figure}") for creator, row in origins])


def _strengths(shown: list[Candidate], state: PageState) -> None:
    """A panel a stage on one scale, every creator in each; the intervals in words below them."""
    sums = [store_access.answer_row("funnel_of_creator", creator_id=creator.creator_id) for creator in shown]
    pairs = zip(shown, sums, strict=True)
    rows = pl.concat([strength_rows(display_name(creator), creator.stages, row) for creator, row in pairs])
    st.subheader(literal(charts.strongest(rows)), anchor=False)
    st.caption(_("Index, 100 = a typical creator on comparable campaigns; bar: 80 % interval; log scale; n: campaigns"))
    blocks.panels(charts.stage_panels(rows, dark=state.dark), "compare_strengths")
    with blocks.numbers_as_table():
        blocks.table(rows.drop("evidence"), _("Strength of every compared creator at each stage"))


def _audiences(shown: list[Candidate], state: PageState) -> None:
    ids = [creator.creator_id for creator in shown]
    audiences = {key: store_access.answer("audience_by_country", creator_id=key) for key in ids}
    weights = state.brief.weights
    countries = charts.countries_to_compare(list(audiences.values()), weights)
    shares = [share for audience in audiences.values() for share in audience["audience_share"]]
    largest = max([*weights.values(), *shares])
    st.subheader(_("Audience against the target mix, and role"), anchor=False)
    st.caption(
        _("Share of each audience per country on one scale; upright mark: weight in the brief; hatched: unknown")
    )
    with st.grid(min(3, len(shown)), min_column_width=300, border=True) as grid:
        for creator in shown:
            with grid.cell():
                _creator(creator, audiences[creator.creator_id], countries, largest, state)


def _creator(
    creator: Candidate, audience: pl.DataFrame, countries: list[str], largest: float, state: PageState
) -> None:
    st.markdown(f"**{literal(display_name(creator))}**")
    blocks.role_badge(creator)
    if audience.is_empty():
        st.markdown(_("No audience by country is loaded."))
    else:
        chart = charts.audience_against_target(
            audience, state.brief.weights, creator.unknown_share or 0, shown=countries, largest=largest, dark=state.dark
        )
        blocks.draw(chart, f"compare_{creator.creator_id}")
    st.markdown(literal(creator.role.because))
    st.caption(literal(creator.role.what_would_change))
    st.caption(literal(price_sentence(creator, store_access.profile(creator.creator_id))))

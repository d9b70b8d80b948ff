"""How do two to five creators differ? Audiences against the target mix, strengths on one scale, roles with reasons."""

from dataclasses import replace

import polars as pl
import streamlit as st

from fit import charts, words
from fit.locale import _
from fit.sentences import name, price_sentence
from fit.shortlist import Candidate
from fit.steps import interval_rows
from pages.desk import answers, origins, parts
from pages.desk.expectation import compared
from pages.desk.frame import Desk

FEWEST, MOST = 2, 5  # one needs no comparison; more than five no eye can hold


def comparison(desk: Desk) -> None:
    """The ticked creators side by side."""
    ticked = answers.candidates(desk.brief, desk.ticked)
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
        st.markdown(_("{name} is ticked; tick one more row to compare.").format(name=words.literal(name(ticked[0]))))
    if len(ticked) > MOST:
        st.warning(
            _("{count} creators are ticked; the first {most} are compared. Untick some for others.").format(
                count=len(ticked), most=MOST
            )
        )
    shown = ticked[:MOST]
    if len(shown) >= FEWEST:
        _strengths(shown, desk)
        _audiences(shown, desk)
        compared(shown, desk)
    st.page_link("pages/present.py", label=_("Present these creators"), icon=":material/slideshow:")
    parts.where_from([origin for one in shown for origin in _named(one, desk)])


def _strengths(shown: list[Candidate], desk: Desk) -> None:
    """A panel a stage on one scale, every creator in each; the intervals in words below them."""
    rows = pl.concat([interval_rows(name(one), one.stages, _sums(one)) for one in shown])
    st.subheader(words.literal(charts.strongest(rows)), anchor=False)
    st.caption(_("Index, 100 = a typical creator on comparable campaigns; bar: 80 % interval; log scale; n: campaigns"))
    parts.panels(charts.stage_panels(rows, dark=desk.dark), "compare_strengths")
    with st.expander(_("The same numbers as a table"), icon=":material/table:"):
        parts.table(rows.drop("evidence"), _("Strength of every compared creator at each stage"))


def _sums(one: Candidate) -> dict[str, object]:
    return answers.answer("funnel_of_creator", creator_id=one.creator_id).row(0, named=True)


def _audiences(shown: list[Candidate], desk: Desk) -> None:
    audiences = {one.creator_id: answers.answer("audience_by_country", creator_id=one.creator_id) for one in shown}
    weights = desk.brief.weights
    countries = charts.countries_to_compare(list(audiences.values()), weights)
    largest = max([*weights.values(), *[a["audience_share"].max() or 0 for a in audiences.values()]])
    st.subheader(_("Audience against the target mix, and role"), anchor=False)
    st.caption(
        _("Share of each audience per country on one scale; upright mark: weight in the brief; hatched: unknown")
    )
    with st.grid(min(3, len(shown)), min_column_width=300, border=True) as grid:
        for one in shown:
            with grid.cell():
                _one(one, audiences[one.creator_id], countries, largest, desk)


def _one(one: Candidate, audience: pl.DataFrame, countries: list[str], largest: float, desk: Desk) -> None:
    st.markdown(f"**{words.literal(name(one))}**")
    parts.role_badge(one)
    if audience.is_empty():
        st.markdown(_("No audience by country is loaded."))
    else:
        chart = charts.audience_against_target(
            audience, desk.brief.weights, one.unknown_share or 0, shown=countries, largest=largest, dark=desk.dark
        )
        parts.draw(chart, f"compare_{one.creator_id}")
    st.markdown(words.literal(one.role.because))
    st.caption(words.literal(one.role.what_would_change))
    st.caption(words.literal(price_sentence(one, answers.profile(one.creator_id))))


def all_origins(one: Candidate, desk: Desk) -> list[origins.Origin]:
    """All figures of one creator's row of the shortlist."""
    evidence = answers.answer("evidence_of_creator", creator_id=one.creator_id)
    campaigns = answers.answer("campaigns_of_creator", creator_id=one.creator_id)
    sources = answers.answer("audience_sources", creator_id=one.creator_id)
    stages = origins.stage_origins(one, evidence, campaigns)
    return [
        *origins.share_origins(one, desk.brief, sources),
        *stages,
        origins.role_origin(one, stages),
        *origins.payoff_origins(one, desk.brief),
    ]


def _named(one: Candidate, desk: Desk) -> list[origins.Origin]:
    return [replace(row, figure=f"{name(one)}: {row.figure}") for row in all_origins(one, desk)]

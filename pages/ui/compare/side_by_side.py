"""Compare two to five creators: the decision, every figure side by side, strengths, audiences and futures."""

from collections.abc import Sequence
from dataclasses import replace

import polars as pl
import streamlit as st

from fit import charts
from fit.locale import _
from fit.model import strength_rows
from fit.shortlist import Candidate, compared_facts, comparison_verdict, display_name, money_differs
from fit.story import MOST_COMPARED
from fit.text import literal, words
from pages.ui import blocks, store_access
from pages.ui.creator.forecast import compared
from pages.ui.creator.role import origins_of
from pages.ui.creator_search import several_creators
from pages.ui.view_link import PageState, tick

FEWEST = 2  # creators side by side
OFFERED = 3  # creators that the empty page offers to begin with


def chosen_creators(state: PageState) -> list[Candidate]:
    """The first of those that are ticked."""
    return store_access.candidates(state.brief, state.ticked)[:MOST_COMPARED]


def choose(state: PageState, shown: Sequence[Candidate]) -> None:
    """Choose whom to compare, by a part of the name."""
    several_creators(
        _("Creators"), "form_compared", [creator.creator_id for creator in shown], tick,
        first=store_access.first_of_list(state.brief), most=MOST_COMPARED,
    )  # fmt: skip
    if len(state.ticked) > MOST_COMPARED:
        sentence = _("{count} creators are chosen; the first {most} are compared.")
        st.caption(sentence.format(count=words.count(len(state.ticked)), most=MOST_COMPARED))


def too_few(state: PageState, shown: Sequence[Candidate]) -> None:
    """The page before there is something to compare: search, or begin with the first of the shortlist."""
    verdict = _("Nobody is chosen yet")
    if shown:
        verdict = _("{name} is chosen: choose one more").format(name=display_name(shown[0]))
    because = _("Choose {fewest} to {most} creators to see them side by side.").format(
        fewest=FEWEST, most=MOST_COMPARED
    )
    blocks.heading(_("Compare"), verdict, because)
    choose(state, shown)
    ids = store_access.first_of_list(state.brief)[:OFFERED]
    with st.container(horizontal=True, vertical_alignment="center"):
        if len(ids) >= FEWEST:
            label = _("Compare the top {count}").format(count=words.count(len(ids)))
            st.button(
                label, key="compare_first", type="primary", icon=":material/compare_arrows:", on_click=tick, args=(ids,)
            )
        st.page_link("pages/shortlist.py", label=_("Choose on the shortlist"), icon=":material/arrow_forward:")


def decision(state: PageState, shown: Sequence[Candidate]) -> None:
    """Who for the money, in one sentence, and every figure side by side."""
    blocks.heading(_("Compare"), *comparison_verdict(shown, state.brief), term="expected_outcome")
    choose(state, shown)
    blocks.photos(shown)
    facts = compared_facts(shown, state.brief)
    with st.container(key="compared_facts"):
        blocks.text_table(["", *map(display_name, shown)], facts, _("Every figure of the compared creators"))
    if sentence := money_differs(shown, state.brief):
        st.markdown(literal(sentence), width=blocks.READING_WIDTH)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.page_link("pages/present.py", label=_("Present these creators"), icon=":material/slideshow:")
        st.page_link("pages/shortlist.py", label=_("Back to the shortlist"), icon=":material/format_list_numbered:")


def _audience(creator: Candidate) -> pl.DataFrame:
    return store_access.answer("audience_by_country", creator_id=creator.creator_id)


def strengths(shown: Sequence[Candidate], state: PageState) -> None:
    """A panel a stage on one scale, every creator in each; the intervals in words below them."""
    sums = [store_access.answer_row("funnel_of_creator", creator_id=creator.creator_id) for creator in shown]
    pairs = zip(shown, sums, strict=True)
    rows = pl.concat([strength_rows(display_name(creator), creator.stages, row) for creator, row in pairs])
    st.subheader(literal(charts.strongest(rows)), anchor=False)
    st.caption(_("100 = similar creators; bar: likely range; every step of the scale doubles; n: campaigns"))
    blocks.panels(charts.stage_panels(rows, dark=state.dark), "compare_strengths")
    with blocks.numbers_as_table():
        blocks.table(rows.drop("evidence"), _("Strength of every compared creator at each stage"))


def audiences(shown: Sequence[Candidate], state: PageState) -> None:
    """The audience of every creator by country, on one scale."""
    by_country = [_audience(creator) for creator in shown]
    weights = state.brief.weights
    countries = charts.countries_to_compare(by_country, weights)
    largest = max([*weights.values(), *(share for one in by_country for share in one["audience_share"])])
    st.subheader(_("Where their audiences live"), anchor=False)
    st.caption(_("Part of each audience by country; upright mark: weight in your brief; hatched: unknown"))
    with st.grid(min(3, len(shown)), min_column_width=300, border=True) as grid:
        for creator, audience in zip(shown, by_country, strict=True):
            with grid.cell():
                st.markdown(f"**{literal(display_name(creator))}**")
                blocks.role_badge(creator)
                if audience.is_empty():
                    st.markdown(_("No audience by country is loaded."))
                    continue
                unknown = creator.unknown_share or 0.0
                chart = charts.audience_against_target(
                    audience, weights, unknown, shown=countries, largest=largest, dark=state.dark
                )
                blocks.draw(chart, f"compare_{creator.creator_id}")
                st.caption(literal(creator.role.summary))


def futures(shown: Sequence[Candidate], state: PageState) -> None:
    """The same booking asked of every creator, in dots; and where every number comes from."""
    compared(shown, state)
    origins = [(creator, origin) for creator in shown for part in origins_of(creator, state) for origin in part]
    blocks.where_from([replace(row, figure=f"{display_name(creator)}: {row.figure}") for creator, row in origins])

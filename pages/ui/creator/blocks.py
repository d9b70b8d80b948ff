"""Draw what is known of one creator: audience, strengths, funnel, campaigns."""

from dataclasses import replace
from datetime import date

import polars as pl
import streamlit as st

from fit import charts
from fit.locale import _
from fit.model import IndexExplained, strength_rows
from fit.shortlist import Candidate, audience_age, market_finding, sources_table
from fit.story import profile_address
from fit.text import literal, plain, words
from pages.ui import blocks, provenance, store_access
from pages.ui.creator import index_evidence
from pages.ui.view_link import PageState


def profile(creator: Candidate, state: PageState) -> None:
    """Who the creator is: the photo, where there is one, and in one line handle with a link (sample data link nowhere),
    platform, followers and vertical; nothing without a profile."""
    known = store_access.profile(creator.creator_id)
    handle, platform = known["handle"], known["platform"]
    link = "" if state.is_demo else profile_address(known)
    name = literal(f"@{handle.removeprefix('@')}") if handle else ""
    followers = known["followers"] and _("{count} followers").format(count=words.about(known["followers"]))
    parts = [
        f"[{name}](https://{link})" if link else name,
        literal(words.platform(platform or "")), literal(followers or ""), literal(known["vertical"] or ""),
    ]  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="center"):
        blocks.photos([creator])
        if any(parts):  # no caption: it would fade the link below the contrast that readers need
            st.markdown(f":small[{' · '.join(part for part in parts if part)}]")


def geography_figures(creator: Candidate, state: PageState) -> None:
    """The four figures of Audience geography; the audience is known by country."""
    where, share, unknown = state.brief.words, creator.in_market_share or 0.0, creator.unknown_share or 0.0
    elsewhere = max(0.0, 1 - share - unknown)
    blocks.figures(
        [
            (
                _("In market"),
                words.percent_range(share, creator.in_market_share_upper or 0.0),
                _("Share of the audience in {where}. The upper end counts the unknown part as well.").format(
                    where=where
                ),
            ),
            (
                _("Reached there"),
                words.about(None) if creator.reached_there is None else words.rounded(creator.reached_there),
                _("People in {where} that one {deliverable} reaches, on average").format(
                    where=where, deliverable=plain(creator.deliverable)
                ),
            ),
            (
                _("Elsewhere"),
                words.percent(elsewhere),
                _("Audience in countries outside your markets"),
            ),
            (
                _("Mix overlap"),
                words.percent(creator.target_overlap),
                _("Sum of the smaller of weight and share per market"),
            ),
        ]
    )


def geography_charts(creator: Candidate, state: PageState) -> None:
    """Share as one bar, or each market against its weight where there are several; bars per country, the map."""
    audience = store_access.answer("audience_by_country", creator_id=creator.creator_id)
    total = store_access.answer_row("audience_sources", creator_id=creator.creator_id)["count_total"]
    share, unknown, where = creator.in_market_share or 0.0, creator.unknown_share or 0.0, state.brief.words
    weights = state.brief.weights
    if len(weights) > 1:
        _markets(creator, state, audience, total)
    else:
        blocks.show(charts.audience_split(share, unknown, where, count_total=total, dark=state.dark), "split")
    by_country, on_map = st.tabs([_("All countries"), _("Map")], key="audience_tab", on_change="rerun")
    with by_country:
        chart = charts.audience_against_target(audience, weights, unknown, count_total=total, dark=state.dark)
        blocks.show(chart, "countries")
    if on_map.open:
        with on_map:
            blocks.show(charts.audience_map(audience, weights, dark=state.dark), "map")


def _markets(creator: Candidate, state: PageState, audience: pl.DataFrame, count_total: int | None) -> None:
    """Each market of the brief against its weight, in the brief's order of weight."""
    weights = dict(sorted(state.brief.weights.items(), key=lambda pair: -pair[1]))
    chart = charts.audience_against_target(
        audience, weights, creator.unknown_share or 0.0, shown=list(weights), count_total=count_total, dark=state.dark
    )
    title = market_finding(creator.shares, state.brief)
    blocks.show(replace(chart, title=title, alt=f"{title}."), "markets")


def audience_sources(creator: Candidate, state: PageState) -> None:
    """Which measurement is judged, of what type and date, and which others there are."""
    st.header(_("Sources of this audience"), anchor=False)
    sources = store_access.answer("audience_sources", creator_id=creator.creator_id)
    best = sources.row(0, named=True)
    partial = _(" It lists only its largest countries.") if best["is_top_n"] else ""
    age, listed = audience_age(best["as_of"], date.today()), words.percent(best["coverage"])
    st.markdown(
        _("Source: {source} ({audience_type}), {age}. Covers {listed} of the audience.{partial}").format(
            source=literal(best["source"]), audience_type=best["audience_type"], age=age, listed=listed, partial=partial
        )
    )
    blocks.table(sources_table(sources, date.today()), _("Every measurement of this audience"))
    if sources.height > 1:
        box = blocks.closed_box(_("Every source, country by country"), "table", key="box_sources")
        if box.open:
            with box:
                rows = store_access.answer("audience_of_all_sources", creator_id=creator.creator_id)
                blocks.table(rows, _("Audience by country of every source"))
    blocks.where_from(provenance.share_origins(creator, state.brief, sources))


def strengths(creator: Candidate, explained_by_stage: dict[str, IndexExplained], state: PageState) -> None:
    """The three stage indices on one scale, each over its campaigns."""
    sums = store_access.answer_row("funnel_of_creator", creator_id=creator.creator_id)
    rows = strength_rows("", creator.stages, sums)
    blocks.show(
        charts.stage_intervals(rows, index_evidence.campaign_dots(explained_by_stage), dark=state.dark), "strengths"
    )


def campaigns(creator: Candidate) -> None:
    """Campaign by campaign, and what stands behind each figure."""
    rows = store_access.answer("campaigns_of_creator", creator_id=creator.creator_id)
    if rows.is_empty():
        sentence = _("Load this creator's campaigns, or run a small test that tracks clicks and purchases.")
        blocks.next_step(sentence, "your_data", _("Load campaigns"))
        return
    st.header(_("Campaigns one by one"), anchor=False)
    trials = store_access.answer("campaigns_with_trials", creator_id=creator.creator_id)
    shown = index_evidence.with_rates(rows, trials).drop("campaign_key")
    first_columns = [
        "campaign_id", "market", "date", "platform", "deliverable", "impressions", "engagements", "engagement_rate",
        "clicks", "click_rate", "conversions", "conversion_rate",
    ]  # fmt: skip
    blocks.table(
        shown.select(*first_columns, pl.exclude(first_columns)),
        _("Campaigns one by one"),
        {"conversions": _("Purchases")},
    )
    measured = store_access.answer("evidence_of_creator", creator_id=creator.creator_id)
    blocks.where_from(provenance.stage_origins(creator, measured, rows))

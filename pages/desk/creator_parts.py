"""What is known of one creator? The blocks of the three pages about one creator."""

from datetime import date

import polars as pl
import streamlit as st

from fit import charts, words
from fit.shortlist import Candidate
from pages.desk import answers, origins, parts, sentences
from pages.desk.frame import Desk


def geography_figures(one: Candidate, desk: Desk) -> None:
    """The four figures of Audience geography."""
    where = sentences.markets(desk.brief)
    elsewhere = max(0.0, 1 - one.in_market_share - one.unknown_share)
    parts.figures(
        [
            (
                "In market",
                words.percent_range(one.in_market_share, one.in_market_share_upper),
                f"Share of the whole audience in {where}; the upper end adds the unknown part",
            ),
            ("In-market reach", words.about(one.in_market_reach), "People that one standard deliverable reaches there"),
            ("Lives elsewhere", words.percent(elsewhere), "Listed audience in countries where the brief does not sell"),
            (
                "Overlap with the mix",
                words.percent(one.target_overlap),
                "Sum of the smaller of weight and share per market",
            ),
        ]
    )


def geography_charts(one: Candidate, desk: Desk) -> None:
    """Share as one bar, bars per country, and the map beside them."""
    audience = answers.answer("audience_by_country", creator_id=one.creator_id)
    where = sentences.markets(desk.brief)
    parts.show(charts.audience_split(one.in_market_share, one.unknown_share, where, dark=desk.dark), "split")
    bars, world = st.columns(2, gap="medium")
    with bars:
        weights, unknown = desk.brief.weights, one.unknown_share
        parts.show(charts.audience_against_target(audience, weights, unknown, dark=desk.dark), "countries")
    with world:
        parts.show(charts.audience_map(audience, weights, dark=desk.dark), "map")


def audience_sources(one: Candidate, desk: Desk) -> None:
    """Which measurement is judged, of what type and date, and which others are kept."""
    st.header("Sources of this audience", anchor=False)
    sources = answers.answer("audience_sources", creator_id=one.creator_id)
    best = sources.row(0, named=True)
    partial = " It lists only its largest countries." if best["is_top_n"] else ""
    age, listed = sentences.audience_age(best["as_of"], date.today()), words.percent(best["coverage"])
    st.markdown(
        f"Judged by {words.literal(best['source'])} ({best['audience_type']}), "
        f"{age}, which lists {listed} of the audience.{partial}"
    )
    parts.table(sentences.sources_table(sources, date.today()), "Every measurement of this audience")
    if sources.height > 1:
        with st.expander("Every source, country by country", icon=":material/table:"):
            rows = answers.answer("audience_of_all_sources", creator_id=one.creator_id)
            parts.table(rows, "Audience by country of every source")
    parts.where_from(origins.share_origins(one, desk.brief, sources))


def strengths(one: Candidate, desk: Desk) -> None:
    """The three stage indices on one scale."""
    rows = pl.DataFrame(
        [
            {"creator": "", "stage": stage, "index": s.index, "low": s.low, "high": s.high, "measured": s.measured}
            for stage, s in one.stages.items()
        ]
    )
    parts.show(charts.stage_intervals(rows, dark=desk.dark), "strengths")


def funnel(one: Candidate, desk: Desk) -> None:
    """From impressions to purchases, every count with its rate."""
    sums = answers.answer("funnel_of_creator", creator_id=one.creator_id).row(0, named=True)
    if sums["count_campaigns"]:
        parts.show(charts.funnel(sentences.funnel_steps(sums), dark=desk.dark), "funnel")


def campaigns(one: Candidate, desk: Desk) -> None:
    """Campaign by campaign, what each adds to the indices, and what stands behind each figure."""
    rows = answers.answer("campaigns_of_creator", creator_id=one.creator_id)
    evidence = answers.answer("evidence_of_creator", creator_id=one.creator_id)
    if rows.is_empty():
        sentence = "Load this creator's campaigns, or run a pilot with click and purchase tracking."
        parts.next_step(sentence, "your_data", "Load campaigns")
        return
    st.header("Campaigns one by one", anchor=False)
    shown = (
        rows.drop("campaign_key")
        .with_columns(
            pl.col("market").map_elements(words.market, return_dtype=pl.String),
            engagement_rate=pl.col("engagements") / pl.col("impressions"),
            click_rate=pl.col("clicks") / pl.col("impressions"),
            conversion_rate=pl.col("conversions") / pl.col("clicks"),
        )
        .with_columns(
            pl.col("engagement_rate", "click_rate", "conversion_rate").fill_nan(None).replace(float("inf"), None)
        )
    )
    first = [
        "campaign_id",
        "market",
        "date",
        "platform",
        "deliverable",
        "impressions",
        "engagements",
        "engagement_rate",
        "clicks",
        "click_rate",
        "conversions",
        "conversion_rate",
    ]
    parts.table(shown.select(*first, pl.exclude(first)), "Campaigns one by one", {"conversions": "Purchases"})
    with st.expander("What each campaign adds to the indices", icon=":material/balance:"):
        st.caption(
            "Measured events against what a typical creator would get there; one campaign proves little however big."
        )
        parts.table(
            evidence.with_columns(pl.col("market").map_elements(words.market, return_dtype=pl.String)),
            "Evidence by campaign",
        )
    parts.where_from(origins.stage_origins(one, evidence, rows))


def role(one: Candidate, desk: Desk) -> None:
    """The role in the brief's market, what speaks for and against, and what would change it."""
    parts.role_badge(one)
    speaks_for, against = st.columns(2, border=True)
    with speaks_for:
        _reasons("Speaks for booking", one.role.speaks_for, "Nothing is clearly above typical.")
    with against:
        _reasons("Speaks against", one.role.speaks_against, "Nothing is clearly below typical.")
    st.subheader("What would change this", anchor=False)
    change = one.role.what_would_change.removeprefix("What would change this: ")
    st.markdown(words.literal(change[:1].upper() + change[1:]), width=parts.READING_WIDTH)


def _reasons(title: str, reasons: tuple[str, ...], otherwise: str) -> None:
    st.subheader(title, anchor=False)
    said = [f"- {words.literal(reason[:1].upper() + reason[1:])}" for reason in reasons]
    st.markdown("\n".join(said or [otherwise]))


def natural_role(one: Candidate, desk: Desk) -> None:
    """The role before any market is named, as percent, frequency and dots."""
    natural = answers.natural_role(desk.brief, one.creator_id)
    st.header("Before any market is named", anchor=False)
    st.markdown(words.literal(sentences.natural_words(natural)) + ". It follows from the campaigns alone.")
    parts.show(charts.role_dots(natural["p_conversion"], dark=desk.dark), "role", width=440)
    parts.figures(
        [
            (
                f"Payoff for {goal}",
                "not known" if value is None else words.times(value),
                "In this market; 1 = what the same money buys at market price",
            )
            for goal, value in one.payoff.items()
        ]
    )
    evidence = answers.answer("evidence_of_creator", creator_id=one.creator_id)
    stages = origins.stage_origins(one, evidence, answers.answer("campaigns_of_creator", creator_id=one.creator_id))
    sources = answers.answer("audience_sources", creator_id=one.creator_id)
    parts.where_from(
        [
            *stages,
            origins.role_origin(one, stages),
            *origins.share_origins(one, desk.brief, sources),
            *origins.payoff_origins(one, desk.brief),
        ]
    )

"""Draw the funnel of one creator: totals from impressions to purchases, each rate beside that of similar creators."""

from collections.abc import Mapping

import polars as pl
import streamlit as st

from fit.locale import _, ngettext, phrase
from fit.model import STAGE_TRIALS, IndexExplained
from fit.shortlist import Candidate
from fit.text import words
from pages.ui import blocks, store_access

STEPS = {  # stage to its step, the column of its total, and that of how many campaigns measured it
    "engage": (phrase("Engagements"), "engagements", "count_with_engagements"),
    "click": (phrase("Clicks"), "clicks", "count_with_clicks"),
    "convert": (phrase("Purchases"), "conversions", "count_with_conversions"),
}


def funnel(creator: Candidate, explained_by_stage: Mapping[str, IndexExplained]) -> None:
    """All campaigns together, step by step; nothing without campaigns."""
    sums = store_access.answer_row("funnel_of_creator", creator_id=creator.creator_id)
    if not sums["count_campaigns"]:
        return
    st.header(_("From impressions to purchases"), anchor=False)
    head = [_("Step"), _("Total"), _("Rate"), _("Similar creators"), _("Campaigns")]
    blocks.text_table(head, funnel_rows(sums, explained_by_stage), _("Totals and rates of all campaigns, step by step"))
    st.caption(_("Rates use campaigns that report both figures. Similar creators: on the same campaigns."))
    if "convert" in explained_by_stage and count_without_clicks(explained_by_stage["convert"]):
        more = count_without_clicks(explained_by_stage["convert"])
        sentence = ngettext(
            "The strength in purchases per click also counts {count} campaign without clicks, from its impressions.",
            "The strength in purchases per click also counts {count} campaigns without clicks, from their impressions.",
            more,
        )
        st.caption(sentence.format(count=words.count(more)))


def count_without_clicks(convert: IndexExplained) -> int:
    """Campaigns whose purchases were read from impressions, because clicks were not tracked or were fewer."""
    return convert.campaigns.filter(pl.col("basis") == "impressions").height


def funnel_rows(
    sums: Mapping[str, int | None], explained_by_stage: Mapping[str, IndexExplained]
) -> list[tuple[str, str, str, str, str]]:
    """Step, total, rate with its two counts, the rate of similar creators, and how many campaigns measured it.

    sums: the row of queries/funnel_of_creator.sql.
    """
    rows = [(_("Impressions"), words.count(sums["impressions"]), "", "", words.count(sums["count_campaigns"]))]
    for stage, (step, total, campaigns) in STEPS.items():
        events, trials = sums[f"{stage}_events"], sums[f"{stage}_trials"]
        rate = similar = ""
        if trials:
            rate = _("{rate} of {of}: {events} of {trials}").format(
                rate=words.rate(events, trials), of=_(STAGE_TRIALS[stage]),
                events=words.count(events), trials=words.count(trials),
            )  # fmt: skip
        if trials and stage in explained_by_stage:
            same = explained_by_stage[stage].campaigns.filter(pl.col("basis") == STAGE_TRIALS[stage])
            similar = words.rate(*same.select("expected_events", "count_trials").sum().row(0))
        rows.append((_(step), words.count(sums[total]), rate, similar, words.count(sums[campaigns])))
    return rows

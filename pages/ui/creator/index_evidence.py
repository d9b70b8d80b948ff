"""Explain each index: the campaigns it follows from, and the sum that a reader can compute by hand."""

import polars as pl
import streamlit as st

from fit import locale
from fit.locale import _, phrase
from fit.model import IndexExplained, explain_index
from fit.shortlist import Candidate
from fit.text import literal, plain, words
from pages.ui import blocks, store_access

EVENTS = {"engage": phrase("engagements"), "click": phrase("clicks"), "convert": phrase("purchases")}
COLUMNS = {
    "campaign_id": phrase("Campaign"),
    "count_events": phrase("Measured"),
    "count_trials": phrase("Out of"),
    "own_rate": phrase("Own rate"),
    "benchmark_rate": phrase("Similar creators' rate"),
    "expected_events": phrase("Similar creators get"),
    "geography_factor": phrase("Geography"),
    "in_market_share": phrase("In market"),
    "age_quarters": phrase("Quarters ago"),
    "evidence": phrase("Evidence"),
    "part_that_counts": phrase("Counts"),
    "counted_events": phrase("Measured x part"),
    "counted_expected": phrase("Similar x part"),
    "date": phrase("Date"),
    "market": phrase("Market"),
    "basis": phrase("Out of which"),
    "platform": phrase("Platform"),
    "deliverable": phrase("Deliverable"),
}


def explained_indices(creator: Candidate) -> dict[str, IndexExplained]:
    """Every measured stage, from its campaigns to the index."""
    evidence = store_access.answer("evidence_of_creator", creator_id=creator.creator_id)
    facts = store_access.field_facts()
    return {
        stage: explain_index(evidence.filter(pl.col("stage") == stage), strength.index, facts[f"tau_{stage}"])
        for stage, strength in creator.stages.items()
        if strength.measured
    }


def with_rates(campaigns: pl.DataFrame, trials: pl.DataFrame) -> pl.DataFrame:
    """Campaigns with their markets by name and their rates (0 to 1, null where not measured), in the order given.

    campaigns: queries/campaigns_of_creator.sql; trials: queries/campaigns_with_trials.sql. A rate is its own events
    over its own trials, so that it agrees with the evidence and the funnel.
    """
    rates = {
        name: pl.when(pl.col(f"{stage}_trials") > 0).then(pl.col(f"{stage}_events") / pl.col(f"{stage}_trials"))
        for name, stage in (("engagement_rate", "engage"), ("click_rate", "click"), ("conversion_rate", "convert"))
    }
    return campaigns.with_columns(pl.col("market").map_elements(words.market, return_dtype=pl.String)).join(
        trials.select("campaign_key", **rates), on="campaign_key", how="left", maintain_order="left"
    )


def campaign_dots(explained_by_stage: dict[str, IndexExplained]) -> pl.DataFrame:
    """The index of each campaign alone, for the chart of the strengths: stage, own_index, said."""
    rows = [
        {"stage": stage, "own_index": row["own_index"], "said": dot_words(stage, row)}
        for stage, explained in explained_by_stage.items()
        for row in explained.campaigns.iter_rows(named=True)
    ]
    return pl.DataFrame(rows, schema={"stage": pl.String, "own_index": pl.Float64, "said": pl.String})


def dot_words(stage: str, row: store_access.Row) -> str:
    """One campaign: its name, what was measured, what a typical creator gets there."""
    counts = _("{count} {events}, similar creators {typical}").format(
        count=words.count(row["count_events"]), events=_(EVENTS[stage]), typical=words.about(row["expected_events"])
    )
    return f"{plain(row['campaign_id'])}: {words.index(row['own_index'])} ({counts})"


def drawer(creator: Candidate, explained_by_stage: dict[str, IndexExplained]) -> None:
    """For each stage the campaigns that count, what each adds, and the sum by hand."""
    if not explained_by_stage:
        return
    st.header(_("How each index is computed"), anchor=False)
    facts = store_access.field_facts()
    for stage, explained in explained_by_stage.items():
        strength = creator.stages[stage]
        label = _("{stage}: {index} from {campaigns}").format(
            stage=words.capitalized(words.stage(stage)),
            index=words.index(strength.index),
            campaigns=words.counted(strength.count_campaigns, "campaign", "campaigns"),
        )
        box = blocks.closed_box(label, "balance", key=f"box_index_{stage}")
        if not box.open:
            continue
        with box:
            st.markdown(literal(why_so_little(stage, explained, facts[f"k_{stage}"])), width=blocks.READING_WIDTH)
            _campaigns(stage, explained)
            st.caption(
                _(
                    "Similar creators: on the same platform, format, topic and market, with this audience. Counts: "
                    "how much of the campaign is used."
                )
            )
            st.markdown(_("**The sum, step by step**"))
            st.dataframe(
                steps(stage, explained, strength.index), hide_index=True,
                column_config={"step": _("Step"), "figure": _("Figure")},
                alt=_("How the index of {stage} is computed from the sums above").format(stage=words.stage(stage)),
            )  # fmt: skip
            st.caption(_("docs/method.md explains each step with an example."))


def why_so_little(stage: str, explained: IndexExplained, cap: float) -> str:
    """Why one big campaign adds little, with the numbers of the biggest one."""
    rows = explained.campaigns.sort("count_trials", "campaign_id", descending=[True, False])
    biggest = rows.row(0, named=True)
    measured, adds = f"{words.count(biggest['count_events'])} {_(EVENTS[stage])}", words.about(biggest["evidence"])
    return _(
        "The biggest campaign ({campaign}) brought {measured} and counts as {adds}. We cap the weight of "
        "any single campaign at {cap}, and older ones count less."
    ).format(campaign=plain(biggest["campaign_id"]), measured=measured, adds=adds, cap=words.about(cap))


def _campaigns(stage: str, explained: IndexExplained) -> None:
    rows = explained.campaigns.with_columns(
        pl.col("market").map_elements(words.market, return_dtype=pl.String), pl.col("age_quarters").cast(pl.Int64)
    )
    shown = rows.select(list(COLUMNS)).with_columns(part_that_counts_share=pl.col("part_that_counts"))
    shown = shown.select([f"{name}_share" if name == "part_that_counts" else name for name in COLUMNS])
    labels = locale.labels(COLUMNS | {"part_that_counts_share": COLUMNS["part_that_counts"]})
    blocks.table(shown, _("Campaigns behind the index of {stage}").format(stage=words.stage(stage)), labels)


def steps(stage: str, explained: IndexExplained, index: float) -> pl.DataFrame:
    """The sum in steps: step and figure, as text."""
    campaigns, events = explained.campaigns, _(EVENTS[stage])
    sums = [sum(campaigns[name].to_list()) for name in ("count_events", "expected_events", "evidence")]
    measured, typical, evidence = sums
    prior = explained.prior_events
    above, below = (words.about(prior + counted) for counted in (explained.counted_events, explained.counted_expected))
    both = _("{first} and {last}")
    rows = [
        (
            _("{events} measured, and what similar creators get there").format(events=events),
            both.format(first=words.count(measured), last=words.about(typical)),
        ),
        (
            _("how many of them count, after the cap and the age"),
            _("{count} events").format(count=words.about(evidence)),
        ),
        (
            _("measured x part and similar x part, summed"),
            both.format(first=words.about(explained.counted_events), last=words.about(explained.counted_expected)),
        ),
        (_("start: events of a similar creator that everyone starts with"), words.about(prior)),
        (
            _("100 x (start + measured x part) / (start + similar x part)"),
            f"100 x {above} / {below} = {words.index(explained.index)}",
        ),
        (_("index shown: all three stages read together, without rounding"), words.index(index)),
    ]
    return pl.DataFrame(rows, schema=["step", "figure"], orient="row")

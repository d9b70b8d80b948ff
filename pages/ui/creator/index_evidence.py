"""From which campaigns does each index follow, and how could a reader compute it by hand?"""

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
    "own_rate": phrase("Its rate"),
    "benchmark_rate": phrase("Typical rate"),
    "expected_events": phrase("Typical gets"),
    "geography_factor": phrase("Geography"),
    "in_market_share": phrase("In market"),
    "age_quarters": phrase("Quarters ago"),
    "evidence": phrase("Evidence"),
    "part_that_counts": phrase("Counts"),
    "counted_events": phrase("Measured x part"),
    "counted_expected": phrase("Typical x part"),
    "date": phrase("Date"),
    "market": phrase("Market"),
    "basis": phrase("Out of which"),
    "platform": phrase("Platform"),
    "deliverable": phrase("Deliverable"),
}


def followed(one: Candidate) -> dict[str, IndexExplained]:
    """Every measured stage, from its campaigns to the index."""
    evidence, facts = store_access.answer("evidence_of_creator", creator_id=one.creator_id), store_access.field_facts()
    return {
        stage: explain_index(evidence.filter(pl.col("stage") == stage), own.index, facts[f"tau_{stage}"])
        for stage, own in one.stages.items()
        if own.measured
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


def campaign_dots(found: dict[str, IndexExplained]) -> pl.DataFrame:
    """What each campaign says alone, for the chart of the strengths: stage, own_index, said."""
    rows = [
        {"stage": stage, "own_index": row["own_index"], "said": dot_words(stage, row)}
        for stage, hand in found.items()
        for row in hand.campaigns.iter_rows(named=True)
    ]
    return pl.DataFrame(rows, schema={"stage": pl.String, "own_index": pl.Float64, "said": pl.String})


def dot_words(stage: str, row: dict[str, object]) -> str:
    """One campaign: its name, what was measured, what a typical creator gets there."""
    got = _("{count} {events}, typical {typical}").format(
        count=words.count(row["count_events"]), events=_(EVENTS[stage]), typical=words.about(row["expected_events"])
    )
    return f"{plain(row['campaign_id'])}: {words.index(row['own_index'])} ({got})"


def drawer(one: Candidate, found: dict[str, IndexExplained]) -> None:
    """For each stage the campaigns that count, what each adds, and the sum by hand."""
    if not found:
        return
    st.header(_("How each index follows from the campaigns"), anchor=False)
    facts = store_access.field_facts()
    for stage, hand in found.items():
        own = one.stages[stage]
        label = _("{stage}: {index} from {campaigns}").format(
            stage=words.capitalized(words.stage(stage)),
            index=words.index(own.index),
            campaigns=words.counted(own.count_campaigns, "campaign", "campaigns"),
        )
        with st.expander(label, icon=":material/balance:"):
            st.markdown(literal(why_so_little(stage, hand, facts[f"k_{stage}"])), width=blocks.READING_WIDTH)
            _campaigns(stage, hand)
            st.caption(
                _(
                    "Typical: what the benchmark gives a typical creator there, geography included. Counts: the part "
                    "of the campaign that its evidence stands for."
                )
            )
            st.markdown(_("**From here the index follows by hand**"))
            st.dataframe(
                steps(stage, hand, own.index), hide_index=True,
                column_config={"step": _("Step"), "figure": _("Figure")},
                alt=_("How the index of {stage} is computed from the sums above").format(stage=words.stage(stage)),
            )  # fmt: skip
            st.caption(
                _("docs/method.md tells the same in words: 1 benchmark, 2 geography, 3 strength, with an example.")
            )


def why_so_little(stage: str, hand: IndexExplained, cap: float) -> str:
    """Why one big campaign adds little, with the numbers of the biggest one."""
    rows = hand.campaigns.sort("count_trials", "campaign_id", descending=[True, False])
    big = rows.row(0, named=True)
    measured, adds = f"{words.count(big['count_events'])} {_(EVENTS[stage])}", words.about(big["evidence"])
    return _(
        "The biggest campaign ({campaign}) brought {measured} and adds {adds} events of evidence: one "
        "campaign proves at most {cap}, however big, because a creator's next one differs from the last by "
        "more than counting luck, and less the older it is."
    ).format(campaign=plain(big["campaign_id"]), measured=measured, adds=adds, cap=words.about(cap))


def _campaigns(stage: str, hand: IndexExplained) -> None:
    rows = hand.campaigns.with_columns(
        pl.col("market").map_elements(words.market, return_dtype=pl.String), pl.col("age_quarters").cast(pl.Int64)
    )
    shown = rows.select(list(COLUMNS)).with_columns(part_that_counts_share=pl.col("part_that_counts"))
    shown = shown.select([f"{c}_share" if c == "part_that_counts" else c for c in COLUMNS])
    labels = locale.labels(COLUMNS | {"part_that_counts_share": COLUMNS["part_that_counts"]})
    blocks.table(shown, _("Campaigns behind the index of {stage}").format(stage=words.stage(stage)), labels)


def steps(stage: str, hand: IndexExplained, index: float) -> pl.DataFrame:
    """The sum in steps: step and figure, as text."""
    rows, events = hand.campaigns, _(EVENTS[stage])
    measured, typical, evidence = (
        sum(rows[name].to_list()) for name in ("count_events", "expected_events", "evidence")
    )
    top, below = hand.prior_events + hand.counted_events, hand.prior_events + hand.counted_expected
    both = _("{first} and {last}")
    found = [
        (
            _("{events} measured in all, and what a typical creator gets there").format(events=events),
            both.format(first=words.count(measured), last=words.about(typical)),
        ),
        (
            _("evidence: how many of them count, the cap and the age taken off"),
            _("{count} events").format(count=words.about(evidence)),
        ),
        (
            _("measured x part, and typical x part, summed"),
            both.format(first=words.about(hand.counted_events), last=words.about(hand.counted_expected)),
        ),
        (_("prior: a typical creator's events that everybody starts with"), words.about(hand.prior_events)),
        (
            _("100 x (prior + measured x part) / (prior + typical x part)"),
            f"100 x {words.about(top)} / {words.about(below)} = {words.index(hand.index)}",
        ),
        (_("index shown: the three stages read together, and exact instead of rounded steps"), words.index(index)),
    ]
    return pl.DataFrame(found, schema=["step", "figure"], orient="row")

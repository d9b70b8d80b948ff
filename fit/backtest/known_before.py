"""Judge a field from what was known before a day: campaigns that had ended, audiences that had been measured.

Profiles (followers, home country) are today's: files rarely say since when they hold. An audience without a date counts
as measured before everything else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from fit.ask import Ask
from fit.forecast import StoredBasis
from fit.model import VIEWS, judge_field

LEVELS = ("platform", "deliverable", "vertical", "market", "tier", "paid", "date")
MEASUREMENT = ("creator_id", "as_of", "unknown_ppm", "smallest_ppm", "is_top_n")


@dataclass(frozen=True)
class Facts:
    """The tables that a field is judged from, as judge_field() names them.

    campaigns: beside those columns campaign_id, engagements, clicks and end_date (null: one day). audience_history:
    None where audiences were measured once.
    """

    creators: pl.DataFrame
    campaigns: pl.DataFrame
    audience: pl.DataFrame
    audience_sets: pl.DataFrame
    audience_history: pl.DataFrame | None = None

    def before(self, day: date) -> Facts:
        """What was known on the evening before a day."""
        ended = pl.coalesce("end_date", "date") < day
        return replace(self, campaigns=self.campaigns.filter(ended), **self._audiences_before(day))

    def _audiences_before(self, day: date) -> dict[str, pl.DataFrame]:
        """Each creator's newest audience that was measured before a day, and the earlier ones of the same source."""
        if "as_of" not in self.audience_sets.columns:
            return {}
        now = self.audience.join(self.audience_sets.select(MEASUREMENT), on="creator_id", how="left")
        columns = [*MEASUREMENT, "country", "ppm"]
        history = [] if self.audience_history is None else [self.audience_history.select(columns)]
        every = pl.concat([now.select(columns), *history], how="vertical_relaxed")
        known = every.filter(pl.col("as_of").is_null() | (pl.col("as_of") < day)).with_columns(
            newest=pl.col("as_of").max().over("creator_id")
        )
        is_newest = pl.col("as_of").eq_missing(pl.col("newest"))
        best = known.filter(is_newest).sort("creator_id", "country")
        return {
            "audience": best.select("creator_id", "country", "ppm"),
            "audience_sets": best.select(MEASUREMENT).unique("creator_id", keep="first", maintain_order=True),
            "audience_history": known.filter(~is_newest).select(columns).sort("creator_id", "as_of", "country"),
        }


def read_facts(ask: Ask) -> Facts:
    """Read the tables that the generation that answers was judged from."""
    campaigns = ask("judge_campaigns").join(ask("campaign_ends"), on="campaign_key", how="left", maintain_order="left")
    return Facts(
        ask("judge_creators", creators=None),
        # What only a part of a campaign's lines measured is no result of the whole campaign.
        campaigns.with_columns(
            engagements=pl.when(pl.col("engage_trials") == pl.col("impressions")).then("engage_events"),
            clicks=pl.when(pl.col("click_trials") == pl.col("impressions")).then("click_events"),
        ),
        ask("judge_audience", creators=None),
        ask("judge_audience_sets", creators=None),
        ask("judge_audience_history"),
    )


def judged(facts: Facts) -> StoredBasis:
    """What a generation of the store would hold that knows these facts and no others."""
    judgement, basis = judge_field(
        facts.creators, facts.campaigns, facts.audience, facts.audience_sets, facts.audience_history
    )
    tables = {name: frame for name, frame in vars(judgement).items() if name != "stage_evidence"}
    return StoredBasis(
        creators=facts.creators,
        audience=facts.audience,
        audience_sets=facts.audience_sets,
        **tables,
        **vars(basis),
        measured_levels=_measured_levels(facts, judgement.stage_evidence),
        own_order_values=_own_order_values(facts.campaigns),
    )


def _own_order_values(campaigns: pl.DataFrame) -> pl.DataFrame:
    """What queries/own_order_values.sql answers of campaigns."""
    log_value = (pl.col("revenue").cast(pl.Float64) / pl.col("conversions")).log()
    is_priced = (pl.col("revenue") > 0) & (pl.col("conversions") > 0) & pl.col("currency").is_not_null()
    return (
        campaigns.filter(is_priced)
        .group_by("creator_id", "currency")
        .agg(
            count_campaigns=pl.len().cast(pl.Int32),
            log_mean=log_value.mean(),
            log_squares=((log_value - log_value.mean()) ** 2).sum(),
        )
        .sort("creator_id", "currency")
    )


def _measured_levels(facts: Facts, evidence: pl.DataFrame) -> pl.DataFrame:
    """What queries/measured_levels.sql answers: the levels of each campaign and stage that it measured."""
    profiles = facts.creators.select(
        "creator_id", "tier", "followers", own_platform="platform", own_vertical="vertical"
    )
    campaigns = facts.campaigns.join(profiles, on="creator_id", how="inner").with_columns(
        platform=pl.coalesce("platform", "own_platform"), vertical=pl.coalesce("vertical", "own_vertical")
    )
    is_sized = pl.col("followers").is_null() | (pl.col("followers") > 0)
    is_view = (pl.col("impressions") > 0) & is_sized & ~pl.col("paid")
    views = campaigns.filter(is_view).select("campaign_key", stage=pl.lit(VIEWS))
    stages = evidence.select("campaign_key", stage=pl.col("stage").cast(pl.String))
    keys: Sequence[str] = ("stage", "creator_id", "campaign_key")
    return pl.concat([stages, views]).join(campaigns, on="campaign_key", how="inner").select(*keys, *LEVELS).sort(keys)

"""Select the campaigns that measured a stage, with their trials and events.

Blank is not measured, never zero. Zero impressions teach nothing. A rate above 100 % cannot be: more conversions than
clicks means that clicks were missed, so the conversions are then read per impression.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import cast

import numpy as np
import polars as pl

from fit.model import benchmark as bench
from fit.model.effects import Factor
from fit.model.geography import NOT_STATED, audience_mix, homes, market_shares, typical_home_share, with_unlisted
from fit.model.nearest_audience import nearest_audience

# Trials and events of each stage's rate: sums over the report lines that measured both.
TRIALS = {
    "engage_trials": ("impressions", "engagements"),
    "engage_events": ("engagements", "impressions"),
    "click_trials": ("impressions", "clicks"),
    "click_events": ("clicks", "impressions"),
    "convert_trials": ("clicks", "conversions"),
    "convert_events": ("conversions", "clicks"),
}
# What judging reads of a campaign; the rest would only fill memory.
READ = (
    "campaign_key",
    "creator_id",
    "market",
    "date",
    "platform",
    "vertical",
    "deliverable",
    "count_deliverables",
    "impressions",
    "reach",
    "conversions",
    *TRIALS,
    "revenue",
    "cost",
    "currency",
    "paid",
)
PAIRS_AT_ONCE = 1_000_000  # creators x markets whose shares are worked out together, so that memory stays bounded
NOT_STATED_VARIANCE = 0.3**2  # of a log rate when the report names no market


@dataclass(frozen=True)
class Measured:
    """The campaigns that measured one stage, sorted by creator.

    rows: int index into the arranged campaigns; by_clicks: the trials are clicks, else impressions; count_trials,
    count_events: as reported; trials: floats, the same except where conversions are read per impression (then the
    clicks to expect); share, low, high: audience in the campaign's market; open_variance: of the log rate, for what
    the report does not say.
    """

    name: str
    rows: np.ndarray
    by_clicks: np.ndarray
    count_trials: np.ndarray
    count_events: np.ndarray
    trials: np.ndarray
    creator: np.ndarray
    age: np.ndarray
    share: np.ndarray
    low: np.ndarray
    high: np.ndarray
    open_variance: np.ndarray
    factors: tuple[Factor, ...]
    band: bench.Band

    def take(self, chosen: np.ndarray) -> Measured:
        """Return some of the campaigns."""
        arrays = {name: value[chosen] for name, value in vars(self).items() if isinstance(value, np.ndarray)}
        return replace(self, **arrays, factors=tuple(factor.take(chosen) for factor in self.factors))

    def after_judging(self) -> Measured:
        """Let go of what only the judging needed: of a million creators it is half a gigabyte."""
        empty = np.zeros(0)
        return replace(self, trials=empty, low=empty, high=empty, open_variance=empty)


@dataclass(frozen=True)
class FieldContext:
    """What a part of a field must be read with: mix and s0 of its audiences, "now" and the benchmark's levels.

    mix, typical_share: audience_mix() and typical_home_share(); newest_quarter: None without a campaign; levels:
    factor to its levels, in the order of their codes.
    """

    mix: pl.DataFrame
    typical_share: float
    newest_quarter: int | None
    levels: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Arranged:
    """A field's campaigns, sorted by creator and campaign key.

    table: the columns of campaigns, with creator (int index), followers, quarter, age (quarters before the newest
    campaign) and share, low, high of the campaign's market; factors: its benchmark levels; mix, typical_share:
    audience_mix() and s0 of the field.
    """

    table: pl.DataFrame
    factors: tuple[Factor, ...]
    mix: pl.DataFrame
    typical_share: float

    @property
    def context(self) -> FieldContext:
        """What parts of this field are read with."""
        newest = cast(int | None, self.table["quarter"].max())
        return FieldContext(self.mix, self.typical_share, newest, {f.name: f.levels for f in self.factors})

    def counts(self, name: str) -> np.ndarray:
        """A count as int64, -1 where it was not measured."""
        return self.table[name].cast(pl.Int64).fill_null(-1).to_numpy()

    def after_judging(self) -> Arranged:
        """Let go of the counts that only the stages read."""
        return replace(self, table=self.table.drop(TRIALS))

    def floats(self, name: str) -> np.ndarray:
        """A column as floats."""
        return self.table[name].cast(pl.Float64).to_numpy()


def arrange(
    creators: pl.DataFrame,
    campaigns: pl.DataFrame,
    audience: pl.DataFrame,
    audience_sets: pl.DataFrame,
    audience_history: pl.DataFrame | None = None,
    field: FieldContext | None = None,
) -> Arranged:
    """Sort campaigns by creator and key, and add creator, quarter and in-market share to each.

    creators: sorted by creator_id; a campaign's platform and vertical default to the creator's. audience_history:
    queries/judge_audience_history.sql; each campaign is read with the audience that was measured nearest to it.
    field: what these creators are read with where they are a part of a larger field; None: they are the field.
    """
    joined = _by_creator(creators, with_trials(campaigns).select(READ))
    homes_of = homes(creators, audience)
    if field is None:
        mix, typical_share = audience_mix(homes_of, audience), typical_home_share(homes_of, audience)
    else:
        mix, typical_share = field.mix, field.typical_share
    measured = joined.select("creator_id", "market", "date")
    if audience_history is not None and audience_history.height:
        measured, homes_of, audience, audience_sets = nearest_audience(
            measured, homes_of, audience, audience_sets, audience_history
        )
    audience_sets = with_unlisted(audience_sets, homes_of, audience, mix, typical_share)
    pairs = measured.select("creator_id", "market").unique(maintain_order=True)
    shares = pl.concat(
        market_shares(part, homes_of, audience, audience_sets, mix, typical_share)
        for part in (pairs.iter_slices(PAIRS_AT_ONCE) if pairs.height else [pairs])
    )
    of_campaign = measured.join(shares, on=["creator_id", "market"], how="left", maintain_order="left")
    quarter = quarter_of(pl.col("date"))
    now = quarter.max() if field is None else pl.lit(field.newest_quarter, pl.Int64)
    table = joined.with_columns(
        of_campaign.select("share", "low", "high"), quarter=quarter, age=(now - quarter).cast(pl.Float64)
    ).drop("date")
    factors = bench.factors_of(table, field.levels if field else None)
    return Arranged(table.drop("vertical", "tier"), factors, mix, typical_share)


def _by_creator(creators: pl.DataFrame, campaigns: pl.DataFrame) -> pl.DataFrame:
    """Select campaigns of known creators, with columns of the profile, sorted by creator and key.

    A store hands them over in that order; then nothing is copied, which of a million creators would be two gigabytes.
    """
    profiles = creators.select(
        "creator_id", "followers", "tier", profile_platform="platform", profile_vertical="vertical"
    ).with_row_index("creator")
    profile = campaigns.select("creator_id").join(profiles, on="creator_id", how="left", maintain_order="left")
    creator, key = profile["creator"].cast(pl.Int64).fill_null(-1).to_numpy(), campaigns["campaign_key"].to_numpy()
    later = (creator[1:] > creator[:-1]) | ((creator[1:] == creator[:-1]) & (key[1:] >= key[:-1]))
    if not (later.all() and (creator >= 0).all()):
        order = np.lexsort((key, creator))
        order = order[creator[order] >= 0]
        campaigns, profile = campaigns[order], profile[order]
    return campaigns.with_columns(
        creator=profile["creator"].cast(pl.Int64),
        followers=profile["followers"],
        tier=profile["tier"],
        platform=pl.coalesce("platform", profile["profile_platform"]),
        vertical=pl.coalesce("vertical", profile["profile_vertical"]),
    )


def with_trials(campaigns: pl.DataFrame) -> pl.DataFrame:
    """Add trials and events where a frame of campaigns of one report line each does not state them."""
    return campaigns.with_columns(
        pl.when(pl.col(other).is_not_null()).then(pl.col(count)).alias(name)
        for name, (count, other) in TRIALS.items()
        if name not in campaigns.columns
    )


def quarter_of(date: pl.Expr) -> pl.Expr:
    """Number the quarters of all years: year x 4 + quarter - 1."""
    return date.dt.year().cast(pl.Int64) * 4 + date.dt.quarter().cast(pl.Int64) - 1


def measured_engage(arranged: Arranged) -> Measured:
    """Select campaigns that measured engagements of impressions."""
    impressions, engagements = arranged.counts("engage_trials"), arranged.counts("engage_events")
    rows = np.flatnonzero((impressions > 0) & (engagements >= 0) & (engagements <= impressions))
    return _measured("engage", arranged, rows, impressions, engagements, bench.ENGAGE_BAND)


def measured_click(arranged: Arranged) -> Measured:
    """Select campaigns that measured clicks of impressions."""
    impressions, clicks = arranged.counts("click_trials"), arranged.counts("click_events")
    rows = np.flatnonzero((impressions > 0) & (clicks >= 0) & (clicks <= impressions))
    return _measured("click", arranged, rows, impressions, clicks, bench.CLICK_BAND)


def measured_convert(arranged: Arranged, click_rate: np.ndarray, click_variance: np.ndarray) -> Measured:
    """Select campaigns that measured conversions of clicks.

    Conversions are read of impressions where clicks were not tracked, or are fewer than the conversions.

    click_rate: clicks per impression to expect of every campaign of the field, its creator's strength included;
    click_variance: how unsure the log of it is. They turn impressions into the clicks that probably were.
    """
    clicks, converted = arranged.counts("convert_trials"), arranged.counts("convert_events")
    impressions, conversions = arranged.counts("impressions"), arranged.counts("conversions")
    by_clicks = (clicks > 0) & (converted >= 0) & (converted <= clicks)
    by_impressions = (impressions > 0) & (conversions >= 0) & (conversions <= impressions)
    by_impressions &= (clicks < 0) | (conversions > clicks)
    rows = np.flatnonzero(by_clicks | by_impressions)
    trials, events = np.where(by_clicks, clicks, impressions), np.where(by_clicks, converted, conversions)
    measured = _measured("convert", arranged, rows, trials, events, bench.CONVERT_BAND)
    rate = np.where(by_clicks, 1.0, np.clip(click_rate, 1e-9, 1.0))[rows]
    unsure = np.where(by_clicks, 0.0, click_variance)[rows]
    by_source = replace(measured, by_clicks=by_clicks[rows], trials=measured.trials * rate)
    return replace(by_source, open_variance=measured.open_variance + unsure)


def _measured(
    name: str, arranged: Arranged, rows: np.ndarray, trials: np.ndarray, events: np.ndarray, band: bench.Band
) -> Measured:
    """Gather what a stage needs of its campaigns."""
    not_stated = (arranged.table["market"] == NOT_STATED).to_numpy()[rows]
    return Measured(
        name=name,
        rows=rows,
        by_clicks=np.zeros(len(rows), bool),
        count_trials=trials[rows],
        count_events=events[rows],
        trials=trials[rows].astype(float),
        creator=arranged.counts("creator")[rows],
        age=arranged.floats("age")[rows],
        share=arranged.floats("share")[rows],
        low=arranged.floats("low")[rows],
        high=arranged.floats("high")[rows],
        open_variance=np.where(not_stated, NOT_STATED_VARIANCE, 0.0),
        factors=tuple(factor.take(rows) for factor in arranged.factors),
        band=band,
    )

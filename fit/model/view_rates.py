"""Fit view rates and frequencies: impressions per follower and deliverable, and impressions per person.

log(impressions / (followers x deliverables)) = level + platform + deliverable + creator + campaign, levels and creators
as random effects: what a creator adds is shrunk towards 0 by how little was seen of it. Rows of an ad account are left
out: they were bought, not viewed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import cast

import numpy as np
import polars as pl

from fit.model.deliverables import VIEWS_TO_POST
from fit.model.effects import Effects, Factor, Guess, expected_squares, fit_effects, normal_score
from fit.model.strength import sample

USUAL_RATE = 0.25  # impressions of one post per follower, until the first campaign is loaded
RATE_SD = 0.7  # of the log of that guess: a factor of two either way
# Spread (sd of a log effect) of a factor's levels before any campaign is seen, and what is usual of a kind.
SPREADS = {"platform": 0.4, "deliverable": 0.4}
USUAL = {"deliverable": {kind: float(np.log(ratio)) for kind, ratio in VIEWS_TO_POST.items()}}
CREATOR_VARIANCE, CREATOR_VARIANCE_PRIOR = 0.25, 4  # of a creator's log view rate; creators that this guess counts for
CAMPAIGN_VARIANCE, CAMPAIGN_VARIANCE_PRIOR = 0.2, 5  # from campaign to campaign; campaigns that this guess counts for
ANY_SIZE_SD = 20.0  # of the log size of a creator without followers: anything
LOG_RATE_LIMIT = 12.0  # beyond e^12 views a follower one of the two counts is a typing error
EM_PASSES = 12

USUAL_FREQUENCY, FREQUENCY_SD, FREQUENCY_PRIOR = 1.25, 0.2, 5  # impressions per person; log sd; campaigns it counts for
# Several deliverables meet the same people: impressions per person grow with count^overlap. 0 is a plain sum of their
# reach, 1 that of the largest alone; before any campaign of several has reported its reach, all in between is likely.
OVERLAP, OVERLAP_SD = 0.5, 0.3
REACH_LIMIT_PART = 0.99  # of campaigns, whose reach says how many people beside the followers can be reached
OWN_FREQUENCY_PRIOR = 2  # campaigns with reach before a creator's own frequency outweighs the field's

STANDARD = "post"  # the standard deliverable of a creator without campaigns


@dataclass(frozen=True)
class Views:
    """The view rates of a field: level, log effects by platform and by deliverable, and each creator's own.

    levels: factor to its levels in order; effects: as fitted, base and levels with their errors. creator_mean,
    creator_variance: one per creator, log; creator_sd (tau) and campaign_sd: of logs. implied_followers: one per
    creator, how many followers would make the views of its campaigns usual, where the real number is not known; NaN
    elsewhere.
    """

    levels: dict[str, tuple[str, ...]]
    effects: Effects
    creator_mean: np.ndarray
    creator_variance: np.ndarray
    creator_sd: float
    campaign_sd: float
    implied_followers: np.ndarray

    @property
    def level(self) -> float:
        """Log impressions per follower and deliverable of a typical creator's median post."""
        return self.effects.base

    def of(self, factor: str) -> dict[str, float]:
        """The log effect of each level of a factor that the field has seen."""
        return dict(zip(self.levels[factor], self.effects.log_effects[factor][:-1].tolist(), strict=True))

    def log_rate(self, platform: pl.Series, deliverable: pl.Series) -> np.ndarray:
        """Log of expected impressions per follower and deliverable for a typical creator."""
        typical = self.level + self.campaign_sd**2 / 2
        of_kind = looked_up(USUAL["deliverable"] | self.of("deliverable"), deliverable)
        return typical + looked_up(self.of("platform"), platform) + of_kind


def view_rows(campaigns: pl.DataFrame) -> pl.DataFrame:
    """Select the campaigns that inform about view rates: impressions and followers known, not bought."""
    log_rate = _log_impressions() - pl.col("followers").log()
    return campaigns.filter((pl.col("followers") > 0) & _is_viewed()).select(
        "creator", "platform", "deliverable", "impressions", log_rate=log_rate.clip(-LOG_RATE_LIMIT, LOG_RATE_LIMIT)
    )


def unsized_rows(campaigns: pl.DataFrame) -> pl.DataFrame:
    """Select the campaigns with views of creators whose followers are not known: log_impressions of one deliverable."""
    return campaigns.filter(pl.col("followers").is_null() & _is_viewed()).select(
        "creator", "platform", "deliverable", "impressions", log_impressions=_log_impressions()
    )


def _is_viewed() -> pl.Expr:
    return (pl.col("impressions") > 0) & ~pl.col("paid")


def _log_impressions() -> pl.Expr:
    """Log impressions of one deliverable."""
    return pl.col("impressions").log() - pl.col("count_deliverables").fill_null(1).cast(pl.Float64).log()


def learn_views(campaigns: pl.DataFrame) -> Views:
    """Learn effects and spreads on a sample of whole creators; the creators' own parts are left empty.

    campaigns: creator (int index), platform, deliverable, impressions, followers, count_deliverables, paid.
    """
    rows, unsized = (
        found.filter(pl.Series(sample(found["creator"].to_numpy()), dtype=pl.Boolean))
        for found in (view_rows(campaigns), unsized_rows(campaigns))
    )
    return _learn(rows, unsized)


def views_of_creators(views: Views, campaigns: pl.DataFrame, count_creators: int) -> Views:
    """Work out each creator's own part; views: learn_views() of the field that these creators are a part of.

    Of a creator whose followers are not known, views say how many would make them usual: the mean over its campaigns,
    as sure as they are many.
    """
    rows = view_rows(campaigns)
    off = rows["log_rate"].to_numpy() - views.log_rate(rows["platform"], rows["deliverable"]) + views.campaign_sd**2 / 2
    creator = rows["creator"].to_numpy()
    counts = np.bincount(creator, minlength=count_creators).astype(float)
    noise = views.campaign_sd**2
    variance = 1 / (counts / noise + 1 / views.creator_sd**2)
    mean = np.bincount(creator, off, count_creators) * variance / noise
    unsized = unsized_rows(campaigns)
    usual = views.log_rate(unsized["platform"], unsized["deliverable"]) - noise / 2
    size, creator = unsized["log_impressions"].to_numpy() - usual, unsized["creator"].to_numpy()
    viewed = np.bincount(creator, minlength=count_creators)
    with np.errstate(invalid="ignore", divide="ignore"):
        implied = np.exp(np.bincount(creator, size, count_creators) / viewed)
        variance = np.where(viewed > 0, noise / viewed, variance)
    return replace(views, creator_mean=mean, creator_variance=variance, implied_followers=implied)


def with_implied_followers(campaigns: pl.DataFrame, views: Views) -> pl.DataFrame:
    """Campaigns with the followers of their creators, implied ones where the real number is not known."""
    implied = pl.Series(views.implied_followers[campaigns["creator"].to_numpy()]).fill_nan(None)
    return campaigns.with_columns(followers=pl.col("followers").cast(pl.Float64).fill_null(implied))


def coded_factors(rows: pl.DataFrame, names: Iterable[str]) -> tuple[Factor, ...]:
    """Code columns of campaigns, such as platform and deliverable, as factors with one level a campaign."""
    coded = ((name, *codes_of(rows[name])) for name in names)
    return tuple(Factor(name, tuple(levels), codes[:, None]) for name, levels, codes in coded)


def looked_up(effects: Mapping[str, float], values: pl.Series) -> np.ndarray:
    """The log effect of each value; 0 where nothing is known of it."""
    if not effects:
        return np.zeros(len(values))
    return values.replace_strict(effects, default=0.0, return_dtype=pl.Float64).to_numpy()


def _learn(sized: pl.DataFrame, unsized: pl.DataFrame) -> Views:
    """Level, effects, creators' spread and campaigns' spread by EM; the creators' own parts are left empty.

    A creator without followers may be of any size: its campaigns tell how kinds and platforms differ and how far
    campaigns lie apart, and nothing of the level or of how creators differ.
    """
    rough = unsized.with_columns(log_rate=pl.col("log_impressions") - pl.col("log_impressions").mean())
    columns = ("creator", "platform", "deliverable", "log_rate")
    rows = pl.concat([sized.select(columns), rough.select(columns)])
    log_rate = rows["log_rate"].to_numpy()
    people = np.unique(rows["creator"].to_numpy(), return_inverse=True)[1]
    is_sized = np.zeros(int(people.max(initial=-1)) + 1, bool)
    is_sized[people[: sized.height]] = True
    factors = coded_factors(rows, SPREADS)
    tau2, sigma2 = CREATOR_VARIANCE, CAMPAIGN_VARIANCE
    effects: Effects | None = None
    for _ in range(EM_PASSES):
        spreads = np.where(is_sized, tau2**0.5, ANY_SIZE_SD)
        guess = Guess(float(np.log(USUAL_RATE)), RATE_SD, SPREADS, USUAL, spreads)
        effects = fit_effects(factors, people, normal_score(log_rate, sigma2), guess, effects)
        left = log_rate - effects.base - sum(f.log_effect(effects.log_effects[f.name]) for f in factors)
        own, within = expected_squares(left, people, effects.campaign_errors(factors), spreads**2, sigma2)
        between = float(own[is_sized].sum())
        tau2 = (between + CREATOR_VARIANCE_PRIOR * CREATOR_VARIANCE) / (is_sized.sum() + CREATOR_VARIANCE_PRIOR)
        sigma2 = (within + CAMPAIGN_VARIANCE_PRIOR * CAMPAIGN_VARIANCE) / (len(left) + CAMPAIGN_VARIANCE_PRIOR)
    nobody = np.zeros(0)
    levels = {factor.name: factor.levels for factor in factors}
    return Views(levels, cast(Effects, effects), nobody, nobody, float(tau2**0.5), float(sigma2**0.5), nobody)


def codes_of(values: pl.Series) -> tuple[list[str], np.ndarray]:
    """Return the levels in order and each row's number; -1 is "not stated"."""
    levels = values.drop_nulls().unique().sort().to_list()
    codes = values.cast(pl.Enum(levels)).to_physical().cast(pl.Int64).fill_null(-1).to_numpy()
    return levels, codes


def standard_deliverables(campaigns: pl.DataFrame, creators: pl.DataFrame) -> pl.Series:
    """Find each creator's most frequent deliverable on the platform of its profile, else "post" (ties: by name)."""
    counted = (
        campaigns.select("creator_id", "platform", "deliverable", "paid")
        .join(creators.select("creator_id", profile_platform="platform"), on="creator_id", how="left")
        .filter(~pl.col("paid") & pl.col("deliverable").is_not_null())
        .filter((pl.col("platform") == pl.col("profile_platform")).fill_null(True))
        .group_by("creator_id", "deliverable")
        .len()
        .sort(["creator_id", "len", "deliverable"], descending=[False, True, False])
        .group_by("creator_id", maintain_order=True)
        .first()
    )
    joined = creators.select("creator_id").join(counted, on="creator_id", how="left", maintain_order="left")
    return joined["deliverable"].fill_null(STANDARD)


@dataclass(frozen=True)
class Frequencies:
    """Log impressions per person: by platform and deliverable, and the sd from campaign to campaign.

    pairs: platform, deliverable, log_frequency, count_campaigns, of one deliverable; overlap, overlap_sd: the power of
    the count that frequency grows with, and how unsure it is. reach_limit: the most people that several deliverables
    reach, per follower: those whom one campaign in a hundred exceeds, at least 1.
    """

    pairs: pl.DataFrame
    campaign_sd: float
    overlap: float
    overlap_sd: float
    reach_limit: float

    def log_frequency(self, platform: pl.Series, deliverable: pl.Series) -> np.ndarray:
        """The field's log frequency of each pair; 1.25 where reach was never measured."""
        pairs = pl.DataFrame({"platform": platform, "deliverable": deliverable})
        joined = pairs.join(
            self.pairs, on=["platform", "deliverable"], how="left", maintain_order="left", nulls_equal=True
        )
        return joined["log_frequency"].fill_null(np.log(USUAL_FREQUENCY)).to_numpy()

    def off(self, rows: pl.DataFrame) -> np.ndarray:
        """How far each campaign's log frequency is from the field's. rows: reach_rows()."""
        expected = (
            self.log_frequency(rows["platform"], rows["deliverable"]) + self.overlap * rows["log_count"].to_numpy()
        )
        return rows["log_frequency"].to_numpy() - expected


def reach_rows(campaigns: pl.DataFrame) -> pl.DataFrame:
    """Select campaigns whose reach was measured and can be true: people seen at most as often as impressions."""
    log_frequency = pl.col("impressions").log() - pl.col("reach").log()
    log_count = pl.col("count_deliverables").fill_null(1).cast(pl.Float64).log()
    return campaigns.filter(_has_reach()).select(
        "campaign_key", "creator", "platform", "deliverable", log_count=log_count, log_frequency=log_frequency
    )


def _has_reach() -> pl.Expr:
    return (pl.col("reach") > 0) & (pl.col("reach") <= pl.col("impressions")) & ~pl.col("paid")


def fit_frequencies(campaigns: pl.DataFrame) -> Frequencies:
    """Learn the frequency of each platform and deliverable, with a prior of 1.25 that counts for 5 campaigns."""
    rows = reach_rows(campaigns).sort("platform", "deliverable", "campaign_key")
    usual = np.log(USUAL_FREQUENCY)
    keys = rows.select("platform", "deliverable").unique(maintain_order=True)
    code = rows.select(code=pl.struct("platform", "deliverable").rle_id())["code"].to_numpy().astype(np.int64)
    log_frequency, size = rows["log_frequency"].to_numpy(), rows["log_count"].to_numpy()
    count = np.bincount(code, minlength=keys.height)
    overlap, noise, mean = OVERLAP, FREQUENCY_SD**2, np.zeros(keys.height)
    precision = OVERLAP_SD**-2
    for _ in range(EM_PASSES):
        single = log_frequency - overlap * size
        mean = (np.bincount(code, single, keys.height) + FREQUENCY_PRIOR * usual) / (count + FREQUENCY_PRIOR)
        precision = OVERLAP_SD**-2 + float((size**2).sum()) / noise
        left = log_frequency - mean[code]
        overlap = (OVERLAP * OVERLAP_SD**-2 + float((size * left).sum()) / noise) / precision
        squares = float(((left - overlap * size) ** 2).sum()) + FREQUENCY_PRIOR * FREQUENCY_SD**2
        noise = squares / (len(code) + FREQUENCY_PRIOR)
    pairs = keys.with_columns(
        log_frequency=pl.Series(mean, dtype=pl.Float64), count_campaigns=pl.Series(count.astype(np.int32))
    )
    return Frequencies(pairs, float(np.sqrt(noise)), overlap, float(precision**-0.5), _reach_limit(campaigns))


def _reach_limit(campaigns: pl.DataFrame) -> float:
    """How many people several deliverables reach at most, per follower: an audience is more than those who follow
    where campaigns have shown it.
    """
    counted = campaigns.filter(_has_reach() & (pl.col("followers") > 0))
    part = (counted["reach"] / counted["followers"]).quantile(REACH_LIMIT_PART, "linear")
    return max(1.0, part or 0.0)


def own_frequencies(
    campaigns: pl.DataFrame, frequencies: Frequencies, platform: pl.Series, deliverable: pl.Series
) -> tuple[np.ndarray, np.ndarray]:
    """Compute each creator's log frequency, and whether any of its own campaigns measured reach.

    campaigns: creator (int index) beside the columns of campaigns; platform, deliverable: one per creator.
    """
    field = frequencies.log_frequency(platform, deliverable)
    rows = reach_rows(campaigns)
    creator = rows["creator"].to_numpy()
    off = frequencies.off(rows)
    is_measured = np.bincount(creator, minlength=len(field)) > 0
    return field + _own_part(creator, off, len(field)), is_measured


def view_level_table(campaigns: pl.DataFrame, views: Views) -> pl.DataFrame:
    """List every level of the view rate, in the columns of the table benchmark_levels; the events are impressions."""
    columns = ("creator", "platform", "deliverable", "impressions")
    rows = pl.concat([view_rows(campaigns).select(columns), unsized_rows(campaigns).select(columns)])
    tables = []
    for factor in SPREADS:
        counted = (
            rows.filter(pl.col(factor).is_not_null())
            .group_by(level=factor)
            .agg(
                count_creators=pl.col("creator").n_unique().cast(pl.Int32),
                count_campaigns=pl.len().cast(pl.Int32),
                count_events=pl.col("impressions").cast(pl.Int64).sum(),
            )
            .sort("level")
        )
        logs = counted["level"].replace_strict(views.of(factor), default=0.0, return_dtype=pl.Float64)
        tables.append(
            counted.select(
                pl.lit("views").alias("stage"),
                pl.lit(factor).alias("factor"),
                "level",
                logs.exp().alias("effect"),
                "count_creators",
                "count_campaigns",
                "count_events",
            )
        )
    return pl.concat(tables)


def view_rate_table(
    creator_id: pl.Series, campaigns: pl.DataFrame, views: Views, frequencies: Frequencies
) -> pl.DataFrame:
    """List each creator's view rate against typical: creator_id, log_mean, log_sd, implied_followers (null where the
    real number is known, or nothing was viewed), and log_frequency, how much oftener each of its people sees it than is
    typical.
    """
    rows = reach_rows(campaigns)
    off = frequencies.off(rows)
    return pl.DataFrame(
        {
            "creator_id": creator_id,
            "log_mean": views.creator_mean,
            "log_sd": np.sqrt(views.creator_variance),
            "implied_followers": pl.Series(views.implied_followers, dtype=pl.Float64).fill_nan(None),
            "log_frequency": _own_part(rows["creator"].to_numpy(), off, len(creator_id)),
        }
    )


def _own_part(creator: np.ndarray, off: np.ndarray, count_creators: int) -> np.ndarray:
    """Each creator's mean difference from the field's log frequency, shrunk by how few campaigns measured it."""
    count = np.bincount(creator, minlength=count_creators)
    return np.bincount(creator, off, count_creators) / (count + OWN_FREQUENCY_PRIOR)

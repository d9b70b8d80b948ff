"""Fit view rates and frequencies: impressions per follower and deliverable, and impressions per person.

log(impressions / (followers x deliverables)) = level + platform + deliverable + creator + campaign. What a creator adds
is shrunk towards 0 by how little was seen of it. Rows of an ad account are left out: they were bought, not viewed.
"""

from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from fit.model.strength import sample

USUAL_RATE = 0.25  # impressions of one post per follower, until the first campaign is loaded
LEVEL_PRIOR_CAMPAIGNS = 2.0  # campaigns before a platform or deliverable counts as much as "no difference"
CREATOR_VARIANCE, CREATOR_VARIANCE_PRIOR = 0.25, 4  # of a creator's log view rate; creators that this guess counts for
CAMPAIGN_VARIANCE, CAMPAIGN_VARIANCE_PRIOR = 0.2, 5  # from campaign to campaign; campaigns that this guess counts for
LOG_RATE_LIMIT = 12.0  # beyond e^12 views a follower one of the two counts is a typing error
EM_PASSES = 40

USUAL_FREQUENCY, FREQUENCY_SD, FREQUENCY_PRIOR = 1.25, 0.2, 5  # impressions per person; log sd; campaigns it counts for
OWN_FREQUENCY_PRIOR = 2  # campaigns with reach before a creator's own frequency outweighs the field's

STANDARD = "post"  # the standard deliverable of a creator without campaigns


@dataclass(frozen=True)
class Views:
    """The view rates of a field: level, log effects by platform and by deliverable, and each creator's own.

    creator_mean, creator_variance: one per creator, log; creator_sd (tau) and campaign_sd: of logs.
    """

    level: float
    platform: dict[str, float]
    deliverable: dict[str, float]
    creator_mean: np.ndarray
    creator_variance: np.ndarray
    creator_sd: float
    campaign_sd: float

    def log_rate(self, platform: pl.Series, deliverable: pl.Series) -> np.ndarray:
        """Log of expected impressions per follower and deliverable for a typical creator."""
        typical = self.level + self.campaign_sd**2 / 2
        return typical + _looked_up(platform, self.platform) + _looked_up(deliverable, self.deliverable)


def _looked_up(values: pl.Series, effects: dict[str, float]) -> np.ndarray:
    """Return the effect of each value, 0 where the field never saw it."""
    if not effects:
        return np.zeros(len(values))
    return values.replace_strict(effects, default=0.0, return_dtype=pl.Float64).to_numpy()


def view_rows(campaigns: pl.DataFrame) -> pl.DataFrame:
    """Select the campaigns that inform about view rates: impressions and followers known, not bought."""
    of_followers = pl.col("impressions").log() - pl.col("followers").log()
    log_rate = of_followers - pl.col("count_deliverables").fill_null(1).cast(pl.Float64).log()
    known = (pl.col("impressions") > 0) & (pl.col("followers") > 0) & ~pl.col("paid")
    return campaigns.filter(known).select(
        "creator", "platform", "deliverable", "impressions", log_rate=log_rate.clip(-LOG_RATE_LIMIT, LOG_RATE_LIMIT)
    )


def fit_views(campaigns: pl.DataFrame, count_creators: int) -> Views:
    """Learn the view rates: effects and spreads on a sample of whole creators, then each creator's own part.

    campaigns: creator (int index), platform, deliverable, impressions, followers, count_deliverables, paid.
    """
    rows = view_rows(campaigns)
    chosen = rows.filter(pl.Series(sample(rows["creator"].to_numpy()), dtype=pl.Boolean))
    views = _learn(chosen)
    off = rows["log_rate"].to_numpy() - views.log_rate(rows["platform"], rows["deliverable"]) + views.campaign_sd**2 / 2
    creator = rows["creator"].to_numpy()
    counts = np.bincount(creator, minlength=count_creators).astype(float)
    noise = views.campaign_sd**2
    variance = 1 / (counts / noise + 1 / views.creator_sd**2)
    mean = np.bincount(creator, off, count_creators) * variance / noise
    return replace(views, creator_mean=mean, creator_variance=variance)


def _learn(rows: pl.DataFrame) -> Views:
    """Level, effects, creators' spread and campaigns' spread by EM; the creators' own parts are left empty."""
    log_rate = rows["log_rate"].to_numpy()
    creator = np.unique(rows["creator"].to_numpy(), return_inverse=True)[1]
    counts = np.bincount(creator).astype(float)
    coded = [_codes(rows[name]) for name in ("platform", "deliverable")]
    effects = [np.zeros(len(levels) + 1) for levels, _ in coded]
    level, by_creator = float(np.log(USUAL_RATE)), np.zeros(len(counts))
    tau2, sigma2 = CREATOR_VARIANCE, CAMPAIGN_VARIANCE
    for _ in range(EM_PASSES):
        left = log_rate - _sum(effects, coded) - by_creator[creator]  # what level and luck explain
        level = (float(left.sum()) + np.log(USUAL_RATE)) / (len(left) + 1)
        left = left - level
        for number, (levels, codes) in enumerate(coded):
            left, effects[number] = _refit(left, effects[number], codes, len(levels))
        left = left + by_creator[creator]
        variance = 1 / (counts / sigma2 + 1 / tau2)
        by_creator = np.bincount(creator, left, len(counts)) * variance / sigma2
        left = left - by_creator[creator]
        people = float((by_creator**2 + variance).sum()) + CREATOR_VARIANCE_PRIOR * CREATOR_VARIANCE
        luck = float((left**2).sum() + (counts * variance).sum()) + CAMPAIGN_VARIANCE_PRIOR * CAMPAIGN_VARIANCE
        tau2, sigma2 = people / (len(counts) + CREATOR_VARIANCE_PRIOR), luck / (len(left) + CAMPAIGN_VARIANCE_PRIOR)
    platform, deliverable = (
        dict(zip(levels, logs[:-1].tolist(), strict=True)) for logs, (levels, _) in zip(effects, coded, strict=True)
    )
    nobody = np.zeros(0)
    return Views(float(level), platform, deliverable, nobody, nobody, float(tau2**0.5), float(sigma2**0.5))


def _sum(effects: list[np.ndarray], coded: list[tuple[list[str], np.ndarray]]) -> np.ndarray:
    """The effects of every row's levels together."""
    return sum(logs[codes] for logs, (_, codes) in zip(effects, coded, strict=True))


def _refit(left: np.ndarray, old: np.ndarray, codes: np.ndarray, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Refit one factor to what the rest leaves: each level's mean, shrunk; the last code, "not stated", is 0."""
    whole = left + old[codes]
    new = np.bincount(codes, whole, size + 1) / (np.bincount(codes, minlength=size + 1) + LEVEL_PRIOR_CAMPAIGNS)
    new[-1] = 0.0
    return whole - new[codes], new


def _codes(values: pl.Series) -> tuple[list[str], np.ndarray]:
    """Return the levels in order and each row's number; the last number is "not stated"."""
    levels = values.drop_nulls().unique().sort().to_list()
    codes = values.cast(pl.Enum(levels)).to_physical().cast(pl.Int64).fill_null(len(levels)).to_numpy()
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
    """Log impressions per person: by platform and deliverable, and the sd from campaign to campaign."""

    pairs: pl.DataFrame  # platform, deliverable, log_frequency, count_campaigns
    campaign_sd: float

    def log_frequency(self, platform: pl.Series, deliverable: pl.Series) -> np.ndarray:
        """The field's log frequency of each pair; 1.25 where reach was never measured."""
        pairs = pl.DataFrame({"platform": platform, "deliverable": deliverable})
        joined = pairs.join(
            self.pairs, on=["platform", "deliverable"], how="left", maintain_order="left", nulls_equal=True
        )
        return joined["log_frequency"].fill_null(np.log(USUAL_FREQUENCY)).to_numpy()


def reach_rows(campaigns: pl.DataFrame) -> pl.DataFrame:
    """Select campaigns whose reach was measured and can be true: people seen at most as often as impressions."""
    known = (pl.col("reach") > 0) & (pl.col("reach") <= pl.col("impressions")) & ~pl.col("paid")
    log_frequency = pl.col("impressions").log() - pl.col("reach").log()
    return campaigns.filter(known).select(
        "campaign_key", "creator", "platform", "deliverable", log_frequency=log_frequency
    )


def fit_frequencies(campaigns: pl.DataFrame) -> Frequencies:
    """Learn the frequency of each platform and deliverable, with a prior of 1.25 that counts for 5 campaigns."""
    rows = reach_rows(campaigns).sort("platform", "deliverable", "campaign_key")
    usual = np.log(USUAL_FREQUENCY)
    keys = rows.select("platform", "deliverable").unique(maintain_order=True)
    code = rows.select(code=pl.struct("platform", "deliverable").rle_id())["code"].to_numpy().astype(np.int64)
    log_frequency = rows["log_frequency"].to_numpy()
    count = np.bincount(code, minlength=keys.height)
    mean = (np.bincount(code, log_frequency, keys.height) + FREQUENCY_PRIOR * usual) / (count + FREQUENCY_PRIOR)
    squares = float(((log_frequency - mean[code]) ** 2).sum()) + FREQUENCY_PRIOR * FREQUENCY_SD**2
    pairs = keys.with_columns(
        log_frequency=pl.Series(mean, dtype=pl.Float64), count_campaigns=pl.Series(count.astype(np.int32))
    )
    return Frequencies(pairs, float(np.sqrt(squares / (len(code) + FREQUENCY_PRIOR))))


def own_frequencies(
    campaigns: pl.DataFrame, frequencies: Frequencies, platform: pl.Series, deliverable: pl.Series
) -> tuple[np.ndarray, np.ndarray]:
    """Compute each creator's log frequency, and whether any of its own campaigns measured reach.

    campaigns: creator (int index) beside the columns of campaigns; platform, deliverable: one per creator.
    """
    field = frequencies.log_frequency(platform, deliverable)
    rows = reach_rows(campaigns)
    creator = rows["creator"].to_numpy()
    off = rows["log_frequency"].to_numpy() - frequencies.log_frequency(rows["platform"], rows["deliverable"])
    is_measured = np.bincount(creator, minlength=len(field)) > 0
    return field + _own_part(creator, off, len(field)), is_measured


def view_level_table(campaigns: pl.DataFrame, views: Views) -> pl.DataFrame:
    """List every level of the view rate, in the columns of the table benchmark_levels; the events are impressions."""
    rows = view_rows(campaigns)
    tables = []
    for factor, effects in (("platform", views.platform), ("deliverable", views.deliverable)):
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
        logs = counted["level"].replace_strict(effects, default=0.0, return_dtype=pl.Float64)
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
    """List each creator's view rate against typical: creator_id, log_mean, log_sd, and log_frequency, how much oftener
    each of its people sees it than is typical.
    """
    rows = reach_rows(campaigns)
    off = rows["log_frequency"].to_numpy() - frequencies.log_frequency(rows["platform"], rows["deliverable"])
    return pl.DataFrame(
        {
            "creator_id": creator_id,
            "log_mean": views.creator_mean,
            "log_sd": np.sqrt(views.creator_variance),
            "log_frequency": _own_part(rows["creator"].to_numpy(), off, len(creator_id)),
        }
    )


def _own_part(creator: np.ndarray, off: np.ndarray, count_creators: int) -> np.ndarray:
    """Each creator's mean difference from the field's log frequency, shrunk by how few campaigns measured it."""
    count = np.bincount(creator, minlength=count_creators)
    return np.bincount(creator, off, count_creators) / (count + OWN_FREQUENCY_PRIOR)

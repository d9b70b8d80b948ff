"""Fit the benchmark: the events that a typical creator would get on a campaign.

For each stage, mu = n x base x e_platform x e_deliverable x e_vertical x e_market x e_quarter x e_tier x g: the events
that n trials lead to expect, where every e is 1 until the field's own campaigns say otherwise (docs/method.md, section
1). A stage's rate is engagements of impressions, clicks of impressions or conversions of clicks, 0 to 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import numpy as np
import polars as pl

from fit.model.geography import NOT_STATED

FACTORS = ("platform", "deliverable", "vertical", "market", "quarter", "tier")

LEVEL_PRIOR = 5.0  # events that a level needs before it counts as much as "no difference"
CREATOR_PRIOR = 3.0  # the same for a creator: creators differ by about tau = .55, and 1/(exp(tau^2) - 1) is 3
BASE_PRIOR = 50.0  # events that a published band counts for
FEWEST_EVENTS = 0.5  # keeps a base above zero in a field without a single event
HALF_WEIGHT = 3.0  # a campaign with this many expected events has half the weight an event has in a tiny one
MOST_EVENTS = 9e18  # the largest sum that a bigint holds
PASSES = 25  # the effects have settled to four digits by then

# Means of the published bands, read as 10-90 % ranges (docs/method.md names the sources). Engagements of impressions
# have no band that fits, so the field decides alone; the value only stands in for an empty field.
CLICKS_OF_STORY = 2.8 / (2.8 + 98)
CLICKS_OF_YOUTUBE = 3.7 / (3.7 + 312)
CLICKS_OF_REST = 5.7 / (5.7 + 290)
ORDERS_OF_CLICKS = 4.8 / (4.8 + 252)
ENGAGEMENTS_OF_IMPRESSIONS = 0.04


@dataclass(frozen=True)
class Factor:
    """One way in which campaigns differ: the names of its levels and each campaign's levels.

    codes: int array (campaigns, at most countries of one market); -1 stands for "no level". A campaign in several
    levels (market "DE+AT") gets the mean of their log effects.
    """

    name: str
    levels: tuple[str, ...]
    codes: np.ndarray

    def take(self, chosen: np.ndarray) -> Factor:
        """Return the same factor for some of the campaigns."""
        return Factor(self.name, self.levels, self.codes[chosen])

    def log_effect(self, log_effects: np.ndarray) -> np.ndarray:
        """Return each campaign's log effect; log_effects holds one value per level and a last 0 for "no level"."""
        if self.codes.shape[1] == 1:
            return log_effects[self.codes[:, 0]]
        count = np.maximum((self.codes >= 0).sum(axis=1), 1)
        return log_effects[self.codes].sum(axis=1) / count

    def sums(self, weights: np.ndarray) -> np.ndarray:
        """Return the sum of weights per level; a campaign in several levels is split evenly."""
        size, count = len(self.levels), np.maximum((self.codes >= 0).sum(axis=1), 1)
        total = np.zeros(size + 1)
        for column in self.codes.T:
            total += np.bincount(np.where(column < 0, size, column), weights / count, size + 1)
        return total[:size]


@dataclass(frozen=True)
class Benchmark:
    """What a typical creator gets: a base rate "now" and the log effect of every level (last entry: no level, 0)."""

    base: float
    log_effects: dict[str, np.ndarray]

    def rate(self, factors: tuple[Factor, ...]) -> np.ndarray:
        """Return each campaign's expected rate for an audience wholly in the market."""
        logs = np.full(len(factors[0].codes), np.log(self.base))
        for factor in factors:
            logs += factor.log_effect(self.log_effects[factor.name])
        return np.exp(np.minimum(logs, 0.0))  # a rate above 100 % means nothing


def factors_of(campaigns: pl.DataFrame) -> tuple[Factor, ...]:
    """Code the factors of campaigns.

    campaigns: platform, deliverable, vertical, market, tier (text, nullable), quarter (int), paid (bool). Rows of an ad
    account are a platform level of their own; the market "ZZ" is no level.
    """
    paid = pl.when(pl.col("paid")).then(pl.col("platform") + " (paid)").otherwise("platform")
    named = campaigns.select(
        platform=paid,
        deliverable="deliverable",
        vertical="vertical",
        market=pl.when(pl.col("market") != NOT_STATED).then(pl.col("market")),
        quarter=pl.col("quarter").cast(pl.String),
        tier="tier",
    )
    return tuple(_coded(name, named[name]) for name in FACTORS)


def _coded(name: str, values: pl.Series) -> Factor:
    """Give every level a number, in the order of the names."""
    split = values.unique(maintain_order=True).drop_nulls().str.split("+") if name == "market" else None
    if split is None:
        columns = [values]
    else:  # few markets, many campaigns: each market is taken apart once
        whole = split.list.join("+")
        width = max(cast(int | None, split.list.len().max()) or 1, 1)
        parts = [split.list.get(number, null_on_oob=True) for number in range(width)]
        columns = [values.replace_strict(whole, part, default=None, return_dtype=pl.String) for part in parts]
    levels = tuple(pl.concat(columns).drop_nulls().unique().sort().to_list())
    codes = [column.cast(pl.Enum(levels)).to_physical().cast(pl.Int32).fill_null(-1).to_numpy() for column in columns]
    smallest = np.min_scalar_type(-max(len(levels), 1))  # a byte mostly: every stage keeps the codes of all campaigns
    return Factor(name, levels, np.stack(codes, axis=1).astype(smallest))


def click_band(platform: pl.Series, deliverable: pl.Series) -> float:
    """Average the published click rates (0 to 1) of a mix of campaigns, by platform and deliverable."""
    if platform.is_empty():
        return CLICKS_OF_REST
    count_story = int((deliverable == "story").fill_null(False).sum())
    youtube = (platform == "youtube").fill_null(False) & (deliverable != "story").fill_null(True)
    count_youtube = int(youtube.sum())
    count_rest = len(platform) - count_story - count_youtube
    bands = count_story * CLICKS_OF_STORY + count_youtube * CLICKS_OF_YOUTUBE + count_rest * CLICKS_OF_REST
    return bands / len(platform)


def fit_benchmark(
    exposure: np.ndarray,
    events: np.ndarray,
    factors: tuple[Factor, ...],
    creator: np.ndarray,
    band: float,
    band_events: float,
) -> Benchmark:
    """Fit base and effects, each level shrunk to 1: e = (sum w x + 5) / (sum w mu/e + 5).

    exposure (trials x geography factor), events: one float per campaign. band: a published rate, which counts for
    band_events; the first guess of base. The level's own effect is divided out of mu first: otherwise the
    5 would not shrink at all. w = 1/(1 + mu/3), so that one huge campaign cannot set a benchmark. The creator is fitted
    as one more factor and then dropped, so that one busy, strong creator cannot set it either: a platform is compared
    where possible within the creators that use several.
    """
    codes = np.unique(creator, return_inverse=True)[1].astype(np.int32)[:, None]
    people = Factor("creator", tuple(map(str, range(int(codes.max(initial=-1)) + 1))), codes)
    fitted = (*((factor, LEVEL_PRIOR) for factor in factors), (people, CREATOR_PRIOR))
    log_effects = {factor.name: np.zeros(len(factor.levels) + 1) for factor, _ in fitted}
    base = band
    log_rest = np.zeros(len(exposure))  # sum of all log effects
    for _ in range(PASSES):
        expected = exposure * base * np.exp(log_rest)
        weight = 1 / (1 + expected / HALF_WEIGHT)
        seen, due = float((weight * events).sum()), float((weight * expected).sum())
        base = (seen + band_events) / (due / base + band_events / band)
        for factor, prior in fitted:
            expected = exposure * base * np.exp(log_rest)
            weight = 1 / (1 + expected / HALF_WEIGHT)
            old = log_effects[factor.name]
            seen_by_level, due_by_level = factor.sums(weight * events), factor.sums(weight * expected)
            new = np.zeros_like(old)
            new[:-1] = np.log((seen_by_level + prior) / (due_by_level / np.exp(old[:-1]) + prior))
            log_rest += factor.log_effect(new) - factor.log_effect(old)
            log_effects[factor.name] = new
    del log_effects[people.name]
    return _at_present(Benchmark(base, log_effects), factors)


def _at_present(benchmark: Benchmark, factors: tuple[Factor, ...]) -> Benchmark:
    """Make "now", the mean of the last two quarters, the quarter whose effect is 1."""
    quarters = next(factor for factor in factors if factor.name == "quarter")
    if not quarters.levels:
        return benchmark
    effects = dict(zip(quarters.levels, benchmark.log_effects["quarter"][:-1], strict=True))
    newest = max(int(level) for level in quarters.levels)
    now = (effects.get(str(newest), 0.0) + effects.get(str(newest - 1), 0.0)) / 2
    shifted = benchmark.log_effects["quarter"] - now
    shifted[-1] = 0.0
    return Benchmark(benchmark.base * float(np.exp(now)), {**benchmark.log_effects, "quarter": shifted})


def log_variance(factors: tuple[Factor, ...], creator: np.ndarray, events: np.ndarray, tau: float) -> np.ndarray:
    """Compute how unsure the benchmark of each campaign is: the variance of its log, (campaigns,).

    Per factor (tau^2/(creators + 5) + 1/(events + 5)) (1 - 1/levels) of the campaign's level, and tau^2 / creators for
    the base: in a field of three, what is typical is itself a guess.
    """
    total = np.full(len(events), tau**2 / max(len(np.unique(creator)), 1))
    for factor in factors:
        size = len(factor.levels)
        if size < 2:
            continue
        spread = tau**2 / (_count_creators(factor, creator) + LEVEL_PRIOR) + 1 / (factor.sums(events) + LEVEL_PRIOR)
        total += factor.log_effect(np.append(spread * (1 - 1 / size), 0.0))
    return total


def _count_creators(factor: Factor, creator: np.ndarray) -> np.ndarray:
    """Count the creators of each level, a creator once."""
    counts = np.zeros(len(factor.levels))
    for column in factor.codes.T:
        pairs = pl.DataFrame({"level": column, "creator": creator}).filter(pl.col("level") >= 0)
        counted = pairs.group_by("level").agg(pl.col("creator").n_unique())
        counts[counted["level"].to_numpy()] += counted["creator"].to_numpy()
    return counts


def level_table(
    stage: str, benchmark: Benchmark, factors: tuple[Factor, ...], creator: np.ndarray, events: np.ndarray
) -> pl.DataFrame:
    """List every level that a stage saw, in the columns of the table benchmark_levels."""
    tables = []
    for factor in factors:
        size = len(factor.levels)
        inside = np.zeros(size + 1)
        total = np.zeros(size + 1)
        for column in factor.codes.T:
            codes = np.where(column < 0, size, column)
            inside += np.bincount(codes, minlength=size + 1)
            total += np.bincount(codes, events, size + 1)
        columns = {
            "stage": pl.Series([stage] * size, dtype=pl.String),
            "factor": pl.Series([factor.name] * size, dtype=pl.String),
            "level": pl.Series(factor.levels, dtype=pl.String),
            "effect": np.exp(benchmark.log_effects[factor.name][:-1]),
            "count_creators": _count_creators(factor, creator).astype(np.int32),
            "count_campaigns": inside[:size].astype(np.int32),
            "count_events": np.minimum(total[:size], MOST_EVENTS).astype(np.int64),
        }
        tables.append(pl.DataFrame(columns))
    return pl.concat(tables).filter(pl.col("count_campaigns") > 0)

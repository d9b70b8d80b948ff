"""Fit the benchmark: the events that a typical creator would get on a campaign.

For each stage, mu = n x base x e_platform x e_deliverable x e_vertical x e_market x e_quarter x e_tier x g: the events
that n trials lead to expect. A stage's rate is engagements of impressions, clicks of impressions or conversions of
clicks, 0 to 1. Levels are random effects with one variance a factor, learned from the field and a guess; the published
band is a guess of the log base, which the field's own campaigns soon outweigh (docs/method.md, section 1).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy import sparse

from fit.model.deliverables import CLICK_RATE_TO_POST
from fit.model.effects import Effects, Factor, Guess, fit_effects, numbered
from fit.model.geography import NOT_STATED

FACTORS = ("platform", "deliverable", "vertical", "market", "quarter", "tier")

# Spread (sd of a log effect) of a factor's levels before any campaign is seen, and of a creator.
SPREADS = {"platform": 0.4, "deliverable": 0.4, "vertical": 0.3, "market": 0.2, "quarter": 0.1, "tier": 0.15}
CREATOR_SD = 0.55
HALF_WEIGHT = 3.0  # a campaign with this many expected events has half the weight an event has in a tiny one
BAND_SD = 0.7  # of the log of a base rate around its published band: figures conflict by a factor of three to eight
NO_BAND_SD = 1.5  # engagements of impressions have no band that fits: a factor of seven either way
MOST_EVENTS = 9e18  # the largest sum that a bigint holds
MOST_LOG = 30.0  # of a rate over its exposure; beyond it only the arithmetic would break
SMALLEST_EXPOSURE = 1e-12

# Means of the published bands, read as 10-90 % ranges (docs/method.md names the sources).
CLICKS_OF_YOUTUBE = 3.7 / (3.7 + 312)
CLICKS_OF_REST = 5.7 / (5.7 + 290)
ORDERS_OF_CLICKS = 4.8 / (4.8 + 252)
ENGAGEMENTS_OF_IMPRESSIONS = 0.04


@dataclass(frozen=True)
class Band:
    """The published guess of a stage: its rate (0 to 1), how far off it may be (sd of the log), and usual levels.

    usual: factor to level to log effect, where published figures tell levels apart.
    """

    rate: float
    sd: float
    usual: Mapping[str, Mapping[str, float]]


ENGAGE_BAND = Band(ENGAGEMENTS_OF_IMPRESSIONS, NO_BAND_SD, {})
CLICK_BAND = Band(
    CLICKS_OF_REST,
    BAND_SD,
    {
        "platform": {"youtube": float(np.log(CLICKS_OF_YOUTUBE / CLICKS_OF_REST))},
        "deliverable": {kind: float(np.log(ratio)) for kind, ratio in CLICK_RATE_TO_POST.items()},
    },
)
CONVERT_BAND = Band(ORDERS_OF_CLICKS, BAND_SD, {})


@dataclass(frozen=True)
class Benchmark:
    """What a typical creator gets: a base rate "now" and the log effect of every level (last entry: no level, 0).

    errors: as in Effects: how unsure base and levels are, together.
    """

    base: float
    log_effects: dict[str, np.ndarray]
    errors: dict[str, np.ndarray]

    def rate(self, factors: tuple[Factor, ...]) -> np.ndarray:
        """Return each campaign's expected rate for an audience wholly in the market."""
        logs = np.full(len(factors[0].codes), np.log(self.base))
        for factor in factors:
            logs += factor.log_effect(self.log_effects[factor.name])
        return np.exp(np.minimum(logs, 0.0))  # a rate above 100 % means nothing


def factors_of(campaigns: pl.DataFrame, levels: Mapping[str, tuple[str, ...]] | None = None) -> tuple[Factor, ...]:
    """Code the factors of campaigns; levels: those of an earlier fit (others are then no level), else all there are.

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
    return tuple(_coded(name, named[name], (levels or {}).get(name)) for name in FACTORS)


def _coded(name: str, values: pl.Series, known: tuple[str, ...] | None) -> Factor:
    """Give every level a number, in the order of the names or of the levels that are known."""
    names, place = numbered(values)
    parts = [value.split("+") if name == "market" else [value] for value in names]  # few values, many campaigns
    levels = tuple(sorted({level for some in parts for level in some})) if known is None else known
    number = {level: at for at, level in enumerate(levels)}
    smallest = np.min_scalar_type(-max(len(levels), 1))  # a byte mostly: every stage keeps the codes of all campaigns
    codes = np.full((len(names) + 1, max(map(len, parts), default=1)), -1, smallest)  # the last: no level
    for at, some in enumerate(parts):
        codes[at, : len(some)] = [number.get(level, -1) for level in some]
    return Factor(name, levels, codes[place])


def fit_benchmark(
    exposure: np.ndarray,
    events: np.ndarray,
    factors: tuple[Factor, ...],
    creator: np.ndarray,
    band: Band,
    start: Effects | None = None,
) -> tuple[Benchmark, Effects]:
    """Fit base and effects to counts whose variance is mu + mu^2/3, so that one huge campaign cannot set a benchmark.

    exposure (trials x geography factor), events: one float per campaign. Negative-binomial quasi-likelihood; the
    creator is fitted as one more level and then dropped, so that one busy, strong creator cannot set it either: a
    platform is compared where possible within the creators that use several. start: effects of a similar fit. Returns
    the benchmark at present, and the effects as fitted.
    """
    log_exposure = np.log(np.maximum(exposure, SMALLEST_EXPOSURE))

    def score(logs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        expected = np.exp(np.clip(log_exposure + logs, -MOST_LOG, MOST_LOG + 20))
        weight = 1 / (1 + expected / HALF_WEIGHT)
        return weight * (events - expected), weight * expected

    guess = Guess(float(np.log(band.rate)), band.sd, SPREADS, band.usual, CREATOR_SD)
    effects = fit_effects(factors, creator, score, guess, start)
    return _at_present(Benchmark(float(np.exp(effects.base)), effects.log_effects, effects.errors), factors), effects


def _at_present(benchmark: Benchmark, factors: tuple[Factor, ...]) -> Benchmark:
    """Make "now", the mean of the last two quarters, the quarter whose effect is 1."""
    quarters = next(factor for factor in factors if factor.name == "quarter")
    if not quarters.levels:
        return benchmark
    newest = max(int(level) for level in quarters.levels)
    last_two = [quarters.levels.index(str(q)) if str(q) in quarters.levels else -1 for q in (newest, newest - 1)]
    now = float(benchmark.log_effects["quarter"][last_two].mean())
    error = benchmark.errors["quarter"][last_two].mean(axis=0)
    shifted, errors = benchmark.log_effects["quarter"] - now, benchmark.errors["quarter"] - error
    shifted[-1], errors[-1] = 0.0, 0.0
    return Benchmark(
        benchmark.base * float(np.exp(now)),
        benchmark.log_effects | {"quarter": shifted},
        benchmark.errors | {"base": benchmark.errors["base"] + error, "quarter": errors},
    )


def past_errors(
    errors: Mapping[str, np.ndarray], factors: Sequence[Factor], creator: np.ndarray, count: int
) -> np.ndarray:
    """How the errors of a fit enter each creator's campaigns, on average: (creators, parts).

    errors: of base and levels, as in Effects. creator: int per campaign; creators without a campaign get 0.
    """
    campaigns = np.bincount(creator, minlength=count)
    weight = 1 / np.maximum(campaigns, 1)[creator]
    parts, people, levels, first = [], [], [], 0
    for factor in factors:  # the levels of all factors beside each other, so that one product does
        part, campaign, level = factor.cells()
        parts.append(part * weight[campaign])
        people.append(creator[campaign])
        levels.append(level + first)
        first += len(factor.levels)
    total = (campaigns > 0)[:, None] * errors["base"]
    if not first:
        return total
    places = (np.concatenate(people), np.concatenate(levels))
    shares = sparse.csr_array((np.concatenate(parts), places), shape=(count, first))
    return np.asarray(total + shares @ np.vstack([errors[factor.name][:-1] for factor in factors]))


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

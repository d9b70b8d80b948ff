"""Measure whether the judgement is right and knows how sure it is, against usual methods in worlds of known truth.

    python -m benchmarks.calibration [--scenario base]... [--seeds 1 2 3] [--creators 400] [--json FILE]

Prints one row per scenario and method: the error of the log indices, how often an 80 % interval held, the largest gap
between "beats the benchmark with probability p" and how often it did, how often the natural role was right, how much of
the best possible value the first three of twenty bring, how often forecasts of the next campaign held, and where the
sales that came fell among those forecast, for the fifth of the briefs with the least and with the most audience there.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import polars as pl
from scipy.special import ndtr

from benchmarks.worlds import COUNTRIES, CURRENCY, SCENARIOS, Scenario, World, invent
from fit.forecast.brief_payoffs import payoffs_of_briefs
from fit.forecast.inputs import StoredBasis, inputs_of
from fit.forecast.simulate import draw
from fit.model.correlation import STAGES
from fit.model.geography import homes, market_shares
from fit.model.judgement import Judgement, judge_with_forecast

Z_80 = 1.2816
COUNTS = {
    "engage": ("engagements", "impressions"),
    "click": ("clicks", "impressions"),
    "convert": ("conversions", "clicks"),
}
FORECASTS = ("impressions", "clicks", "conversions", "return_on_ad_spend")
SHORTLIST, CHOSEN, LISTS = 20, 3, 40  # creators on a list, how many are booked, lists drawn per market
FORECAST_DRAWS = 500  # enough for a rank; the product draws 2,000


@dataclass(frozen=True)
class Estimate:
    """What one method says; None where it says nothing.

    mean, sd: log indices (creators, 3); payoffs: country to (creators,), of conversion.
    """

    mean: np.ndarray | None
    sd: np.ndarray | None
    payoffs: dict[str, np.ndarray]


@dataclass(frozen=True)
class Measurement:
    """Figures of one method; beats: its probabilities of beating the benchmark (row 0), and what was so (row 1)."""

    figures: dict[str, float]
    beats: np.ndarray


@dataclass(frozen=True)
class Rates:
    """Sums over each creator's campaigns: events and trials (creators, 3), 0 where nothing was measured."""

    events: np.ndarray
    trials: np.ndarray


def measure(world: World) -> dict[str, Measurement]:
    """Every method in one world."""
    judgement, basis = judge_with_forecast(*world.tables)
    rates = _rates(world)
    judged = {name: frame for name, frame in vars(judgement).items() if name != "stage_evidence"}
    stored = StoredBasis(world.creators, world.audience, world.audience_sets, **judged, **vars(basis))
    shares = _reported_shares(world, stored)
    methods = {
        "creator fit": _ours(world, judgement, stored),
        "raw rates": _raw(world, rates),
        "platform pooling": _platform(world, rates),
        "beta-binomial": _beta_binomial(world, rates),
        "additive score": _additive(world, rates, shares),
    }
    results = {name: Measurement(_figures(world, given), _beats(world, given)) for name, given in methods.items()}
    results["creator fit"].figures.update(_forecast_figures(world, stored))
    return results


def _reported_shares(world: World, stored: StoredBasis) -> dict[str, np.ndarray]:
    """The share of each creator's audience in each country, as the product reads it."""
    of, ids = homes(world.creators, world.audience), world.creators["creator_id"]
    typical = stored.facts["typical_in_market_share"]
    sets, mix = world.audience_sets, stored.audience_mix
    results = {}
    for country in COUNTRIES:
        pairs = pl.DataFrame({"creator_id": ids, "market": [country] * len(ids)})
        results[country] = market_shares(pairs, of, world.audience, sets, mix, typical)["share"].to_numpy()
    return results


def _ours(world: World, judgement: Judgement, stored: StoredBasis) -> Estimate:
    """The product's judgement; a payoff is what one post would buy at the price that was asked for it."""
    count = world.creators.height
    asked = pl.Series(world.asked).fill_nan(None)
    post = world.creators.select("creator_id", deliverable=pl.lit("post"), cost=asked, currency=pl.lit(CURRENCY))
    everywhere = pl.concat([post.with_columns(market=pl.lit(country)) for country in COUNTRIES])
    worth = payoffs_of_briefs(everywhere, stored)["payoff_conversion"].to_numpy().reshape(len(COUNTRIES), count)
    by_stage = [judgement.strengths.filter(pl.col("stage") == stage) for stage in STAGES]
    mean, sd = (np.stack([frame[name].to_numpy() for frame in by_stage], axis=1) for name in ("log_mean", "log_sd"))
    return Estimate(mean, sd, dict(zip(COUNTRIES, worth, strict=True)))


def _rates(world: World) -> Rates:
    """Sum what was measured, trial and event together."""
    count, creator = world.creators.height, world.campaigns["creator_id"].cast(pl.Enum(world.creators["creator_id"]))
    codes = creator.to_physical().cast(pl.Int64).to_numpy()
    events, trials = np.zeros((count, 3)), np.zeros((count, 3))
    for at, (event, trial) in enumerate(COUNTS.values()):
        both = world.campaigns[event].is_not_null() & world.campaigns[trial].is_not_null()
        for total, name in ((events, event), (trials, trial)):
            values = pl.select(pl.when(both).then(world.campaigns[name]).otherwise(0)).to_series().to_numpy()
            total[:, at] = np.bincount(codes, values.astype(float), count)
    return Rates(events, trials)


def _log_ratio(rates: Rates, group: np.ndarray) -> np.ndarray:
    """Log of each creator's rate over its group's; half an event stands in for none, no trial means typical."""
    events = np.stack([np.bincount(group, column)[group] for column in rates.events.T], axis=1)
    trials = np.stack([np.bincount(group, column)[group] for column in rates.trials.T], axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.log((rates.events + 0.5) / (rates.trials * events / trials + 0.5))
    return np.where(rates.trials > 0, ratio, 0.0)


def _for_the_money(world: World, log_rate: np.ndarray) -> dict[str, np.ndarray]:
    """Conversions per impression over the price of a follower, as a list is often ordered; countries are not seen."""
    asked = world.asked / world.creators["followers"].to_numpy()
    return dict.fromkeys(COUNTRIES, log_rate - np.log(np.where(np.isnan(asked), np.nanmedian(asked), asked)))


def _raw(world: World, rates: Rates) -> Estimate:
    """Each creator's own rates, ranked by conversions per impression and money."""
    mean = _log_ratio(rates, np.zeros(world.creators.height, int))
    return Estimate(mean, None, _for_the_money(world, mean[:, 1] + mean[:, 2]))


def _platform(world: World, rates: Rates) -> Estimate:
    """The same against the creator's own platform."""
    mean = _log_ratio(rates, _platform_codes(world))
    return Estimate(mean, None, _for_the_money(world, mean[:, 1] + mean[:, 2]))


def _platform_codes(world: World) -> np.ndarray:
    names = world.creators["platform"]
    return names.cast(pl.Enum(names.unique().sort())).to_physical().cast(pl.Int64).to_numpy()


def _beta_binomial(world: World, rates: Rates) -> Estimate:
    """The usual shrinkage: per platform a Beta prior fitted by moments, every impression independent evidence."""
    group = _platform_codes(world)
    mean, sd = np.zeros(rates.events.shape), np.zeros(rates.events.shape)
    for at in range(3):
        for code in range(group.max() + 1):
            inside = np.flatnonzero(group == code)
            mean[inside, at], sd[inside, at] = _shrunk(rates.events[inside, at], rates.trials[inside, at])
    return Estimate(mean, sd, _for_the_money(world, mean[:, 1] + mean[:, 2]))


def _shrunk(events: np.ndarray, trials: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Posterior mean and sd of the log rate over the group's, under a Beta prior."""
    seen = trials > 0
    centre = max(events.sum(), 0.5) / max(trials.sum(), 1.0)
    rate = (events[seen] + 0.5) / (trials[seen] + 0.5 / centre)
    noise = centre * (1 - centre) / np.maximum(trials[seen], 1)
    between = max(float(np.var(rate) - noise.mean()), (0.1 * centre) ** 2) if seen.any() else centre**2
    weight = max(centre * (1 - centre) / between - 1, 1e-6)
    a, b = events + weight * centre, trials - events + weight * (1 - centre)
    posterior = a / (a + b)
    return np.log(posterior / centre), np.sqrt((1 - posterior) / np.maximum(a, 1e-6))


def _additive(world: World, rates: Rates, shares: dict[str, np.ndarray]) -> Estimate:
    """The spreadsheet's score: 40 % in-market share, 40 % engagement rate, 20 % followers, each as a rank."""
    engagement = _rank(_log_ratio(rates, np.zeros(world.creators.height, int))[:, 0])
    followers = _rank(world.creators["followers"].to_numpy())
    scores = {name: 0.4 * _rank(share) + 0.4 * engagement + 0.2 * followers for name, share in shares.items()}
    return Estimate(None, None, scores)


def _rank(values: np.ndarray) -> np.ndarray:
    """0 for the lowest to 1 for the highest."""
    return np.argsort(np.argsort(values, kind="stable"), kind="stable") / max(len(values) - 1, 1)


def _figures(world: World, estimate: Estimate) -> dict[str, float]:
    """Error, coverage, role and value of one method."""
    results = {"value_top_3": _value(world, estimate.payoffs)}
    if estimate.mean is None:
        return results
    truth = world.truth - np.median(world.truth, axis=0)
    error = estimate.mean - np.median(estimate.mean, axis=0) - truth
    gap, true_gap = (values[:, 1] + values[:, 2] - values[:, 0] for values in (estimate.mean, world.truth))
    results |= {f"rmse_{stage}": float(np.sqrt((error[:, at] ** 2).mean())) for at, stage in enumerate(STAGES)}
    results["role_right"] = float(((gap > 0) == (true_gap > 0)).mean())
    if estimate.sd is not None:
        inside = np.abs(estimate.mean - truth) < Z_80 * estimate.sd
        results |= {f"coverage_{stage}": float(inside[:, at].mean()) for at, stage in enumerate(STAGES)}
    return results


def _beats(world: World, estimate: Estimate) -> np.ndarray:
    """P(beats benchmark) of every creator and stage, and whether it did; empty where a method does not say."""
    if estimate.mean is None or estimate.sd is None:
        return np.zeros((2, 0))
    above = world.truth > np.median(world.truth, axis=0)
    return np.stack([ndtr(estimate.mean / estimate.sd).ravel(), above.ravel().astype(float)])


def decile_gap(beats: np.ndarray) -> float:
    """The largest difference, in any tenth of what was said, between what was said and how often it happened."""
    tenths = np.array_split(np.argsort(beats[0], kind="stable"), 10)
    return float(max(abs(beats[0, tenth].mean() - beats[1, tenth].mean()) for tenth in tenths))


def _value(world: World, chosen_by: dict[str, np.ndarray]) -> float:
    """What the first three of twenty bring, as a part of what the best three would have brought."""
    g = np.random.default_rng(0)
    parts = []
    for country, score in chosen_by.items():
        value = world.value(country)
        for _ in range(LISTS):
            listed = g.choice(len(value), min(SHORTLIST, len(value)), replace=False)
            picked = listed[np.argsort(-score[listed], kind="stable")[:CHOSEN]]
            parts.append(value[picked].sum() / np.sort(value[listed])[-CHOSEN:].sum())
    return float(np.mean(parts))


def _forecast_figures(world: World, stored: StoredBasis) -> dict[str, float]:
    """How often the 80 % interval of the next campaign held, read by rank so that whole numbers count rightly."""
    g = np.random.default_rng(0)
    terms = inputs_of(world.briefs, stored)
    futures = draw(terms, FORECAST_DRAWS)
    ranks = {name: _place_among(np.asarray(world.outcomes[name]), futures[name], g) for name in FORECASTS}
    results = {f"forecast_{name}": float(((rank > 0.1) & (rank < 0.9)).mean()) for name, rank in ranks.items()}
    shares = terms.share[:, 0]
    edges = np.quantile(shares, [0.2, 0.8])
    results["rank_least_at_home"] = float(ranks["conversions"][shares <= edges[0]].mean())
    results["rank_most_at_home"] = float(ranks["conversions"][shares >= edges[1]].mean())
    return results


def _place_among(actual: np.ndarray, drawn: np.ndarray, g: np.random.Generator) -> np.ndarray:
    """Where what came falls among the drawn futures, 0 to 1; a tie falls anywhere among its equals."""
    below, equal = (drawn < actual[:, None]).mean(axis=1), (drawn == actual[:, None]).mean(axis=1)
    return below + g.random(len(actual)) * equal


def average(runs: Sequence[dict[str, Measurement]]) -> dict[str, dict[str, float]]:
    """Every method's figures over seeds: means, and the gap over all of them together."""
    results = {}
    for method, first in runs[0].items():
        results[method] = {name: float(np.mean([run[method].figures[name] for run in runs])) for name in first.figures}
        beats = np.concatenate([run[method].beats for run in runs], axis=1)
        if beats.size:
            results[method]["decile_gap"] = decile_gap(beats)
    return results


def run(
    names: Iterable[str], seeds: Sequence[int], count_creators: int, say: Callable[[str], None] = lambda line: None
) -> dict[str, dict[str, dict[str, float]]]:
    """Figures by scenario and method, averaged over seeds."""
    results = {}
    for name in names:
        scenario: Scenario = replace(SCENARIOS[name], count_creators=count_creators)
        results[name] = average([measure(invent(scenario, seed)) for seed in seeds])
        for line in table(name, results[name]):
            say(line)
    return results


COLUMNS = {
    "error": tuple(f"rmse_{stage}" for stage in STAGES),
    "80 % held": tuple(f"coverage_{stage}" for stage in STAGES),
    "gap": ("decile_gap",),
    "role": ("role_right",),
    "top 3": ("value_top_3",),
    "forecasts held": tuple(f"forecast_{name}" for name in FORECASTS),
    "rank of sales": ("rank_least_at_home", "rank_most_at_home"),
}


def table(scenario: str, figures: dict[str, dict[str, float]]) -> list[str]:
    """The lines of one scenario; a dash stands for what a method does not say."""
    widths = {title: max(len(title), 5 * len(names) - 1) for title, names in COLUMNS.items()}
    lines = [f"{scenario:<20}" + "  ".join(f"{title:<{width}}" for title, width in widths.items())]
    for method, row in figures.items():
        cells = [
            "/".join(f"{row[name]:.2f}".lstrip("0") if name in row else "-" for name in names).ljust(widths[title])
            for title, names in COLUMNS.items()
        ]
        lines.append(f"  {method:<18}" + "  ".join(cells))
    return lines


def main() -> None:
    """Read the arguments, run, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scenario", action="append", choices=list(SCENARIOS), help="default: all")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--creators", type=int, default=400)
    parser.add_argument("--json", type=Path, help="write the figures to this file as well")
    given = parser.parse_args()
    results = run(given.scenario or list(SCENARIOS), given.seeds, given.creators, print)
    if given.json:
        report = {"seeds": given.seeds, "creators": given.creators, "figures": results}
        given.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

"""Measure whether the judgement is right and knows how sure it is, against usual methods in worlds of known truth.

    python -m benchmarks.calibration [--scenario base]... [--seeds 1 2 3 | --count-seeds 60] [--creators 400]
                                     [--json FILE]

Prints one row per scenario and method: the error of the log indices, how often an 80 % interval held, the largest gap
between "beats the benchmark with probability p" and how often it did, how often the natural role was right, how many
roles were called clear, how often those were wrong and how often they were said to be, how much of the best possible
value the first three of twenty bring (and with no currency written beside any price, and in how many fields the order
is then the same), how often forecasts of the next campaign held (and of how many people it reached, in all and in the
market), how many clicks fell below P10, the gap of said chances of a target beside the gap of a judge whose every word
is true (targets around what the judge knows, then around the truth: benchmarks/promises.py), and where the sales that
came fell among those forecast, for the fifth of the briefs with the least and with the most audience there.

All figures are pooled over the seeds, each seed's cases counting alike; the row +- is the standard error of our own,
from how the seeds differ. Fields of a dozen creators need many seeds: 60 take less than half a minute.
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

from benchmarks.promises import Said, gap_figures, targets_said
from benchmarks.worlds import COUNTRIES, CURRENCY, SCENARIOS, World, invent
from fit.backtest import Facts
from fit.backtest import judged as judge_facts
from fit.forecast.brief_payoffs import payoffs_of_briefs
from fit.forecast.inputs import ForecastInputs, inputs_of
from fit.forecast.simulate import draw
from fit.forecast.stored_basis import StoredBasis
from fit.model.correlation import STAGES
from fit.model.geography import homes, market_shares, with_unlisted
from fit.model.role import D_WEIGHTS, Confidence, RoleLabel

Z_80 = 1.2816
COUNTS = {
    "engage": ("engagements", "impressions"),
    "click": ("clicks", "impressions"),
    "convert": ("conversions", "clicks"),
}
FORECASTS = ("impressions", "clicks", "conversions", "return_on_ad_spend", "in_market_conversions")
PEOPLE = ("reach", "in_market_reach")
SMALL_FIELD = 50  # creators; up to here the field is judged a second time, without currencies
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
    """Figures of one method in one world, ready to be pooled with those of others.

    parts: figure to its sum and the number of cases in it. said: kind of probability ("beats", "hit", "hidden") to what
    was said and whether it was so.
    """

    parts: dict[str, tuple[float, float]]
    said: dict[str, Said]


@dataclass(frozen=True)
class Rates:
    """Sums over each creator's campaigns: events and trials (creators, 3), 0 where nothing was measured."""

    events: np.ndarray
    trials: np.ndarray


def measure(world: World) -> dict[str, Measurement]:
    """Every method in one world."""
    stored = judged(world)
    rates = _rates(world)
    shares = _reported_shares(world, stored)
    methods = {
        "creator fit": _ours(world, stored),
        "raw rates": _raw(world, rates),
        "platform pooling": _platform(world, rates),
        "beta-binomial": _beta_binomial(world, rates),
        "additive score": _additive(world, rates, shares),
    }
    results = {name: Measurement(_figures(world, given), _beats(world, given)) for name, given in methods.items()}
    ours = results["creator fit"]
    ours.parts.update(_clear_figures(world, stored))
    if world.creators.height <= SMALL_FIELD:
        ours.parts.update(_currency_figures(world, methods["creator fit"]))
    inputs = inputs_of(world.briefs, stored)
    futures = draw(inputs, FORECAST_DRAWS)
    ours.parts.update(_forecast_figures(world, inputs, futures))
    ours.said.update(targets_said(world, stored, inputs, futures))
    return results


def facts_of(world: World) -> Facts:
    """What a brand would know of a world."""
    named = world.campaigns.with_columns(campaign_id=pl.format("k{}", "campaign_key"), end_date=pl.lit(None, pl.Date))
    return Facts(world.creators, named, world.audience, world.audience_sets)


def judged(world: World) -> StoredBasis:
    """What a generation of the store would hold of a world."""
    return judge_facts(facts_of(world))


def _reported_shares(world: World, stored: StoredBasis) -> dict[str, np.ndarray]:
    """The share of each creator's audience in each country, as the product reads it."""
    of, ids = homes(world.creators, world.audience), world.creators["creator_id"]
    mix, typical = stored.audience_mix, stored.facts["typical_in_market_share"]
    sets = with_unlisted(world.audience_sets, of, world.audience, mix, typical)
    results = {}
    for country in COUNTRIES:
        pairs = pl.DataFrame({"creator_id": ids, "market": [country] * len(ids)})
        results[country] = market_shares(pairs, of, world.audience, sets, mix, typical)["share"].to_numpy()
    return results


def _ours(world: World, stored: StoredBasis) -> Estimate:
    """The product's judgement; a payoff is what one post would buy at the price that was asked for it."""
    by_stage = [stored.strengths.filter(pl.col("stage") == stage) for stage in STAGES]
    mean, sd = (np.stack([frame[name].to_numpy() for frame in by_stage], axis=1) for name in ("log_mean", "log_sd"))
    return Estimate(mean, sd, _payoffs(world, stored, CURRENCY))


def _payoffs(world: World, stored: StoredBasis, currency: str | None) -> dict[str, np.ndarray]:
    """Payoff of one post for conversion at the price that each creator asks, country to (creators,)."""
    asked = pl.Series(world.asked).fill_nan(None)
    unit = pl.lit(currency, pl.String)
    post = world.creators.select("creator_id", deliverable=pl.lit("post"), cost=asked, currency=unit)
    everywhere = pl.concat([post.with_columns(market=pl.lit(country)) for country in COUNTRIES])
    worth = payoffs_of_briefs(everywhere, stored)["payoff_conversion"].to_numpy()
    return dict(zip(COUNTRIES, worth.reshape(len(COUNTRIES), -1), strict=True))


def _currency_figures(world: World, with_currency: Estimate) -> dict[str, tuple[float, float]]:
    """Value and order once nobody has written the currency beside a price; the order in all countries must agree."""
    unnamed = pl.lit(None, pl.String).alias("currency")
    tables = {name: getattr(world, name).with_columns(unnamed) for name in ("creators", "campaigns", "briefs")}
    silent = replace(world, **tables)
    payoffs = _payoffs(silent, judged(silent), None)
    orders = ((_order(payoffs[name]), _order(with_currency.payoffs[name])) for name in COUNTRIES)
    is_same = all(np.array_equal(*pair) for pair in orders)
    return {"value_top_3_no_currency": (_value(world, payoffs), 1.0), "order_same_no_currency": (float(is_same), 1.0)}


def _order(score: np.ndarray) -> np.ndarray:
    """Creators from the highest score down; what differs by less than a millionth stands in the order of the table."""
    return np.argsort(-np.round(np.log(np.maximum(score, 1e-300)), 6), kind="stable")


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


def _figures(world: World, estimate: Estimate) -> dict[str, tuple[float, float]]:
    """Error, coverage, role and value of one method. The typical creator is the mean one of the world's own field."""
    results = {"value_top_3": (_value(world, estimate.payoffs), 1.0)}
    if estimate.mean is None:
        return results
    truth = world.truth - world.truth.mean(axis=0)
    error = estimate.mean - estimate.mean.mean(axis=0) - truth
    gap, true_gap = (values @ D_WEIGHTS for values in (estimate.mean, world.truth))
    results |= {f"rmse_{stage}": part(error[:, at] ** 2) for at, stage in enumerate(STAGES)}
    results["role_right"] = part((gap > 0) == (true_gap > 0))
    if estimate.sd is not None:
        inside = np.abs(estimate.mean - truth) < Z_80 * estimate.sd
        results |= {f"coverage_{stage}": part(inside[:, at]) for at, stage in enumerate(STAGES)}
    return results


def part(cases: np.ndarray) -> tuple[float, float]:
    """The sum of the cases and how many they are."""
    return float(cases.sum()), float(len(cases))


def _clear_figures(world: World, stored: StoredBasis) -> dict[str, tuple[float, float]]:
    """How many roles are called clear, how many of those are wrong, and how many were said to be."""
    is_clear = (stored.natural_roles["confidence"] == Confidence.CLEAR).to_numpy()
    is_conversion = (stored.natural_roles["label"] == RoleLabel.CONVERSION).to_numpy()
    is_wrong = is_conversion != (world.truth @ D_WEIGHTS > 0)
    chance = stored.natural_roles["p_conversion"].to_numpy()
    said = np.where(is_conversion, 1 - chance, chance)
    return {"clear": part(is_clear), "clear_wrong": part(is_wrong[is_clear]), "clear_said": part(said[is_clear])}


def _beats(world: World, estimate: Estimate) -> dict[str, Said]:
    """P(beats benchmark) of every creator and stage, and whether it did; nothing where a method does not say."""
    if estimate.mean is None or estimate.sd is None:
        return {}
    above = world.truth > world.truth.mean(axis=0)
    said = ndtr(estimate.mean / estimate.sd).ravel()
    return {"beats": Said.of_independent(said, above.ravel())}


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


def _forecast_figures(
    world: World, inputs: ForecastInputs, futures: dict[str, np.ndarray]
) -> dict[str, tuple[float, float]]:
    """How often the 80 % interval of the next campaign held, read by rank so that whole numbers count rightly."""
    g = np.random.default_rng(world.seed)  # one of its own: fields of a dozen must not meet the same dozen of numbers
    ranks = {name: place_among(np.asarray(world.outcomes[name]), futures[name], g) for name in FORECASTS + PEOPLE}
    results = {f"forecast_{name}": part((rank > 0.1) & (rank < 0.9)) for name, rank in ranks.items()}
    results["clicks_below"] = part(ranks["clicks"] <= 0.1)
    shares = inputs.share[:, 0]
    edges = np.quantile(shares, [0.2, 0.8])
    results["rank_least_at_home"] = part(ranks["conversions"][shares <= edges[0]])
    results["rank_most_at_home"] = part(ranks["conversions"][shares >= edges[1]])
    return results


def place_among(actual: np.ndarray, drawn: np.ndarray, g: np.random.Generator) -> np.ndarray:
    """Where what came falls among the drawn futures, 0 to 1; a tie falls anywhere among its equals."""
    below, equal = (drawn < actual[:, None]).mean(axis=1), (drawn == actual[:, None]).mean(axis=1)
    return below + g.random(len(actual)) * equal


def pool(runs: Sequence[dict[str, Measurement]]) -> dict[str, dict[str, float]]:
    """Every method's figures over seeds: all cases together, and of a figure f its standard error as "f +-"."""
    results = {}
    for method, first in runs[0].items():
        own = [run[method] for run in runs]
        results[method] = {}
        for name in first.parts:
            value, error = pooled(np.array([one.parts[name] for one in own]))
            if name.startswith("rmse_"):
                value, error = np.sqrt(value), error / (2 * np.sqrt(value))
            results[method] |= {name: float(value), f"{name} +-": float(error)}
        for kind in first.said:
            results[method] |= gap_figures(kind, [one.said[kind] for one in own])
    return results


def pooled(parts: np.ndarray) -> tuple[float, float]:
    """Sum over cases of fields, and its standard error from how the fields differ (NaN for one field).

    parts: sum and number of cases of each field (fields, 2).
    """
    count, (total, cases) = len(parts), parts.sum(axis=0)
    if cases == 0:
        return np.nan, np.nan
    value = total / cases
    off = ((parts[:, 0] - value * parts[:, 1]) ** 2).sum()
    return value, float(np.sqrt(off * count / (count - 1)) / cases) if count > 1 else np.nan


def run(
    names: Iterable[str],
    seeds: Sequence[int],
    count_creators: int | None = None,
    say: Callable[[str], None] = lambda line: None,
) -> dict[str, dict[str, dict[str, float]]]:
    """Figures by scenario and method, pooled over seeds; count_creators: None = each scenario's own number."""
    results = {}
    for name in names:
        scenario = SCENARIOS[name]
        scenario = replace(scenario, count_creators=count_creators or scenario.count_creators)
        results[name] = pool([measure(invent(scenario, seed)) for seed in seeds])
        for line in table(name, results[name]):
            say(line)
    return results


COLUMNS = {
    "error": tuple(f"rmse_{stage}" for stage in STAGES),
    "80 % held": tuple(f"coverage_{stage}" for stage in STAGES),
    "gap": ("beats_gap",),
    "role": ("role_right",),
    "clear, wrong, said": ("clear", "clear_wrong", "clear_said"),
    "top 3": ("value_top_3",),
    "no currency, same": ("value_top_3_no_currency", "order_same_no_currency"),
    "forecasts held": tuple(f"forecast_{name}" for name in FORECASTS),
    "people": tuple(f"forecast_{name}" for name in PEOPLE),
    "below": ("clicks_below",),
    "P(hit), right": ("hit_gap", "hit_gap_if_right"),
    "hidden, right": ("hidden_gap", "hidden_gap_if_right"),
    "rank of sales": ("rank_least_at_home", "rank_most_at_home"),
}


def table(scenario: str, figures: dict[str, dict[str, float]]) -> list[str]:
    """The lines of one scenario; a dash stands for what a method does not say. The first method's errors follow it."""
    widths = {title: max(len(title), 5 * len(names) - 1) for title, names in COLUMNS.items()}
    lines = [f"{scenario:<20}" + "  ".join(f"{title:<{width}}" for title, width in widths.items())]
    for at, (method, row) in enumerate(figures.items()):
        lines.append(f"  {method:<18}" + _cells(row, "", widths))
        if at == 0:
            lines.append(f"  {'+-':<18}" + _cells(row, " +-", widths))
    return lines


def _cells(row: dict[str, float], ending: str, widths: dict[str, int]) -> str:
    """The columns of a line: the figures whose names end so, two or (errors) three decimals."""
    decimals = 3 if ending else 2
    shown = {name: f"{value:.{decimals}f}".lstrip("0") for name, value in row.items() if not np.isnan(value)}
    cells = ("/".join(shown.get(f"{name}{ending}", "-") for name in names) for names in COLUMNS.values())
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, widths.values(), strict=True))


def main() -> None:
    """Read the arguments, run, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scenario", action="append", choices=list(SCENARIOS), help="default: all")
    seeds = parser.add_mutually_exclusive_group()
    seeds.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    seeds.add_argument("--count-seeds", type=int, metavar="N", help="seeds 1 to N")
    parser.add_argument("--creators", type=int, help="default: each scenario's own number")
    parser.add_argument("--json", type=Path, help="write the figures to this file as well")
    given = parser.parse_args()
    numbers = list(range(1, given.count_seeds + 1)) if given.count_seeds else given.seeds
    results = run(given.scenario or list(SCENARIOS), numbers, given.creators, print)
    if given.json:
        report = {"seeds": numbers, "creators": given.creators, "figures": results}
        given.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

"""Measure what a budget brings: how it is spent, what is promised of the whole, and what a creator may cost.

    python -m benchmarks.decision [--scenario base]... [--seeds 1 2 3 | --count-seeds 8] [--creators 400] [--json FILE]

Every world gives one slate a country: 20 candidates, each with one deliverable at its price, and a budget of a quarter
of what all of them cost. Worth is what is truly to be expected of a creator, known from the world and not from the
product: purchases by people in the market (conversion), or people reached in the market (awareness). Printed, each with
its standard error from how the worlds differ:

- spent: worth of what each way of spending books, as a part of the best set that the budget could have bought; "were
  every word true": the same of the exact set where each creator's worth is drawn as unsure as the judgement says it is,
  which is the most that can be expected of one that is as unsure;
- top 3: worth per 1,000 of the currency (awareness: per 1 of it), the same money with each of three creators;
- said: what the product expects of all candidates together over what is truly to be expected;
- total: how often the 80 % range of the exact set's total held what came, how much fell below it, and how wide it was
  (high over low), for three ways of adding up futures;
- safe fee: what a creator may cost for four deliverables at home so that 8 of 10 futures make no loss: how often there
  was none beside how often that was said, and for how many creators such a fee is above nothing.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np

from benchmarks.calibration import judged, part, place_among, pooled
from benchmarks.worlds import COUNTRIES, ORDER_VALUE, SCENARIOS, Offers, World, invent
from fit.forecast import StoredBasis, draw_apart, payoffs_of_briefs
from fit.forecast.inputs import ForecastInputs, inputs_of
from fit.forecast.simulate import campaign_rates, draw, drawn_impressions, exact_means, fit_errors, shares
from fit.model import SURVEY_SIZE, click_factor, convert_factor, path_factor

CANDIDATES, TOP, BUDGET = 20, 3, 0.25  # on a slate, how many are compared by yield, part of the price of all
DRAWS, PACKAGE = 1_000, 4  # futures; deliverables that a safe fee pays
TRUTHS = 40  # draws of what all candidates of a slate may truly be worth
SAFE, MARGIN = 0.2, 0.5 * ORDER_VALUE  # futures in which a safe fee may lose; what a purchase is worth to the brand
GOALS = {"conversion": "in_market_conversions", "awareness": "in_market_reach"}
PER = {"conversion": 1_000.0, "awareness": 1.0}  # of the currency
Parts = dict[str, tuple[float, float]]


@dataclass(frozen=True)
class Slate:
    """Candidates of one brief, one value each.

    cost, payoff: at the price that is asked; expected: worth as the product says it; futures: drawn worth (candidates,
    draws), all meeting the same luck; own: the same, each with luck of its own, and only the field's own errors in
    common; worth, came: truly expected, and what came of it; may_be_worth: what may truly be expected as far as the
    judgement knows (candidates, draws).
    """

    cost: np.ndarray
    payoff: np.ndarray
    expected: np.ndarray
    futures: np.ndarray
    own: np.ndarray
    worth: np.ndarray
    came: np.ndarray
    may_be_worth: np.ndarray

    @cached_property
    def exact(self) -> np.ndarray:
        """The best set on expected outcomes (booleans)."""
        return best_set(self.expected, self.cost, self.budget)

    @property
    def budget(self) -> float:
        """What may be spent."""
        return BUDGET * float(self.cost.sum())


def book(order: np.ndarray, cost: np.ndarray, budget: float, *, fills_up: bool) -> np.ndarray:
    """Book from the top: until one no longer fits, or (fills_up) passing over what does not fit. Returns booleans."""
    booked, left = np.zeros(len(cost), bool), budget
    for at in order:
        if cost[at] <= left:
            booked[at] = True
            left -= cost[at]
        elif not fills_up:
            break
    return booked


def best_set(value: np.ndarray, cost: np.ndarray, budget: float) -> np.ndarray:
    """The set of the largest value that the budget pays (booleans), without a solver.

    Every set of one half of the candidates is joined with the best set of the other half that the rest still pays.
    """
    half = len(value) // 2
    values, costs = _sets(value[:half], cost[:half])
    others, prices = _sets(value[half:], cost[half:])
    order = np.argsort(prices, kind="stable")
    paid = np.searchsorted(prices[order], budget - costs, side="right")  # how many of the other sets the rest pays
    best = np.concatenate([[-np.inf], np.maximum.accumulate(others[order])])
    first = int(np.argmax(values + best[paid]))
    second = int(order[np.argmax(others[order[: paid[first]]])])
    return ((first + (second << half)) >> np.arange(len(value)) & 1).astype(bool)


def _sets(value: np.ndarray, cost: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Value and cost of every set of some candidates; candidate i is in set n where bit i of n is 1."""
    values, costs = np.zeros(1), np.zeros(1)
    for one, price in zip(value, cost, strict=True):
        values, costs = np.concatenate([values, values + one]), np.concatenate([costs, costs + price])
    return values, costs


def measure(world: World) -> Parts:
    """All figures of one world: figure to its sum and the number of cases in it."""
    stored = judged(world)
    usual, g = stored.payoff_parts["deliverable"], np.random.default_rng(world.seed)
    count = world.creators.height
    parts: Parts = {}
    for country in COUNTRIES:
        offers = world.offers([country] * count, usual)
        some = np.sort(g.choice(count, min(CANDIDATES, count), replace=False))
        for goal in GOALS:
            slate = slate_of(offers, stored, some, goal)
            for name, (total, cases) in (spent(slate) | yields(slate, PER[goal]) | totals(slate)).items():
                before = parts.get(f"{goal}: {name}", (0.0, 0.0))
                parts[f"{goal}: {name}"] = (before[0] + total, before[1] + cases)
    return parts | safe_fees(world.offers(world.creators["home_country"], usual, PACKAGE), stored)


def slate_of(offers: Offers, stored: StoredBasis, some: np.ndarray, goal: str) -> Slate:
    """The offers of some creators (indices) as a brief with this goal meets them."""
    briefs = offers.briefs[some]
    inputs = inputs_of(briefs, stored)
    truly, came = (table[GOALS[goal]].to_numpy()[some].astype(float) for table in (offers.expected, offers.came))
    return Slate(
        cost=briefs["cost"].to_numpy(),
        payoff=payoffs_of_briefs(briefs, stored)[f"payoff_{goal}"].to_numpy(),
        expected=exact_means(inputs)[GOALS[goal]],
        futures=draw(inputs, DRAWS)[GOALS[goal]],
        own=draw_apart(inputs, DRAWS)[GOALS[goal]],
        worth=truly,
        came=came,
        may_be_worth=may_be_worth(inputs, goal),
    )


def may_be_worth(inputs: ForecastInputs, goal: str) -> np.ndarray:
    """What may truly be expected of each candidate, as unsure as the judgement is (candidates, TRUTHS): no campaign's
    luck, but what is not known of the creator, of its audience and of what is typical (the same for all).
    """
    own = np.sqrt(np.maximum(inputs.impressions[:, 1] ** 2 - inputs.view_campaign_sd**2, 0.0))
    impressions = np.column_stack([inputs.impressions[:, 0], own])
    without_luck = replace(inputs, impressions=impressions, caps=np.full(3, np.inf))
    rows = [_may_be_worth(without_luck.take(slice(at, at + 1)), goal, at + 1) for at in range(len(inputs))]
    return np.concatenate(rows)


def _may_be_worth(inputs: ForecastInputs, goal: str, seed: int) -> np.ndarray:
    """The same of one candidate (1, TRUTHS)."""
    normal = np.random.default_rng(seed).standard_normal((9, 1, TRUTHS))
    errors, share = fit_errors(inputs, TRUTHS, seed), shares(inputs, seed, TRUTHS, SURVEY_SIZE)
    views = drawn_impressions(inputs, normal, errors)
    if goal == "awareness":
        return views * share / np.exp(np.maximum(inputs.frequency[:, :1], 0.0))
    rates = campaign_rates(inputs, normal, errors)
    clicks = views * rates[1] * click_factor(share, inputs.out_click)
    sales = clicks * rates[2] * convert_factor(share, inputs.out_click, inputs.out_convert)
    return sales * share / path_factor(share, inputs.out_click, inputs.out_convert)


def _case(value: float | bool) -> tuple[float, float]:
    """One case of a figure."""
    return float(value), 1.0


def spent(slate: Slate) -> Parts:
    """The worth of what each way of spending books, as a part of what the best set in hindsight is worth."""
    cost, budget = slate.cost, slate.budget
    best = slate.worth[best_set(slate.worth, cost, budget)].sum()
    by_payoff, by_expected = np.argsort(-slate.payoff), np.argsort(-slate.expected / cost)
    by_chance = np.random.default_rng(len(cost)).permutation(len(cost))
    booked = {
        "payoff, until one does not fit": book(by_payoff, cost, budget, fills_up=False),
        "payoff, filling up": book(by_payoff, cost, budget, fills_up=True),
        "expected per money, filling up": book(by_expected, cost, budget, fills_up=True),
        "exact set on expected outcomes": slate.exact,
        "in any order, filling up": book(by_chance, cost, budget, fills_up=True),
    }
    parts = {f"spent, {name}": _case(slate.worth[some].sum() / best) for name, some in booked.items()}
    worths = slate.may_be_worth.T
    most = np.mean([worth[slate.exact].sum() / worth[best_set(worth, cost, budget)].sum() for worth in worths])
    return parts | {"spent, exact set, were every word true": _case(float(most))}


def yields(slate: Slate, per: float) -> Parts:
    """Worth per money of three candidates, by what they are chosen; any: the mean of many threes."""
    g = np.random.default_rng(0)
    order = {
        "payoff": np.argsort(-slate.payoff),
        "expected per money": np.argsort(-slate.expected / slate.cost),
        "the truth": np.argsort(-slate.worth / slate.cost),
    }
    results = {f"top 3, {name}": _case(_yield(slate, by[:TOP], per)) for name, by in order.items()}
    threes = (g.choice(len(slate.cost), TOP, replace=False) for _ in range(100))
    results["top 3, any"] = _case(np.mean([_yield(slate, three, per) for three in threes]))
    return results


def _yield(slate: Slate, some: np.ndarray, per: float) -> float:
    """Mean worth per money of some candidates."""
    return float(per * (slate.worth[some] / slate.cost[some]).mean())


def totals(slate: Slate) -> Parts:
    """Whether the 80 % range of the exact set's total held what came, how wide it was, and whether it came below.

    Read by rank, so that whole numbers count rightly; added quantiles have no rank and hold their ends.
    """
    g = np.random.default_rng(0)
    chosen = slate.exact
    came = slate.came[chosen].sum()
    drawn = {"own luck each": slate.own[chosen].sum(axis=0), "the same luck": slate.futures[chosen].sum(axis=0)}
    low, high = np.quantile(slate.own[chosen], [0.1, 0.9], axis=1).sum(axis=1)
    ranges = {"P10s and P90s added": (low, high, came < low, came > high)}
    for name, values in drawn.items():
        rank = float(place_among(np.array([came]), values[None], g)[0])
        ranges[name] = (*np.quantile(values, [0.1, 0.9]), rank <= 0.1, rank >= 0.9)
    results = {"said over true": (float(slate.expected.sum()), float(slate.worth.sum()))}
    for name, (low, high, is_below, is_above) in ranges.items():
        results[f"total held, {name}"] = _case(not is_below and not is_above)
        results[f"total below, {name}"] = _case(is_below)
        results[f"total width, {name}"] = _case((high + 1) / (low + 1))
    return results


def safe_fees(offers: Offers, stored: StoredBasis) -> Parts:
    """How often a safe fee made no loss and how often that was said, over creators with a safe fee above nothing."""
    brought = MARGIN * draw(inputs_of(offers.briefs, stored), DRAWS)[GOALS["conversion"]]
    came = MARGIN * offers.came[GOALS["conversion"]].to_numpy()
    fee = np.quantile(brought, SAFE, axis=1, method="inverted_cdf")
    some = fee > 0
    return {
        "safe fee, no loss": part((came >= fee)[some]),
        "safe fee, no loss said": part((brought >= fee[:, None]).mean(axis=1)[some]),
        "safe fee above nothing": part(some),
    }


def run(
    names: Iterable[str],
    seeds: Sequence[int],
    count_creators: int | None = None,
    say: Callable[[str], None] = lambda line: None,
) -> dict[str, dict[str, tuple[float, float]]]:
    """Scenario to figure to (value, standard error), pooled over the slates of all seeds."""
    results = {}
    for name in names:
        scenario = SCENARIOS[name]
        scenario = replace(scenario, count_creators=count_creators or scenario.count_creators)
        worlds = [measure(invent(scenario, seed)) for seed in seeds]
        figures = sorted(set().union(*worlds), key=list(dict.fromkeys(key for one in worlds for key in one)).index)
        results[name] = {key: pooled(np.array([one.get(key, (0.0, 0.0)) for one in worlds])) for key in figures}
        for line in table(name, results[name], len(seeds) * len(COUNTRIES)):
            say(line)
    return results


def table(scenario: str, figures: dict[str, tuple[float, float]], count_slates: int) -> list[str]:
    """The lines of one scenario: conversion and awareness side by side, then what belongs to no goal."""
    lines = [f"{scenario}, {count_slates} slates".ljust(46) + "".join(goal.ljust(20) for goal in GOALS)]
    names = dict.fromkeys(key.split(": ")[-1] for key in figures)
    for name in names:
        keys = [f"{goal}: {name}" for goal in GOALS] if f"conversion: {name}" in figures else [name]
        lines.append(f"  {name:<44}" + "".join(_cell(*figures[key]).ljust(20) for key in keys).rstrip())
    return lines


def _cell(value: float, error: float) -> str:
    """A figure and its standard error."""
    return f"{value:.3f}" + ("" if np.isnan(error) else f" +- {error:.3f}")


def main() -> None:
    """Read the arguments, run, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scenario", action="append", choices=list(SCENARIOS), help="default: base and small 20")
    seeds = parser.add_mutually_exclusive_group()
    seeds.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3, 4])
    seeds.add_argument("--count-seeds", type=int, metavar="N", help="seeds 1 to N")
    parser.add_argument("--creators", type=int, help="default: each scenario's own number")
    parser.add_argument("--json", type=Path, help="write the figures to this file as well")
    given = parser.parse_args()
    numbers = list(range(1, given.count_seeds + 1)) if given.count_seeds else given.seeds
    results = run(given.scenario or ["base", "small 20"], numbers, given.creators, print)
    if given.json:
        report = {"seeds": numbers, "creators": given.creators, "figures": results}
        given.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

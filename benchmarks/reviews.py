"""Measure whether a review tells luck from a real fall, stage by stage, in worlds whose truth is known.

    python -m benchmarks.reviews [--scenario base]... [--seeds 1 2 3] [--creators 400]

Each creator's next campaign is forecast, then runs. As it went, at most one in ten should be called more than luck at
each stage. Then the same campaigns with purchases cut to a tenth and clicks to a fifth: how often is that fall found?
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from benchmarks.calibration import judged
from benchmarks.worlds import SCENARIOS, World, invent
from fit.agreement.agreement import Deliverable
from fit.agreement.frozen_forecast import FrozenForecast, futures_of, summary_of
from fit.forecast.inputs import inputs_of
from fit.review.significance import REVIEWED_STAGES, stages_of

DRAWS = 500  # of each review; the product draws 20,000
FALLS = {"conversions": 0.1, "clicks": 0.2}  # what is left of a stage that really fell
FEWEST = 5.0  # purchases that were expected where a fall of them is looked for: of fewer, none at all may be luck


def measure(world: World) -> dict[str, float]:
    """Part of the campaigns called more than luck at each stage ("clicks"), and of real falls found ("clicks fell")."""
    inputs = inputs_of(world.briefs, judged(world))
    called: dict[str, list[bool]] = {name: [] for name in (*REVIEWED_STAGES, *(f"{name} fell" for name in FALLS))}
    for at, row in enumerate(world.outcomes.iter_rows(named=True)):
        frozen = _frozen(inputs.take(slice(at, at + 1)), row["cost"])
        actual = {name: float(row[name]) for name in REVIEWED_STAGES}
        # As a brand would know it: in-market impressions are hardly ever reported, so the rest is judged without.
        known = {name: value for name, value in actual.items() if name != "in_market_impressions"}
        by_stage = {stage.stage: stage for stage in stages_of(frozen, known, DRAWS)}
        by_stage["in_market_impressions"] = stages_of(frozen, actual, DRAWS)[1]
        for name in REVIEWED_STAGES:
            called[name].append(by_stage[name].judged == "more than luck")
        for name, left in FALLS.items():
            if by_stage[name].mean >= FEWEST:
                fallen = {stage.stage: stage for stage in stages_of(frozen, _fallen(known, name, left), DRAWS)}
                called[f"{name} fell"].append(fallen[name].is_below)
    return {name: float(np.mean(calls)) if calls else float("nan") for name, calls in called.items()}


def _fallen(actual: dict[str, float], name: str, left: float) -> dict[str, float]:
    """The same campaign with so much left of a stage; what lies below it is not looked at."""
    stop = REVIEWED_STAGES.index(name)
    known = {stage: value for stage, value in actual.items() if REVIEWED_STAGES.index(stage) <= stop}
    return known | {name: float(np.floor(left * actual[name]))}


def _frozen(inputs, cost: float) -> FrozenForecast:
    futures = futures_of(inputs, cost, draws=DRAWS)
    return FrozenForecast(
        generation=1, is_demo=False, deliverables=(Deliverable("post"),), currency=None, cost=cost, inputs=inputs,
        audience=None, typical_share=0.55, has_own_rates=True, summary=summary_of(futures, cost), targets=(),
    )  # fmt: skip


def run(scenario: str, seeds: Sequence[int], count_creators: int) -> dict[str, float]:
    """Figures of one scenario, averaged over seeds."""
    of = replace(SCENARIOS[scenario], count_creators=count_creators)
    figures = [measure(invent(of, seed)) for seed in seeds]
    return {name: float(np.nanmean([row[name] for row in figures])) for name in figures[0]}


def main() -> None:
    """Read the arguments, run, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scenario", action="append", choices=list(SCENARIOS), help="default: all")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--creators", type=int, default=400)
    given = parser.parse_args()
    for scenario in given.scenario or list(SCENARIOS):
        figures = run(scenario, given.seeds, given.creators)
        print(f"{scenario:<20}" + "  ".join(f"{name} {value:.3f}" for name, value in figures.items()))


if __name__ == "__main__":
    main()

"""Measure whether a forecast that is updated while its campaign runs holds, and what it gains over scaling up.

    python -m benchmarks.pace [--scenario base] [--first-seed 951] [--count-seeds 4] [--creators 60] [--sure 20]

The campaigns are the next ones of invented worlds, whose final counts are known. At 20, 40 and 60 % expected to be in,
the part that really is in is drawn around that: Beta, as sure as --sure says (the product assumes 20), the same for all
counts of a campaign, then each count a little off it. Printed is how often the updated 80 % range held the final count
(by rank, so that whole numbers count rightly), and the pinball loss (mean of 10, 50 and 90 %, of log(1 + count)) over
that of two rivals: what came over what is expected to be in, as one number, and the same with the range that the unsure
part alone gives.

A second table is of campaigns in which nothing is wrong: clicks come in evenly over 30 days, as unsurely as above, and
a rule is held against them on its day, once, however often somebody looks (tests/fit/pace/test_pace.py looks daily).
The rule is the strictest, in tenths of the target (the forecast's middle), of which the product says that luck crosses
it in at most 1 of 10 campaigns. Printed is how often it was crossed.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from scipy.stats import beta, binom

from benchmarks.calibration import judged
from benchmarks.worlds import SCENARIOS, World, invent
from fit.forecast.inputs import inputs_of
from fit.forecast.simulate import draw
from fit.pace.pace import (
    FUTURES,
    LARGEST_PART,
    SURE_OF_COUNT,
    SURE_OF_PART,
    WEIGHED,
    final_weights,
    log_likelihoods,
    part_nodes,
    weighted_quantiles,
)
from fit.pace.path import DRAWS, in_by_then
from fit.pace.talk_by_luck import MOST_BY_LUCK

PARTS = (0.2, 0.4, 0.6)
MEASURED = ("impressions", "clicks", "conversions")
PLACES = np.array([0.1, 0.5, 0.9])
DAYS, RULE_DAYS = 30, (7, 14, 30)
Scores = dict[tuple[str, float], list[tuple[bool, float, float, float]]]


def came_so_far(final: dict[str, int], part: float, sure: float, g: np.random.Generator) -> dict[str, float]:
    """Draw what is in of each final count."""
    shared = g.beta(sure * part, sure * (1 - part))
    each = np.clip(g.beta(SURE_OF_COUNT * shared, SURE_OF_COUNT * (1 - shared), len(final)), 1e-9, 1.0)
    return {name: float(g.binomial(count, own)) for (name, count), own in zip(final.items(), each, strict=True)}


def pinball(final: float, said: np.ndarray) -> float:
    """Mean loss of quantiles at PLACES, on logs."""
    off = np.log1p(final) - np.log1p(said)
    return float(np.maximum(PLACES * off, (PLACES - 1) * off).mean())


def measure(world: World, sure: float, scores: Scores) -> None:
    """Add the scores of every next campaign of a world."""
    inputs = inputs_of(world.briefs, judged(world))
    g = np.random.default_rng(world.seed)
    for at in range(len(inputs)):
        futures = {name: values[0] for name, values in draw(inputs.take(slice(at, at + 1)), FUTURES).items()}
        final = {name: int(world.outcomes[name][at]) for name in WEIGHED}
        for part in PARTS:
            came = came_so_far(final, part, sure, g)
            logs = log_likelihoods(futures, came, dict.fromkeys(came, part))
            for name in MEASURED:
                weight = final_weights(name, logs)
                scaled = came[name] / part
                if weight is None:  # beyond all futures
                    continue
                values = np.maximum(futures[name], came[name])
                said = np.array(weighted_quantiles(values, weight))
                below, equal = (weight[values < final[name]].sum(), weight[values == final[name]].sum())
                nodes = np.quantile(came[name] / part_nodes(part), PLACES)
                scores[name, part].append(
                    (
                        bool(0.1 < below + g.random() * equal < 0.9),
                        pinball(final[name], said),
                        pinball(final[name], np.full(3, scaled)),
                        pinball(final[name], nodes),
                    )
                )


def talks(world: World, sure: float, found: dict[int, list[tuple[float, float, bool]]]) -> None:
    """Add for every next campaign and day of the rule: share of the target, chance said, whether it was crossed."""
    inputs = inputs_of(world.briefs, judged(world))
    g = np.random.default_rng(world.seed + 1)
    for at in range(len(inputs)):
        futures = draw(inputs.take(slice(at, at + 1)), DRAWS)["clicks"][0]
        final, target = int(world.outcomes["clicks"][at]), float(np.median(futures))
        places = g.random(2)
        for due in RULE_DAYS:
            said = in_by_then(futures, due / DAYS)
            shares = [share for share in np.arange(1, 11) / 10 if (said < share * target).mean() <= MOST_BY_LUCK]
            if not shares:
                continue
            part = min(due / DAYS, LARGEST_PART)
            came = binom.ppf(places[1], final, beta.ppf(places[0], sure * part, sure * (1 - part)))
            bound = shares[-1] * target
            found[due].append((shares[-1], float((said < bound).mean()), bool((came if due < DAYS else final) < bound)))


def talk_table(found: dict[int, list[tuple[float, float, bool]]]) -> Iterator[str]:
    """How often rules were crossed by luck, as Markdown."""
    yield "| Day of the rule | Campaigns | Share of the target, mean | Chance said, mean | Crossed |"
    yield "|---|---|---|---|---|"
    for due, rows in sorted(found.items()):
        share, said, crossed = np.array(rows, float).mean(axis=0)
        yield f"| {due} | {len(rows)} | {share:.2f} | {said:.3f} | {crossed:.3f} |"


def run(scenario: str, seeds: Sequence[int], count_creators: int | None, sure: float = SURE_OF_PART) -> Scores:
    """The scores of all worlds: held, our loss, the loss of scaling up, the same with a range."""
    form = SCENARIOS[scenario]
    form = form if count_creators is None else replace(form, count_creators=count_creators)
    scores: Scores = defaultdict(list)
    for seed in seeds:
        measure(invent(form, seed), sure, scores)
    return scores


def table(scores: Scores) -> Iterator[str]:
    """The figures as Markdown."""
    yield "| Metric | Expected in | Campaigns | 80 % range held | Loss over scaling up | Over scaling up with a range |"
    yield "|---|---|---|---|---|---|"
    for (name, part), rows in sorted(scores.items()):
        held, ours, scaled, ranged = np.array(rows, float).mean(axis=0)
        figures = f"{len(rows)} | {held:.3f} | {ours / scaled:.2f} | {ours / ranged:.2f}"
        yield f"| {name} | {part:.0%} | {figures} |"


def main() -> None:
    """Read options, run, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scenario", choices=SCENARIOS, default="base")
    parser.add_argument("--first-seed", type=int, default=951)
    parser.add_argument("--count-seeds", type=int, default=4)
    parser.add_argument("--creators", type=int, default=60)
    parser.add_argument("--sure", type=float, default=SURE_OF_PART)
    options = parser.parse_args()
    seeds = range(options.first_seed, options.first_seed + options.count_seeds)
    form = replace(SCENARIOS[options.scenario], count_creators=options.creators)
    found: dict[int, list[tuple[float, float, bool]]] = defaultdict(list)
    for seed in seeds:
        talks(invent(form, seed), options.sure, found)
    print("\n".join([*talk_table(found), ""]), flush=True)
    print("\n".join(table(run(options.scenario, seeds, options.creators, options.sure))))


if __name__ == "__main__":
    main()

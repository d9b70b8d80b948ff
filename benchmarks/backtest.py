"""Measure whether the back-test tells right judgements from wrong ones, in worlds of known truth.

    python -m benchmarks.backtest [--scenario base] [--first-seed 901] [--count-seeds 20] [--creators 60] [--json FILE]

Each world is walked forward three times: with the product's judgement, with one whose ranges are half as wide, and with
one whose rates are twice as high. Printed are what the check "past forecasts" of the health card said of each, and the
coverage that the back-test states beside the true one: how often the forecasts of each creator's next campaign, which
no back-test has seen, held what came. The difference is pooled over worlds.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl

from benchmarks.calibration import facts_of, judged, place_among
from benchmarks.worlds import SCENARIOS, World, invent
from fit.backtest import Accuracy, Facts, TooFewCampaigns, accuracy_of, walk_forward
from fit.backtest import judged as right
from fit.backtest.health import CHECKS, HealthFacts
from fit.forecast.inputs import inputs_of
from fit.forecast.simulate import draw
from fit.forecast.stored_basis import StoredBasis

TRUE_METRICS = ("impressions", "clicks", "conversions")
PAST_FORECASTS = next(check for check in CHECKS if check.name == "Past forecasts")


def half_as_wide(facts: Facts) -> StoredBasis:
    """The right judgement with every spread halved."""
    stored = right(facts)
    halves = pl.col("name").str.ends_with("_sd") | pl.col("name").str.starts_with("spread_")
    value = pl.when(halves).then(pl.col("value") / 2).otherwise("value")
    value = pl.when(pl.col("name").str.starts_with("k_")).then(pl.col("value") * 4).otherwise(value)
    return replace(
        stored,
        field_facts=stored.field_facts.with_columns(value=value),
        strengths=stored.strengths.with_columns(pl.col("log_sd") / 2),
        natural_roles=stored.natural_roles.with_columns(pl.col(r"^covariance_.*$") / 4),
        benchmark_errors=stored.benchmark_errors.with_columns(pl.col("errors").list.eval(pl.element() / 2)),
        view_rates=stored.view_rates.with_columns(pl.col("log_sd") / 2),
        order_values=stored.order_values.with_columns(pl.col("log_sd") / 2),
    )


def twice_as_high(facts: Facts) -> StoredBasis:
    """The right judgement with the base rates of all three stages doubled."""
    stored = right(facts)
    is_base = pl.col("name").str.starts_with("base_")
    value = pl.when(is_base).then(pl.col("value") * 2).otherwise("value")
    return replace(stored, field_facts=stored.field_facts.with_columns(value=value))


JUDGEMENTS: dict[str, Callable[[Facts], StoredBasis]] = {
    "right": right, "ranges halved": half_as_wide, "rates doubled": twice_as_high,
}  # fmt: skip


def verdict(accuracy: Accuracy) -> str:
    """What the health card's check of past forecasts says."""
    return PAST_FORECASTS(HealthFacts({}, False, accuracy)).status


def true_coverage(world: World) -> dict[str, np.ndarray]:
    """Whether the forecast of each creator's next campaign held it, by metric."""
    g = np.random.default_rng(0)
    futures = draw(inputs_of(world.briefs, judged(world)))
    ranks = {name: place_among(world.outcomes[name].to_numpy(), futures[name], g) for name in TRUE_METRICS}
    return {name: (rank > 0.1) & (rank < 0.9) for name, rank in ranks.items()}


def run(scenario: str, seeds: Sequence[int], count_creators: int | None) -> dict[str, object]:
    """All figures: verdicts by judgement, and of each metric stated and true coverage with counts."""
    form = SCENARIOS[scenario]
    form = form if count_creators is None else replace(form, count_creators=count_creators)
    verdicts: dict[str, Counter[str]] = {name: Counter() for name in JUDGEMENTS}
    stated, true = ({name: [] for name in TRUE_METRICS} for _ in range(2))
    for seed in seeds:
        world = invent(form, seed)
        for name, judge in JUDGEMENTS.items():
            try:
                accuracy = accuracy_of(walk_forward(facts_of(world), judge=judge))
            except TooFewCampaigns:
                verdicts[name]["too few"] += 1
                continue
            verdicts[name][verdict(accuracy)] += 1
            if name == "right":
                for one in (one for one in accuracy.metrics if one.metric in stated):
                    stated[one.metric].append((one.held.share, one.held.count))
        for metric, is_held in true_coverage(world).items():
            true[metric].append((float(is_held.mean()), len(is_held)))
    return {
        "verdicts": {name: dict(counts) for name, counts in verdicts.items()},
        "coverage": {name: {"stated": _pooled(stated[name]), "true": _pooled(true[name])} for name in TRUE_METRICS},
        "worlds": len(seeds),
    }


def _pooled(shares: Sequence[tuple[float, int]]) -> dict[str, float]:
    count = sum(number for _share, number in shares)
    return {"share": sum(share * number for share, number in shares) / max(count, 1), "count": count}


def table(figures: dict) -> Iterator[str]:
    """The figures as Markdown."""
    yield "| Judgement | PASS | REVIEW | FAIL | Worlds |"
    yield "|---|---|---|---|---|"
    for name, counts in figures["verdicts"].items():
        cells = " | ".join(str(counts.get(status, 0)) for status in ("pass", "review", "fail"))
        yield f"| {name} | {cells} | {figures['worlds']} |"
    yield ""
    yield "| Metric | Coverage stated | Results | True coverage | Results |"
    yield "|---|---|---|---|---|"
    for name, both in figures["coverage"].items():
        yield f"| {name} | " + " | ".join(f"{both[of]['share']:.3f} | {both[of]['count']:,}" for of in both) + " |"


def main() -> None:
    """Read options, run, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scenario", choices=SCENARIOS, default="base")
    parser.add_argument("--first-seed", type=int, default=901)
    parser.add_argument("--count-seeds", type=int, default=20)
    parser.add_argument("--creators", type=int)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    seeds = range(options.first_seed, options.first_seed + options.count_seeds)
    figures = run(options.scenario, seeds, options.creators)
    print("\n".join(table(figures)))
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()

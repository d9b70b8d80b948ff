"""Measure whether the back-test tells right judgements from wrong ones, in worlds of known truth.

    python -m benchmarks.backtest [--scenario base] [--first-seed 901] [--count-seeds 20] [--creators 60] [--json FILE]

Each world is walked forward four times: with the product's judgement, with the same where nobody's followers are known,
with one whose ranges are half as wide, and with one whose rates are twice as high. Printed are what the check "past
forecasts" of the health card said of each, and the coverage that the back-test states beside two others: how often the
same forecasts held the same campaigns run once more with other luck, which is what it states, and how often the last
judgement holds the next campaigns, when more is known and every creator counts once, however often it was booked.
Corrections that the back-test finds earned are counted, and where there are any the next campaigns are forecast with
them as well.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl

from benchmarks.calibration import facts_of, place_among
from benchmarks.worlds import SCENARIOS, World, invent
from fit.backtest import Accuracy, Facts, TooFewCampaigns, accuracy_of, walk_forward
from fit.backtest import judged as right
from fit.backtest.health import CHECKS, HealthFacts
from fit.backtest.recalibration import tried_recalibrations
from fit.backtest.walk import quarter_number
from fit.forecast.correction import rows_of_corrections
from fit.forecast.inputs import inputs_of
from fit.forecast.simulate import draw
from fit.forecast.stored_basis import StoredBasis
from fit.model import quarter_of

TRUE_METRICS = ("impressions", "clicks", "conversions")
PAST_FORECASTS = next(check for check in CHECKS if check.name == "Past forecasts")


def without_followers(facts: Facts) -> StoredBasis:
    """The right judgement of the same facts without any number of followers: sizes are what past views imply."""
    nobody = facts.creators.with_columns(followers=pl.lit(None, pl.Int64), tier=pl.lit(None, pl.String))
    return right(replace(facts, creators=nobody))


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


Judge = Callable[[Facts], StoredBasis]
JUDGEMENTS: dict[str, Judge] = {
    "right": right, "followers unknown": without_followers,
    "ranges halved": half_as_wide, "rates doubled": twice_as_high,
}  # fmt: skip


def verdict(accuracy: Accuracy) -> str:
    """What the health card's check of past forecasts says."""
    return PAST_FORECASTS(HealthFacts({}, False, accuracy)).status


def is_held(briefs: pl.DataFrame, came: pl.DataFrame, stored: StoredBasis) -> dict[str, np.ndarray]:
    """Whether the forecast of each brief held what came, by metric."""
    g = np.random.default_rng(0)
    futures = draw(inputs_of(briefs, stored), metrics=TRUE_METRICS)
    ranks = {name: place_among(came[name].to_numpy(), futures[name], g) for name in TRUE_METRICS}
    return {name: (rank > 0.1) & (rank < 0.9) for name, rank in ranks.items()}


def held_again(world: World, quarter: int, stored: StoredBasis) -> dict[str, np.ndarray]:
    """Whether the forecasts of a quarter held its campaigns when they were run once more, where they were measured."""
    rows = world.campaigns.with_row_index("at").filter(quarter_of(pl.col("date")) == quarter)
    held = is_held(rows.drop("at"), world.again()[rows["at"]], stored)
    return {name: values[rows[name].is_not_null().to_numpy()] for name, values in held.items()}


def walked(world: World, judge: Judge) -> tuple[Accuracy, list[StoredBasis]]:
    """The accuracy of a judgement, and what it judged before each quarter."""
    judgements: list[StoredBasis] = []

    def remembered(facts: Facts) -> StoredBasis:
        judgements.append(judge(facts))
        return judgements[-1]

    facts = facts_of(world)
    past = walk_forward(facts, judge=remembered)
    each = judgements.copy()
    return accuracy_of(past, tried_recalibrations(facts, past, judge=judge)), each


def run(scenario: str, seeds: Sequence[int], count_creators: int | None) -> dict[str, object]:
    """All figures: by judgement verdicts and corrections, and of each metric coverage, stated and true, with counts."""
    form = SCENARIOS[scenario]
    form = form if count_creators is None else replace(form, count_creators=count_creators)
    verdicts, earned = ({name: Counter() for name in JUDGEMENTS} for _ in range(2))
    shares: dict[str, dict[str, list[tuple[float, int]]]] = defaultdict(lambda: defaultdict(list))

    def add(of: str, held: dict[str, np.ndarray]) -> None:
        for metric, values in held.items():
            shares[of][metric].append((float(values.sum()) / max(len(values), 1), len(values)))

    for seed in seeds:
        world = invent(form, seed)
        for name, judge in JUDGEMENTS.items():
            try:
                accuracy, judgements = walked(world, judge)
            except TooFewCampaigns:
                verdicts[name]["too few"] += 1
                continue
            verdicts[name][verdict(accuracy)] += 1
            earned[name].update(one.metric for one in accuracy.recalibrations if one.is_earned)
            now = judge(facts_of(world))
            add(f"{name}, next", is_held(world.briefs, world.outcomes, now))
            if accuracy.earned:
                rows = rows_of_corrections(accuracy.earned)
                corrected = replace(now, field_facts=pl.concat([now.field_facts, rows]))
                add(f"{name}, next where earned", is_held(world.briefs, world.outcomes, now))
                add(f"{name}, next corrected", is_held(world.briefs, world.outcomes, corrected))
            if name == "right":
                for one in (one for one in accuracy.metrics if one.metric in TRUE_METRICS):
                    shares["stated"][one.metric].append((one.held.share, one.held.count))
                for quarter, stored in zip(accuracy.walked.quarters, judgements, strict=True):
                    add("true, run once more", held_again(world, quarter_number(quarter), stored))
    return {
        "verdicts": {name: dict(counts) for name, counts in verdicts.items()},
        "earned": {name: dict(counts) for name, counts in earned.items()},
        "coverage": {of: {metric: _pooled(some) for metric, some in by.items()} for of, by in shares.items()},
        "worlds": len(seeds),
    }


def _pooled(shares: Sequence[tuple[float, int]]) -> dict[str, float]:
    count = sum(number for _share, number in shares)
    return {"share": sum(share * number for share, number in shares) / max(count, 1), "count": count}


def table(figures: dict) -> Iterator[str]:
    """The figures as Markdown."""
    yield "| Judgement | PASS | REVIEW | FAIL | Worlds | Corrections earned |"
    yield "|---|---|---|---|---|---|"
    for name, counts in figures["verdicts"].items():
        cells = " | ".join(str(counts.get(status, 0)) for status in ("pass", "review", "fail"))
        yield f"| {name} | {cells} | {figures['worlds']} | {figures['earned'][name]} |"
    yield ""
    yield "| Coverage | " + " | ".join(TRUE_METRICS) + " |"
    yield "|---" * (1 + len(TRUE_METRICS)) + "|"
    for of, by in sorted(figures["coverage"].items()):
        yield f"| {of} | " + " | ".join(f"{by[m]['share']:.3f} of {by[m]['count']:,}" for m in TRUE_METRICS) + " |"


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

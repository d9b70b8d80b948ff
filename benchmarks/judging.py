"""Measure time and memory of judging a whole field.

    python -m benchmarks.judging [--creators 1000 100000 1000000] [--json FILE]

Invents a field of each size (six campaigns a creator on average, shares in nine countries), writes its tables to a
temporary folder, and judges them in a process of its own: the seconds of judging, that process' peak memory (tables
included), and beside it what pandas needs in the same process for each creator's plain rates, the judgement's floor.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from benchmarks.worlds import SCENARIOS, invent
from fit.model.judgement import judge_field

TABLES = ("creators", "campaigns", "audience", "audience_sets")
SEED = 1


def judge(folder: Path) -> dict[str, float]:
    """Judge the tables of a folder once; seconds and peak memory in GB."""
    began = time.perf_counter()
    judged, _ = judge_field(*(pl.read_parquet(folder / f"{name}.parquet") for name in TABLES))
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    assert judged.strengths.select(pl.col("log_mean", "log_sd").is_finite().all()).row(0) == (True, True)
    began = time.perf_counter()
    _plain_rates(folder)
    return {"seconds": seconds, "peak_gb": peak, "pandas_plain_rates_seconds": time.perf_counter() - began}


def _plain_rates(folder: Path) -> None:
    """What a spreadsheet would do: three rates per creator, out of sums."""
    import pandas as pd

    columns = ["creator_id", "impressions", "engagements", "clicks", "conversions"]
    sums = pd.read_parquet(folder / "campaigns.parquet", columns=columns).groupby("creator_id").sum()
    for events, trials in (("engagements", "impressions"), ("clicks", "impressions"), ("conversions", "clicks")):
        sums[f"{events}_rate"] = sums[events] / sums[trials]


def measure(count_creators: int) -> dict[str, float]:
    """Invent a field and judge it in a process of its own."""
    with TemporaryDirectory(prefix="creator-fit-judging-") as name:
        world = invent(replace(SCENARIOS["base"], count_creators=count_creators), SEED)
        for table, frame in zip(TABLES, world.tables, strict=True):
            frame.write_parquet(Path(name) / f"{table}.parquet")
        count_campaigns = world.campaigns.height
        del world
        command = [sys.executable, "-m", "benchmarks.judging", "--judge", name]
        figures = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return {"creators": count_creators, "campaigns": count_campaigns, **figures}


def main() -> None:
    """Measure each size and print a line for it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--creators", type=int, nargs="+", default=[1_000, 100_000, 1_000_000])
    parser.add_argument("--json", type=Path, help="write the figures to this file as well")
    parser.add_argument("--judge", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.judge:
        print(json.dumps(judge(given.judge)))
        return
    figures = []
    for count in given.creators:
        figures.append(measure(count))
        print(
            "{creators:>9,} creators, {campaigns:>9,} campaigns: judged in {seconds:.1f} s, peak {peak_gb:.2f} GB; "
            "plain rates in pandas {pandas_plain_rates_seconds:.2f} s".format(**figures[-1]),
            flush=True,
        )
    if given.json:
        given.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

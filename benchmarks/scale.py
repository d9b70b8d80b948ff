"""Measure how a rebuild on Spark grows, and estimate from it what 300 million creators take.

    python benchmarks/scale.py [--creators 10000 100000] [--engine local] [--cores 2] [--folder DIR]

Each size is a field of invented creators as Parquet of the plain format: 10,000 are invented, further ones are copies
under ids of their own. Measured: seconds of each step, bytes in and out, and a list of 100 from the parts by platform
and vertical. Estimated, and said beside it: seconds of the part that grows, per million creators and core, carried on
in proportion, as which it has been seen to grow only as far as it was measured. Needs Java and requirements-spark.txt.
"""

import argparse
import json
import os
import sys
import time
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parent.parent))

import polars as pl

from data import store
from data.demo.field import write_field
from fit.brief import Brief
from fit.load_steps import Step
from fit.rebuild_spark import rebuild_on_spark
from fit.shortlist import shortlist
from queries.parts import ask_parts

NOW = datetime(2026, 3, 2, 9, 0)
INVENTED = 10_000
BRIEF = Brief((("DE", 60.0), ("AT", 40.0)), "conversion")
WANTED = 300_000_000
CORES = 1_000  # of the cluster that is estimated


def plain_field(folder: Path, creators: int) -> Path:
    """A field as Parquet, made when it is not there yet. creators: a multiple of INVENTED where it is more."""
    whole = folder / f"plain-{creators}"
    if whole.exists():
        return whole
    with TemporaryDirectory() as invented:
        write_field(Path(invented), count_creators=min(creators, INVENTED), seed=1, today=NOW.date())
        tables = {
            path.stem: pl.read_csv(path, try_parse_dates=True, infer_schema_length=None)
            for path in sorted(Path(invented).glob("*.csv"))
        }
    for name, table in tables.items():
        (whole / name).mkdir(parents=True)
        for copy in range(max(creators // INVENTED, 1)):
            changed = {"creator_id": pl.format("{}-{}", "creator_id", pl.lit(f"{copy:05d}"))}
            if name == "creators":  # else copies would tie, and the last digit of a sum would order them
                changed["followers"] = (pl.col("followers") * (1 + 0.001 * copy)).cast(pl.Int64)
            table.with_columns(**changed).write_parquet(whole / name / f"part-{copy:05d}.parquet")
    return whole


def size(folder: Path) -> int:
    """Bytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def measure(folder: Path, creators: int, engine: str) -> dict[str, object]:
    """All figures of one size."""
    field, out = plain_field(folder, creators), folder / f"built-{creators}"
    steps: list[tuple[str, float]] = []

    def note(step: Step, part: float, file: str) -> None:
        steps.append((f"{step} {part:.2f}", time.perf_counter()))

    began = time.perf_counter()
    number = rebuild_on_spark(out, [field], engine, now=NOW, progress=note)
    seconds = time.perf_counter() - began
    assert number is not None
    parquet = store.parquet_folder(out, number)
    listed = time.perf_counter()
    found = shortlist(ask_parts(parquet), BRIEF, top=100)
    listed = time.perf_counter() - listed
    ends = [*(at for _, at in steps[1:]), began + seconds]
    return {
        "creators": creators,
        "count_matching": found.count_matching,
        "seconds": round(seconds, 1),
        "steps": {name: round(end - at, 1) for (name, at), end in zip(steps, ends, strict=True)},
        "list_seconds": round(listed, 1),
        "mb_in": round(size(field) / 1e6, 1),
        "mb_parquet": round(size(parquet) / 1e6, 1),
        "mb_duckdb": round(store.generation_file(out, number).stat().st_size / 1e6, 1),
    }


def estimate(figures: list[dict], cores: int) -> dict[str, float] | None:
    """What WANTED creators take on CORES cores, from the two largest sizes; None for one size alone."""
    if len(figures) < 2:
        return None
    one, other = sorted(figures, key=lambda figure: figure["creators"])[-2:]
    more = (other["creators"] - one["creators"]) / 1e6
    per_million = (other["seconds"] - one["seconds"]) / more
    bytes_in, bytes_out = (other[name] / (other["creators"] / 1e6) for name in ("mb_in", "mb_parquet"))
    return {
        "core_seconds_per_million": round(per_million * cores, 0),
        "fixed_seconds": round(one["seconds"] - per_million * one["creators"] / 1e6, 0),
        "mb_in_per_million": round(bytes_in, 0),
        "mb_parquet_per_million": round(bytes_out, 0),
        "estimated_hours": round(per_million * cores * WANTED / 1e6 / CORES / 3600, 1),
        "estimated_tb_in": round(bytes_in * WANTED / 1e12, 2),
        "estimated_tb_parquet": round(bytes_out * WANTED / 1e12, 2),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--creators", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--engine", default="local")
    parser.add_argument("--cores", type=int, default=os.cpu_count() or 1, help="of the engine that measures")
    parser.add_argument("--folder", type=Path)
    arguments = parser.parse_args()
    with TemporaryDirectory(prefix="creator-fit-scale-") as temporary:
        folder = arguments.folder or Path(temporary)
        figures = []
        for creators in arguments.creators:
            figures.append(measure(folder, creators, arguments.engine))
            print(json.dumps(figures[-1]), flush=True)
    carried_on = estimate(figures, arguments.cores)
    print(f"Estimated for {WANTED:,} creators on {CORES:,} such cores, in proportion: {json.dumps(carried_on)}")


if __name__ == "__main__":
    main()

"""Measure how fast a load and a change of brief are, against a plain way to do the same.

    python benchmarks/speed.py [--creators 10000] [--repeats 20] [--json]

Builds the invented field of that size in a temporary store and times, in this process: the load (readers, checks,
judgement, publishing) against pandas merely reading the same files; and warm shortlists with changing markets against
the order alone in pandas and in plain numpy, on arrays that are in memory already. Times depend on the machine, ratios
less so.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parent.parent))

import numpy as np
import pandas as pd

from data import store
from data.demo.field import write_field
from data.importers.load import Options
from fit.brief import Brief
from fit.refresh import load
from fit.shortlist.ranking import shortlist
from queries.ask import ask

NOW = datetime(2026, 3, 2, 9, 0)
FILES = ("creators.csv", "audience.csv", "campaigns.csv")
MARKETS = ({"DE": 60.0, "AT": 40.0}, {"US": 1.0}, {"FR": 1.0, "IT": 2.0, "ES": 1.0}, {"SG": 1.0})
BRIEFS = [Brief(tuple(markets.items()), goal) for goal in ("conversion", "awareness") for markets in MARKETS]


def milliseconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    began = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - began)


def spread(work: list[Callable[[], object]], repeats: int) -> dict[str, float]:
    """Median and 95th percentile of warm calls, in milliseconds; each piece of work is warmed up once."""
    for task in work:
        task()
    taken = [milliseconds(work[number % len(work)]) for number in range(max(repeats, 2))]
    return {"median_ms": round(median(taken), 2), "p95_ms": round(quantiles(taken, n=20)[-1], 2)}


def pandas_shortlist(audience: pd.DataFrame, parts: pd.DataFrame, brief: Brief) -> pd.DataFrame:
    """The order of the shortlist by hand: weighted share by creator, joined, multiplied, sorted."""
    weights = pd.DataFrame(brief.markets, columns=["country", "weight"])
    shares = audience.merge(weights, on="country")
    shares["part"] = shares["ppm"] * shares["weight"]
    shares = shares.groupby("creator_id", as_index=False)["part"].sum()
    table = parts.merge(shares, on="creator_id", how="left").fillna({"part": 0})
    table["payoff"] = table["impressions_per_money"] * table[f"{brief.goal}_factor"] * table["part"]
    return table.sort_values(["payoff", "creator_id"], ascending=[False, True]).head(50)


def numpy_shortlist(
    codes: np.ndarray, countries: np.ndarray, ppm: np.ndarray, factor: np.ndarray, brief: Brief
) -> np.ndarray:
    """The floor: one pass over the shares, one product, one selection."""
    wanted = np.isin(countries, [country for country, _ in brief.markets])
    part = np.bincount(codes[wanted], ppm[wanted], len(factor)) * factor
    return np.argpartition(-part, min(50, len(part) - 1))[:50]


def measure(folder: Path, creators: int, repeats: int) -> dict[str, object]:
    """All figures, as one document."""
    files = folder / "files"
    invent = milliseconds(lambda: write_field(files, count_creators=creators, today=NOW.date()))
    paths = [files / name for name in FILES]
    rows = sum(1 for path in paths for _ in path.open("rb")) - len(paths)
    load_ms = milliseconds(lambda: load(folder / "store", paths, Options(), now=NOW))
    pandas_read_ms = spread([lambda: [pd.read_csv(path) for path in paths]], 3)["median_ms"]

    opened = store.open_newest(folder / "store")
    asked = partial(ask, opened.connection)
    ours = spread([partial(shortlist, asked, brief) for brief in BRIEFS], repeats)
    audience = asked("judge_audience", creator_id=None).to_pandas()
    parts = asked("payoff_parts", creator_id=None).to_pandas()
    in_pandas = spread([partial(pandas_shortlist, audience, parts, brief) for brief in BRIEFS], repeats)
    position = {creator: number for number, creator in enumerate(parts["creator_id"])}
    codes = audience["creator_id"].map(position).to_numpy()
    arrays = (codes, audience["country"].to_numpy(dtype="U2"), audience["ppm"].to_numpy())
    factor = (parts["impressions_per_money"] * parts["conversion_factor"]).to_numpy()
    in_numpy = spread([partial(numpy_shortlist, *arrays, factor, brief) for brief in BRIEFS], repeats)
    return {
        "creators": creators,
        "rows": rows,
        "invent_ms": round(invent, 1),
        "load_ms": round(load_ms, 1),
        "load_rows_per_second": round(1000 * rows / load_ms),
        "pandas_read_csv_ms": pandas_read_ms,
        "shortlist": ours,
        "pandas_order_only": in_pandas,
        "numpy_order_only": in_numpy,
        "ratio_load_to_pandas_read_csv": round(load_ms / pandas_read_ms, 2),
        "ratio_shortlist_to_pandas_order": round(ours["median_ms"] / in_pandas["median_ms"], 2),
        "ratio_shortlist_to_numpy_order": round(ours["median_ms"] / in_numpy["median_ms"], 2),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--creators", type=int, default=10_000)
    parser.add_argument("--repeats", type=int, default=20)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    with TemporaryDirectory(prefix="creator-fit-speed-") as folder:
        figures = measure(Path(folder), arguments.creators, arguments.repeats)
    if arguments.json:
        print(json.dumps(figures))
        return
    for name, value in figures.items():
        print(f"{name:34} {value}")


if __name__ == "__main__":
    main()

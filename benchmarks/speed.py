"""Measure how fast a shortlist answers, at several sizes, against other ways to do a part of the same.

    python benchmarks/speed.py [--creators 10000 100000 1000000] [--repeats 15] [--folder DIR] [--json] [--table]

The product gives its whole answer (`shortlist --repeat`): 50 rows with roles, chances and expected outcomes, and the
count. The others give the order alone: the listed shares of five markets, weighed, times outcomes per money, of those
that pass a filter. All stand ready in memory and take turns within one run, so that other work meets all alike. Times
depend on the machine, ratios less so. --folder keeps the fields for the next run.
"""

import argparse
import json
import os
import platform
import resource
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from itertools import pairwise
from math import log
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parent.parent))

import duckdb
import numpy as np
import pandas as pd
import polars as pl

from benchmarks.fields import field
from data import store
from data.store.open_store import READER
from fit.brief import Brief
from fit.shortlist import Shortlist, shortlist
from queries.ask import ask, asker

MARKETS = (("DE", 60.0), ("AT", 40.0), ("FR", 30.0), ("US", 20.0), ("GB", 10.0))
BRIEF = Brief(MARKETS, "conversion", followers_min=5_000, min_share=0.02)
NARROW = Brief(MARKETS, "conversion", ("instagram",), ("food",), followers_min=5_000, min_share=0.02)
ROWS = 50
WEIGHTS = {code: round(1000 * weight / 60) for code, weight in MARKETS}
LEAST_PPM = 20_000
MOST_RAW = 100_000  # creators; more ids as texts would need gigabytes in pandas, and most of the time of a run

Work = Callable[[], object]


def milliseconds(work: Work) -> float:
    """How long one call takes."""
    return timed(work)[0]


def timed(work: Work) -> tuple[float, float]:
    """Milliseconds of one call, by the clock and of the processor (all threads together)."""
    began, used = time.perf_counter(), time.process_time()
    work()
    return 1000 * (time.perf_counter() - began), 1000 * (time.process_time() - used)


def take_turns(works: dict[str, Work], repeats: int) -> dict[str, dict[str, float]]:
    """Median, 95th percentile and processor's time of warm calls, in ms; slow ones take a third of the turns."""
    first = {name: milliseconds(work) for name, work in works.items()}
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in works}
    for turn in range(repeats):
        for name, work in works.items():
            if first[name] < 2_000 or turn % 3 == 0:
                taken[name].append(timed(work))
    return {
        name: {
            "median_ms": round(median(clock for clock, _ in times), 2),
            "p95_ms": round(float(np.percentile([clock for clock, _ in times], 95)), 2),
            "cpu_ms": round(median(used for _, used in times), 2),
        }
        for name, times in taken.items()
    }


class Others:
    """The same field as others would hold it, and the order of the list by each of them: the first keys."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.creators = connection.sql(
            "select creator_key, creator_id, coalesce(followers, 0) as followers, "
            "coalesce(purchases_per_money, 0) as per_money from served_creators order by creator_key"
        ).pl()
        self.audience = connection.sql("select creator_key, country, ppm from market_shares").pl()
        self.per_money = self.creators["per_money"].to_numpy()
        self.followers = self.creators["followers"].to_numpy()
        codes = self.audience["country"].unique().sort().to_list()
        self.place = {code: at for at, code in enumerate(codes)}
        self.dense = np.zeros((len(codes), self.creators.height), np.int32)
        places = self.audience["country"].replace_strict(self.place, return_dtype=pl.Int32).to_numpy()
        self.dense[places, self.audience["creator_key"].to_numpy()] = self.audience["ppm"].to_numpy()
        self.pandas_creators = self.creators.to_pandas()
        self.pandas_audience = self.audience.to_pandas()
        self.pandas_audience["country"] = self.pandas_audience["country"].astype("category")

    def raw_frames(self) -> None:
        """What pandas would be given by files: ids as texts in both tables."""
        ids = self.creators["creator_id"].gather(self.audience["creator_key"])
        self.raw_audience = self.audience.select("country", "ppm", creator_id=ids).to_pandas()

    def numpy_dense(self) -> np.ndarray:
        """The floor: a dense matrix, one pass over the five markets, one selection."""
        total = np.zeros(self.creators.height, np.int64)
        weighed = np.zeros(self.creators.height, np.int64)
        for code, weight in WEIGHTS.items():
            listed = self.dense[self.place[code]]
            total += listed
            weighed += listed * np.int64(weight)
        score = np.where((total >= LEAST_PPM) & (self.followers >= 5_000), self.per_money * weighed, -1.0)
        best = np.argpartition(-score, ROWS)[:ROWS]
        return best[np.lexsort([best, -score[best]])]

    def pandas_prepared(self) -> np.ndarray:
        """pandas over whole-number keys and categories, all that no brief changes worked out before."""
        return self._pandas(self.pandas_audience, self.pandas_creators, "creator_key")

    def pandas_raw(self) -> np.ndarray:
        """pandas over the tables as files give them."""
        return self._pandas(self.raw_audience, self.pandas_creators, "creator_id")

    def _pandas(self, audience: pd.DataFrame, creators: pd.DataFrame, key: str) -> np.ndarray:
        rows = audience[audience["country"].isin(list(WEIGHTS))]
        parts = rows.assign(weighed=rows["ppm"] * rows["country"].map(WEIGHTS).astype("int64"))
        sums = parts.groupby(key)[["ppm", "weighed"]].sum()
        joined = creators[creators["followers"] >= 5_000].merge(sums, left_on=key, right_index=True)
        joined = joined[joined["ppm"] >= LEAST_PPM]
        joined = joined.assign(score=joined["per_money"] * joined["weighed"])
        best = joined.sort_values(["score", "creator_key"], ascending=[False, True]).head(ROWS)
        return best["creator_key"].to_numpy()

    def polars_lazy(self) -> np.ndarray:
        """Polars over whole-number keys."""
        weights = pl.LazyFrame({"country": list(WEIGHTS), "weight": list(WEIGHTS.values())})
        best = (
            self.audience.lazy()
            .join(weights, on="country")
            .group_by("creator_key")
            .agg(pl.col("ppm").sum(), weighed=(pl.col("ppm").cast(pl.Int64) * pl.col("weight")).sum())
            .filter(pl.col("ppm") >= LEAST_PPM)
            .join(self.creators.lazy().filter(pl.col("followers") >= 5_000), on="creator_key")
            .with_columns(score=pl.col("per_money") * pl.col("weighed"))
            .sort("score", "creator_key", descending=[True, False])
            .head(ROWS)
        )
        return best.collect()["creator_key"].to_numpy()

    def sqlite(self, path: Path) -> Callable[[], np.ndarray]:
        """SQLite over whole-number keys, with an index that covers the question."""
        path.unlink(missing_ok=True)
        db = sqlite3.connect(path)
        db.execute("pragma synchronous = off")
        db.execute("pragma cache_size = -1000000")
        db.execute("create table creators (creator_key integer primary key, followers integer, per_money real)")
        db.execute("create table audience (country text, creator_key integer, ppm integer)")
        db.executemany(
            "insert into creators values (?, ?, ?)",
            self.creators.select("creator_key", "followers", "per_money").iter_rows(),
        )
        rows = self.audience.select("country", "creator_key", "ppm").iter_rows()
        db.executemany("insert into audience values (?, ?, ?)", rows)
        db.execute("create index of_country on audience (country, creator_key, ppm)")
        db.execute("analyze")
        db.commit()
        cases = " ".join(f"when '{code}' then {weight}" for code, weight in WEIGHTS.items())
        question = f"""
            select creators.creator_key
            from (
                select creator_key, sum(ppm) as ppm, sum(ppm * case country {cases} end) as weighed
                from audience where country in ({", ".join(repr(code) for code in WEIGHTS)}) group by creator_key
            ) as share
            join creators on creators.creator_key = share.creator_key
            where share.ppm >= {LEAST_PPM} and followers >= 5000
            order by per_money * weighed desc, creators.creator_key limit {ROWS}
        """
        return lambda: np.array([key for (key,) in db.execute(question)])


def answers_of(found: Shortlist) -> str:
    """The whole answer as text, to be compared byte by byte."""
    return json.dumps([found.count_matching, [creator.as_json() for creator in found.candidates]])


def identical(path: Path, repeats: int) -> dict[str, bool]:
    """Whether answers are the same to the bit: again and again, on 16 threads, and with 256 MB of memory."""
    wanted, found = "", {}
    for name, settings in (
        ("same_again", {}),
        ("same_on_16_threads", {"threads": "16"}),
        ("same_with_256_mb", {"memory_limit": "256MB"}),
    ):
        with closing(duckdb.connect(str(path), read_only=True, config=READER | settings)) as connection:
            asked = asker(connection)
            answers = {answers_of(shortlist(asked, BRIEF, top=ROWS)) for _ in range(repeats if not settings else 3)}
        wanted = wanted or min(answers)
        found[name] = answers == {wanted}
    return found


def same_as_long_statement(path: Path) -> bool | None:
    """Whether the rows are those of queries/shortlist.sql, value by value; None where it takes too long to tell."""
    with closing(duckdb.connect(str(path), read_only=True, config=READER | {"max_execution_time": "120000"})) as db:
        given = BRIEF.as_parameters()
        page = {"sort": "per_1000", "descending": True, "top": ROWS, "skip": 0, "creators": None, "words": ""}
        try:
            long = ask(db, "shortlist", **given, **page)
        except Exception:  # out of time or memory
            return None
        served = ask(db, "list_page", **given, **page, contenders=ROWS)
    names = [name for name in long.columns if name not in ("role_label", "sort_value")]
    return served.select(names).to_dicts() == long.select(names).to_dicts()


def bandwidth() -> float:
    """Gigabytes a second that one thread reads from memory."""
    numbers = np.ones(32 * 2**20)
    return round(numbers.nbytes / min(milliseconds(numbers.sum) for _ in range(5)) / 1e6, 1)


def measure(folder: Path, creators: int, repeats: int) -> dict[str, object]:
    """All figures of one size, as one document."""
    path = store.generation_file(field(folder, creators), 1)
    connection = duckdb.connect(str(path), read_only=True, config=READER)
    asked = asker(connection)
    opened = milliseconds(partial(shortlist, asked, BRIEF, top=ROWS))
    some = shortlist(asked, BRIEF, top=5).candidates
    others = Others(connection)
    works: dict[str, Work] = {
        "product": partial(shortlist, asked, BRIEF, top=ROWS),
        "product_narrow": partial(shortlist, asked, NARROW, top=ROWS),
        "product_by_group": partial(shortlist, asked, BRIEF, top=ROWS, sort="group"),
        "one_creator": partial(shortlist, asked, BRIEF, top=1, creators=[some[-1].creator_id]),
        "search_by_name": partial(ask, connection, "find_creators", words="anna", top=20),
        "numpy_dense": others.numpy_dense,
        "pandas_prepared": others.pandas_prepared,
        "polars": others.polars_lazy,
        "sqlite": others.sqlite(folder / f"speed-{creators}.sqlite"),
    }
    if creators <= MOST_RAW:
        others.raw_frames()
        works["pandas_raw"] = others.pandas_raw
    keys = [work() for name, work in works.items() if name in ("numpy_dense", "pandas_prepared", "polars", "sqlite")]
    times = take_turns(works, repeats)
    (folder / f"speed-{creators}.sqlite").unlink()
    connection.close()
    product = times["product"]
    return {
        "creators": creators,
        "audience_rows": others.audience.height,
        "file_mb": round(path.stat().st_size / 1e6),
        "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3),
        "gigabytes_a_second": bandwidth(),
        "first_answer_ms": round(opened, 1),
        "times": times,
        "ratios": {name: round(times[name]["median_ms"] / product["median_ms"], 2) for name in works},
        "cpu_ratios": {name: round(times[name]["cpu_ms"] / product["cpu_ms"], 2) for name in works},
        "others_agree": all(np.array_equal(keys[0], other) for other in keys),
        "same_as_long_statement": same_as_long_statement(path),
        **identical(path, 100 if creators <= 10_000 else repeats),
    }


def growth(figures: list[dict]) -> dict[str, float]:
    """The exponent by which the time of the product grows from each size to the next: 1 is in proportion."""
    pairs = pairwise(figures)
    return {
        f"{one['creators']} to {other['creators']}": round(
            log(other["times"]["product"]["median_ms"] / one["times"]["product"]["median_ms"])
            / log(other["creators"] / one["creators"]),
            2,
        )
        for one, other in pairs
    }


def table(figures: list[dict]) -> str:
    """Median, p95 and processor's time as a table in Markdown: a row a way, a column a size."""
    names = list(dict.fromkeys(name for one in figures for name in one["times"]))
    sizes = " | ".join(f"{one['creators']:,}" for one in figures)
    head = f"| ms: median (p95; processor) | {sizes} |"
    rows = [
        f"| {name.replace('_', ' ')} | {' | '.join(_cell(one['times'].get(name)) for one in figures)} |"
        for name in names
    ]
    return "\n".join([head, "|---|" + "---|" * len(figures), *rows])


def _cell(time: dict[str, float] | None) -> str:
    return "-" if time is None else f"{time['median_ms']:,.0f} ({time['p95_ms']:,.0f}; {time['cpu_ms']:,.0f})"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--creators", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--repeats", type=int, default=15)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    with TemporaryDirectory(prefix="creator-fit-speed-") as temporary:
        folder = arguments.folder or Path(temporary)
        figures = [measure(folder, creators, arguments.repeats) for creators in arguments.creators]
    document = {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "date": time.strftime("%Y-%m-%d"),
        "growth": growth(figures),
        "sizes": figures,
    }
    if arguments.json:
        print(json.dumps(document))
        return
    print(table(figures))
    for figure in figures:
        print({name: value for name, value in figure.items() if name != "times"})
    print(document["growth"])


if __name__ == "__main__":
    main()

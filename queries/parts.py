"""Answer a list from the Parquet of a generation: the first rows of each part, by platform and vertical, then merged.

Each part is read by itself, one after the other or by the tasks of a cluster, so that no machine holds all creators.
The answers are those of queries/list_page.py over all of them; other questions read the same Parquet with DuckDB.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import unquote

import duckdb
import numpy as np
import polars as pl

from queries.ask import ask as ask_store
from queries.list_page import above, count_matching, list_page
from queries.listing import Listing

SERVED, SHARES = "served_creators", "market_shares"
OF_FIELD = ("field_facts", "market_effects", "audience_mix")
NOT_STATED = "none"  # the part of creators whose platform (or vertical) nobody knows

Spread: TypeAlias = Callable[[Callable[["Part"], Any], Sequence["Part"]], list[Any]]


@dataclass(frozen=True)
class Part:
    """The creators of one platform and vertical: where the generation's Parquet lies, and the names of its folders."""

    folder: Path
    in_platform: str
    in_vertical: str

    def files(self, table: str) -> list[Path]:
        """The files of this part of a table."""
        return sorted((self.folder / table / self.in_platform / self.in_vertical).glob("*.parquet"))

    def may_match(self, given: Mapping[str, Any]) -> bool:
        """Whether any creator here can have a platform and vertical that the brief asks for."""
        pairs = ((self.in_platform, given["platforms"]), (self.in_vertical, given["verticals"]))
        named = [(unquote(name.partition("=")[2]), wanted) for name, wanted in pairs]
        return all(not wanted or name == NOT_STATED or f"|{name}|" in wanted for name, wanted in named)


def parts_of(folder: Path) -> list[Part]:
    """The parts of a generation's Parquet, in the order of their names."""
    return [Part(folder, p.parent.name, p.name) for p in sorted((folder / SERVED).glob("in_platform=*/in_vertical=*"))]


def one_by_one(work: Callable[[Part], Any], parts: Sequence[Part]) -> list[Any]:
    """Work through the parts on this machine: only one of them is in memory at a time."""
    return [work(part) for part in parts]


def ask_parts(folder: Path, spread: Spread = one_by_one) -> Callable[..., pl.DataFrame]:
    """Return what answers the questions of a generation from its Parquet; lists part by part.

    folder: its tables, one folder each. spread: does the work of all parts, for example on a cluster.
    """
    store = duckdb.connect(":memory:")
    for table in sorted(path.name for path in folder.iterdir() if path.is_dir()):
        store.read_parquet(f"{folder}/{table}/**/*.parquet", hive_partitioning=False).create_view(table)

    def answer(question: str, **given: Any) -> pl.DataFrame:
        if question == "count_matching":
            counts = spread(partial(_count, given), _asked(folder, given))
            return pl.DataFrame({"count_matching": [sum(counts)]})
        if question == "list_page":
            return _page(spread, _asked(folder, given), given)
        return ask_store(store, question, **given)

    return answer


def _asked(folder: Path, given: Mapping[str, Any]) -> list[Part]:
    """The parts that a brief asks for; the first one where it asks for none, so that an empty list has its columns."""
    parts = parts_of(folder)
    return [part for part in parts if part.may_match(given)] or parts[:1]


def _page(spread: Spread, parts: Sequence[Part], given: dict[str, Any]) -> pl.DataFrame:
    """Merge the first rows of all parts into list_page's answer, ranks counted over all of them."""
    top, skip, contenders = given["top"], given["skip"], given["contenders"]
    rows = pl.concat(spread(partial(_first, given), parts)).with_columns(
        pl.col("outcome_per_money").fill_null(-np.inf).alias("per_money")
    )
    best = rows.sort(["per_money", "creator_key"], descending=[True, False])
    page = (
        best.filter(pl.col("place").is_not_null())
        .sort("sort_value", descending=given["descending"], nulls_last=True, maintain_order=True)
        .slice(skip, top)
        .with_columns(place=pl.int_range(pl.len()))
    )
    leading = best.head(contenders).select("creator_key")
    others = page.join(leading, on="creator_key", how="anti").select("per_money", "creator_key")
    ranks = pl.concat([leading.with_columns(rank=pl.int_range(1, pl.len() + 1)), _ranked(spread, parts, given, others)])
    places = page.select("creator_key", "place")
    chosen = best.drop("rank", "place", "per_money").join(ranks, on="creator_key")
    return chosen.join(places, on="creator_key", how="left", maintain_order="left").sort("rank")


def _ranked(spread: Spread, parts: Sequence[Part], given: dict[str, Any], some: pl.DataFrame) -> pl.DataFrame:
    """Rank of creators among all that match: creator_key, rank. some: per_money, creator_key."""
    if some.is_empty():
        return some.select("creator_key", rank=pl.lit(0, pl.Int64))
    counts = spread(partial(_above, given, some), parts)
    return some.select("creator_key", rank=pl.Series(np.sum(counts, axis=0) + 1, dtype=pl.Int64))


def _count(given: dict[str, Any], part: Part) -> int:
    return int(count_matching(_listing(part)[0], **given).item())


def _first(given: dict[str, Any], part: Part) -> pl.DataFrame:
    """The first rows of one part, by the keys of the whole generation."""
    listing, keys = _listing(part)
    found = list_page(listing, **given | {"skip": 0, "top": given["skip"] + given["top"]})
    return found.with_columns(creator_key=keys.gather(found["creator_key"]))


def _above(given: dict[str, Any], some: pl.DataFrame, part: Part) -> np.ndarray:
    """How many creators of a part stand before each of some."""
    listing, keys = _listing(part)
    brief = {name: value for name, value in given.items() if name not in PAGE}
    return above(listing, some["per_money"].to_numpy(), some["creator_key"].to_numpy(), keys.to_numpy(), **brief)


PAGE = ("sort", "descending", "top", "skip", "contenders", "creators", "words")  # of list_page, not of a brief


def _listing(part: Part) -> tuple[Listing, pl.Series]:
    """The columns of one part, its creators numbered from 0, and their keys in the whole generation."""
    served = pl.read_parquet(part.files(SERVED), hive_partitioning=False).sort("creator_key")
    keys, own = served["creator_key"], pl.int_range(pl.len(), dtype=pl.Int32)
    numbers = served.select("creator_key").with_columns(own=own)
    files = part.files(SHARES)
    shares = (
        pl.read_parquet(files, hive_partitioning=False).join(numbers, on="creator_key").drop("creator_key")
        if files
        else pl.DataFrame(schema={"country": pl.String, "ppm": pl.Int32, "own": pl.Int32})
    )
    store = duckdb.connect(":memory:")
    for table in OF_FIELD:
        store.read_parquet(f"{part.folder}/{table}/*.parquet").create_view(table)
    tables = {SERVED: served.with_columns(creator_key=own), SHARES: shares.rename({"own": "creator_key"})}
    for table, rows in tables.items():
        store.register("rows_of_part", rows.to_arrow())
        store.table("rows_of_part").create(table)  # a frame that is registered is not seen by cursors
        store.unregister("rows_of_part")
    return Listing(partial(ask_store, store)), keys

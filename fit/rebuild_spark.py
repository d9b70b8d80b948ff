"""Judge the creators of Parquet files on Spark and publish one new generation, for data that no single machine holds.

What the field teaches is learned here, from whole creators that stand for all where there are more than LEARN_FROM
campaigns; every creator is judged by it in Spark's tasks. Nothing is published before all of it is there.
"""

import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

import polars as pl

from data import engine, store
from fit.forecast import (
    JUDGED,
    OF_CREATORS,
    CommonOutcome,
    common_outcome,
    judged_part,
    market_effects_table,
    outcomes_of_part,
    stored_part,
)
from fit.load_steps import Progress, Step, unseen
from fit.model import FieldTables, learn_field
from queries.ask import sql

# Campaigns that the field's part is learned from on the driver. Up to here the result is that of one machine to the
# last digits; the fits themselves read 20,000, so that more would change nothing that anybody could see.
LEARN_FROM = 1_000_000
BUILDING = "parquet-building"  # folder of the store while a rebuild runs; nobody reads it
CREATOR_TABLES = ("stage_evidence", "strengths", "natural_roles", "payoff_parts", "view_rates", "price_rates")


def rebuild_on_spark(
    folder: Path, paths: Sequence[Path], spark_engine: str, *, now: datetime, progress: Progress = unseen
) -> int | None:
    """Build a generation from Parquet files of the plain format alone; the generation that counts then.

    spark_engine: spark://HOST:7077, sc://HOST:15002 or local. folder and paths: seen by all workers under the same
    path. Raises StoreBusy and StoreError (EngineError: files or Spark); the generation that counted goes on counting.
    """
    progress(Step.READING, 0.0, "")
    found = engine.find_tables(paths)
    with store.next_generation(folder, now=now, from_nothing=True) as draft:
        building = folder / BUILDING
        shutil.rmtree(building, ignore_errors=True)
        building.mkdir()
        try:
            with engine.session(spark_engine) as spark:
                tables = engine.SparkTables(spark, building)
                _compute(tables, found, progress)
            progress(Step.PUBLISHING, 0.9, "")
            kept = tables.tables()
            rows = [row | {"loaded_at": now} for row in engine.source_rows(found)]
            store.append(draft.db, "sources", pl.DataFrame(rows))
            store.fill_from_parquet(draft.db, kept)
            _keep_parquet(kept, building, store.parquet_folder(folder, draft.number))
        finally:
            shutil.rmtree(building, ignore_errors=True)
    progress(Step.DONE, 1.0, "")
    return store.counting(folder)


def _compute(tables: engine.SparkTables, found: Sequence[engine.PlainTable], progress: Progress) -> None:
    """Compute every table of the generation, one after the other, in the order in which they build on each other."""
    tables.read_plain(found)
    progress(Step.COMBINING, 0.15, "")
    tables.insert(store.DERIVE)
    progress(Step.JUDGING, 0.3, "")
    count = tables.count("campaigns")
    part = (0, -(-count // LEARN_FROM)) if count > LEARN_FROM else None
    learned, field = learn_field(*(_asked(tables, question, part) for question in JUDGED))
    field = replace(
        field,
        benchmark_levels=field.benchmark_levels.sort("stage", "factor", "level"),
        benchmark_errors=field.benchmark_errors.sort("stage", "factor", "level"),
    )
    for name, frame in vars(field).items():
        tables.keep_frame(name, frame)
    progress(Step.JUDGING, 0.4, "")
    tables.map_creators({name: sql(name) for name in JUDGED}, partial(judged_part, learned), CREATOR_TABLES)
    progress(Step.JUDGING, 0.6, "")
    common = _common(tables, field, part)
    questions = {name: sql(name) for name in OF_CREATORS.values()}
    tables.map_creators(questions, partial(outcomes_of_part, field, common), ("standard_outcomes",))
    progress(Step.COMBINING, 0.75, "")
    tables.insert(store.SERVE)


def _common(tables: engine.SparkTables, field: FieldTables, part: tuple[int, int] | None) -> CommonOutcome:
    """What all outcomes share, from the creators that the field was learned from; market effects are kept beside."""
    stored = stored_part(field, {name: _asked(tables, name, part) for name in OF_CREATORS.values()})
    tables.keep_frame("market_effects", market_effects_table(stored))
    return common_outcome(stored)


def _asked(tables: engine.SparkTables, question: str, part: tuple[int, int] | None) -> pl.DataFrame:
    return tables.ask(sql(question), part=part, creators=None)


def _keep_parquet(kept: dict[str, Path], building: Path, folder: Path) -> None:
    """Leave the tables beside the generation, whole or not at all."""
    for path in building.iterdir():
        if path.name not in kept:
            shutil.rmtree(path)
    shutil.rmtree(folder, ignore_errors=True)
    building.replace(folder)

"""Compute the tables of a generation on Spark: one folder of Parquet a table, each the input of the next.

The SQL is data/store's and queries/'s; what no SQL says is worked out by functions of Python, which Spark's tasks call
with the rows of some creators (map_creators).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
import polars.selectors as cs
import pyarrow as pa

from data.engine.plain_files import COLUMNS, PlainTable
from data.engine.session import EngineError
from data.engine.transpile import Insertion, columns, insertions, rules, spark_sql

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame, SparkSession

HERE = Path(__file__).parent
STORE = HERE.parent / "store"
FILES_SAID = ("profiles", "creator_codes", "audience", "campaign_rows")
# Tables that are kept apart by these columns, so that a list reads only what a brief asks for.
APART = {"served_creators": ("platform", "vertical"), "market_shares": ("platform", "vertical")}
FEWEST_PARTS, ROWS_OF_PART = 4, 200_000  # of a shuffle: small enough for a task with a gigabyte of memory
ROWS_OF_WORK, ROWS_OF_BATCH = 50_000, 10_000  # of answers that a task works on at once, and hands back at once
NO_VALUE = "none"
ROW_BITS = 33  # monotonically_increasing_id counts the rows of a partition in its lower bits

Frames = dict[str, pl.DataFrame]
Work = Callable[[Frames], Frames]


class SparkTables:
    """Tables of one generation on Spark, written to a folder that driver and workers see under one path."""

    def __init__(self, spark: "SparkSession", folder: Path) -> None:
        self.spark, self.folder = spark, folder
        schema = (STORE / "schema.sql").read_text(encoding="utf-8")
        self.columns, self.rules = columns(schema), rules(schema)
        self.count_parts = FEWEST_PARTS

    def read_plain(self, tables: Sequence[PlainTable]) -> None:
        """Fill the first layer from tables of the plain format. Raises EngineError for rows that break a rule."""
        from pyspark.sql import functions as f

        self.count_parts = max(FEWEST_PARTS, sum(table.count_rows for table in tables) // ROWS_OF_PART)
        self.spark.conf.set("spark.sql.shuffle.partitions", str(self.count_parts))
        for name, types in COLUMNS.items():
            parts: DataFrame | None = None
            for number, table in enumerate(tables, 1):
                if table.name != name:
                    continue
                read = self.spark.read.parquet(*(_uri(file) for file in table.files))
                have = set(read.columns)
                chosen = [
                    (f.col(column) if column in have else f.lit(None)).cast(kind).alias(column)
                    for column, kind in types.items()
                ]
                part = read.select(f.lit(number).cast("int").alias("source_id"), *chosen)
                parts = part if parts is None else parts.unionByName(part)
            if parts is None:
                ddl = ", ".join(["source_id int", *(f"{column} {kind}" for column, kind in types.items())])
                parts = self.spark.createDataFrame([], ddl)
            parts.createOrReplaceTempView(name)
        self.insert((HERE / "plain.sql").read_text(encoding="utf-8"))
        self._needs_unique_profiles()

    def insert(self, script: str) -> None:
        """Run the `insert into` statements of a script, one table after the other."""
        for insertion in insertions(script):
            self._fill(insertion)

    def ask(self, question: str, *, part: tuple[int, int] | None = None, **given: object) -> pl.DataFrame:
        """Answer the text of a question of queries/. part: (0, n): of one in n creators alone, whole ones, always the
        same.
        """
        with_part = self._only(part) if part else {}
        try:
            return pl.DataFrame(self.spark.sql(spark_sql(question), args=self._given(given)).toArrow())
        finally:
            for name, whole in with_part.items():
                whole.createOrReplaceTempView(name)

    def count(self, table: str) -> int:
        """How many rows a table has."""
        return int(self.spark.table(table).count())

    def map_creators(self, questions: Mapping[str, str], work: Work, outputs: Sequence[str]) -> None:
        """Answer questions, hand the answers of some creators at a time to `work` in Spark's tasks, and keep what it
        returns as the tables `outputs`.

        questions: name to text; each answer names its rows' creator_id. work: takes and returns frames by name; it is
        sent to the workers by its name, so it stands in a module.
        """
        from pyspark.sql import functions as f
        from pyspark.sql.pandas.types import to_arrow_schema
        from pyspark.sql.types import StructType

        rows: DataFrame | None = None
        names = list(questions)
        for name, text in questions.items():
            answer = self.spark.sql(spark_sql(text, ordered=False), args=self._given({"creators": None}))
            fields = [column for column in answer.columns if column != "creator_id"]
            tagged = answer.select("creator_id", f.struct(*fields).alias(name))
            rows = tagged if rows is None else rows.unionByName(tagged, allowMissingColumns=True)
        assert rows is not None
        # One shuffle and one sort that can spill, whatever the size: lists of all answers joined would need memory of
        # each answer at once.
        rows = rows.repartition(self.count_parts, "creator_id").sortWithinPartitions("creator_id")
        picked = {table: [column for column in self.columns[table] if column != "creator_id"] for table in outputs}
        structs = [
            f"{table} struct<{', '.join(f'`{column}`: {self.columns[table][column]}' for column in columns)}>"
            for table, columns in picked.items()
        ]
        schema = StructType.fromDDL(", ".join(["creator_id string", *structs]))
        arrow = to_arrow_schema(schema)

        def judged(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
            for some in whole_creators(map(pl.DataFrame, batches)):
                frames = {name: some.filter(pl.col(name).is_not_null()).select("creator_id", name) for name in names}
                results = work({name: frame.unnest(name) for name, frame in frames.items()})
                yield from _under_each_other(results, picked, arrow).to_batches(max_chunksize=ROWS_OF_BATCH)

        whole = self.folder / f"judged-{outputs[0]}"
        rows.mapInArrow(judged, schema).write.mode("overwrite").parquet(_uri(whole))
        judgement = self.spark.read.parquet(_uri(whole))
        for table in outputs:
            self._keep(table, judgement.filter(f.col(table).isNotNull()).select("creator_id", f"{table}.*"))

    def keep_frame(self, table: str, frame: pl.DataFrame) -> None:
        """Keep a small table that was worked out on the driver."""
        path = self.folder / table
        path.mkdir(parents=True)
        frame.with_columns(cs.by_dtype(pl.Enum).cast(pl.String)).write_parquet(path / "part-0.parquet")
        self.spark.read.parquet(_uri(path)).createOrReplaceTempView(table)

    def tables(self) -> dict[str, Path]:
        """The folder of every table that was kept, by its name."""
        return {path.name: path for path in sorted(self.folder.iterdir()) if path.name in self.columns}

    def _fill(self, insertion: Insertion) -> None:
        rows = self.spark.sql(insertion.sql)
        if insertion.numbered:
            self._keep(insertion.table, self._numbered(rows, insertion))
            return
        if insertion.table in FILES_SAID:
            self._needs_rules(insertion.table, rows)
        self._keep(insertion.table, rows)

    def _numbered(self, rows: "DataFrame", insertion: Insertion) -> "DataFrame":
        """Number all rows in their order, each partition by itself behind the count of those before it."""
        from pyspark.sql import functions as f

        order = [f.col(name).asc_nulls_last() for name in insertion.order]
        unnumbered = self.folder / f"unnumbered-{insertion.table}"
        placed = rows.repartitionByRange(self.count_parts, *order).sortWithinPartitions(*order)
        placed = placed.withColumn("in_part", f.spark_partition_id()).withColumn("at", f.monotonically_increasing_id())
        placed.write.mode("overwrite").parquet(_uri(unnumbered))
        written = self.spark.read.parquet(_uri(unnumbered))
        counts = sorted((row[0], row[1]) for row in written.groupBy("in_part").count().collect())
        before, total = [], insertion.first
        for part, count in counts:
            before.append((part, total))
            total += count
        offsets = self.spark.createDataFrame(before or [(0, 0)], "in_part int, before bigint")
        number = (f.col("before") + f.col("at").bitwiseAND(f.lit(2**ROW_BITS - 1))).cast("int")
        joined = written.join(f.broadcast(offsets), "in_part").withColumn(str(insertion.numbered), number)
        return joined.drop("in_part", "at", "before")

    def _keep(self, table: str, rows: "DataFrame") -> None:
        """Write a table's columns in their types, and let the next question read it from there."""
        from pyspark.sql import functions as f

        kinds = self.columns[table]
        chosen = rows.select(*(f.col(f"`{name}`").cast(kind).alias(name) for name, kind in kinds.items()))
        path = _uri(self.folder / table)
        writer = chosen.write.mode("overwrite")
        if apart := APART.get(table):
            owner = self._whose(table, chosen)
            parts = [f.coalesce(f.lower(owner[name]), f.lit(NO_VALUE)).alias(f"in_{name}") for name in apart]
            writer = owner.select(*(chosen.columns), *parts).write.mode("overwrite")
            writer = writer.partitionBy(*(f"in_{name}" for name in apart))
        writer.parquet(path)
        self.spark.read.parquet(path).select(*kinds).createOrReplaceTempView(table)

    def _whose(self, table: str, rows: "DataFrame") -> "DataFrame":
        """Rows with platform and vertical of their creator."""
        if table == "served_creators":
            return rows
        return rows.join(
            self.spark.table("served_creators").select("creator_key", "platform", "vertical"), "creator_key"
        )

    def _needs_rules(self, table: str, rows: "DataFrame") -> None:
        """Count the rows that break a rule of the schema, all rules in one pass."""
        from pyspark.sql import functions as f

        asked = self.rules[table]
        broken = [
            f.count(f.when(~f.coalesce(f.expr(rule.sql), f.lit(True)), 1)).alias(f"rule_{number}")
            for number, rule in enumerate(asked)
        ]
        counts = rows.agg(*broken).collect()[0] if asked else ()
        for rule, count in zip(asked, counts, strict=True):
            if count:
                raise EngineError(
                    f"{count:,} rows of {table} break a rule: {rule.words}. Correct them, or bring the file in with "
                    "python -m fit load, which sets such rows aside and says why. Nothing was changed."
                )

    def _needs_unique_profiles(self) -> None:
        profiles = self.spark.table("profiles")
        doubles = profiles.groupBy("creator_id", "source_id").count().filter("count > 1").count()
        if doubles:
            raise EngineError(f"{doubles:,} creators are listed twice; keep one row of each. Nothing was changed.")

    def _only(self, part: tuple[int, int]) -> dict[str, "DataFrame"]:
        """Let questions see some creators alone; what they see otherwise, by name."""
        from pyspark.sql import functions as f

        rest, step = part
        wholes = {}
        for name, of in self.columns.items():
            if "creator_id" in of and self.spark.catalog.tableExists(name):
                wholes[name] = self.spark.table(name)
                chosen = f.pmod(f.xxhash64("creator_id"), f.lit(step)) == rest
                wholes[name].filter(chosen).createOrReplaceTempView(name)
        return wholes

    def _given(self, given: Mapping[str, object]) -> dict[str, Any]:
        return {name: _literal(value) for name, value in given.items()}


def _uri(path: Path) -> str:
    return path.absolute().as_uri()


def _literal(value: object) -> "Column":
    """A parameter as Spark takes it: lists of rows too."""
    from pyspark.sql import functions as f

    if isinstance(value, list) and value and isinstance(value[0], dict):
        return f.array(*(f.struct(*(f.lit(v).alias(k) for k, v in row.items())) for row in value))
    if isinstance(value, list):
        return f.array(*map(f.lit, value))
    return f.lit(value)


def whole_creators(batches: Iterable[pl.DataFrame], fewest: int = ROWS_OF_WORK) -> Iterator[pl.DataFrame]:
    """Rows ordered by creator_id, in frames of about `fewest` rows; no creator's rows are parted."""
    waiting: list[pl.DataFrame] = []
    for batch in batches:
        waiting.append(batch)
        if sum(map(len, waiting)) < fewest:
            continue
        rows = pl.concat(waiting)
        unfinished = pl.col("creator_id") == rows["creator_id"][-1]
        done, waiting = rows.filter(~unfinished), [rows.filter(unfinished)]
        if len(done):
            yield done
    if waiting and len(rest := pl.concat(waiting)):
        yield rest


def _under_each_other(frames: Frames, picked: Mapping[str, list[str]], schema: pa.Schema) -> pa.Table:
    """The rows of several tables as one: each row's values stand in the column of its table."""
    as_text = (cs.by_dtype(pl.Enum) | cs.categorical()).cast(pl.String)
    parts = [
        frames[table].with_columns(as_text).select("creator_id", pl.struct(columns).alias(table))
        for table, columns in picked.items()
    ]
    whole = pl.concat(parts, how="diagonal")
    return whole.to_arrow(compat_level=pl.CompatLevel.oldest()).cast(schema)

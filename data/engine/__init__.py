"""Compute a generation on Spark: the only folder that knows it. pyspark is optional (requirements-spark.txt)."""

from data.engine.plain_files import PlainTable, find_tables, source_rows
from data.engine.session import session
from data.engine.spread import spread
from data.engine.tables import SparkTables

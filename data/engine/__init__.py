"""Compute a generation on Spark: the only folder that knows it. pyspark is optional (requirements-spark.txt)."""

from data.engine.session import EngineError, needs_packages, session

needs_packages("sqlglot")

from data.engine.plain_files import PlainTable, find_tables, source_rows
from data.engine.tables import SparkTables
from data.engine.transpile import NotPortable, spark_sql

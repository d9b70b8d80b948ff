"""Start a Spark session on a cluster or on this machine, and turn its failures into sentences."""

import contextlib
import importlib.util
import os
import socket
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from data.store import StoreError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

ROOT = Path(__file__).parents[2]
ANSWER_SECONDS = 10  # how long a master may take to accept a connection
WORKER_SECONDS = 60  # and to hand over a first worker
LOOPBACK = ("localhost", "127.0.0.1", "::1")
SETTINGS = {
    "spark.app.name": "creator-fit",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    # Spark makes this folder although no table is ever kept there; otherwise it would be made wherever somebody works.
    "spark.sql.warehouse.dir": str(Path(tempfile.gettempdir()) / "creator-fit-spark-warehouse"),
    "spark.log.level": "ERROR",
    # What the field is learned from comes to the driver: a million campaigns are about a gigabyte on the way.
    "spark.driver.memory": "4g",
    "spark.driver.maxResultSize": "3g",
    # Each task judges creators of its own; threads of each would only stand in the others' way.
    "spark.executorEnv.OPENBLAS_NUM_THREADS": "1",
    "spark.executorEnv.POLARS_MAX_THREADS": "1",
    "spark.executorEnv.PYTHONPATH": str(ROOT),
}


class EngineError(StoreError):
    """Spark cannot do it; the message says what was found, what is needed and what to do."""


@contextlib.contextmanager
def session(engine: str) -> Iterator["SparkSession"]:
    """Start a session and stop it at the end; failures of Spark in between become EngineError.

    engine: spark://HOST:7077 (a standalone master), sc://HOST:15002 (Spark Connect), or local (this machine's cores).
    """
    needs_packages("pyspark", "sqlglot")
    address = _address(engine)
    if address is not None:
        _needs_answer(engine, *address)
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    # Said of every pandas of the last year; frames go to the workers as Arrow, and none of them is pandas'.
    warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder
    if engine.startswith("sc://"):
        builder = builder.remote(engine)
    else:
        for name, value in SETTINGS.items():
            builder = builder.config(name, value)
        builder = builder.master("local[*]" if engine == "local" else engine)
        if address is None or address[0] in LOOPBACK:
            builder = builder.config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1")
    try:
        spark = builder.getOrCreate()
    except (PySparkException, Py4JError, RuntimeError, ImportError) as error:
        raise EngineError(
            f"Spark at {engine} could not be started: {first_line(error)}. Nothing was changed."
        ) from error
    try:
        if engine.startswith("spark://"):
            _needs_worker(spark, engine)
        yield spark
    except (PySparkException, Py4JError) as error:
        raise EngineError(
            f"Spark at {engine} gave up: {first_line(error)}. Nothing was changed. "
            "Look at the logs of its workers, or check the files and try again."
        ) from error
    finally:
        with contextlib.suppress(PySparkException, Py4JError):
            spark.stop()


def first_line(error: BaseException) -> str:
    """The line of an error of Spark that says what is wrong: that of the innermost cause."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    causes = [line for line in lines if line.startswith("Caused by:")]
    said = causes[-1].removeprefix("Caused by:").strip() if causes else (lines or [type(error).__name__])[0]
    return said.rstrip(".")[:300]


def needs_packages(*names: str) -> None:
    """Raise EngineError for packages that only Spark needs and that are not installed."""
    missing = [name for name in names if importlib.util.find_spec(name) is None]
    if missing:
        raise not_installed(*missing)


def not_installed(*names: str) -> EngineError:
    """The error of packages that only Spark needs and that are not installed."""
    return EngineError(
        f"--engine needs the package {' and '.join(names)}, which is not installed here. "
        "Install it: pip install -r requirements-spark.txt (and Java 17). Nothing was changed."
    )


def _address(engine: str) -> tuple[str, int] | None:
    """Host and port of a cluster; None for this machine. Raises EngineError for what is no engine."""
    if engine == "local":
        return None
    parts = urlsplit(engine)
    with contextlib.suppress(ValueError):
        if parts.scheme in ("spark", "sc") and parts.hostname and parts.port:
            return parts.hostname, parts.port
    raise EngineError(
        f"--engine {engine!r} is no engine; write spark://HOST:7077, sc://HOST:15002 or local. Nothing was changed."
    )


def _needs_answer(engine: str, host: str, port: int) -> None:
    try:
        socket.create_connection((host, port), timeout=ANSWER_SECONDS).close()
    except OSError as error:
        raise EngineError(
            f"Nothing answers at {engine} ({error.strerror or error}; waited at most {ANSWER_SECONDS} seconds). "
            "Start the master, or check the address (docs/spark.md). Nothing was changed."
        ) from error


def _needs_worker(spark: "SparkSession", engine: str) -> None:
    """Wait for a first worker; without one every job would wait for ever."""
    began = time.monotonic()
    tracker = spark.sparkContext._jsc.sc().statusTracker()
    while len(tracker.getExecutorInfos()) < 2:  # the driver is one
        if time.monotonic() - began > WORKER_SECONDS:
            raise EngineError(
                f"The master at {engine} has no free worker (waited {WORKER_SECONDS} seconds). Start a worker with "
                "memory and cores to spare (docs/spark.md). Nothing was changed."
            )
        time.sleep(0.2)

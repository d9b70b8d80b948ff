"""Do one piece of work for each of some items in Spark's tasks, and bring the results back in order."""

import pickle
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import pyarrow as pa

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def spread(spark: "SparkSession") -> Callable[[Callable[[Any], Any], Sequence[Any]], list[Any]]:
    """Return a function of (work, items) that gives the list of work(item), each worked out by a task of its own.

    work and items are sent by pickle: functions by the names of their modules, which every worker has.
    """

    def worked_out(work: Callable[[Any], Any], items: Sequence[Any]) -> list[Any]:
        def worked(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
            for batch in batches:
                for place, item in zip(batch["place"].to_pylist(), batch["item"].to_pylist(), strict=True):
                    result = pickle.dumps(work(pickle.loads(item)))
                    yield pa.RecordBatch.from_pydict({"place": pa.array([place], pa.int32()), "result": [result]})

        rows = [(place, bytearray(pickle.dumps(item))) for place, item in enumerate(items)]
        sent = spark.createDataFrame(rows, "place int, item binary").repartition(max(len(rows), 1), "place")
        results = sent.mapInArrow(worked, "place int, result binary").collect()
        return [pickle.loads(bytes(result)) for _, result in sorted((row[0], row[1]) for row in results)]

    return worked_out

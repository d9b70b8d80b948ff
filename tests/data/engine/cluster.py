"""Start a standalone Spark cluster of two workers on loopback, and end it."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

START_SECONDS = 60


@dataclass
class Cluster:
    """The address of a master, and its processes: each worker leads a group that its executors belong to."""

    address: str
    workers: list[subprocess.Popen]

    def kill_worker(self) -> None:
        """Kill a worker with everything that it runs, as a machine that goes down would."""
        end(self.workers.pop(), signal.SIGKILL)


@contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    """A master and two workers of one core each; folder: for their logs and scratch files."""
    import pyspark

    spark_class = Path(pyspark.__file__).parent / "bin" / "spark-class"
    port = free_port()
    address = f"spark://127.0.0.1:{port}"
    plain = {**os.environ, "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_HOME": str(spark_class.parents[1])}

    def begin(name: str, *words: str) -> subprocess.Popen:
        with (folder / f"{name}.log").open("w") as log:
            begun = [spark_class, *words, "--host", "127.0.0.1", "--webui-port", "0"]
            return subprocess.Popen(begun, stdout=log, stderr=log, env=plain, start_new_session=True, cwd=folder)

    started: list[subprocess.Popen] = []
    try:
        started.append(begin("master", "org.apache.spark.deploy.master.Master", "--port", str(port)))
        wait_for(port)
        for number in range(2):
            words = ("org.apache.spark.deploy.worker.Worker", address, "--cores", "1", "--memory", "1g")
            started.append(begin(f"worker-{number}", *words, "--work-dir", str(folder / f"work-{number}")))
        yield Cluster(address, started[1:])
    finally:
        for process in reversed(started):
            end(process, signal.SIGKILL)


def end(process: subprocess.Popen, how: signal.Signals) -> None:
    """End a process and its group."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, how)
    process.wait()


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def wait_for(port: int) -> None:
    """Wait until something answers at a port."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        with suppress(OSError):
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        time.sleep(0.2)
    raise TimeoutError(f"nothing answers at {port}")

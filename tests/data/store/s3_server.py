"""How do the tests come by an object store? A server of S3's interface on this machine, whose objects are in memory."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import pytest

from data import store
from tests.browser.driver import free_port

STARTS_IN = 30  # seconds on a busy machine
_numbers = count()


@dataclass(frozen=True)
class S3Server:
    """A running server."""

    address: str
    process: subprocess.Popen[bytes]


@contextmanager
def s3_server() -> Iterator[S3Server]:
    """Start the server on a free port; yield it; stop it. Without its package the test is skipped, in CI it fails."""
    if find_spec("moto") is None or find_spec("obstore") is None:
        leave = pytest.fail if os.environ.get("CI") else pytest.skip
        leave("obstore or moto is not installed: pip install -r requirements-dev.txt")
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-W", "ignore", "-m", "moto.server", "-p", str(port)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen(command, **quiet)
    try:
        until = time.monotonic() + STARTS_IN
        while time.monotonic() < until:
            with suppress(OSError), urllib.request.urlopen(f"{address}/moto-api/", timeout=1):
                break
            time.sleep(0.05)
        yield S3Server(address, server)
    finally:
        server.send_signal(signal.SIGCONT)  # a test may have stopped it
        server.kill()
        server.wait()


PREFIX = "fit/store"


@dataclass(frozen=True)
class Bucket:
    """A bucket with one store in it, and the folders of the servers that share it."""

    name: str
    client: object  # of another library than the product's, to look at objects and to damage them
    folder: Path

    @property
    def address(self) -> str:
        """What the product is given as its store."""
        return f"s3://{self.name}/{PREFIX}"

    def copy(self, server: str) -> Path:
        """The local copy of one server, brought up to date; what runs next is that server."""
        os.environ["CREATOR_FIT_CACHE"] = str(self.folder / server)
        return store.store_folder(self.address)

    def read(self, name: str) -> bytes:
        return self.client.get_object(Bucket=self.name, Key=f"{PREFIX}/{name}")["Body"].read()

    def write(self, name: str, content: bytes) -> None:
        self.client.put_object(Bucket=self.name, Key=f"{PREFIX}/{name}", Body=content)

    def delete(self, name: str) -> None:
        self.client.delete_object(Bucket=self.name, Key=f"{PREFIX}/{name}")

    def objects(self) -> list[str]:
        listed = self.client.list_objects_v2(Bucket=self.name, Prefix=f"{PREFIX}/").get("Contents", [])
        return sorted(one["Key"].removeprefix(f"{PREFIX}/") for one in listed)

    def versions(self) -> dict[int, str]:
        """The object of each version that is kept."""
        return {one["number"]: one["file"] for one in json.loads(self.read("CURRENT.json"))["versions"]}


def environment(address: str) -> dict[str, str]:
    """The variables by which the product finds the server."""
    keys = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_REGION": "us-east-1"}
    return {"AWS_ENDPOINT_URL": address, **keys}


def new_bucket(address: str, folder: Path) -> Bucket:
    """Make an empty bucket. folder: for local copies."""
    import boto3

    keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test", "region_name": "us-east-1"}
    client = boto3.client("s3", endpoint_url=address, **keys)
    name = f"bucket-{next(_numbers)}"
    client.create_bucket(Bucket=name)
    return Bucket(name, client, folder)

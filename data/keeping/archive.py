"""One backup file: a zip with a manifest, its own SHA-256 as the last 64 bytes.

A zip, because every system opens one without this program, and its list of files stands at the end, so that a cut file
is noticed. The last bytes are the zip's comment and vouch for all bytes before them.
"""

import hashlib
import json
import os
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import disk_usage
from typing import BinaryIO

from data.store import StoreError

SHAPE = 1  # of the manifest; a newer one is refused
MANIFEST, DECISIONS = "manifest.json", "decisions.sqlite"
WHAT = "Creator Fit backup"
HASH = 64  # characters of a SHA-256
BLOCK = 2**20
LONGEST_MANIFEST = 2**20
NAMES = re.compile(r"generation-\d{6,9}(\.duckdb|\.sample\.sqlite)|decisions\.sqlite")


class BackupRefused(StoreError):
    """A file that is no whole backup; the message says what was found and what to do."""


@dataclass(frozen=True)
class Manifest:
    """What a backup holds. files: size in bytes and SHA-256 by name. generation: None where nothing was loaded."""

    written_at: str
    generation: int | None
    count_creators: int
    files: dict[str, tuple[int, str]]

    def as_json(self) -> str:
        """The manifest as it stands in the backup."""
        files = [{"name": name, "bytes": size, "sha256": sha256} for name, (size, sha256) in self.files.items()]
        head = {"what": WHAT, "shape": SHAPE, "written_at": self.written_at, "generation": self.generation}
        return json.dumps({**head, "count_creators": self.count_creators, "files": files}, indent=1)


def hash_of(file: BinaryIO, count: int | None = None) -> str:
    """SHA-256 of the next bytes of a file, of all without a count."""
    hashed = hashlib.sha256()
    while block := file.read(BLOCK if count is None else min(BLOCK, count)):
        hashed.update(block)
        count = None if count is None else count - len(block)
    return hashed.hexdigest()


def write_backup(out: BinaryIO, manifest: Manifest, sources: dict[str, BinaryIO]) -> str:
    """Write a backup; return its own SHA-256. Raises BackupRefused when a source is not what the manifest says."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        packed.comment = b"0" * HASH
        packed.writestr(MANIFEST, manifest.as_json())
        for name, source in sources.items():
            hashed = hashlib.sha256()
            with packed.open(name, "w", force_zip64=True) as entry:
                while block := source.read(BLOCK):
                    hashed.update(block)
                    entry.write(block)
            if hashed.hexdigest() != manifest.files[name][1]:
                raise BackupRefused(f"{name} is not what was written (its SHA-256 differs). Run: python -m fit check.")
    size = out.seek(0, os.SEEK_END)
    out.seek(0)
    sha256 = hash_of(out, size - HASH)
    out.seek(size - HASH)
    out.write(sha256.encode("ascii"))
    return sha256


@contextmanager
def read_backup(path: Path) -> Iterator[tuple[Manifest, zipfile.ZipFile]]:
    """Open a backup whose every byte is as it was written. Raises BackupRefused."""
    try:
        with path.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - HASH))
            stated = file.read().decode("ascii", "replace")
            file.seek(0)
            if size < HASH or hash_of(file, size - HASH) != stated:
                raise BackupRefused(
                    f"{path} is damaged, cut or no backup of Creator Fit: its {size:,} bytes do not match the SHA-256 "
                    "at its end. Nothing was changed. Take another backup, or copy this one again from where it lies."
                )
            with zipfile.ZipFile(file) as packed:
                yield _manifest(path, packed), packed
    except OSError as error:
        raise BackupRefused(f"{path} cannot be read: {error.strerror}. Nothing was changed.") from error
    # zipfile raises each of these: NotImplementedError for an odd version, RuntimeError for an encrypted file.
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise BackupRefused(f"{path} is no zip that can be read ({error}). Nothing was changed.") from error


def _manifest(path: Path, packed: zipfile.ZipFile) -> Manifest:
    entries = packed.infolist()
    names = [entry.filename for entry in entries]
    wrong = BackupRefused(f"{path} is no backup that this program wrote. Nothing was changed.")
    if MANIFEST not in names or packed.getinfo(MANIFEST).file_size > LONGEST_MANIFEST:
        raise wrong
    try:
        content = json.loads(packed.read(MANIFEST))
        if content["what"] != WHAT:
            raise wrong
        if content["shape"] > SHAPE:
            raise BackupRefused(
                f"{path} was written by a newer Creator Fit (shape {content['shape']}; this one knows {SHAPE}). "
                "Nothing was changed. Update this program, then try again."
            )
        files = {str(file["name"]): (int(file["bytes"]), str(file["sha256"])) for file in content["files"]}
        number = None if content["generation"] is None else int(content["generation"])
        manifest = Manifest(str(content["written_at"]), number, int(content["count_creators"]), files)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise wrong from error
    fits = sorted(names) == sorted([MANIFEST, *files]) and all(NAMES.fullmatch(name) for name in files)
    sizes = all(entry.file_size == files[entry.filename][0] for entry in entries if entry.filename in files)
    if not fits or not sizes:
        raise BackupRefused(f"{path} holds other files than its manifest says. Nothing was changed.")
    return manifest


def unpack(packed: zipfile.ZipFile, manifest: Manifest, folder: Path) -> None:
    """Write the files of a backup into a folder, each checked. Raises BackupRefused."""
    needed, free = sum(size for size, _ in manifest.files.values()), disk_usage(folder).free
    if needed > free:
        raise BackupRefused(
            f"The backup needs {needed:,} bytes and {folder} has {free:,} left. Nothing was changed. Make room."
        )
    for name, (size, sha256) in manifest.files.items():
        hashed, written = hashlib.sha256(), 0
        with packed.open(name) as entry, (folder / name).open("wb") as out:
            while written <= size and (block := entry.read(BLOCK)):
                written += len(block)
                hashed.update(block)
                out.write(block)
            out.flush()
            os.fsync(out.fileno())
        if (written, hashed.hexdigest()) != (size, sha256):
            raise BackupRefused(f"{name} in the backup is not what was written. Nothing was changed.")

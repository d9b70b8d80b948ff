"""How do uploaded files come in without hurting this server? In a child process, under limits of memory and time."""

import json
import os
import pty
import re
import resource
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from pages.ui.store_access import store_folder

ROOT = Path(__file__).parents[3]
MEBI = 2**20
MOST_BYTES = 500 * MEBI  # of all files of one upload: they wait in this server's memory, several people's at once
MOST_MEMORY = 8 * 2**30  # bytes of address space; judging 50 MB of campaigns needs over 4, a hostile file wants it all
MOST_SECONDS = 600.0  # 50 MB load in about a minute; ten times that is not a slow file but a stuck one
LOOK_AGAIN = 0.2  # seconds between two looks at the child's progress
LONGEST_NAME = 120
BUSY = 3  # exit code of a load that finds the store held by another
ON_THE_SERVER = "load from a terminal on the server: python -m fit load FILE"
# How Python, DuckDB, Polars and the loader of libraries say that the limit of memory was met; a crash says nothing.
OUT_OF_MEMORY = re.compile(
    r"no memory left|MemoryError|bad_alloc|memory allocation of|out of memory|cannot allocate|failed to map segment",
    re.I,
)
_STEP = re.compile(rb"(\d{1,3})% ([^\r\n]+)")
_PREFIX = re.compile(r"python -m fit \w+: error: ")
_UNSAFE = re.compile(r"[^\w.\- ]")


class Upload(Protocol):
    """What a browser sent: a name that the user chose, and bytes."""

    name: str

    def getbuffer(self) -> memoryview: ...


def safe_name(name: str) -> str:
    """A user's file name without anything that means something to a file system; its ending is kept."""
    last = _UNSAFE.sub("_", name.replace("\\", "/").rsplit("/", 1)[-1]).strip(". ")
    return last[-LONGEST_NAME:] or "upload"


def load_in_child(
    uploads: Sequence[Upload],
    options: Sequence[str],
    progress: Callable[[str, float], None],
    own: Mapping[int, Mapping[str, object]] | None = None,
) -> dict:
    """Load files by `python -m fit load --json` and return its document, or {"failed": what happened and what to do}.

    own: what is said of single uploads alone, by their place, as the file of --each says it. Each of the document's
    `files` says by "upload" which of the uploads it came from, and by "is_packed" whether it is only a part of it (a
    member of a zip, a sheet of a workbook).
    """
    return _in_child(["fit", "load", "--json", "--store", store_folder(), *options], uploads, progress, own)


def columns_in_child(uploads: Sequence[Upload]) -> dict:
    """The document of data/importers/column_listing.py about these files, or {"failed": what happened and what to
    do}."""
    return _in_child(["data.importers.column_listing"], uploads, lambda step, part: None)


def _in_child(
    module: Sequence[str],
    uploads: Sequence[Upload],
    progress: Callable[[str, float], None],
    own: Mapping[int, Mapping[str, object]] | None = None,
) -> dict[str, object]:
    """Run one of our modules on the files, each in a folder with a random name of ours, under its own cleaned name."""
    size = sum(len(upload.getbuffer()) for upload in uploads)
    if size > MOST_BYTES:
        return {
            "failed": f"These files have {size / MEBI:,.0f} MB; {MOST_BYTES / MEBI:,.0f} MB can be read at once. "
            f"Nothing was changed. Drop fewer, or {ON_THE_SERVER}."
        }
    with TemporaryDirectory(prefix="creator-fit-upload-") as folder:
        paths = []
        for upload in uploads:
            path = Path(folder, secrets.token_hex(8), safe_name(upload.name))
            path.parent.mkdir()
            path.write_bytes(upload.getbuffer())
            paths.append(str(path))
        if own:
            each = Path(folder, "each.json")
            each.write_text(json.dumps({paths[place]: said for place, said in own.items()}), encoding="utf-8")
            module = [*module, "--each", str(each)]
        document = _run([sys.executable, "-m", *module, *paths], Path(folder), progress)
    for file in document.get("files", ()):
        file["upload"] = next(place for place, path in enumerate(paths) if file["path"].startswith(path))
        file["is_packed"] = file["path"] not in paths
    return document


def _run(command: list[str], folder: Path, progress: Callable[[str, float], None]) -> dict:
    ours, theirs = pty.openpty()  # the command line draws its progress on a terminal only
    said = folder / "said.json"
    try:
        with said.open("wb") as out:
            surroundings = os.environ | {"NO_COLOR": "1"}  # its last words are shown on a page
            child = subprocess.Popen(
                command, cwd=ROOT, env=surroundings, stdin=subprocess.DEVNULL, stdout=out, stderr=theirs
            )
        os.close(theirs)
        os.set_blocking(ours, False)
        try:
            if hasattr(resource, "prlimit"):  # Linux; elsewhere the child limits itself a moment later
                resource.prlimit(child.pid, resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
            words = _watch(child, ours, progress)
        finally:  # whoever stops the page stops the load: its files are about to go
            child.kill()
            child.wait()
    finally:
        os.close(ours)
    if child.returncode == BUSY:
        return {"failed": "Another load holds the store. Wait until it has finished and load your files again."}
    try:
        return json.loads(said.read_text(encoding="utf-8"))
    except ValueError:
        return {"failed": words or _too_much_memory()}


def _watch(child: subprocess.Popen, terminal: int, progress: Callable[[str, float], None]) -> str:
    """Pass the child's progress on until it ends or its time is over; return its last words."""
    began, heard = time.monotonic(), b""
    while child.poll() is None:
        time.sleep(LOOK_AGAIN)
        heard = (heard + _heard(terminal))[-4096:]
        if steps := _STEP.findall(heard):
            progress(steps[-1][1].decode(errors="replace").strip(), int(steps[-1][0]) / 100)
        if time.monotonic() - began > MOST_SECONDS:
            child.kill()
            child.wait()
            return (
                f"The files took longer than {MOST_SECONDS / 60:g} minutes and were stopped. Nothing was changed. "
                f"Drop fewer at once, or {ON_THE_SERVER}."
            )
    lines = (heard + _heard(terminal)).decode(errors="replace").strip().splitlines()
    return _last_words(lines[-1]) if lines and child.returncode in (1, 2) else ""


def _last_words(line: str) -> str:
    """The child's reason as a sentence, without the name of the command that it puts before wrong options."""
    if OUT_OF_MEMORY.search(line):
        return _too_much_memory()
    said = _PREFIX.sub("", line.strip())
    return said if said.endswith(".") else f"{said}. Nothing was changed."


def _too_much_memory() -> str:
    """What is said of a child that met its limit, or died of it without a word."""
    return (
        f"The files need more memory than the {MOST_MEMORY / 2**30:g} GB that one upload may take, so reading them was "
        f"stopped. Nothing was changed. Drop fewer at once, or {ON_THE_SERVER}."
    )


def _heard(terminal: int) -> bytes:
    """Everything that waits on the terminal."""
    heard = b""
    try:
        while part := os.read(terminal, 4096):
            heard += part
    except OSError:  # nothing more to read, or the child has closed its end
        pass
    return heard

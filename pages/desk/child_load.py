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
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from pages.desk.answers import store_folder

ROOT = Path(__file__).parents[2]
MOST_MEMORY = 8 * 2**30  # bytes of address space; reading 50 MB needs 2 to 3, a hostile file wants the whole machine
MOST_SECONDS = 600.0  # 50 MB load in under a minute; ten times that is not a slow file but a stuck one
LOOK_AGAIN = 0.2  # seconds between two looks at the child's progress
LONGEST_NAME = 120
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


def load_in_child(uploads: Sequence[Upload], options: Sequence[str], progress: Callable[[str, float], None]) -> dict:
    """Load files by `python -m fit load --json` and return its document, or {"failed": what happened and what to do}.

    Each file lies in a folder with a random name of ours, under its own cleaned name, which the store then shows.
    """
    with TemporaryDirectory(prefix="creator-fit-upload-") as folder:
        paths = []
        for upload in uploads:
            place = Path(folder, secrets.token_hex(8))
            place.mkdir()
            path = place / safe_name(upload.name)
            path.write_bytes(upload.getbuffer())
            paths.append(path)
        command = [
            sys.executable,
            "-m",
            "fit",
            "load",
            "--json",
            "--store",
            store_folder(),
            *options,
            "--",
            *map(str, paths),
        ]
        return _run(command, Path(folder), progress)


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
        if hasattr(resource, "prlimit"):  # Linux; elsewhere the child limits itself a moment later
            resource.prlimit(child.pid, resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        words = _watch(child, ours, progress)
    finally:
        os.close(ours)
    if child.returncode == 3:
        return {"failed": "Another load holds the store. Wait until it has finished and load your files again."}
    try:
        return json.loads(said.read_text(encoding="utf-8"))
    except ValueError:
        return {
            "failed": words or "The files could not be read within the limits of memory and time. Nothing was changed."
        }


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
            return "The files took longer than ten minutes and were stopped. Nothing was changed; load fewer at once."
    lines = (heard + _heard(terminal)).decode(errors="replace").strip().splitlines()
    return _last_words(lines[-1]) if lines and child.returncode in (1, 2) else ""


def _last_words(line: str) -> str:
    """The child's reason as a sentence, without the name of the command that it puts before wrong options."""
    said = _PREFIX.sub("", line.strip())
    return said if said.endswith(".") else f"{said}. Nothing was changed."


def _heard(terminal: int) -> bytes:
    """Everything that waits on the terminal."""
    heard = b""
    try:
        while part := os.read(terminal, 4096):
            heard += part
    except OSError:  # nothing more to read, or the child has closed its end
        pass
    return heard

"""Take the files of one upload to the store: what was said of them by hand, the child process that loads them under
limits of memory and time, the events that it prints, and what became of each file."""

import json
import os
import resource
import secrets
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, NotRequired, Protocol, TypedDict, cast

from fit.access import Action
from fit.load_steps import Progress, Step
from pages.ui import people
from pages.ui.decisions_access import on_behalf
from pages.ui.store_access import Code, FileStatus, store_folder
from pages.ui.turns import UPLOADS, Busy

ROOT = Path(__file__).parents[3]
MEBI = 2**20
MOST_UPLOADED = 500 * MEBI  # bytes of one upload: they wait in this server's memory, several people's at once
MOST_MEMORY = 8 * 2**30  # bytes of address space; judging 50 MB of campaigns needs over 4, a hostile file wants it all
MOST_SECONDS = 600.0  # 50 MB load in about a minute; ten times that is not a slow file but a stuck one
POLL_EVERY = 0.2  # seconds between two looks at the child's events
LONGEST_FILE_NAME = 120  # characters; its ending is kept
LONGEST_ERRORS = 4096  # bytes of the child's stderr that are looked at
# How Python, DuckDB, Polars and the loader of libraries say on stderr that the limit of memory was met. A child that
# meets it may be unable to print an event, so this is the one message that is known by its words.
OUT_OF_MEMORY = (
    "memoryerror", "bad_alloc", "memory allocation of", "out of memory", "cannot allocate", "failed to map segment",
)  # fmt: skip


class Stopped(StrEnum):
    """Why this server asked no child, or stopped it; the comment names the values."""

    TOO_MANY_BYTES = "too_many_bytes"  # size, most: megabytes
    OUT_OF_TIME = "out_of_time"  # minutes
    BUSY = "busy"  # others' uploads took all turns


class Upload(Protocol):
    """What a browser sent: a name that the user chose, and bytes."""

    name: str

    def getbuffer(self) -> memoryview: ...


class Message(TypedDict):
    """A sentence of a load: its code with values for sentences of our own, and the command line's words."""

    code: str | None
    values: dict[str, Any]  # texts, numbers, or names: class Code says which
    message: str


class FileOptions(TypedDict, total=False):
    """What is said of one file alone; map: pairs of a heading of the file and its meaning; code: of code and owner."""

    creator: str
    market: str
    kind: str
    campaign: str
    date: str
    currency: str
    platform: str
    map: list[list[str]]
    code: list[list[str]]


class BroughtByCode(TypedDict):
    """A discount code (or partner) that is nobody's, and what came with it (None = not measured)."""

    code: str
    generic: bool
    orders: int | None
    revenue: float | None
    currency: str | None


class SheetColumn(TypedDict):
    """What a column of a sheet is taken for (data/importers/tracker/readings.py, Reading)."""

    heading: str
    status: str
    meaning: str
    choices: list[str]
    proposed: NotRequired[str]
    why: str
    examples: list[str]
    currency: str
    currencies: list[str]


class FileEntry(TypedDict):
    """What became of one file, as `load --json` says it; with the index of the upload that it came from (None once that
    is gone), whether it is only a part of it (a member of a zip, a sheet of a workbook), and the creator that was
    chosen for it."""

    path: str
    reader: str
    status: FileStatus
    count_rows_read: int
    count_rows_imported: int
    count_rows_quarantined: int
    count_rows_replaced: int
    creators: list[str]
    coverage: dict[str, float]
    problems: list[dict[str, str | int | None]]
    message_parts: list[Message]
    columns: NotRequired[list[SheetColumn]]
    upload: int | None
    is_packed: bool
    chosen_creator: str


class LoadDocument(TypedDict, total=False):
    """The document of `load --json`, or why there is none."""

    failed: Message
    preview: bool
    generation: int
    files: list[FileEntry]
    warnings: list[str]
    creators_by_change: dict[str, list[str]]


@dataclass(frozen=True)
class Batch:
    """Files that are looked at together.

    creator, market: what the form says of all of them ("" = nothing). named: per index in `uploads` what is said of
    that file alone. document: of the last load or preview ({} = none yet).
    """

    uploads: tuple[Upload, ...]
    creator: str = ""
    market: str = ""
    named: Mapping[int, FileOptions] = field(default_factory=dict)
    document: LoadDocument = field(default_factory=LoadDocument)

    @property
    def is_preview(self) -> bool:
        """Whether the document says what would become of the files, not what became of them."""
        return bool(self.document.get("preview"))

    @property
    def has_news(self) -> bool:
        """Whether any row was imported, or would be."""
        return any(file["count_rows_imported"] for file in self.document.get("files", ()))


def bring(batch: Batch, progress: Progress, *, is_preview: bool) -> Batch:
    """Load the files of a batch, or look at what they would change; return it with the document.

    After a load only the files that were refused are left in it, to be looked at again.
    """
    of_all = {"--creator": batch.creator, "--market": batch.market}
    options = [*(f"{option}={value}" for option, value in of_all.items() if value), *["--preview"] * is_preview]
    document = load_in_child(batch.uploads, options, progress, batch.named)
    for file in document.get("files", ()):
        own = FileOptions() if file["upload"] is None else batch.named.get(file["upload"], FileOptions())
        file["chosen_creator"] = own.get("creator", batch.creator)
    brought = replace(batch, document=document)
    return brought if is_preview else _left_over(brought)


def _left_over(batch: Batch) -> Batch:
    """Only the files that a load refused, with the document of all; its indices of files follow."""
    if "failed" in batch.document:
        return batch
    files = batch.document["files"]
    of_refused = {file["upload"] for file in files if file["status"] is FileStatus.REFUSED}
    refused = [index for index in range(len(batch.uploads)) if index in of_refused]
    moved = {old: new for new, old in enumerate(refused)}
    for file in files:
        file["upload"] = None if file["upload"] is None else moved.get(file["upload"])
    named = {moved[index]: options for index, options in batch.named.items() if index in moved}
    return replace(batch, uploads=tuple(batch.uploads[index] for index in refused), named=named)


def safe_name(name: str) -> str:
    """A user's file name without anything that means something to a file system; its ending is kept."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    safe = "".join(sign if sign.isalnum() or sign in "_.-@ " else "_" for sign in last).strip(". ")
    return safe[-LONGEST_FILE_NAME:] or "upload"


def load_in_child(
    uploads: Sequence[Upload],
    options: Sequence[str],
    progress: Progress,
    file_options: Mapping[int, FileOptions] | None = None,
) -> LoadDocument:
    """Load files by `python -m fit load --json-lines` and return its report, or why there is none.

    file_options: what is said of single uploads alone, by their index, as the file of --each says it. Raises
    NotAllowed.
    """
    people.refuse(Action.LOAD)
    module = ["fit", "load", "--json-lines", "--store", store_folder(), *options]
    document = cast(LoadDocument, _in_child(module, uploads, progress, file_options))
    for file in document.get("files", ()):
        file["status"] = FileStatus(file["status"])
    return document


def _in_child(
    module: Sequence[str],
    uploads: Sequence[Upload],
    progress: Progress,
    file_options: Mapping[int, FileOptions] | None = None,
) -> dict[str, Any]:
    """Run one of our modules on the files, each in a folder with a random name of ours, under its own cleaned name."""
    size = sum(len(upload.getbuffer()) for upload in uploads)
    if size > MOST_UPLOADED:
        return _failed(Stopped.TOO_MANY_BYTES, size=round(size / MEBI), most=round(MOST_UPLOADED / MEBI))
    with TemporaryDirectory(prefix="creator-fit-upload-") as folder:
        paths = []
        for upload in uploads:
            path = Path(folder, secrets.token_hex(8), safe_name(upload.name))
            path.parent.mkdir()
            path.write_bytes(upload.getbuffer())
            paths.append(str(path))
        if file_options:
            options_file, by_path = (
                Path(folder, "each.json"),
                {paths[index]: own for index, own in file_options.items()},
            )
            options_file.write_text(json.dumps(by_path), encoding="utf-8")
            module = [*module, "--each", str(options_file)]
        command = [sys.executable, "-m", *module, *paths]
        try:
            with UPLOADS.one(waiting=lambda: progress(Step.WAITING, 0.0, "")):
                document = _run(command, Path(folder), progress)
        except Busy:
            return _failed(Stopped.BUSY)
    for file in document.get("files", ()):
        file["upload"] = next(index for index, path in enumerate(paths) if file["path"].startswith(path))
        file["is_packed"] = file["path"] not in paths
    return document


def _run(command: list[str], folder: Path, progress: Progress) -> dict[str, Any]:
    events, errors = folder / "events.jsonl", folder / "errors.txt"
    with events.open("wb") as out, errors.open("wb") as err:
        environment = os.environ | on_behalf() | {"NO_COLOR": "1"}  # its last words are shown on a page
        child = subprocess.Popen(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=err)
    try:
        if hasattr(resource, "prlimit"):  # Linux; elsewhere the child limits itself a moment later
            with suppress(ProcessLookupError):  # it has ended already
                resource.prlimit(child.pid, resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        with events.open("rb") as printed:
            document = _watch(child, printed, progress)
    finally:  # whoever stops the page stops the load: its files are about to go
        child.kill()
        child.wait()
    return document or _crashed(child.returncode, errors.read_bytes()[-LONGEST_ERRORS:].decode(errors="replace"))


def _watch(child: subprocess.Popen, printed: BinaryIO, progress: Progress) -> dict[str, Any]:
    """Pass the child's progress on until it has an answer or its time is over; {} where it ended without an answer."""
    began, rest = time.monotonic(), b""
    while True:
        has_ended = child.poll() is not None  # asked first, so that all that it printed is read below
        *lines, rest = (rest + printed.read()).split(b"\n")
        event: dict[str, Any] = json.loads(lines[-1]) if lines else {}
        match event:
            case {"event": "progress", "step": step, "part": part, "file": file}:
                progress(Step(step), part, file)
            case {"event": "report", **document}:
                return document
            case {"event": "failed", "code": Code.OUT_OF_MEMORY}:
                return _out_of_memory()
            case {"event": "failed", **reason}:
                return {"failed": reason}
        if has_ended:
            return {}
        if time.monotonic() - began > MOST_SECONDS:
            return _failed(Stopped.OUT_OF_TIME, minutes=MOST_SECONDS / 60)
        with suppress(subprocess.TimeoutExpired):  # its end is seen at once
            child.wait(POLL_EVERY)


def _crashed(exit_code: int, errors: str) -> dict[str, Any]:
    """The failure of a child that ended without an answer: its last line on stderr, or the memory that it met."""
    last = errors.strip().rpartition("\n")[2].strip()
    if exit_code not in (1, 2) or not last or any(words in last.casefold() for words in OUT_OF_MEMORY):
        return _out_of_memory()
    return _failed(None, last if last.endswith(".") else f"{last}. Nothing was changed.")


def _out_of_memory() -> dict[str, Any]:
    return _failed(Code.OUT_OF_MEMORY, most=MOST_MEMORY / 2**30)


def _failed(code: Code | Stopped | None, message: str = "", **values: float) -> dict[str, Any]:
    """A failure, as the child's own event says it."""
    return {"failed": {"code": code, "values": values, "message": message}}

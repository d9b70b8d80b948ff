"""Find the files of a path: folders are walked, zip and gzip unpacked, with limits on size, depth and names."""

import os
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from data.importers.limits import (
    EXPANSION_FLOOR_BYTES,
    MAX_EXPANSION_RATIO,
    MAX_FILE_BYTES,
    MAX_FILES,
    MAX_PACKING_DEPTH,
    MEBI,
)
from data.importers.reading import workbook
from data.importers.report import RefusedError, quoted, why_not_read

# Written by `export` beside the three tables, or by hand: of a folder they are passed over.
PASSED_OVER_NAMES = {"briefs.csv", "briefs.parquet", "rejected.csv", "sources.csv"}
PASSED_OVER_ENDING = ".toml"
# What operating systems leave in folders and zips; nobody means to load it.
LITTER = {"__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini"}
OFFICE_MARKS = {"[Content_Types].xml", "mimetype"}  # a zip with one of them is an Office document
PIECE = 4 * MEBI


@dataclass(frozen=True)
class Arrival:
    """One file to be read: its name in reports, where its bytes are, or why it can't be read at all."""

    shown: str
    path: Path
    passed_over: bool = False
    is_hidden: bool = False  # a sheet that the workbook does not show
    refusal: str = ""
    sha256: str = ""  # of what it came in, where path is only a copy of its content
    given: Path = Path()  # the path that brought it, as the caller names it
    merged: tuple[workbook.Merged, ...] = ()  # amounts of a workbook's sheet in one cell over several rows


def arrivals(paths: Sequence[Path], scratch: Path) -> Iterator[Arrival]:
    """Every file that the paths bring, in order. scratch: an empty folder for what is unpacked."""
    count = 0
    for path in paths:
        for arrival in _of_path(Path(path), scratch):
            count += 1
            if count > MAX_FILES:
                why = f"more than {MAX_FILES:,} files; load fewer at a time"
                yield Arrival(printable(path), path, refusal=why, given=path)
                return
            yield replace(arrival, given=path)


def printable(path: Path | str) -> str:
    """A path as text that every output can hold, whatever bytes the file system gave."""
    return os.fsencode(str(path)).decode("utf-8", "backslashreplace")


def _of_path(path: Path, scratch: Path) -> Iterator[Arrival]:
    shown = printable(path)
    if path.is_dir():
        files = list(_files_below(path))
        if not files:
            yield Arrival(shown, path, refusal="this folder holds no files; name a folder with exports in it")
        for file in files:
            yield from _of_file(Arrival(printable(file), file, passed_over=is_passed_over(file.name)), scratch, 0)
    elif not path.exists():
        yield Arrival(shown, path, refusal="there is no such file; check the path")
    elif not path.is_file():
        yield Arrival(
            shown, path, refusal="this is no regular file (a device or a pipe); save the data as a file first"
        )
    else:
        yield from _of_file(Arrival(shown, path), scratch, 0)


def _files_below(folder: Path) -> Iterator[Path]:
    for base, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in LITTER and not name.startswith("."))
        for name in sorted(names):
            if not is_litter(name) and (Path(base) / name).is_file():
                yield Path(base) / name


def is_litter(name: str) -> bool:
    """Files that systems leave behind, hidden files included."""
    return name in LITTER or name.startswith(".")


def is_passed_over(name: str) -> bool:
    """Files of an exported folder that hold no creators, audience or campaigns."""
    return name.casefold() in PASSED_OVER_NAMES or name.casefold().endswith(PASSED_OVER_ENDING)


def _of_file(arrival: Arrival, scratch: Path, depth: int) -> Iterator[Arrival]:
    """The file itself, or what is packed in it."""
    if arrival.passed_over:
        yield arrival
        return
    try:
        with arrival.path.open("rb") as file:
            start = file.read(4)
        if start[:2] == b"\x1f\x8b":
            yield from _of_gzip(arrival, scratch, depth)
        elif start in (b"PK\x03\x04", b"PK\x05\x06") and not names_in(arrival.path) & OFFICE_MARKS:
            yield from _of_zip(arrival, scratch, depth)
        elif start == b"PK\x03\x04" and "xl/workbook.xml" in names_in(arrival.path):
            yield from _of_workbook(arrival, scratch)
        else:
            yield arrival
    except RefusedError as refusal:
        yield Arrival(arrival.shown, arrival.path, refusal=str(refusal))
    except OSError as error:
        yield Arrival(arrival.shown, arrival.path, refusal=why_not_read(error))


def names_in(path: Path) -> set[str]:
    """Names of the members of a zip; none where it is damaged."""
    try:
        with zipfile.ZipFile(path) as packed:
            return set(packed.namelist())
    # zipfile raises each of these for some damage: ValueError for odd offsets, NotImplementedError for odd versions.
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return set()


def _of_workbook(arrival: Arrival, scratch: Path) -> Iterator[Arrival]:
    for sheet, table, digest in workbook.sheets(arrival.path, scratch):
        shown = f"{arrival.shown}/{quoted(sheet.name)}" if sheet.name else arrival.shown
        is_hidden = table == arrival.path
        yield Arrival(shown, table, passed_over=is_hidden, is_hidden=is_hidden, sha256=digest, merged=sheet.merged)


def _too_deep(depth: int) -> None:
    if depth >= MAX_PACKING_DEPTH:
        raise RefusedError(f"packed more than {MAX_PACKING_DEPTH} times over; unpack it and load what is inside")


def _of_gzip(arrival: Arrival, scratch: Path, depth: int) -> Iterator[Arrival]:
    _too_deep(depth)
    target = scratch / f"unpacked-{depth}-gzip"
    try:
        with arrival.path.open("rb") as packed:
            write_limited(target, _gunzip(packed), arrival.path.stat().st_size)
    except zlib.error as error:
        raise RefusedError("this gzip file is damaged; fetch or pack it again") from error
    yield from _of_file(Arrival(arrival.shown, target), scratch, depth + 1)
    target.unlink(missing_ok=True)


def _gunzip(packed: BinaryIO) -> Iterator[bytes]:
    """Unpack all members of a gzip stream, in pieces of bounded size. Raises RefusedError when it ends too early."""
    unpacker = zlib.decompressobj(31)
    rest = b""
    while True:
        rest = rest or packed.read(256 * 1024)
        if not rest:
            break
        yield unpacker.decompress(rest, PIECE)
        rest = unpacker.unconsumed_tail
        if unpacker.eof:
            rest = unpacker.unused_data.lstrip(b"\0") or packed.read(256 * 1024)
            if not rest:
                return
            unpacker = zlib.decompressobj(31)
    if not unpacker.eof:
        raise RefusedError("this gzip file is truncated: it ends in the middle; fetch or pack it again")


def write_limited(target: Path, pieces: Iterable[bytes], packed_bytes: int, already: int = 0) -> int:
    """Write what is unpacked to target and return its size. Raises RefusedError beyond the limits of expansion."""
    most = min(MAX_FILE_BYTES, max(EXPANSION_FLOOR_BYTES, packed_bytes * MAX_EXPANSION_RATIO)) - already
    written = 0
    with target.open("wb") as file:
        for piece in pieces:
            written += len(piece)
            if written > most:
                file.truncate(0)
                raise RefusedError(
                    f"{packed_bytes / MEBI:.1f} MB expand to more than {(most + already) / MEBI:.0f} MB, over the "
                    f"limit of {MAX_EXPANSION_RATIO} times its size; load the unpacked file if it is honest"
                )
            file.write(piece)
    return written


def _of_zip(arrival: Arrival, scratch: Path, depth: int) -> Iterator[Arrival]:
    _too_deep(depth)
    try:
        with zipfile.ZipFile(arrival.path) as packed:
            files = (member for member in packed.infolist() if not member.is_dir())
            members = [file for file in files if not any(map(is_litter, {*file.filename.split("/")} - {".", ".."}))]
            if not members:
                raise RefusedError("this zip holds no files; pack the exports again")
            if len(members) > MAX_FILES:
                raise RefusedError(
                    f"this zip holds {len(members):,} files, over the limit of {MAX_FILES:,}; pack fewer"
                )
            yield from _members(packed, members, arrival, scratch, depth)
    # As above; a member that is cut short or garbled ends in EOFError or zlib.error.
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError) as error:
        raise RefusedError("this zip file is damaged or truncated; fetch or pack it again") from error


def _members(
    packed: zipfile.ZipFile, members: list[zipfile.ZipInfo], arrival: Arrival, scratch: Path, depth: int
) -> Iterator[Arrival]:
    size, unpacked = arrival.path.stat().st_size, 0
    for number, member in enumerate(members):
        name = quoted(member.filename)
        shown = f"{arrival.shown}/{name}"
        if is_unsafe(member.filename):
            why = f"the name {name} inside the zip points outside of it (unsafe path); pack the files without folders"
            yield Arrival(shown, arrival.path, refusal=why)
        elif member.flag_bits & 1:
            why = "this member of the zip is encrypted; unpack it with its password and load the file"
            yield Arrival(shown, arrival.path, refusal=why)
        elif is_passed_over(PurePosixPath(member.filename).name):
            yield Arrival(shown, arrival.path, passed_over=True)
        else:
            target = scratch / f"unpacked-{depth}-{number}"
            with packed.open(member) as stream:
                unpacked += write_limited(target, iter(partial(stream.read, PIECE), b""), size, unpacked)
            yield from _of_file(Arrival(shown, target), scratch, depth + 1)
            target.unlink(missing_ok=True)


def is_unsafe(name: str) -> bool:
    """Absolute names, drive letters, backslashes and ".." reach outside of the folder that a zip is unpacked in."""
    return name.startswith("/") or "\\" in name or ":" in name or ".." in PurePosixPath(name).parts or "\0" in name

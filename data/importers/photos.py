"""Bring photos of creators in: an image file whose name is a creator's id or handle becomes a small square photo.

What is kept is drawn anew: turned upright, cut to a square, without the file's metadata (place, camera, comments).
"""

import hashlib
import re
import struct
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path, PurePosixPath

import duckdb
from PIL import Image, ImageOps

from data.importers import write
from data.importers.limits import LEAST_PHOTO_SIDE, MAX_PHOTO_BYTES, MAX_PHOTO_PIXELS, MEBI, PHOTO_SIDE
from data.importers.reading import header_row
from data.importers.reading.containers import Arrival
from data.importers.report import (
    Code,
    FileReport,
    FileStatus,
    Message,
    Options,
    RefusedError,
    listed,
    quoted,
    why_not_read,
)
from data.importers.tracker.accounts import folded

NAME = "photo"
FORMATS = ("PNG", "JPEG", "WEBP")
ENDINGS = {".png", ".jpg", ".jpeg", ".webp", ".gif", ".heic", ".heif", ".avif", ".bmp", ".tif", ".tiff", ".svg"}
QUALITY = 85  # of the JPEG: about 6 kB each
FACES = (0.5, 0.3)  # where the square is cut: in a portrait faces are above the middle
# What Pillow raises for images that are cut short, garbled or built to do harm.
DAMAGED = (
    OSError, SyntaxError, ValueError, EOFError, TypeError, LookupError, OverflowError, MemoryError, struct.error,
)  # fmt: skip
TOO_MANY_PIXELS = f"this photo has more than {MAX_PHOTO_PIXELS // 1_000_000} million pixels; save it smaller"
NAMES = """
    select distinct creator_id, handle
    from (
        select creator_id, handle from profiles
        union all select creator_id, null from audience
        union all select creator_id, null from campaign_rows
    )
    order by all"""
SAME = """
    select sources.file_name
    from photos
    join sources using (source_id)
    where photos.creator_id = $creator and sources.sha256 = $sha256"""
FORGET = (
    "delete from sources where source_id in (select source_id from photos where creator_id = $creator)",
    "delete from photos where creator_id = $creator",
)
INSERT = "insert into photos values ($source_id, $creator, $image)"


@dataclass(frozen=True)
class Photo:
    """A photo on its way in. image: JPEG of PHOTO_SIDE pixels a side, None where it was refused."""

    arrival: Arrival
    sha256: str
    image: bytes | None
    refusal: str = ""


def is_image(arrival: Arrival) -> bool:
    """Whether a file is called an image."""
    is_read = not arrival.passed_over and not arrival.refusal
    return is_read and PurePosixPath(arrival.shown).suffix.casefold() in ENDINGS


def taken(arrival: Arrival) -> Photo:
    """The photo of a file; what is wrong with it is said when it is written."""
    try:
        return Photo(arrival, hashlib.sha256(arrival.path.read_bytes()).hexdigest(), square(arrival.path))
    except RefusedError as refusal:
        return Photo(arrival, "", None, str(refusal))
    except OSError as error:
        return Photo(arrival, "", None, why_not_read(error))


def square(path: Path) -> bytes:
    """An image file as an upright square JPEG without metadata. Raises RefusedError for what is no photo."""
    size = path.stat().st_size
    if size > MAX_PHOTO_BYTES:
        raise RefusedError(
            f"this photo has {size / MEBI:,.0f} MB; at most {MAX_PHOTO_BYTES / MEBI:.0f} MB are read: save it smaller"
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path, formats=FORMATS) as image:
                return _drawn(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise RefusedError(TOO_MANY_PIXELS) from error
    except DAMAGED as error:
        raise RefusedError(
            "this is no PNG, JPEG or WebP image, or it is damaged; open it and save it again as JPEG"
        ) from error


def _drawn(image: Image.Image) -> bytes:
    width, height = image.size
    if width * height > MAX_PHOTO_PIXELS:
        raise RefusedError(TOO_MANY_PIXELS)
    if min(width, height) < LEAST_PHOTO_SIDE:
        raise RefusedError(
            f"this photo has {width:,} x {height:,} pixels; at least {LEAST_PHOTO_SIDE} x {LEAST_PHOTO_SIDE} are "
            "needed: take a larger one"
        )
    image.draft("RGB", (2 * PHOTO_SIDE, 2 * PHOTO_SIDE))  # a large JPEG need not be decoded in full
    upright = ImageOps.exif_transpose(image)
    coloured = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    cut = ImageOps.fit(coloured, (PHOTO_SIDE, PHOTO_SIDE), Image.Resampling.LANCZOS, centering=FACES)
    bare = Image.new("RGB", cut.size, "white")  # a fresh picture has no comment, profile or place of the file's
    bare.paste(cut, mask=cut if cut.mode == "RGBA" else None)
    written = BytesIO()
    bare.save(written, "JPEG", quality=QUALITY)
    return written.getvalue()


def written(
    db: duckdb.DuckDBPyConnection, photos: Sequence[tuple[Photo, Options]], now: datetime
) -> Iterator[FileReport]:
    """Put photos into the first layer, once all other files of the load are in; one report each, in their order.

    A creator has one photo: the newest file's.
    """
    names = db.execute(NAMES).fetchall() if photos else []
    for photo, given in photos:
        try:
            if photo.image is None:
                raise RefusedError(photo.refusal)
            creator = whose(photo, given, names)
        except RefusedError as refusal:
            yield _report(photo, FileStatus.REFUSED, refusal.message_parts)
            continue
        if earlier := db.execute(SAME, {"creator": creator, "sha256": photo.sha256}).fetchone():
            words = Message(f"already imported: the same bytes as {earlier[0]}, photo of {quoted(creator)}")
            yield _report(photo, FileStatus.ALREADY_IMPORTED, (words,))
            continue
        words = Message(f"photo of {quoted(creator)}", Code.PHOTO_IMPORTED, {"creator": quoted(creator)})
        _write(db, photo, creator, given, now, words.message)
        yield _report(photo, FileStatus.IMPORTED, (words,), creator)


def whose(photo: Photo, options: Options, names: Sequence[tuple[str, str | None]]) -> str:
    """The creator whose id, or else handle, is the name of a file; who was said in the options where none is.

    names: (creator_id, handle) of everybody. Raises RefusedError.
    """
    stem = PurePosixPath(photo.arrival.shown).stem
    ids = {creator for creator, _handle in names}
    for matching in (
        {stem} & ids,
        {creator for creator in ids if as_file_name(creator) == as_file_name(stem)},
        {creator for creator, handle in names if handle and as_file_name(handle) == as_file_name(stem)},
        {(options.creator or "").strip()} & ids,
    ):
        if len(matching) == 1:
            return matching.pop()
        if matching:
            raise RefusedError(
                f"{quoted(stem)!r} can be any of {listed(sorted(matching))}; name the photo by the creator's id, or "
                "load it alone with --creator ID",
                Code.PHOTO_OF_SEVERAL,
                {"name": quoted(stem), "creators": [quoted(creator) for creator in sorted(matching)]},
            )
    raise RefusedError(
        f"no creator has the id or handle {quoted(stem)!r}; name the photo by one, or load it alone with --creator ID",
        Code.PHOTO_OF_NOBODY,
        {"name": quoted(stem)},
    )


def as_file_name(text: str) -> str:
    """An id or handle as it is compared with the name of a file, which cannot hold every sign: "instagram_anna.b"."""
    return re.sub(r"[^\w.\-]", "_", folded(text))


def _write(
    db: duckdb.DuckDBPyConnection, photo: Photo, creator: str, options: Options, now: datetime, message: str
) -> None:
    for forget in FORGET:
        db.execute(forget, {"creator": creator})
    source_id = write.next_source_id(db)
    source = {
        "id": source_id,
        "name": photo.arrival.shown.rsplit("/", 1)[-1],
        "sha256": photo.sha256,
        "options": options.as_text(),
        "signature": header_row.signature(()),
        "reader": NAME,
        "now": now,
        "message": message,
        "read": 1,
        "imported": 1,
        "bad": 0,
    }
    db.execute(write.INSERT_SOURCE, source)
    db.execute(INSERT, {"source_id": source_id, "creator": creator, "image": photo.image})


def _report(photo: Photo, status: FileStatus, message: tuple[Message, ...], *creators: str) -> FileReport:
    count = len(creators)
    return FileReport(photo.arrival.shown, photo.sha256, NAME, status, count, count, 0, creators, {}, (), message)

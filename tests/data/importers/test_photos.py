"""Does an image file become the small photo of the right creator, and nothing else of it stay?"""

import struct
import zipfile
import zlib
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path

import polars as pl
import pytest
from PIL import Image

from data import store
from data.importers.load import Options
from data.importers.photos import square
from data.importers.report import RefusedError
from fit.refresh import LoadReport, load, preview
from queries.ask import ask

NOW = datetime(2026, 3, 2, 9, 0)
CREATORS = """creator_id,creator_name,platform,home_country,followers,handle
zoe-id,Zoe Quillfeather,instagram,DE,40000,@zoe.cooks
instagram:anna,Anna Auk,instagram,DE,40000,
max,Max Merlin,instagram,DE,40000,@twin
mia,Mia Merlin,youtube,DE,40000,@twin
"""
PLAIN = Options()
RED, BLUE = (200, 30, 30), (30, 30, 200)


def image(size: tuple[int, int] = (200, 200), colour: object = RED, mode: str = "RGB", **saved: object) -> bytes:
    """A file of one colour, JPEG unless said."""
    written = BytesIO()
    Image.new(mode, size, colour).save(written, **{"format": "JPEG", **saved})
    return written.getvalue()


def bomb(side: int) -> bytes:
    """A PNG of a hundred bytes that says it has so many pixels a side."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    parts = (chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(b"\0" * 999)), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def bring(folder: Path, files: dict[str, bytes], options: Options = PLAIN) -> LoadReport:
    """Load files of these contents into the store below a folder."""
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return load(folder / "store", [folder / name for name in files], options, now=NOW)


def photos(folder: Path, creators: Sequence[str] = ("zoe-id", "instagram:anna", "max", "mia")) -> dict[str, bytes]:
    """Creator to photo, as the store answers."""
    opened = store.open_newest(folder / "store")
    found: pl.DataFrame = ask(opened.connection, "photos_of_creators", creators=list(creators))
    opened.connection.close()
    return dict(found.iter_rows())


def colour_at(photo: bytes, x: int, y: int) -> tuple[int, ...]:
    with Image.open(BytesIO(photo)) as drawn:
        return tuple(round(value, -1) for value in drawn.getpixel((x, y)))


def said(report: LoadReport) -> list[str]:
    return [f"{file.status}: {file.message}" for file in report.files]


@pytest.mark.thorough
def test_a_photo_is_named_by_id_or_handle_and_comes_with_the_list_in_any_order(tmp_path):
    files = {
        "zoe-id.jpg": image(),
        "creators.csv": CREATORS.encode(),
        "instagram_anna.png": image(colour=BLUE, format="PNG"),
    }
    report = bring(tmp_path, files)
    assert said(report) == [
        "imported: photo of zoe-id",
        "imported: 4 of 4 rows imported",
        "imported: photo of instagram:anna",
    ]
    assert report.files[0].creators == ("zoe-id",)
    drawn = photos(tmp_path)
    assert {creator: colour_at(photo, 80, 80) for creator, photo in drawn.items()} == {
        "instagram:anna": BLUE,
        "zoe-id": RED,
    }


@pytest.mark.thorough
@pytest.mark.parametrize("name", ["zoe-id.jpg", "ZOE-ID.JPEG", "@Zoe.Cooks.webp", "zoe.cooks.jpg"])
def test_case_and_at_sign_do_not_matter(tmp_path, name):
    kind = "WEBP" if name.endswith("webp") else "JPEG"
    bring(tmp_path, {"creators.csv": CREATORS.encode(), name: image(format=kind)})
    assert list(photos(tmp_path)) == ["zoe-id"]


@pytest.mark.thorough
def test_a_name_of_nobody_or_of_several_is_refused_and_an_option_says_whose_it_is(tmp_path):
    report = bring(tmp_path, {"creators.csv": CREATORS.encode(), "nina.jpg": image(), "twin.jpg": image()})
    assert said(report)[1:] == [
        "refused: no creator has the id or handle 'nina'; name the photo by one, or load it alone with --creator ID",
        "refused: 'twin' can be any of max, mia; name the photo by the creator's id, or load it alone with "
        "--creator ID",
    ]
    bring(tmp_path, {"nina.jpg": image()}, Options(creator="mia"))
    assert list(photos(tmp_path)) == ["mia"]


def test_a_photo_makes_no_creator_and_alone_of_nobody_no_data_version(tmp_path):
    assert bring(tmp_path, {"nina.jpg": image()}, Options(creator="nina")).generation is None


@pytest.mark.thorough
def test_the_newest_file_counts_and_the_same_one_changes_nothing(tmp_path):
    bring(tmp_path, {"creators.csv": CREATORS.encode(), "zoe-id.jpg": image()})
    again = bring(tmp_path, {"zoe-id.jpg": image()})
    assert (said(again), again.generation) == (
        ["already imported: already imported: the same bytes as zoe-id.jpg, photo of zoe-id"],
        1,
    )
    bring(tmp_path, {"zoe.cooks.png": image(colour=BLUE, format="PNG")})
    assert colour_at(photos(tmp_path)["zoe-id"], 80, 80) == BLUE
    bring(tmp_path, {"more.csv": CREATORS.replace("40000", "50000").encode()})
    assert colour_at(photos(tmp_path)["zoe-id"], 80, 80) == BLUE, "carried to the next data version"
    opened = store.open_newest(tmp_path / "store")
    of_photos = opened.connection.execute("select file_name from sources where reader = 'photo'").fetchall()
    opened.connection.close()
    assert of_photos == [("zoe.cooks.png",)]


@pytest.mark.thorough
def test_two_creators_may_have_the_same_picture(tmp_path):
    bring(tmp_path, {"creators.csv": CREATORS.encode(), "max.jpg": image(), "mia.jpg": image()})
    assert list(photos(tmp_path)) == ["max", "mia"]


@pytest.mark.thorough
def test_undo_brings_the_earlier_photo_back(tmp_path):
    bring(tmp_path, {"creators.csv": CREATORS.encode(), "zoe-id.jpg": image()})
    bring(tmp_path, {"zoe-id.png": image(colour=BLUE, format="PNG")})
    store.undo(tmp_path / "store")
    assert colour_at(photos(tmp_path)["zoe-id"], 80, 80) == RED


@pytest.mark.thorough
def test_a_preview_says_whose_photo_it_is_and_keeps_nothing(tmp_path):
    bring(tmp_path, {"creators.csv": CREATORS.encode()})
    (tmp_path / "zoe-id.jpg").write_bytes(image())
    seen = preview(tmp_path / "store", [tmp_path / "zoe-id.jpg"], Options(), now=NOW)
    assert said(seen) == ["imported: photo of zoe-id"]
    assert photos(tmp_path) == {}


def test_a_photo_is_turned_upright_cut_to_a_square_and_keeps_nothing_of_its_file(tmp_path):
    """Lying on its side (orientation 6): what is left in the file is the upper part."""
    lying = Image.new("RGB", (600, 400), BLUE)
    lying.paste(RED, (0, 0, 300, 400))
    tags = Image.Exif()
    tags[0x0112], tags[0x010F] = 6, "SecretCamera"
    lying.save(tmp_path / "zoe.jpg", exif=tags, comment=b"SecretComment", quality=95)
    photo = square(tmp_path / "zoe.jpg")
    assert b"Secret" in (tmp_path / "zoe.jpg").read_bytes()
    assert b"Secret" not in photo
    assert b"Exif" not in photo
    with Image.open(BytesIO(photo)) as drawn:
        assert (drawn.format, drawn.size, drawn.mode, dict(drawn.getexif())) == ("JPEG", (160, 160), "RGB", {})
    assert [colour_at(photo, 80, y) for y in (20, 150)] == [RED, BLUE]


@pytest.mark.parametrize(
    ("saved", "seen"),
    [
        ({"mode": "CMYK", "colour": (0, 255, 255, 0)}, (250, 0, 0)),
        ({"mode": "L", "colour": 100}, (100, 100, 100)),
        ({"mode": "RGBA", "colour": (200, 30, 30, 0), "format": "PNG"}, (260, 260, 260)),
        ({"mode": "P", "colour": 0, "format": "PNG"}, (0, 0, 0)),
        ({"format": "WEBP", "save_all": True, "append_images": [Image.new("RGB", (200, 200), BLUE)]}, RED),
    ],
    ids=["for print", "grey", "clear is white", "palette", "first of an animation"],
)
def test_every_kind_of_colour_is_drawn(tmp_path, saved, seen):
    (tmp_path / "photo").write_bytes(image(**saved))
    assert colour_at(square(tmp_path / "photo"), 80, 80) == pytest.approx(seen, abs=10)


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("content", "why"),
    [
        (bomb(30_000), "this photo has more than 60 million pixels; save it smaller"),
        (bomb(10_000), "this photo has more than 60 million pixels; save it smaller"),
        (bomb(7_800), "this photo has more than 60 million pixels; save it smaller"),
        (image((1, 1)), "this photo has 1 x 1 pixels; at least 32 x 32 are needed: take a larger one"),
        (image((400, 400))[:700], "damaged"),
        (image(format="PNG")[:60], "damaged"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "no PNG, JPEG or WebP image"),
        (image(format="GIF", colour=0, mode="P"), "no PNG, JPEG or WebP image"),
        (b"", "no PNG, JPEG or WebP image"),
        (b"creator_id,creator_name\nzoe-id,Zoe\n", "no PNG, JPEG or WebP image"),
    ],
    ids=["bomb", "small bomb", "smaller bomb", "pixel", "cut JPEG", "cut PNG", "drawing", "GIF", "empty", "table"],
)
def test_what_is_no_photo_is_refused_and_the_rest_of_the_load_stands(tmp_path, content, why):
    (tmp_path / "photo").write_bytes(content)
    with pytest.raises(RefusedError, match=why.replace("(", r"\(")):
        square(tmp_path / "photo")
    report = bring(tmp_path, {"creators.csv": CREATORS.encode(), "zoe-id.png": content})
    assert [file.status for file in report.files] == ["imported", "refused"]
    assert photos(tmp_path) == {}


def test_a_file_of_many_bytes_is_not_opened(tmp_path):
    with (tmp_path / "zoe-id.jpg").open("wb") as file:
        file.truncate(21 * 2**20)
    with pytest.raises(RefusedError, match="this photo has 21 MB; at most 20 MB are read: save it smaller"):
        square(tmp_path / "zoe-id.jpg")


@pytest.mark.thorough
def test_exported_photos_are_whose_they_were_when_they_are_loaded_again(tmp_path, run_fit):
    files = {"creators.csv": CREATORS.encode(), "zoe-id.jpg": image(), "instagram_anna.jpg": image(colour=BLUE)}
    bring(tmp_path, files)
    out = run_fit("export", tmp_path / "exported", "--store", tmp_path / "store").stdout
    assert f"Wrote 2 photos to {tmp_path / 'exported' / 'photos'}." in out
    load(tmp_path / "again" / "store", [tmp_path / "exported"], PLAIN, now=NOW)
    drawn = photos(tmp_path / "again")
    assert {creator: colour_at(photo, 80, 80) for creator, photo in drawn.items()} == {
        "instagram:anna": BLUE,
        "zoe-id": RED,
    }


@pytest.mark.thorough
def test_photos_come_out_of_a_zip(tmp_path):

    with zipfile.ZipFile(tmp_path / "all.zip", "w") as packed:
        packed.writestr("photos/zoe-id.jpg", image())
        packed.writestr("photos/max.jpg", image(colour=BLUE))
        packed.writestr("creators.csv", CREATORS)
    load(tmp_path / "store", [tmp_path / "all.zip"], Options(), now=NOW)
    assert {who: colour_at(photo, 80, 80) for who, photo in photos(tmp_path).items()} == {"max": BLUE, "zoe-id": RED}

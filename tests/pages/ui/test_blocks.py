"""Does a photo stand beside its creator, with the name as its text, and nothing where there is none?"""

from datetime import datetime
from pathlib import Path

import pytest
from PIL import Image

from data.importers.load import Options
from fit.refresh import load
from tests.pages.driver import opened, troubles

CREATORS = """creator_id,creator_name,platform,home_country,followers,asking_price,currency
zoe-id,Zoe ![x](http://x/a.png),instagram,DE,40000,180,EUR
max,Max Merlin,instagram,DE,40000,180,EUR
"""
AUDIENCE = "creator_id,country,audience_share\nzoe-id,DE,0.6\nmax,DE,0.5\n"
PAGES = ("audience_geography", "natural_strength", "recommended_role")


@pytest.fixture
def with_a_photo(tmp_path: Path) -> Path:
    """Two creators of whom one has a photo."""
    (tmp_path / "creators.csv").write_text(CREATORS)
    (tmp_path / "audience.csv").write_text(AUDIENCE)
    Image.new("RGB", (200, 200), "teal").save(tmp_path / "zoe-id.png")
    paths = [tmp_path / name for name in ("creators.csv", "audience.csv", "zoe-id.png")]
    load(tmp_path / "store", paths, Options(), now=datetime(2026, 3, 2))
    return tmp_path / "store"


def alts(app) -> list[str]:
    return [image.alt for images in app.get("image") for image in images.proto.imgs]


@pytest.mark.thorough
@pytest.mark.parametrize("page", PAGES)
def test_the_pages_about_a_creator_show_the_photo(with_a_photo, in_store, page):
    in_store(with_a_photo)
    app = opened(page, market="DE-1", creator="zoe-id")
    assert troubles(app) == []
    assert alts(app) == ["Zoe ![x](http://x/a.png)"]
    assert alts(opened(page, market="DE-1", creator="max")) == []


@pytest.mark.thorough
def test_compare_shows_those_who_have_one(with_a_photo, in_store):
    in_store(with_a_photo)
    app = opened("compare", market="DE-1", s="zoe~1id-max")
    assert troubles(app) == []
    assert alts(app) == ["Zoe ![x](http://x/a.png)"]


def test_the_shortlist_has_a_column_of_photos_where_any_row_has_one(with_a_photo, in_store):
    in_store(with_a_photo)
    table = opened("shortlist", market="DE-1").dataframe[0].value
    assert list(table)[:2] == ["photo", "creator"]
    of = dict(zip(table["creator"], table["photo"], strict=True))
    assert of["Zoe ![x](http://x/a.png)"].startswith("data:image/jpeg;base64,")
    assert not isinstance(of["Max Merlin"], str)

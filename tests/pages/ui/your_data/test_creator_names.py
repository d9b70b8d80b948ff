"""Are creators called by name where files have ids?"""

import polars as pl
import pytest

from pages.ui.your_data.creator_names import in_sentence, named, with_id, with_ids
from tests.pages.driver import Dropped
from tests.pages.ui.your_data.uploads import AUDIENCE, stored


@pytest.fixture(autouse=True)
def in_store(monkeypatch, tmp_path):
    """A folder for a store, which the app uses."""
    monkeypatch.setenv("CREATOR_FIT_STORE", str(tmp_path / "store"))


def test_a_sentence_has_five_names_and_the_number_of_the_others():
    ids = [f"c{number}" for number in range(1, 9)]
    assert in_sentence(ids, {"c1": "Ada"}) == "Ada, c2, c3, c4, c5 and 3 more"
    assert in_sentence(["c1"], {"c1": "Ada\u202e"}) == "Ada\\u202e"
    assert in_sentence(ids, {"c1": "Ada", "c2": "Ada"}) == "Ada, c3, c4, c5, c6 and 3 more"


def test_a_name_stands_with_its_id():
    assert [with_id("c1", {"c1": "Ada"}), with_id("ada", {"ada": "ada"}), with_id("c2", {})] == [
        "Ada (c1)",
        "ada",
        "c2",
    ]


def test_nobody_has_a_name_where_nothing_is_loaded():
    assert with_ids(["c1"], 3) == "c1 and 2 more"


@pytest.mark.thorough
def test_tables_get_a_column_with_the_names():
    stored(Dropped("creators.csv", b"creator_id,creator_name\nc2,Bo\n"), AUDIENCE)
    table = named(pl.DataFrame({"creator_id": ["c2", "c1"], "source": ["a", "b"]}))
    assert table.to_dicts() == [
        {"creator_id": "c2", "creator_name": "Bo", "source": "a"},
        {"creator_id": "c1", "creator_name": "no profile yet", "source": "b"},
    ]
    assert with_ids(["c2"], 1) == "Bo (c2)"

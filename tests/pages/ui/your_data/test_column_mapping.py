"""Can columns be named on the page where no reader knows them, and is it remembered?"""

import pytest

from fit.load_steps import unseen
from fit.text.escape import literal
from pages.ui import store_access
from pages.ui.your_data.column_mapping import NOT_HERE, UnclearMapping, earlier_mapping, file_options, likely_columns
from pages.ui.your_data.upload_process import Batch, bring
from tests.pages.driver import Dropped, troubles
from tests.pages.ui.your_data.uploads import UPLOAD, alone, loaded, press, previewed

MINE = Dropped("mine.csv", b"Who;Where;Part;Fans\nada;DE;50 %;100\nada;AT;20 %;100\n")
NEXT = Dropped("next.csv", b"Who;Where;Part;Fans\nbo;FR;60 %;200\n")
OURS = [
    {"name": "creator_id", "kind": "id", "needed": True},
    {"name": "country", "kind": "country", "needed": True},
    {"name": "followers", "kind": "count", "needed": False},
]
LOOK = {
    "header": ["Who", "Land", "followers"],
    "own": {"audience": {"followers": 2}},
    "guessed": {"audience": {"creator_id": 0, "country": 1}},
}
CHOSEN = {"creator_id": 0, "country": 1, "followers": 2}


@pytest.fixture(autouse=True)
def in_store(monkeypatch, tmp_path):
    """A folder for a store, which the app uses."""
    monkeypatch.setenv("CREATOR_FIT_STORE", str(tmp_path / "store"))
    return tmp_path / "store"


def chooser(app, label: str):
    """The choice for one of our columns."""
    return next(box for box in app.selectbox if box.label == label)


def test_only_columns_with_other_names_are_named():
    assert file_options(OURS, LOOK, "audience", CHOSEN, {}) == {
        "kind": "plain_audience", "map": [["Who", "creator_id"], ["Land", "country"]],
    }  # fmt: skip


def test_what_no_column_says_is_said_of_all_rows():
    said = {"creator_id": "ada", "market": "DE"}
    assert file_options(OURS, LOOK, "audience", {"country": 1, "followers": 2}, said) == {
        "kind": "plain_audience", "map": [["Land", "country"]], "creator": "ada", "market": "DE",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("chosen", "said", "why"),
    [
        ({"followers": 2}, {}, "Still needed: Creator id and Country."),
        (CHOSEN | {"country": 0}, {}, "The column Who is chosen for Creator id and Country. Choose another for one of"),
        (
            {"creator_id": 0, "country": 1},
            {},
            "The column followers is read as Followers because of its name. Choose it, or rename it.",
        ),
        (CHOSEN, {"market": "X-1"}, "Market 'X-1' is no country. Write a code such as DE, or several as DE+AT."),
    ],
)
def test_a_choice_that_cannot_be_meant_says_why(chosen, said, why):
    with pytest.raises(UnclearMapping) as unclear:
        file_options(OURS, LOOK, "audience", chosen, said)
    assert str(unclear.value).startswith(why)


def test_what_was_said_before_comes_before_a_guess():
    assert likely_columns(LOOK, "audience", {}) == CHOSEN
    assert likely_columns(LOOK, "audience", {"country": "Who"}) == {"country": 0, "followers": 2}
    assert likely_columns(LOOK, "audience", {"country": "Gone"}) == CHOSEN


def test_names_chosen_on_the_page_are_looked_at_loaded_and_remembered():
    loaded(Dropped("first.csv", b"creator_id,country,audience_share\nzoe,DE,0.5\n"))
    app = previewed(MINE)
    assert troubles(app) == []
    assert f"Name the columns of {literal('mine.csv')}" in [text.value for text in app.subheader]
    assert chooser(app, "Creator id (needed)").value == 0
    share = chooser(app, "Share of the audience (needed)")
    assert share.value == 2
    share.set_value(NOT_HERE).run()
    assert literal("Still needed: Share of the audience.") in [text.value for text in app.caption]
    chooser(app, "Share of the audience (needed)").set_value(2).run()
    app = press(app, "Preview with these names")
    batch = app.session_state["brought"]["batch"]
    pairs = [["Who", "creator_id"], ["Where", "country"], ["Part", "audience_share"], ["Fans", "followers"]]
    assert batch.named == {0: {"kind": "plain_audience", "map": pairs}}
    assert [file["status"] for file in batch.document["files"]] == ["imported"]
    bring(batch, unseen, is_preview=False)
    after = bring(Batch((NEXT,)), unseen, is_preview=True)
    assert [(file["status"], file["creators"]) for file in after.document["files"]] == [("imported", ["bo"])]
    known = earlier_mapping(after.listings[0], after.columns)
    assert (known["table"], known["pairs"]["audience_share"], known["file_name"]) == ("audience", "Part", "mine.csv")


def test_a_remembered_name_is_filled_in_and_can_be_changed():
    first = bring(Batch((MINE,)), unseen, is_preview=True)
    names = [["Who", "creator_id"], ["Where", "country"], ["Part", "audience_share"]]
    bring(Batch(first.uploads, named={0: {"map": names}}), unseen, is_preview=False)
    assert store_access.facts().number == 1
    app = previewed(NEXT)
    assert troubles(app) == []
    assert [text.value for text in app.caption if text.value.startswith("Filled in as it was said for mine")] != []
    assert chooser(app, "Country (needed)").value == 1


def test_a_file_that_is_understood_whole_asks_for_no_names():
    known = Dropped("audience.csv", b"creator_id,country,audience_share\nc1,DE,0.5\n")
    extra = Dropped("extra.csv", b"creator_id,country,audience_share,Fans\nc1,DE,0.5,9\n")
    page = Dropped("login.csv", b"<html></html>")
    batch = bring(Batch((known, extra, page)), unseen, is_preview=True)
    assert [look["upload"] for look in batch.listings] == [1]
    assert [element.label for element in alone(UPLOAD).selectbox] == []

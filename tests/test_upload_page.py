"""Does an upload say in the form's own words what became of it, can it be looked at first, and can it be undone?"""

from datetime import datetime

import pytest
from streamlit.testing.v1 import AppTest

from fit.refresh import build_demo
from fit.words import literal
from pages.desk import answers
from pages.desk.child_load import load_in_child
from pages.desk.load_report import CREATOR, MAPPING, MARKET, ending_words, fields_meant
from pages.desk.upload_form import UnclearForm, child_options
from tests.test_pages import Dropped, opened, troubles

AUDIENCE = Dropped("audience.csv", b"creator_id,country,audience_share\nc1,DE,0.5\nc1,AT,0.2\n")
OTHER_NAMES = Dropped("mine.csv", b"creator_id,country,Part of all\nc1,DE,0.5\n")
CHANGED = {"new": ["c1"], "changed": [], "gone": []}

UNDO = "from pages.desk.undo import undo\n\nundo()"
UPLOAD = """
from types import SimpleNamespace
from pages.desk.upload_form import upload

upload(SimpleNamespace(is_demo=True))
"""


@pytest.fixture
def in_store(monkeypatch, tmp_path):
    """A folder for a store, which the app uses."""
    monkeypatch.setenv("CREATOR_FIT_STORE", str(tmp_path / "store"))
    return tmp_path / "store"


def loaded(*files: Dropped, options: tuple[str, ...] = ()) -> dict:
    """Bring files in by the child process, without watching."""
    return load_in_child(files, options, lambda step, part: None)


def alone(block: str) -> AppTest:
    """One block of the page without its frame: what its buttons do survives, as on a server that runs for a while."""
    return AppTest.from_string(block, default_timeout=30).run()


def press(app: AppTest, label: str) -> AppTest:
    """Press a button by its label."""
    return next(button for button in app.button if button.label == label).click().run()


def with_report(document: dict, **more: object) -> AppTest:
    """Your data after an upload that gave this document."""
    app = opened("your_data", market="DE-1")
    app.session_state["load_report"] = document
    for name, value in more.items():
        app.session_state[name] = value
    return app.run()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--market=DE=60",), "--market DE=60 is no country; write a code such as DE, or several as DE+AT."),
        (("--creator=" + "x" * 300,), "--creator needs an id of 1 to "),
        (("--map=a",), "--map takes FROM=TO, for example --map 'Total followers=followers'."),
    ],
)
def test_options_that_cannot_be_meant_are_refused_in_their_own_words(in_store, options, said):
    document = loaded(AUDIENCE, options=options)
    assert document["failed"].startswith(said)
    assert document["failed"].endswith(" Nothing was changed.")
    assert "limits of memory" not in document["failed"]
    assert not list(in_store.glob("generation*"))


def test_the_form_takes_every_market_that_a_load_takes():
    for market in ("DE", "DE+AT", "zz", "Germany"):
        assert child_options("", market, "") == [f"--market={market}"]
    with pytest.raises(UnclearForm, match=r"Market 'DE=60' is no country\. Write a code such as DE, or several as DE"):
        child_options("", "DE=60", "")


def test_the_form_gives_one_option_for_each_column_with_another_name(in_store):
    assert child_options("c1", "", " Total followers=followers \n\na=b=c") == [
        "--creator=c1", "--map=Total followers=followers", "--map=a=b=c"
    ]  # fmt: skip
    for unclear in ("followers", "=followers", "Total ="):
        with pytest.raises(UnclearForm, match="is not FROM=TO"):
            child_options("", "", unclear)
    assert loaded(OTHER_NAMES)["files"][0]["status"] == "refused"
    mapped = loaded(OTHER_NAMES, options=tuple(child_options("", "", "Part of all=audience_share")))
    assert [file["status"] for file in mapped["files"]] == ["imported"]


def test_words_of_the_command_line_are_explained_by_the_fields_of_the_form(in_store):
    document = loaded(OTHER_NAMES)
    app = with_report(document)
    assert literal(f'In the form above, --map is the field "{MAPPING}".') in [c.value for c in app.caption]
    assert fields_meant("add --creator ID or --market M") == (
        f'In the form above, --creator is the field "{CREATOR}" and --market is the field "{MARKET}".'
    )
    assert fields_meant("all is well") == ""


def test_files_that_were_loaded_before_need_no_mending(in_store):
    loaded(AUDIENCE)
    again = loaded(AUDIENCE)
    assert [file["status"] for file in again["files"]] == ["already imported"]
    assert ending_words(again) == "These files were loaded before; nothing was changed."
    mixed = loaded(AUDIENCE, Dropped("notes.csv", b"\x00\x01"))
    assert ending_words(mixed) == "Nothing was changed. Mend what is listed, then load the files again."


def test_a_preview_changes_nothing_and_names_who_would_change(in_store):
    build_demo(in_store, now=datetime(2026, 3, 2), count_creators=15)
    document = loaded(AUDIENCE, options=("--preview",))
    assert (document["generation"], document["creators_by_change"]) == (1, CHANGED)
    app = with_report(document, previewed={"creator": "", "market": "", "mapping": ""})
    assert troubles(app) == []
    assert "What these files would change" in [header.value for header in app.header]
    shown = [text.value for text in app.markdown]
    assert "**1 creator new, 0 creators changed and 0 creators gone**" in shown
    assert "New: c1" in shown
    assert "Load these files" in [button.label for button in app.button]
    assert literal(ending_words(document)) in shown


def test_an_empty_form_says_what_is_missing(demo_store, monkeypatch):
    monkeypatch.setenv("CREATOR_FIT_STORE", str(demo_store))
    app = alone(UPLOAD)
    for label in ("Preview", "Load files"):
        assert press(app, label).warning[0].value.startswith("No file was chosen.")


def two_loads() -> None:
    loaded(AUDIENCE)
    loaded(Dropped("more.csv", b"creator_id,country,audience_share\nc2,DE,0.5\n"))


def test_the_last_load_is_undone_after_a_question(in_store):
    two_loads()
    assert "Undo the last load" in [button.label for button in opened("your_data", market="DE-1").button]
    app = press(alone(UNDO), "Undo the last load")
    assert app.markdown[0].value.startswith("Generation 1 will count again")
    app.button(key="undo_confirmed").click().run()
    assert [said.value for said in app.success] == [
        literal("Generation 1 counts again. Load your files to go forward.")
    ]
    assert (answers.facts().number, answers.answer("creator_names")["creator_id"].to_list()) == (1, ["c1"])
    assert "Undo the last load" not in [button.label for button in opened("your_data", market="DE-1").button]


def test_an_undo_that_cannot_be_done_says_why(in_store):
    two_loads()
    app = press(alone(UNDO), "Undo the last load")
    (in_store / "generation-000001.duckdb").unlink()
    app.button(key="undo_confirmed").click().run()
    assert [error.value for error in app.error] == [
        literal("Generation 2 is the earliest that is kept; there is nothing to go back to.")
    ]

"""Does an upload say in the page's own words what became of it, can it be looked at first, and can it be undone?"""

from datetime import datetime

import pytest
from streamlit.testing.v1 import AppTest

from fit.load_steps import unseen
from fit.refresh import build_demo
from fit.text.escape import literal
from pages.ui import store_access
from pages.ui.store_access import Code, FileStatus
from pages.ui.your_data.report import SENTENCES, creator_unused, in_words, problem_table, reader_in_words, verdict
from pages.ui.your_data.upload import UnclearForm, checked, files_without_creator, too_large, with_creators
from pages.ui.your_data.upload_process import Batch, Stopped, bring
from tests.pages.driver import Dropped, opened, troubles
from tests.pages.ui.your_data.uploads import AUDIENCE, UPLOAD, alone, failure, loaded, press, previewed, stored

pytestmark = pytest.mark.usefixtures("warm_uploads")

FAULTY = Dropped("audience.csv", b"creator_id,country,audience_share\nc1,DE,0.5\nc1,Atlantis,0.2\n")
OTHER_NAMES = Dropped("mine.csv", b"creator_id,country,Chunk\nc1,DE,0.5\n")
NOBODYS = Dropped("Table data.csv", b"Geography,Views\nTotal,100\nDE,60\nAT,30\n")
NAMES = {"kind": "plain_audience", "map": [["Chunk", "audience_share"]]}
CHANGED = {"new": ["c1"], "changed": [], "gone": []}

UNDO = "from pages.ui.your_data.upload import undo\n\nundo()"


@pytest.fixture
def in_store(monkeypatch, tmp_path):
    """A folder for a store, which the app uses."""
    monkeypatch.setenv("CREATOR_FIT_STORE", str(tmp_path / "store"))
    return tmp_path / "store"


def with_report(batch: Batch) -> AppTest:
    """Your data after an upload that gave this batch."""
    app = opened("your_data", market="DE-1")
    app.session_state["brought"] = {"batch": batch}
    return app.run()


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (
            ("--market=DE=60",),
            "Market DE=60 is no country. Write a code such as DE, or several as DE+AT. Nothing was changed.",
        ),
        (("--creator=" + "x" * 300,), "The creator's id needs 1 to 200 visible characters. Nothing was changed."),
        (
            ("--map=a=country", "--map=A=source"),
            "Named twice: A and a. Say once which column each is. Nothing was changed.",
        ),
        (("--map=a",), "--map takes FROM=TO, for example --map 'Total followers=followers'."),
        (("--unknown",), "Python -m fit: error: unrecognized arguments: --unknown. Nothing was changed."),
    ],
)
def test_options_that_cannot_be_meant_are_refused_in_their_own_words(in_store, options, sentence):
    assert failure(loaded(AUDIENCE, options=options)) == sentence
    assert not list(in_store.glob("generation*"))


def test_the_form_takes_every_market_that_a_load_takes():
    for market in ("DE", "DE+AT", "zz", "Germany"):
        assert checked([AUDIENCE], "c1", market) == Batch((AUDIENCE,), "c1", market)
    with pytest.raises(UnclearForm, match=r"Market 'DE=60' is no country\. Write a code such as DE, or several as DE"):
        checked([AUDIENCE], "", "DE=60")


EXPORT = b"Geography,Views\nTotal,100\nDE,60\n"
REFUSED_FILES = {
    "an export that names nobody": (
        EXPORT, (), "Such a file never says whose it is: choose the creator below.",
    ),
    "a table that names nobody": (
        b"campaign_id,market,date,impressions\nk,DE,2025-05-01,9\n", (),
        "The file does not say whose it is (no column creator_id; it has campaign_id, market, date and impressions): "
        "choose the creator below.",
    ),
    "columns that nobody knows": (
        b"a,b\n1,2\n", (),
        "No reader knows its columns (a and b); needed are creator_id, country, audience_share for an audience; "
        "campaign_id, creator_id, date, impressions for campaigns; creator_id, creator_name, platform for creators; "
        "currency, rate, base for exchange rates; "
        "say below what its columns are.",
    ),
    "a table that lacks a column": (
        b"creator_id,country,Chunk\nc1,DE,0.5\n", (),
        "As a table of audience it lacks audience_share; add it, or say below which column it is.",
    ),
    "a reader that lacks a column": (
        b"creator_id,country,Chunk\nc1,DE,0.5\n", ("--kind=plain_audience",),
        "To be read as Table of audiences it needs audience_share; the file has creator_id, country and Chunk; "
        "say below what its columns are.",
    ),
    "codes of nobody": (
        b"Name,Email,Financial Status,Paid at,Currency,Subtotal,Total,Discount Code,Created at,Lineitem quantity\n"
        b"#1,,paid,2025-05-01 10:00:00 +0200,EUR,9.00,9.00,MORE,2025-05-01 10:00:00 +0200,1\n", (),
        'No code of this file is a known creator\'s (MORE); say whose they are under "Whose codes are these?".',
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED_FILES)
def test_what_a_refused_file_needs_is_said_as_this_page_has_it(in_store, case):
    content, options, sentence = REFUSED_FILES[case]
    (file,) = loaded(Dropped("export.csv", content), options=options)["files"]
    assert (file["status"], in_words(file["message_parts"], is_preview=False)) == (FileStatus.REFUSED, sentence)


def test_a_market_that_no_column_states_is_given_in_the_form(in_store):
    campaigns = b"campaign_id,creator_id,date,impressions\nk,c1,2025-05-01,9\n"
    (file,) = loaded(Dropped("campaigns.csv", campaigns), options=("--preview",))["files"]
    assert in_words(file["message_parts"], is_preview=True) == (
        "1 of 1 rows will be imported; no market is stated; to add one, load the file again and name it in the form."
    )


def test_every_message_with_a_code_has_a_sentence_here_that_its_values_fill():
    assert set(SENTENCES) == {*Code, *Stopped}
    assert [sentence for sentence in SENTENCES.values() if "--creator" in sentence or "--market" in sentence] == []


def test_a_file_is_called_what_it_was_recognised_as():
    assert reader_in_words("youtube_geography") == "YouTube Studio, views by country"
    assert reader_in_words("newest_export") == "Newest export"


@pytest.mark.thorough
def test_a_preview_speaks_of_what_will_be(in_store):
    stored(AUDIENCE)
    ahead, done = (loaded(FAULTY, options=options)["files"][0] for options in (("--preview",), ()))
    first = "first row 3 (c1), country 'Atlantis': no country that is known (write its two-letter ISO code, for "
    aside = f"1 skipped, {first}example DE; Others for the rest)"
    assert in_words(ahead["message_parts"], is_preview=True) == (
        f"1 of 2 rows will be imported; {aside}; 2 rows of earlier files will be superseded, kept in the history."
    )
    assert (
        in_words(done["message_parts"], is_preview=False)
        == f"{done['message']}."
        == (f"1 of 2 rows imported; {aside}; 2 rows of earlier files superseded, kept in the history.")
    )


@pytest.mark.thorough
def test_files_that_were_loaded_before_need_no_mending(in_store):
    stored(AUDIENCE)
    again = bring(Batch((AUDIENCE,)), unseen, is_preview=False)
    assert verdict(again) == "1 file: 1 already imported. These files are loaded already; nothing was changed."
    mixed = bring(Batch((AUDIENCE, Dropped("notes.csv", b"\x00\x01"))), unseen, is_preview=False)
    assert verdict(mixed) == (
        "2 files: 1 already imported and 1 refused. Nothing was changed. Fix what is listed, then load the files again."
    )


@pytest.mark.thorough
def test_a_preview_changes_nothing_and_names_who_would_change(in_store):
    build_demo(in_store, now=datetime(2026, 3, 2), count_creators=15, has_partnerships=False)
    batch = bring(Batch((FAULTY,)), unseen, is_preview=True)
    assert (batch.document["generation"], batch.document["creators_by_change"]) == (1, CHANGED)
    app = with_report(batch)
    assert troubles(app) == []
    assert "What these files would change" in [header.value for header in app.header]
    shown = [text.value for text in app.markdown]
    assert f"**{literal('1 file: 1 will be imported in part. Nothing is changed yet.')}**" in shown
    assert literal("New: c1") in shown
    assert [(m.label, m.value) for m in app.metric][:4] == [
        ("New creators", "1"), ("Changed creators", "0"), ("Rows to import", "1"), ("Rows to skip", "1"),
    ]  # fmt: skip
    assert "Load these files" in [button.label for button in app.button]


@pytest.mark.thorough
def test_a_preview_says_how_many_rows_give_way(in_store):
    stored(AUDIENCE)
    app = with_report(bring(Batch((FAULTY,)), unseen, is_preview=True))
    assert troubles(app) == []
    assert "They replace 2 rows of earlier files." in [text.value for text in app.markdown]


def test_an_empty_form_says_what_is_missing(in_store):
    app = alone(UPLOAD)
    for label in ("Preview", "Load files"):
        assert [said.value for said in press(app, label).warning] == [
            literal("No file yet. Drop one or more files above, then press Preview or Load files.")
        ]
    assert too_large(50) == (
        "Maximum 50 MB per file. Split or zip a larger one, or load from a terminal on the server: python -m fit load "
        "FILE."
    )


@pytest.mark.thorough
def test_what_was_looked_at_is_loaded_as_it_was_dropped(in_store):
    app = previewed(AUDIENCE)
    batch = app.session_state["brought"]["batch"]
    assert (troubles(app), [upload.name for upload in batch.uploads]) == ([], ["audience.csv"])
    assert not list(in_store.glob("generation*"))
    done = bring(batch, unseen, is_preview=False)
    assert (store_access.facts().number, done.uploads) == (1, ())


@pytest.mark.thorough
def test_warnings_of_a_load_are_shown(in_store):
    followers = b"creator_id,country,audience_share,followers\nc1,DE,0.5,900\n"
    profile = b"creator_id,creator_name,followers\nc1,Ada,500\n"
    stored(Dropped("creators.csv", profile))
    batch = bring(Batch((Dropped("audience.csv", followers),)), unseen, is_preview=False)
    (warning,) = batch.document["warnings"]
    assert literal(warning) in [shown.value for shown in with_report(batch).warning]


def test_a_creator_that_a_file_does_not_need_is_said_to_be_unused(in_store):
    batch = bring(Batch((AUDIENCE, NOBODYS), creator="ada"), unseen, is_preview=True)
    assert [creator_unused(file) for file in batch.document["files"]] == [
        "The chosen creator ada was not used: this file names its own (c1).", ""
    ]  # fmt: skip
    assert creator_unused({"creators": ["c1"], "chosen_creator": ""}) == ""


def test_a_preview_of_refused_files_does_not_say_that_they_hold_nothing_new(in_store):
    batch = bring(Batch((NOBODYS,)), unseen, is_preview=True)
    assert verdict(batch) == "1 file: 1 waiting for your answer. Nothing is changed yet: answer the questions below."
    assert batch.document["files"][0]["message"] == "such an export never says whose it is; add --creator ID"


@pytest.mark.thorough
def test_each_of_many_exports_gets_its_own_creator(in_store):
    other = Dropped("Table data.csv", b"Geography,Views\nTotal,100\nFR,60\n")
    batch = bring(Batch((NOBODYS, other, AUDIENCE)), unseen, is_preview=True)
    assert files_without_creator(batch) == [0, 1]
    again = bring(with_creators(batch, {0: "ada", 1: "bo"}), unseen, is_preview=True)
    assert [(file["status"], file["creators"]) for file in again.document["files"]] == [
        ("imported", ["ada"]), ("imported", ["bo"]), ("imported", ["c1"]),
    ]  # fmt: skip
    assert again.document["creators_by_change"]["new"] == ["ada", "bo", "c1"]


@pytest.mark.thorough
def test_files_that_need_different_words_come_in_as_one_generation(in_store):
    named = {0: {"creator": "ada"}, 1: NAMES}
    batch = Batch((NOBODYS, OTHER_NAMES, AUDIENCE), creator="bo", named=named)
    done = bring(batch, unseen, is_preview=False)
    assert [(f["status"], f["creators"], f["chosen_creator"]) for f in done.document["files"]] == [
        ("imported", ["ada"], "ada"), ("imported", ["c1"], "bo"), ("imported", ["c1"], "bo"),
    ]  # fmt: skip
    assert verdict(done) == "3 files: 3 imported. Your data is live (data version 1)."


@pytest.mark.thorough
def test_the_page_asks_whose_exports_these_are(in_store):
    stored(AUDIENCE)
    app = previewed(NOBODYS)
    (field,) = (field for field in app.selectbox if field.label.startswith("Creator of Table data"))
    assert (field.value, field.options) == (None, ["c1"])
    field.set_value("c1")
    app = press(app, "Preview with these creators")
    assert troubles(app) == []
    assert app.session_state["brought"]["batch"].document["creators_by_change"] == CHANGED | {
        "new": [], "changed": ["c1"],
    }  # fmt: skip


@pytest.mark.thorough
def test_a_load_leaves_only_refused_files_to_look_at_again(in_store):
    batch = bring(Batch((AUDIENCE, OTHER_NAMES)), unseen, is_preview=False)
    assert [upload.name for upload in batch.uploads] == ["mine.csv"]
    assert [column["heading"] for column in batch.document["files"][1]["columns"]] == ["creator_id", "country", "Chunk"]
    named = Batch(batch.uploads, named={0: NAMES}, document=batch.document)
    assert [f["status"] for f in bring(named, unseen, is_preview=False).document["files"]] == ["imported"]


@pytest.mark.thorough
def test_what_a_load_supersedes_and_what_came_too_late_is_said(in_store):
    dated = "creator_id,country,audience_share,as_of\n{},DE,0.5,{}\n"
    stored(
        Dropped("old.csv", dated.format("c1", "2026-01-01").encode()),
        Dropped("new.csv", dated.format("c2", "2026-03-01").encode()),
    )
    newer = Dropped("newer.csv", dated.format("c1", "2026-02-01").encode())
    late = Dropped("late.csv", dated.format("c2", "2026-02-01").encode())
    app = with_report(bring(Batch((newer, late)), unseen, is_preview=False))
    said = [text.value for text in app.markdown if text.value.startswith("1 audience loaded before")]
    assert [text.split(" For each source")[0] for text in said] == [
        "1 audience loaded before is no longer used. 1 audience of these files not used, because a newer one exists."
    ]
    (table,) = [table.value for table in app.dataframe if "newer_file_name" in table.value]
    assert table[["creator_id", "file_name", "newer_file_name"]].to_numpy().tolist() == [
        ["c1", "old.csv", "newer.csv"], ["c2", "late.csv", "new.csv"],
    ]  # fmt: skip


@pytest.mark.thorough
def test_signs_that_hide_are_written_out_where_rows_are_refused(in_store):
    stored(AUDIENCE)
    hostile = "creator_id,country,audience_share\nc1,DE,0.5\nc1,\u202eSI\u200bA,0.1\nc1,<b>![p](http://x/a),0.1\n"
    batch = bring(Batch((Dropped("a.csv", hostile.encode()),)), unseen, is_preview=True)
    assert problem_table(batch.document["files"])["value"].to_list() == ["\\u202eSI\\u200bA", "<b>![p](http://x/a)"]
    shown = [str(text.value) for text in with_report(batch).markdown]
    assert [text for text in shown if "\u202e" in text or "\u200b" in text or "<b>![p]" in text] == []


@pytest.mark.thorough
def test_corrected_rows_are_no_longer_to_correct(in_store):
    stored(FAULTY)
    assert store_access.answer("quarantine_counts").row(0) == (1, 0)
    stored(AUDIENCE)
    assert store_access.answer("quarantine_counts").row(0) == (0, 1)
    assert store_access.answer("quarantine", top=9)["is_loaded_again"].to_list() == [True]
    assert "Rows skipped" in [header.value for header in opened("your_data", market="DE-1", tab="loaded").header]


def two_loads() -> None:
    stored(AUDIENCE)
    stored(Dropped("more.csv", b"creator_id,country,audience_share\nc2,DE,0.5\n"))


@pytest.mark.thorough
def test_the_last_load_is_undone_after_a_question(in_store):
    two_loads()
    assert "Undo the last load" in [button.label for button in opened("your_data", market="DE-1").button]
    app = press(alone(UNDO), "Undo the last load")
    assert app.markdown[0].value == (
        "Everyone who uses this data will see it as it was before the last load (data version 1). The files of that "
        "load will no longer count; to bring them back, load them again."
    )
    app.button(key="undo_confirmed").click().run()
    assert [said.value for said in app.success] == [
        literal("The last load is undone: your data is as it was before it (data version 1).")
    ]
    assert (store_access.facts().number, store_access.answer("creator_names")["creator_id"].to_list()) == (1, ["c1"])
    assert "Undo the last load" not in [button.label for button in opened("your_data", market="DE-1").button]


@pytest.mark.thorough
def test_an_undo_that_cannot_be_done_says_why(in_store):
    two_loads()
    app = press(alone(UNDO), "Undo the last load")
    (in_store / "generation-000001.duckdb").unlink()
    app.button(key="undo_confirmed").click().run()
    assert [error.value for error in app.error] == [
        literal("Data version 2 is the earliest that is kept; there is nothing to go back to.")
    ]

"""Is a creator gone from every file of the store, and is everybody else still there?"""

import json
import os
import random
import shutil
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

import duckdb
import pytest
from PIL import Image
from sqlalchemy.exc import SQLAlchemyError

from data import store
from data.decisions import SignedCharters
from data.decisions.decisions import Decisions, open_decisions
from data.importers.limits import MAX_TEXT_CHARACTERS
from data.importers.photos import square
from data.importers.report import Options
from data.keeping.backup import back_up
from data.keeping.creator_texts import CreatorTexts
from data.keeping.erase import BLOCK, INTENT, erase, names_in_file
from data.store.publish import writer_lock
from fit.refresh import load, publish_without
from tests.data.decisions.saved_decisions import COUNTED, NOW, fill

pytestmark = pytest.mark.thorough

TODAY = datetime(2026, 3, 2, 9, 0)
HERS = (b"zoe-id", b"quillfeather", b"zoequillhandle")  # id, name and handle
TEXT_COLUMNS = "select table_name, column_name from duckdb_columns() where data_type = 'VARCHAR' and not internal"


def taken_out(folder: Path, creator_id: str = "zoe-id", **options: bool):
    """Erase as the command line does."""
    return erase(folder, creator_id, partial(publish_without, folder, now=TODAY), now=TODAY, **options)


def files_with(folder: Path) -> list[str]:
    """Files of a folder in which her id, name or handle can be found, as bytes or by reading DuckDB's columns."""
    found = [
        path.name for path in folder.rglob("*")
        if path.is_file() and any(text in path.read_bytes().lower() for text in HERS)
    ]  # fmt: skip
    for path in folder.rglob("*.duckdb"):
        with duckdb.connect(str(path), read_only=True) as db:
            for table, column in db.execute(TEXT_COLUMNS).fetchall():
                texts = db.table(table).select(duckdb.ColumnExpression(column)).fetchall()
                found += [
                    f"{table}.{column}"
                    for (text,) in texts
                    if text and any(one.decode() in text.lower() for one in HERS)
                ]
    return found


def save_hers(decisions: Decisions) -> None:
    """Her partnership from draft to review, and what others said of her."""
    name, text = "Zoe Quillfeather: kitchen", "# Charter with Zoe Quillfeather"
    digest = sha256(text.encode()).hexdigest()
    decisions.save(
        "agreement", name, 'creator = "zoe-id"\nstory = "Zoe Quillfeather cooks"\n', version=0, by=None, now=NOW
    )
    decisions.save_charter(
        name, creator_id="zoe-id", text=text, sha256=digest, agreement="a", forecast="{}", generation=1, despite=None,
        now=NOW,
    )  # fmt: skip
    decisions.note_counts(name, lambda _there: COUNTED, NOW)
    decisions.note_counts("kitchen 0", lambda _there: COUNTED, NOW)
    decisions.note_stage("kitchen 0", "ada", "live", "instead of @zoequillhandle", NOW)
    decisions.close_review(
        name=name, creator_id="zoe-id", text=text, sha256=digest, content="{}", generation=1, outcome="both hit",
        next_time=None, now=NOW,
    )  # fmt: skip
    decisions.note_stage(name, "zoe-id", "reviewed", None, NOW)
    decisions.note_stage("kitchen 0", "ada", "reviewed", None, NOW)
    for kind, of, said in (
        ("call", name, '{"notes": "Zoe"}'), ("title", name, "Zoe Quillfeather cooks"), ("review", name, "{}"),
        ("shortlist", "with Zoe Quillfeather", "market=DE-1&s=ada_zoe-id"), ("view", "zoe-id", "creator=zoe-id"),
    ):  # fmt: skip
        decisions.save(kind, of, said, version=0, by="Zoe Quillfeather", now=NOW)


@pytest.fixture
def with_hers(own_store: Path, decisions_url: str | None, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small store with a partnership of hers, its decisions in SQLite and in Postgres in turn."""
    if decisions_url:
        monkeypatch.setenv("CREATOR_FIT_DECISIONS", decisions_url)
        (own_store / "decisions.sqlite").unlink()
        with closing(open_decisions(own_store)) as decisions:
            fill(decisions)
    with closing(open_decisions(own_store)) as decisions:
        save_hers(decisions)
    return own_store


def test_no_byte_of_id_name_or_handle_stays_in_any_file(with_hers: Path, answers: Callable) -> None:
    (with_hers / "decisions-step-1.sqlite").write_bytes(b"zoe-id")
    (with_hers / "replaced-20260101-000000").mkdir()
    (with_hers / "replaced-20260101-000000" / "CURRENT").write_text("zoe-id")
    (with_hers / "parquet-000002").mkdir()
    (with_hers / "parquet-000002" / "part-0.parquet").write_bytes(b"zoe-id")
    assert files_with(with_hers)
    others = [one for one in json.loads(answers(with_hers)[0])["creators"] if one["creator_id"] != "zoe-id"]
    done = taken_out(with_hers)
    assert (done.generation, done.older_versions, done.still_in) == (3, 2, [])
    assert files_with(with_hers) == []
    left = json.loads(answers(with_hers)[0])["creators"]
    assert sorted(one["creator_id"] for one in left) == sorted(one["creator_id"] for one in others)
    assert store.check(with_hers) == []
    assert store.generations(with_hers) == [3]


def test_no_byte_of_a_photo_stays_in_any_file_and_those_of_others_do(own_store: Path, tmp_path: Path) -> None:
    for creator, seed in (("zoe-id", 1), ("ada", 2)):
        noise = Image.frombytes("RGB", (160, 160), random.Random(seed).randbytes(3 * 160 * 160))
        noise.save(tmp_path / f"{creator}.png")
    load(own_store, [tmp_path / "zoe-id.png", tmp_path / "ada.png"], Options(), now=TODAY)
    hers, others = square(tmp_path / "zoe-id.png"), square(tmp_path / "ada.png")
    assert photos_in(own_store) == {"zoe-id": hers, "ada": others}
    piece = hers[5_000:5_032]
    assert any(piece in path.read_bytes() for path in own_store.glob("*.duckdb"))
    taken_out(own_store)
    assert photos_in(own_store) == {"ada": others}
    assert not any(piece in path.read_bytes() for path in own_store.rglob("*") if path.is_file())


def photos_in(folder: Path) -> dict[str, bytes]:
    opened = store.open_newest(folder)
    found = dict(opened.connection.execute("select creator_id, image from photos").fetchall())
    opened.connection.close()
    return found


def test_what_others_saved_stays_sound_and_names_her_no_longer(with_hers: Path) -> None:
    done = taken_out(with_hers)
    assert (done.partnerships, done.reviews, done.charters) == (2 - ("CREATOR_FIT_DECISIONS" in os.environ), 1, [])
    with closing(open_decisions(with_hers)) as decisions:
        assert decisions.check() == []
        assert [charter.name for charter in decisions.charters()] == ["kitchen 0"]
        assert [draft.name for draft in decisions.drafts("agreement")] == ["kitchen 0"]
        assert {(one.name, one.text) for one in decisions.drafts("shortlist")} >= {
            ("with erased", "market=DE-1&s=ada_erased")
        }
        assert [(one.name, one.text) for one in decisions.drafts("view")] == [("erased", "creator=erased")]
        assert [note.reason for note in decisions.all_stages()] == [None, "instead of @erased", None]
        assert [review.review_id for review in decisions.reviews()] == [1]
        assert [count.count_id for count in decisions.counts("kitchen 0")] == [1, 2, 3, 4]
        assert decisions.counts("Zoe Quillfeather: kitchen") == []
        with decisions._engine.connect() as raw, pytest.raises(SQLAlchemyError, match="are only added to"):
            raw.exec_driver_sql("delete from papers")  # as before
        assert decisions.save("view", "new", "x", version=0, by=None, now=NOW).version == 1


def sign_hers(folder: Path) -> str:
    """Let both sides sign her charter; the SHA-256 of its text."""
    with closing(open_decisions(folder)) as decisions:
        charter = decisions.charter("Zoe Quillfeather: kitchen")
        for side in ("brand", "creator"):
            decisions.sign(charter.name, side=side, signer="Z", sha256=charter.sha256, generation=1, now=NOW)
    return charter.sha256


def test_signed_charters_stand_against_it_by_name(with_hers: Path, contents: Callable) -> None:
    sign_hers(with_hers)
    before = contents(with_hers)
    with pytest.raises(SignedCharters, match=r"Zoe Quillfeather: kitchen\..*--with-charters.*Nothing was changed"):
        taken_out(with_hers)
    assert contents(with_hers) == before


def test_of_signed_charters_number_dates_and_hash_stay(with_hers: Path) -> None:
    digest = sign_hers(with_hers)
    taken_out(with_hers, with_charters=True)
    assert files_with(with_hers) == []
    at = "2026-03-02T09:00:00.000000+00:00"
    said = json.loads((with_hers / "erased.json").read_text())["erased"]
    assert [stone for one in said for stone in one["charters"]] == [
        {"id": "erased-1", "saved_at": at, "signed_at": {"brand": at, "creator": at}, "sha256": digest}
    ]
    with closing(open_decisions(with_hers)) as decisions:
        assert decisions.check() == []
        assert decisions.charter("Zoe Quillfeather: kitchen") is None


def test_backups_that_still_hold_her_are_named(own_store: Path, tmp_path: Path, run_fit: Callable) -> None:
    for name in ("old", "lost", "hurt"):
        back_up(own_store, tmp_path / f"{name}.zip", now=TODAY)
    (tmp_path / "lost.zip").unlink()
    (tmp_path / "hurt.zip").write_bytes(b"short")
    said = run_fit("erase", "zoe-id", "--store", own_store, "--yes").stdout
    assert said.splitlines() == [
        "Erased zoe-id: 1 partnership, 0 reviews and 2 older data versions went.",
        "1 saved text of others no longer name it.",
        "Data version 3 is live; everybody else was judged anew.",
        f"This backup still holds it: {tmp_path}/old.zip. Replace it (backup --force) or delete it.",
        f"Unknown whether this backup holds it (not found or not readable): {tmp_path}/lost.zip.",
        f"Unknown whether this backup holds it (not found or not readable): {tmp_path}/hurt.zip.",
        "Copies that were made in other ways are not known here.",
    ]
    back_up(own_store, tmp_path / "old.zip", now=TODAY, may_replace=True)
    document = json.loads(run_fit("erase", "ben", "--store", own_store, "--json").stdout)
    assert document["backups_that_hold"] == [str(tmp_path / "old.zip")]
    assert document["generation"] == 4


def test_an_unknown_creator_is_refused_with_the_nearest_names(own_store: Path, contents: Callable, run_fit) -> None:
    before = contents(own_store)
    said = run_fit("erase", "zoe-i", "--store", own_store, code=1).stderr
    assert said.startswith("No creator has the id 'zoe-i'; 3 are known. Nearest: zoe-id")
    assert contents(own_store) == before


def test_a_store_that_is_being_written_is_busy(own_store: Path, contents: Callable, run_fit) -> None:
    before = contents(own_store)
    with writer_lock(own_store):
        run_fit("erase", "zoe-id", "--store", own_store, code=3)
    assert contents(own_store) == before


def test_a_damaged_newest_version_is_mended_first(own_store: Path, contents: Callable) -> None:
    path = store.generation_file(own_store, 2)
    path.write_bytes(path.read_bytes()[:-1])
    before = contents(own_store)
    with pytest.raises(store.StoreError, match=r"Data version 2 is damaged.*Nothing was erased\. Restore a backup"):
        taken_out(own_store)
    assert contents(own_store) == before


def test_an_erasure_that_was_cut_off_is_said_and_finished(own_store: Path, run_fit: Callable) -> None:
    def fails(without: store.Without, more: Callable) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        erase(own_store, "zoe-id", fails, now=TODAY)
    shutil.copy(own_store / INTENT, own_store / f"{INTENT}.12-34.tmp")  # of a run that was killed while it wrote
    told = "The erasure of zoe-id was cut off."
    assert run_fit("check", "--store", own_store, code=1).stderr.startswith(told)
    assert run_fit("erase", "ada", "--store", own_store, code=1).stderr.startswith(told)
    run_fit("erase", "zoe-id", "--store", own_store)
    assert files_with(own_store) == []
    assert not (own_store / INTENT).exists()
    run_fit("check", "--store", own_store)


@pytest.mark.parametrize("write", [quote, lambda name: json.dumps(name)[1:-1], str])
@pytest.mark.parametrize("part", [0.01, 0.5, 0.99])
def test_the_longest_name_is_found_where_two_blocks_meet(tmp_path: Path, write: Callable, part: float) -> None:
    name = "\N{OWL}" * MAX_TEXT_CHARACTERS
    written = write(name).encode()
    with (tmp_path / "links").open("wb") as file:
        file.seek(BLOCK - int(part * len(written)))
        file.write(written)
    assert names_in_file(tmp_path / "links", CreatorTexts("zoe-id", (name,)))
    assert not names_in_file(tmp_path / "links", CreatorTexts("zoe-id", (name + "!",)))


@pytest.mark.parametrize("most", [10, 1_000_000])
def test_on_a_full_disk_it_is_refused_and_finished_once_there_is_room(
    own_store: Path, run_fit: Callable, on_a_full_disk: Callable, most: int
) -> None:
    tried = on_a_full_disk(most, "erase", "zoe-id", "--store", own_store, "--yes")
    assert (tried.returncode, "Traceback" in tried.stderr) == (1, False), tried.stderr
    creators = json.loads(run_fit("shortlist", "--json", "--market", "DE", "--store", own_store).stdout)["creators"]
    assert {one["creator_id"] for one in creators} == {"zoe-id", "ada", "ben"}
    taken_out(own_store)
    assert files_with(own_store) == []
    assert store.check(own_store) == []


def test_a_later_load_of_the_creator_is_said(own_store: Path, tmp_path: Path, run_fit: Callable) -> None:
    taken_out(own_store)
    again = tmp_path / "again.csv"
    again.write_text("creator_id,country,audience_share\nzoe-id,DE,0.5\nnew,DE,0.5\n")
    said = run_fit("load", again, "--store", own_store).stderr
    assert said == (
        "zoe-id was erased on 2026-03-02, and this load brought it back. Erase it again, or ask why the file has it.\n"
    )


@pytest.mark.thorough
def test_sample_data_stay_sample_data(tmp_path: Path, run_fit: Callable) -> None:
    folder = tmp_path / "store"
    run_fit("demo", "--creators", 30, "--store", folder)
    creators = json.loads(run_fit("charters", "--json", "--store", folder).stdout)["charters"]
    first = creators[0]["creator_id"]
    done = taken_out(folder, first, with_charters=True)
    assert done.partnerships
    left = json.loads(run_fit("charters", "--json", "--store", folder).stdout)["charters"]
    assert [one["creator_id"] for one in left] == [one["creator_id"] for one in creators if one["creator_id"] != first]
    opened = store.open_newest(folder)
    opened.connection.close()
    assert (opened.number, opened.is_demo) == (2, True)
    run_fit("check", "--store", folder)

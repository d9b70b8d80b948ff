"""Does a restore bring back the same answers, refuse everything that is not whole, and keep what it replaces?"""

import json
import random
import shutil
import stat
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import pytest

from data import store
from data.decisions.decisions import open_decisions
from data.keeping.archive import BackupRefused
from data.keeping.backup import back_up
from data.keeping.restore import finish, restore, was_cut_off
from data.store.publish import writer_lock
from tests.data.decisions.saved_decisions import NOW

pytestmark = pytest.mark.thorough

TODAY = datetime(2026, 3, 2, 9, 0)


@pytest.fixture(scope="session")
def backup(built_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of the small store."""
    folder = tmp_path_factory.mktemp("backup")
    shutil.copytree(built_store, folder / "store")
    back_up(folder / "store", folder / "a.zip", now=TODAY)
    return folder / "a.zip"


def test_an_empty_folder_gives_the_same_answers_to_the_byte(backup, built_store, tmp_path: Path, answers) -> None:
    held, kept = restore(tmp_path / "new", backup, now=TODAY)
    assert (held.generation, kept) == (2, None)
    assert answers(tmp_path / "new") == answers(built_store)
    assert store.check(tmp_path / "new") == []
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == [
        "CURRENT", "decisions.sqlite", "generation-000002.duckdb", "generation-000002.sha256", "writer.lock",
    ]  # fmt: skip


def test_what_is_replaced_comes_back(backup, own_store: Path, tmp_path: Path, answers, run_fit) -> None:
    before = answers(own_store)
    more = tmp_path / "more.csv"
    more.write_text("creator_id,country,audience_share\nada,DE,0.9\n")
    run_fit("load", more, "--store", own_store)
    store.parquet_folder(own_store, 2).mkdir()  # of a generation that is replaced: its numbers are others
    with closing(open_decisions(own_store)) as decisions:
        decisions.save("view", "later", "x", version=0, by=None, now=NOW)
        changed = answers(own_store)
        assert changed != before
        _, kept = restore(own_store, backup, now=TODAY)
        assert answers(own_store) == before
        assert not store.parquet_folder(own_store, 2).exists()
        assert decisions.drafts("view") == []  # also for those who had it open
        decisions.save("view", "new", "x", version=0, by=None, now=NOW)
    said = run_fit("restore", kept, "--store", own_store).stdout
    assert answers(own_store) == changed
    with closing(open_decisions(own_store)) as decisions:
        assert [draft.name for draft in decisions.drafts("view")] == ["later"]
        assert decisions.check() == []
    assert "To bring that back: python -m fit restore" in said


def test_a_damaged_store_can_be_restored(backup, built_store, own_store: Path, answers) -> None:
    path = store.generation_file(own_store, 2)
    path.write_bytes(b"\0" * 5000)
    (own_store / "decisions.sqlite").write_bytes(b"rubbish" * 900)
    _, kept = restore(own_store, backup, now=TODAY)
    assert answers(own_store) == answers(built_store)
    assert kept is not None
    assert (kept / "decisions.sqlite").read_bytes() == b"rubbish" * 900


@pytest.mark.parametrize("is_damaged", [False, True])
def test_files_of_an_administrator_that_begin_alike_stay(backup, own_store: Path, is_damaged: bool) -> None:
    if is_damaged:
        (own_store / "decisions.sqlite").write_bytes(b"rubbish" * 900)
    theirs = [
        own_store / name
        for name in (
            "decisions.sqlite-before-the-crash", "generation-000002.duckdb-before-the-crash",
            "generation-000001.duckdb.old", "generation-000002.sample.sqlite-mine",
        )
    ]  # fmt: skip
    for path in theirs:
        path.write_text("mine")
    (own_store / "generation-000001.before").write_text("1\n")
    restore(own_store, backup, now=TODAY)
    assert [path.read_text() for path in theirs] == ["mine"] * len(theirs)
    assert not any((own_store / f"generation-000001.{ending}").exists() for ending in ("duckdb", "sha256", "before"))


@pytest.mark.parametrize("place", range(30))
def test_a_flipped_bit_or_a_cut_is_refused_and_changes_nothing(
    backup, own_store: Path, tmp_path: Path, contents: Callable, place: int
) -> None:
    dice, raw = random.Random(place), bytearray(backup.read_bytes())
    at = dice.randrange(len(raw)) if place < 26 else len(raw) - 1 - 20 * (place - 26)
    flipped, cut = tmp_path / "flipped.zip", tmp_path / "cut.zip"
    cut.write_bytes(raw[:at])
    raw[at] ^= 1 << dice.randrange(8)
    flipped.write_bytes(raw)
    before = contents(own_store)
    for hurt in (flipped, cut):
        with pytest.raises(BackupRefused, match=r"is damaged, cut or no backup of Creator Fit.*Nothing was changed"):
            restore(own_store, hurt, now=TODAY)
    assert contents(own_store) == before


def resealed(path: Path) -> None:
    """Let a changed file vouch for itself, as somebody would who means harm."""
    raw = path.read_bytes()[:-64]
    path.write_bytes(raw + sha256(raw).hexdigest().encode())


def rewritten(backup: Path, out: Path, change: Callable[[dict], None], more: Callable[[zipfile.ZipFile], None]) -> None:
    """A backup with another manifest and more entries."""
    with zipfile.ZipFile(backup) as packed, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.comment = b"0" * 64
        for name in packed.namelist():
            content = packed.read(name)
            if name == "manifest.json":
                said = json.loads(content)
                change(said)
                content = json.dumps(said).encode()
            made.writestr(name, content)
        more(made)
    resealed(out)


def link(made: zipfile.ZipFile) -> None:
    """An entry that points out of the store."""
    entry = zipfile.ZipInfo("generation-000009.duckdb")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    made.writestr(entry, "/etc/passwd")


def nothing(made: zipfile.ZipFile) -> None:
    """No more entries."""


def lists(name: str, size: int) -> Callable[[dict], None]:
    """A manifest that lists one file more."""
    return lambda said: said["files"].append({"name": name, "bytes": size, "sha256": "0" * 64})


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    ("change", "more", "words"),
    [
        (lambda said: said.update(shape=2), nothing, "was written by a newer Creator Fit"),
        (lambda said: said.update(what="photos"), nothing, "is no backup that this program wrote"),
        (lambda said: said.pop("files"), nothing, "is no backup that this program wrote"),
        (lists("../out", 1), lambda made: made.writestr("../out", "x"), "holds other files than its manifest says"),
        (lambda said: None, link, "holds other files than its manifest says"),
        (lists("generation-000009.duckdb", 11), link, "is not what was written"),
        (lambda said: None, lambda made: made.writestr("decisions.sqlite", "x"), "holds other files than"),
        (lists("generation-000009.duckdb", 9), lambda made: made.writestr("generation-000009.duckdb", b"0" * 9**8),
         "holds other files than"),
        (lambda said: said["files"][0].update(sha256="0" * 64), nothing, "is not what was written"),
        (lambda said: said.update(generation=7), nothing, "lacks the data version"),
    ],
)  # fmt: skip
def test_a_zip_that_means_harm_is_refused(backup, own_store: Path, tmp_path, contents, change, more, words) -> None:
    rewritten(backup, tmp_path / "bad.zip", change, more)
    before = contents(own_store)
    with pytest.raises(BackupRefused, match=words):
        restore(own_store, tmp_path / "bad.zip", now=TODAY)
    assert contents(own_store) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.zip", "store"]


def test_a_store_that_is_being_written_is_busy(backup, own_store: Path, contents, run_fit) -> None:
    before = contents(own_store)
    with writer_lock(own_store):
        assert "Another load holds" in run_fit("restore", backup, "--store", own_store, code=3).stderr
    assert contents(own_store) == before


def test_a_file_that_is_not_there_is_said(own_store: Path, run_fit) -> None:
    said = run_fit("restore", own_store.parent / "none.zip", "--store", own_store, code=1).stderr
    assert said.endswith("none.zip cannot be read: No such file or directory. Nothing was changed.\n")


def test_a_restore_that_was_cut_off_is_finished_by_the_next_command(
    backup, own_store: Path, built_store: Path, answers, run_fit
) -> None:
    run_fit("undo", "--store", own_store)
    with zipfile.ZipFile(backup) as packed:  # as a restore lays it out before anything is replaced
        packed.extractall(own_store / "restoring")
    shutil.copy(built_store / "generation-000002.sha256", own_store / "restoring")
    (own_store / "restoring" / "manifest.json").unlink()
    assert not was_cut_off(own_store)
    finish(own_store)
    assert answers(own_store) != answers(built_store)
    (own_store / "restoring" / "READY").touch()
    assert was_cut_off(own_store)
    assert answers(own_store) == answers(built_store)
    assert not (own_store / "restoring").exists()


@pytest.mark.parametrize("most", [200, 60_000])
def test_on_a_full_disk_the_store_stays_as_it_was(backup, own_store, contents, on_a_full_disk, most: int) -> None:
    before = contents(own_store)
    tried = on_a_full_disk(most, "restore", backup, "--store", own_store)
    assert (tried.returncode, "Nothing was changed" in tried.stderr) == (1, True), tried.stderr
    assert contents(own_store) == before
    assert not was_cut_off(own_store)

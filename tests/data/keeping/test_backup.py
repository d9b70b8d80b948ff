"""Does a backup hold all that a store keeps, whole or not at all, while people work?"""

import json
import os
import resource
import signal
import zipfile
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from data import store
from data.decisions.decisions import open_decisions
from data.decisions.values import DecisionsError
from data.keeping.archive import BackupRefused
from data.keeping.backup import back_up
from data.keeping.known_backups import known_backups
from data.keeping.restore import restore
from data.store.publish import writer_lock
from tests.data.decisions.saved_decisions import NOW, everything, fill

pytestmark = pytest.mark.thorough

TODAY = datetime(2026, 3, 2, 9, 0)


def test_a_backup_says_what_it_holds_and_is_listed(own_store: Path, tmp_path: Path) -> None:
    written = back_up(own_store, tmp_path / "a.zip", now=TODAY)
    assert (written.generation, written.count_creators) == (2, 3)
    assert sorted(written.files) == ["decisions.sqlite", "generation-000002.duckdb"]
    with zipfile.ZipFile(tmp_path / "a.zip") as packed:
        said = json.loads(packed.read("manifest.json"))
        assert {file["name"]: file["bytes"] for file in said["files"]} == {
            entry.filename: entry.file_size for entry in packed.infolist() if entry.filename != "manifest.json"
        }
    assert [(Path(one.file).name, one.generation) for one in known_backups(own_store)] == [("a.zip", 2)]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.zip", "store"]


def test_a_backup_is_replaced_only_when_that_is_said(own_store: Path, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_text("mine")
    with pytest.raises(BackupRefused, match=r"is there already\. Choose another name, or replace it with --force"):
        back_up(own_store, tmp_path / "a.zip", now=TODAY)
    assert (tmp_path / "a.zip").read_text() == "mine"
    for _ in range(2):
        back_up(own_store, tmp_path / "a.zip", now=TODAY, may_replace=True)
    assert len(known_backups(own_store)) == 1


def test_a_backup_is_not_written_into_the_store(own_store: Path) -> None:
    with pytest.raises(BackupRefused, match="lies in the store itself"):
        back_up(own_store, own_store / "a.zip", now=TODAY)


def test_an_empty_store_has_nothing_to_back_up(tmp_path: Path) -> None:
    with pytest.raises(store.StoreEmpty, match="there is nothing to back up"):
        back_up(tmp_path / "store", tmp_path / "a.zip", now=TODAY)
    assert not (tmp_path / "a.zip").exists()


def test_a_damaged_store_is_not_backed_up_as_if_it_were_whole(own_store: Path, tmp_path: Path) -> None:
    path = store.generation_file(own_store, 2)
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(store.StoreError, match=r"no backup was written\. Run: python -m fit check"):
        back_up(own_store, tmp_path / "a.zip", now=TODAY)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["store"]


def test_neither_a_load_nor_people_who_save_are_in_the_way(own_store: Path, tmp_path: Path) -> None:
    with writer_lock(own_store), closing(open_decisions(own_store)) as decisions:
        before = everything(decisions)
        with decisions._write():  # somebody is in the middle of a save
            back_up(own_store, tmp_path / "a.zip", now=TODAY)
        decisions.save("view", "later", "x", version=0, by=None, now=NOW)
    restore(tmp_path / "other", tmp_path / "a.zip", now=TODAY)
    with closing(open_decisions(tmp_path / "other")) as decisions:
        assert everything(decisions) == before
        assert decisions.drafts("view") == []


def test_on_a_full_disk_nothing_of_it_stays(own_store: Path, tmp_path: Path, contents) -> None:
    out, before = tmp_path / "small", contents(own_store)
    out.mkdir()
    most = 40_000  # bytes of one file: less than the backup has
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # then writing fails, as on a full disk
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        try:
            back_up(own_store, out / "a.zip", now=TODAY)
        except (store.StoreError, DecisionsError, OSError):
            os._exit(7)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
    assert list(out.iterdir()) == []
    assert contents(own_store) == before


def test_decisions_in_postgres_go_into_the_same_file(
    own_store: Path, tmp_path: Path, postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    rooms = [postgres(), postgres()]
    with closing(open_decisions(tmp_path, rooms[0])) as decisions:
        fill(decisions, 2)
        before = everything(decisions)
    monkeypatch.setenv("CREATOR_FIT_DECISIONS", rooms[0])
    back_up(own_store, tmp_path / "a.zip", now=TODAY)
    monkeypatch.setenv("CREATOR_FIT_DECISIONS", rooms[1])
    with closing(open_decisions(tmp_path)) as decisions:
        fill(decisions, 5)  # is replaced
    restore(tmp_path / "second", tmp_path / "a.zip", now=TODAY)
    with closing(open_decisions(tmp_path / "second")) as decisions:
        assert everything(decisions) == before
        assert decisions.check() == []
    monkeypatch.delenv("CREATOR_FIT_DECISIONS")
    restore(tmp_path / "third", tmp_path / "a.zip", now=TODAY)  # and into a file
    with closing(open_decisions(tmp_path / "third")) as decisions:
        assert everything(decisions) == before
        assert decisions.check() == []

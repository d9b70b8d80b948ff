"""Is a damaged record of erasures or backups never taken for an empty one, and never written over?"""

import json
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from data import store
from data.keeping.erase import INTENT, problems
from data.keeping.erased_creators import erased_before, note_erased
from data.keeping.known_backups import KnownBackup, known_backups, remember
from data.keeping.records import RecordDamaged

NOW = datetime(2026, 3, 2)
ERASED, BACKUPS = "erased.json", "backups.json"
DAMAGES = {
    "cut": lambda text: text[:-5],
    "empty": lambda text: "",
    "zeroed": lambda text: "\0" * len(text),
    "another document": lambda text: "{}",
    "no document": lambda text: "null",
    "other rows": lambda text: text.replace("hash", "hush").replace("file", "fine"),
    "other letters": lambda text: text.replace("2", "\u00b2"),
}


@pytest.fixture
def noted(tmp_path: Path) -> Path:
    """A folder where one creator was erased and one backup written."""
    note_erased(tmp_path, "zoe-id", [], NOW)
    remember(tmp_path, KnownBackup("/b/a.zip", "2026-03-02T09:00:00", 2))
    return tmp_path


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_record_is_refused_and_left_as_it_is(noted: Path, damage: str) -> None:
    before = {}
    for name in (ERASED, BACKUPS):
        (noted / name).write_text(DAMAGES[damage]((noted / name).read_text()), encoding="utf-8")
        before[name] = (noted / name).read_bytes()
    with pytest.raises(RecordDamaged, match=rf"{ERASED} is damaged, so nobody can tell which .* erased .*Put a copy"):
        note_erased(noted, "ben", [], NOW)
    for work in (known_backups, lambda folder: remember(folder, KnownBackup("/b/b.zip", "2026-03-03", 3))):
        with pytest.raises(RecordDamaged, match=rf"{BACKUPS} is damaged, so nobody can tell where .*Put a copy"):
            work(noted)
    assert {name: (noted / name).read_bytes() for name in before} == before
    assert [line.split(" is damaged")[0] for line in problems(noted)] == [f"{noted}/{ERASED}", f"{noted}/{BACKUPS}"]


def test_a_record_that_cannot_be_read_says_why(noted: Path) -> None:
    (noted / ERASED).unlink()
    (noted / ERASED).mkdir()
    with pytest.raises(RecordDamaged, match=rf"{ERASED} cannot be read \(Is a directory\), so nobody can tell"):
        note_erased(noted, "ben", [], NOW)


def test_no_record_is_an_empty_one(tmp_path: Path) -> None:
    assert (known_backups(tmp_path / "new"), erased_before(tmp_path / "new", ["ada"])) == ([], [])
    assert problems(tmp_path / "new") == []


CREATORS = "creator_id,creator_name,platform,home_country,followers\nada,Ada,instagram,DE,9000\nben,Ben,tiktok,AT,800\n"


@pytest.fixture
def small_store(tmp_path: Path, run_fit: Callable) -> Path:
    """A store of two creators whose records of erasures and backups are damaged."""
    (tmp_path / "creators.csv").write_text(CREATORS)
    run_fit("load", tmp_path / "creators.csv", "--store", tmp_path / "store")
    for name in (ERASED, BACKUPS):
        (tmp_path / "store" / name).write_text("{")
    return tmp_path / "store"


def test_a_load_goes_on_and_warns(small_store: Path, tmp_path: Path, run_fit: Callable) -> None:
    (tmp_path / "more.csv").write_text("creator_id,country,audience_share\nada,DE,0.5\n")
    said = run_fit("load", tmp_path / "more.csv", "--store", small_store)
    assert f"{ERASED} is damaged, so nobody can tell which creators were erased" in said.stderr
    assert store.current(small_store) == 2
    assert (small_store / ERASED).read_text() == "{"


def test_an_erasure_is_refused_before_anything_goes(small_store: Path, run_fit: Callable) -> None:
    for name in (ERASED, BACKUPS):
        before = {path: path.read_bytes() for path in small_store.iterdir() if path.is_file()}
        said = run_fit("erase", "ada", "--yes", "--store", small_store, code=1).stderr
        assert (f"{small_store}/{name} is damaged" in said, said.count("\n")) == (True, 1)
        assert {path: path.read_bytes() for path in small_store.iterdir() if path.is_file()} == before
        (small_store / name).rename(small_store / f"{name}.damaged")  # as the sentence says
    run_fit("erase", "ada", "--yes", "--store", small_store)
    assert store.current(small_store) == 2


def test_a_backup_is_written_and_it_is_said_that_the_list_lacks_it(
    small_store: Path, tmp_path: Path, run_fit: Callable
) -> None:
    said = run_fit("backup", tmp_path / "a.zip", "--store", small_store, code=1).stderr
    assert said.startswith(f"{tmp_path}/a.zip is written and whole, but is not in the list of backups")
    assert f"{BACKUPS} is damaged" in said
    assert (small_store / BACKUPS).read_text() == "{"
    assert f"{BACKUPS} is damaged" in run_fit("backup", "--list", "--store", small_store, code=1).stderr
    did = json.loads(run_fit("activity", "--json", "--store", small_store).stdout)["activity"]
    assert (did[0]["what"], did[0]["on_what"]) == ("backup", ["a.zip"])
    run_fit("restore", tmp_path / "a.zip", "--store", tmp_path / "other")


def test_check_names_each_damaged_record(small_store: Path, run_fit: Callable) -> None:
    (small_store / INTENT).write_text("{}")
    said = run_fit("check", "--store", small_store, code=1).stderr.splitlines()
    assert [line.split(" is damaged")[0] for line in said] == [
        os.fspath(small_store / name) for name in (INTENT, ERASED, BACKUPS)
    ]
    told = run_fit("erase", "ada", "--yes", "--store", small_store, code=1).stderr
    assert "is damaged" in told

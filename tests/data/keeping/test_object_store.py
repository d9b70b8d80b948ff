"""Do backup, restore, erasure and check keep their promises on a store that many servers share?"""

import json
from contextlib import closing

import pytest

from data import store
from data.decisions import open_decisions
from data.keeping.erase import INTENT
from tests.data.decisions.saved_decisions import fill
from tests.data.keeping.conftest import TABLES

HERS = (b"zoe-id", b"quillfeather", b"zoequillhandle")  # id, name and handle

pytestmark = pytest.mark.thorough


@pytest.fixture
def loaded(bucket, postgres, tmp_path, monkeypatch, run_fit):
    """A bucket with two data versions of three creators, and their decisions in Postgres."""
    monkeypatch.setenv("CREATOR_FIT_DECISIONS", postgres())
    for name, text in TABLES.items():
        (tmp_path / name).write_text(text)
    bucket.copy("a")
    run_fit("load", tmp_path / "creators.csv", tmp_path / "zoe-id-audience.csv", "--store", bucket.address, code=1)
    run_fit("load", *(tmp_path / name for name in TABLES), "--store", bucket.address, code=1)
    with closing(open_decisions(bucket.copy("a"))) as decisions:
        fill(decisions)
    return bucket


def files_with_her(folder) -> list[str]:
    return [
        path.name
        for path in folder.rglob("*")
        if path.is_file() and any(text in path.read_bytes().lower() for text in HERS)
    ]


def test_an_erasure_reaches_every_object_every_copy_and_the_decisions(loaded, run_fit, tmp_path) -> None:
    loaded.copy("b")
    run_fit("backup", tmp_path / "before.zip", "--store", loaded.address)
    loaded.copy("a")
    said = run_fit("erase", "zoe-id", "--with-charters", "--yes", "--store", loaded.address).stdout
    assert "2 older data versions went" in said
    assert f"This backup still holds it: {tmp_path / 'before.zip'}" in said  # another server wrote it
    assert list(loaded.versions()) == [3]
    assert loaded.objects() == ["CURRENT.json", loaded.versions()[3]]
    for name in loaded.objects():
        assert not any(text in loaded.read(name).lower() for text in HERS), name
    for server in ("a", "b"):
        assert files_with_her(loaded.copy(server)) == []
        assert "zoe-id" not in run_fit("charters", "--json", "--store", loaded.address).stdout
        assert run_fit("check", "--store", loaded.address).stderr == ""
    (tmp_path / "again.csv").write_text("creator_id,country,audience_share\nzoe-id,DE,0.9\n")
    said = run_fit("load", tmp_path / "again.csv", "--store", loaded.address)
    assert "zoe-id was erased on" in said.stderr  # known to the server that did not erase her


def test_an_erasure_that_was_cut_off_is_finished_by_another_server(loaded, run_fit) -> None:
    begun = json.dumps({"creator_id": "zoe-id", "known_as": ["zoe-id", "Zoe Quillfeather"], "others": []})
    store.share_note(loaded.copy("a") / INTENT, begun)  # the first step, and no more
    loaded.copy("b")
    assert "The erasure of zoe-id was cut off" in run_fit("check", "--store", loaded.address, code=1).stderr
    run_fit("erase", "zoe-id", "--with-charters", "--yes", "--store", loaded.address)
    assert list(loaded.versions()) == [3]
    assert not (loaded.copy("a") / INTENT).exists()


def test_a_backup_of_one_server_is_brought_back_by_another(loaded, answers, run_fit, tmp_path) -> None:
    before = answers(loaded.address)
    run_fit("backup", tmp_path / "a.zip", "--store", loaded.address)
    loaded.copy("b")
    (tmp_path / "more.csv").write_text("creator_id,country,audience_share\nada,DE,0.9\n")
    run_fit("load", tmp_path / "more.csv", "--store", loaded.address)
    changed = answers(loaded.address)
    assert changed != before
    said = run_fit("restore", tmp_path / "a.zip", "--store", loaded.address).stdout
    assert "To bring that back" in said
    loaded.copy("a")
    assert answers(loaded.address) == before
    assert list(loaded.versions()) == [2]
    run_fit("load", tmp_path / "more.csv", "--store", loaded.address)
    assert list(loaded.versions()) == [2, 4]  # 3 may still be open elsewhere


@pytest.mark.parametrize("harm", ["pointer gone", "pointer damaged", "object gone"])
def test_a_restore_mends_what_is_damaged(loaded, answers, run_fit, tmp_path, harm: str) -> None:
    before = answers(loaded.address)
    run_fit("backup", tmp_path / "a.zip", "--store", loaded.address)
    if harm == "pointer damaged":
        loaded.write("CURRENT.json", b"rubbish")
    else:
        loaded.delete("CURRENT.json" if harm == "pointer gone" else loaded.versions()[2])
    run_fit("check", "--store", loaded.address, code=1)
    run_fit("restore", tmp_path / "a.zip", "--store", loaded.address)
    assert run_fit("check", "--store", loaded.address).stderr == ""
    loaded.copy("fresh")
    assert answers(loaded.address) == before


def test_without_the_object_store_nothing_of_a_restore_is_begun(loaded, run_fit, tmp_path, monkeypatch) -> None:
    run_fit("backup", tmp_path / "a.zip", "--store", loaded.address)
    folder = loaded.copy("a")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    said = run_fit("restore", tmp_path / "a.zip", "--store", folder, code=1).stderr
    assert "could not be read or written" in said
    assert not (folder / "restoring").exists()
    assert store.current(folder) == 2
    assert "could not be read" in run_fit("backup", tmp_path / "b.zip", "--store", folder, code=1).stderr

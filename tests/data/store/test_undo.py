"""Does an undo go back to what the load was built on, and never to a load that was undone?"""

from data import store
from tests.data.store.sources import add_source, names


def test_a_load_after_an_undo_goes_back_to_what_it_was_built_on(tmp_path):
    for name in ("1.csv", "2.csv", "3.csv", "4.csv"):
        add_source(tmp_path, name)
    assert store.undo(tmp_path) == 3
    add_source(tmp_path, "5.csv")
    assert (store.current(tmp_path), store.generation_before(tmp_path)) == (5, 3)
    assert store.undo(tmp_path) == 3
    assert names(tmp_path) == ["1.csv", "2.csv", "3.csv"]
    assert store.undo(tmp_path) == 2


def test_what_an_undo_goes_back_to_is_kept_and_undone_loads_never_come_back(tmp_path, monkeypatch):
    monkeypatch.setenv("CREATOR_FIT_VERSIONS_KEPT", "2")
    for name in ("1.csv", "2.csv"):
        add_source(tmp_path, name)
    store.undo(tmp_path)
    add_source(tmp_path, "3.csv")
    assert store.undo(tmp_path) == 1
    add_source(tmp_path, "4.csv")
    add_source(tmp_path, "5.csv")
    assert names(tmp_path) == ["1.csv", "4.csv", "5.csv"]
    assert store.undo(tmp_path) == 4
    assert store.generation_before(tmp_path) is None


def test_a_damaged_version_falls_back_to_what_it_was_built_on(tmp_path):
    for name in ("1.csv", "2.csv"):
        add_source(tmp_path, name)
    store.undo(tmp_path)
    add_source(tmp_path, "3.csv")
    with store.generation_file(tmp_path, 3).open("ab") as file:
        file.write(b"more")
    assert names(tmp_path) == ["1.csv"]

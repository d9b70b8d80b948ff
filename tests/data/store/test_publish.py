"""Is what was loaded kept whole, and is damage noticed?"""

import contextlib
import os
import time
from pathlib import Path

import duckdb
import pytest

from data import store
from data.store.open_store import digest
from tests.data.store.sources import NOW, SHA, add_source, names


def test_a_new_generation_keeps_what_the_last_one_held(tmp_path):
    add_source(tmp_path, "a.csv")
    add_source(tmp_path, "b.csv")
    assert store.generations(tmp_path) == [2, 1]
    assert store.current(tmp_path) == 2
    assert names(tmp_path) == ["a.csv", "b.csv"]


def test_a_generation_from_nothing_carries_nothing_over_and_undo_goes_back(tmp_path):
    add_source(tmp_path, "a.csv")
    add_source(tmp_path, "b.csv", from_nothing=True)
    assert names(tmp_path) == ["b.csv"]
    assert store.undo(tmp_path) == 1
    assert names(tmp_path) == ["a.csv"]


def test_parquet_goes_with_its_generation_and_so_does_what_was_never_finished(tmp_path):
    add_source(tmp_path, "a.csv")
    for name in ("parquet-000001", "parquet-000009", "parquet-building"):
        (tmp_path / name / "creators").mkdir(parents=True)
    add_source(tmp_path, "b.csv")
    assert sorted(path.name for path in tmp_path.glob("parquet-*")) == ["parquet-000001"]
    store.remove_parquet(tmp_path)
    assert list(tmp_path.glob("parquet-*")) == []


def test_the_first_load_replaces_a_demo_whole(tmp_path):
    add_source(tmp_path, "invented.csv", is_demo=True)
    add_source(tmp_path, "real.csv")
    assert names(tmp_path) == ["real.csv"]


def test_a_demo_never_replaces_real_data(tmp_path):
    add_source(tmp_path, "real.csv")
    with pytest.raises(store.StoreError, match="holds real data"):
        add_source(tmp_path, "invented.csv", is_demo=True)
    assert names(tmp_path) == ["real.csv"]


@pytest.mark.parametrize("error", [store.NothingToPublish, ValueError])
def test_a_body_that_raises_leaves_all_as_it_was(tmp_path, error):
    add_source(tmp_path, "a.csv")
    before = sorted(p.name for p in tmp_path.iterdir())
    try:
        with store.next_generation(tmp_path, now=NOW):
            raise error
    except ValueError:
        assert error is ValueError
    assert sorted(p.name for p in tmp_path.iterdir()) == before
    assert names(tmp_path) == ["a.csv"]


def test_what_others_are_writing_stays_and_what_a_load_or_a_dead_process_left_goes(tmp_path):
    add_source(tmp_path, "a.csv")
    under_way = {"backups.json.12-34.tmp", "activity.json.12-34.tmp", "generation-000001.accuracy.12-34.tmp"}
    mine = {"notes.tmp", "table.tmp.csv"}
    of_loads = {
        "CURRENT.12-34.tmp", "generation-000002.sha256.12-34.tmp", "generation-000002.duckdb.tmp",
        "generation-000002.duckdb.tmp.wal", "generation-000002.before.12-34.tmp", "generation-000002.sample.sqlite.tmp",
    }  # fmt: skip
    old = {"backups.json.56-78.tmp", "generation-000001.accuracy.56-78.tmp"}
    for name in under_way | mine | of_loads | old:
        (tmp_path / name).write_text("x")
    for name in old | mine:
        os.utime(tmp_path / name, (time.time() - 2 * 3600,) * 2)
    (tmp_path / "generation-000002.duckdb.tmp.tmp").mkdir()  # what did not fit into memory
    (tmp_path / "generation-000002.duckdb.tmp.tmp" / "part").write_text("x")
    add_source(tmp_path, "b.csv")
    assert {path.name for path in tmp_path.glob("*.tmp*")} == under_way | mine


@pytest.mark.thorough
@pytest.mark.parametrize(("said", "kept"), [("3", [7, 6, 5]), ("1", [7, 6]), ("9", [7, 6, 5, 4, 3, 2, 1])])
def test_a_setting_says_how_many_are_kept(tmp_path, monkeypatch, said, kept):
    monkeypatch.setenv("CREATOR_FIT_VERSIONS_KEPT", said)
    for number in range(7):
        add_source(tmp_path, f"{number}.csv")
    assert store.generations(tmp_path) == kept
    assert store.undo(tmp_path) == 6


@pytest.mark.thorough
def test_old_ones_go_but_undo_still_works(tmp_path, monkeypatch):
    for number in range(4):
        add_source(tmp_path, f"{number}.csv")
        path = store.generation_file(tmp_path, number + 1)
        os.utime(path, (path.stat().st_mtime - 90 * 24 * 3600,) * 2)
    monkeypatch.setenv("CREATOR_FIT_DAYS_KEPT", "30")
    add_source(tmp_path, "new.csv")
    assert store.generations(tmp_path) == [5, 4]
    assert store.undo(tmp_path) == 4
    add_source(tmp_path, "newer.csv")
    assert store.generations(tmp_path) == [6, 5, 4]  # 5 was undone and is young; an undo goes back to 4


@pytest.mark.parametrize("said", ["many", "-1", "1.5", "9" * 40])
def test_a_setting_that_is_no_number_is_refused_in_words(tmp_path, monkeypatch, said):
    monkeypatch.setenv("CREATOR_FIT_DAYS_KEPT", said)
    with pytest.raises(store.StoreError, match=r"CREATOR_FIT_DAYS_KEPT is .*a whole number is needed"):
        add_source(tmp_path, "a.csv")
    assert store.generations(tmp_path) == []


@pytest.mark.thorough
def test_five_generations_are_kept(tmp_path):
    for number in range(7):
        add_source(tmp_path, f"{number}.csv")
    assert store.generations(tmp_path) == [7, 6, 5, 4, 3]
    assert store.check(tmp_path) == []


def test_a_second_load_is_told_that_the_store_is_busy(tmp_path):
    with store.next_generation(tmp_path, now=NOW), pytest.raises(store.StoreBusy, match="Another load holds"):
        add_source(tmp_path, "late.csv")


def test_a_fact_without_a_source_is_not_published(tmp_path):
    with (
        pytest.raises(store.StoreError, match="1 rows break the rule: every fact names a source"),
        store.next_generation(tmp_path, now=NOW) as draft,
    ):
        draft.db.execute("insert into quarantine values (7, 1, 1, 'a', 'b', 'c', 'd')")
    assert store.generations(tmp_path) == []


def test_an_empty_store_says_what_to_do(tmp_path):
    with pytest.raises(store.StoreEmpty, match=r"Load files .* or build the demo"):
        store.open_newest(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()


DAMAGES = {
    "cut": lambda whole: whole[: len(whole) // 2],
    "zeroed block": lambda whole: whole[:20000] + bytes(4096) + whole[24096:],
    "header bytes": lambda whole: b"\xff" * 16 + whole[16:],
    "one bit": lambda whole: whole[:-5000] + bytes([whole[-5000] ^ 1]) + whole[-4999:],
    "empty": lambda whole: b"",
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_generation_is_noticed_and_the_one_before_is_shown(tmp_path, damage):
    add_source(tmp_path, "a.csv")
    add_source(tmp_path, "b.csv")
    path = store.generation_file(tmp_path, 2)
    path.write_bytes(DAMAGES[damage](path.read_bytes()))
    opened = store.open_newest(tmp_path)
    opened.connection.close()
    assert opened.number == 1
    assert "Data version 2 is damaged" in opened.warnings[0]
    assert "Showing data version 1 instead" in opened.warnings[-1]
    assert len(store.check(tmp_path)) == 1


def test_a_store_with_nothing_readable_refuses(tmp_path):
    add_source(tmp_path, "a.csv")
    store.generation_file(tmp_path, 1).write_bytes(b"not a database")
    with pytest.raises(store.StoreDamaged, match="No earlier version of your data is left"):
        store.open_newest(tmp_path)


def test_no_connection_stays_open_to_a_generation_that_cannot_be_read(tmp_path):
    add_source(tmp_path, "a.csv")
    path = store.generation_file(tmp_path, 1)
    with duckdb.connect(str(path)) as db:
        db.execute("drop table generation")
    path.with_suffix(".sha256").write_text(f"{digest(path)} {path.stat().st_size}\n")
    with pytest.raises(store.StoreDamaged, match="Data version 1 cannot be read") as refused:
        store.open_newest(tmp_path)
    duckdb.connect(str(path)).close()  # with other settings: refused by DuckDB while one of a reader is open
    assert refused.value


@pytest.mark.parametrize("pointer", [None, b"", b"generation-\xff", b"elsewhere"])
def test_a_lost_pointer_is_said_and_the_newest_file_is_shown(tmp_path, pointer):
    add_source(tmp_path, "a.csv")
    if pointer is None:
        (tmp_path / "CURRENT").unlink()
    else:
        (tmp_path / "CURRENT").write_bytes(pointer)
    opened = store.open_newest(tmp_path)
    opened.connection.close()
    assert (opened.number, opened.warnings[0]) == (1, "The pointer file CURRENT is missing or unreadable.")
    assert store.check(tmp_path) == ["CURRENT does not point at a data version that is there."]


ESCAPES = [
    "select * from read_csv('/etc/passwd')",
    "select * from '/etc/passwd'",
    "select * from read_text('/etc/passwd')",
    "select * from read_blob('/etc/passwd')",
    "select * from glob('/*')",
    "copy generation to '/tmp/stolen.csv'",
    "attach '/tmp/other.duckdb'",
    "install httpfs",
    "load httpfs",
    "set enable_external_access = true",
    "set memory_limit = '100GB'",
    "set lock_configuration = false",
    "create secret (type s3, key_id 'a', secret 'b')",
    "export database '/tmp/stolen'",
    "insert into generation values (9, now(), false, 2)",
    "drop table generation",
    "select * from escape_route",
]


@pytest.mark.parametrize("escape", ESCAPES)
def test_a_reader_reaches_nothing_but_its_own_file(tmp_path, escape):
    add_source(tmp_path, "a.csv")
    escape_route = [1, 2, 3]  # a Python value that a replacement scan would find
    opened = store.open_newest(tmp_path)
    with opened.connection, pytest.raises(duckdb.Error):
        opened.connection.execute(escape).fetchall()
    assert escape_route


def leaking_functions(db: duckdb.DuckDBPyConnection, folder: Path) -> set[str]:
    """Which of all functions that this DuckDB has give out what stands in files of a folder."""
    question = "select distinct function_name from duckdb_functions() where list_contains(parameter_types, 'VARCHAR')"
    tables = "function_type in ('table', 'table_macro', 'pragma')"
    leaking = set()
    for (name,) in db.execute(f"{question} and {tables}").fetchall():
        for file in folder.iterdir():
            for statement in (f"select * from {name}('{file}')", f"pragma {name}('{file}')"):
                with contextlib.suppress(duckdb.Error):
                    leaking |= {name} if "4711" in str(db.cursor().execute(statement).fetchall()) else set()
    return leaking


def test_no_function_that_duckdb_has_reads_another_file_for_a_reader(tmp_path):
    files = tmp_path / "files"
    files.mkdir()
    with duckdb.connect() as free:
        for ending in ("csv", "json", "parquet"):
            free.execute(f"copy (select 'secret 4711' as word) to '{files}/a.{ending}'")
        free.execute(f"attach '{files}/a.duckdb' as other")
        free.execute("create table other.t as select 'secret 4711' as word")
        free.execute("detach other")
        assert leaking_functions(free, files) >= {"read_csv", "read_json", "read_parquet", "read_blob", "read_duckdb"}
    add_source(tmp_path / "store", "a.csv")
    with store.open_newest(tmp_path / "store").connection as locked:
        assert leaking_functions(locked, files) == set()


def test_a_folder_that_cannot_be_made_is_refused_in_words(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(store.StoreError, match="Cannot write to"):
        add_source(tmp_path / "file" / "store", "a.csv")


def test_a_tier_begins_with_its_first_follower(tmp_path):
    tiers = {
        0: "nano", 9_999: "nano", 10_000: "micro", 49_999: "micro", 50_000: "mid", 249_999: "mid", 250_000: "macro",
        999_999: "macro", 1_000_000: "mega",
    }  # fmt: skip
    source = "insert into sources values (1, 'a.csv', $sha, '{}', $sha, 'plain', $now, 1, 1, 0, 'fine')"
    profile = "insert into profiles (source_id, creator_id, followers) values (1, $name, $followers)"
    with store.next_generation(tmp_path, now=NOW) as draft:
        draft.db.execute(source, {"sha": SHA, "now": NOW})
        for followers in (*tiers, None):
            draft.db.execute(profile, {"name": f"c{followers}", "followers": followers})
        store.derive(draft.db)
        found = dict(draft.db.execute("select followers, tier from creators").fetchall())
        assert found == tiers | {None: None}
        raise store.NothingToPublish

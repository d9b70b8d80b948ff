"""Is a damaged or unreachable place refused in words, never silently wrong and never silently begun anew?"""

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from data.decisions import opening
from data.decisions.decisions import has_decisions, identity, open_decisions
from data.decisions.values import DecisionsError
from tests.data.decisions.saved_decisions import NOW, everything, fill

PAGE = 4096  # bytes


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, tuple]:
    """The bytes of a file of decisions, and what they say."""
    folder = tmp_path_factory.mktemp("sound")
    with closing(open_decisions(folder)) as decisions:
        fill(decisions, 12)
        said = everything(decisions)
    return (folder / opening.FILE).read_bytes(), said


def outcome(folder: Path, content: bytes, said: tuple) -> str:
    """What comes of a file with this content: refused, same, or WRONG."""
    path = folder / opening.FILE
    path.write_bytes(content)
    try:
        with closing(open_decisions(folder)) as damaged:
            return "same" if everything(damaged) == said else "WRONG"
    except DecisionsError:
        return "refused"
    finally:
        assert path.stat().st_size == len(content)
        for log in folder.glob(f"{opening.FILE}-*"):
            log.unlink()


def test_a_whole_file_is_read(tmp_path: Path, sound: tuple[bytes, tuple]) -> None:
    assert outcome(tmp_path, *sound) == "same"


@pytest.mark.thorough
def test_no_flipped_byte_of_the_head_goes_unnoticed(tmp_path: Path, sound: tuple[bytes, tuple]) -> None:
    content, said = sound
    flipped = [content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :] for at in range(100)]
    assert {outcome(tmp_path, one, said) for one in flipped} == {"refused", "same"}


@pytest.mark.thorough
def test_no_flipped_bit_makes_papers_say_something_else(tmp_path: Path, sound: tuple[bytes, tuple]) -> None:
    content, said = sound
    dice = random.Random(7)
    found = []
    for _ in range(60):
        at, bit = dice.randrange(100, len(content)), 1 << dice.randrange(8)
        found.append(outcome(tmp_path, content[:at] + bytes([content[at] ^ bit]) + content[at + 1 :], said))
    assert set(found) == {"refused", "same"}
    assert found.count("refused") > 12  # many pages of the file are nearly empty


def test_a_cut_file_is_refused(tmp_path: Path, sound: tuple[bytes, tuple]) -> None:
    content, said = sound
    dice = random.Random(7)
    lengths = [0, 1, 99, 100, PAGE, len(content) - PAGE, len(content) - 1, *dice.choices(range(len(content)), k=30)]
    found = {length: outcome(tmp_path, content[:length], said) for length in lengths}
    assert found == dict.fromkeys(lengths, "refused")


def test_zeroed_pages_are_refused(tmp_path: Path, sound: tuple[bytes, tuple]) -> None:
    content, said = sound
    starts = range(0, len(content), PAGE)
    zeroed = {at: content[:at] + bytes(PAGE) + content[at + PAGE :] for at in starts}
    assert {at: outcome(tmp_path, one, said) for at, one in zeroed.items()} == dict.fromkeys(starts, "refused")


def test_a_log_without_its_file_is_no_new_beginning(tmp_path: Path) -> None:
    (tmp_path / f"{opening.FILE}-wal").write_bytes(b"saves")
    assert (has_decisions(tmp_path), identity(tmp_path)) == (True, None)
    with pytest.raises(DecisionsError, match=r"is missing, but its log decisions\.sqlite-wal is there"):
        open_decisions(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [f"{opening.FILE}-wal"]


def test_a_copy_beside_the_log_of_another_file_is_refused(tmp_path: Path) -> None:
    with closing(open_decisions(tmp_path / "store")) as decisions:
        fill(decisions)
        copy = tmp_path / "copy.sqlite"
        with closing(sqlite3.connect(tmp_path / "store" / opening.FILE)) as raw:
            raw.execute("vacuum into ?", (str(copy),))
        said = everything(decisions)
        log = (tmp_path / "store" / f"{opening.FILE}-wal").read_bytes()
    (tmp_path / "new").mkdir()
    copy.rename(tmp_path / "new" / opening.FILE)
    (tmp_path / "new" / f"{opening.FILE}-wal").write_bytes(log)
    with pytest.raises(DecisionsError, match=r"decisions\.sqlite-wal lies beside it and belongs to another file"):
        open_decisions(tmp_path / "new")
    (tmp_path / "new" / f"{opening.FILE}-wal").unlink()
    with closing(open_decisions(tmp_path / "new")) as restored:
        assert (everything(restored), restored.check()) == (said, [])


def test_another_database_under_our_name_is_left_alone(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / opening.FILE)) as raw:
        raw.execute("create table bees (name text)")
    before = (tmp_path / opening.FILE).read_bytes()
    with pytest.raises(DecisionsError, match="is damaged: it is no file of decisions"):
        open_decisions(tmp_path)
    assert (tmp_path / opening.FILE).read_bytes() == before


def test_a_full_disk_refuses_the_save_and_keeps_what_was(tmp_path: Path) -> None:
    with closing(open_decisions(tmp_path)) as decisions:
        paper = decisions.save("agreement", "kitchen", "a", version=0, by=None, now=NOW)
        with decisions._engine.connect() as connection:  # as full as a disk: the file may not grow
            pages = connection.exec_driver_sql("pragma page_count").scalar()
            connection.exec_driver_sql(f"pragma max_page_count = {pages}")
        with pytest.raises(DecisionsError, match=r"could not be read or written \(database or disk is full\)"):
            decisions.save("agreement", "kitchen", "b" * 100_000, version=1, by=None, now=NOW)
        assert decisions.history("agreement", "kitchen") == [paper]
        assert decisions.check() == []


def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(DecisionsError, match=r"Cannot write to .*file: .*\. Choose another folder with --store"):
        open_decisions(tmp_path / "file")


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("duckdb:///a.duckdb", r"begins with 'duckdb'\. An address of Postgres"),
        ("mysql://ben:secret@host/a", "begins with 'mysql'"),
        ("sqlite://", "begins with 'sqlite'"),
        ("nonsense", "holds no address that can be read"),
        ("postgresql://ben:secret@127.0.0.1:1/a", r"ben:\*\*\*@127\.0\.0\.1:1/a could not be read or written"),
        ("postgres://ben:secret@host:port/a", "CREATOR_FIT_DECISIONS holds no address that can be read"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused_without_its_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str, words: str
) -> None:
    monkeypatch.setenv("CREATOR_FIT_DECISIONS", url)
    with pytest.raises(DecisionsError, match=words) as refused:
        open_decisions(tmp_path)
    assert "secret" not in str(refused.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("scheme", ["postgresql://", "postgres://"])
def test_both_names_of_postgres_are_understood(
    tmp_path: Path, postgres: Callable[[], str], monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    url = postgres().replace("postgresql://", scheme)
    monkeypatch.setenv("CREATOR_FIT_DECISIONS", url)
    with closing(open_decisions(tmp_path)) as decisions:
        decisions.save("view", "a", "x", version=0, by=None, now=NOW)
        assert decisions.check() == []
    assert (has_decisions(tmp_path), identity(tmp_path), list(tmp_path.iterdir())) == (True, url, [])


def test_a_count_whose_name_was_damaged_is_missed(tmp_path: Path) -> None:
    with closing(open_decisions(tmp_path)) as decisions:
        fill(decisions, 2)
        name = decisions.charters()[0].name
        assert decisions.counts(name)
    with closing(sqlite3.connect(tmp_path / opening.FILE)) as raw:
        triggers = raw.execute("select name, sql from sqlite_master where type = 'trigger'").fetchall()
        for trigger, _sql in triggers:
            raw.execute(f'drop trigger "{trigger}"')
        raw.execute("update counts set name = ? where count_id = 1", (f"{name}x",))
        for _trigger, sql in triggers:
            raw.execute(sql)
        raw.commit()
    missed = pytest.raises(DecisionsError, match="Rows of counts that belong to none of charters: 1")
    with closing(open_decisions(tmp_path)) as decisions, missed:
        decisions.counts(name)

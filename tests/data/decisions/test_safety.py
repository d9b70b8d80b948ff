"""Do saved papers survive crowds, kills, hands that reach into the database, and a change of shape?"""

import json
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import inspect
from sqlalchemy.exc import SQLAlchemyError

from data.decisions import opening, schema
from data.decisions.decisions import Decisions, open_decisions
from data.decisions.values import Conflict, DecisionsError
from tests.data.decisions.saved_decisions import NOW, everything, fill
from tests.data.decisions.saving_until_killed import KINDS, kept

pytestmark = pytest.mark.thorough

ROOT = Path(__file__).parents[3]
THREADS, SAVES, KILLS = 8, 100, 40
TABLES = ("papers", "charters", "sign_offs", "stage_notes", "reviews", "counts", "members", "activities", "ownerships",
          "shares", "share_notes", "verdicts")  # fmt: skip


@contextmanager
def by_hand(folder: Path, url: str | None) -> Iterator[sqlite3.Connection | psycopg.Connection]:
    """The database without our code between."""
    raw = psycopg.connect(url, autocommit=True) if url else sqlite3.connect(folder / opening.FILE, isolation_level=None)
    with closing(raw):
        yield raw


def test_of_eight_who_save_at_once_each_save_is_kept_or_shown_as_a_conflict(
    tmp_path: Path, decisions_url: str | None
) -> None:
    opened = [open_decisions(tmp_path, decisions_url) for _ in range(2)]  # as two processes would
    stored: list[str] = []
    refused: list[str] = []

    def save_all(thread: int) -> None:
        mine, version = opened[thread % 2], 0
        for number in range(SAVES):
            try:
                saved = mine.save("agreement", "one", f"{thread}-{number}", version=version, by=None, now=NOW)
                version = saved.version
                stored.append(saved.text)
            except Conflict as conflict:
                version = conflict.theirs.version
                refused.append(conflict.yours)

    threads = [threading.Thread(target=save_all, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    history = opened[0].history("agreement", "one")
    assert [paper.version for paper in history] == list(range(1, len(stored) + 1))
    assert sorted(paper.text for paper in history) == sorted(stored)
    assert sorted(stored + refused) == sorted(f"{t}-{n}" for t in range(THREADS) for n in range(SAVES))
    assert len(refused) >= THREADS - 1  # all began with a new paper, and one was first
    assert opened[1].check() == []
    for one in opened:
        one.close()


def test_nothing_acknowledged_is_lost_to_kill_9(tmp_path: Path, decisions_url: str | None) -> None:
    words = [
        sys.executable,
        "-m",
        "tests.data.decisions.saving_until_killed",
        str(tmp_path),
        decisions_url or "",
        str(KILLS),
    ]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    acknowledged = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(acknowledged) == KILLS
    assert all(acknowledged)
    said = {one for of_process in acknowledged for one in of_process}
    with closing(open_decisions(tmp_path, decisions_url)) as decisions:
        there = kept(decisions)
        away = {one for one in said if one.startswith("archived ")}
        histories = (decisions.history("agreement", one.removeprefix("archived ")) for one in away)
        assert [[version.is_removed for version in history] for history in histories] == [[False, True]] * len(away)
        assert decisions.check() == []
    assert {one.split()[0] for one in said} == {save.__name__ for save in KINDS}
    assert said - away - there == set()
    under_way = {one for one in there - said if not one.startswith("charter ")}  # each signature and review has one
    assert len(under_way) <= KILLS


def test_many_may_open_at_once_where_nothing_is_yet(tmp_path: Path, decisions_url: str | None) -> None:
    found: list[list[str]] = []

    def open_and_save(number: int) -> None:
        with closing(open_decisions(tmp_path / "new", decisions_url)) as decisions:
            decisions.save("view", str(number), "x", version=0, by=None, now=NOW)
            found.append(decisions.check())

    threads = [threading.Thread(target=open_and_save, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [[]] * THREADS
    with closing(open_decisions(tmp_path / "new", decisions_url)) as decisions:
        assert len(decisions.drafts("view")) == THREADS
    assert list(tmp_path.glob("new/*.new")) == []


def test_one_who_holds_the_pen_too_long_makes_it_busy(
    tmp_path: Path, decisions_url: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "PATIENCE", 0.1)
    with closing(open_decisions(tmp_path, decisions_url)) as decisions:
        with by_hand(tmp_path, decisions_url) as raw:
            turn = f"select pg_advisory_lock({opening.WRITERS_QUEUE})" if decisions_url else "begin immediate"
            raw.execute(turn)
            with pytest.raises(DecisionsError, match=r"is busy: others have been saving for 0\.1 s\. Try again"):
                decisions.save("view", "a", "x", version=0, by=None, now=NOW)
            assert decisions.drafts("view") == []  # reading waits for nobody
        assert decisions.save("view", "a", "x", version=0, by=None, now=NOW).version == 1


@pytest.mark.parametrize("table", TABLES)
def test_rows_are_only_ever_added(tmp_path: Path, decisions: Decisions, decisions_url, table: str) -> None:
    fill(decisions)
    before = everything(decisions)
    words = [f"update {table} set seal = seal", f"delete from {table}"]
    words += [f"truncate {table} cascade"] * bool(decisions_url)
    with by_hand(tmp_path, decisions_url) as raw:
        for statement in words:
            with pytest.raises((sqlite3.IntegrityError, psycopg.errors.IntegrityError), match="are only added to"):
                raw.execute(statement)
    assert everything(decisions) == before


def test_replacing_a_row_is_a_change_too(decisions: Decisions, decisions_url: str | None) -> None:
    fill(decisions)
    statement = "insert or replace into papers select kind, name, version, 'b', 0, null, saved_at, seal from papers"
    if decisions_url:
        statement = "insert into papers select * from papers on conflict (kind, name, version) do update set text = 'b'"
    with decisions._engine.connect() as connection, pytest.raises(SQLAlchemyError, match="are only added to"):
        connection.exec_driver_sql(statement)


def test_a_row_changed_by_hand_is_noticed(tmp_path: Path, decisions: Decisions, decisions_url: str | None) -> None:
    fill(decisions, 3)
    with by_hand(tmp_path, decisions_url) as raw:
        if decisions_url:
            raw.execute("alter table papers disable trigger all")
            raw.execute("alter table stage_notes disable trigger all")
        else:
            for name in ("papers_are_not_changed", "papers_are_not_deleted", "stage_notes_are_not_deleted"):
                raw.execute(f"drop trigger {name}")
        raw.execute("update papers set text = 'cheaper' where name = 'kitchen 1'")
        raw.execute("delete from stage_notes where note_id = 2")
    missing = sorted(
        ["papers_are_not_changed", "papers_are_not_deleted", "stage_notes_are_not_deleted"]
        + ["stage_notes_are_not_changed"] * bool(decisions_url)
    )
    assert decisions.check() == [
        *(f"The trigger {name} is missing: rows could be changed." for name in missing),
        "The row of papers with kind 'agreement', name 'kitchen 1', version 1 is not what was written.",
        "stage_notes: note_id 2 is missing.",
    ]
    assert decisions.draft("agreement", "kitchen 0").text.startswith("# Charter 0")
    with pytest.raises(DecisionsError, match="1 of 1 rows of papers are not what was written"):
        decisions.draft("agreement", "kitchen 1")


def test_the_tables_are_what_the_code_believes(decisions: Decisions) -> None:
    found = inspect(decisions._engine)
    for table in schema.PRECIOUS:
        assert [column["name"] for column in found.get_columns(table.name)] == [column.name for column in table.columns]


def test_the_rules_hold_against_other_programs_too(tmp_path: Path, decisions: Decisions, decisions_url) -> None:
    fill(decisions)
    seal = "'" + "0" * 64 + "'"
    wrong = [
        f"insert into papers values ('a', 'b', 0, 'c', 0, null, 'd', {seal})",
        "insert into papers values ('a', 'b', 1, 'c', 0, null, 'd', 'short')",
        f"insert into sign_offs values ('kitchen 0', 0, 'agency', 'b', 'c', 1, 'd', {seal})",
        f"insert into sign_offs values ('kitchen 0', 0, 'creator', 'b', 'another hash', 1, 'd', {seal})",
        f"insert into counts values (9, 'a', 'clicks', null, '2026-03-01', -1, 'd', {seal})",
        f"insert into counts values (9, 'a', 'clicks', null, 'May', 1, 'd', {seal})",
        f"insert into stage_notes values ('one', 'a', 'b', 'c', null, 'd', {seal})",
    ]
    with by_hand(tmp_path, decisions_url) as raw:
        if not decisions_url:
            raw.execute("pragma foreign_keys = on")
        for statement in wrong:
            with pytest.raises((sqlite3.IntegrityError, psycopg.errors.IntegrityError, psycopg.errors.DataError)):
                raw.execute(statement)


NEXT_STEP = "-- Step 3, invented.\n\ncreate table invented (\n    one integer\n);\n\ninsert into invented values (1);\n"
BROKEN_STEP = NEXT_STEP + "\ninsert into nowhere values (1);\n"


def open_files(folder: Path) -> list[str]:
    """Names of the files of a folder that this process holds open."""
    handles = [handle for handle in Path("/proc/self/fd").iterdir() if handle.exists()]
    return sorted(file.name for file in (handle.resolve() for handle in handles) if file.is_relative_to(folder))


def test_a_file_that_is_refused_is_not_held_open(tmp_path: Path) -> None:
    engine = opening.open_engine(tmp_path, None)
    assert "decisions.sqlite" in open_files(tmp_path)
    opening.open_engine(tmp_path, None, [*opening.steps_for(engine), NEXT_STEP]).dispose()
    engine.dispose()
    with pytest.raises(DecisionsError, match="newer Creator Fit") as refused:
        open_decisions(tmp_path)
    assert refused.tb  # it still holds all that was begun
    assert open_files(tmp_path) == []


def test_a_change_of_shape_keeps_all_and_a_copy_first(tmp_path: Path, decisions: Decisions, decisions_url) -> None:
    fill(decisions)
    before = everything(decisions)
    decisions.close()
    steps = opening.steps_for(decisions._engine)
    with pytest.raises(DecisionsError, match=r"could not be read or written \(.*nowhere.*\)\. Reload"):
        opening.open_engine(tmp_path, decisions_url, [*steps, BROKEN_STEP])
    again = open_decisions(tmp_path, decisions_url)
    assert everything(again) == before
    again.close()
    for _ in range(2):  # the second time there is nothing to do
        moved = opening.open_engine(tmp_path, decisions_url, [*steps, NEXT_STEP])
        with moved.connect() as connection:
            assert connection.exec_driver_sql("select one from invented").all() == [(1,)]
            assert opening.reached(connection) == len(steps) + 1
        moved.dispose()
    with pytest.raises(DecisionsError, match=f"shape is step {len(steps) + 1}, this one knows {len(steps)}"):
        open_decisions(tmp_path, decisions_url)
    copies = [] if decisions_url else [f"decisions-step-{len(steps)}{nth}.sqlite" for nth in ("-2", "")]
    assert sorted(path.name for path in tmp_path.glob("decisions-*.sqlite")) == copies
    for name in copies:
        (tmp_path / "old").mkdir(exist_ok=True)
        shutil.copy(tmp_path / name, tmp_path / "old" / opening.FILE)
        with closing(open_decisions(tmp_path / "old")) as copy:
            assert everything(copy) == before


def test_decisions_of_the_first_shape_are_kept_and_take_what_came_later(tmp_path: Path, decisions_url) -> None:
    step = opening.STEPS / f"001.{'postgresql' if decisions_url else 'sqlite'}.sql"
    before = opening.open_engine(tmp_path / "old", decisions_url, [step.read_text()])
    with before.begin() as connection:
        values = {
            "kind": "view", "name": "spring", "version": 1, "text": "market=DE-1", "is_removed": 0, "saved_by": None,
            "saved_at": NOW.isoformat(),
        }  # fmt: skip
        connection.execute(schema.drafts.insert().values(**schema.sealed(schema.drafts, values)))
    before.dispose()
    with closing(open_decisions(tmp_path / "old", decisions_url)) as decisions:
        assert decisions.draft("view", "spring").text == "market=DE-1"
        fill(decisions)
        assert [count.value for count in decisions.counts("kitchen 0")] == [61.0, None]
        assert decisions.check() == []

"""Does the log of who did what notice a row that was changed, taken out, put in or cut off, and survive an erasure?"""

import json
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Table

from data.decisions import Activity, Actor, Decisions, Did, Through, erase_decisions, open_decisions
from data.decisions.copying import without_triggers
from data.decisions.opening import writer
from data.decisions.schema import activities, sealed
from data.decisions.values import DecisionsError

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ANN, CRON = Actor("ann@brand.example", Through.PAGE), Actor("cron", Through.COMMAND_LINE)


@pytest.fixture
def logged(decisions: Decisions) -> Decisions:
    """Four rows of a log."""
    decisions.activity().note(Did.LOAD, ["12"], CRON, NOW)
    decisions.activity().note(Did.EXPORT, ["plum-otter", "ada"], ANN, NOW)
    decisions.activity().note(Did.SIGN, ["kitchen"], ANN, NOW)
    decisions.activity().note(Did.BACKUP, ["night.zip"], CRON, NOW)
    return decisions


def by_hand(decisions: Decisions, change: Callable) -> None:
    """Change the table as somebody would who knows how rows are sealed, but not the chain."""
    with writer(decisions._engine).begin() as connection, without_triggers(connection):
        change(connection, activities)


def change_row(number: int, **values: object) -> Callable:
    """A change of one row, sealed anew."""

    def change(connection, table: Table) -> None:
        row = connection.execute(table.select().where(table.c.activity_id == number)).mappings().one()
        new = {name: cell for name, cell in {**row, **values}.items() if name != "seal"}
        connection.execute(table.update().where(table.c.activity_id == number).values(**sealed(table, new)))

    return change


def test_rows_come_back_newest_first_and_by_person_and_kind(logged: Decisions) -> None:
    assert logged.activity().newest(most=2) == [
        Activity(4, CRON, Did.BACKUP, ("night.zip",), NOW),
        Activity(3, ANN, Did.SIGN, ("kitchen",), NOW),
    ]
    assert [one.activity_id for one in logged.activity().newest(who="ann@brand.example")] == [3, 2]
    assert [one.on_what for one in logged.activity().newest(what=Did.EXPORT)] == [("plum-otter", "ada")]
    said = [logged.activity().has(who, Did.SIGN, since) for who, since in (
        ("ann@brand.example", NOW), ("ann@brand.example", NOW + timedelta(seconds=1)), ("cron", NOW),
    )]  # fmt: skip
    assert said == [True, False, False]
    assert logged.activity().people() == ["ann@brand.example", "cron"]
    assert logged.check() == []


def test_the_newest_rows_are_read_alone_and_each_as_it_was_written(logged: Decisions) -> None:
    def unsealed(number: int) -> Callable:
        words = activities.update().where(activities.c.activity_id == number).values(who="eve@brand.example")
        return lambda connection, table: connection.execute(words)

    by_hand(logged, unsealed(1))
    assert [one.activity_id for one in logged.activity().newest(most=3)] == [4, 3, 2]
    assert [one.activity_id for one in logged.activity().newest(what=Did.SIGN, most=5)] == [3]
    assert (logged.activity().count(), logged.activity().count(who="cron"), logged.activity().count(what=Did.SIGN)) == (
        4, 1, 1,
    )  # fmt: skip
    with pytest.raises(DecisionsError, match="1 of 4 rows of activities are not what was written"):
        logged.activity().newest()
    assert "The row of activities with activity_id 1 is not what was written." in logged.check()
    by_hand(logged, unsealed(4))
    with pytest.raises(DecisionsError, match="1 of 3 rows of activities are not what was written"):
        logged.activity().newest(most=3)


def test_ids_that_no_database_takes_are_kept_as_far_as_it_does(decisions: Decisions) -> None:
    noted = decisions.activity().note(Did.EXPORT, ["a\0b\ud800", "x" * 300], ANN, NOW)
    assert noted.on_what == ("ab?", "x" * 200)
    assert decisions.check() == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param(
            change_row(2, who="ben@brand.example"),
            ["The activity log is broken at row 2: it or the row before it was changed, taken out or put in."],
            id="another person",
        ),
        pytest.param(
            change_row(2, on_what='["ada"]'),
            ["Row 2 of the activity log names other ids than it was written with."],
            id="other ids",
        ),
        pytest.param(
            change_row(2, on_what='["erased"]', salt=None),
            ["Row 2 of the activity log lost its ids, and no erasure after it says why."],
            id="made to look erased",
        ),
        pytest.param(
            lambda connection, table: connection.execute(table.delete().where(table.c.activity_id == 2)),
            [
                "activities: activity_id 2 is missing.",
                "The activity log is broken at row 3: it or the row before it was changed, taken out or put in.",
            ],
            id="one taken out",
        ),
        pytest.param(
            lambda connection, table: connection.execute(table.delete().where(table.c.activity_id >= 3)),
            ["The activity log ends at row 2, but row 4 was written: it was cut at its end."],
            id="cut at the end",
        ),
        pytest.param(
            lambda connection, table: connection.execute(table.delete()),
            ["The activity log ends at row 0, but row 4 was written: it was cut at its end."],
            id="all gone",
        ),
    ],
)
def test_check_says_where_the_chain_is_broken(logged: Decisions, change: Callable, said: list[str]) -> None:
    by_hand(logged, change)
    assert logged.check() == said


def test_a_log_whose_last_row_was_replaced_is_another_one(logged: Decisions) -> None:
    by_hand(logged, lambda connection, table: connection.execute(table.delete().where(table.c.activity_id == 4)))
    with writer(logged._engine).begin() as connection:
        from data.decisions.activity import add_activity

        add_activity(connection, Did.LOAD, ["13"], CRON, NOW)
    assert logged.check() == ["Row 4 of the activity log is another one than was written."]


def test_a_file_that_remembers_nothing_is_named(tmp_path: Path) -> None:
    with closing(open_decisions(tmp_path)) as decisions:
        decisions.activity().note(Did.LOAD, ["1"], CRON, NOW)
        (tmp_path / "activity.json").write_text("{}")
        (problem,) = decisions.check()
        assert "cannot be read, so nobody can tell whether the activity log was cut" in problem


def test_an_erased_id_leaves_the_log_and_the_chain_still_fits(
    logged: Decisions, tmp_path: Path, decisions_url: str | None
) -> None:
    logged.save("agreement", "kitchen", "creator = 'plum-otter'\n", version=0, by=None, now=NOW)
    erase_decisions(
        tmp_path, "plum-otter", lambda text: text.replace("plum-otter", "erased"), with_charters=False,
        url=decisions_url, noted=(ANN, NOW),
    )  # fmt: skip
    with closing(open_decisions(tmp_path, decisions_url)) as after:
        assert [(one.what, one.on_what) for one in after.activity().newest()] == [
            (Did.ERASE, ()),
            (Did.BACKUP, ("night.zip",)),
            (Did.SIGN, ("erased",)),
            (Did.EXPORT, ("erased", "ada")),
            (Did.LOAD, ("12",)),
        ]
        assert after.check() == []
        if decisions_url is None:
            assert b"plum-otter" not in (tmp_path / "decisions.sqlite").read_bytes()


@pytest.mark.thorough
def test_what_is_done_after_a_restored_copy_goes_on_from_there(tmp_path: Path, run_fit: Callable) -> None:
    store = tmp_path / "store"
    run_fit("demo", "--store", store, "--creators", 3)
    run_fit("backup", tmp_path / "a.zip", "--store", store)
    run_fit("export", tmp_path / "csv", "--store", store)
    run_fit("restore", tmp_path / "a.zip", "--store", store)
    said = json.loads(run_fit("activity", "--json", "--store", store).stdout)["activity"]
    assert [one["what"] for one in said] == ["restore"]
    run_fit("check", "--store", store)

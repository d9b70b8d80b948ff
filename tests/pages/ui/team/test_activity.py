"""Does the page of what was done read and show its newest rows, and the file all?"""

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from data.decisions import Actor, Did, Through, open_decisions
from pages.ui.team import activity
from tests.pages.team import ADMIN, MARKETER, page_for

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_the_newest_rows_are_shown_and_all_are_counted(team_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(activity, "SHOWN", 2)
    with closing(open_decisions(team_store)) as decisions:
        for number in range(3):
            actor = Actor(MARKETER, Through.PAGE)
            decisions.activity().note(Did.LOAD, [f"version-{number}"], actor, NOW + timedelta(days=number))
    app = page_for(ADMIN, "activity")
    app.selectbox(key="activity_what").set_value(Did.LOAD)
    app = app.run()
    shown = [str(row[3]).replace("\\", "").replace("\u2060", "") for row in app.table[0].value.values.tolist()]
    assert shown == ["version-2", "version-1"]
    assert [one.value for one in app.caption if "newest" in one.value] == [
        "The newest 2 of 3 are shown; the file has all."
    ]
    assert not app.exception

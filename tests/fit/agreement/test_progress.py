"""Does everything that was noted of a partnership show where it stands, since when, and when its KPIs were locked?"""

from datetime import UTC, date, datetime

import pytest

from data.decisions.values import SavedCharter, SignOff, StageNote
from fit.agreement.progress import partnerships_progress, progress_finding, progress_verdict
from fit.charts.tracker import stage_track, track_table

DAYS = [datetime(2026, 3, day, 9, tzinfo=UTC) for day in range(1, 9)]


def note(stage: str, day: int, name: str = "kitchen", reason: str | None = None) -> StageNote:
    return StageNote(name, "ada", stage, reason, DAYS[day])


def text(amendment: int, *signed: tuple[str, int]) -> SavedCharter:
    offs = tuple(SignOff("kitchen", amendment, side, "x", "0", 1, DAYS[day]) for side, day in signed)
    return SavedCharter("kitchen", amendment, "ada", "t", "0", "", None, 1, None, DAYS[0], offs)


def test_stages_and_the_lock_are_told_from_what_was_noted_and_signed():
    notes = [note("shortlisted", 0), note("called", 1), note("charter drafted", 2), note("signed", 4)]
    texts = {"kitchen": [text(0, ("brand", 3), ("creator", 4)), text(1, ("brand", 6))]}
    (one,) = partnerships_progress(notes, texts)
    assert (one.stage, one.since, one.furthest, one.is_stopped) == ("signed", DAYS[4], 4, False)
    assert one.reached == (
        ("shortlisted", DAYS[0]),
        ("called", DAYS[1]),
        ("charter drafted", DAYS[2]),
        ("signed", DAYS[4]),
    )
    assert (one.locked_at, one.count_amendments, one.awaits) == (DAYS[4], 1, ("creator",))
    assert one.status == "signed, the creator to sign again"


def test_one_signature_locks_nothing():
    (one,) = partnerships_progress([note("charter drafted", 0)], {"kitchen": [text(0, ("brand", 1))]})
    assert (one.locked_at, one.status) == (None, "charter drafted, the creator to sign")


def test_a_draft_that_nobody_signed_waits_for_both_in_words_that_fit_the_picture():
    (one,) = partnerships_progress([note("charter drafted", 0)], {"kitchen": [text(0)]})
    assert one.status == "charter drafted, both sides to sign"


def test_a_stopped_partnership_keeps_its_way_and_says_why():
    found = partnerships_progress(
        [note("shortlisted", 0), note("called", 1), note("stopped", 2, reason="no shared goal")], {}
    )
    assert (found[0].status, found[0].furthest, found[0].awaits) == ("stopped: no shared goal", 1, ())
    assert progress_verdict(found)[0] == "0 partnerships under way, 0 reviewed, 1 stopped"


@pytest.mark.parametrize("later", ["called", "live", "stopped", "reviewed"])
def test_a_reviewed_partnership_stays_reviewed_whatever_is_noted_later(later):
    (one,) = partnerships_progress([note("signed", 1), note("reviewed", 2), note(later, 4, reason="late")], {})
    assert (one.stage, one.status, one.since, one.is_under_way, one.reason) == (
        "reviewed", "reviewed", DAYS[2], False, None,
    )  # fmt: skip


def test_the_one_that_changed_last_comes_first():
    found = partnerships_progress(
        [note("shortlisted", 1, "a"), note("shortlisted", 3, "b"), note("called", 2, "a")], {}
    )
    assert [one.name for one in found] == ["b", "a"]
    assert progress_verdict([])[0] == "No partnership has begun yet"
    assert progress_finding(found) == "0 of 2 signed by both sides; furthest under way: a, called"


def test_when_all_have_stopped_that_is_the_finding():
    assert (
        progress_finding(partnerships_progress([note("stopped", 1)], {}))
        == "Nothing is under way: 1 partnership reviewed or stopped"
    )


def test_the_track_says_in_words_and_in_a_table_what_it_draws():
    found = partnerships_progress([note("shortlisted", 0, "<b>"), note("stopped", 2, "<b>", "too far <apart>")], {})
    chart = stage_track(found, "How far")
    assert chart.alt == "How far. <b>: stopped: too far <apart>."
    assert "&lt;b&gt;" in chart.figure.layout.annotations[0].text
    crosses = [trace for trace in chart.figure.data if trace.marker.symbol == "x"]
    assert [list(trace.x) for trace in crosses] == [[0.5]]
    (row,) = track_table(found).iter_rows(named=True)
    assert (row["stage"], row["why_stopped"], row["since"], row["KPIs_locked"], row["shortlisted"]) == (
        "stopped",
        "too far <apart>",
        date(2026, 3, 3),
        None,
        DAYS[0].date(),
    )

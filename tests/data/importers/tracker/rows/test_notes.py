"""Are notes beside a table no creators?"""

import pytest

from tests.data.importers.tracker.load_sheet import bring

SHEET = "Creator,Platform,Followers,Fee\nAnna,Instagram,48000,€1200\n{},{},,\n"


@pytest.mark.parametrize(
    ("label", "note"),
    [
        ("Notes:", "all fees are net"),
        ("Hinweis", "alle Honorare netto"),
        ("Last updated", "2025-04-30"),
        ("FX rate", "1.08"),
        ("Obs.:", "valores brutos"),
        ("Payment terms:", "30 days"),
    ],
)
def test_a_note_below_the_rows_is_left_out_and_named(tmp_path, label, note):
    came = bring(tmp_path, SHEET.format(label, note))
    assert came.ids == ["instagram:anna"]
    assert f"left out as notes: row 3 ({label} {note})" in came.report.message
    assert (came.report.count_rows_read, came.report.count_rows_quarantined) == (1, 0)


@pytest.mark.parametrize("platform", ["TikTok", "https://www.tiktok.com/@key", "@key"])
def test_a_creator_whose_name_is_such_a_word_stays_one(tmp_path, platform):
    came = bring(tmp_path, SHEET.format("Key", platform))
    assert len(came.ids) == 2
    assert "notes" not in came.report.message

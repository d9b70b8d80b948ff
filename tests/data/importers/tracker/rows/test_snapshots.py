"""Does a post count once, however often its numbers were taken?"""

import pytest

from tests.data.importers.tracker.load_sheet import bring

LINK = "https://www.instagram.com/reel/AAA111/"


@pytest.mark.parametrize("heading", ["Snapshot date", "Pulled", "As of", "Abrufdatum"])
def test_the_newest_numbers_of_a_post_count(tmp_path, heading):
    came = bring(
        tmp_path,
        f"Creator,Handle,Campaign,Post link,Date,{heading},Fee (EUR),Views,Clicks\n"
        f"Anna,@anna.b,S25,{LINK},2025-04-03,2025-05-03,,31000,110\n"
        f"Anna,@anna.b,S25,{LINK},2025-04-03,2025-04-04,500,10000,40\n"
        f"Anna,@anna.b,S25,{LINK},2025-04-03,2025-04-10,,25000,90\n"
        "Ben,@ben.c,S25,https://www.instagram.com/reel/BBB222/,2025-04-05,2025-05-03,400,21000,80\n",
    )
    assert [(row[0], row[7], row[8], row[11], row[14]) for row in came.campaigns] == [
        ("instagram:anna.b", 1, 31_000, 110, 500),
        ("instagram:ben.c", 1, 21_000, 80, 400),
    ]
    assert "a post counts once, with its newest numbers: row 2, not rows 3, 4" in came.report.message


def test_without_a_day_of_taking_the_largest_numbers_of_a_post_count(tmp_path):
    came = bring(
        tmp_path,
        f"Creator,Handle,Post link,Date,Views,Clicks\nAnna,@anna.b,{LINK},2025-04-03,10000,40\n"
        f"Anna,@anna.b,{LINK},2025-04-03,31000,110\n",
    )
    assert [(row[7], row[8], row[11]) for row in came.campaigns] == [(1, 31_000, 110)]
    assert "a post counts once, with its largest numbers: row 3, not row 2" in came.report.message


@pytest.mark.parametrize(
    "rows",
    [
        f"{LINK},Reel,DE,10000,\n@,{LINK},Reel,DE,,40",
        f"{LINK},Reel,DE,10000,40\n@,{LINK},Story,DE,9000,30",
        f"{LINK},Reel,DE,10000,40\n@,{LINK},Reel,AT,9000,30",
        "https://www.instagram.com/anna.b/,Reel,DE,10000,40\n@,https://www.instagram.com/anna.b/,Reel,DE,9000,30",
    ],
    ids=["other numbers", "another kind", "another part", "a profile"],
)
def test_rows_that_are_no_snapshots_all_count(tmp_path, rows):
    sheet = "Handle,Post link,Content,Region sold,Date,Views,Clicks\n"
    lines = [f"@anna.b,{row.removeprefix('@,')}" for row in rows.split("\n")]
    lines = [",".join([*(cells := line.split(","))[:4], "2025-04-03", *cells[4:]]) for line in lines]
    came = bring(tmp_path, sheet + "\n".join(lines) + "\n")
    assert sum(row[8] or 0 for row in came.campaigns) in (10_000, 19_000)
    assert sum(row[11] or 0 for row in came.campaigns) in (40, 70)
    assert "of a post" not in came.report.message


def test_the_day_on_which_numbers_were_taken_is_no_day_of_the_campaign(tmp_path):
    content = "Creator,Platform,Campaign,Views,Snapshot date\n@a,Instagram,Spring,900,2025-05-08\n"
    assert "no column says when the campaigns ran" in bring(tmp_path, content).report.message
    came = bring(tmp_path, content, period="2025-04-01")
    assert [row[3] for row in came.campaigns] == ["2025-04-01"]
    assert "columns not used: Snapshot date" in came.report.message

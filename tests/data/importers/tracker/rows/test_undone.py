"""Does a campaign that did not take place count for nothing, whatever numbers its row has?"""

import pytest

from tests.data.importers.tracker.load_sheet import bring

HEADER = "Creator,Handle,Platform,{},Date,Fee (EUR),Views,Clicks\n"


@pytest.mark.parametrize(
    ("heading", "done", "undone"),
    [("Status", "Live", "Cancelled"), ("Status", "veröffentlicht", "Geplant"), ("Statut", "publié", "Annulé")],
)
def test_a_row_that_did_not_take_place_gives_the_creator_and_no_campaign(tmp_path, heading, done, undone):
    rows = (
        f"Anna,@anna.b,Instagram,{done},2025-04-03,500,31000,210\nDan,@dan.e,TikTok,{undone},2025-04-19,900,50000,400\n"
    )
    came = bring(tmp_path, HEADER.format(heading) + rows)
    assert [(row[0], row[8], row[14]) for row in came.campaigns] == [("instagram:anna.b", 31_000, 500)]
    assert came.ids == ["instagram:anna.b", "tiktok:dan.e"]
    assert f"the campaign did not run, so only the creator is taken: row 3 ({undone})" in came.report.message


def test_a_status_beside_no_results_changes_nothing(tmp_path):
    came = bring(tmp_path, "Creator,Handle,Status,Followers\nAnna,@anna.b,Contacted,31000\n")
    assert [row[4] for row in came.people] == [31_000]
    assert "status" not in came.report.message


@pytest.mark.parametrize(
    "status",
    [
        "⏳ Planned",
        "Geplant (Mai)",
        "Abgesagt - krank",
        "Cancelled by creator",
        "Not posted",
        "Ghosted",
        "Scheduled: 3 May",
    ],
)
def test_a_remark_behind_a_status_does_not_hide_it(tmp_path, status):
    came = bring(tmp_path, HEADER.format("Status") + f"Anna,@anna.b,Instagram,{status},2025-04-03,500,31000,210\n")
    assert came.campaigns == []
    assert f"row 2 ({status})" in came.report.message


@pytest.mark.parametrize("status", ["Posted (2nd post cancelled)", "Live - was planned for May", "Draft approved"])
def test_a_status_of_what_ran_keeps_its_results(tmp_path, status):
    came = bring(tmp_path, HEADER.format("Status") + f"Anna,@anna.b,Instagram,{status},2025-04-03,500,31000,210\n")
    assert len(came.campaigns) == 1


def test_a_state_of_the_usa_before_the_status_does_not_hide_it(tmp_path):
    came = bring(
        tmp_path,
        "Creator,State,Status,Date,Views\nMia,TX,Cancelled,2025-05-02,100\nZoe,CA,Live,2025-05-03,4000\n",
    )
    assert [row[0] for row in came.campaigns] == ["zoe"]
    assert "columns not used: State;" in came.report.message  # the status was used


def test_posted_no_says_that_nothing_ran(tmp_path):
    came = bring(
        tmp_path, "Creator,Posted,Date,Views\nMia,FALSE,2025-05-02,0\nZoe,TRUE,2025-05-03,4000\nBo,,2025-05-04,500\n"
    )
    assert [row[0] for row in came.campaigns] == ["bo", "zoe"]
    assert "the campaign did not run, so only the creator is taken: row 2 (FALSE)" in came.report.message


def test_a_long_status_holds_nobody_up(tmp_path):
    status = "x" + " " * 200_000 + "x"
    came = bring(tmp_path, f'Creator,Status,Date,Views\nMia,"{status}",2025-05-02,100\n')
    assert [row[0] for row in came.campaigns] == ["mia"]

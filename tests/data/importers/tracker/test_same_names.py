"""Does a row with a name alone belong to the one creator of that name, whichever file gives the account?"""

from pathlib import Path

import pytest

from data.importers.report import Code, FileReport
from tests.data.importers.tracker.load_sheet import bring, bring_all

TRACKER = (
    "Influencer,Profile link,Platform,Date,Views\n"
    "Mila Marsh,https://www.instagram.com/mila.m,Instagram,2025-04-22,900\n"
    "casa clara ,@casaclara,Instagram,2025-04-23,800\n"
    "Otto Oak,https://www.tiktok.com/@otto,TikTok,2025-04-24,700\n"
)
AUDIENCE = "Creator,Germany,Austria\nMila Marsh,60%,20%\nCasa Clara,50%,30%\nNew Name,90%,\n"
IDS = ["instagram:casaclara", "instagram:mila.m", "new-name", "tiktok:otto"]
SHARES = [
    ("instagram:casaclara", "AT", 300_000),
    ("instagram:casaclara", "DE", 500_000),
    ("instagram:mila.m", "AT", 200_000),
    ("instagram:mila.m", "DE", 600_000),
    ("new-name", "DE", 900_000),
]


def files(folder: Path, **content: str) -> list[Path]:
    for name, text in content.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return [folder / f"{name}.csv" for name in content]


def matched(report: FileReport) -> list[object]:
    return [part.values["count"] for part in report.message_parts if part.code is Code.NAMES_MATCHED]


@pytest.mark.thorough
def test_names_alone_are_those_of_the_accounts_in_another_file_of_the_load_whatever_the_order(tmp_path):
    for named in ({"tracker": TRACKER, "audience": AUDIENCE}, {"audience": AUDIENCE, "tracker": TRACKER}):
        came = bring_all([files(tmp_path, **named)])
        assert (came.ids, came.audience) == (IDS, SHARES)
        assert [count for report in came.reports for count in matched(report)] == [2]
        assert [Path(report.path).stem for report in came.reports] == list(named)


def test_names_alone_are_those_of_creators_that_an_earlier_load_gave(tmp_path):
    came = bring_all([files(tmp_path, tracker=TRACKER), files(tmp_path, audience=AUDIENCE)])
    assert (came.ids, came.audience) == (IDS, SHARES)
    assert came.reports[-1].message.endswith("; 2 names were matched to creators that you have")


@pytest.mark.thorough
def test_an_account_takes_the_creator_whom_an_earlier_load_gave_by_the_name_alone(tmp_path):
    came = bring_all([files(tmp_path, audience=AUDIENCE), files(tmp_path, tracker=TRACKER)])
    assert came.ids == ["casa-clara", "mila-marsh", "new-name", "tiktok:otto"]
    assert [(row[0], row[8]) for row in came.campaigns] == [
        ("casa-clara", 800),
        ("mila-marsh", 900),
        ("tiktok:otto", 700),
    ]
    assert matched(came.reports[-1]) == [2]
    again = bring_all(
        [
            files(tmp_path, audience=AUDIENCE),
            files(tmp_path, tracker=TRACKER),
            files(tmp_path, more=AUDIENCE + "A,1%,\n"),
        ]
    )
    assert again.ids == ["a", *came.ids]


@pytest.mark.thorough
def test_a_name_that_several_creators_have_costs_its_row(tmp_path):
    two = TRACKER + "Mila Marsh,https://www.tiktok.com/@milam,TikTok,2025-04-24,700\n"
    came = bring_all([files(tmp_path, tracker=two), files(tmp_path, audience=AUDIENCE)])
    (problem,) = came.reports[-1].problems
    assert (problem.row, problem.value, problem.creator) == (2, "Mila Marsh", "Mila Marsh")
    assert problem.reason == "several creators have this name, and the row does not say which one is meant"
    assert came.audience == [share for share in SHARES if share[0] != "instagram:mila.m"]
    on_one = "Creator,Platform,Germany %\nMila Marsh,TikTok,60%\n"
    came = bring_all([files(tmp_path, tracker=two), files(tmp_path, audience=on_one)])
    assert came.audience == [("tiktok:milam", "DE", 600_000)]


def test_a_name_of_the_same_sheet_without_a_platform_is_the_account_beside_it(tmp_path):
    sheet = "Creator,Platform,Handle,Germany %\nLena Lind,Instagram,@lena.l,\nlena  lind,,,60%\nBo,,,40%\n"
    came = bring(tmp_path, sheet)
    assert [row[:3] for row in came.people] == [("bo", "Bo", None), ("instagram:lena.l", "lena  lind", "instagram")]
    assert came.audience == [("bo", "DE", 400_000), ("instagram:lena.l", "DE", 600_000)]
    assert matched(came.report) == []


def test_a_creator_column_of_ids_is_no_name(tmp_path):
    came = bring_all(
        [files(tmp_path, tracker=TRACKER), files(tmp_path, a="creator_id,country,audience_share\nmila,DE,1\n")]
    )
    assert came.ids == ["instagram:casaclara", "instagram:mila.m", "mila", "tiktok:otto"]

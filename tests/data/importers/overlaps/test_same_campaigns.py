"""Is a campaign in two sheets one campaign, whatever was answered for the sheets and however each is written?"""

from pathlib import Path

import pytest

from data.importers.report import Code, FileReport, Options
from tests.data.importers.tracker.load_sheet import bring_all

SHEET = (
    "Influencer,Profile link,Platform,Content,Posting date,Campaign,Views,Orders,Fee (EUR)\n"
    "Mila,https://www.instagram.com/mila,Instagram,Reel,2025-04-22,Jam,9000,6,650\n"
    "Otto,https://www.tiktok.com/@otto,TikTok,Video,2025-04-23,Jam,8000,2,900\n"
)
CORRECTED = SHEET.replace(",6,", ",7,")


def file(folder: Path, name: str, content: str) -> list[Path]:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(content, encoding="utf-8")
    return [folder / name]


def said(report: FileReport) -> list[str]:
    """What a report says of rows that take the place of others."""
    codes = (Code.ROWS_REPLACED, Code.ROWS_IN_ANOTHER_FILE, Code.MARKET_KEPT, Code.ANSWERS_KEPT, Code.MARKET_NOT_STATED)
    return [part.message for part in report.message_parts if part.code in codes]


def test_a_corrected_sheet_takes_the_place_of_the_first_though_its_market_is_not_said_again(tmp_path):
    first, second = file(tmp_path / "a", "t.csv", SHEET), file(tmp_path / "b", "t.csv", CORRECTED)
    came = bring_all([first, second], Options(market="DE+AT"), Options())
    assert [(row[0], row[2], row[12]) for row in came.campaigns] == [
        ("instagram:mila", "DE+AT", 7),
        ("tiktok:otto", "DE+AT", 2),
    ]
    assert came.report.count_rows_replaced == 2
    assert said(came.report) == [
        "answered as for the earlier file of this name: market DE+AT",
        "2 rows of earlier files replaced",
    ]


def test_a_corrected_sheet_with_another_answer_takes_the_place_of_the_first(tmp_path):
    first, second = file(tmp_path / "a", "t.csv", SHEET), file(tmp_path / "b", "t.csv", CORRECTED)
    came = bring_all([first, second], Options(market="DE+AT"), Options(market="DE"))
    assert [(row[0], row[2], row[12]) for row in came.campaigns] == [
        ("instagram:mila", "DE", 7),
        ("tiktok:otto", "DE", 2),
    ]


@pytest.mark.thorough
def test_a_file_of_another_name_keeps_the_market_that_it_does_not_say(tmp_path):
    more = CORRECTED + "Otto,https://www.tiktok.com/@otto,TikTok,Video,2025-05-23,Jam,7000,2,900\n"
    german = more.replace(",", ";")
    came = bring_all([file(tmp_path, "t.csv", SHEET), file(tmp_path, "u.csv", german)], Options(market="DE"), Options())
    assert [(row[0], row[2], row[8]) for row in came.campaigns] == [
        ("instagram:mila", "DE", 9000),
        ("tiktok:otto", "DE", 8000),
        ("tiktok:otto", "ZZ", 7000),
    ]
    assert said(came.report) == [
        "no market is stated (kept as ZZ; load again with --market to say it)",
        "2 rows keep the market that an earlier file gave",
        "2 rows of earlier files replaced",
    ]
    of_all = bring_all(
        [file(tmp_path, "t.csv", SHEET), file(tmp_path, "u.csv", CORRECTED)], Options(market="DE"), Options()
    )
    assert said(of_all.report)[0] == "2 rows keep the market that an earlier file gave"


def test_equal_numbers_of_one_day_are_one_campaign_though_a_sheet_says_less_of_it(tmp_path):
    less = "Name,Handle,Date,Views,Orders\nMila,@mila,2025-04-22,9000,6\nMila,@mila,2025-04-22,500,6\n"
    loads = [file(tmp_path, "t.csv", SHEET), file(tmp_path, "less.csv", less)]
    came = bring_all(loads, Options(), Options(platform="instagram"))
    assert [(row[0], row[1], row[6], row[8]) for row in came.campaigns] == [
        ("instagram:mila", "2025-04-22", None, 500),
        ("instagram:mila", "Jam", "reel", 9000),
        ("tiktok:otto", "Jam", "video", 8000),
    ]
    assert said(came.report)[-1] == "1 row of earlier files replaced"


@pytest.mark.thorough
def test_other_numbers_another_day_or_markets_that_files_state_are_other_campaigns(tmp_path):
    stated = "Name,Handle,Platform,Market,Date,Views,Orders\nMila,@mila,Instagram,{},2025-04-2{},9000,6\n"
    for market, day in (("AT", 2), ("DE", 3)):
        loads = [file(tmp_path, "t.csv", stated.format("DE", 2)), file(tmp_path, "u.csv", stated.format(market, day))]
        came = bring_all(loads)
        assert len(came.campaigns) == 2
        assert came.report.count_rows_replaced == 0


@pytest.mark.thorough
def test_two_answers_for_files_of_two_names_with_other_numbers_are_two_campaigns(tmp_path):
    loads = [file(tmp_path, "de.csv", SHEET), file(tmp_path, "at.csv", SHEET.replace("9000", "4000"))]
    came = bring_all(loads, Options(market="DE"), Options(market="AT"))
    assert [(row[0], row[2], row[8]) for row in came.campaigns] == [
        ("instagram:mila", "AT", 4000),
        ("instagram:mila", "DE", 9000),
        ("tiktok:otto", "AT", 8000),
    ]


def test_the_same_rows_in_two_files_of_one_load_count_once_and_replace_nothing_of_earlier(tmp_path):
    came = bring_all([[*file(tmp_path, "t.csv", SHEET), *file(tmp_path, "u.csv", CORRECTED)]])
    assert [row[12] for row in came.campaigns] == [7, 2]
    assert [report.count_rows_replaced for report in came.reports] == [0, 0]
    assert said(came.report)[-1] == "1 row also in another file of this load, counted once"
    assert (
        "other numbers than in another file of this load for the same creator, campaign and day, so only those of this "
        "file count: instagram:mila Jam 2025-04-22; if both are right, put the rows of both into one file"
        in came.report.message
    )


@pytest.mark.thorough
def test_the_same_bytes_are_loaded_with_what_is_said_now(tmp_path):
    path = file(tmp_path, "t.csv", SHEET)
    came = bring_all([path, path], Options(market="DE"), Options())
    assert [row[2] for row in came.campaigns] == ["ZZ", "ZZ"]

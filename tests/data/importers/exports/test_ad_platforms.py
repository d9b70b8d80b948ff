"""Are the reports of TikTok, Pinterest, Snapchat, LinkedIn, Microsoft, X and Reddit read as paid campaigns?"""

import pytest

from tests.data.importers.load_export import load, load_text

MAY_1 = ("2025-05-01",) * 2
REPORTS = {
    "tiktok": (
        "Campaign name,By Day,Cost,Impressions,Clicks (destination),CPC (destination),Conversions,Currency\n"
        "Fig,2025-05-01,50.00,12000,300,0.16,4,EUR\n"
        "Total of 1 results,-,50.00,12000,300,0.16,4,EUR\n",
        ("Fig", 12000, 300, None, 50.0, None, "EUR", "2025-05-01", None),
    ),
    "pinterest": (
        "Date,Campaign ID,Campaign name,Spend in account currency,Impressions,Pin clicks,Total conversions (Checkout)\n"
        "2025-05-01,1,Fig,50.00,12000,300,2\n",
        ("Fig", 12000, 300, 2, 50.0, None, None, "2025-05-01", None),
    ),
    "snapchat": (
        "Start time,End time,Campaign Name,Amount Spent,Paid Impressions,Swipe-Ups,Purchases,Purchases Value,Currency\n"
        "2025-05-01,2025-05-01,Fig,50.12345678,12000,300,2,80.5,EUR\n",
        ("Fig", 12000, 300, 2, 50.1235, 80.5, "EUR", *MAY_1),
    ),
    "linkedin": (
        "Campaign Performance Report (in UTC)\n\nStart Date (in UTC),Campaign Group Name,Campaign Name,Total Spent,"
        "Impressions,Clicks,Currency\n5/13/2025,All,Fig,50.00,12000,300,EUR\n",
        ("Fig", 12000, 300, None, 50.0, None, "EUR", "2025-05-13", None),
    ),
    "microsoft": (
        "Report Name: Campaigns\n\nGregorian date,Campaign name,Impressions,Clicks,Spend,Conversions,Revenue,"
        'Currency code\n2025-05-01,Fig,"12,000",300,50.00,2,80.50,EUR\n©2025 Microsoft Corporation.\n',
        ("Fig", 12000, 300, 2, 50.0, 80.5, "EUR", "2025-05-01", None),
    ),
    "x": (
        "Time period,Campaign name,Funding source name,Impressions,Link clicks,Spend,Currency\n"
        "2025-05-01,Fig,Card,12000,300,50.00,EUR\n",
        ("Fig", 12000, 300, None, 50.0, None, "EUR", "2025-05-01", None),
    ),
    "reddit": (
        "Date,Campaign Name,Amount Spent (USD),Impressions,Clicks,eCPM\n2025-05-01,Fig,50.00,12000,300,4.16\n",
        ("Fig", 12000, 300, None, 50.0, None, "USD", "2025-05-01", None),
    ),
}


# Headings that several platforms have, beside those of one.
ALIKE = {
    "pinterest": "Date,Campaign name,Ad group name,Spend,Impressions,Pin clicks,Checkouts\n",
    "reddit": "Date,Campaign Name,Ad Group Name,Amount Spent (EUR),Impressions,Clicks,Purchases,eCPM\n",
    "x": "Time period,Campaign name,Ad group name,Spend,Impressions,Link clicks,Purchases,Funding source name\n",
    "snapchat": "Date,Campaign name,Ad squad name,Spend,Impressions,Swipes,Purchases,eCPM\n",
    "microsoft": "Day,Campaign,Ad group,Spend,Impr.,Clicks,Conv.,Avg. CPC\n",
}


@pytest.mark.parametrize("platform", ALIKE)
def test_a_report_belongs_to_the_platform_that_knows_most_of_its_headings(tmp_path, platform):
    ending = "" if platform == "pinterest" else ",0.2"
    found = load_text(tmp_path, f"{ALIKE[platform]}2025-05-01,Fig,A,50.00,12000,300,2{ending}\n")
    assert [row[:5] for row in found.campaigns] == [("Fig", 12000, 300, 2, 50.0)], found.report.message
    assert found.flags == [("ada", "ZZ", platform, True)]


@pytest.mark.parametrize("spent", ["Spend", "Total spend"])
def test_a_report_that_says_spend_is_not_of_google(tmp_path, spent):
    text = f"Date,Campaign name,Campaign status,Impressions,Taps,{spent}\n2025-05-01,Fig,On,12000,300,50.00\n"
    found = load_text(tmp_path, text)
    assert (found.report.status, found.campaigns) == ("refused", [])


def test_a_report_that_may_be_metas_is_said_to_be(tmp_path):
    text = "Date,Campaign name,Impressions,Amount spent (EUR)\n2025-05-01,Fig,12000,50.00\n"
    assert "read as a report of Meta's Ads Manager" in load_text(tmp_path, text).report.message
    assert "read as" not in load_text(tmp_path, text.replace("Date", "Day")).report.message


def test_ad_groups_alone_are_no_sign_of_tiktok(tmp_path):
    text = "Date,Campaign name,Ad group name,Impressions,Clicks,Spend\n2025-05-01,Fig,A,12000,300,50.00\n"
    found = load_text(tmp_path, text)
    assert (found.report.status, found.campaigns) == ("refused", [])


def with_last_row(name, impressions):
    return (
        '"Report Time: 5/1/2025 - 5/31/2025"\n\nCampaign,Status,Impr.,Clicks,Spend,Currency code\n'
        f"Fig,On,12000,300,50.00,EUR\nPlum,On,1000,30,5.00,EUR\n{name},-,{impressions},330,55.00,EUR\n"
    )


@pytest.mark.parametrize(
    "name", ["Overall total - 2 campaigns", "Gesamtsumme: Summe Konto", "Filter total", "Our total"]
)
def test_a_total_with_more_words_is_no_campaign_where_it_is_the_sum(tmp_path, name):
    found = load_text(tmp_path, with_last_row(name, 13000))
    assert [row[0] for row in found.campaigns] == ["Fig", "Plum"]
    assert "row 6 is the total, not counted" in found.report.message


def test_a_total_that_is_no_sum_is_no_campaign_and_a_campaign_with_such_a_word_is_one(tmp_path):
    found = load_text(tmp_path, with_last_row("Overall total - 3 campaigns", 14000))
    assert [row[0] for row in found.campaigns] == ["Fig", "Plum"]
    assert "says 14,000 for Impr., the rows that were read add up to 13,000" in found.report.message
    found = load_text(tmp_path, with_last_row("The total look", 14000))
    assert [row[0] for row in found.campaigns] == ["Fig", "Plum", "The total look"]


@pytest.mark.parametrize("platform", REPORTS)
def test_a_report_is_read_as_paid(tmp_path, platform):
    text, row = REPORTS[platform]
    found = load_text(tmp_path, text)
    assert (found.report.status, found.report.reader) == ("imported", "ad_platforms"), found.report.message
    assert found.campaigns == [row]
    assert found.flags == [("ada", "ZZ", platform, True)]


def test_an_ad_report_is_no_post_of_the_creator(tmp_path):
    text = "Date,Campaign ID,Campaign name,Spend in account currency,Impressions,Pin clicks\n"
    found = load_text(tmp_path, text + "2025-05-01,1,Plum spring,50.00,12000,300\n", market="FR")
    assert found.flags == [("ada", "FR", "pinterest", True)]
    assert [(row[0], row[1], row[4]) for row in found.campaigns] == [("Plum spring", 12000, 50.0)]


META_BY_DAY = "Campaign name,Day,{part}Impressions,Amount spent (EUR)\n"


@pytest.mark.parametrize(
    ("part", "cells", "is_said"),
    [("Platform,", ("facebook", "instagram"), True), ("Country,", ("DE", "AT"), True), ("", ("", ""), False)],
)
def test_the_same_days_by_country_or_platform_and_as_a_whole_are_said(tmp_path, part, cells, is_said):
    first, second = (f"{cell}," if cell else "" for cell in cells)
    parts = META_BY_DAY.format(part=part) + f"Fig,2025-05-01,{first}100,1.00\nFig,2025-05-01,{second}200,2.00\n"
    (tmp_path / "parts.csv").write_text(parts, encoding="utf-8")
    (tmp_path / "whole.csv").write_text(META_BY_DAY.format(part="") + "Fig,2025-05-01,300,3.00\n", encoding="utf-8")
    for names in (("parts.csv", "whole.csv"), ("whole.csv", "parts.csv")):
        *_, last = load(*(tmp_path / name for name in names)).reports
        assert ("count twice for Fig" in last.message) == is_said
    elsewhere = parts.replace("Fig,2025", "Plum,2025")
    (tmp_path / "parts.csv").write_text(elsewhere, encoding="utf-8")
    assert "count twice" not in load(tmp_path / "whole.csv", tmp_path / "parts.csv").reports[-1].message


@pytest.mark.parametrize(("end", "last"), [("05-02T00:00:00.000-07:00", "05-01"), ("05-02T23:59:59Z", "05-02")])
def test_a_day_that_ends_at_midnight_is_the_one_before(tmp_path, end, last):
    text = f"Start time,End time,Campaign name,Spend,Swipes\n2025-05-01T00:00:00.000-07:00,2025-{end},Fig,50.00,300\n"
    assert [row[7:] for row in load_text(tmp_path, text).campaigns] == [("2025-05-01", f"2025-{last}")]


def test_a_sign_of_another_currency_than_the_rows_is_said(tmp_path):
    text = "Campaign name,Day,Impressions,Amount spent,Currency\nFig,2025-05-01,300,$6.50,EUR\n"
    assert "the amounts of this row are in two currencies" in load_text(tmp_path, text).report.message


def test_amounts_below_one_may_lack_their_zero(tmp_path):
    found = load_text(tmp_path, META_BY_DAY.format(part="") + "Fig,2025-05-01,300,.65\n")
    assert [row[4] for row in found.campaigns] == [0.65]


def test_a_report_without_days_is_refused(tmp_path):
    text = "Campaign name,Cost,Impressions,Clicks (destination)\nFig,50.00,12000,300\n"
    found = load_text(tmp_path, text)
    assert "TikTok's ad manager without dates" in found.report.message
    assert "add the column Date (by day)" in found.report.message


def test_a_total_that_is_no_sum_is_said_with_both_numbers(tmp_path):
    text = REPORTS["tiktok"][0].replace("-,50.00,12000", "-,60.00,13000")
    found = load_text(tmp_path, text)
    assert "says 13,000 for Impressions, the rows that were read add up to 12,000" in found.report.message

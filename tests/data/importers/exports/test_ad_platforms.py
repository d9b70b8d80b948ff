"""Are the reports of TikTok, Pinterest, Snapchat, LinkedIn, Microsoft, X and Reddit read as paid campaigns?"""

import pytest

from tests.data.importers.load_export import load_text

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


def test_a_report_without_days_is_refused(tmp_path):
    text = "Campaign name,Cost,Impressions,Clicks (destination)\nFig,50.00,12000,300\n"
    found = load_text(tmp_path, text)
    assert "TikTok's ad manager without dates" in found.report.message
    assert "add the column Date (by day)" in found.report.message


def test_a_total_that_is_no_sum_is_said_with_both_numbers(tmp_path):
    text = REPORTS["tiktok"][0].replace("-,50.00,12000", "-,60.00,13000")
    found = load_text(tmp_path, text)
    assert "says 13,000 for Impressions, the rows that were read add up to 12,000" in found.report.message

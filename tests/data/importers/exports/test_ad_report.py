"""Do reports of ad accounts give their campaigns once: no total counted, nothing measured that was not?"""

import pytest

from tests.data.importers.load_export import FIXTURES, load, load_text

META, GOOGLE = FIXTURES / "meta_ads", FIXTURES / "google_ads"
SPRING, DAY_10, DAY_11 = "Kitchen, spring", ("2026-01-10",) * 2, ("2026-01-11",) * 2
JANUARY = ("2026-01-01", "2026-01-31")
BY_DAY = [
    (SPRING, 5000, 80, 3, 30.25, 120.5, "EUR", *DAY_11),
    ("Profile visits", 2000, 20, None, 10.3, None, "EUR", *DAY_11),
    (SPRING, 4000, 50, None, 20.5, None, "EUR", *DAY_10),
]
GOOGLE_DAYS = ("2025-12-28", "2026-01-31")
CAMPAIGNS = [
    ("Brand search", 12500, 1150, 21, 1310.4, 2450.0, "CHF", *GOOGLE_DAYS),
    ("Drawers, video", 30000, None, 0, 150.0, 0.0, "CHF", *GOOGLE_DAYS),
]


def text_of(path) -> str:
    raw = path.read_bytes()
    return raw.decode("utf-16" if raw.startswith(b"\xff\xfe") else "utf-8-sig")


def test_days_stay_rows_and_the_total_is_not_counted():
    found = load(META / "by_day.csv")
    assert (found.report.status, found.report.reader) == ("imported", "meta_ads")
    assert found.campaigns == BY_DAY
    assert found.flags == [("ada", "ZZ", "meta", True)]
    assert "row 2 is the total, not counted" in found.report.message
    assert "no market is stated" in found.report.message


def test_results_are_conversions_only_where_they_are_purchases():
    found = load(META / "by_ad.csv", market="DE")
    assert found.campaigns == [
        ("Ad 1;...and 2 more ads", 1000, 30, None, 12.5, None, "USD", *JANUARY),
        ("Ad 2", 2000, 40, 5, 20.0, None, "USD", *JANUARY),
        ("Ad 3", None, None, None, 0.0, None, "USD", *JANUARY),
    ]
    assert found.flags == [("ada", "DE", "meta", True)]
    assert "clicks are all clicks" in found.report.message


def test_german_headings_numbers_and_countries_are_read():
    found = load(META / "german.csv")
    assert found.campaigns == [
        ("Frühling", 10000, 150, 5, 250.25, 1000.5, "EUR", *JANUARY),
        ("Frühling", 2500, 60, 2, 60.5, 250.0, "EUR", *JANUARY),
    ]
    assert found.flags == [("ada", "AT", "meta", True), ("ada", "DE", "meta", True)]


LENTE = [
    ("Lente", 1000, 10, 1, 10.5, 100.25, "EUR", *DAY_10),
    ("Lente", 2000, 20, 2, 20.25, 200.25, "EUR", *DAY_11),
]


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("dutch.csv", LENTE),
        (
            "japanese.csv",
            [("春", 1000, 10, 1, 2345.0, None, "JPY", *DAY_10), ("春", 2000, 20, 2, 1e4, None, "JPY", *DAY_11)],
        ),
    ],
)
def test_other_languages_and_thousands_without_cents_are_read(name, rows):
    found = load(META / name)
    assert (found.report.status, found.campaigns) == ("imported", rows)


def test_subtotals_of_a_breakdown_are_not_counted():
    found = load(META / "by_age.csv")
    assert found.campaigns == [("Spring", 3000, 30, 3, 30.75, None, "EUR", *JANUARY)]
    assert "row 2 is the total, not counted; row 3 is a subtotal, not counted" in found.report.message


def test_a_grouped_report_names_a_campaign_once():
    found = load(META / "grouped.csv")
    assert found.report.status == "imported"
    assert [(row[0], row[1], row[-1]) for row in found.campaigns] == [
        ("Spring", 1000, "2026-01-01"),
        ("Spring", 2000, "2026-01-02"),
        ("Autumn", 2000, "2026-01-01"),
    ]


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("by_age.csv", "25-34,1000,2000", "25-34,1000,2001", "row 3 says All for Age"),
        ("grouped.csv", "2026-01-02,1000,2000", "2026-01-02,1000,2001", "row 3 says All, but its numbers"),
    ],
)
def test_a_subtotal_that_is_no_sum_refuses_the_report(tmp_path, name, old, new, said):
    found = load_text(tmp_path, text_of(META / name).replace(old, new))
    assert (found.report.status, found.campaigns) == ("refused", [])
    assert said in found.report.message


def test_rows_of_campaigns_and_of_their_ads_are_refused(tmp_path):
    text = text_of(META / "by_ad.csv").replace('"All ages",ad,800', '"All ages",campaign,800')
    assert "rows of several levels (ad, campaign)" in load_text(tmp_path, text).report.message


def test_a_campaign_is_called_by_its_name_and_by_its_number_without_one(tmp_path):
    text = "Campaign ID,{}Impressions,Amount spent (EUR),Day\n120210,{}1000,10.5,2026-01-10\n"
    with_name = load_text(tmp_path, text.format("Campaign name,", "Spring\u200b,"))
    assert [row[0] for row in with_name.campaigns] == ["Spring"]
    assert [row[0] for row in load_text(tmp_path, text.format("", "")).campaigns] == ["120210"]


@pytest.mark.parametrize(
    ("impressions", "cost", "read"),
    [
        ('"1,000"', "1.125", 1.125),
        ('"1,000"', '"1,125"', 1125.0),
        ("1.000", "1.125", 1125.0),
        ("1.000", '"1,125"', 1.125),
        ('"1\u202f000"', '"1\u202f125,50"', 1125.5),
        ("1000", "1.125", None),
    ],
)
def test_whole_numbers_prove_the_mark_between_thousands(tmp_path, impressions, cost, read):
    text = f"Campaign name,Impressions,Amount spent (€),Day\nA,{impressions},{cost},2026-01-10\n"
    rows = load_text(tmp_path, text).campaigns
    assert rows == ([] if read is None else [("A", 1000, None, None, read, None, "EUR", *DAY_10)])


@pytest.mark.parametrize(
    ("kind", "conversions"), [("Website purchases", 5), ("purchase_roas", None), ("Aankopen", 5), ("Link clicks", None)]
)
def test_only_counts_of_purchases_are_conversions(tmp_path, kind, conversions):
    text = f"Campaign name,Results,Result type,Impressions,Amount spent (EUR),Day\nA,5,{kind},1000,€10.50,2026-01-10\n"
    assert load_text(tmp_path, text).campaigns == [("A", 1000, None, conversions, 10.5, None, "EUR", *DAY_10)]


def test_rows_by_objective_are_no_campaigns():
    found = load(META / "by_objective.csv")
    assert (found.report.status, found.campaigns) == ("refused", [])
    assert "names no campaign" in found.report.message


@pytest.mark.parametrize("name", ["campaigns.csv", "german_tabs.csv"])
def test_google_campaigns_come_without_totals_and_interactions(name):
    found = load(GOOGLE / name)
    assert (found.report.status, found.report.reader) == ("imported", "google_ads")
    assert found.campaigns == CAMPAIGNS
    assert found.flags == [("ada", "ZZ", "google", True)]
    assert "row 6, 7, 8 are totals, not counted" in found.report.message


def test_google_in_french_with_its_own_marks():
    days = ("2025-07-08", "2025-07-31")
    found = load(GOOGLE / "french.csv")
    assert found.campaigns == [
        ("Cuisine", 12500, 1150, 21, 1310.4, 2450.0, "EUR", *days),
        ("Tiroirs", 500, None, 0, 10.0, 0.0, "EUR", *days),
    ]


def test_a_report_for_all_time_is_placed_by_its_months():
    assert load(GOOGLE / "by_month.csv").campaigns == [
        ("Brand", 1250, 115, 2, 13.1, None, "CHF", "2025-11-01", "2025-11-30"),
        ("Brand", 2500, 230, 4, 26.2, None, "CHF", "2025-12-01", "2025-12-31"),
    ]


def test_conversions_in_parts_of_one_are_left_out_aloud():
    found = load(GOOGLE / "parts_of_one.csv")
    assert [(row[1], row[3]) for row in found.campaigns] == [(1250, None), (2500, None)]
    assert found.flags == [("ada", "AT", "google", True), ("ada", "DE", "google", True)]
    assert "2 of 2 rows hold parts of one (3.50, 12.33), and only whole ones are counted" in found.report.message


def test_an_unproven_total_is_set_aside(tmp_path):
    lines = text_of(META / "by_day.csv").splitlines(keepends=True)
    found = load_text(tmp_path, "".join(lines[:-1]))
    assert found.campaigns == BY_DAY[:2]
    assert [(p.row, p.reason) for p in found.report.problems] == [
        (2, "has no name of a campaign, and its numbers are not the sums of the other rows")
    ]


def test_a_row_that_stands_twice_counts_once(tmp_path):
    header, _, first, *others = text_of(META / "by_day.csv").splitlines(keepends=True)
    found = load_text(tmp_path, "".join([header, first, *others, first]))
    assert found.campaigns == BY_DAY
    assert [(p.row, p.reason) for p in found.report.problems] == [(5, "repeats another row word for word")]


def test_ads_of_one_campaign_and_day_are_summed(tmp_path):
    text = text_of(META / "by_day.csv").replace("Profile visits", SPRING)
    found = load_text(tmp_path, text)
    assert found.campaigns == [(SPRING, 7000, 100, 3, 40.55, 120.5, "EUR", *DAY_11), BY_DAY[2]]
    assert "3 rows summed to 2, one per campaign and period" in found.report.message


def test_days_that_are_loaded_already_are_said(tmp_path):
    whole = text_of(GOOGLE / "campaigns.csv")
    (tmp_path / "first").write_text(whole, encoding="utf-8")
    (tmp_path / "second").write_text(whole.replace("December 28, 2025", "January 1, 2026"), encoding="utf-8")
    _, second = load(tmp_path / "first", tmp_path / "second").reports
    assert "count twice for Brand search, Drawers, video" in second.message


@pytest.mark.parametrize("name", ["Global", "World", "All"])
def test_a_campaign_may_be_called_like_everything(tmp_path, name):
    header, _, *rows = text_of(META / "by_day.csv").replace("Profile visits", name).splitlines(keepends=True)
    found = load_text(tmp_path, header + rows[1])
    assert [row[0] for row in found.campaigns] == [name]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "December 28, 2025 - January 31, 2026",
            "All time",
            "names no days (above its table stands: Campaign report, All time)",
        ),
        ("21.00", "21.50", "conversions are left out"),
        ("Paused,", "Paused,X,", "skipped"),
    ],
)
def test_what_google_does_not_say_is_said(tmp_path, old, new, said):
    found = load_text(tmp_path, text_of(GOOGLE / "campaigns.csv").replace(old, new))
    assert said in found.report.message


@pytest.mark.parametrize(
    "days",
    [
        "28 décembre 2025 - 31 janvier 2026",
        "28 de diciembre de 2025 - 31 de enero de 2026",
        "28 de dezembro de 2025 - 31 de janeiro de 2026",
        "28 dicembre 2025 – 31 gennaio 2026",
        "28.12.2025 - 31.01.2026",
        "2025-12-28 - 2026-01-31",
        "2025年12月28日 - 2026年1月31日",
        "Dec 28, 2025 - Jan 31, 2026",
        "28 grudnia 2025 - 31 stycznia 2026",
        "28 декабря 2025 г. - 31 января 2026 г.",
        "28 Aralık 2025 - 31 Ocak 2026",
    ],
)
def test_the_days_are_understood_in_many_languages(tmp_path, days):
    text = text_of(GOOGLE / "campaigns.csv").replace("December 28, 2025 - January 31, 2026", days)
    assert [row[-2:] for row in load_text(tmp_path, text).campaigns] == [GOOGLE_DAYS] * 2


@pytest.mark.parametrize(
    ("columns", "cells", "report"),
    [
        ("Asset,Asset type", "Free delivery,Callout", "assets of Google Ads (column Asset)"),
        ("Suchbegriff", "feigen", "search terms of Google Ads (column Suchbegriff)"),
        ("Audience segment", "Cooks", "audiences of Google Ads (column Audience segment)"),
    ],
)
def test_google_reports_whose_rows_overlap_are_refused_with_the_one_that_is_needed(tmp_path, columns, cells, report):
    text = (
        f'A report\n"May 1, 2025 - May 31, 2025"\n{columns},Campaign,Campaign status,Impr.,Clicks,Currency code,Cost\n'
        f'{cells},Plum spring,Enabled,"1,000",40,EUR,20.00\n'
    )
    found = load_text(tmp_path, text)
    assert (found.report.status, found.campaigns) == ("refused", [])
    assert report in found.report.message
    assert "export the report of campaigns instead: in Google Ads choose Campaigns" in found.report.message


BY_HOUR = """Hour report
"May 1, 2025 - May 31, 2025"
Hour,Campaign,Campaign status,Impr.,Clicks,Currency code,Cost
10,Plum spring,Enabled,"1,000",40,EUR,20.00
11,Plum spring,Enabled,500,20,EUR,10.00
Total: Campaigns, --, --,{total},60,EUR,30.00
"""


def test_google_parts_count_where_the_total_proves_them(tmp_path):
    found = load_text(tmp_path, BY_HOUR.format(total='"1,500"'))
    assert [row[1:5] for row in found.campaigns] == [(1500, 60, None, 30.0)]


@pytest.mark.parametrize(("total", "said"), [('"2,000"', "2,000 for Impr."), ('"1,499"', "1,499 for Impr.")])
def test_google_parts_that_miss_their_total_are_refused(tmp_path, total, said):
    found = load_text(tmp_path, BY_HOUR.format(total=total))
    assert (found.report.status, found.campaigns) == ("refused", [])
    assert said in found.report.message
    assert "the rows that were read add up to 1,500" in found.report.message


def test_google_parts_without_a_total_are_refused(tmp_path):
    found = load_text(tmp_path, BY_HOUR[: BY_HOUR.index("Total")])
    assert "no total that would prove it" in found.report.message


def test_google_campaigns_that_miss_their_total_say_both_numbers(tmp_path):
    text = text_of(GOOGLE / "campaigns.csv").replace('CHF,"42,500"', 'CHF,"42,501"')
    found = load_text(tmp_path, text)
    assert found.report.status == "imported"
    assert "(row 6) says 42,501 for Impr., the rows that were read add up to 42,500" in found.report.message


def test_removed_ads_are_said(tmp_path):
    text = BY_HOUR.replace("Hour,", "Ad status,").replace("10,", "Enabled,").replace("11,", "Paused,")
    more = 'Total: Account,,,"2,400",90,EUR,45.00\n'
    found = load_text(tmp_path, text.format(total='"1,500"') + more)
    assert [row[1] for row in found.campaigns] == [1500]
    assert "the rows hold 1,500 of the 2,400 impressions of the total in row 7: removed ads" in found.report.message


def test_a_total_of_meta_that_is_no_sum_is_said_with_both_numbers(tmp_path):
    head, first, *rest = text_of(META / "by_age.csv").splitlines(keepends=True)
    found = load_text(tmp_path, head + first.replace("3000", "3500") + "".join(rest))
    assert "says 3,500 for" in found.report.message
    assert "add up to 3,000" in found.report.message


BROKEN_DAY = """Day,Campaign name,Age,Impressions,Amount spent (EUR),Reporting starts,Reporting ends
2025-05-01,Plum spring,25-34,1000,10.5,2025-05-01,2025-05-01
2025-05-01,Plum spring,35-44,4000,{cost},2025-05-01,2025-05-01
2025-05-02,Plum spring,25-34,2000,20.25,2025-05-02,2025-05-02
"""


GOOGLE_BY_WEEK = (
    "Report\n{days}\n{time},Campaign,Campaign status,Clicks,Impr.,Cost\n{first},Fig,On,5,100,1.00\n"
    "{second},Fig,On,6,200,2.00\n"
)


@pytest.mark.parametrize(
    ("time", "first", "second", "read"),
    [
        ("Week", "28-04-2025", "05-05-2025", [("2025-05-01", "2025-05-04"), ("2025-05-05", "2025-05-11")]),
        ("Week", "4/28/2025", "5/5/2025", [("2025-05-01", "2025-05-04"), ("2025-05-05", "2025-05-11")]),
        ("Day", "02/05/2025", "03/05/2025", [("2025-05-02", "2025-05-02"), ("2025-05-03", "2025-05-03")]),
        ("Day", "5/2/2025", "5/3/2025", [("2025-05-02", "2025-05-02"), ("2025-05-03", "2025-05-03")]),
        ("Month", "2025-05", "2025-06", [("2025-05-01", "2025-05-31"), ("2025-06-01", "2025-06-09")]),
    ],
)
def test_the_days_of_the_report_prove_the_order_of_those_of_its_rows(tmp_path, time, first, second, read):
    text = GOOGLE_BY_WEEK.format(days='"1 May 2025 - 9 June 2025"', time=time, first=first, second=second)
    found = load_text(tmp_path, text)
    assert [row[7:] for row in found.campaigns] == read, found.report.message


def test_days_that_fit_in_both_orders_are_asked_about(tmp_path):
    text = GOOGLE_BY_WEEK.format(
        days='"1 January 2025 - 9 June 2025"', time="Day", first="02/05/2025", second="03/05/2025"
    )
    assert "day or month first?" in load_text(tmp_path, text).report.message


@pytest.mark.parametrize(
    "days", ["2025年5月1日～2025年5月9日", "May 1, 2025 - May 9, 2025", "2025年5月1日〜2025年5月9日"]
)
def test_the_days_above_a_table_are_read_without_blanks_and_without_quotes(tmp_path, days):
    text = f"Report\n{days}\nCampaign,Campaign status,Clicks,Impr.,Cost\nFig,On,5,100,1.00\n"
    assert [row[7:] for row in load_text(tmp_path, text).campaigns] == [("2025-05-01", "2025-05-09")]


def test_dots_in_the_dates_of_an_export_say_that_the_day_comes_first(tmp_path):
    text = "Kampagnenname;Tag;Impressionen;Ausgegebener Betrag (EUR)\nFeige;02.05.2025;2.500;12,50\n"
    assert [row[7] for row in load_text(tmp_path, text).campaigns] == ["2025-05-02"]
    assert "day or month first?" in load_text(tmp_path, text.replace("02.05.2025", "02/05/2025")).report.message


def test_amounts_of_eight_decimals_are_read(tmp_path):
    found = load_text(tmp_path, BROKEN_DAY.format(cost="40.12345678"))
    assert [(row[1], row[4]) for row in found.campaigns] == [(5000, 50.6235), (2000, 20.25)]


def test_a_campaign_day_of_which_a_row_is_unread_does_not_count(tmp_path):
    found = load_text(tmp_path, BROKEN_DAY.format(cost="4x"))
    assert [(row[1], row[4]) for row in found.campaigns] == [(2000, 20.25)]
    assert [(p.row, p.column) for p in found.report.problems] == [(2, "campaign_id"), (3, "cost")]
    assert found.report.problems[0].reason.startswith("belongs to a campaign and period of which row 3")

"""Does somebody's own spreadsheet come in as what it says, or is it asked about? Never a wrong cell."""

from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings

from data.importers import load as intake
from data.importers.report import Code, FileStatus, Options
from tests.data.importers.load_export import TODAY, empty_layer
from tests.data.importers.random_sheets import came_out, sheets
from tests.data.importers.tracker.load_sheet import bring

QUESTIONS = {Code.COLUMNS_UNCLEAR, Code.PERIOD_NEEDED, Code.CURRENCY_NEEDED, Code.PLATFORM_NEEDED}


def test_one_row_a_creator_gives_creators_their_audience_and_a_campaign(tmp_path):
    came = bring(
        tmp_path,
        "Influencer;Handle;Plattform;Follower;Honorar (€);Kampagne;Datum;Aufrufe;Klicks;Bestellungen;"
        "Land 1;Anteil 1;Land 2;Anteil 2\n"
        "Mila Marsh;@milamarsh;Insta;31,2K;1.250,00;Frühling;22.04.2025;12.000;300;12;"
        "Deutschland;44 %;Österreich;21 %\n"
        "Otto Oak;@otto.oak;TikTok;1,1 Mio;950,00;Frühling;03.05.2025;8.000;100;-;Schweiz;60 %;Frankreich;5 %\n",
    )
    assert came.report.status == "imported", came.report.message
    assert came.people == [
        ("instagram:milamarsh", "Mila Marsh", "instagram", None, 31_200, None, None),
        ("tiktok:otto.oak", "Otto Oak", "tiktok", None, 1_100_000, None, None),
    ]
    assert came.campaigns == [
        (
            "instagram:milamarsh",
            "Frühling",
            "ZZ",
            "2025-04-22",
            None,
            "instagram",
            None,
            1,
            12_000,
            None,
            None,
            300,
            12,
            None,
            Decimal(1250),
            "EUR",
        ),
        (
            "tiktok:otto.oak",
            "Frühling",
            "ZZ",
            "2025-05-03",
            None,
            "tiktok",
            None,
            1,
            8_000,
            None,
            None,
            100,
            None,
            None,
            Decimal(950),
            "EUR",
        ),
    ]
    assert came.audience == [
        ("instagram:milamarsh", "AT", 210_000),
        ("instagram:milamarsh", "DE", 440_000),
        ("tiktok:otto.oak", "CH", 600_000),
        ("tiktok:otto.oak", "FR", 50_000),
    ]


def test_posts_of_one_campaign_are_counted_and_reactions_are_added(tmp_path):
    came = bring(
        tmp_path,
        "Creator,Post link,Campaign,Post date,Content,Views,Likes,Comments,Fee (EUR)\n"
        "@mila,https://www.instagram.com/reel/aa/,Jam,2025-04-22,Reel,12000,500,20,100\n"
        "@mila,https://www.instagram.com/reel/bb/,Jam,2025-04-22,Reel,9000,300,10,100\n"
        "@mila,https://www.instagram.com/stories/mila/1/,Jam,2025-04-23,2x Story,3000,,,50\n",
    )
    assert [row[6:11] for row in came.campaigns] == [
        ("reel", 2, 9_000, None, 310),
        ("reel", 2, 12_000, None, 520),
        ("story", 2, 3_000, None, None),
    ]
    assert {row[0] for row in came.campaigns} == {"instagram:mila"}


def test_the_same_creator_on_two_platforms_is_two_accounts_under_one_name(tmp_path):
    came = bring(
        tmp_path,
        "Name,Instagram,TikTok,IG followers,TikTok followers\nMila Marsh,@mila,@milam,31000,12000\n",
    )
    assert [row[:5] for row in came.people] == [
        ("instagram:mila", "Mila Marsh", "instagram", None, 31_000),
        ("tiktok:milam", "Mila Marsh", "tiktok", None, 12_000),
    ]


def test_an_account_that_the_store_knows_keeps_its_id(tmp_path):
    sheet = "Creator,Platform,Followers\n@Mila,Instagram,31000\n@otto,TikTok,9000\n"
    came = bring(tmp_path, sheet, known=(("c1", "instagram", "mila"), ("otto", "tiktok", "")))
    assert [row[0] for row in came.people if row[4]] == ["c1", "otto"]


@pytest.mark.parametrize(
    ("sheet", "asked", "choices"),
    [
        ("Creator,Date,Views,Sales\n@a,2025-04-01,100,5\n", "Sales", ["conversions", "revenue", "ignore"]),
        ("Creator,Date,Views,Views made\n@a,2025-04-01,100,90\n", "Views made", ["impressions", "ignore"]),
        ("Creator,Date,Views,Plays,Clicks\n@a,2025-04-01,100,90,5\n", "Views", ["impressions", "ignore"]),
        (
            "Creator,Date,Views,Follower\n@a,2025-04-01,9,10\n@a,2025-04-02,9,90\n@a,2025-04-03,9,500\n",
            "Follower", ["followers", "ignore"],
        ),
    ],
)  # fmt: skip
def test_what_reads_two_ways_is_asked_and_nothing_is_loaded(tmp_path, sheet, asked, choices):
    came = bring(tmp_path, sheet)
    assert (came.report.status, came.people, came.campaigns) == ("refused", [], [])
    (message,) = [part for part in came.report.message_parts if part.code is Code.COLUMNS_UNCLEAR]
    assert (message.values["columns"][0]["heading"], message.values["columns"][0]["choices"]) == (asked, choices)
    answered = bring(tmp_path, sheet, mapping=((asked, choices[0]),))
    assert Code.COLUMNS_UNCLEAR not in answered.codes


@pytest.mark.parametrize(
    ("heading", "why"),
    [
        ("Avg. views", "average"),
        ("Engagement rate", "rate"),
        ("ER %", "rate"),
        ("New followers", "gained"),
        ("Target views", "planned"),
        ("CPM (EUR)", "rate"),
        ("Audience female %", "about_others"),
        ("Product value", "money_of_others"),
        ("Notes", "unknown"),
    ],
)
def test_what_is_no_result_is_left_out_with_the_reason(tmp_path, heading, why):
    came = bring(tmp_path, f"Handle,Followers,{heading}\n@a,1000,12\n@b,2000,7\n")
    assert {c["heading"]: (c["status"], c["why"]) for c in came.report.columns}[heading] == ("left out", why)


@pytest.mark.thorough
def test_a_bad_cell_costs_its_own_row_in_all_tables_and_is_named_first(tmp_path):
    came = bring(
        tmp_path,
        "Handle,Date,Followers,Views,Country of audience,Share\n"
        "@a,2025-04-01,1000,500,Germany,60%\n@b,2025-04-02,10-15k,400,Germany,50%\n",
    )
    assert (came.report.status, [row[0] for row in came.people]) == ("partly imported", ["a"])
    assert [(p.row, p.column, p.value, p.reason) for p in came.report.problems] == [
        (3, "Followers", "10-15k", "a range, not one number")
    ]
    assert {row[0] for row in came.campaigns} | {row[0] for row in came.audience} == {"a"}


@pytest.mark.thorough
def test_a_total_row_is_left_out_and_held_against_the_rows(tmp_path):
    sheet = "Creator,Date,Views,Fee (EUR)\nAda B,2025-04-01,500,100\nBo C,2025-04-02,400,100\nTOTAL,,{},200\n"
    same, other = bring(tmp_path, sheet.format(900)), bring(tmp_path, sheet.format(1900))
    assert [row[8] for row in same.campaigns] == [500, 400]
    assert "row 4 is a total and no creator: left out" in same.report.message
    assert "Views 1,900, and the rows add up to 900: is a row missing?" in other.report.message


def test_the_codes_of_a_creator_are_known_from_the_sheet_on(tmp_path):
    came = bring(
        tmp_path, "Influencer,Fee (EUR),Code,Code uses,Date\nAda B,90,ADA10,5,2025-04-01\nBo C,80,BO15,2,2025-04-02\n"
    )
    assert came.codes_of == [("ADA10", "ada-b"), ("BO15", "bo-c")]
    assert [(row[0], row[12]) for row in came.campaigns] == [("ada-b", 5), ("bo-c", 2)]


@pytest.mark.thorough
def test_titles_between_rows_and_several_platforms_are_said(tmp_path):
    came = bring(
        tmp_path,
        "Creator,Platform,Post date,Views\nAnn,Instagram,2025-03-01,100\n,,2025-03-08,200\n"
        "TIKTOK,,,\nCem,Instagram + TikTok,2025-03-05,400\n",
    )
    assert [(row[0], row[2]) for row in came.people] == [("cem", None), ("instagram:ann", "instagram")]
    assert [(p.row, p.column, p.reason) for p in came.report.problems] == [
        (3, "Creator", "blank, but every row needs it")
    ]
    assert "left out, with one cell: row 4 (TIKTOK)" in came.report.message
    assert "several platforms, so none is taken: row 5" in came.report.message


@pytest.mark.parametrize(
    ("sheet", "problems"),
    [
        ("Handle,Date,Views\n@a,2025-04-01,1.250k\n@b,2025-04-02,1.5k\n", [(2, "1.250k")]),
        ("Handle,Date,Views,Fee (EUR)\n@a,2025-04-01,9,1.250\n@b,2025-04-02,8,99.50\n", [(2, "@a 2025-04-01 9 1.250")]),
        (
            'Handle,Date,Views,Fee (EUR)\n@a,2025-04-01,9,"2,500"\n@b,2025-04-02,8,"980,50"\n',
            [(2, "@a 2025-04-01 9 2,500")],
        ),
        ('Influencer,Date,Views\n"@a, @b",2025-04-01,9\n@c,2025-04-02,8\n', [(2, "@a, @b 2025-04-01 9")]),
    ],
    ids=["three decimals before k", "point", "comma", "two people"],
)
def test_a_cell_that_reads_two_ways_costs_its_row(tmp_path, sheet, problems):
    came = bring(tmp_path, sheet)
    assert [(p.row, p.value) for p in came.report.problems] == problems
    assert len(came.campaigns) == 1


@pytest.mark.parametrize("heading", ["Rate", "Engagement"])
def test_small_numbers_under_a_doubtful_heading_are_asked(tmp_path, heading):
    came = bring(tmp_path, f"Handle,Date,{heading},Views\n@a,2025-04-01,3,100\n@b,2025-04-02,5,200\n")
    assert came.codes == {Code.COLUMNS_UNCLEAR}


@pytest.mark.parametrize(
    ("cell", "kind", "count"),
    [("2 Reels + 1 Story", None, 3), ("3x Story", "story", 3), ("Reel x2", "reel", 2), ("Reel 2", None, 1)],
)
def test_deliverables_are_counted_where_the_cell_says_how_many(tmp_path, cell, kind, count):
    came = bring(tmp_path, f"Handle,Date,Deliverables,Views\n@a,2025-04-01,{cell},100\n")
    assert [row[6:8] for row in came.campaigns] == [(kind, count)]


def test_a_list_of_a_vendor_gives_creators_and_audiences_and_no_campaigns(tmp_path):
    came = bring(
        tmp_path,
        "Platform,Username,Followers,Engagement rate,Engagements,Avg. views,"
        "Audience country 1,Audience country 1 share\n"
        "instagram,mila,31200,0.03,970,12000,Germany,44%\ninstagram,otto,12000,0.02,250,5000,Austria,61%\n",
    )
    assert (came.report.status, came.campaigns) == ("imported", [])
    assert [(row[0], row[4]) for row in came.people] == [("instagram:mila", 31_200), ("instagram:otto", 12_000)]
    assert came.audience == [("instagram:mila", "DE", 440_000), ("instagram:otto", "AT", 610_000)]


@pytest.mark.parametrize("share", ["Share 1", "Top country 1 %", "% 1", "Top country 1 share", "Country 1 (%)"])
def test_a_share_is_found_by_its_heading_beside_the_country(tmp_path, share):
    came = bring(tmp_path, f"Handle,Followers,Top country 1,{share}\n@a,900,Germany,44\n@b,800,France,61\n")
    assert came.audience == [("a", "DE", 440_000), ("b", "FR", 610_000)]


def test_a_fee_without_results_is_said(tmp_path):
    came = bring(tmp_path, "Creator,Date,Views,Fee (EUR)\n@a,2025-04-01,500,90\n@b,2025-04-02,TBC,80\n")
    assert [row[0] for row in came.campaigns] == ["a"]
    assert "a fee without results, so only the creator is taken: row 3" in came.report.message


def test_a_currency_said_for_all_rows_is_that_of_the_asking_prices_too(tmp_path):
    came = bring(tmp_path, "Handle,Followers,Fee\n@a,100,250\n", currency="EUR")
    assert [row[5:] for row in came.people] == [(250, "EUR")]


@pytest.mark.thorough
def test_a_refused_sheet_leaves_what_the_same_file_gave(tmp_path):
    path = tmp_path / "tracker.csv"
    path.write_text("Handle,Date,Views,Clicks,Note\n@a,2025-04-01,5,9,4\n", encoding="utf-8")
    db = empty_layer()
    db.execute("begin")
    try:
        reports = [
            intake.load_files(db, [path], Options(mapping=mapping), today=TODAY, now=datetime(2026, 3, 1))[0].status
            for mapping in ((("Clicks", "ignore"),), (("Note", "ignore"),))
        ]
        assert reports == ["imported", "refused"]
        assert db.sql("select impressions from campaign_rows").fetchall() == [(5,)]
    finally:
        db.execute("rollback")


def test_gifted_costs_nothing_and_is_said(tmp_path):
    came = bring(tmp_path, "Creator,Date,Views,Fee\n@a,2025-04-01,500,gifted\n@b,2025-04-01,400,€50\n")
    assert [(row[0], row[14], row[15]) for row in came.campaigns] == [("a", 0, None), ("b", 50, "EUR")]
    assert "row 2: gifted, so the cost counts as 0" in came.report.message


@pytest.mark.thorough
def test_all_that_is_open_is_asked_at_once(tmp_path):
    came = bring(tmp_path, "Influencer,Fee ($),Views,Sales\nAda B,90,500,5\nBo C,80,400,2\n")
    assert came.codes == {Code.COLUMNS_UNCLEAR, Code.PERIOD_NEEDED, Code.CURRENCY_NEEDED}
    said = {"mapping": (("Sales", "conversions"),), "period": "2025-04-01..2025-04-30", "currency": "USD"}
    assert bring(tmp_path, "Influencer,Fee ($),Views,Sales\nAda B,90,500,5\n", **said).report.status == "imported"


def test_what_a_sheet_lacks_is_said_once_for_all_rows(tmp_path):
    sheet = "Influencer,Handle,Fee,Posts,Impressions\nPlum Otter,plum-otter,250,3,12000\n"
    assert bring(tmp_path, sheet).codes >= {Code.PERIOD_NEEDED}
    said = {
        "period": "2025-04-01..2025-04-30",
        "campaign": "spring",
        "currency": "EUR",
        "platform": "instagram",
        "market": "FR",
    }
    assert bring(tmp_path, sheet, **said).campaigns == [
        (
            "instagram:plum-otter",
            "spring",
            "FR",
            "2025-04-01",
            "2025-04-30",
            "instagram",
            None,
            3,
            12_000,
            *[None] * 5,
            250,
            "EUR",
        )
    ]


@pytest.mark.thorough
def test_the_countries_of_an_audience_may_stand_in_columns_or_in_one_cell(tmp_path):
    columns = bring(tmp_path, "Handle,Followers,Germany,AT %,Notes\n@a,1000,60%,20,x\n@b,900,50%,10,y\n")
    mixed = bring(tmp_path, 'Handle,Followers,Audience\n@a,1000,"Germany 60%, AT (20 %)"\n@b,900,"DE: 50%; AT: 10%"\n')
    expected = [("a", "AT", 200_000), ("a", "DE", 600_000), ("b", "AT", 100_000), ("b", "DE", 500_000)]
    assert (columns.audience, mixed.audience) == (expected, expected)


@pytest.mark.parametrize(
    "sheet",
    [
        "Name,Username,Last active,Email,Orders,Total spend,Country\nAda B,ada,2025-04-01,a@b.c,5,90.00,DE\n",
        "Account name,Campaign name,Date,Impressions,Clicks,Amount spent\nPlum Ltd,Jam,2025-04-01,900,5,20\n",
        "Account,Campaign,Date,Impressions,Reach,Clicks,Spend (EUR)\nAcme,Jam,2025-03-01,1000,900,10,55\n",
        "User,Date,Type,Clicks,Revenue\nu123,2025-03-01,purchase,1,20.50\n",
        "Partner,Invoice,Date,Amount,Currency\nACME Ltd,R-1,2025-03-01,100,EUR\n",
        "Date,Video views,Profile views,Likes,Comments,Shares\n2025-04-01,900,12,30,2,1\n",
        "Name,Email,Language\nAda B,a@b.c,de\n",
    ],
    ids=["customers of a shop", "an ad account", "accounts", "events", "invoices", "days of an account", "contacts"],
)
def test_other_peoples_lists_are_no_creators(tmp_path, sheet):
    came = bring(tmp_path, sheet)
    assert (came.report.status, came.people, came.campaigns) == ("refused", [], [])


@pytest.mark.thorough
def test_a_cell_that_is_no_share_costs_its_row_and_not_the_country(tmp_path):
    sheet = "Handle,Platform,Germany,Austria\n@ada,Instagram,62%,10%\n@bo,Instagram,12%,sixty\n@cy,Instagram,22%,30%\n"
    came = bring(tmp_path, sheet)
    assert [(p.row, p.column, p.value) for p in came.report.problems] == [(3, "Austria", "sixty")]
    assert came.audience == [
        ("instagram:ada", "AT", 100000),
        ("instagram:ada", "DE", 620000),
        ("instagram:cy", "AT", 300000),
        ("instagram:cy", "DE", 220000),
    ]


@pytest.mark.parametrize(
    ("headings", "prices", "price"),
    [
        ("Reel rate", "EUR 900", Decimal(900)),
        ("Price per story (EUR)", "900", Decimal(900)),
        ("Reel rate,Story rate", "EUR 900,EUR 250", None),
        ("Asking price,Story rate", "EUR 900,EUR 250", Decimal(900)),
    ],
)
def test_a_price_of_one_kind_is_the_asking_price_where_no_other_is(tmp_path, headings, prices, price):
    came = bring(tmp_path, f"Handle,Platform,Followers,{headings}\n@ada,Instagram,31000,{prices}\n")
    assert [row[5] for row in came.people] == [price]
    left = [column for column in came.report.columns if column["status"] == "left out"]
    assert {column["why"] for column in left} <= {"price of a kind"}


@pytest.mark.parametrize(
    "heading",
    ["Honorar (netto)", "Fee (EUR) excl. VAT", "Fee excl. VAT (EUR)", "Cost, net", "Fee + VAT", "Tarifa sin IVA"],
)
def test_a_word_on_taxes_does_not_change_what_a_column_is(tmp_path, heading):
    came = bring(tmp_path, f'Handle,Platform,Date,Views,"{heading}"\n@ada,Instagram,2025-04-02,900,500\n')
    assert [row[14] for row in came.campaigns] == [Decimal(500)]


def test_net_followers_are_what_was_gained(tmp_path):
    came = bring(tmp_path, "Handle,Platform,Date,Views,Followers (net)\n@ada,Instagram,2025-04-02,900,50\n")
    assert [row[4] for row in came.people] == [None]


def test_a_name_with_one_account_in_the_sheet_is_that_account(tmp_path):
    sheet = "Creator,Platform,Link,Date,Views,Germany %\n"
    sheet += "Lena Lind,Instagram,https://www.instagram.com/p/DGx1aB/,2025-03-03,900,60%\n"
    sheet += "Lena Lind,Instagram,https://www.instagram.com/stories/lenalind/3581/,2025-03-05,400,\n"
    sheet += "Lena Lind,TikTok,https://www.tiktok.com/t/ZT8/,2025-03-06,300,\n"
    came = bring(tmp_path, sheet)
    assert [(row[0], row[8]) for row in came.campaigns] == [
        ("instagram:lenalind", 900),
        ("instagram:lenalind", 400),
        ("tiktok:lena-lind", 300),
    ]
    assert came.audience == [("instagram:lenalind", "DE", 600000)]


def test_a_column_of_handles_and_links_is_both(tmp_path):
    sheet = "Creator,Handle / Link,Platform,Post Date,Views\n"
    sheet += "Lena Lind,@lenalind,IG,2025-03-03,900\nCass Dell,https://www.tiktok.com/@cassdell?lang=en,TikTok,2025-03-04,400\n"
    came = bring(tmp_path, sheet)
    assert [(row[0], row[1], row[2]) for row in came.people] == [
        ("instagram:lenalind", "Lena Lind", "instagram"),
        ("tiktok:cassdell", "Cass Dell", "tiktok"),
    ]


def test_who_and_the_share_of_one_country_are_read_though_a_cell_is_odd(tmp_path):
    sheet = "Who,Link,Date posted,Views,UK %\n"
    sheet += "Kezia Blount,https://www.instagram.com/keziab/,14/01/2026,8450,44%\n"
    sheet += "Seb Cran,https://www.tiktok.com/@sebcran,19/01/2026,900,?\n"
    sheet += "Jude Farth,https://www.tiktok.com/@judef,20/01/2026,700,about 60%\n"
    sheet += "Mo Tiny,https://www.instagram.com/motiny/,21/01/2026,300,81%\n"
    came = bring(tmp_path, sheet)
    assert [row[1] for row in came.people] == ["Kezia Blount", "Mo Tiny", "Seb Cran"]
    assert came.audience == [("instagram:keziab", "GB", 440_000), ("instagram:motiny", "GB", 810_000)]
    assert [(problem.row, problem.column) for problem in came.report.problems] == [(4, "UK %")]


def test_shares_of_a_german_roster_are_those_of_the_countries(tmp_path):
    sheet = "Name;Instagram;Zielgruppe DE;Zielgruppe AT;Follower CH\nAda;@ada;48,2 %;36,9 %;6,3 %\n"
    came = bring(tmp_path, sheet)
    assert came.audience == [
        ("instagram:ada", "AT", 369_000),
        ("instagram:ada", "CH", 63_000),
        ("instagram:ada", "DE", 482_000),
    ]


def test_results_of_a_row_with_several_accounts_are_those_of_the_platform_that_is_said(tmp_path):
    sheet = "Name,Instagram,TikTok,Month,Views\nAda,@ada,@ada.tok,03/2026,900\nBo,,@bo,03/2026,500\n"
    assert Code.PLATFORM_NEEDED in bring(tmp_path, sheet).codes
    came = bring(tmp_path, sheet, platform="Instagram")
    assert [(row[0], row[8]) for row in came.campaigns] == [("instagram:ada", 900), ("tiktok:bo", 500)]
    assert [row[0] for row in came.people] == ["instagram:ada", "tiktok:ada.tok", "tiktok:bo"]


def test_posts_of_several_creators_are_no_export_of_one(tmp_path):
    sheet = "Creator Name,Video ID,Video Link,Post Time,Video Views,Likes,Comments,Shares,Average Watch Time\n"
    sheet += "ada.makes,7345,https://www.tiktok.com/@ada.makes/video/73456789,2025-04-02 10:00,120340,5300,210,80,6.2\n"
    came = bring(tmp_path, sheet)
    assert [(row[0], row[3], row[8], row[10]) for row in came.campaigns] == [
        ("tiktok:ada.makes", "2025-04-02", 120340, 5590)
    ]


def test_a_month_is_a_period(tmp_path):
    came = bring(tmp_path, "Creator,Month,Views\n@a,April 2025,500\n@b,2025-02,400\n")
    assert [row[3:5] for row in came.campaigns] == [("2025-04-01", "2025-04-30"), ("2025-02-01", "2025-02-28")]


@pytest.mark.thorough
@settings(max_examples=30, suppress_health_check=list(HealthCheck), deadline=None)
@given(sheets())
def test_a_random_sheet_comes_out_as_it_was_meant_or_is_asked_about(tmp_path, made):
    rows, content = made
    came = bring(tmp_path, content)
    if came.report.status is FileStatus.REFUSED:
        assert came.codes & QUESTIONS or came.report.problems, came.report.message
        return
    bad = {problem.row for problem in came.report.problems}
    truth = sorted(came_out(rows), key=str)
    read = sorted(((r[0], r[1], r[3], r[8], r[11], r[12], r[13], r[14]) for r in came.campaigns), key=str)
    assert {row[15] for row in came.campaigns} <= {None, "EUR"}
    assert [row for row in read if row not in truth] == []
    assert len(read) == len(truth) - len(bad)
    followers = {f"{row['platform']}:{row['handle']}": row["followers"] for row in rows}
    assert {row[0]: row[4] for row in came.people}.items() <= followers.items()


@pytest.mark.parametrize(
    "content",
    [
        "Creator,State,Date,Views\nMia,TX,2025-05-02,100\nZoe,CA,2025-05-03,4000\n",  # not views by country and day
        "Name,Handle,Market,Followers,Date,Views\nMia,@mia,DE,10,2025-05-02,100\nZoe,@zoe,AT,10,2025-05-03,40\n",
        "First Name,Email,Instagram Handle,Follower Count,Country/Region\nMia,m@x.de,mia,48200,Germany\n"
        "Zoe,z@x.at,zoe,12000,Austria\n",
    ],
)
def test_a_list_of_people_is_no_export_by_country(tmp_path, content):
    came = bring(tmp_path, content)
    assert (came.report.reader, came.report.status) == ("tracker", "imported"), came.report.message
    assert len(came.ids) == 2

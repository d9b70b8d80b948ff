"""Are the sheets of people who do not know the reader understood, column by column, or asked about?"""

from datetime import datetime
from decimal import Decimal

import pytest

from data.importers import load as intake
from data.importers.report import Options
from data.importers.tracker.columns import understand
from tests.data.importers.load_export import TODAY, empty_layer
from tests.data.importers.tracker.load_sheet import bring

FRENCH = (
    "Influenceuse;Compte;Réseau;Date;Opération;Budget HT (€);Vues;Clics;Ventes;CA (€);Part France;Part Belgique\n"
    "Clémence;@clemence.vq;Instagram;12/01/2026;Rosée;1 200;58 300;912;38;672,40;71 %;9 %\n"
    "Clémence;@clemence.vq;Instagram;13/01/2026;Rosée;inclus;21 400;NC;14;60,10;71 %;9 %\n"
)


def test_what_the_french_turn_over_is_no_canadian_audience_and_what_a_fee_includes_is_no_zero(tmp_path):
    came = bring(tmp_path, FRENCH)
    assert came.report.status == "imported", came.report.message
    assert came.audience == [("instagram:clemence.vq", "BE", 90_000), ("instagram:clemence.vq", "FR", 710_000)]
    measured = [(row[1], row[8], row[11], row[12], row[13], row[14]) for row in came.campaigns]
    assert measured == [
        ("Rosée", 58_300, 912, 38, Decimal("672.4"), Decimal(1200)),
        ("Rosée", 21_400, None, 14, Decimal("60.1"), None),
    ]
    assert "row 3: paid within the fee of another row, so its own cost is not measured" in came.report.message


@pytest.mark.parametrize("cell", ["incl.", "incl. w/ reel", "incl above", "inclus", "inkl.", "im Paket enthalten"])
def test_a_fee_within_another_one_is_not_measured(tmp_path, cell):
    came = bring(tmp_path, f"Creator,Date,Views,Fee\n@a,2025-04-01,500,€90\n@a,2025-04-02,400,{cell}\n")
    assert came.report.status == "imported", came.report.message
    assert [(row[8], row[14]) for row in came.campaigns] == [(500, Decimal(90)), (400, None)]


def test_a_fee_beside_a_product_is_the_fee(tmp_path):
    came = bring(tmp_path, "Creator,Date,Views,Fee\n@a,2025-04-01,500,£75 + product\n@b,2025-04-02,400,€50\n")
    assert [(row[0], row[14], row[15]) for row in came.campaigns] == [
        ("a", Decimal(75), "GBP"),
        ("b", Decimal(50), "EUR"),
    ]


def test_shares_behind_their_countries_need_no_heading_that_says_so(tmp_path):
    came = bring(
        tmp_path,
        "Creator,Followers,Top Country 1,TC1 %,Top Country 2,TC2 %\n@a,1.2M,US,61%,UK,9%\n@b,8K,US,72%,CA,6%\n",
    )
    assert came.audience == [("a", "GB", 90_000), ("a", "US", 610_000), ("b", "CA", 60_000), ("b", "US", 720_000)]


def test_amounts_under_an_unknown_heading_are_asked_about_where_no_fee_is_known(tmp_path):
    content = "Creator,Date,Views,Bakhshish\n@a,2025-04-01,500,€90\n@b,2025-04-02,400,€50\n"
    (asked,) = [column for column in bring(tmp_path, content).report.columns if column["status"] == "asked"]
    assert (asked["heading"], asked["choices"]) == ("Bakhshish", ["cost", "asking_price", "revenue", "ignore"])
    came = bring(tmp_path, content, mapping=(("Bakhshish", "cost"),))
    assert [row[14] for row in came.campaigns] == [Decimal(90), Decimal(50)]


@pytest.mark.thorough
def test_a_bad_row_costs_neither_the_audience_of_the_rows_above_it_nor_its_name(tmp_path):
    came = bring(
        tmp_path,
        "Who,Handle,Date,Views,UK %\nMila Marsh,@mila,2025-04-01,500,79%\nMila Marsh,@mila,w/c 2025,400,79%\n"
        "Otto Oak,@otto,2025-04-01,90,about 60\n",
    )
    assert came.audience == [("mila", "GB", 790_000)]
    assert [(problem.row, problem.creator, problem.value) for problem in came.report.problems] == [
        (4, "Otto Oak", "about 60%"),
        (3, "Mila Marsh", "w/c 2025"),
    ]
    assert "first row 4 (Otto Oak), UK % 'about 60%'" in came.report.message


@pytest.mark.parametrize("other", ["IG", "Instagram", "Insta"])
def test_tt_is_tiktok_beside_the_name_of_a_platform(tmp_path, other):
    came = bring(
        tmp_path, f"Name,Platform,Date,Views\nMila Marsh,{other},2025-04-01,12000\nOtto Oak,TT,2025-04-02,8000\n"
    )
    assert came.report.status == "imported", came.report.message
    assert [(row[0], row[5], row[8]) for row in came.campaigns] == [
        ("instagram:mila-marsh", "instagram", 12_000),
        ("tiktok:otto-oak", "tiktok", 8_000),
    ]


@pytest.mark.parametrize(
    ("heading", "first", "second", "days"),
    [
        ("Datum", "05.03.2026", "03.04.26", ["2026-03-05", "2026-04-03"]),
        ("Fecha", "05.03.2026", "11.03.2026 16:45", ["2026-03-05", "2026-03-11"]),
        ("Date", "05.03.2026", "11.03.2026", ["2026-03-05", "2026-03-11"]),
        ("Date", "5.3.2026", "11.3.2026", []),
        ("Datum", "5.3.2026", "11.3.26", ["2026-03-05", "2026-03-11"]),
        ("Datum", "05/03/2026", "11/03/2026", []),
        ("Datum", "05.03.2026", "03.25.2026", ["2026-03-25", "2026-05-03"]),
    ],
)
def test_days_with_dots_come_first_where_no_cell_speaks_against_it(tmp_path, heading, first, second, days):
    came = bring(tmp_path, f"Creator,{heading},Views\n@a,{first},500\n@b,{second},400\n")
    assert sorted(row[3] for row in came.campaigns) == days


@pytest.mark.parametrize("cell", ["€ 2.400,-", "€ 2.400,--", "2.400,– €", "EUR 2.400,-"])
def test_an_amount_without_cents_is_read(tmp_path, cell):
    came = bring(tmp_path, f"Creator;Datum;Views;Honorar\n@a;2025-04-01;500;{cell}\n@b;2025-04-02;90;€ 950,50\n")
    assert [(row[0], row[14]) for row in came.campaigns] == [("a", Decimal(2400)), ("b", Decimal("950.5"))]


def test_a_week_is_no_audience_in_kuwait(tmp_path):
    rows = "@a;KW 10;2025-03-03;500;Schweiz;60 %\n@b;KW 11;2025-03-10;90;Polen;7 %\n"
    came = bring(tmp_path, f"Creator;KW;Start;Views;Top-Land;Anteil\n{rows}")
    assert came.audience == [("a", "CH", 600_000), ("b", "PL", 70_000)]


def test_a_sheet_with_a_question_is_no_table_that_lacks_columns(tmp_path):
    sheet = "Creator,IG handle,Posted,Plays,Link in bio clicks,Audience top country,Audience %\n"
    sheet += "@a,a,2025-04-01,500,9,USA,64%\n"
    came = bring(tmp_path, sheet)
    assert [column["heading"] for column in came.report.columns if column["status"] == "asked"] == [
        "Link in bio clicks"
    ]
    assert bring(tmp_path, sheet, mapping=(("Link in bio clicks", "clicks"),)).audience == [
        ("instagram:a", "US", 640_000)
    ]


def test_a_plain_table_that_lacks_a_column_is_no_sheet(tmp_path):
    came = bring(tmp_path, "creator_id,audience_share\nada,0.5\n")
    assert (came.report.status, came.people) == ("refused", [])


def test_a_spanish_sheet_is_read_with_its_network_its_taxes_and_its_totals(tmp_path):
    came = bring(
        tmp_path,
        "Campaña;Influencer;Red;@;Fecha;Coste (IVA no incl.);Views;Likes;Coment.\n"
        "Rebajas;Irene;IG;@irene;2025-04-01;850;31.200;2.104;77\nRebajas;Irene;TT;@irene.l;2025-04-02;600;900;50;9\n"
        "TOTALES;;;;;1.450;32.100;2.154;86\n",
    )
    assert came.report.status == "imported", came.report.message
    assert [(row[0], row[8], row[10], row[14]) for row in came.campaigns] == [
        ("instagram:irene", 31_200, 2_181, Decimal(850)),
        ("tiktok:irene.l", 900, 59, Decimal(600)),
    ]


@pytest.mark.parametrize("name", ["Ø / Summe", "Average", "Durchschnitt", "Moyenne", "Ø"])
def test_a_row_of_averages_is_no_creator(tmp_path, name):
    came = bring(tmp_path, f"Creator;Views;Reach\nMila;500;300\nOtto;90;80\n{name};295;190\n", period="2025-04-01")
    assert [row[0] for row in came.people] == ["mila", "otto"]
    assert "row 4 is a total and no creator: left out" in came.report.message
    assert "is a row missing" not in came.report.message


def test_of_sales_and_sales_in_dollars_one_is_the_number(tmp_path):
    came = bring(
        tmp_path, "Creator,Date,Views,Sales,Sales $\n@a,2025-04-01,500,44,\"$2,640\"\n@b,2025-04-02,90,9,$80\n",
        currency="USD",
    )  # fmt: skip
    assert [(row[12], row[13]) for row in came.campaigns] == [(44, Decimal(2640)), (9, Decimal(80))]


@pytest.mark.thorough
def test_a_later_list_of_handles_leaves_names_as_they_are(tmp_path):
    (tmp_path / "1.csv").write_text("Creator,Handle,Platform,Followers\nMila Marsh,@mila,Instagram,900\n")
    (tmp_path / "2.csv").write_text("Handle,Platform,Followers\n@mila,Instagram,24K\n@bo,Instagram,9K\n")
    db = empty_layer()
    db.execute("begin")
    try:
        paths = [tmp_path / "1.csv", tmp_path / "2.csv"]
        intake.load_files(db, paths, Options(), today=TODAY, now=datetime(2026, 3, 1))
        named = db.sql("select source_id, creator_id, creator_name, followers from profiles order by all").fetchall()
    finally:
        db.execute("rollback")
    assert named == [
        (1, "instagram:mila", "Mila Marsh", 900),
        (2, "instagram:bo", "bo", 9_000),
        (2, "instagram:mila", None, 24_000),
    ]


@pytest.mark.parametrize("name", ["Mila & Otto", "Dan & Mo (Tiny Terrace)"])
def test_two_people_with_one_handle_are_one_account(tmp_path, name):
    came = bring(tmp_path, f"Creator,Link,Date,Views\n{name},https://www.youtube.com/@tiny,2025-04-01,500\n")
    assert came.people == [("youtube:tiny", name, "youtube", None, None, None, None)]


@pytest.mark.parametrize("name", ["Mila & Otto", "@mila & @otto"])
def test_two_people_without_a_handle_are_one_name_and_two_handles_none(tmp_path, name):
    came = bring(tmp_path, f"Creator,Platform,Date,Views\n{name},TikTok,2025-04-01,500\n@bo,TikTok,2025-04-01,90\n")
    ids = [row[0] for row in came.people]
    assert ids == (["tiktok:bo"] if "@" in name else ["tiktok:bo", "tiktok:mila-&-otto"])


@pytest.mark.parametrize("heading", ["Angebot netto", "Offer", "Quote", "Asking price", "Rate card"])
def test_an_offer_without_results_is_the_asking_price_and_what_is_not_used_is_said(tmp_path, heading):
    came = bring(tmp_path, f"Influencer;Format;{heading};Follower\nMila;Reel;1.320,00 €;100.800\n")
    assert came.people == [("mila", "Mila", None, None, 100_800, Decimal(1320), "EUR")]
    assert came.report.message == (
        "1 of 1 rows imported; read as your own spreadsheet: 1 creator; "
        "not used, because no row says what a campaign brought: Format"
    )
    paid = bring(tmp_path, f"Influencer;{heading};Follower\nMila;1.320,00 €;100.800\n", mapping=((heading, "cost"),))
    assert paid.people == [("mila", "Mila", None, None, 100_800, None, None)]
    assert paid.report.message.endswith(f"not used, because no row says what a campaign brought: {heading}")


@pytest.mark.parametrize("heading", ["Comment", "Comments", "Kommentar", "Notes"])
def test_what_somebody_wrote_beside_a_row_is_left_out_and_not_asked_about(tmp_path, heading):
    came = bring(tmp_path, f"Creator,Date,Views,{heading}\n@a,2025-04-01,500,no link\n@b,2025-04-02,400,\n")
    assert came.report.status == "imported"
    (column,) = [column for column in came.report.columns if column["heading"] == heading]
    assert (column["status"], column["examples"]) == ("left out", ["no link"])
    counted = bring(tmp_path, f"Creator,Date,Views,{heading}\n@a,2025-04-01,500,12\n")
    assert counted.report.columns[-1]["meaning"] == ("comments" if heading.startswith("Comment") else "")


@pytest.mark.parametrize(
    ("heading", "cells"),
    [("Paid", "TRUE FALSE"), ("Paid?", "Yes No"), ("Posted", "☑ ☐"), ("Payment", "ja nein"), ("Orders", "x x")],
)
def test_a_column_of_yes_and_no_is_no_amount_and_no_day(heading, cells):
    first, second = cells.split()
    rows = [["@a.a", "48000", first, "2025-05-01", "90"], ["@b.b", "12000", second, "2025-05-02", "80"]]
    seen = understand(["Handle", "Followers", heading, "Post date", "Views"], rows)
    assert (seen.columns[2].status, seen.columns[2].why) == ("left out", "yes or no")
    assert not seen.questions


@pytest.mark.parametrize("heading", ["Location", "Market", "Country"])
def test_states_of_the_usa_are_no_countries(heading):
    rows = [["@a.a", state, "100"] for state in ("CA", "TX", "GA", "NY", "DE")]
    seen = understand(["Handle", heading, "Followers"], rows)
    assert (seen.columns[1].status, seen.columns[1].why) == ("left out", "states")


def test_a_slip_among_countries_makes_no_states_of_them():
    rows = [["@a.a", country, "100"] for country in ("CA", "FR", "GB", "NY", "DE")]
    assert understand(["Handle", "Country", "Followers"], rows).columns[1].meaning == "home_country"


def test_columns_that_are_states_of_the_usa_are_no_audience():
    seen = understand(["Handle", "CA %", "TX %", "NY %"], [["@a.a", "40%", "20%", "10%"]])
    assert not seen.has_audience


def test_days_without_a_year_are_asked_about_and_are_no_times_of_day():
    seen = understand(["Handle", "Date", "Views"], [["@mia", "05.03", "1000"], ["@zoe", "12.03", "3000"]])
    assert [column.heading for column in seen.questions] == ["Date"]


def test_a_time_of_day_beside_a_date_is_left_out():
    rows = [["@a.a", "2025-05-01", "18:30", "90"], ["@b.b", "2025-05-02", "9:00 am", "80"]]
    seen = understand(["Handle", "Post date", "Post time", "Views"], rows)
    assert [column.status for column in seen.columns] == ["read", "read", "left out", "read"]


def test_numbers_of_posts_as_people_write_them(tmp_path):
    came = bring(
        tmp_path, "Creator,Format,Qty,Date,Views\nMia,Reel + Story,1+3,2025-05-02,90\nZoe,Reel,2x,2025-05-03,80\n"
    )
    assert [(row[6], row[7]) for row in came.campaigns] == [(None, 4), ("reel", 2)]

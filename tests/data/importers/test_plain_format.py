"""Are creators.csv, audience.csv and campaigns.csv read to the letter of their description?"""

import csv
import io
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.importers import load as intake
from data.importers.load import FileReport, Options
from data.importers.values.countries import all_codes

SCHEMA = (Path(__file__).parents[3] / "data" / "store" / "schema.sql").read_text(encoding="utf-8")
TODAY = date(2026, 3, 1)
SHARES = "creator_id,country,audience_share\n"
REPORT = "campaign_id,creator_id,market,date,impressions\n"


def load(folder: Path, text: str, **options: object) -> tuple[FileReport, duckdb.DuckDBPyConnection]:
    """The report of one text as a file, and the store that it went into."""
    path = folder / "upload.csv"
    path.write_bytes(text.encode())
    db = duckdb.connect(config={"threads": 1})
    db.execute(SCHEMA)
    (report,) = intake.load_files(db, [path], Options(**options), today=TODAY, now=datetime(2026, 3, 1))
    return report, db


def refused_rows(report: FileReport) -> list[tuple]:
    return [(problem.row, problem.column, problem.value) for problem in report.problems]


def shares(db: duckdb.DuckDBPyConnection) -> list[tuple]:
    return db.execute("select creator_id, country, ppm from audience order by all").fetchall()


def test_a_list_of_creators_is_kept_as_it_stands(tmp_path):
    text = (
        "creator_id,creator_name,platform,vertical,home_country,followers,handle,language,asking_price,currency\n"
        '007,Ada Ü,instagram,home,Germany,"1,234,567",@ada,de,1200.50,€\n7,,,,,,,,,\n7,again,,,,,,,,\n'
    )
    report, db = load(tmp_path, text)
    assert (report.reader, report.status, report.creators) == ("plain_creators", "partly imported", ("007", "7"))
    assert refused_rows(report) == [(4, "creator_id", "7")]
    ada = ("Ada Ü", "instagram", "home", "DE", 1_234_567, None, "@ada", "de", Decimal("1200.5000"), "EUR")
    assert db.sql("from profiles order by creator_id").fetchall() == [(1, "007", *ada), (1, "7", *[None] * 10)]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (f"{SHARES}ada,,0.5\nbo,,0.3\n", [(2, "country", ""), (3, "country", "")]),
        (f"{REPORT}k,ada,DE,,1000\n", [(2, "date", "")]),
        ("currency,rate,base,as_of\n,1.2,EUR,2026-01-01\n", [(2, "currency", "")]),
        ("currency,rate,base,as_of\nUSD,,EUR,2026-01-01\n", [(2, "rate", "")]),
        ("currency,rate,base,as_of\nUSD,,,2026-01-01\n", [(2, "base", ""), (2, "rate", "")]),
    ],
)
def test_a_needed_column_that_is_blank_in_every_row_refuses_the_table_with_its_rows(tmp_path, text, rows):
    report, _ = load(tmp_path, text)
    assert (report.status, refused_rows(report)) == ("refused", rows)
    assert {problem.reason for problem in report.problems} == {"blank, but every row needs it"}


def test_a_platform_is_one_whatever_its_letters(tmp_path):
    rows = "".join(f"k,ada,DE,2025-03-01,1000,{platform}\n" for platform in ("YouTube", "youtube"))
    report, db = load(tmp_path, f"campaign_id,creator_id,market,date,impressions,platform\n{rows}")
    assert refused_rows(report) == [(3, "creator_id", "ada")]  # the same campaign twice
    assert db.sql("select platform from campaign_rows").fetchall() == [("youtube",)]


@pytest.mark.parametrize("cell", ["1" * 5000, "1" * 5000 + " May 2025", "a" * 5000])
def test_a_day_of_five_thousand_characters_is_a_bad_cell_and_stops_nothing(tmp_path, cell):
    report, db = load(tmp_path, f"{REPORT}k1,ada,DE,{cell},1000\nk2,ada,DE,2025-03-01,900\n")
    assert [problem[:2] for problem in refused_rows(report)] == [(2, "date")]
    assert db.sql("select campaign_id, impressions from campaign_rows").fetchall() == [("k2", 900)]


def test_every_column_of_a_campaign_report_is_kept(tmp_path):
    text = (
        "campaign_id,creator_id,market,start_date,end_date,platform,vertical,deliverable,n_deliverables,impressions,reach,"
        "engagements,clicks,conversions,revenue,spend,currency,objective,attribution_window_days,paid\n"
        "k1,ada,de+at,2025-03-01,2025-03-31,tiktok,home,post,2,1000,900,50,20,--,99.1234,0,eur,sales,30,yes\n"
    )
    report, db = load(tmp_path, text)
    assert report.message == "1 of 1 rows imported"
    assert db.sql("from campaign_rows").fetchall() == [
        (
            *(1, 2, "k1", "ada", "DE+AT", date(2025, 3, 1), date(2025, 3, 31), "tiktok", "home", "post", 2),
            *(1000, 900, 50, 20, None, Decimal("99.1234"), Decimal("0.0000"), "EUR", "sales", 30, True),
        )
    ]


def test_every_column_of_an_audience_is_kept(tmp_path):
    text = (
        "creator_id,country,audience_share,audience_type,source,as_of,followers,platform,is_top_n,count_total\n"
        "ada,ES,0.52,Likers,Vendor,2026-01-31,1000,youtube,true,77\nada,MX,0.1,,,,,,,\n"
    )
    report, db = load(tmp_path, text)
    assert report.coverage == {"ada": 0.1}  # followers come before likers
    assert db.sql("select * exclude source_id from audience order by ppm desc").fetchall() == [
        ("ada", "youtube", "Vendor", "likers", "ES", 520000, date(2026, 1, 31), True, 77, 1000),
        ("ada", None, "own table", "followers", "MX", 100000, None, False, None, None),
    ]


@pytest.mark.parametrize(
    ("rows", "ppm"),
    [
        ("a,ES,52\na,MX,31\na,AR,17\nb,DE,60\n", [520000, 310000, 170000, 600000]),  # a sum of 100 proves the scale
        ("a,ES,52%\na,MX,4.5 %\n", [520000, 45000]),
        ('a,ES,"0,52"\na,MX,"0,4"\n', [520000, 400000]),
        ("a,ES,1.0\nb,ES,0.0000005\nc,ES,0.0000015\n", [1000000, 0, 2]),  # half to even
        ("a,ES,0.6\na,Others,0.2\na,(not set),0.2\na,Total,1\n", [600000]),
        ("a,ES,0.335\na,MX,0.335\na,AR,0.335\n", [335000, 335000, 335000]),  # 100.5 % is rounding
    ],
)
def test_the_scale_of_shares_is_proven_by_the_column(tmp_path, rows, ppm):
    report, db = load(tmp_path, SHARES + rows)
    assert report.status == "imported"
    assert sorted(found for _, _, found in shares(db)) == sorted(ppm)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (SHARES + "a,ES,60\na,MX,20\na,AR,0.5\n", "prove neither fractions nor percentages"),
        (SHARES + "a,ES,60\na,MX,40\nb,ES,0.6\nb,MX,0.4\n", "prove neither fractions nor percentages"),
        (SHARES + "a,ES,0.5\na,MX,3.apr\n", "a spreadsheet turned shares into dates"),
        ("creator_id,country,audience_%\na,ES,0.6\na,MX,0.4\n", "the heading says percent"),
        ("creator_id,country,audience_%\na,ES,0.6\na,MX,0.1\n", "the shares of a creator add up to 0.7"),
        (SHARES + "a,Others,1\n", "only totals or unknown parts"),
        (SHARES + "a,ES,0.7\na,MX,0.7\n", "a (140.0 %)"),
    ],
)
def test_shares_without_proof_are_refused_and_never_rescaled(tmp_path, text, said):
    report, _ = load(tmp_path, text)
    assert report.status == "refused"
    assert said in report.message


def test_an_audience_with_a_share_above_one_is_set_aside_beside_proven_fractions(tmp_path):
    report, db = load(tmp_path, SHARES + "a,ES,0.6\na,MX,0.4\nb,ES,1.2\nb,MX,0.1\n")
    assert refused_rows(report) == [(4, "audience_share", "1.2"), (5, "audience_share", "0.1")]
    assert shares(db) == [("a", "ES", 600000), ("a", "MX", 400000)]


def test_unsigned_shares_in_a_column_of_percent_signs_are_set_aside(tmp_path):
    report, db = load(tmp_path, SHARES + "a,ES,52%\na,MX,0.3\na,AR,0\n")
    assert refused_rows(report) == [(3, "audience_share", "0.3")]
    assert shares(db) == [("a", "AR", 0), ("a", "ES", 520000)]


def test_of_a_repeat_the_first_stays_and_of_a_contradiction_none(tmp_path):
    report, db = load(tmp_path, SHARES + "a,ES,0.5\na,Spain,0.5\nb,ES,0.5\nb,ES,0.1\nb,MX,0.2\n")
    assert [(p.row, p.reason) for p in report.problems] == [
        (3, "repeats row 2"),
        (4, "contradicts row 5: same key, another value"),
        (5, "contradicts row 4: same key, another value"),
    ]
    assert shares(db) == [("a", "ES", 500000), ("b", "MX", 200000)]


def test_a_platforms_own_sum_up_to_103_percent_is_kept_and_said(tmp_path):
    text = "creator_id,country,audience_share,source\na,ES,0.6,Meta Business Suite\na,MX,0.42,Meta Business Suite\n"
    report, db = load(tmp_path, text)
    assert "kept as the platform gives them: a (102.0 %)" in report.message
    assert shares(db) == [("a", "ES", 600000), ("a", "MX", 420000)]


@pytest.mark.parametrize(
    ("columns", "cells", "column"),
    [
        ("clicks", "1001", "clicks"),
        ("conversions", "1001", "conversions"),
        ("reach", "1001", "reach"),
        ("end_date", "2025-03-30", "end_date"),
        ("count_deliverables", "0", "count_deliverables"),
        ("attribution_window_days", "4000", "attribution_window_days"),
        ("attribution_window_days", "99999999999", "attribution_window_days"),
        ("cost", "-1", "cost"),
        ("currency", "EURO", "currency"),
        ("paid", "perhaps", "paid"),
    ],
)
def test_a_row_that_contradicts_itself_is_set_aside(tmp_path, columns, cells, column):
    rows = f"k1,a,DE,2025-03-31,1000,\nk2,a,DE,2025-03-31,1000,{cells}\n"
    text = f"campaign_id,creator_id,market,date,impressions,{columns}\n{rows}"
    report, db = load(tmp_path, text)
    assert refused_rows(report) == [(3, column, cells)]
    assert db.sql("select campaign_id from campaign_rows").fetchall() == [("k1",)]


def test_what_is_odd_but_possible_is_kept_and_said(tmp_path):
    text = (
        REPORT.strip() + ",clicks,conversions,engagements\nk1,a,DE,2025-03-31,100,5,7,150\nk2,a,DE,2025-03-31,0,0,0,0\n"
    )
    report, db = load(tmp_path, text)
    assert report.message == (
        "2 of 2 rows imported; row 2: more conversions than clicks (view-through?), kept; "
        "row 2: more engagements than impressions, kept"
    )
    assert db.sql("select count(*) from campaign_rows").fetchall() == [(2,)]


@pytest.mark.parametrize(
    ("text", "options", "markets", "aside"),
    [
        (REPORT + "k1,a,,2025-03-31,1\nk2,a,,2025-03-31,1\n", {}, ["ZZ", "ZZ"], []),
        (REPORT + "k1,a,,2025-03-31,1\nk2,a,,2025-03-31,1\n", {"market": "de+at"}, ["DE+AT", "DE+AT"], []),
        (REPORT + "k1,a,,2025-03-31,1\nk2,a,ES,2025-03-31,1\n", {"market": "DE"}, ["ES"], [(2, "market", "")]),
        (REPORT + "k1,a,ZZ,2025-03-31,1\n", {}, ["ZZ"], []),
        ("campaign_id,creator_id,date,impressions\nk1,a,2025-03-31,1\n", {"market": "DE"}, ["DE"], []),
    ],
)
def test_the_market_is_stated_given_or_open(tmp_path, text, options, markets, aside):
    report, db = load(tmp_path, text, **options)
    assert [market for (market,) in db.sql("select market from campaign_rows").fetchall()] == markets
    assert refused_rows(report) == aside


def test_dates_ahead_are_said_and_more_than_a_year_ahead_is_a_slip(tmp_path):
    rows = "k1,a,DE,2026-03-02,1\nk2,a,DE,2026-03-03,1\nk3,a,DE,2027-03-02,1\nk4,a,DE,2027-03-03,1\n"
    report, db = load(tmp_path, REPORT + rows)
    assert [(p.row, p.reason) for p in report.problems] == [(5, "lies in the future: 2026-03-01 is today")]
    assert "rows 3, 4: dated after today, kept: check the year" in report.message
    assert db.sql("select campaign_id from campaign_rows").fetchall() == [("k1",), ("k2",), ("k3",)]


def test_daily_rows_are_kept_and_a_day_twice_is_not(tmp_path):
    text = REPORT + "k1,a,DE,2025-03-01,1\nk1,a,DE,2025-03-02,2\nk1,a,DE,2025-03-01,1\n"
    report, db = load(tmp_path, text)
    assert [(p.row, p.reason) for p in report.problems] == [(4, "repeats row 2")]
    assert db.sql("select sum(impressions)::int from campaign_rows").fetchall() == [(3,)]


def test_a_wrong_kind_is_refused_by_the_names_of_missing_columns(tmp_path):
    report, _ = load(tmp_path, REPORT + "k1,a,DE,2025-03-31,1\n", kind="plain_audience")
    assert report.message.startswith(
        "plain_audience needs the columns country, audience_share; the file has campaign_id,"
    )


@pytest.mark.parametrize(
    ("content", "names"), [("foo,bar\n1,2\n", "foo, bar"), ("creator_id,x\n,1\n", "creator_id, x")]
)
def test_a_list_of_creators_with_none_of_its_columns_is_refused(tmp_path, content, names):
    report, db = load(tmp_path, content, kind="plain_creators", creator="ada")
    assert (report.status, report.message) == (
        "refused",
        "plain_creators needs at least one of the columns creator_name, platform, vertical, home_country, followers, "
        "followers_as_of, handle, language, asking_price, currency, codes; "
        f"the file has {names}; map other names with --map FROM=TO",
    )
    assert db.sql("select count(*) from profiles").fetchall() == [(0,)]


def test_purchases_may_come_on_a_day_without_impressions(tmp_path):
    head = "campaign_id,creator_id,market,date,impressions,clicks,conversions\n"
    report, db = load(
        tmp_path, head + "a,c1,DE,2025-04-01,900,30,2\na,c1,DE,2025-04-02,0,0,1\na,c1,DE,2025-04-03,2,1,3\n"
    )
    assert [(p.row, p.column, p.value) for p in report.problems] == [(4, "conversions", "3")]
    assert "row 3: purchases on a day without impressions, kept" in report.message
    assert db.sql("select impressions, conversions from campaign_rows order by 1").fetchall() == [(0, 1), (900, 2)]


# An id keeps its letters; an accent that stands beside its letter is taken as the letter with the accent (NFC).
IDS = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=12).filter(
    lambda t: not t.startswith("'") and unicodedata.is_normalized("NFC", t)
)
COUNTS = st.one_of(st.none(), st.integers(0, 10**15 - 1))
MONEY = st.one_of(st.none(), st.decimals(0, 10**9, places=4))


@pytest.mark.thorough
@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.tuples(IDS, st.sampled_from(all_codes()), COUNTS, MONEY), min_size=1, max_size=6, unique_by=lambda r: r[0]
    )
)
def test_rows_that_are_right_come_in_exactly(tmp_path, rows):
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    writer.writerow(["campaign_id", "creator_id", "market", "date", "impressions", "cost"])
    writer.writerows([name, name, market, "2025-03-31", count, money] for name, market, count, money in rows)
    report, db = load(tmp_path, sheet.getvalue())
    assert (report.status, report.count_rows_imported) == ("imported", len(rows))
    kept = db.sql("select creator_id, market, impressions, cost from campaign_rows order by sheet_row").fetchall()
    assert kept == rows


@pytest.mark.parametrize("period", ["2025-04-01..2025-04-30", "2025-04-05"])
def test_the_period_of_rows_without_a_day_is_none_of_those_with_one(tmp_path, period):
    report, db = load(tmp_path, f"{REPORT}k,ada,DE,2025-06-02,1000\nm,ada,DE,2025-03-03,900\n", period=period)
    assert report.status == "imported", report.message
    assert db.execute("select date::text, end_date from campaign_rows order by 1").fetchall() == [
        ("2025-03-03", None),
        ("2025-06-02", None),
    ]


def test_a_period_is_that_of_rows_without_a_day(tmp_path):
    text = f"{REPORT}k,ada,DE,2025-06-02,1000\nm,ada,DE,,900\n"
    report, db = load(tmp_path, text, period="2025-04-01..2025-04-30")
    assert report.status == "imported", report.message
    assert db.execute("select campaign_id, date::text, end_date::text from campaign_rows order by 1").fetchall() == [
        ("k", "2025-06-02", None),
        ("m", "2025-04-01", "2025-04-30"),
    ]


def test_a_period_too_far_ahead_skips_the_rows(tmp_path):
    text = "campaign_id,creator_id,market,impressions\nk,ada,DE,1000\n"
    report, _ = load(tmp_path, text, period="2099-04-01")
    assert report.status == "refused"
    assert refused_rows(report) == [(2, "date", "")]

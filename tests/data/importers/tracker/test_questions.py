"""Is a column asked about, or left to a better one, where its numbers may be something else?"""

from decimal import Decimal

import pytest

from data.importers.report import Code
from tests.data.importers.tracker.load_sheet import bring

BY_COUNTRY = "Creator,Date,Views,Clicks,Orders,{}\n@a,2025-04-03,31000,210,64,{}\n@b,2025-04-13,41000,310,45,{}\n"
COUNTRIES = "Germany,Austria,Switzerland"


@pytest.mark.parametrize(("first", "second"), [("49,12,3", "38,5,2"), ("30,5,1", "20,4,0"), ("9,2,1", "18,2,1")])
def test_numbers_by_country_that_may_be_orders_are_asked_about(tmp_path, first, second):
    came = bring(tmp_path, BY_COUNTRY.format(COUNTRIES, first, second))
    assert came.codes == {Code.COLUMNS_UNCLEAR}
    asked = {column["heading"]: column["choices"] for column in came.report.columns if column["status"] == "asked"}
    assert asked == {country: ["country_share", "ignore"] for country in COUNTRIES.split(",")}


@pytest.mark.parametrize(
    ("headings", "first", "second"),
    [
        (COUNTRIES, "49,12,8", "38,15,9"),
        (COUNTRIES, "49%,12%,3%", "38%,5%,2%"),
        ("Germany %,Austria %,Switzerland %", "49,12,3", "38,5,2"),
        ("Audience Germany,Audience Austria,Audience Switzerland", "49,12,3", "38,5,2"),
    ],
)
def test_shares_by_country_stay_shares(tmp_path, headings, first, second):
    came = bring(tmp_path, BY_COUNTRY.format(headings, first, second))
    assert [row[2] for row in came.audience if row[:2] == ("a", "DE")] == [490_000]


def test_shares_by_country_are_what_the_user_says(tmp_path):
    said = tuple((country, "country_share") for country in COUNTRIES.split(","))
    came = bring(tmp_path, BY_COUNTRY.format(COUNTRIES, "49,12,3", "38,5,2"), mapping=said)
    assert came.audience == [
        *(("a", "AT", 120_000), ("a", "CH", 30_000), ("a", "DE", 490_000)),
        *(("b", "AT", 50_000), ("b", "CH", 20_000), ("b", "DE", 380_000)),
    ]
    left = bring(
        tmp_path, BY_COUNTRY.format(COUNTRIES, "49,12,3", "38,5,2"), mapping=tuple((c, "ignore") for c, _ in said)
    )
    assert left.audience == []
    assert left.report.status == "imported"


def test_a_share_of_a_country_that_no_heading_names_is_left_out(tmp_path):
    came = bring(
        tmp_path, "Creator,Date,Views,Region X\n@a,2025-04-03,31000,49\n", mapping=(("Region X", "country_share"),)
    )
    assert came.audience == []
    assert [column["why"] for column in came.report.columns if column["heading"] == "Region X"] == ["no country"]


def test_small_shares_below_a_percent_sign_are_percentages(tmp_path):
    rows = "@a,31000,15,0.8,0.6\n@b,88000,12,0.5,0.9\n"
    came = bring(tmp_path, f"Creator,Followers,Germany %,Austria %,Switzerland %\n{rows}")
    assert came.audience[:3] == [("a", "AT", 8_000), ("a", "CH", 6_000), ("a", "DE", 150_000)]
    odd = bring(tmp_path, f"Creator,Followers,DE,AT,CH\n{rows}").report.problems
    assert {(problem.row, problem.column, problem.value) for problem in odd} == {
        *((2, "AT", "0.8"), (2, "CH", "0.6"), (3, "AT", "0.5"), (3, "CH", "0.9"))
    }


def test_fractions_below_a_percent_sign_stay_fractions(tmp_path):
    came = bring(tmp_path, "Creator,Followers,Germany %,Austria %\n@a,31000,0.45,0.08\n")
    assert came.audience == [("a", "AT", 80_000), ("a", "DE", 450_000)]


@pytest.mark.parametrize(
    "paid", ["Spent (EUR)", "Actual spend (EUR)", "Fee (EUR)", "Final cost incl. VAT (EUR)", "Net cost (EUR)"]
)
def test_what_was_paid_wins_over_a_budget(tmp_path, paid):
    came = bring(tmp_path, f"Creator,Date,Budget (EUR),{paid},Views\n@a,2025-04-03,600,500,31000\n")
    assert came.report.status == "imported", came.report.message
    assert [row[14] for row in came.campaigns] == [Decimal(500)]
    assert "columns not used: Budget (EUR)" in came.report.message


def test_a_budget_alone_is_the_cost(tmp_path):
    came = bring(tmp_path, "Creator,Date,Budget (EUR),Views\n@a,2025-04-03,600,31000\n")
    assert [row[14] for row in came.campaigns] == [Decimal(600)]


def test_costs_with_and_without_taxes_are_asked_about(tmp_path):
    sheet = "Creator,Date,Final cost incl. VAT (EUR),Net cost (EUR),Views\n@a,2025-04-03,595,500,31000\n"
    came = bring(tmp_path, sheet)
    assert [column["heading"] for column in came.report.columns if column["status"] == "asked"] == [
        "Final cost incl. VAT (EUR)",
        "Net cost (EUR)",
    ]
    assert [row[14] for row in bring(tmp_path, sheet, mapping=(("Net cost (EUR)", "cost"),)).campaigns] == [
        Decimal(500)
    ]


def test_views_count_where_impressions_are_blank(tmp_path):
    came = bring(
        tmp_path,
        "Creator,Date,Fee (EUR),Impressions,Views,Clicks\n"
        '@a,2025-04-03,500,51000,31000,\n@b,2025-04-13,700,,"41,000",\n@c,2025-04-14,700,-,,9\n',
    )
    assert [(row[0], row[8]) for row in came.campaigns] == [("a", 51_000), ("b", 41_000), ("c", None)]
    assert "columns not used" not in came.report.message
    assert "a fee without results" not in came.report.message


def test_views_beside_impressions_of_every_row_are_left_out(tmp_path):
    came = bring(tmp_path, "Creator,Date,Impressions,Views\n@a,2025-04-03,51000,31000\n@b,2025-04-13,52000,41000\n")
    assert [row[8] for row in came.campaigns] == [51_000, 52_000]
    assert "columns not used: Views" in came.report.message


TURNED = ("2025-03-04", "13/04/2025", "2025-05-04", "22/04/2025", "2025-12-04")


def _dated(days):
    return "Creator,Date,Views\n" + "".join(f"@c{number},{day},31000\n" for number, day in enumerate(days))


def test_days_that_a_spreadsheet_may_have_turned_are_asked_about(tmp_path):
    came = bring(tmp_path, _dated(TURNED))
    assert came.codes == {Code.COLUMNS_UNCLEAR}
    assert "a spreadsheet may have taken the day for the month" in came.report.message
    kept = bring(tmp_path, _dated(TURNED), mapping=(("Date", "date"),))
    assert [row[3] for row in kept.campaigns] == ["2025-03-04", "2025-04-13", "2025-05-04", "2025-04-22", "2025-12-04"]


@pytest.mark.parametrize(
    "days", [("2025-03-04", "2025-04-13", "22/04/2025"), ("2025-03-04", "2025-05-04", "12/04/2025", "22/04/2025")]
)
def test_days_of_both_forms_that_no_spreadsheet_turned_are_read(tmp_path, days):
    assert bring(tmp_path, _dated(days)).report.status == "imported"


def test_markets_are_read_as_people_write_them_and_one_that_is_none_costs_its_row(tmp_path):
    markets = ("DACH", '"DE, AT"', "Germany/Austria", "UK & IE", "Nordics")
    rows = "".join(f"@{chr(97 + at)},{market},2025-04-03,{at + 1}000\n" for at, market in enumerate(markets))
    came = bring(tmp_path, f"Creator,Market,Date,Impressions\n{rows}")
    assert [row[2] for row in came.campaigns] == ["DE+AT+CH", "DE+AT", "DE+AT", "GB+IE"]
    assert [(problem.row, problem.column, problem.value) for problem in came.report.problems] == [
        (6, "Market", "Nordics")
    ]


def test_two_columns_of_one_name_are_asked_for_names_that_tell_them_apart(tmp_path):
    came = bring(tmp_path, "Creator,Date,Views,Views\nAnna,2025-04-03,400,500\n")
    assert "two columns are both called 'Views'; write into the heading what tells them apart" in came.report.message
    assert "--map 'Views" not in came.report.message


def test_impressions_with_a_word_that_says_nothing_win_over_views(tmp_path):
    came = bring(tmp_path, "Creator,Date,Impressions (Actual),Video Views\nAnna,2025-04-03,500,400\n")
    assert [row[8] for row in came.campaigns] == [500]


def test_words_below_a_heading_with_paid_in_it_are_no_question(tmp_path):
    came = bring(tmp_path, "Creator,Handle,Followers,Barter/Paid\nAnna,@anna,400,Barter\nBen,@ben,500,Paid\n")
    assert came.report.status == "imported"
    assert "columns not used: Barter/Paid" in came.report.message

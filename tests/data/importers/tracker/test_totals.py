"""Are rows that add up others left out and held against them, and people with such names kept?"""

import pytest

from tests.data.importers.tracker.load_sheet import bring

TWO = "Creator,Date,Fee (EUR),Views,Clicks\nAnna,2025-04-03,500,10000,100\nBen,2025-04-09,700,40000,150\n"
WITH_HANDLES = (
    "Creator,Handle,Platform,Date,Fee (EUR),Views\n"
    "Anna,@anna.b,Instagram,2025-04-03,500,10000\nBen,@ben.c,TikTok,2025-04-09,700,40000\n"
)


@pytest.mark.parametrize(
    "name",
    [
        "April total",
        "Total May",
        "Summe April",
        "Zwischensumme April",
        "Gesamt April 2025",
        "Gesamtergebnis",
        "Insgesamt",
        "Total général",
        "TOTAL FÉVRIER",
        "Suma kwiecień",
        "Łącznie",
        "Σ",
        "Q2 total",
        "Total budget",
        "Sum of all creators",
        "Ben total",
        "April 2025",
    ],
)
def test_a_subtotal_is_no_creator(tmp_path, name):
    came = bring(tmp_path, f"{TWO}{name},2025-04-30,1200,50000,250\n")
    assert came.ids == ["anna", "ben"]
    assert [row[8] for row in came.campaigns] == [10_000, 40_000]
    assert "is a total and no creator: left out;" in came.report.message
    assert (came.report.count_rows_read, came.report.count_rows_imported) == (2, 2)


def test_averages_are_no_creators(tmp_path):
    came = bring(tmp_path, f"{TWO}Durchschnitt April,2025-04-30,600,25000,125\nAverage per post,,600,25000,125\n")
    assert came.ids == ["anna", "ben"]
    assert "row 4 (Durchschnitt April) is a total and no creator: left out; row 5" in came.report.message


def test_each_subtotal_is_held_against_the_rows_since_the_last_one(tmp_path):
    came = bring(
        tmp_path,
        f"{TWO}April total,,1200,50000,250\nAnna,2025-05-03,500,12000,120\nBen,2025-05-09,700,42000,160\n"
        "Total May,,1200,54000,270\nQ2 total,,2400,104000,530\n",
    )
    assert [row[8] for row in came.campaigns] == [10_000, 12_000, 40_000, 42_000]
    assert "row 4 (April total) is a total and no creator: left out;" in came.report.message
    assert (
        "row 7 (Total May) is a total and no creator: left out, though it says Clicks 270, and the rows since the "
        "last total add up to 280: is a row missing?" in came.report.message
    )
    assert "row 8 (Q2 total) is a total and no creator: left out;" in came.report.message


@pytest.mark.parametrize(
    "person",
    ["Total Fit,", "Suma Lee,@suma.lee", "Sum May,@sum.may", "April,"],
)
def test_a_person_with_such_a_name_is_a_creator(tmp_path, person):
    came = bring(tmp_path, f"{WITH_HANDLES}{person},TikTok,2025-04-30,300,7000\n")
    assert len(came.ids) == 3
    assert sorted(row[8] for row in came.campaigns) == [7000, 10_000, 40_000]
    assert "total" not in came.report.message


@pytest.mark.parametrize(
    "name", ["Total excl. VAT", "Summe netto", "VAT 19%", "zzgl. 19 % MwSt.", "Total TTC", "Gross total"]
)
def test_rows_of_taxes_are_no_creators(tmp_path, name):
    rows = "@mia,2025-03-01,900,250\n@tom,2025-03-02,800,200\n"
    came = bring(tmp_path, f"Creator,Date,Views,Revenue\n{rows}{name},,,85.50\n")
    assert came.ids == ["mia", "tom"]
    assert f"row 4 ({name}) is a total and no creator" in came.report.message


def test_sums_without_a_name_are_a_total(tmp_path):
    came = bring(tmp_path, f"{TWO},,1200,50000,250\nCem,2025-04-12,100,900,9\n")
    assert came.ids == ["anna", "ben", "cem"]
    assert came.report.status == "imported"
    assert "row 4 is a total and no creator: left out" in came.report.message


def test_other_numbers_without_a_name_are_skipped(tmp_path):
    came = bring(tmp_path, f"{TWO},2025-04-30,1200,49000,240\n")
    assert [(p.row, p.reason) for p in came.report.problems] == [(4, "blank, but every row needs it")]

"""Is a currency that a heading states, or a column of its own, that of its amounts, and never passed over?"""

from decimal import Decimal

import pytest
from openpyxl import Workbook

from data.importers.report import Code
from tests.data.importers.tracker.load_sheet import bring, bring_all

SHEET = "Creator,Date,Views,Fee,{}\n@a,2025-04-01,500,90,{}\n@b,2025-04-02,400,50,{}\n"


@pytest.mark.parametrize(
    ("heading", "first", "second"),
    [
        ("Fee currency", "GBP", "EUR"),
        ("Währung Honorar", "£", "€"),
        ("Honorarwährung", "Pfund", "Euro"),
        ("Currency", "Pounds", "Euro"),
        ("Currency of fee", "GBP", "EUR"),
    ],
)
def test_a_stated_currency_is_that_of_the_amounts(tmp_path, heading, first, second):
    came = bring(tmp_path, SHEET.format(heading, first, second))
    assert came.report.status == "imported", came.report.message
    assert [row[14:] for row in came.campaigns] == [(Decimal(90), "GBP"), (Decimal(50), "EUR")]


def test_a_row_whose_fee_and_revenue_are_in_two_currencies_is_skipped(tmp_path):
    came = bring(
        tmp_path,
        "Creator,Date,Views,Fee,Fee currency,Revenue,Revenue currency\n"
        "@a,2025-04-01,500,90,GBP,300,EUR\n@b,2025-04-02,400,50,EUR,200,EUR\n",
    )
    assert [(row[0], row[13], row[14], row[15]) for row in came.campaigns] == [("b", Decimal(200), Decimal(50), "EUR")]
    assert [(p.row, p.reason) for p in came.report.problems] == [(2, "the amounts of this row are in two currencies")]


@pytest.mark.parametrize("heading", ["Currency", "Fee currency"])
def test_a_currency_that_several_share_is_asked_about(tmp_path, heading):
    content = SHEET.format(heading, "Dollar", "Dollars")
    assert bring(tmp_path, content).codes == {Code.CURRENCY_NEEDED}
    came = bring(tmp_path, content, currency="CAD")
    assert [row[14:] for row in came.campaigns] == [(Decimal(90), "CAD"), (Decimal(50), "CAD")]


def test_currencies_that_nobody_knows_are_asked_about(tmp_path):
    came = bring(tmp_path, SHEET.format("Currency", "Taler", "Gulden"))
    assert came.codes == {Code.COLUMNS_UNCLEAR}
    assert "'Currency' (Taler, Gulden): its cells are no currencies" in came.report.message


def test_the_currency_of_a_fee_is_that_of_the_asking_price(tmp_path):
    came = bring(tmp_path, "Creator,Followers,Fee,Fee currency\n@a,500,90,GBP\n@b,400,50,EUR\n")
    assert [row[5:] for row in came.people] == [(Decimal(90), "GBP"), (Decimal(50), "EUR")]


def test_a_sign_that_several_share_costs_its_row_beside_codes(tmp_path):
    for heading in ("Currency", "Fee currency"):
        came = bring(tmp_path, SHEET.format(heading, "EUR", "$"))
        assert [row[14:] for row in came.campaigns] == [(Decimal(90), "EUR")]
        assert [(p.row, p.value) for p in came.report.problems] == [(3, "$")]


def test_a_cell_that_is_no_currency_costs_its_row(tmp_path):
    came = bring(tmp_path, SHEET.format("Fee currency", "EUR", "Taler"))
    assert [row[14:] for row in came.campaigns] == [(Decimal(90), "EUR")]
    assert [(p.row, p.value) for p in came.report.problems] == [(3, "Taler")]


@pytest.mark.parametrize(
    ("formats", "currencies"),
    [
        (("#,##0.00 [$€-407]", "[$£-809]#,##0.00"), ["EUR", "GBP"]),
        (('#,##0.00\\ "€"', "[$CHF]\\ #,##0.00"), ["EUR", "CHF"]),
        (("[$€-407]0", "[$€-407]0"), [None, None]),
    ],
)
def test_currencies_that_only_number_formats_show_are_not_added(tmp_path, formats, currencies):
    book = Workbook()
    sheet = book.active
    for row in (["Creator", "Date", "Views", "Fee"], ["@a", "2025-04-01", 500, 90], ["@b", "2025-04-02", 400, 50.5]):
        sheet.append(row)
    for row, number_format in enumerate(formats, 2):
        sheet.cell(row, 4).number_format = number_format
    book.save(tmp_path / "fees.xlsx")
    came = bring_all([[tmp_path / "fees.xlsx"]])
    assert [row[14:] for row in came.campaigns] == list(zip((Decimal(90), Decimal("50.5")), currencies, strict=True))


def test_a_dollar_of_a_number_format_is_asked_about_beside_another_currency(tmp_path):
    book = Workbook()
    for row in (["Creator", "Date", "Views", "Fee"], ["@a", "2025-04-01", 500, 90], ["@b", "2025-04-02", 400, 50]):
        book.active.append(row)
    book.active["D2"].number_format, book.active["D3"].number_format = '"$"#,##0.00', "[$€-407]#,##0.00"
    book.save(tmp_path / "fees.xlsx")
    assert bring_all([[tmp_path / "fees.xlsx"]]).codes == {Code.CURRENCY_NEEDED}

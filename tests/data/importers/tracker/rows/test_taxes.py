"""Are amounts read that say beside them whether taxes are in them, and is that said?"""

import pytest

from tests.data.importers.tracker.load_sheet import bring

HEAD = "Creator,Platform,Campaign,Date,Views,Fee\n"


def costs(came):
    return [(float(row[14]), row[15]) for row in came.campaigns]


@pytest.mark.parametrize(
    ("cell", "amount", "currency"),
    [
        ("500 € zzgl. MwSt.", 500, "EUR"),
        ("500 € zzgl. 19 % MwSt.", 500, "EUR"),
        ("£500 + VAT", 500, "GBP"),
        ("500 EUR netto", 500, "EUR"),
        ("1.500 € HT", 1500, "EUR"),
        ("£1.5k +VAT", 1500, "GBP"),
        ("CHF 500.50 (exkl. MWST)", 500.5, "CHF"),
        ("500 € inkl. MwSt.", 500, "EUR"),
    ],
)
def test_an_amount_with_a_word_on_taxes_is_an_amount(tmp_path, cell, amount, currency):
    came = bring(tmp_path, f"{HEAD}Ada,Instagram,Spring,2025-03-01,900,{cell}\n")
    assert costs(came) == [(amount, currency)]
    is_with = "with" if "inkl" in cell else "without"
    assert f"row 2: amounts {is_with} taxes (" in came.report.message
    assert "write all amounts" not in came.report.message


def test_amounts_with_and_without_taxes_in_one_sheet_are_said(tmp_path):
    rows = "Ada,Instagram,Spring,2025-03-01,900,€500 netto\nBo,TikTok,Spring,2025-03-01,900,€300 brutto\n"
    came = bring(tmp_path, HEAD + rows)
    assert "row 2: amounts without taxes (netto), taken as they are written" in came.report.message
    assert "write all amounts either with or without taxes, else they can't be compared" in came.report.message


def test_words_on_taxes_elsewhere_stay_what_they_are(tmp_path):
    came = bring(tmp_path, "Creator,Platform,Followers,Agency\nAda,Instagram,900,Studio 5 netto\n")
    assert "taxes" not in came.report.message

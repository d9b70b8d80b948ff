"""Are thousands told from decimals where people mix numbers and texts, and refused where nothing tells them apart?"""

import io
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from tests.data.importers.tracker.load_sheet import bring, bring_all

HEADER = ("Influencer", "Handle", "Date", "Views", "Revenue", "Fee (EUR)")


def workbook(folder: Path, *rows: tuple) -> list[Path]:
    book, content = openpyxl.Workbook(), io.BytesIO()
    for row in (HEADER, *rows):
        book.active.append(row)
    book.save(content)
    (folder / "t.xlsx").write_bytes(content.getvalue())
    return [folder / "t.xlsx"]


def test_german_texts_beside_numbers_of_a_workbook_are_thousands(tmp_path):
    rows = [
        ("Mila", "@mila", "2025-04-22", "14.667", "1.184,30 €", "2.600 €"),
        ("Otto", "@otto", "2025-04-23", 18401, 410.48, 850.5),
        ("Bo", "@bo", "2025-04-24", "48,5k", 382, "1.100"),
    ]
    came = bring_all([workbook(tmp_path, *rows)])
    assert came.report.status == "imported", came.report.message
    assert [(row[0], row[8], row[13], row[14]) for row in came.campaigns] == [
        ("bo", 48_500, Decimal(382), Decimal(1100)),
        ("mila", 14_667, Decimal("1184.30"), Decimal(2600)),
        ("otto", 18_401, Decimal("410.48"), Decimal("850.5")),
    ]


@pytest.mark.parametrize(
    ("first", "second", "read"),
    [
        ("14.667;9;2.600", "18401;8;850", (14_667, Decimal(2600))),
        ("14,667;9;2,600", "48.5k;8;850", (14_667, Decimal(2600))),
        ("14,667;9;2,600", "1,200;1,234.50;850", (14_667, Decimal(2600))),
        ("14667;9;2.600", "18401;1,234.50;850", None),
        ("14.667;9;2600", "18401;1,234.50;850", None),
        ("14.667;9;2600", "14,667;8;850", None),
        ("14667;1.234,50;2600", "18401;1,234.50;1.850", (14_667, Decimal(2600))),
    ],
    ids=["beside whole ones", "beside short ones", "proven", "decimals proven", "no count", "both", "contradiction"],
)
def test_three_digits_behind_one_mark_are_thousands_unless_the_sheet_proves_the_contrary(tmp_path, first, second, read):
    text = f"Handle;Date;Views;Revenue;Fee (EUR)\n@a;2025-04-01;{first}\n@b;2025-04-02;{second}\n"
    came = bring(tmp_path, text)
    assert next(((row[8], row[14]) for row in came.campaigns if row[0] == "a"), None) == read


def test_numbers_as_india_groups_them(tmp_path):
    came = bring(
        tmp_path,
        "Influencer,Handle,Followers,Fee (INR),Date,Views,Revenue\n"
        'Asha,@asha,"1,25,000","₹1,25,000",03-Apr-25,"12,50,000","₹1,18,430.50"\n'
        'Ravi,@ravi,12.5 Lakh,"₹45,000",28-Apr-25,13 Lakhs,"₹9,200"\n',
    )
    assert came.report.status == "imported", came.report.message
    assert [(row[4]) for row in came.people] == [125_000, 1_250_000]
    assert [(row[3], row[8], row[13], row[14]) for row in came.campaigns] == [
        ("2025-04-03", 1_250_000, Decimal("118430.50"), Decimal(125_000)),
        ("2025-04-28", 1_300_000, Decimal(9_200), Decimal(45_000)),
    ]


def test_numbers_in_ten_thousands(tmp_path):
    came = bring(tmp_path, "Creator,Followers,Fee,Date,Views\nHana,4.8万,¥12万,2025年4月3日,130万\n", currency="JPY")
    assert [row[4] for row in came.people] == [48_000]
    assert [(row[8], row[14], row[15]) for row in came.campaigns] == [(1_300_000, Decimal(120_000), "JPY")]

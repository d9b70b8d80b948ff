"""Are refunds subtracted from what was sold, where it is certain which sale they belong to?"""

import pytest

from tests.data.importers.load_export import load_text

APP = "Order ID,Affiliate,Created at,Total,Commission,Status\n"
BY_DAY = "Date,Publisher,Clicks,Total No,Total Value,Total Comm\n"
SHOP = "Date,Order #,Status,Customer,Items sold,Coupon(s),Net sales\n"
SALES = f"{APP}1,ada,2025-05-01,40.00,4.00,Approved\n2,ada,2025-05-01,60.00,6.00,Approved\n"


def came(folder, text):
    found = load_text(folder, text, creator=None, known="ada")
    return [(row[2], row[3], row[4], row[5], row[7]) for row in found.campaigns], found


@pytest.mark.parametrize(
    ("refund", "orders", "commission", "revenue"),
    [
        ("2,ada,2025-05-09,-15.50,-1.55,Approved", 2, 8.45, 84.5),
        ("2,ada,2025-05-09,-60.00,-6.00,Refunded", 1, 4.0, 40.0),
        ("2,ada,2025-05-09,(15.50),(1.55),Adjusted", 2, 8.45, 84.5),
        ("2,ada,2025-05-09,-$60.00,-$6.00,", 1, 4.0, 40.0),
    ],
)
def test_a_refund_is_subtracted_from_the_order_with_its_number(tmp_path, refund, orders, commission, revenue):
    rows, found = came(tmp_path, f"{SALES}{refund}\n")
    assert rows == [(None, orders, commission, revenue, "2025-05-01")]
    assert found.report.status == "imported"
    assert "row 4: refunds, subtracted from what was sold" in found.report.message


@pytest.mark.parametrize(
    "refund",
    [
        "7,ada,2025-05-01,-15.50,-1.55,Approved",  # of no order of the file
        "2,bo,2025-05-01,-15.50,-1.55,Approved",  # of another partner
        "2,ada,2025-05-01,-99.00,-1.55,Approved",  # more than was sold
    ],
)
def test_a_refund_that_finds_no_sale_is_set_aside_as_it_stands(tmp_path, refund):
    _, found = came(tmp_path, f"{SALES}{refund}\n")
    assert "subtracted" not in found.report.message
    assert ("revenue", refund.split(",")[3]) in [(p.column, p.value) for p in found.report.problems]


def test_a_refund_in_another_currency_is_not_subtracted(tmp_path):
    text = "Order ID,Affiliate,Created at,Total,Commission,Currency\n1,ada,2025-05-01,40.00,4.00,EUR\n"
    _, found = came(tmp_path, f"{text}1,ada,2025-05-01,-40.00,-4.00,USD\n")
    assert found.report.problems


def test_a_refund_of_a_partner_is_subtracted_from_the_day_that_it_stands_under(tmp_path):
    text = f"{BY_DAY}2025-05-01,ada,50,3,120.00,12.00\n2025-05-01,ada,0,-1,-40.00,-4.00\n"
    rows, found = came(tmp_path, text)
    assert rows == [(50, 2, 8.0, 80.0, "2025-05-01")]
    assert "row 3: refunds, subtracted from what was sold" in found.report.message


def test_a_day_with_nothing_but_refunds_is_set_aside(tmp_path):
    text = f"{BY_DAY}2025-05-01,ada,50,3,120.00,12.00\n2025-05-02,ada,0,-1,-40.00,-4.00\n"
    rows, found = came(tmp_path, text)
    assert rows == [(50, 3, 12.0, 120.0, "2025-05-01")]
    assert {p.row for p in found.report.problems} == {3}


@pytest.mark.parametrize(
    ("refund", "sold"), [("-15.50", [(2, 84.5)]), ("-60.00", [(1, 40.0)]), ("-15,50", [(2, 84.5)])]
)
def test_refunds_of_a_shop_are_subtracted_from_their_order(tmp_path, refund, sold):
    text = f"{SHOP}2025-05-01,11,completed,Replica,1,ADA10,40.00\n2025-05-01,12,completed,Replica,1,ADA10,60.00\n"
    rows, found = came(tmp_path, f'{text}2025-05-09,12,completed,Replica,0,,"{refund}"\n')
    assert [(row[1], row[3]) for row in rows] == sold
    assert "row 4: refunds, subtracted from what was sold" in found.report.message
    assert not found.report.problems


def test_an_order_with_a_column_of_refunds_is_not_refunded_twice(tmp_path):
    text = (
        "Name,Financial Status,Currency,Total,Discount Code,Created at,Refunded Amount\n"
        "#1,partially_refunded,EUR,40.00,ADA10,2025-05-01,15.50\n#1,,EUR,-15.50,,2025-05-02,\n"
    )
    rows, found = came(tmp_path, text)
    assert [(row[1], row[3]) for row in rows] == [(1, 24.5)]
    assert [p.row for p in found.report.problems] == [3]

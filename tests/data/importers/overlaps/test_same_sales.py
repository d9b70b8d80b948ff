"""Is it said when sales of one creator and day came from a shop, a partner network or a sheet kept by hand?"""

import pytest

from tests.data.importers.load_export import FIXTURES, load

SHOP = (
    "Name,Financial Status,Currency,Total,Discount Code,Created at,Refunded Amount\n"
    "#1,paid,EUR,40.00,ADA10,2025-05-01 10:00:00 +0200,0\n"
    "#2,paid,EUR,40.00,ADA10,2025-05-03 10:00:00 +0200,0\n"
)
NETWORK = "Date,Publisher,Clicks,Total No,Total Value\n2025-05-0{},ada,5,1,40\n2025-05-04,ada,5,1,40\n"
APP = "Order ID,Affiliate,Created at,Total,Commission,Status\n1,ada,2025-05-03,40.00,4.00,Approved\n"
DISCOUNTS = "Day,Discount code,Orders,Net sales\n2025-05-03,ada10,1,40\n"
SHEET = "Creator,Platform,Campaign,Date,Views,Code uses\nada,Instagram,Spring,2025-05-03,900,1\n"
OF_DAY_3 = "sales of ada on 2025-05-03 may count twice: they are in this file ({}) and in 1.csv ({})"


def notes(folder, *texts, **options):
    """The message of the last of some files, loaded together for the creator ada, and the orders in the store."""
    paths = [folder / f"{number}.csv" for number in range(1, len(texts) + 1)]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    found = load(*paths, creator=None, known="ada", **options)
    assert {report.status for report in found.reports} == {"imported"}
    return found.reports[-1].message, sum(row[3] for row in found.campaigns)


@pytest.mark.parametrize(
    ("first", "second", "named"),
    [
        (SHOP, NETWORK.format(3), ("partner network", "shop")),
        (NETWORK.format(3), SHOP, ("shop", "partner network")),
        (SHOP, APP, ("partner network", "shop")),
        (APP, DISCOUNTS, ("shop", "partner network")),
        (SHOP, SHEET, ("table", "shop")),
        (SHEET, SHOP, ("shop", "table")),
    ],
)
def test_sales_that_two_kinds_of_files_hold_of_one_day_are_said(tmp_path, first, second, named):
    message, _ = notes(tmp_path, first, second)
    assert OF_DAY_3.format(*named) in message
    assert "where an order is in both, take the load back (undo) and leave these days out of one of" in message


def test_nothing_of_them_is_left_out(tmp_path):
    assert notes(tmp_path, SHOP, NETWORK.format(3))[1] == 4


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (SHOP, NETWORK.format(2)),  # other days
        (APP, NETWORK.format(3)),  # two networks stand side by side
        (SHOP, DISCOUNTS.replace("-03,", "-05,")),
        (SHOP, SHEET.replace(",1\n", ",0\n")),
    ],
)
def test_sales_of_other_days_or_of_the_same_kind_of_file_are_not(tmp_path, first, second):
    assert "count twice" not in notes(tmp_path, first, second)[0]


def test_days_one_after_the_other_are_named_as_one_period(tmp_path):
    month = "Month,Publisher,Clicks,Total No,Total Value\nMay 2025,ada,5,1,40\n"
    assert "sales of ada from 2025-05-01 to 2025-05-03 may count twice" in notes(tmp_path, SHOP, month)[0]


def test_a_code_is_one_in_all_reports_of_a_shop(tmp_path):
    message, orders = notes(tmp_path, SHOP, DISCOUNTS)
    assert "1 row also in another file of this load, counted once" in message
    assert orders == 2


def test_a_shop_without_a_network_says_nothing():
    assert "count twice" not in load(FIXTURES / "shopify" / "orders.csv").report.message

"""Do shops, partner networks and site analytics give sales and visitors to the right creator, each once?"""

import pytest

from data.importers.report import Code
from tests.data.importers.load_export import FIXTURES, load, load_text

ORDERS = FIXTURES / "shopify" / "orders.csv"
NETWORKS, SITE = FIXTURES / "affiliate", FIXTURES / "ga4"
NOVEMBER_2, NOVEMBER_3 = ("2025-11-02",) * 2, ("2025-11-03",) * 2
ADA = ("ADA10", None, None, 2, None, 119.5, "EUR", *NOVEMBER_2)
BO = ("BO-5", None, None, 1, None, 70.0, "EUR", *NOVEMBER_3)


def test_an_order_counts_once_and_less_what_was_refunded():
    found = load(ORDERS)
    assert (found.report.status, found.report.reader) == ("imported", "shopify_orders")
    assert found.campaigns == [ADA]
    assert found.flags == [("ada", "ZZ", None, False)]
    for said in (
        "counted for ada: code ADA10",
        "left out as not ada's: code BO-5 (1 order, 70.00 EUR); say whose they are with --code BO-5=CREATOR",
        "not counted: 1 lines of further items",
        "not counted: 1 orders without a code",
        "not counted: 1 orders cancelled, voided, expired or refunded",
        "personal columns dropped on read: Email, Billing Name, Billing Phone, Shipping Street, Notes",
    ):
        assert said in found.report.message


def test_the_code_of_another_known_creator_is_never_mine():
    found = load(ORDERS, known="bo ada")
    assert found.campaigns == [ADA]
    assert "left out as not ada's: code BO-5" in found.report.message


def test_without_creator_codes_go_to_the_creators_they_name():
    found = load(ORDERS, creator=None, known="bo ada")
    assert found.campaigns == [ADA, BO]
    assert [flag[0] for flag in found.flags] == ["ada", "bo"]


HEAD = "Name,Financial Status,Currency,Total,Discount Code,Created at,Refunded Amount\n"


def orders(folder, *codes, **options):
    """Load one order of 40 EUR a code."""
    rows = [f'#{n},paid,EUR,40.00,"{code}",2025-05-01 10:00:00 +0200,0\n' for n, code in enumerate(codes, 1)]
    return load_text(folder, HEAD + "".join(rows), "orders.csv", **options)


def test_a_day_with_fewer_orders_than_before_is_said(tmp_path):
    both = [f"#{n},paid,EUR,40.00,ADA10,2025-05-01 1{n}:00:00 +0200,0\n" for n in (1, 2)]
    (tmp_path / "whole.csv").write_text(HEAD + "".join(both), encoding="utf-8")
    (tmp_path / "rest.csv").write_text(HEAD + both[1], encoding="utf-8")
    said = "fewer orders than in an earlier file for ADA10 2025-05-01, and only those of this file count"
    assert said in load(tmp_path / "whole.csv", tmp_path / "rest.csv").reports[-1].message
    assert said not in load(tmp_path / "rest.csv", tmp_path / "whole.csv").reports[-1].message


def test_codes_of_nobody_are_refused_with_what_they_brought(tmp_path):
    found = orders(tmp_path, "AUTOMATIC DISCOUNTS", "Custom discount", "OTTER10", "OTTER10", creator="plum-otter")
    assert (found.report.status, found.campaigns) == ("refused", [])
    message = found.report.message_parts[0]
    assert message.message == (
        "no code of this file is plum-otter's: OTTER10 (2 orders, 80.00 EUR), AUTOMATIC DISCOUNTS (1 order, 40.00 "
        "EUR), CUSTOM DISCOUNT (1 order, 40.00 EUR); say whose they are, for example --code OTTER10=plum-otter, or add "
        "them to the column codes of your creators"
    )
    assert message.code == "codes_of_nobody"
    assert message.values["codes"] == ["OTTER10", "AUTOMATIC DISCOUNTS", "CUSTOM DISCOUNT"]
    assert message.values["brought"][0] == {
        "code": "OTTER10", "generic": False, "orders": 2, "revenue": 80.0, "currency": "EUR",
    }  # fmt: skip


def test_a_code_goes_to_whom_the_user_says(tmp_path):
    found = orders(
        tmp_path, "OTTER10", "WELCOME10", "HERON15", codes=(("otter10", "plum-otter"),), creator="plum-otter"
    )
    assert [(row[0], row[3], row[5]) for row in found.campaigns] == [("OTTER10", 1, 40.0)]
    assert "left out as not plum-otter's: code HERON15 (1 order, 40.00 EUR), WELCOME10" in found.report.message
    both = orders(
        tmp_path, "OTTER10", "HERON15", codes=(("OTTER10", "plum-otter"), ("HERON15", "sage-heron")), creator=None
    )
    assert [flag[0] for flag in both.flags] == ["plum-otter", "sage-heron"]


def test_codes_of_creators_are_their_codes(tmp_path):
    creators = tmp_path / "creators.csv"
    creators.write_text("creator_id,creator_name,codes\nplum-otter,Plum,OTTER10; otter15\nsage-heron,Sage,HERON15\n")
    rows = [f"#{n},paid,EUR,40.00,{code},2025-05-01,0\n" for n, code in enumerate(["OTTER15", "HERON15", "OTTER20"])]
    (tmp_path / "orders.csv").write_text(HEAD + "".join(rows))
    found = load(creators, tmp_path / "orders.csv", creator=None)
    assert [(row[0], row[3]) for row in found.campaigns] == [("OTTER15", 1), ("HERON15", 1)]
    assert [flag[0] for flag in found.flags] == ["plum-otter", "sage-heron"]
    assert "left out as nobody's: code OTTER20" in found.reports[1].message


@pytest.mark.parametrize("code", ["WELCOME10", "freeship", "BFCM25", "Custom discount 5", "NEWSLETTER-10", "Sorry20"])
def test_codes_that_every_shop_has_are_nobodys_unless_said(tmp_path, code):
    assert orders(tmp_path, code, creator=code.casefold()).campaigns == []
    said = orders(tmp_path, code, creator="ada", codes=((code, "ada"),))
    assert [row[3] for row in said.campaigns] == [1]


def test_an_order_with_two_codes_goes_to_the_one_creator_whose_code_is_among_them(tmp_path):
    found = orders(tmp_path, "FREESHIP, ADA10", "ADA10", "ADA10, BO5", "NOBODY, NOONE", known="ada bo", creator=None)
    assert [(row[0], row[3]) for row in found.campaigns] == [("ADA10", 2)]
    assert [(p.row, p.value) for p in found.report.problems] == [(4, "ADA10, BO5")]
    assert (
        found.report.problems[0].reason == "holds codes of two creators (ada and bo), so the order is neither's alone"
    )
    assert "left out as nobody's: code NOBODY, NOONE" in found.report.message


def test_an_order_with_two_totals_is_set_aside(tmp_path):
    text = ORDERS.read_text(encoding="utf-8").replace("#1002,", "#1001,")
    found = load_text(tmp_path, text)
    assert [(p.row, p.line) for p in found.report.problems] == [(4, 5)]


def test_orders_saved_again_by_a_spreadsheet_are_read():
    found = load(ORDERS.parent / "resaved.csv")
    assert found.campaigns == [("ADA10", None, None, 2, None, 1135.0, "EUR", "2025-11-13", "2025-11-13")]
    assert "expired or refunded; counted, though not paid yet: 1 orders" in found.report.message


def test_rows_that_cannot_be_read_are_what_the_message_names(tmp_path):
    text = "Date,Partner,Clicks,Actions,Sale Amount,Action Cost\n2025-11-01,ada,10,2,20.00?,1.00\n"
    found = load_text(tmp_path, text, creator=None, known="ada")
    assert found.problems == [(2, 2, "revenue", "20.00?")]


def test_a_sign_that_several_currencies_share_is_asked_about_and_answered(tmp_path):
    text = 'Date,Partner,Clicks,Actions,Sale Amount,Action Cost\n2025-11-01,ada,10,2,"$1,234.50",$20.00\n'
    asked = load_text(tmp_path, text, creator=None, known="ada").report
    assert "the sign $ stands for several currencies" in asked.message
    assert [part.code for part in asked.message_parts] == [Code.CURRENCY_NEEDED]
    found = load_text(tmp_path, text, creator=None, known="ada", currency="USD")
    assert found.campaigns == [("ada (Impact)", None, 10, 2, 20.0, 1234.5, "USD", "2025-11-01", None)]


def test_a_total_that_is_no_sum_is_no_partner(tmp_path):
    text = (NETWORKS / "impact.csv").read_text(encoding="utf-8").replace("ada,300", "ada,301")
    found = load_text(tmp_path, text, known="ada")
    assert {row[0] for row in found.campaigns} == {"ada (Impact)"}
    assert [p.row for p in found.report.problems] == [4]


@pytest.mark.parametrize(
    ("name", "network", "rows"),
    [
        (
            "impact.csv",
            "Impact",
            [
                ("ada (Impact)", None, 1200, 12, 130.0, 1450.5, None, "2025-11-01", None),
                ("ada (Impact)", None, 300, 0, 0.0, 0.0, None, "2025-11-02", None),
            ],
        ),
        ("awin.csv", "Awin", [("ada (Awin)", None, 900, 9, 81.24, 812.4, "GBP", "2025-11-01", None)]),
        (
            "dollars.csv",
            "Impact",
            [("ada (Impact)", None, 1200, 12, 120.0, 1450.5, "USD", "2025-11-01", "2025-11-30")],
        ),
        ("cj.csv", "CJ", [("ada (CJ)", None, 50, 2, 9.99, 99.9, "USD", "2025-11-01", None)]),
    ],
)
def test_partners_become_creators(name, network, rows):
    found = load(NETWORKS / name, creator=None, known="ada")
    assert (found.report.status, found.report.reader) == ("imported", "affiliate_network")
    assert found.campaigns == rows
    assert f"read as a report of {network}" in found.report.message


def test_a_partner_report_without_days_asks_for_them(tmp_path):
    text = (NETWORKS / "cj.csv").read_text(encoding="utf-8").replace("Day", "Week number")
    report = load_text(tmp_path, text).report
    assert "without dates" in report.message
    assert [part.code for part in report.message_parts] == [Code.PERIOD_NEEDED]
    found = load_text(tmp_path, text, creator=None, known="ada", period="2025-11-01..2025-11-30")
    assert found.campaigns == [("ada (CJ)", None, 50, 2, 9.99, 99.9, "USD", "2025-11-01", "2025-11-30")]


def test_sales_beside_their_amount_are_orders_of_cj(tmp_path):
    text = (
        "Publisher Name,Date,Clicks,Sales,Sale Amount,Publisher Commission,EPC\nada,2025-11-01,64,12,184.30,18.43,2.5\n"
    )
    found = load_text(tmp_path, text, creator=None, known="ada")
    assert found.campaigns == [("ada (CJ)", None, 64, 12, 18.43, 184.3, None, "2025-11-01", None)]


SALES = "Publisher Name,Date,Clicks,{},Total Commission,EPC\nada,2025-11-01,64,12,18.43,2.5\n"


@pytest.mark.parametrize(("heading", "conversions", "revenue"), [("Transactions", 12, None), ("Net sales", None, 12.0)])
def test_whole_numbers_below_sales_may_be_orders_and_are_asked_about(tmp_path, heading, conversions, revenue):
    refused = load_text(tmp_path, SALES.format("Sales"), creator=None, known="ada").report
    assert refused.status == "refused"
    assert "'Sales' (12) may be how many sales, or their amount" in refused.message
    found = load_text(tmp_path, SALES.format(heading), creator=None, known="ada")
    assert [(row[3], row[5]) for row in found.campaigns] == [(conversions, revenue)]


def test_users_by_country_are_viewers_of_the_site():
    found = load(SITE / "countries.csv")
    assert found.shares == {"TR": 500000, "DE": 300000}
    assert found.sets == [(None, "GA4", "viewers", False, None, "2025-10-31", 2)]
    assert found.problems == [(14, 14, "country", "Atlantis")]


def test_the_largest_countries_are_shares_of_the_total():
    found = load(SITE / "largest.csv")
    assert found.shares == {"FR": 500000, "BE": 300000}
    assert found.sets == [(None, "GA4", "viewers", True, None, "2025-10-31", 2)]
    assert "the rows hold 800 of 1,000 users, the rest is unknown" in found.report.message


@pytest.mark.parametrize(
    ("row", "status", "shares"),
    [(",800", "imported", {"FR": 625000, "BE": 375000}), (",799", "refused", {})],
)
def test_a_row_without_country_is_a_total_or_asked(tmp_path, row, status, shares):
    text = (SITE / "largest.csv").read_text(encoding="utf-8").replace(",1000,0.5,Total général", row + ",0.5")
    found = load_text(tmp_path, text)
    assert (found.report.status, found.shares) == (status, shares)


def test_less_than_a_percent_in_another_column_is_a_measure(tmp_path):
    text = (SITE / "largest.csv").read_text(encoding="utf-8").replace("0.51", "< 1 %").replace("0.6", "<00:00:01")
    assert load_text(tmp_path, text).shares == {"FR": 500000, "BE": 300000}


def test_countries_by_device_are_refused():
    found = load(SITE / "by_device.csv")
    assert (found.report.status, found.shares) == ("refused", {})
    assert "the column Device category splits every country into parts" in found.report.message


def test_other_tables_of_a_site_are_refused_in_words():
    found = load(SITE / "days.csv")
    assert (found.report.status, found.shares) == ("refused", {})
    assert "without users by country" in found.report.message


@pytest.mark.parametrize("cells", ["20250501", "2025-05-01", "3"])
def test_countries_by_day_are_refused(tmp_path, cells):
    text = (SITE / "largest.csv").read_text(encoding="utf-8")
    head, table = text[: text.rindex("#") + 2], "Country,Date,Active users\n"
    found = load_text(tmp_path, head.rstrip("\n") + "\n" + table + f"France,{cells},600\nMalta,{cells},10\n")
    assert (found.report.status, found.shares) == ("refused", {})
    assert "the column Date splits every country into parts" in found.report.message


def test_rakuten_counts_orders_and_not_money_as_sales(tmp_path):
    text = (
        "Publisher ID,Publisher Name,Transaction Date,# of Impressions,# of Clicks,# of Orders,Sales,Total Commission\n"
        "101,ada,2025-11-01,0,900,10,500.00,50.00\n"
    )
    found = load_text(tmp_path, text, creator=None, known="ada")
    assert found.campaigns == [("ada (Rakuten)", None, 900, 10, 50.0, 500.0, None, "2025-11-01", None)]
    assert "read as a report of Rakuten" in found.report.message


@pytest.mark.parametrize("net_sales", ["Net sales", "N. Revenue"])
def test_orders_of_woocommerce_count_by_their_coupon(tmp_path, net_sales):
    text = (
        f"Date,Order #,N. Revenue (formatted),Status,Customer,Product(s),Items sold,Coupon(s),{net_sales}\n"
        "2025-05-01 10:00:00,11,€40.00,completed,Replica,1× Jam,1,ada10,40\n"
        "2025-05-01 11:00:00,12,€50.00,processing,Replica,1× Jam,1,,50\n"
        "2025-05-01 12:00:00,13,€60.00,cancelled,Replica,1× Jam,1,ada10,60\n"
    )
    found = load_text(tmp_path, text)
    assert [row[5:8] for row in found.campaigns] == [(40.0, "EUR", "2025-05-01")]
    assert [(row[0], row[3]) for row in found.campaigns] == [("ADA10", 1)]
    assert "personal columns dropped on read: Customer" in found.report.message


BY_ORDER = {
    "Awin transactions": (
        "Transaction ID,Publisher ID,Publisher,Transaction Date,Commission Status,Sale Amount,Commission Amount\n"
        "1,101,ada,2025-05-01T10:00:00,approved,40.00,4.00\n2,101,ada,2025-05-01T11:00:00,pending,60.00,6.00\n"
        "3,101,ada,2025-05-01T12:00:00,declined,90.00,9.00\n"
    ),
    "affiliate apps": (
        "Order Number,Affiliate,Date,Total Sales,Commission,Status\n#1,ada,2025-05-01 10:00:00,40.00,4.00,approved\n"
        "#2,ada,2025-05-01 11:00:00,60.00,6.00,pending\n#3,ada,2025-05-01 12:00:00,90.00,9.00,refunded\n"
    ),
}


@pytest.mark.parametrize("network", BY_ORDER)
def test_every_order_of_a_partner_counts_once_and_none_that_was_declined(tmp_path, network):
    found = load_text(tmp_path, BY_ORDER[network], creator=None, known="ada")
    campaign = "ada (Awin)" if network == "Awin transactions" else "ada"
    assert found.campaigns == [(campaign, None, None, 2, 10.0, 100.0, None, "2025-05-01", None)]
    assert f"read as a report of {network}" in found.report.message
    assert "not counted: 1 orders declined, refunded or cancelled" in found.report.message


SHAREASALE = (
    "Trans ID,User ID,Trans Date,Trans Amount,Commission,Voided,Trans Type\n1,ada,05/01/2025,40.00,4.00,,Sale\n"
)
APPS = "Order ID,Affiliate,Created at,Total,Commission,Status\n"


def test_a_voided_order_and_a_bonus_are_no_orders_and_prove_the_order_of_day_and_month(tmp_path):
    text = f"{SHAREASALE}2,ada,05/13/2025,60.00,6.00,1,Sale\n3,ada,05/14/2025,0.00,20.00,0,Bonus\n"
    found = load_text(tmp_path, text, creator=None, known="ada")
    assert found.campaigns == [("ada", None, None, 1, 4.0, 40.0, None, "2025-05-01", None)]
    assert "not counted: 1 orders declined, refunded or cancelled" in found.report.message
    assert "not counted: 1 bonuses or leads, which are no orders" in found.report.message
    asked = load_text(tmp_path, SHAREASALE, creator=None, known="ada").report
    assert "day or month first?" in asked.message


@pytest.mark.parametrize("status", ["Trashed", "fraud", "storniert", "Annulée", "chargeback"])
def test_what_an_order_that_brought_nothing_is_called_in_other_places(tmp_path, status):
    text = f"{APPS}1,ada,2025-05-01,40.00,4.00,Approved\n2,ada,2025-05-01,60.00,6.00,{status}\n"
    found = load_text(tmp_path, text, creator=None, known="ada")
    assert [(row[3], row[5]) for row in found.campaigns] == [(1, 40.0)]


def test_a_status_that_nobody_knows_counts_aloud(tmp_path):
    text = f"{APPS}1,ada,2025-05-01,40.00,4.00,Approved\n2,ada,2025-05-01,60.00,6.00,Under audit\n"
    found = load_text(tmp_path, text, creator=None, known="ada")
    assert [(row[3], row[5]) for row in found.campaigns] == [(2, 100.0)]
    assert "counted, whatever their status means: Under audit (1)" in found.report.message


def test_an_order_in_several_rows_counts_once_with_all_of_its_amounts(tmp_path):
    text = f"{APPS}1,ada,2025-05-01,40.00,4.00,Approved\n1,ada,2025-05-01,60.00,6.00,Approved\n"
    found = load_text(tmp_path, text, creator=None, known="ada")
    assert [(row[3], row[5]) for row in found.campaigns] == [(1, 100.0)]
    assert (
        "row 3: more rows of an order from above; it counts once, and its amounts are added up" in found.report.message
    )


def test_amounts_of_a_network_in_two_currencies_are_never_added(tmp_path):
    text = (
        "id,publisherId,siteName,commissionStatus,saleAmount.amount,saleAmount.currency,transactionDate\n"
        "1,7,ada,approved,40.00,EUR,2025-05-01T11:00:00\n2,7,ada,pending,60.00,GBP,2025-05-01T12:00:00\n"
    )
    found = load_text(tmp_path, text, creator=None, known="ada")
    assert [(row[3], row[5], row[6], row[7]) for row in found.campaigns] == [
        (1, 40.0, "EUR", "2025-05-01"),
        (1, 60.0, "GBP", "2025-05-01"),
    ]


def test_days_of_a_partner_that_a_report_of_the_month_holds_too_are_said(tmp_path):
    text = "Publisher,Clicks,Total No,Total Value,Total Comm\nada,50,4,180.00,18.00\n"
    (tmp_path / "month.csv").write_text(text, encoding="utf-8")
    by_day = text.replace("Publisher,", "Date,Publisher,").replace("ada,50", "2025-05-13,ada,5")
    (tmp_path / "days.csv").write_text(by_day, encoding="utf-8")
    both = load(
        tmp_path / "month.csv", tmp_path / "days.csv", creator=None, known="ada", period="2025-05-01..2025-05-31"
    )
    assert "count twice for ada" in both.reports[-1].message


def test_networks_of_one_partner_and_day_stand_side_by_side(tmp_path):
    (tmp_path / "awin.csv").write_text("Date,Publisher,Clicks,Total No,Total Value\n2025-05-01,ada,5,4,180\n", "utf-8")
    (tmp_path / "impact.csv").write_text("Date,Partner,Clicks,Actions,Revenue\n2025-05-01,ada,9,5,500\n", "utf-8")
    found = load(tmp_path / "awin.csv", tmp_path / "impact.csv", creator=None, known="ada")
    assert [(row[0], row[3], row[5]) for row in found.campaigns] == [
        ("ada (Awin)", 4, 180.0),
        ("ada (Impact)", 5, 500.0),
    ]


@pytest.mark.parametrize(
    ("header", "cell", "days"),
    [
        ("Month", "May 2025", ("2025-05-01", "2025-05-31")),
        ("Month", "2025-05-01", ("2025-05-01", "2025-05-31")),
        ("Week", "2025-05-05", ("2025-05-05", "2025-05-11")),
    ],
)
def test_months_and_weeks_of_a_report_are_its_days(tmp_path, header, cell, days):
    found = load_text(
        tmp_path, f"{header},Partner,Clicks,Actions,Revenue\n{cell},ada,9,5,500\n", creator=None, known="ada"
    )
    assert [row[7:] for row in found.campaigns] == [days]


def test_actions_of_impact_are_orders(tmp_path):
    text = (
        "Action Id,Campaign,Status,Partner,Action Date,Sale Amount,Action Cost\n1,Shop,APPROVED,ada,2025-05-01 10:00,"
        "40.00,4.00\n2,Shop,REVERSED,ada,2025-05-01 11:00:00,60.00,6.00\n"
    )
    found = load_text(tmp_path, text, creator=None, known="ada")
    assert found.campaigns == [("ada (Impact)", None, None, 1, 4.0, 40.0, None, "2025-05-01", None)]


@pytest.mark.parametrize(
    "header",
    [
        "Tag,Rabattcode,Bestellungen,Bruttoumsatz,Nettoumsatz",
        "Jour,Code de réduction,Commandes,Ventes brutes,Ventes nettes",
        "Día,Código de descuento,Pedidos,Ventas brutas,Ventas netas",
    ],
)
def test_sales_by_discount_are_read_in_other_languages(tmp_path, header):
    found = load_text(tmp_path, f"{header}\n2025-05-01,ADA10,2,90,80.50\n")
    assert [(row[0], row[3], row[5], row[7]) for row in found.campaigns] == [("ADA10", 2, 80.5, "2025-05-01")]


def test_sales_by_discount_go_by_their_code(tmp_path):
    text = "Day,Discount code,Orders,Gross sales,Net sales\n2025-05-01,ADA10,2,90,80.50\n2025-05-01,WELCOME5,3,90,80\n"
    found = load_text(tmp_path, text)
    assert [(row[0], row[3], row[5]) for row in found.campaigns] == [("ADA10", 2, 80.5)]
    assert "left out as not ada's: code WELCOME5 (3 orders, 80.00)" in found.report.message
    assert "without dates" in load_text(tmp_path, text.replace("Day,", "Week number,")).report.message


def test_actions_of_cj_are_no_sums_by_partner(tmp_path):
    text = (
        "Publisher Name,Commission ID,Posting Date,Event Date,Action Status,Order ID,Sale Amount,"
        "Publisher Commission,Items\n"
        "ada,991,2025-05-02,2025-05-01,new,A1,40.00,4.00,1\n"
    )
    found = load_text(tmp_path, text, creator=None, known="ada")
    assert found.campaigns == []
    assert "this is CJ's list of actions and their corrections" in found.report.message

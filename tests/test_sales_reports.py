"""Do shops, partner networks and site analytics give sales and visitors to the right creator, each once?"""

import pytest
from exports import FIXTURES, load, load_text

ORDERS = FIXTURES / "shopify" / "orders.csv"
NETWORKS, SITE = FIXTURES / "affiliate", FIXTURES / "ga4"
NOVEMBER_2, NOVEMBER_3 = ("2025-11-02",) * 2, ("2025-11-03",) * 2
ADA = ("ADA10", None, None, 2, None, 119.5, "EUR", *NOVEMBER_2)
BO = ("BO-5", None, None, 1, None, 70.0, "EUR", *NOVEMBER_3)


def test_an_order_counts_once_and_less_what_was_refunded():
    found = load(ORDERS)
    assert (found.report.status, found.report.reader) == ("imported", "shopify_orders")
    assert found.campaigns == [ADA, BO]
    assert found.flags == [("ada", "ZZ", None, False)]
    for said in (
        "counted for ada: code ADA10, BO-5",
        "not counted: 1 lines of further items",
        "not counted: 1 orders without a code",
        "not counted: 1 orders cancelled, voided or refunded",
        "personal columns dropped on read: Email, Billing Name, Billing Phone, Shipping Street, Notes",
    ):
        assert said in found.report.message


def test_the_code_of_another_known_creator_is_never_mine():
    found = load(ORDERS, known="bo ada")
    assert found.campaigns == [ADA]
    assert "left out as of other creators: code BO-5" in found.report.message


def test_without_creator_codes_go_to_the_creators_they_name():
    found = load(ORDERS, creator=None, known="bo ada")
    assert found.campaigns == [ADA, BO]
    assert [flag[0] for flag in found.flags] == ["ada", "bo"]
    assert "add --creator ID" in load(ORDERS, creator=None).report.message


def test_an_order_with_two_totals_is_set_aside(tmp_path):
    text = ORDERS.read_text(encoding="utf-8").replace("#1002,", "#1001,")
    found = load_text(tmp_path, text)
    assert [(p.row, p.line) for p in found.report.problems] == [(4, 5)]


@pytest.mark.parametrize(
    ("name", "network", "rows"),
    [
        (
            "impact.csv",
            "Impact",
            [
                ("ada", None, 1200, 12, 130.0, 1450.5, None, "2025-11-01", None),
                ("ada", None, 300, 0, 0.0, 0.0, None, "2025-11-02", None),
            ],
        ),
        ("awin.csv", "Awin", [("ada", None, 900, 9, 81.24, 812.4, "GBP", "2025-11-01", None)]),
        ("cj.csv", "CJ", [("ada", None, 50, 2, 9.99, 99.9, "USD", "2025-11-01", None)]),
    ],
)
def test_partners_become_creators(name, network, rows):
    found = load(NETWORKS / name, creator=None, known="ada")
    assert (found.report.status, found.report.reader) == ("imported", "affiliate_network")
    assert found.campaigns == rows
    assert f"read as a report of {network}" in found.report.message


def test_a_partner_report_without_days_is_refused(tmp_path):
    text = (NETWORKS / "cj.csv").read_text(encoding="utf-8").replace("Day", "Week number")
    assert "without dates" in load_text(tmp_path, text).report.message


def test_users_by_country_are_viewers_of_the_site():
    found = load(SITE / "countries.csv")
    assert found.shares == {"TR": 500000, "DE": 300000}
    assert found.sets == [(None, "GA4", "viewers", False, None, "2025-10-31", 2)]
    assert found.problems == [(14, 14, "country", "Atlantis")]


def test_other_tables_of_a_site_are_refused_in_words():
    found = load(SITE / "days.csv")
    assert (found.report.status, found.shares) == ("refused", {})
    assert "without users by country" in found.report.message

"""Is an export that nobody reads called by its name, with the one to take instead?"""

import json

import pytest

from data.importers.known_exports import known_exports
from tests.data.importers.load_export import load_text

TABLES = {
    "Date,Video Views,Profile Views,Likes,Comments,Shares\nMay 1,10,2,3,0,0\n": (
        "TikTok's overview by day", "load FollowerTopTerritories",
    ),
    "Date,Total Viewers,New Viewers,Returning Viewers\nMay 1,10,2,3\n": ("TikTok's count of viewers", "Territories"),
    "Traffic source,Views,Watch time (hours)\nTotal,10,2\nShorts,10,2\n": (
        "YouTube's table by traffic source", "choose Geography",
    ),
    "Date,Impressions (organic),Clicks (organic)\n05/01/2025,10,2\n": ("LinkedIn's numbers", "Analytics, Followers"),
    "Tweet id,Tweet permalink,time,impressions,engagements\n1,x,2025-05-01,10,2\n": ("X (Twitter)", "impressions"),
    "Top queries,Clicks,Impressions,CTR,Position\nplum,1,2,3%,4\n": ("Google Search Console", "Google Analytics"),
    "Date,Average Viewers,Max Viewers\n2025-05-01,10,20\n": ("Twitch's numbers", "audience_share"),
    "date,streams,listeners\n2025-05-01,10,20\n": ("Spotify's numbers", "audience_share"),
    "id,Amount,Amount Refunded,Currency,Customer ID\n1,10,0,eur,2\n": ("Stripe's payments", "Orders, Export"),
    "Location,Total followers\nGreater Berlin Area,90\n": ("LinkedIn's followers by place", "by country"),
    "Code,Orders,Amount discounted,Created,Expires,Type\nADA10,3,30.00,2025-03-01,,Percentage\n": (
        "WooCommerce's list of coupons", "Analytics, Orders",
    ),
    "Name,Value,Value Type,Times Used In Total\nADA10,-10,percentage,3\n": ("Shopify's list", "Orders, Export"),
    "Campaign Name,Total Recipients,Open Rate\nMay,10,2%\n": ("Klaviyo", "discount codes"),
    "Kampagnenname,Nach Tag,Kosten,Impressionen,Klicks (Ziel)\nFeige,2025-05-01,5,10,2\n": (
        "an ad manager whose columns no reader knows", "set the language of the ad manager to English",
    ),
    "Action Name,Action Status,Publisher Name,Order ID,Original,Corrected\nSale,new,ada,A1,true,false\n": (
        "CJ's list of actions", "Performance by publisher",
    ),
    "Order ID,Order Status,Order Date,Order Total,Coupon Details\n1,Completed,01/05/2025,100.00,ADA10\n": (
        "a shop's list of orders", "WooCommerce (Analytics, Orders",
    ),
    "Country,Active users,New users\nGermany,500,400\n": ("users by country without the lines", "Share, Download file"),
    "Date,Campaign Name,Impressions,Clicks,Spend,7 Day Total Sales\n2025-05-01,Fig,100,3,5,8\n": (
        "an ad manager that no reader knows", "add a column paid with yes",
    ),
    "Ad set name,Impressions,CTR,Spend\nMay,10,2%,4\n": ("an ad manager that no reader knows", "--map"),
}  # fmt: skip


@pytest.mark.parametrize("text", TABLES)
def test_a_table_is_called_by_its_name(tmp_path, text):
    name, take = TABLES[text]
    found = load_text(tmp_path, text)
    assert found.report.status == "refused"
    assert found.report.message.startswith("this is ")
    assert name in found.report.message
    assert take in found.report.message


def test_lines_above_the_header_do_not_hide_it(tmp_path):
    found = load_text(tmp_path, "Channel report\n\nDate,Average Viewers,Max Viewers\n2025-05-01,10,20\n")
    assert "Twitch's numbers" in found.report.message


@pytest.mark.parametrize(
    ("document", "name"),
    [
        ({"kind": "youtube#channelListResponse", "items": []}, "YouTube's Data API"),
        ({"data": [{"name": "reach", "period": "day", "values": [{"value": 3}]}]}, "Instagram's interface"),
    ],
)
def test_an_answer_is_called_by_its_name(tmp_path, document, name):
    assert name in load_text(tmp_path, json.dumps(document)).report.message


def test_a_report_without_data_says_so(tmp_path):
    text = '"Reporting starts","Campaign name",Impressions,"Amount spent (EUR)"\n"No data available."\n'
    found = load_text(tmp_path, text)
    assert found.report.message.startswith("no data: the report says that nothing is available")


def test_a_table_by_hand_is_no_export(tmp_path):
    found = load_text(tmp_path, "Influencer,Fee,Impressions,CTR\nada,10,20,2%\n")
    assert found.report.message.startswith("no column says when the campaigns ran")


def test_every_entry_says_what_to_take_and_is_told_by_something():
    for entry in known_exports():
        assert entry.take
        assert entry.columns or entry.one_of or entry.keys

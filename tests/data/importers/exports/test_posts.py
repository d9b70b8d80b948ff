"""Do content exports of Instagram, Facebook, TikTok and YouTube become organic campaigns, one a post?"""

import pytest

from data.importers.exports.posts import posted_on
from tests.data.importers.load_export import load_text

INSTAGRAM = """"Post ID","Account username",Description,"Publish time",Permalink,"Post type",Date,Views,Reach,Likes,\
Shares,Comments,Saves
1,plum,jam,"05/21/2025 16:45",https://www.instagram.com/p/1,"IG reel",Lifetime,12000,9000,500,20,30,40
2,plum,fig,"05/22/2025 08:10",https://www.instagram.com/p/2,"IG carousel",Lifetime,"4,000",3100,200,4,10,12
3,plum,fig,"05/23/2025 08:10",https://www.instagram.com/s/3,"IG story",Lifetime,900,,,,,
"""
GERMAN = """Beitrags-ID;Veröffentlichungszeit;Permalink;Beitragstyp;Datum;Impressionen;Reichweite;Reaktionen;Kommentare
7;2025-05-21 16:45;https://www.facebook.com/7;Videos;Gesamte Laufzeit;1.200;900;50;3
"""
TIKTOK = """Time,Video title,Video link,Post time,Total likes,Total comments,Total shares,Total views
May 30,jam,https://www.tiktok.com/@plum/video/7506000000000000000,May 19,500,30,20,12000
"""
YOUTUBE = """Content,Video title,Video publish time,Duration,Views,Watch time (hours),Impressions,Likes
Total,,,,16000,100,90000,250
abc,Fig jam,"May 21, 2025",300,12000,90,80000,200
def,Fig #shorts,"May 22, 2025",30,4000,10,10000,50
"""


def test_posts_of_instagram(tmp_path):
    found = load_text(tmp_path, INSTAGRAM)
    assert (found.report.status, found.report.reader) == ("imported", "own_posts")
    assert found.posts == [
        ("1", "2025-05-21", "instagram", "reel", 1, 12000, 9000, 590, "ZZ", False),
        ("2", "2025-05-22", "instagram", "carousel", 1, 4000, 3100, 226, "ZZ", False),
        ("3", "2025-05-23", "instagram", "story", 1, 900, None, None, "ZZ", False),
    ]
    assert "impressions are views, engagements are likes, comments, shares, saves" in found.report.message


@pytest.mark.parametrize(("first", "second"), [("1.79E+16", "1.79E+16"), ("17900000000000000", "17900000000000000")])
def test_posts_whose_numbers_a_spreadsheet_rounded_are_called_by_their_link(tmp_path, first, second):
    text = INSTAGRAM.replace("\n1,", f"\n{first},").replace("\n2,", f"\n{second},")
    found = load_text(tmp_path, text)
    links = ["https://www.instagram.com/p/1", "https://www.instagram.com/p/2"]
    assert [row[0] for row in found.posts] == [*links, "3"]
    assert "2 posts are called by the link, because a spreadsheet rounded the number" in found.report.message


def test_rounded_numbers_without_a_link_refuse_the_posts(tmp_path):
    found = load_text(tmp_path, INSTAGRAM.replace("\n1,", "\n1.79E+16,").replace("https://www.instagram.com/p/1", ""))
    assert (found.report.status, found.posts) == ("refused", [])
    assert "load the file as it was downloaded" in found.report.message


def test_posts_from_before_views_have_their_impressions(tmp_path):
    text = INSTAGRAM.replace(",Views,Reach", ",Views,Impressions,Reach").replace(",12000,9000", ",,15000,9000")
    text = text.replace('"4,000",3100', '"4,000",,3100').replace(",900,,,", ",900,,,,")
    found = load_text(tmp_path, text)
    assert [row[5] for row in found.posts] == [15000, 4000, 900]
    assert "impressions are views (or impressions, in rows without views)" in found.report.message


def test_posts_of_several_accounts_are_said(tmp_path):
    found = load_text(tmp_path, INSTAGRAM.replace("2,plum", "2,fig"))
    assert "posts of 2 accounts (fig, plum) all count for this creator" in found.report.message
    assert "accounts" not in load_text(tmp_path, INSTAGRAM).report.message


def test_posts_of_facebook_in_german(tmp_path):
    found = load_text(tmp_path, GERMAN)
    assert found.posts == [("7", "2025-05-21", "facebook", "video", 1, 1200, 900, 53, "ZZ", False)]
    assert "impressions are impressions" in found.report.message


def test_videos_of_tiktok_have_the_day_of_their_number(tmp_path):
    found = load_text(tmp_path, TIKTOK)
    assert found.posts == [("7506000000000000000", "2025-05-19", "tiktok", "video", 1, 12000, None, 550, "ZZ", False)]
    assert posted_on(7506000000000000000).isoformat() == "2025-05-19"


def test_videos_of_youtube_come_without_the_total(tmp_path):
    found = load_text(tmp_path, YOUTUBE)
    assert found.posts == [
        ("abc", "2025-05-21", "youtube", "video", 1, 12000, None, 200, "ZZ", False),
        ("def", "2025-05-22", "youtube", "short", 1, 4000, None, 50, "ZZ", False),
    ]
    assert "row 2 is the total, not counted" in found.report.message


def test_a_total_of_more_videos_than_are_listed_is_said(tmp_path):
    found = load_text(tmp_path, YOUTUBE.replace("16000", "17000"))
    assert "says 17,000 for Views, the rows that were read add up to 16,000" in found.report.message


def test_posts_by_day_are_refused(tmp_path):
    found = load_text(tmp_path, INSTAGRAM.replace("Lifetime", "05/24/2025"))
    assert (found.report.status, found.campaigns) == ("refused", [])
    assert "Lifetime instead of Daily" in found.report.message


@pytest.mark.parametrize(
    ("old", "new", "column"), [("9000,500", "9000,5x", "engagements"), ("12000", "12k?", "impressions")]
)
def test_a_count_that_cannot_be_read_is_never_lost_silently(tmp_path, old, new, column):
    found = load_text(tmp_path, INSTAGRAM.replace(old, new))
    assert [p.row for p in found.report.problems] == [2]
    assert found.report.problems[0].column == column

"""Does a list say of every creator what a forecast of the same line says, whatever their campaigns measured?"""

from datetime import datetime
from functools import partial

import polars as pl
import pytest

from data import store
from data.importers.load import Options
from fit.brief import Brief
from fit.forecast import forecasts, read_stored
from fit.refresh import load
from fit.shortlist import shortlist
from fit.shortlist.outcomes import measured_levels_of, outcomes_of
from queries.ask import ask

BRIEF = Brief((("DE", 60.0), ("AT", 40.0)))
CREATORS = """creator_id,creator_name,platform,followers,home_country
a,A,tiktok,40000,DE
b,B,tiktok,90000,DE
c,C,youtube,70000,AT
d,D,tiktok,,DE
"""
AUDIENCE = """creator_id,country,audience_share,as_of,source,audience_type
a,DE,0.7,2026-01-01,insights,followers
b,DE,0.5,2026-01-01,insights,followers
b,AT,0.3,2026-01-01,insights,followers
c,AT,0.8,2026-01-01,insights,followers
d,DE,0.6,2026-01-01,insights,followers
"""
# Purchases without clicks, more purchases than clicks, clicks without purchases, engagements alone, nothing of both.
CAMPAIGNS = """campaign_id,creator_id,date,market,platform,deliverable,impressions,engagements,clicks,conversions
1,a,2026-01-05,DE,tiktok,video,20000,900,300,9
2,a,2026-01-20,DE,tiktok,video,24000,,,11
3,a,2026-02-05,DE,tiktok,video,15000,500,4,6
4,b,2026-01-07,DE,tiktok,video,50000,2000,700,
5,b,2026-02-07,AT,tiktok,story,9000,100,,
6,b,2026-02-11,DE,tiktok,video,42000,,0,0
7,c,2026-02-14,AT,youtube,video,30000,1200,,12
8,d,2026-01-14,DE,tiktok,video,31000,1100,400,13
9,d,2026-02-14,DE,tiktok,video,27000,,350,
"""


@pytest.fixture(scope="module")
def ask_own(tmp_path_factory):
    """A store of three creators whose campaigns each measured something else."""
    folder = tmp_path_factory.mktemp("own")
    files = {"creators.csv": CREATORS, "audience.csv": AUDIENCE, "campaigns.csv": CAMPAIGNS}
    for name, text in files.items():
        (folder / name).write_text(text)
    paths = [folder / name for name in files]
    assert load(folder / "store", paths, Options(None, None, None, ()), now=datetime(2026, 3, 2)).is_whole
    opened = store.open_newest(folder / "store")
    yield partial(ask, opened.connection)
    opened.connection.close()


def test_a_creator_without_followers_is_judged_by_the_views_of_its_campaigns(ask_own):
    """About 29,000 impressions, and no number of followers anywhere."""
    one = next(c for c in shortlist(ask_own, BRIEF).candidates if c.creator_id == "d")
    assert (one.followers, one.in_market_reach, one.group.value) == (None, None, "book")
    lines = pl.DataFrame({"creator_id": ["d"], "market": ["DE"], "deliverable": ["video"]})
    seen = forecasts(lines, read_stored(ask_own), metrics=("impressions",)).row(0, named=True)
    assert seen["p50"] == pytest.approx(29_000, rel=0.05)
    assert seen["p10"] < 20_000 < 42_000 < seen["p90"]


def listed(ask_own):
    page = {"sort": "per_1000", "descending": True, "top": 50, "skip": 0, "creators": None, "words": ""}
    rows = ask_own("list_page", **BRIEF.as_parameters(), **page, contenders=200)
    return rows.filter(pl.col("place").is_not_null()).sort("place")


def test_a_list_reads_of_each_campaign_what_the_judgement_read(ask_own):
    of_list = measured_levels_of(listed(ask_own))
    judged = read_stored(ask_own).measured_levels
    keys = ["stage", "campaign_key"]
    assert of_list.select(keys).sort(keys).rows() == judged.select(keys).sort(keys).rows()
    measured = judged.filter(pl.col("stage") == "convert").sort("campaign_key")["campaign_key"].to_list()
    assert len(measured) == 5  # of 1, 2, 3, 7 and 8; the others counted none


def test_what_a_list_expects_is_the_forecast_of_the_same_line(ask_own):
    rows = listed(ask_own)
    lines = rows.select("creator_id", "deliverable", market=pl.lit("DE+AT"))
    drawn = forecasts(lines, read_stored(ask_own), metrics=("in_market_conversions",))
    expected = outcomes_of(ask_own, BRIEF, rows)
    for row in drawn.iter_rows(named=True):
        one = expected[row["creator_id"]]
        assert (one.mean, one.p10, one.p90, one.p_zero) == (row["mean"], row["p10"], row["p90"], row["p_zero"])

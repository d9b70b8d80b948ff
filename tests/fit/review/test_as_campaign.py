"""Do the results of a review come into the store as one campaign, once?"""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from data.importers.load import Options
from data.store import open_newest
from fit.agreement.agreement import Deliverable
from fit.refresh import load
from fit.review.as_campaign import campaign_file, campaign_row, loaded_beside, missing_in_row, with_id
from fit.review.review import review_campaign, review_json
from queries.ask import ask
from tests.fit.review.reviewed import ALL_MET, agreed

CREATORS = "creator_id,creator_name,platform,vertical,home_country,followers\nc001,Mara,instagram,home,DE,84000\n"
AUDIENCE = "creator_id,country,audience_share\nc001,DE,0.6\n"
AGREED = agreed(
    start=date(2026, 3, 3), end=date(2026, 3, 20), platform="instagram", vertical="home", attribution_window_days=7,
    deliverables=(Deliverable("story", 3),), markets=(("DE", 1.0), ("AT", 1.0)),
)  # fmt: skip
NAME = 'spring, "the first"'


def row(name: str | None = NAME, **actuals: float | None) -> dict:
    known = {metric: value for metric, value in (ALL_MET | {"revenue": 120.5} | actuals).items() if value is not None}
    content = json.loads(json.dumps(review_json(review_campaign(AGREED, None, known, charter=name))))
    return with_id(content["campaign"], "ab" * 32)


@pytest.mark.thorough
def test_the_store_holds_what_the_review_measured_and_takes_it_in_once(tmp_path: Path):
    files = {"creators.csv": CREATORS.encode(), "audience.csv": AUDIENCE.encode(), "review.csv": campaign_file(row())}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    paths = [tmp_path / name for name in files]
    store = tmp_path / "store"
    first, again = (load(store, given, Options(), now=datetime.now(UTC)) for given in (paths, paths[2:]))
    assert [file.status for file in first.files] == ["imported"] * 3
    assert [file.status for file in again.files] == ["already imported"]
    (campaign,) = ask(open_newest(store).connection, "campaigns_of_creator", creator_id="c001").to_dicts()
    assert {name: campaign[name] for name in row() if name not in ("creator_id", "date", "end_date")} == {
        "campaign_id": NAME, "market": "DE+AT", "platform": "instagram", "vertical": "home", "deliverable": "story",
        "count_deliverables": 3, "impressions": 30_000, "reach": 25_000, "engagements": 1_200, "clicks": 300,
        "conversions": 6, "revenue": 120.5, "cost": 500.0, "currency": "EUR", "objective": "conversion",
        "attribution_window_days": 7,
    }  # fmt: skip
    assert (campaign["date"], campaign["end_date"]) == (date(2026, 3, 3), date(2026, 3, 20))
    assert loaded_beside(row(), [campaign]) == (True, [])
    assert loaded_beside(row("another"), [campaign]) == (False, [NAME])


@pytest.mark.parametrize(
    ("changed", "others"),
    [
        ({}, ["old"]),
        ({"date": date(2026, 3, 20)}, ["old"]),
        ({"date": date(2026, 3, 21)}, []),
        ({"date": date(2026, 3, 2)}, []),
        ({"market": "AT"}, ["old"]),
        ({"market": "FR"}, []),
    ],
)
def test_campaigns_of_the_same_days_and_market_may_be_the_same_results(changed, others):
    loaded = {"campaign_id": "old", "date": date(2026, 3, 3), "market": "DE"} | changed
    assert loaded_beside(row(), [loaded]) == (False, others)


def test_what_was_not_measured_stays_blank_and_what_a_load_needs_is_asked_for():
    lines = campaign_file(row(clicks=None)).decode().splitlines()
    assert lines[1] == (
        '"spring, ""the first""",c001,DE+AT,2026-03-03,2026-03-20,instagram,home,story,3,30000,25000,1200,,6,120.5,'
        "500,EUR,conversion,7"
    )
    assert missing_in_row(row()) == []
    (no_impressions,) = missing_in_row(row(impressions=None))
    assert no_impressions.startswith("Impressions were not measured.")
    bare = campaign_row(agreed(currency=None), {"impressions": 1.0}, None)
    assert [said.split(".")[0] for said in missing_in_row(bare)] == [
        "The first day of the campaign is open", "The currency of the amounts is open",
    ]  # fmt: skip
    assert (bare["deliverable"], bare["count_deliverables"]) == (None, 12)


def test_a_campaign_without_a_partnership_is_called_by_its_review():
    assert row(None)["campaign_id"] == "review abababababab"

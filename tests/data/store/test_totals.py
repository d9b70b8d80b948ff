"""Do the sums of what files say survive the store? A join that multiplies rows is this field's most common bug."""

import csv
import json
import random
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

pytestmark = pytest.mark.thorough

COUNTS = ("impressions", "engagements", "clicks", "conversions")
MONEY = ("revenue", "cost")
CREATORS = [f"sum-{number:02d}" for number in range(12)]
COUNTRIES = ["DE", "AT", "CH", "US", "GB", "FR", "IT", "ES", "PL", "NL", "SE", "NO", "DK", "FI", "BE", "PT", "IE", "CZ"]


def some_campaigns(dice: random.Random) -> list[dict[str, object]]:
    """Report lines of many campaigns a creator: daily rows, several deliverables and markets, blanks, cents."""
    rows = []
    for creator in CREATORS:
        for campaign in range(dice.randint(1, 25)):
            places = [(market, kind) for market in ("DE", "AT", "DE+AT") for kind in ("post", "story")]
            for market, deliverable in dice.sample(places, 2):
                measured = {name for name in (*COUNTS[1:], *MONEY) if dice.random() < 0.8}
                for day in range(1, dice.choice([2, 2, 8])):
                    impressions = dice.randint(1_000, 90_000)
                    clicks = dice.randint(0, impressions // 40)
                    line = {
                        "engagements": dice.randint(0, impressions // 10),
                        "clicks": clicks,
                        "conversions": dice.randint(0, clicks // 10),
                        "revenue": f"{dice.randint(0, 10**6) / 100:.2f}",
                        "cost": f"{dice.randint(1, 10**5) / 100:.2f}",
                    }
                    described = {
                        "platform": "tiktok", "vertical": "food", "count_deliverables": dice.randint(1, 9),
                        "objective": "conversion", "attribution_window_days": dice.choice([1, 7, 30]), "paid": "false",
                    }  # fmt: skip
                    rows.append({
                        "campaign_id": f"{creator}-k{campaign}", "creator_id": creator, "market": market,
                        "deliverable": deliverable, "date": f"2025-0{1 + campaign % 9}-{day:02d}",
                        "impressions": impressions, "currency": "EUR",
                        **{name: line[name] if name in measured else "" for name in line},
                        # Said of all lines of a campaign or of none: a line of another platform is another campaign.
                        **{name: described[name] if campaign % 2 else "" for name in described},
                    })  # fmt: skip
    return rows


def write(path: Path, rows: list[dict[str, object]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)


def expected(rows: list[dict[str, object]], creator: str) -> dict[str, object]:
    """Exact sums over measured values; None where nothing was measured."""
    mine = [row for row in rows if row["creator_id"] == creator]
    counts = {name: [int(row[name]) for row in mine if row[name] != ""] for name in COUNTS}
    money = {name: [Decimal(row[name]) for row in mine if row[name] != ""] for name in MONEY}
    return {
        "count_campaigns": len({(row["campaign_id"], row["market"], row["deliverable"]) for row in mine}),
        **{name: sum(values) if values else None for name, values in counts.items()},
        **{name: float(sum(values)) if values else None for name, values in money.items()},
    }


@pytest.fixture(scope="module", params=[1, 2])
def loaded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, run_fit: Callable):
    """Rows as written and the store that they were loaded into, with three audiences of 18 countries a creator."""
    dice = random.Random(request.param)
    rows = some_campaigns(dice)
    files, store = tmp_path_factory.mktemp("sums"), tmp_path_factory.mktemp("sums_store")
    profiles = [{"creator_id": c, "creator_name": c, "platform": "instagram", "followers": 50_000} for c in CREATORS]
    audience = [
        {"creator_id": c, "country": country, "audience_share": 0.05, "audience_type": kind, "source": source}
        for c in CREATORS
        for kind, source in (("followers", "one table"), ("followers", "another table"), ("viewers", "one table"))
        for country in COUNTRIES
    ]
    for name, table in (("creators", profiles), ("audience", audience), ("campaigns", rows)):
        write(files / f"{name}.csv", table)
    run_fit("load", files, "--store", store)
    return rows, store


def totals(document: str) -> dict[str, object]:
    (creator,) = json.loads(document)["creators"]
    return {name: creator["totals"][name] for name in ("count_campaigns", *COUNTS, *MONEY)}


def test_every_row_that_is_called_imported_is_there(loaded, run_fit: Callable, tmp_path: Path) -> None:
    rows, store = loaded
    run_fit("export", tmp_path, "--store", store)
    with (tmp_path / "sources.csv").open(encoding="utf-8") as file:
        imported = {row["file_name"]: int(row["count_rows_imported"]) for row in csv.DictReader(file)}
    kept = {name: len((tmp_path / name).read_text(encoding="utf-8").splitlines()) - 1 for name in imported}
    assert kept == imported
    assert imported["campaigns.csv"] == len(rows)


@pytest.mark.parametrize("creator", CREATORS[:4])
def test_a_creators_totals_equal_the_file(creator: str, loaded, run_fit: Callable) -> None:
    rows, store = loaded
    told = run_fit("creator", creator, "--market", "DE", "--store", store, "--json")
    assert totals(told.stdout) == expected(rows, creator)


def test_the_sums_of_all_creators_equal_the_file(loaded, run_fit: Callable, tmp_path: Path) -> None:
    rows, store = loaded
    run_fit("export", tmp_path, "--store", store)
    with (tmp_path / "campaigns.csv").open(encoding="utf-8") as file:
        exported = list(csv.DictReader(file))
    assert {c: expected(exported, c) for c in CREATORS} == {c: expected(rows, c) for c in CREATORS}


def test_loading_the_export_gives_the_same_totals(loaded, run_fit: Callable, tmp_path: Path) -> None:
    rows, store = loaded
    run_fit("export", tmp_path / "out", "--store", store)
    run_fit("load", tmp_path / "out", "--store", tmp_path / "again")
    told = run_fit("creator", CREATORS[0], "--market", "DE", "--store", tmp_path / "again", "--json")
    assert totals(told.stdout) == expected(rows, CREATORS[0])

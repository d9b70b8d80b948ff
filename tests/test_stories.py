"""Do the two stories that the product was made for come out right, from files to shortlist?

A field of twelve invented creators (fixtures/stories) is loaded and shortlisted by the command line alone.
"""

import io
import json
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from fit.__main__ import main

FILES = Path(__file__).parent / "fixtures" / "stories"
BRAND = ("--market", "DE=60", "--market", "AT=40")


def document(*words: object) -> dict:
    """What a command prints as JSON."""
    said = io.StringIO()
    with redirect_stdout(said):
        assert main([*map(str, words), "--json"]) == 0
    return json.loads(said.getvalue())


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Callable:
    """Shortlist the loaded stories: told("--goal", "awareness") gives the document's creators by id."""
    store = tmp_path_factory.mktemp("stories")
    loaded = document("load", FILES, "--store", store)
    assert [file["status"] for file in loaded["files"]] == ["imported"] * 3

    def shortlist(*words: str) -> dict[str, dict]:
        creators = document("shortlist", *words, "--store", store)["creators"]
        return {creator["creator_id"]: creator for creator in creators}

    return shortlist


@pytest.fixture(scope="module")
def for_sales(told: Callable) -> dict[str, dict]:
    return told(*BRAND, "--goal", "conversion")


@pytest.mark.parametrize("goal", ["awareness", "conversion"])
@pytest.mark.parametrize("markets", [BRAND, ("--market", "DE"), ("--market", "AT")])
def test_likes_from_elsewhere_are_never_recommended_for_sales(goal: str, markets: tuple, told: Callable) -> None:
    creator = told(*markets, "--goal", goal)["likes-far-away"]
    assert creator["role"]["label"] != "conversion"
    assert creator["payoff"]["conversion"] < 0.5


def test_the_reason_names_the_share_of_the_audience_in_the_market(for_sales: dict[str, dict]) -> None:
    creator = for_sales["likes-far-away"]
    assert creator["in_market_share"] == 0.05
    assert creator["stages"]["engage"]["index"] > 150
    assert "5 %" in creator["because"].replace("\u00a0", " ").replace("5.0 %", "5 %")


def test_an_audience_elsewhere_ranks_below_everybody_at_home(for_sales: dict[str, dict]) -> None:
    at_home = [c["rank"] for c in for_sales.values() if c["in_market_share"] > 0.5]
    assert len(at_home) == 9
    assert for_sales["likes-far-away"]["rank"] > max(at_home)


def test_fifty_purchases_of_five_hundred_clicks_are_far_above_a_typical_creator(for_sales: dict[str, dict]) -> None:
    convert = for_sales["ten-percent"]["stages"]["convert"]
    assert convert["index"] > 150
    assert convert["p_beats_benchmark"] > 0.9
    assert 100 < convert["low"] < convert["index"] < convert["high"]
    assert convert["count_campaigns"] == 1


def test_one_campaign_counts_for_a_few_sales_however_big(for_sales: dict[str, dict]) -> None:
    assert 1 < for_sales["ten-percent"]["stages"]["convert"]["evidence"] < 10


def test_it_outranks_two_purchases_of_a_hundred_clicks(for_sales: dict[str, dict]) -> None:
    many, few = for_sales["ten-percent"], for_sales["two-of-hundred"]
    assert many["rank"] == 1
    assert many["rank"] < few["rank"]
    assert many["payoff"]["conversion"] > 2 * few["payoff"]["conversion"]
    assert many["role"]["label"] == "conversion"


def test_the_story_of_likes_from_elsewhere_is_a_pass_that_names_the_country(for_sales: dict[str, dict]) -> None:
    creator = for_sales["likes-far-away"]
    assert creator["group"] == "pass"
    assert "More of it lives in Brazil" in creator["because"]


def test_the_story_of_fifty_purchases_is_booked_for_sales(for_sales: dict[str, dict]) -> None:
    creator = for_sales["ten-percent"]
    assert (creator["group"], creator["role"]["label"]) == ("book", "conversion")
    # One campaign is no proof that would be called clear.
    assert creator["role"]["confidence"] == "leaning"
    assert creator["expected"]["metric"] == "in_market_conversions"
    assert creator["expected"]["p10"] <= creator["expected"]["mean"] <= creator["expected"]["p90"]


@pytest.mark.parametrize("price", [1, 10_000])
def test_no_price_makes_an_audience_elsewhere_fit(price: int, tmp_path: Path) -> None:
    """The creator liked from far away asks next to nothing, or very much."""
    asks = tmp_path / "asks.csv"
    asks.write_text(f"creator_id,asking_price,currency\nlikes-far-away,{price},EUR\n")
    document("load", FILES, "--store", tmp_path / "store")
    document("load", asks, "--store", tmp_path / "store")
    found = document("shortlist", *BRAND, "--store", tmp_path / "store")["creators"]
    (creator,) = [one for one in found if one["creator_id"] == "likes-far-away"]
    assert (creator["group"], creator["cost"], creator["cost_basis"]) == ("pass", price, "asking price")


def field_of_files(folder: Path, *, currency: str = "EUR") -> list[Path]:
    """Eight creators at home in Germany, three campaigns each; currency: "" for files without that column."""
    people, lives, runs = [], [], []
    for at in range(8):
        people.append(f"c{at},Creator {at},instagram,food,DE,{20_000 + 5_000 * at},{300 + 20 * at}")
        lives += [f"c{at},DE,0.{60 + at}", f"c{at},AT,0.1", f"c{at},US,0.1"]
        for number in range(3):
            clicks = 60 + 25 * at + 7 * number
            runs.append(
                f"r{at}{number},c{at},DE,2025-0{4 + number}-01,{8_000 + 900 * at},{400 + 10 * at},{clicks},"
                f"{2 + (at * number) % 5},{280 + 15 * at}"
            )
    unit = f",{currency}" if currency else ""
    head = ",currency" if currency else ""
    texts = {
        "creators.csv": ["creator_id,creator_name,platform,vertical,home_country,followers,asking_price" + head]
        + [row + unit for row in people],
        "audience.csv": ["creator_id,country,audience_share", *lives],
        "campaigns.csv": ["campaign_id,creator_id,market,date,impressions,engagements,clicks,conversions,cost" + head]
        + [row + unit for row in runs],
    }
    folder.mkdir()
    for name, lines in texts.items():
        (folder / name).write_text("\n".join(lines) + "\n")
    return [folder / name for name in texts]


def test_the_same_files_with_and_without_a_currency_column_give_the_same_order(tmp_path: Path) -> None:
    answers = []
    for name, currency in (("named", "EUR"), ("unnamed", "")):
        store = tmp_path / f"store-{name}"
        document("load", *field_of_files(tmp_path / name, currency=currency), "--store", store)
        answers.append(document("shortlist", "--market", "DE", "--store", store)["creators"])
    named, unnamed = answers
    assert [one["creator_id"] for one in unnamed] == [one["creator_id"] for one in named]
    assert [one["expected"] for one in unnamed] == [one["expected"] for one in named]
    assert [one["payoff"] for one in unnamed] == [one["payoff"] for one in named]
    assert {one["currency"] for one in named} == {"EUR"}
    assert {one["currency"] for one in unnamed} == {None}


def test_an_audience_that_moved_away_makes_a_creator_worse(tmp_path: Path) -> None:
    """62 % of c0's audience lived in Germany when its campaigns ran; today 6 % do."""
    store = tmp_path / "store"
    document("load", *field_of_files(tmp_path / "files"), "--store", store)
    before = tmp_path / "before.csv"
    before.write_text("creator_id,country,audience_share,as_of\nc0,DE,0.62,2025-05-01\nc0,US,0.2,2025-05-01\n")
    document("load", before, "--store", store)
    lived = next(
        c for c in document("shortlist", "--market", "DE", "--store", store)["creators"] if c["creator_id"] == "c0"
    )
    now = tmp_path / "now.csv"
    now.write_text("creator_id,country,audience_share,as_of\nc0,DE,0.06,2025-11-20\nc0,US,0.8,2025-11-20\n")
    document("load", now, "--store", store)
    lives = next(
        c for c in document("shortlist", "--market", "DE", "--store", store)["creators"] if c["creator_id"] == "c0"
    )
    assert lives["in_market_share"] == 0.06
    # The past is judged with the audience of its time, so the strength stays as it was ...
    for stage in ("engage", "click", "convert"):
        assert lives["stages"][stage]["index"] == pytest.approx(lived["stages"][stage]["index"], rel=0.03)
    # ... and what the next campaign brings falls with the people who live there.
    assert lives["expected"]["mean"] < 0.2 * lived["expected"]["mean"]
    assert lives["payoff"]["conversion"] < lived["payoff"]["conversion"]
    assert lives["group"] == "pass"


def test_an_audience_all_in_the_smaller_market_does_not_win_unnoticed(tmp_path: Path) -> None:
    """Germany 60, France 40: c0 is the strongest for its price, and nobody of it lives in Germany."""
    store = tmp_path / "store"
    document("load", *field_of_files(tmp_path / "files"), "--store", store)
    french = tmp_path / "french.csv"
    french.write_text("creator_id,country,audience_share,as_of\nc0,FR,0.97,2025-11-20\nc0,BE,0.03,2025-11-20\n")
    document("load", french, "--store", store)
    both = ("--market", "DE=60", "--market", "FR=40", "--store", store)
    creators = {one["creator_id"]: one for one in document("shortlist", *both)["creators"]}
    assert creators["c0"]["shares"] == {"DE": 0.0, "FR": 0.97}
    assert creators["c0"]["gaps"] == ["DE"]
    assert creators["c0"]["because"].startswith("Hardly any audience in Germany: ")
    assert "97\u00a0% in France (40\u00a0% of your brief)" in creators["c0"]["because"]
    asked = document("shortlist", *both, "--min-share-each", "0.05")
    assert "c0" not in {one["creator_id"] for one in asked["creators"]}
    assert asked["count_matching"] == len(asked["creators"])

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

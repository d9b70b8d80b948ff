"""Does `plan` keep its promises: keys, columns, exit codes, refusals, and the same answer to the byte?"""

import csv
import json
from pathlib import Path

import polars as pl
import pytest

from tests.fit.cli.commands import run

BRIEF = ["--market", "DE=60", "--market", "AT=40"]
KEYS = {
    "budget", "currency", "spent", "goal", "booked", "total", "targets", "left_out", "limits", "next_swap", "pilots",
    "because",
}  # fmt: skip
BOOKED = {"creator_id", "brief", "deliverable", "count_deliverables", "cost", "cost_basis", "mean", "p10", "p50", "p90"}
COLUMNS = ["creator_id", "brief", "booked", "cost", "mean", "p10", "p50", "p90", "reason"]


@pytest.fixture
def plan(demo_store: Path, capsys: pytest.CaptureFixture):
    """Run `plan` on the demo."""

    def planned(*words: str, store: Path = demo_store) -> tuple[int, str, str]:
        return run(capsys, "plan", *words, "--store", str(store))

    return planned


@pytest.mark.thorough
def test_the_document_has_the_promised_keys(plan) -> None:
    code, out, err = plan(*BRIEF, "--budget", "2000", "--target", "clicks=300", "--creators", ":3", "--json")
    document = json.loads(out)
    assert (code, err) == (0, "")
    assert set(document) >= KEYS
    assert all(set(line) == BOOKED for line in document["booked"])
    assert {line["brief"] for line in document["booked"]} == {None}
    assert set(document["total"]) == {"metric", "mean", "p10", "p50", "p90", "p_zero"}
    assert all(set(line) == {"creator_id", "brief", "cost", "mean", "reason"} for line in document["left_out"])
    assert [set(target) for target in document["targets"]] == [{"metric", "target", "p_hit"}]
    assert [limit["limit"] for limit in document["limits"]] == ["at most 3 creators"]
    assert set(document["next_swap"]) == {"out", "in", "change"}
    assert all(set(pilot) == {"creator_id", "cost", "expected_gain", "worth_it"} for pilot in document["pilots"])
    assert document["currency"] == "EUR"
    assert document["demo"] is True
    assert plan(*BRIEF, "--budget", "2000", "--target", "clicks=300", "--creators", ":3", "--json")[1] == out


@pytest.mark.thorough
def test_out_has_every_line_as_csv_and_as_parquet(plan, tmp_path: Path) -> None:
    for name in ("plan.csv", "plan.parquet"):
        code, out, _ = plan(*BRIEF, "--budget", "2000", "--goal", "awareness", "--out", str(tmp_path / name))
        assert code == 0
        assert "Book " in out
    table = pl.read_parquet(tmp_path / "plan.parquet")
    assert table.columns[:9] == COLUMNS
    with (tmp_path / "plan.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["creator_id"] for row in rows] == table["creator_id"].to_list()
    assert {row["booked"] for row in rows} == {"0", "1"}
    assert {row["brief"] for row in rows} == {""}
    assert sum(float(row["cost"]) for row in rows if row["booked"] == "1") <= 2_000


@pytest.mark.thorough
def test_a_briefs_file_is_chosen_from_row_by_row(plan, tmp_path: Path) -> None:
    path = tmp_path / "briefs.csv"
    path.write_text(
        "creator_id,market,deliverable,count_deliverables,cost\n"
        "demo-002,DE,post,2,400\ndemo-001,DE,story,3,150\ndemo-002,DE,story,1,90\n"
    )
    words = ["--briefs", str(path), "--budget", "600"]
    code, out, err = plan(*words, "--json")
    document = json.loads(out)
    assert (code, err) == (0, "")
    assert {line["creator_id"] for line in document["booked"]} == {"demo-001", "demo-002"}
    assert {line["brief"] for line in document["booked"]} <= {0, 1, 2}
    assert {line["cost_basis"] for line in document["booked"]} == {"briefs file"}
    (left,) = document["left_out"]
    assert left["reason"] == "another line of this creator is booked"
    several = json.loads(plan(*words[:-1], "640", "--several", "--json")[1])
    assert several["spent"] == 640.0


def test_people_read_what_to_book_what_it_brings_and_what_is_left_out(plan) -> None:
    code, out, _ = plan(*BRIEF, "--budget", "2000", "--target", "clicks=300", "--without", "demo-001")
    assert code == 0
    first, *lines = out.splitlines()
    assert first.startswith("Book ")
    assert ") in Germany and Austria" in first
    assert any(line.startswith("Target: Clicks of 300 or more") for line in lines)
    assert any(line.startswith("Limit: without demo-001 costs") for line in lines)
    assert any(line.startswith("Next best swap: ") for line in lines)
    assert any(line.startswith("Left out: ") for line in lines)


@pytest.mark.parametrize(
    "words",
    [
        ["--budget", "100"],
        [*BRIEF],
        [*BRIEF, "--budget", "0"],
        [*BRIEF, "--budget", "-5"],
        [*BRIEF, "--budget", "nan"],
        [*BRIEF, "--budget", "inf"],
        ["--market", "DE=0", "--budget", "100"],
        [*BRIEF, "--budget", "100", "--currency", "EURO"],
        [*BRIEF, "--budget", "100", "--creators", "3"],
        [*BRIEF, "--budget", "100", "--creators", "3:2"],
        [*BRIEF, "--budget", "100", "--creators", ":0"],
        [*BRIEF, "--budget", "100", "--most-for-one", "0"],
        [*BRIEF, "--budget", "100", "--most-for-one", "1.5"],
        [*BRIEF, "--budget", "100", "--must", "demo-001", "--without", "demo-001"],
        [*BRIEF, "--budget", "100", "--at-least", "FR=3"],
        [*BRIEF, "--budget", "100", "--at-least", "DE=0"],
        [*BRIEF, "--budget", "100", "--target", "likes=3"],
        [*BRIEF, "--budget", "100", "--deliverable", "post=0"],
        ["--briefs", "briefs.csv", "--market", "DE", "--budget", "100"],
        [*BRIEF, "--budget", "100", "--json", "--out", "plan.csv"],
    ],
)
def test_wrong_usage_is_told_apart(plan, words: list[str]) -> None:
    code, out, err = plan(*words)
    assert (code, out) == (2, "")
    assert err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--budget", "0.01"], "below the cheapest candidate"),
        (["--budget", "2000", "--creators", "50:"], "at least 50 creators"),
        (["--budget", "2000", "--must", "demo-0001"], "Nearest: demo-001"),
        (["--budget", "2000", "--without", "demo-0001"], "Nearest: demo-001"),
        (["--budget", "2000", "--currency", "JPY"], "no rate to JPY"),
        (["--budget", "2000", "--platform", "myspace"], "No creator matches"),
        (["--budget", "2000", "--out", "plan.txt"], "neither .csv nor .parquet"),
    ],
)
def test_what_cannot_be_done_is_refused_with_the_reason(plan, words: list[str], said: str) -> None:
    code, out, err = plan(*BRIEF, *words)
    assert (code, out) == (1, "")
    assert said in err


def test_a_market_is_one_by_all_its_codes_and_a_deliverable_in_all_its_forms(plan) -> None:
    as_written = [
        plan(
            "--market",
            f"{market}=1",
            "--at-least",
            f"{least}=0.001",
            "--deliverable",
            kind,
            "--budget",
            "2000",
            "--json",
        )
        for market, least, kind in (("GB", "GB", "post=2"), ("UK", "GB", "Posts=2"), ("uk", "UK", "post=2"))
    ]
    assert as_written[0][0] == 0
    assert as_written[1:] == as_written[:1] * 2


@pytest.mark.thorough
def test_a_market_where_nobody_listens_can_be_asked_for(plan, demo_store: Path, capsys: pytest.CaptureFixture) -> None:
    code, out, err = plan("--market", "TV", "--budget", "2000", "--json")
    assert (code, err) == (0, "")
    document = json.loads(out)
    assert 0 < document["total"]["mean"] < 1
    assert document["warnings"][0].startswith("Fewer than 1 in 20 live in Tuvalu of the audience of ")
    code, out, err = run(
        capsys, "shortlist", "--market", "TV=60", "--market", "NU=40", "--json", "--store", str(demo_store)
    )
    assert (code, err) == (0, "")
    assert json.loads(out)["creators"][0]["expected"]["mean"] > 0


@pytest.mark.thorough
def test_amounts_without_a_currency_stay_without_one(tmp_path: Path, capsys: pytest.CaptureFixture, plan) -> None:
    creators = "".join(f"c{at},Creator {at},instagram,home,DE,{10_000 * at},{40 * at}\n" for at in range(1, 5))
    (tmp_path / "creators.csv").write_text(
        "creator_id,creator_name,platform,vertical,home_country,followers,asking_price\n" + creators
    )
    audience = "".join(f"c{at},DE,0.6\n" for at in range(1, 5))
    (tmp_path / "audience.csv").write_text("creator_id,country,audience_share\n" + audience)
    campaigns = "".join(
        f"k{at},c{at},DE,2025-0{at}-01,{9_000 * at},{300 * at},{90 * at},{3 * at},{100 * at},{50 * at}\n"
        for at in range(1, 5)
    )
    (tmp_path / "campaigns.csv").write_text(
        "campaign_id,creator_id,market,date,impressions,engagements,clicks,conversions,revenue,cost\n" + campaigns
    )
    own = tmp_path / "store"
    assert run(capsys, "load", *(str(tmp_path / f"{name}.csv") for name in ("creators", "audience", "campaigns")),
               "--store", str(own))[0] == 0  # fmt: skip
    code, out, err = plan("--market", "DE", "--budget", "150", "--json", store=own)
    assert (code, json.loads(out)["currency"]) == (0, None), err
    assert "XXX" not in out
    code, out, err = plan("--market", "DE", "--budget", "150", store=own)
    assert code == 0
    assert "XXX" not in out + err
    code, _, err = plan("--market", "DE", "--budget", "150", "--currency", "EUR", store=own)
    assert code == 1
    assert "name no currency" in err
    assert "XXX" not in err
    code, out, _ = run(capsys, "price", "--creator", "c1", "--market", "DE", "--json", "--store", str(own))
    assert (code, json.loads(out)["currency"]) == (0, None)
    assert json.loads(out)["asking_price"] == 40


def test_an_estimated_price_is_read_in_whole_units_and_written_to_the_cent(plan) -> None:
    asked = (*BRIEF, "--budget", "300", "--must", "demo-056", "--creators", ":1")
    booked = json.loads(plan(*asked, "--json")[1])["booked"]
    assert [(line["cost"], line["cost_basis"]) for line in booked] == [(293.11, "own past price")]
    assert "for 293 EUR: " in plan(*asked)[1]

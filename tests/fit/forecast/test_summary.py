"""Are forecasts asked and answered as promised, from the command line and from a file of briefs?"""

import json

import polars as pl
import pytest

from fit.__main__ import main
from fit.brief import BriefError, parse_deliverable
from fit.forecast.brief_lines import BRIEF_COLUMNS, read_brief_lines
from fit.forecast.simulate import FORECAST_METRICS
from fit.forecast.summary import parse_target

LINES = (
    "creator_id,market,platform,vertical,start_date,deliverable,n_deliverables,spend\n"
    "demo-001,DE,instagram,food,2026-05-01,post,2,500\n"
    "demo-002,DE+AT,,,,,,\n"
)


def run(capsys: pytest.CaptureFixture, *words: str) -> tuple[int, str, str]:
    try:
        code = main(list(words))
    except SystemExit as left:
        code = left.code
    said = capsys.readouterr()
    return code, said.out, said.err


def test_other_names_are_understood_and_blanks_stay_open(tmp_path):
    path = tmp_path / "briefs.csv"
    path.write_text(LINES)
    lines = read_brief_lines(path, {"demo-001", "demo-002"})
    assert lines.schema == pl.Schema(BRIEF_COLUMNS)
    assert lines["count_deliverables"].to_list() == [2, None]
    assert lines["cost"].to_list() == [500.0, None]
    lines.write_parquet(tmp_path / "briefs.parquet")
    assert read_brief_lines(tmp_path / "briefs.parquet", {"demo-001", "demo-002"}).equals(lines)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("creator_id,cost\na,1\n", "has no column market"),
        ("creator_id,market,cost\na,DE,much\n", "row 2: cost 'much' is not understood"),
        ("creator_id,market,date\na,DE,01.02.2026\n", "row 2: date '01.02.2026' is not understood"),
        ("creator_id,market\na,DE\n ,DE\n", "row 3: creator_id or market is blank"),
        ("", "cannot be read"),
    ],
)
def test_a_brief_line_that_cannot_be_meant_is_refused_with_its_row(tmp_path, text, words):
    path = tmp_path / "briefs.csv"
    path.write_text(text)
    with pytest.raises(BriefError, match=words):
        read_brief_lines(path, {"a"})


def test_a_file_of_briefs_gives_every_metric_of_every_line(demo_store, tmp_path, capsys):
    (tmp_path / "briefs.csv").write_text(LINES)
    out = tmp_path / "forecast.parquet"
    words = ("--briefs", str(tmp_path / "briefs.csv"), "--out", str(out), "--store", str(demo_store))
    assert run(capsys, "forecast", *words)[0] == 0
    found = pl.read_parquet(out)
    assert found.columns == [
        "creator_id", "brief", "metric", "mean", "p2_5", "p10", "p25", "p50", "p75", "p90", "p97_5", "p_zero", "demo",
    ]  # fmt: skip
    assert found["brief"].to_list() == [0] * len(FORECAST_METRICS) + [1] * len(FORECAST_METRICS)
    assert run(capsys, "payoffs", *words)[0] == 0
    paid = pl.read_parquet(out)
    assert paid.columns == ["creator_id", "brief", "payoff_awareness", "payoff_conversion", "best_role", "demo"]
    assert paid["creator_id"].to_list() == ["demo-001", "demo-002"]


def test_a_creator_that_nobody_loaded_is_named(demo_store, tmp_path, capsys):
    (tmp_path / "briefs.csv").write_text("creator_id,market\nghost,DE\n")
    code, _, err = run(capsys, "forecast", "--briefs", str(tmp_path / "briefs.csv"), "--out",
                       str(tmp_path / "f.csv"), "--store", str(demo_store))  # fmt: skip
    assert code == 1
    assert "first 'ghost'" in err


def test_one_line_is_forecast_with_its_targets(demo_store, capsys):
    line = ("--creator", "demo-001", "--market", "DE=1", "--platform", "tiktok", "--deliverable", "post=2")
    asked = ("--cost", "516", "--target", "clicks=500", "--target", "cpa=20", "--json", "--store", str(demo_store))
    words = ("forecast", *line, *asked)
    code, out, err = run(capsys, *words)
    document = json.loads(out)
    assert (code, err) == (0, "")
    assert set(document["metrics"]) == set(FORECAST_METRICS)
    assert set(document["metrics"]["clicks"]) == {"mean", "p10", "p50", "p90", "p_zero"}
    assert [(t["metric"], t["target"]) for t in document["targets"]] == [("clicks", 500), ("cost_per_conversion", 20)]
    assert all(0 <= t["p_hit"] <= 1 for t in document["targets"])
    assert document["cost_per_expected_sale"] == pytest.approx(516 / document["metrics"]["conversions"]["mean"])
    assert run(capsys, *words)[1] == out


def test_a_line_is_forecast_the_same_alone_and_from_a_file(demo_store, tmp_path, capsys):
    (tmp_path / "briefs.csv").write_text(LINES)
    out = tmp_path / "forecast.parquet"
    run(capsys, "forecast", "--briefs", str(tmp_path / "briefs.csv"), "--out", str(out), "--store", str(demo_store))
    _, text, _ = run(capsys, "forecast", "--creator", "demo-001", "--market", "DE", "--platform", "instagram",
                     "--date", "2026-05-01", "--deliverable", "post=2", "--cost", "500", "--json",
                     "--store", str(demo_store))  # fmt: skip
    alone = json.loads(text)["metrics"]
    filed = {row["metric"]: row for row in pl.read_parquet(out).filter(pl.col("brief") == 0).iter_rows(named=True)}
    for metric in ("impressions", "reach"):
        assert alone[metric]["p50"] == filed[metric]["p50"]


@pytest.mark.parametrize(
    "words",
    [
        ["--creator", "demo-001"],
        ["--market", "DE"],
        ["--creator", "demo-001", "--market", "DE", "--deliverable", "post=none"],
        ["--creator", "demo-001", "--market", "DE", "--target", "fame=5"],
        ["--creator", "demo-001", "--market", "DE", "--target", "clicks=many"],
        ["--creator", "demo-001", "--market", "DE", "--cost", "-5"],
        ["--creator", "demo-001", "--market", "DE", "--date", "tomorrow"],
        ["--briefs", "briefs.csv"],
    ],
)
def test_wrong_usage_is_exit_2(demo_store, capsys, words):
    code, out, err = run(capsys, "forecast", *words, "--store", str(demo_store))
    assert (code, out) == (2, "")
    assert "usage:" in err


def test_deliverables_and_targets_are_read_as_written():
    assert parse_deliverable("post=2") == ("post", 2)
    assert parse_deliverable("story") == ("story", 1)
    assert parse_deliverable("") == (None, 1)
    assert parse_target("CPM=12.5") == ("cost_per_thousand_impressions", 12.5)

"""Are forecasts asked and answered as promised, from the command line and from a file of briefs?"""

import contextlib
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import openpyxl
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.importers.report import Problem, RefusedError
from data.importers.table import read_briefs
from fit.__main__ import main
from fit.brief import BriefError, parse_deliverable
from fit.forecast.brief_lines import BRIEF_COLUMNS, lines_of_rows
from fit.forecast.inputs import usual_currency
from fit.forecast.simulate import FORECAST_METRICS
from fit.forecast.summary import dots_of, parse_target
from tests.worked_example import stored

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


KNOWN = {"demo-001", "demo-002"}
READ = [
    {"creator_id": "demo-001", "market": "DE", "platform": "instagram", "vertical": "food", "date": date(2026, 5, 1),
     "deliverable": "post", "count_deliverables": 2, "cost": 500.0, "currency": None},
    {"creator_id": "demo-002", "market": "DE+AT"} | dict.fromkeys(list(BRIEF_COLUMNS)[2:]),
]  # fmt: skip


def lines_of(path: Path, known: set[str] = KNOWN) -> pl.DataFrame:
    return lines_of_rows(read_briefs(path)[0], known, path.name)


def test_other_names_are_understood_and_blanks_stay_open(tmp_path):
    path = tmp_path / "briefs.csv"
    path.write_text(LINES)
    lines = lines_of(path)
    assert lines.schema == pl.Schema(BRIEF_COLUMNS)
    assert lines.to_dicts() == READ
    lines.write_parquet(tmp_path / "briefs.parquet")
    assert lines_of(tmp_path / "briefs.parquet").equals(lines)


@pytest.mark.parametrize(
    "raw",
    [
        LINES.encode("utf-8-sig"),
        LINES.encode("utf-16"),
        LINES.replace("\n", "\r\n").encode(),
        ("sep=;\n" + LINES.replace(",", ";").replace(";500\n", ";EUR 500,00\n")).encode(),
        LINES.replace("2026-05-01", "2026/05/01").replace(",DE,", ",Germany,").encode(),
        LINES.replace("spend\n", "spend,note\n").replace("500\n", '500,"one\ntwo"\n').replace(",,\n", ",,,\n").encode(),
    ],
)
def test_the_same_lines_are_read_however_they_are_written(tmp_path, raw):
    path = tmp_path / "briefs.csv"
    path.write_bytes(raw)
    expected = [dict(line) for line in READ]
    if b"EUR" in raw:
        expected[0]["currency"] = "EUR"
    assert lines_of(path).to_dicts() == expected


def test_a_workbook_and_floats_of_any_length_are_read_as_they_are(tmp_path):
    book = openpyxl.Workbook()
    for row in (("creator_id", "market", "date", "cost"), ("demo-001", "DE", date(2026, 5, 1), 123.456)):
        book.active.append(row)
    book.save(tmp_path / "briefs.xlsx")
    one = dict.fromkeys(BRIEF_COLUMNS) | {
        "creator_id": "demo-001",
        "market": "DE",
        "date": date(2026, 5, 1),
        "cost": 123.456,
    }
    assert lines_of(tmp_path / "briefs.xlsx").to_dicts() == [one]
    lines_of(tmp_path / "briefs.xlsx").write_parquet(tmp_path / "briefs.parquet")
    assert lines_of(tmp_path / "briefs.parquet").to_dicts() == [one]
    (tmp_path / "briefs.csv").write_text("creator_id,market,date,cost,spend\ndemo-001,DE,2026-05-01,123.4567890123,7\n")
    assert lines_of(tmp_path / "briefs.csv").to_dicts() == [one | {"cost": 123.4567890123}]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("creator_id,cost\na,1\n", "has no column market (found: creator_id, cost)"),
        ("creator_id,market,cost\na,DE,much\n", "row 2, cost 'much': not a number; write digits only"),
        ("creator_id,market,cost\na,DE,-5\n", "row 2, cost '-5': negative"),
        ("creator_id,market,cost\na,DE,1.234\n", "row 2, cost '1.234': thousands or decimals?"),
        ("creator_id,market,count_deliverables\na,DE,0\n", "row 2, count_deliverables '0': 0, where at least 1"),
        ("creator_id,market,date\na,DE,01.02.2026\n", "row 2, date '01.02.2026': day or month first?"),
        ("creator_id,market\na,DE\n ,DE\n", "row 3, creator_id: blank, but every row needs it"),
        ("creator_id,market\na,\n", "row 2, market: blank, but every row needs it"),
        ("creator_id,market\na,Atlantis\na,\n", "row 2, market 'Atlantis': no market: a country code"),
        ("creator_id,market,cost,currency\na,DE,USD 5,EUR\n", "row 2, cost 'USD 5': names the currency USD"),
        ('creator_id,market\na,"DE\n', "a quotation mark opened in row 2 (line 2) is never closed"),
        ("creator_id,market\na,DE,1\n", "row 2, (whole row) 'a DE 1': 3 fields; the header has 2"),
        ("creator_id,market,market\na,DE,AT\n", "two columns for market (market, market)"),
        ('creator_id,market,vertical\na,DE,"food\nfun"\n', "row 2, vertical 'food\\x0afun': holds a control character"),
        ("creator_id,market\n", "only a header"),
        ("", "this file is empty"),
    ],
)
def test_a_brief_line_that_cannot_be_meant_is_refused_with_its_row(tmp_path, text, words):
    path = tmp_path / "briefs.csv"
    path.write_text(text)
    with pytest.raises(RefusedError) as refused:
        read_briefs(path)
    assert words in str(refused.value)


def test_a_refusal_names_every_bad_cell(tmp_path):
    path = tmp_path / "briefs.csv"
    path.write_text("creator_id,market,cost\na,DE,much\nb,XX,3\n")
    with pytest.raises(RefusedError) as refused:
        read_briefs(path)
    assert refused.value.problems == (
        Problem(2, 2, "cost", "much", "not a number", "write digits only, or leave it blank where it was not measured"),
        Problem(3, 3, "market", "XX", "no market: a country code, or several joined by +, is needed",
                "write for example DE or DE+AT; ZZ for not stated"),
    )  # fmt: skip
    assert str(refused.value).endswith("(1 more such cells or rows)")


@pytest.mark.thorough
@settings(max_examples=60)
@given(data=st.data(), is_parquet=st.booleans())
def test_damaged_briefs_are_read_or_refused_with_words(tmp_path_factory, data, is_parquet):
    path = tmp_path_factory.mktemp("briefs") / "briefs.csv"
    path.write_text(LINES)
    if is_parquet:
        lines_of(path).write_parquet(path)
    raw = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(raw)))
        raw[at : at + data.draw(st.integers(0, 6))] = data.draw(st.binary(max_size=5))
    path.write_bytes(raw)
    with contextlib.suppress(BriefError, RefusedError):
        assert lines_of(path).schema == pl.Schema(BRIEF_COLUMNS)


@pytest.mark.thorough
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
    assert "one creator of briefs.csv is not in the store: 'ghost'" in err


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


def test_dots_are_the_middles_of_the_twentieths():
    """Of 0 to 1,999 in any order: 50, 150, ..., 1,950."""
    values = np.random.default_rng(1).permutation(2_000).astype(float)
    assert dots_of(values).tolist() == [50.0 + 100 * at for at in range(20)]
    assert dots_of(np.array([3.0, 1.0])).tolist() == [1.0] * 10 + [3.0] * 10


@pytest.mark.parametrize(("text", "target"), [("clicks=0", 0.0), ("cpa=20", 20.0), ("clicks=1e3", 1_000.0)])
def test_a_target_of_nothing_or_more_is_read(text, target):
    assert parse_target(text)[1] == target


@pytest.mark.parametrize(
    "text", ["clicks=-1", "clicks=inf", "clicks=nan", "clicks=", "clicks", "clicks=5=3", "joy=3", "=3"]
)
def test_a_target_that_cannot_be_meant_is_refused(text):
    with pytest.raises(BriefError):
        parse_target(text)


def test_the_usual_currency_is_the_one_of_most_orders_or_else_of_most_costs():
    field = stored()
    assert usual_currency(field) == "EUR"
    dollars = field.order_values.with_columns(count_campaigns=pl.Series([6, 7]))
    assert usual_currency(replace(field, order_values=dollars)) == "USD"
    assert usual_currency(replace(field, order_values=dollars.clear())) == "EUR"
    nothing = replace(field, order_values=dollars.clear(), market_prices=field.market_prices.clear())
    assert usual_currency(nothing) is None


@pytest.mark.thorough
def test_a_kind_that_nobody_measured_is_said_before_its_forecast(demo_store, capsys):
    words = ["forecast", "--creator", "demo-001", "--market", "DE", "--store", str(demo_store)]
    sentence = "No carousel has been measured yet. We used what carousels usually get, so the range is wide.\n"
    assert run(capsys, *words, "--deliverable", "Carousels=2")[1].startswith(sentence)
    assert "measured yet" not in run(capsys, *words, "--deliverable", "Reels=2")[1]
    known = [json.loads(run(capsys, *words, "--deliverable", kind, "--json")[1]) for kind in ("Carousels", "reel")]
    assert [document["unmeasured_kinds"] for document in known] == [["carousel"], []]


@pytest.mark.thorough
def test_a_briefs_file_may_write_kinds_as_people_do(demo_store, tmp_path, capsys):
    head = "creator_id,market,platform,date,deliverable,count_deliverables,cost\n"
    found = []
    for stories, reels in (("Stories", "Reels"), ("story", "reel")):
        (tmp_path / "lines.csv").write_text(
            f"{head}demo-001,DE,instagram,2026-05-01,{stories},10,500\ndemo-001,DE,instagram,2026-05-01,{reels},2,500\n"
        )
        out = tmp_path / f"{stories}.csv"
        words = ["forecast", "--briefs", str(tmp_path / "lines.csv"), "--out", str(out), "--store", str(demo_store)]
        assert run(capsys, *words)[0] == 0
        found.append(out.read_text())
    assert found[0] == found[1]

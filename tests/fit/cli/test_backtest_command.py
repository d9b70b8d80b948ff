"""Does `backtest` keep its promises: keys, exit codes, refusals?"""

import json
from math import exp
from pathlib import Path

import pytest

from data.store import saved_accuracy
from tests.fit.cli.commands import run
from tests.pages.ui.learn.stores import write_past

PROMISED = {"quarters", "metrics", "p_hit_by_decile", "health", "because"}


@pytest.fixture
def backtest(demo_store: Path, capsys: pytest.CaptureFixture):
    """Run `backtest` on the demo."""
    return lambda *words: run(capsys, "backtest", *words, "--store", str(demo_store))


@pytest.mark.thorough
def test_the_document_has_the_promised_keys_and_is_the_same_to_the_byte(backtest) -> None:
    code, out, err = backtest("--since", "2025-Q4", "--json")
    document = json.loads(out)
    assert (code, err) == (0, "")
    assert set(document) == PROMISED | {"generation", "demo", "count_campaigns", "warnings", "reviews", "recalibration"}
    assert document["reviews"]["count_forecasts"] == 0
    assert document["quarters"] == ["2025-Q4", "2026-Q1"]
    clicks = document["metrics"]["clicks"]
    assert set(clicks) >= {"count", "held_80", "wis_against_raw", "wis_against_field", "pit"}
    assert sum(clicks["pit"]) == pytest.approx(1)
    assert sum(one["count"] for one in clicks["platforms"].values()) == clicks["count"]
    assert [set(finding) for finding in document["health"]] == [{"check", "status", "found", "needed", "do"}] * 8
    assert {finding["status"] for finding in document["health"]} <= {"pass", "review", "fail"}
    assert backtest("--since", "2025-q4", "--json")[1] == out


@pytest.mark.thorough
def test_people_read_the_answer_first(backtest) -> None:
    code, out, _ = backtest("--since", "2025-Q4")
    first, *lines = out.splitlines()
    assert code == 0
    assert "fell inside the likely range" in first
    assert lines[0].startswith("  impressions: ")
    assert lines[-1].startswith("  FAIL Whose data: all creators are invented")


def test_too_few_campaigns_are_refused_with_what_is_missing(backtest) -> None:
    code, out, err = backtest("--since", "2030-Q1", "--json")
    assert (code, out) == (1, "")
    assert err.startswith("0 past campaigns can be held against a forecast; 10 are needed.")


@pytest.mark.parametrize("since", ["2025", "2025-Q5", "Q1-2025", "", "99999-Q1"])
def test_what_is_no_quarter_is_wrong_usage(backtest, since: str) -> None:
    code, _, err = backtest("--since", since)
    assert code == 2
    assert "Write it as 2025-Q3." in err


@pytest.mark.thorough
def test_what_is_earned_is_applied_as_a_new_data_version_and_undone(tmp_path, capsys, run_fit) -> None:
    """30 creators whose numbers fall faster than forecasts follow."""
    folder = tmp_path / "store"
    run_fit("load", write_past(tmp_path / "files", count_creators=30, falling=0.55), "--store", folder)
    code, out, _ = run(capsys, "backtest", "--apply", "--json", "--store", str(folder))
    document = json.loads(out)
    earned = [one["metric"] for one in document["recalibration"] if one["earned"]]
    assert (code, document["generation"], document["applied"]) == (0, 1, 2)
    assert "impressions" in earned
    held, count = saved_accuracy(folder, 2)
    assert (held, count) == saved_accuracy(folder, 1)
    assert f"of {count}" in document["because"]
    line = ("forecast", "--creator", "c1", "--market", "DE", "--store", str(folder))
    _, after, _ = run(capsys, *line, "--json")
    assert [one["metric"] for one in json.loads(after)["corrections"]] == earned
    assert "Forecasts of impressions are lowered by" in run(capsys, *line)[1]
    assert run(capsys, "undo", "--store", str(folder))[0] == 0
    _, before, _ = run(capsys, *line, "--json")
    assert "corrections" not in json.loads(before)
    ratio = json.loads(after)["metrics"]["impressions"]["p50"] / json.loads(before)["metrics"]["impressions"]["p50"]
    shift = next(one["shift"] for one in document["recalibration"] if one["metric"] == "impressions")
    assert ratio == pytest.approx(exp(shift), rel=1e-3)


@pytest.mark.thorough
def test_nothing_earned_is_nothing_applied(backtest) -> None:
    code, _, err = backtest("--apply")
    assert (code, "A correction would not help" in err or "Sample data" in err) == (1, True)
    assert backtest("--apply", "--since", "2025-Q4")[0] == 2

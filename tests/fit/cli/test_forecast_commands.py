"""Is what cannot be meant refused by `forecast` as by the other commands, and is JSON all that --json prints?"""

import json

import pytest

from fit.cli import main
from tests.fit.cli.commands import AUDIENCE, run


@pytest.fixture
def store(tmp_path):
    """A store with two creators of whom only the audience is known."""
    (tmp_path / "audience.csv").write_text(AUDIENCE)
    assert main(["load", str(tmp_path / "audience.csv"), "--store", str(tmp_path / "store")]) == 0
    return str(tmp_path / "store")


def test_an_unknown_creator_is_refused_with_those_that_come_nearest(store, capsys):
    code, _, err = run(capsys, "forecast", "--creator", "c11", "--market", "DE", "--store", store)
    assert (code, err) == (1, "No creator has the id 'c11'; 2 are known. Nearest: c1, c2.\n")


def test_a_currency_is_read_as_everywhere_or_refused(store, capsys):
    line = ("forecast", "--creator", "c1", "--market", "DE", "--cost", "500", "--json", "--store", store, "--currency")
    capsys.readouterr()  # what loading said
    code, out, _ = run(capsys, *line, "€")
    assert (code, json.loads(out)["currency"]) == (0, "EUR")
    code, out, err = run(capsys, *line, "EURO")
    assert (code, out) == (2, "")
    assert err.endswith("--currency 'EURO' is no code of a currency. Write it like EUR.\n")


def test_a_file_of_briefs_with_json_prints_one_document(store, tmp_path, capsys):
    briefs, out = tmp_path / "briefs.csv", str(tmp_path / "forecast.csv")
    briefs.write_text("creator_id,market\nc1,DE\nc2,AT\n")
    capsys.readouterr()  # what loading said
    line = ("forecast", "--briefs", str(briefs), "--out", out, "--store", store)
    code, said, _ = run(capsys, *line, "--json")
    rows = len((tmp_path / "forecast.csv").read_text().splitlines()) - 1
    assert (code, json.loads(said)) == (0, {"out": out, "count_rows": rows})
    assert run(capsys, *line)[1] == f"Wrote {rows} rows to {out}.\n"

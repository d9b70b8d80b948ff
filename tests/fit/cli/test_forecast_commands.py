"""Is a creator or a currency that is none refused by `forecast`, as by the other commands?"""

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

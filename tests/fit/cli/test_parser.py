"""Does an absurd number end in one sentence, whatever option carries it, and are choices those that there are?"""

import pytest

from data.decisions import Did
from fit.cli.parser import DEEDS

DIGITS = "9" * 45
TOO_LONG = "9" * 5_000  # Python refuses to read so many digits as a number
LINE = ("forecast", "--creator", "demo-001", "--market", "DE")
PLAN = ("plan", "--market", "DE", "--budget")
PRICE = ("price", "--creator", "demo-001", "--market", "DE")


@pytest.mark.parametrize(
    "words",
    [
        ("shortlist", "--market", "DE", "--followers", f"{DIGITS}:"),
        ("shortlist", "--market", "DE", "--followers", f":{TOO_LONG}"),
        ("shortlist", "--market", "DE", "--top", DIGITS),
        ("shortlist", "--market", "DE", "--top", TOO_LONG),
        ("shortlist", "--market", "DE", "--repeat", DIGITS),
        ("shortlist", "--market", "DE", "--min-share", "nan"),
        ("shortlist", "--market", "DE=1e-300", "--market", "AT=1e8"),
        ("shortlist", "--market", "DE=nan"),
        (*LINE, "--deliverable", f"post={TOO_LONG}"),
        (*LINE, "--cost", "1e308"),
        (*LINE, "--target", "clicks=1e308"),
        (*LINE, "--date", f"{DIGITS}-01-01"),
        (*PLAN, "1e308"),
        (*PLAN, "5000", "--creators", f"{TOO_LONG}:"),
        (*PLAN, "5000", "--quarters", DIGITS),
        (*PLAN, "5000", "--at-least", "DE=1e308"),
        (*PLAN, "5000", "--most-for-one", "inf"),
        (*PRICE, "--order-margin", "inf"),
        (*PRICE, "--commission", "nan"),
        (*PRICE, "--deliverable", f"post={DIGITS}"),
        ("demo", "--creators", DIGITS),
        ("demo", "--seed", TOO_LONG),
    ],
    ids=lambda words: " ".join(words)[:60],
)
def test_a_number_out_of_all_bounds_is_wrong_usage(run_fit, demo_store, words):
    said = run_fit(*words, "--store", demo_store, code=2)
    assert said.stdout == ""
    assert len(said.stderr.splitlines()[-1]) < 400


def test_an_id_of_any_length_is_answered_in_a_line(run_fit, demo_store):
    said = run_fit("creator", "x" * 5_000, "--market", "DE", "--store", demo_store, code=1)
    assert said.stderr == f"No creator has the id '{'x' * 59}…'; 60 are known. No name comes near.\n"


def test_the_kinds_of_the_activity_log_are_those_that_are_noted():
    assert set(DEEDS) == {did.value for did in Did}

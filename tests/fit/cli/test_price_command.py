"""Does `price` keep its promises: keys, exit codes, refusals?"""

import json
from pathlib import Path

import pytest

from tests.fit.cli.commands import run

LINE = ["--creator", "demo-001", "--market", "DE=1", "--deliverable", "post=2"]
KEYS = {
    "break_even", "safe", "market_price", "asking_price", "currency", "worth_basis", "p_profit_at_asking", "deal",
    "because",
}  # fmt: skip
DEAL = {"base", "commission", "creator_p10", "creator_mean", "creator_p90", "p_loss_flat", "p_loss_deal"}


@pytest.fixture
def price(demo_store: Path, capsys: pytest.CaptureFixture):
    """Run `price` on the demo."""
    return lambda *words: run(capsys, "price", *words, "--store", str(demo_store))


@pytest.mark.thorough
def test_the_document_has_the_promised_keys(price) -> None:
    code, out, err = price(*LINE, "--order-margin", "20", "--commission", "0.01", "--json")
    document = json.loads(out)
    assert (code, err) == (0, "")
    assert set(document) == KEYS
    assert set(document["deal"]) == DEAL
    assert document["worth_basis"] == "order margin"
    assert document["deal"]["commission"] == 0.01
    assert price(*LINE, "--order-margin", "20", "--commission", "0.01", "--json")[1] == out
    assert json.loads(price(*LINE, "--json")[1])["deal"] is None


def test_the_worth_of_a_thousand_people_makes_it_a_question_of_awareness(price) -> None:
    document = json.loads(price(*LINE, "--per-thousand", "15", "--json")[1])
    assert document["worth_basis"] == "worth of 1,000 people"
    assert document == json.loads(price(*LINE, "--per-thousand", "15", "--goal", "awareness", "--json")[1])


def test_people_read_the_advice_first(price) -> None:
    code, out, _ = price(*LINE, "--order-margin", "20", "--commission", "0.01")
    assert code == 0
    assert out.startswith(("Offer ", "Accept "))
    assert "break even: " in out
    assert "loss with the deal: " in out


@pytest.mark.parametrize(
    "words",
    [
        ["--creator", "demo-001"],
        ["--market", "DE"],
        [*LINE, "--order-margin", "0"],
        [*LINE, "--order-margin", "-3"],
        [*LINE, "--per-thousand", "nan"],
        [*LINE, "--order-margin", "20", "--per-thousand", "15"],
        [*LINE, "--order-margin", "20", "--goal", "awareness"],
        [*LINE, "--per-thousand", "20", "--goal", "conversion"],
        [*LINE, "--commission", "0"],
        [*LINE, "--commission", "1"],
        [*LINE[:4], "--deliverable", "post=0"],
        [*LINE[:4], "--deliverable", "post=5000"],
        ["--creator", "demo-001", "--market", "DE=0"],
    ],
)
def test_wrong_usage_is_told_apart(price, words: list[str]) -> None:
    code, out, err = price(*words)
    assert (code, out) == (2, "")
    assert err


def test_an_unknown_creator_is_refused_with_the_nearest_names(price) -> None:
    code, out, err = price("--creator", "demo-0001", "--market", "DE")
    assert (code, out) == (1, "")
    assert "Nearest: demo-001" in err


def test_a_commission_above_the_fee_is_refused(price) -> None:
    code, _, err = price(*LINE, "--commission", "0.99")
    assert (code, "Choose at most" in err) in ((1, True), (0, False))

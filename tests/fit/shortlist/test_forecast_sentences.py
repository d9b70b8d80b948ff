"""Do sentence, chart's title and table of a forecast say the numbers that the shortlist says?"""

from dataclasses import replace

import pytest

from fit.brief import Brief
from fit.forecast import CostBasis, RequestedLine, forecast_line, line_of_creator
from fit.shortlist import (
    ExpectedLine,
    expected_of,
    forecast_finding,
    forecast_first_sentence,
    in_all_sentence,
    metric_cell,
    metric_finding,
    metrics_table,
    shortlist,
)

BOTH = Brief((("DE", 60.0), ("FR", 40.0)))


def usual_line(ask, brief: Brief, creator_id: str) -> ExpectedLine:
    """The standard line of a creator, at the price that the list is ordered by."""
    one = shortlist(ask, brief, creators=[creator_id]).candidates[0]
    profile = ask("creator", creator_id=creator_id).row(0, named=True)
    line = line_of_creator(RequestedLine(), brief, profile, one.deliverable)
    line = replace(line, cost=one.cost, currency=one.currency, cost_basis=CostBasis(one.cost_basis))
    return ExpectedLine(one, line, forecast_line(ask, line.as_row()))


@pytest.mark.parametrize("goal", ["conversion", "awareness"])
@pytest.mark.parametrize(
    "creator", ["demo-001", "demo-005", "demo-010", "demo-012", "demo-017", "demo-026", "demo-042"]
)
def test_the_forecast_of_the_standard_line_is_what_the_list_says(ask_demo, creator, goal):
    line = usual_line(ask_demo, replace(BOTH, goal=goal), creator)
    listed = replace(line.creator.expected, per_1000=None)
    assert vars(expected_of(line, goal)) == pytest.approx(vars(listed))


def known(line: ExpectedLine, **of_metric: dict[str, float]) -> ExpectedLine:
    """The line with these figures of some metrics."""
    metrics = {name: values | of_metric.get(name, {}) for name, values in line.outlook.metrics.items()}
    return replace(line, outlook=replace(line.outlook, metrics=metrics))


@pytest.fixture
def ada(ask_demo) -> ExpectedLine:
    """One post of Ada for 440 EUR: nine purchases in the markets, four to twenty."""
    line = usual_line(ask_demo, BOTH, "demo-001")
    asked = replace(line.asked, cost=440.0, deliverable="post", cost_basis=CostBasis.ASKING_PRICE)
    named = replace(line, creator=replace(line.creator, creator_name="Ada"), asked=asked)
    return known(
        named,
        in_market_conversions={"mean": 9.2, "p10": 4.0, "p90": 20.4, "p_zero": 0.1},
        conversions={"mean": 12.0, "p10": 5.0, "p90": 25.0, "p_zero": 0.05},
        clicks={"mean": 412.0, "p10": 221.0, "p90": 638.0},
    )


def test_a_sentence_about_markets_counts_people_there_only(ada):
    assert forecast_finding(ada, BOTH) == (
        "1 post by Ada for 440 EUR (asking price): about 9 purchases (4 to 20) in Germany and France"
    )
    assert forecast_first_sentence(ada, BOTH) == (
        "1 post by Ada for 440 EUR (asking price): about 9 purchases (4 to 20) in Germany and France, 48 EUR "
        "each. No purchase at all: 10\N{NO-BREAK SPACE}%, 1 in 10."
    )


@pytest.mark.parametrize(
    ("changed", "end"),
    [
        ({"cost": None, "cost_basis": CostBasis.NONE}, ", without a price"),
        ({"cost_basis": CostBasis.ASKED}, " for 440 EUR"),
        ({"cost_basis": CostBasis.OWN_PAST_PRICE}, " for 440 EUR (own past prices)"),
        ({"cost_basis": CostBasis.MARKET_PRICE}, " for 440 EUR (usual price)"),
    ],
)
def test_the_line_says_where_its_price_comes_from(ada, changed, end):
    line = replace(ada, asked=replace(ada.asked, **changed))
    assert forecast_finding(line, BOTH).partition(":")[0] == f"1 post by Ada{end}"


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        ({"mean": 0.3, "p10": 0.0, "p90": 0.4}, "under 1 purchase (most likely none) in Germany and France"),
        ({"mean": 0.3, "p10": 0.0, "p90": 1.0}, "under 1 purchase (0 to 1) in Germany and France"),
        ({"mean": 1.2, "p10": 0.0, "p90": 3.0}, "about one purchase (0 to 3) in Germany and France"),
    ],
)
def test_few_purchases_are_said_in_words(ada, figures, said):
    found = forecast_finding(known(ada, in_market_conversions=figures), BOTH)
    assert found == f"1 post by Ada for 440 EUR (asking price): {said}"


def test_titles_and_table_say_the_same_numbers(ada):
    assert metric_finding(ada, "in_market_conversions") == "Purchases in the market: about 9 (4 to 20)"
    assert metric_finding(ada, "clicks", is_named=True) == "Clicks: most with Ada, about 412 (221 to 638)"
    few = known(ada, in_market_conversions={"mean": 0.2, "p10": 0.0, "p90": 1.0})
    assert metric_finding(few, "in_market_conversions") == "Purchases in the market: under 1 (0 to 1)"
    assert metric_cell(few.outlook, "in_market_conversions") == "under 1 (0 to 1)"
    assert metrics_table(few.outlook).filter(metric="Purchases in the market")["expected"].to_list() == ["under 1"]
    rows = {row["metric"]: row for row in metrics_table(ada.outlook).iter_rows(named=True)}
    assert [rows["Purchases in the market"][name] for name in ("low", "expected", "high")] == ["4", "9", "20"]
    assert [rows["Clicks"][name] for name in ("low", "expected", "high")] == ["221", "412", "638"]
    assert metric_cell(ada.outlook, "clicks") == "412 (221 to 638)"


@pytest.mark.parametrize("creator", ["demo-001", "demo-005", "demo-012", "demo-042"])
def test_a_shop_never_counts_fewer_in_all_than_in_the_markets(ask_demo, creator):
    metrics = usual_line(ask_demo, BOTH, creator).outlook.metrics
    assert metrics["conversions"]["mean"] >= metrics["in_market_conversions"]["mean"]


def test_what_a_shop_counts_in_all_is_a_detail(ada):
    counted = replace(
        ada, outlook=replace(ada.outlook, futures=dict.fromkeys(ada.outlook.futures, ada.outlook.futures["clicks"]))
    )
    assert in_all_sentence(counted) == "All purchases, other countries included: about 12 (5 to 25)."

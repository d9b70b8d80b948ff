"""Does Recommended role show what to do, what it brings and costs, and what speaks against it?"""

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from fit.shortlist import shortlist
from pages.ui import provenance
from tests.pages.driver import opened, troubles

BOTH = "DE-60_FR-40"


def prose(app: AppTest) -> list[str]:
    """All markdown of a page, letter by letter."""
    return [str(element.value).replace("\\", "") for element in app.markdown]


def test_what_to_do_and_how_sure_stand_in_badges(demo_store, in_store):
    in_store(demo_store)
    app = opened("recommended_role", market=BOTH, creator="demo-001")
    assert troubles(app) == []
    badges = [text for text in prose(app) if "-badge[" in text]
    assert any(text.startswith(":green-badge[Book]") for text in badges)
    assert any("conversion, clear, 12 campaigns" in text for text in badges)
    assert app.header[0].value.replace("\\", "").startswith("Book Copper Cuckoo Studio for conversion: about ")
    assert [metric.label for metric in app.metric][:4] == [
        "Expected purchases", "Price", "Per purchase", "No purchase at all",
    ]  # fmt: skip


@pytest.mark.thorough
def test_nothing_is_called_clear_without_its_campaigns(demo_store, in_store, ask_demo):
    in_store(demo_store)
    for creator in ("demo-001", "demo-003", "demo-018"):
        app = opened("recommended_role", market="DE-1", creator=creator)
        said = [*prose(app), *[header.value for header in app.header]]
        named = [text for text in said if "clear," in text.lower() or "clear c" in text.lower()]
        assert named
        assert all("campaigns" in text for text in named)


@pytest.mark.thorough
def test_a_market_that_is_missed_is_red_in_the_verdict_and_under_the_reasons(demo_store, in_store):
    in_store(demo_store)
    app = opened("recommended_role", market=BOTH, creator="demo-005")
    red = [text for text in prose(app) if ":red[:material/error:" in text]
    assert len(red) == 2
    assert all("Hardly any audience in France" in text for text in red)
    assert not any(":red[" in text for text in prose(opened("recommended_role", market="DE-1", creator="demo-005")))


@pytest.mark.thorough
def test_a_price_too_high_is_an_answer_of_its_own(demo_store, in_store, ask_demo):
    in_store(demo_store)
    app = opened("recommended_role", market=BOTH, creator="demo-016")
    assert troubles(app) == []
    payoff = shortlist(ask_demo, app.session_state["page_state"].brief, creators=["demo-016"]).candidates[0].payoff
    times = f"{1 / payoff['conversion']:.1f}"
    said = app.header[0].value.replace("\\", "")
    assert said.endswith(
        f"Germany and France, but 370 EUR is {times} times what these purchases are worth at the usual price"
    )


@pytest.mark.parametrize("goal", ["conversion", "awareness"])
def test_the_expected_outcome_opens_to_what_it_is_made_of(demo_store, in_store, goal):
    in_store(demo_store)
    app = opened("recommended_role", market=BOTH, creator="demo-001", goal=goal, tab="Evidence")
    tables = [d.value for d in app.dataframe if set(d.value.columns) == set(provenance.COLUMNS)]
    rows = {row["figure"]: row for table in tables for row in table.to_dict("records")}
    first = rows["Purchases in the market" if goal == "conversion" else "In-market reach"]
    assert {"Price", "Cost of the outcome", "Likely in the top 3", "Share in Germany", "Share in France"} <= set(rows)
    assert rows["Price"]["numerator"] == "asking price"
    assert "1 x " in first["denominator"]


def test_the_steps_multiply_to_the_expected_outcome(demo_store, in_store):
    in_store(demo_store)
    app = opened("recommended_role", market=BOTH, creator="demo-001", tab="Evidence")
    table = next(
        d.value
        for d in app.dataframe
        if set(d.value.columns) == set(provenance.COLUMNS) and "Price" in set(d.value["figure"])
    )
    row = pl.from_pandas(table).row(0, named=True)
    parts = [
        float(part.split("\N{NO-BREAK SPACE}%")[0].split(" ")[0].replace(",", ""))
        for part in row["numerator"].split(" x ")
    ]
    product = parts[0] * parts[1] * parts[2] * parts[3] / 1e6
    assert product == pytest.approx(float(row["value"].split(" ")[0]), rel=0.06)


def test_a_creator_of_whom_nothing_is_known_has_no_figures_of_an_outcome(demo_store, in_store):
    in_store(demo_store)
    app = opened("recommended_role", market="DE-1", creator="demo-021")
    assert troubles(app) == []
    assert app.header[0].value.startswith("Find out where the audience of ")

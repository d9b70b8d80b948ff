"""Does Compare decide first, put every figure side by side, and call nothing zero that nobody listed?"""

import pytest

from fit.shortlist import comparison_verdict, shortlist
from tests.pages.driver import opened, troubles


def said(app) -> list[str]:
    return [str(text.value).replace("\\", "") for text in app.markdown]


def test_two_creators_stand_side_by_side_under_the_decision(demo_store, in_store, ask_demo):
    in_store(demo_store)
    app = opened("compare", market="DE-60_FR-40", s="demo-001-demo-003-nobody")
    assert troubles(app) == []
    brief = app.session_state["page_state"].brief
    chosen = [shortlist(ask_demo, brief, creators=[one]).candidates[0] for one in ("demo-001", "demo-003")]
    verdict, because = comparison_verdict(chosen, brief)
    assert app.header[0].value.replace("\\", "") == verdict
    assert because in said(app)
    facts = app.table[0].value
    assert list(facts)[1:] == ["Copper Cuckoo Studio", "Rosy Raccoon Studio"]
    assert any(text.startswith("These are not the same money: Copper Cuckoo Studio 440") for text in said(app))
    assert len(app.get("plotly_chart")) == 7  # three stages, two audiences, two metrics of the forecast
    origins = app.dataframe[-1].value
    assert set(origins.columns) >= {"figure", "numerator", "denominator", "n", "market", "window", "source"}
    assert len(origins) == 2 * 12


@pytest.mark.thorough
def test_nobody_chosen_begins_by_search_or_with_the_top_three(demo_store, in_store):
    in_store(demo_store)
    app = opened("compare", market="DE-1")
    assert (app.header[0].value, len(app.get("plotly_chart"))) == ("Nobody is chosen yet", 0)
    app.multiselect(key="form_compared").set_value(["demo-008"]).run()
    assert app.header[0].value.replace("\\", "") == "Paper Puffin Studio is chosen: choose one more"
    app.button(key="compare_first").click().run()
    assert len(app.table[0].value.columns) == 4
    assert troubles(app) == []


@pytest.mark.thorough
def test_of_six_the_first_five_are_compared_and_it_is_said(demo_store, in_store):
    in_store(demo_store)
    app = opened("compare", market="DE-1", s="-".join(f"demo~100{number}" for number in range(1, 7)))
    assert len(app.table[0].value.columns) == 6
    assert "6 creators are chosen; the first 5 are compared." in [text.value for text in app.caption]
    assert troubles(app) == []

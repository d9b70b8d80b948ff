"""Does a campaign that the reader chooses show what would have been said and what came, and does the link hold it?"""

import pytest

from tests.pages.driver import opened, troubles


def shown(app) -> tuple[str, list[str]]:
    """The chosen campaign, and the results in its table."""
    table = app.table[0].value
    return next(box.value for box in app.selectbox if box.key == "form_campaign"), table["Result"].to_list()


@pytest.mark.thorough
def test_the_newest_is_shown_and_another_is_chosen_in_the_link(own_store, in_store):
    in_store(own_store)
    app = opened("forecast_accuracy", market="DE-1")
    assert shown(app) == ("k0-3 c0 2025-11-10", ["4\\,900", "98", "98"])
    box = next(box for box in app.selectbox if box.key == "form_campaign")
    assert len(box.options) == 42
    assert box.options[0].startswith("Creator 0 · k0-3 · TikTok · ")
    box.set_value("k5-1 c5 2025-05-10").run()
    assert troubles(app) == []
    assert app.text_input(key="campaign").value == "k5-1 c5 2025-05-10"
    assert shown(app) == ("k5-1 c5 2025-05-10", ["9\\,400", "188", "188"])


@pytest.mark.thorough
def test_the_link_opens_the_same_campaign_and_an_unknown_one_falls_back(own_store, in_store):
    in_store(own_store)
    assert shown(opened("forecast_accuracy", campaign="k5-1 c5 2025-05-10"))[0] == "k5-1 c5 2025-05-10"
    assert shown(opened("forecast_accuracy", campaign="nothing"))[0] == "k0-3 c0 2025-11-10"


def test_every_metric_says_where_its_result_fell(own_store, in_store):
    in_store(own_store)
    app = opened("forecast_accuracy", campaign="k5-1 c5 2025-05-10")
    table = app.table[0].value
    assert table["Metric"].to_list() == ["Impressions", "Engagements", "Clicks"]
    inside = [place for place in table["Compared"] if place == "inside"]
    sentence = f"{len(inside)} of 3 results fell inside the likely range that would have been said before 2025\\-Q2\\."
    assert sentence in [text.value for text in app.markdown]
    assert set(table["Compared"]) <= {"inside", "above", "below"}

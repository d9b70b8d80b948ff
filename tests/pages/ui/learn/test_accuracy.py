"""Does the page say how past forecasts held, and where too few are, what is missing and the one next step?"""

import pytest

from fit.text.escape import literal
from pages.ui.learn import past_forecasts
from tests.pages.driver import opened, troubles


@pytest.mark.thorough
def test_the_first_line_says_how_often_the_range_held(own_store, in_store):
    in_store(own_store)
    app = opened("forecast_accuracy", market="DE-1")
    assert troubles(app) == []
    accuracy = past_forecasts.past_accuracy(lambda part, quarter: None)
    said, *others = accuracy.sentences
    assert app.header[0].value == literal(said.rstrip("."))
    how = "From 2025-Q2 to 2025-Q4 each quarter was forecast with what was known before it."
    assert app.markdown[0].value == literal(" ".join([*others, how]))
    assert "results from 42 past campaigns" in said
    table = app.dataframe[-1].value
    assert table["metric"].to_list() == ["Impressions", "Engagements", "Clicks"]
    assert [text.split(" of ")[1] for text in table["all"]] == ["42"] * 3
    assert [text.split(" of ")[1] for text in table["tiktok"]] == ["21"] * 3
    titles = [title.value for title in app.subheader]
    assert titles[0].startswith("By metric\\, ")
    assert titles[1].startswith("Chances of hitting a target were off by ")


@pytest.mark.thorough
def test_an_earned_correction_is_applied_by_a_button_and_said_where_it_changes_something(falling_store, in_store):
    in_store(falling_store)
    app = opened("forecast_accuracy", market="DE-1")
    assert troubles(app) == []
    said = [text.value for text in app.markdown if "would help" in text.value]
    assert "Impressions: forecasts times 0" in said[0].replace("\\", "")
    app.button("apply_correction").click().run()
    assert (troubles(app), [button.key for button in app.button if button.key == "apply_correction"]) == ([], [])
    assert app.success[0].value.startswith(literal("In every forecast of these data: Forecasts of impressions"))
    assert [text for text in app.markdown if "would help" in text.value] != []
    creator = opened("recommended_role", market="DE-1", creator="c1", goal="awareness")
    assert troubles(creator) == []
    assert [text for text in creator.markdown if "Forecasts of impressions are lowered by" in text.value] != []


def test_too_few_campaigns_are_a_state_with_one_way_out(thin_store, in_store):
    in_store(thin_store)
    app = opened("forecast_accuracy", market="DE-1")
    assert (troubles(app), [title.value for title in app.header]) == (
        [], ["Too few past campaigns to check forecasts", "Can you rely on your data?"],
    )  # fmt: skip
    assert app.markdown[0].value == literal(
        "0 past campaigns can be held against a forecast; 10 are needed. A campaign counts when it has results, its "
        "creator's followers are known, and 10 others ended before its quarter. Load more campaigns."
    )
    assert [button for button in app.selectbox if button.key == "form_campaign"] == []


def test_more_campaigns_than_a_page_can_walk_are_sent_to_the_command_line(own_store, in_store, monkeypatch):
    in_store(own_store)
    monkeypatch.setattr(past_forecasts, "MOST_WALKED", 55)
    app = opened("forecast_accuracy", market="DE-1")
    assert (troubles(app), app.header[0].value) == ([], "Past forecasts are checked outside of this page")
    assert [text.value for text in app.markdown if "56 campaigns" in text.value] != []

"""Does the bar say the brief, change it in place, and write it into the link?"""

import pytest
from streamlit.testing.v1 import AppTest

from fit.text import country
from tests.pages.driver import opened, troubles


@pytest.mark.thorough
def test_the_share_in_every_market_is_asked_for_where_there_are_several(demo_store, in_store):
    in_store(demo_store)
    app = opened("shortlist", market="DE-60_AT-40")
    before = len(app.dataframe[0].value)
    app.slider(key="form_share_each").set_value(5).run()
    assert (troubles(app), app.text_input(key="min_share_each").value) == ([], "0.05")
    assert app.session_state["page_state"].brief.min_share_each == 0.05
    table = app.dataframe[0].value
    assert 0 < len(table) < before
    assert min(float(text.removesuffix("\N{NO-BREAK SPACE}%")) for (text,) in table["share_AT"]) >= 5
    app.switch_page("pages/audience_geography.py").run()
    assert app.slider(key="form_share_each").value == 5
    app.slider(key="form_share_each").set_value(0).run()
    assert app.text_input(key="min_share_each").value == ""


def test_one_market_has_one_filter_and_the_link_keeps_the_other(demo_store, in_store):
    in_store(demo_store)
    app = opened("shortlist", market="DE-1", min_share_each="0.9")
    assert troubles(app) == []
    assert "form_share_each" not in [slider.key for slider in app.slider]
    assert app.session_state["page_state"].brief.min_share_each is None
    app.multiselect(key="form_markets").set_value(["DE", "AT"]).run()
    assert app.session_state["page_state"].brief.min_share_each == 0.9


def test_a_share_that_is_none_is_said(demo_store, in_store):
    in_store(demo_store)
    app = opened("shortlist", market="DE-60_AT-40", min_share_each="7")
    assert len(app.warning) == 1
    assert app.session_state["page_state"].brief.min_share_each is None


def labels(app: AppTest) -> list[str]:
    """What the buttons of the bar say, in their order."""
    return [popover.proto.popover.label.replace("\N{NO-BREAK SPACE}", " ") for popover in app.get("popover")]


@pytest.mark.thorough
def test_the_bar_says_goal_markets_with_their_parts_and_how_many_filters(demo_store, in_store):
    in_store(demo_store)
    app = opened("shortlist", market="DE-70_FR-50", goal="awareness", platform="instagram", followers="1000:")
    assert labels(app)[:3] == ["Goal: Awareness", "Markets: Germany 58 %, France 42 %", "Filters (2)"]
    app = opened("plan", market="DE-2_FR-1_AT-1_CH-1")
    assert labels(app)[:3] == ["Goal: Conversion", "Markets: Germany 40 %, France 20 % and 2 more", "Filters"]
    assert labels(opened("recommended_role", market="AT-7"))[1] == "Market: Austria"


@pytest.mark.thorough
def test_a_part_that_is_changed_takes_from_the_others_in_proportion(demo_store, in_store):
    in_store(demo_store)
    app = opened("shortlist", market="DE-60_AT-30_FR-10")
    app.number_input(key="form_weight_DE").set_value(20).run()
    assert app.text_input(key="market").value == "DE-20_AT-60_FR-20"
    app.multiselect(key="form_markets").set_value(["AT", "FR"]).run()
    assert app.text_input(key="market").value == "AT-75_FR-25"
    app.multiselect(key="form_markets").set_value(["AT", "FR", "PL"]).run()
    assert app.text_input(key="market").value == "AT-50_FR-16.7_PL-33.3"
    assert troubles(app) == []


def test_markets_begin_with_those_of_the_data_the_most_frequent_first(demo_store, in_store, ask_demo):
    in_store(demo_store)
    loaded = ask_demo("usual_markets")["country"].to_list()
    names = opened("shortlist").multiselect(key="form_markets").options
    assert names[:4] == [country(code) for code in loaded[:4]]
    assert len(names) == len(set(names)) > len(loaded)


@pytest.mark.thorough
def test_taking_the_last_market_away_is_said_until_another_is_chosen(demo_store, in_store):
    in_store(demo_store)
    app = opened("shortlist", market="PL-1")
    app.multiselect(key="form_markets").set_value([]).run()
    said = "No market is chosen, so this page shows Germany, the most frequent in your data. Choose one."
    assert (app.multiselect(key="form_markets").value, {warning.value for warning in app.warning}) == ([], {said})
    app.multiselect(key="form_markets").set_value(["AT"]).run()
    assert (app.text_input(key="market").value, len(app.warning), troubles(app)) == ("AT-100", 0, [])


def test_filters_are_cleared_at_once_and_goal_and_markets_stay(demo_store, in_store):
    in_store(demo_store)
    app = opened("shortlist", market="DE-60_AT-40", goal="awareness", platform="instagram", min_share="0.2")
    app.button(key="clear_filters").click().run()
    kept = {field.key: field.value for field in app.text_input if field.value}
    assert (kept, labels(app)[2]) == ({"market": "DE-60_AT-40", "goal": "awareness"}, "Filters")

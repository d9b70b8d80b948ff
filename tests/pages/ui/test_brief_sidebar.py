"""Does the sidebar write the filter of every market into the link, and read it again?"""

from tests.pages.driver import opened, troubles


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

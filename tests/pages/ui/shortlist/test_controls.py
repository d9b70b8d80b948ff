"""Are creators found as one types, and does the pager say which of how many are shown?"""

import pytest

from tests.pages.driver import opened, troubles


def names(app):
    return app.dataframe[0].value["creator"].to_list()


@pytest.mark.thorough
def test_a_part_of_a_name_finds_its_creator_on_every_page_of_the_list(demo_store, in_store):
    in_store(demo_store)
    app = opened("shortlist", market="DE-1", page="2")
    assert len(names(app)) == 10
    app.text_input(key="find").set_value("PUFFIN stud").run()
    assert (names(app), troubles(app)) == (["Paper Puffin Studio"], [])
    assert "1-1 of 1" in [text.value for text in app.markdown]
    app.text_input(key="find").set_value("@demo_rosy_raccoon_studio").run()
    assert names(app) == ["Rosy Raccoon Studio"]
    app.text_input(key="find").set_value("demo-003").run()
    assert names(app) == ["Rosy Raccoon Studio"]


def test_whom_nobody_is_called_leads_back_to_all(demo_store, in_store):
    in_store(demo_store)
    app = opened("shortlist", market="DE-1", find="paul")
    assert (len(app.dataframe), troubles(app)) == (0, [])
    assert any("has “paul” in name" in text.value for text in app.markdown)
    app.button(key="find_all").click().run()
    assert (app.text_input(key="find").value, len(names(app))) == ("", 50)


def test_the_pager_says_which_of_how_many(demo_store, in_store):
    in_store(demo_store)
    assert "1-50 of 60" in [text.value for text in opened("shortlist", market="DE-1").markdown]
    assert "51-60 of 60" in [text.value for text in opened("shortlist", market="DE-1", page="2").markdown]


def test_the_direction_is_asked_for_where_there_is_one(demo_store, in_store):
    in_store(demo_store)
    app = opened("shortlist", market="DE-1")
    assert "way" not in [box.key for box in app.selectbox]
    app.selectbox(key="sort").set_value("Followers").run()
    largest = names(app)
    app.selectbox(key="way").set_value("Smallest first").run()
    assert names(app) != largest
    assert troubles(app) == []

"""Does a part of a name find its creator in every field, and does nothing that is typed become an id?"""

from datetime import datetime

import pytest

from data.importers.load import Options
from fit.refresh import load
from fit.text import literal
from tests.pages.driver import opened, troubles


@pytest.fixture
def large_store(demo_store, in_store, monkeypatch):
    """The demo as a store too large to hand all its creators to the browser."""
    in_store(demo_store)
    monkeypatch.setattr("pages.ui.creator_search.MOST_OFFERED", 10)


def type_in(field, *typed: str) -> None:
    """Type into a field what it does not offer, as the browser sends it."""
    field.options.extend(typed)
    chosen = [*field.value, *typed] if isinstance(field.value, list) else typed[0]
    field.set_value(chosen).run()


@pytest.mark.parametrize("page", ["audience_geography", "natural_strength", "recommended_role", "brief"])
def test_a_small_store_offers_every_creator_by_name_handle_and_id(demo_store, in_store, page):
    in_store(demo_store)
    app = opened(page, market="DE-1", creator="demo-003")
    field = app.selectbox(key="form_creator")
    assert (field.value, len(field.options)) == ("demo-003", 60)
    assert "Paper Puffin Studio · @demo_paper_puffin_studio · demo-008" in field.options
    field.set_value("demo-008").run()
    assert (app.text_input(key="creator").value, troubles(app)) == ("demo-008", [])


def test_a_name_with_accents_is_offered_as_people_type_it(tmp_path, in_store):
    profiles = tmp_path / "creators.csv"
    profiles.write_text("creator_id,creator_name,handle,platform\nc1,Anna Müller,@anna,instagram\nc2,José,,tiktok\n")
    load(tmp_path / "store", [profiles], Options(), now=datetime(2026, 3, 2, 9))
    in_store(tmp_path / "store")
    app = opened("audience_geography", market="DE-1", creator="c2")
    options = app.selectbox(key="form_creator").options
    assert sorted(options) == ["Anna Müller · @anna · c1 · Anna Muller · Anna Mueller", "José · c2 · Jose"]


def test_in_a_large_store_a_part_that_one_creator_has_shows_that_one(large_store):
    app = opened("natural_strength", market="DE-1", creator="demo-003")
    assert len(app.selectbox(key="form_creator").options) <= 51
    type_in(app.selectbox(key="form_creator"), "PUFFIN stud")
    assert app.text_input(key="creator").value == "demo-008"
    assert app.selectbox(key="form_creator").value == "demo-008"
    assert (len(app.warning), troubles(app)) == (0, [])


def test_in_a_large_store_a_part_of_several_names_offers_these(large_store):
    app = opened("natural_strength", market="DE-1", creator="demo-003")
    type_in(app.selectbox(key="form_creator"), "studio")
    field = app.selectbox(key="form_creator")
    assert (field.value, app.text_input(key="creator").value) == ("demo-003", "demo-003")
    found = [option for option in field.options if "Studio" in option]
    said = f"The first {len(found)} creators with “studio”: choose one, or type more letters."
    assert literal(said) in [text.value for text in app.caption]
    field.set_value("demo-001").run()
    assert app.text_input(key="creator").value == "demo-001"
    assert not any("choose one from the list" in text.value for text in app.caption)


def test_what_nobody_is_called_is_said_and_changes_nothing(large_store):
    app = opened("natural_strength", market="DE-1", creator="demo-003")
    type_in(app.selectbox(key="form_creator"), "paul")
    assert app.text_input(key="creator").value == "demo-003"
    assert literal("No creator has “paul” in name, handle or id.") in [text.value for text in app.caption]


@pytest.mark.thorough
def test_typed_parts_find_whom_a_plan_must_book(large_store):
    app = opened("plan", market="DE-1", budget="2000", must="demo~1012")
    type_in(app.multiselect(key="plan_must"), "paper puffin studio", "paul")
    assert app.multiselect(key="plan_must").value == ["demo-012", "demo-008"]
    assert app.query_params["must"] == "demo~1012-demo~1008"
    app.multiselect(key="plan_must").set_value([]).run()
    assert "must" not in app.query_params
    assert troubles(app) == []


@pytest.mark.thorough
def test_creators_of_a_deck_keep_the_order_in_which_they_were_chosen(demo_store, in_store):
    in_store(demo_store)
    app = opened("present", market="DE-1", s="demo~1003-demo~1001")
    app.multiselect(key="form_told").set_value(["demo-003", "demo-001", "demo-030"]).run()
    assert app.session_state["s"] == "demo~1003-demo~1001-demo~1030"

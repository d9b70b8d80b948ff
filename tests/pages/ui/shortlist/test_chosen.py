"""Is it always said who is chosen, and does the way on take them along?"""

import pytest

from tests.pages.driver import opened, troubles

SIX = "-".join(f"demo~100{number}" for number in range(1, 7))


def bar(app) -> list[str]:
    return [text.value for text in app.markdown if "chosen" in text.value or "takes the first" in text.value]


def test_without_a_tick_there_is_no_bar(demo_store, in_store):
    in_store(demo_store)
    app = opened("shortlist", market="DE-1")
    assert (bar(app), [button.key for button in app.button if button.key.startswith("chosen")]) == ([], [])


def test_the_bar_says_how_many_and_the_sixth_is_too_many(demo_store, in_store):
    in_store(demo_store)
    app = opened("shortlist", market="DE-1", s="demo~1001-nobody-demo~1003")
    assert bar(app) == ["**2 chosen**"]
    assert "Copper Cuckoo Studio and Rosy Raccoon Studio" in [text.value for text in app.markdown]
    many = opened("shortlist", market="DE-1", s=SIX)
    assert "**6 chosen**" in bar(many)
    assert any("the first 5" in text for text in bar(many))
    app.button(key="chosen_clear").click().run()
    assert (app.session_state["s"], bar(app)) == ("", [])


@pytest.mark.thorough
def test_the_plan_books_whom_the_reader_chose(demo_store, in_store):
    in_store(demo_store)
    app = opened("shortlist", market="DE-1", s="demo~1001-demo~1003")
    app.button(key="chosen_plan").click().run()
    app.switch_page("pages/plan.py").run()
    assert app.multiselect(key="plan_must").value == ["demo-001", "demo-003"]
    booked = app.dataframe[0].value["creator"].to_list()
    assert {"Copper Cuckoo Studio", "Rosy Raccoon Studio"} <= set(booked)
    assert troubles(app) == []

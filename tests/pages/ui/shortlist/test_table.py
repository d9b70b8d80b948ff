"""Does the table show what decides, in groups, and does a click on a head order the whole list?"""

import pytest

from fit.shortlist import GROUP_LABELS, GROUPS, display_name, outcome_short, shortlist
from fit.text import words
from tests.pages.driver import opened, troubles


def listed(app):
    return app.dataframe[0].value


def test_the_first_columns_are_what_decides(demo_store, in_store, ask_demo):
    in_store(demo_store)
    app = opened("shortlist", market="DE-1")
    best = shortlist(ask_demo, app.session_state["page_state"].brief, sort="group").candidates
    table = listed(app)
    assert list(table) == [
        "creator", "group", "expected", "each", "cost", "share_DE", "engage", "click", "convert", "role",
    ]  # fmt: skip
    assert table["creator"].to_list() == [display_name(creator) for creator in best]
    assert [label for (label,) in table["group"]] == [GROUP_LABELS[creator.group] for creator in best]
    assert table["expected"].fillna("").to_list() == [outcome_short(creator.expected) for creator in best]
    assert [text for (text,) in table["share_DE"]][:3] == [words.percent(one.shares["DE"]) for one in best[:3]]
    assert all(picture.startswith("data:image/svg+xml") for picture in table["engage"])


def test_groups_stand_in_their_order(demo_store, in_store):
    in_store(demo_store)
    labels = [label for (label,) in listed(opened("shortlist", market="DE-1"))["group"]]
    order = [GROUP_LABELS[group] for group in GROUPS]
    assert labels == sorted(labels, key=order.index)
    assert labels[0] == "Book"


def test_every_market_has_a_column_and_what_is_not_listed_is_not_zero(demo_store, in_store, ask_demo):
    in_store(demo_store)
    app = opened("shortlist", market="DE-60_FR-40")
    table, best = listed(app), shortlist(ask_demo, app.session_state["page_state"].brief, sort="group").candidates
    assert {"share_DE", "share_FR"} <= set(table)
    assert [text == "-" for (text,) in table["share_FR"]] == [one.shares.get("FR") == 0 for one in best]
    many = listed(opened("shortlist", market="DE-1_FR-1_AT-1_CH-1_ES-1"))
    assert [name for name in many if "share" in name] == ["in_market_share"]


def test_people_reached_need_room_and_the_least_columns_go(demo_store, in_store):
    in_store(demo_store)
    few, many = (
        list(listed(opened("shortlist", market=market, goal="awareness"))) for market in ("DE-1", "DE-40_FR-30_AT-30")
    )
    assert few[:5] == many[:5] == ["creator", "group", "expected", "each", "cost"]
    assert ("role" in few, "role" in many) == (True, False)


@pytest.mark.thorough
def test_columns_are_added_by_choice_and_stay_on_other_pages(demo_store, in_store):
    in_store(demo_store)
    app = opened("shortlist", market="DE-1")
    app.multiselect(key="columns").set_value(["rank", "because"]).run()
    assert list(listed(app))[-2:] == ["rank", "because"]
    assert sorted(listed(app)["rank"]) == sorted(set(listed(app)["rank"]))
    app.switch_page("pages/plan.py").run()
    app.switch_page("pages/shortlist.py").run()
    assert list(listed(app))[-2:] == ["rank", "because"]


def test_the_order_of_the_link_is_that_of_the_store(demo_store, in_store):
    in_store(demo_store)
    app = opened("shortlist", market="DE-1", sort="Price", way="Smallest first")
    costs = listed(app)["cost"].dropna().to_list()
    assert costs == sorted(costs)
    assert troubles(app) == []


def test_a_phone_has_name_group_outcome_and_cost_in_two_columns(demo_store, in_store):
    in_store(demo_store)
    app = opened("shortlist", market="DE-1")
    first = app.dataframe[1].value.iloc[0]
    assert first["who"].replace("\N{NO-BREAK SPACE}", " ") == "Copper Cuckoo Studio Book · Conversion"
    assert first["brings"].replace("\N{NO-BREAK SPACE}", " ") == "15 (2 to 34) 29 EUR each"

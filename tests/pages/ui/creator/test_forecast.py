"""Do the pages say what may be expected, what a pilot would tell, and how each index follows?"""

from dataclasses import replace

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from fit.brief import Brief
from fit.model.pilot import pilot_effect
from fit.shortlist import sentences
from fit.shortlist.ranking import shortlist
from pages.ui.creator import index_evidence, role
from tests.pages.driver import HOSTILE, opened, troubles

LINK = {"market": "DE-60_AT-40", "creator": "demo-003"}


def said(app: AppTest) -> str:
    """All prose of a page."""
    return "\n".join(str(e.value) for e in (*app.subheader, *app.markdown, *app.caption)).replace("\\", "")


def test_the_usual_line_is_forecast_at_the_asking_price(demo_store, in_store):
    in_store(demo_store)
    app = opened("recommended_role", **LINK)
    assert troubles(app) == []
    assert "What may we expect?" in [h.value for h in app.header]
    shown = [app.selectbox(key="line_kind").value, app.number_input(key="line_count").value]
    shown += [app.number_input(key="line_cost").value, app.selectbox(key="line_currency").value]
    assert shown == ["video", 1, 1550.0, "EUR"]
    assert "1 video by Rosy Raccoon Studio in Germany and Austria for 1,550 EUR (asking price)" in said(app)
    assert "One expected sale costs about" in said(app)
    table = next(d.value for d in app.dataframe if "metric" in d.value.columns)
    assert table["metric"].to_list()[:3] == ["Impressions", "In-market impressions", "Reach"]


def test_a_target_is_counted_in_dots_and_said_as_percent_and_frequency(demo_store, in_store):
    in_store(demo_store)
    app = opened("recommended_role", target="clicks-300,cpa-20", deliverable="video-2", cost="900-EUR", **LINK)
    assert troubles(app) == []
    prose = said(app)
    assert "2 x video by Rosy Raccoon Studio in Germany and Austria for 900 EUR:" in prose
    assert " of 20 reach 300" in prose
    assert "- Clicks of 300 or more: " in prose
    assert "- Cost per purchase of 20 EUR or less: " in prose
    assert app.number_input(key="line_target_clicks").value == 300.0


def test_the_form_writes_the_link_and_the_link_outlives_the_page(demo_store, in_store):
    in_store(demo_store)
    app = opened("recommended_role", **LINK)
    app.number_input(key="line_count").set_value(3).run()
    assert app.number_input(key="line_cost").value == 3 * 1550.0
    app.number_input(key="line_cost").set_value(2000.0).run()
    app.multiselect(key="line_targets").set_value(["clicks", "engagement_rate"]).run()
    app.number_input(key="line_target_engagement_rate").set_value(8.0).run()
    kept = {name: app.text_input(key=name).value for name in ("deliverable", "cost", "target")}
    assert kept == {"deliverable": "video-3", "cost": "2000-EUR", "target": "clicks-100,engagement_rate-0.08"}
    app.switch_page("pages/natural_strength.py").run()
    assert {name: app.text_input(key=name).value for name in kept} == kept
    app.switch_page("pages/recommended_role.py").run()
    assert app.number_input(key="line_count").value == 3
    next(b for b in app.button if b.label == "Back to the usual line").click().run()
    assert {app.text_input(key=name).value for name in kept} == {""}
    assert troubles(app) == []


def test_a_line_that_nobody_understands_is_said(demo_store, in_store):
    in_store(demo_store)
    app = opened("recommended_role", target="fame-3", cost="much", **LINK)
    assert len(app.warning) == 2
    assert troubles(app) == []


def test_what_cannot_be_known_is_said_with_what_to_load(hostile_store, in_store):
    in_store(hostile_store)
    prose = said(opened("recommended_role", market="DE-1", creator="h1", target="revenue-5"))
    assert "What this forecast cannot know" in prose
    assert "reported revenue together with purchases" in prose
    assert "No price is known for this line" in prose
    assert "- Revenue of 5 or more: cannot be known" in prose


def test_a_pilot_says_what_to_track_and_how_much_it_narrows(demo_store, in_store):
    in_store(demo_store)
    app = opened("recommended_role", market="DE-60_AT-40", creator="demo-012")
    prose = said(app)
    assert "What one pilot would tell" in prose
    assert "One story that tracks purchases brings about " in prose
    assert "A pilot is risk control" in prose
    table = next(d.value for d in app.dataframe if "after" in d.value.columns)
    assert table["stage"].to_list() == ["Purchases per click", "Engagement", "Clicks"]
    assert "one side is at least 80" in prose
    assert "What one pilot would tell" not in said(opened("recommended_role", **LINK))


def test_a_pilot_of_unknown_size_is_said_at_its_best(ask_demo):
    one = replace(shortlist(ask_demo, Brief((("DE", 1.0),))).candidates[0], deliverable="post")
    assert role.pilot_words(one, pilot_effect("convert", 0.0, 0.32, 4.0, None)) == (
        "One post that tracks purchases would narrow purchases per click from 66-151 to 71-141 at best (without "
        "followers nobody knows what it brings); the index itself may move either way."
    )
    assert role.pilot_words(one, pilot_effect("convert", 0.0, 0.32, 4.0, 12.0)) == (
        "One post that tracks purchases brings about 12 purchases and would narrow purchases per click from 66-151 "
        "to about 70-143; the index itself may move either way."
    )


def test_every_measured_stage_opens_to_its_campaigns_and_its_sum(demo_store, in_store, ask_demo):
    in_store(demo_store)
    app = opened("natural_strength", **LINK)
    assert troubles(app) == []
    labels = [e.label for e in app.expander if "from" in e.label and "campaign" in e.label]
    assert len(labels) == 3
    rows = ask_demo("evidence_of_creator", creator_id="demo-003")
    drawers = [d.value for d in app.dataframe if "counted_events" in d.value.columns]
    assert [len(d) for d in drawers] == [
        rows.filter(pl.col("stage") == s).height for s in ("engage", "click", "convert")
    ]
    sums = [d.value for d in app.dataframe if "step" in d.value.columns and "figure" in d.value.columns]
    indices = ask_demo("strengths", creator_id="demo-003")["index"]
    assert [s["figure"].to_list()[-1] for s in sums] == [f"{index:,.0f}" for index in indices]
    assert said(app).count("one campaign proves at most") == 3


def test_names_of_campaigns_stay_text_in_the_drawer(hostile_store, in_store):
    in_store(hostile_store)
    app = opened("natural_strength", market="DE-1", creator="h3")
    assert troubles(app) == []
    assert not any(HOSTILE["h3"] in str(e.value) for e in (*app.markdown, *app.caption))
    row = {"campaign_id": "<b>\u202e", "count_events": 3, "expected_events": 2.0, "own_index": 150.0}
    assert index_evidence.dot_words("click", row) == "<b>: 150 (3 clicks, typical 2)"


def test_bands_stand_beside_the_own_figures(demo_store, in_store):
    in_store(demo_store)
    app = opened("your_data")
    assert "Your own data outweigh 4 of 4 published bands" in said(app)
    bands = next(d.value for d in app.dataframe if "published" in d.value.columns)
    assert list(bands["grade"]) == ["C+", "C", "C+", "C", "B", "B", "B", "A"]
    assert list(bands["speaks"]) == ["your data"] * 4 + ["nobody yet", "your data", "your data", "nobody yet"]


def test_neighbours_too_close_to_call_are_marked_and_a_missing_price_is_said(demo_store, in_store, ask_demo):
    in_store(demo_store)
    app = opened("shortlist", market="DE-60_AT-40")
    table = app.dataframe[0].value
    found = shortlist(ask_demo, app.session_state["page_state"].brief).candidates
    assert list(table["ahead"]) == [sentences.against_next(one) for one in found]
    assert [text.endswith("close") for text in table["ahead"]] == [one.too_close_to_next for one in found]
    assert set(table["price"]) == {"asking price", "market price: no usable asking price"}
    assert "priced at market price" in said(app)
    assert "Too close to call, from the top" in said(app)


@pytest.mark.parametrize(
    ("clicks", "purchases", "needed"),
    [(None, None, ""), (120, None, "120 more clicks"), (None, 8, "8 more tracked purchases")],
)
def test_what_would_settle_an_order_is_said_only_where_it_would(ask_demo, clicks, purchases, needed):
    one, other, *_ = shortlist(ask_demo, Brief((("DE", 1.0),))).candidates
    open_order = {"p_above_next": 0.55, "too_close_to_next": True, "creator_name": "A"}
    first = replace(one, **open_order, clicks_to_settle=clicks, purchases_to_settle=purchases)
    second = replace(other, creator_name="B", rank=first.rank + 1, too_close_to_next=False)
    end = f"; about {needed} for each would settle it" if needed else ""
    assert sentences.too_close((first, second)) == [f"A is ahead of B with a chance of 55\u00a0% only{end}"]
    assert sentences.settling_words(first) == "too close to call, " + (
        f"{needed} each" if needed else "not by campaigns alone"
    )
    assert sentences.settling_words(second) == ""


def test_the_price_that_a_payoff_rests_on_is_said_with_its_reason(ask_demo):
    one = shortlist(ask_demo, Brief((("DE", 1.0),))).candidates[0]
    asked, market = replace(one, payoff_basis="asking price"), replace(one, payoff_basis="market price")
    profile = {"asking_price": 440.0, "currency": "CHF", "followers": 10}
    assert [
        sentences.price_sentence(asked, profile),
        sentences.price_sentence(market, profile | {"asking_price": None}).partition(" The ")[0],
        sentences.price_sentence(market, profile),
        sentences.price_sentence(market, profile | {"followers": None}).rpartition("because ")[2],
    ] == [
        f"Judged at the asking price: 440 CHF for one {one.deliverable}.",
        "Priced at market price: no asking price is loaded.",
        "Priced at market price: the asking price of 440 CHF cannot be used, because no campaign in CHF is loaded.",
        "the number of followers is unknown.",
    ]


def test_every_kind_of_the_platform_can_be_chosen_and_what_was_never_measured_is_said(demo_store, in_store):
    in_store(demo_store)
    app = opened("recommended_role", **LINK)
    assert {"video", "story", "live"} <= set(app.selectbox(key="line_kind").options)
    app.selectbox(key="line_kind").set_value("live").run()
    assert (troubles(app), app.text_input(key="deliverable").value) == ([], "live-1")
    assert "No live has been measured yet: this rests on what lives usually get, so the range is wide." in said(app)


def test_a_kind_is_read_from_the_link_as_people_write_it(demo_store, in_store):
    in_store(demo_store)
    app = opened("recommended_role", deliverable="Videos-2", **LINK)
    assert (troubles(app), app.selectbox(key="line_kind").value) == ([], "video")
    app = opened("recommended_role", deliverable="House tour-2", **LINK)
    assert (troubles(app), app.selectbox(key="line_kind").value) == ([], "House tour")
    assert "No House tour has been measured yet: this rests on what other content gets" in said(app)

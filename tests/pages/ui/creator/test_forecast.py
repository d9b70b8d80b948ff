"""Do the pages say what may be expected, what a pilot would tell, and how each index follows?"""

from dataclasses import replace

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from fit.brief import Brief
from fit.model.pilot import pilot_effect
from fit.shortlist.ranking import shortlist
from fit.text import words
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
    assert "What to expect" in [h.value for h in app.header]
    shown = [app.selectbox(key="line_kind").value, app.number_input(key="line_count").value]
    shown += [app.number_input(key="line_cost").value, app.selectbox(key="line_currency").value]
    assert shown == ["video", 1, 1550.0, "EUR"]
    assert "1 video by Rosy Raccoon Studio for 1,550 EUR (asking price): about " in said(app)
    assert " EUR each. No purchase at all: " in said(app)
    assert "All purchases, other countries included: about 1 (0 to 4)." in said(app)
    table = next(d.value for d in app.dataframe if "metric" in d.value.columns)
    assert table["metric"].to_list()[:3] == ["Impressions", "In-market impressions", "Reach"]


def test_headline_sentence_and_picture_say_one_range(demo_store, in_store):
    in_store(demo_store)
    app = opened("recommended_role", market="DE-60_AT-40", creator="demo-001")
    headline, picture = (str(place[at].value).replace("\\", "") for place, at in ((app.header, 0), (app.subheader, 4)))
    spread = headline.rpartition("(")[2].partition(")")[0]
    assert picture.startswith("Purchases in the market: about ")
    assert picture.endswith(f"({spread})")
    assert f"purchases ({spread}) in Germany and Austria" in said(app)


def test_a_target_is_counted_in_dots_and_said_as_percent_and_frequency(demo_store, in_store):
    in_store(demo_store)
    app = opened("recommended_role", target="clicks-300,cpa-20", deliverable="video-2", cost="900-EUR", **LINK)
    assert troubles(app) == []
    prose = said(app)
    assert "2 x video by Rosy Raccoon Studio for 900 EUR: " in prose
    assert " of 20 reach 300" in prose
    assert "- Clicks of 300 or more: " in prose
    assert "- Cost per purchase of 20 EUR or less: " in prose
    assert app.number_input(key="line_target_clicks").value == 300.0


@pytest.mark.thorough
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


@pytest.mark.thorough
def test_what_cannot_be_known_is_said_with_what_to_load(hostile_store, in_store):
    in_store(hostile_store)
    prose = said(opened("recommended_role", market="DE-1", creator="h1", target="revenue-5"))
    assert "**What this forecast leaves out**" in prose
    assert (
        "- No campaign reports revenue together with purchases, so revenue and return on ad spend "
        "are unknown. Load campaigns with revenue and its currency.\n- No price is known, so cost per "
        "purchase and return on ad spend are unknown. Enter a cost above, or load an asking price."
    ) in prose
    assert "- Revenue of 5 or more: not known" in prose


def test_a_pilot_says_what_to_track_and_how_much_it_narrows(demo_store, in_store):
    in_store(demo_store)
    app = opened("recommended_role", market="DE-60_AT-40", creator="demo-012")
    prose = said(app)
    assert "**What a small test would tell**" in prose
    assert (
        "One story that tracks purchases brings about 43 purchases. The range for purchases per click would narrow "
        "from 68-192 to about 75-176; the index may go up or down."
    ) in prose
    assert "A small test limits the cost of being wrong." in prose
    table = next(d.value for d in app.dataframe if "after" in d.value.columns)
    assert table["stage"].to_list() == ["Purchases per click", "Engagement", "Clicks"]
    evidence = opened("recommended_role", market="DE-60_AT-40", creator="demo-012", tab="Evidence")
    assert "one side is at least 80" in said(evidence)
    assert "What a small test would tell" not in said(opened("recommended_role", **LINK))


def test_a_pilot_of_unknown_size_is_said_at_its_best(ask_demo):
    one = replace(shortlist(ask_demo, Brief((("DE", 1.0),))).candidates[0], deliverable="post")
    assert role.pilot_words(one, pilot_effect("convert", 0.0, 0.32, 4.0, None)) == (
        "One post that tracks purchases would narrow the range for purchases per click from 66-151 to 71-141 at best "
        "(the number of followers is missing); the index may go up or down."
    )
    assert role.pilot_words(one, pilot_effect("convert", 0.0, 0.32, 4.0, 12.0)) == (
        "One post that tracks purchases brings about 12 purchases. The range for purchases per click would narrow "
        "from 66-151 to about 70-143; the index may go up or down."
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
    indices = ask_demo("strengths", creators=["demo-003"])["index"]
    assert [s["figure"].to_list()[-1] for s in sums] == [f"{index:,.0f}" for index in indices]
    assert said(app).count(" We cap the weight of any single campaign at ") == 3


def test_names_of_campaigns_stay_text_in_the_drawer(hostile_store, in_store):
    in_store(hostile_store)
    app = opened("natural_strength", market="DE-1", creator="h3")
    assert troubles(app) == []
    assert not any(HOSTILE["h3"] in str(e.value) for e in (*app.markdown, *app.caption))
    row = {"campaign_id": "<b>\u202e", "count_events": 3, "expected_events": 2.0, "own_index": 150.0}
    assert index_evidence.dot_words("click", row) == "<b>: 150 (3 clicks, similar creators 2)"


def test_bands_stand_beside_the_own_figures(demo_store, in_store):
    in_store(demo_store)
    app = opened("your_data", tab="judged")
    assert "Your own data outweighs 4 of 4 published ranges" in said(app)
    bands = next(d.value for d in app.dataframe if "published" in d.value.columns)
    assert list(bands["grade"]) == ["C+", "C", "C+", "C", "B", "B", "B", "A"]
    assert list(bands["speaks"]) == ["your data"] * 4 + ["nobody yet", "your data", "your data", "nobody yet"]


@pytest.mark.thorough
def test_the_line_stands_at_the_price_that_the_list_is_ordered_by(demo_store, in_store):
    in_store(demo_store)
    app = opened("recommended_role", market="DE-1", creator="demo-022")
    assert troubles(app) == []
    assert "EUR (own past prices): about " in said(app)
    cost, currency = app.number_input(key="line_cost").value, app.selectbox(key="line_currency").value
    assert cost > 0
    assert currency == "EUR"
    app.number_input(key="line_count").set_value(2).run()
    assert app.number_input(key="line_cost").value == pytest.approx(2 * cost, abs=0.02)  # cents of one are rounded
    app.number_input(key="line_cost").set_value(10.0).run()
    assert " for 10 EUR: about " in said(app)


@pytest.mark.parametrize("goal", ["conversion", "awareness"])
def test_sentence_title_figure_and_table_say_one_number(demo_store, in_store, ask_demo, goal):
    in_store(demo_store)
    app = opened("recommended_role", market="DE-60_FR-40", creator="demo-005", goal=goal)
    assert troubles(app) == []
    expected = shortlist(ask_demo, app.session_state["page_state"].brief, creators=["demo-005"]).candidates[0].expected
    mean, low, high = (words.rounded(value) for value in (expected.mean, expected.p10, expected.p90))
    is_sale = goal == "conversion"
    what, label = ("purchases", "Purchases in the market") if is_sale else ("people", "In-market reach")
    assert (
        f"about {mean} {what} ({low} to {high}) in Germany and France for 190 EUR"
        in app.header[0].value.replace("\\", "")
        or not is_sale
    )
    assert f"about {mean} {what} ({low} to {high}) in Germany and France" in said(app)
    assert f"{label}: about {mean} ({low} to {high})" in said(app)
    assert app.metric[0].value == mean
    assert f"{low} to {high}, 8 times in 10. Price: 190 EUR for one story (asking price)." in said(app)
    table = next(d.value for d in app.dataframe if "expected" in d.value.columns)
    row = next(row for row in table.to_dict("records") if row["metric"] == label)
    assert [row[name] for name in ("low", "expected", "high")] == [
        words.measure(expected.metric, value) for value in (expected.p10, expected.mean, expected.p90)
    ]


def test_several_creators_are_compared_by_people_in_the_market(demo_store, in_store):
    in_store(demo_store)
    app = opened("compare", market="DE-1", s="demo-001-demo-005")
    assert troubles(app) == []
    assert "Purchases in the market: most with " in said(app)
    table = next(d.value for d in app.dataframe if "line" in d.value.columns)
    assert {"in_market_conversions", "each"} <= set(table.columns)
    assert "conversions" not in table.columns


def test_every_kind_of_the_platform_can_be_chosen_and_what_was_never_measured_is_said(demo_store, in_store):
    in_store(demo_store)
    app = opened("recommended_role", **LINK)
    assert {"video", "story", "live"} <= set(app.selectbox(key="line_kind").options)
    app.selectbox(key="line_kind").set_value("live").run()
    assert (troubles(app), app.text_input(key="deliverable").value) == ([], "live-1")
    assert "No live has been measured yet. We used what lives usually get, so the range is wide." in said(app)


@pytest.mark.thorough
def test_a_kind_is_read_from_the_link_as_people_write_it(demo_store, in_store):
    in_store(demo_store)
    app = opened("recommended_role", deliverable="Videos-2", **LINK)
    assert (troubles(app), app.selectbox(key="line_kind").value) == ([], "video")
    app = opened("recommended_role", deliverable="House tour-2", **LINK)
    assert (troubles(app), app.selectbox(key="line_kind").value) == ([], "House tour")
    assert "No House tour has been measured yet. We used what other content gets, so the range is wide." in said(app)

"""Does every page open, cold and warm, with its one heading, and does nothing in the data become markup?"""

import os
from datetime import datetime

import polars as pl
import pytest

from fit.brief import Brief
from fit.load_steps import unseen
from fit.refresh import build_demo
from fit.text.escape import literal
from pages.ui import store_access
from pages.ui.view_link import join_ids, read_brief, split_ids
from pages.ui.your_data.upload_process import load_in_child, safe_name
from tests.pages.driver import HOSTILE, PAGES, WITH_BRIEF, Dropped, opened, troubles


@pytest.mark.parametrize(("page", "title"), PAGES.items())
def test_every_page_opens_cold_and_warm_with_one_heading(demo_store, in_store, page, title):
    in_store(demo_store)
    app = opened(page, market="DE-60_AT-40")
    for _ in range(2):
        assert (troubles(app), [t.value for t in app.title]) == ([], [title])
        assert len(app.header) >= 1
        shown = {field.key: field.value for field in app.multiselect if field.key == "form_markets"}
        assert shown == ({"form_markets": ["DE", "AT"]} if page in WITH_BRIEF else {})
        assert app.session_state["page_state"].brief.weights == {"DE": 0.6, "AT": 0.4}
        app.run()


def test_the_link_holds_the_whole_brief(demo_store, in_store):
    in_store(demo_store)
    link = {
        "market": "DE-60_AT-40", "goal": "awareness", "platform": "instagram", "vertical": "", "followers": "1000:",
        "min_share": "0.1", "min_share_each": "0.02", "creator": "demo-003", "s": "demo-001-demo~1003",
    }  # fmt: skip
    desk = opened("shortlist", **link).session_state["page_state"]
    assert desk.brief == Brief((("DE", 60.0), ("AT", 40.0)), "awareness", ("instagram",), (), 1000, None, 0.1, 0.02)
    assert (desk.creator, desk.ticked, desk.is_demo) == ("demo-003", ("demo-001", "demo-003"), True)


def test_a_link_that_nobody_understands_falls_back_and_says_so(demo_store, in_store):
    in_store(demo_store)
    app = opened("shortlist", market="XX-1", goal="fame", followers="9:1", min_share="7", page="99")
    desk = app.session_state["page_state"]
    assert (desk.brief.goal, desk.brief.followers_min, desk.brief.min_share) == ("conversion", None, None)
    assert len(desk.brief.markets) == 1
    assert len(app.warning) == 4
    assert troubles(app) == []


def test_controls_write_the_link_and_the_page_follows(demo_store, in_store):
    in_store(demo_store)
    app = opened("shortlist", market="DE-1")
    app.multiselect(key="form_markets").set_value(["DE", "AT"]).run()
    assert app.text_input(key="market").value == "DE-50_AT-50"
    app.number_input(key="form_weight_AT").set_value(25).run()
    app.radio(key="form_goal").set_value("awareness").run()
    app.slider(key="form_share").set_value(20).run()
    app.number_input(key="form_low").set_value(10_000).run()
    kept = {name: app.text_input(key=name).value for name in ("market", "goal", "followers", "min_share")}
    assert kept == {"market": "DE-75_AT-25", "goal": "awareness", "followers": "10000:", "min_share": "0.2"}
    assert "Germany and Austria" in app.header[0].value
    assert troubles(app) == []


def test_nobody_matches_is_a_state_with_one_way_out(demo_store, in_store):
    in_store(demo_store)
    app = opened("shortlist", market="DE-1", followers="999999999:")
    assert app.header[0].value == "No creator matches these filters"
    ways = [(button.key, button.label) for button in app.button if "filters" in button.key]
    # The one of the filters' own menu stands on every page; the other is what the empty list asks for.
    assert (len(app.dataframe), ways) == (0, [("clear_filters", "Clear filters"), ("remove_filters", "Clear filters")])
    app.button(key="remove_filters").click().run()
    assert app.text_input(key="followers").value == ""
    assert len(app.dataframe) == 2  # a table for wide windows, and one for phones


def test_an_unknown_creator_is_said_and_another_shown(demo_store, in_store):
    in_store(demo_store)
    app = opened("natural_strength", market="DE-1", creator="nobody")
    assert [warning.value for warning in app.warning] == [
        literal("There is no creator with the id nobody, so another one is shown. Choose one on the page.")
    ]
    assert troubles(app) == []


def test_ticked_ids_that_nobody_has_are_said(demo_store, in_store):
    in_store(demo_store)
    app = opened("your_data", market="DE-1", s="demo-001-nobody-none")
    assert [warning.value for warning in app.warning] == [
        literal("No creator has the ticked id nobody and none; they are left out. Tick creators on the shortlist.")
    ]


def test_filters_that_nobody_meets_are_said_with_what_there_is(demo_store, in_store):
    in_store(demo_store)
    app = opened("shortlist", market="DE-1", platform="Myspace", vertical="knitting")
    said = [warning.value for warning in app.warning]
    assert len(said) == 2
    assert said[0].startswith(literal("No creator has the platform 'Myspace'; the store knows "))
    assert said[1].startswith(literal("No creator has the vertical 'knitting'; the store knows "))
    assert troubles(app) == []


@pytest.mark.thorough
@pytest.mark.parametrize("page", ["audience_geography", "natural_strength", "recommended_role"])
def test_thin_creators_have_their_own_state(demo_store, in_store, ask_demo, page):
    in_store(demo_store)
    ids = ask_demo("creator_names")["creator_id"]
    for creator in [one for one in ids if one <= "demo-012"]:
        app = opened(page, market="DE-1", creator=creator)
        assert (troubles(app), len(app.title)) == ([], 1)


@pytest.mark.thorough
def test_an_empty_store_is_filled_with_the_demo_on_the_first_visit(tmp_path, in_store):
    in_store(tmp_path / "new")
    app = opened("audience_geography")
    assert troubles(app) == []
    assert (tmp_path / "new" / "CURRENT").read_text() == "generation-000001.duckdb\n"
    assert app.session_state["page_state"].is_demo


def test_a_damaged_store_is_said_in_words(tmp_path, in_store):
    in_store(tmp_path)
    build_demo(tmp_path, now=datetime(2026, 3, 2), count_creators=15, has_partnerships=False)
    (tmp_path / "generation-000001.duckdb").write_bytes(b"nothing")
    app = opened("shortlist")
    assert [error.value for error in app.error] != []
    assert "damaged" in app.error[0].value
    assert list(app.exception) == []


def test_a_failure_gives_a_box_with_a_number_and_no_detail(demo_store, in_store, monkeypatch):
    in_store(demo_store)

    def fails(*_, **__):
        raise BaseException("secret of the data")

    monkeypatch.setattr("pages.ui.shortlist.surroundings.shortlist_verdict", fails)
    app = opened("shortlist", market="DE-1")
    assert app.error[0].value.startswith("The page could not be shown.")
    assert "secret" not in app.error[0].value
    assert list(app.exception) == []


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("creator", HOSTILE)
def test_names_reach_markdown_escaped_only(hostile_store, in_store, page, creator):
    in_store(hostile_store)
    app = opened(page, market="DE-1", creator=creator, s="h1-h2-h3")
    sinks = (*app.title, *app.header, *app.subheader, *app.markdown, *app.caption, *app.warning, *app.metric)
    shown = [str(element.value) for element in sinks]
    assert troubles(app) == []
    assert [text for text in shown for name in HOSTILE.values() if name in text and name not in ("=1+1",)] == []
    if page in ("audience_geography", "natural_strength", "recommended_role"):
        assert literal(HOSTILE[creator]) in app.header[0].value


def test_ids_survive_the_link_whatever_they_hold():
    ids = ("a-b", "c~d", "~1", "plain")
    assert split_ids(join_ids(ids)) == ids
    asked = []
    assert len(split_ids("a-" * 100_000, lambda creator_id: asked.append(creator_id) or False)) == 1
    assert len(asked) < 2_000  # a link of any length is answered
    assert split_ids("demo-001-demo-002", {"demo-001", "demo-002"}.__contains__) == ("demo-001", "demo-002")


@pytest.mark.thorough
def test_a_vertical_with_a_comma_is_one_vertical(tmp_path, in_store, run_fit):
    (tmp_path / "creators.csv").write_text(
        'creator_id,creator_name,platform,vertical\na,Ada,youtube,"Home, Garden"\nb,Bo,youtube,a~2b\n', encoding="utf-8"
    )
    run_fit("load", tmp_path / "creators.csv", "--store", tmp_path / "store")
    in_store(tmp_path / "store")
    app = opened("shortlist", market="DE-1")
    app.multiselect(key="form_vertical").set_value(["Home, Garden", "a~2b"]).run()
    assert app.text_input(key="vertical").value == "Home~2 Garden,a~02b"
    assert app.session_state["page_state"].brief.verticals == ("Home, Garden", "a~2b")
    app.multiselect(key="form_vertical").set_value(["Home, Garden"]).run()
    assert (app.dataframe[0].value["creator"].to_list(), len(app.warning), troubles(app)) == (["Ada"], 0, [])


@pytest.mark.thorough
def test_a_campaigns_rate_is_its_own_events_over_its_own_trials(tmp_path, in_store, run_fit):
    (tmp_path / "campaigns.csv").write_text(
        "campaign_id,creator_id,market,date,impressions,clicks,conversions\n"
        "k,c,DE,2026-01-01,1000,100,10\nk,c,DE,2026-01-02,1000,,30\nz,c,DE,2026-01-03,1000,0,0\n",
        encoding="utf-8",
    )
    run_fit("load", tmp_path / "campaigns.csv", "--store", tmp_path / "store")
    in_store(tmp_path / "store")
    app = opened("natural_strength", market="DE-1", creator="c")
    tables = [table.value for table in app.dataframe if "conversion_rate" in table.value]
    rows = {row["campaign_id"]: row for row in tables[-1].to_dict("records")}
    assert (rows["k"]["conversions"], rows["k"]["click_rate"], rows["k"]["conversion_rate"]) == (40, 0.1, 0.1)
    assert str(rows["z"]["conversion_rate"]) in ("nan", "None", "<NA>")
    assert troubles(app) == []


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\Audience Mär.csv", "Audience Mär.csv"),
        ("a;rm -rf $(x).csv", "a_rm -rf __x_.csv"),
        ("...", "upload"),
        ("@zoe.jpg", "@zoe.jpg"),
        ("x" * 300 + ".csv", "x" * 116 + ".csv"),
    ],
)
def test_a_file_name_means_nothing_to_the_file_system(name, safe):
    assert safe_name(name) == safe


@pytest.mark.thorough
def test_an_upload_is_loaded_by_a_child_process_and_reported(tmp_path, in_store):
    in_store(tmp_path)
    good = Dropped("audience.csv", b"creator_id,country,audience_share\nc1,DE,0.5\nc1,Atlantis,0.1\n")
    document = load_in_child([good, Dropped("notes.csv", b"\x00\x01")], [], unseen)
    assert document["generation"] == 1
    by_name = {file["path"].rsplit("/", 1)[-1]: file for file in document["files"]}
    assert {name: file["status"] for name, file in by_name.items()} == {
        "audience.csv": "partly imported",
        "notes.csv": "refused",
    }
    assert by_name["audience.csv"]["problems"][0]["value"] == "Atlantis"


def test_the_default_market_is_the_one_that_the_store_names_most(demo_store, in_store, ask_demo):
    in_store(demo_store)
    brief, problems = read_brief(
        dict.fromkeys(("market", "goal", "platform", "vertical", "followers", "min_share", "min_share_each"), "")
    )
    assert (brief.markets, problems) == (((ask_demo("usual_markets")["country"][0], 1.0),), [])
    assert os.environ["CREATOR_FIT_STORE"] == str(demo_store)


def test_downloads_run_in_no_spreadsheet_and_say_demo(demo_store, hostile_store, in_store):
    in_store(hostile_store)
    own = pl.read_csv(store_access.shortlist_csv(Brief((("DE", 1.0),)), "per_1000", True, False).encode())
    assert sorted(own["creator_name"])[0] == "![p](http://x/a.png)"
    assert (own.filter(pl.col("creator_id") == "h4")["creator_name"][0], set(own["demo"])) == ("'=1+1", {False})
    in_store(demo_store)
    demo = pl.read_csv(store_access.shortlist_csv(Brief((("DE", 1.0),)), "per_1000", True, True).encode())
    assert (demo.height, set(demo["demo"])) == (60, {True})

"""Does Audience geography name each market, its gap, and the people reached there?"""

from fit.shortlist import shortlist
from fit.text import words
from tests.pages.driver import opened, troubles


def test_several_markets_are_named_and_drawn_against_their_weights(demo_store, in_store, ask_demo):
    in_store(demo_store)
    app = opened("audience_geography", market="DE-60_FR-40", creator="demo-005")
    assert troubles(app) == []
    one = shortlist(ask_demo, app.session_state["page_state"].brief, creators=["demo-005"]).candidates[0]
    germany, france = (words.percent(one.shares[code]) for code in ("DE", "FR"))
    assert app.header[0].value.replace("\\", "") == (
        f"Olive Otter Studio's audience: {germany} in Germany (60\N{NO-BREAK SPACE}% of your brief), "
        f"{france} in France (40\N{NO-BREAK SPACE}% of your brief)"
    )
    missed = ":red[:material/error: **Hardly any audience in France (40\N{NO-BREAK SPACE}% of your brief).**]"
    assert missed in [text.value.replace("\\", "") for text in app.markdown]
    assert len(app.get("plotly_chart")) == 2
    markets = next(d.value for d in app.dataframe if "target_weight" in d.value.columns)
    assert markets["country"].to_list()[:2] == ["DE", "FR"]
    assert len(markets) == 4  # two markets, the other countries, the unknown part
    assert any(text.value.replace("\\", "").startswith("France has the biggest gap: ") for text in app.subheader)


def test_one_market_has_its_bar_of_three_parts(demo_store, in_store):
    in_store(demo_store)
    app = opened("audience_geography", market="DE-1", creator="demo-005")
    assert troubles(app) == []
    assert "audience lives in Germany" in app.header[0].value
    assert any("part" in d.value.columns for d in app.dataframe)


def test_people_reached_are_those_of_the_forecast(demo_store, in_store, ask_demo):
    in_store(demo_store)
    app = opened("audience_geography", market="DE-1", creator="demo-005", goal="awareness")
    one = shortlist(ask_demo, app.session_state["page_state"].brief, creators=["demo-005"]).candidates[0]
    shown = {metric.label: metric.value for metric in app.metric}
    assert shown["Reached there"] == words.rounded(one.expected.mean)


def line_of(creator):
    shown = opened("audience_geography", creator=creator).markdown
    return next(text.value for text in shown if text.value.startswith(":small["))


def test_a_profile_is_linked_as_documents_link_it(tmp_path, in_store, run_fit, demo_store):
    rows = "creator_id,creator_name,platform,handle\nmara,Mara,Instagram,@mara.home\nodd,Odd,instagram,mara/../x\n"
    (tmp_path / "creators.csv").write_text(rows, encoding="utf-8")
    run_fit("load", tmp_path / "creators.csv", "--store", tmp_path / "store")
    in_store(tmp_path / "store")
    assert "](https://instagram.com/mara.home)" in line_of("mara")
    assert "](" not in line_of("odd")
    in_store(demo_store)
    assert "](" not in line_of("demo-005")

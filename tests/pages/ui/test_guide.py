"""Is a newcomer led from the invented field to own data, and left alone afterwards?"""

from datetime import datetime

from streamlit.testing.v1 import AppTest

from data.importers.load import Options
from fit.refresh import load
from tests.pages.driver import opened, troubles


def steps(app: AppTest) -> list[str]:
    """Labels of the guide's links, in their order; the way to own data is one of them also without a guide."""
    return [link.proto.label for link in app.get("page_link") if link.proto.label[:1].isdigit()]


def test_three_steps_lead_from_the_demo_to_own_data_and_can_be_left(demo_store, monkeypatch):
    monkeypatch.setenv("CREATOR_FIT_STORE", str(demo_store))
    app = opened("natural_strength")
    assert steps(app) == ["1 See the demo shortlist", "3 Load your own files"]
    app.selectbox(key="guide_country").set_value("AT").run()
    assert (app.text_input(key="market").value, troubles(app)) == ("AT-1", [])
    app.button(key="leave_guide").click().run()
    assert steps(app) == []
    assert "Load your own data" in [link.proto.label for link in app.get("page_link")]
    app.switch_page("pages/shortlist.py").run()
    assert steps(app) == []


def test_a_step_that_was_done_is_ticked(demo_store, monkeypatch):
    monkeypatch.setenv("CREATOR_FIT_STORE", str(demo_store))
    app = opened("natural_strength")
    first = next(link for link in app.get("page_link") if link.proto.label.startswith("1"))
    assert first.proto.icon == ":material/arrow_forward:"
    app.switch_page("pages/shortlist.py").run()
    first = next(link for link in app.get("page_link") if link.proto.label.startswith("1"))
    assert first.proto.icon == ":material/check_circle:"


def test_own_data_and_the_clean_view_have_no_guide(demo_store, tmp_path, monkeypatch):
    monkeypatch.setenv("CREATOR_FIT_STORE", str(demo_store))
    assert steps(opened("present", s="demo~1001", present="1")) == []
    (tmp_path / "audience.csv").write_text("creator_id,country,audience_share\nc1,DE,0.6\n")
    load(tmp_path / "store", [tmp_path / "audience.csv"], Options(), now=datetime(2026, 3, 2))
    monkeypatch.setenv("CREATOR_FIT_STORE", str(tmp_path / "store"))
    app = opened("shortlist", market="DE-1")
    assert (steps(app), troubles(app)) == ([], [])
    assert not any("Demo data" in text.value for text in app.markdown)


def test_a_shortlist_that_knows_no_audience_leads_to_loading_one(tmp_path, monkeypatch):
    (tmp_path / "creators.csv").write_text("creator_id,creator_name,platform\nc1,Mara Morgan,instagram\n")
    load(tmp_path / "store", [tmp_path / "creators.csv"], Options(), now=datetime(2026, 3, 2))
    monkeypatch.setenv("CREATOR_FIT_STORE", str(tmp_path / "store"))
    app = opened("shortlist", market="DE-1")
    assert troubles(app) == []
    assert app.header[0].value.startswith("Nobody can say yet what 1 creator would bring")
    assert [link.proto.label for link in app.get("page_link")] == ["Load an audience", "Plan a budget"]

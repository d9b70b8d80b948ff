"""Is a newcomer told what this is, once, and led to own data; and are invented data marked wherever they are shown?"""

from datetime import datetime

import pytest
from streamlit.testing.v1 import AppTest

from data.importers.load import Options
from fit.refresh import load
from tests.pages.driver import PAGES, opened, troubles

SENTENCE = ":small[Which creator to book, where, in which role, and what the money brings.]"


def links(app: AppTest) -> list[str]:
    return [link.proto.label for link in app.get("page_link")]


def is_introduced(app: AppTest) -> bool:
    return SENTENCE in [text.value for text in app.markdown]


def test_the_first_page_says_what_this_is_until_another_one_was_seen(demo_store, monkeypatch):
    monkeypatch.setenv("CREATOR_FIT_STORE", str(demo_store))
    app = opened("shortlist")
    assert (is_introduced(app), links(app)[:2]) == (True, ["Sample data", "Load your own data"])
    app.run()
    assert is_introduced(app)
    app.switch_page("pages/compare.py").run()
    app.switch_page("pages/shortlist.py").run()
    assert (is_introduced(app), links(app)[0], troubles(app)) == (False, "Sample data", [])


def test_another_page_needs_no_introduction_and_leaves_none_to_come(demo_store, monkeypatch):
    monkeypatch.setenv("CREATOR_FIT_STORE", str(demo_store))
    app = opened("natural_strength")
    assert not is_introduced(app)
    app.switch_page("pages/shortlist.py").run()
    assert not is_introduced(app)


@pytest.mark.thorough
def test_sample_data_are_marked_once_on_every_page(demo_store, monkeypatch):
    monkeypatch.setenv("CREATOR_FIT_STORE", str(demo_store))
    assert {page: links(opened(page)).count("Sample data") for page in PAGES} == dict.fromkeys(PAGES, 1)


def test_the_clean_view_is_not_introduced(demo_store, monkeypatch):
    monkeypatch.setenv("CREATOR_FIT_STORE", str(demo_store))
    assert links(opened("present", s="demo~1001", present="1")) == []


AUDIENCE = "creator_id,country,audience_share\nc1,DE,0.6\n"
PROFILE = "creator_id,creator_name,platform,followers\nc1,Mara Morgan,instagram,9000\n"
CAMPAIGN = "campaign_id,creator_id,market,date,impressions,clicks,conversions\n"


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("count", "action", "sentence"),
    [
        (0, "Load campaign results", "No campaign results yet: what 1 creator would bring is a guess from similar"),
        (1, "Load more results", "Only 1 campaign so far: figures still lean on published averages."),
        (10, None, None),
    ],
)
def test_own_data_say_what_they_lack_most_with_one_action(tmp_path, monkeypatch, count, action, sentence):
    lines = [f"k{at},c1,DE,2026-01-02,9000,100,9" for at in range(count)]
    texts = {"audience": AUDIENCE, "creators": PROFILE}
    if count:
        texts["campaigns"] = CAMPAIGN + "\n".join(lines)
    for name, text in texts.items():
        (tmp_path / f"{name}.csv").write_text(text)
    load(tmp_path / "store", sorted(tmp_path.glob("*.csv")), Options(), now=datetime(2026, 3, 2))
    monkeypatch.setenv("CREATOR_FIT_STORE", str(tmp_path / "store"))
    app = opened("shortlist", market="DE-1")
    said = [text.value for text in app.markdown if sentence and text.value.startswith(f":small[{sentence}")]
    actions = [link for link in links(app) if link.startswith("Load")]
    assert (actions, len(said), troubles(app)) == ([action] if action else [], 1 if sentence else 0, [])
    assert "Sample data" not in links(app)


@pytest.mark.thorough
def test_a_shortlist_that_knows_no_audience_leads_to_loading_one(tmp_path, monkeypatch):
    (tmp_path / "creators.csv").write_text("creator_id,creator_name,platform\nc1,Mara Morgan,instagram\n")
    load(tmp_path / "store", [tmp_path / "creators.csv"], Options(), now=datetime(2026, 3, 2))
    monkeypatch.setenv("CREATOR_FIT_STORE", str(tmp_path / "store"))
    app = opened("shortlist", market="DE-1")
    assert troubles(app) == []
    assert app.header[0].value == "No forecast yet for 1 creator"
    assert links(app) == ["Load an audience", "Plan a budget"]


@pytest.mark.thorough
def test_a_shortlist_whose_followers_are_known_asks_for_audiences_alone(tmp_path, monkeypatch):
    (tmp_path / "tracker.csv").write_text(
        "Creator,Platform,Followers,Date,Orders\n@mila,Instagram,48000,2025-04-01,7\n"
    )
    load(tmp_path / "store", [tmp_path / "tracker.csv"], Options(), now=datetime(2026, 3, 2))
    monkeypatch.setenv("CREATOR_FIT_STORE", str(tmp_path / "store"))
    app = opened("shortlist", market="GB-1")
    assert troubles(app) == []
    assert r"Load an audience by country to rank them\." in [text.value for text in app.markdown]
    wide, narrow = (table.value.iloc[0] for table in app.dataframe)
    assert (wide["expected"], narrow["brings"]) == (None, None)  # both are shown as "not known"


@pytest.mark.thorough
def test_a_shortlist_that_lacks_followers_alone_says_so(tmp_path, monkeypatch):
    sheet = "Creator,Platform,Date,Orders,UK %\n@mila,Instagram,2025-04-01,7,80%\n"
    (tmp_path / "tracker.csv").write_text(sheet)
    load(tmp_path / "store", [tmp_path / "tracker.csv"], Options(), now=datetime(2026, 3, 2))
    monkeypatch.setenv("CREATOR_FIT_STORE", str(tmp_path / "store"))
    app = opened("shortlist", market="GB-1")
    assert troubles(app) == []
    assert app.header[0].value == "No forecast yet for 1 creator"
    assert r"Load their numbers of followers to rank them by what they may bring\." in [t.value for t in app.markdown]
    assert "Load numbers of followers" in links(app)


@pytest.mark.thorough
def test_views_stand_in_for_followers_that_nobody_loaded(tmp_path, monkeypatch):
    sheet = "Creator,Platform,Date,Views,Orders,UK %\n@mila,Instagram,2025-04-01,5000,7,80%\n"
    (tmp_path / "tracker.csv").write_text(sheet)
    load(tmp_path / "store", [tmp_path / "tracker.csv"], Options(), now=datetime(2026, 3, 2))
    monkeypatch.setenv("CREATOR_FIT_STORE", str(tmp_path / "store"))
    app = opened("shortlist", market="GB-1")
    assert (troubles(app), app.header[0].value) == ([], "No one is proven for sales in United Kingdom yet")
    assert any("about 7 purchases" in text.value for text in app.markdown)
    role = opened("recommended_role", market="GB-1")
    assert troubles(role) == []
    assert any("so impressions are estimated from this creator" in text.value for text in role.markdown)
    origins = next(d.value for d in role.dataframe if "numerator" in d.value.columns)
    impressions = origins[origins["figure"] == "Impressions"].iloc[0]
    assert impressions["numerator"].startswith("usual impressions of this creator's past campaigns")
    assert "followers are not known" in impressions["source"]

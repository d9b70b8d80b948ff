"""Does a load lead on to the market where the loaded audiences live, or to what is missing most?"""

import pytest

from fit.load_steps import unseen
from pages.ui import store_access
from pages.ui.your_data.upload_process import Batch, bring
from tests.pages.driver import Dropped, opened, troubles

pytestmark = pytest.mark.usefixtures("warm_uploads")

CREATORS = Dropped("creators.csv", b"creator_id,creator_name,platform\nc1,Ada,instagram\nc2,Bo,tiktok\n")
AUDIENCE = Dropped(
    "audience.csv", b"creator_id,country,audience_share\nc1,FR,0.5\nc1,DE,0.4\nc2,DE,0.2\nc2,FR,0.15\nc2,AT,0.55\n"
)
NOBODYS = Dropped("Table data.csv", b"Geography,Views\nTotal,100\nDE,60\nAT,30\n")


@pytest.fixture(autouse=True)
def in_store(monkeypatch, tmp_path):
    """A folder for a store, which the app uses."""
    monkeypatch.setenv("CREATOR_FIT_STORE", str(tmp_path / "store"))


def after(*files: Dropped):
    """Your data after a load of these files, opened by a link that names no market."""
    batch = bring(Batch(files), unseen, is_preview=False)
    app = opened("your_data")
    app.session_state["brought"] = {"batch": batch}
    return app.run()


def ways_to_the_list(app) -> list[tuple[str, str]]:
    return [(button.label, button.proto.type) for button in app.button if button.label.startswith("See the shortlist")]


@pytest.mark.thorough
def test_the_next_step_is_the_list_for_the_market_with_the_largest_share():
    app = after(CREATORS, AUDIENCE)
    assert troubles(app) == []
    assert ways_to_the_list(app) == [("See the shortlist for France", "primary")]
    next(button for button in app.button if button.label.startswith("See the shortlist")).click().run()
    assert app.session_state["market"] == "FR-100"  # the list itself opens in tests/browser


@pytest.mark.thorough
def test_only_the_loaded_creators_decide_the_market():
    bring(Batch((AUDIENCE,)), unseen, is_preview=False)
    assert [store_access.home_of_audiences(ids) for ids in (["c1"], ["c2"], ["c1", "c2"], ["nobody"])] == [
        "FR", "AT", "FR", None,
    ]  # fmt: skip


@pytest.mark.thorough
def test_an_open_question_comes_before_the_list():
    app = after(AUDIENCE, NOBODYS)
    assert ways_to_the_list(app) == [("See the shortlist for France", "tertiary")]
    assert "Preview with these creators" in [button.label for button in app.button]


def test_creators_without_an_audience_are_led_to_a_table_of_audiences():
    app = after(CREATORS)
    assert ways_to_the_list(app) == []
    missing = "Where their audiences live is not loaded yet, and without it they can't be ranked for a market."
    assert missing in [text.value for text in app.markdown]
    assert "Template for audiences" in [button.label for button in app.get("download_button")]


@pytest.mark.thorough
def test_the_example_row_of_a_template_is_noticed():
    app = after(Dropped("creators.csv", store_access.template("creators", ".csv")))
    said = "The example row of a template is in too. Undo this load, delete row 2, and load the file again."
    assert said in [warning.value for warning in app.warning]
    assert said not in [warning.value for warning in after(AUDIENCE).warning]

"""Are there three tabs, each with something in it, and does the link say which one is open?"""

import pytest

from fit.load_steps import unseen
from fit.text.escape import literal
from pages.ui.your_data.upload_process import Batch, bring
from tests.pages.driver import HOSTILE, Dropped, opened, troubles
from tests.pages.ui.your_data.uploads import press, stored

pytestmark = pytest.mark.usefixtures("warm_uploads")

LABELS = ["Load files", "What is loaded", "How it is judged"]
AUDIENCE = Dropped("audience.csv", b"creator_id,country,audience_share\nc1,DE,0.5\nc1,Atlantis,0.1\n")


@pytest.fixture
def of_one_file(monkeypatch, tmp_path):
    """A store of one audience, of which a row was skipped."""
    monkeypatch.setenv("CREATOR_FIT_STORE", str(tmp_path / "store"))
    stored(AUDIENCE)


def headers(app) -> list[str]:
    return [header.value for header in app.header][1:]  # the first is the page's answer


@pytest.mark.parametrize(
    ("tab", "shown"),
    [
        ("", []),
        ("no such tab", []),
        ("loaded", ["Rows skipped", "Files", "Sources and how fresh they are", "Audience data of each creator"]),
        ("judged", ["What was learned from all creators"]),
    ],
)
def test_the_link_says_which_tab_is_open(of_one_file, tab, shown):
    app = opened("your_data", market="DE-1", tab=tab)
    assert troubles(app) == []
    assert [each.label for each in app.tabs] == LABELS
    assert headers(app) == shown


def test_the_form_is_there_whichever_tab_is_open(of_one_file):
    forms = [len(opened("your_data", market="DE-1", tab=tab).file_uploader) for tab in ("", "loaded", "judged")]
    assert forms == [1, 1, 1]


def test_a_tab_without_anything_of_ones_own_leads_to_the_form(of_one_file):
    app = press(opened("your_data", market="DE-1", tab="judged"), "Load campaign results")
    assert (app.text_input(key="tab").value, headers(app)) == ("", [])


@pytest.mark.thorough
@pytest.mark.parametrize("tab", ["", "loaded", "judged"])
def test_hostile_names_open_every_tab_as_text(monkeypatch, tmp_path, tab):
    monkeypatch.setenv("CREATOR_FIT_STORE", str(tmp_path / "store"))
    rows = "".join(f'{creator_id},"{name}",tiktok\n' for creator_id, name in HOSTILE.items())
    profiles = Dropped("creators.csv", f"creator_id,creator_name,platform\n{rows}".encode())
    audience = Dropped("audience.csv", b"creator_id,country,audience_share\nh1,DE,0.5\nh3,DE,0.5\n")
    batch = bring(Batch((profiles, audience)), unseen, is_preview=False)
    app = opened("your_data", market="DE-1", tab=tab)
    app.session_state["brought"] = {"batch": batch}
    app.run()
    assert troubles(app) == []
    said = [str(text.value) for text in (*app.markdown, *app.caption)]
    assert [text for text in said if any(name in text for name in HOSTILE.values() if name != "=1+1")] == []
    assert any(literal(HOSTILE["h2"]) in text for text in said)  # the first line names it


def test_sample_data_say_that_they_are(demo_store, in_store):
    in_store(demo_store)
    app = opened("your_data", market="DE-1", tab="loaded")
    said = "Nothing of your own is loaded yet: these are sample data. Your first upload replaces them."
    assert said in [text.value for text in app.markdown]
    assert "Load your own files" in [button.label for button in app.button]


def test_every_template_can_be_taken_along(of_one_file):
    app = opened("your_data", market="DE-1")
    names = ["Campaign tracker", "Creators", "Audiences", "Campaigns"]
    assert [button.label for button in app.get("download_button")] == names * 2

"""Is a sheet kept by hand asked about only where it is unclear, and do the answers reach the load?"""

from datetime import date

import pytest

from data.importers.tracker.readings import MEANINGS
from fit.load_steps import unseen
from fit.text import visible_literal
from pages.ui import column_labels, store_access
from pages.ui.store_access import FileStatus
from pages.ui.your_data.sheet_form import Answers, options_of
from pages.ui.your_data.upload_process import FileOptions, bring
from tests.pages.driver import Dropped, troubles
from tests.pages.ui.your_data.uploads import AUDIENCE, press, previewed, stored

pytestmark = pytest.mark.usefixtures("warm_uploads")

WITHOUT_DAYS = Dropped(
    "spring.csv",
    b"Influencer,Handle,City,Fee ($),Posts,Views,Interactions,Sales\n"
    b"Mila Marsh,milamarsh,Lille,$250,3,12.5K,900,12\n"
    b"Otto Oak,ottooak,Lyon,$150,2,8000,400,7\n",
)
UNKNOWN = Dropped("mine.csv", b"Whose,Where,Part of it\nc1,DE,60%\nc1,AT,30%\n")


@pytest.fixture
def in_store(monkeypatch, tmp_path):
    """A folder for a store, which the app uses."""
    monkeypatch.setenv("CREATOR_FIT_STORE", str(tmp_path / "store"))
    return tmp_path / "store"


def test_every_meaning_of_a_column_can_be_chosen():
    assert set(column_labels.MEANINGS) == set(MEANINGS)


def test_a_sheet_is_asked_only_what_it_leaves_open_and_loads_with_the_answers(in_store):
    app = previewed(WITHOUT_DAYS)
    assert [radio.label for radio in app.radio] == [r"Sales \(12\, 7\)"]
    assert app.radio[0].options == ["Number of sales (orders, code uses)", "Value of sales (revenue)", "Not used"]
    assert [box.label for box in app.selectbox] == [r"Currency of \$", "Platform"]
    assert next(button for button in app.button if button.label == "Preview with these answers").disabled
    app.radio[0].set_value("conversions")
    app.date_input[0].set_value((date(2025, 4, 1), date(2025, 4, 30)))
    app.selectbox[0].set_value("USD")
    app.selectbox[1].set_value("instagram").run()
    press(app, "Preview with these answers")
    assert troubles(app) == []
    bring(app.session_state["brought"]["batch"], unseen, is_preview=False)
    rows = store_access.answer("campaigns_of_creator", creator_id="instagram:milamarsh").to_dicts()
    assert [(row["impressions"], row["engagements"], row["conversions"], row["cost"]) for row in rows] == [
        (12_500, 900, 12, 250)
    ]


def test_a_partner_report_without_days_is_asked_for_them(in_store):
    rows = b"Publisher name,Clicks,Total transactions,Total value,Total commission\nc1,340,12,480.00,48.00\n"
    stored(AUDIENCE)
    app = previewed(Dropped("partners.csv", rows))
    assert "**1 file\\: 1 waiting for your answer\\. Nothing would change\\.**" in [text.value for text in app.markdown]
    app.date_input[0].set_value((date(2025, 4, 1), date(2025, 4, 30))).run()
    press(app, "Preview with these answers")
    assert troubles(app) == []
    bring(app.session_state["brought"]["batch"], unseen, is_preview=False)
    (row,) = store_access.answer("campaigns_of_creator", creator_id="c1").to_dicts()
    assert (row["clicks"], row["conversions"], row["date"], row["end_date"]) == (
        340, 12, date(2025, 4, 1), date(2025, 4, 30),
    )  # fmt: skip


def test_answers_can_be_loaded_without_a_preview(in_store):
    rows = b"Publisher name,Clicks,Total transactions,Total value,Total commission\nc1,340,12,480.00,48.00\n"
    stored(AUDIENCE)
    app = previewed(Dropped("partners.csv", rows))
    app.date_input[0].set_value((date(2025, 4, 1), date(2025, 4, 30))).run()
    press(app, "Load right away")
    assert troubles(app) == []
    (row,) = store_access.answer("campaigns_of_creator", creator_id="c1").to_dicts()
    assert (row["clicks"], row["conversions"], row["date"]) == (340, 12, date(2025, 4, 1))


def test_the_answers_are_the_options_of_one_file():
    answers = Answers({"Sales": "revenue"}, "Spring", "DE", "tiktok", "EUR", (date(2025, 4, 1), date(2025, 4, 30)))
    assert options_of(answers, FileOptions(map=[["Views", "reach"]])) == {
        "kind": "tracker",
        "map": [["Views", "reach"], ["Sales", "revenue"]],
        "date": "2025-04-01..2025-04-30",
        "campaign": "Spring",
        "currency": "EUR",
        "platform": "tiktok",
        "market": "DE",
    }


def test_a_table_that_nobody_knows_is_shown_with_its_columns(in_store):
    app = previewed(UNKNOWN)
    assert [heading.value for heading in app.subheader] == [f"What are the columns of {visible_literal('mine.csv')}?"]
    assert app.session_state["brought"]["batch"].document["files"][0]["status"] is FileStatus.REFUSED

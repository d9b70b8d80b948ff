"""Is somebody's own spreadsheet asked about only where it is unclear, and do the answers reach the load?"""

from datetime import date
from io import BytesIO

import openpyxl
import polars as pl
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


@pytest.mark.thorough
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


@pytest.mark.thorough
def test_a_partner_report_without_days_is_asked_for_them(in_store):
    rows = b"Publisher name,Clicks,Total transactions,Total value,Total commission\nc1,340,12,480.00,48.00\n"
    stored(AUDIENCE)
    app = previewed(Dropped("partners.csv", rows))
    said = "**1 file\\: 1 waiting for your answer\\. Nothing is changed yet\\: answer the questions below\\.**"
    assert said in [text.value for text in app.markdown]
    app.date_input[0].set_value((date(2025, 4, 1), date(2025, 4, 30))).run()
    press(app, "Preview with these answers")
    assert troubles(app) == []
    bring(app.session_state["brought"]["batch"], unseen, is_preview=False)
    (row,) = store_access.answer("campaigns_of_creator", creator_id="c1").to_dicts()
    assert (row["clicks"], row["conversions"], row["date"], row["end_date"]) == (
        340, 12, date(2025, 4, 1), date(2025, 4, 30),
    )  # fmt: skip


@pytest.mark.thorough
def test_a_partner_report_in_dollars_is_asked_which_and_then_for_its_days(in_store):
    rows = b"Publisher name,Clicks,Total transactions,Total value,Total commission\nc1,340,12,$480.00,$48.00\n"
    stored(AUDIENCE)
    app = previewed(Dropped("partners.csv", rows))
    assert [box.label for box in app.selectbox] == [r"Currency of \$"]
    app.selectbox[0].set_value("CAD").run()
    press(app, "Preview with these answers")
    app.date_input[0].set_value((date(2025, 4, 1), date(2025, 4, 30))).run()
    press(app, "Preview with these answers")
    assert troubles(app) == []
    bring(app.session_state["brought"]["batch"], unseen, is_preview=False)
    (row,) = store_access.answer("campaigns_of_creator", creator_id="c1").to_dicts()
    assert (row["cost"], row["currency"], row["date"]) == (48, "CAD", date(2025, 4, 1))


@pytest.mark.thorough
def test_answers_can_be_loaded_without_a_preview(in_store):
    rows = b"Publisher name,Clicks,Total transactions,Total value,Total commission\nc1,340,12,480.00,48.00\n"
    stored(AUDIENCE)
    app = previewed(Dropped("partners.csv", rows))
    app.date_input[0].set_value((date(2025, 4, 1), date(2025, 4, 30))).run()
    press(app, "Load right away")
    assert troubles(app) == []
    (row,) = store_access.answer("campaigns_of_creator", creator_id="c1").to_dicts()
    assert (row["clicks"], row["conversions"], row["date"]) == (340, 12, date(2025, 4, 1))


ROSTER = Dropped(
    "kader.csv",
    "Name;Instagram;TikTok;Follower IG;Follower TT;Zielgruppe DE;Honorar (€);Monat;Impressionen;Klicks;Verkäufe\n"
    "Mila Marsh;@mila;@milamarsh;31.200;12.400;82 %;1.200,00;Mrz 26;64.300;812;31\n"
    "Otto Oak;@otto;;88.700;;76 %;2.400,00;04/2026;142.800;1.934;58\n"
    "Ada Ash;@ada;@ada.ash;53.200;9.000;74 %;1.450,00;Mrz 26;82.700;1.046;k. A.\n"
    "Bo Birch;@bo;;18.900;;89 %;650,00;Jan 26;27.450;402;22\n".encode(),
)


@pytest.mark.thorough
def test_all_that_a_sheet_leaves_open_is_asked_at_once_and_what_its_cells_speak_for_is_chosen(in_store):
    app = previewed(ROSTER)
    sales, platform = app.radio
    assert (sales.label, sales.value) == (r"Verkäufe \(31\, 58\, 22\)", "conversions")
    assert platform.label == "Some rows name several accounts. On which platform were the results?"
    assert (platform.options, platform.value) == (["Instagram", "TikTok"], None)
    assert [box.label for box in app.selectbox] == []
    platform.set_value("instagram").run()
    press(app, "Load right away")
    assert troubles(app) == []
    (row,) = store_access.answer("campaigns_of_creator", creator_id="instagram:mila").to_dicts()
    assert (row["clicks"], row["conversions"], row["cost"]) == (812, 31, 1200)


def workbook(**sheets: str) -> Dropped:
    """An Excel file with a sheet for each table that is given as CSV."""
    book, stream = openpyxl.Workbook(), BytesIO()
    book.remove(book.active)
    for title, text in sheets.items():
        page = book.create_sheet(title)
        for line in text.splitlines():
            page.append(line.split(","))
    book.save(stream)
    return Dropped("tracker.xlsx", stream.getvalue())


@pytest.mark.thorough
def test_a_sheet_of_a_workbook_is_asked_about_and_the_sheets_beside_it_are_not(in_store):
    posts = "Creator,Handle,Date,Rate,Views,UK %\nMila Marsh,@mila,2025-04-01,$90,500,80%\n"
    app = previewed(workbook(Posts=posts, wishlist="Name,IG,why\nBo Birch,@bo,heard of her\n"))
    assert [heading.value for heading in app.subheader] == ["A few questions about Posts"]
    said = " ".join(text.value for text in app.markdown)
    assert "save it as a file of its own" in said
    assert "say below" not in said
    app.selectbox[0].set_value("USD").run()
    press(app, "Load right away")
    assert troubles(app) == []
    (row,) = store_access.answer("campaigns_of_creator", creator_id="mila").to_dicts()
    assert (row["impressions"], row["cost"], row["currency"]) == (500, 90, "USD")
    assert "See the shortlist for United Kingdom" in [button.label for button in app.button]


def test_a_sheet_as_parquet_is_asked_about_like_any_other(in_store):
    stream = BytesIO()
    pl.read_csv(WITHOUT_DAYS.content).write_parquet(stream)
    app = previewed(Dropped("spring.parquet", stream.getvalue()))
    assert [radio.label for radio in app.radio] == [r"Sales \(12\, 7\)"]


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

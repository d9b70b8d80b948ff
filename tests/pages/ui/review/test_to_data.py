"""Do the results of a closed review come into the data in one press, once, and go again with an undo?"""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from data.importers.load import Options
from fit.__main__ import main
from fit.agreement.file import write_agreement
from fit.backtest import read_facts
from fit.refresh import load
from pages.ui import opened_decisions, store_access
from tests.agreements import agreement
from tests.pages.driver import opened, troubles
from tests.pages.ui.review.reviews import CAME, PLAN, review_of, typed

pytestmark = pytest.mark.usefixtures("warm_uploads")

FILES = {
    "creators.csv": (
        "creator_id,creator_name,platform,vertical,home_country,followers\nc001,Mara,instagram,home,FR,84000\n"
    ),
    "audience.csv": "creator_id,country,audience_share\nc001,FR,0.6\n",
    "campaigns.csv": (
        "campaign_id,creator_id,market,date,impressions,engagements,clicks,conversions,cost,currency\n"
        "old,c001,FR,2025-11-03,40000,1800,500,12,300,EUR\n"
    ),
}
DATES = {"start": date(2026, 3, 3), "end": date(2026, 3, 20)}


@pytest.fixture
def own_data(tmp_path, in_store):
    """A store of own data with the charter "spring"."""
    folder = tmp_path / "store"
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    load(folder, [tmp_path / name for name in FILES], Options(), now=datetime.now(UTC))
    in_store(folder)
    file = tmp_path / "agreement.toml"
    file.write_text(write_agreement(replace(agreement(**PLAN), creator="c001", **DATES)), encoding="utf-8")
    to = ["--out", str(tmp_path / "c.md"), "--store", str(folder)]
    assert main(["charter", "--file", str(file), "--save", "spring", *to]) == 0
    yield folder
    opened_decisions._opened.clear()


def ids() -> list[str]:
    return store_access.answer("campaigns_of_creator", creator_id="c001")["campaign_id"].to_list()


def buttons(app) -> set[str]:
    return {button.key for button in app.button}


@pytest.mark.thorough
def test_results_are_added_once_and_taken_back_by_an_undo(own_data):
    app = typed(review_of(), **CAME)
    assert "add_results" not in buttons(app)  # not before it is closed
    app.button(key="close_review").click().run()
    app.button(key="add_results").click().run()
    assert troubles(app) == []
    assert ids() == ["spring", "old"]
    assert sorted(read_facts(store_access.answer).campaigns["campaign_id"]) == ["old", "spring"]  # of the back-test
    assert store_access.answer("funnel_of_creator", creator_id="c001")["count_campaigns"].item() == 2  # of the list
    assert "add_results" not in buttons(app)
    assert any("They are in your data" in text.value for text in app.caption)
    report = opened("your_data")
    assert any(button.label == "Undo the last load" for button in report.button)
    store_access.undo()
    assert ids() == ["old"]
    again = review_of()
    again.button(key="add_results").click().run()
    assert ids() == ["spring", "old"]


@pytest.mark.thorough
def test_results_that_may_be_there_already_are_warned_of(own_data, tmp_path):
    more = tmp_path / "more.csv"
    more.write_text(FILES["campaigns.csv"].replace("old", "same days").replace("2025-11-03", "2026-03-04"))
    load(own_data, [more], Options(), now=datetime.now(UTC))
    app = typed(review_of(), **CAME)
    app.button(key="close_review").click().run()
    assert any("of the same days are in your data already" in warning.value for warning in app.warning)
    assert app.button(key="add_results").label == "Add them all the same"


def test_without_impressions_the_review_says_what_is_missing(own_data):
    app = typed(review_of(), reach="110000", conversions="2")
    app.button(key="close_review").click().run()
    assert "add_results" not in buttons(app)
    assert any("Impressions were not measured" in text.value for text in app.caption)

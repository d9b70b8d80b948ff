"""Do pages take counts of a running campaign, say how it stands, and lose nothing when a count is refused?"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from fit.pace import Count, counts_of_charter, save_counts
from tests.pages.driver import opened, troubles
from tests.pages.ui.partnership.partnerships import LINES, WHOLE
from tests.pages.ui.partnership.partnerships import texts as escaped_texts

TODAY = date.today()
NOW = datetime.now(UTC)
RUNS = replace(
    WHOLE, start=TODAY - timedelta(days=6), end=TODAY + timedelta(days=20), commitments=(), attribution_window_days=10,
    metrics=tuple(replace(line, target=target) for line, target in zip(LINES, (0.05, 400.0, 1.0), strict=True)),
)  # fmt: skip
COUNTED = (Count("impressions", 9000.0, TODAY, None, 1), Count("clicks", 61.0, TODAY, None, 2))


def signed(desk, agreement=RUNS):
    """The charter page of a partnership that both sides have signed."""
    app = desk(agreement, "partnership_charter")
    app.button(key="keep_charter").click().run()
    for side in ("brand", "creator"):
        app.text_input(key=f"signer_{side}").set_value("Ben" if side == "brand" else "Ada")
        next(b for b in app.button if b.label == f"Sign for the {side}").click().run()
    return app


def texts(app) -> list[str]:
    """What reaches the reader, without the signs that keep it text."""
    return [text.replace("\\", "") for text in escaped_texts(app)]


def dropped(app, text: str):
    return app.file_uploader(key="counts_upload_0").set_value(("counts.csv", text.encode(), "text/csv")).run()


@pytest.mark.thorough
def test_a_signed_charter_that_runs_takes_counts_and_says_each_chance(kept, desk):
    app = signed(desk)
    assert "How it runs" in [header.value for header in app.header]
    assert "Nothing counted yet: add the first counts" in " ".join(texts(app))
    day = TODAY - timedelta(days=2)
    dropped(app, f"metric,value,date\nimpressions,9000,{day}\nclicks,2,{day}\n")
    assert counts_of_charter(kept, "kitchen") == (
        Count("clicks", 2.0, day, None, 0), Count("impressions", 9000.0, day, None, 0),
    )  # fmt: skip
    cells = texts(app)
    assert {"400", "2", "under 3\xa0%"} <= set(cells)
    assert any(text.startswith("**Weakest target: clicks, under 3\xa0%") for text in cells)
    assert troubles(app) == []


@pytest.mark.thorough
def test_counts_that_cannot_be_are_refused_with_the_reason_and_nothing_is_lost(kept, desk):
    app = signed(desk)
    day = TODAY - timedelta(days=2)
    save_counts(kept, "kitchen", [Count("clicks", 61.0, day, None, 1)], NOW)
    for text, said in (
        (f"metric,value,date\nclicks,60,{TODAY}\n", "Clicks falls from 61"),
        (f"metric,value,date\nclicks,70,{TODAY - timedelta(days=9)}\n", "the charter runs, and its results count"),
        (f"metric,value,date,deliverable\nclicks,70,{TODAY},podcast\n", "is no deliverable of the charter"),
        (f"metric,value,date,currency\nrevenue,70,{TODAY},USD\n", "Row 2 is in USD, the charter in EUR"),
        (f"metric,value,date\nclicks,-3,{TODAY}\n", "clicks is '-3'"),
        (f"metric,value,date\nclicks,many,{TODAY}\n", "clicks is 'many'"),
        ("hello", "names no column"),
    ):
        dropped(app, text)
        assert said in " ".join(texts(app)), text
        assert counts_of_charter(kept, "kitchen") == (Count("clicks", 61.0, day, None, 0),)
    assert app.exception == []


def test_partnerships_begins_with_running_campaigns_and_leads_to_them(kept, desk):
    signed(desk)
    save_counts(kept, "kitchen", [Count("clicks", 1.0, TODAY, None, 1)], NOW)
    app = opened("partnerships", market="DE-60_AT-40")
    assert "Running now" in [header.value for header in app.header]
    assert any(text.startswith("Clicks: under 3\xa0% (") for text in texts(app))
    app.button(key="open_running_kitchen").click().run()
    assert app.session_state["paper"] == "kitchen"
    kept.note_stage("kitchen", RUNS.creator, "stopped", "no more stock", NOW)
    assert "Running now" not in [header.value for header in opened("partnerships").header]
    assert troubles(app) == []


@pytest.mark.thorough
def test_the_review_begins_with_how_it_runs_and_takes_the_counts(kept, desk):
    signed(desk)
    save_counts(kept, "kitchen", COUNTED, NOW)
    app = opened("campaign_review", paper="kitchen")
    assert app.header[0].value == "Nothing has been measured yet"
    assert "How it runs" in [one.value for one in app.subheader]
    app.button(key="take_counts").click().run()
    assert (app.text_input(key="actual_clicks").value, app.text_input(key="actual_impressions").value) == ("61", "9000")
    assert troubles(app) == []


@pytest.mark.thorough
def test_after_the_last_day_the_counts_are_the_results_until_somebody_types(kept, desk):
    over = replace(RUNS, start=TODAY - timedelta(days=20), end=TODAY - timedelta(days=1))
    signed(desk, over)
    save_counts(kept, "kitchen", COUNTED, NOW)
    app = opened("campaign_review", paper="kitchen")
    assert app.text_input(key="actual_clicks").value == "61"
    assert any(text.startswith("These are the counts of ") for text in texts(app))
    app.text_input(key="actual_clicks").set_value("75").run()
    assert (app.text_input(key="actual_clicks").value, app.text_input(key="actual_impressions").value) == ("75", "9000")
    assert troubles(app) == []

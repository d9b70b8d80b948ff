"""Does the review page take what came, say why, keep what was typed, and freeze it; and do other pages learn of it?"""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from data.decisions.decisions import open_decisions
from fit.__main__ import main
from fit.agreement.agreement import Adjustment, RedLine
from fit.agreement.file import write_agreement
from fit.agreement.rule import Limit, Rule
from fit.brief import Brief
from fit.forecast.request import RequestedLine
from fit.review.closing import ReviewDraft, read_draft, write_draft
from fit.review.results import ActualsError
from fit.text import words
from fit.text.escape import literal
from pages.ui import decisions_access, opened_decisions, store_access
from pages.ui.review import typed_figures
from tests.agreements import agreement
from tests.pages.driver import opened, troubles
from tests.pages.ui.review.reviews import CAME, HOSTILE, PLAN, review_of, typed

NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def with_charter(demo_store, tmp_path_factory):
    """A store of the demo with the charter "spring", for copies."""
    folder = shutil.copytree(demo_store, tmp_path_factory.mktemp("with_charter") / "store")
    file = folder.parent / "agreement.toml"
    file.write_text(write_agreement(agreement(**PLAN)), encoding="utf-8")
    to = ["--out", str(folder.parent / "c.md"), "--store", str(folder)]
    assert main(["charter", "--file", str(file), "--save", "spring", *to]) == 0
    return folder


@pytest.fixture
def own_store(with_charter, tmp_path, in_store):
    """A store of the demo with the charter "spring" that this test alone writes decisions into."""
    folder = shutil.copytree(with_charter, tmp_path / "store")
    in_store(folder)
    yield folder
    opened_decisions._opened.clear()


def test_before_anything_came_the_page_asks_for_it(own_store):
    app = review_of()
    assert next(header.value for header in app.header) == "Nothing has been measured yet"
    assert app.text_input(key="actual_conversions").placeholder == "not measured"
    assert app.text_input(key="actual_cost").placeholder == "360"
    assert len(app.button)
    assert "close_review" not in {button.key for button in app.button}


@pytest.mark.thorough
def test_what_is_typed_is_judged_and_kept(own_store):
    app = typed(review_of(), **CAME)
    assert next(header.value for header in app.header) == "The creator hit\\, the brand missed"
    assert app.warning[0].value.startswith("Purchases\\: 2\\; agreed was at least 20")
    again = review_of()
    assert again.text_input(key="actual_reach").value == "110000"
    assert len(again.get("plotly_chart")) == 1
    shown = [text.value for text in again.markdown]
    assert any("No one is to blame" in text for text in shown)


@pytest.mark.thorough
def test_a_number_that_cannot_be_meant_is_said_and_the_old_one_stays(own_store):
    app = typed(review_of(), clicks="1700", conversions="-2")
    (said,) = (one.value.replace("\\", "") for one in app.warning if "Purchases" in one.value)
    assert said == "Purchases is '-2': negative; check the source and write the number that was measured."
    assert app.text_input(key="actual_conversions").value == "-2"  # as typed, and no result
    app = typed(app, impressions="5")
    assert app.button(key="close_review").disabled
    assert any("cannot be" in warning.value for warning in app.warning)


@pytest.mark.thorough
def test_commitments_notes_and_the_next_time_line_are_kept_and_closed_with_it(own_store):
    app = typed(review_of(), **CAME)
    app.radio(key="kept_0").set_value("not kept").run()
    app.text_area(key="review_notes").set_value(f"said {HOSTILE}").run()
    app.text_input(key="review_next_time").set_value("Awareness next time").run()
    app.button(key="close_review").click().run()
    assert troubles(app) == []
    decisions = open_decisions(own_store)
    try:
        (kept,) = decisions.reviews()
    finally:
        decisions.close()
    content = json.loads(kept.content)
    assert (kept.name, kept.outcome, kept.next_time) == ("spring", "creator hit, brand missed", "Awareness next time")
    assert [app.radio(key=f"kept_{place}").value for place in range(2)] == ["not kept", "not answered"]
    assert [radio.label.split("\\:")[0] for radio in app.radio if radio.key.startswith("kept_")] == ["Brand", "Creator"]
    assert content["commitments"] == [
        {"owner": "brand", "text": HOSTILE, "kept": False, "due": None},
        {"owner": "creator", "text": HOSTILE, "kept": None, "due": None},
    ]
    assert content["notes"] == f"said {HOSTILE}"
    assert "\\[a\\](" in kept.text
    assert any("Closed on" in expander.label for expander in app.expander)
    typed(app, conversions="90")
    assert json.loads(decisions_access.saved().reviews()[0].content)["actuals"]["conversions"] == 2.0
    page = opened("shortlist", market="DE-1")
    table = page.multiselect(key="columns").set_value(["next_time"]).run().dataframe[0].value
    assert table.loc[table["creator"] == "Copper Cuckoo Studio", "next_time"].to_list() == ["Awareness next time"]


@pytest.mark.thorough
def test_the_line_of_a_closed_review_stands_in_the_row_on_role_brief_and_deck(own_store):
    """Not again for conversion in France: no page of the creator says otherwise under that brief."""
    app = typed(review_of(), reach="110,000", impressions="140000", engagements="34000", clicks="9700", conversions="0")
    app.button(key="close_review").click().run()
    (closed,) = decisions_access.saved().reviews()
    line = closed.next_time
    assert line.startswith(("Not for conversion in France", "Not again for conversion in France"))
    rows = opened("shortlist", market="FR-1").dataframe[0].value
    assert rows.loc[rows["creator"] == "Copper Cuckoo Studio", "next_time"].to_list() == [line]
    assert "next_time" in rows.columns
    role = opened("recommended_role", market="FR-1", creator="demo-001")
    assert role.header[0].value == literal(line.rstrip("."))
    assert any("By the numbers alone" in text.value for text in role.markdown)
    elsewhere = opened("recommended_role", market="DE-1", creator="demo-001")
    assert elsewhere.header[0].value != literal(line.rstrip("."))
    assert any(literal(line) in text.value for text in elsewhere.markdown)
    story = store_access.story(
        Brief((("FR", 1.0),)), ("demo-001",), RequestedLine(), decisions_access.reviews_of_creators(["demo-001"])
    )
    assert story.sections[0].table["What to do"].to_list() == ["Skip"]
    assert story.sections[-1].table["Next step"][0].startswith("Do not book for this; last review: Not")
    brief = opened("brief", market="FR-1", paper="spring")
    assert troubles(brief) == troubles(role) == []
    assert literal(f"Last review ({words.day(closed.closed_at.date())}): {line}") in [
        warning.value for warning in brief.warning
    ]


@pytest.mark.thorough
def test_sums_of_loaded_campaigns_are_taken_over(own_store):
    app = review_of()
    app.multiselect(key="review_campaigns").set_value(app.multiselect(key="review_campaigns").options[:0]).run()
    app.button(key="take_campaigns").click().run()
    assert "No campaign is chosen" in app.warning[0].value
    rows = opened_campaigns()
    app.multiselect(key="review_campaigns").set_value([rows[0]["campaign_key"]]).run()
    app.button(key="take_campaigns").click().run()
    assert app.text_input(key="actual_impressions").value == str(rows[0]["impressions"])


def opened_campaigns() -> list[dict]:
    return store_access.answer("campaigns_of_creator", creator_id="demo-001").to_dicts()


def test_an_uploaded_table_is_read_like_a_file_and_refused_with_the_reason():
    text = "metric;value\nclicks;1.700\ncost;EUR 960,50\n"
    assert typed_figures.results_of_upload(text.encode("utf-16"), (), "EUR") == ({"clicks": 1700.0, "cost": 960.5}, "")
    with pytest.raises(ActualsError) as refused:
        typed_figures.results_of_upload(b"metric,value\n" + HOSTILE.encode() + b"\xff,3\n", (), "EUR")
    assert str(refused.value) == (
        f"Row 2, column 1 '{HOSTILE}\\xff': holds bytes that are not UTF-8, so its letters are not certain; save the "
        "file as UTF-8."
    )


def save_theirs(folder, **values: object) -> None:
    """Somebody else saves this review in another window."""
    decisions = open_decisions(folder)
    try:
        kept = decisions.draft("review", "spring")
        theirs = replace(read_draft(kept.text), **values) if kept else ReviewDraft(**values)
        version = kept.version if kept else 0
        decisions.save("review", "spring", write_draft(theirs), version=version, by=None, now=NOW)
    finally:
        decisions.close()


def kept_draft() -> ReviewDraft:
    return read_draft(decisions_access.saved().draft("review", "spring").text)


@pytest.mark.thorough
@pytest.mark.parametrize(("button", "value"), [("use_mine", "5"), ("keep_theirs", "9")])
def test_a_number_that_two_people_changed_shows_theirs_and_offers_mine(own_store, button, value):
    app = typed(review_of(), clicks="1700")
    save_theirs(own_store, actuals={"clicks": 9.0})
    app.text_input(key="actual_clicks").set_value("5").run()
    assert app.text_input(key="actual_clicks").value == "9"
    assert "Someone else changed this too\\. You typed\\: 5" in [text.value for text in app.caption]
    app.button(key=f"{button}_actuals_clicks").click().run()
    assert troubles(app) == []
    assert app.text_input(key="actual_clicks").value == value
    assert kept_draft().actuals == {"clicks": float(value)}
    assert f"{button}_actuals_clicks" not in {each.key for each in app.button}


@pytest.mark.thorough
def test_other_fields_of_a_stale_window_are_saved_beside_theirs(own_store):
    app = typed(review_of(), clicks="1700")
    save_theirs(own_store, actuals={"clicks": 1700.0, "reach": 9.0}, outcome="theirs")
    app.text_area(key="review_notes").set_value("mine").run()
    assert troubles(app) == []
    assert kept_draft() == ReviewDraft({"clicks": 1700.0, "reach": 9.0}, {}, "mine", "theirs", "")
    assert app.text_area(key="review_notes").value == "mine"
    assert app.text_input(key="actual_reach").value == "9"


@pytest.mark.thorough
def test_notes_that_two_windows_wrote_are_both_kept(own_store):
    app = typed(review_of(), **CAME)
    app.text_area(key="review_notes").set_value("We talked.").run()
    save_theirs(own_store, notes="We talked. Theirs.")
    app.text_area(key="review_notes").set_value("We talked. Mine, long thought about.").run()
    assert app.text_area(key="review_notes").value == "We talked. Theirs.\n\nMine, long thought about."
    assert kept_draft().notes == "We talked. Theirs.\n\nMine, long thought about."
    assert any("Both texts are kept, theirs first" in caption.value for caption in app.caption)


@pytest.mark.thorough
def test_a_line_that_two_windows_wrote_waits_for_a_choice(own_store):
    app = typed(review_of(), **CAME)
    save_theirs(own_store, next_time="theirs")
    app.text_input(key="review_next_time").set_value("mine").run()
    assert app.text_input(key="review_next_time").value == "theirs"
    app.button(key="use_mine_next_time_").click().run()
    assert kept_draft().next_time == "mine"


@pytest.mark.thorough
def test_without_a_partnership_the_creator_of_the_sidebar_is_reviewed(demo_store, in_store):
    in_store(demo_store)
    app = opened("campaign_review", market="DE-1", creator="demo-001")
    typed(app, impressions="40000", engagements="1200", clicks="700", conversions="20")
    assert troubles(app) == []
    assert any("made after the campaign" in text.value for text in app.caption)
    assert next(header.value for header in app.header) != "Nothing has been measured yet"


@pytest.mark.thorough
def test_partnerships_show_how_they_ended_and_whether_forecasts_held(own_store):
    app = typed(review_of(), **CAME)
    app.button(key="close_review").click().run()
    page = opened("partnerships", market="DE-1")
    assert troubles(page) == []
    shown = [text.value for text in page.markdown]
    assert any(text.startswith("1 of 1 that ended were completed") for text in shown)
    assert any(text.startswith("Too few yet\\: 1 of 20 closed forecasts") for text in shown)
    rates = next(table.value for table in page.dataframe if "completion" in table.value)
    assert rates["completion"].to_list()[:2] == ["100\u00a0%", "none yet"]


def test_a_draft_comes_back_as_it_was_written():
    draft = ReviewDraft({"clicks": 4.0, "clicks:DE": 1.0}, {"x": True}, "n", "o", "t")
    assert read_draft(write_draft(draft)) == draft
    assert read_draft(write_draft(ReviewDraft())) == ReviewDraft()


@pytest.mark.thorough
def test_the_page_opens_with_the_line_at_which_both_agreed_to_talk_and_with_red_lines(own_store):
    decisions = open_decisions(own_store)
    dear = RedLine("brand", f"no dear clicks {HOSTILE}", Rule("cost_per_click", Limit.AT_MOST, value=0.1))
    words_alone = agreement(**PLAN | {"adjustment": Adjustment(HOSTILE)}, red_lines=(dear,))
    decisions.save("agreement", "draft", write_agreement(words_alone), version=0, by=None, now=datetime.now(UTC))
    decisions.close()
    app = typed(review_of("draft"), **CAME)
    assert [info.value for info in app.info] == [
        literal(f'The agreed threshold is written in words only: "{HOSTILE}". Check it by hand.')
    ]
    assert app.warning[0].value == literal(
        f'Brand: "no dear clicks {HOSTILE}". Cost per click: 0.212 EUR; agreed was at most 0.1 EUR.'
    )
    held = typed(review_of(), **CAME | {"conversions": "30"})
    start = ":material/check: Purchases\\: 30\\; agreed was at least 20"
    shown = list(texts_in_order(held.main))
    (at,) = [index for index, text in enumerate(shown) if text.startswith(start)]
    assert shown.index(held.header[0].value) < at, "what held does not stand before the verdict"


def texts_in_order(block) -> Iterator[str]:
    """What the elements below a block say, in the order of the page."""
    for child in block.children.values():
        if hasattr(child, "children"):
            yield from texts_in_order(child)
        else:
            yield str(getattr(child, "value", ""))


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("key", "most", "area"),
    [("review_notes", 5_000, True), ("review_next_time", 300, False), ("actual_clicks", 40, False)],
)
def test_a_long_text_is_kept_in_its_field_and_refused_beside_it(own_store, key, most, area):
    app = typed(review_of(), **CAME)
    field = (app.text_area if area else app.text_input)(key=key)
    field.set_value("7" * (most + 1)).run()
    field = (app.text_area if area else app.text_input)(key=key)
    assert field.value == "7" * (most + 1)
    assert [one for one in app.warning if one.value.replace("\\", "").startswith(f"Not saved: {most + 1:,} characters")]
    assert troubles(app) == []

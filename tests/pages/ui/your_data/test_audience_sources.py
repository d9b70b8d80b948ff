"""Is it said how old data are, which source of an audience counts and why, and what it superseded?"""

from datetime import date

import polars as pl
import pytest

from fit.text.escape import literal
from pages.ui import store_access
from pages.ui.your_data.audience_sources import age, countries_beside, dates_in_words, freshness, reason
from pages.ui.your_data.overview import options_in_words
from tests.pages.driver import opened, troubles

TODAY = date(2026, 3, 2)
HEADER = "creator_id,country,audience_share,audience_type,source,as_of\n"


def source(audience_type: str = "viewers", as_of: date | None = TODAY, coverage: float = 0.9, **more: object) -> dict:
    """One row of queries/audience_sources.sql."""
    return {"audience_type": audience_type, "as_of": as_of, "coverage": coverage, "is_best": False} | more


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (None, "no date stated"),
        (date(2026, 3, 5), "dated ahead"),
        (date(2026, 3, 2), "of today"),
        (date(2026, 3, 1), "1 day old"),
        (date(2026, 2, 9), "3 weeks old"),
        (date(2025, 8, 1), "7 months old"),
        (date(2024, 3, 2), "2 years old"),
    ],
)
def test_the_age_of_a_measurement_is_said_in_its_unit(day, said):
    assert age(day, TODAY) == said


def test_days_are_said_with_their_age():
    days = pl.Series("as_of", [date(2025, 8, 1), None])
    assert dates_in_words(days, TODAY).to_list() == ["1 August 2025, 7 months old", "no date stated"]


def test_how_fresh_the_store_is_stands_in_sentences():
    campaigns = {"count_campaigns": 2, "first_date": date(2025, 1, 1), "last_date": date(2025, 8, 1)}
    none = {"count_campaigns": 0}
    dates = {"newest": pl.Date, "oldest": pl.Date, "count_undated": pl.Int64}

    def of(*rows: tuple) -> pl.DataFrame:
        return pl.DataFrame(list(rows), schema=dates, orient="row")

    assert freshness(of(), none, TODAY) == "No audience by country is loaded."
    assert freshness(of((None, None, 3)), none, TODAY) == "No audience states its date."
    assert freshness(of((date(2025, 8, 1), date(2025, 7, 30), 1)), campaigns, TODAY) == (
        "The audience data is 7 months old. 1 audience without a date. Campaigns run from 1 January "
        "2025 to 1 August 2025; the newest is 7 months old."
    )
    assert freshness(of((date(2026, 2, 9), date(2025, 8, 1), 0)), none, TODAY) == (
        "The newest audience data is 3 weeks old, the oldest 7 months old."
    )


@pytest.mark.parametrize(
    ("other", "behind", "ahead"),
    [
        (source("likers"), "viewers are read before likers", "viewers are read before likers"),
        (source(as_of=date(2025, 8, 1)), "it is older than 2 March 2026", "it is the newest"),
        (source(as_of=None), "no date is stated; the other is of 2 March 2026", "it states its date"),
        (
            source(coverage=0.5),
            "it lists 50\u00a0% of the audience, the other 90\u00a0%",
            "it lists the most of the audience",
        ),
        (
            source(source="z"),
            "all else is equal; the first in the alphabet counts",
            "all else is equal and it is the first in the alphabet",
        ),
    ],
)
def test_the_rule_that_decides_between_two_sources_is_named_on_both_sides(other, behind, ahead):
    best = source(is_best=True)
    assert (reason(other, [best, other]), reason(best, [best, other])) == (behind, ahead)


def test_the_only_source_and_the_best_of_three_say_why_they_count():
    best = source(is_best=True)
    assert reason(best, [best]) == "it is the only source"
    assert reason(best, [best, source(as_of=None), source("likers"), source("likers", None)]) == (
        "it states its date and viewers are read before likers"
    )


def test_countries_of_all_sources_stand_side_by_side_the_one_that_counts_first():
    rows = pl.DataFrame(
        {
            "country": ["AT", "DE", "DE", "US"],
            "audience_share": [0.2, 0.5, 0.4, 0.6],
            "audience_type": ["viewers", "viewers", "followers", "followers"],
            "source": ["z", "z", "a", "a"],
            "platform": [None, None, "tiktok", "tiktok"],
        }
    )
    assert countries_beside(rows).to_dicts() == [
        {"country": "United States", "z, viewers": None, "a, followers, tiktok": 0.6},
        {"country": "Germany", "z, viewers": 0.5, "a, followers, tiktok": 0.4},
        {"country": "Austria", "z, viewers": 0.2, "a, followers, tiktok": None},
    ]


def test_what_was_said_by_hand_is_told_in_words(in_store):
    said = '{"creator": "ada", "kind": null, "map": [["Land", "country"]], "market": "DE"}'
    assert options_in_words(said) == "creator ada; market DE; Land read as Country"
    said = '{"creator": null, "kind": null, "map": [["Comment", "ignore"]], "market": null}'
    assert options_in_words(said) == "Comment not used"
    assert options_in_words('{"creator": null, "kind": null, "map": [], "market": null}') == ""


@pytest.fixture(scope="module")
def sources_store(tmp_path_factory, run_fit):
    """A store of a creator with viewers, followers and older followers, and one with nothing."""
    folder, files = tmp_path_factory.mktemp("sources"), tmp_path_factory.mktemp("sources_files")
    rows = ["ada,DE,0.5,viewers,tube,2026-01-01", "ada,DE,0.4,followers,gram,2026-02-01",
            "ada,AT,0.3,followers,gram,2025-02-01"]  # fmt: skip
    for number, row in enumerate(rows):
        (files / f"audience-{number}.csv").write_text(f"{HEADER}{row}\n")
    (files / "creators.csv").write_text("creator_id,creator_name,platform\nbo,Bo <b>,tiktok\n")
    run_fit("load", files, "--store", folder)
    return folder


@pytest.fixture
def three_sources(monkeypatch, sources_store):
    """The app uses the store of three sources, which no test changes."""
    monkeypatch.setenv("CREATOR_FIT_STORE", str(sources_store))


def test_your_data_shows_which_source_counts_and_the_history(three_sources):
    app = opened("your_data", market="DE-1", creator="ada", tab="loaded")
    assert troubles(app) == []
    shown = [text.value for text in app.markdown]
    assert literal("Used because viewers are read before followers.") in shown
    assert literal("Not used because viewers are read before followers.") in shown
    assert [box.label for box in app.expander if box.label.startswith("History")] == ["History: 1 superseded audience"]
    history = next(table.value for table in app.dataframe if "superseded_by" in table.value)
    assert history[["file_name", "superseded_by"]].to_numpy().tolist() == [["audience-2.csv", "audience-1.csv"]]
    overview = next(table.value for table in app.dataframe if {"count_superseded", "creator_id"} <= set(table.value))
    assert overview["creator_id"].to_list() == ["bo", "ada"]


def test_another_creator_is_chosen_by_the_link_or_the_box(three_sources):
    app = opened("your_data", market="DE-1", tab="loaded")
    assert app.selectbox(key="data_creator").value == "ada"
    app.selectbox(key="data_creator").set_value("bo").run()
    assert app.text_input(key="creator").value == "bo"
    nothing = "No audience by country is loaded for this creator: load an export or a table of it above."
    assert nothing in [text.value for text in opened("your_data", market="DE-1", creator="bo", tab="loaded").markdown]


def test_creators_are_found_by_letters_of_id_or_name(three_sources):
    def found(letters: str) -> list[str]:
        return store_access.answer("audience_overview", words=letters, top=9, skip=0)["creator_id"].to_list()

    assert [found("AD"), found("<B"), found(""), found("x")] == [["ada"], ["bo"], ["bo", "ada"], []]

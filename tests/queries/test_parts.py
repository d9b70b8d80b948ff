"""Does a list that is merged from parts say what the list over all creators says, to the bit?"""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from data.store import Generation
from fit.brief import Brief
from fit.shortlist import shortlist
from queries.ask import asker
from queries.list_page import LOG_SDS, VALUES
from queries.parts import ask_parts, parts_of

MARKETS = (("DE", 60.0), ("AT", 40.0))
BRIEFS = (
    Brief(MARKETS, "conversion"),
    Brief(MARKETS, "awareness", platforms=("TikTok", "youtube"), min_share=0.1),
    Brief((("BR", 1.0),), "conversion", verticals=("food",), followers_min=20_000),
    Brief(MARKETS, "conversion", platforms=("nowhere",)),
)
SMALL = {"top": 7, "contenders": 5, "creators": None, "words": ""}


@pytest.fixture(scope="module")
def parts(open_demo: Generation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's tables as Parquet, what a list reads by platform and vertical."""
    folder, db = tmp_path_factory.mktemp("parts"), open_demo.connection.cursor()
    served = db.table("served_creators").pl()
    names = served.select(
        "creator_key",
        in_platform=pl.col("platform").fill_null("none"),
        in_vertical=pl.col("vertical").fill_null("none"),
    )
    apart = {"served_creators": served, "market_shares": db.table("market_shares").pl()}
    for table, rows in apart.items():
        for (platform, vertical), of_part in rows.join(names, on="creator_key").group_by("in_platform", "in_vertical"):
            path = folder / table / f"in_platform={platform}" / f"in_vertical={vertical}"
            path.mkdir(parents=True)
            of_part.drop("in_platform", "in_vertical").write_parquet(path / "part-0.parquet")
    others = ("field_facts", "market_effects", "audience_mix", "benchmark_levels", "benchmark_errors", "frequencies",
              "market_prices", "order_values", "creators")  # fmt: skip
    for table in others:
        (folder / table).mkdir()
        db.table(table).pl().write_parquet(folder / table / "part-0.parquet")
    return folder


def assert_same(one: pl.DataFrame, other: pl.DataFrame) -> None:
    """Equal to the bit: who is on the page with everything, who contends beside it with the values of the brief."""
    for frames in (
        [frame.filter(pl.col("place").is_not_null()) for frame in (one, other)],
        [frame.select("creator_key", "rank", *VALUES, *LOG_SDS) for frame in (one, other)],
    ):
        assert_frame_equal(frames[0].select(frames[1].columns), frames[1], rel_tol=0, abs_tol=0)


def test_the_demo_has_several_parts(parts):
    assert len(parts_of(parts)) > 10


@pytest.mark.parametrize(
    ("brief", "sort"),
    [
        (BRIEFS[0], "group"),
        *(
            pytest.param(BRIEFS[0], sort, marks=pytest.mark.thorough)
            for sort in ("per_1000", "cost_per_outcome", "followers", "click")
        ),
        *(pytest.param(brief, "group", marks=pytest.mark.thorough) for brief in BRIEFS[1:]),
    ],
)
def test_a_page_is_that_of_all_creators(parts: Path, ask_demo: Callable, brief: Brief, sort: str) -> None:
    asked = ask_parts(parts)
    for descending, skip in ((True, 0), (False, 3)):
        given = brief.as_parameters() | SMALL | {"sort": sort, "descending": descending, "skip": skip}
        one, other = asked("list_page", **given), ask_demo("list_page", **given)
        assert_same(one, other)


@pytest.mark.thorough
@pytest.mark.parametrize("brief", BRIEFS, ids=range(len(BRIEFS)))
def test_a_shortlist_is_that_of_all_creators(parts: Path, open_demo: Generation, brief: Brief) -> None:
    one, other = (shortlist(ask, brief, sort="group") for ask in (ask_parts(parts), asker(open_demo.connection)))
    assert one == other


@pytest.mark.thorough
def test_one_creator_is_found_with_its_rank(parts: Path, ask_demo: Callable) -> None:
    given = BRIEFS[0].as_parameters() | SMALL | {"sort": "per_1000", "descending": True, "skip": 0}
    for which in ({"creators": ["demo-040"]}, {"words": "copper"}, {"creators": ["nobody"]}):
        one, other = (ask("list_page", **given | which) for ask in (ask_parts(parts), ask_demo))
        assert_same(one, other)
        if "words" in which:
            counts = [
                ask("count_matching", **BRIEFS[0].as_parameters(), **which) for ask in (ask_parts(parts), ask_demo)
            ]
            assert counts[0].equals(counts[1])

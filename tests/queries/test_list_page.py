"""Does a page from the columns in memory say the same as the long statement over the audiences, to the bit?"""

from collections.abc import Callable

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fit.brief import Brief
from fit.shortlist.ranking import SORTS
from queries.list_page import LOG_SDS, VALUES, first
from tests.worked_example import answers

CONTENDERS = 20
OF_LISTS = {"place", "market_ppm", "creator_key"}  # what only a page has
COUNTRIES = ["DE", "AT", "CH", "FR", "US", "BR", "IN", "ID", "GB", "MT", "NZ", "IT"]
briefs = st.builds(
    Brief,
    markets=st.lists(
        st.tuples(st.sampled_from(COUNTRIES), st.integers(1, 500).map(lambda n: n / 10)),
        min_size=1,
        max_size=12,
        unique_by=lambda pair: pair[0],
    ).map(tuple),
    goal=st.sampled_from(["awareness", "conversion"]),
    platforms=st.sampled_from([(), (), ("tiktok",), ("Instagram", "YOUTUBE"), ("nowhere",)]),
    verticals=st.sampled_from([(), (), (), ("Food", "beauty")]),
    followers_min=st.sampled_from([None, None, 10_000, 100_000]),
    followers_max=st.sampled_from([None, 1_000_000]),
    min_share=st.sampled_from([None, 0.0, 0.3]),
    min_share_each=st.sampled_from([None, None, 0.01]),
)


@pytest.fixture(scope="module")
def ask_worked() -> Callable:
    """The five creators of the worked example."""
    return answers()


some_briefs = settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
many_briefs = settings(some_briefs, max_examples=60)
pages = st.fixed_dictionaries(
    {
        "sort": st.sampled_from(SORTS),
        "descending": st.booleans(),
        "top": st.sampled_from([1, 7, 50, 1000]),
        "skip": st.sampled_from([0, 0, 5, 300]),
        "creators": st.sampled_from([None, None, None, ["demo-004"], ["ada", "ben", "demo-009"], ["nobody"], []]),
        "words": st.sampled_from(["", "", "", "demo-01", "nobody is called this"]),
    }
)


def the_same(ask: Callable, brief: Brief, page: dict) -> None:
    """Compare page, order, contenders and count with the long statement's, all values exactly."""
    given = brief.as_parameters()
    long = ask("shortlist", **given, **page)
    whole = {"sort": "per_1000", "descending": True, "top": 1000, "skip": 0, "creators": None, "words": ""}
    everybody = ask("shortlist", **given, **whole)
    served = ask("list_page", **given, **page, contenders=CONTENDERS)
    on_page = served.filter(pl.col("place").is_not_null()).sort("place")
    names = [name for name in everybody.columns if name not in ("role_label", "sort_value")]
    assert set(names) <= set(served.columns)
    assert on_page.select(names).to_dicts() == long.select(names).to_dicts()
    contenders = served.filter(pl.col("rank") <= CONTENDERS)
    of_contenders = [*VALUES, *LOG_SDS, "rank"]
    assert contenders.select(of_contenders).to_dicts() == everybody.select(of_contenders)[:CONTENDERS].to_dicts()
    assert ask("count_matching", **given, words=page["words"]).item() == (
        everybody.height if not page["words"] else ask("shortlist", **given, **whole | {"words": page["words"]}).height
    )
    codes = [code for code, _weight in brief.markets]
    listed = dict.fromkeys(on_page["creator_id"], ())
    listed |= {
        row["creator_id"]: tuple(row["market_ppm"])
        for row in on_page.iter_rows(named=True)
        if row["in_market_share"] is not None
    }
    for creator_id, ppm in listed.items():
        rows = dict(ask("judge_audience", creators=[creator_id]).select("country", "ppm").iter_rows())
        assert ppm in ((), tuple(rows.get(code) for code in codes))


@pytest.mark.thorough
@many_briefs
@given(brief=briefs, page=pages)
def test_a_page_of_the_demo_says_what_the_long_statement_says(ask_demo, brief, page):
    the_same(ask_demo, brief, page)


@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize("sort", SORTS)
def test_who_is_unknown_comes_last_either_way(ask_worked, sort, descending):
    page = {"sort": sort, "descending": descending, "top": 1000, "skip": 0, "creators": None, "words": ""}
    the_same(ask_worked, Brief((("DE", 60.0), ("AT", 40.0))), page)


@pytest.mark.thorough
@some_briefs
@given(brief=briefs, page=pages)
def test_a_page_of_the_worked_example_says_what_the_long_statement_says(ask_worked, brief, page):
    the_same(ask_worked, brief, page)


@given(
    values=st.lists(st.tuples(st.sampled_from([0.0, 1.0, 2.5, -np.inf]), st.sampled_from([3.0, 4.0])), max_size=900),
    count=st.integers(0, 40),
)
def test_the_first_are_those_of_a_whole_sort(values, count):
    one, other = (np.array([pair[at] for pair in values], float) for at in range(2))
    whole = sorted(range(len(values)), key=lambda at: (-one[at], -other[at], at))
    assert first([one, other], count).tolist() == whole[:count]


@pytest.mark.parametrize("count", [1, 50, 200])
def test_the_first_of_many_are_those_of_a_whole_sort(count):
    values = np.random.default_rng(count).integers(0, 5_000, 40_000).astype(float)
    whole = sorted(range(len(values)), key=lambda at: (-values[at], at))
    assert first([values], count).tolist() == whole[:count]

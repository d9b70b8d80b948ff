"""Does the shortlist's SQL say the same as a few lines of plain Python, for any brief?"""

from collections import defaultdict

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fit.brief import Brief
from fit.model.payoff import payoffs
from fit.shortlist.ranking import SORTS, roles_of_all, shortlist

COUNTRIES = ["DE", "AT", "CH", "FR", "US", "BR", "IN", "ID", "GB", "MT"]
markets = st.lists(
    st.tuples(st.sampled_from(COUNTRIES), st.integers(1, 500).map(lambda n: n / 10)),
    min_size=1,
    max_size=5,
    unique_by=lambda pair: pair[0],
).map(tuple)
briefs = st.builds(
    Brief,
    markets=markets,
    goal=st.sampled_from(["awareness", "conversion"]),
    platforms=st.sampled_from([(), ("tiktok",), ("Instagram", "YOUTUBE")]),
    followers_min=st.sampled_from([None, 10_000, 100_000]),
    followers_max=st.sampled_from([None, 1_000_000]),
    min_share=st.sampled_from([None, 0.0, 0.3]),
)
every_brief = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


def plain_shares(ask, brief: Brief) -> dict[str, tuple[float, float, float]]:
    """Share, value-weighted share and overlap per creator, by adding up rows in Python."""
    weights = dict(brief.markets)
    largest, total = max(weights.values()), sum(weights.values())
    found = defaultdict(lambda: [0.0, 0.0, 0.0])
    for creator_id, country, ppm in ask("judge_audience", creator_id=None).iter_rows():
        entry = found[creator_id]
        if country in weights:
            entry[0] += ppm / 1e6
            entry[1] += weights[country] / largest * ppm / 1e6
            entry[2] += min(weights[country] / total, ppm / 1e6)
    return {creator_id: tuple(entry) for creator_id, entry in found.items()}


@every_brief
@given(brief=briefs)
def test_shares_are_what_adding_up_the_audience_gives(ask_demo, brief):
    expected = plain_shares(ask_demo, brief)
    for c in shortlist(ask_demo, brief, top=1000).candidates:
        if c.in_market_share is None:
            assert c.creator_id not in expected
            continue
        assert (c.in_market_share, c.weighted_share, c.target_overlap) == pytest.approx(
            expected[c.creator_id], abs=2e-8
        )
        assert c.in_market_share_upper == pytest.approx(min(1, c.in_market_share + c.unknown_share), abs=1e-9)


@every_brief
@given(brief=briefs)
def test_payoffs_are_the_product_that_the_method_states(ask_demo, brief):
    facts = dict(ask_demo("field_facts").select("name", "value").iter_rows())
    rows = ask_demo(
        "shortlist", **brief.as_parameters(), goal=brief.goal, sort="payoff", descending=True, top=1000, skip=0,
        creator_id=None,
    ).filter(pl.col("weighted_share").is_not_null())  # fmt: skip
    names = ("impressions_per_money", "weighted_share", "awareness_factor", "conversion_factor")
    awareness, conversion = payoffs(
        *(rows[name].to_numpy() for name in names),
        facts["typical_in_market_share"],
        facts["out_of_market_click"],
        facts["out_of_market_conversion"],
    )
    np.testing.assert_allclose(rows["payoff_awareness"].to_numpy(), awareness, rtol=1e-9)
    np.testing.assert_allclose(rows["payoff_conversion"].to_numpy(), conversion, rtol=1e-9)


@every_brief
@given(brief=briefs)
def test_filters_count_and_order_agree(ask_demo, brief):
    found = shortlist(ask_demo, brief, top=1000)
    assert found.count_matching == len(found.candidates)
    assert [c.rank for c in found.candidates] == list(range(1, len(found.candidates) + 1))
    wanted = {name.lower() for name in brief.platforms}
    for c in found.candidates:
        assert not wanted or c.platform.lower() in wanted
        assert brief.followers_min is None or c.followers >= brief.followers_min
        assert brief.followers_max is None or c.followers <= brief.followers_max
        assert brief.min_share is None or c.in_market_share >= brief.min_share
    payoff = [c.payoff[brief.goal] if c.payoff[brief.goal] is not None else -1.0 for c in found.candidates]
    assert payoff == sorted(payoff, reverse=True)


@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize("sort", SORTS)
def test_pages_of_any_order_hold_every_creator_once(ask_demo, sort, descending):
    brief = Brief((("DE", 60.0), ("AT", 40.0)))
    whole = shortlist(ask_demo, brief, sort=sort, descending=descending, top=1000)
    pages = [
        c
        for skip in range(0, whole.count_matching, 7)
        for c in shortlist(ask_demo, brief, sort=sort, descending=descending, top=7, skip=skip).candidates
    ]
    assert pages == list(whole.candidates)
    assert {c.rank for c in pages} == set(range(1, whole.count_matching + 1))


def test_one_creator_keeps_its_rank_and_chances(ask_demo):
    brief = Brief((("DE", 1.0),))
    fifth = shortlist(ask_demo, brief, top=10).candidates[4]
    alone = shortlist(ask_demo, brief, top=1, creator_id=fifth.creator_id).candidates
    assert alone == (fifth,)


def test_when_three_or_fewer_match_all_are_in_the_top_three(ask_demo):
    brief = Brief((("DE", 1.0),))
    third = shortlist(ask_demo, brief, top=3).candidates[2]
    narrow = Brief((("DE", 1.0),), followers_min=third.followers, followers_max=third.followers)
    found = shortlist(ask_demo, narrow)
    assert found.count_matching <= 3
    assert [c.p_top_3 for c in found.candidates] == [1.0] * found.count_matching


def test_chances_of_the_top_three_add_up_to_three(ask_demo):
    found = shortlist(ask_demo, Brief((("DE", 1.0),)), top=1000)
    assert sum(c.p_top_3 for c in found.candidates) == pytest.approx(3)
    assert sum(c.p_best for c in found.candidates) == pytest.approx(1)
    assert all(c.p_best <= c.p_top_3 for c in found.candidates)


def test_filter_values_nobody_has_give_an_empty_list_and_a_warning(ask_demo):
    found = shortlist(ask_demo, Brief((("DE", 1.0),), platforms=("myspace",)))
    assert (found.count_matching, found.candidates) == (0, ())
    assert found.warnings[0].startswith("No creator has the platform 'myspace'; the store knows ")


def test_an_unknown_order_is_refused(ask_demo):
    with pytest.raises(ValueError, match="Cannot sort by 'name; drop table'"):
        shortlist(ask_demo, Brief((("DE", 1.0),)), sort="name; drop table")


def test_the_table_is_flat_with_the_promised_names(ask_demo):
    table = shortlist(ask_demo, Brief((("DE", 1.0),)), top=5).as_table()
    promised = {"creator_id", "rank", "p_top_3", "in_market_share", "engage_index", "click_low", "convert_evidence",
                "role_label", "role_p_conversion", "payoff_awareness", "because"}  # fmt: skip
    assert promised <= set(table.columns)
    assert table.height == 5


def test_roles_in_a_market_cover_every_creator(ask_demo):
    natural = roles_of_all(ask_demo, None)
    in_market = roles_of_all(ask_demo, Brief((("DE", 60.0), ("AT", 40.0))))
    assert in_market["creator_id"].to_list() == natural["creator_id"].to_list()
    assert set(in_market["label"]) == {"awareness", "conversion", "balanced", "pilot", "not for this market"}
    assert "not for this market" not in set(natural["label"])

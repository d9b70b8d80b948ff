"""Does the shortlist's SQL say the same as a few lines of plain Python, for any brief?"""

from collections import defaultdict
from dataclasses import replace
from itertools import pairwise
from math import log, sqrt
from operator import attrgetter
from statistics import NormalDist

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fit.brief import Brief
from fit.forecast import BRIEF_COLUMNS, forecast_line
from fit.model.payoff import payoffs
from fit.shortlist.groups import GROUPS
from fit.shortlist.ranking import SORTS, Shortlist, roles_of_all, shortlist
from tests import worked_example
from tests.worked_example import answers

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
    min_share_each=st.sampled_from([None, None, 0.01]),
)
every_brief = settings(max_examples=16, suppress_health_check=[HealthCheck.function_scoped_fixture])


def plain_shares(ask, brief: Brief) -> dict[str, tuple[float, float, float]]:
    """Share, value-weighted share and overlap per creator, by adding up rows in Python."""
    weights = dict(brief.markets)
    largest, total = max(weights.values()), sum(weights.values())
    found = defaultdict(lambda: [0.0, 0.0, 0.0])
    for creator_id, country, ppm in ask("judge_audience", creators=None).iter_rows():
        entry = found[creator_id]
        if country in weights:
            entry[0] += ppm / 1e6
            entry[1] += weights[country] / largest * ppm / 1e6
            entry[2] += min(weights[country] / total, ppm / 1e6)
    return {creator_id: tuple(entry) for creator_id, entry in found.items()}


@pytest.mark.thorough
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


@pytest.mark.thorough
@every_brief
@given(brief=briefs)
def test_payoffs_are_the_product_that_the_method_states(ask_demo, brief):
    facts = dict(ask_demo("field_facts").select("name", "value").iter_rows())
    rows = ask_demo(
        "shortlist", **brief.as_parameters(), sort="per_1000", descending=True, top=1000, skip=0,
        creators=None, words="",
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


@pytest.mark.thorough
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
        assert brief.min_share_each is None or min(c.shares.values()) >= brief.min_share_each
    if len(brief.markets) == 1:  # of several the order weighs each market, what is shown is the plain count
        yields = [-1.0 if c.expected.per_1000 is None else c.expected.per_1000 for c in found.candidates]
        assert yields == sorted(yields, reverse=True)


@pytest.mark.thorough
@every_brief
@given(brief=briefs)
def test_the_list_expects_what_a_forecast_of_the_same_line_expects(ask_demo, brief):
    """One truth: mean, range and chance of none of the list are those of the forecast, whatever the markets."""
    found = [c for c in shortlist(ask_demo, brief, top=3).candidates if c.expected.mean is not None]
    for c in found:
        row = {"creator_id": c.creator_id, "market": "+".join(code for code, _ in brief.markets)}
        line = pl.DataFrame([dict.fromkeys(BRIEF_COLUMNS) | row | {"deliverable": c.deliverable}], schema=BRIEF_COLUMNS)
        metric = forecast_line(ask_demo, line).metrics[c.expected.metric]
        assert c.expected.mean == pytest.approx(metric["mean"], rel=1e-9)
        assert (c.expected.p10, c.expected.p90, c.expected.p_zero) == tuple(
            metric[name] for name in ("p10", "p90", "p_zero")
        )


@pytest.mark.thorough
@every_brief
@given(brief=briefs)
def test_by_group_the_order_is_book_pilot_other_role_pass_and_in_each_the_money(ask_demo, brief):
    found = shortlist(ask_demo, brief, sort="group", top=1000).candidates
    places = [(GROUPS.index(c.group), c.rank) for c in found]
    assert places == sorted(places)


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("sort", "shown"), [("expected", "expected.mean"), ("cost_per_outcome", "expected.cost_per_outcome"), ("cost",) * 2]
)
@settings(every_brief, max_examples=8)
@given(brief=briefs)
def test_the_order_by_a_column_is_that_of_the_numbers_shown(ask_demo, brief, sort, shown):
    found = shortlist(ask_demo, brief, sort=sort, descending=False, top=1000).candidates
    values = [value for value in map(attrgetter(shown), found) if value is not None]
    assert values == pytest.approx(sorted(values), rel=1e-9)


def test_a_part_of_a_name_or_an_id_finds_the_creator_at_its_rank(ask_demo):
    brief = Brief((("DE", 1.0),))
    everybody = shortlist(ask_demo, brief, top=1000)
    for words in ("puffin", " PAPER puff", "demo-00"):
        wanted = words.strip().lower()
        found = shortlist(ask_demo, brief, words=words)
        named = [c for c in everybody.candidates if wanted in f"{c.creator_id} {c.creator_name or ''}".lower()]
        assert found.candidates == tuple(named)
        assert (found.count_found, found.count_matching) == (len(named), everybody.count_matching)
        assert named
    assert shortlist(ask_demo, brief, words="nobody is called this").candidates == ()
    assert everybody.count_found == everybody.count_matching


@pytest.mark.thorough
@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize("sort", SORTS)
def test_pages_of_any_order_hold_every_creator_once(ask_demo, sort, descending):
    brief = Brief((("DE", 60.0), ("AT", 40.0)))

    def page(top: int, skip: int) -> pl.DataFrame:
        return ask_demo(
            "shortlist", **brief.as_parameters(), sort=sort, descending=descending, top=top, skip=skip,
            creators=None, words="",
        )  # fmt: skip

    whole = page(1000, 0)
    assert 50 < whole.height < 72
    pages = [page(9, skip) for skip in range(0, 72, 9)]
    assert pl.concat(pages).equals(whole)
    assert set(whole["rank"]) == set(range(1, whole.height + 1))


@pytest.mark.thorough
def test_what_is_said_of_a_creator_is_the_same_on_any_page(ask_demo):
    brief = Brief((("DE", 60.0), ("AT", 40.0)))
    whole = shortlist(ask_demo, brief, sort="cost", top=1000)
    pages = [c for skip in (0, 23, 46) for c in shortlist(ask_demo, brief, sort="cost", top=23, skip=skip).candidates]
    assert pages == list(whole.candidates)


def test_one_creator_keeps_its_rank_and_chances(ask_demo):
    brief = Brief((("DE", 1.0),))
    fifth = shortlist(ask_demo, brief, top=10).candidates[4]
    alone = shortlist(ask_demo, brief, top=1, creators=[fifth.creator_id]).candidates
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


def test_a_bar_in_a_filter_is_a_bar(ask_demo):
    parameters = Brief((("DE", 1.0),), verticals=("Food|~Home", "beauty")).as_parameters()
    assert parameters["verticals"] == "|food~1~0home|beauty|"
    found = shortlist(ask_demo, Brief((("DE", 1.0),), verticals=("food|home",)))
    assert (found.count_matching, len(found.warnings)) == (0, 1)


def test_an_unknown_order_is_refused(ask_demo):
    with pytest.raises(ValueError, match="Cannot sort by 'name; drop table'"):
        shortlist(ask_demo, Brief((("DE", 1.0),)), sort="name; drop table")


def test_the_table_is_flat_with_the_promised_names(ask_demo):
    table = shortlist(ask_demo, Brief((("DE", 1.0),)), top=5).as_table()
    promised = {"creator_id", "rank", "p_top_3", "in_market_share", "engage_index", "click_low", "convert_evidence",
                "role_label", "role_p_conversion", "payoff_awareness", "because", "group", "cost", "currency",
                "cost_basis", "shares_DE", "gaps", "expected_metric", "expected_mean", "expected_p10",
                "expected_p_zero", "expected_per_1000", "expected_cost_per_outcome", "rate_note"}  # fmt: skip
    assert promised <= set(table.columns)
    assert table.height == 5


def test_roles_in_a_market_cover_every_creator(ask_demo):
    natural = roles_of_all(ask_demo, None)
    in_market = roles_of_all(ask_demo, Brief((("DE", 60.0), ("AT", 40.0))))
    assert in_market["creator_id"].to_list() == natural["creator_id"].to_list()
    assert {"awareness", "conversion", "pilot", "not for this market"} <= set(in_market["label"])
    assert "not for this market" not in set(natural["label"])


KITCHENS = Brief((("DE", 60.0), ("AT", 30.0)))
# Conversion payoffs of the worked example: impressions per money x E conversion x g(weighted share) / g(s0).
ADA = 1.0 * 1.2 * (0.7 + 0.3 * 0.05) / 0.525
BEN = 2.0 * 0.8 * (0.5 + 0.5 * 0.05) / 0.525
CLEO = 1.0 * 1.0 * (0.075 + 0.925 * 0.05) / 0.525
EVA = 0.5 * 0.4 * (0.6 + 0.4 * 0.05) / 0.525
# Of 200 people two are what creators of Germany usually have there: 42.5 % in Germany, 16.25 % in Austria. Of Ben's
# unknown 30 % as many live in Germany, which he lists in part, and in Austria 16.25 of the 22.5 % who usually live in
# no country that he lists; Ada's list names the largest countries whole.
LIKELY = {
    name: (0.99 * germany + 0.01 * 0.425, 0.99 * austria + 0.01 * 0.1625)
    for name, germany, austria in (
        ("ada", 0.6, 0.2), ("ben", 0.5 + 0.3 * 0.425, 0.3 * 0.1625 / 0.225), ("cleo", 0.05, 0.05), ("eva", 0.4, 0.4)
    )
}  # fmt: skip
ORDER = ("eva", "ada", "ben", "cleo")


def purchases(name: str, austria: float = 1.0) -> float:
    """Purchases expected: of an audience all there, by where it lives; .8 as many in Germany, 1.5 in Austria."""
    of_all, here, there = worked_example.OUTCOMES[name][0], *LIKELY[name]
    return of_all * (0.8 * here + 1.5 * austria * there)


@pytest.fixture(scope="module")
def ask_worked():
    return answers()


def by_name(found: Shortlist, *fields: str) -> dict[str, object]:
    """The candidates' fields in their order, by creator."""
    read = attrgetter(*fields)
    return {candidate.creator_id: read(candidate) for candidate in found.candidates}


def test_five_creators_have_the_shares_payoffs_and_ranks_of_the_worked_example(ask_worked):
    found = shortlist(ask_worked, KITCHENS)
    assert found.count_matching == 5
    assert by_name(found, "rank") == {"eva": 1, "ada": 2, "ben": 3, "cleo": 4, "dev": 5}
    shares = ("in_market_share", "in_market_share_upper", "unknown_share", "weighted_share", "target_overlap")
    expected = {
        "ada": (0.8, 0.9, 0.1, 0.7, 0.6 + 0.2),
        "ben": (0.5, 0.8, 0.3, 0.5, 0.5),
        "eva": (0.8, 0.8, 0.0, 0.6, 0.4 + 1 / 3),  # of Austria no more than the third that is wanted
        "cleo": (0.1, 0.1, 0.0, 0.075, 0.1),
    }
    for name, given_shares in by_name(found, *shares).items():
        if name == "dev":
            assert given_shares == (None,) * 5
        else:
            assert given_shares == pytest.approx(expected[name], abs=2e-9)
    reach = {"ada": 8_000.0, "ben": 4_000.0, "eva": 3_200.0, "cleo": 500.0}
    assert {name: value for name, value in by_name(found, "in_market_reach").items() if value} == pytest.approx(reach)
    payoff = {
        "ada": {"awareness": 1.0 * 1.0 * 0.7 / 0.5, "conversion": ADA},
        "ben": {"awareness": 2.0 * 0.9 * 0.5 / 0.5, "conversion": BEN},
        "eva": {"awareness": 0.5 * 2.0 * 0.6 / 0.5, "conversion": EVA},
        "cleo": {"awareness": 1.0 * 1.5 * 0.075 / 0.5, "conversion": CLEO},
    }
    for name, of_both in by_name(found, "payoff").items():
        assert of_both == (
            pytest.approx(payoff[name], rel=1e-8) if name in payoff else {"awareness": None, "conversion": None}
        )


def yields(ask, brief: Brief) -> dict[str, float]:
    """What the list is ordered by: outcomes per unit of money, each market weighed, by creator."""
    rows = ask(
        "shortlist", **brief.as_parameters(), sort="per_1000", descending=True, top=10, skip=0,
        creators=None, words="",
    )  # fmt: skip
    known = rows.filter(pl.col("outcome_per_money").is_not_null()).select("creator_id", "outcome_per_money")
    return dict(known.iter_rows())


def test_five_creators_bring_what_the_worked_example_says_for_the_money(ask_worked):
    """Purchases of both markets are shown as they are; the order counts Austria half."""
    found = shortlist(ask_worked, KITCHENS)
    costs = {name: of[2] for name, of in worked_example.OUTCOMES.items()}
    assert by_name(found, "cost", "currency", "cost_basis") == {
        name: (costs[name], "EUR", "market price") for name in (*ORDER, "dev")
    }
    for name, expected in by_name(found, "expected").items():
        assert expected.metric == "in_market_conversions"
        if name == "dev":
            assert (expected.mean, expected.p10, expected.per_1000, expected.cost_per_outcome) == (None,) * 4
            continue
        assert expected.per_1000 == pytest.approx(1000 * expected.mean / costs[name], rel=1e-9)
        assert expected.cost_per_outcome == pytest.approx(costs[name] / expected.mean, rel=1e-9)
    weighted = {name: purchases(name, austria=0.5) / costs[name] for name in ORDER}
    assert list(weighted.values()) == sorted(weighted.values(), reverse=True)
    assert yields(ask_worked, KITCHENS) == pytest.approx(weighted, rel=1e-6)
    assert by_name(found, "shares")["ada"] == {"DE": 0.6, "AT": 0.2}
    assert by_name(found, "gaps") == {"eva": (), "ada": (), "ben": (), "cleo": (), "dev": ()}


def test_for_awareness_the_five_stand_in_the_order_of_people_reached_for_the_money(ask_worked):
    found = shortlist(ask_worked, replace(KITCHENS, goal="awareness"))
    assert by_name(found, "rank") == {"eva": 1, "ada": 2, "ben": 3, "cleo": 4, "dev": 5}
    for name, expected in by_name(found, "expected").items():
        if name != "dev":
            cost = worked_example.OUTCOMES[name][2]
            assert expected.metric == "in_market_reach"
            assert expected.cost_per_outcome == pytest.approx(1000 * cost / expected.mean)
    weighted = {
        name: worked_example.OUTCOMES[name][1] * (there + also / 2) / worked_example.OUTCOMES[name][2]
        for name, (there, also) in LIKELY.items()
    }
    assert yields(ask_worked, replace(KITCHENS, goal="awareness")) == pytest.approx(weighted, rel=1e-6)


def test_a_market_where_fewer_than_one_in_twenty_live_is_a_gap_that_the_row_names(ask_worked):
    """Nobody of Ben's is listed in Austria, and 30 % of his audience may live anywhere; Cleo has 5 % of each."""
    brief = Brief((("US", 50.0), ("DE", 30.0), ("AT", 20.0)))
    gaps = by_name(shortlist(ask_worked, brief), "gaps")
    assert gaps == {"eva": (), "ada": (), "ben": (), "cleo": (), "dev": ()}
    brief = Brief((("DE", 60.0), ("FR", 40.0)))
    found = shortlist(ask_worked, brief)
    assert by_name(found, "gaps")["eva"] == ("FR",)
    assert by_name(found, "because")["eva"].startswith(
        "Hardly any audience in France: 40\N{NO-BREAK SPACE}% in Germany (60\N{NO-BREAK SPACE}% of your brief), "
        "France not listed (40\N{NO-BREAK SPACE}% of your brief)."
    )


def test_creators_fall_into_groups_by_role_and_goal(ask_worked):
    assert by_name(shortlist(ask_worked, KITCHENS), "group") == {
        "eva": "other role", "ada": "book", "ben": "other role", "cleo": "pass", "dev": "pilot",
    }  # fmt: skip
    assert by_name(shortlist(ask_worked, replace(KITCHENS, goal="awareness")), "group") == {
        "eva": "book", "ada": "other role", "ben": "book", "cleo": "pass", "dev": "pilot",
    }  # fmt: skip


def test_five_creators_have_the_roles_of_the_worked_example(ask_worked):
    """Cleo brings an eighth of the usual on either goal. Eva's conversion brings .24 here and her awareness 1.2."""
    found = shortlist(ask_worked, KITCHENS)
    assert by_name(found, "role.label", "role.confidence", "role.p_conversion") == {
        "eva": ("awareness", "leaning", 0.85),
        "ada": ("conversion", "clear", 0.9),
        "ben": ("awareness", "leaning", 0.3),
        "cleo": ("not for this market", "clear", 0.1),
        "dev": ("pilot", "none", 0.5),
    }
    assert roles_of_all(ask_worked, KITCHENS).rows() == [
        ("ada", 0.9, "conversion", "clear"),
        ("ben", 0.3, "awareness", "leaning"),
        ("cleo", 0.1, "not for this market", "clear"),
        ("dev", 0.5, "pilot", "none"),
        ("eva", 0.85, "awareness", "leaning"),
    ]


def test_neighbours_are_as_sure_as_two_log_normals_with_these_means(ask_worked):
    """log yield ~ N(log mean - v/2, v), so P(above) = Phi(difference / root of the summed variances).

    v adds to the stored variance that of the reported share, (1 - s) / (200 s), and of what is unknown of it.
    """
    listed = {"ada": (0.8, 0.9), "ben": (0.5, 0.8), "eva": (0.8, 0.8), "cleo": (0.1, 0.1)}
    variance, middle = {}, {}
    for name in ORDER:
        share, (low, high) = sum(LIKELY[name]), listed[name]
        sd = worked_example.PARTS[name][5]
        variance[name] = sd**2 + (1 - share) / (200 * share) + log(high / low) ** 2 / 12
        middle[name] = log(purchases(name, austria=0.5) / worked_example.OUTCOMES[name][2]) - variance[name] / 2
    above = {
        one: NormalDist().cdf((middle[one] - middle[other]) / sqrt(variance[one] + variance[other]))
        for one, other in pairwise(ORDER)
    }
    found = shortlist(ask_worked, KITCHENS)
    sure = by_name(found, "p_above_next")
    assert {name: sure[name] for name in above} == pytest.approx(above, rel=1e-6)
    assert (sure["cleo"], sure["dev"]) == (None, None)
    assert by_name(found, "too_close_to_next") == {name: name in above and above[name] < 0.7 for name in sure}
    assert sum(by_name(found, "p_top_3").values()) == pytest.approx(3)
    assert by_name(found, "p_top_3")["dev"] == by_name(found, "p_best")["dev"] == 0.0


def test_of_equal_payoffs_the_first_by_id_stands_first():
    """Bea is Ben again, and is the earlier name."""
    twin = {
        table: [{**row, "creator_id": "bea"} for row in rows if row["creator_id"] == "ben"]
        for table, rows in {
            "creators": worked_example.creators(), "audience_best": worked_example.audience_rows(),
            "audience_sets": worked_example.audience_sets(), "strengths": worked_example.strengths(),
            "natural_roles": worked_example.natural_roles(), "payoff_parts": worked_example.payoff_parts(),
            "standard_outcomes": worked_example.standard_outcomes(), "price_rates": worked_example.price_rates(),
            "view_rates": worked_example.view_rates(),
        }.items()
    }  # fmt: skip
    found = shortlist(answers(twin), KITCHENS)
    assert by_name(found, "rank") == {"eva": 1, "ada": 2, "bea": 3, "ben": 4, "cleo": 5, "dev": 6}
    assert by_name(found, "p_above_next")["bea"] == pytest.approx(0.5, abs=1e-12)


@pytest.mark.parametrize(
    ("narrowed", "names"),
    [
        ({"followers_min": 10_000}, ["ada", "ben", "cleo"]),
        ({"followers_min": 10_001}, ["ben", "cleo"]),
        ({"followers_max": 10_000}, ["eva", "ada"]),
        ({"followers_max": 9_999}, ["eva"]),
        ({"min_share": 0.5}, ["eva", "ada", "ben"]),
        ({"min_share": 0.51}, ["eva", "ada"]),
        ({"min_share": 0.0}, ["eva", "ada", "ben", "cleo"]),
        ({"min_share_each": 0.05}, ["eva", "ada", "cleo"]),
        ({"min_share_each": 0.2}, ["eva", "ada"]),
        ({"verticals": ("FOOD",)}, ["eva", "ada", "ben", "cleo", "dev"]),
        ({"verticals": ("travel",)}, []),
    ],
)
def test_a_filter_keeps_who_is_exactly_at_its_bound(ask_worked, narrowed, names):
    found = shortlist(ask_worked, replace(KITCHENS, **narrowed))
    assert [candidate.creator_id for candidate in found.candidates] == names
    assert found.count_matching == len(names)


def test_alone_a_creator_is_the_best_and_of_three_all_are_in_the_top_three(ask_worked):
    alone = shortlist(ask_worked, replace(KITCHENS, followers_max=9_999)).candidates[0]
    assert (alone.p_best, alone.p_top_3, alone.p_above_next) == (1.0, 1.0, None)
    three = shortlist(ask_worked, replace(KITCHENS, followers_min=10_000))
    assert by_name(three, "p_top_3") == {"ada": 1.0, "ben": 1.0, "cleo": 1.0}
    assert by_name(three, "p_best")["cleo"] < 0.01

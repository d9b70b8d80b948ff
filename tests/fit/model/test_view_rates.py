"""Are view rates and frequencies learned as the method states, from the campaigns that tell of them?"""

from math import exp, log, sqrt

import numpy as np
import polars as pl
import pytest

from fit.model.view_rates import (
    SPREADS,
    Frequencies,
    fit_frequencies,
    learn_views,
    own_frequencies,
    reach_rows,
    standard_deliverables,
    view_level_table,
    view_rate_table,
    view_rows,
    views_of_creators,
)
from tests.invented import fit_views, view_rates

SCHEMA = {
    "campaign_key": pl.Int32, "creator_id": pl.String, "creator": pl.Int64, "platform": pl.String,
    "deliverable": pl.String, "impressions": pl.Int64, "reach": pl.Int64, "followers": pl.Int64,
    "count_deliverables": pl.Int64, "paid": pl.Boolean,
}  # fmt: skip


def seen(*rows: dict) -> pl.DataFrame:
    plain = {"creator_id": "a", "creator": 0, "platform": "instagram", "deliverable": "post", "impressions": 2_500}
    plain |= {"followers": 10_000, "count_deliverables": 1, "paid": False}
    return pl.DataFrame([{"campaign_key": key} | plain | row for key, row in enumerate(rows)], schema=SCHEMA)


def test_a_view_rate_is_impressions_per_follower_and_piece():
    table = view_rows(
        seen({}, {"count_deliverables": 2}, {"count_deliverables": None}, {"impressions": 10**9, "followers": 1})
    )
    assert table["log_rate"].to_list() == pytest.approx([log(0.25), log(0.125), log(0.25), 12.0])
    assert view_rows(seen({"impressions": 1, "followers": 10**9}))["log_rate"].to_list() == [-12.0]


@pytest.mark.parametrize(
    "untold", [{"impressions": 0}, {"impressions": None}, {"followers": 0}, {"followers": None}, {"paid": True}]
)
def test_what_was_bought_or_is_not_known_tells_nothing_of_views(untold):
    assert view_rows(seen(untold, {})).height == 1


ROWS = [
    (0, "instagram", "post", 0.2), (0, "instagram", "story", 0.1), (0, "tiktok", "post", 0.9), (2, "tiktok", None, 1.4),
    (2, None, "post", 0.5), (3, "tiktok", "story", 0.3), (3, "tiktok", "post", 2.0), (3, "instagram", "post", 0.4),
]  # fmt: skip


def test_each_creators_own_part_is_its_distance_from_what_is_usual_shrunk():
    """Normal observations: variance 1 / (n / sigma^2 + 1 / tau^2), mean n x distance / sigma^2 of it."""
    table = seen(
        *(
            {"creator": who, "platform": platform, "deliverable": kind, "impressions": round(rate * 1_000_000),
             "followers": 1_000_000}
            for who, platform, kind, rate in ROWS
        )
    )  # fmt: skip
    found = fit_views(table, 5)
    platform, deliverable = found.of("platform"), found.of("deliverable")
    tau2, sigma2 = found.creator_sd**2, found.campaign_sd**2
    for who in range(5):  # creators 1 and 4 have none
        off = [
            log(rate) - found.level - platform.get(kind, 0.0) - deliverable.get(piece, 0.0)
            for owner, kind, piece, rate in ROWS
            if owner == who
        ]
        variance = 1 / (len(off) / sigma2 + 1 / tau2)
        assert found.creator_variance[who] == pytest.approx(variance, rel=1e-9)
        assert found.creator_mean[who] == pytest.approx(sum(off) * variance / sigma2, rel=1e-9, abs=1e-12)
    assert platform["tiktok"] > platform["instagram"]


def test_views_of_a_known_field_are_found():
    """300 creators (sd .5) with four campaigns each (sd .4): TikTok e^.5 of Instagram, a story e^-1 of a post."""
    g = np.random.default_rng(4)
    rows = []
    for who in range(300):
        own = 0.5 * g.standard_normal()
        for at in range(4):
            platform, kind = ("instagram", "tiktok")[at % 2], ("post", "story")[at // 2]
            logs = log(0.25) + own + 0.5 * (platform == "tiktok") - (kind == "story") + 0.4 * g.standard_normal()
            rows.append(
                {"creator": who, "platform": platform, "deliverable": kind, "followers": 10**6,
                 "impressions": round(1e6 * exp(logs))}
            )  # fmt: skip
    found = fit_views(seen(*rows), 300)
    platform, kinds = found.of("platform"), found.of("deliverable")
    assert platform["tiktok"] - platform["instagram"] == pytest.approx(0.5, abs=0.06)
    assert kinds["story"] - kinds["post"] == pytest.approx(-1.0, abs=0.06)
    assert found.level + platform["instagram"] + kinds["post"] == pytest.approx(log(0.25), abs=0.1)
    assert (found.creator_sd, found.campaign_sd) == (pytest.approx(0.5, abs=0.05), pytest.approx(0.4, abs=0.03))


def test_a_field_without_campaigns_has_a_quarter_of_the_followers_and_the_guessed_spreads():
    found = fit_views(seen(), 2)
    assert exp(found.level) == pytest.approx(0.25)
    assert (found.creator_sd, found.campaign_sd) == (pytest.approx(0.5), pytest.approx(sqrt(0.2)))
    assert found.creator_mean.tolist() == [0.0, 0.0]
    assert found.creator_variance.tolist() == pytest.approx([0.25, 0.25])
    assert (found.of("platform"), found.of("deliverable")) == ({}, {})


def test_expected_views_add_level_effects_and_half_the_campaigns_variance():
    of = view_rates(-1.0, {"tiktok": 0.4}, {"story": -0.3}, campaign_sd=0.6)
    found = of.log_rate(pl.Series(["tiktok", "instagram", None]), pl.Series(["story", "story", "post"]))
    assert found.tolist() == pytest.approx([-1 + 0.18 + 0.4 - 0.3, -1 + 0.18 - 0.3, -1 + 0.18])


def test_a_story_that_the_field_never_saw_is_seen_by_a_third_of_those_who_see_a_post():
    of = view_rates(-1.0, {}, {"post": 0.0}, campaign_sd=0.6)
    post, story = of.log_rate(pl.Series(["instagram"] * 2), pl.Series(["post", "story"])).tolist()
    assert story - post == pytest.approx(log(1 / 3))


def test_the_standard_deliverable_is_the_commonest_unbought_one_on_the_own_platform():
    creators = pl.DataFrame({"creator_id": ["a", "b", "c", "d"], "platform": ["instagram", "tiktok", None, "youtube"]})
    rows = (
        [{"deliverable": "story"}] * 3
        + [{"deliverable": "reel"}] * 4
        + [{"deliverable": "video", "platform": "tiktok"}] * 9
        + [{"deliverable": "short", "paid": True}] * 9
        + [{"deliverable": None}] * 9
        + [{"creator_id": "b", "platform": "tiktok", "deliverable": kind} for kind in ("video", "clip", "live")]
        + [{"creator_id": "c", "platform": "twitch", "deliverable": "stream"}]
    )
    assert standard_deliverables(seen(*rows), creators).to_list() == ["reel", "clip", "stream", "post"]


def test_reach_counts_where_it_can_be_true_and_was_not_bought():
    rows = reach_rows(
        seen(
            {"reach": 2_000},
            {"reach": 2_500},
            {"reach": 2_501},
            {"reach": 0},
            {"reach": None},
            {"reach": 9, "paid": True},
        )
    )
    assert rows["campaign_key"].to_list() == [0, 1]
    assert rows["log_frequency"].to_list() == pytest.approx([log(1.25), 0.0])


def test_a_frequency_starts_at_one_and_a_quarter_with_five_campaigns_weight():
    """Instagram posts: log 2 and log 4. Story of no platform: log 1."""
    table = seen(
        {"reach": 1_250}, {"reach": 625}, {"reach": 2_500, "platform": None, "deliverable": "story"},
    )  # fmt: skip
    usual = log(1.25)
    post, story = (log(2) + log(4) + 5 * usual) / 7, (0 + 5 * usual) / 6
    found = fit_frequencies(table)
    assert found.pairs.rows() == [
        (None, "story", pytest.approx(story), 1), ("instagram", "post", pytest.approx(post), 2),
    ]  # fmt: skip
    squares = (log(2) - post) ** 2 + (log(4) - post) ** 2 + story**2 + 5 * 0.2**2
    assert found.campaign_sd == pytest.approx(sqrt(squares / (3 + 5)))
    asked = found.log_frequency(pl.Series(["instagram", None, "tiktok"]), pl.Series(["post", "story", "post"]))
    assert asked.tolist() == pytest.approx([post, story, usual])
    nothing = fit_frequencies(seen())
    assert (nothing.pairs.height, nothing.campaign_sd) == (0, pytest.approx(0.2))
    assert (nothing.overlap, nothing.overlap_sd, nothing.reach_limit) == (0.5, 0.3, 1.0)


def test_how_far_several_deliverables_meet_the_same_people_is_learned():
    """Impressions per person grow with count^.3: 200 campaigns of four say so."""
    rows = [{"reach": 2_000}] * 200
    rows += [{"count_deliverables": 4, "impressions": 10_000, "reach": round(10_000 / (1.25 * 4**0.3))}] * 200
    found = fit_frequencies(seen(*rows))
    assert found.overlap == pytest.approx(0.3, abs=0.01)
    assert found.overlap_sd < 0.02
    assert exp(found.pairs["log_frequency"][0]) == pytest.approx(1.25, rel=0.01)


def test_campaigns_say_how_many_more_people_than_followers_can_be_reached():
    """101 campaigns: the second largest is the one that one in a hundred exceeds."""
    usual = [{"reach": 2_000}] * 98
    found = fit_frequencies(
        seen(*usual, *({"impressions": reach, "reach": reach} for reach in (19_000, 30_000, 90_000)))
    )
    assert found.reach_limit == pytest.approx(3.0)
    assert fit_frequencies(seen(*usual, {"reach": 2_400})).reach_limit == 1.0


@pytest.mark.parametrize("untold", [{"followers": None}, {"followers": 0}, {"paid": True}, {"impressions": 89_999}])
def test_reach_that_was_bought_or_cannot_be_true_says_nothing_of_how_many_can_be_reached(untold):
    assert fit_frequencies(seen({"impressions": 90_000, "reach": 90_000} | untold)).reach_limit == 1.0


FIELD = Frequencies(
    pl.DataFrame(
        {"platform": ["instagram"], "deliverable": ["post"], "log_frequency": [log(2)], "count_campaigns": [9]}
    ),
    0.2,
    0.5,
    0.3,
    1.0,
)
MEASURED = [{"creator": 2, "reach": 625}, {"creator": 2, "reach": 1_250}, {"creator": 2, "reach": None}]
OWN = (log(4) - log(2) + log(2) - log(2)) / (2 + 2)  # two campaigns against the weight of two


def test_a_creators_own_frequency_is_the_fields_and_half_of_what_two_campaigns_add():
    platform, deliverable = pl.Series(["instagram"] * 3), pl.Series(["post"] * 3)
    found, is_measured = own_frequencies(seen(*MEASURED), FIELD, platform, deliverable)
    assert found.tolist() == pytest.approx([log(2), log(2), log(2) + OWN])
    assert is_measured.tolist() == [False, False, True]


def test_the_table_of_view_rates_holds_each_creators_own_part():
    of = view_rates(0.0, mean=np.array([0.1, -0.2, 0.3]), variance=np.array([0.04, 0.09, 0.16]))
    found = view_rate_table(pl.Series(["a", "b", "c"]), seen(*MEASURED), of, FIELD)
    assert found.columns == ["creator_id", "log_mean", "log_sd", "implied_followers", "log_frequency"]
    assert found.rows() == [
        ("a", 0.1, pytest.approx(0.2), None, 0.0),
        ("b", -0.2, pytest.approx(0.3), None, 0.0),
        ("c", 0.3, pytest.approx(0.4), None, pytest.approx(OWN)),
    ]


def test_views_of_a_creator_without_followers_say_how_many_would_make_them_usual():
    """The mean of what each campaign implies, in logs: 4,000 x e^1 of a post, 3,000 x e^1.5 of each of two stories."""
    of = view_rates(-1.0, {}, {"post": 0.0, "story": -0.5}, campaign_sd=0.6)
    table = seen(
        {"impressions": 4_000, "followers": None},
        {"impressions": 6_000, "followers": None, "deliverable": "story", "count_deliverables": 2},
        {"impressions": 9_000_000, "followers": None, "paid": True},
        {"impressions": 0, "followers": None},
        {"impressions": 500, "creator": 1},
        {"impressions": 500, "creator": 2, "followers": 0},
    )
    found = views_of_creators(of, table, 3)
    assert found.implied_followers[0] == pytest.approx(exp((log(4_000) + 1 + log(3_000) + 1.5) / 2))
    assert [bool(np.isnan(value)) for value in found.implied_followers[1:]] == [True, True]
    assert (found.creator_mean[0], found.creator_variance[0]) == (0.0, pytest.approx(0.36 / 2))


def test_campaigns_without_followers_tell_how_far_campaigns_lie_apart():
    """They are no evidence of what is usual, nor of how creators differ: squares around each one's own mean count."""
    logs = [(10.0, 10.5, 12.0), (7.0, 8.0), (9.0,)]
    rows = [
        {"creator": who, "followers": None, "impressions": round(exp(value))}
        for who, own in enumerate(logs)
        for value in own
    ]
    found, nothing = learn_views(seen(*rows)), learn_views(seen())
    squares = sum((value - sum(own) / len(own)) ** 2 for own in logs for value in own)
    assert found.campaign_sd == pytest.approx(sqrt((squares + 5 * 0.2) / (3 + 5)), rel=1e-3)
    assert (found.level, found.creator_sd) == pytest.approx((nothing.level, nothing.creator_sd), rel=0.01)


def test_the_level_table_counts_impressions_by_platform_and_deliverable():
    of = view_rates(0.0, {"instagram": log(2)}, {"story": log(0.5)})
    table = seen({}, {"creator": 1, "impressions": 10}, {"deliverable": "story", "platform": None}, {"paid": True})
    assert view_level_table(table, of).rows() == [
        ("views", "platform", "instagram", pytest.approx(2.0), 2, 2, 2_510),
        ("views", "deliverable", "post", pytest.approx(1.0), 2, 2, 2_510),
        ("views", "deliverable", "story", pytest.approx(0.5), 1, 1, 2_500),
    ]


def test_spreads_of_views_are_where_their_equations_balance():
    """Four creators of .25 and five campaigns of .2 count beside the squares and doubts of those seen.

    All campaigns have one platform and kind, so base and levels are one unknown; it and the creators are one normal.
    """
    assert SPREADS == {"platform": 0.4, "deliverable": 0.4}
    rows = [(0, 0.20), (0, 0.22), (0, 0.21), (1, 0.24), (1, 0.26), (2, 0.19), (3, 0.23)]
    table = seen(*({"creator": who, "impressions": round(1e6 * rate), "followers": 10**6} for who, rate in rows))
    found = fit_views(table, 4)
    tau2, sigma2 = found.creator_sd**2, found.campaign_sd**2
    usual = found.level + found.of("platform")["instagram"] + found.of("deliverable")["post"]
    which = np.array([[1.0, *(owner == who for who in range(4))] for owner, _ in rows])
    before = 0.7**2 + sum(spread**2 for spread in found.effects.spreads.values())
    unsure = np.linalg.inv(which.T @ which / sigma2 + np.diag([1 / before, *[1 / tau2] * 4]))
    own = found.creator_mean
    luck = [log(rate) - usual - own[owner] for owner, rate in rows]
    of_creators = 4 * 0.25 + (own**2).sum() + np.trace(unsure[1:, 1:])
    of_campaigns = 5 * 0.2 + sum(one**2 for one in luck) + np.trace(which @ unsure @ which.T)
    assert tau2 == pytest.approx(of_creators / (4 + 4), rel=0.01)
    assert sigma2 == pytest.approx(of_campaigns / (7 + 5), rel=0.01)


def test_one_campaign_with_its_reach_makes_a_frequency_measured_and_four_pieces_explain_a_part_of_it():
    """Four posts at 3.6 impressions a person: 2 x 4^.5 = 4 is expected of them, so the creator is below the field."""
    rows = seen({"creator": 1, "impressions": 3_600, "reach": 1_000, "count_deliverables": 4})
    found, is_measured = own_frequencies(rows, FIELD, pl.Series(["instagram"] * 2), pl.Series(["post"] * 2))
    assert is_measured.tolist() == [False, True]
    assert found.tolist() == pytest.approx([log(2), log(2) + log(3.6 / 4) / (1 + 2)])


def test_a_campaign_that_names_no_count_is_of_one_piece():
    assert reach_rows(seen({"reach": 2_000, "count_deliverables": None}))["log_count"].to_list() == [0.0]

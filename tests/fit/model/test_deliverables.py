"""Are kinds of content understood as people write them, and offered before any campaign showed them?"""

import pytest

from fit.model.deliverables import (
    CLICK_RATE_TO_POST,
    EVERY_KIND,
    KINDS,
    VIEWS_TO_POST,
    kind_named,
    offered_kinds,
    plural_of,
)


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("Stories", "story"), ("story", "story"), ("STORY ", "story"), ("Reels", "reel"), ("reel", "reel"),
        ("Posts", "post"), ("videos", "video"), ("Lives", "live"), ("Carousels", "carousel"), ("Shorts", "short"),
        ("Unboxing", "Unboxing"), ("house  tour", "house tour"),
    ],
)  # fmt: skip
def test_case_and_number_do_not_matter(written, kind):
    assert kind_named(written) == kind


def test_what_campaigns_call_a_kind_wins():
    assert kind_named("reel", ["Reels", "post"]) == "Reels"
    assert kind_named("house tours", ["House tour"]) == "House tour"
    assert kind_named("Reels", ["Reels", "reel"]) == "Reels"


@pytest.mark.parametrize("platform", [*KINDS, None, "Mastodon"])
def test_every_kind_of_a_platform_is_one_that_is_known(platform):
    offered = offered_kinds(platform, [])
    assert offered == KINDS.get(platform, EVERY_KIND)
    assert {kind_named(kind) for kind in offered} == set(offered)


def test_kinds_of_the_platform_come_first_then_those_of_campaigns():
    offered = offered_kinds("instagram", ["Reels", "house tour", "post"])
    assert offered == ("post", "carousel", "Reels", "story", "live", "house tour")


def test_several_are_called_as_people_call_them():
    assert [plural_of(kind) for kind in ("story", "reel", "live", "news", "essay")] == [
        "stories", "reels", "lives", "news", "essays",
    ]  # fmt: skip


def test_what_is_usual_is_known_of_known_kinds_alone_and_by_no_more_than_a_factor_of_four():
    for ratios in (VIEWS_TO_POST, CLICK_RATE_TO_POST):
        assert set(ratios) <= {kind for kinds in KINDS.values() for kind in kinds}
        assert all(1 / 4 < ratio < 4 for ratio in ratios.values())
    assert VIEWS_TO_POST["story"] < 1 < VIEWS_TO_POST["reel"]


def test_usual_figures_are_those_that_the_method_states():
    assert {"story": pytest.approx(1 / 3), "carousel": 1.4, "reel": 1.8, "short": 1.5, "live": 0.3} == VIEWS_TO_POST
    # Clicks of a story: 1 to 5 % of views as Beta(2.8, 98), against 1 to 3 % as Beta(5.7, 290) of a link in bio.
    assert {"story": pytest.approx(2.8 / (2.8 + 98) / (5.7 / (5.7 + 290))), "short": 0.5} == CLICK_RATE_TO_POST


def test_of_two_names_that_campaigns_use_the_first_in_the_alphabet_counts():
    assert kind_named("UNBOXING", ["unboxing", "Unboxing"]) == "Unboxing"

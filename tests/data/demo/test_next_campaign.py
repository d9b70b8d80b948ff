"""Does a new campaign of an invented creator bring what the true rates say, with luck of its own?"""

import numpy as np
import pytest

from data.demo import world
from data.demo.next_campaign import World, campaign_results, true_world


@pytest.fixture(scope="module")
def truth() -> World:
    return true_world(60, 1)


def results(truth: World, seed: int, **changed: object) -> dict[str, float]:
    asked = {"creator_id": "demo-001", "pieces": [("post", 2)], "countries": ["DE", "AT"]} | changed
    return campaign_results(np.random.default_rng(seed), truth, **asked)


def test_results_are_counts_that_can_be_true_of_one_campaign(truth: World) -> None:
    for seed in range(20):
        found = results(truth, seed)
        assert found["impressions"] >= max(found["reach"], found["in_market_impressions"], found["clicks"])
        assert found["clicks"] >= found["conversions"] >= 0
        assert all(value == int(value) for name, value in found.items() if name != "revenue")


def test_the_same_dice_bring_the_same_and_others_bring_others(truth: World) -> None:
    assert results(truth, 1) == results(truth, 1)
    assert results(truth, 1) != results(truth, 2)


@pytest.mark.thorough
def test_on_average_a_campaign_brings_what_the_true_rates_say(truth: World) -> None:
    """84,000 followers, .26 views each, twice a post; views average e^(.35^2 / 2) = 1.063 of that: 46,400.

    Engaged are .045 x e^(.2 - .7) = .0273 of them (food, and the creator's own -.7): 1,267.
    """
    many = [results(truth, seed) for seed in range(4_000)]
    assert np.mean([one["impressions"] for one in many]) == pytest.approx(46_400, rel=0.02)
    assert np.mean([one["engagements"] for one in many]) == pytest.approx(1_267, rel=0.04)


def test_everybody_of_the_files_is_in_the_world_and_unknown_kinds_are_posts(truth: World) -> None:
    assert truth.people.height == 60
    assert truth.mixes.shape == (60, len(world.COUNTRIES))
    assert results(truth, 5, pieces=[("carousel", 2)]) == results(truth, 5)

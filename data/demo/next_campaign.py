"""Draw what a new campaign of an invented creator brings: the true rates of the sample world, with luck of its own."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from data.demo import world
from data.demo.campaigns import expected_impressions, funnel, log_rates
from data.demo.field import true_people


@dataclass(frozen=True)
class World:
    """Everybody of the sample data as they truly are. mixes: creators x COUNTRIES, in the order of people."""

    people: pl.DataFrame
    mixes: np.ndarray


def true_world(count_creators: int, seed: int) -> World:
    """The world from which data/demo/field.py draws its files with the same count and seed."""
    return World(*true_people(np.random.default_rng(seed), count_creators))


def campaign_results(
    dice: np.random.Generator,
    truth: World,
    creator_id: str,
    pieces: Sequence[tuple[str, int]],
    countries: Sequence[str],
) -> dict[str, float]:
    """What the pieces (kind, count) of one campaign for some countries really bring, by metric; rates follow from it.

    Kinds that the world does not know are posts.
    """
    (at,) = np.nonzero((truth.people["creator_id"] == creator_id).to_numpy())
    (person,) = truth.people[at.tolist()].rows(named=True)
    platform = world.rows_of(world.PLATFORMS, np.array([person["platform"]]))
    vertical = world.rows_of(world.VERTICALS, np.array([person["vertical"]]))
    share = truth.mixes[at][:, [world.COUNTRIES.index(code) for code in countries if code in world.COUNTRIES]].sum(
        axis=1
    )
    sums = np.zeros(6)
    for kind, count in pieces:
        deliverable = world.rows_of(world.DELIVERABLES, np.array([kind if kind in world.DELIVERABLES else "post"]))
        expected = expected_impressions(platform, deliverable, np.array([person["followers"]])) * count
        impressions = dice.poisson(expected * np.exp(world.VIEWS_LUCK * dice.standard_normal(1)))
        own = np.array([[person[stage] for stage in world.STAGES]])
        rates = np.minimum(np.exp(log_rates(dice, platform, deliverable, vertical, own)), world.HIGHEST_RATE)
        engagements, clicks, conversions = funnel(dice, rates, impressions, np.minimum(share, 1.0))
        inside = dice.binomial(impressions, np.minimum(share, 1.0))
        reach = impressions / (1.1 + 0.35 * dice.random(1))
        sums += np.concatenate([impressions, inside, reach.astype(int), engagements, clicks, conversions])
    names = ("impressions", "in_market_impressions", "reach", "engagements", "clicks", "conversions")
    results = dict(zip(names, sums.tolist(), strict=True))
    order_value = world.ORDER_VALUES[vertical[0]] * np.exp(0.2 * dice.standard_normal())
    worth = results["conversions"] * order_value * world.UNITS_PER_EUR[person["currency"]]
    return results | {"revenue": round(float(worth), 2)}

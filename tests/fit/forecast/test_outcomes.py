"""Does one standard deliverable bring what its factors bring together, and is it as unsure as they are?"""

from math import exp, log, sqrt

import polars as pl
import pytest

from fit.forecast.outcomes import NO_RATES, market_effects_table, standard_outcomes
from fit.forecast.stored_basis import StoredBasis
from tests.worked_example import stored


def outcome(field: StoredBasis, creator_id: str) -> dict:
    return standard_outcomes(field, NO_RATES).filter(pl.col("creator_id") == creator_id).row(0, named=True)


def test_ada_brings_what_her_impressions_clicks_and_purchases_bring_with_an_audience_all_at_home():
    """Log-normal factors: means add half their variances. Views e^.1 of typical, sd .3 of her and .2 of a campaign."""
    ada = outcome(stored(), "ada")
    seen = 10_000 * 2 * exp(0.1 + (0.3**2 + 0.2**2) / 2)
    path = 0.01 * 0.02 * 1.1 * 0.9 * exp(0.1 + 0.2 + (0.4**2 + 0.3**2 + 2 * 0.03) / 2)
    assert ada["purchases"] == pytest.approx(seen * path, rel=1e-9)
    once = exp(-(log(1.5) + 0.05) + 0.1**2 / 2)  # people for an impression; the sd of a campaign is .1
    assert ada["reach"] == pytest.approx(seen * once, rel=1e-4)
    assert (ada["home"], ada["largest_country"], ada["largest_share"]) == ("DE", "DE", 0.6)


def test_an_order_is_as_unsure_as_views_price_and_path_together():
    """Nobody was paid, so the price has (.3^2 + .4^2)^.5 of the field; what all creators share changes no order."""
    ada = outcome(stored(), "ada")
    views = 0.3**2 + 0.5**2
    assert ada["awareness_log_sd"] == pytest.approx(sqrt(views))
    assert ada["conversion_log_sd"] == pytest.approx(sqrt(views + 0.4**2 + 0.3**2 + 2 * 0.03))


def test_a_creator_without_followers_has_no_outcome_and_no_usual_cost():
    dev = outcome(stored(), "dev")
    assert [dev[name] for name in ("purchases", "reach", "cost", "order_cost", "currency")] == [None] * 5


def test_a_cost_is_the_usual_price_and_stands_for_the_order_as_well():
    """.01 an expected impression, 2 of them a follower."""
    ada = outcome(stored(), "ada")
    assert ada["cost"] == ada["order_cost"] == pytest.approx(0.01 * 20_000 * exp(0.2**2 / 2))
    assert (ada["currency"], ada["cost_basis"]) == ("EUR", "market price")


def test_without_any_price_the_order_is_by_impressions_of_a_typical_creator():
    field = stored()
    no_price = StoredBasis(**vars(field) | {"market_prices": field.market_prices.clear()})
    ada = outcome(no_price, "ada")
    assert (ada["cost"], ada["currency"]) == (None, None)
    assert ada["order_cost"] == pytest.approx(20_000)


def test_of_equally_large_countries_the_first_by_its_code_is_the_largest():
    assert outcome(stored(), "eva")["largest_country"] == "AT"


def test_a_market_counts_by_its_clicks_and_its_purchases_together():
    field = stored()
    more = pl.DataFrame([("convert", "market", "DE", 0.5)], field.benchmark_levels.columns, orient="row")
    errors = pl.DataFrame([("convert", "market", "DE", [0.0])], field.benchmark_errors.columns, orient="row")
    with_levels = StoredBasis(
        **vars(field)
        | {
            "benchmark_levels": pl.concat([field.benchmark_levels, more]),
            "benchmark_errors": pl.concat([field.benchmark_errors, errors]),
        }
    )
    assert market_effects_table(with_levels).rows() == [
        ("", pytest.approx(1.0)), ("AT", pytest.approx(1.5)), ("DE", pytest.approx(0.8 * 0.5)),
    ]  # fmt: skip


def test_an_error_that_all_share_changes_no_order_and_what_sets_creators_apart_widens_their_own():
    """Instagram's views are wrong by .3 and its clicks by .4; four of five creators are there, so each of them is a
    fifth of that away from the mean; Ben, on a platform that nobody measured, four fifths, and has its own spread.
    What is wrong with food, .2, is so of everybody."""
    field = stored()
    wrong = {("views", "platform", "instagram"): [0.3, 0.0], ("click", "platform", "instagram"): [0.0, 0.4],
             ("convert", "vertical", "food"): [0.2, 0.0]}  # fmt: skip
    keys = {*field.benchmark_errors.select("stage", "factor", "level").rows(), *wrong}
    errors = [(*key, wrong.get(key, [0.0, 0.0])) for key in sorted(keys)]
    level = pl.DataFrame([("click", "platform", "instagram", 1.0)], field.benchmark_levels.columns, orient="row")
    spreads = {"spread_views_platform": 0.25, "spread_click_platform": 0.15}
    value = pl.col("name").replace_strict(spreads, default=None, return_dtype=pl.Float64).fill_null(pl.col("value"))
    platform = pl.when(pl.col("creator_id") == "ben").then(pl.lit("tiktok")).otherwise("platform")
    unsure = StoredBasis(
        **vars(field)
        | {
            "benchmark_errors": pl.DataFrame(errors, ["stage", "factor", "level", "errors"], orient="row"),
            "benchmark_levels": pl.concat([field.benchmark_levels, level]),
            "field_facts": field.field_facts.with_columns(value=value),
            "creators": field.creators.with_columns(platform=platform),
        }
    )
    ada, ben = (outcome(unsure, name) for name in ("ada", "ben"))
    views = 0.3**2 + 0.5**2 + (0.3 / 5) ** 2
    assert ada["awareness_log_sd"] == pytest.approx(sqrt(views))
    assert ada["conversion_log_sd"] == pytest.approx(sqrt(views + 0.4**2 + 0.3**2 + 2 * 0.03 + (0.4 / 5) ** 2))
    views = 0.3**2 + 0.5**2 + (4 * 0.3 / 5) ** 2 + 0.25**2
    path = 0.5**2 + 0.3**2 + 2 * 0.03 + (4 * 0.4 / 5) ** 2 + 0.15**2
    assert ben["awareness_log_sd"] == pytest.approx(sqrt(views))
    assert ben["conversion_log_sd"] == pytest.approx(sqrt(views + path))

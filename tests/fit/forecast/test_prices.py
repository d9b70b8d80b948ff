"""Which currency are prices compared in, and what does a deliverable cost where nobody was asked?"""

from datetime import date
from math import exp, log
from types import SimpleNamespace

import numpy as np
import polars as pl
import pytest

from fit.forecast.benchmark_fits import VIEWS, read_fits
from fit.forecast.inputs import known_of
from fit.forecast.prices import (
    price_currency,
    rate_between,
    shown_currency,
    unnamed_currency,
    usual_costs,
    usual_log_costs,
)
from fit.forecast.stored_basis import StoredBasis
from tests.worked_example import stored


@pytest.mark.parametrize(
    ("asked", "paid", "currency"),
    [
        (["EUR", "EUR", "USD"], {}, "EUR"),
        (["EUR", "EUR"], {"USD": 3}, "USD"),
        (["EUR", "USD"], {}, "EUR"),
        (["EUR", None, None], {}, "EUR"),
        ([None], {}, "XXX"),
        ([], {}, None),
    ],
)
def test_prices_are_compared_in_the_currency_that_most_of_them_name(asked, paid, currency):
    amounts = {"currency": pl.String, "count_campaigns": pl.Int32}
    stored = SimpleNamespace(
        creators=pl.DataFrame({"asking_price": [100.0] * len(asked), "currency": asked},
                              schema={"asking_price": pl.Float64, "currency": pl.String}),
        market_prices=pl.DataFrame({"currency": list(paid), "count_campaigns": list(paid.values())}, schema=amounts),
        order_values=pl.DataFrame(schema=amounts),
    )  # fmt: skip
    assert price_currency(stored) == currency


def test_a_creator_who_asks_for_nothing_names_no_price():
    stored = SimpleNamespace(
        creators=pl.DataFrame({"asking_price": [0.0, None, 5.0], "currency": ["USD", "USD", "EUR"]}),
        market_prices=pl.DataFrame(schema={"currency": pl.String, "count_campaigns": pl.Int32}),
        order_values=pl.DataFrame(schema={"currency": pl.String, "count_campaigns": pl.Int32}),
    )
    assert price_currency(stored) == "EUR"


def priced_field() -> StoredBasis:
    """The worked example with a price that falls by log followers, and levels of the price: EUR, Instagram, a post."""
    field = stored()
    steps = {"price_slope": -0.1, "price_middle": log(10_000)}
    facts = field.field_facts.with_columns(
        value=pl.col("name").replace_strict(steps, default=None, return_dtype=pl.Float64).fill_null(pl.col("value"))
    )
    levels = [("price", "currency", "EUR", 1.5), ("price", "platform", "instagram", 2.0),
              ("price", "deliverable", "post", 0.8)]  # fmt: skip
    of_price = pl.DataFrame(levels, field.benchmark_levels.columns, orient="row")
    more = {"field_facts": facts, "benchmark_levels": pl.concat([field.benchmark_levels, of_price])}
    return StoredBasis(**vars(field) | more)


def lines(creators: list[str], **of: object) -> pl.DataFrame:
    plain = {"market": "DE", "deliverable": "post", "currency": "EUR", "platform": None, "vertical": None}
    rows = [{"creator_id": name, "cost": None, "count_deliverables": None, "date": None} | plain | of
            for name in creators]  # fmt: skip
    types = {"cost": pl.Float64, "count_deliverables": pl.Int64, "date": pl.Date, "platform": pl.String}
    return pl.DataFrame(rows, schema_overrides=types | {"vertical": pl.String})


def usual_of(field: StoredBasis, creators: list[str], **of: object) -> list[float]:
    return np.exp(usual_log_costs(known_of(lines(creators, **of), field), field, read_fits(field)[VIEWS])).tolist()


# A follower's two views on Instagram (.2 of a campaign: the mean is e^.02 of the median) at .01 x 1.5 x 2 x .8 each.
ADA = 10_000 * 2 * exp(0.2**2 / 2) * 0.01 * 1.5 * 2.0 * 0.8
EVA = ADA / 2 * 0.5**-0.1  # half the followers, each a little dearer


def test_a_usual_price_is_that_of_the_impressions_to_expect_by_currency_platform_kind_and_size():
    field = priced_field()
    assert usual_of(field, ["ada", "eva"]) == pytest.approx([ADA, EVA])
    assert usual_of(field, ["ada"], count_deliverables=3) == pytest.approx([3 * ADA])
    assert usual_of(field, ["ada"], deliverable="story") == pytest.approx([ADA / 2 / 0.8])
    assert usual_of(field, ["ada"], platform="tiktok") == pytest.approx([ADA / 2 / 2])


def test_without_followers_or_a_price_in_the_currency_nothing_is_usual():
    assert np.isnan(usual_of(priced_field(), ["dev"])).all()
    assert np.isnan(usual_of(priced_field(), ["ada"], currency="USD")).all()
    nobody = priced_field()
    nobody = StoredBasis(**vars(nobody) | {"creators": nobody.creators.with_columns(followers=pl.lit(0))})
    assert np.isnan(usual_of(nobody, ["ada"])).all()
    single = StoredBasis(**vars(nobody) | {"creators": nobody.creators.with_columns(followers=pl.lit(1))})
    assert usual_of(single, ["ada"]) == pytest.approx([ADA / 10_000 * (1 / 10_000) ** -0.1])


RATES = pl.DataFrame(
    [("USD", 0.9, "EUR", date(2025, 11, 28)), ("EUR", 160.0, "JPY", None)],
    schema={"currency": pl.String, "rate": pl.Float64, "base": pl.String, "as_of": pl.Date},
    orient="row",
)


def costs(asked: dict[str, tuple[float | None, str | None]], paid: dict[str, int]) -> dict[str, tuple]:
    """Cost, log sd, basis and note of ada, ben, cleo and eva; asked: price and currency; paid: past campaigns."""
    field = priced_field()
    prices = {"asking_price": pl.Float64, "currency": pl.String}
    profiles = field.creators.drop(*prices).with_columns(
        pl.Series(name, [asked.get(who, (None, None))[at] for who in field.creators["creator_id"]], dtype=kind)
        for at, (name, kind) in enumerate(prices.items())
    )
    own = pl.DataFrame(
        [{"creator_id": who, "log_mean": 0.4, "log_sd": 0.25, "count_campaigns": count} for who, count in paid.items()]
    )
    field = StoredBasis(**vars(field) | {"creators": profiles, "price_rates": own})
    known = known_of(lines(["ada", "ben", "cleo", "eva"]), field)
    found = usual_costs(known, field, read_fits(field)[VIEWS], RATES, price_currency(field), unnamed_currency(field))
    return {row[0]: row[1:] for row in found.rows()}


def test_a_price_is_the_one_asked_else_the_creators_past_one_else_the_usual():
    """log sd: none of an asking price, .25 as learned of a past one, (.3^2 + .4^2)^.5 of the field's."""
    found = costs({"ada": (120.0, "EUR"), "ben": (0.0, "EUR")}, {"ada": 3, "eva": 1, "ben": 0})
    assert found["ada"] == (120.0, 0.0, "asking price", None)
    assert found["eva"] == (pytest.approx(EVA * exp(0.4)), 0.25, "own past price", None)
    assert found["cleo"] == (pytest.approx(ADA * 3 * 3**-0.1), pytest.approx(0.5), "market price", None)
    assert found["ben"][1:] == (pytest.approx(0.5), "market price", None)


def test_a_price_in_another_currency_counts_at_its_rate_and_says_so_or_is_left_out_and_says_so():
    found = costs({"ada": (100.0, "USD"), "ben": (48_000.0, "JPY"), "cleo": (5.0, "SEK"), "eva": (1.0, "EUR")},
                  {"ada": 1})  # fmt: skip
    assert found["ada"] == (pytest.approx(90.0), 0.0, "asking price", "1 USD = 0.9 EUR on 2025-11-28")
    assert found["ben"] == (pytest.approx(300.0), 0.0, "asking price", "1 EUR = 160 JPY")
    unusable = "asks in SEK, for which no rate to EUR is given: judged without that price"
    assert found["cleo"][2:] == ("market price", unusable)
    assert found["eva"] == (1.0, 0.0, "asking price", None)


def test_a_rate_is_needed_between_two_currencies_alone():
    assert rate_between("EUR", "EUR", RATES) == (1.0, None)
    assert rate_between("USD", None, RATES) == (1.0, None)
    assert [shown_currency(name) for name in ("EUR", "XXX", None)] == ["EUR", None, None]

"""Is a payoff the product of its parts, each worth what a pocket calculator says?"""

from math import exp, log, sqrt

import numpy as np
import polars as pl
import pytest

from fit.forecast.brief_payoffs import payoffs_of_briefs
from fit.model.payoff import (
    Strengths,
    awareness_factor,
    conversion_factor,
    order_values,
    payoff_parts,
    payoffs,
)
from fit.model.prices import Prices
from fit.model.view_rates import Frequencies, Views
from tests.invented import creator as invented_creator
from tests.invented import prices, view_rates
from tests.worked_example import stored


def views(count: int = 0, *, mean: float = 0.0, variance: float = 0.0) -> Views:
    """One impression a follower for a typical creator: level -.045 and campaigns of sd .3 (half a variance, .045)."""
    return view_rates(-0.045, mean=np.full(count, mean), variance=np.full(count, variance), campaign_sd=0.3)


def test_a_typical_creator_at_market_price_pays_one():
    one = np.array(1.0)
    assert payoffs(one, np.array(0.55), one, one, 0.55, 0.6, 0.05) == pytest.approx((1.0, 1.0))


def test_half_the_price_doubles_both_payoffs():
    one = np.array(1.0)
    plain = payoffs(one, np.array(0.3), one, one, 0.55, 0.6, 0.05)
    assert payoffs(2 * one, np.array(0.3), one, one, 0.55, 0.6, 0.05) == pytest.approx((2 * plain[0], 2 * plain[1]))


def test_a_payoff_multiplies_price_audience_and_strength():
    """Twice the impressions, 20 % at home where 50 % are usual, abroad .5 x .1 as likely to buy."""
    found = payoffs(np.array(2.0), np.array(0.2), np.array(1.1), np.array(1.3), 0.5, 0.5, 0.1)
    aware = 2 * (0.2 / 0.5) * 1.1
    convert = 2 * (0.2 + 0.8 * 0.05) / (0.5 + 0.5 * 0.05) * 1.3
    assert found == (pytest.approx(aware, rel=1e-12), pytest.approx(convert, rel=1e-12))
    assert (aware, convert) == (pytest.approx(0.88), pytest.approx(1.1885714285714286))


def test_factors_are_expectations_over_what_is_open():
    strengths = Strengths(np.array([[0.4, 0.1, 0.2]]), np.array([[[0.2, 0, 0], [0, 0.1, 0.03], [0, 0.03, 0.3]]]), OWN)
    assert awareness_factor(strengths)[0] == pytest.approx(exp(0.5 * 0.4 + 0.25 * 0.2 / 2))
    assert conversion_factor(strengths)[0] == pytest.approx(exp(0.3 + (0.1 + 0.3 + 2 * 0.03) / 2))


@pytest.mark.parametrize(("mean", "expected"), [(19.0, exp(19)), (20.0, exp(20)), (21.0, exp(20)), (-21.0, exp(-20))])
def test_an_absurd_strength_stays_finite_at_20(mean, expected):
    strengths = Strengths(np.array([[2 * mean, mean, 0.0]]), np.zeros((1, 3, 3)), OWN)
    assert awareness_factor(strengths)[0] == pytest.approx(expected, rel=1e-9)
    assert conversion_factor(strengths)[0] == pytest.approx(expected, rel=1e-9)


def test_an_order_is_worth_the_mean_of_the_logs_with_a_spread_that_starts_at_a_fifth():
    """Orders of 20 and 80: mean log is log 40, squares 2 x log(2)^2; five campaigns of .2 stand beside them."""
    rows = [
        {"currency": "EUR", "campaign_key": 1, "revenue": 40.0, "conversions": 2},
        {"currency": "EUR", "campaign_key": 2, "revenue": 240.0, "conversions": 3},
        {"currency": "USD", "campaign_key": 3, "revenue": 90.0, "conversions": 1},
        {"currency": "EUR", "campaign_key": 4, "revenue": 0.0, "conversions": 3},
        {"currency": "EUR", "campaign_key": 5, "revenue": 9.0, "conversions": 0},
        {"currency": "EUR", "campaign_key": 6, "revenue": 9.0, "conversions": None},
        {"currency": "EUR", "campaign_key": 7, "revenue": None, "conversions": 3},
        {"currency": None, "campaign_key": 8, "revenue": 9.0, "conversions": 3},
    ]
    euro, dollar = order_values(pl.DataFrame(rows)).rows(named=True)
    assert (euro["currency"], euro["count_campaigns"], dollar["currency"], dollar["count_campaigns"]) == (
        "EUR", 2, "USD", 1,
    )  # fmt: skip
    assert exp(euro["log_mean"]) == pytest.approx(40.0, rel=1e-9)
    assert euro["log_sd"] == pytest.approx(sqrt((2 * log(2) ** 2 + 5 * 0.04) / 7), rel=1e-9)
    assert exp(dollar["log_mean"]) == pytest.approx(90.0, rel=1e-9)
    assert dollar["log_sd"] == pytest.approx(sqrt(0.2 / 6), rel=1e-9)


NO_CAMPAIGNS = pl.DataFrame(
    schema={
        "campaign_key": pl.Int32, "creator_id": pl.String, "creator": pl.Int64, "platform": pl.String,
        "deliverable": pl.String, "paid": pl.Boolean, "impressions": pl.Int64, "reach": pl.Int64,
        "count_deliverables": pl.Int64,
    }
)  # fmt: skip
NO_FREQUENCY = Frequencies(
    pl.DataFrame(schema={"platform": pl.String, "deliverable": pl.String, "log_frequency": pl.Float64}),
    0.2,
    0.5,
    0.3,
    1.0,
)
OWN = np.ones((1, 3))  # reliability: nothing but the creator's own campaigns
PRICES = prices({"EUR": 0.01, "SEK": 0.1, "USD": 0.02})


def parts_of(campaigns: pl.DataFrame = NO_CAMPAIGNS, paid: Prices = PRICES, **known: object) -> dict:
    """The parts of one creator of 5,000 followers where each follower is two impressions, times e^(.2 + .04/2) here."""
    row = invented_creator("a", followers=5_000, **known)
    columns = {
        "creator_id": pl.String, "platform": pl.String, "followers": pl.Int64, "asking_price": pl.Float64,
        "currency": pl.String,
    }  # fmt: skip
    creators = pl.DataFrame([{name: row.get(name) for name in columns}], schema=columns)
    covariance = np.array([[[0.16, 0.0, 0.0], [0.0, 0.1, 0.03], [0.0, 0.03, 0.2]]])
    strengths = Strengths(np.array([[0.4, 0.1, -0.2]]), covariance, OWN)
    of = view_rates(log(2) - 0.045, mean=np.full(1, 0.2), variance=np.full(1, 0.04), campaign_sd=0.3)
    return payoff_parts(creators, campaigns, strengths, of, NO_FREQUENCY, paid).row(0, named=True)


def test_with_an_asking_price_the_parts_are_those_of_that_price():
    """10,000 impressions at .01 are worth 100; asked for 80, that is 1.25 of the money's worth, times e^.22."""
    parts = parts_of(asking_price=80.0, currency="EUR")
    assert parts["payoff_basis"] == "asking price"
    assert (parts["platform"], parts["deliverable"]) == ("instagram", "post")
    assert parts["expected_impressions"] == pytest.approx(10_000 * exp(0.22), rel=1e-9)
    assert parts["expected_reach"] == pytest.approx(8_000 * exp(0.22), rel=1e-9)  # seen 1.25 times by each
    assert parts["reach_basis"] == "expected"
    assert parts["impressions_per_money"] == pytest.approx(1.25 * exp(0.22), rel=1e-9)
    assert parts["awareness_factor"] == pytest.approx(exp(0.2 + 0.04 / 2), rel=1e-9)
    assert parts["conversion_factor"] == pytest.approx(exp(-0.1 + 0.36 / 2), rel=1e-9)
    assert parts["price_factor"] == pytest.approx(1.25, rel=1e-9)


@pytest.mark.parametrize(
    "known",
    [
        {"currency": "EUR"},
        {"currency": "EUR", "asking_price": 0.0},
        {"currency": "GBP", "asking_price": 80.0},  # nobody was paid in pounds
        {"asking_price": 80.0},
    ],
)
def test_without_a_usable_price_the_market_price_counts(known):
    parts = parts_of(**known)
    assert parts["payoff_basis"] == "market price"
    assert parts["price_factor"] == 1.0
    assert parts["impressions_per_money"] == pytest.approx(exp(0.22), rel=1e-9)


def test_without_any_market_price_no_asking_price_can_be_judged():
    parts = parts_of(paid=prices({}), asking_price=80.0, currency="EUR")
    assert (parts["payoff_basis"], parts["impressions_per_money"]) == ("market price", pytest.approx(exp(0.22)))


def test_reach_of_ones_own_campaigns_is_called_measured():
    """Two campaigns with 2 impressions a person: half way from the field's 1.25 to 2, in logs."""
    rows = [
        {"campaign_key": key, "creator_id": "a", "creator": 0, "platform": "instagram", "deliverable": "post",
         "paid": False, "impressions": 4_000, "reach": 2_000}
        for key in (1, 2)
    ]  # fmt: skip
    parts = parts_of(pl.DataFrame(rows, schema=NO_CAMPAIGNS.schema))
    assert parts["reach_basis"] == "measured"
    assert parts["expected_reach"] == pytest.approx(10_000 * exp(0.22) / sqrt(1.25 * 2), rel=1e-9)


def test_without_followers_nothing_is_expected_and_the_market_price_counts():
    columns = {"creator_id": ["a"], "platform": ["instagram"], "followers": [None], "asking_price": [80.0]}
    creators = pl.DataFrame(columns | {"currency": ["EUR"]}, schema_overrides={"followers": pl.Int64})
    strengths = Strengths(np.zeros((1, 3)), np.array([np.eye(3) * 0.04]), OWN)
    found = payoff_parts(creators, NO_CAMPAIGNS, strengths, views(1), NO_FREQUENCY, PRICES).row(0, named=True)
    assert (found["expected_impressions"], found["expected_reach"], found["reach_basis"]) == (None, None, None)
    assert (found["payoff_basis"], found["impressions_per_money"]) == ("market price", 1.0)


def test_an_absurd_price_stays_within_e_to_the_20():
    assert parts_of(asking_price=1e-9, currency="EUR")["impressions_per_money"] == pytest.approx(exp(20))
    assert parts_of(asking_price=1e14, currency="EUR")["impressions_per_money"] == pytest.approx(exp(-20))


def of_briefs(*rows: dict) -> pl.DataFrame:
    """Payoffs of briefs of the worked example: one Instagram post for Germany unless said otherwise."""
    plain = {"creator_id": "ada", "market": "DE", "cost": None, "currency": "EUR", "deliverable": "post"}
    optional = {"count_deliverables": pl.Int64, "cost": pl.Float64}
    plain |= dict.fromkeys(("platform", "vertical", "count_deliverables", "date"))
    table = pl.DataFrame([plain | row for row in rows], schema_overrides=optional)
    return payoffs_of_briefs(table, stored())


# Ada in Germany: on a list of the largest countries, so nothing of the unknown hides there. Two of 200 people are what
# four creators of Germany usually have at home: (.6 + .5 + .05 + .4 + 2 x .5) / 6 = .425.
ADA_IN_GERMANY = 0.99 * 0.6 + 0.01 * 0.425
# 10,000 followers x twice for Instagram x e^(.2^2/2) of campaigns x e^(.1 + .3^2/2) of Ada; a thousand is worth 10.
ADA_IMPRESSIONS = 10_000 * 2 * exp(0.02 + 0.1 + 0.045)


def test_a_brief_is_judged_by_its_own_cost_or_else_by_the_stored_part():
    table = of_briefs({"cost": 100.0}, {}, {"cost": 0.0}, {"cost": 100.0, "count_deliverables": 3})
    per_money = np.array([ADA_IMPRESSIONS * 0.01 / 100, 1.0, 1.0, 3 * ADA_IMPRESSIONS * 0.01 / 100])
    aware = per_money * ADA_IN_GERMANY / 0.5 * 1.0
    convert = per_money * (ADA_IN_GERMANY + (1 - ADA_IN_GERMANY) * 0.05) / 0.525 * 1.2
    assert table["creator_id"].to_list() == ["ada"] * 4
    assert table["brief"].to_list() == [0, 1, 2, 3]
    assert table["payoff_awareness"].to_list() == pytest.approx(aware.tolist(), rel=1e-9)
    assert table["payoff_conversion"].to_list() == pytest.approx(convert.tolist(), rel=1e-9)
    assert table["best_role"].to_list() == ["conversion"] * 4


def test_a_cost_in_a_currency_without_a_market_price_is_no_price():
    table = of_briefs({"cost": 100.0, "currency": "GBP"})
    assert table["payoff_awareness"][0] == pytest.approx(ADA_IN_GERMANY / 0.5, rel=1e-9)


def test_without_followers_the_stored_part_counts():
    """Nobody measured Dev's audience: it is what creators of Germany usually have there, .425."""
    assert of_briefs({"creator_id": "dev", "cost": 3.0})["payoff_awareness"][0] == pytest.approx(0.425 / 0.5, rel=1e-9)


@pytest.mark.parametrize(("best", "role"), [(0.499, "not for this market"), (0.501, "conversion"), (0.9, "conversion")])
def test_the_best_role_is_none_where_both_payoffs_are_below_half(best, role):
    """Ada pays 1.2 x g / .525 at market price; the cost is chosen so that the better payoff is `best`."""
    whole = ADA_IMPRESSIONS * 0.01 * (ADA_IN_GERMANY + (1 - ADA_IN_GERMANY) * 0.05) / 0.525 * 1.2
    table = of_briefs({"cost": whole / best})
    assert table["payoff_conversion"][0] == pytest.approx(best, rel=1e-9)
    assert table["best_role"][0] == role


def test_awareness_is_the_best_role_where_it_pays_more():
    """Cleo is liked half as much again and lives 5 % in Germany."""
    table = of_briefs({"creator_id": "eva", "market": "AT"}, {"creator_id": "cleo", "market": "US"})
    assert table["best_role"].to_list() == ["awareness", "awareness"]

"""Are usual prices learned as the method states, each currency apart, and what is an amount without a currency?"""

from math import exp, log

import numpy as np
import polars as pl
import pytest

from fit.model.prices import Prices, name_currencies, price_level_table, price_rate_table
from fit.model.view_rates import Views
from tests.invented import fit_prices, fit_views, view_rates

RATE = 160.0  # yen that a euro buys


def campaigns(yen_per_euro: float | None) -> pl.DataFrame:
    """Twelve creators, two campaigns each; every second creator is paid in yen, or all in euros (None)."""
    rows = []
    for creator in range(12):
        for again in range(2):
            euros = 10_000 * (0.01 + 0.001 * (creator // 2 + 4 * again))
            in_yen = yen_per_euro is not None and creator % 2 == 1
            rows.append(
                {
                    "creator": creator, "platform": "instagram", "deliverable": "post", "paid": False,
                    "cost": euros * yen_per_euro if in_yen and yen_per_euro else euros,
                    "currency": "JPY" if in_yen else "EUR", "impressions": 2_500, "followers": 10_000,
                    "count_deliverables": 1,
                }
            )  # fmt: skip
    return pl.DataFrame(rows)


@pytest.fixture(scope="module")
def seen() -> Views:
    return fit_views(campaigns(None), 12)


def test_each_currency_has_a_market_price_of_its_own(seen):
    market = fit_prices(campaigns(RATE), seen, 12).market
    price = dict(market.select("currency", "cost_per_impression").iter_rows())
    assert market["count_campaigns"].to_list() == [12, 12]
    assert price["JPY"] / price["EUR"] == pytest.approx(RATE, rel=0.2)


def test_what_a_creator_asks_against_the_usual_knows_no_exchange_rate(seen):
    """Yen or sen, the price against other prices in the same currency is the same."""
    yen, sen = (fit_prices(campaigns(rate), seen, 12) for rate in (RATE, 100 * RATE))
    assert yen.creator_mean == pytest.approx(sen.creator_mean, abs=0.02)
    assert yen.creator_sd == pytest.approx(sen.creator_sd, rel=0.05)


def named(asked: list[str | None], paid: list[str | None]) -> tuple[list, list]:
    """The currencies of prices asked and costs paid, as they count."""
    schema = {"currency": pl.String}
    creators = pl.DataFrame({"currency": asked}, schema=schema).with_columns(asking_price=pl.lit(100.0))
    costs = pl.DataFrame({"currency": paid}, schema=schema).with_columns(cost=pl.lit(5.0), revenue=pl.lit(None))
    return tuple(frame["currency"].to_list() for frame in name_currencies(creators, costs))


@pytest.mark.parametrize(
    ("asked", "paid", "count_as"),
    [
        (["EUR", None], [None], (["EUR", "EUR"], ["EUR"])),
        ([None], ["USD"], (["USD"], ["USD"])),
        (["EUR", None], ["USD"], (["EUR", "XXX"], ["USD"])),
        ([None], [None], (["XXX"], ["XXX"])),
    ],
)
def test_an_amount_without_a_currency_counts_as_the_only_one_or_as_its_own(asked, paid, count_as):
    assert named(asked, paid) == count_as


VIEWS = view_rates(-1.0, {"tiktok": 0.4}, {"post": 0.0}, campaign_sd=0.0)  # impressions per follower and deliverable
PRICED = {
    "creator": pl.Int64, "platform": pl.String, "deliverable": pl.String, "paid": pl.Boolean, "cost": pl.Float64,
    "currency": pl.String, "followers": pl.Int64, "count_deliverables": pl.Int64,
}  # fmt: skip


def priced(*rows: dict) -> pl.DataFrame:
    plain = {"creator": 0, "platform": "instagram", "deliverable": "post", "paid": False, "cost": 100.0}
    plain |= {"currency": "EUR", "followers": 10_000, "count_deliverables": 1}
    return pl.DataFrame([plain | row for row in rows], schema=PRICED)


# Creator, followers, pieces, platform, cost: what differs between prices of one small field.
SMALL = [
    (0, 5_000, 1, "instagram", 40.0), (0, 5_000, 2, "instagram", 90.0), (1, 20_000, 1, "tiktok", 130.0),
    (3, 80_000, 3, "instagram", 1_500.0), (3, 80_000, 1, "tiktok", 420.0), (3, 90_000, None, "instagram", 600.0),
]  # fmt: skip


@pytest.fixture(scope="module")
def small() -> Prices:
    rows = [
        {"creator": who, "followers": followers, "count_deliverables": count, "platform": platform, "cost": cost}
        for who, followers, count, platform, cost in SMALL
    ]
    return fit_prices(priced(*rows), VIEWS, 5)


def left_of(prices: Prices) -> list[tuple[int, float, float]]:
    """Creator, log followers less the middle, and what is left of each log price above base and levels."""
    level = {name: prices.effects.log_effects["platform"][at] for at, name in enumerate(prices.levels["platform"])}
    shared = (
        prices.effects.base + prices.effects.log_effects["currency"][0] + prices.effects.log_effects["deliverable"][0]
    )
    return [
        (who, log(followers) - prices.middle,
         log(cost / (count or 1) / followers) - (-1.0 + 0.4 * (platform == "tiktok")) - shared - level[platform])
        for who, followers, count, platform, cost in SMALL
    ]  # fmt: skip


def test_a_creators_price_is_its_distance_from_the_usual_one_shrunk(small):
    """Normal observations: variance 1 / (n / sigma^2 + 1 / tau^2), mean n x distance / sigma^2 of it."""
    tau2, sigma2 = small.creator_sd**2, small.campaign_sd**2
    assert small.middle == pytest.approx(sum(log(followers) for _who, followers, *_rest in SMALL) / 6)
    for who in range(5):  # creators 2 and 4 have no price
        off = [rest - small.slope * size for owner, size, rest in left_of(small) if owner == who]
        variance = 1 / (len(off) / sigma2 + 1 / tau2)
        assert small.creator_variance[who] == pytest.approx(variance, rel=1e-9)
        assert small.creator_mean[who] == pytest.approx(sum(off) * variance / sigma2, rel=1e-9, abs=1e-12)
    assert small.count_priced.tolist() == [2, 1, 0, 3, 0]


def test_slope_and_spreads_are_where_their_equations_balance(small):
    """slope: creators' means by 1 / (tau^2 + sigma^2 / n) against sd .2; variances: five creators of .4^2, five
    campaigns of .25^2 beside the squares and doubts of those seen, base, levels and creators being one normal."""
    tau2, sigma2 = small.creator_sd**2, small.campaign_sd**2
    top, below = 0.0, 0.2**-2
    for who in (0, 1, 3):
        sizes, rests = zip(*((size, rest) for owner, size, rest in left_of(small) if owner == who), strict=True)
        trust = 1 / (tau2 + sigma2 / len(sizes))
        top += trust * np.mean(sizes) * np.mean(rests)
        below += trust * np.mean(sizes) ** 2
    assert small.slope == pytest.approx(top / below, rel=0.02)
    names = ("instagram", "tiktok")
    which = np.array(
        [[1.0, *(row[3] == name for name in names), *(row[0] == who for who in (0, 1, 3))] for row in SMALL]
    )
    spread = small.effects.spreads
    before = [3.0**2 + spread["currency"] ** 2 + spread["deliverable"] ** 2, *[spread["platform"] ** 2] * 2]
    unsure = np.linalg.inv(which.T @ which / sigma2 + np.diag(1 / np.array([*before, *[tau2] * 3])))
    own = small.creator_mean
    luck = [rest - small.slope * size - own[who] for who, size, rest in left_of(small)]
    of_creators = 5 * 0.4**2 + (own**2).sum() + np.trace(unsure[3:, 3:])
    of_campaigns = 5 * 0.25**2 + sum(one**2 for one in luck) + np.trace(which @ unsure @ which.T)
    assert tau2 == pytest.approx(of_creators / (3 + 5), rel=0.01)
    assert sigma2 == pytest.approx(of_campaigns / (6 + 5), rel=0.01)


def test_prices_of_a_known_field_are_found():
    """400 creators (sd .5) with three prices each (sd .3), e^-.2 less an impression for each e times the followers."""
    g = np.random.default_rng(5)
    rows = []
    for who in range(400):
        followers = round(exp(g.uniform(8, 13)))
        own = 0.5 * g.standard_normal()
        for at in range(3):
            currency, platform = ("EUR", "USD")[who % 2], ("instagram", "tiktok")[at % 2]
            logs = log(0.02) - 0.2 * (log(followers) - 10) + own + 0.3 * g.standard_normal()
            logs += log(3) * (currency == "USD") + 0.3 * (platform == "tiktok")
            seen_by = followers * exp(-1.0 + 0.4 * (platform == "tiktok")) * (1 + at)
            rows.append(
                {"creator": who, "followers": followers, "currency": currency, "platform": platform,
                 "count_deliverables": 1 + at, "cost": seen_by * exp(logs)}
            )  # fmt: skip
    found = fit_prices(priced(*rows), VIEWS, 400)
    assert found.slope == pytest.approx(-0.2, abs=0.03)
    assert (found.creator_sd, found.campaign_sd) == (pytest.approx(0.5, abs=0.05), pytest.approx(0.3, abs=0.03))
    price = dict(found.market.select("currency", "cost_per_impression").iter_rows())
    assert price["USD"] / price["EUR"] == pytest.approx(3, rel=0.15)
    assert found.market["log_sd"].to_list() == pytest.approx([(found.creator_sd**2 + found.campaign_sd**2) ** 0.5] * 2)
    usual = found.log_cost(
        VIEWS, *(pl.Series([text]) for text in ("EUR", "tiktok", "post")), np.array([exp(11.0)])
    )  # fmt: skip
    assert usual[0] == pytest.approx(log(0.02) - 0.2 + 0.3 + 11 - 1 + 0.4, abs=0.15)


def test_the_usual_cost_is_that_of_the_impressions_to_expect(small):
    """log followers + view rate + base + levels + slope x (log followers - middle); an unseen level adds nothing."""
    currency = pl.Series(["EUR", "EUR", "USD", None, "EUR", "EUR"])
    platform = pl.Series(["instagram", "youtube", "instagram", "instagram", "instagram", "instagram"])
    found = small.log_cost(
        VIEWS, currency, platform, pl.Series(["post"] * 6), np.array([30_000.0, 30_000, 30_000, 30_000, 0, 1])
    )
    effects = small.effects
    base = effects.base + effects.log_effects["currency"][0] + effects.log_effects["deliverable"][0] - 1.0
    at, on = small.levels["platform"].index("instagram"), log(30_000) + small.slope * (log(30_000) - small.middle)
    of_one = base + effects.log_effects["platform"][at] - small.slope * small.middle
    assert found[:2].tolist() == pytest.approx([base + on + effects.log_effects["platform"][at], base + on])
    assert np.isnan(found[2:5]).all()
    assert found[5] == pytest.approx(of_one)


@pytest.mark.parametrize(
    "untold",
    [{"cost": 0.0}, {"cost": None}, {"followers": 0}, {"followers": None}, {"paid": True}, {"currency": None}],
)
def test_what_was_bought_or_is_not_known_tells_nothing_of_prices(untold):
    assert fit_prices(priced(untold, {"creator": 1}), VIEWS, 2).count_priced.tolist() == [0, 1]


def test_a_price_of_one_cent_and_one_follower_counts():
    assert fit_prices(priced({"cost": 0.01, "followers": 1}), VIEWS, 1).count_priced.tolist() == [1]


def test_a_field_without_prices_has_the_guessed_spreads_and_no_market():
    found = fit_prices(priced(), VIEWS, 2)
    assert (found.creator_sd, found.campaign_sd) == (pytest.approx(0.4), pytest.approx(0.25))
    assert (found.slope, found.middle, found.market.height) == (0.0, 0.0, 0)
    assert exp(found.effects.base) == pytest.approx(0.02)
    assert np.isnan(found.log_cost(VIEWS, *(pl.Series([t]) for t in ("EUR", "tiktok", "post")), np.array([9.0]))).all()


def test_tables_say_each_creators_price_with_a_campaigns_spread_and_each_levels_effect(small):
    table = price_rate_table(pl.Series(list("abcde")), small)
    assert table["log_mean"].to_list() == pytest.approx(small.creator_mean.tolist())
    sds = [(variance + small.campaign_sd**2) ** 0.5 for variance in small.creator_variance]
    assert table["log_sd"].to_list() == pytest.approx(sds)
    assert table["count_campaigns"].to_list() == [2, 1, 0, 3, 0]
    levels = price_level_table(small)
    assert levels.select("stage", "factor", "level", "count_creators", "count_campaigns", "count_events").rows() == [
        ("price", factor, level, 0, 0, 0) for factor, names in small.levels.items() for level in names
    ]
    effects = [exp(effect) for factor in small.levels for effect in small.effects.log_effects[factor][:-1]]
    assert levels["effect"].to_list() == pytest.approx(effects)

"""Is each currency a price level of its own, and what does an amount without a currency count as?"""

import polars as pl
import pytest

from fit.model.prices import fit_prices, name_currencies
from fit.model.view_rates import Views, fit_views

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

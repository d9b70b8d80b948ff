"""Invent the past campaigns of the demo's creators: counts drawn from the true rates of data/demo/world.py."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

from data.demo import world

DAYS_A_CAMPAIGN = 7
ATTRIBUTION_DAYS = 30
OFTEN_STANDARD = 0.6  # how often a campaign asks for what the creator usually does
NEWEST_DAYS_BACK = 14  # the last campaign has ended and been counted


@dataclass(frozen=True)
class Truth:
    """The creators, one entry each (see data/demo/field.py for how they come about). mixes: creators x COUNTRIES."""

    creator_id: np.ndarray
    platform: np.ndarray
    vertical: np.ndarray
    home: np.ndarray
    followers: np.ndarray
    standard: np.ndarray
    logs: np.ndarray
    mixes: np.ndarray
    price: np.ndarray
    currency: np.ndarray
    count_campaigns: np.ndarray
    days_back: np.ndarray
    has_clicks: np.ndarray
    has_conversions: np.ndarray
    market: np.ndarray
    is_paid: np.ndarray

    def take(self, chosen: slice) -> "Truth":
        """Return some of the creators."""
        return Truth(**{name: values[chosen] for name, values in vars(self).items()})


def markets_of(dice: np.random.Generator, truth: Truth, who: np.ndarray) -> np.ndarray:
    """The market of each campaign: fixed by the part, else mostly the creator's home or where the brand sells."""
    home = truth.home[who]
    brand = dice.choice(np.array(["DE", "AT", "DE+AT"], dtype=object), len(who), p=[0.55, 0.3, 0.15])
    drawn = np.where(dice.random(len(who)) < 0.55, home, brand)
    return np.where(truth.market[who] != "", truth.market[who], drawn).astype(object)


def in_market_shares(mixes: np.ndarray, markets: np.ndarray, home: np.ndarray) -> np.ndarray:
    """Share of the people reached who live in the campaign's market (ZZ: in the creator's home country)."""
    shares = np.zeros(len(markets))
    for market in np.unique(markets.astype(str)).tolist():
        rows = markets == market
        if market == "ZZ":
            shares[rows] = mixes[rows, world.rows_of(world.COUNTRIES, home[rows])]
        else:
            shares[rows] = mixes[np.ix_(rows, [world.COUNTRIES.index(code) for code in market.split("+")])].sum(axis=1)
    return np.clip(shares, 0.0, 1.0)


def drawn_deliverables(dice: np.random.Generator, platform: np.ndarray) -> np.ndarray:
    """A deliverable that the platform knows, as a position in DELIVERABLES."""
    return (dice.random(len(platform))[:, None] > world.DELIVERABLE_CHANCES.cumsum(axis=1)[platform]).sum(axis=1)


def expected_impressions(platform: np.ndarray, deliverable: np.ndarray, followers: np.ndarray) -> np.ndarray:
    """Impressions that one deliverable of a typical creator brings; platform and deliverable as positions."""
    return followers * world.VIEWS_PER_FOLLOWER[platform] * world.VIEWS_BY_DELIVERABLE[deliverable]


def funnel(dice: np.random.Generator, rates: np.ndarray, impressions: np.ndarray, share: np.ndarray) -> np.ndarray:
    """Engagements, clicks, conversions (3 x campaigns); rates (campaigns x 3) are those of people in the market."""
    engagements = dice.binomial(impressions, rates[:, 0])
    inside = dice.binomial(impressions, share)
    clicks_inside = dice.binomial(inside, rates[:, 1])
    clicks_outside = dice.binomial(impressions - inside, rates[:, 1] * world.ELSEWHERE_CLICKS)
    conversions = dice.binomial(clicks_inside, rates[:, 2])
    conversions += dice.binomial(clicks_outside, rates[:, 2] * world.ELSEWHERE_BUYS)
    return np.stack([engagements, clicks_inside + clicks_outside, conversions])


def campaign_rows(dice: np.random.Generator, truth: Truth, today: date) -> pl.DataFrame:
    """Rows of campaigns.csv but for the id, one per campaign, ordered by creator; null where nobody measured."""
    who = np.repeat(np.arange(len(truth.creator_id)), truth.count_campaigns)
    count = len(who)
    markets = markets_of(dice, truth, who)
    days_ago = NEWEST_DAYS_BACK + (dice.random(count) * (truth.days_back[who] - NEWEST_DAYS_BACK)).astype(int)
    start = [today - timedelta(days=int(days) + DAYS_A_CAMPAIGN) for days in days_ago]
    has_clicks = truth.has_clicks[who] & (dice.random(count) < 0.95)
    has_conversions = has_clicks & truth.has_conversions[who] & (dice.random(count) < 0.9)
    rows = pl.DataFrame({
        "creator_id": truth.creator_id[who],
        "market": markets.astype(str),
        "date": start,
        "end_date": [day + timedelta(days=DAYS_A_CAMPAIGN - 1) for day in start],
        "platform": truth.platform[who].astype(str),
        "vertical": truth.vertical[who].astype(str),
        **results(dice, truth, who, markets),
        "currency": truth.currency[who].astype(str),
        "objective": np.where(has_conversions, "conversion", "awareness"),
        "attribution_window_days": np.full(count, ATTRIBUTION_DAYS),
        "paid": truth.is_paid[who],
    })  # fmt: skip
    sales = ("conversions", "revenue", "attribution_window_days")
    return rows.with_columns(blanked("clicks", has_clicks), *(blanked(name, has_conversions) for name in sales))


def log_rates(
    dice: np.random.Generator, platform: np.ndarray, deliverable: np.ndarray, vertical: np.ndarray, own: np.ndarray
) -> np.ndarray:
    """Log rates of campaigns with their luck (campaigns x 3), by positions; own: true log indices (campaigns x 3)."""
    logs = np.log(world.BASE_RATES[platform]) + world.DELIVERABLE_LOGS[deliverable] + world.VERTICAL_LOGS[vertical]
    return logs + own + world.LUCK * dice.standard_normal((len(own), 3)) - world.LUCK**2 / 2


def results(dice: np.random.Generator, truth: Truth, who: np.ndarray, markets: np.ndarray) -> dict[str, np.ndarray]:
    """What each campaign delivered, brought and cost: one array per column. who: its creator's position."""
    platform = world.rows_of(world.PLATFORMS, truth.platform)[who]
    vertical = world.rows_of(world.VERTICALS, truth.vertical)[who]
    usual = world.rows_of(world.DELIVERABLES, truth.standard)[who]
    deliverable = np.where(dice.random(len(who)) < OFTEN_STANDARD, usual, drawn_deliverables(dice, platform))
    count_deliverables = 1 + dice.poisson(1.2, len(who))
    expected = expected_impressions(platform, deliverable, truth.followers[who]) * count_deliverables
    impressions = np.maximum(dice.poisson(expected * np.exp(world.VIEWS_LUCK * dice.standard_normal(len(who)))), 40)

    logs = log_rates(dice, platform, deliverable, vertical, truth.logs[who])
    share = in_market_shares(truth.mixes[who], markets, truth.home[who])
    engagements, clicks, conversions = funnel(dice, np.minimum(np.exp(logs), world.HIGHEST_RATE), impressions, share)

    units = np.array([world.UNITS_PER_EUR[code] for code in truth.currency.tolist()])[who]
    order_value = world.ORDER_VALUES[vertical] * np.exp(0.2 * dice.standard_normal(len(who))) * units
    fee = np.maximum(expected * world.COST_PER_THOUSAND[platform] / 1000, world.LOWEST_FEE * count_deliverables)
    fee = fee * truth.price[who] * units
    return {
        "deliverable": np.array(world.DELIVERABLES)[deliverable],
        "count_deliverables": count_deliverables,
        "impressions": impressions,
        "reach": (impressions / (1.1 + 0.35 * dice.random(len(who)))).astype(int),
        "engagements": engagements,
        "clicks": clicks,
        "conversions": conversions,
        "revenue": np.round(conversions * order_value, 2),
        "cost": np.round(fee * np.exp(0.15 * dice.standard_normal(len(who))), 2),
    }


def blanked(column: str, is_measured: np.ndarray) -> pl.Expr:
    """`column`, blank where nobody measured: a blank is not a zero."""
    return pl.when(pl.lit(pl.Series(is_measured))).then(pl.col(column)).alias(column)


def by_day(dice: np.random.Generator, rows: pl.DataFrame) -> pl.DataFrame:
    """Each campaign of `rows` as daily lines whose sums are the campaign; reach never adds up, so it is blank."""
    days = []
    for row in rows.iter_rows(named=True):
        chances = dice.dirichlet(np.full(DAYS_A_CAMPAIGN, 6.0))
        parts = {name: dice.multinomial(row[name], chances) for name in ("engagements", "clicks", "conversions")}
        # The rest of the impressions follow the same days; every click is also an impression.
        parts["impressions"] = parts["clicks"] + dice.multinomial(row["impressions"] - row["clicks"], chances)
        cents = {name: dice.multinomial(round(row[name] * 100), chances) for name in ("revenue", "cost")}
        for day in range(DAYS_A_CAMPAIGN):
            counts = {name: int(part[day]) for name, part in parts.items()}
            money = {name: int(part[day]) / 100 for name, part in cents.items()}
            when = row["date"] + timedelta(days=day)
            days.append({**row, **counts, **money, "reach": None, "date": when, "end_date": when})
    return pl.DataFrame(days, schema=rows.schema)

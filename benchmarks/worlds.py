"""Invent fields whose truth is known, and what a brand would see of them.

A world is invented in the shape that `fit.model.judgement.judge_field` reads, beside what is really so: each creator's
true log indices now, its true audience, what one next campaign per creator really brought, and what was truly to be
expected of it. Scenarios bend one thing at a time, so that a judgement that only works in its own world is found out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
import polars as pl
from scipy.stats import gamma

PLATFORMS = ("instagram", "tiktok", "youtube")
VERTICALS = ("beauty", "food", "games", "home", "sport", "tech")
COUNTRIES = ("AT", "BR", "DE", "ES", "FR", "GB", "IN", "PL", "US")
DELIVERABLES = ("post", "story", "video")
TIERS = ((10_000, "nano"), (50_000, "micro"), (250_000, "mid"), (1_000_000, "macro"), (np.inf, "mega"))
QUARTERS = 8  # of history, from the first quarter of 2024; the next campaigns run in the quarter after
CURRENCY = "EUR"

# Rates of a typical creator on each platform (engage, click, convert) and what a deliverable multiplies them by.
TYPICAL = np.log([[0.032, 0.007, 0.018], [0.055, 0.004, 0.014], [0.028, 0.010, 0.024]])
BY_DELIVERABLE = np.log([[1.0, 1.0, 1.0], [0.45, 1.7, 1.1], [1.2, 0.9, 1.0]])
VIEWS = np.log([0.22, 0.38, 0.18])
VIEWS_BY_DELIVERABLE = np.log([1.0, 0.4, 1.25])
PRICE = 0.014  # of one expected impression
ORDER_VALUE = 48.0
MORE_THAN_ONCE = (2, 0.12)  # shape and scale of the gamma by which people see one deliverable more than once


@dataclass(frozen=True)
class Scenario:
    """How a world is bent. Spreads are standard deviations of logs; triples are engage, click, convert."""

    count_creators: int = 400
    mean_campaigns: float = 6.0  # before the largest number cuts
    most_campaigns: int = 30  # of one creator
    size: float = 1.0  # multiplies impressions
    spread: tuple[float, float, float] = (0.5, 0.55, 0.45)  # between creators
    luck: tuple[float, float, float] = (0.4, 0.5, 0.45)  # between campaigns of one creator
    is_gamma: bool = False  # luck is gamma instead of log-normal
    is_heavy: bool = False  # indices and luck have the tails of a t with 4 degrees of freedom
    is_grouped: bool = False  # half of the creators are liked, half of them sell
    drift: float = 0.1  # of a log index in a quarter
    mean_home_share: float = 0.55
    at_home: float = 0.55  # chance that a past campaign ran in the creator's home country
    out_click: float = 0.6
    out_convert: float = 0.05
    without_clicks: float = 0.15  # creators whose clicks were never tracked, and the same again of single campaigns
    without_conversions: float = 0.3
    without_price: float = 0.0  # creators that have not said what they ask


# What most users have: few creators, one to three campaigns each, half without purchase tracking.
SMALL = Scenario(mean_campaigns=2.0, most_campaigns=3, without_conversions=0.5)
SCENARIOS = {
    "base": Scenario(),
    "thin": Scenario(mean_campaigns=2.0, size=0.3),
    "heavy tails": Scenario(is_heavy=True),
    "gamma luck": Scenario(is_gamma=True),
    "campaigns abroad": Scenario(at_home=0.2, mean_home_share=0.45),
    "no border": Scenario(out_click=1.0, out_convert=0.6),
    "two groups": Scenario(is_grouped=True),
    "fast drift": Scenario(drift=0.25),
    "hardly tracked": Scenario(without_clicks=0.3, without_conversions=0.6, without_price=0.5),
    "real accounts": Scenario(luck=(0.6, 0.8, 0.68)),  # luck between posts as wild as measured on real accounts
    "small 12": replace(SMALL, count_creators=12),
    "small 20": replace(SMALL, count_creators=20),
    "small 40": replace(SMALL, count_creators=40),
}


@dataclass(frozen=True)
class World:
    """Four tables that are judged, the briefs of the next campaigns, and the truth.

    asked: what each creator wants for one post, NaN where it did not say. truth: (creators, 3) log indices now; shares:
    (creators, countries); views, price: log view rate and log price of each creator against typical; out_of_market:
    conversions per impression outside a market against inside; outcomes: what each brief really brought; expected: what
    it was truly to be expected to bring (columns of _expected); typical: the same of a typical creator with the same
    followers and audience. scenario, seed, people, past (plans of the campaigns): what it was made of.
    """

    creators: pl.DataFrame
    campaigns: pl.DataFrame
    audience: pl.DataFrame
    audience_sets: pl.DataFrame
    briefs: pl.DataFrame
    outcomes: pl.DataFrame
    asked: np.ndarray
    truth: np.ndarray
    shares: np.ndarray
    views: np.ndarray
    price: np.ndarray
    out_of_market: float
    expected: pl.DataFrame
    typical: pl.DataFrame
    scenario: Scenario
    seed: int
    people: _People = field(repr=False)
    past: _Plan = field(repr=False)

    def value(self, country: str) -> np.ndarray:
        """What the same money really brings with each creator in a country, in conversions; the scale is arbitrary."""
        share = self.shares[:, COUNTRIES.index(country)]
        strength = self.views - self.price + self.truth[:, 1] + self.truth[:, 2]
        return np.exp(strength) * (share + (1 - share) * self.out_of_market)

    @property
    def tables(self) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame, pl.DataFrame]:
        """What judge_field reads."""
        return self.creators, self.campaigns, self.audience, self.audience_sets

    def again(self) -> pl.DataFrame:
        """The past campaigns run once more, rows as in campaigns: the same plans with other luck, nothing hidden."""
        return pl.DataFrame(_run(self.past, self.people, self.scenario, np.random.default_rng([self.seed, QUARTERS])))

    def offers(self, markets: Sequence[str], deliverables: Sequence[str], times: int = 1) -> Offers:
        """Next quarter's offer of every creator: so many times its deliverable on its own platform, in its market.

        markets, deliverables: one a creator. The same question meets the same luck.
        """
        everybody = np.arange(self.creators.height)
        plan = _Plan(
            creator=everybody,
            platform=self.people.platform,
            market=np.array([COUNTRIES.index(name) for name in markets]),
            deliverable=np.array([DELIVERABLES.index(name) for name in deliverables]),
            count=np.full(len(everybody), times),
            quarter=np.full(len(everybody), QUARTERS),
        )
        asked = np.round(_usual_impressions(plan, self.people, self.scenario) * PRICE * np.exp(self.price), 2)
        g = np.random.default_rng([self.seed, times, *plan.market.tolist()])
        came = _run(plan, self.people, self.scenario, g)
        truly = _expected(plan, self.people, self.scenario)
        return Offers(_brief_table(plan, {"cost": asked}), truly, pl.DataFrame(came))


@dataclass(frozen=True)
class Offers:
    """What creators offer, one row each: briefs that ask for it, what is truly to be expected, and what came of it."""

    briefs: pl.DataFrame
    expected: pl.DataFrame
    came: pl.DataFrame


@dataclass(frozen=True)
class _People:
    """Hidden and visible properties of the creators, one array each."""

    platform: np.ndarray
    vertical: np.ndarray
    home: np.ndarray
    log_followers: np.ndarray
    path: np.ndarray  # (quarters + 1, creators, 3): log indices; the last quarter is now
    views: np.ndarray
    price: np.ndarray
    shares: np.ndarray
    by_vertical: np.ndarray = field(repr=False)
    by_market: np.ndarray = field(repr=False)


@dataclass(frozen=True)
class _Plan:
    """Campaigns before they run: creator, platform, market, deliverable (int), count and quarter."""

    creator: np.ndarray
    platform: np.ndarray
    market: np.ndarray
    deliverable: np.ndarray
    count: np.ndarray
    quarter: np.ndarray


def invent(scenario: Scenario, seed: int) -> World:
    """Invent one world; the same scenario and seed give the same world."""
    g = np.random.default_rng(seed)
    people = _people(scenario, g)
    number = np.minimum(g.geometric(1 / scenario.mean_campaigns, scenario.count_creators), scenario.most_campaigns)
    past = _plan(np.repeat(np.arange(scenario.count_creators), number), people, scenario, g)
    following = _plan(np.arange(scenario.count_creators), people, scenario, g, is_next=True)
    ran, brought = _run(past, people, scenario, g), _run(following, people, scenario, g)
    audience, sets = _reported_audience(people, g)
    return World(
        creators=_creator_table(people),
        campaigns=_hide(_campaign_table(past, ran, people), past, scenario, g),
        audience=audience,
        audience_sets=sets,
        briefs=_brief_table(following, brought),
        outcomes=pl.DataFrame(brought).with_columns(return_on_ad_spend=pl.col("revenue") / pl.col("cost")),
        asked=_asked(people, scenario),
        truth=people.path[-1],
        shares=people.shares,
        views=people.views,
        price=people.price,
        out_of_market=scenario.out_click * scenario.out_convert,
        expected=_expected(following, people, scenario),
        typical=_expected(following, _made_typical(people), scenario),
        scenario=scenario,
        seed=seed,
        people=people,
        past=past,
    )


def _people(scenario: Scenario, g: np.random.Generator) -> _People:
    """Invent creators, their audiences and how their strengths wandered."""
    count = scenario.count_creators
    home = g.integers(0, len(COUNTRIES), count)
    steps = scenario.drift * g.standard_normal((QUARTERS, count, 3))
    walk = np.concatenate([np.zeros((1, count, 3)), np.cumsum(steps, axis=0)])
    by_market = 0.25 * g.standard_normal((len(COUNTRIES), 3)) * np.array([0.3, 1.0, 1.0])
    return _People(
        platform=g.integers(0, len(PLATFORMS), count),
        vertical=g.integers(0, len(VERTICALS), count),
        home=home,
        log_followers=np.log(50_000) + 1.2 * g.standard_normal(count),
        path=_indices(scenario, g) + walk - walk[-1],
        views=0.5 * g.standard_normal(count),
        price=0.4 * g.standard_normal(count),
        shares=_true_shares(home, scenario.mean_home_share, g),
        by_vertical=0.3 * g.standard_normal((len(VERTICALS), 3)),
        by_market=by_market,
    )


def _indices(scenario: Scenario, g: np.random.Generator) -> np.ndarray:
    """True log indices now: liked creators tend to sell a little less per click."""
    together = np.array([[1.0, 0.15, -0.25], [0.15, 1.0, 0.1], [-0.25, 0.1, 1.0]])
    standard = g.multivariate_normal(np.zeros(3), together, scenario.count_creators)
    if scenario.is_heavy:
        standard = standard / np.sqrt(g.chisquare(4, scenario.count_creators) / 4 * 2)[:, None]
    if scenario.is_grouped:
        side = np.where(g.random(scenario.count_creators) < 0.5, 1.0, -1.0)
        standard = 0.5 * standard + 0.8 * side[:, None] * np.array([1.0, -0.4, -1.0])
    return standard * np.array(scenario.spread)


def _true_shares(home: np.ndarray, mean_home_share: float, g: np.random.Generator) -> np.ndarray:
    """Where audiences really live: a home share, the rest scattered unevenly over the other countries."""
    count, people = len(COUNTRIES), np.arange(len(home))
    at_home = g.beta(6 * mean_home_share, 6 * (1 - mean_home_share), len(home))
    others = np.maximum(g.dirichlet(np.full(count, 0.5), len(home)), 1e-6)
    others[people, home] = 0.0
    shares = others / others.sum(axis=1, keepdims=True) * (1 - at_home)[:, None]
    shares[people, home] = at_home
    return shares


def _plan(
    creator: np.ndarray, people: _People, scenario: Scenario, g: np.random.Generator, *, is_next: bool = False
) -> _Plan:
    """Plan campaigns: mostly on the creator's platform, partly in its home country."""
    count = len(creator)
    elsewhere, markets = g.integers(0, len(PLATFORMS), count), g.integers(0, len(COUNTRIES), count)
    return _Plan(
        creator=creator,
        platform=np.where(g.random(count) < 0.75, people.platform[creator], elsewhere),
        market=np.where(g.random(count) < scenario.at_home, people.home[creator], markets),
        deliverable=g.integers(0, len(DELIVERABLES), count),
        count=1 + g.poisson(1.5, count),
        quarter=np.full(count, QUARTERS) if is_next else g.integers(0, QUARTERS, count),
    )


def _run(plan: _Plan, people: _People, scenario: Scenario, g: np.random.Generator) -> dict[str, np.ndarray]:
    """Run campaigns and count what happens at each stage, in and out of the market."""
    c, count = plan.creator, len(plan.creator)
    usual = _usual_impressions(plan, people, scenario)
    seen = usual * np.exp(people.views[c]) * _luck(0.45, count, scenario, g)
    impressions = np.maximum(g.poisson(seen), 40)
    true_share = people.shares[c, plan.market]
    share = g.beta(60 * np.clip(true_share, 1e-4, 1), 60 * np.clip(1 - true_share, 1e-4, 1))
    rates = _rates(plan, people, scenario, g)
    inside = g.binomial(impressions, share)
    engagements = g.binomial(impressions, rates[:, 0])
    clicks_in = g.binomial(inside, rates[:, 1])
    clicks_out = g.binomial(impressions - inside, rates[:, 1] * scenario.out_click)
    conversions_in = g.binomial(clicks_in, rates[:, 2])
    conversions = conversions_in + g.binomial(clicks_out, rates[:, 2] * scenario.out_convert)
    frequency = 1 + g.gamma(*MORE_THAN_ONCE, count) * np.sqrt(plan.count)
    price = PRICE * np.exp(people.price[c] + 0.15 * g.standard_normal(count))
    return {
        "impressions": impressions,
        "in_market_impressions": inside,
        "in_market_reach": np.round(inside / frequency).astype(np.int64),
        "reach": np.maximum((impressions / frequency).astype(np.int64), 1),
        "engagements": engagements,
        "clicks": clicks_in + clicks_out,
        "conversions": conversions,
        "in_market_conversions": conversions_in,
        "revenue": conversions * ORDER_VALUE * np.exp(0.2 * g.standard_normal(count)),
        "cost": np.round(usual * price, 2),
    }


def _usual_impressions(plan: _Plan, people: _People, scenario: Scenario) -> np.ndarray:
    """Expected impressions of each campaign with a creator of usual views."""
    size = people.log_followers[plan.creator] + VIEWS[plan.platform] + VIEWS_BY_DELIVERABLE[plan.deliverable]
    return np.exp(size) * plan.count * scenario.size


def _log_rates(plan: _Plan, people: _People) -> np.ndarray:
    """Log rates of each campaign, people in the market; the platform's trend falls, purchases rise before Christmas."""
    logs = TYPICAL[plan.platform] + BY_DELIVERABLE[plan.deliverable]
    logs = logs + people.by_vertical[people.vertical[plan.creator]] + people.by_market[plan.market]
    logs = logs + people.path[plan.quarter, plan.creator]
    logs = logs + (plan.quarter - QUARTERS)[:, None] * np.array([-0.02, -0.03, 0.01])
    logs[:, 2] += np.where(plan.quarter % 4 == 3, 0.15, 0.0)
    return logs


def _rates(plan: _Plan, people: _People, scenario: Scenario, g: np.random.Generator) -> np.ndarray:
    """The rates of each campaign, luck included."""
    luck = np.stack([_luck(sd, len(plan.creator), scenario, g) for sd in scenario.luck], axis=1)
    return np.clip(np.exp(_log_rates(plan, people)) * luck, 1e-7, 0.9)


def _made_typical(people: _People) -> _People:
    """The same creators without anything of their own in strength and views."""
    return replace(people, path=np.zeros_like(people.path), views=np.zeros_like(people.views))


def _expected(plan: _Plan, people: _People, scenario: Scenario) -> pl.DataFrame:
    """What campaigns are truly to be expected to bring, all of the world known but its luck, which averages 1.

    Counts, one row a campaign: impressions, in_market_impressions, engagements, clicks, conversions,
    in_market_conversions, in_market_reach (people).
    """
    shape, scale = MORE_THAN_ONCE
    oftener = gamma.ppf((np.arange(1000) + 0.5) / 1000, shape, scale=scale)
    per_person = (1 / (1 + oftener[:, None] * np.sqrt(np.unique(plan.count)))).mean(axis=0)
    rates = np.exp(_log_rates(plan, people))
    impressions = _usual_impressions(plan, people, scenario) * np.exp(people.views[plan.creator])
    share = people.shares[plan.creator, plan.market]
    clicks_in, clicks_out = (impressions * part * rates[:, 1] for part in (share, (1 - share) * scenario.out_click))
    return pl.DataFrame(
        {
            "impressions": impressions,
            "in_market_impressions": impressions * share,
            "engagements": impressions * rates[:, 0],
            "clicks": clicks_in + clicks_out,
            "conversions": (clicks_in + clicks_out * scenario.out_convert) * rates[:, 2],
            "in_market_conversions": clicks_in * rates[:, 2],
            "in_market_reach": impressions * share * per_person[np.unique(plan.count, return_inverse=True)[1]],
        }
    )


def _luck(sd: float, count: int, scenario: Scenario, g: np.random.Generator) -> np.ndarray:
    """A factor around 1 with the given spread of its log."""
    if scenario.is_gamma:
        shape = 1 / np.expm1(sd**2)
        return np.maximum(g.gamma(shape, 1 / shape, count), 1e-9)
    noise = g.standard_t(4, count) / np.sqrt(2) if scenario.is_heavy else g.standard_normal(count)
    return np.exp(sd * noise - sd**2 / 2)


def _ids(prefix: str, numbers: np.ndarray) -> list[str]:
    return [f"{prefix}{number:06d}" for number in numbers]


def _asked(people: _People, scenario: Scenario) -> np.ndarray:
    """What each creator asks for one post, NaN where it did not say."""
    usual = np.exp(people.log_followers + VIEWS[people.platform] + people.price) * PRICE
    silent = np.arange(len(usual)) % 100 < 100 * scenario.without_price
    return np.where(silent, np.nan, np.round(usual, 2))


def _creator_table(people: _People) -> pl.DataFrame:
    """The creators as the store holds them."""
    count = len(people.home)
    followers = np.exp(people.log_followers).astype(np.int64)
    return pl.DataFrame(
        {
            "creator_id": _ids("c", np.arange(count)),
            "platform": [PLATFORMS[at] for at in people.platform],
            "vertical": [VERTICALS[at] for at in people.vertical],
            "home_country": [COUNTRIES[at] for at in people.home],
            "followers": followers,
            "tier": [next(name for limit, name in TIERS if size < limit) for size in followers],
            "asking_price": pl.Series([None] * count, dtype=pl.Float64),
            "currency": [CURRENCY] * count,
        }
    )


def _date(quarter: int) -> date:
    """The middle of a quarter."""
    return date(2024 + quarter // 4, 3 * (quarter % 4) + 2, 14)


def _brief_table(plan: _Plan, ran: dict[str, np.ndarray]) -> pl.DataFrame:
    """What is agreed before a campaign."""
    return pl.DataFrame(
        {
            "creator_id": _ids("c", plan.creator),
            "market": [COUNTRIES[at] for at in plan.market],
            "platform": [PLATFORMS[at] for at in plan.platform],
            "date": [_date(int(quarter)) for quarter in plan.quarter],
            "deliverable": [DELIVERABLES[at] for at in plan.deliverable],
            "count_deliverables": plan.count,
            "cost": ran["cost"],
            "currency": [CURRENCY] * len(plan.creator),
        }
    )


def _campaign_table(plan: _Plan, ran: dict[str, np.ndarray], people: _People) -> pl.DataFrame:
    """What is reported after a campaign."""
    counts = {name: ran[name] for name in ("impressions", "reach", "engagements", "clicks", "conversions", "revenue")}
    return _brief_table(plan, ran).with_columns(
        campaign_key=pl.int_range(len(plan.creator), dtype=pl.Int32),
        vertical=pl.Series([VERTICALS[at] for at in people.vertical[plan.creator]]),
        paid=pl.lit(False),
        **{name: pl.Series(values) for name, values in counts.items()},
    )


def _hide(table: pl.DataFrame, plan: _Plan, scenario: Scenario, g: np.random.Generator) -> pl.DataFrame:
    """Leave out what was not tracked: for some creators never, for some campaigns not."""

    def untracked(part: float) -> np.ndarray:
        never = g.random(scenario.count_creators) < part
        return never[plan.creator] | (g.random(len(plan.creator)) < part / 2)

    no_clicks = untracked(scenario.without_clicks)
    no_conversions = untracked(scenario.without_conversions) | no_clicks
    return table.with_columns(
        pl.when(~pl.Series(no_clicks)).then(pl.col("clicks")),
        pl.when(~pl.Series(no_conversions)).then(pl.col("conversions", "revenue")),
    )


def _reported_audience(people: _People, g: np.random.Generator) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Audiences as a platform reports them: an estimate, and only the five largest countries."""
    count, largest = len(people.home), 5
    drawn = g.standard_gamma(np.maximum(people.shares * 200, 1e-3))
    ppm = np.floor(1e6 * drawn / drawn.sum(axis=1, keepdims=True)).astype(np.int64)
    order = np.argsort(-ppm, axis=1, kind="stable")[:, :largest]
    listed = np.take_along_axis(ppm, order, axis=1)
    audience = pl.DataFrame(
        {
            "creator_id": _ids("c", np.repeat(np.arange(count), largest)),
            "country": [COUNTRIES[at] for at in order.ravel()],
            "ppm": listed.ravel(),
        }
    ).filter(pl.col("ppm") > 0)
    sets = pl.DataFrame(
        {
            "creator_id": _ids("c", np.arange(count)),
            "listed_ppm": listed.sum(axis=1),
            "unknown_ppm": 1_000_000 - listed.sum(axis=1),
            "smallest_ppm": listed.min(axis=1),
            "is_top_n": [True] * count,
        }
    )
    return audience.sort("creator_id", "country"), sets

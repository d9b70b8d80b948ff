"""How do tests state a small field: a few creators, a few campaigns, and where audiences live?"""

from datetime import date

import numpy as np
import polars as pl

from fit.model.effects import Effects
from fit.model.prices import Prices, learn_prices, prices_of_creators
from fit.model.view_rates import Views, learn_views, views_of_creators

COUNTS = ("impressions", "reach", "engagements", "clicks", "conversions")
CREATORS = {
    "creator_id": pl.String,
    "creator_name": pl.String,
    "platform": pl.String,
    "vertical": pl.String,
    "home_country": pl.String,
    "followers": pl.Int64,
    "tier": pl.String,
    "handle": pl.String,
    "language": pl.String,
    "asking_price": pl.Float64,
    "currency": pl.String,
    "has_profile": pl.Boolean,
}
CAMPAIGNS = {
    "campaign_key": pl.Int32,
    "campaign_id": pl.String,
    "creator_id": pl.String,
    "market": pl.String,
    "date": pl.Date,
    "end_date": pl.Date,
    "platform": pl.String,
    "vertical": pl.String,
    "deliverable": pl.String,
    "count_deliverables": pl.Int64,
    **dict.fromkeys(COUNTS, pl.Int64),
    "revenue": pl.Float64,
    "cost": pl.Float64,
    "currency": pl.String,
    "objective": pl.String,
    "attribution_window_days": pl.Int32,
    "paid": pl.Boolean,
    "count_rows": pl.Int32,
    "source_id": pl.Int32,
}
AUDIENCE = {"creator_id": pl.String, "country": pl.String, "ppm": pl.Int32}
SETS = {
    "creator_id": pl.String,
    "listed_ppm": pl.Int32,
    "unknown_ppm": pl.Int32,
    "smallest_ppm": pl.Int32,
    "count_countries": pl.Int32,
    "is_top_n": pl.Boolean,
}


def creator(creator_id: str, **known: object) -> dict:
    return (
        {
            "platform": "instagram",
            "home_country": "DE",
            "followers": 40_000,
            "tier": "micro",
            "has_profile": True,
        }
        | {"creator_id": creator_id}
        | known
    )


def campaign(creator_id: str, **reported: object) -> dict:
    return (
        {
            "market": "DE",
            "date": date(2026, 1, 15),
            "deliverable": "post",
            "count_deliverables": 1,
            "paid": False,
            "count_rows": 1,
            "source_id": 1,
        }
        | {"creator_id": creator_id}
        | reported
    )


def tables(
    creators: list[dict], campaigns: list[dict], audience: dict[str, dict[str, int]]
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """The four tables that are judged; audience: creator_id to country to ppm."""
    keyed = [row | {"campaign_key": key, "campaign_id": f"k{key}"} for key, row in enumerate(campaigns)]
    countries = [(who, country, ppm) for who, listed in audience.items() for country, ppm in listed.items()]
    sets = [
        {
            "creator_id": who,
            "listed_ppm": sum(listed.values()),
            "unknown_ppm": max(1_000_000 - sum(listed.values()), 0),
            "smallest_ppm": min(listed.values()),
            "count_countries": len(listed),
            "is_top_n": False,
        }
        for who, listed in audience.items()
        if listed
    ]
    return (
        pl.DataFrame(creators, schema=CREATORS),
        pl.DataFrame(keyed, schema=CAMPAIGNS),
        pl.DataFrame(countries, schema=AUDIENCE, orient="row"),
        pl.DataFrame(sets, schema=SETS),
    )


HOME = {"DE": 700_000, "AT": 100_000, "US": 200_000}


def view_rates(
    level: float,
    platform: dict[str, float] | None = None,
    deliverable: dict[str, float] | None = None,
    *,
    mean: np.ndarray | None = None,
    variance: np.ndarray | None = None,
    campaign_sd: float = 0.3,
) -> Views:
    """View rates as if learned. platform, deliverable: level to log effect; mean, variance: by creator."""
    named = {"platform": platform or {}, "deliverable": deliverable or {}}
    logs = {factor: np.array([*of.values(), 0.0]) for factor, of in named.items()}
    errors = {factor: np.zeros((len(of) + 1, 1)) for factor, of in named.items()} | {"base": np.zeros((1, 1))}
    effects = Effects(level, logs, errors, {"platform": 0.4, "deliverable": 0.4}, np.zeros(0))
    levels = {factor: tuple(of) for factor, of in named.items()}
    nobody = np.zeros(0)
    mean, variance = nobody if mean is None else mean, nobody if variance is None else variance
    return Views(levels, effects, mean, variance, 0.5, campaign_sd, np.full(len(mean), np.nan))


def fit_views(campaigns: pl.DataFrame, count_creators: int) -> Views:
    """View rates of a field and of its creators."""
    return views_of_creators(learn_views(campaigns), campaigns, count_creators)


def fit_prices(campaigns: pl.DataFrame, views: Views, count_creators: int) -> Prices:
    """Prices of a field and of its creators."""
    return prices_of_creators(learn_prices(campaigns, views), campaigns, views, count_creators)


def prices(by_currency: dict[str, float], creator_sd: float = 0.3) -> Prices:
    """Prices as if they had been learned: money per expected impression by currency, alike for every kind."""
    names = tuple(by_currency)
    logs = {"currency": np.log([*by_currency.values(), 1.0]), "platform": np.zeros(1), "deliverable": np.zeros(1)}
    effects = Effects(0.0, logs, {}, {}, np.zeros(0))
    market = pl.DataFrame(
        {"currency": names, "cost_per_impression": list(by_currency.values()), "log_sd": [creator_sd] * len(names)},
        schema_overrides={"currency": pl.String, "cost_per_impression": pl.Float64, "log_sd": pl.Float64},
    ).with_columns(count_campaigns=pl.lit(3, pl.Int32))
    levels = {"currency": names, "platform": (), "deliverable": ()}
    nobody = np.zeros(0)
    return Prices(levels, effects, 0.0, 0.0, nobody, nobody, nobody, creator_sd, 0.0, market)

"""How do tests state a small field: a few creators, a few campaigns, and where audiences live?"""

from datetime import date

import polars as pl

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

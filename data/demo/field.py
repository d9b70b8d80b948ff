"""Write the demo (creators.csv, audience.csv, campaigns.csv): creators cast by hand for each verdict, and a crowd."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl

from data.demo import world
from data.demo.audiences import audience_rows, reported, true_mixes
from data.demo.campaigns import Truth, by_day, campaign_rows, drawn_deliverables, expected_impressions
from data.demo.cast import CAST, Part
from data.demo.names import studio_name

FLAGS = (
    "shows", "has_profile", "has_audience", "has_followers_too", "has_older_audience", "is_daily", "is_paid",
)  # fmt: skip
SINGLE_BIG_FUNNEL = "10,000 impressions, 500 clicks, 50 purchases"


def write_field(folder: Path, *, count_creators: int = 60, seed: int = 1, today: date) -> None:
    """Write creators.csv, audience.csv and campaigns.csv of an invented field into `folder` (made when absent).

    The same count, seed and today give the same bytes. The first creators are CAST, the rest are drawn.
    Raises ValueError when count_creators is below 1.
    """
    if count_creators < 1:
        raise ValueError(f"A demo of {count_creators} creators was asked for; at least 1 is needed.")
    dice = np.random.default_rng(seed)
    people, mixes = true_people(dice, count_creators)
    folder.mkdir(parents=True, exist_ok=True)
    profiles(people).write_csv(folder / "creators.csv")
    audiences(dice, people, mixes, today).write_csv(folder / "audience.csv")
    campaigns(dice, people, mixes, today).write_csv(folder / "campaigns.csv")


def true_people(dice: np.random.Generator, count: int) -> tuple[pl.DataFrame, np.ndarray]:
    """Everybody as they truly are: attributes (drawn_people), and where each audience lives (creators x COUNTRIES)."""
    people = drawn_people(dice, count)
    return people, true_mixes(dice, people["home_country"].to_numpy(), people["home_share"].to_numpy())


def drawn_people(dice: np.random.Generator, count: int) -> pl.DataFrame:
    """One row per creator: every attribute, seen and true, with the hand-cast values in place."""
    vertical = dice.choice(world.VERTICALS, count)
    has_clicks = dice.random(count) < 0.9
    logs = world.SPREAD * dice.standard_normal((count, 3))
    columns: dict[str, np.ndarray] = {
        "creator_name": np.array([studio_name(number, vertical[number]) for number in range(count)]),
        "platform": dice.choice(world.PLATFORMS, count, p=[0.5, 0.28, 0.22]),
        "vertical": vertical,
        "home_country": dice.choice(world.HOMES, count, p=world.HOME_CHANCES),
        "followers": round_followers(np.exp(np.log(45_000) + 1.35 * dice.standard_normal(count))),
        "engage": logs[:, 0],
        "click": logs[:, 1],
        "convert": logs[:, 2],
        "home_share": dice.beta(7, 4, count),
        "coverage": 0.88 + 0.12 * dice.random(count),
        "count_campaigns": np.minimum(dice.geometric(1 / 5.5, count) - (dice.random(count) < 0.15), 24),
        "days_back": np.full(count, 540),
        "price": np.where(dice.random(count) < 0.88, np.exp(0.25 * dice.standard_normal(count)), 0.0),
        "currency": np.full(count, "", dtype="U3"),
        "market": np.full(count, "", dtype="U5"),
        "has_clicks": has_clicks,
        "has_conversions": has_clicks & (dice.random(count) < 0.8),
        "is_top_n": dice.random(count) < 0.2,
    }
    people = cast_over(pl.DataFrame({"creator_id": creator_ids(count), **columns}), CAST[:count])
    platform = world.rows_of(world.PLATFORMS, people["platform"].to_numpy())
    standard = np.array(world.DELIVERABLES)[drawn_deliverables(dice, platform)]
    home_money = pl.col("home_country").replace_strict(world.CURRENCY_OF, default="EUR")
    return people.with_columns(
        standard=standard, currency=pl.when(pl.col("currency") == "").then(home_money).otherwise("currency")
    )


def creator_ids(count: int) -> list[str]:
    """demo-001, demo-002, ...: as many digits as the largest needs."""
    digits = max(3, len(str(count)))
    return [f"demo-{number:0{digits}d}" for number in range(1, count + 1)]


def round_followers(followers: np.ndarray) -> np.ndarray:
    """Two significant digits, between 1,200 and 4 million: nobody's real count."""
    size = 10 ** (np.floor(np.log10(followers)) - 1)
    return np.clip(np.round(followers / size) * size, 1_200, 4_000_000).astype(int)


def cast_over(people: pl.DataFrame, cast: tuple[Part, ...]) -> pl.DataFrame:
    """Lay the hand-cast values over the first rows (what a part leaves open stays as drawn), with flags."""
    named = {"home_country": "home", "creator_name": "name"}
    columns = []
    for drawn in people.iter_columns():
        fixed = [getattr(part, named.get(drawn.name, drawn.name), None) for part in cast]
        values = drawn.to_list()
        values[: len(cast)] = [old if new is None else new for old, new in zip(values, fixed, strict=False)]
        columns.append(pl.Series(drawn.name, values, dtype=drawn.dtype))
    anybody = Part(shows="", name="")
    for flag in FLAGS:
        values = [getattr(part, flag) for part in cast] + [getattr(anybody, flag)] * (people.height - len(cast))
        columns.append(pl.Series(flag, values))
    return pl.DataFrame(columns)


def profiles(people: pl.DataFrame) -> pl.DataFrame:
    """Rows of creators.csv; the asking price is that of one standard deliverable, blank where none is stated."""
    known = people.filter(pl.col("has_profile"))
    platform = world.rows_of(world.PLATFORMS, known["platform"].to_numpy())
    standard = world.rows_of(world.DELIVERABLES, known["standard"].to_numpy())
    units = np.array([world.UNITS_PER_EUR[code] for code in known["currency"].to_list()])
    impressions = expected_impressions(platform, standard, known["followers"].to_numpy())
    price = np.maximum(impressions * world.COST_PER_THOUSAND[platform] / 1000, world.LOWEST_FEE)
    price = price * known["price"].to_numpy() * units
    handle = pl.col("creator_name").str.to_lowercase().str.replace_all(" ", "_")
    return known.select(
        "creator_id", "creator_name", "platform", "vertical", "home_country", "followers",
        pl.format("@demo_{}", handle).alias("handle"),
        pl.Series("asking_price", np.round(price, -1)).alias("asking_price"),
        "currency", "price",
    ).with_columns(pl.when(pl.col("price") > 0).then(pl.col("asking_price"))).drop("price")  # fmt: skip


def audiences(dice: np.random.Generator, people: pl.DataFrame, mixes: np.ndarray, today: date) -> pl.DataFrame:
    """Rows of audience.csv: one measurement for most, another source or an older measurement where cast so."""
    latest = today - timedelta(days=20)
    is_top_n = people["is_top_n"].to_numpy()
    listed = reported(dice, mixes, people["coverage"].to_numpy(), is_top_n)
    flatter = mixes**0.7 / (mixes**0.7).sum(axis=1, keepdims=True)
    other = reported(dice, flatter, np.ones(people.height), is_top_n)
    has_viewers = people["platform"].is_in(["youtube", "tiktok"])
    parts = []
    for who, shares, audience_type, as_of in (
        (people["has_audience"] & has_viewers, listed, "viewers", latest),
        (people["has_audience"] & ~has_viewers, listed, "followers", latest),
        (people["has_followers_too"], other, "followers", latest - timedelta(days=45)),
        (people["has_older_audience"], other, "viewers", latest - timedelta(days=300)),
    ):
        parts.append(audience_rows(people.filter(who), shares[who.to_numpy()], audience_type, as_of))
    order = {"creator_id": False, "audience_type": False, "as_of": False, "audience_share": True, "country": False}
    return pl.concat(parts).sort(list(order), descending=list(order.values()))


def campaigns(dice: np.random.Generator, people: pl.DataFrame, mixes: np.ndarray, today: date) -> pl.DataFrame:
    """Rows of campaigns.csv: one per campaign, one per day for creators that are cast so."""
    seen = {name: people[name].to_numpy() for name in Truth.__dataclass_fields__ if name in people.columns}
    price = np.where(seen["price"] > 0, seen["price"], 1.0)
    logs = people.select(world.STAGES).to_numpy()
    truth = Truth(**{**seen, "price": price}, home=people["home_country"].to_numpy(), logs=logs, mixes=mixes)
    # Everybody who is cast has dice of their own: to change one part is not to change all others.
    groups = [slice(number, number + 1) for number in range(min(len(CAST), people.height))]
    groups.append(slice(len(groups), None))
    rows = pl.concat(
        campaign_rows(own, truth.take(group), today)
        for own, group in zip(dice.spawn(len(groups)), groups, strict=True)
        if truth.count_campaigns[group].any()
    )
    number = pl.int_range(1, pl.len() + 1).cast(pl.String).str.zfill(6)
    rows = rows.select(pl.format("demo-k{}", number).alias("campaign_id"), pl.all())
    rows = with_the_single_big_funnel(rows, people)
    daily = pl.col("creator_id").is_in(people.filter(pl.col("is_daily"))["creator_id"].to_list())
    whole = daily & pl.col("conversions").is_not_null()
    return pl.concat([rows.filter(~whole), by_day(dice, rows.filter(whole))]).sort("campaign_id", "date")


def with_the_single_big_funnel(rows: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """Give the part of that name exactly the funnel it is cast for, in the brand's own market."""
    whose = people.filter(pl.col("shows") == SINGLE_BIG_FUNNEL)["creator_id"].to_list()
    funnel = {
        "market": "DE", "deliverable": "story", "count_deliverables": 3, "impressions": 10_000, "reach": 7_900,
        "engagements": 240, "clicks": 500, "conversions": 50, "revenue": 3_150.0, "cost": 420.0,
        "objective": "conversion", "attribution_window_days": 30,
    }  # fmt: skip
    is_of_part = pl.col("creator_id").is_in(whose)
    return rows.with_columns(
        pl.when(is_of_part).then(pl.lit(value)).otherwise(pl.col(name)).cast(rows.schema[name]).alias(name)
        for name, value in funnel.items()
    )

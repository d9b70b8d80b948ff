"""Five creators written out by hand, so that price, payoff, rank and role can be worked out on paper.

The field: half of an audience usually lives at home (s0 = .5), people elsewhere click half as often (kC = .5) and buy
after a click a tenth as often (kV = .1). So g(s) = s + (1 - s) x .05, and g(s0) = .525. The brief is Germany 60 and
Austria 30: next to Germany, Austria counts half.

| creator | DE  | AT  | unknown | share | weighted share       | impressions per money | E awareness | E conversion |
|---------|-----|-----|---------|-------|----------------------|-----------------------|-------------|--------------|
| ada     | .60 | .20 | .10     | .80   | .60 + .20 / 2 = .70  | 1.0                   | 1.0         | 1.2          |
| ben     | .50 | -   | .30     | .50   | .50                  | 2.0                   | 0.9         | 0.8          |
| cleo    | .05 | .05 | -       | .10   | .05 + .05 / 2 = .075 | 1.0                   | 1.5         | 1.0          |
| dev     | nobody measured an audience                        | 1.0                   | 1.0         | 1.0          |
| eva     | .40 | .40 | -       | .80   | .40 + .40 / 2 = .60  | 0.5                   | 2.0         | 0.4          |
"""

from collections.abc import Callable
from functools import partial
from math import log
from pathlib import Path

import duckdb
import polars as pl

from data.store import serve
from fit.forecast.stored_basis import StoredBasis
from fit.model.geography import audience_mix, homes
from queries.ask import ask

SCHEMA = Path(__file__).parent.parent / "data" / "store" / "schema.sql"

FACTS = {
    "typical_in_market_share": 0.5,
    "out_of_market_click": 0.5,
    "out_of_market_conversion": 0.1,
    "typical_geography_factor": 0.525,
    "drift_per_quarter": 0.02,
    "newest_quarter": 2025.0 * 4 + 3,
    "view_level": 0.0,
    "view_creator_sd": 0.5,
    "view_campaign_sd": 0.2,
    "frequency_campaign_sd": 0.1,
    "base_engage": 0.04,
    "base_click": 0.01,
    "base_convert": 0.02,
    "tau_engage": 0.4,
    "tau_click": 0.5,
    "tau_convert": 0.6,
    "k_engage": 8.0,
    "k_click": 4.0,
    "k_convert": 5.0,
    "frequency_overlap": 0.5,
    "frequency_overlap_sd": 0.3,
    "reach_limit": 1.0,
    "price_level": log(0.01),
    "price_slope": 0.0,
    "price_middle": 0.0,
    "price_creator_sd": 0.3,
    "price_campaign_sd": 0.4,
} | {
    f"spread_{stage}_{factor}": 0.0
    for stage, factors in (
        *((rate, ("platform", "deliverable", "vertical", "market", "quarter", "tier")) for rate in
          ("engage", "click", "convert")),
        ("views", ("platform", "deliverable")),
    )
    for factor in factors
}  # fmt: skip
AUDIENCE = {
    "ada": {"DE": 600_000, "AT": 200_000, "US": 100_000},
    "ben": {"DE": 500_000, "US": 200_000},
    "cleo": {"DE": 50_000, "AT": 50_000, "US": 900_000},
    "eva": {"DE": 400_000, "AT": 400_000, "US": 200_000},
}
#        followers, impressions per money, E awareness, E conversion, log sd of awareness and of conversion, reach
PARTS = {
    "ada": (10_000, 1.0, 1.0, 1.2, 0.4, 0.5, 10_000.0),
    "ben": (20_000, 2.0, 0.9, 0.8, 0.3, 0.6, 8_000.0),
    "cleo": (30_000, 1.0, 1.5, 1.0, 0.2, 0.4, 5_000.0),
    "dev": (None, 1.0, 1.0, 1.0, 0.4, 0.4, None),
    "eva": (5_000, 0.5, 2.0, 0.4, 0.3, 0.3, 4_000.0),
}
#        purchases of an audience all at home, people reached, cost of one deliverable, at the usual price
OUTCOMES = {
    "ada": (10.0, 9_000.0, 100.0, 1.0),
    "ben": (20.0, 8_000.0, 400.0, 0.5),
    "cleo": (8.0, 5_000.0, 50.0, 2.0),
    "dev": (None, None, 80.0, 1.0),
    "eva": (6.0, 4_000.0, 30.0, 1.0),
}
#        label and confidence anywhere, P(conversion)
NATURAL = {
    "ada": ("conversion", "clear", 0.9),
    "ben": ("awareness", "leaning", 0.3),
    "cleo": ("awareness", "clear", 0.1),
    "dev": ("pilot", "none", 0.5),
    "eva": ("conversion", "clear", 0.85),
}
#        log mean and log sd of engage, click and convert
LOGS = {
    "ada": ((0.0, 0.2), (0.1, 0.4), (0.2, 0.3)),
    "ben": ((0.3, 0.2), (0.0, 0.5), (-0.2, 0.3)),
    "cleo": ((0.6, 0.2), (0.0, 0.3), (0.0, 0.3)),
    "dev": ((0.0, 0.4), (0.0, 0.5), (0.0, 0.6)),
    "eva": ((0.9, 0.3), (-0.4, 0.3), (-0.5, 0.3)),
}
STAGES = ("engage", "click", "convert")


def creators() -> list[dict[str, object]]:
    """The profiles, all at home in Germany and on Instagram."""
    return [
        {
            "creator_id": name, "creator_name": name.capitalize(), "platform": "instagram", "vertical": "food",
            "home_country": "DE", "followers": parts[0], "tier": "micro", "asking_price": None, "currency": "EUR",
            "has_profile": True,
        }
        for name, parts in PARTS.items()
    ]  # fmt: skip


def audience_rows() -> list[dict[str, object]]:
    """Where the audiences live."""
    return [
        {"creator_id": name, "country": country, "ppm": ppm}
        for name, listed in AUDIENCE.items()
        for country, ppm in listed.items()
    ]


def audience_sets() -> list[dict[str, object]]:
    """What each audience leaves unknown. Ada's is a list of the largest countries."""
    return [
        {
            "creator_id": name, "source_id": 1, "source": "own table", "audience_type": "viewers",
            "listed_ppm": sum(listed.values()), "unknown_ppm": 1_000_000 - sum(listed.values()),
            "smallest_ppm": min(listed.values()), "count_countries": len(listed), "is_top_n": name == "ada",
            "is_current": True, "is_best": True,
        }
        for name, listed in AUDIENCE.items()
    ]  # fmt: skip


def strengths() -> list[dict[str, object]]:
    """The log indices; what only sentences need is the same for all."""
    return [
        {
            "creator_id": name, "stage": stage, "index": 100.0, "log_mean": mean, "log_sd": sd, "low": 80.0,
            "high": 125.0, "p_beats_benchmark": 0.5, "count_campaigns": 2, "evidence": 5.0, "measured": True,
            "reliability": 0.0,
        }
        for name, logs in LOGS.items()
        for stage, (mean, sd) in zip(STAGES, logs, strict=True)
    ]  # fmt: skip


def natural_roles() -> list[dict[str, object]]:
    """The roles before any market is named."""
    return [
        {
            "creator_id": name, "gap_mean": 0.0, "gap_sd": 0.4, "p_conversion": p_conversion, "label": label,
            "confidence": confidence, "covariance_engage_click": 0.01, "covariance_engage_convert": -0.02,
            "covariance_click_convert": 0.03,
        }
        for name, (label, confidence, p_conversion) in NATURAL.items()
    ]  # fmt: skip


def payoff_parts() -> list[dict[str, object]]:
    """The parts of a payoff that no market changes."""
    return [
        {
            "creator_id": name, "platform": "instagram", "deliverable": "post", "expected_impressions": reach,
            "expected_reach": reach, "reach_basis": None if reach is None else "expected",
            "price_factor": OUTCOMES[name][3], "impressions_per_money": per_money, "awareness_factor": aware,
            "conversion_factor": convert, "payoff_basis": "market price",
        }
        for name, (_, per_money, aware, convert, _, _, reach) in PARTS.items()
    ]  # fmt: skip


def standard_outcomes() -> list[dict[str, object]]:
    """What one post of each brings if all of its audience lived in the market, and what it costs.

    unlisted: usual are 42.5 % in Germany, 35 % in the United States (1.4 of four audiences, the field's weight on the
    same) and 16.25 % in Austria; Ben lists the first two, the others all three.
    """
    unlisted = {"ben": 225_000} | dict.fromkeys(("ada", "cleo", "eva"), 62_500)
    largest = {name: max(listed.items(), key=lambda entry: entry[1]) for name, listed in AUDIENCE.items()}
    return [
        {
            "creator_id": name, "home": "DE", "unlisted_ppm": unlisted.get(name),
            "largest_country": largest.get(name, (None, None))[0],
            "largest_share": largest[name][1] / 1e6 if name in largest else None, "purchases": purchases,
            "reach": reach, "cost": cost, "currency": "EUR", "cost_basis": "market price", "order_cost": cost,
            "conversion_log_sd": PARTS[name][5], "awareness_log_sd": PARTS[name][4],
        }
        for name, (purchases, reach, cost, _) in OUTCOMES.items()
    ]  # fmt: skip


def market_effects() -> list[dict[str, object]]:
    """What the levels below say of purchases in each country; elsewhere no difference."""
    return [{"country": country, "purchases": effect} for country, effect in (("", 1.0), ("DE", 0.8), ("AT", 1.5))]


def benchmark_errors() -> list[dict[str, object]]:
    """Base and levels that are known exactly."""
    known = [(stage, factor, level) for stage, factor, level, _ in LEVELS]
    known += [(stage, "base", "") for stage in ("engage", "click", "convert", "views")]
    return [{"stage": stage, "factor": factor, "level": level, "errors": [0.0]} for stage, factor, level in known]


def price_rates() -> list[dict[str, object]]:
    """Nobody was paid yet."""
    return [{"creator_id": name, "log_mean": 0.0, "log_sd": 0.5, "count_campaigns": 0} for name in PARTS]


def measured_levels() -> pl.DataFrame:
    """No campaign of the past."""
    texts = ("stage", "creator_id", "platform", "deliverable", "vertical", "market", "tier")
    schema = dict.fromkeys(texts, pl.String) | {"campaign_key": pl.Int32, "paid": pl.Boolean, "date": pl.Date}
    return pl.DataFrame(schema=schema)


LEVELS = [  # of the views and of the three rates: twice the views on Instagram, half for a story, and so on
    ("views", "platform", "instagram", 2.0),
    ("views", "deliverable", "story", 0.5),
    ("engage", "platform", "instagram", 1.5),
    ("click", "market", "DE", 0.8),
    ("click", "market", "AT", 1.5),
    ("click", "quarter", "8103", 7.0),  # the quarter is now: its effect is never read
    ("convert", "vertical", "food", 1.1),
    ("convert", "tier", "micro", 0.9),
]


def level_rows() -> list[dict[str, object]]:
    """The levels, as rows of the table."""
    return [
        {"stage": stage, "factor": factor, "level": level, "effect": effect, "count_creators": 1, "count_campaigns": 1,
         "count_events": 1}
        for stage, factor, level, effect in LEVELS
    ]  # fmt: skip


def view_rates() -> list[dict[str, object]]:
    """A tenth more views than typical for everybody."""
    return [
        {"creator_id": name, "log_mean": 0.1, "log_sd": 0.3, "implied_followers": None, "log_frequency": 0.05}
        for name in PARTS
    ]


def audience_mix_rows() -> list[dict[str, object]]:
    """Where the four known audiences live."""
    profiles, audience = pl.DataFrame(creators()), pl.DataFrame(audience_rows(), schema_overrides={"ppm": pl.Int32})
    return audience_mix(homes(profiles, audience), audience).to_dicts()


def answers(more: dict[str, list[dict[str, object]]] | None = None) -> Callable[..., pl.DataFrame]:
    """Ask the five creators a question of queries/, as a generation is asked; more: further rows by table."""
    database = duckdb.connect(config={"threads": 1})
    database.execute(SCHEMA.read_text(encoding="utf-8"))
    facts = [{"name": name, "value": value, "meaning": name} for name, value in FACTS.items()]
    tables = {
        "creators": creators(), "audience_best": audience_rows(), "audience_sets": audience_sets(),
        "strengths": strengths(), "natural_roles": natural_roles(), "payoff_parts": payoff_parts(),
        "field_facts": facts, "standard_outcomes": standard_outcomes(), "market_effects": market_effects(),
        "audience_mix": audience_mix_rows(), "benchmark_errors": benchmark_errors(), "price_rates": price_rates(),
        "view_rates": view_rates(), "benchmark_levels": level_rows(),
    }  # fmt: skip
    for table, rows in tables.items():
        for row in rows + (more or {}).get(table, []):
            places = ", ".join("?" for _ in row)
            database.execute(f"insert into {table} ({', '.join(row)}) values ({places})", list(row.values()))
    serve(database)
    return partial(ask, database)


def stored() -> StoredBasis:
    """What a forecast or the payoff of a brief reads of the five creators."""
    profiles = pl.DataFrame(creators(), schema_overrides={"asking_price": pl.Float64})
    audience = pl.DataFrame(audience_rows(), schema_overrides={"ppm": pl.Int32})
    return StoredBasis(
        creators=profiles,
        audience=audience,
        audience_sets=pl.DataFrame(audience_sets()),
        strengths=pl.DataFrame(strengths()),
        natural_roles=pl.DataFrame(natural_roles()),
        payoff_parts=pl.DataFrame(payoff_parts()),
        benchmark_levels=pl.DataFrame(LEVELS, schema=["stage", "factor", "level", "effect"], orient="row"),
        field_facts=pl.DataFrame({"name": list(FACTS), "value": list(FACTS.values())}),
        market_prices=pl.DataFrame(
            {"currency": ["EUR"], "cost_per_impression": [0.01], "log_sd": [0.3], "count_campaigns": [9]}
        ),
        view_rates=pl.DataFrame(view_rates()),
        price_rates=pl.DataFrame(price_rates()),
        benchmark_errors=pl.DataFrame(benchmark_errors()),
        measured_levels=measured_levels(),
        frequencies=pl.DataFrame(
            {"platform": ["instagram"], "deliverable": ["post"], "log_frequency": [log(1.5)], "count_campaigns": [7]}
        ),
        order_values=pl.DataFrame(
            {
                "currency": ["EUR", "USD"], "log_mean": [log(40.0), log(90.0)], "log_sd": [0.25, 0.2],
                "count_campaigns": [6, 2],
            }
        ),
        audience_mix=audience_mix(homes(profiles, audience), audience),
    )  # fmt: skip

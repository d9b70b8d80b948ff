"""Read and check the metric library (metrics.toml), and look a metric up by its name, an alias or its label."""

import difflib
import re
import tomllib
from dataclasses import MISSING, dataclass, fields
from enum import StrEnum
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("metrics.toml")
TEXTS = ("label", "definition", "formula", "measured", "brand_words", "creator_words")  # fields to translate
NEAREST = 3  # names that a refusal offers
COST = "cost"  # no metric, but what costs per click are computed from
# Metrics that follow from others: numerator, denominator, and how much of the one for each of the other.
COMPUTED = {
    "engagement_rate": ("engagements", "impressions", 1),
    "click_rate": ("clicks", "impressions", 1),
    "conversion_rate": ("conversions", "clicks", 1),
    "frequency": ("impressions", "reach", 1),
    "order_value": ("revenue", "conversions", 1),
    "return_on_ad_spend": ("revenue", COST, 1),
    "cost_per_thousand_impressions": (COST, "impressions", 1000),
    "in_market_cpm": (COST, "in_market_impressions", 1000),
    "cost_per_engagement": (COST, "engagements", 1),
    "cost_per_click": (COST, "clicks", 1),
    "cost_per_conversion": (COST, "conversions", 1),
}
# Price lists for "earned media value" differ tenfold from tool to tool, so nothing could be agreed on by one.
_NEVER = ("emv", "earned_media_value", "media_value")


class FunnelStage(StrEnum):
    """Part of the funnel that a metric belongs to."""

    AWARENESS = "awareness"
    ENGAGEMENT = "engagement"
    CONVERSION = "conversion"


class MetricKind(StrEnum):
    """Output: what the creator delivers. Outcome: what the business gets. Leading: an early signal that the creator
    controls."""

    OUTPUT = "output"
    OUTCOME = "outcome"
    LEADING = "leading"


class Control(StrEnum):
    """Whose work moves a metric; neither where the platform or luck does."""

    CREATOR = "creator"
    BRAND = "brand"
    BOTH = "both"
    NEITHER = "neither"


class Unit(StrEnum):
    """Count: a whole number. Rate: 0 to 1. Amount: money. Ratio: of any size, or a duration in seconds."""

    COUNT = "count"
    RATE = "rate"
    AMOUNT = "amount"
    RATIO = "ratio"


class LibraryError(ValueError):
    """A library file that cannot be used; the message names the metric, the field and what is wrong with it."""


class UnknownMetric(ValueError):
    """A name that no metric has; the message names the nearest."""


@dataclass(frozen=True, kw_only=True)
class Metric:
    """One metric, as brief, charter and review name it; metrics.toml says what stands in each field."""

    name: str
    label: str
    definition: str
    formula: str = ""
    stage: FunnelStage
    kind: MetricKind
    controlled_by: Control
    measured: str
    unit: Unit
    lower_is_better: bool = False
    is_forecast: bool = False
    brand_words: str
    creator_words: str
    aliases: tuple[str, ...] = ()


_FIELDS = {field.name: field for field in fields(Metric) if field.name != "name"}


def read_library(text: str) -> dict[str, Metric]:
    """Read the text of a library file: metrics by name, in the order of the file. Raises LibraryError."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LibraryError(f"the metric library is no TOML file: {error}") from error
    return {name: _read_metric(name, table) for name, table in tables.items()}


def _read_metric(name: str, table: object) -> Metric:
    if not isinstance(table, dict):
        raise LibraryError(f"{name} is no table: write [{name}] and its fields below")
    needed = [field for field, known in _FIELDS.items() if known.default is MISSING]
    if missing := [field for field in needed if field not in table]:
        raise LibraryError(f"metric {name} lacks {', '.join(missing)}")
    if unknown := [field for field in table if field not in _FIELDS]:
        raise LibraryError(f"metric {name} has unknown fields: {', '.join(unknown)}")
    return Metric(name=name, **{field: _read_field(f"{name}.{field}", field, value) for field, value in table.items()})


def _read_field(where: str, field: str, value: object) -> Any:
    """Check a value and convert it to the type of its field, which is why no one type can be named here."""
    wanted = _FIELDS[field].type
    if isinstance(wanted, type) and issubclass(wanted, StrEnum):
        if not isinstance(value, str) or value not in tuple(wanted):
            raise LibraryError(f"{where} is {value!r}; it is one of {', '.join(wanted)}")
        return wanted(value)
    if wanted is bool and isinstance(value, bool):
        return value
    if wanted is str and isinstance(value, str) and value.strip():
        return value
    if field == "aliases" and isinstance(value, list) and all(isinstance(alias, str) for alias in value):
        return tuple(value)
    kind = "true or false" if wanted is bool else "text that is not blank" if wanted is str else "a list of texts"
    raise LibraryError(f"{where} is {value!r}; {kind} is needed")


METRICS = read_library(FILE.read_text(encoding="utf-8"))
_BY_ANY_NAME = {name: known for known in METRICS.values() for name in (known.name, known.label.lower(), *known.aliases)}


def _folded(name: str) -> str:
    """A name in small letters, its words in the singular."""
    words = filter(None, re.split(r"[\s_-]+", name.casefold()))
    return " ".join(word.removesuffix("s") for word in words)


_BY_FOLDED = {_folded(name): known for name, known in _BY_ANY_NAME.items()}


def named_metric(typed: str) -> Metric | None:
    """The metric that a typed name means: any name of it, in the singular or plural; None where it is none.

    >>> named_metric(" Link  click ").name
    'clicks'
    """
    return _BY_FOLDED.get(_folded(typed))


def metric(name: str) -> Metric:
    """Return the metric of a name, of one of its aliases ("cpm", "ROAS") or of its label.

    Blanks, hyphens and capitals do not matter. Raises UnknownMetric.

    >>> metric("Link Clicks").name
    'clicks'
    """
    asked = name.strip().lower()
    joined = asked.replace(" ", "_").replace("-", "_")
    known = _BY_ANY_NAME.get(asked) or _BY_ANY_NAME.get(joined)
    if known is None:
        raise UnknownMetric(_refusal(name, joined))
    return known


def _refusal(name: str, asked: str) -> str:
    if asked in _NEVER:
        return f"{name!r} is never computed: its price lists differ tenfold. Choose reach, clicks or revenue."
    near = difflib.get_close_matches(asked, _BY_ANY_NAME, n=NEAREST * 2, cutoff=0.5)
    names = list(dict.fromkeys(_BY_ANY_NAME[close].name for close in near))[:NEAREST]
    nearest = f" The nearest are {', '.join(names)}." if names else ""
    return f"{name!r} is no metric of the library.{nearest} `python -m fit metrics` lists all {len(METRICS)}."

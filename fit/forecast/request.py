"""The brief line that a reader asks to forecast (deliverable, count, cost, targets), and its texts in a link."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

import polars as pl

from fit.brief import Brief, BriefError, parse_count
from fit.forecast.brief_lines import BRIEF_COLUMNS, MOST_COST
from fit.forecast.summary import parse_target
from fit.locale import _
from fit.model import kind_named
from fit.text import shortened

MOST_COUNT = 1000  # deliverables of one line; a plan with more is several lines
CURRENCY_LETTERS = 3
Value = TypeVar("Value")


class CostBasis(StrEnum):
    """Where the cost of a line comes from."""

    ASKED = "asked"
    ASKING_PRICE = "asking price"
    OWN_PAST_PRICE = "own past price"
    MARKET_PRICE = "market price"
    NONE = "none"
    HIDDEN = "hidden"  # kept from those whom a presentation is shown to


@dataclass(frozen=True)
class RequestedLine:
    """What the reader asked for; None is left to each creator: its usual kind, one of it, its own asking price."""

    deliverable: str | None = None
    count: int | None = None
    cost: float | None = None
    currency: str | None = None
    targets: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class CreatorLine:
    """The line of one creator, everything filled that can be."""

    creator_id: str
    market: str
    deliverable: str
    count: int
    cost: float | None
    currency: str | None
    cost_basis: CostBasis

    def as_row(self) -> pl.DataFrame:
        """One row with the columns of fit/forecast/brief_lines.py."""
        cells = {
            "creator_id": self.creator_id,
            "market": self.market,
            "deliverable": self.deliverable,
            "count_deliverables": self.count,
            "cost": self.cost,
            "currency": self.currency,
        }
        return pl.DataFrame([{name: cells.get(name) for name in BRIEF_COLUMNS}], schema=BRIEF_COLUMNS)


def line_of_creator(line: RequestedLine, brief: Brief, profile: Mapping[str, Any], usual: str) -> CreatorLine:
    """Fill the line for one creator. profile: the row of queries/creator.sql; usual: its standard deliverable.

    The asking price is for one standard deliverable; of another kind nobody knows a price.
    """
    kind, count = kind_named(line.deliverable or usual, [usual]), line.count or 1
    price = profile["asking_price"] or None
    cost, basis = line.cost, CostBasis.ASKED
    if cost is None:
        cost = price * count if price and kind == usual else None
        basis = CostBasis.NONE if cost is None else CostBasis.ASKING_PRICE
    currency = line.currency or profile["currency"]
    if basis is CostBasis.ASKING_PRICE and currency != profile["currency"]:
        cost, basis = None, CostBasis.NONE  # an asking price in another currency is no price in this one
    market = "+".join(code for code, _ in brief.markets)
    return CreatorLine(str(profile["creator_id"]), market, kind, count, cost, currency, basis)


def deliverable_text(kind: str | None, count: int | None) -> str:
    """Write kind and count as the link does: "post-2", "-2" for two of each creator's usual kind."""
    return "" if kind is None and count in (None, 1) else f"{kind or ''}-{count or 1}"


def parse_line_deliverable(text: str) -> tuple[str | None, int | None]:
    """Read "post-2". Raises BriefError."""
    if not text.strip():
        return None, None
    kind, _dash, count = text.rpartition("-")
    number = parse_count(count, MOST_COUNT)
    if not number:
        sentence = _("Deliverable {text!r} is not understood. Write kind and count up to 1000, like post-2.")
        raise BriefError(sentence.format(text=shortened(text)))
    return kind.strip() or None, number


def cost_text(cost: float | None, currency: str | None) -> str:
    """Write cost and currency as the link does: "500-EUR"; either may be left out."""
    return "" if cost is None and currency is None else f"{'' if cost is None else f'{cost:.12g}'}-{currency or ''}"


def parse_cost(text: str) -> tuple[float | None, str | None]:
    """Read "500-EUR". Raises BriefError."""
    amount, _dash, currency = text.strip().partition("-")
    try:
        cost = float(amount) if amount else None
    except ValueError:
        cost = -1.0
    is_code = len(currency) in (0, CURRENCY_LETTERS) and (not currency or (currency.isascii() and currency.isalpha()))
    if not is_code or (cost is not None and not 0 <= cost < MOST_COST):
        raise BriefError(
            _("Cost {text!r} is not understood. Write an amount and a currency, like 500-EUR.").format(
                text=shortened(text)
            )
        )
    return cost, currency.upper() or None


def targets_text(targets: Mapping[str, float]) -> str:
    """Write targets as the link does: "clicks-500,return_on_ad_spend-2"."""
    return ",".join(f"{metric}-{value:.12g}" for metric, value in targets.items())


def parse_targets(text: str) -> tuple[tuple[str, float], ...]:
    """Read "clicks-500,roas-2", each metric once. Raises BriefError."""
    found = [parse_target(part.strip().replace("-", "=", 1)) for part in text.split(",") if part.strip()]
    return tuple(dict(found).items())


def read_line(link: Mapping[str, str]) -> tuple[RequestedLine, list[str]]:
    """Turn the link's three texts into a line; what is not understood falls back and is said in a sentence each."""
    problems: list[str] = []

    def read(name: str, parse: Callable[[str], Value]) -> Value:
        try:
            return parse(link[name])
        except BriefError as error:
            problems.append(_("{error} The forecast is shown without it.").format(error=error))
            return parse("")

    kind, count = read("deliverable", parse_line_deliverable)
    cost, currency = read("cost", parse_cost)
    targets = read("target", parse_targets)
    return RequestedLine(kind, count, cost, currency, targets), problems

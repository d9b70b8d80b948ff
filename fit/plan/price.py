"""Say what a creator may cost: the fee that breaks even, the fee that is safe, and a deal of base fee and commission.

Profit is what the outcome is worth less the fee. Break-even: expected profit is nothing. Safe: no loss in 8 of 10
futures. A commission moves risk: the creator is paid the same on average, the brand loses less when little is sold.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import polars as pl

from fit.ask import Ask
from fit.brief import Goal
from fit.forecast import (
    BRIEF_COLUMNS,
    StoredBasis,
    draw,
    exact_means,
    inputs_of,
    known_of,
    rate_between,
    read_fits,
    read_stored,
    usual_currency,
    usual_log_costs,
)
from fit.model import UNNAMED, VIEWS
from fit.plan.candidates import PlanRefused
from fit.shortlist import OUTCOME_METRIC
from fit.text import words

SAFE = 0.8  # the chance of no loss that a safe fee has
THOUSAND = 1_000.0


class WorthBasis(StrEnum):
    """Where the worth of an outcome comes from."""

    ORDER_MARGIN = "order margin"
    REVENUE_PER_ORDER = "revenue per order"
    PER_THOUSAND = "worth of 1,000 people"
    MARKET_PRICE = "market price of 1,000 people"


@dataclass(frozen=True)
class PriceRequest:
    """What is to be priced. markets: codes. deliverable: kind (None: the creator's standard one) and count.

    order_margin: what a purchase is worth; per_thousand: what reaching 1,000 people in the markets is worth; both above
    0, None where not said. commission: part of the order value, 0 to 1, None for no deal.
    """

    creator_id: str
    markets: tuple[str, ...]
    goal: str
    deliverable: tuple[str | None, int] = (None, 1)
    order_margin: float | None = None
    per_thousand: float | None = None
    commission: float | None = None


@dataclass(frozen=True)
class Deal:
    """A base fee and a commission with the same expected pay as the flat fee. Amounts of money; chances 0 to 1."""

    base: float
    commission: float
    creator_p10: float
    creator_mean: float
    creator_p90: float
    p_loss_flat: float
    p_loss_deal: float


@dataclass(frozen=True)
class Price:
    """What a creator may cost. Amounts are in the currency (None where amounts name none), None where not known."""

    break_even: float
    safe: float
    market_price: float | None
    asking_price: float | None
    currency: str | None
    worth_basis: WorthBasis
    p_profit_at_asking: float | None
    deal: Deal | None
    because: str

    def as_json(self) -> dict[str, object]:
        """The document of `price --json`."""
        return vars(self) | {"deal": None if self.deal is None else vars(self.deal)}


def price_of(ask: Ask, asked: PriceRequest) -> Price:
    """Price one line. Raises PlanRefused where its outcome or its worth cannot be known, or a deal cannot be made."""
    stored = read_stored(ask, [asked.creator_id])
    currency = usual_currency(stored)
    kind, count = asked.deliverable
    standard = stored.payoff_parts["deliverable"].item()
    cells = {
        "creator_id": asked.creator_id,
        "market": "+".join(asked.markets),
        "deliverable": kind or standard,
        "count_deliverables": count,
        "currency": currency,
    }
    line = pl.DataFrame([{name: cells.get(name) for name in BRIEF_COLUMNS}], schema=BRIEF_COLUMNS)
    terms = inputs_of(line, stored)
    if np.isnan(terms.impressions[0, 0]):
        raise PlanRefused(
            f"No number of followers of {asked.creator_id!r} is loaded, so nobody can say what it brings. "
            "Load a profile with it."
        )
    futures = draw(terms)
    metric = OUTCOME_METRIC[asked.goal]
    outcomes, exact = futures[metric][0], float(exact_means(terms)[metric][0])
    mean = float(outcomes.mean()) if np.isnan(exact) else exact
    known = known_of(line, stored)
    worth, basis = _worth(asked, stored, known, currency)
    usual = float(np.exp(usual_log_costs(known, stored, read_fits(stored)[VIEWS])[0]))
    market_price = None if np.isnan(usual) else usual
    asking = _asking_price(ask, stored, currency, count) if (kind or standard) == standard else None
    money = None if currency == UNNAMED else currency
    safe = safe_fee(outcomes, worth)
    at_asking = None if asking is None else float((worth * outcomes >= asking).mean())
    deal = None
    if asked.commission is not None:
        fee = asking if asking is not None else market_price
        order = _order_value(stored, currency)
        purchases = futures[OUTCOME_METRIC[Goal.CONVERSION.value]][0]
        expected = float(terms.expected_purchases[0])
        deal = _deal(asked.commission, fee, order, expected, purchases, worth * outcomes, money)
    break_even, safe = round(worth * mean, 2), round(safe, 2)
    market_price, asking = (None if one is None else round(one, 2) for one in (market_price, asking))
    because = _because(break_even, safe, market_price, asking, at_asking, money)
    return Price(break_even, safe, market_price, asking, money, basis, at_asking, deal, because)


def safe_fee(outcomes: np.ndarray, worth: float) -> float:
    """The fee whose chance of no loss comes nearest to 8 in 10; of two as near the safer one.

    outcomes: drawn counts (draws,). worth: of one. Futures are whole purchases, so the chance moves in steps: the fee
    is what one of the drawn counts is worth.

    >>> safe_fee(np.array([0, 1, 1, 2, 2, 3, 3, 3, 4, 9]), 20.0)
    20.0
    """
    counts = np.unique(np.append(outcomes, 0.0))
    chances = 1 - np.searchsorted(np.sort(outcomes), counts, side="left") / len(outcomes)
    gaps = np.round(np.abs(chances - SAFE), 12)
    return worth * float(counts[np.lexsort((-chances, gaps))[0]])


def _worth(
    asked: PriceRequest, stored: StoredBasis, known: pl.DataFrame, currency: str | None
) -> tuple[float, WorthBasis]:
    """What one purchase, or one person reached, is worth."""
    if asked.goal == Goal.CONVERSION:
        if asked.order_margin is not None:
            return asked.order_margin, WorthBasis.ORDER_MARGIN
        order = _order_value(stored, currency)
        if order is None:
            raise PlanRefused(
                "No campaign reported revenue together with purchases, so nobody knows what a purchase is worth. "
                "Say it: --order-margin 20."
            )
        return order, WorthBasis.REVENUE_PER_ORDER
    if asked.per_thousand is not None:
        return asked.per_thousand / THOUSAND, WorthBasis.PER_THOUSAND
    prices = stored.market_prices.filter(pl.col("currency").eq_missing(pl.lit(currency)))["cost_per_impression"]
    if prices.is_empty():
        raise PlanRefused(
            "No campaign reported what it cost, so nobody knows the market's price for reaching people. "
            "Say what 1,000 people are worth: --per-thousand 15."
        )
    frequency = float(np.exp(known["pair_frequency"][0]))
    return prices[0] * frequency / stored.facts["typical_in_market_share"], WorthBasis.MARKET_PRICE


def _order_value(stored: StoredBasis, currency: str | None) -> float | None:
    """Mean revenue of an order in the currency; None where none was reported."""
    rows = stored.order_values.filter(pl.col("currency").eq_missing(pl.lit(currency)))
    return float(np.exp(rows["log_mean"][0] + rows["log_sd"][0] ** 2 / 2)) if rows.height else None


def _asking_price(ask: Ask, stored: StoredBasis, currency: str | None, count: int) -> float | None:
    """What the creator asks for so many standard deliverables; None where it asks nothing, or no rate is known."""
    price, named = stored.creators.select("asking_price", "currency").row(0)
    if not price:
        return None
    rate, _ = rate_between(named or str(currency), currency, ask("rates"))
    return None if np.isnan(rate) else float(price) * rate * count


def _deal(
    commission: float,
    fee: float | None,
    order: float | None,
    expected: float,
    purchases: np.ndarray,
    worth: np.ndarray,
    money: str | None,
) -> Deal:
    """Base fee and commission that pay the fee on average. worth: of each future's outcome (draws,)."""
    if fee is None:
        raise PlanRefused("Neither an asking price nor a market price is known, so no deal can match it.")
    if order is None:
        raise PlanRefused("No campaign reported revenue together with purchases, so a commission has no order value.")
    each = commission * order
    base = fee - each * expected
    if base < 0:
        most = np.floor(1_000 * fee / (order * expected)) / 10
        raise PlanRefused(
            f"A commission of {words.percent(commission)} alone pays {words.amount(each * expected, money)} on "
            f"average, more than the fee of {words.amount(fee, money)}. Choose at most {most:g} %."
        )
    pay = base + each * purchases
    low, high = (float(value) for value in np.quantile(pay, (0.1, 0.9)))
    return Deal(
        base=round(base, 2),
        commission=commission,
        creator_p10=round(low, 2),
        creator_mean=round(fee, 2),
        creator_p90=round(high, 2),
        p_loss_flat=float((worth < fee).mean()),
        p_loss_deal=float((worth < pay).mean()),
    )


def _because(
    break_even: float,
    safe: float,
    market: float | None,
    asking: float | None,
    at_asking: float | None,
    money: str | None,
) -> str:
    """One sentence for the negotiation."""
    even, sure = words.amount(break_even, money), words.amount(safe, money)
    if asking is None or at_asking is None:
        usual = "" if market is None else f" The market price is {words.amount(market, money)}."
        return f"Offer {sure}, which makes no loss in 8 of 10 futures, and at most {even}, where you break even.{usual}"
    wants, chance = words.amount(asking, money), words.frequency(at_asking)
    if asking <= safe:
        return f"Accept the asking price of {wants}: no loss in {chance} futures, and up to {sure} would be safe."
    if asking <= break_even:
        return f"Offer {sure}: the asking price of {wants} pays off on average, but in only {chance} futures."
    return f"Offer {sure} and at most {even}: at the asking price of {wants} you lose money on average."

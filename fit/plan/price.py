"""Say what a creator may cost: the fee that breaks even, the fee that is safe, and a deal of base fee and commission.

Profit is what the outcome is worth less the fee. Break-even: expected profit is nothing. Safe: no loss in 8 of 10
futures. A commission moves risk: the creator is paid the same on average, the brand loses less when little is sold.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import polars as pl

from fit.ask import Ask
from fit.brief import Goal
from fit.forecast import (
    BRIEF_COLUMNS,
    StoredBasis,
    correction_of,
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
from fit.locale import _
from fit.model import UNNAMED, VIEWS
from fit.plan.candidates import PlanRefused
from fit.shortlist import OUTCOME_METRIC
from fit.text import words

SAFE = 0.8  # the chance of no loss that a safe fee has
THOUSAND = 1_000.0
CENT = 0.01  # a planned fee that differs from the asking price by less is that price


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
    0, None where not said. commission: part of the order value, 0 to 1, None for no deal. fee: the flat fee that is
    planned, None where only the asking price is known. currency: of all amounts, None for the store's usual one.
    """

    creator_id: str
    markets: tuple[str, ...]
    goal: str
    deliverable: tuple[str | None, int] = (None, 1)
    order_margin: float | None = None
    per_thousand: float | None = None
    commission: float | None = None
    fee: float | None = None
    currency: str | None = None


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
    """What a creator may cost. Amounts are in the currency (None where amounts name none), None where not known.

    fee: the flat fee that is planned, None where none is or where it is the asking price.
    """

    break_even: float
    safe: float
    market_price: float | None
    asking_price: float | None
    currency: str | None
    worth_basis: WorthBasis
    p_profit_at_asking: float | None
    deal: Deal | None
    because: str
    fee: float | None = None

    def as_json(self) -> dict[str, object]:
        """The document of `price --json`; a planned fee is part of it where there is one."""
        plain = vars(self) | {"deal": None if self.deal is None else vars(self.deal)}
        return plain if self.fee is not None else {name: value for name, value in plain.items() if name != "fee"}


def price_of(ask: Ask, request: PriceRequest) -> Price:
    """Price one line. Raises PlanRefused where its outcome or its worth cannot be known, or a deal cannot be made."""
    stored = read_stored(ask, [request.creator_id])
    kind, count = request.deliverable
    cells = {
        "creator_id": request.creator_id,
        "market": "+".join(request.markets),
        "deliverable": kind or stored.payoff_parts["deliverable"].item(),
        "count_deliverables": count,
        "currency": usual_currency(stored),
    }
    line = pl.DataFrame([{name: cells.get(name) for name in BRIEF_COLUMNS}], schema=BRIEF_COLUMNS)
    inputs = inputs_of(line, stored)
    if np.isnan(inputs.impressions[0, 0]):
        raise PlanRefused(
            f"No number of followers of {request.creator_id!r} is loaded, so nobody can say what it brings. "
            "Load a profile with it."
        )
    futures = {metric: values[0] for metric, values in draw(inputs).items()}
    exact = {metric: float(values[0]) for metric, values in exact_means(inputs).items()}
    return price_of_lines(ask, request, line, futures, exact)


def price_of_lines(
    ask: Ask,
    request: PriceRequest,
    lines: pl.DataFrame,
    futures: Mapping[str, np.ndarray],
    exact: Mapping[str, float],
) -> Price:
    """Price lines of one creator together, whatever the request's deliverable says.

    lines: BRIEF_COLUMNS, with kind. futures: of all lines together, metric to (draws,). exact: means known without
    drawing, by metric. Raises PlanRefused as price_of does, and where no rate gives the store's prices in the currency.
    """
    stored = read_stored(ask, [request.creator_id])
    usual_money = usual_currency(stored)
    rate, money = _rate(ask, usual_money, request.currency)
    metric, sales = OUTCOME_METRIC[request.goal], OUTCOME_METRIC[Goal.CONVERSION.value]
    means = {name: _mean(name, futures, exact) for name in (metric, sales)}
    outcomes = futures[metric]
    known = known_of(lines.with_columns(currency=pl.lit(usual_money, pl.String)), stored)
    worth, basis = _worth(request, stored, known, usual_money, rate)
    usual = rate * float(np.exp(usual_log_costs(known, stored, read_fits(stored)[VIEWS])).sum())
    market_price = None if np.isnan(usual) else usual
    is_standard = set(known["deliverable"]) == {stored.payoff_parts["deliverable"].item()}
    count = int(known["count_deliverables"].fill_null(1).sum())
    asking = _asking_price(ask, stored, usual_money, count) if is_standard else None
    asking = None if asking is None else rate * asking
    fee = request.fee or None
    fee = None if fee is not None and asking is not None and abs(fee - asking) < CENT else fee
    flat = next((amount for amount in (fee, asking, market_price) if amount is not None), None)
    at_asking = None if asking is None else float((worth * outcomes >= asking).mean())
    deal = None
    if request.commission is not None:
        order = _order_value(stored, usual_money)
        order = None if order is None else rate * order
        deal = _deal(request.commission, flat, order, means[sales], futures[sales], worth * outcomes, money)
    break_even, safe = round(worth * means[metric], 2), round(safe_fee(outcomes, worth), 2)
    market_price, asking, fee = (None if amount is None else round(amount, 2) for amount in (market_price, asking, fee))
    if fee is not None:
        because = _about_fee(break_even, safe, fee, float((worth * outcomes >= fee).mean()), money)
    else:
        because = _because(break_even, safe, market_price, asking, at_asking, money)
    corrected = correction_of(stored.facts, metric)
    because = f"{because} {corrected}".rstrip()
    return Price(break_even, safe, market_price, asking, money, basis, at_asking, deal, because, fee)


def _mean(metric: str, futures: Mapping[str, np.ndarray], exact: Mapping[str, float]) -> float:
    known = exact.get(metric, np.nan)
    return float(futures[metric].mean()) if np.isnan(known) else known


def _rate(ask: Ask, usual: str | None, wanted: str | None) -> tuple[float, str | None]:
    """What one unit of the store's usual currency is worth in the wanted one, and that as people see it."""
    if wanted is None or usual is None or wanted == usual:
        shown = wanted or usual
        return 1.0, None if shown == UNNAMED else shown
    if usual == UNNAMED:
        raise PlanRefused(
            _(
                "Your prices have no currency, so they cannot be compared with amounts in {wanted}. Load the "
                "prices with their currency."
            ).format(wanted=wanted)
        )
    rate, _note = rate_between(usual, wanted, ask("rates"))
    if np.isnan(rate):
        raise PlanRefused(
            _(
                "Prices are in {usual}, and no rate to {wanted} is known. Load a rates.csv with one, or use {usual}."
            ).format(usual=usual, wanted=wanted)
        )
    return rate, wanted


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
    request: PriceRequest, stored: StoredBasis, known: pl.DataFrame, currency: str | None, rate: float
) -> tuple[float, WorthBasis]:
    """What one purchase, or one person reached, is worth. currency: of the store; rate: of it in the asked one."""
    if request.goal == Goal.CONVERSION:
        if request.order_margin is not None:
            return request.order_margin, WorthBasis.ORDER_MARGIN
        order = _order_value(stored, currency)
        if order is None:
            raise PlanRefused(
                "No campaign reported revenue together with purchases, so the worth of a purchase is unknown. "
                "Say your margin per purchase."
            )
        return rate * order, WorthBasis.REVENUE_PER_ORDER
    if request.per_thousand is not None:
        return request.per_thousand / THOUSAND, WorthBasis.PER_THOUSAND
    prices = stored.market_prices.filter(pl.col("currency").eq_missing(pl.lit(currency)))["cost_per_impression"]
    if prices.is_empty():
        raise PlanRefused(
            "No campaign reported what it cost, so the usual price of reaching people is unknown. "
            "Name what reaching 1,000 people is worth (--per-thousand 15)."
        )
    frequency = float(np.exp(known["pair_frequency"].to_numpy().mean()))
    return rate * prices[0] * frequency / stored.facts["typical_in_market_share"], WorthBasis.MARKET_PRICE


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
    if round(safe) == 0 and asking != 0:
        return _about_no_safe_fee(break_even, asking, money)
    if asking is None or at_asking is None:
        text = _("Offer {safe}, which pays off 8 times in 10, and at most {even}, where you break even.")
        usual = "" if market is None else _(" The usual price is {amount}.").format(amount=words.amount(market, money))
        return text.format(safe=sure, even=even) + usual
    if asking <= safe:
        text = _(
            "Accept the asking price of {fee}: the chance that it pays off is {chance}, and up to {safe} would be safe."
        )
    elif asking <= break_even:
        text = _(
            "Offer {safe}: the asking price of {fee} pays off on average, but the chance that it does is only {chance}."
        )
    else:
        text = _("Offer {safe} and at most {even}: at the asking price of {fee} you lose money on average.")
    return text.format(fee=words.amount(asking, money), chance=words.frequency(at_asking), safe=sure, even=even)


def _about_no_safe_fee(break_even: float, asking: float | None, money: str | None) -> str:
    """One sentence where no fee pays off 8 times in 10, for nothing at all comes too often."""
    even = words.amount(break_even, money)
    if round(break_even) == 0:
        return _("No fee pays off: hardly anything is expected here.")
    text = _(
        "No fee is safe here: too often it brings nothing. Pay by commission, or at most {even}, where you break even."
    )
    if asking is not None and asking > break_even:
        text = _("No fee is safe here, and the asking price of {fee} is above {even}, where you break even.")
    return text.format(even=even, fee=words.amount(asking, money))


def _about_fee(break_even: float, safe: float, fee: float, at_fee: float, money: str | None) -> str:
    """One sentence for the negotiation where a flat fee is planned."""
    if round(safe) == 0:
        return _about_no_safe_fee(break_even, None, money)
    if fee <= safe:
        text = _("The fee of {fee} is safe: the chance that it pays off is {chance}, and up to {safe} would be safe.")
    elif fee <= break_even:
        text = _("Offer {safe}: the fee of {fee} pays off on average, but the chance that it does is only {chance}.")
    else:
        text = _("Offer {safe} and at most {even}: with the fee of {fee} you lose money on average.")
    return text.format(
        fee=words.amount(fee, money), chance=words.frequency(at_fee), safe=words.amount(safe, money),
        even=words.amount(break_even, money),
    )  # fmt: skip

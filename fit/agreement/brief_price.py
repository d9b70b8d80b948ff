"""Say in the brand's brief what the deliverables may cost; the creator's brief never has it."""

from dataclasses import dataclass

from fit.agreement.agreement import BRAND_ONLY, Agreement
from fit.agreement.frozen_forecast import FrozenForecast, lines_of_kinds
from fit.ask import Ask
from fit.locale import _
from fit.plan import PlanRefused, Price, PriceRequest, deal_rows, offers, price_marks, price_of_lines, worth_words
from fit.text import MarkedLine, Place, Table, Text, Tone, words

USUAL_COMMISSION = 0.1  # an example until the brief names one: about what affiliate programmes pay
# Of an agreement, what its price depends on beside its forecast.
PRICE_FIELDS = BRAND_ONLY
Block = Text | Table | MarkedLine


@dataclass(frozen=True)
class BriefPrice:
    """What the deliverables of an agreement may cost together.

    price: None where it cannot be known, and refusal says why. is_example: the deal's commission is the usual one, for
    the agreement names none. no_deal: why there is no deal.
    """

    price: Price | None
    refusal: str | None = None
    is_example: bool = False
    no_deal: str | None = None


def brief_price(ask: Ask, agreement: Agreement, frozen: FrozenForecast | None) -> BriefPrice:
    """Price all deliverables of an agreement by its own forecast."""
    if frozen is None:
        return BriefPrice(None, _("No forecast without a number of followers. Load a profile."))
    lines = lines_of_kinds(agreement, frozen.deliverables)
    # What several deliverables reach together has to be drawn.
    summary = {name: one["mean"] for name, one in frozen.summary.items() if len(lines) == 1 or "reach" not in name}
    exact = {name: mean for name, mean in summary.items() if mean is not None}

    def priced(commission: float | None) -> Price:
        request = PriceRequest(
            agreement.creator, tuple(code for code, _weight in agreement.markets), agreement.goal,
            order_margin=agreement.order_margin, per_thousand=agreement.per_thousand, commission=commission,
            fee=agreement.cost, currency=agreement.currency,
        )  # fmt: skip
        return price_of_lines(ask, request, lines, frozen.drawn, exact)

    is_example = agreement.commission is None
    try:
        flat = priced(None)
    except PlanRefused as error:
        return BriefPrice(None, str(error))
    try:
        return BriefPrice(priced(agreement.commission or USUAL_COMMISSION), is_example=is_example)
    except PlanRefused as error:
        return BriefPrice(flat, is_example=is_example, no_deal=str(error))


def price_blocks(found: BriefPrice) -> tuple[Block, ...]:
    """The advice, every price on one line and in a table, and the deal beside the flat fee."""
    price = found.price
    if price is None:
        return (Text(found.refusal or ""),)
    marks = price_marks(price)
    named = [(*mark, False) for mark in marks]
    named += [(_("asking price"), price.asking_price, True)] if price.asking_price is not None else []
    named = sorted(named, key=lambda mark: mark[1])
    amounts = [(name, words.amount(amount, price.currency)) for name, amount, _hollow in named]
    end = 1.1 * max(amount for _name, amount, _hollow in named) or 1.0
    places = tuple(
        Place(amount / end, f"{name}: {text}", is_hollow=is_hollow)
        for (name, text), (_name, amount, is_hollow) in zip(amounts, named, strict=True)
    )
    alt = words.listing([f"{name} {text}" for name, text in amounts])
    return (
        Text(price.because),
        MarkedLine(places, f"{words.capitalized(alt)}."),
        Table((_("Price"), _("Amount")), tuple((words.capitalized(name), text) for name, text in amounts)),
        Text(worth_words(price.worth_basis), Tone.QUIET),
        *_deal(found, price),
    )


def _deal(found: BriefPrice, price: Price) -> tuple[Block, ...]:
    if price.deal is None:
        return (Text(found.no_deal),) if found.no_deal else ()
    rows = tuple(deal_rows(price.deal, price.currency))
    return (Table(offers(), rows), *([Text(example_words(), Tone.QUIET)] if found.is_example else []))


def example_words() -> str:
    """That the commission is an example."""
    text = _("The commission of {part} is an example: the brief names none.")
    return text.format(part=words.percent(USUAL_COMMISSION))


def price_json(found: BriefPrice) -> dict[str, object]:
    """The price as `price --json` says it, or why there is none."""
    if found.price is None:
        return {"refused": found.refusal}
    return found.price.as_json() | {"is_example_commission": found.is_example}

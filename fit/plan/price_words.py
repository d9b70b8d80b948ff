"""Say a price in words: what its worth rests on, its marks on one line, the flat fee beside the deal."""

from fit.locale import _, phrase
from fit.plan.price import Deal, Price, WorthBasis
from fit.text import words

WORTH = {
    WorthBasis.ORDER_MARGIN: phrase("your margin per purchase"),
    WorthBasis.REVENUE_PER_ORDER: phrase("revenue per order of your campaigns: with a margin the price is lower"),
    WorthBasis.PER_THOUSAND: phrase("what 1,000 people are worth to you"),
    WorthBasis.MARKET_PRICE: phrase("what reaching 1,000 people in a market usually costs"),
}


def worth_words(basis: WorthBasis) -> str:
    """What the prices rest on, in a sentence."""
    text = _("Break-even: no profit on average. Safe: pays off 8 times in 10. Based on {basis}.")
    return text.format(basis=_(WORTH[basis]))


def price_marks(price: Price) -> list[tuple[str, float]]:
    """Every price but the asking price: what it is called, and the amount."""
    marks = [(_("safe"), price.safe), (_("break-even"), price.break_even)]
    marks += [(_("usual price"), price.market_price)] if price.market_price is not None else []
    return marks + ([(_("fee"), price.fee)] if price.fee is not None else [])


def offers() -> tuple[str, str, str]:
    """The headings of deal_rows()."""
    return _("Offer"), _("Pay of the creator"), _("Chance of a loss for you")


def deal_rows(deal: Deal, currency: str | None) -> list[tuple[str, str, str]]:
    """The flat fee, then the deal with the same expected pay: offer, pay of the creator, chance of a loss."""
    pay = words.between(words.about(deal.creator_p10), words.amount(deal.creator_p90, currency))
    base, part = words.amount(deal.base, currency), words.percent(deal.commission)
    return [
        (_("flat fee"), words.amount(deal.creator_mean, currency), words.chance(deal.p_loss_flat)),
        (_("{base} and {part} of sales").format(base=base, part=part), pay, words.chance(deal.p_loss_deal)),
    ]

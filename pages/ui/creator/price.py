"""Say what a creator may cost: four prices on one line, a sentence for the negotiation, a deal beside the flat fee."""

from __future__ import annotations

import polars as pl
import streamlit as st

from fit import charts
from fit.brief import Goal
from fit.locale import _, phrase
from fit.plan import Deal, PlanRefused, Price, PriceRequest, WorthBasis
from fit.shortlist import Candidate
from fit.text import literal, words
from pages.ui import blocks, store_access
from pages.ui.brief_sidebar import PageState

MOST_WORTH = 1e9
WORTH = {
    WorthBasis.ORDER_MARGIN: phrase("your margin per purchase"),
    WorthBasis.REVENUE_PER_ORDER: phrase("revenue per order of your campaigns: with a margin the price is lower"),
    WorthBasis.PER_THOUSAND: phrase("what 1,000 people are worth to you"),
    WorthBasis.MARKET_PRICE: phrase("what reaching 1,000 people in a market usually costs"),
}


def what_it_may_cost(creator: Candidate, state: PageState) -> None:
    """The prices of the line that the page forecasts, for what a purchase or 1,000 people are worth."""
    st.header(_("What may it cost?"), anchor=False)
    is_sales = state.brief.goal == Goal.CONVERSION
    with st.container(horizontal=True, vertical_alignment="bottom"):
        worth = st.number_input(
            _("Margin per purchase") if is_sales else _("Worth of 1,000 people"), 0.0, MOST_WORTH, value=None, step=1.0,
            format="%.12g", key="worth", bind="query-params", width=220, placeholder=_("not stated"),
            help=_("What one purchase leaves you after costs") if is_sales else None,
        )  # fmt: skip
        part = st.number_input(
            _("Commission, in percent"), 0, 100, value=None, key="commission", bind="query-params", width=220,
            placeholder=_("no deal"), help=_("Part of the order value; shows a deal beside the flat fee"),
        )  # fmt: skip
    asked = PriceRequest(
        creator.creator_id,
        tuple(code for code, _weight in state.brief.markets),
        state.brief.goal,
        (state.line.deliverable, state.line.count or 1),
        order_margin=worth if is_sales and worth else None,
        per_thousand=worth if not is_sales and worth else None,
        commission=part / 100 if part else None,
    )
    try:
        price = store_access.priced(asked)
    except PlanRefused as error:
        st.info(literal(error), icon=":material/info:")
        return
    _prices(price, state)
    if price.deal is not None:
        _deal(price.deal, price.currency)


def _prices(price: Price, state: PageState) -> None:
    marks = [(_("safe"), price.safe), (_("break-even"), price.break_even)]
    marks += [(_("usual price"), price.market_price)] if price.market_price is not None else []
    chart = charts.price_line(marks, price.asking_price, price.currency, price.because.rstrip("."), dark=state.dark)
    blocks.show(chart, "price_line")
    basis = _("Break-even: expected profit of zero. Safe: no loss in 8 of 10 futures. Worth: {basis}.")
    st.caption(literal(basis.format(basis=_(WORTH[price.worth_basis]))))


def _deal(deal: Deal, currency: str | None) -> None:
    """A base fee and a commission beside the flat fee, with the same expected pay for the creator."""
    st.subheader(_("A deal of base fee and commission"), anchor=False)
    pay = words.between(words.about(deal.creator_p10), words.amount(deal.creator_p90, currency))
    rows = [
        {
            "offer": _("flat fee"),
            "pay": words.amount(deal.creator_mean, currency),
            "loss": words.chance(deal.p_loss_flat),
        },
        {
            "offer": _("{base} and {part} of sales").format(
                base=words.amount(deal.base, currency), part=words.percent(deal.commission)
            ),
            "pay": pay,
            "loss": words.chance(deal.p_loss_deal),
        },
    ]
    labels = {"offer": _("Offer"), "pay": _("Pay of the creator"), "loss": _("Chance of a loss for you")}
    blocks.table(
        pl.DataFrame(rows),
        _("The flat fee and the deal: what the creator gets, and how likely the brand loses"),
        labels,
    )

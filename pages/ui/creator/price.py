"""Say what a creator may cost: four prices on one line, a sentence for the negotiation, a deal beside the flat fee."""

from __future__ import annotations

import polars as pl
import streamlit as st

from fit import charts
from fit.brief import Goal
from fit.locale import _
from fit.plan import Deal, PlanRefused, Price, PriceRequest, deal_rows, offers, price_marks, worth_words
from fit.shortlist import Candidate
from fit.text import literal
from pages.ui import blocks, store_access
from pages.ui.view_link import PageState

MOST_WORTH = 1e9


def request(creator: Candidate, state: PageState) -> PriceRequest:
    """Ask what a purchase or 1,000 people are worth to the brand, for the line that the page forecasts."""
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
    return PriceRequest(
        creator.creator_id,
        tuple(code for code, _weight in state.brief.markets),
        state.brief.goal,
        (state.line.deliverable, state.line.count or 1),
        order_margin=worth if is_sales and worth else None,
        per_thousand=worth if not is_sales and worth else None,
        commission=part / 100 if part else None,
    )


def what_it_may_cost(asked: PriceRequest, state: PageState) -> None:
    """The prices that follow from it, or why there are none."""
    try:
        price = store_access.priced(asked)
    except PlanRefused as error:
        st.info(literal(error), icon=":material/info:")
        return
    prices(price, dark=state.dark)
    if price.deal is not None:
        st.subheader(_("A deal of base fee and commission"), anchor=False)
        deal(price.deal, price.currency)


def prices(price: Price, *, dark: bool) -> None:
    """Every price on one line, titled by the sentence for the negotiation."""
    chart = charts.price_line(
        price_marks(price), price.asking_price, price.currency, price.because.rstrip("."), dark=dark
    )
    blocks.show(chart, "price_line")
    st.caption(literal(worth_words(price.worth_basis)))


def deal(offered: Deal, currency: str | None) -> None:
    """A base fee and a commission beside the flat fee, with the same expected pay for the creator."""
    names = ("offer", "pay", "loss")
    blocks.table(
        pl.DataFrame(deal_rows(offered, currency), schema=names, orient="row"),
        _("The flat fee and the deal: what the creator gets, and how likely the brand loses"),
        dict(zip(names, offers(), strict=True)),
    )

"""Draw what a plan books, and what it brings together."""

from __future__ import annotations

import polars as pl
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from fit import charts
from fit.brief import Brief
from fit.locale import _
from fit.plan import BookedLine, Plan
from fit.shortlist import GROUP_LABELS, PRICE_BASES, Group
from fit.story import MOST_CREATORS
from fit.text import literal, words
from pages.ui import blocks
from pages.ui.plan import drafts
from pages.ui.view_link import tick

MOST_DRAWN = 20  # rows of the picture


def booked(plan: Plan, *, dark: bool) -> None:
    """The total in figures, a row a booked line, and a picture of both."""
    total, currency = plan.total, plan.candidates.currency
    is_sales = total.metric == "in_market_conversions"
    each = plan.price / total.mean * (1 if is_sales else 1000) if total.mean else None
    with st.container(horizontal=True):
        st.metric(_("Creators"), len({booking.line.creator_id for booking in plan.booked}), border=True)
        st.metric(_("Spent"), words.price(plan.price, currency), border=True)
        name = _("Purchases in all") if is_sales else _("People reached in all")
        luck = _("Each creator may do better or worse than usual; if the usual results are off, all are off together.")
        expected = words.capitalized(words.expected(total.metric, total.mean))
        st.metric(name, expected, border=True, help=luck)
        st.metric(_("8 times in 10"), words.between(words.rounded(total.p10), words.rounded(total.p90)), border=True)
        price = words.unit_cost(each, currency) if each else "-"
        st.metric(_("Per purchase") if is_sales else _("Per 1,000"), price, border=True)
    for target in plan.targets:
        if target.p_hit is not None:
            st.markdown(
                literal(
                    _("{value} or more: {chance} likely.").format(
                        value=words.rounded(target.target), chance=words.bounded(target.p_hit)
                    )
                )
            )
    st.dataframe(
        pl.DataFrame([_row(booking, plan) for booking in plan.booked]).to_arrow(),
        hide_index=True,
        column_config=_columns(is_sales),
        alt=_("What to book: one row per creator with price, expected outcome and range"),
    )
    if any(booking.line.group not in (Group.BOOK, None) for booking in plan.booked):
        sentence = _(
            "The plan picks what brings most for the money, proven or not; Shortlist says who is proven. "
            "Leave anybody out under Limits."
        )
        st.caption(sentence)
    _picture(plan, dark)


def _picture(plan: Plan, dark: bool) -> None:
    """Each booked line and the total, for plans that have more than one line and few enough to draw."""
    if not 1 < len(plan.booked) <= MOST_DRAWN:
        return
    total = plan.total
    rows = [
        charts.OutcomeRow(booking.line.name, booking.line.mean or 0.0, booking.p10, booking.p90)
        for booking in plan.booked
    ]
    everyone = charts.OutcomeRow(_("Together"), total.mean, total.p10, total.p90)
    is_sales = total.metric == "in_market_conversions"
    title = _("Purchases by creator and together") if is_sales else _("People reached by creator and together")
    blocks.show(charts.plan_outcome(rows, everyone, title, dark=dark), "plan_outcome")


def whole(mean: float) -> float:
    """An expected count as the shortlist says it, whole; with one decimal below one."""
    return round(mean) if mean >= 1 else round(mean, 1)


def _row(booking: BookedLine, plan: Plan) -> dict[str, object]:
    line = booking.line
    is_sales = plan.total.metric == "in_market_conversions"
    cost, mean = line.price or 0.0, line.mean or 0.0
    return {
        "creator": line.name,
        "group": [_(GROUP_LABELS[line.group])] if line.group else [],
        "deliverable": f"{line.count} x {line.deliverable}",
        "cost": words.paid(cost),
        "part": 100 * cost / plan.budget,
        "expected": whole(mean),
        "range": words.between(words.rounded(booking.p10), words.rounded(booking.p90)),
        "each": float(f"{(cost / mean * (1 if is_sales else 1000)):.2g}") if mean else None,
        "basis": _(PRICE_BASES[line.cost_basis]) if line.cost_basis else "",
    }


def _columns(is_sales: bool) -> dict[str, ColumnConfig]:
    column = st.column_config
    return {
        "creator": column.TextColumn(_("Creator")),
        "group": column.MultiselectColumn(
            _("Shortlist"),
            options=[_(label) for label in GROUP_LABELS.values()],
            color=[blocks.GROUP_BADGES[group] for group in GROUP_LABELS],
            help=_("What the shortlist says to do."),
        ),
        "deliverable": column.TextColumn(_("Deliverable")),
        "cost": column.NumberColumn(_("Price"), format="localized"),
        "part": column.ProgressColumn(_("Part of budget"), format="%.0f %%", min_value=0, max_value=100),
        "expected": column.NumberColumn(_("Purchases") if is_sales else _("People reached"), format="localized"),
        "range": column.TextColumn(_("8 times in 10")),
        "each": column.NumberColumn(_("Per purchase") if is_sales else _("Per 1,000"), format="localized"),
        "basis": column.TextColumn(_("Price from")),
    }


def next_steps(plan: Plan, brief: Brief) -> None:
    """On to the deck and the briefs with the booked creators, or take the plan along as a file."""
    ids = tuple(dict.fromkeys(booking.line.creator_id for booking in plan.booked))
    with st.container(horizontal=True):
        if st.button(
            _("Present these creators"), key="plan_present", icon=":material/slideshow:", type="primary",
            on_click=tick, args=(ids[:MOST_CREATORS],),
        ):  # fmt: skip
            blocks.turn_to("present")
        drafts.start_button(plan, brief)
        blocks.download(_("Plan as CSV"), lambda: plan.as_table().write_csv().encode(), "plan.csv", "plan_csv")
        blocks.download(_("Briefs as CSV"), lambda: briefs_file(plan), "briefs.csv", "plan_briefs")
    if len(ids) > MOST_CREATORS:
        shown = _("A presentation shows up to {most} creators: the first {most} of the {booked} booked here.")
        st.caption(shown.format(most=MOST_CREATORS, booked=words.count(len(ids))))


def briefs_file(plan: Plan) -> bytes:
    """The booked lines as a briefs file, which `forecast --briefs` and `plan --briefs` read."""
    market = "+".join(plan.candidates.markets)
    rows = [
        {
            "creator_id": booking.line.creator_id,
            "market": market,
            "deliverable": booking.line.deliverable,
            "count_deliverables": booking.line.count,
            "cost": booking.line.cost,
            "currency": plan.candidates.currency,
        }
        for booking in plan.booked
    ]
    return pl.DataFrame(rows, schema_overrides={"currency": pl.String}).write_csv().encode()

"""Draw what surrounds a plan: who is left out and why, what each limit costs, the next best swap, tests worth money."""

from __future__ import annotations

import polars as pl
import streamlit as st

from fit.brief import Goal
from fit.locale import _, ngettext
from fit.plan import Plan, PlanLine
from fit.text import literal, words
from pages.ui import blocks
from pages.ui.plan.booking import whole

MOST_LEFT_OUT = 50
REASON_WIDTH = 560  # pixels: two names and two numbers


def fewer(goal: str, number: float) -> str:
    """ "3 purchases fewer", of what the goal counts."""
    sentence = ngettext("{count} person fewer", "{count} people fewer", round(number))
    if goal == Goal.CONVERSION:
        sentence = ngettext("{count} purchase fewer", "{count} purchases fewer", round(number))
    return sentence.format(count=words.rounded(number))


def _paid(cost: float | None) -> float | None:
    return None if cost is None else words.paid(cost)


def left_out(plan: Plan) -> None:
    """Who is not booked, in the order of what they bring for the money, with the reason."""
    if not plan.left_out:
        return
    st.subheader(_("Left out, and why"), anchor=False)
    rows = [
        (one.line.name, one.reason, _paid(one.line.price), None if one.line.mean is None else whole(one.line.mean))
        for one in plan.left_out[:MOST_LEFT_OUT]
    ]
    schema = {"creator": pl.String, "reason": pl.String, "cost": pl.Float64, "expected": pl.Float64}
    column = st.column_config
    st.dataframe(
        pl.DataFrame(rows, schema=schema, orient="row"),
        hide_index=True,
        column_config={
            "creator": column.TextColumn(_("Creator")),
            "reason": column.TextColumn(_("Reason"), width=REASON_WIDTH),
            "cost": column.NumberColumn(_("Price"), format="localized"),
            "expected": column.NumberColumn(_("Expected"), format="localized"),
        },
        placeholder=_("not known"),
        alt=_("Creators that are left out, with the reason"),
    )


def limits(plan: Plan) -> None:
    """What each limit costs of the expected outcome, and the best exchange of lines."""
    if plan.limits:
        st.subheader(_("What the limits cost"), anchor=False)
        sentences = [
            _("{limit}: {fewer}").format(
                limit=words.capitalized(one.limit), fewer=fewer(plan.candidates.goal, one.costs)
            )
            if round(one.costs) > 0
            else _("{limit}: costs nothing").format(limit=words.capitalized(one.limit))
            for one in plan.limits
        ]
        st.markdown(blocks.points(sentences), width=blocks.READING_WIDTH)
    swap = plan.next_swap
    if swap is not None:
        st.subheader(_("Next best plan"), anchor=False)
        change = abs(swap.change)
        sentence = (
            _("{joins} instead of {out}: {fewer}.") if round(change) else _("{joins} instead of {out}: just as good.")
        )
        sentence = sentence.format(
            joins=_names(swap.joins), out=_names(swap.out), fewer=fewer(plan.candidates.goal, change)
        )
        st.markdown(literal(sentence), width=blocks.READING_WIDTH)


def _names(lines: tuple[PlanLine, ...]) -> str:
    return words.listing([line.name for line in lines]) if lines else _("nobody")


def pilots(plan: Plan) -> None:
    """Tests of creators that are not proven yet, where one is worth its price."""
    worth = [pilot for pilot in plan.pilots if pilot.worth_it]
    if not plan.pilots:
        return
    st.subheader(_("Tests"), anchor=False)
    if not worth:
        st.markdown(_("No test of an unproven creator is worth its price for this plan."))
        return
    names = {line.creator_id: line.name for line in plan.candidates.lines}
    sentences = [
        _("{name}: a test for {cost} is worth about {gain} over a year, by what it brings and what you learn.").format(
            name=names[pilot.creator_id],
            cost=words.amount(pilot.cost, plan.candidates.currency),
            gain=words.amount(pilot.expected_gain, plan.candidates.currency),
        )
        for pilot in worth[:5]
    ]
    st.markdown(blocks.points(sentences), width=blocks.READING_WIDTH)

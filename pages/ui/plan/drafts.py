"""Start a partnership for every booked creator of a plan at one press, say which, and take them back again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st

from fit.agreement import Agreement, Deliverable, first_draft
from fit.brief import Brief
from fit.forecast import CostBasis, CreatorLine
from fit.locale import _
from fit.plan import BookedLine, Plan
from fit.text import literal, words
from pages.ui import blocks, decisions_access, store_access
from pages.ui.decisions_access import SavedDraft
from pages.ui.partnership import open_draft
from pages.ui.partnership.start import open_with_creator, start_each, take_back

STARTED = "plan_started"  # key of the session: what the last press of the button did


@dataclass(frozen=True)
class Started:
    """made: the drafts that were started; existing: names of partnerships that were there already."""

    made: tuple[SavedDraft, ...]
    existing: tuple[str, ...]


def start_button(plan: Plan, brief: Brief) -> None:
    """The button that starts them."""
    st.button(
        _("Start their briefs"), key="plan_start_briefs", icon=":material/assignment_add:", on_click=_start,
        args=(plan, brief), help=_("One partnership for each booked creator, with deliverables, price and goal"),
    )  # fmt: skip


def started() -> None:
    """What the last press did: every partnership with a button that opens it, and one that takes the new ones back."""
    open_draft.show_message()
    done: Started | None = st.session_state.get(STARTED)
    if done is None:
        return
    with st.container(border=True, key="plan_started_box"):
        if done.made:
            made = words.counted(len(done.made), "brief", "briefs")
            st.markdown("**" + _("Started {briefs}").format(briefs=made) + "**")
            _open_buttons([draft.name for draft in done.made])
            st.button(_("Undo"), key="plan_undo_briefs", icon=":material/undo:", type="tertiary", on_click=_undo)
        if done.existing:
            st.markdown(_("These exist already, and nothing was changed:"))
            _open_buttons(done.existing)


def _open_buttons(names: Sequence[str]) -> None:
    with st.container(horizontal=True, gap="small"):
        for name in names:
            if st.button(
                literal(decisions_access.title_of(name)), key=f"plan_open_{name}", icon=":material/description:",
                on_click=open_with_creator, args=(name,),
            ):  # fmt: skip
                blocks.turn_to("brief")


def drafts_of(plan: Plan, brief: Brief) -> list[Agreement]:
    """A first draft for each booked creator, in the plan's order: its lines, what they cost together, markets, goal."""
    lines: dict[str, list[BookedLine]] = {}
    for booking in plan.booked:
        lines.setdefault(booking.line.creator_id, []).append(booking)
    return [_draft(creator_id, of_creator, plan, brief) for creator_id, of_creator in lines.items()]


def _draft(creator_id: str, booked: list[BookedLine], plan: Plan, brief: Brief) -> Agreement:
    first, market = booked[0].line, "+".join(code for code, _weight in brief.markets)
    cost = words.paid(sum(booking.line.price or 0.0 for booking in booked))
    line = CreatorLine(
        creator_id, market, first.deliverable, first.count, cost, plan.candidates.currency, CostBasis.ASKED
    )
    draft = first_draft(brief, line, store_access.profile(creator_id), {})
    return replace(
        draft, deliverables=tuple(Deliverable(booking.line.deliverable, booking.line.count) for booking in booked)
    )


def _start(plan: Plan, brief: Brief) -> None:
    names = {booking.line.creator_id: booking.line.name for booking in plan.booked}
    wanted = [
        (_("{creator} in {markets}").format(creator=names[draft.creator], markets=brief.words), draft)
        for draft in drafts_of(plan, brief)
    ]
    st.session_state[STARTED] = Started(*start_each(wanted))


def _undo() -> None:
    done: Started = st.session_state.pop(STARTED)
    if left := take_back(done.made):
        st.session_state[STARTED] = Started(left, ())

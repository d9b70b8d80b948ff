"""Keep in sight whom the reader has chosen, and what can be done with them."""

import streamlit as st

from fit.locale import _
from fit.story import MOST_COMPARED, MOST_CREATORS
from fit.text import literal, words
from pages.ui import blocks, store_access
from pages.ui.view_link import PageState, tick

MOST_NAMED = 3
# Only names that this page gives to its own containers.
LOW = """<style>
.st-key-chosen {margin-bottom: -2.5rem; margin-top: -0.5rem;}
@media (max-width: 640px) {.st-key-chosen_names {display: none;}}
</style>"""


def chosen_bar(state: PageState) -> None:
    """At the bottom of the window, once somebody is chosen: how many, who, and where to go with them."""
    known = [creator_id for creator_id in state.ticked if store_access.is_known(creator_id)]
    if not known:
        return
    st.html(LOW)
    with (
        st.bottom.container(width=1280),
        st.container(horizontal=True, vertical_alignment="center", gap="small", key="chosen"),
    ):
        st.markdown(_("**{count} chosen**").format(count=words.count(len(known))), width="content")
        with st.container(key="chosen_names" if len(known) <= MOST_COMPARED else "chosen_too_many", width="content"):
            st.markdown(_in_words(known))
        st.button(_("Clear"), key="chosen_clear", icon=":material/close:", type="tertiary", on_click=clear)
        st.space("stretch")
        if st.button(_("Compare"), key="chosen_compare", type="primary", icon=":material/compare_arrows:"):
            blocks.turn_to("compare")
        if st.button(
            _("Plan"), key="chosen_plan", icon=":material/account_balance_wallet:", on_click=_must_be_booked,
            args=(tuple(known),), help=_("A budget that books them"),
        ):  # fmt: skip
            blocks.turn_to("plan")
        if st.button(_("Present"), key="chosen_present", icon=":material/slideshow:"):
            blocks.turn_to("present")


def _in_words(known: list[str]) -> str:
    """Who is chosen, a few by name; where it are too many to compare, how many are."""
    if len(known) > MOST_COMPARED:
        most = _("Compare takes the first {most}.")
        if len(known) > MOST_CREATORS:
            most = _("Compare takes the first {most}, Present the first {presented}.")
        most = most.format(most=MOST_COMPARED, presented=MOST_CREATORS)
        return f":orange[:material/info:] {literal(most)}"
    names = [store_access.profile(creator_id)["creator_name"] or creator_id for creator_id in known[:MOST_NAMED]]
    names += [_("{count} more").format(count=len(known) - MOST_NAMED)] * (len(known) > MOST_NAMED)
    return literal(words.listing(names))


def clear() -> None:
    """Choose nobody (callback)."""
    tick(())


def _must_be_booked(known: tuple[str, ...]) -> None:
    """Let the plan book them (callback)."""
    st.session_state["must_ids"] = known

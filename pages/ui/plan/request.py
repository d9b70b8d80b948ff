"""Ask for a plan: the budget and its limits, as the link holds them."""

from __future__ import annotations

from functools import partial

import streamlit as st

from fit.locale import _
from fit.plan import PlanRequest
from pages.ui import store_access
from pages.ui.creator_search import several_creators
from pages.ui.view_link import PageState, join_ids, split_ids

MOST_BUDGET = 1e9
FIRST_BUDGET = 3.0  # usual prices: what a first plan shows before anybody named a budget
MOST_CREATORS = 50


def chosen_request(state: PageState, usual_price: float | None) -> PlanRequest | None:
    """The request that the controls say; None before a budget is named and where no price is known."""
    start = _first_budget(state, usual_price)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        budget = st.number_input(
            _("Budget"), 0.0, MOST_BUDGET, value=start, step=100.0, format="%.12g", key="budget", bind="query-params",
            width=180, placeholder=_("amount"),
        )  # fmt: skip
        target = st.number_input(
            _("Target"), 0, 10**9, value=None, step=1, key="plan_target", bind="query-params", width=160,
            placeholder=_("none"), help=_("Purchases or people reached that the plan should bring; we show its chance"),
        )  # fmt: skip
    with st.expander(_("Limits"), icon=":material/tune:"):
        fewest, most, part = _counts()
        must, without = _people(state)
        is_anywhere = st.checkbox(
            _("Also book creators with hardly any audience in your markets"), key="anywhere", bind="query-params"
        )
    if not budget:
        return None
    metric = store_access.outcome_metric(state.brief)
    return PlanRequest(
        float(budget),
        fewest=int(fewest or 0),
        most=int(most) if most else None,
        must=must,
        without=without,
        most_for_one=part / 100 if part and part < 100 else None,
        leaves_out_elsewhere=not is_anywhere,
        targets=((metric, float(target)),) if target else (),
    )


def _first_budget(state: PageState, usual_price: float | None) -> float | None:
    """A budget before anybody named one: some usual prices, and enough for those who must be booked."""
    musts = store_access.candidates(state.brief, _wanted("must"))
    least = max(FIRST_BUDGET * (usual_price or 0.0), sum(creator.cost or 0.0 for creator in musts))
    rounded = float(f"{least:.1g}")
    return (rounded if rounded >= least or not musts else float(f"{1.5 * least:.1g}")) or None


def _wanted(key: str) -> tuple[str, ...]:
    """Who was chosen in a field, else whom the link names."""
    linked = split_ids(st.query_params.get(key, ""), store_access.is_known)
    return st.session_state.get(f"{key}_ids", tuple(one for one in linked if store_access.is_known(one)))


def _counts() -> tuple[int | None, int | None, int | None]:
    with st.container(horizontal=True):
        fewest = st.number_input(
            _("Minimum creators"), 0, MOST_CREATORS, value=None, key="fewest", bind="query-params", width=200,
            placeholder=_("no limit"),
        )  # fmt: skip
        most = st.number_input(
            _("Maximum creators"), 1, MOST_CREATORS, value=None, key="most", bind="query-params", width=200,
            placeholder=_("no limit"),
        )  # fmt: skip
        part = st.number_input(
            _("Most for one, in percent"), 1, 100, value=None, key="for_one", bind="query-params", width=200,
            placeholder=_("no limit"), help=_("Part of the budget that one creator may cost"),
        )  # fmt: skip
    return fewest, most, part


def _people(state: PageState) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who has to be booked, and who must not be; kept in the link as ids."""
    best = store_access.first_of_list(state.brief)
    chosen = []
    for key, label in (("must", _("Must be in")), ("without", _("Must not be in"))):
        ids = _wanted(key)
        several_creators(label, f"plan_{key}", ids, partial(_keep, key), first=best, placeholder=_("none"))
        st.query_params.update({key: join_ids(ids)} if ids else {})
        if not ids and key in st.query_params:
            del st.query_params[key]
        chosen.append(ids)
    return chosen[0], chosen[1]


def _keep(key: str, ids: tuple[str, ...]) -> None:
    """Keep who was chosen for the session (callback); the run that follows writes it into the link."""
    st.session_state[f"{key}_ids"] = ids

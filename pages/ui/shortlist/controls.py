"""Ask how the shortlist is shown: whom to find, in which order, with which further columns, and which page of it."""

from dataclasses import dataclass
from math import ceil

import streamlit as st

from fit.brief import Goal
from fit.locale import _, phrase
from fit.text import words
from pages.ui import store_access
from pages.ui.view_link import PageState

# Orders stand in links, so their names are the same in every language.
SORTS = {
    "group": "Recommended",
    "per_1000": "Most for the money",
    "expected": "Expected outcome",
    "cost_per_outcome": "Cost per outcome",
    "cost": "Price",
    "in_market_share": "In-market share",
    "in_market_reach": "In-market reach",
    "followers": "Followers",
    "engage": "Engagement index",
    "click": "Click index",
    "convert": "Purchase index",
}
CONTROLS = ("find", "sort", "way", "page")  # keys of what decides who is listed, beside the brief
LARGEST, SMALLEST = "Largest first", "Smallest first"
FEWER_IS_BETTER = ("cost_per_outcome", "cost")  # orders that a reader wants from the smallest on
# Columns that stand in the table by choice.
CHOSEN_COLUMNS = {
    "role": phrase("Role"),
    "in_market_share": phrase("In market"),
    "top_3": phrase("Top 3"),
    "tied": phrase("Tied"),
    "next": phrase("Would settle the tie"),
    "rank": phrase("Rank"),
    "price": phrase("Price from"),
    "unknown": phrase("Unknown"),
    "reach": phrase("In-market reach"),
    "followers": phrase("Followers"),
    "platform": phrase("Platform"),
    "confidence": phrase("How sure"),
    "next_time": phrase("Last review"),
    "because": phrase("Because"),
    "creator_id": phrase("Id"),
    "engage_index": phrase("Engagement index"),
    "click_index": phrase("Click index"),
    "convert_index": phrase("Purchase index"),
}


@dataclass(frozen=True)
class Shown:
    """Which part of the list stands on the page. letters: of those who are looked for; columns: the chosen ones."""

    letters: str = ""
    sort: str = "group"
    descending: bool = True
    page: int = 1
    columns: tuple[str, ...] = ()


def controls(state: PageState) -> Shown:
    """Search, order, columns and pages in one row; all but the columns are part of the link."""
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="list_controls"):
        letters = st.text_input(
            _("Find a creator"), type="search", live="250ms", key="find", bind="query-params", width=220,
            placeholder=_("Name, handle or id"), label_visibility="collapsed", on_change=_to_the_first_page,
        )  # fmt: skip
        order = st.selectbox(
            _("Order by"), list(SORTS.values()), key="sort", bind="query-params", width=190,
            label_visibility="collapsed", on_change=_to_the_first_page,
        )  # fmt: skip
        sort = next(key for key, label in SORTS.items() if label == order)
        descending = True
        if sort != "group":
            way = st.selectbox(
                _("Direction"), [LARGEST, SMALLEST], key="way", bind="query-params", width=150,
                label_visibility="collapsed", on_change=_to_the_first_page,
            )  # fmt: skip
            descending = way == LARGEST
        columns = _columns()
        st.space("stretch")
        count = store_access.count_found(state.brief, letters)
        page = _page(count)
    return Shown(letters.strip(), sort, descending, page, columns)


def _columns() -> tuple[str, ...]:
    with st.popover(_("Columns"), icon=":material/view_column:", key="list_columns"):
        chosen = st.multiselect(
            _("Further columns"), list(CHOSEN_COLUMNS), format_func=lambda name: _(CHOSEN_COLUMNS[name]),
            key="columns", persist_state="session", placeholder=_("none"),
        )  # fmt: skip
    return tuple(name for name in CHOSEN_COLUMNS if name in chosen)


def _page(count: int) -> int:
    """Which rows of how many are shown, and the way to the others."""
    per_page = store_access.ROWS_PER_PAGE
    pages = max(1, ceil(count / per_page))
    place = st.container(width="content")
    page = st.pagination(pages, max_visible_pages=3, key="page", bind="query-params") if pages > 1 else 1
    if count:
        first, last = words.count((page - 1) * per_page + 1), words.count(min(count, page * per_page))
        with place:
            st.markdown(_("{first}-{last} of {count}").format(first=first, last=last, count=words.count(count)))
    return page


def sort_by(sort: str) -> None:
    """Order the whole list by a column, the better end first; the other way round when it is so already (callback)."""
    label, first = SORTS[sort], SMALLEST if sort in FEWER_IS_BETTER else LARGEST
    is_again = st.session_state.get("sort") == label
    turned = LARGEST if st.session_state.get("way") == SMALLEST else SMALLEST
    st.session_state["sort"] = label
    st.session_state["way"] = turned if is_again and sort != "group" else first
    _to_the_first_page()


def _to_the_first_page() -> None:
    st.session_state["page"] = 1


def find_everybody() -> None:
    """Look for nobody in particular again (callback)."""
    st.session_state["find"] = ""
    _to_the_first_page()


def outcome_label(goal: str) -> str:
    """How the expected outcome of a goal is called above its column."""
    return _("Purchases") if goal == Goal.CONVERSION else _("People reached")

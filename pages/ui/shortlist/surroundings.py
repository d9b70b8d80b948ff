"""Draw what surrounds the shortlist's table: the decision above it, ways on below it, and what to do without one."""

from collections.abc import Mapping

import streamlit as st

from fit.locale import _, ngettext
from fit.shortlist import (
    Shortlist,
    display_name,
    lack_followers,
    order_note,
    prices_verdict,
    shortlist_verdict,
    unlisted_markets,
)
from fit.text import literal, words
from pages.ui import blocks, store_access
from pages.ui.brief_bar import clear_filters
from pages.ui.first_visit import first_words
from pages.ui.last_review import last_reviews
from pages.ui.learn.health import worst_line_of_own_data
from pages.ui.learn.past_forecasts import accuracy_line
from pages.ui.shortlist.controls import Shown, controls, find_everybody
from pages.ui.view_link import PageState


def top(state: PageState, best: Shortlist) -> Shown:
    """Whom to book first and how sure that is; then how the list is shown."""
    with st.container(gap="xsmall", key="list_top"):
        verdict, because = shortlist_verdict(state.brief, best)
        blocks.heading(_("Shortlist"), verdict, "", term="expected_outcome")
        with st.container(
            horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", gap="xsmall"
        ):
            if because:
                st.markdown(literal(because), width="content")
            first_words(is_demo=state.is_demo)
        for warning in best.warnings:
            st.warning(literal(warning), icon=":material/filter_list_off:")
        if not best.candidates:
            _nobody_matches()
            return Shown()
        if missing := unlisted_markets(best.candidates, state.brief):
            st.warning(literal(missing), icon=":material/location_off:")
        if all(creator.expected.mean is None for creator in best.candidates):
            _what_is_missing(best)
        else:
            worst_line_of_own_data(state)
        return controls(state)


def _what_is_missing(best: Shortlist) -> None:
    """What to load, so that anybody can be ranked."""
    if lack_followers(best):
        sentence = _("A table with handle, platform and followers is enough; what you loaded before stays.")
        blocks.next_step(sentence, "your_data", _("Load numbers of followers"))
        return
    sentence = _("One audience by country is enough to begin with: from Meta, YouTube, TikTok or a table.")
    blocks.next_step(sentence, "your_data", _("Load an audience"))


def nobody_found(shown: Shown) -> None:
    """Nobody of the list has the letters that are looked for."""
    with st.container(border=True):
        st.markdown(_("No creator of this list has {letters} in name, handle or id.").format(letters=_quoted(shown)))
        st.button(_("Show all creators"), key="find_all", icon=":material/undo:", on_click=find_everybody)


def _quoted(shown: Shown) -> str:
    return f"“{literal(shown.letters)}”"


def _nobody_matches() -> None:
    """The empty shortlist: what to do next."""
    with st.container(border=True):
        st.markdown(_("Widen the follower range, the platforms or the verticals, or lower the minimum share."))
        st.button(
            _("Clear filters"), key="remove_filters", type="primary", icon=":material/filter_list_off:",
            on_click=clear_filters,
        )  # fmt: skip


def next_times(creators: Shortlist) -> dict[str, str]:
    """What the last closed review says for the next time, by creator, of those on the list."""
    reviews = last_reviews([creator.creator_id for creator in creators.candidates])
    return {creator_id: review.line for creator_id, review in reviews.items()}


def below(state: PageState, creators: Shortlist, shown: Shown, lines: Mapping[str, str]) -> None:
    """What can be done with the list, what reviews say of those on it, and who is judged without an asking price."""
    with st.container(horizontal=True, vertical_alignment="center"):
        most, whole = store_access.MOST_EXPORTED, _("Shortlist as CSV")
        cut = _("The first {most} of {count} as CSV")
        blocks.download(
            whole
            if creators.count_matching <= most
            else cut.format(most=words.count(most), count=words.count(creators.count_matching)),
            lambda: store_access.shortlist_csv(state.brief, shown.sort, shown.descending, state.is_demo),
            "shortlist-demo.csv" if state.is_demo else "shortlist.csv",
            "shortlist_csv",
        )
        st.page_link("pages/plan.py", label=_("Plan a budget"), icon=":material/account_balance_wallet:")
    named = [(creator, line) for creator in creators.candidates if (line := lines.get(creator.creator_id)) is not None]
    if named:
        label = ngettext("What {count} past review says", "What {count} past reviews say", len(named))
        with st.expander(label.format(count=len(named)), icon=":material/history:"):
            items = "\n".join(f"- {literal(display_name(creator))}: {literal(line)}" for creator, line in named)
            st.markdown(items, width=blocks.READING_WIDTH)
    for sentence in (
        _("Engage, Click, Buy: 100 = similar creators; bar: likely range."),
        prices_verdict(creators.candidates),
        order_note(state.brief),
        accuracy_line(),
        creators.correction,
    ):
        if sentence:
            st.caption(literal(sentence))

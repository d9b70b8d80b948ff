"""Draw the shortlist's table: sorted and paged in SQL, intervals drawn in the row, ticks written into the link."""

import hashlib
from math import ceil

import polars as pl
import streamlit as st
from streamlit.elements.lib.column_types import ButtonColumnResult, ColumnConfig

from fit.charts import colours, interval_picture
from fit.locale import _, phrase
from fit.model import Confidence
from fit.shortlist import (
    Candidate,
    Shortlist,
    against_next,
    display_name,
    price_sentence,
    price_words,
    prices_verdict,
    settling_words,
    too_close,
)
from fit.text import literal, plain, words
from pages.ui import blocks, decisions_access, store_access
from pages.ui.brief_sidebar import PageState, show_creator, tick
from pages.ui.creator.role import origins_of
from pages.ui.partnership.start import to_the_brief

# Orders stand in links, so their names are the same in every language.
SORTS = {
    "payoff": "Expected payoff",
    "in_market_share": "In-market share",
    "in_market_reach": "In-market reach",
    "followers": "Followers",
    "engage": "Engagement index",
    "click": "Click index",
    "convert": "Purchase index",
}
HIDDEN = ("creator_id", "engage_index", "click_index", "convert_index")
LARGEST, SMALLEST = "Largest first", "Smallest first"
TABLE_HEIGHT = 564  # pixels: 15 rows, so that the comparison below is within reach
STAGE_HELP = phrase(
    "Index, 100 = a typical creator on comparable campaigns; bar: 80 % interval on a log scale. Hollow: not measured."
)


def order(count_matching: int) -> tuple[str, bool, int]:
    """The order that the reader chose, largest first or not, and the page; all three are part of the link."""
    pages = max(1, ceil(count_matching / store_access.ROWS_PER_PAGE))
    page = 1
    with st.container(horizontal=True, vertical_alignment="bottom"):
        sort = st.selectbox(_("Order by"), list(SORTS.values()), key="sort", bind="query-params", width=200)
        way = st.selectbox(_("Direction"), [LARGEST, SMALLEST], key="way", bind="query-params", width=160)
        if pages > 1:
            page = st.pagination(pages, key="page", bind="query-params")
    column = next(key for key, label in SORTS.items() if label == sort)
    return column, way == LARGEST, page


def table(state: PageState, creators: Shortlist) -> None:
    """One row a creator; ticks go into the link, the last column opens the creator's other pages."""
    lines = _next_times()
    rows = [_row(creator, state, lines.get(creator.creator_id)) for creator in creators.candidates]
    shown = tuple(creator.creator_id for creator in creators.candidates)
    content = repr((shown, state.brief, st.session_state.get("cleared")))
    key = f"table_{hashlib.sha256(content.encode()).hexdigest()[:12]}"
    ticked = [index for index, creator_id in enumerate(shown) if creator_id in state.ticked]
    st.dataframe(
        pl.DataFrame(rows, infer_schema_length=None),
        key=key,
        hide_index=True,
        height=min(TABLE_HEIGHT, 36 * len(rows) + 39),
        column_config=_columns(state, shown),
        column_order=[c for c in rows[0] if c not in HIDDEN and (c != "next_time" or any(r[c] for r in rows))],
        on_select=lambda: _ticks_changed(key, shown, state.ticked),
        selection_mode="multi-row",
        selection_default={"selection": {"rows": ticked}},
        placeholder=_("not known"),
        alt=_("Shortlist: one row a creator with in-market share, reach, three stage intervals, role and payoff"),
    )


def _ticks_changed(key: str, shown: tuple[str, ...], before: tuple[str, ...]) -> None:
    now = [shown[row] for row in st.session_state[key]["selection"]["rows"] if row < len(shown)]
    still = [creator_id for creator_id in before if creator_id not in shown or creator_id in now]
    tick((*still, *[creator_id for creator_id in now if creator_id not in still]))


def _next_times() -> dict[str, str]:
    """What closed reviews say for the next time, by creator; decisions that cannot be read do not stop the list."""
    try:
        return decisions_access.next_times()
    except decisions_access.DecisionsError as error:
        st.warning(literal(error), icon=":material/history:")
        return {}


def _row(creator: Candidate, state: PageState, next_time: str | None) -> dict[str, object]:
    pictures = {
        stage: interval_picture(
            strength.index, strength.low, strength.high, measured=strength.measured, dark=state.dark
        )
        for stage, strength in creator.stages.items()
    }
    sure = "" if creator.role.confidence == Confidence.NONE else f", {_(creator.role.confidence)}"
    return {
        "rank": creator.rank,
        "creator": display_name(creator),
        "open": _("Open"),
        "role": [_(creator.role.label)],
        "in_market_share": creator.in_market_share,
        "ahead": against_next(creator),
        **pictures,
        "unknown": creator.unknown_share,
        "reach": None if creator.in_market_reach is None else round(creator.in_market_reach),
        "payoff": creator.payoff[state.brief.goal],
        "best_three": creator.p_top_3,
        "confidence": _("{chance} conversion{sure}").format(chance=words.chance(creator.role.p_conversion), sure=sure),
        "next": settling_words(creator),
        "price": price_words(creator),
        "next_time": plain(next_time or ""),
        "because": plain(creator.because),
        "creator_id": creator.creator_id,
        **{f"{stage}_index": own.index if own.measured else None for stage, own in creator.stages.items()},
    }


def _columns(state: PageState, shown: tuple[str, ...]) -> dict[str, ColumnConfig | ButtonColumnResult]:
    column, badges = st.column_config, blocks.ROLE_BADGES
    where = _("the brief's markets")
    stages = {
        stage: column.ImageColumn(label, width=130, help=_(STAGE_HELP), alignment="left")
        for stage, label in (("engage", _("Engagement")), ("click", _("Clicks")), ("convert", _("Purchases/click")))
    }
    return {
        "rank": column.NumberColumn(
            _("Rank"), width=44, help=_("By expected payoff of the brief's goal, whatever the order shown")
        ),
        "creator": column.TextColumn(_("Creator"), width=152, pinned=True),
        "open": column.ButtonColumn(
            _("Open"), width=52, type="tertiary", key="open_creator", on_click=_open, args=(shown,)
        ),
        "role": column.MultiselectColumn(
            _("Role"), width=128, options=[_(label) for label in badges], color=list(badges.values())
        ),
        "confidence": column.TextColumn(
            _("How sure"), width=150, help=_("Probability that conversion is the stronger side")
        ),
        "in_market_share": column.ProgressColumn(
            _("In market"),
            width=96,
            format="percent",
            min_value=0,
            max_value=1,
            color=colours(state.dark).in_market,
            help=_("Listed audience in {where}, weights aside").format(where=where),
        ),
        "unknown": column.NumberColumn(
            _("Unknown"), width=70, format="percent", help=_("Audience that the source does not list")
        ),
        "reach": column.NumberColumn(
            _("In-market reach"),
            width=104,
            format="localized",
            help=_("People one standard deliverable reaches in {where}").format(where=where),
        ),
        "next_time": column.TextColumn(
            _("Next time"), width=210, help=_("What the last closed review of a campaign with this creator says")
        ),
        **stages,
        **_payoff_columns(),
        "because": column.TextColumn(_("Because"), width="large"),
        "creator_id": column.TextColumn(_("Id")),
        **{
            f"{stage}_index": column.NumberColumn(_("{label} index").format(label=label), format="%.0f")
            for stage, label in (("engage", _("Engagement")), ("click", _("Click")), ("convert", _("Purchase")))
        },
    }


def _payoff_columns() -> dict[str, ColumnConfig | ButtonColumnResult]:
    """What the money buys, how sure the order is, what would settle it, and at which price."""
    column = st.column_config
    return {
        "ahead": column.TextColumn(
            _("Ahead"), width=78, help=_("Chance to be ahead of the next by payoff; under 70 % is too close to call")
        ),
        "payoff": column.NumberColumn(
            _("Payoff"), width=70, format="%.2f", help=_("What the same money buys, 1 = market price")
        ),
        "best_three": column.NumberColumn(
            _("Best three"), width=90, format="percent", help=_("Chance to be among the best three")
        ),
        "next": column.TextColumn(
            _("What would settle it"),
            width=250,
            help=_("How many more clicks, or purchases with their clicks, of each of the two make the order 70 % sure"),
        ),
        "price": column.TextColumn(
            _("Priced at"),
            width=150,
            help=_("Market price: the median of what this store's campaigns cost per impression"),
        ),
    }


def _open(shown: tuple[str, ...]) -> None:
    creator_id = shown[st.session_state["open_creator"]["row"]]
    show_creator(creator_id)
    st.session_state["quick_look"] = creator_id


def quick_look(state: PageState) -> None:
    """The creator whose row was opened: role and reason, and the way to its pages."""
    creator = store_access.candidate(state.brief, st.session_state.pop("quick_look", ""))
    if creator:
        st.dialog(literal(display_name(creator)))(_quick_look)(creator, state)


def _quick_look(creator: Candidate, state: PageState) -> None:
    blocks.role_badge(creator)
    st.markdown(literal(creator.because))
    st.caption(literal(creator.role.what_would_change))
    next_time = _next_times().get(creator.creator_id)
    if next_time:
        st.info(literal(_("Next time: {line}").format(line=next_time)), icon=":material/fact_check:")
    st.caption(literal(price_sentence(creator, store_access.profile(creator.creator_id))))
    st.page_link("pages/audience_geography.py", label=_("Where the audience lives"), icon=":material/public:")
    st.page_link("pages/natural_strength.py", label=_("Strength at each stage"), icon=":material/straighten:")
    st.page_link(
        "pages/recommended_role.py", label=_("Role, and what would change it"), icon=":material/theater_comedy:"
    )
    to_the_brief(creator)
    blocks.where_from([origin for part in origins_of(creator, state) for origin in part])


def under_the_table(state: PageState, sort: str, descending: bool) -> None:
    """What can be done with the list: take it along, or clear the ticks."""
    with st.container(horizontal=True):
        blocks.download(
            _("Shortlist as CSV"),
            lambda: store_access.shortlist_csv(state.brief, sort, descending, state.is_demo),
            "shortlist-demo.csv" if state.is_demo else "shortlist.csv",
            "shortlist_csv",
        )
        if state.ticked:
            st.button(_("Clear ticks"), icon=":material/close:", on_click=_clear, type="tertiary")


def last_times(creators: Shortlist) -> None:
    """What closed reviews say for the next time, beside the names of the creators on this page of the list."""
    lines = _next_times()
    named = [(creator, line) for creator in creators.candidates if (line := lines.get(creator.creator_id)) is not None]
    if named:
        st.markdown(_("**Next time, as closed reviews say**"))
        items = "\n".join(f"- {literal(display_name(creator))}: {literal(line)}" for creator, line in named)
        st.markdown(items, width=blocks.READING_WIDTH)


def closeness(creators: Shortlist) -> None:
    """Neighbours that nobody can tell apart, with what would settle them, and who is judged without a price."""
    pairs, prices = too_close(creators.candidates), prices_verdict(creators.candidates)
    if pairs:
        st.markdown(_("**Too close to call, from the top**"))
        st.markdown(blocks.points(pairs), width=blocks.READING_WIDTH)
        st.caption(_("Where no number is named, the two are worth about the same as far as campaigns can tell."))
    if prices:
        st.caption(literal(prices))


def _clear() -> None:
    tick(())
    st.session_state["cleared"] = st.session_state.get("cleared", 0) + 1


def unknown_filters(creators: Shortlist) -> None:
    """Platforms and verticals of the brief that no creator has."""
    for warning in creators.warnings:
        st.warning(literal(warning), icon=":material/filter_list_off:")


def nobody_placed(state: PageState, creators: Shortlist) -> None:
    """What to do where no audience is known of anybody, so that nobody can be ranked."""
    if creators.candidates[0].payoff[state.brief.goal] is None:
        sentence = _("One export of an audience by country is enough to begin with: Meta, YouTube, TikTok or a table.")
        blocks.next_step(sentence, "your_data", _("Load an audience"))


def nobody_matches() -> None:
    """The empty shortlist: what to do next."""
    with st.container(border=True):
        st.markdown(_("Widen the follower range, the platforms or the verticals, or lower the least in-market share."))
        st.button(
            _("Remove all filters"), key="remove_filters", icon=":material/filter_list_off:", on_click=_remove_filters
        )


def _remove_filters() -> None:
    for field in ("platform", "vertical", "followers", "min_share"):
        st.session_state[field] = ""
    st.session_state["page"] = 1

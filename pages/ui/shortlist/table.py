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
    OUTCOME_METRIC,
    Candidate,
    Group,
    Shortlist,
    display_name,
    needed_to_settle,
    outcome_range,
    outcome_words,
    price_basis,
    price_sentence,
    prices_verdict,
    too_expensive,
)
from fit.text import literal, plain, words
from pages.ui import blocks, decisions_access, store_access
from pages.ui.creator.role import origins_of
from pages.ui.partnership.start import to_the_brief
from pages.ui.view_link import PageState, show_creator, tick

# Orders stand in links, so their names are the same in every language.
SORTS = {
    "group": "Recommended",
    "per_1000": "Most for the money",
    "in_market_share": "In-market share",
    "in_market_reach": "In-market reach",
    "followers": "Followers",
    "engage": "Engagement index",
    "click": "Click index",
    "convert": "Purchase index",
}
HIDDEN = ("creator_id", "engage_index", "click_index", "convert_index")
WHERE_ANY = ("next_time", "gaps", "unknown")  # columns that only show where a row has something to say
GROUP_COLOURS = {Group.BOOK: "green", Group.PILOT: "blue", Group.OTHER_ROLE: "orange", Group.PASS: "red"}
MOST_SHARES = 4  # markets that have a column each
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
        column_order=[c for c in rows[0] if c not in HIDDEN and (c not in WHERE_ANY or any(r[c] for r in rows))],
        on_select=lambda: _ticks_changed(key, shown, state.ticked),
        selection_mode="multi-row",
        selection_default={"selection": {"rows": ticked}},
        placeholder=_("not known"),
        alt=_("Shortlist: one row a creator with what to do, expected outcome, price, shares, three stage intervals"),
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
    measured = max(strength.count_campaigns for strength in creator.stages.values())
    role = f"{_(creator.role.label)}{sure}, {words.counted(measured, 'campaign', 'campaigns')}"
    expected = creator.expected
    return {
        "creator": display_name(creator),
        "open": _("Open"),
        "group": [_(creator.group)],
        "gaps": [words.country(code) for code in creator.gaps],
        "expected": expected.mean,
        "range": outcome_range(expected),
        "each": _three_digits(expected.cost_per_outcome),
        "cost": _three_digits(creator.cost),
        "in_market_share": creator.in_market_share,
        **_market_shares(creator, state),
        **pictures,
        "role": role,
        "top_3": creator.p_top_3,
        "tied": "=" if creator.too_close_to_next else "",
        "rank": creator.rank,
        "unknown": creator.unknown_share or None,
        "reach": None if creator.reached_there is None else float(f"{round(creator.reached_there):.3g}"),
        "next": needed_to_settle(creator) if creator.too_close_to_next else "",
        "price": price_basis(creator),
        "next_time": plain(next_time or ""),
        "because": plain(" ".join(part for part in (too_expensive(creator, state.brief), creator.because) if part)),
        "creator_id": creator.creator_id,
        **{f"{stage}_index": own.index if own.measured else None for stage, own in creator.stages.items()},
    }


def _three_digits(amount: float | None) -> float | None:
    """Money as tables show it: three significant digits."""
    return None if amount is None else float(f"{amount:.3g}")


def _market_shares(creator: Candidate, state: PageState) -> dict[str, float | None]:
    """The share of each market, where the brief has a few; None where nobody knows."""
    codes = [code for code, _weight in state.brief.markets]
    named = codes if 2 <= len(codes) <= MOST_SHARES else []
    return {f"share_{code}": creator.shares.get(code) for code in named}


def _columns(state: PageState, shown: tuple[str, ...]) -> dict[str, ColumnConfig | ButtonColumnResult]:
    column = st.column_config
    where = _("the brief's markets")
    stages = {
        stage: column.ImageColumn(label, width=130, help=_(STAGE_HELP), alignment="left")
        for stage, label in (("engage", _("Engagement")), ("click", _("Clicks")), ("convert", _("Purchases/click")))
    }
    shares = {
        f"share_{code}": column.NumberColumn(
            words.country(code),
            width=84,
            format="percent",
            help=_("Listed audience in {market}").format(market=words.country(code)),
        )
        for code, _weight in state.brief.markets
    }
    return {
        "creator": column.TextColumn(_("Creator"), width=152, pinned=True),
        "open": column.ButtonColumn(
            _("Open"), width=52, type="tertiary", key="open_creator", on_click=_open, args=(shown,)
        ),
        "group": column.MultiselectColumn(
            _("Do"),
            width=96,
            options=[_(group) for group in GROUP_COLOURS],
            color=list(GROUP_COLOURS.values()),
            help=_("Book: proven for this goal. Pilot: not proven yet. Other role: proven for the other goal."),
        ),
        **_outcome_columns(state),
        "in_market_share": column.ProgressColumn(
            _("In market"),
            width=96,
            format="percent",
            min_value=0,
            max_value=1,
            color=colours(state.dark).in_market,
            help=_("Listed audience in {where}, weights aside").format(where=where),
        ),
        **shares,
        "gaps": column.MultiselectColumn(
            _("Gaps"),
            width=110,
            options=[words.country(code) for code, _weight in state.brief.markets],
            color="red",
            help=_("Markets where fewer than 1 in 20 of the audience live, even if all of the unknown part did"),
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
        "role": column.TextColumn(_("Role"), width=190, help=_("How sure the role is, and from how many campaigns")),
        "because": column.TextColumn(_("Because"), width="large"),
        "creator_id": column.TextColumn(_("Id")),
        **{
            f"{stage}_index": column.NumberColumn(_("{label} index").format(label=label), format="%.0f")
            for stage, label in (("engage", _("Engagement")), ("click", _("Click")), ("convert", _("Purchase")))
        },
    }


def _outcome_columns(state: PageState) -> dict[str, ColumnConfig | ButtonColumnResult]:
    """What one standard deliverable brings, what that costs, and how sure the order is."""
    column, metric = st.column_config, OUTCOME_METRIC[state.brief.goal]
    is_sales = metric == "in_market_conversions"
    return {
        "expected": column.NumberColumn(
            _("Purchases") if is_sales else _("People reached"),
            width=88,
            format="%.1f" if is_sales else "localized",
            help=_("Expected of one standard deliverable, from people in your markets"),
        ),
        "range": column.TextColumn(_("8 in 10 times"), width=104, help=_("Eight in ten futures lie in this range")),
        "each": column.NumberColumn(
            _("Per purchase") if is_sales else _("Per 1,000"),
            width=112,
            format="localized",
            help=_("Price over what is expected"),
        ),
        "cost": column.NumberColumn(_("Price"), width=80, format="localized", help=_("Of one standard deliverable")),
        "top_3": column.NumberColumn(_("Top 3"), width=68, format="percent", help=_("How likely in the top 3")),
        "tied": column.TextColumn(_("Tied"), width=50, help=_("= cannot be told from the next yet (under 70 % sure)")),
        "rank": column.NumberColumn(_("Rank"), width=52, help=_("By expected outcome for the money, over all")),
        "next": column.TextColumn(
            _("Would settle it"), width=190, help=_("More clicks or purchases of each that would tell the two apart")
        ),
        "price": column.TextColumn(_("Price from"), width=150, help=_("Usual price: what creators alike were paid")),
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
    st.markdown(literal(words.capitalized(outcome_words(creator, state.brief)) + "."))
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
        st.page_link("pages/plan.py", label=_("Plan a budget"), icon=":material/account_balance_wallet:")
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


def prices(creators: Shortlist) -> None:
    """Who is judged without an asking price."""
    if sentence := prices_verdict(creators.candidates):
        st.caption(literal(sentence))


def _clear() -> None:
    tick(())
    st.session_state["cleared"] = st.session_state.get("cleared", 0) + 1


def unknown_filters(creators: Shortlist) -> None:
    """Platforms and verticals of the brief that no creator has."""
    for warning in creators.warnings:
        st.warning(literal(warning), icon=":material/filter_list_off:")


def nobody_placed(state: PageState, creators: Shortlist) -> None:
    """What to do where no audience is known of anybody, so that nobody can be ranked."""
    if all(creator.expected.mean is None for creator in creators.candidates):
        sentence = _("One export of an audience by country is enough to begin with: Meta, YouTube, TikTok or a table.")
        blocks.next_step(sentence, "your_data", _("Load an audience"))


def nobody_matches() -> None:
    """The empty shortlist: what to do next."""
    with st.container(border=True):
        st.markdown(_("Widen the follower range, the platforms or the verticals, or lower the minimum share."))
        st.button(
            _("Remove all filters"), key="remove_filters", icon=":material/filter_list_off:", on_click=_remove_filters
        )


def _remove_filters() -> None:
    for field in ("platform", "vertical", "followers", "min_share", "min_share_each"):
        st.session_state[field] = ""
    st.session_state["page"] = 1

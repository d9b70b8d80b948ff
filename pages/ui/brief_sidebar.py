"""Draw the brief in the sidebar and read it from the link, so that the address of a page shows the same view again.

Every value lives in one text field that is bound to the address, written as the link writes it. The comfortable
controls show that text and write it back, so that no value stands twice; a text that is not understood gives a warning.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import streamlit as st

from fit.brief import (
    GOALS,
    MOST_MARKETS,
    Brief,
    BriefError,
    followers_text,
    parse_followers,
    parse_market_link,
    parse_share,
)
from fit.forecast import RequestedLine, read_line
from fit.locale import _, ngettext, phrase
from fit.text import literal, words
from pages.ui.presentation_view import View, read_view
from pages.ui.store_access import answer, country_codes, is_known, usual_market

ANY_MARKET = "US"  # only for a store that names no country at all; the reader is told to choose
USUAL_WEIGHT = 50.0  # of a market that is added to others: weights only count relative to each other
MOST_NAMED = 6  # unknown ids that a warning names
T = TypeVar("T")
FIELDS = {
    "market": phrase("Markets with weights, like DE-60_AT-40"),
    "goal": phrase("Goal: conversion or awareness"),
    "platform": phrase("Platforms, parted by commas"),
    "vertical": phrase("Verticals, parted by commas"),
    "followers": phrase("Followers from and to, like 10000:50000"),
    "min_share": phrase("Minimum share in all markets together, 0 to 1"),
    "min_share_each": phrase("Minimum share in every market, 0 to 1"),
    "creator": phrase("Creator on the other pages (id)"),
    "paper": phrase("Partnership whose paper is on the desk (name)"),
    "sheet": phrase("Goal conversation: creator, brand, both or call"),
    "s": phrase("Ticked creators (ids parted by -)"),
    "deliverable": phrase("Forecast: kind and count, like post-2"),
    "cost": phrase("Forecast: cost and currency, like 500-EUR"),
    "target": phrase("Forecast: targets, like clicks-500,roas-2"),
    "show": phrase("Presentation: sections, parted by commas"),
    "slide": phrase("Presentation: number of the slide"),
    "notes": phrase("Presentation: 1 with the presenter's notes"),
    "present": phrase("Presentation: 1 for the clean view"),
}


def join_ids(ids: tuple[str, ...]) -> str:
    """Write ids as the link does, parted by "-"; a "-" or "~" inside an id becomes "~1" or "~0"."""
    return "-".join(creator_id.replace("~", "~0").replace("-", "~1") for creator_id in ids)


def split_ids(text: str, is_known: Callable[[str], bool] = lambda creator_id: True) -> tuple[str, ...]:
    """Read ids as join_ids wrote them, each once, in their order.

    A link typed by hand may hold ids with a bare "-": parts that are no id alone are joined until they are one.
    """
    ids, parts = [], [part.replace("~1", "-").replace("~0", "~") for part in text.split("-") if part]
    while parts:
        ends = [end for end in range(1, len(parts) + 1) if is_known("-".join(parts[:end]))]
        end = ends[0] if ends else 1
        ids.append("-".join(parts[:end]))
        parts = parts[end:]
    return tuple(dict.fromkeys(ids))


def join_names(names: Iterable[str]) -> str:
    """Write names of a filter as the link does, parted by ","; a "," or "~" inside a name becomes "~2" or "~0"."""
    return ",".join(name.replace("~", "~0").replace(",", "~2") for name in names)


def split_names(text: str) -> tuple[str, ...]:
    """Read names as join_names wrote them, without the blanks around them."""
    parts = (part.replace("~2", ",").replace("~0", "~").strip() for part in text.split(","))
    return tuple(part for part in parts if part)


@dataclass(frozen=True)
class PageState:
    """What a page works with, as its link says it. line: what is forecast; creator: the id of the pages about one;
    partnership: name of the open one; sheet: part of its goal conversation, "" for the usual one; ticked: ids of the
    comparison; view: of the presentation; problems: what was not understood, in sentences fit for markdown; is_demo:
    the store holds sample data; dark: appearance."""

    brief: Brief
    line: RequestedLine
    creator: str | None
    partnership: str | None
    sheet: str
    ticked: tuple[str, ...]
    view: View
    problems: tuple[str, ...]
    is_demo: bool
    dark: bool


def brief_in_sidebar(*, is_demo: bool) -> PageState:
    """Draw the brief's form and the link's fields in the sidebar; return what the link says."""
    with st.sidebar:
        st.markdown(_("**Brief**"))
        form = st.container()
        state = read_link_fields(is_demo=is_demo)
    with form:
        _controls(state.brief)
    return state


def read_link_fields(*, is_demo: bool) -> PageState:
    """Draw the link's fields and return what they say; the clean view, which has no sidebar, has them alone."""
    link = _fields()
    brief, problems = read_brief(link)
    line, line_problems = read_line(link)
    view, view_problems = read_view(link)
    creator, ticked = link["creator"] or None, split_ids(link["s"], is_known)
    problems += map(literal, (*line_problems, *view_problems, *_unknown_ids(creator, ticked)))
    return PageState(
        brief=brief,
        line=line,
        creator=creator,
        partnership=link["paper"].strip() or None,
        sheet=link["sheet"].strip().lower(),
        ticked=ticked,
        view=view,
        problems=tuple(problems),
        is_demo=is_demo,
        dark=st.context.theme.type == "dark",
    )


def _fields() -> dict[str, str]:
    with st.container(key="link_fields"), st.expander(_("This view as a link"), icon=":material/link:"):
        st.caption(_("The address of this page holds these values: copy it to share the view."))
        link = {name: st.text_input(_(label), key=name, bind="query-params") for name, label in FIELDS.items()}
    return {name: text or "" for name, text in link.items()}


def _unknown_ids(creator: str | None, ticked: tuple[str, ...]) -> list[str]:
    """Ids of the link that no creator has, each in a sentence."""
    sentences = []
    if creator and not is_known(creator):
        sentences.append(
            _("No creator has the id {creator}: the pages about one creator show another. Choose one there.").format(
                creator=creator
            )
        )
    unknown = [creator_id for creator_id in ticked if not is_known(creator_id)]
    if unknown:
        ids = words.listing(unknown[:MOST_NAMED]) + (", ..." if len(unknown) > MOST_NAMED else "")
        left_out = ngettext(
            "No creator has the ticked id {ids}; it is left out. Tick creators on the shortlist.",
            "No creator has the ticked id {ids}; they are left out. Tick creators on the shortlist.",
            len(unknown),
        )
        sentences.append(left_out.format(ids=ids))
    return sentences


def _read_or(otherwise: T, shown: str, read: Callable[[str], T], text: str, problems: list[str]) -> T:
    """What a text of the link says; of one that is not understood a problem, and otherwise. shown: that in words."""
    try:
        return read(text)
    except BriefError as error:
        problems.append(_("{error} The link is shown {kept}.").format(error=literal(error), kept=shown))
        return otherwise


def read_brief(link: dict[str, str]) -> tuple[Brief, list[str]]:
    """Turn the link's texts into a brief; what is not understood falls back and is said in a sentence each."""
    problems: list[str] = []
    code = usual_market() or ANY_MARKET
    markets: tuple[tuple[str, float], ...] = ((code, 1.0),)
    if link["market"].strip():
        known, shown = country_codes(), _("for {country}").format(country=words.country(code))
        markets = _read_or(markets, shown, lambda text: parse_market_link(text, known), link["market"], problems)
    goal = link["goal"].strip().lower() or GOALS[0]
    if goal not in GOALS:
        problems.append(
            _("Goal {goal} is not known; the view is for {other}. Choose one in the sidebar.").format(
                goal=literal(goal), other=_(GOALS[0])
            )
        )
        goal = GOALS[0]
    shown = _("for any number of followers")
    anybody: tuple[int | None, int | None] = (None, None)
    low, high = _read_or(anybody, shown, parse_followers, link["followers"], problems)
    least = _read_or(None, _("for any in-market share"), parse_share, link["min_share"], problems)
    each = _read_or(None, _("for any share in a market"), parse_share, link["min_share_each"], problems)
    platforms, verticals = split_names(link["platform"]), split_names(link["vertical"])
    each = each if len(markets) > 1 else None  # of one market it says what min_share says, and its control is hidden
    return Brief(markets, goal, platforms, verticals, low, high, least, each), problems


def show_as(key: str, value: object) -> str:
    """Let a control show this value, of the link or of a draft; return its key."""
    st.session_state[key] = value
    return key


def _controls(brief: Brief) -> None:
    codes = country_codes()
    st.multiselect(
        _("Target markets"),
        list(codes),
        format_func=codes.__getitem__,
        max_selections=MOST_MARKETS,
        select_all=False,
        key=show_as("form_markets", [code for code, _ in brief.markets]),
        on_change=_write_markets,
        args=(dict(brief.markets),),
    )
    if len(brief.markets) > 1:
        _weights(brief)
    st.radio(
        _("Goal"),
        GOALS,
        horizontal=True,
        format_func=lambda goal: words.capitalized(_(goal)),
        key=show_as("form_goal", brief.goal),
        on_change=lambda: _write("goal", st.session_state["form_goal"]),
        help=_("Conversion ranks by purchases for the money, awareness by people reached in the market."),
    )
    with st.expander(_("Filters"), icon=":material/filter_list:", expanded=_is_narrowed(brief)):
        _choice(_("Platforms"), "platform", "platforms", brief.platforms)
        _choice(_("Verticals"), "vertical", "verticals", brief.verticals)
        _range(brief)
        _shares(brief)


def _is_narrowed(brief: Brief) -> bool:
    shares = (brief.min_share, brief.min_share_each)
    filters = (brief.platforms, brief.verticals, brief.followers_min, brief.followers_max, *shares)
    return any(value not in (None, ()) for value in filters)


def _weights(brief: Brief) -> None:
    st.caption(_("Weights: what a market is worth to you, relative to the others"))
    columns = st.columns(2, gap="small")
    for index, (code, weight) in enumerate(brief.markets):
        columns[index % 2].number_input(
            words.country(code),
            min_value=0.01,
            max_value=999_999.0,
            step=5.0,
            format="%g",
            key=show_as(f"form_weight_{code}", float(weight)),
            on_change=_write_weights,
            args=(tuple(code for code, _ in brief.markets),),
        )


def _choice(label: str, name: str, question: str, chosen: tuple[str, ...]) -> None:
    """Let several values of a filter be chosen; values that the store does not know stay, so that a link survives."""
    known = answer(question)[name].to_list()
    folded = {value.lower(): value for value in known}
    shown = [folded.get(value.lower(), value) for value in chosen]
    options = [*known, *[value for value in shown if value not in known]]
    key = show_as(f"form_{name}", shown)
    st.multiselect(
        label,
        options,
        key=key,
        on_change=_write_choice,
        args=(name,),
        placeholder=_("All {label}").format(label=label.lower()),
    )


def _range(brief: Brief) -> None:
    fields = (
        (_("Followers from"), "form_low", brief.followers_min),
        (_("Followers to"), "form_high", brief.followers_max),
    )
    for column, (label, key, value) in zip(st.columns(2, gap="small"), fields, strict=True):
        column.number_input(
            label,
            0,
            10**12,
            value=None,
            step=1000,
            key=show_as(key, value),
            placeholder=_("any"),
            on_change=_write_range,
        )


def _shares(brief: Brief) -> None:
    """The least share in the market or in all of them together, and of several markets in every one."""
    counted = _("Counts the listed share only; creators without audience data are left out above 0 %.")
    one_market = len(brief.markets) == 1
    together = _("Minimum share in market") if one_market else _("Minimum share in all markets")
    _share_slider(together, "form_share", "min_share", brief.min_share, 5, counted)
    if not one_market:
        each = _("Minimum share in every market")
        meaning = _("{counted} Leaves out who is missing in one of the markets.").format(counted=counted)
        _share_slider(each, "form_share_each", "min_share_each", brief.min_share_each, 1, meaning)


def _share_slider(label: str, key: str, name: str, value: float | None, step: int, meaning: str) -> None:
    """A slider in percent that writes a share, 0 to 1, into the link."""
    st.slider(
        label,
        0,
        100,
        step=step,
        format="%d %%",
        key=show_as(key, round(100 * (value or 0))),
        on_change=_write_share,
        args=(key, name),
        help=meaning,
    )


def _write(name: str, text: str) -> None:
    """Change the link. A narrowed or widened list starts on its first page again."""
    st.session_state[name] = text
    st.session_state["page"] = 1


def _write_markets(before: dict[str, float]) -> None:
    chosen = st.session_state["form_markets"]
    alone = len(before) == 1 and next(iter(before.values())) == 1
    weights = {code: USUAL_WEIGHT if alone and len(chosen) > 1 else before.get(code, USUAL_WEIGHT) for code in chosen}
    _write("market", "_".join(f"{code}-{weight:g}" for code, weight in weights.items()))


def set_market(code: str) -> None:
    """Look at one market alone (callback)."""
    _write("market", f"{code}-1")


def _write_weights(codes: tuple[str, ...]) -> None:
    _write("market", "_".join(f"{code}-{st.session_state[f'form_weight_{code}']:g}" for code in codes))


def _write_choice(name: str) -> None:
    _write(name, join_names(st.session_state[f"form_{name}"]))


def _write_range() -> None:
    low, high = st.session_state["form_low"], st.session_state["form_high"]
    if low is not None and high is not None and low > high:
        low, high = high, low
    _write("followers", followers_text(low, high))


def _write_share(key: str, name: str) -> None:
    share = st.session_state[key]
    _write(name, f"{share / 100:g}" if share else "")


def present_link() -> dict[str, str]:
    """What the fields of the link hold, without those that are empty."""
    return {name: st.session_state[name] for name in FIELDS if st.session_state.get(name)}


def follow(link: Mapping[str, str]) -> None:
    """Let the fields hold what another link says, and nothing else (callback)."""
    for name in FIELDS:
        st.session_state[name] = link.get(name, "")


def show_creator(creator_id: str) -> None:
    """Make this creator the one that the other pages are about (callback)."""
    st.session_state["creator"] = creator_id


def tick(ids: tuple[str, ...]) -> None:
    """Keep these creators ticked, in the address too (callback)."""
    st.session_state["s"] = join_ids(ids)

"""What is looked for? The brief in the sidebar, held in the address, so that a link shows the same view.

Every value lives in one text field that is bound to the address, written as the link writes it. The comfortable
controls show that text and write it back, so there is one truth, and a value that nobody understands is said.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

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
FEW = 6  # options up to which all are shown at once
FIELDS = {
    "market": phrase("Markets with weights, like DE-60_AT-40"),
    "goal": phrase("Goal: conversion or awareness"),
    "platform": phrase("Platforms, parted by commas"),
    "vertical": phrase("Verticals, parted by commas"),
    "followers": phrase("Followers from and to, like 10000:50000"),
    "min_share": phrase("Least in-market share, 0 to 1"),
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
    return "-".join(one.replace("~", "~0").replace("-", "~1") for one in ids)


def split_ids(text: str, is_known: Callable[[str], bool] = lambda one: True) -> tuple[str, ...]:
    """Read ids as join_ids wrote them, each once, in their order.

    A link typed by hand may hold ids with a bare "-": parts that are no id alone are joined until they are one.
    """
    found, parts = [], [one.replace("~1", "-").replace("~0", "~") for one in text.split("-") if one]
    while parts:
        ends = [end for end in range(1, len(parts) + 1) if is_known("-".join(parts[:end]))]
        end = ends[0] if ends else 1
        found.append("-".join(parts[:end]))
        parts = parts[end:]
    return tuple(dict.fromkeys(found))


def join_names(names: Iterable[str]) -> str:
    """Write names of a filter as the link does, parted by ","; a "," or "~" inside a name becomes "~2" or "~0"."""
    return ",".join(name.replace("~", "~0").replace(",", "~2") for name in names)


def split_names(text: str) -> tuple[str, ...]:
    """Read names as join_names wrote them, without the blanks around them."""
    parts = (piece.replace("~2", ",").replace("~0", "~").strip() for piece in text.split(","))
    return tuple(part for part in parts if part)


@dataclass(frozen=True)
class Read:
    """What the link says. line: what is forecast; creator: of the pages about one; paper: name of the partnership that
    is worked on; sheet: part of its goal conversation, "" for the usual one; ticked: ids of the comparison; view: of
    the presentation; problems: what was not understood, in sentences fit for markdown."""

    brief: Brief
    line: RequestedLine
    creator: str | None
    paper: str | None
    sheet: str
    ticked: tuple[str, ...]
    view: View
    problems: tuple[str, ...]


def brief_in_sidebar() -> Read:
    """Draw the brief's form and the link's fields in the sidebar; return what the link says."""
    with st.sidebar:
        st.markdown(_("**Brief**"))
        form = st.container()
        read = _read(_fields())
    with form:
        _controls(read.brief)
    return read


def brief_at_the_foot() -> Read:
    """Draw the link's fields alone, for the clean view that has no sidebar; return what the link says."""
    return _read(_fields())


def _fields() -> dict[str, str]:
    with st.expander(_("This view as a link"), icon=":material/link:"):
        st.caption(_("The address of this page holds these values: copy it to share the view."))
        link = {name: st.text_input(_(label), key=name, bind="query-params") for name, label in FIELDS.items()}
    return {name: text or "" for name, text in link.items()}


def _read(link: dict[str, str]) -> Read:
    brief, problems = read_brief(link)
    line, unclear = read_line(link)
    view, unseen = read_view(link)
    creator, ticked = link["creator"] or None, split_ids(link["s"], is_known)
    problems += [literal(one) for one in (*unclear, *unseen, *_nobody(creator, ticked))]
    return Read(
        brief,
        line,
        creator,
        link["paper"].strip() or None,
        link["sheet"].strip().lower(),
        ticked,
        view,
        tuple(problems),
    )


def _nobody(creator: str | None, ticked: tuple[str, ...]) -> list[str]:
    """Ids of the link that no creator has, each in a sentence."""
    found = []
    if creator and not is_known(creator):
        found.append(
            _("No creator has the id {creator}: the pages about one creator show another. Choose one there.").format(
                creator=creator
            )
        )
    unknown = [one for one in ticked if not is_known(one)]
    if unknown:
        ids = words.listing(unknown[:FEW]) + (", ..." if len(unknown) > FEW else "")
        left_out = ngettext(
            "No creator has the ticked id {ids}; it is left out. Tick creators on the shortlist.",
            "No creator has the ticked id {ids}; they are left out. Tick creators on the shortlist.",
            len(unknown),
        )
        found.append(left_out.format(ids=ids))
    return found


def _understood(read: Callable[[str], object], text: str, otherwise: object, problems: list[str], kept: str):
    try:
        return read(text)
    except BriefError as error:
        problems.append(_("{error} The link is shown {kept}.").format(error=literal(error), kept=kept))
        return otherwise


def read_brief(link: dict[str, str]) -> tuple[Brief, list[str]]:
    """Turn the link's texts into a brief; what is not understood falls back and is said in a sentence each."""
    problems: list[str] = []
    usual = ((usual_market() or ANY_MARKET, 1.0),)
    markets = usual
    if link["market"].strip():
        known = country_codes()
        kept = _("for {country}").format(country=words.country(usual[0][0]))
        markets = _understood(lambda text: parse_market_link(text, known), link["market"], usual, problems, kept)
    goal = link["goal"].strip().lower() or GOALS[0]
    if goal not in GOALS:
        problems.append(
            _("Goal {goal} is not known; the view is for {other}. Choose one in the sidebar.").format(
                goal=literal(goal), other=_(GOALS[0])
            )
        )
        goal = GOALS[0]
    low, high = _understood(
        parse_followers, link["followers"], (None, None), problems, _("for any number of followers")
    )
    least = _understood(parse_share, link["min_share"], None, problems, _("for any in-market share"))
    platforms, verticals = split_names(link["platform"]), split_names(link["vertical"])
    return Brief(markets, goal, platforms, verticals, low, high, least), problems


def _goal_words(goal: str) -> str:
    return words.capitalized(_(goal))


def _show(key: str, value: object) -> str:
    """Let a control show the link's value; return its key."""
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
        key=_show("form_markets", [code for code, _ in brief.markets]),
        on_change=_write_markets,
        args=(dict(brief.markets),),
    )
    if len(brief.markets) > 1:
        _weights(brief)
    st.radio(
        _("Goal"),
        GOALS,
        horizontal=True,
        format_func=_goal_words,
        key=_show("form_goal", brief.goal),
        on_change=_write_goal,
        help=_("Conversion ranks by purchases for the money, awareness by people reached in the market."),
    )
    with st.expander(_("Narrow the list"), icon=":material/filter_list:", expanded=_is_narrowed(brief)):
        _choice(_("Platforms"), "platform", "platforms", brief.platforms)
        _choice(_("Verticals"), "vertical", "verticals", brief.verticals)
        _range(brief)


def _is_narrowed(brief: Brief) -> bool:
    filters = (brief.platforms, brief.verticals, brief.followers_min, brief.followers_max, brief.min_share)
    return any(value not in (None, ()) for value in filters)


def _weights(brief: Brief) -> None:
    st.caption(_("Weights: what a market is worth to you, relative to the others"))
    columns = st.columns(2, gap="small")
    for place, (code, weight) in enumerate(brief.markets):
        columns[place % 2].number_input(
            words.country(code),
            min_value=0.01,
            max_value=999_999.0,
            step=5.0,
            format="%g",
            key=_show(f"form_weight_{code}", float(weight)),
            on_change=_write_weights,
            args=(tuple(code for code, _ in brief.markets),),
        )


def _choice(label: str, name: str, question: str, chosen: tuple[str, ...]) -> None:
    """Let several values of a filter be chosen; values that the store does not know stay, so that a link survives."""
    known = answer(question)[name].to_list()
    folded = {value.lower(): value for value in known}
    shown = [folded.get(value.lower(), value) for value in chosen]
    options = [*known, *[value for value in shown if value not in known]]
    key = _show(f"form_{name}", shown)
    st.multiselect(
        label,
        options,
        key=key,
        on_change=_write_choice,
        args=(name,),
        placeholder=_("All {label}").format(label=label.lower()),
    )


def _range(brief: Brief) -> None:
    low, high = st.columns(2, gap="small")
    common = {"value": None, "min_value": 0, "max_value": 10**12, "step": 1000, "on_change": _write_range}
    low.number_input(_("Followers from"), key=_show("form_low", brief.followers_min), placeholder=_("any"), **common)
    high.number_input(_("Followers to"), key=_show("form_high", brief.followers_max), placeholder=_("any"), **common)
    st.slider(
        _("Least in-market share"),
        0,
        100,
        step=5,
        format="%d %%",
        key=_show("form_share", round(100 * (brief.min_share or 0))),
        on_change=_write_share,
        help=_("Counts the listed share only; creators without audience data are left out above 0 %."),
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


def _write_goal() -> None:
    _write("goal", st.session_state["form_goal"])


def _write_choice(name: str) -> None:
    _write(name, join_names(st.session_state[f"form_{name}"]))


def _write_range() -> None:
    low, high = st.session_state["form_low"], st.session_state["form_high"]
    if low is not None and high is not None and low > high:
        low, high = high, low
    _write("followers", followers_text(low, high))


def _write_share() -> None:
    share = st.session_state["form_share"]
    _write("min_share", f"{share / 100:g}" if share else "")


def present_link() -> dict[str, str]:
    """What the fields of the link hold, those left out that hold nothing."""
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

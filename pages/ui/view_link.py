"""Read the view from the address of the page, so that a link shows the same view again.

Every value lives in one text field that is bound to the address, written as the link writes it. The fields are hidden:
the comfortable controls show what they hold and write it back, so that no value stands twice. A text that is not
understood gives a warning.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from time import monotonic
from typing import TypeVar

import streamlit as st

from fit.brief import (
    GOALS,
    Brief,
    BriefError,
    parse_followers,
    parse_market_link,
    parse_share,
)
from fit.forecast import RequestedLine, read_line
from fit.locale import _, ngettext
from fit.text import literal, words
from pages.ui.presentation_view import View, read_view
from pages.ui.store_access import country_codes, is_known, usual_market

ANY_MARKET = "US"  # only for a store that names no country at all; the reader is told to choose
MOST_NAMED = 6  # unknown ids that a warning names
MOST_NAMES = 50  # of one filter
MOST_PARTS, MOST_PARTS_OF_ID = 200, 8  # between the "-" of ids
# By key of a control: what it held before and until when that may come again; what it was drawn with last.
REPLACED, DRAWN_WITH = "replaced_values", "drawn_values"
ECHOES_FOR = 2.0  # seconds until a browser has heard of what replaced a value
FAILED = "failed_callback"  # key of the session: what a callback raised, for the next run of the whole page to show
T = TypeVar("T")
FIELDS = (
    "market",  # markets with weights: DE-60_AT-40
    "goal",  # conversion or awareness
    "platform",  # names, separated by commas
    "vertical",  # names, separated by commas
    "followers",  # from and to: 10000:50000
    "min_share",  # least share in all markets together, 0 to 1
    "min_share_each",  # least share in every market, 0 to 1
    "creator",  # id of the creator on the pages about one
    "paper",  # name of the partnership that is open
    "sheet",  # part of the goal conversation: creator, brand, both or call
    "tab",  # part of Your data: load, loaded or judged
    "campaign",  # the past campaign that is looked at: id, creator and day
    "s",  # ids of the ticked creators, separated by -
    "deliverable",  # forecast, kind and count: post-2
    "cost",  # forecast, amount and currency: 500-EUR
    "target",  # forecast, least results: clicks-500,roas-2
    "show",  # presentation: sections, separated by commas
    "slide",  # presentation: number of the slide
    "notes",  # presentation: 1 with the presenter's notes
    "present",  # presentation: 1 for the clean view
)


def join_ids(ids: tuple[str, ...]) -> str:
    """Write ids as the link does, separated by "-"; a "-" or "~" inside an id becomes "~1" or "~0"."""
    return "-".join(creator_id.replace("~", "~0").replace("-", "~1") for creator_id in ids)


def split_ids(text: str, is_known: Callable[[str], bool] = lambda creator_id: True) -> tuple[str, ...]:
    """Read ids as join_ids wrote them, each once, in their order.

    A link typed by hand may hold ids with a bare "-": parts that are no id alone are joined until they are one.
    """
    ids, parts = [], [part.replace("~1", "-").replace("~0", "~") for part in text.split("-") if part][:MOST_PARTS]
    while parts:
        ends = range(1, min(len(parts), MOST_PARTS_OF_ID) + 1)
        end = next((end for end in ends if is_known("-".join(parts[:end]))), 1)
        ids.append("-".join(parts[:end]))
        parts = parts[end:]
    return tuple(dict.fromkeys(ids))


def join_names(names: Iterable[str]) -> str:
    """Write names of a filter as the link does, separated by ","; a "," or "~" inside a name becomes "~2" or "~0"."""
    return ",".join(name.replace("~", "~0").replace(",", "~2") for name in names)


def split_names(text: str) -> tuple[str, ...]:
    """Read names as join_names wrote them, without the blanks around them."""
    parts = (part.replace("~2", ",").replace("~0", "~").strip() for part in text.split(","))
    return tuple(dict.fromkeys(part for part in parts if part))[:MOST_NAMES]


@dataclass(frozen=True)
class PageState:
    """What a page works with, as its link says it. line: what is forecast; creator: the id of the pages about one;
    partnership: name of the open one; sheet: part of its goal conversation, "" for the usual one; tab: of Your data, ""
    for the first; campaign: the past one that is looked at, "" for the newest; ticked: ids of the comparison; view: of
    the presentation; problems: what was not understood, in sentences fit for markdown; is_demo: the store holds sample
    data; dark: appearance."""

    brief: Brief
    line: RequestedLine
    creator: str | None
    partnership: str | None
    sheet: str
    tab: str
    campaign: str
    ticked: tuple[str, ...]
    view: View
    problems: tuple[str, ...]
    is_demo: bool
    dark: bool


def read_view_link(*, is_demo: bool) -> PageState:
    """Bind the hidden fields to the address, and return what they say."""
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
        tab=link["tab"].strip().lower(),
        campaign=link["campaign"].strip(),
        ticked=ticked,
        view=view,
        problems=tuple(problems),
        is_demo=is_demo,
        dark=st.context.theme.type == "dark",
    )


def _fields() -> dict[str, str]:
    with st.container(key="link_fields"):  # a rule of pages/ui/delivery.py hides it
        link = {name: st.text_input(name, key=name, bind="query-params") for name in FIELDS}
    return {name: text or "" for name, text in link.items()}


def _unknown_ids(creator: str | None, ticked: tuple[str, ...]) -> list[str]:
    """Ids of the link that no creator has, each in a sentence."""
    sentences = []
    if creator and not is_known(creator):
        sentences.append(
            _("There is no creator with the id {creator}, so another one is shown. Choose one on the page.").format(
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
        problems.append(_("{error} Shown {kept} instead.").format(error=literal(error), kept=shown))
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
            _("Goal {goal} is not known; the view is for {other}. Choose one above.").format(
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
    """Let a control show this value, of the link or of a draft; return its key.

    A control that holds it already is left alone: told again, it would drop what is being typed into it.
    """
    drawn = st.session_state.setdefault(DRAWN_WITH, {})
    if key not in st.session_state or _trimmed(st.session_state[key]) != _trimmed(value):
        if key in st.session_state or drawn.get(key, value) != value:  # it held another one, here or before it went
            before = st.session_state.get(key, drawn.get(key))
            st.session_state.setdefault(REPLACED, {}).setdefault(key, []).append((before, monotonic() + ECHOES_FOR))
        st.session_state[key] = value
    drawn[key] = value
    return key


def unless_echo(key: str, work: Callable[..., object]) -> Callable[..., None]:
    """A callback of a control that does nothing where the control only says again what it held before show_as put
    another value into it.

    The browser sends what its controls hold with every request, also with those that a page makes by itself; one that
    was on its way already would take back an undo, or what somebody else has saved. What the work raises is shown by
    the next run of the whole page: raised while a part of a page runs, it would leave the page white.
    """

    def report(*args: object) -> None:
        replaced = st.session_state.get(REPLACED, {})
        replaced[key] = [(before, until) for before, until in replaced.get(key, []) if until > monotonic()]
        if st.session_state[key] not in [before for before, _until in replaced[key]]:
            try:
                work(*args)
            except Exception as error:
                st.session_state[FAILED] = error

    return report


def _trimmed(value: object) -> object:
    return value.strip() if isinstance(value, str) else value


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


def open_tab(tab: str) -> None:
    """Open a tab of Your data (callback)."""
    st.session_state["tab"] = tab


def look_back_at(campaign: str) -> None:
    """Look at a past campaign (callback)."""
    st.session_state["campaign"] = campaign


def sell_in(country: str) -> None:
    """Make this country the only market (callback)."""
    st.session_state["market"] = f"{country}-100"


def tick(ids: tuple[str, ...]) -> None:
    """Keep these creators ticked, in the address too (callback)."""
    st.session_state["s"] = join_ids(ids)

"""Draw the brief as a bar above a page: goal, markets and filters, each opened and changed in place.

The controls show what the view's link holds and write it back (pages/ui/view_link.py); nothing is kept here but
whether the reader took the last market away.
"""

from collections.abc import Mapping

import streamlit as st

from fit.brief import GOALS, MOST_MARKETS, Brief, followers_text
from fit.locale import _, phrase
from fit.text import words
from pages.ui.store_access import answer, country_codes, usual_market
from pages.ui.view_link import join_names, show_as

MEANINGS = {"conversion": phrase("Purchases for the money"), "awareness": phrase("People reached in the market")}
FILTERS = ("platform", "vertical", "followers", "min_share", "min_share_each")  # fields of the link
NO_MARKET = "form_markets_cleared"  # key of the session: the reader took the last market away
LEAST_PART = 0.1  # percent; a part of 0 would be no market
NAMED = 2  # markets that the bar names; of more it counts the others


def brief_bar(brief: Brief) -> None:
    """Goal, markets and filters side by side, each a button that says its value and opens its controls."""
    goal = words.capitalized(_(brief.goal))
    with st.popover(_("Goal: {goal}").format(goal=goal), key="bar_goal"):
        _goal(brief)
    with st.popover(markets_in_words(brief), key="bar_markets"):
        _markets(brief)
    count = count_filters(brief)
    label = _("Filters ({count})").format(count=count) if count else _("Filters")
    with st.popover(label, icon=":material/filter_list:", key="bar_filters"):
        _filters(brief, count)


def market_problem(brief: Brief) -> str:
    """What to say while the reader has taken the last market away; "" otherwise."""
    if not st.session_state.get(NO_MARKET) or st.session_state["market"]:
        return ""
    sentence = _("No market is chosen, so this page shows {country}. Choose a market.")
    if usual_market():
        sentence = _("No market is chosen, so this page shows {country}, the most frequent in your data. Choose one.")
    return sentence.format(country=brief.words)


def markets_in_words(brief: Brief) -> str:
    """The markets with their parts, such as "Markets: Germany 60 %, France 40 %"."""
    if len(brief.markets) == 1:
        return _("Market: {country}").format(country=brief.words)
    parts = [f"{words.country(code)} {words.percent(part)}" for code, part in brief.weights.items()]
    if len(parts) <= NAMED:
        return _("Markets: {markets}").format(markets=", ".join(parts))
    sentence = _("Markets: {markets} and {count} more")
    return sentence.format(markets=", ".join(parts[:NAMED]), count=len(parts) - NAMED)


def count_filters(brief: Brief) -> int:
    """How many filters narrow the brief; a range of followers is one."""
    has_range = brief.followers_min is not None or brief.followers_max is not None
    shares = (brief.min_share is not None, brief.min_share_each is not None)
    return sum((bool(brief.platforms), bool(brief.verticals), has_range, *shares))


def _goal(brief: Brief) -> None:
    st.radio(
        _("Goal"),
        GOALS,
        format_func=lambda goal: words.capitalized(_(goal)),
        captions=[_(MEANINGS[goal]) for goal in GOALS],
        key=show_as("form_goal", brief.goal),
        on_change=lambda: _write("goal", st.session_state["form_goal"]),
    )


def _markets(brief: Brief) -> None:
    choices = market_choices()
    problem = market_problem(brief)
    st.multiselect(
        _("Target markets"),
        list(choices),
        format_func=choices.__getitem__,
        max_selections=MOST_MARKETS,
        select_all=False,
        key=show_as("form_markets", [] if problem else [code for code, _weight in brief.markets]),
        on_change=_write_markets,
        args=(brief.weights,),
        placeholder=_("Choose a market"),
    )
    if problem:
        st.warning(problem, icon=":material/info:")
    if len(brief.markets) > 1:
        _parts(brief)


def market_choices() -> dict[str, str]:
    """Every country that a brief may name, code to name: those of the data first, the most frequent before others."""
    names = country_codes()
    loaded = [code for code in answer("usual_markets")["country"].to_list() if code in names]
    return {code: names[code] for code in [*loaded, *names]}


def _parts(brief: Brief) -> None:
    """How much of the brief each market is, in percent; the others give or take in proportion."""
    st.caption(_("How important is each market? In percent; the others follow, so that all are 100."))
    columns = st.columns(2, gap="small")
    for index, (code, part) in enumerate(brief.weights.items()):
        columns[index % 2].number_input(
            words.country(code),
            min_value=1,
            max_value=99,
            step=5,
            key=show_as(f"form_weight_{code}", min(99, max(1, round(100 * part)))),
            on_change=_write_part,
            args=(code, brief.weights),
            icon=":material/percent:",
        )


def _filters(brief: Brief, count: int) -> None:
    _choice(_("Platforms"), "platform", "platforms", brief.platforms)
    _choice(_("Verticals"), "vertical", "verticals", brief.verticals)
    _range(brief)
    _shares(brief)
    if count:
        st.button(_("Clear filters"), key="clear_filters", icon=":material/close:", on_click=clear_filters)


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
        format_func=words.platform if name == "platform" else str,
        placeholder=_("All {label}").format(label=label.lower()),
        width=360,
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
    counted = _("Share that the source lists. Above 0 %, creators without audience data are left out.")
    one_market = len(brief.markets) == 1
    together = _("Minimum share in market") if one_market else _("Minimum share in all markets")
    _share_slider(together, "form_share", "min_share", brief.min_share, 5, counted)
    if not one_market:
        each = _("Minimum share in every market")
        meaning = _("{counted} Leaves out creators who miss one of the markets.").format(counted=counted)
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


def _write_parts(parts: Mapping[str, float]) -> None:
    """Write markets and their parts in percent, which need not sum to 100."""
    _write("market", "_".join(f"{code}-{max(LEAST_PART, round(part, 1)):g}" for code, part in parts.items()))


def _write_markets(before: Mapping[str, float]) -> None:
    """A market that is added gets as much as each would have in equal parts; the others keep their proportions."""
    chosen = st.session_state["form_markets"]
    st.session_state[NO_MARKET] = not chosen
    kept = {code: before[code] for code in chosen if code in before}
    equal, total = 100 / max(1, len(chosen)), sum(kept.values()) or 1
    room = 100 - equal * (len(chosen) - len(kept))
    _write_parts({code: room * kept[code] / total if code in kept else equal for code in chosen})


def _write_part(changed: str, before: Mapping[str, float]) -> None:
    part = st.session_state[f"form_weight_{changed}"]
    room, others = 100 - part, 1 - before[changed]
    _write_parts({code: part if code == changed else room * share / others for code, share in before.items()})


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


def clear_filters() -> None:
    """Leave goal and markets, and take every filter away (callback)."""
    for name in FILTERS:
        _write(name, "")

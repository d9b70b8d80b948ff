"""Keep the ticks of the shortlist's tables and those of the link alike.

A table keeps its key while the list in it changes: the browser then draws other rows into the same table, which takes a
third of the time of a new one. What it reports are numbers of rows, so they are set anew with every list; a report that
was meant for the list before is left aside: one that comes before a reader can have seen the new list, or together with
a change of what is listed (the browser sends what its tables hold with every request).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic

import streamlit as st

from pages.ui.shortlist.controls import CONTROLS
from pages.ui.view_link import FIELDS, show_as, tick

LISTED = "listed"  # key of the session: the List that the tables show
SEEN_AFTER = 0.3  # seconds until a new list stands in the browser


@dataclass(frozen=True)
class List:
    """Whom the tables show, what was asked for, and since when the list is this one (monotonic seconds)."""

    ids: tuple[str, ...]
    asked: tuple[object, ...]
    since: float


def note_list(ids: tuple[str, ...]) -> None:
    """Note whom the tables show from now on."""
    before: List | None = st.session_state.get(LISTED)
    since = before.since if before and before.ids == ids else monotonic()
    st.session_state[LISTED] = List(ids, _asked(), since)


def _asked() -> tuple[object, ...]:
    return tuple(st.session_state.get(key) for key in (*FIELDS, *CONTROLS))


def show_ticks(key: str, ids: Sequence[str], ticked: Sequence[str]) -> str:
    """Let a table show who of its creators is ticked; return its key."""
    rows = [row for row, creator_id in enumerate(ids) if creator_id in ticked]
    if key not in st.session_state or sorted(st.session_state[key]["selection"]["rows"]) != rows:
        show_as(key, {"selection": {"rows": rows, "columns": [], "cells": []}})
    return key


def take_ticks(key: str, ids: Sequence[str], before: Sequence[str]) -> list[str]:
    """Write who is ticked in a table into the link (callback); return the columns that were chosen.

    before: all who were ticked, also those that the table does not list.
    """
    shown: List = st.session_state[LISTED]
    if monotonic() - shown.since < SEEN_AFTER or _asked() != shown.asked:
        return []
    selection = st.session_state[key]["selection"]
    now = [ids[row] for row in selection["rows"] if row < len(ids)]
    still = [creator_id for creator_id in before if creator_id not in ids or creator_id in now]
    tick((*still, *[creator_id for creator_id in now if creator_id not in still]))
    return list(selection["columns"])

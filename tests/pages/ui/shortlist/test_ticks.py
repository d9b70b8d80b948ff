"""Do the ticks of a table and those of the link stay the same creators while the list changes?"""

import pytest
from streamlit.testing.v1 import AppTest


def ticked_later(reported: list[int], seconds: float, words: str = "") -> None:
    """A table that held row 0 lists others now; after some seconds the browser reports rows of it, and what is typed
    into the search."""
    from dataclasses import replace
    from time import monotonic

    import streamlit as st

    from pages.ui.shortlist import ticks

    st.session_state["s"] = "elsewhere-ann"
    ticks.note_list(("ann", "ben", "cem"))
    assert st.session_state[ticks.show_ticks("list", ("ann", "ben", "cem"), ("elsewhere", "ann"))] == {
        "selection": {"rows": [0], "columns": [], "cells": []}
    }
    ticks.note_list(("cem", "ann"))
    ticks.show_ticks("list", ("cem", "ann"), ("elsewhere", "ann"))
    st.text(st.session_state["list"]["selection"]["rows"])
    st.session_state[ticks.LISTED] = replace(st.session_state[ticks.LISTED], since=monotonic() - seconds)
    st.session_state["find"] = words or None
    st.session_state["list"] = {"selection": {"rows": reported, "columns": ["price"], "cells": []}}
    st.text(ticks.take_ticks("list", ("cem", "ann"), ("elsewhere", "ann")))
    st.text(st.session_state["s"])


@pytest.mark.parametrize(
    ("reported", "seconds", "columns", "link"),
    [
        ([0, 1], 1.0, "['price']", "elsewhere-ann-cem"),
        ([0], 1.0, "['price']", "elsewhere-cem"),
        ([7], 1.0, "['price']", "elsewhere"),  # a row that this list does not have
        ([0], 0.1, "[]", "elsewhere-ann"),  # nobody can have seen the new list: row 0 was somebody else
    ],
)
def test_rows_mean_who_stood_there_when_they_were_ticked(reported, seconds, columns, link):
    app = AppTest.from_function(ticked_later, kwargs={"reported": reported, "seconds": seconds}).run()
    assert not app.exception
    assert [text.value for text in app.text] == ["[1]", columns, link]


def test_what_the_browser_holds_while_something_else_is_asked_for_ticks_nobody():
    app = AppTest.from_function(ticked_later, kwargs={"reported": [0], "seconds": 1.0, "words": "ce"}).run()
    assert [text.value for text in app.text] == ["[1]", "[]", "elsewhere-ann"]

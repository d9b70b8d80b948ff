"""Show a timer of the planning call: a clock that starts and stops at a press and redraws nothing but itself."""

import time

import streamlit as st

from fit.agreement import MINUTES
from fit.locale import _

STARTED, SPENT = "timer_started", "timer_spent"  # when it was started last, and seconds before that
TICK = 1.0  # seconds


def timer() -> None:
    """The clock; while it runs only itself is drawn again, so nobody's typing is disturbed."""
    is_running = st.session_state.get(STARTED) is not None
    st.fragment(_clock, run_every=TICK if is_running else None)()


def seconds_left(started: float | None, spent: float, now: float) -> int:
    """Seconds until the half hour is over; negative when it is."""
    return round(60 * MINUTES - spent - (now - started if started is not None else 0.0))


def _clock() -> None:
    started, spent = st.session_state.get(STARTED), st.session_state.get(SPENT, 0.0)
    left = seconds_left(started, spent, time.monotonic())
    minutes, seconds = divmod(abs(left), 60)
    clock = f"{minutes}:{seconds:02d}"
    with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content"):
        st.metric(_("Time left") if left >= 0 else _("Over time"), clock, width=110)
        # Not in a callback: starting and stopping change how often the clock is drawn, which takes a run of the page.
        if started is None:
            if st.button(_("Start"), key="timer_start", icon=":material/play_arrow:"):
                _turn(started=time.monotonic(), spent=spent)
        elif st.button(_("Stop"), key="timer_stop", icon=":material/pause:"):
            _turn(started=None, spent=spent + time.monotonic() - started)
        if spent and started is None:
            st.button(_("From the beginning"), key="timer_reset", type="tertiary", on_click=_reset)


def _turn(started: float | None, spent: float) -> None:
    st.session_state[STARTED], st.session_state[SPENT] = started, spent
    st.rerun()


def _reset() -> None:
    st.session_state[SPENT] = 0.0

"""Keep what is typed for a new line until it is added: a reload, another window or a closed lid loses nothing.

It is saved beside the agreement under a name that each session gives itself. A session that is gone leaves its lines to
the next one that opens the partnership.
"""

from uuid import uuid4

import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from fit.conversation import CallState
from pages.ui import decisions_access
from pages.ui.partnership import open_draft

OWNER = "typed_owner"  # key of the session: the name that it gave itself
PREFIX = "new_"  # how keys of fields begin whose text waits to be added


def keep(name: str, key: str) -> None:
    """Save what stands in a field of a new line (callback)."""
    forget(name, key, str(st.session_state.get(key) or ""))


def forget(name: str, key: str, text: str = "") -> None:
    """Save another text for a field of a new line; none once the line is added (callback)."""
    with open_draft.failures_told():
        decisions_access.change_call_state(name, lambda state: state.with_typed(_owner(), _window(), key, text))


def take_up(name: str) -> None:
    """Show what sessions that are gone had typed, where nothing else is typed now. Before the fields are drawn."""
    state = decisions_access.call_state(name)
    gone = {owner: one for owner, one in state.typed.items() if owner != _owner() and not _is_open(one.window)}
    found: dict[str, tuple[str, str]] = {}
    for owner, one in gone.items():
        for key, text in one.fields.items():
            if key not in found and not st.session_state.get(key):
                found[key] = owner, text
    if not found:
        return
    for key, (_gone, text) in found.items():
        st.session_state[key] = text

    def moved(state: CallState) -> CallState:
        for key, (owner, text) in found.items():
            state = state.with_typed(owner, state.typed[owner].window if owner in state.typed else "", key, None)
            state = state.with_typed(_owner(), _window(), key, text)
        return state

    with open_draft.failures_told():
        decisions_access.change_call_state(name, moved)


def is_in_the_way(name: str) -> bool:
    """Whether a field that somebody else has changed is being typed into here, so that drawing it would lose a text."""
    return False


def _owner() -> str:
    owner: str = st.session_state.setdefault(OWNER, uuid4().hex)
    return owner


def _window() -> str:
    context = get_script_run_ctx(suppress_warning=True)
    return context.session_id if context else ""


def _is_open(window: str) -> bool:
    """Whether a session of this server is connected to a window."""
    return runtime.exists() and runtime.get_instance().is_active_session(window) is True

"""Keep what is typed until it counts: a reload, another window or a closed lid loses nothing.

A line waits to be added, and the text of a field to be left; meanwhile it is saved beside the agreement, under a name
that each session gives itself. A session that is gone leaves its texts to the next one that opens the partnership.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from fit.conversation import CallState
from pages.ui import decisions_access
from pages.ui.partnership import open_draft

# Keys of the session: the name that it gave itself, the field that is typed into, and what stands in fields unsaved.
OWNER, TYPING, HELD = "typed_owner", "typing", "typed_held"
BEFORE = "typing_before"  # key of the session: the field that was typed into when it was last told
SIGNER = "signer_"  # how keys of fields begin that stay in their place whatever others do
NEW = "new_"  # how keys of fields begin whose text waits to be added
KEPT = (NEW, "field_", "answer_", "wording_")  # how keys begin that mean the same field after a reload


def listen(name: str) -> None:
    """Learn from the browser which field is typed into, and what stands there before it is left."""
    st.components.v2.component("creator_fit_typing", js=Path(__file__).with_name("typing.js").read_text("utf-8"))(
        key=TYPING, on_field_change=lambda: _field_changed(name), on_typed_change=lambda: _paused(name), height=1,
    )  # fmt: skip


def _told() -> Mapping[str, Any]:
    return st.session_state.get(TYPING) or {}


def _field_changed(name: str) -> None:
    before, field = st.session_state.get(BEFORE), str(_told().get("field") or "")
    st.session_state[BEFORE] = field
    if before and before != field and before.startswith(KEPT) and not before.startswith(NEW):
        forget(name, before)  # it was left, and so saved


def _paused(name: str) -> None:
    typed = _told().get("typed") or {}
    if str(typed.get("key")).startswith(KEPT):
        forget(name, str(typed["key"]), str(typed.get("text") or ""))


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
    held = st.session_state.setdefault(HELD, {})
    for owner, one in gone.items():
        for key, text in one.fields.items():
            if key not in found and not (st.session_state.get(key) if key.startswith(NEW) else key in held):
                found[key] = owner, text
    if not found:
        return
    for key, (_gone, text) in found.items():
        (st.session_state if key.startswith(NEW) else held)[key] = text

    def moved(state: CallState) -> CallState:
        for key, (owner, text) in found.items():
            state = state.with_typed(owner, state.typed[owner].window if owner in state.typed else "", key, None)
            state = state.with_typed(_owner(), _window(), key, text)
        return state

    with open_draft.failures_told():
        decisions_access.change_call_state(name, moved)


def is_in_the_way(name: str) -> bool:
    """Whether a field that somebody else has changed is being typed into here, so that drawing it would lose a text."""
    field, shown = str(_told().get("field") or ""), st.session_state.get(open_draft.SHOWN)
    if not field or field.startswith((NEW, SIGNER)) or shown is None:
        return False
    newest = decisions_access.saved().draft(decisions_access.AGREEMENT, name)
    now = open_draft.agreement_if_readable(newest.text) if newest else None
    if now is None:
        return True
    part = field.removeprefix("field_")
    if field.startswith("field_") and hasattr(now, part):
        return bool(getattr(now, part) != getattr(shown.agreement, part))
    if field.startswith("answer_"):
        return now.answers != shown.agreement.answers
    return True  # what stands at this place of a list may be another entry by now


def _owner() -> str:
    owner: str = st.session_state.setdefault(OWNER, uuid4().hex)
    return owner


def _window() -> str:
    context = get_script_run_ctx(suppress_warning=True)
    return context.session_id if context else ""


def _is_open(window: str) -> bool:
    """Whether a session of this server is connected to a window."""
    return runtime.exists() and runtime.get_instance().is_active_session(window) is True

"""Note the stages that a partnership reaches, each at the press of a button."""

import streamlit as st

from fit.locale import _
from fit.text import words
from pages.ui import decisions_access
from pages.ui.partnership import open_draft
from pages.ui.partnership.open_draft import OpenDraft


def note_button(draft: OpenDraft, stage: str, label: str) -> None:
    """A button that notes a stage, or the day on which it was noted."""
    notes = [note for note in decisions_access.stages(draft.name) if note.stage == stage]
    if notes:
        st.caption(f"{label}: {words.day(notes[0].at.date())}")
        return
    st.button(
        label, key=f"stage_{stage}", icon=":material/flag:", on_click=note,
        args=(draft.name, draft.agreement.creator, stage),
        help=_("Noted with today's date; Partnerships shows where everything stands"),
    )  # fmt: skip


def note(name: str, creator: str, stage: str, reason: str | None = None) -> None:
    """Note a stage (callback)."""
    try:
        decisions_access.note_stage(name, creator, stage, reason)
    except decisions_access.DecisionsError as error:
        open_draft.leave_message(str(error))

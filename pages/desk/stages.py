"""Where does a partnership stand? Stages are noted at a press, and stay noted."""

import streamlit as st

from fit import words
from fit.locale import _
from pages.desk import paper_on_desk, papers
from pages.desk.paper_on_desk import OnDesk


def note_button(paper: OnDesk, stage: str, label: str) -> None:
    """A button that notes a stage, or the day on which it was noted."""
    noted = [note for note in papers.stages(paper.name) if note.stage == stage]
    if noted:
        st.caption(f"{label}: {words.day(noted[0].at.date())}")
        return
    st.button(
        label, key=f"stage_{stage}", icon=":material/flag:", on_click=note,
        args=(paper.name, paper.agreement.creator, stage),
        help=_("Noted with today's date; Partnerships shows where everything stands"),
    )  # fmt: skip


def note(name: str, creator: str, stage: str, reason: str | None = None) -> None:
    """Note a stage (callback)."""
    try:
        papers.note_stage(name, creator, stage, reason)
    except papers.DecisionsError as error:
        paper_on_desk.say(str(error))

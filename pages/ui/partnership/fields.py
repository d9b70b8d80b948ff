"""Bind controls to an agreement: each shows what the draft says, and what somebody makes of it is saved at once."""

from dataclasses import replace
from typing import Any

import streamlit as st

from fit.agreement import LONGEST_TEXT
from pages.ui.blocks import bound
from pages.ui.partnership import open_draft
from pages.ui.partnership.open_draft import OpenDraft

ALWAYS_THERE = ("brand_goal", "partnership_goal")  # texts that are "" while nobody has written them; others are None


def text_field(
    draft: OpenDraft, name: str, label: str, *, suggested: str | None = None, height: int = 96, **others: Any
) -> None:
    """A text of the agreement. suggested: what stands there until somebody writes something else; height: pixels."""

    def write(text: str) -> None:
        own = text.strip()
        open_draft.change_fields(**{name: own if name in ALWAYS_THERE or (own and own != suggested) else None})

    shown = bound(f"field_{name}", getattr(draft.agreement, name) or suggested or "", write)
    st.text_area(label, height=height, max_chars=LONGEST_TEXT, **others, **shown)


def bound_field(draft: OpenDraft, name: str) -> dict[str, Any]:
    """For a control of one value of the agreement, None while it is open."""
    value = getattr(draft.agreement, name)
    return bound(f"field_{name}", value, lambda changed: open_draft.change_fields(**{name: changed}))


def bound_adjustment(draft: OpenDraft, name: str) -> dict[str, Any]:
    """For a control of how the two sides talk when something must change."""
    value = getattr(draft.agreement.adjustment, name)
    return bound(f"adjustment_{name}", value, lambda changed: change_adjustment(name, changed))


def change_adjustment(name: str, value: Any) -> None:
    """Save another value of the adjustment protocol, of its field's type (callback)."""
    values: dict[str, Any] = {name: value.strip() if isinstance(value, str) else value}
    open_draft.change(lambda agreement: replace(agreement, adjustment=replace(agreement.adjustment, **values)))

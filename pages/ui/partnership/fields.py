"""Edit single texts, days and numbers of an agreement: each field shows what the draft says and saves a change."""

from dataclasses import replace
from typing import Any

import streamlit as st

from fit.agreement import LONGEST_TEXT, MOST_DAYS
from fit.locale import _
from pages.ui.brief_sidebar import show_as
from pages.ui.partnership import open_draft
from pages.ui.partnership.list_editor import LONGEST_ENTRY
from pages.ui.partnership.open_draft import OpenDraft
from pages.ui.partnership.rule_fields import rule_fields

MOST_MONEY = 1e13
THREE_LINES = 96  # pixels


def text_field(
    draft: OpenDraft,
    name: str,
    label: str,
    *,
    suggested: str | None = None,
    height: int = THREE_LINES,
    help: str | None = None,
    placeholder: str | None = None,
) -> None:
    """A text of the agreement. suggested: what stands there until somebody writes something else."""
    key = show_as(f"field_{name}", getattr(draft.agreement, name) or suggested or "")
    st.text_area(
        label, key=key, height=height, max_chars=LONGEST_TEXT, on_change=_write_text, args=(name, key, suggested),
        help=help, placeholder=placeholder,
    )  # fmt: skip


def _write_text(name: str, key: str, suggested: str | None) -> None:
    text = st.session_state[key].strip()
    is_text_needed = name in ("brand_goal", "partnership_goal")
    open_draft.change_fields(**{name: text if is_text_needed or (text and text != suggested) else None})


def day_field(draft: OpenDraft, name: str, label: str) -> None:
    """A day of the agreement, None while it is open."""
    key = show_as(f"field_{name}", getattr(draft.agreement, name))
    st.date_input(label, value=None, key=key, format="YYYY-MM-DD", on_change=_write, args=(name, key))


def number_field(draft: OpenDraft, name: str, label: str, *, is_days: bool = False, placeholder: str = "") -> None:
    """Money or a number of days, None while it is open."""
    value = getattr(draft.agreement, name)
    key = show_as(f"field_{name}", value if value is None or is_days else float(value))
    least, most, step, pattern = (0, MOST_DAYS, 1, "%d") if is_days else (0.0, MOST_MONEY, 50.0, "%.12g")
    st.number_input(
        label, least, most, value=None, step=step, format=pattern, key=key, on_change=_write, args=(name, key),
        placeholder=placeholder,
    )  # fmt: skip


def choice_field(draft: OpenDraft, name: str, label: str, options: list[str], *, placeholder: str = "") -> None:
    """One of several words, None while it is open."""
    value = getattr(draft.agreement, name)
    key = show_as(f"field_{name}", value)
    known = [*options, *([value] if value and value not in options else [])]
    st.selectbox(label, known, index=None, key=key, on_change=_write, args=(name, key), placeholder=placeholder)


def _write(name: str, key: str) -> None:
    open_draft.change_fields(**{name: st.session_state[key]})


def adjustment_text(draft: OpenDraft, name: str, label: str, placeholder: str) -> None:
    """One text of how the two sides talk when something must change."""
    key = show_as(f"adjustment_{name}", getattr(draft.agreement.adjustment, name))
    st.text_input(
        label, key=key, max_chars=LONGEST_ENTRY, on_change=_write_adjustment_text, args=(name, key),
        placeholder=placeholder,
    )  # fmt: skip


def adjustment_days(draft: OpenDraft, label: str) -> None:
    """Within how many days the two sides talk."""
    key = show_as("adjustment_within_days", draft.agreement.adjustment.within_days)
    st.number_input(label, 0, MOST_DAYS, value=None, key=key, on_change=_write_adjustment_days, args=(key,))


def adjustment_rule(draft: OpenDraft) -> None:
    """The rule that is checked beside the threshold in words."""
    rule, label = draft.agreement.adjustment.rule, _("What is checked")
    rule_fields(draft, "adjustment_rule", rule, lambda rule: _change_adjustment(rule=rule), label=label)


def _write_adjustment_text(name: str, key: str) -> None:
    _change_adjustment(**{name: st.session_state[key].strip()})


def _write_adjustment_days(key: str) -> None:
    _change_adjustment(within_days=st.session_state[key])


def _change_adjustment(**values: Any) -> None:
    """Save other values of the adjustment protocol, of whatever type its fields have."""
    open_draft.change(lambda agreement: replace(agreement, adjustment=replace(agreement.adjustment, **values)))

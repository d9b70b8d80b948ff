"""How are single texts, days and numbers of an agreement written on screen? Each shows the paper and saves a change."""

from dataclasses import replace
from functools import partial

import streamlit as st

from fit.agreement import LONGEST_TEXT, MOST_DAYS, Adjustment, Agreement, Rule
from fit.locale import _
from pages.ui.partnership import open_draft
from pages.ui.partnership.list_editor import show_as
from pages.ui.partnership.open_draft import OpenDraft
from pages.ui.partnership.rule_fields import rule_fields

MOST_MONEY = 1e13
TALL = 96  # pixels: three lines


def text_field(
    paper: OpenDraft, name: str, label: str, *, suggested: str | None = None, height: int = TALL, **given: object
) -> None:
    """A text of the agreement. suggested: what stands there until somebody writes something else."""
    shown = getattr(paper.agreement, name) or suggested or ""
    key = show_as(f"field_{name}", shown)
    st.text_area(
        label, key=key, height=height, max_chars=LONGEST_TEXT, on_change=_write, args=(name, key, suggested), **given
    )


def _write(name: str, key: str, suggested: str | None) -> None:
    text = st.session_state[key].strip()
    is_text_needed = name in ("brand_goal", "partnership_goal")
    value = text if is_text_needed or (text and text != suggested) else None
    open_draft.change(partial(_with, name=name, value=value))


def day_field(paper: OpenDraft, name: str, label: str) -> None:
    """A day of the agreement, None while it is open."""
    key = show_as(f"field_{name}", getattr(paper.agreement, name))
    st.date_input(label, value=None, key=key, format="YYYY-MM-DD", on_change=_take, args=(name, key))


def number_field(paper: OpenDraft, name: str, label: str, *, is_days: bool = False, placeholder: str = "") -> None:
    """Money or a number of days, None while it is open."""
    value = getattr(paper.agreement, name)
    key = show_as(f"field_{name}", value if value is None or is_days else float(value))
    least, most, step, pattern = (0, MOST_DAYS, 1, "%d") if is_days else (0.0, MOST_MONEY, 50.0, "%.12g")
    st.number_input(
        label, least, most, value=None, step=step, format=pattern, key=key, on_change=_take, args=(name, key),
        placeholder=placeholder,
    )  # fmt: skip


def choice_field(paper: OpenDraft, name: str, label: str, options: list[str], *, placeholder: str = "") -> None:
    """One of several words, None while it is open."""
    value = getattr(paper.agreement, name)
    key = show_as(f"field_{name}", value)
    known = [*options, *([value] if value and value not in options else [])]
    st.selectbox(label, known, index=None, key=key, on_change=_take, args=(name, key), placeholder=placeholder)


def _take(name: str, key: str) -> None:
    open_draft.change(partial(_with, name=name, value=st.session_state[key]))


def _with(agreement: Agreement, name: str, value: object) -> Agreement:
    return replace(agreement, **{name: value})


def adjustment_field(paper: OpenDraft, name: str, label: str, *, is_days: bool = False, **given: object) -> None:
    """One part of how the two sides talk when something must change."""
    key = show_as(f"adjustment_{name}", getattr(paper.agreement.adjustment, name))
    if is_days:
        st.number_input(label, 0, MOST_DAYS, value=None, key=key, on_change=_adjust, args=(name, key), **given)
    else:
        st.text_input(label, key=key, max_chars=1_000, on_change=_adjust, args=(name, key), **given)


def adjustment_rule(paper: OpenDraft) -> None:
    """The rule that is checked beside the threshold in words."""
    rule_fields(
        paper, "adjustment_rule", paper.agreement.adjustment.rule, _adjust_rule, label=_("What is checked")
    )  # fmt: skip


def _adjust_rule(rule: Rule | None) -> None:
    open_draft.change(partial(_adjusted, name="rule", value=rule))


def _adjust(name: str, key: str) -> None:
    value = st.session_state[key]
    open_draft.change(partial(_adjusted, name=name, value=value.strip() if isinstance(value, str) else value))


def _adjusted(agreement: Agreement, name: str, value: object) -> Agreement:
    before = agreement.adjustment or Adjustment()
    return replace(agreement, adjustment=replace(before, **{name: value}))

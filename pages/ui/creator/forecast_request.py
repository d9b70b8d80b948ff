"""Edit the line that is forecast: deliverable, count, cost and targets. The form reads and writes the address."""

import streamlit as st

from fit.forecast import (
    MOST_COST,
    MOST_COUNT,
    TARGETS,
    CreatorLine,
    RequestedLine,
    cost_text,
    deliverable_text,
    targets_text,
)
from fit.locale import _, phrase
from fit.metrics import METRICS, Unit
from fit.model import kind_named
from fit.text import explained, plain, words
from pages.ui import store_access
from pages.ui.view_link import show_as

USUAL_KIND = phrase("each creator's usual")
LARGEST_TARGET = 1e12
# Where a target usually starts being asked for; the reader changes it at once.
FIRST_TARGET = {"return_on_ad_spend": 1.0} | {
    name: 0.02 for name, metric in METRICS.items() if metric.unit is Unit.RATE
}


def line_form(line: RequestedLine, creator_line: CreatorLine | None) -> None:
    """Kind, count, cost, currency and targets. asked: the line of the one creator shown; None: several are compared."""
    with st.container(border=True):
        with st.grid(4, min_column_width=140):
            _kind(line, creator_line)
            count = line.count or 1
            st.number_input(
                _("How many"), 1, MOST_COUNT, key=show_as("line_count", count), on_change=_write_deliverable
            )
            _cost(line, creator_line)
            _currency(line, creator_line)
        _targets(line)
        if line != RequestedLine():
            st.button(_("Back to the usual line"), icon=":material/undo:", on_click=_clear, type="tertiary")


def _kind(line: RequestedLine, creator_line: CreatorLine | None) -> None:
    shown = creator_line.deliverable if creator_line else line.deliverable or USUAL_KIND
    first = [USUAL_KIND] if creator_line is None else []
    platform = store_access.profile(creator_line.creator_id)["platform"] if creator_line else None
    options = list(dict.fromkeys([*first, *store_access.deliverable_kinds(platform), shown]))
    st.selectbox(
        _("Deliverable"),
        options,
        key=show_as("line_kind", shown),
        on_change=_write_deliverable,
        format_func=_kind_words,
        accept_new_options=True,
        help=_("Choose a kind, or type the name of another one."),
    )


def _kind_words(kind: str) -> str:
    return _(USUAL_KIND) if kind == USUAL_KIND else plain(kind)


def _cost(line: RequestedLine, creator_line: CreatorLine | None) -> None:
    cost = creator_line.cost if creator_line else line.cost
    st.number_input(
        _("Cost"),
        0.0,
        MOST_COST,
        step=50.0,
        format="%.12g",
        key=show_as("line_cost", None if cost is None else words.paid(cost)),
        on_change=_write_cost,
        placeholder=_("not stated") if creator_line else _("each asking price"),
        help=_("For all deliverables together. Starts at the asking price, if there is one."),
        value=None,
    )


def _currency(line: RequestedLine, creator_line: CreatorLine | None) -> None:
    known = store_access.currencies()
    shown = creator_line.currency if creator_line else line.currency
    options = [*known, *([shown] if shown and shown not in known else [])]
    st.selectbox(
        _("Currency"),
        options,
        index=None,
        key=show_as("line_currency", shown),
        on_change=_write_cost,
        placeholder=_("the usual one"),
    )


def _targets(line: RequestedLine) -> None:
    st.multiselect(
        _("Targets (optional)"),
        TARGETS,
        format_func=lambda metric: words.capitalized(words.metric(metric)),
        key=show_as("line_targets", [metric for metric, _ in line.targets]),
        on_change=_write_targets,
        args=(dict(line.targets),),
        placeholder=_("Add a target"),
        max_selections=6,
    )
    if not line.targets:
        return
    with st.grid(4, min_column_width=140):
        for metric, value in line.targets:
            is_rate = METRICS[metric].unit is Unit.RATE
            st.number_input(
                f"{words.capitalized(words.metric(metric))}{', %' if is_rate else ''}",
                0.0,
                LARGEST_TARGET,
                format="%.12g",
                help=explained(metric),
                key=show_as(f"line_target_{metric}", 100 * value if is_rate else value),
                on_change=_write_values,
                args=(tuple(metric for metric, _ in line.targets),),
            )


def _write_deliverable() -> None:
    kind = kind_named(st.session_state["line_kind"], store_access.deliverable_kinds(None))
    count = st.session_state["line_count"]
    st.session_state["deliverable"] = deliverable_text(None if kind == USUAL_KIND else kind, count)


def _write_cost() -> None:
    st.session_state["cost"] = cost_text(st.session_state["line_cost"], st.session_state["line_currency"])


def _write_targets(before: dict[str, float]) -> None:
    chosen = st.session_state["line_targets"]
    st.session_state["target"] = targets_text(
        {metric: before.get(metric, FIRST_TARGET.get(metric, 100.0)) for metric in chosen}
    )


def _write_values(metrics: tuple[str, ...]) -> None:
    shown = {metric: st.session_state[f"line_target_{metric}"] for metric in metrics}
    values = {metric: value / 100 if METRICS[metric].unit is Unit.RATE else value for metric, value in shown.items()}
    st.session_state["target"] = targets_text(values)


def _clear() -> None:
    for field in ("deliverable", "cost", "target"):
        st.session_state[field] = ""

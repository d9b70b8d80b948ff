"""What shall be forecast? The form of one brief line; like the brief's, it writes into the address and reads it."""

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
from fit.metrics import METRICS
from fit.text import explained, plain, words
from pages.ui import store_access

OWN = phrase("each creator's usual")
LARGEST_TARGET = 1e12
# Where a target usually starts being asked for; the reader changes it at once.
FIRST_TARGET = {"return_on_ad_spend": 1.0} | {one.name: 0.02 for one in METRICS.values() if one.unit == "rate"}


def _show(key: str, value: object) -> str:
    """Let a control show the link's value; return its key."""
    st.session_state[key] = value
    return key


def line_form(line: RequestedLine, asked: CreatorLine | None) -> None:
    """Kind, count, cost, currency and targets. asked: the line of the one creator shown; None: several are compared."""
    with st.container(border=True):
        with st.grid(4, min_column_width=140):
            _kind(line, asked)
            count = line.count or 1
            st.number_input(_("How many"), 1, MOST_COUNT, key=_show("line_count", count), on_change=_write_deliverable)
            _cost(line, asked)
            _currency(line, asked)
        _targets(line)
        if line != RequestedLine():
            st.button(_("Back to the usual line"), icon=":material/undo:", on_click=_clear, type="tertiary")


def _kind(line: RequestedLine, asked: CreatorLine | None) -> None:
    levels = store_access.answer("benchmark_levels")
    known = levels.filter(levels["factor"] == "deliverable")["level"].unique().sort().to_list()
    shown = asked.deliverable if asked else line.deliverable or OWN
    first = [OWN] if asked is None else []
    options = list(dict.fromkeys([*first, *known, shown]))
    st.selectbox(
        _("Deliverable"), options, key=_show("line_kind", shown), on_change=_write_deliverable, format_func=_kind_words
    )


def _kind_words(kind: str) -> str:
    return _(OWN) if kind == OWN else plain(kind)


def _cost(line: RequestedLine, asked: CreatorLine | None) -> None:
    st.number_input(
        _("Cost"),
        0.0,
        MOST_COST,
        step=50.0,
        format="%.12g",
        key=_show("line_cost", asked.cost if asked else line.cost),
        on_change=_write_cost,
        placeholder=_("not stated") if asked else _("each asking price"),
        help=_("Of all deliverables together. Starts at the asking price where the profile states one."),
        value=None,
    )


def _currency(line: RequestedLine, asked: CreatorLine | None) -> None:
    known = store_access.answer("market_prices")["currency"].to_list()
    shown = asked.currency if asked else line.currency
    options = [*known, *([shown] if shown and shown not in known else [])]
    st.selectbox(
        _("Currency"),
        options,
        index=None,
        key=_show("line_currency", shown),
        on_change=_write_cost,
        placeholder=_("the usual one"),
    )


def _targets(line: RequestedLine) -> None:
    st.multiselect(
        _("Targets (optional)"),
        TARGETS,
        format_func=lambda metric: words.capitalized(words.metric(metric)),
        key=_show("line_targets", [metric for metric, _ in line.targets]),
        on_change=_write_targets,
        args=(dict(line.targets),),
        placeholder=_("A metric that somebody promises"),
        max_selections=6,
    )
    if not line.targets:
        return
    with st.grid(4, min_column_width=140):
        for metric, value in line.targets:
            percent = METRICS[metric].unit == "rate"
            st.number_input(
                f"{words.capitalized(words.metric(metric))}{', %' if percent else ''}",
                0.0,
                LARGEST_TARGET,
                format="%.12g",
                help=explained(metric),
                key=_show(f"line_target_{metric}", 100 * value if percent else value),
                on_change=_write_values,
                args=(tuple(metric for metric, _ in line.targets),),
            )


def _write_deliverable() -> None:
    kind = st.session_state["line_kind"]
    st.session_state["deliverable"] = deliverable_text(None if kind == OWN else kind, st.session_state["line_count"])


def _write_cost() -> None:
    st.session_state["cost"] = cost_text(st.session_state["line_cost"], st.session_state["line_currency"])


def _write_targets(before: dict[str, float]) -> None:
    chosen = st.session_state["line_targets"]
    st.session_state["target"] = targets_text({m: before.get(m, FIRST_TARGET.get(m, 100.0)) for m in chosen})


def _write_values(metrics: tuple[str, ...]) -> None:
    shown = {metric: st.session_state[f"line_target_{metric}"] for metric in metrics}
    values = {metric: v / 100 if METRICS[metric].unit == "rate" else v for metric, v in shown.items()}
    st.session_state["target"] = targets_text(values)


def _clear() -> None:
    for field in ("deliverable", "cost", "target"):
        st.session_state[field] = ""

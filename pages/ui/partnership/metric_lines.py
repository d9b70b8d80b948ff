"""What will each side be measured by? Lines with target, chance, who cares, and both sides' words for the same wish."""

from dataclasses import replace
from functools import partial

import streamlit as st

from fit import locale
from fit.agreement import KINDS, LARGEST_NUMBER, SIDES, Agreement, MetricLine, TargetLine, new_line
from fit.locale import _, phrase
from fit.metrics import METRICS, Metric
from fit.text import literal, words
from pages.ui.partnership import list_editor, open_draft
from pages.ui.partnership.list_editor import show_as
from pages.ui.partnership.open_draft import OpenDraft

KIND_COLOURS = {"output": "blue", "outcome": "orange", "leading": "violet"}
KIND_HELP = {
    "output": phrase("What the creator delivers"),
    "outcome": phrase("What the business gets"),
    "leading": phrase("An early sign that the creator controls"),
}
CONTROL_WORDS = {
    "creator": phrase("the creator controls it"),
    "brand": phrase("the brand controls it"),
    "both": phrase("both have a hand in it"),
    "neither": phrase("platform and luck decide"),
}
TALL = 80  # pixels: two lines of a wish


def lines_form(paper: OpenDraft, side: str, *, is_leading: bool) -> None:
    """The lines of one side, leading indicators apart, and a way to add one."""
    for at, promise in enumerate(paper.promises):
        if promise.line.side == side and (promise.kind == "leading") == is_leading:
            _line(paper, at, promise)
    _add_line(paper, side, is_leading)


def _line(paper: OpenDraft, at: int, promise: TargetLine) -> None:
    with st.container(border=True, key=f"metric_{at}"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"**{literal(_capital(promise.label))}**", help=literal(promise.definition) or None)
            st.badge(promise.kind, color=KIND_COLOURS[promise.kind], help=_(KIND_HELP[promise.kind]))
            st.space("stretch")
            st.button(
                _("Remove"), key=f"metric_{at}_remove", icon=":material/close:", type="tertiary",
                on_click=list_editor.remove, args=("metrics", at),
            )  # fmt: skip
        _target(paper, at, promise)
        st.caption(_chance(promise, paper.agreement.currency))
        for warning in promise.warnings:
            st.warning(literal(warning), icon=":material/warning:")
        _move(at, promise)
        _matters(at, promise.line)
        _words(at, promise)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _target(paper: OpenDraft, at: int, promise: TargetLine) -> None:
    is_rate = promise.metric is not None and promise.metric.unit == "rate"
    value, scale = promise.line.target, 100 if is_rate else 1
    key = show_as(f"metric_{at}_target", None if value is None else float(f"{scale * value:.12g}"))
    st.number_input(
        _unit(promise.metric, paper.agreement.currency), 0.0, 100.0 if is_rate else LARGEST_NUMBER, value=None,
        format="%.12g", key=key, on_change=_write_target, args=(at, scale, key), placeholder=_("no forecast knows one"),
        width=260,
    )  # fmt: skip


def _unit(metric: Metric | None, currency: str | None) -> str:
    if metric is None:
        return _("Target, at least")
    unit = {"rate": "%", "amount": currency or ""}.get(metric.unit, "")
    said = _("Target, at most") if metric.lower_is_better else _("Target, at least")
    return f"{said}, {unit}" if unit else said


def _chance(promise: TargetLine, currency: str | None) -> str:
    """The chance in percent and as a count, and the range that it was counted in."""
    if promise.p_hit is None:
        control = promise.metric and promise.metric.controlled_by
        return _("No forecast knows this one; {control}.").format(control=_(CONTROL_WORDS.get(control or "creator")))
    low, high = (
        _("no limit") if value is None else words.measure(promise.line.name, value, currency)
        for value in (promise.p10, promise.p90)
    )
    said = _("Chance {chance}. 8 in 10 futures bring {range}.").format(
        chance=promise.chance_words, range=words.between(low, high)
    )
    filled = _("Prefilled with the middle of the forecast.")
    return literal(f"{said} {filled}" if promise.is_filled else said)


def _move(at: int, promise: TargetLine) -> None:
    """A line outside the creator's control can become one of the brand's."""
    if promise.line.side == "creator" and promise.metric and promise.metric.controlled_by in ("brand", "neither"):
        st.button(
            _("Make it the brand's line"), key=f"metric_{at}_move", icon=":material/arrow_forward:", type="tertiary",
            on_click=_write, args=(at, {"side": "brand"}),
        )  # fmt: skip


def _matters(at: int, line: MetricLine) -> None:
    labels = {"brand": _("Matters to the brand"), "creator": _("Matters to the creator")}
    list_editor.ticks(labels, line.matters_to, f"metric_{at}_matters", partial(_write_matters, at))


def _words(at: int, promise: TargetLine) -> None:
    """The same wish in the words of either side; what the library says stands there until somebody changes it."""
    with st.expander(_("In both sides' words"), icon=":material/translate:"):
        for side, label in (("brand", _("As the brand says it")), ("creator", _("As the creator would say it"))):
            name = f"{side}_words"
            own = getattr(promise.metric, name) if promise.metric else ""
            key = show_as(f"metric_{at}_{name}", getattr(promise, name))
            st.text_area(
                label,
                key=key,
                height=TALL,
                max_chars=list_editor.LONGEST,
                on_change=_write_words,
                args=(at, name, key, own),
            )


def _add_line(paper: OpenDraft, side: str, is_leading: bool) -> None:
    named = f"add_{side}_{'leading' if is_leading else 'line'}"
    there = {line.name for line in paper.agreement.metrics}
    fitting = [one for one in METRICS.values() if one.name not in there and _fits(one, side, is_leading)]
    st.session_state[named] = None
    st.selectbox(
        _("Add a leading indicator") if is_leading else _("Add a line"), [one.name for one in fitting], index=None,
        key=named, on_change=_add, args=(named, side), format_func=_offered, placeholder=_("Choose from the library"),
    )  # fmt: skip


def _fits(one: Metric, side: str, is_leading: bool) -> bool:
    if is_leading or one.kind == "leading":
        return is_leading and one.kind == "leading"
    return True if side == "brand" else one.kind == "output" or one.controlled_by in ("creator", "both")


def _offered(name: str) -> str:
    one = METRICS[name]
    return f"{_capital(one.label)} ({one.kind}; {_(CONTROL_WORDS[one.controlled_by])})"


def own_metric_form() -> None:
    """A metric that the library does not have: a name, what is counted, its kind and whose line it is."""
    with (
        st.expander(_("A metric of your own"), icon=":material/add_circle:"),
        st.form("own_metric", border=False),
    ):
        name, kind, side = st.columns([3, 2, 2])
        name.text_input(_("What it is called"), key="own_name", max_chars=80)
        kind.selectbox(_("Kind"), list(KINDS), key="own_kind", format_func=_capital)
        side.selectbox(_("Whose line"), list(SIDES), key="own_side", format_func=_capital)
        st.text_input(_("What is counted, and where it is read"), key="own_definition", max_chars=list_editor.LONGEST)
        st.form_submit_button(_("Add this metric"), on_click=_add_own, icon=":material/add:")


def _add_own() -> None:
    name, kind, side, definition = (
        st.session_state[f"own_{part}"].strip() for part in ("name", "kind", "side", "definition")
    )
    if not name or not definition:
        open_draft.say(_("A metric of your own needs a name and what is counted. Fill in both, then add it."))
        return
    line = MetricLine(name, side, kind=kind, matters_to=(side,), definition=definition)
    if open_draft.change(partial(list_editor.added, part="metrics", entry=line)):
        st.session_state["own_name"] = st.session_state["own_definition"] = ""


def _add(named: str, side: str) -> None:
    chosen = st.session_state[named]
    if chosen:
        line = replace(new_line(chosen), side=side, matters_to=(side,))
        open_draft.change(partial(list_editor.added, part="metrics", entry=line))


def _write(at: int, cells: dict[str, object]) -> None:
    open_draft.change(partial(list_editor.changed, part="metrics", at=at, cells=cells))


def _write_target(at: int, scale: int, key: str) -> None:
    value = st.session_state[key]
    _write(at, {"target": None if value is None else value / scale})


def _write_matters(at: int, chosen: tuple[str, ...]) -> None:
    _write(at, {"matters_to": chosen})


def _write_words(at: int, name: str, key: str, own: str) -> None:
    text = st.session_state[key].strip()
    _write(at, {name: None if text in ("", own) else text})


def shared_form(agreement: Agreement) -> None:
    """Every line with the sides that care, where nothing else is asked for."""
    for at, line in enumerate(agreement.metrics):
        known = METRICS.get(line.name)
        called, control = st.columns(2, vertical_alignment="center")
        called.markdown(literal(_capital(known.label if known else line.name)))
        with control:
            _matters(at, line)


def budget_words(agreement: Agreement) -> str:
    """How many lines there are, against the rule of practice."""
    return _("{count} lines in all; a charter takes 3 to 5 (a rule of practice)").format(
        count=locale.decimal(len(agreement.metrics))
    )

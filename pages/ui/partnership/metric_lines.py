"""Edit the lines that each side is measured by: target, chance, who cares, and both sides' words for the same wish."""

from dataclasses import replace
from functools import partial

import streamlit as st

from fit.agreement import KINDS, SIDES, MetricLine, Side, TargetLine, line_label, line_of, new_line
from fit.locale import _, phrase
from fit.metrics import METRICS, Control, Metric, MetricKind, Unit, named_metric
from fit.text import literal, words
from pages.ui import blocks
from pages.ui.partnership import open_draft
from pages.ui.partnership.clashes import boxes_of_entry
from pages.ui.partnership.fields import LONGEST_ENTRY, add_entry, change_entry, long_text, remove_button, ticks
from pages.ui.partnership.open_draft import OpenDraft
from pages.ui.review.figure_field import figure_field

BADGES: dict[MetricKind, tuple[blocks.Colour, str]] = {  # of a kind of line: colour and help
    MetricKind.OUTPUT: ("blue", phrase("What the creator delivers")),
    MetricKind.OUTCOME: ("orange", phrase("What the business gets")),
    MetricKind.LEADING: ("violet", phrase("An early sign that the creator controls")),
}
CONTROL_WORDS = {
    Control.CREATOR: phrase("the creator controls it"),
    Control.BRAND: phrase("the brand controls it"),
    Control.BOTH: phrase("both have a hand in it"),
    Control.NEITHER: phrase("platform and luck decide"),
}
TWO_LINES = 80  # pixels
OWN, LONGEST_NAME = "own_metric", 80  # place of messages about a metric of one's own; characters of its name


def lines_form(draft: OpenDraft, side: Side, *, is_leading: bool) -> None:
    """The lines of one side, leading indicators apart, and a way to add one."""
    for index, target in enumerate(draft.targets):
        if target.line.side == side and (target.kind is MetricKind.LEADING) == is_leading:
            _line(draft, index, target)
    _add_line(draft, side, is_leading)


def _line(draft: OpenDraft, index: int, target: TargetLine) -> None:
    with st.container(border=True, key=f"metric_{index}"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"**{literal(words.capitalized(target.full_label))}**", help=literal(target.definition) or None)
            colour, meaning = BADGES[target.kind]
            st.badge(target.kind, color=colour, help=_(meaning))
            st.space("stretch")
            remove_button("metrics", index, f"metric_{index}_remove")
        _target(draft, index, target)
        st.caption(_chance(target, draft.agreement.currency))
        for warning in target.warnings:
            st.warning(literal(warning), icon=":material/warning:")
        is_of_creator = target.line.side == Side.CREATOR
        if is_of_creator and target.metric and target.metric.controlled_by in (Control.BRAND, Control.NEITHER):
            st.button(
                _("Make it the brand's metric"), key=f"metric_{index}_move", icon=":material/arrow_forward:",
                type="tertiary", on_click=change_entry, args=("metrics", index, "side", Side.BRAND),
            )  # fmt: skip
        _matters(index, target.line)
        _words(index, target)
        boxes_of_entry(draft, "metrics", index)


def _target(draft: OpenDraft, index: int, target: TargetLine) -> None:
    unit, currency = target.metric.unit if target.metric else None, draft.agreement.currency
    figure_field(
        f"metric_{index}_target", _unit(target.metric, currency), target.line.target,
        lambda number, _code: change_entry("metrics", index, "target", number), unit, currency,
        placeholder=_("there is no forecast"), width=260,
    )  # fmt: skip


def _unit(metric: Metric | None, currency: str | None) -> str:
    if metric is None:
        return _("Target, at least")
    unit = {Unit.RATE: "%", Unit.AMOUNT: currency or ""}.get(metric.unit, "")
    label = _("Target, at most") if metric.lower_is_better else _("Target, at least")
    return f"{label}, {unit}" if unit else label


def _chance(target: TargetLine, currency: str | None) -> str:
    """The chance in percent and as a count, and the range that it was counted in."""
    if target.p_hit is None:
        control = target.metric.controlled_by if target.metric else Control.CREATOR
        return _("There is no forecast for this one; {control}.").format(control=_(CONTROL_WORDS[control]))
    low, high = (
        _("no limit") if value is None else words.measure(target.line.name, value, currency)
        for value in (target.p10, target.p90)
    )
    chance, futures = target.chance_words, words.between(low, high)
    sentence = _("Chance {chance}. Likely range: {range}.").format(chance=chance, range=futures)
    prefilled = _("Prefilled with the middle of the forecast.")
    return literal(f"{sentence} {prefilled}" if target.is_filled else sentence)


def _matters(index: int, line: MetricLine) -> None:
    labels: dict[str, str] = {Side.BRAND: _("Matters to the brand"), Side.CREATOR: _("Matters to the creator")}
    write = partial(change_entry, "metrics", index, "matters_to")
    ticks(labels, line.matters_to, f"metric_{index}_matters", write)


def _words(index: int, target: TargetLine) -> None:
    """The same wish in the words of either side; what the library says stands there until somebody changes it."""
    with st.expander(_("In both sides' words"), icon=":material/translate:"):
        for side, label in ((Side.BRAND, _("As the brand says it")), (Side.CREATOR, _("As the creator would say it"))):
            name = f"{side}_words"
            write = partial(_write_words, index, name, getattr(target.metric, name) if target.metric else "")
            key = f"metric_{index}_{name}"
            long_text(key, label, getattr(target, name), write, most=LONGEST_ENTRY, height=TWO_LINES)


def _write_words(index: int, name: str, library_words: str, text: str) -> None:
    change_entry("metrics", index, name, None if text.strip() in ("", library_words) else text.strip())


def _add_line(draft: OpenDraft, side: Side, is_leading: bool) -> None:
    there = {line.name for line in draft.agreement.metrics}
    fitting = [name for name, metric in METRICS.items() if name not in there and _fits(metric, side, is_leading)]

    def add(name: str | None) -> None:
        if name in fitting:  # the browser may say once more, as a label, what was added and is offered no longer
            add_entry("metrics", replace(new_line(name), side=side, matters_to=(side,)))

    st.selectbox(
        _("Add a leading indicator") if is_leading else _("Add a line"), fitting, index=None, format_func=_offered,
        placeholder=_("Choose from the library"),
        **blocks.bound(f"add_{side}_{'leading' if is_leading else 'line'}", None, add),
    )  # fmt: skip


def _fits(metric: Metric, side: Side, is_leading: bool) -> bool:
    if is_leading or metric.kind is MetricKind.LEADING:
        return is_leading and metric.kind is MetricKind.LEADING
    moves_it = metric.kind is MetricKind.OUTPUT or metric.controlled_by in (Control.CREATOR, Control.BOTH)
    return side == Side.BRAND or moves_it


def _offered(name: str) -> str:
    metric = METRICS[name]
    return f"{words.capitalized(metric.label)} ({metric.kind}; {_(CONTROL_WORDS[metric.controlled_by])})"


def own_metric_form(draft: OpenDraft) -> None:
    """A metric that the library does not have: a name, what is counted, its kind and whose line it is."""
    is_open = open_draft.has_message(OWN) or bool(st.session_state.get("own_name"))
    with (
        st.expander(_("Your own metric"), icon=":material/add_circle:", expanded=is_open),
        st.form("own_metric", border=False),
    ):
        name, kind, side = st.columns([3, 2, 2])
        name.text_input(_("What it is called"), key="own_name")
        kind.selectbox(_("Kind"), list(KINDS), key="own_kind", format_func=words.capitalized)
        side.selectbox(_("Whose metric"), list(SIDES), key="own_side", format_func=words.capitalized)
        st.text_input(_("What is counted, and where it is read"), key="own_definition")
        st.form_submit_button(_("Add this metric"), on_click=_add_own, args=(draft,), icon=":material/add:")
        open_draft.show_message(OWN)


def _add_own(draft: OpenDraft) -> None:
    """Add what was typed (callback): a library metric where its name is one, and none that has a line already."""
    name, kind, side, definition = (
        st.session_state[f"own_{part}"].strip() for part in ("name", "kind", "side", "definition")
    )
    known = named_metric(name)
    if line := line_of(draft.agreement.metrics, name):
        sentence = _("There is a line for {metric} already. Change its target there, or give your metric another name.")
        open_draft.leave_message(sentence.format(metric=line_label(line)), OWN)
        return
    if known and add_entry("metrics", replace(new_line(known.name), side=Side(side), matters_to=(Side(side),)), OWN):
        sentence = _("{metric} is in the library, so its line was added as the library counts it.")
        _own_metric_added(sentence.format(metric=words.capitalized(words.metric(known.name))))
    if known:
        return
    if not name or not definition:
        sentence = _("Your own metric needs a name and what is counted. Fill in both, then add it.")
        open_draft.leave_message(sentence, OWN)
        return
    if len(name) > LONGEST_NAME or len(definition) > LONGEST_ENTRY:
        sentence = _("The name fits {name} characters, what is counted {definition}. Shorten it, then add it.")
        limits = {"name": words.count(LONGEST_NAME), "definition": words.count(LONGEST_ENTRY)}
        open_draft.leave_message(sentence.format(**limits), OWN)
        return
    line = MetricLine(name, side, kind=kind, matters_to=(side,), definition=definition)
    if add_entry("metrics", line, OWN):
        _own_metric_added()


def _own_metric_added(sentence: str = "") -> None:
    st.session_state["own_name"] = st.session_state["own_definition"] = ""
    if sentence:
        open_draft.leave_message(sentence, OWN)


def shared_form(draft: OpenDraft) -> None:
    """Every line with the sides that care, where nothing else is asked for."""
    for index, line in enumerate(draft.agreement.metrics):
        metric = METRICS.get(line.name)
        label, control = st.columns(2, vertical_alignment="center")
        label.markdown(literal(words.capitalized(metric.label if metric else line.name)))
        with control:
            _matters(index, line)
        boxes_of_entry(draft, "metrics", index)

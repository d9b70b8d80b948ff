"""Edit a rule in fields: what is checked, at least or at most, a share of target or a value, after how many days."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st

from fit.agreement import (
    LARGEST_NUMBER,
    MOST_COUNT,
    MOST_DAYS,
    MOST_SHARE,
    AnyRule,
    DeliverableRule,
    Limit,
    Rule,
    bound_of,
)
from fit.locale import _
from fit.metrics import METRICS
from pages.ui.partnership import open_draft
from pages.ui.partnership.list_editor import show_as
from pages.ui.partnership.open_draft import OpenDraft

Write = Callable[[AnyRule | None], object]
SHARE, VALUE = "share", "value"


def rule_fields(
    paper: OpenDraft, key: str, rule: AnyRule | None, write: Write, *, label: str, kinds: Sequence[str] = ()
) -> None:
    """The fields of one rule; each change is written at once. key: how the keys of the fields begin; write: takes the
    new rule, None for none; label: of the first field; kinds: of deliverables that a rule may count."""
    given = (paper, key, rule, write)
    if rule is None:
        first, _rest = st.columns([4, 7])
        with first:
            _subject(label, kinds, *given)
        return
    if isinstance(rule, DeliverableRule):
        columns = st.columns([4, 2, 2, 3], vertical_alignment="bottom", gap="small")
    else:
        columns = st.columns([4, 2, 2, 2, 2], vertical_alignment="bottom", gap="small")
    with columns[0]:
        _subject(label, kinds, *given)
    with columns[1]:
        st.selectbox(
            _("Limit"), list(Limit), key=show_as(f"{key}_limit", rule.limit), format_func=_limit_words,
            on_change=_take, args=given,
        )  # fmt: skip
    with columns[2]:
        _number(*given)
    if isinstance(rule, Rule):
        with columns[3]:
            unit = SHARE if rule.share_of_target is not None else VALUE
            st.selectbox(
                _("Counted as"), [SHARE, VALUE], key=show_as(f"{key}_unit", unit),
                format_func=lambda one: _unit_words(one, rule.metric, paper.agreement.currency), on_change=_take_unit,
                args=given,
            )  # fmt: skip
        with columns[4]:
            st.number_input(
                _("After days"), 1, MOST_DAYS, value=None, key=show_as(f"{key}_days", rule.after_days),
                placeholder=_("at the end"), on_change=_take, args=given,
            )  # fmt: skip


def _limit_words(limit: Limit) -> str:
    return _("at least") if limit is Limit.AT_LEAST else _("at most")


def _unit_words(unit: str, metric: str, currency: str | None) -> str:
    if unit == SHARE:
        return _("% of target")
    return {"rate": "%", "amount": currency or _("money")}.get(METRICS[metric].unit, _("number"))


def _subject(label: str, kinds: Sequence[str], paper: OpenDraft, key: str, rule: AnyRule | None, write: Write) -> None:
    """What is checked: a kind of deliverable or a metric, those of this agreement first."""
    shown = subject_of(rule)
    own = [line.name for line in paper.agreement.metrics if line.name in METRICS]
    options = [f"deliverable {kind}" for kind in kinds] + [f"metric {name}" for name in dict.fromkeys([*own, *METRICS])]
    if shown and shown not in options:
        options.insert(0, shown)
    st.selectbox(
        label, options, index=None, key=show_as(f"{key}_subject", shown), format_func=_subject_words,
        placeholder=_("nothing: people check the words"), on_change=_take_subject, args=(paper, key, rule, write),
    )  # fmt: skip


def subject_of(rule: AnyRule | None) -> str | None:
    """What a rule is about, as an option: "metric clicks", "deliverable story"."""
    if rule is None:
        return None
    return f"deliverable {rule.kind}" if isinstance(rule, DeliverableRule) else f"metric {rule.metric}"


def _subject_words(option: str) -> str:
    sort, _space, name = option.partition(" ")
    if sort == "deliverable":
        return _("Deliverables: {kind}").format(kind=name)
    label = _(METRICS[name].label)
    return label[:1].upper() + label[1:]


def _number(paper: OpenDraft, key: str, rule: AnyRule, write: Write) -> None:
    given = {"key": f"{key}_number", "on_change": _take, "args": (paper, key, rule, write), "value": None}
    if isinstance(rule, DeliverableRule):
        show_as(given["key"], rule.count)
        st.number_input(_("Pieces"), 0, MOST_COUNT, step=1, **given)
        return
    is_share, scale = rule.share_of_target is not None, scale_of(rule)
    value = rule.share_of_target if is_share else rule.value
    show_as(given["key"], float(f"{scale * value:.12g}"))
    most = scale * (MOST_SHARE if is_share else 1.0) if scale > 1 else LARGEST_NUMBER
    unit = _unit_words(SHARE if is_share else VALUE, rule.metric, paper.agreement.currency)
    st.number_input(_("Amount, {unit}").format(unit=unit), 0.0, most, format="%.12g", **given)


def scale_of(rule: Rule) -> int:
    """How many units on screen are one of the rule: shares and rates are typed in percent."""
    return 100 if rule.share_of_target is not None or METRICS[rule.metric].unit == "rate" else 1


def _take_subject(paper: OpenDraft, key: str, rule: AnyRule | None, write: Write) -> None:
    """Begin a rule about what was chosen: none of a deliverable, or the target itself (callback)."""
    option: str | None = st.session_state[f"{key}_subject"]
    if option is None:
        write(None)
        return
    sort, _space, name = option.partition(" ")
    if sort == "deliverable":
        write(DeliverableRule(name, Limit.AT_MOST, 0))
        return
    limit = Limit.AT_MOST if METRICS[name].lower_is_better else Limit.AT_LEAST
    write(Rule(name, limit, share_of_target=1.0, after_days=rule.after_days if isinstance(rule, Rule) else None))


def _take_unit(paper: OpenDraft, key: str, rule: Rule, write: Write) -> None:
    """Count the same limit in the other unit where the target is known; else begin anew (callback)."""
    if st.session_state[f"{key}_unit"] == SHARE:
        write(replace(rule, share_of_target=1.0, value=None))
        return
    targets = {each.line.name: each.line.target for each in paper.promises if each.line.target is not None}
    bound = bound_of(rule, targets)
    is_rate = METRICS[rule.metric].unit == "rate"
    write(replace(rule, share_of_target=None, value=0.0 if bound is None else min(bound, 1.0) if is_rate else bound))


def _take(paper: OpenDraft, key: str, rule: AnyRule, write: Write) -> None:
    """Write the rule as its fields stand (callback)."""
    number = st.session_state[f"{key}_number"]
    if number is None:
        open_draft.say(_("The limit is empty, so the old one is kept. Clear the first field to take the rule out."))
        return
    limit = Limit(st.session_state[f"{key}_limit"])
    if isinstance(rule, DeliverableRule):
        write(replace(rule, limit=limit, count=number))
        return
    amount = float(f"{number / scale_of(rule):.12g}")
    if rule.share_of_target is not None and amount == 0:
        open_draft.say(_("A share of the target is above 0 %, so the old one is kept."))
        return
    value = {"value": amount} if rule.share_of_target is None else {"share_of_target": amount}
    write(replace(rule, limit=limit, after_days=st.session_state[f"{key}_days"], **value))

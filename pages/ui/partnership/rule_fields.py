"""Edit a rule in fields: what is checked, at least or at most, a share of target or a value, after how many days."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import StrEnum

import streamlit as st

from fit.agreement import (
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
from fit.metrics import METRICS, Unit
from fit.text import words
from pages.ui.partnership import open_draft
from pages.ui.partnership.open_draft import OpenDraft
from pages.ui.review.figure_field import figure_field
from pages.ui.view_link import show_as, unless_echo

Write = Callable[[AnyRule | None], object]


class CountedAs(StrEnum):
    """What the amount of a rule is counted in."""

    SHARE = "share"  # of the target
    VALUE = "value"  # in the metric's own unit


def rule_fields(
    draft: OpenDraft, key: str, rule: AnyRule | None, write: Write, *, label: str, kinds: Sequence[str] = ()
) -> None:
    """The fields of one rule; each change is written at once. key: how the keys of the fields begin; write: takes the
    new rule, None for none; label: of the first field; kinds: of deliverables that a rule may count."""
    widths = [4, 7] if rule is None else [4, 2, 2, 3] if isinstance(rule, DeliverableRule) else [4, 2, 2, 2, 2]
    columns = st.columns(widths, vertical_alignment="bottom")
    with columns[0]:
        _subject(label, kinds, draft, key, rule, write)
    if rule is None:
        return
    args, limits = (key, rule, write), {Limit.AT_LEAST: _("at least"), Limit.AT_MOST: _("at most")}
    columns[1].selectbox(
        _("Limit"), list(limits), key=show_as(f"{key}_limit", rule.limit), format_func=limits.__getitem__,
        on_change=unless_echo(f"{key}_limit", _take), args=args,
    )  # fmt: skip
    with columns[2]:
        _number(draft, *args)
    if isinstance(rule, Rule):
        columns[3].selectbox(
            _("Counted as"), list(CountedAs), key=show_as(f"{key}_unit", _unit_of(rule)),
            format_func=lambda unit: _unit_words(unit, rule.metric, draft.agreement.currency),
            on_change=unless_echo(f"{key}_unit", _take_unit), args=(draft, *args),
        )  # fmt: skip
        columns[4].number_input(
            _("After days"), 1, MOST_DAYS, value=None, key=show_as(f"{key}_days", rule.after_days),
            placeholder=_("at the end"), on_change=unless_echo(f"{key}_days", _take), args=args,
        )  # fmt: skip


def _unit_of(rule: Rule) -> CountedAs:
    return CountedAs.VALUE if rule.share_of_target is None else CountedAs.SHARE


def _unit_words(unit: CountedAs, metric: str, currency: str | None) -> str:
    if unit is CountedAs.SHARE:
        return _("% of target")
    return {Unit.RATE: "%", Unit.AMOUNT: currency or _("money")}.get(METRICS[metric].unit, _("number"))


def _subject(label: str, kinds: Sequence[str], draft: OpenDraft, key: str, rule: AnyRule | None, write: Write) -> None:
    """What is checked: a kind of deliverable or a metric, those of this agreement first."""
    shown = subject_of(rule)
    names = [line.name for line in draft.agreement.metrics if line.name in METRICS]
    metrics = dict.fromkeys([*names, *METRICS])
    options = [f"deliverable {kind}" for kind in kinds] + [f"metric {name}" for name in metrics]
    if shown and shown not in options:
        options.insert(0, shown)
    st.selectbox(
        label, options, index=None, key=show_as(f"{key}_subject", shown), format_func=_subject_words,
        placeholder=_("nothing: people check the words"),
        on_change=unless_echo(f"{key}_subject", _take_subject), args=(key, rule, write),
    )  # fmt: skip


def subject_of(rule: AnyRule | None) -> str | None:
    """What a rule is about, as an option: "metric clicks", "deliverable story"."""
    if rule is None:
        return None
    return f"deliverable {rule.kind}" if isinstance(rule, DeliverableRule) else f"metric {rule.metric}"


def _subject_words(option: str) -> str:
    subject, _space, name = option.partition(" ")
    if subject == "deliverable":
        return _("Deliverables: {kind}").format(kind=name)
    return words.capitalized(_(METRICS[name].label))


def _number(draft: OpenDraft, key: str, rule: AnyRule, write: Write) -> None:
    args = (key, rule, write)
    if isinstance(rule, DeliverableRule):
        key = show_as(f"{key}_number", rule.count)
        take = unless_echo(key, _take)
        st.number_input(_("Pieces"), 0, MOST_COUNT, step=1, value=None, key=key, on_change=take, args=args)
        return
    unit, scale = _unit_of(rule), scale_of(rule)
    amount = (rule.value if unit is CountedAs.VALUE else rule.share_of_target) or 0.0
    label = _("Amount, {unit}").format(unit=_unit_words(unit, rule.metric, draft.agreement.currency))
    if unit is CountedAs.VALUE:
        figure_field(
            f"{key}_number", label, amount, lambda number, _code: _take_amount(rule, write, number),
            METRICS[rule.metric].unit, draft.agreement.currency,
        )  # fmt: skip
        return
    key = show_as(f"{key}_number", float(f"{scale * amount:.12g}"))
    take = unless_echo(key, _take)
    st.number_input(label, 0.0, scale * MOST_SHARE, format="%.12g", value=None, key=key, on_change=take, args=args)


def scale_of(rule: Rule) -> int:
    """How many units on screen are one of the rule: shares and rates are typed in percent."""
    return 100 if rule.share_of_target is not None or METRICS[rule.metric].unit is Unit.RATE else 1


def _take_subject(key: str, rule: AnyRule | None, write: Write) -> None:
    """Begin a rule about what was chosen: none of a deliverable, or the target itself (callback)."""
    option: str | None = st.session_state[f"{key}_subject"]
    if option is None:
        write(None)
        return
    subject, _space, name = option.partition(" ")
    if subject == "deliverable":
        write(DeliverableRule(name, Limit.AT_MOST, 0))
        return
    limit = Limit.AT_MOST if METRICS[name].lower_is_better else Limit.AT_LEAST
    write(Rule(name, limit, share_of_target=1.0, after_days=rule.after_days if isinstance(rule, Rule) else None))


def _take_unit(draft: OpenDraft, key: str, rule: Rule, write: Write) -> None:
    """Count the same limit in the other unit where the target is known; else begin anew (callback)."""
    if st.session_state[f"{key}_unit"] == CountedAs.SHARE:
        write(replace(rule, share_of_target=1.0, value=None))
        return
    targets = {target.line.name: target.line.target for target in draft.targets if target.line.target is not None}
    bound = bound_of(rule, targets)
    is_rate = METRICS[rule.metric].unit is Unit.RATE
    write(replace(rule, share_of_target=None, value=0.0 if bound is None else min(bound, 1.0) if is_rate else bound))


def _take_amount(rule: Rule, write: Write, number: float | None) -> None:
    """Save another value as the limit (callback)."""
    if number is None:
        _refuse_empty()
        return
    write(replace(rule, value=number))


def _refuse_empty() -> None:
    open_draft.leave_message(_("The limit is empty, so nothing was changed. Clear the first field to remove the rule."))


def _take(key: str, rule: AnyRule, write: Write) -> None:
    limit = Limit(st.session_state[f"{key}_limit"])
    if isinstance(rule, Rule) and rule.share_of_target is None:
        write(replace(rule, limit=limit, after_days=st.session_state[f"{key}_days"]))
        return
    number = st.session_state[f"{key}_number"]
    if number is None:
        _refuse_empty()
        return
    if isinstance(rule, DeliverableRule):
        write(replace(rule, limit=limit, count=number))
        return
    amount = float(f"{number / scale_of(rule):.12g}")
    if amount == 0:
        open_draft.leave_message(_("A share of the target must be above 0 %, so nothing was changed."))
        return
    write(replace(rule, limit=limit, after_days=st.session_state[f"{key}_days"], share_of_target=amount))

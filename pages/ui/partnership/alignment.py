"""Edit how far both sides' goals overlap: ratings by each side alone, shared metrics, red lines, trade-offs."""

import streamlit as st

from fit import charts
from fit.agreement import RATINGS, SIDES, Alignment, CheckedRedLine, DeliverableRule, Need, RedLine, Status, rule_words
from fit.locale import _, phrase
from fit.text import literal, words
from pages.ui import blocks
from pages.ui.brief_sidebar import PageState, show_as
from pages.ui.partnership import list_editor, open_draft
from pages.ui.partnership.brief import deliverable_kinds
from pages.ui.partnership.list_editor import Cell, CellKind
from pages.ui.partnership.metric_lines import shared_form
from pages.ui.partnership.open_draft import OpenDraft
from pages.ui.partnership.rule_fields import rule_fields

RATERS = {"both": phrase("Both together"), "brand": phrase("The brand alone"), "creator": phrase("The creator alone")}
SCALE = phrase("1: the needs hardly meet, 3: in part, 5: they are the same need")


def title(alignment: Alignment) -> None:
    """The verdict, and the reason in a sentence or two."""
    if alignment.missing:
        verdict = charts.overlap_finding(alignment)
    else:
        verdict = _("The goals overlap enough to start") if alignment.is_enough else _("Not enough to start yet")
    because = alignment.under_the_rule[0] if alignment.under_the_rule else alignment.because
    blocks.heading(_("Goal alignment"), verdict, because)


def matrix(draft: OpenDraft, alignment: Alignment, state: PageState) -> None:
    """Pairs of needs with both ratings; a side that rates by itself does not see what the other said."""
    rater = list_editor.one_of(
        _("Who rates now"), RATERS, "rater", lambda rater: _(RATERS[rater]),
        help=_("Each side rates by itself how far two needs meet; the other side's ratings are hidden meanwhile."),
    )  # fmt: skip
    if rater == "both" and alignment.rows:
        blocks.show(charts.overlap_dumbbells(alignment, dark=state.dark), "overlap")
    sides = SIDES if rater == "both" else (rater,)
    if draft.agreement.alignment:
        st.caption(_(SCALE))
    for index, need in enumerate(draft.agreement.alignment):
        _pair(index, need, sides)
    _new_pair()
    for sentence in alignment.missing[:1] if rater == "both" else ():
        st.warning(literal(sentence), icon=":material/pending:")


def _pair(index: int, need: Need, sides: tuple[str, ...]) -> None:
    with st.container(border=True, key=f"alignment_{index}"):
        brand, creator, last = st.columns([4, 4, 1], vertical_alignment="bottom")
        for column, name, label in (
            (brand, "brand_need", _("What the brand needs")),
            (creator, "creator_need", _("What the creator needs")),
        ):
            with column:
                cell = Cell(name, label, is_needed=True)
                key = show_as(f"alignment_{index}_{name}", getattr(need, name))
                list_editor.control(cell, key, on_change=list_editor.change_cell, args=("alignment", index, cell, key))
        with last:
            list_editor.remove_button("alignment", index)
        for column, side in zip(st.columns(2), ("brand", "creator"), strict=True):
            if side in sides:
                with column:
                    _rating(index, need, side)


def _rating(index: int, need: Need, side: str) -> None:
    key = show_as(f"alignment_{index}_{side}", getattr(need, f"{side}_rating"))
    label = _("The brand says") if side == "brand" else _("The creator says")
    list_editor.one_of(label, RATINGS, key, on_change=_rate, args=(index, side, key))


def _rate(index: int, side: str, key: str) -> None:
    list_editor.change_entry("alignment", index, **{f"{side}_rating": st.session_state[key]})


def _new_pair() -> None:
    list_editor.new_entry(
        "alignment", Need,
        [
            Cell("brand_need", _("What the brand needs"), width=4, is_needed=True, placeholder=_("sales in Germany")),
            Cell("creator_need", _("What the creator needs"), width=4, is_needed=True, placeholder=_("authenticity")),
        ],
        _("Add a pair of needs"),
    )  # fmt: skip


def shared(draft: OpenDraft, alignment: Alignment) -> None:
    """Which metrics both sides care about; without one there is a red flag, and the place to mend it is here."""
    st.header(_("Metrics that matter to both"), anchor=False)
    if alignment.nothing_shared:
        with st.container(border=True, key="red_flag"):
            st.badge(_("Red flag"), icon=":material/flag:", color="red")
            st.markdown(
                _("No metric matters to both sides, so there is nothing that both would call a success. Mark one here "
                  "that both care about, or better do not start."),
                width=blocks.READING_WIDTH,
            )  # fmt: skip
    if draft.agreement.metrics:
        shared_form(draft.agreement)
    else:
        blocks.next_step(_("The brief has no lines yet."), "brief", _("Write them on the brief"))


def red_lines(draft: OpenDraft, alignment: Alignment) -> None:
    """What nobody may ask for, what is checked of it by a rule, and what crosses it."""
    st.header(_("Red lines"), anchor=False)
    st.caption(
        _("What will you not compromise on? A rule is checked against deliverables, targets and results; words alone "
          "are for you to check.")
    )  # fmt: skip
    list_editor.list_form(
        draft, "red_lines", RedLine,
        [
            Cell("side", _("Whose"), CellKind.CHOICE, SIDES, _side_words, width=2, is_needed=True),
            Cell("text", _("What is not done"), width=5, is_needed=True, placeholder=_("no scripted captions")),
        ],
        add=_("Add a red line"),
        below=lambda index: _red_line_check(draft, index, alignment.red_lines[index]),
    )  # fmt: skip


def _side_words(side: str) -> str:
    return _(side.capitalize())


def _red_line_check(draft: OpenDraft, index: int, checked: CheckedRedLine) -> None:
    """What the check of one red line says; opened, the fields of its rule."""
    if checked.status is Status.CROSSED:
        st.warning(literal(crossed_words(checked)), icon=":material/report:")
    label = literal(_check_words(checked, draft.agreement.currency))
    with st.expander(label, icon=_check_icon(checked), key=f"red_lines_{index}_check"):
        st.caption(_("These fields are checked, whatever the words say. Without them, people check the words."))
        rule_fields(
            draft, f"red_lines_{index}_rule", checked.red_line.rule,
            lambda rule: list_editor.change_entry("red_lines", index, rule=rule),
            label=_("What is checked"), kinds=deliverable_kinds(draft),
        )  # fmt: skip


def _check_icon(checked: CheckedRedLine) -> str:
    """The sign of a check; a limit of a metric that no target breaks waits for results."""
    if checked.status is Status.CHECK_BY_HAND:
        return ":material/touch_app:"
    if checked.status is Status.CROSSED:
        return ":material/rule:"
    return ":material/check:" if isinstance(checked.red_line.rule, DeliverableRule) else ":material/schedule:"


def _check_words(checked: CheckedRedLine, currency: str | None) -> str:
    """The rule and what is known of it; not yet safe for markup."""
    if checked.red_line.rule is None:
        return _("Check by hand: words alone, no rule")
    label = words.capitalized(rule_words(checked.red_line.rule, currency))
    return label if checked.status is Status.CROSSED else f"{label}. {checked.reason}"


def crossed_words(checked: CheckedRedLine) -> str:
    """What crosses a red line, in a sentence; not yet safe for markup."""
    return _('"{clause}" crosses "{line}". {reason}').format(
        clause=checked.clause, line=checked.red_line.text, reason=checked.reason
    )


def trade_offs(draft: OpenDraft, alignment: Alignment) -> None:
    """What one side gives up so that the other gets what it needs."""
    st.header(_("Trade-offs"), anchor=False)
    st.caption(_("What matters less, so that something else can matter: reach yes, cost per click no."))
    for index, text in enumerate(draft.agreement.trade_offs):
        field, last = st.columns([8, list_editor.BUTTON_WIDTH], vertical_alignment="bottom", gap="small")
        key = show_as(f"trade_off_{index}", text)
        field.text_input(
            _("Trade-off"), key=key, max_chars=list_editor.LONGEST_ENTRY, on_change=_write_trade_off, args=(index, key),
            label_visibility="collapsed",
        )  # fmt: skip
        with last:
            list_editor.remove_button("trade_offs", index, key=key)
    cell = Cell("text", _("Trade-off"), width=8, placeholder=_("what gives way, and for what"))
    list_editor.new_entry("trade_offs", _as_text, [cell], _("Add a trade-off"))
    if alignment.is_enough:
        open_draft.note_button(draft, "aligned", _("Both sides call this aligned"))


def _write_trade_off(index: int, key: str) -> None:
    text = st.session_state[key].strip()
    if text:
        list_editor.replace_entry("trade_offs", index, text)


def _as_text(text: str) -> str:
    """A trade-off is its text."""
    return text

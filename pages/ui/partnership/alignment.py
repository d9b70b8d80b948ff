"""Edit how far both sides' goals overlap: ratings by each side alone, shared metrics, red lines, trade-offs."""

from functools import partial

import streamlit as st

from fit import charts
from fit.agreement import (
    RATINGS,
    SIDES,
    Alignment,
    CheckedRedLine,
    DeliverableRule,
    Need,
    RedLine,
    Side,
    Status,
    rule_words,
)
from fit.charter import red_line_clashes
from fit.locale import _, phrase
from fit.text import literal, words
from pages.ui import blocks
from pages.ui.partnership import open_draft
from pages.ui.partnership.brief import deliverable_kinds
from pages.ui.partnership.fields import Cell, CellKind, change_entry, list_form, one_of
from pages.ui.partnership.metric_lines import shared_form
from pages.ui.partnership.open_draft import OpenDraft
from pages.ui.partnership.rule_fields import rule_fields
from pages.ui.view_link import PageState

BOTH = "both"
RATERS = {
    BOTH: phrase("Both together"),
    Side.BRAND: phrase("Only the brand"),
    Side.CREATOR: phrase("Only the creator"),
}
SCALE = phrase("1: the needs hardly overlap, 3: in part, 5: the same need")


def title(alignment: Alignment) -> None:
    """The verdict, and the reason in a sentence or two."""
    verdict = _("The goals overlap enough to start") if alignment.is_enough else _("Not enough to start yet")
    if alignment.missing:
        verdict = charts.overlap_finding(alignment)
    because = alignment.under_the_rule[0] if alignment.under_the_rule else alignment.because
    blocks.heading(_("Alignment"), verdict, because)


def matrix(draft: OpenDraft, alignment: Alignment, state: PageState, *, is_charted: bool = True) -> None:
    """Pairs of needs with both ratings; a side that rates by itself does not see what the other said."""
    rater = one_of(
        _("Who rates now"), RATERS, lambda rater: _(RATERS[rater]), key="rater",
        help=_("Each side rates how far the two needs overlap, without seeing the other side's ratings."),
    )  # fmt: skip
    if rater == BOTH and alignment.rows and is_charted:
        blocks.show(charts.overlap_dumbbells(alignment, dark=state.dark), "overlap")
    sides = SIDES if rater == BOTH else (rater,)
    if draft.agreement.alignment:
        st.caption(_(SCALE))
    list_form(
        draft, "alignment", Need,
        [
            Cell("brand_need", _("What the brand needs"), width=4, is_needed=True, placeholder=_("sales in Germany")),
            Cell("creator_need", _("What the creator needs"), width=4, is_needed=True, placeholder=_("authenticity")),
        ],
        add=_("Add a pair of needs"), below=lambda index: _ratings(draft, index, sides), is_boxed=True,
    )  # fmt: skip
    for sentence in alignment.missing[:1] if rater == BOTH and is_charted else ():
        st.warning(literal(sentence), icon=":material/pending:")


def _ratings(draft: OpenDraft, index: int, sides: tuple[str, ...]) -> None:
    labels = {Side.BRAND: _("The brand says"), Side.CREATOR: _("The creator says")}
    for column, (side, label) in zip(st.columns(2), labels.items(), strict=True):
        if side in sides:
            name = f"{side}_rating"
            value, write = (
                getattr(draft.agreement.alignment[index], name),
                partial(change_entry, "alignment", index, name),
            )
            with column:
                one_of(label, RATINGS, **blocks.bound(f"alignment_{index}_{side}", value, write))


def shared(draft: OpenDraft, alignment: Alignment) -> None:
    """Which metrics both sides care about; without one there is a red flag, and the place to mend it is here."""
    st.header(_("Metrics that matter to both"), anchor=False)
    if alignment.nothing_shared:
        with st.container(border=True, key="red_flag"):
            st.badge(_("Red flag"), icon=":material/flag:", color="red")
            st.markdown(
                _("No metric matters to both sides yet, so there is no shared success. Mark one that both care "
                  "about before you start."),
                width=blocks.READING_WIDTH,
            )  # fmt: skip
    if draft.agreement.metrics:
        shared_form(draft)
    else:
        blocks.next_step(_("The brief has no lines yet."), "brief", _("Write them on the brief"))


def red_lines(draft: OpenDraft, alignment: Alignment) -> None:
    """What nobody may ask for, what is checked of it by a rule, and what crosses it."""
    st.header(_("Red lines"), anchor=False)
    st.caption(
        _("What will you not compromise on? We check a rule against deliverables, targets and results; "
          "without a rule, you check by hand.")
    )  # fmt: skip
    list_form(
        draft, "red_lines", RedLine,
        [
            Cell("side", _("Whose"), CellKind.CHOICE, SIDES, lambda one: _(one.capitalize()), width=2, is_needed=True),
            Cell("text", _("Red line"), width=5, is_needed=True, placeholder=_("no scripted captions")),
        ],
        add=_("Add a red line"),
        below=lambda index: _red_line_check(draft, index, alignment.red_lines[index]),
    )  # fmt: skip
    for clash in red_line_clashes(draft.agreement):
        said = _("{pair} Both agreed: {answer}").format(pair=clash.pair, answer=clash.answer)
        (st.info if clash.answer else st.warning)(literal(said if clash.answer else clash.sentence))


def _red_line_check(draft: OpenDraft, index: int, checked: CheckedRedLine) -> None:
    if checked.status is Status.CROSSED:
        st.warning(literal(crossed_words(checked)), icon=":material/report:")
    words_of_check, icon = _check_words(checked, draft.agreement.currency)
    with st.expander(literal(words_of_check), icon=f":material/{icon}:", key=f"red_lines_{index}_check"):
        st.caption(_("Only these fields are checked, not the words. Without them, check the words by hand."))
        rule_fields(
            draft, f"red_lines_{index}_rule", checked.red_line.rule,
            partial(change_entry, "red_lines", index, "rule"),
            label=_("What is checked"), kinds=deliverable_kinds(draft),
        )  # fmt: skip


def _check_words(checked: CheckedRedLine, currency: str | None) -> tuple[str, str]:
    """The rule and what is known of it, not yet safe for markup; its sign: what no target breaks waits for results."""
    rule = checked.red_line.rule
    if rule is None:
        return _("Check by hand: no rule to check against"), "touch_app"
    label = words.capitalized(rule_words(rule, currency))
    if checked.status is Status.CROSSED:
        return label, "rule"
    if checked.status is Status.CHECK_BY_HAND:
        return f"{label}. {checked.reason}", "touch_app"
    return f"{label}. {checked.reason}", "check" if isinstance(rule, DeliverableRule) else "schedule"


def crossed_words(checked: CheckedRedLine) -> str:
    """What crosses a red line, in a sentence; not yet safe for markup."""
    sentence = _('"{clause}" crosses "{line}". {reason}')
    return sentence.format(clause=checked.clause, line=checked.red_line.text, reason=checked.reason)


def trade_offs(draft: OpenDraft, alignment: Alignment) -> None:
    """What one side gives up so that the other gets what it needs, and that both call it aligned."""
    trade_off_lines(draft)
    if alignment.is_enough:
        open_draft.note_button(draft, "aligned", _("Both sides call this aligned"))


def trade_off_lines(draft: OpenDraft) -> None:
    """What one side gives up so that the other gets what it needs."""
    st.header(_("Trade-offs"), anchor=False)
    st.caption(_("What you give up to get something else, such as a low cost per click for more reach."))
    cell = Cell("text", _("Trade-off"), width=8, is_needed=True, placeholder=_("what gives way, and for what"))
    list_form(draft, "trade_offs", lambda text: text, [cell], add=_("Add a trade-off"))

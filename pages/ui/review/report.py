"""Show a review: crossed thresholds, verdict, both sides' lines, the stages, and closed reviews."""

import streamlit as st

from fit import charts
from fit.agreement import RuleCheck, Side, Status
from fit.locale import _
from fit.review import (
    TITLES,
    Review,
    Verdict,
    line_cells,
    protocol_words,
    red_line_words,
    review_as_document,
    scale_words,
)
from fit.review import title as verdict_title
from fit.text import literal, read_markdown, words
from pages.ui import blocks, decisions_access
from pages.ui.partnership import preview
from pages.ui.review.open_review import Subject
from pages.ui.running.campaign import standing
from pages.ui.view_link import PageState


def title(review: Review | None) -> None:
    """What was crossed, or has to be checked, of what both agreed on; the verdict, and why; then what held."""
    if review is None:
        because = _(
            "Enter the results, or take them from loaded campaigns. The page then says who hit what, whether "
            "a miss was luck, where it began, and what to do next."
        )
        blocks.heading(_("Review"), _("Nothing has been measured yet"), because)
        return
    blocks.page_title(_("Review"))
    _checks(review, is_held=False)
    st.header(literal(verdict_title(review)), anchor=False)
    reasons = "\n".join(f"- {literal(reason)}" for reason in review.diagnosis.reasons)
    st.markdown(reasons, width=blocks.READING_WIDTH)
    _checks(review, is_held=True)


def _checks(review: Review, *, is_held: bool) -> None:
    """The line at which both agreed to talk, and the red lines: those that surely held, or the others."""
    if review.threshold and (review.threshold.status is Status.NOT_CROSSED) == is_held:
        _protocol(review.threshold, protocol_words(review))
    for line, check in review.red_lines:
        sentence = literal(red_line_words(line, check))
        if (check.status is Status.NOT_CROSSED) != is_held:
            continue
        if check.status is Status.CROSSED:
            st.warning(sentence, title=_("A red line was crossed"), icon=":material/report:")
        else:
            sign = ":material/check:" if is_held else ":material/touch_app:"
            st.caption(f"{sign} {sentence}")


def running(subject: Subject, state: PageState) -> None:
    """How the campaign stands while its results come in: the page begins with it, for no verdict is final before."""
    if subject.running is None:
        return
    with st.container(border=True, key="review_running"):
        st.subheader(_("How it runs"), anchor=False)
        standing(subject.running, state)
        st.page_link("pages/partnership_charter.py", label=_("Add counts on Charter"), icon=":material/edit:")


def verdict(review: Review | None) -> None:
    """The 2 x 2 of both sides, and the next step."""
    if review is None:
        return
    four, step = st.columns([3, 4], gap="medium")
    with four:
        _two_by_two(review.verdict)
    with step, st.container(border=True, key="next_step"):
        st.markdown("**" + _("What next") + "**")
        st.markdown(literal(review.diagnosis.next_step), width=blocks.READING_WIDTH)
        st.caption(literal(_("Next time: {line}").format(line=review.next_time)))


def _protocol(check: RuleCheck, agreed: str) -> None:
    text = literal(" ".join(part for part in (check.sentence, agreed) if part))
    if check.status is Status.CROSSED:
        title = _("The threshold for a talk was crossed")
        st.warning(text, title=title, icon=":material/forum:")
    elif check.status is Status.CHECK_BY_HAND:
        title = _("Was the threshold for a talk crossed?")
        st.info(text, title=title, icon=":material/touch_app:")
    else:
        st.caption(f":material/check: {text}")


def _two_by_two(verdict: Verdict) -> None:
    """Both sides, hit or missed, with this campaign's place marked in words as well."""
    if verdict == Verdict.NOT_MEASURED:
        st.info(_("A verdict needs a measured target on each side."), icon=":material/straighten:")
        return
    here = "**:material/place: " + _("this campaign") + "**"
    cells = {
        Verdict.BOTH_HIT: _("Book again"), Verdict.BRAND_MISSED: _("Audience or message"),
        Verdict.CREATOR_MISSED: _("Other metrics"), Verdict.BOTH_MISSED: _("Find where it began"),
    }  # fmt: skip
    cells[verdict] += f" {here}"
    columns = {
        _("Targets met?"): [_("**Creator hit**"), _("**Creator missed**")],
        _("Brand hit"): [cells[Verdict.BOTH_HIT], cells[Verdict.CREATOR_MISSED]],
        _("Brand missed"): [cells[Verdict.BRAND_MISSED], cells[Verdict.BOTH_MISSED]],
    }
    alt = _("Both sides, hit or missed: {verdict}").format(verdict=_(TITLES[verdict]))
    st.table(columns, hide_index=True, alt=alt)


def lines(review: Review) -> None:
    """Creator target metrics and brand success metrics side by side."""
    labels = {Side.CREATOR: _("Creator target metrics"), Side.BRAND: _("Brand success metrics")}
    names = (_("Metric"), _("Target"), _("Result"), _("Met"), _("Chance beforehand"))
    for column, (side, label) in zip(st.columns(2, gap="medium"), labels.items(), strict=True):
        with column:
            st.subheader(label, anchor=False)
            lines = review.of_side(side)
            if lines:
                blocks.text_table(names, [line_cells(line, review.currency) for line in lines], label)
            else:
                st.caption(_("No metric of this side was agreed."))
            for note in dict.fromkeys(line.note for line in lines if line.note and line.actual is not None):
                st.caption(literal(note))


def stages(review: Review, state: PageState) -> None:
    """Signal or luck, stage by stage."""
    st.header(_("Luck or not, stage by stage"), anchor=False)
    st.caption(literal(review.basis_words))
    if any(stage.mean for stage in review.stages):
        blocks.show(charts.expected_and_actual(review.stages, review.currency, dark=state.dark), "review_stages")
    st.caption(literal(scale_words()))
    if review.order_words:
        st.caption(literal(review.order_words))
    for warning in review.warnings:
        st.caption(f":material/info: {literal(warning)}")


def closed(subject: Subject) -> None:
    """Reviews of this campaign that were frozen, as they were, and the document of the present one to take along."""
    called = decisions_access.title_of(subject.name) if subject.name else None
    stem = preview.file_name("review", called or subject.creator_name)
    if subject.review:
        with st.container(horizontal=True):
            preview.document_buttons(
                _("Review"), lambda: review_as_document(subject.judged(), subject.creator_name, called), stem, "review"
            )
    for closed_review in subject.closed():
        when = f"{words.day(closed_review.closed_at.date())}, {closed_review.closed_at:%H:%M} UTC"
        label = _("Closed on {day}: {outcome}").format(day=when, outcome=closed_review.outcome)
        with st.expander(literal(label), icon=":material/lock:"):
            st.caption(_("Fingerprint of the text: {sha256}").format(sha256=closed_review.sha256))
            number = closed_review.review_id
            blocks.download("Markdown", closed_review.text, f"{stem}-{number}.md", f"closed_{number}")
            preview.show_document(read_markdown(closed_review.text), key=f"closed_document_{number}")

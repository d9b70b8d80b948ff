"""What does the review say: verdict, both sides' lines, the stages, and what was closed?"""

import polars as pl
import streamlit as st

from fit import charts
from fit.agreement import RuleCheck, Status
from fit.locale import _
from fit.review import (
    BOTH_HIT,
    BOTH_MISSED,
    BRAND_MISSED,
    CREATOR_MISSED,
    NOT_MEASURED,
    TITLES,
    line_cells,
    protocol_words,
    red_line_words,
    review_as_document,
    scale_words,
)
from fit.review import title as verdict_title
from fit.text import literal, read_markdown, words
from pages.ui import blocks
from pages.ui.layout import PageState
from pages.ui.partnership import preview
from pages.ui.review.open_review import Subject


def title(subject: Subject) -> None:
    """The line at which both agreed to talk, and red lines that were crossed; then the verdict, and why."""
    found = subject.review
    if found is None:
        because = _(
            "Type what came of the campaign, or take it from loaded campaigns. The page then says who hit what, "
            "whether a miss is larger than luck, at which stage it began, and what next."
        )
        blocks.heading(_("Campaign review"), _("Nothing has been measured yet"), because)
        return
    st.title(_("Campaign review"), anchor=False)
    if found.threshold:
        _protocol(found.threshold, protocol_words(found))
    for line, check in found.red_lines:
        if check.status is Status.CROSSED:
            st.warning(literal(red_line_words(line, check)), title=_("A red line was crossed"),
                       icon=":material/report:")  # fmt: skip
        else:
            st.caption(f"{_sign(check)} {literal(red_line_words(line, check))}")
    st.header(literal(verdict_title(found)), anchor=False)
    st.markdown(literal(found.diagnosis.because), width=blocks.READING_WIDTH)


def verdict(subject: Subject) -> None:
    """The 2 x 2 of both sides, and the next step."""
    found = subject.review
    if found is None:
        return
    four, step = st.columns([3, 4], gap="medium")
    with four:
        _two_by_two(found.verdict)
    with step, st.container(border=True, key="next_step"):
        st.markdown("**" + _("What next") + "**")
        st.markdown(literal(found.diagnosis.next_step), width=blocks.READING_WIDTH)
        st.caption(literal(_("Next time: {line}").format(line=found.next_time)))


def _protocol(check: RuleCheck, agreed: str) -> None:
    """What the check of the adjustment protocol says, and what was agreed for it."""
    text = literal(" ".join(part for part in (check.sentence, agreed) if part))
    if check.status is Status.CROSSED:
        title = _("The line was crossed at which both agreed to talk")
        st.warning(text, title=title, icon=":material/forum:")
    elif check.status is Status.CHECK_BY_HAND:
        title = _("Was the line crossed at which both agreed to talk?")
        st.info(text, title=title, icon=":material/touch_app:")
    else:
        st.caption(f"{_sign(check)} {text}")


def _sign(check: RuleCheck) -> str:
    return ":material/check:" if check.status is Status.NOT_CROSSED else ":material/touch_app:"


def _two_by_two(found: str) -> None:
    """Both sides, hit or missed, with this campaign's place marked in words as well."""
    if found == NOT_MEASURED:
        st.info(_("A verdict needs a measured line of each side."), icon=":material/straighten:")
        return
    here = "**:material/place: " + _("this campaign") + "**"
    cells = {
        BOTH_HIT: _("Book again"), BRAND_MISSED: _("Audience or message"),
        CREATOR_MISSED: _("Other lines"), BOTH_MISSED: _("First departure"),
    }  # fmt: skip
    names = [_("Lines met?"), _("Brand hit"), _("Brand missed")]
    rows = [
        [_("**Creator hit**"), BOTH_HIT, BRAND_MISSED],
        [_("**Creator missed**"), CREATOR_MISSED, BOTH_MISSED],
    ]
    told = [[side, *(f"{cells[one]} {here}" if one == found else cells[one] for one in both)] for side, *both in rows]
    columns = {name: [row[at] for row in told] for at, name in enumerate(names)}
    alt = _("Both sides, hit or missed: {verdict}").format(verdict=_(TITLES[found]))
    st.table(pl.DataFrame(columns), hide_index=True, alt=alt)


def lines(subject: Subject) -> None:
    """Creator target metrics and brand success metrics side by side."""
    creator, brand = st.columns(2, gap="medium")
    with creator:
        _lines(subject, "creator", _("Creator target metrics"))
    with brand:
        _lines(subject, "brand", _("Brand success metrics"))


def _lines(subject: Subject, side: str, label: str) -> None:
    st.subheader(label, anchor=False)
    found = subject.review.of_side(side)
    if not found:
        st.caption(_("No line of this side was agreed."))
        return
    names = (_("Metric"), _("Target"), _("Came"), _("Met"), _("Chance beforehand"))
    cells = [line_cells(line, subject.review.currency) for line in found]
    columns = {name: [literal(row[at]) for row in cells] for at, name in enumerate(names)}
    st.table(pl.DataFrame(columns), border="horizontal", hide_index=True, alt=label)
    for note in dict.fromkeys(line.note for line in found if line.note and line.actual is not None):
        st.caption(literal(note))


def stages(subject: Subject, state: PageState) -> None:
    """Signal or luck, stage by stage."""
    found = subject.review
    st.header(_("Signal or luck, stage by stage"), anchor=False)
    st.caption(literal(found.basis_words))
    if any(stage.mean for stage in found.stages):
        blocks.show(charts.expected_and_actual(found.stages, found.currency, dark=state.dark), "review_stages")
    st.caption(literal(scale_words()))
    for warning in found.warnings:
        st.caption(f":material/info: {literal(warning)}")


def closed(subject: Subject) -> None:
    """Reviews of this campaign that were frozen, as they were, and the paper of the present one to take along."""
    named = preview.file_name("review", subject.name or subject.creator_name)
    if subject.review:
        with st.container(horizontal=True):
            preview.take_paper(
                _("Review"), lambda: review_as_document(subject.judged(), subject.creator_name), named, "review"
            )
    for one in subject.closed:
        when = f"{words.day(one.closed_at.date())}, {one.closed_at:%H:%M} UTC"
        label = _("Closed on {day}: {outcome}").format(day=when, outcome=one.outcome)
        with st.expander(literal(label), icon=":material/lock:"):
            st.caption(_("SHA-256 of the text: {sha256}").format(sha256=one.sha256))
            st.download_button(
                "Markdown", one.text, f"{named}-{one.review_id}.md", "text/markdown", key=f"closed_{one.review_id}",
                on_click="ignore", icon=":material/download:",
            )  # fmt: skip
            preview.show_paper(read_markdown(one.text), key=f"closed_paper_{one.review_id}")

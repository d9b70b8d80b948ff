"""Show what the data behind a decision lacks: the whole health card, or its worst line with the way to the card."""

from collections.abc import Sequence

import streamlit as st

from fit.backtest import Finding, Status, worst
from fit.locale import _, phrase
from fit.text import literal, words
from pages.ui import blocks
from pages.ui.learn.past_forecasts import data_health
from pages.ui.view_link import PageState

BADGES: dict[Status, tuple[str, blocks.Colour, str]] = {
    Status.FAIL: (phrase("Fail"), "red", "error"),
    Status.REVIEW: (phrase("Review"), "orange", "info"),
    Status.PASS: (phrase("Pass"), "green", "check_circle"),
}


def card(findings: Sequence[Finding]) -> None:
    """Every check, the most serious first: what was found, what is needed, and what to do."""
    st.header(_("Can you rely on your data?"), anchor=False)
    passed = sum(finding.status is Status.PASS for finding in findings)
    text = _("{passed} of {all} checks passed.").format(passed=words.count(passed), all=words.count(len(findings)))
    st.markdown(text, width=blocks.READING_WIDTH)
    with st.container(border=True, gap="small"):
        for finding in sorted(findings, key=lambda finding: list(BADGES).index(finding.status)):
            label, colour, sign = BADGES[finding.status]
            with st.container(horizontal=True, vertical_alignment="top", gap="small"):
                with st.container(width=96):
                    st.badge(_(label), color=colour, icon=f":material/{sign}:")
                with st.container(gap=None):
                    st.markdown(f"**{literal(finding.check)}**: {literal(finding.found)}")
                    needed = _("Needed: {needed}.").format(needed=literal(finding.needed))
                    st.caption(f"{needed} {literal(finding.do)}")


def worst_line() -> None:
    """The most serious finding in one line, with the way to the whole card."""
    finding = worst(data_health())
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="data_health"):
        st.markdown(_line(finding), width="content")
        st.page_link("pages/forecast_accuracy.py", label=_("All checks"), icon=":material/arrow_forward:")


def worst_line_of_own_data(state: PageState) -> None:
    """The same beside a decision, where something is to be done. Of sample data the page's mark says it already."""
    if not state.is_demo and worst(data_health()).status is not Status.PASS:
        worst_line()


def _line(finding: Finding) -> str:
    _label, colour, sign = BADGES[finding.status]
    said = _("All checks of your data passed.")
    if finding.status is not Status.PASS:
        said = _("{check}: {found}. {do}").format(check=finding.check, found=finding.found, do=finding.do)
    return f":{colour}[:material/{sign}:] {literal(said)}"

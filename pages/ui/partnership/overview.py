"""Show where every partnership stands, note its stages, and list the saved views."""

from dataclasses import replace
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from fit import charts
from fit.agreement import Partnership, PartnershipStage, partnerships_progress, progress_finding, progress_verdict
from fit.locale import _, ngettext, phrase
from fit.text import literal, plain, words
from pages.ui import blocks, decisions_access
from pages.ui.decisions_access import AGREEMENT, SHORTLIST
from pages.ui.partnership import open_draft
from pages.ui.partnership.archive import archive_button, rename_button
from pages.ui.partnership.fields import LONGEST_ENTRY, too_long
from pages.ui.partnership.start import open_with_creator
from pages.ui.partnership.toolbar import sample_mark
from pages.ui.view_link import PageState, follow, present_link

VIEWS = (("shortlist", phrase("Shortlist"), "format_list_numbered"), ("present", phrase("Present"), "slideshow"))
# The pages of one paper, each with its icon; its label is its title.
PAPER_PAGES = {
    "brief": "assignment", "goal_conversation": "forum", "goal_alignment": "join_inner",
    "partnership_charter": "handshake", "campaign_review": "fact_check",
}  # fmt: skip
VIEW, LONGEST_VIEW = "save_view", 150  # place of messages about saving one; characters of its name
NOTED_BY_HAND = ("called", "aligned", "live", "reviewed", "stopped")  # the others follow from what is done on the pages


def all_partnerships() -> list[Partnership]:
    """Every partnership of which a stage was noted, the one that changed last first; not those taken back."""
    saved = decisions_access.saved()
    texts = {charter.name: saved.amendments(charter.name) for charter in saved.charters()}
    notes = saved.all_stages()
    there = {draft.name for draft in saved.drafts(AGREEMENT)} | set(texts)
    gone = {name for name in {note.name for note in notes} - there if saved.history(AGREEMENT, name)}
    return partnerships_progress([note for note in notes if note.name not in gone], texts, saved.is_sample)


def _as_called(partnerships: list[Partnership]) -> list[Partnership]:
    """Partnerships by what they are called now, to be shown; everything is saved under the first name."""
    titles = decisions_access.titles()
    return [replace(partnership, name=titles.get(partnership.name, partnership.name)) for partnership in partnerships]


def title(partnerships: list[Partnership]) -> None:
    """How many are under way, in the page's first line."""
    blocks.heading(_("Partnerships"), *progress_verdict(partnerships))
    if samples := sum(partnership.is_sample for partnership in partnerships):
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key="sample_partnerships"):
            sample_mark()
            own = words.counted(len(partnerships) - samples, "partnership", "partnerships")
            marked = ngettext(
                "{count} of these is sample data; yours: {own}.",
                "{count} of these are sample data; yours: {own}.",
                samples,
            )
            st.caption(marked.format(count=words.count(samples), own=own))
    open_draft.show_message()


def track(partnerships: list[Partnership], state: PageState) -> None:
    """Every partnership on its way, as a chart and as a table."""
    if not partnerships:
        sentence = _("A partnership begins with a creator and the brief of the shortlist.")
        blocks.next_step(sentence, "brief", _("Start the first one"))
        return
    called = _as_called(partnerships)
    blocks.show(charts.stage_track(called, progress_finding(called), dark=state.dark), "track")


def one_of_them(partnerships: list[Partnership], state: PageState) -> None:
    """Open a partnership, or note what happened to it."""
    if not partnerships:
        return
    st.header(_("One partnership"), anchor=False)
    by_name = {partnership.name: partnership for partnership in partnerships}
    called = dict(zip(by_name, (plain(one.name) for one in _as_called(partnerships)), strict=True))
    first = list(by_name).index(state.partnership) if state.partnership in by_name else 0
    chosen = st.selectbox(
        _("Partnership"), list(by_name), first, key="chosen_partnership", format_func=called.__getitem__, width=480
    )
    partnership = by_name.get(chosen, partnerships[0])
    st.markdown(literal(words.capitalized(partnership.status)))
    st.caption(_locked_words(partnership))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            _("Open this partnership"), key="open_chosen", icon=":material/folder_open:", on_click=open_with_creator,
            args=(partnership.name,),
        )  # fmt: skip
        rename_button(partnership.name)
        archive_button(partnership.name)
    if state.partnership == partnership.name:
        with st.container(horizontal=True, gap="medium"):
            for page, icon in PAPER_PAGES.items():
                st.page_link(f"pages/{page}.py", icon=f":material/{icon}:")
    with st.form("note_stage", border=True):
        what, reason = st.columns([1, 2])
        names = {stage: words.capitalized(_(stage)) for stage in NOTED_BY_HAND}
        what.selectbox(_("What happened"), NOTED_BY_HAND, key="noted_stage", format_func=names.__getitem__)
        reason.text_input(_("Reason (needed where it stopped)"), key="noted_reason")
        st.form_submit_button(_("Note it"), on_click=_note, args=(partnership,), icon=":material/flag:")
        open_draft.show_message("note_stage")


def _locked_words(partnership: Partnership) -> str:
    if partnership.locked_at is None:
        return _("KPIs are not locked: no text of its charter was signed by both sides yet.")
    day, count = words.day(partnership.locked_at.date()), words.count(partnership.count_amendments)
    return _("KPIs locked on {day}; amendments: {count}.").format(day=day, count=count)


def _note(partnership: Partnership) -> None:
    stage, reason = st.session_state["noted_stage"], st.session_state["noted_reason"].strip()
    if stage == PartnershipStage.STOPPED and not reason:
        sentence = _("Why did it stop? Write the reason; the record of your partnerships needs it.")
        open_draft.leave_message(sentence, "note_stage")
        return
    if refusal := too_long(reason, LONGEST_ENTRY):
        open_draft.leave_message(refusal, "note_stage")
        return
    open_draft.note_stage(partnership.name, partnership.creator, stage, reason or None)
    st.session_state["noted_reason"] = ""


def saved_views() -> None:
    """The present link under a name, and the links saved before."""
    st.header(_("Saved shortlists and views"), anchor=False)
    st.caption(_("A view is this page's link: brief, ticked creators, forecast and presentation."))
    with st.form("save_view", border=True):
        st.text_input(_("Name of the view"), key="view_name", placeholder=_("Kitchen drawers, spring"))
        st.form_submit_button(_("Save this view"), on_click=_save, icon=":material/bookmark_add:")
        open_draft.show_message(VIEW)
    for view in decisions_access.saved().drafts(SHORTLIST):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"**{literal(view.name)}**")
            st.caption(literal(view.text) or _("the usual view"))
            st.space("stretch")
            for page, label, icon in VIEWS:
                if st.button(
                    _(label), key=f"view_{page}_{view.name}", icon=f":material/{icon}:", type="tertiary",
                    on_click=follow, args=(dict(parse_qsl(view.text)),),
                ):  # fmt: skip
                    blocks.turn_to(page)
            st.button(
                _("Remove"), key=f"remove_{view.name}", icon=":material/close:", type="tertiary", on_click=_remove,
                args=(view,),
            )  # fmt: skip
    removed = st.session_state.get("removed_view")
    if removed:
        st.button(
            _("Bring {name} back").format(name=literal(removed.name)), key="restore_view", icon=":material/undo:",
            on_click=_restore,
        )  # fmt: skip


def _save() -> None:
    name = plain(st.session_state["view_name"])
    if not name:
        open_draft.leave_message(_("The view needs a name. Write one, then save it."), VIEW)
        return
    if refusal := too_long(name, LONGEST_VIEW):
        open_draft.leave_message(refusal, VIEW)
        return
    earlier = decisions_access.saved().draft(SHORTLIST, name)
    with open_draft.failures_told(beside=VIEW):
        decisions_access.save_draft(name, urlencode(present_link()), earlier.version if earlier else 0, SHORTLIST)
        st.session_state["view_name"] = ""


def _remove(view: decisions_access.SavedDraft) -> None:
    with open_draft.failures_told():
        st.session_state["removed_view"] = decisions_access.remove(view)


def _restore() -> None:
    with open_draft.failures_told():
        decisions_access.restore(st.session_state.pop("removed_view"))

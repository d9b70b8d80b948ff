"""Draw the bar of the open draft: whether it is saved, undo, history, other partnerships; take in others' changes."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import NoReturn

import streamlit as st

from fit.access import Action
from fit.agreement import AgreementError
from fit.conversation import differences_in_words
from fit.locale import _
from fit.text import literal, words
from pages.ui import blocks, decisions_access, people
from pages.ui.decisions_access import AGREEMENT
from pages.ui.partnership import open_draft, typed_lines
from pages.ui.partnership.archive import rename_button
from pages.ui.partnership.clashes import clash_boxes
from pages.ui.partnership.open_draft import OpenDraft, unsaved_on
from pages.ui.partnership.signed_state import signed_state
from pages.ui.partnership.start import no_partnership_open, open_with_creator
from pages.ui.view_link import FAILED, PageState, show_as

LOOK_EVERY = 1.0  # seconds between two looks for what others saved


def draft_or_stop(state: PageState, title: str) -> OpenDraft:
    """The draft of the open partnership. Without one the page ends with the one thing to do next; so it does where the
    draft cannot be read."""
    try:
        draft = open_draft.read_open_draft(state)
    except (decisions_access.DecisionsError, AgreementError) as error:
        stop_unreadable(title, error)
    if draft is None:
        no_partnership_open(state, title)
        st.stop()
    typed_lines.take_up(draft.name)
    return draft


def stop_unreadable(title: str, error: Exception) -> NoReturn:
    """End the page whose draft cannot be read."""
    blocks.page_title(title)
    st.error(literal(error), title=_("This partnership cannot be read"), icon=":material/error:")
    st.stop()


@contextmanager
def toolbar(draft: OpenDraft) -> Iterator[None]:
    """Which partnership is open, that it is saved, and the ways back; below, the message of the last change, and what
    is to be chosen between where the page, drawn within, has no field for it. What others change flows in while it
    stands."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="draft_bar"):
        st.badge(literal(draft.title), icon=":material/description:", color="blue")
        if decisions_access.saved().is_sample(draft.name):
            sample_mark()
        rename_button(draft.name)
        _whose(draft.name)
        st.caption(_saved(draft.version, draft.saved_at))
        st.space("stretch")
        st.button(
            _("Undo"), key="draft_undo", icon=":material/undo:", type="tertiary", on_click=open_draft.undo,
            disabled=not open_draft.own_changes(draft.name),
            help=_("Takes back your own last change in this window; every version stays in the history"),
        )  # fmt: skip
        if st.button(_("History"), key="draft_history", icon=":material/history:", type="tertiary"):
            st.dialog(_("Every version of this partnership"), width="large")(
                people.while_allowed(Action.READ_DRAFTS, _history)
            )(draft)
        if st.button(_("Other partnerships"), key="draft_other", icon=":material/folder_open:", type="tertiary"):
            st.dialog(_("Other partnerships"))(people.while_allowed(Action.READ_DRAFTS, _others))(draft.name)
    with st.container(key="draft_news"):  # one block, whatever is in it: what comes below never changes its place
        signed_state(draft.name, draft.agreement)
        if unsaved := unsaved_on(draft.name):  # a change that could not be saved can be tried again or taken away
            st.warning(literal(unsaved.why), title=_("Your last change is not saved yet"), icon=":material/save:")
            with st.container(horizontal=True):
                again = open_draft.save_again
                st.button(_("Save it again"), key="save_again", type="primary", on_click=again, args=(unsaved,))
                blocks.download(_("My text as a file"), unsaved.text, "my-text.toml", "my_unsaved")
        clashes = st.container()
        open_draft.show_message()
    with st.container(key="draft_look"):
        st.fragment(people.while_allowed(Action.READ_DRAFTS, _look), run_every=LOOK_EVERY)(draft.name)
    yield
    with clashes:
        clash_boxes(draft)


def _look(name: str) -> None:
    """Draw the page anew once somebody else has changed the partnership; what is being typed here stays."""
    typed_lines.listen(name)
    if FAILED in st.session_state:
        st.rerun()
    if open_draft.is_behind(name) and not typed_lines.is_in_the_way(name):
        st.rerun()


def sample_mark() -> None:
    """Say that a partnership came with the sample data, and what becomes of changes in it."""
    st.badge(
        _("Sample data"), icon=":material/science:", color="gray",
        help=_("Change what you like: it stays a sample, and leaves with the sample data when you load your own."),
    )  # fmt: skip


def _whose(name: str) -> None:
    """Whether the team sees a partnership, to be changed by whoever began it; nothing without sign-in."""
    owned = decisions_access.ownership(name)
    if owned is None:
        return
    if owned.owner != people.email():
        st.caption(_("Begun by {owner}").format(owner=literal(owned.owner)))
        return
    label = _("The team sees this") if owned.is_team else _("Only you see this")
    key = show_as(f"team_sees_{name}", owned.is_team)
    st.toggle(
        label, key=key, on_change=_show_to_team, args=(name, key),
        help=_("Whether your colleagues find this partnership in lists, by its link and by search"),
    )  # fmt: skip


def _show_to_team(name: str, key: str) -> None:
    with open_draft.failures_told():
        decisions_access.show_to_team(name, bool(st.session_state[key]))


def _saved(version: int, saved_at: datetime) -> str:
    if not version:
        return _("As the charter was saved; your first change starts a draft")
    sentence = _("Saved as version {version}, {day} {time} UTC")
    return sentence.format(version=version, day=words.day(saved_at.date()), time=f"{saved_at:%H:%M}")


def _others(shown: str) -> None:
    titles = decisions_access.titles()
    for other in decisions_access.saved().drafts(AGREEMENT):
        if other.name != shown:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(literal(titles.get(other.name, other.name)))
                st.space("stretch")
                if st.button(_("Open"), key=f"open_{other.name}", on_click=open_with_creator, args=(other.name,)):
                    st.rerun()
    st.caption(_("Closes this one and starts a new one."))
    if st.button(
        _("Start a new one"), key="close_partnership", icon=":material/note_add:", args=("",),
        on_click=open_draft.open_partnership,
    ):  # fmt: skip
        st.rerun()


def _history(draft: OpenDraft) -> None:
    history = decisions_access.saved().history(AGREEMENT, draft.name)
    versions = {saved.version: saved for saved in reversed(history) if not saved.is_removed}
    chosen = st.selectbox(
        _("Version"), list(versions), key="history_version",
        format_func=lambda number: _saved(number, versions[number].saved_at),
    )  # fmt: skip
    numbers = sorted(versions)
    before = numbers.index(chosen) - 1
    _changes(_("What it changed"), versions[numbers[before]].text if before >= 0 else "", versions[chosen].text)
    if chosen != draft.version:
        _changes(_("What restoring it changes"), draft.text, versions[chosen].text)
    if st.button(
        _("Restore this version"), key="history_take", disabled=chosen == draft.version,
        on_click=open_draft.take_version, args=(versions[chosen].text,),
    ):  # fmt: skip
        st.rerun()


def _changes(title: str, before: str, now: str) -> None:
    """What differs between two saved texts, as a table; nothing of the file's own writing."""
    old, new = (open_draft.agreement_if_readable(text) for text in (before, now))
    st.caption(title)
    if new is None:
        st.markdown(_("This version cannot be read."))
    elif old is None:
        st.markdown(_("The first version."))
    elif found := differences_in_words(old, new):
        nothing = _("(nothing)")
        rows = [(one.what, one.before or nothing, one.now or nothing) for one in found]
        blocks.text_table((_("Where"), _("Before"), _("After")), rows, title)
    else:
        st.markdown(_("Nothing."))

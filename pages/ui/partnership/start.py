"""How does a partnership's paper come on the desk? Begun for a creator or from a file, or opened again."""

import streamlit as st

from fit.agreement import AgreementError, first_draft, free_name, read_agreement, write_agreement
from fit.locale import _
from fit.shortlist import Candidate
from fit.shortlist import display_name as name_of
from fit.text import literal, plain
from pages.ui import blocks, decisions_access, store_access
from pages.ui.brief_sidebar import PageState, show_creator
from pages.ui.partnership import open_draft

LONGEST_NAME = 150  # letters of a partnership: a link and a file are called by it


def no_partnership_open(state: PageState, title: str) -> None:
    """The empty state: start a paper for the creator of the link, or lay one of the kept ones on the desk."""
    one = blocks.chosen_creator(state)
    if state.partnership:
        verdict = _("There is no partnership called {name}").format(name=state.partnership)
    else:
        verdict = _("No partnership is on the desk yet")
    because = _(
        "A partnership has one paper, from the brief to the charter that both sides sign. Everybody who opens its link "
        "works on the same one."
    )
    blocks.heading(title, verdict, because)
    what_was_said()
    blocks.creator_chooser(state, one)
    start_form(state, one)
    _begin_from_file()
    kept = [draft.name for draft in decisions_access.drafts()]
    if kept:
        _open_one(kept)


def to_the_brief(one: Candidate) -> None:
    """A button that opens the brief of a partnership with this creator: the one that was saved last, or a new one."""
    if st.button(
        _("Write the brief with this creator"), key=f"to_brief_{one.creator_id}", icon=":material/assignment:",
        on_click=_turn_to, args=(one.creator_id,),
    ):  # fmt: skip
        blocks.turn_to("brief")


def _turn_to(creator_id: str) -> None:
    show_creator(creator_id)
    begun = [draft for draft in decisions_access.drafts() if _creator_of(draft.text) == creator_id]
    newest = max(begun, key=lambda draft: draft.saved_at, default=None)
    open_draft.open_partnership(newest.name if newest else "")


def _creator_of(text: str) -> str | None:
    try:
        return open_draft.agreement_of(text).creator
    except AgreementError:
        return None


def start_form(state: PageState, one: Candidate) -> None:
    """Begin a paper for a creator: one button, with a name that may be changed."""
    with st.container(border=True):
        taken = frozenset(draft.name for draft in decisions_access.drafts())
        wanted = _("{creator} in {markets}").format(creator=name_of(one), markets=state.brief.words)[:LONGEST_NAME]
        key = f"start_name_{one.creator_id}"
        if key not in st.session_state:
            st.session_state[key] = free_name(wanted, taken)
        st.text_input(_("Name of the partnership"), key=key, max_chars=LONGEST_NAME)
        st.button(
            _("Start the paper"), key="start_paper", type="primary", icon=":material/note_add:", on_click=_start,
            args=(state, one, key),
        )  # fmt: skip
        st.caption(_("Creator, markets, goal and what was forecast are carried over; everything can be changed later."))


def _start(state: PageState, one: Candidate, key: str) -> None:
    name = plain(st.session_state[key])
    if not name:
        open_draft.say(_("The partnership needs a name. Write one, then start the paper."))
        return
    asked = store_access.creator_line(state.line, state.brief, one)
    draft = first_draft(state.brief, asked, store_access.profile(one.creator_id), dict(state.line.targets))
    open_draft.start(name, draft)


def _begin_from_file() -> None:
    """Begin with an agreement file, as the command line and other people's pages write it."""
    with st.expander(_("Begin from an agreement file"), icon=":material/upload_file:"):
        loaded = st.file_uploader(_("Agreement as TOML"), type=["toml"], key="begin_upload")
        if loaded:
            text = read_file(loaded.getvalue())
            name = plain(loaded.name.removesuffix(".toml"))[:LONGEST_NAME]
            if text:
                st.button(
                    _("Start the paper {name}").format(name=literal(name)), key="begin_file", type="primary",
                    on_click=_start_from_file, args=(name, text),
                )  # fmt: skip


def _start_from_file(name: str, text: str) -> None:
    open_draft.start(name, open_draft.agreement_of(text))


def read_file(content: bytes) -> str | None:
    """The text of an agreement file as it would be kept, with what has to be said of it; None for one that is none."""
    try:
        found, said = read_agreement(content, frozenset(store_access.country_codes()))
        text = write_agreement(found)
        open_draft.agreement_of(text)
    except AgreementError as error:
        st.warning(literal(error), icon=":material/error:")
        return None
    for sentence in said:
        st.warning(literal(sentence), icon=":material/info:")
    return text


def _open_one(names: list[str]) -> None:
    st.session_state["open_paper"] = None
    st.selectbox(
        _("Or open one that was begun"), names, index=None, key="open_paper", on_change=_open, width=360,
        placeholder=_("Choose a partnership"), format_func=plain,
    )  # fmt: skip


def _open() -> None:
    chosen = st.session_state["open_paper"]
    if chosen:
        open_paper(chosen)


def open_paper(name: str) -> None:
    """Lay a kept paper on the desk, and its creator with it (callback)."""
    draft, charter = decisions_access.draft(name), decisions_access.charter(name)
    text = draft.text if draft else charter.agreement if charter else None
    if text is None:
        open_draft.say(_("There is no paper called {name!r} any more. Choose another.").format(name=name))
        return
    open_draft.open_partnership(name)
    if creator := _creator_of(text):
        show_creator(creator)


def what_was_said() -> None:
    """What the last change had to say, once."""
    sentence = open_draft.said()
    if sentence:
        st.warning(literal(sentence), icon=":material/info:")

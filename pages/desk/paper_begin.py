"""How does a partnership's paper come on the desk? Begun for a creator or from a file, or opened again."""

import streamlit as st

from fit import words
from fit.agreement import AgreementError
from fit.agreement_file import read_agreement, write_agreement
from fit.beginning import first_draft, free_name
from fit.locale import _
from fit.sentences import name as name_of
from fit.shortlist import Candidate
from pages.desk import answers, paper_on_desk, papers, parts
from pages.desk.brief_form import show_creator
from pages.desk.frame import Desk

LONGEST_NAME = 150  # letters of a partnership: a link and a file are called by it


def nothing_on_desk(desk: Desk, title: str) -> None:
    """The empty state: start a paper for the creator of the link, or lay one of the kept ones on the desk."""
    one = parts.chosen_creator(desk)
    if desk.paper:
        verdict = _("There is no partnership called {name}").format(name=desk.paper)
    else:
        verdict = _("No partnership is on the desk yet")
    because = _(
        "A partnership has one paper, from the brief to the charter that both sides sign. Everybody who opens its link "
        "works on the same one."
    )
    parts.heading(title, verdict, because)
    what_was_said()
    parts.creator_chooser(desk, one)
    start_form(desk, one)
    _begin_from_file()
    kept = [draft.name for draft in papers.drafts()]
    if kept:
        _open_one(kept)


def to_the_brief(one: Candidate) -> None:
    """A button that opens the brief of a partnership with this creator: the one that was saved last, or a new one."""
    if st.button(
        _("Write the brief with this creator"), key=f"to_brief_{one.creator_id}", icon=":material/assignment:",
        on_click=_turn_to, args=(one.creator_id,),
    ):  # fmt: skip
        parts.turn_to("brief")


def _turn_to(creator_id: str) -> None:
    show_creator(creator_id)
    begun = [draft for draft in papers.drafts() if _creator_of(draft.text) == creator_id]
    newest = max(begun, key=lambda draft: draft.saved_at, default=None)
    paper_on_desk.lay_on_desk(newest.name if newest else "")


def _creator_of(text: str) -> str | None:
    try:
        return paper_on_desk.agreement_of(text).creator
    except AgreementError:
        return None


def start_form(desk: Desk, one: Candidate) -> None:
    """Begin a paper for a creator: one button, with a name that may be changed."""
    with st.container(border=True):
        taken = frozenset(draft.name for draft in papers.drafts())
        wanted = _("{creator} in {markets}").format(creator=name_of(one), markets=desk.brief.words)[:LONGEST_NAME]
        key = f"start_name_{one.creator_id}"
        if key not in st.session_state:
            st.session_state[key] = free_name(wanted, taken)
        st.text_input(_("Name of the partnership"), key=key, max_chars=LONGEST_NAME)
        st.button(
            _("Start the paper"), key="start_paper", type="primary", icon=":material/note_add:", on_click=_start,
            args=(desk, one, key),
        )  # fmt: skip
        st.caption(_("Creator, markets, goal and what was forecast are carried over; everything can be changed later."))


def _start(desk: Desk, one: Candidate, key: str) -> None:
    name = words.plain(st.session_state[key])
    if not name:
        paper_on_desk.say(_("The partnership needs a name. Write one, then start the paper."))
        return
    asked = answers.asked_of_creator(desk.line, desk.brief, one)
    draft = first_draft(desk.brief, asked, answers.profile(one.creator_id), dict(desk.line.targets))
    paper_on_desk.start(name, draft)


def _begin_from_file() -> None:
    """Begin with an agreement file, as the command line and other people's pages write it."""
    with st.expander(_("Begin from an agreement file"), icon=":material/upload_file:"):
        loaded = st.file_uploader(_("Agreement as TOML"), type=["toml"], key="begin_upload")
        if loaded:
            text = read_file(loaded.getvalue())
            name = words.plain(loaded.name.removesuffix(".toml"))[:LONGEST_NAME]
            if text:
                st.button(
                    _("Start the paper {name}").format(name=words.literal(name)), key="begin_file", type="primary",
                    on_click=_start_from_file, args=(name, text),
                )  # fmt: skip


def _start_from_file(name: str, text: str) -> None:
    paper_on_desk.start(name, paper_on_desk.agreement_of(text))


def read_file(content: bytes) -> str | None:
    """The text of an agreement file as it would be kept, with what has to be said of it; None for one that is none."""
    try:
        found, said = read_agreement(content, frozenset(answers.country_codes()))
        text = write_agreement(found)
        paper_on_desk.agreement_of(text)
    except AgreementError as error:
        st.warning(words.literal(error), icon=":material/error:")
        return None
    for sentence in said:
        st.warning(words.literal(sentence), icon=":material/info:")
    return text


def _open_one(names: list[str]) -> None:
    st.session_state["open_paper"] = None
    st.selectbox(
        _("Or open one that was begun"), names, index=None, key="open_paper", on_change=_open, width=360,
        placeholder=_("Choose a partnership"), format_func=words.plain,
    )  # fmt: skip


def _open() -> None:
    chosen = st.session_state["open_paper"]
    if chosen:
        open_paper(chosen)


def open_paper(name: str) -> None:
    """Lay a kept paper on the desk, and its creator with it (callback)."""
    draft, charter = papers.draft(name), papers.charter(name)
    text = draft.text if draft else charter.agreement if charter else None
    if text is None:
        paper_on_desk.say(_("There is no paper called {name!r} any more. Choose another.").format(name=name))
        return
    paper_on_desk.lay_on_desk(name)
    if creator := _creator_of(text):
        show_creator(creator)


def what_was_said() -> None:
    """What the last change had to say, once."""
    sentence = paper_on_desk.said()
    if sentence:
        st.warning(words.literal(sentence), icon=":material/info:")

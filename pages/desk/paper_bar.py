"""Which paper is this, is it saved, how do I go back, and what if somebody else changed it too?"""

from datetime import datetime

import streamlit as st

from fit import words
from fit.agreement import AgreementError
from fit.agreement_file import write_agreement
from fit.beginning import first_draft, free_name
from fit.locale import _
from fit.sentences import name as name_of
from fit.shortlist import Candidate
from pages.desk import answers, paper_on_desk, papers, parts
from pages.desk.brief_form import show_creator
from pages.desk.frame import Desk
from pages.desk.paper_on_desk import MERGED, Clash, OnDesk, clash_on, unsaved_on

TEXT_HEIGHT = 320  # pixels of a whole text that is merged by hand


def paper_or_stop(desk: Desk, title: str) -> OnDesk:
    """The paper on the desk. Without one the page ends with the one thing to do next; so it does while two texts wait
    for a choice, and where the paper cannot be read."""
    try:
        paper = paper_on_desk.paper_on_desk(desk)
    except (papers.DecisionsError, AgreementError) as error:
        st.title(title, anchor=False)
        st.error(words.literal(error), title=_("The paper cannot be read"), icon=":material/error:")
        st.stop()
    if paper is None:
        _nothing_on_desk(desk, title)
        st.stop()
    clash = clash_on(paper.name)
    if clash:
        _choose_text(clash, title)
        st.stop()
    return paper


def bar(paper: OnDesk) -> None:
    """Which paper is worked on, that it is saved, and the ways back; below, what the last change had to say."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="paper_bar"):
        st.badge(words.literal(paper.name), icon=":material/description:", color="blue")
        st.caption(_saved(paper.version, paper.saved_at))
        st.space("stretch")
        st.button(
            _("Undo"), key="paper_undo", icon=":material/undo:", type="tertiary", disabled=paper.version < 2,
            on_click=paper_on_desk.undo, help=_("Back to the version before; every version stays in the history"),
        )  # fmt: skip
        if st.button(_("History"), key="paper_history", icon=":material/history:", type="tertiary"):
            st.dialog(_("Every version of this paper"), width="large")(_history)(paper)
        if st.button(_("Other papers"), key="paper_other", icon=":material/folder_open:", type="tertiary"):
            st.dialog(_("Other papers"))(_others)(paper.name)
    _unsaved(paper.name)
    _what_was_said()


def _what_was_said() -> None:
    sentence = paper_on_desk.said()
    if sentence:
        st.warning(words.literal(sentence), icon=":material/info:")


def _unsaved(name: str) -> None:
    """A change that could not be saved is not lost: it can be tried again or taken away."""
    unsaved = unsaved_on(name)
    if unsaved:
        st.warning(words.literal(unsaved.why), title=_("Your last change is not saved yet"), icon=":material/save:")
        with st.container(horizontal=True):
            st.button(
                _("Save it again"), key="save_again", type="primary", on_click=paper_on_desk.save_again,
                args=(unsaved,),
            )  # fmt: skip
            st.download_button(
                _("My text as a file"), unsaved.text, "my-text.toml", key="my_unsaved", on_click="ignore"
            )


def _saved(version: int, at: datetime) -> str:
    return _("Saved as version {version}, {day} {time} UTC").format(
        version=version, day=words.day(at.date()), time=f"{at:%H:%M}"
    )


def _nothing_on_desk(desk: Desk, title: str) -> None:
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
    _what_was_said()
    parts.creator_chooser(desk, one)
    start_form(desk, one)
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
        wanted = _("{creator} in {markets}").format(creator=name_of(one), markets=desk.brief.words)[:150]
        key = f"start_name_{one.creator_id}"
        if key not in st.session_state:
            st.session_state[key] = free_name(wanted, taken)
        st.text_input(_("Name of the partnership"), key=key, max_chars=150)
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
    kept = papers.draft(name)
    if kept is None:
        paper_on_desk.say(_("There is no paper called {name!r} any more. Choose another.").format(name=name))
        return
    paper_on_desk.lay_on_desk(name)
    try:
        show_creator(paper_on_desk.agreement_of(kept.text).creator)
    except AgreementError as error:
        paper_on_desk.say(str(error))


def _others(shown: str) -> None:
    for draft in papers.drafts():
        if draft.name != shown:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(words.literal(draft.name))
                st.space("stretch")
                if st.button(_("Open"), key=f"open_{draft.name}", on_click=open_paper, args=(draft.name,)):
                    st.rerun()
    st.caption(_("A new one begins without a paper on the desk."))
    if st.button(
        _("Begin a new one"),
        key="clear_desk",
        icon=":material/note_add:",
        on_click=paper_on_desk.lay_on_desk,
        args=("",),
    ):
        st.rerun()


def _history(paper: OnDesk) -> None:
    versions = [each for each in papers.history(paper.name) if not each.is_removed][::-1]
    numbers = {each.version: each for each in versions}
    chosen = st.selectbox(
        _("Version"), list(numbers), key="history_version",
        format_func=lambda number: _saved(number, numbers[number].saved_at),
    )  # fmt: skip
    st.code(numbers[chosen].text, language="toml", wrap_lines=True, height=TEXT_HEIGHT)
    if st.button(
        _("Let this version count again"), key="history_take", disabled=chosen == paper.version,
        on_click=paper_on_desk.take_version, args=(numbers[chosen].text,),
    ):  # fmt: skip
        st.rerun()


def _choose_text(clash: Clash, title: str) -> None:
    """Two texts of one paper: what differs, side by side, and four ways on. Nothing is lost meanwhile."""
    found = clash.comparison()
    done = _("removed") if clash.is_removed else _("changed")
    verdict = _("Somebody else {done} this paper while you were working on it").format(done=done)
    if found.has_clash:
        because = _("Both of you changed the same part, so nothing was overwritten: choose what shall count.")
    else:
        because = _("The changes do not touch each other. Nothing was overwritten: both can stand.")
    parts.heading(title, verdict, because)
    _ways_on(clash, write_agreement(found.together), found.has_clash)
    for each in found.differences:
        st.subheader(words.literal(each.label), anchor=False)
        mine, theirs = st.columns(2)
        for column, whose, text in ((mine, _("Yours"), each.mine), (theirs, _("Theirs"), each.theirs)):
            with column:
                st.caption(whose)
                st.code(text or _("(nothing)"), language="toml", wrap_lines=True)
    with st.expander(_("Merge by hand"), icon=":material/merge:"):
        st.session_state.setdefault(MERGED, write_agreement(found.together))
        st.text_area(
            _("The text that shall count"), key=MERGED, height=TEXT_HEIGHT,
            help=_("Both changes; where they clash, yours. Theirs stands above and stays in the history."),
        )  # fmt: skip
        st.button(_("Save this text"), key="merge_save", on_click=_settle_merged, icon=":material/save:")
    _what_was_said()


def _ways_on(clash: Clash, together: str, has_clash: bool) -> None:
    with st.container(horizontal=True):
        if not has_clash:
            st.button(
                _("Take both"), key="take_both", type="primary", on_click=paper_on_desk.settle, args=(together,),
                icon=":material/merge:",
            )  # fmt: skip
        st.button(_("Keep mine"), key="keep_mine", on_click=paper_on_desk.settle, args=(clash.mine,))
        st.button(_("Take theirs"), key="take_theirs", on_click=paper_on_desk.settle, args=(clash.theirs,))
        st.download_button(_("My text as a file"), clash.mine, "my-text.toml", key="my_text", on_click="ignore")


def _settle_merged() -> None:
    paper_on_desk.settle(st.session_state[MERGED])

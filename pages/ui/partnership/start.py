"""Start a partnership for a creator or from a file, or open one again."""

from collections.abc import Sequence

import streamlit as st

from fit.agreement import Agreement, AgreementError, first_draft, free_name, read_agreement, write_agreement
from fit.locale import _
from fit.shortlist import Candidate, display_name
from fit.text import literal, plain, words
from pages.ui import blocks, decisions_access, store_access
from pages.ui.decisions_access import AGREEMENT, SavedDraft
from pages.ui.partnership import open_draft
from pages.ui.view_link import PageState, show_creator

LONGEST_PARTNERSHIP = 150  # letters of its name: a link and a file are called by it
START = "start_partnership"  # place of messages about starting one
MOST_BUTTONS = 4  # partnerships to open with one click; the list below has all


def no_partnership_open(state: PageState, title: str) -> None:
    """The empty state: start a partnership with the creator of the link, or open a saved one."""
    creator, verdict = blocks.chosen_creator(state), _("No partnership is open")
    if state.partnership:
        verdict = _("There is no partnership called {name}").format(name=state.partnership)
    because = _(
        "One partnership goes from the brief to the charter that both sides sign. Everyone who opens its "
        "link works on the same text."
    )
    blocks.heading(title, verdict, because)
    open_draft.show_message()
    _open_begun()
    blocks.creator_chooser(state, creator)
    _start_form(state, creator)
    _begin_from_file()


def _open_begun() -> None:
    """Every partnership that was begun, those saved last as buttons."""
    drafts = decisions_access.saved().drafts(AGREEMENT)
    if not drafts:
        return
    titles = decisions_access.titles()
    newest = sorted(drafts, key=lambda draft: draft.saved_at, reverse=True)[:MOST_BUTTONS]
    with st.container(border=True, key="begun"):
        st.markdown(_("**Open an existing one**"))
        with st.container(horizontal=True, gap="small"):
            for draft in newest:
                st.button(
                    literal(titles.get(draft.name, draft.name)), key=f"begun_{draft.name}",
                    icon=":material/folder_open:", on_click=open_with_creator, args=(draft.name,),
                )  # fmt: skip
        st.selectbox(
            _("All partnerships"), [draft.name for draft in drafts], index=None, width=360,
            placeholder=_("Choose a partnership"), format_func=lambda name: plain(titles.get(name, name)),
            **blocks.bound("open_saved", None, _open),
        )  # fmt: skip


def to_the_brief(creator: Candidate) -> None:
    """A button that opens the brief of a partnership with this creator: the one that was saved last, or a new one."""
    if st.button(
        _("Start a brief with this creator"), key=f"to_brief_{creator.creator_id}", icon=":material/assignment:",
        on_click=_open_newest, args=(creator.creator_id,),
    ):  # fmt: skip
        blocks.turn_to("brief")


def _open_newest(creator_id: str) -> None:
    show_creator(creator_id)
    read = [
        (draft, open_draft.agreement_if_readable(draft.text)) for draft in decisions_access.saved().drafts(AGREEMENT)
    ]
    own = [draft for draft, agreement in read if agreement and agreement.creator == creator_id]
    newest = max(own, key=lambda draft: draft.saved_at, default=None)
    open_draft.open_partnership(newest.name if newest else "")


def _start_form(state: PageState, creator: Candidate) -> None:
    with st.container(border=True):
        taken = decisions_access.taken_names()
        wanted = _("{creator} in {markets}").format(creator=display_name(creator), markets=state.brief.words)
        key = f"start_name_{creator.creator_id}"
        if key not in st.session_state:
            st.session_state[key] = free_name(wanted[:LONGEST_PARTNERSHIP], taken)
        st.text_input(_("Name of the partnership"), key=key)
        st.button(
            _("Start a partnership"), key="start_partnership", type="primary", icon=":material/note_add:",
            on_click=_start,
            args=(state, creator, key),
        )  # fmt: skip
        open_draft.show_message(START)
        st.caption(_("Creator, markets, goal and what was forecast are carried over; everything can be changed later."))


def _start(state: PageState, creator: Candidate, key: str) -> None:
    name = plain(st.session_state[key])
    if reason := unfit_name(name):
        open_draft.leave_message(reason, START)
        return
    line = store_access.creator_line(state.line, state.brief, creator)
    draft = first_draft(state.brief, line, store_access.profile(creator.creator_id), dict(state.line.targets))
    open_draft.start(name, draft)


def unfit_name(name: str) -> str:
    """Why a partnership cannot be called so; "" where it can."""
    if not name:
        return _("The partnership needs a name. Write one, then press the button.")
    if len(name) > LONGEST_PARTNERSHIP:
        sentence = _("The name has {count} characters; at most {most} fit. Shorten it, then press the button.")
        return sentence.format(count=words.count(len(name)), most=words.count(LONGEST_PARTNERSHIP))
    return ""


def start_each(wanted: Sequence[tuple[str, Agreement]]) -> tuple[tuple[SavedDraft, ...], tuple[str, ...]]:
    """Start a partnership for each wanted name and draft (callback); return those started, and names of existing ones.

    Where a partnership with the same creator, markets and goal exists, none is started.
    """
    saved = decisions_access.saved()
    drafts = saved.drafts(AGREEMENT)
    taken = set(decisions_access.taken_names())
    read = ((draft.name, open_draft.agreement_if_readable(draft.text)) for draft in drafts)
    names = {_about(agreement): name for name, agreement in read if agreement}
    made: list[SavedDraft] = []
    existing: list[str] = []
    for wish, agreement in wanted:
        if _about(agreement) in names:
            existing.append(names[_about(agreement)])
            continue
        name = free_name(plain(wish)[:LONGEST_PARTNERSHIP], frozenset(taken))
        with open_draft.failures_told():
            made.append(decisions_access.begin_partnership(name, agreement))
            taken.add(name)
    return tuple(made), tuple(existing)


def _about(agreement: Agreement) -> tuple[object, ...]:
    return agreement.creator, frozenset(agreement.brief.weights.items()), agreement.goal


def take_back(made: Sequence[SavedDraft]) -> tuple[SavedDraft, ...]:
    """Remove drafts that were just started (callback); return those that somebody has changed since and that stay."""
    left: list[SavedDraft] = []
    for draft in made:
        newest = decisions_access.saved().draft(AGREEMENT, draft.name)
        if newest is not None and newest.version == draft.version:
            with open_draft.failures_told():
                decisions_access.remove(draft)
        elif newest is not None:
            left.append(draft)
    if left:
        names = words.listing([decisions_access.title_of(draft.name) for draft in left])
        open_draft.leave_message(_("Changed since, and so not taken back: {names}.").format(names=names))
    return tuple(left)


def _begin_from_file() -> None:
    with st.expander(_("Start from an agreement file"), icon=":material/upload_file:"):
        loaded = st.file_uploader(_("Agreement file"), type=["toml"], key="begin_upload")
        if loaded:
            text = read_file(loaded.getvalue())
            name = plain(loaded.name.removesuffix(".toml"))[:LONGEST_PARTNERSHIP]
            if text:
                st.button(
                    _("Start the partnership {name}").format(name=literal(name)), key="begin_file", type="primary",
                    on_click=open_draft.start, args=(name, open_draft.agreement_of(text)),
                )  # fmt: skip


def read_file(content: bytes) -> str | None:
    """The text of an agreement file as it would be saved, with its notes on screen; None for a file that is none."""
    try:
        agreement, notes = read_agreement(content, frozenset(store_access.country_codes()))
        text = write_agreement(agreement)
        open_draft.agreement_of(text)
    except AgreementError as error:
        st.warning(literal(error), icon=":material/error:")
        return None
    for sentence in notes:
        st.warning(literal(sentence), icon=":material/info:")
    return text


def _open(name: str | None) -> None:
    if name:
        open_with_creator(name)


def open_with_creator(name: str) -> None:
    """Open a saved partnership, and its creator with it (callback)."""
    draft, charter = decisions_access.saved().draft(AGREEMENT, name), decisions_access.saved().charter(name)
    text = draft.text if draft else charter.agreement if charter else None
    if text is None:
        open_draft.leave_message(
            _("There is no partnership called {name!r} any more. Choose another.").format(name=name)
        )
        return
    open_draft.open_partnership(name)
    if agreement := open_draft.agreement_if_readable(text):
        show_creator(agreement.creator)

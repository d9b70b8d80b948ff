"""Show a shared presentation, read-only: its slides, and its files where that is allowed."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import streamlit as st

from fit.access import Action
from fit.documents import slide_html, write_story
from fit.forecast import read_line
from fit.locale import _
from fit.story import SECTIONS, Story, without_prices
from fit.text import literal, words
from pages.ui import blocks, people, store_access
from pages.ui.decisions_access import Did, note_activity
from pages.ui.learn.past_forecasts import accuracy_line
from pages.ui.opened_decisions import Actor, SavedShare, Through
from pages.ui.present.files import file_name
from pages.ui.presentation_view import read_view
from pages.ui.shared import shares
from pages.ui.view_link import FIELDS, PageState, read_brief

TOKEN = "share"  # the field of the address that holds the secret of a link
OPENED = "shared_opened"  # key of the session: number of the presentation that was chosen from the list
SLIDE = "shared_slide"  # key of the session: the slide that is shown, by number of the presentation
FILES = {"PowerPoint": ".pptx", "PDF": ".pdf", "HTML": ".html", "Excel": ".xlsx"}


def chosen_share() -> SavedShare | None:
    """The presentation of the link, else the one that was chosen from the list; None where neither shows anything."""
    if token := st.query_params.get(TOKEN):
        return shares.by_token(token)
    number = st.session_state.get(OPENED)
    return next((share for share in shares.mine() if share.share_id == number), None)


def is_asked_for() -> bool:
    """Whether a link was followed or a presentation was chosen."""
    return TOKEN in st.query_params or OPENED in st.session_state


def story_of(share: SavedShare) -> Story | None:
    """What a share shows, with today's figures; None where nobody of it is known any more.

    Prices are taken out here, before anything is drawn or written, and the presenter's notes with them.
    """
    link = {**dict.fromkeys(FIELDS, ""), **share.link}
    (brief, _problems), (line, _line_problems), (view, _view_problems) = (
        read_brief(link), read_line(link), read_view(link),
    )  # fmt: skip
    ids = tuple(creator.creator_id for creator in store_access.candidates(brief, share.creators))
    if not ids:
        return None
    whole = store_access.story(brief, ids, line, shares.reviews_as_seen_by(share.made_by, ids), accuracy_line())
    story = whole.only(view.sections)
    if share.hides_prices:
        return without_prices(story)
    return replace(story, sections=tuple(replace(section, notes=()) for section in story.sections))


def show(share: SavedShare, story: Story, state: PageState) -> None:
    """Who shared it until when, whether its figures changed since, and one slide at a time."""
    until = _("Shared by {who} on {day}; the link ends on {last_day}.").format(
        who=share.made_by, day=words.day(share.made_at.date()), last_day=words.day(share.last_day)
    )
    blocks.heading(_("Shared with me"), story.title, until)
    if share.generation != story.generation:
        changed = _("The figures have changed since it was shared: newer data was loaded.")
        st.info(changed, icon=":material/update:")
    if share.hides_prices:
        st.caption(_("Prices are not shown here."))
    last = len(story.sections)
    number = min(last, max(1, st.session_state.get(SLIDE, {}).get(share.share_id, 1)))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        for name, label, to, key in (("back", _("Back"), number - 1, "Left"), ("next", _("Next"), number + 1, "Right")):
            is_off = not 1 <= to <= last
            args = (share.share_id, to)
            st.button(label, key=f"shared_{name}", shortcut=key, disabled=is_off, on_click=_turn_to, args=args)
        section = _(SECTIONS[story.sections[number - 1].key])
        st.caption(_("Slide {at} of {last} · {section}").format(at=number, last=last, section=section))
    with st.container(border=True, key="shared_slide_box"):
        st.html(slide_html(story, number, store_access.brand()[0], dark=state.dark, level=2))


def _turn_to(share_id: int, number: int) -> None:
    st.session_state.setdefault(SLIDE, {})[share_id] = number


def downloads(share: SavedShare, story: Story) -> None:
    """The files of what is shown, where whoever shared it allows that."""
    if not share.may_download:
        return
    st.header(_("Download"), anchor=False)
    with st.container(horizontal=True, gap="small"):
        for label, ending in FILES.items():
            name = file_name(story, "", ending)
            written = people.if_still_allowed(Action.COMMENT, _while_open(share, story, ending, name))
            media = blocks.MEDIA[ending]
            st.download_button(
                label, written, name, media, key=f"shared_take{ending}", on_click="ignore", icon=":material/download:"
            )


def _while_open(share: SavedShare, story: Story, ending: str, name: str) -> Callable[[], bytes]:
    """A function that writes a file as long as the presentation is open for this person."""
    who, brand = people.email() or "", store_access.brand()[0]
    write = blocks.in_language(partial(write_story, story, ending, brand))

    def written() -> bytes:
        if not shares.is_open_for(share.share_id, who):
            raise people.NotAllowed(_("This presentation is not shown any more."))
        content = write()
        note_activity(Did.EXPORT, [name], Actor(who, Through.PAGE))
        return content

    return written


def listed() -> None:
    """What stands open for this person, each with a button that opens it."""
    found = shares.mine()
    because = _("Open the link of a presentation that somebody sent you; you find it here from then on.")
    verdict = _("Nothing was shared with you yet")
    if found:
        verdict = words.counted(len(found), "presentation is open to you", "presentations are open to you")
    blocks.heading(_("Shared with me"), verdict, because)
    for share in found:
        with st.container(horizontal=True, vertical_alignment="center", gap="small", border=True):
            st.markdown(f"**{literal(share.title)}**")
            day, last_day = words.day(share.made_at.date()), words.day(share.last_day)
            said = _("{who}, {day}; ends on {last_day}")
            st.caption(said.format(who=literal(share.made_by), day=day, last_day=last_day))
            st.space("stretch")
            st.button(
                _("Open"), key=f"shared_open_{share.share_id}", icon=":material/slideshow:", on_click=choose,
                args=(share.share_id,),
            )  # fmt: skip


def choose(share_id: int | None) -> None:
    """Show a presentation of the list, or the list again for None (callback)."""
    st.query_params.pop(TOKEN, None)
    st.session_state.pop(OPENED, None)
    if share_id is not None:
        st.session_state[OPENED] = share_id


def shows_nothing() -> None:
    """The one answer to a link that is unknown, ended or taken back."""
    because = _("It may have ended, or been taken back. Ask whoever sent it to you for a new one.")
    blocks.heading(_("Shared with me"), _("This link shows nothing"), because)
    back_to_list()


def back_to_list() -> None:
    """A button that shows the list again."""
    st.button(
        _("All that was shared with me"), key="shared_list", icon=":material/inbox:", on_click=choose, args=(None,)
    )

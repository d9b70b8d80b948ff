"""Offer the files of a presentation for download; each is made when its button is pressed."""

import re
from collections.abc import Callable
from functools import partial

import streamlit as st

from fit.documents import one_pager, write_story
from fit.locale import _
from fit.story import Story
from fit.text import literal, plain
from pages.ui import blocks, store_access

NAME_LETTERS = 40  # of a creator's name on a button and in the name of a file
FILES = {"PowerPoint": ".pptx", "PDF": ".pdf", "HTML": ".html", "Excel": ".xlsx", "CSV": ".csv"}


def file_of(story: Story, ending: str, *, notes: bool = False) -> Callable[[], bytes]:
    """A function that writes the story as a file with this ending, for the reader of this page."""
    return blocks.in_language(partial(write_story, story, ending, store_access.brand()[0], notes=notes))


def page_of(story: Story, creator_id: str) -> Callable[[], bytes]:
    """A function that writes the one page of a creator as PDF, for the reader of this page."""
    return blocks.in_language(partial(one_pager, story, creator_id, store_access.brand()[0]))


def downloads(story: Story) -> None:
    """A button for each file, in a row; below it a page for each creator alone."""
    st.header(_("Download"), anchor=False)
    st.caption(_("The same creators and sections as files"))
    notes = st.checkbox(
        _("Speaker notes in PowerPoint"), key="notes_in_deck",
        help=_("For your own copy: leave them out of what you send. No other file has them."),
    )  # fmt: skip
    with st.container(horizontal=True, gap="small"):
        for label, ending in FILES.items():
            blocks.download(label, file_of(story, ending, notes=notes), file_name(story, "", ending), f"take{ending}")
    st.markdown("**" + _("One page for each creator") + "**")
    st.caption(_("One creator on an A4 page as PDF, to print or to send on"))
    with st.container(horizontal=True, gap="small"):
        for creator_story in story.creators:
            label, creator_id = plain(creator_story.name)[:NAME_LETTERS], creator_story.candidate.creator_id
            name = file_name(story, f"{creator_id}-", ".pdf")
            blocks.download(literal(label), page_of(story, creator_id), name, f"page_{creator_id}")


def file_name(story: Story, whose: str, ending: str) -> str:
    """The name of a file: whose page (any text; letters and digits of it stay), "demo" where it is one, the day."""
    safe = re.sub(r"[^A-Za-z0-9_-]+", "_", whose)[:NAME_LETTERS]
    return f"creator-fit-{safe}{'demo-' if story.is_demo else ''}{story.made_on.isoformat()}{ending}"

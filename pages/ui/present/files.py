"""Offer the files of a presentation for download; each is made when its button is pressed."""

import re
from collections.abc import Callable
from functools import partial

import streamlit as st

from fit.charts import NAME_LETTERS
from fit.documents import one_pager, write_story
from fit.locale import _, speaking, spoken
from fit.story import Story
from fit.text import literal, plain

OFFICE = "application/vnd.openxmlformats-officedocument."
FILES = (
    ("PowerPoint", ".pptx", f"{OFFICE}presentationml.presentation"),
    ("PDF", ".pdf", "application/pdf"),
    ("HTML", ".html", "text/html"),
    ("Excel", ".xlsx", f"{OFFICE}spreadsheetml.sheet"),
    ("CSV", ".csv", "text/csv"),
)


def file_of(story: Story, ending: str) -> Callable[[], bytes]:
    """A function that writes the story as a file with this ending, for the reader of this page.

    A button's function runs outside of the page's run, so the reader's locale has to be handed to it.
    """
    return partial(_speaking_to, spoken(), partial(write_story, story, ending))


def page_of(story: Story, creator_id: str) -> Callable[[], bytes]:
    """A function that writes the one page of a creator as PDF, for the reader of this page."""
    return partial(_speaking_to, spoken(), partial(one_pager, story, creator_id))


def _speaking_to(reader: str, write: Callable[[], bytes]) -> bytes:
    with speaking(reader):
        return write()


def downloads(story: Story) -> None:
    """A button for each file, in a row; below it a page for each creator alone."""
    st.header(_("Take it with you"), anchor=False)
    st.caption(_("The same creators and sections as files, with sources and uncertainty"))
    with st.container(horizontal=True, gap="small"):
        for label, ending, media in FILES:
            st.download_button(
                label,
                file_of(story, ending),
                file_name(story, "", ending),
                media,
                key=f"take{ending}",
                on_click="ignore",
                icon=":material/download:",
            )
    st.markdown("**" + _("One page for each creator") + "**")
    st.caption(_("An A4 page as PDF, about one creator alone: to print, or to send on"))
    with st.container(horizontal=True, gap="small"):
        for creator_story in story.creators:
            st.download_button(
                literal(plain(creator_story.name)[:NAME_LETTERS]),
                page_of(story, creator_story.candidate.creator_id),
                file_name(story, f"{creator_story.candidate.creator_id}-", ".pdf"),
                "application/pdf",
                key=f"page_{creator_story.candidate.creator_id}",
                on_click="ignore",
                icon=":material/download:",
            )


def file_name(story: Story, whose: str, ending: str) -> str:
    """The name of a file: whose page (any text; letters and digits of it stay), "demo" where it is one, the day."""
    safe = re.sub(r"[^A-Za-z0-9_-]+", "_", whose)[:NAME_LETTERS]
    return f"creator-fit-{safe}{'demo-' if story.is_demo else ''}{story.made_on.isoformat()}{ending}"

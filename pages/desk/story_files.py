"""Which files of a presentation can be taken away? Each is made when its button is pressed."""

from collections.abc import Callable

import streamlit as st

from fit.locale import _, speaking, spoken
from fit.story import Story

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
    reader = spoken()

    def write() -> bytes:
        from fit.documents.written import written  # most visits never download

        with speaking(reader):
            return written(story, ending)

    return write


def downloads(story: Story) -> None:
    """A button a file, in a row."""
    st.header(_("Take it with you"), anchor=False)
    st.caption(_("The same creators and sections as files, with sources and uncertainty"))
    with st.container(horizontal=True, gap="small"):
        for label, ending, media in FILES:
            st.download_button(
                label,
                file_of(story, ending),
                f"creator-fit-{'demo-' if story.is_demo else ''}{story.made_on.isoformat()}{ending}",
                media,
                key=f"take{ending}",
                on_click="ignore",
                icon=":material/download:",
            )

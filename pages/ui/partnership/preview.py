"""How does a paper look on screen? Block by block, every text letter by letter, with buttons that take it along."""

from collections.abc import Callable
from datetime import date
from functools import partial

import polars as pl
import streamlit as st

from fit.documents import document_as_pdf
from fit.locale import _, speaking, spoken
from fit.text import Document, Part, Points, Signatures, Table, as_markdown, literal, plain
from pages.ui import blocks

PAPER_WIDTH = 860  # pixels: a page, not a screen


def show_paper(paper: Document, key: str = "shown_paper") -> None:
    """Draw a paper in a frame, as it prints. key: another one for a second paper on a page."""
    with st.container(border=True, width=PAPER_WIDTH, key=key):
        demo = [_("Demo: everything is invented")] * paper.is_demo
        st.caption(" · ".join([literal(paper.kind), *demo]))
        st.header(literal(paper.title), anchor=False)
        _text(paper.lead)
        for part in paper.parts:
            _part(part)
        st.caption(literal(paper.imprint))


def _part(part: Part) -> None:
    st.subheader(literal(part.title), anchor=False)
    for block in part.blocks:
        if isinstance(block, Points):
            st.markdown("\n".join(f"- {literal(item)}" for item in block.items))
        elif isinstance(block, Table):
            _table(block, part.title)
        elif isinstance(block, Signatures):
            _signatures(block)
        elif block.tone == "warning":
            st.warning(literal(block.text), icon=":material/warning:")
        elif block.tone == "quiet":
            st.caption(literal(block.text))
        else:
            _text(block.text)


def _text(text: str) -> None:
    for line in filter(str.strip, text.splitlines()):
        st.markdown(literal(line), width=blocks.READING_WIDTH)


def _table(block: Table, title: str) -> None:
    """Columns by their place, for two heads of a paper may be called alike."""
    names = [literal(head) or " " * (at + 1) for at, head in enumerate(block.head)]
    cells = {name: [literal(row[at]) for row in block.rows] for at, name in enumerate(names)}
    st.table(pl.DataFrame(cells, schema=dict.fromkeys(names, pl.String)), border="horizontal", hide_index=True,
             alt=plain(title))  # fmt: skip


def _signatures(block: Signatures) -> None:
    for column, place in zip(st.columns(len(block.places)), block.places, strict=True):
        with column:
            st.caption(literal(place.side))
            st.markdown(f"**{literal(place.signer)}**" if place.signer else _("not signed"))
            st.caption(literal(", ".join(part for part in (place.when, place.note) if part)) or " ")


def take_paper(what: str, make: Callable[[], Document], named: str, key: str, *, voice: str | None = None) -> None:
    """Buttons for the paper as PDF and as Markdown, made when pressed, in the locale of this page or in another.

    what: how the paper is called on the buttons; named: the file, without its ending.
    """
    reader = voice or spoken()
    for label, ending, media, write in (
        (_("{paper} as PDF"), ".pdf", "application/pdf", _pdf),
        (_("{paper} as Markdown"), ".md", "text/markdown", _markdown),
    ):
        st.download_button(
            label.format(paper=what), partial(write, make, reader), f"{named}{ending}", media, key=f"{key}{ending}",
            on_click="ignore", icon=":material/download:",
        )  # fmt: skip


def pdf_of(make: Callable[[], Document], voice: str | None = None) -> Callable[[], bytes]:
    """A function that writes the paper as PDF in the locale of this page, or in another."""
    return partial(_pdf, make, voice or spoken())


def _pdf(make: Callable[[], Document], reader: str) -> bytes:
    with speaking(reader):
        return document_as_pdf(make(), date.today())


def _markdown(make: Callable[[], Document], reader: str) -> str:
    with speaking(reader):
        return as_markdown(make())


def file_name(*parts_of_it: str) -> str:
    """A name for a file out of texts: letters, digits and hyphens, whatever was typed."""
    text = "-".join(parts_of_it).lower()
    kept = "".join(letter if letter.isalnum() else "-" for letter in plain(text))
    return "-".join(filter(None, kept.split("-")))[:80] or "paper"

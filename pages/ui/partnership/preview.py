"""Show a document on screen block by block, every text letter by letter, and offer it as PDF and Markdown."""

from collections.abc import Callable
from datetime import date

import streamlit as st

from fit.documents import document_as_pdf
from fit.locale import _
from fit.text import Document, Part, Points, Signatures, Table, Text, Tone, as_markdown, literal, plain
from pages.ui import blocks

DOCUMENT_WIDTH = 860  # pixels: a page, not a screen


def show_document(document: Document, key: str = "shown_document") -> None:
    """Draw a document in a frame, as it prints. key: another one for a second document on a page."""
    with st.container(border=True, width=DOCUMENT_WIDTH, key=key):
        demo = [_("Sample data: everything is invented")] * document.is_demo
        st.caption(" · ".join([literal(document.kind), *demo]))
        st.header(literal(document.title), anchor=False)
        _text(document.lead)
        for part in document.parts:
            _part(part)
        st.caption(literal(document.imprint))


def _part(part: Part) -> None:
    st.subheader(literal(part.title), anchor=False)
    for block in part.blocks:
        if isinstance(block, Points):
            st.markdown(blocks.points(block.items))
        elif isinstance(block, Table):
            blocks.text_table(block.head, block.rows, part.title)
        elif isinstance(block, Signatures):
            _signatures(block)
        elif isinstance(block, Text) and block.tone is Tone.WARNING:
            st.warning(literal(block.text), icon=":material/warning:")
        elif isinstance(block, Text) and block.tone is Tone.QUIET:
            st.caption(literal(block.text))
        elif isinstance(block, Text):
            _text(block.text)


def _text(text: str) -> None:
    for line in filter(str.strip, text.splitlines()):
        st.markdown(literal(line), width=blocks.READING_WIDTH)


def _signatures(block: Signatures) -> None:
    for column, signature in zip(st.columns(len(block.places)), block.places, strict=True):
        with column:
            st.caption(literal(signature.side))
            st.markdown(f"**{literal(signature.signer)}**" if signature.signer else _("not signed"))
            st.caption(literal(", ".join(part for part in (signature.when, signature.note) if part)) or " ")


def document_buttons(
    name: str, make: Callable[[], Document], stem: str, key: str, *, language: str | None = None
) -> None:
    """Buttons for a document as PDF and as Markdown, made when pressed, in the language of this page or in another.

    name: how the document is called on the buttons; stem: the file's name without its ending.
    """
    blocks.download(_("{paper} as PDF").format(paper=name), pdf_of(make, language), f"{stem}.pdf", f"{key}.pdf")
    markdown = blocks.in_language(lambda: as_markdown(make()), language)
    blocks.download(_("{paper} as Markdown").format(paper=name), markdown, f"{stem}.md", f"{key}.md")


def pdf_of(make: Callable[[], Document], language: str | None = None) -> Callable[[], bytes]:
    """A function that writes the document as PDF in the language of this page, or in another."""
    return blocks.in_language(lambda: document_as_pdf(make(), date.today()), language)


def file_name(*texts: str) -> str:
    """A name for a file out of texts: letters, digits and hyphens, whatever was typed."""
    text = "-".join(texts).lower()
    cleaned = "".join(letter if letter.isalnum() else "-" for letter in plain(text))
    return "-".join(filter(None, cleaned.split("-")))[:80] or "paper"

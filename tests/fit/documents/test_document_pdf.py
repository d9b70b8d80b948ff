"""Do papers say the same as Markdown and as PDF, and do hostile texts stay texts in both?"""

import io
import os
import shutil
import subprocess
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pypdf import PdfReader

from fit.documents.document_pdf import document_as_pdf
from fit.text import Tone
from fit.text.document import Document, Part, Points, Signature, Signatures, Table, Text
from fit.text.escape import plain
from fit.text.markdown import as_markdown, escaped, read_markdown

DAY = date(2026, 1, 10)
SIGNED = Signatures((Signature("Brand", "Sparrow Kitchens", "10 Jan 2026"), Signature("Creator")))
PAPER = Document(
    "Partnership charter",
    "Drawers that open",
    "People who plan a kitchen see how it works.",
    (
        Part("What is measured", (Table(("Metric", "Target"), (("clicks", "500"), ("reach", "25,000"))),)),
        Part("Red lines", (Points(("no scripted captions",)), Text("Read both.", Tone.WARNING))),
        Part("Signatures", (SIGNED,)),
    ),
    "Written on 10 Jan 2026 from generation 3.",
    is_demo=True,
)


def pages(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def test_a_paper_is_markdown_line_by_line():
    assert as_markdown(PAPER) == (
        "# Drawers that open\n\n*Partnership charter*\n\n**Sample data: everything is invented.**\n\n"
        "People who plan a kitchen see how it works.\n\n"
        "## What is measured\n\n| Metric | Target |\n| --- | --- |\n| clicks | 500 |\n| reach | 25,000 |\n\n"
        "## Red lines\n\n- no scripted captions\n\n> Read both.\n\n"
        "## Signatures\n\n- Brand: Sparrow Kitchens, 10 Jan 2026\n- Creator: ________________\n\n"
        "---\n\nWritten on 10 Jan 2026 from generation 3.\n"
    ).replace("________________", "\\_" * 16)


def test_a_paper_is_one_page_with_every_text_of_it():
    (page,) = pages(document_as_pdf(PAPER, DAY))
    for text in ("Drawers that open", "clicks", "25,000", "no scripted captions", "Sparrow Kitchens", "generation 3"):
        assert text in page
    assert "Sample data: everything is invented" in page


def test_the_same_paper_gives_the_same_bytes():
    assert document_as_pdf(PAPER, DAY) == document_as_pdf(PAPER, DAY)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("![x](http://a.example/p.png)", "\\!\\[x\\](http:\u2060//a.example/p.png)"),
        ("<b>bold</b>", "\\<b\\>bold\\</b\\>"),
        ("a | b", "a \\| b"),
        ("# no heading", "\\# no heading"),
        ("1. no list", "1\\. no list"),
        ("38.2 EUR", "38.2 EUR"),
        ("- no item", "\\- no item"),
        ("*x* _y_ `z`", "\\*x\\* \\_y\\_ \\`z\\`"),
        ("thoughtful_replies_48h", "thoughtful_replies_48h"),
        ("www.a.example", "www.\u2060a.example"),
        ("mail me@a.example", "mail me@\u2060a.example"),
        ("&amp;", "\\&amp;"),
        ("two\nlines", "two lines"),
        ("100 (76-107)", "100 (76-107)"),
    ],
)
def test_a_text_is_literal_in_markdown(text, shown):
    assert escaped(text) == shown


def lacks_a_font(language: str) -> bool:
    """Whether this machine can print no letter of a language; in CI such a machine is a failure."""
    listed = shutil.which("fc-list") and subprocess.run(
        ["fc-list", f":lang={language}", "family"], capture_output=True, text=True, check=True
    )
    return not (listed and listed.stdout.strip()) and os.environ.get("CI", "").lower() not in ("1", "true")


IN_JAPANESE = pytest.param(
    "日本の台所", marks=pytest.mark.skipif(lacks_a_font("ja"), reason="no font: apt-get install fonts-noto-cjk")
)
IN_ARABIC = pytest.param(
    "مطبخ", marks=pytest.mark.skipif(lacks_a_font("ar"), reason="no font: apt-get install fonts-noto-core")
)


@pytest.mark.parametrize(
    "text", ['#read("x")', "$x$", "@label", "*bold*", "=1+1", IN_JAPANESE, IN_ARABIC, "x" * 200, "\\"]
)
def test_a_text_is_literal_in_print(text):
    (page,) = pages(document_as_pdf(Document("Brief", text, text, (Part(text, (Points((text,)),)),), text), DAY))
    letters = page.replace("\u200b", "").replace("\n", "").replace("\u2068", "").replace("\u2069", "")
    assert text in letters or text[::-1] in letters


def test_what_is_too_long_for_one_readable_page_goes_on():
    long = Document(
        "Brief", "T", "", (Part("P", (Points(tuple(f"sentence number {n} " * 12 for n in range(60))),)),), ""
    )
    assert len(pages(document_as_pdf(long, DAY))) > 1


@example(["*", "*", "*", "*", "*", "*", "*"])
@example(["\\", "|", " | ", "\\ | ", "---", "## ", "> "])
@example(["- x", "1.", "**", "1) a", "+", "=", "Demo: everything is invented.", "Sample data: everything is invented."])
@given(
    st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\u2060"), max_size=30), min_size=7, max_size=7)
)
def test_what_was_signed_is_read_back_as_the_same_paper(texts):
    kind, title, item, cell, first, said, foot = (" ".join(plain(text).split()) or "x" for text in texts)
    parts = (
        Part(title, (Points((item, title)), Table((cell, kind), ((first, said), (item, cell))))),
        Part(said, (Text(first), Text(said, Tone.WARNING))),
    )
    paper = Document(kind, title, item, parts, foot, is_demo=True)
    again = read_markdown(as_markdown(paper))
    table = again.parts[0].blocks[1]
    assert replace(again, parts=()) == replace(paper, parts=())
    assert (table.head, table.rows) == ((cell, kind), ((first, said), (item, cell)))
    assert again.parts[0].blocks[0] == parts[0].blocks[0]
    assert again.parts[1] == parts[1]

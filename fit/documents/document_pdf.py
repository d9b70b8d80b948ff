"""Write a document (brief, charter, review) as PDF: one A4 page where it can be read at that size, else more."""

import re
from dataclasses import asdict
from datetime import date

from fit.charts import LIGHT
from fit.documents.typst import breakable, each_text, typeset
from fit.text import Document, Part, plain

RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]+(?:\\s+[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]+)*"
)


def document_as_pdf(document: Document, made_on: date) -> bytes:
    """Draw a document as PDF, A4."""
    data = vars(document) | {"parts": [_part(part) for part in document.parts], "colours": asdict(LIGHT)}
    return typeset("document.typ", "content", each_text(data, _safe), made_on)


def _part(part: Part) -> dict[str, object]:
    blocks = [{"kind": type(block).__name__.lower(), **asdict(block)} for block in part.blocks]
    return {"title": part.title, "blocks": blocks}


def _safe(text: str, _key: str) -> str:
    """A text line by line, long words breakable, and letters from right to left kept from turning their sentence."""
    lines = "\n".join(plain(line) for line in text.splitlines())
    return breakable(RIGHT_TO_LEFT.sub(lambda match: f"\u2068{match[0]}\u2069", lines), 25, 8)

"""Write a document (brief, charter, review) as PDF: one A4 page where it can be read at that size, else more."""

import re
from dataclasses import asdict
from datetime import date

from fit.charts import LIGHT
from fit.documents.typst import typeset
from fit.text import Document, Part, plain

LONG_WORD = re.compile(r"\S{25,}")  # wider than a cell of a table
BREAK_HERE = "\u200b"  # invisible: a line may end here
RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]+(?:\\s+[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]+)*"
)


def document_as_pdf(document: Document, made_on: date) -> bytes:
    """Draw a document as PDF, A4."""
    data = {
        "kind": _safe(document.kind),
        "title": _safe(document.title),
        "lead": _safe(document.lead),
        "imprint": _safe(document.imprint),
        "is_demo": document.is_demo,
        "parts": [_part(part) for part in document.parts],
        "colours": asdict(LIGHT),
    }
    return typeset("document.typ", "content", data, made_on)


def _part(part: Part) -> dict[str, object]:
    blocks = [_safe({"kind": type(block).__name__.lower(), **asdict(block)}) for block in part.blocks]
    return {"title": _safe(part.title), "blocks": blocks}


def _safe(value: object) -> object:
    """All texts line by line, long words breakable, and letters from right to left kept from turning their sentence."""
    if isinstance(value, dict):
        return {key: _safe(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_safe(inner) for inner in value]
    if not isinstance(value, str):
        return value
    text = "\n".join(plain(line) for line in value.splitlines())
    text = RIGHT_TO_LEFT.sub(lambda match: f"\u2068{match[0]}\u2069", text)
    return LONG_WORD.sub(lambda match: BREAK_HERE.join(re.findall(".{1,8}", match[0])), text)

"""Escape text for markdown and charts, so that nothing in a name acts as markup."""

import html
import re
import unicodedata

WORD_JOINER = "\u2060"  # invisible, breaks what a renderer would still link, colour or turn into an arrow


_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


# Signs that a renderer still acts on behind a backslash. Between digits (2.97, 1:2) they are harmless, as long as no
# second colon closes an icon such as :100:
_LINKING = re.compile(r"(?!(?<=\d)\\(?:\.(?=\d)|:(?=\d+(?!\d|\\:))))(\\[:@.])(?=\S)")


_WEB = re.compile(r"www(?=\\?\.)", re.IGNORECASE)


_ARROWS = re.compile(r"(\\[<>~=-])(?=\\[<>=-])")


# Marks that reorder the letters after them: a name with one could make the sentence around it read backwards.
_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")


def plain(text: object) -> str:
    """Return text on one line, without control characters and marks that reorder their neighbours."""
    kept = (" " if c in "\t\n\r" else c for c in str(text) if c in "\t\n\r" or _is_printable(c))
    return "".join(kept).strip()


def _is_printable(character: str) -> bool:
    return unicodedata.category(character) not in ("Cc", "Cs", "Zl", "Zp") and character not in _REORDERING


def literal(text: object) -> str:
    """Return text so that Streamlit's markdown shows it letter by letter: no link, image, colour, formula or icon.

    Backslashes alone are not enough: bare addresses, e-mail addresses, arrows and :shortcodes: are found after markdown
    has been read, so a word joiner parts them. Numbers stay whole.
    """
    escaped = _PUNCTUATION.sub(r"\\\1", plain(text))
    escaped = _LINKING.sub(rf"\1{WORD_JOINER}", escaped)
    escaped = _WEB.sub(lambda m: f"{m[0][0]}{WORD_JOINER}{m[0][1:]}", escaped)
    return _ARROWS.sub(rf"\1{WORD_JOINER}", escaped)


def chart_text(text: object, longest: int = 30) -> str:
    """Return text for a chart label: Plotly reads <tags> and &entities; there. Cut at longest."""
    line = plain(text)
    return html.escape(line if len(line) <= longest else f"{line[: longest - 1]}…", quote=False)

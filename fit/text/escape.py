"""Clean and escape text from files, so that nothing in it acts as markup, hides or moves its neighbours."""

import html
import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl


NO_BREAK = "\u00a0"  # between a number and its unit
WORD_JOINER = "\u2060"  # invisible, breaks what a renderer would still link, colour or turn into an arrow
EMOJI_JOINER = "\u200d"  # joins emoji to one sign; anywhere else it hides
HIDDEN = ("Cf", "Cc", "Cs", "Co", "Cn", "Zl", "Zp")  # format marks, controls, lone surrogates, line separators
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
    line = str(text)
    if line.replace(NO_BREAK, "").isprintable():  # nearly every text: nothing in it needs a look of its own
        return line.strip()
    characters = (" " if c in "\t\n\r" else c for c in line if c in "\t\n\r" or _is_printable(c))
    return "".join(characters).strip()


def _is_printable(character: str) -> bool:
    return unicodedata.category(character) not in ("Cc", "Cs", "Zl", "Zp") and character not in _REORDERING


def reads_leftwards(text: str) -> bool:
    """Whether a text has letters that are written from right to left: it would turn around what stands beside it."""
    return any(unicodedata.bidirectional(character) in ("R", "AL") for character in text)


def visible_text(text: object) -> str:
    """Return text with every sign that shows nothing, or turns the reading around, as its code: "a\\u202eb"."""
    line = str(text)
    if line.isprintable():
        return line
    return "".join(
        f"\\u{ord(sign):04x}" if _is_hidden(sign, line[index - 1 : index]) else sign for index, sign in enumerate(line)
    )


def _is_hidden(sign: str, before: str) -> bool:
    if sign == EMOJI_JOINER and before and unicodedata.category(before) in ("So", "Sk", "Mn"):
        return False
    return unicodedata.category(sign) in HIDDEN


def visible_literal(text: object) -> str:
    """Return visible_text() for markdown: letter by letter, no link, image, colour or formula."""
    return literal(visible_text(text))


def visible_table(rows: "pl.DataFrame") -> "pl.DataFrame":
    """Return a table whose texts hide nothing."""
    import polars as pl  # whoever has a table has it; words alone do not wait for it

    texts = [name for name, kind in rows.schema.items() if kind == pl.String]
    return rows.with_columns(pl.col(name).map_elements(visible_text, return_dtype=pl.String) for name in texts)


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

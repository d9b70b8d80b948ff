"""How is text out of files shown so that nothing in it hides or moves its neighbours?"""

import unicodedata

import polars as pl

from fit.text.escape import literal

HIDDEN = ("Cf", "Cc", "Cs", "Co", "Cn", "Zl", "Zp")  # format marks, controls, lone surrogates, line separators
JOINER = "\u200d"  # joins emoji to one sign; anywhere else it hides


def visible_text(text: object) -> str:
    """Return text with every sign that shows nothing, or turns the reading around, as its code: "a\\u202eb"."""
    said = str(text)
    return "".join(
        f"\\u{ord(sign):04x}" if _is_hidden(sign, said[place - 1 : place]) else sign for place, sign in enumerate(said)
    )


def _is_hidden(sign: str, before: str) -> bool:
    if sign == JOINER and before and unicodedata.category(before) in ("So", "Sk", "Mn"):
        return False
    return unicodedata.category(sign) in HIDDEN


def visible_literal(text: object) -> str:
    """The same, for markdown: letter by letter, no link, image, colour or formula."""
    return literal(visible_text(text))


def visible_table(rows: pl.DataFrame) -> pl.DataFrame:
    """A table whose texts hide nothing."""
    texts = [name for name, kind in rows.schema.items() if kind == pl.String]
    return rows.with_columns(pl.col(name).map_elements(visible_text, return_dtype=pl.String) for name in texts)

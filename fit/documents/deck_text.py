"""Clean, measure and cut texts for slides: letter by letter, no wider than their place."""

import re
import unicodedata
from collections.abc import Sequence

from fit.text import plain, reads_leftwards

WIDEST_NAME = 32  # columns of a name within a sentence or a cell
NOT_XML = re.compile("[\ufffe\uffff]")  # what XML refuses and words.plain keeps
LEFT_TO_RIGHT = "\u200e"  # after a name from right to left: the number behind it stays behind it
FIRST_STAND_IN = 0xF0000  # first of the private letters that stand for names


def clean(text: object) -> str:
    """Return text on one line that XML accepts."""
    return NOT_XML.sub("", plain(text))


def columns(text: str) -> int:
    """How wide a text is, in columns of a Latin letter; letters of East Asia take two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else not unicodedata.combining(c) for c in text)


def cut(text: object, longest: int) -> str:
    """Return text of at most `longest` columns, with an ellipsis where something is left out."""
    short = clean(text)
    if columns(short) <= longest:
        return short
    while columns(short) > longest - 1:
        short = short[:-1]
    # Between words where that costs little.
    head, _, last = short.rpartition(" ")
    return f"{head if head and len(last) < 12 and longest > 60 else short.rstrip()}…"


def whole_sentences(text: str, longest: int) -> str:
    """Return as many first sentences of a text as fit into `longest` columns; one is cut if need be."""
    first, *others = re.split(r"(?<=\.)\s+(?=[A-Z])", text)
    for sentence in others:
        if columns(f"{first} {sentence}") > longest:
            break
        first = f"{first} {sentence}"
    return cut(first, longest)


class Shortened:
    """Sentences with long names cut: shortened(text) for a slide; `in_full` says what was cut."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = sorted({clean(name) for name in names if clean(name)}, key=len, reverse=True)
        self.in_full = [name for name in self._names if columns(name) > WIDEST_NAME]

    def __call__(self, text: object, sentences: int | None = None) -> str:
        """Return text with its names cut; sentences: only the first ones, up to so many columns."""
        line = clean(text)
        for index, name in enumerate(self._names):
            line = line.replace(name, chr(FIRST_STAND_IN + index))
        if sentences is not None:
            line = whole_sentences(line, sentences)
        for index, name in enumerate(self._names):
            short = cut(name, WIDEST_NAME)
            steady = f"{short}{LEFT_TO_RIGHT}" if reads_leftwards(short) else short
            line = line.replace(chr(FIRST_STAND_IN + index), steady)
        return line

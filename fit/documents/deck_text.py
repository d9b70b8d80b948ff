"""How does a text from a file stand on a slide: letter by letter, no wider than its place?"""

import re
import unicodedata
from collections.abc import Sequence

from fit.text import plain

LONGEST_NAME = 32  # columns of a name within a sentence or a cell
NOT_XML = re.compile("[\ufffe\uffff]")  # what XML refuses and words.plain keeps
LEFT_TO_RIGHT = "\u200e"  # after a name from right to left: the number behind it stays behind it
PLACE = 0xF0000  # first of the private letters that stand for names


def clean(text: object) -> str:
    """Return text on one line that XML accepts."""
    return NOT_XML.sub("", plain(text))


def columns(text: str) -> int:
    """How wide a text is, in columns of a Latin letter; letters of East Asia take two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else not unicodedata.combining(c) for c in text)


def cut(text: object, longest: int) -> str:
    """Return text of at most `longest` columns, with an ellipsis where something is left out."""
    kept = clean(text)
    if columns(kept) <= longest:
        return kept
    while columns(kept) > longest - 1:
        kept = kept[:-1]
    # Between words where that costs little.
    head, _, last = kept.rpartition(" ")
    return f"{head if head and len(last) < 12 and longest > 60 else kept.rstrip()}…"


def whole_sentences(text: str, longest: int) -> str:
    """Return as many first sentences of a text as fit into `longest` columns; one is cut if need be."""
    found = re.split(r"(?<=\.)\s+(?=[A-Z])", text)
    kept = found[0]
    for more in found[1:]:
        if columns(f"{kept} {more}") > longest:
            break
        kept = f"{kept} {more}"
    return cut(kept, longest)


class Shortened:
    """Sentences with long names cut: shortened(text) for a slide; `in_full` says what was cut."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = sorted({clean(name) for name in names if clean(name)}, key=len, reverse=True)
        self.in_full = [name for name in self._names if columns(name) > LONGEST_NAME]

    def __call__(self, text: object, sentences: int | None = None) -> str:
        """Return text with its names cut; sentences: only the first ones, up to so many columns."""
        said = clean(text)
        for at, name in enumerate(self._names):
            said = said.replace(name, chr(PLACE + at))
        if sentences is not None:
            said = whole_sentences(said, sentences)
        for at, name in enumerate(self._names):
            said = said.replace(chr(PLACE + at), _steady(cut(name, LONGEST_NAME)))
        return said


def _steady(name: str) -> str:
    from_right = any(unicodedata.bidirectional(c) in ("R", "AL") for c in name)
    return f"{name}{LEFT_TO_RIGHT}" if from_right else name

"""Find what may contradict a red line: a red line of the other side, a commitment, a deliverable or the story.

Words are compared, not understood: two texts that name the same subject are read together by people. A subject is found
by the beginnings of its words in several languages, or by words that two texts share. Nothing found here is a verdict,
and nothing that is not found is called "not crossed".
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise, product

from fit.agreement import Agreement, RedLine, Side
from fit.locale import _, phrase
from fit.text import plain

# Subjects over which partnerships quarrel: how their words begin in English, German, French, Spanish and Italian.
SUBJECTS = {
    phrase("competitors"): (
        "competit", "competid", "konkurren", "wettbewerb", "mitbewerb", "concurren", "concorren", "rival",
        "exclusiv", "exklusiv", "esclusiv",
    ),
    phrase("discounts and codes"): (
        "discount", "coupon", "voucher", "promocode", "rabatt", "gutschein", "remise", "codepromo", "descuento",
        "sconto", "sconti", "code", "codigo", "codice",
    ),
    phrase("scripts and captions"): (
        "script", "skript", "caption", "wording", "verbatim", "wortlaut", "bildunterschrift", "vorformulier", "legende",
        "guion", "didascal",
    ),
    phrase("approval before posting"): (
        "approv", "preapprov", "signoff", "freigab", "freigeb", "abnahme", "genehmig", "validation", "aprob",
        "approvaz",
    ),
    phrase("use of the content in advertising"): (
        "whitelist", "darkpost", "usage", "paidad", "boost", "nutzungsrecht", "buyout", "droitdimage", "sponsoriz",
    ),
    phrase("alcohol"): ("alcohol", "alkohol", "alcool", "wein", "bier", "wine", "beer"),
    phrase("politics"): ("politi",),
    phrase("children"): ("child", "kids", "kinder", "enfant", "hijos", "bambin"),
}  # fmt: skip
# fmt: off
NEGATIONS = frozenset({
    "no", "not", "never", "without", "none", "nor", "nothing", "doesn", "don", "won", "isn", "kein", "keine", "keinen",
    "keinem", "keiner", "nie", "niemals", "nicht", "ohne", "sans", "pas", "jamais", "aucun", "aucune", "ni", "sin",
    "nunca", "non", "senza", "mai", "nessun", "nessuna",
})
# Words of this trade that stand everywhere and tell two texts apart in nothing.
EVERYWHERE = (
    "brand", "marke", "creator", "partner", "campaign", "kampagne", "content", "produ", "post", "reel", "story",
    "stories", "video", "month", "monat", "woche", "weeks", "channel", "kanal", "audience", "follower", "their",
    "there", "other", "these", "those", "which", "would", "should", "about", "before", "after", "during", "least",
    "nicht", "keine", "werden", "eigen", "instagram", "tiktok", "youtube",
)
# fmt: on
SHORTEST_WORD = 5  # letters of a word that two texts may share
SHARED_PART = 0.7  # of the shorter word: "scheduled" and "schedules", not "contract" and "control"
LONGEST_QUOTE = 120  # characters of a text in a sentence about it
SHARED_WITH_TEXT = 2  # words that a red line shares with a commitment or the story before they are read together


class ClashPlace(StrEnum):
    """Where the text stands that may contradict a red line, as the page says it; `_` translates it."""

    BRAND_RED_LINE = phrase("a red line of the brand")
    CREATOR_RED_LINE = phrase("a red line of the creator")
    COMMITMENT = phrase("a commitment")
    DELIVERABLE = phrase("a deliverable")
    STORY = phrase("the story")


OF_SIDE = {Side.BRAND: ClashPlace.BRAND_RED_LINE, Side.CREATOR: ClashPlace.CREATOR_RED_LINE}


@dataclass(frozen=True)
class RedLineClash:
    """A red line, a text that may contradict it, and where that stands. subject: what both name, None for shared words.

    holder: the red line that holds the answer, of two red lines the one that has one.
    """

    red_line: RedLine
    text: str
    place: ClashPlace
    subject: str | None
    holder: RedLine

    @property
    def answer(self) -> str:
        """What both agreed about it; "" while nobody has written that down."""
        return self.holder.answer

    @property
    def pair(self) -> str:
        """What stands against what, in a sentence."""
        named = _("Both name {subject}").format(subject=_(self.subject)) if self.subject else _("Both name the same")
        return _('{named}: "{line}" (a red line of the {side}) and "{text}" ({place}).').format(
            named=named, line=_short(self.red_line.text), side=_(self.red_line.side), text=_short(self.text),
            place=_(self.place),
        )  # fmt: skip

    @property
    def sentence(self) -> str:
        """What to read together, and what to decide."""
        return _("{pair} Do they fit together?").format(pair=self.pair)


def _short(text: str) -> str:
    line = plain(text)
    return line if len(line) <= LONGEST_QUOTE else f"{line[: LONGEST_QUOTE - 1].rstrip()}…"


def red_line_clashes(agreement: Agreement) -> tuple[RedLineClash, ...]:
    """Every pair of a red line and another text that people should read together, each pair once."""
    brand, creator = (
        [line for line in agreement.red_lines if line.side == side] for side in (Side.BRAND, Side.CREATOR)
    )
    found = [
        RedLineClash(one, other.text, OF_SIDE[other.side], subject, one if one.answer or not other.answer else other)
        for one, other in product(brand, creator)
        for subject in _subjects_of_lines(one.text, other.text)
    ]
    found += [
        RedLineClash(line, text, place, subject, line)
        for line in agreement.red_lines
        for text, place in _texts(agreement)
        for subject in _subjects_of_text(line.text, text)
    ]
    return tuple(found)


def _texts(agreement: Agreement) -> Iterator[tuple[str, ClashPlace]]:
    yield from ((task.text, ClashPlace.COMMITMENT) for task in agreement.commitments)
    yield from ((item.kind, ClashPlace.DELIVERABLE) for item in agreement.deliverables)
    if agreement.story:
        yield agreement.story, ClashPlace.STORY


def _subjects_of_lines(one: str, other: str) -> Sequence[str | None]:
    """What two red lines both name, at most one entry; the same words twice contradict nothing."""
    words, others = _words(one), _words(other)
    if words == others:
        return []
    if subjects := _named(words) & _named(others):
        return sorted(subjects)[:1]
    return [None] if _count_shared(words, others) else []


def _subjects_of_text(line: str, text: str) -> Sequence[str | None]:
    """What a red line and another text both name, at most one entry; a text that says "no" as well keeps the line."""
    words, others = _words(line), _words(text)
    if set(others) & NEGATIONS:
        return []
    if subjects := _named(words) & _named(others):
        return sorted(subjects)[:1]
    return [None] if _count_shared(words, others) >= SHARED_WITH_TEXT else []


@lru_cache(maxsize=256)  # each text meets every other one
def _words(text: str) -> tuple[str, ...]:
    """The words of a text in small letters, accents off."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return tuple(re.findall(r"\w+", "".join(letter for letter in letters if not unicodedata.combining(letter))))


@lru_cache(maxsize=256)
def _named(words: tuple[str, ...]) -> frozenset[str]:
    joined = [*words, *map("".join, pairwise(words))]  # "promo code" is "promocode", too
    return frozenset(name for name, starts in SUBJECTS.items() if any(word.startswith(starts) for word in joined))


def _count_shared(words: tuple[str, ...], others: tuple[str, ...]) -> int:
    """How many words of one text begin as a word of the other."""
    own, theirs = (
        [word for word in text if len(word) >= SHORTEST_WORD and not word.startswith(EVERYWHERE)]
        for text in (words, others)
    )
    return sum(any(_begin_alike(word, other) for other in theirs) for word in dict.fromkeys(own))


def _begin_alike(word: str, other: str) -> bool:
    least = max(SHORTEST_WORD, round(SHARED_PART * min(len(word), len(other))))
    return word[:least] == other[:least]

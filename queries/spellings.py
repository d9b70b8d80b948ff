"""Write letters with accents as people type them without, so that "jose" finds José, and "muller" and "mueller" Müller.

The names of creators are kept in both ways as well (data/store/serve.sql).
"""

from unicodedata import combining, normalize

# Letters that are no other letter with an accent, and those for which some languages write two.
PLAIN = str.maketrans("łøđðıħŁØĐÐĦ", "loddihLODDH")
TWO_LETTERS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "å": "aa", "æ": "ae", "ø": "oe", "œ": "oe", "þ": "th"}
    | {"Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ẞ": "SS", "Å": "Aa", "Æ": "Ae", "Ø": "Oe", "Œ": "Oe", "Þ": "Th"}
)


def plain(text: str) -> str:
    """The text without accents: "Müller" is "Muller"."""
    letters = normalize("NFD", text.translate(PLAIN))
    return normalize("NFC", "".join(letter for letter in letters if not combining(letter)))


def spelled(text: str) -> str:
    """The text with two letters for one where a language does so, and without other accents: "Müller" is "Mueller"."""
    return plain(normalize("NFC", text).translate(TWO_LETTERS))


def as_parameters(words: str) -> dict[str, str]:
    """What somebody types to find a creator, as the questions of this folder take it: $words, $plain and $spelled."""
    typed = normalize("NFC", words.strip().lower())
    return {"words": typed, "plain": plain(typed), "spelled": spelled(typed)}


def other_spellings(name: str) -> tuple[str, ...]:
    """How else a name is typed; nothing for one in plain letters."""
    return tuple(dict.fromkeys(other for other in (plain(name), spelled(name)) if other != name))

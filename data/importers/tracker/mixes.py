"""Read countries and shares that stand in one cell: "France 44%, BE 21%", "45% DE / 12% AT", flags for countries.

A cell counts only where every part of it is certain; of any other nothing is taken, and the report names it.
"""

import re
from collections.abc import Iterator

from data.importers.tracker import words
from data.importers.values import countries

# "France 44%, Belgium 21%", "DE (44 %)", "US: 44": a country and its share, one or several in a cell.
MIX = re.compile(r"([^\d%,;|/()\[\]:=\-–]+?)\s*[(\[:=\-–]?\s*(\d{1,3}(?:[.,]\d+)?)\s*(%)?\s*[)\]]?\s*(?:[,;|/+&\n]|$)")
# "45% DE / 12% AT", "DE 45% AT 12%": a percentage before or behind each country, whatever stands between.
PERCENTAGE = re.compile(r"(?<![\d.,])(\d{1,3}(?:[.,]\d+)?)\s*%")
BETWEEN = " \t\n,;|/+&()[]:=·•-–"
FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
FIRST_LETTER_OF_FLAGS = 0x1F1E6
# "rest of Europe": what is left over, and in no country that a brief could name.
REST = re.compile(
    r"(the )?(rest|other|others|remaining|remainder|andere|ubrige\w*|restliche\w*|autres?|reste|otros?|otras?|resto|"
    r"altri|altre|outros?|outras?|overige?|pozostale)\b.*"
)
PARTS_OF_THE_WORLD = {
    *(
        "europe",
        "europa",
        "eu",
        "world",
        "welt",
        "monde",
        "mundo",
        "mondo",
        "wereld",
        "asia",
        "asien",
        "asie",
        "africa",
    ),
    *("afrika", "afrique", "america", "amerika", "amerique", "latam", "emea", "apac", "mena", "countries", "lander"),
    *("pays", "paises", "paesi", "landen", "markets", "markte"),
}
NOT_LISTED = "Others"


def is_mix(cell: str) -> bool:
    """Whether a cell names countries and their shares, every part of it for certain."""
    return bool(mix_of(cell))


def mix_of(cell: str) -> list[tuple[str, str]]:
    """Countries and shares of a cell that names both ("France 44%, BE 21%"), as written; none where it does not."""
    text = FLAG.sub(lambda flag: f" {_letters(flag[0])} ", cell).strip()
    if not any(map(str.isdigit, text)):
        return []
    matches = list(MIX.finditer(text))
    pairs = [(match[1].strip(), _with_sign(match[2], bool(match[3]))) for match in matches]
    if sum(len(match[0]) for match in matches) < len(text) - 1:
        pairs = list(_around_percentages(text))
    pairs = [(NOT_LISTED if _is_rest(name) else name, share) for name, share in pairs]
    codes = [countries.country(name).code for name, _ in pairs]
    are_countries = bool(set(codes) - {countries.UNKNOWN}) and not set(codes) & {None, countries.TOTAL}
    return pairs if are_countries else []


def _around_percentages(text: str) -> Iterator[tuple[str, str]]:
    """Each percentage with what stands before it, or behind it in all of the cell."""
    first, *others = PERCENTAGE.split(text)
    shares, names = others[::2], [part.strip(BETWEEN) for part in (first, *others[1::2])]
    if names[0]:
        *names, last = names
    else:
        last, *names = names
    if not last and all(names):
        yield from ((name, f"{share}%") for name, share in zip(names, shares, strict=True))


def _is_rest(name: str) -> bool:
    folded = words.fold(name)
    return bool(REST.fullmatch(folded)) and not PARTS_OF_THE_WORLD.isdisjoint(folded.split())


def _letters(flag: str) -> str:
    return "".join(chr(ord(letter) - FIRST_LETTER_OF_FLAGS + ord("A")) for letter in flag)


def _with_sign(share: str, has_sign: bool) -> str:
    """A share with its percent sign; without one, 0.44 is a fraction and 44 a percentage."""
    return share if not has_sign and float(share.replace(",", ".")) <= 1 else f"{share}%"

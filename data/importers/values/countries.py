"""Find the country, market or currency that a text means: exact look-up of folded names; what is unclear is asked."""

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

COUNTRIES_FILE = Path(__file__).parent / "countries.json"

UNKNOWN = "ZZ"  # the part of an audience that has no country: never a row
TOTAL = "total"  # a row that adds up the others: never a country

# Signs before words: "Bosnia and Herzegovina" is one country.
BETWEEN_COUNTRIES = (re.compile(r"[,;/&]"), re.compile(r"\s(?:and|und|et|y|e|en|i|og|och)\s", re.IGNORECASE))
# Markets that are called by a word of their own, always the same countries.
REGIONS = {"DACH": ("DE", "AT", "CH"), "D-A-CH": ("DE", "AT", "CH"), "BENELUX": ("BE", "NL", "LU")}
# States of the USA; CA, GA, DE and others are the codes of countries, too.
STATES = {
    *("AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "DC", "FL", "GA", "HI", "ID", "IL", "IN", "IA", "KS"),
    *("KY", "LA", "ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM", "NY", "NC"),
    *("ND", "OH", "OK", "OR", "PA", "RI", "SC", "SD", "TN", "TX", "UT", "VT", "VA", "WA", "WV", "WI", "WY"),
}
LONGEST_COUNTRY_CELL = 200  # characters; the longest name of a country has 60

INVISIBLE = dict.fromkeys([0x00AD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF])
APOSTROPHES_AND_DOTS = re.compile(r"[.'’‘`´ʼʻ]")
SEPARATORS = re.compile(r"[\s\-\u2013\u2014_/,()\[\]&:·]+")
TRAILING_BRACKET = re.compile(r"^(.*\S)\s*\(([^()]*)\)$")
# "DE - Germany", "Germany, DE".
CODE_AND_NAME = re.compile(r"^([A-Za-z]{2})\s*[-\u2013,/:|]\s*(\S.{2,})$|^(\S.{2,}?)\s*[-\u2013,/:|]\s*([A-Za-z]{2})$")
FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
FIRST_OF_FLAGS = 0x1F1E6  # the letter A
# "Ireland (Northern)" is not Ireland: a direction in the bracket changes the country.
DIRECTIONS = {
    *("north", "northern", "south", "southern", "east", "eastern", "west", "western"),
    *("nord", "sud", "sued", "süd"),
}


@dataclass(frozen=True)
class Meaning:
    """What a text means: an ISO 3166-1 alpha-2 code, UNKNOWN, TOTAL, or None with the codes it could be."""

    code: str | None
    candidates: tuple[str, ...] = ()


@cache
def known() -> dict[str, dict]:
    """The content of countries.json, the names of all languages in one."""
    content = json.loads(COUNTRIES_FILE.read_text(encoding="utf-8"))
    return content | {"names": {name: code for names in content["names"].values() for name, code in names.items()}}


@cache
def _words(group: str) -> frozenset[str]:
    return frozenset(known()[group])


def fold(text: str) -> str:
    """A name without case, accents, invisible characters, punctuation and article; "St." reads "saint"."""
    flat = unicodedata.normalize("NFKD", text.translate(INVISIBLE)).casefold()
    flat = "".join(c for c in flat if not "\u0300" <= c <= "\u036f")
    flat = APOSTROPHES_AND_DOTS.sub("", flat.replace("&", " and "))
    words = ["saint" if word == "st" else word for word in SEPARATORS.sub(" ", flat).split()]
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return " ".join(words)


def country(text: str) -> Meaning:
    """What a country cell means. Codes of two or three letters in any case, names of all languages, own aliases."""
    if len(text) > LONGEST_COUNTRY_CELL:
        return Meaning(None)
    if flag := FLAG.search(text):
        return _with_flag(flag[0], f"{text[: flag.start()]} {text[flag.end() :]}")
    bare = text.translate(INVISIBLE).strip().casefold()
    folded = fold(text)
    several = tuple(known()["ambiguous"].get(folded, ()))
    is_written_as_code = text.strip() in (text.strip().upper(), text.strip().lower())
    if (code := known()["codes"].get(bare)) and (is_written_as_code or not several):
        return Meaning(code)
    if folded in _words("unknown") or not folded:
        return Meaning(UNKNOWN)
    if folded in _words("total"):
        return Meaning(TOTAL)
    if code := known()["names"].get(folded):
        return Meaning(code)
    if several:
        return Meaning(None, several)
    return _without_bracket(text)


def are_states(texts: Iterable[str]) -> bool:
    """Whether codes are those of states of the USA, and CA no Canada: TX and NY outweigh codes of countries."""
    codes = {text.strip().upper() for text in texts}
    are_no_countries = {code for code in codes & STATES if country(code).code is None}
    return len(are_no_countries) > len([code for code in codes - STATES if country(code).code])


def _with_flag(flag: str, rest: str) -> Meaning:
    """The country of a flag, unless the name beside it is another one."""
    letters = "".join(chr(ord(sign) - FIRST_OF_FLAGS + ord("A")) for sign in flag)
    code = known()["codes"].get(letters.casefold())
    named = country(rest) if rest.strip() else Meaning(code)
    if code and named.code != code and code not in named.candidates:
        return Meaning(None, tuple(sorted({code, named.code}))) if named.code else Meaning(None)
    return Meaning(code)


def _without_bracket(text: str) -> Meaning:
    """Try "Germany (DE)" as "Germany", unless what stands in the bracket speaks for another country."""
    match = TRAILING_BRACKET.match(text.strip())
    if not match and (pair := CODE_AND_NAME.match(text.strip())):
        short, name = pair[1] or pair[4], pair[2] or pair[3]
        code = known()["codes"].get(short.casefold())
        return Meaning(code if code and country(name).code == code else None)
    if not match:
        return Meaning(known()["codes"].get(fold(text)) if text.isascii() else None)  # "U.S.", but not "Áo"
    outside, inside = country(match[1]), country(match[2]) if match[2].strip() else Meaning(None)
    contradicts = inside.code not in (None, outside.code, UNKNOWN, TOTAL) or fold(match[2]) in DIRECTIONS
    if outside.code == "GE" and inside.code != "GE":
        contradicts = True  # the state is written "Georgia (US)", "Georgia (state)", "Georgia (Atlanta)"
    if contradicts:
        return Meaning(None, tuple(sorted({code for code in (outside.code, inside.code) if code and len(code) == 2})))
    return outside


def countries(texts: Iterable[str]) -> dict[str, Meaning]:
    """What the different texts of one column mean. Beside states of the USA, Georgia is unclear."""
    meanings = {text: country(text) for text in texts}
    if any(fold(text) in _words("us_states") for text in meanings):
        for text, meaning in meanings.items():
            if meaning.code == "GE" and fold(text) == "georgia":
                meanings[text] = Meaning(None, ("GE", "US"))
    return meanings


def market(text: str) -> str | None:
    """A market as codes joined by "+" ("DE", "DE+AT"), "ZZ" for not stated, or None when a part is no country."""
    return _market(text, ())


def market_answered(text: str) -> str | None:
    """A market as people answer it: "Deutschland, Österreich" and "Germany and Austria" are DE+AT too."""
    return _market(text, BETWEEN_COUNTRIES)


def _market(text: str, marks: Sequence[re.Pattern[str]]) -> str | None:
    if text.strip().upper() == UNKNOWN:
        return UNKNOWN
    codes = [code for part in text.split("+") for code in _parts_of_market(part, marks)]
    return None if None in codes else "+".join(dict.fromkeys(code for code in codes if code))


def _parts_of_market(text: str, marks: Sequence[re.Pattern[str]]) -> list[str | None]:
    """The countries of one, of a region, or of several with one of the marks between them; None for what is none."""
    if codes := REGIONS.get(text.strip().upper()):
        return list(codes)
    code = country(text).code
    if code not in (None, UNKNOWN, TOTAL):
        return [code]
    if not marks:
        return [None]
    return [found for part in marks[0].split(text) for found in _parts_of_market(part, marks[1:])]


def currency(text: str) -> str | None:
    """The ISO 4217 code that a text means ("eur", "€"), or None. "$" alone means several currencies."""
    bare = text.strip()
    if bare.upper() in _words("currencies"):
        return bare.upper()
    return known()["currency_signs"].get(bare)


def name(code: str) -> str:
    """English name of a country code, for display. Raises KeyError for a code that is none."""
    return known()["countries"][code][1]


def all_codes() -> tuple[str, ...]:
    """All ISO 3166-1 alpha-2 codes and XK, in alphabetical order."""
    return tuple(known()["countries"])

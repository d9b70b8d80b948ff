"""Translate texts and format numbers, dates and money in the reader's locale.

A voice is set once per run (pages) and is international English until then (command line, tests). Texts are English and
marked with `_`; a catalogue in this folder, <language>/LC_MESSAGES/creator_fit.po, translates them without a build step
(docs/translating.md). Numbers and dates follow the reader's locale whether or not such a catalogue exists.
"""

import json
import math
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from gettext import NullTranslations
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

from fit.locale.catalogue import translations

ENGLISH = "en_001"  # English of no country: 1,234.5 and 7 March 2026
CATALOGUES = Path(__file__).parent
TERRITORIES_FILE = Path(__file__).parent / "territories.json"  # data/importers/values/build_countries.py writes it
ENGLISH_PERCENT = ("", "\u00a0%")  # how this product writes percent in English, whatever the country
LONGEST_LOCALE_NAME = 35  # letters of a locale's name that is looked at; the longest real ones have under 20
APOSTROPHE = "\u2019"  # between thousands in Switzerland, for which some releases of CLDR have the typewriter's '
KNOWN_VOICES = 64  # in the cache; more readers' locales than that on one server are parsed again


@dataclass(frozen=True)
class Voice:
    """How one reader is spoken to. name: the locale, fit for a cache key; texts: the catalogue (English: none).

    decimal, group: signs of numbers; group_sizes: digits of the last group and of those before it. before, after: what
    stands around a percentage. is_translated: whether texts are in the language of the locale, so that a month may be a
    word.
    """

    name: str
    locale: Locale
    texts: NullTranslations
    decimal: str
    group: str
    group_sizes: tuple[int, int]
    before: str
    after: str
    is_translated: bool

    @property
    def is_plain(self) -> bool:
        """Whether numbers look as Python writes them."""
        return (self.decimal, self.group, self.group_sizes) == (".", ",", (3, 3))


def _known(name: str | None) -> Locale | None:
    """The locale of a browser's name such as de-DE, or of the part of it that is known."""
    parts = re.split(r"[-_]", (name or "")[:LONGEST_LOCALE_NAME])
    for end in range(len(parts), 0, -1):
        try:
            locale = Locale.parse("_".join(parts[:end]))
        except (ValueError, UnknownLocaleError):
            continue
        # "C" is how a machine says that it has no locale; CLDR knows it as one without signs between thousands.
        return locale if "latn" in locale.number_symbols and locale.variant != "POSIX" else None
    return None


@lru_cache(maxsize=KNOWN_VOICES)
def _voice(name: str | None, folder: Path) -> Voice:
    locale = _known(name) or Locale.parse(ENGLISH)
    texts = None if locale.language == "en" else translations(folder, locale)
    signs, percent = locale.number_symbols["latn"], locale.percent_formats[None]
    around = tuple(side[0].replace("%", signs["percentSign"]) for side in (percent.prefix, percent.suffix))
    before, after = ENGLISH_PERCENT if locale.language == "en" else around
    return Voice(
        str(locale),
        locale,
        texts or NullTranslations(),
        signs["decimal"],
        signs["group"].replace("'", APOSTROPHE),
        locale.decimal_formats[None].grouping,
        before,
        after,
        locale.language == "en" or texts is not None,
    )


_VOICE: ContextVar[Voice | None] = ContextVar("voice", default=None)


def voice() -> Voice:
    """Return the voice of this run's reader."""
    return _VOICE.get() or _voice(ENGLISH, CATALOGUES)


def spoken() -> str:
    """The name of the reader's locale: part of the key of everything cached that holds prose."""
    return voice().name


def language() -> str:
    """The language of the texts, as documents name theirs: "en", "de"."""
    reader = voice()
    return reader.locale.language if reader.is_translated else "en"


def speak(name: str | None, folder: Path | None = None) -> None:
    """Set the reader's locale from now on in this run; what is not known falls back to English.

    name: as a browser gives it, such as de-DE. folder: where catalogues are (None: CATALOGUES).
    """
    _VOICE.set(_voice(name, folder or CATALOGUES))


@contextmanager
def speaking(name: str | None, folder: Path | None = None) -> Iterator[None]:
    """Set the reader's locale for a while, for example where a file is written outside of any page's run."""
    before = _VOICE.set(_voice(name, folder or CATALOGUES))
    try:
        yield
    finally:
        _VOICE.reset(before)


def _(message: str) -> str:
    """Return a text in the reader's language; the English text where no catalogue has it.

    A member of a StrEnum comes back as plain text, which tables take as a text rather than as a kind of their own.
    """
    return voice().texts.gettext(str(message)) if message else ""


def ngettext(one: str, many: str, number: int) -> str:
    """Return the text that goes with a number in the reader's language."""
    return voice().texts.ngettext(one, many, number)


def phrase(message: str) -> str:
    """Mark a text of a constant for translation; `_` translates it where it is shown."""
    return message


def labels(marked: Mapping[str, str]) -> dict[str, str]:
    """A constant's labels in the reader's language, key by key."""
    return {key: _(text) for key, text in marked.items()}


def decimal(value: float, digits: int = 0) -> str:
    """Format a number with thousands separated and a fixed number of decimals: "1,234.5", "1.234,5"."""
    reader = voice()
    if reader.is_plain:
        return f"{value:,.{digits}f}"
    whole, point, fraction = f"{abs(value):.{digits}f}".partition(".")
    minus = "-" if math.copysign(1.0, value) < 0 else ""
    return (
        minus + _with_thousands(whole, reader.group, *reader.group_sizes) + (reader.decimal if point else "") + fraction
    )


def _with_thousands(whole: str, sign: str, last: int, others: int) -> str:
    """Part the thousands of a whole number: 1.234.567, or 12,34,567 where groups before the last have two digits.

    Not by babel, whose patterns take an apostrophe for a quote: it drops a pair of them.
    """
    head, groups = whole[:-last], [whole[-last:]]
    while head:
        head, groups = head[:-others], [head[-others:], *groups]
    return sign.join(groups)


def date_pattern() -> str:
    """How a table's column writes dates, in the signs of moment.js: "D MMM YYYY" in English, else in digits."""
    reader = voice()
    return "D MMM YYYY" if reader.locale.language == "en" else _digits(reader.locale).upper().replace("Y", "YYYY")


def separators() -> str:
    """Signs of decimals and thousands, in this order, as charts take them."""
    reader = voice()
    return reader.decimal + reader.group


def short_decimal(value: float) -> str:
    """Format a number below 1,000 with three significant digits, without zeros at its end: "0.5", "12,3"."""
    return f"{value:.3g}".replace(".", voice().decimal)


def in_own_signs(text: str) -> str:
    """A text with numbers of no thousands, such as "0.9 to 3 %", with the reader's sign of decimals."""
    return re.sub(r"(?<=\d)\.(?=\d)", voice().decimal, text)


def in_percent(value: float, digits: int = 0) -> str:
    """Format a number of percent: "38 %", "%38"."""
    reader = voice()
    return f"{reader.before}{decimal(value, digits)}{reader.after}"


def without_percent_sign(text: str) -> str:
    """The first end of a range of percentages: "38" of "38 %", for "38 to 45 %"; "%38" stays as it is."""
    return text.removesuffix(voice().after)


def money(amount: str, currency: str) -> str:
    """Put a currency's code to an amount, on the side where the locale has it; in English behind it."""
    locale = voice().locale
    pattern = locale.currency_formats["standard"].pattern
    is_before = locale.language != "en" and pattern.find("¤") < pattern.find("#")
    return f"{currency}\u00a0{amount}" if is_before else f"{amount} {currency}"


def day(when: date) -> str:
    """Format a date: with the month as a word where texts are in the reader's language, else in digits with all four of
    the year's."""
    reader = voice()
    return format_date(when, "long" if reader.is_translated else _digits(reader.locale), reader.locale)


def _digits(locale: Locale) -> str:
    """The short date of a locale with all digits of the year, without era and word for year: dd.MM.y."""
    pattern = re.sub("[\u200e\u200f]|\\s*('[^']*'\\.?|G)", "", locale.date_formats["short"].pattern)
    return re.sub("y+", "y", pattern)


def territories() -> dict[str, str]:
    """Names of countries by ISO 3166-1 alpha-2 code, in the language of the texts.

    English names come from territories.json, so that they do not change with the installed babel.
    """
    reader = voice()
    return (
        _translated_territories(reader.name)
        if reader.is_translated and reader.locale.language != "en"
        else _territories()[0]
    )


def alpha3() -> dict[str, str]:
    """ISO 3166-1 alpha-3 code of every alpha-2 code, which the map's geometry goes by."""
    return _territories()[1]


@cache
def _territories() -> tuple[dict[str, str], dict[str, str]]:
    rows = json.loads(TERRITORIES_FILE.read_text(encoding="utf-8"))["territories"]
    return {code: name for code, (_, name) in rows.items()}, {code: three for code, (three, _) in rows.items() if three}


@lru_cache(maxsize=KNOWN_VOICES)
def _translated_territories(name: str) -> dict[str, str]:
    return _territories()[0] | dict(Locale.parse(name).territories)

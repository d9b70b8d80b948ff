"""Say what one column means by its heading, held to its cells.

A rate is never a share, an average never a result, what was gained never the followers.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from data.importers import subtotals
from data.importers.amounts import GIFTED, ON_TAXES, is_included
from data.importers.reading.header_row import PERCENT_WORDS
from data.importers.report import ColumnStatus as Status
from data.importers.tracker import accounts, words
from data.importers.tracker.mixes import is_mix, mix_of
from data.importers.tracker.readings import COUNTS, CURRENCIES, LEFT_OUT, MONEY, RESULTS, Reading
from data.importers.tracker.scales import without_scale
from data.importers.values import countries, dates, numbers

LONGEST_HEADING = 80
# At least so many of a column's cells have to read as what its heading says.
LEAST_READABLE = 0.5
YES_OR_NO = words.cells("yes") | words.cells("no")
TAKEN = frozenset(map(words.fold, words.cells("taken")))  # headings of the day on which numbers were taken
PRICE_OF_A_KIND = "price of a kind"  # why a column is read, or left out, that says what a reel or a story costs
MOST_REMEMBERED = 4096  # headings taken apart: files of one sender have the same ones, and rows are tried too
OF_AN_AUDIENCE = {
    *("audience", "followers", "zielgruppe", "publikum", "audiencia", "publico", "pubblico", "demographics", "split"),
}
MOST_OF_A_RATE = 100  # percent; a count of engagements is seldom so small in every row
NUMBER = re.compile(
    r"[-+]?\D{0,4}\d[\d.,'’\s]*\s?(k|m|b|tsd|mio|mln|mil|mn|mrd|lakhs?|lacs?|crores?)?\.?\D{0,4}", re.IGNORECASE
)
# A time of day; 05.03 alone may be a day.
TIME = re.compile(
    r"\d{1,2}[:h]\d{2}(?::\d{2})?\s?(?:[ap]\.?m\.?|uhr)?|\d{1,2}\.\d{2}\s?(?:[ap]\.?m\.?|uhr)", re.IGNORECASE
)
HAS_DIGIT = re.compile(r"\d")
WITH_DECIMALS = re.compile(r"\d[.,]\d{1,2}(?!\d)")
PERCENT = re.compile(r"\s*<?\d{1,3}([.,]\d+)?\s*%\s*")


def count_known(names: Sequence[str]) -> int:
    """How many names of a row are headings of somebody's own spreadsheet: what tells its header from other rows."""
    return sum(bool(name) and len(name) <= LONGEST_HEADING and _is_known(heading_of(name), name) for name in names)


def _is_known(heading: "Heading", name: str) -> bool:
    known = words.fields()
    return words.fold(without_unit(name)[0]) in known or (bool(heading.key) and heading.key in known)


FITS: Mapping[str, Callable[[str], bool]] = {
    **dict.fromkeys((*COUNTS, "views", "followers"), lambda cell: bool(NUMBER.fullmatch(cell)) and "%" not in cell),
    **dict.fromkeys(
        ("cost", "asking_price", "revenue"),
        lambda cell: (
            (bool(NUMBER.fullmatch(cell)) and "%" not in cell) or cell.casefold() in GIFTED or is_included(cell)
        ),
    ),
    "sales": lambda cell: bool(NUMBER.fullmatch(cell)) and "%" not in cell,
    "count_deliverables": lambda cell: words.count_of(cell).isdigit(),
    "date": lambda cell: _is_date(cell),
    "end_date": lambda cell: _is_date(cell),
    **dict.fromkeys(("currency", *CURRENCIES), lambda cell: bool(words.currency(cell))),
    "home_country": lambda cell: countries.country(cell).code not in (None, countries.TOTAL),
    "market": lambda cell: countries.market_answered(cell) is not None,
    "platform": lambda cell: words.platform(cell) is not None,
    "audience_share": lambda cell: bool(PERCENT.fullmatch(cell) or re.fullmatch(r"\d{1,3}([.,]\d+)?", cell)),
    "link": accounts.is_link,
    "post_link": accounts.is_link,
}


def _is_date(cell: str) -> bool:
    bare = dates.without_time(cell)
    is_short = bool(dates.YEAR_OF_TWO_DIGITS.match(bare) or dates.IN_WORDS_OF_TWO_DIGITS.match(bare))
    is_range = dates.period(cell) is not None or month_of(cell) is not None
    return is_short or is_range or any(dates.read(cell, order) for order in (True, False))


def month_of(cell: str) -> str | None:
    """A month as YYYY-MM ("April 2025", "2025-04", "04/2025"), or None."""
    if match := re.fullmatch(r"(\d{4})[-/.](\d{1,2})", cell):
        return f"{match[1]}-{int(match[2]):02}" if 1 <= int(match[2]) <= 12 else None
    if match := re.fullmatch(r"(\d{1,2})[-/.](\d{4})", cell):
        return f"{match[2]}-{int(match[1]):02}" if 1 <= int(match[1]) <= 12 else None
    if match := re.fullmatch(r"([^\W\d_]{3,})\.?[\s\-/,']+(\d{4}|\d{2})", cell):
        month = countries.known()["months"].get(match[1].casefold())
        return f"{match[2] if len(match[2]) == 4 else '20' + match[2]}-{month:02}" if month else None
    return None


@dataclass(frozen=True)
class Heading:
    """A heading taken apart: its words without currency, platform and number."""

    key: str
    currency: str = ""
    platform: str = ""
    number: int = 0
    is_percent: bool = False
    tokens: frozenset[str] = field(default_factory=frozenset)


@lru_cache(MOST_REMEMBERED)
def without_unit(text: str) -> tuple[str, str]:
    """A heading without the currency and, where it is an amount, without a word on taxes behind it; the currency."""
    text = without_scale(text)[0]
    whole, of_whole = numbers.without_unit(text)
    bare, currency = numbers.without_unit(ON_TAXES.sub("", text).strip())
    bare = ON_TAXES.sub("", bare).strip()
    kept = _without_neutral(words.fold(bare))
    is_amount = words.fields().get(words.fold(bare)) in MONEY or words.fields().get(kept) in MONEY
    return (bare, currency) if is_amount else (whole, of_whole)


def without_neutral(heading: str) -> str:
    """The words of a heading that say something: "Impressions (Actual)" is "impressions"."""
    return _without_neutral(words.fold(without_unit(heading)[0]))


def _without_neutral(folded: str) -> str:
    return " ".join(word for word in folded.split() if word not in words.neutral())


@lru_cache(MOST_REMEMBERED)
def heading_of(text: str) -> Heading:
    """Take a heading apart."""
    bare, currency = without_unit(text)
    is_percent = "%" in text or any(word in text.casefold() for word in PERCENT_WORDS)
    tokens = words.fold(bare).split()
    number, platform, left = 0, "", []
    for token in tokens:
        if (match := words.ORDINAL.match(token)) and not number and int(match[1]) <= 20:
            number = int(match[1])
        elif (
            token in words.platforms()
            and token not in ("x", "blog", "website", "meta", "pin", "snap")
            and len(tokens) > 1
        ):
            platform = words.platforms()[token]
        elif token not in ("#", "%"):
            left.append(token)
    return Heading(" ".join(left), currency, platform, number, is_percent, frozenset(tokens))


def by_heading(column: Reading, filled: Sequence[str], said: str | None) -> Reading:
    """What a heading means, held to the cells; what the user says of it holds as it is."""
    if not column.heading:
        return replace(column, why="no heading") if filled else column
    heading = heading_of(column.heading)
    column = replace(
        column,
        platform=heading.platform,
        currency=heading.currency,
        group=heading.number,
        is_percent=heading.is_percent,
        times=without_scale(column.heading)[1],
    )
    if said is not None:
        is_left = said == LEFT_OUT
        return replace(column, meaning="" if is_left else said, status=Status.LEFT_OUT if is_left else Status.READ)
    if not filled:
        return replace(column, why="empty")
    whole = words.fold(without_unit(column.heading)[0])
    meaning = words.fields().get(whole) or (
        words.fields().get(heading.key) if heading.number or heading.platform else None
    )
    if meaning is None and whole in words.platforms() and whole not in ("blog", "website"):
        meaning, column = "person", replace(column, platform=words.platforms()[whole])
    if meaning is None and whole in TAKEN:
        return replace(column, why="taken")
    if meaning is None and not heading.key and heading.number and heading.is_percent:
        meaning = "audience_share"  # "% 1" beside "Top country 1"
    if meaning is None and _is_price_of_a_kind(heading, filled):
        return replace(column, meaning="asking_price", status=Status.READ, why=PRICE_OF_A_KIND)
    meaning = meaning or _currency_of(heading) or _before_taxes(heading)
    if meaning is None and (why := _no_result(heading)):
        return replace(column, why=why)
    if meaning is None:
        kept = _without_neutral(heading.key)
        meaning = words.fields().get(kept) if kept else None
    if meaning is None:
        return _contained(column, heading, filled)
    if meaning in ("audience_country", "home_country") and heading.is_percent:
        meaning = "audience_share"  # "Top country 1 %" beside "Top country 1"
    return _held_to_cells(column, meaning, filled)


def _before_taxes(heading: Heading) -> str | None:
    """What creators are paid, with or without taxes ("Net cost")."""
    first, _, rest = heading.key.partition(" ")
    meaning = words.fields().get(_without_neutral(rest)) if first in ("net", "netto", "gross", "brutto") else None
    return meaning if meaning in ("cost", "asking_price") else None


CURRENCY_WORDS = {name for name, meaning in words.fields().items() if meaning == "currency"}
OF_SOMETHING = ("wahrung", "valuta")  # "Honorarwährung", "Honorarvaluta"


def _currency_of(heading: Heading) -> str | None:
    """What a heading with a word for currencies in it says: of all amounts, or of one ("Fee currency")."""
    names = [token for token in heading.tokens if token in CURRENCY_WORDS or token.endswith(OF_SOMETHING)]
    if not names:
        return None
    bare = [token.removesuffix("wahrung").removesuffix("valuta") for token in heading.key.split()]
    kept = [token for token in bare if token and token not in CURRENCY_WORDS | words.neutral() | {"code"}]
    if not kept:
        return "currency"
    meaning = words.fields().get(" ".join(kept), "")
    return next((name for name, amount in CURRENCIES.items() if amount == meaning), None)


def _is_price_of_a_kind(heading: Heading, filled: Sequence[str]) -> bool:
    """Whether a column says what one kind of content costs: "Reel rate", "Price per story"."""
    kinds = [token for token in heading.tokens if token in words.deliverables()]
    others = heading.tokens - set(kinds) - words.neutral() - {"per"}
    is_price = bool(others) and all(words.fields().get(token) == "cost" for token in others)
    is_money = bool(heading.currency) or _has_currency(filled) or any(map(numbers.shared_sign, filled))
    return bool(kinds) and is_price and is_money and readable("asking_price", filled) >= LEAST_READABLE


def _no_result(heading: Heading) -> str:
    """Why a column is no result, by a word in its heading; "" where none says so."""
    reasons = words.reasons_left_out()
    for name, reason in reasons.items():
        if name in heading.tokens or (" " in name and name in heading.key):
            return reason
    return ""


def _contained(column: Reading, heading: Heading, filled: Sequence[str]) -> Reading:
    """A heading that holds the words of a field and others: asked about, where its cells could be that."""
    padded = f" {heading.key} "
    held = [name for name in words.fields() if len(name) > 3 and f" {name} " in padded]
    for name in sorted(held, key=len, reverse=True):
        meaning = words.fields()[name]
        is_count = meaning in (*RESULTS, "views", "sales", "followers", "cost") and any(map(HAS_DIGIT.search, filled))
        if is_count and readable(meaning, filled) >= LEAST_READABLE:
            choice = {"views": "impressions", "sales": "conversions"}.get(meaning, meaning)
            return replace(column, status=Status.ASKED, choices=(choice, LEFT_OUT), why="unsure")
        if meaning in ("date", "handle", "link", "post_link", "platform", "campaign_id", "creator_name"):
            fits = readable(meaning, filled) >= LEAST_READABLE if meaning in FITS else meaning != "handle"
            return replace(column, meaning=meaning, status=Status.READ) if fits else column
    says_shares = heading.is_percent and not OF_AN_AUDIENCE.isdisjoint(heading.tokens)
    if _are_mixes(filled) or (says_shares and _are_mixes_in_percent(filled)):
        return replace(column, meaning="audience_mix", status=Status.READ)
    return replace(column, why="unknown")


def readable(meaning: str, filled: Sequence[str]) -> float:
    """The part of some cells that read as what a column should hold."""
    fits = FITS.get(meaning)
    return sum(map(fits, filled)) / len(filled) if fits and filled else 1.0


def _held_to_cells(column: Reading, meaning: str, filled: Sequence[str]) -> Reading:
    """A column whose heading is known, if its cells can be that."""
    taken = replace(column, meaning="impressions" if meaning == "views" else meaning, status=Status.READ)
    if (doubtful := _maybe_a_rate(column, meaning, filled)) is not None:
        return doubtful
    if meaning == "count_deliverables" and sum(bool(words.deliverable(c)[0]) for c in filled) * 2 >= len(filled):
        return replace(taken, meaning="deliverable")
    if meaning == "person":
        return taken
    if meaning == "creator_id" and words.fold(column.heading) == "id" and _is_row_number(filled):
        return replace(column, why="row number")
    if meaning == "home_country" and column.group:
        return replace(taken, meaning="audience_country")
    if meaning in ("audience_country", "home_country") and _has_mixes(filled):
        return replace(taken, meaning="audience_mix")
    if meaning in ("home_country", "market", "audience_country") and countries.are_states(filled):
        return replace(column, why="states")
    if (
        meaning in ("audience_share", "audience_country", "home_country")
        and column.is_percent
        and _are_mixes_in_percent(filled)
    ):
        return replace(taken, meaning="audience_mix")  # "DE 45 / AT 12" below "Audience %"
    if meaning == "audience_country":
        return taken
    if readable(meaning, filled) >= LEAST_READABLE and not (
        column.is_percent and meaning in FITS and meaning != "audience_share"
    ):
        return taken
    return _of_other_cells(column, taken.meaning, filled)


def _of_other_cells(column: Reading, meaning: str, filled: Sequence[str]) -> Reading:
    """A column whose cells are not what its heading says: asked about where it matters, else left out."""
    if all(cell.casefold() in YES_OR_NO for cell in filled):
        return replace(column, why="yes or no")  # "Paid": a tick, and no amount
    if meaning == "comments" and not any(map(FITS["comments"], filled)):
        return replace(column, why="remarks")  # what somebody wrote, not how many comments a post has
    if meaning == "date" and all(map(TIME.fullmatch, filled)):
        return replace(column, why="cells")  # "Post time" beside a date
    if meaning == "currency" or meaning in CURRENCIES:
        return replace(column, status=Status.ASKED, choices=("currency", LEFT_OUT), why="currency")
    if meaning in RESULTS or meaning in ("followers", "cost", "date", "sales"):
        if all("%" in cell for cell in filled):
            return replace(column, why="rate")
        return replace(column, status=Status.ASKED, choices=(meaning, LEFT_OUT), why="cells")
    return replace(column, why="cells")


def _maybe_a_rate(column: Reading, meaning: str, filled: Sequence[str]) -> Reading | None:
    """A column whose numbers are, or may be, a rate: left out or asked about; None for any other."""
    if meaning == "engagements" and _looks_like_a_rate(filled, column.is_percent):
        return replace(column, why="rate")
    if meaning == "engagements" and all(NUMBER.fullmatch(cell) and _value(cell) <= MOST_OF_A_RATE for cell in filled):
        return replace(column, status=Status.ASKED, choices=("engagements", LEFT_OUT), why="rate or count")
    if words.fold(column.heading) == "rate" and not any(map(numbers.shared_sign, filled)) and not _has_currency(filled):
        return replace(column, status=Status.ASKED, choices=("cost", LEFT_OUT), why="rate or fee")
    return None


def _value(cell: str) -> float:
    return subtotals.amount(cell) or 0.0


def _has_currency(filled: Sequence[str]) -> bool:
    return any(numbers.without_sign(cell, "")[1] for cell in filled)


def _looks_like_a_rate(filled: Sequence[str], is_percent: bool) -> bool:
    """Whether "engagement" is a rate here: percent, or numbers with decimals."""
    return is_percent or any("%" in cell for cell in filled) or all(WITH_DECIMALS.search(cell) for cell in filled)


def _is_row_number(filled: Sequence[str]) -> bool:
    """Whether an ID is the number of a row, or not one of each creator."""
    return all(cell.isdigit() for cell in filled) or len(set(filled)) < len(filled)


def _are_mixes(filled: Sequence[str]) -> bool:
    """Whether cells under a heading that says nothing name countries and percentages; "KW 10" is a week, not Kuwait."""
    in_percent = [cell for cell in filled if "%" in cell]
    is_certain = any(len(mix_of(cell)) > 1 for cell in in_percent)
    return sum(map(is_mix, in_percent)) * 2 >= len(filled) or (is_certain and len(in_percent) * 2 >= len(filled))


def _are_mixes_in_percent(filled: Sequence[str]) -> bool:
    """Whether cells under a heading that says percent of an audience name countries, each with a number."""
    mixes = list(map(mix_of, filled))
    return any(len(mix) > 1 for mix in mixes) and sum(map(bool, mixes)) * 2 >= len(mixes)


def _has_mixes(filled: Sequence[str]) -> bool:
    """Whether cells under the heading of a country name shares too, more of them than a country alone."""
    count = sum(map(is_mix, filled))
    return count > 0 and count >= sum(map(FITS["home_country"], filled))

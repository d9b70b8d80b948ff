"""Read numbers under a heading that says thousands or millions: "Followers (k)", "Views in Tsd.", "Coût (k€)"."""

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from data.importers.tracker.readings import ColumnMeanings

THOUSANDS = r"k|tsd|tausend|thousands?|milliers?|miles|mille|migliaia|milhares|duizend(?:en)?|tys|['’]?000['’]?s?"
MILLIONS = r"m|mio|mln|mn|mill|millions?|millionen|millones|milioni|milhões|milhoes|miljoen(?:en)?"
WITH_SIGN = rf"(?P<{{0}}>{THOUSANDS}|{MILLIONS}|t)\.?"
SIGN = r"[€£$]|eur|usd|gbp|chf"
# In brackets, behind "in", or bare where nobody could mean anything else.
IN_HEADING = re.compile(
    rf"^(?P<bare>.*?\S)\s*(?:"
    rf"[(\[]\s*(?:(?:in|en|em)\s+)?(?:(?P<before>{SIGN})\s*)?{WITH_SIGN.format('a')}\s*(?P<behind>{SIGN})?\s*[)\]]"
    rf"|,?\s+(?:in|en|em)\s+(?:(?P<before2>{SIGN})\s*)?{WITH_SIGN.format('b')}\s*(?P<behind2>{SIGN})?"
    rf"|,?\s+(?P<c>k|tsd|mio|['’]000s?|000s)\.?"
    rf"|,?\s+(?P<d>[kt])(?P<behind3>€|eur|£|\$)|,?\s+(?P<before3>[€£$])(?P<e>k|000s?))$",
    re.IGNORECASE,
)
THOUSAND, MILLION = 1_000, 1_000_000
PLAIN = re.compile(r"(\D{0,4})(\d+)(?:[.,](\d{1,2}|\d{4,}))?(\D{0,4})")
GROUPED = re.compile(r"\d{1,3}([.,'’ \u00a0\u202f])\d{3}(?:\1\d{3})*(?!\1)[.,](\d{1,2}|\d{4,})")
LETTER = re.compile(r"\d\s?(?:k|m|b|tsd|mio|mln|mil|mn|mrd|lakhs?|lacs?|crores?|[万萬만億亿억])\b", re.IGNORECASE)
# Ten million followers or more under "(k)" are more probably whole numbers under a heading that is wrong.
MOST = {THOUSAND: 10_000, MILLION: 10_000}
FAULT = "in thousands"


@lru_cache(4096)
def without_scale(heading: str) -> tuple[str, int]:
    """A heading without the word for thousands or millions, and what its numbers are times; ("Fee (€)", 1000)."""
    match = IN_HEADING.match(heading)
    if match is None:
        return heading, 1
    word = next(filter(None, (match[name] for name in "abcde"))).casefold()
    sign = next(filter(None, (match[f"{side}{n}"] for side in ("before", "behind") for n in ("", "2", "3"))), "")
    if word == "t" and not sign:
        return heading, 1
    times = THOUSAND if word == "t" or re.fullmatch(THOUSANDS, word) else MILLION
    return f"{match['bare']} ({sign.upper()})" if sign else match["bare"], times


def scaled(cells: Sequence[str], meanings: ColumnMeanings) -> tuple[list[str], str]:
    """The cells of a row with whole numbers for thousands, and the fault of a row whose number is not certain."""
    result, fault = list(cells), ""
    for column in meanings.columns:
        if column.is_read and column.times > 1:
            number = _whole(cells[column.place], column.times)
            fault = fault or (FAULT if number is None else "")
            result[column.place] = cells[column.place] if number is None else number
    return result, fault


def _whole(cell: str, times: int) -> str | None:
    """A number times what its heading says, exactly; None where it is not certain. "48k" and words stay as they are."""
    if LETTER.search(cell) or not any(map(str.isdigit, cell)):
        return cell
    grouped = GROUPED.search(cell)
    match = PLAIN.fullmatch(cell.replace(grouped[1], "") if grouped else cell)
    if match is None:
        return None
    number = Decimal(f"{match[2]}.{match[3] or 0}")
    if number >= MOST[times]:
        return None
    whole = (number * times).normalize()
    return f"{match[1]}{whole:f}{match[4]}"

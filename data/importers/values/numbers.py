"""Read printed numbers: marks between thousands, signs of currencies, characters that nobody sees.

Reports of platforms print for people: "1,234", "$1,450.50". Here such a cell becomes what rules.sql reads, where the
report proves what is meant; else it stays as it is, and the rules set it aside.
"""

import re
from collections.abc import Iterable

from data.importers.values import countries

GROUPED = re.compile(r"^\d{1,3}(?:([.,'’\u00a0\u202f ])\d{3})(?:\1\d{3})*$")
DECIMAL = re.compile(r"^\d+([.,])(\d{1,2}|\d{4,})$")
AMOUNT = re.compile(r"^([^\d\s.,'’()+-]{0,4})\s*(-?\d[\d.,'’\u00a0\u202f ]*?)\s*([^\d\s.,'’()+-]{0,4}\.?)$")
MOST_OF_AN_AMOUNT = 40  # characters
# Signs that several currencies share: which one is meant says the report's own currency.
SHARED_SIGNS = {
    "$": {"USD", "CAD", "AUD", "NZD", "MXN", "SGD", "HKD", "TWD", "ARS", "CLP", "COP", "UYU"},
    "¥": {"JPY", "CNY"},
    "￥": {"JPY", "CNY"},
    "kr": {"SEK", "NOK", "DKK", "ISK"},
    "kr.": {"DKK", "NOK"},
    "Fr.": {"CHF"},
}
# What an id may not hold (rules.sql), and names of campaigns hold nonetheless, copied together from chats and sheets.
UNSEEN = dict.fromkeys((0x00AD, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF))
BREAKS = re.compile(r"[\t\r\n\x0b\x0c\x85\u2028\u2029]+")  # other control characters are damage


def thousands_mark(counts: Iterable[str]) -> str:
    """The mark between thousands in cells that can only be whole ("1,234" impressions); "" without proof."""
    marks, decimals = set(), set()
    for cell in counts:
        if match := GROUPED.match(cell.strip()):
            marks.add(match[1])
        elif match := DECIMAL.match(cell.strip()):
            decimals.add(match[1])
    return marks.pop() if len(marks) == 1 and not marks & decimals else ""


def without_thousands(cell: str, mark: str) -> str:
    """A number without the marks between its thousands ("1,234.50" is 1234.50); anything else as it is.

    Where the mark is known, the other one stands before decimals: "1.125" beside "1,234" gets a fourth decimal, so that
    it is no thousand to anybody.
    """
    bare = cell.strip()
    other = "," if mark == "." else "."
    if mark and re.fullmatch(rf"\d{{1,3}}{re.escape(other)}\d{{3}}", bare):
        return bare.replace(other, ".") + "0"
    if not mark or not re.fullmatch(rf"-?\d{{1,3}}({re.escape(mark)}\d{{3}})+({re.escape(other)}\d+)?", bare):
        return cell
    return bare.replace(mark, "").replace(",", ".")


def without_sign(cell: str, currency: str) -> tuple[str, str]:
    """An amount without its sign, and its currency: ("1,450.50", "USD") for "$1,450.50" in a report in USD.

    A sign of another currency, and one that several share where the report names none, is left where it stands.
    """
    match = AMOUNT.match(cell.strip()) if len(cell) <= MOST_OF_AN_AMOUNT else None
    signs = [sign for sign in (match[1], match[3]) if sign] if match else []
    if match is None or len(signs) != 1:
        return cell, currency
    known = (countries.currency(currency) or "") if currency else ""
    meant = countries.currency(signs[0]) or countries.currency(signs[0].rstrip(".")) or ""
    if known in SHARED_SIGNS.get(signs[0], ()) or (meant and known in ("", meant)):
        return match[2], known or meant
    return cell, currency


# A currency at the end of a heading: "Amount spent (IDR)", "Fee [€]", "Fee in USD", "Cost EUR", "Fee €".
UNIT = re.compile(
    r"^(.*?[^\s(\[（,])\s*(?:[(\[（]\s*|,\s*|\sin\s+|\s)([^\W\d_]{0,3}[^\w\s()\[\]%#]{1,2}|[A-Za-z]{2,3}\.?)\s*[)\]）]?$"
)
UNIT_BEFORE = re.compile(r"^(?:[(\[]\s*)?([€£$¥₹₺₽])\s*(?:[)\]])?\s*(\w.*)$")


def without_unit(heading: str) -> tuple[str, str]:
    """A heading without the currency in it, and the code or shared sign of that; ("Fee", "EUR") for "Fee (EUR)"."""
    if match := UNIT_BEFORE.match(heading):
        bare, unit = match[2], match[1]
    elif match := UNIT.match(heading):
        bare, unit = match[1], match[2]
    else:
        return heading, ""
    if unit in SHARED_SIGNS:
        return bare, unit
    is_word = unit in ("ALL", "TOP")  # of Albania and Tonga, and words of headings
    code = (
        countries.currency(unit)
        if not is_word and (unit.isupper() or not unit.isalpha() or unit in ("eur", "usd", "gbp"))
        else None
    )
    return (bare, code) if code else (heading, "")


def shared_sign(cell: str) -> str:
    """The sign beside an amount that several currencies share ("$250"), or ""."""
    match = AMOUNT.match(cell.strip()) if len(cell) <= MOST_OF_AN_AMOUNT else None
    return next((sign for sign in (match[1], match[3]) if sign in SHARED_SIGNS), "") if match else ""


def visible(name: str) -> str:
    """A name on one line, without the characters that nobody sees."""
    return BREAKS.sub(" ", name.translate(UNSEEN)).strip()

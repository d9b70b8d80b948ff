"""Which day does this text mean? ISO dates, and other orders only where the whole column proves them."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

YEAR_FIRST = re.compile(r"^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?(?:Z|[+-]00:?00)?)?$")
YEAR_LAST = re.compile(r"^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})$")
SERIAL = re.compile(r"^\d{5}(\.0+)?$")
# "3.apr", "Mar 4": what a spreadsheet makes of 3.4 or of 3/4.
DAY_AND_MONTH_NAME = re.compile(r"^\d{1,2}[.\-/ ]\s?[^\W\d_]{3,}\.?$|^[^\W\d_]{3,}\.?[.\-/ ]\d{1,2}$")
# Day 0 of Excel's calendar as its numbers of today count.
EXCEL_DAY_ZERO = date(1899, 12, 30)


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def day_first(texts: Iterable[str]) -> bool | None:
    """Whether dates like 03/04/2025 begin with the day: proven by a number above 12; None without or against proof."""
    orders = set()
    for text in texts:
        if found := YEAR_LAST.match(text):
            if int(found[1]) > 12:
                orders.add(True)
            if int(found[3]) > 12:
                orders.add(False)
    return orders.pop() if len(orders) == 1 else None


def read(text: str, is_day_first: bool | None) -> date | None:
    """The day of an ISO date (also 2025/03/01, and midnight after it), or of 31.12.2025 where the order is proven."""
    if found := YEAR_FIRST.match(text):
        return _day(found[1], found[3], found[4])
    found = YEAR_LAST.match(text)
    if found is None:
        return None
    if is_day_first is None:
        return _day(found[4], found[3], found[1]) if found[1] == found[3] else None
    return _day(found[4], found[3], found[1]) if is_day_first else _day(found[4], found[1], found[3])


def looks_like_date(text: str) -> bool:
    """Whether a number was turned into a day and a month by a spreadsheet."""
    return bool(DAY_AND_MONTH_NAME.match(text.strip())) or bool(YEAR_LAST.match(text)) or bool(YEAR_FIRST.match(text))


def explain(text: str) -> tuple[str, str]:
    """Reason and fix of a date that can't be read."""
    if SERIAL.match(text):
        meant = EXCEL_DAY_ZERO + timedelta(days=int(float(text)))
        return (
            f"a serial number of a spreadsheet, perhaps the date {meant.isoformat()}",
            f"write {meant.isoformat()} if that is meant",
        )
    if YEAR_LAST.match(text) and _possible(text):
        return "day or month first? The date column does not prove the order", "write dates as YYYY-MM-DD"
    if YEAR_FIRST.match(text) and not read(text, None):
        return "no day of the calendar", "check day and month"
    if YEAR_FIRST.match(text):
        return "before the year 2000", "check the year"
    return "no date that can be told for certain", "write dates as YYYY-MM-DD"


def _possible(text: str) -> bool:
    return read(text, True) is not None or read(text, False) is not None

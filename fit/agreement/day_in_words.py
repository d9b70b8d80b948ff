"""Read the one day that a sentence names: "posts by 25 November", "live on Nov 25, 2026", "2026-11-25"."""

import re
from datetime import date
from itertools import starmap

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY, _YEAR = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?", r"(?:,?\s+(?P<year>\d{4}))?"
_SHAPES = tuple(
    re.compile(rf"(?<![\w.,/-]){shape}(?![\w/-])", re.IGNORECASE)
    for shape in (
        r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})",
        rf"{_DAY}\.?\s+(?:of\s+)?{_MONTH}{_YEAR}",
        rf"{_MONTH}\s+{_DAY}{_YEAR}",
    )
)
# What stands before a day that is no last day: the begin of something, or the end of a range.
_NOT_UNTIL = re.compile(
    r"(?:\b(?:from|after|since|starting)|\d\s*(?:to|and|until|[-\u2013\u2014]))\s*(?:the\s+)?$", re.I
)


def day_in_words(text: str, near: date | None) -> date | None:
    """The last day that a sentence names; None where it names none, several, or one that can be read two ways.

    near: a day without a year is the one nearest to it; None: such a day is not read.
    """
    found = [match for shape in _SHAPES for match in shape.finditer(text)]
    if len(found) != 1 or _NOT_UNTIL.search(text[: found[0].start()]):
        return None
    year, month, day = (found[0][part] for part in ("year", "month", "day"))
    number = int(month) if month.isdecimal() else MONTHS.index(month[:3].lower()) + 1
    if year is None and near is None:
        return None
    years = [int(year)] if year else [near.year + step for step in (-1, 0, 1)] if near else []
    days = list(filter(None, starmap(_day, ((one, number, int(day)) for one in years))))
    return min(days, key=lambda one: abs(one - near) if near else one - one, default=None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None

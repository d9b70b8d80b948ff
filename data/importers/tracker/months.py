"""Take the month of rows without a date from the name of their sheet: "April 2025", "2025-04"."""

import re
from datetime import date

from data.importers.report import Message, Options
from data.importers.tracker import words
from data.importers.tracker.headings import month_of
from data.importers.values import dates

YEAR = re.compile(r"\d{4}")


def days_of_sheet(shown: str, options: Options) -> tuple[tuple[date, date] | None, list[Message]]:
    """First and last day of rows that say none, and what to say of it. shown: a file, or "workbook/sheet".

    The month in a sheet's name holds before a period for all files, unless that lies within the month.
    """
    month = _month_of(shown.rpartition("/")[2])
    if not month:
        return options.days, []
    year, number = map(int, month.split("-"))
    days = date(year, number, 1), dates.last_day(year, number)
    if options.days and days[0] <= options.days[0] and options.days[1] <= days[1]:
        return options.days, []
    instead = ", and not the period that was said for all files" if options.days else ""
    return days, [Message(f"no column says when, so the month in the sheet's name is taken: {month}{instead}")]


def _month_of(name: str) -> str | None:
    """The month and year that a name consists of, beside words that say nothing; "March 14" is a day."""
    bare = name.strip("'\" ")
    if YEAR.search(bare) and (month := month_of(bare)):
        return month
    tokens = [token for token in re.sub(r"[\W_]+", " ", bare).split() if words.fold(token) not in words.neutral()]
    years = [token for token in tokens if YEAR.fullmatch(token)]
    others = [token for token in tokens if token not in years and words.platform(token) is None]
    return month_of(f"{others[0]} {years[0]}") if len(years) == len(others) == 1 else None

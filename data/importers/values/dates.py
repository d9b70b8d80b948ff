"""Read the day that a text means: ISO dates, and other orders only where the whole column proves them."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache

from data.importers.values.countries import known

YEAR_FIRST = re.compile(r"^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$")
YEAR_LAST = re.compile(r"^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})$")
YEAR_OF_TWO_DIGITS = re.compile(r"^(\d{1,2})([-/.])(\d{1,2})\2(\d{2})$")
IN_WORDS_OF_TWO_DIGITS = re.compile(r"^(\d{1,2})([-/. ]+)([^\W\d_]{3,})[-/. ]+'?(\d{2})$")  # 03-Apr-25
# The time of day behind a date, as programs print it: "T16:45:00Z", " 4:45 PM", " 16:45 +0200".
TIME_OF_DAY = re.compile(
    r"(?<=\d)(?:T|,?\s+)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s?[AaPp]\.?[Mm]\.?)?(?:\s?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2}))?$"
)
# No campaign of a creator that a sheet lists began before; it proves which two digits of 03/04/25 are no year.
FIRST_YEAR_OF_CREATORS = 2010
SERIAL = re.compile(r"^\d{5}(\.0+)?$")
# "3.apr", "Mar 4": what a spreadsheet makes of 3.4 or of 3/4.
DAY_AND_MONTH_NAME = re.compile(r"^\d{1,2}[.\-/ ]\s?[^\W\d_]{3,}\.?$|^[^\W\d_]{3,}\.?[.\-/ ]\d{1,2}$")
MOST_OF_A_DATE = 40  # characters: a day, a month in words and a year
MOST_OF_A_RANGE = 100  # characters: two days in words and what stands between them
RANGE = re.compile(r"\s+[-\u2013\u2014~]\s+|\s*[\u301c\uff5e\u2192]\s*|\s+->\s+")
WORDS = re.compile(r"[^\W\d_]+|\d+")
MONTH = re.compile(r"^(\d{4})[-/.](\d{1,2})$")
EAST_ASIAN_DAY = re.compile(r"^(\d{4})[年년]\s?(\d{1,2})[月월]\s?(\d{1,2})[日일]$")
# What stands between day, month and year: "8 de julho de 2025", "8 июля 2025 г.", "den 8 juli 2025".
BETWEEN = {"de", "del", "di", "d", "den", "er", "г", "года", "р", "року", "gada", "m", "st", "nd", "rd", "th"}
# Days of the week, which say nothing more of a day that is named; short ones that are months, too, are left out.
DAYS_OF_WEEK = frozenset(
    day
    for days in (
        "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun",
        "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so",
        "lundi mardi mercredi jeudi vendredi samedi dimanche lun mer jeu ven sam dim",
        "lunes martes miércoles jueves viernes sábado domingo mié jue vie sáb dom",
        "lunedì martedì mercoledì giovedì venerdì sabato domenica gio",
        "segunda terça quarta quinta sexta feira",
        "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
        "poniedziałek wtorek środa czwartek piątek sobota niedziela",
    )
    for day in days.split()
)
# Dates that can be read in one order only.
A_DAY_FIRST, A_MONTH_FIRST = "31/12/2000", "12/31/2000"
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
    for text in map(without_time, texts):
        if match := YEAR_LAST.match(text):
            if int(match[1]) > 12:
                orders.add(True)
            if int(match[3]) > 12:
                orders.add(False)
    return orders.pop() if len(orders) == 1 else None


def day_first_in_export(texts: Iterable[str]) -> bool | None:
    """Whether dates of a platform's export begin with the day: proven as in any file, or by the dots of 03.04.2025.

    Platforms write dots in languages only that begin with the day.
    """
    days = [text for text in map(without_time, texts) if YEAR_LAST.match(text)]
    are_dotted = bool(days) and all("." in day for day in days)
    return day_first([*days, A_DAY_FIRST] if are_dotted else days)


def order_within(texts: Iterable[str], first: date, last: date) -> str:
    """A date that proves the order in which all of these lie between two days; "" where both orders do, or none."""
    days = [text for text in map(without_time, texts) if YEAR_LAST.match(text)]
    fitting = {
        proof
        for is_day_first, proof in ((True, A_DAY_FIRST), (False, A_MONTH_FIRST))
        if days and all((day := read(text, is_day_first)) and first <= day <= last for text in days)
    }
    return fitting.pop() if len(fitting) == 1 else ""


def without_time(text: str) -> str:
    """A date without the time of day behind it."""
    return TIME_OF_DAY.sub("", text)


def with_long_years(texts: Iterable[str], last_year: int) -> dict[str, str]:
    """Dates with years of two digits (22/04/25, 22-Apr-25) to the same with four, where all prove that it is last.

    They do where one read with its year first would lie before creators were booked, or after last_year.
    """
    texts = list(texts)
    return _long(YEAR_OF_TWO_DIGITS, texts, last_year) | _long(IN_WORDS_OF_TWO_DIGITS, texts, last_year)


def _long(shape: re.Pattern[str], texts: Iterable[str], last_year: int) -> dict[str, str]:
    """Dates of one shape; the groups of which are the first number, a mark, day or month, and the last number."""
    short = {text: match for text in texts if (match := shape.match(without_time(text)))}
    is_year = [FIRST_YEAR_OF_CREATORS <= 2000 + int(match[1]) <= last_year for match in short.values()]
    if not short or all(is_year):
        return {}
    last = shape.groups
    return {
        text: f"{m[1]}{m[2]}{m[3]}{m[2]}20{m[last]}" for text, m in short.items() if 2000 + int(m[last]) <= last_year
    }


def read(text: str, is_day_first: bool | None) -> date | None:
    """The day of an ISO date (also 2025/03/01), of "8 July 2025", or of 31.12.2025 where the order is proven.

    A time of day behind it is left out.
    """
    text = without_time(text)
    if match := YEAR_FIRST.match(text):
        return _day(match[1], match[3], match[4])
    match = YEAR_LAST.match(text)
    if match is None:
        return in_words(text) if len(text) <= MOST_OF_A_DATE else None
    if is_day_first is None:
        return _day(match[4], match[3], match[1]) if match[1] == match[3] else None
    return _day(match[4], match[3], match[1]) if is_day_first else _day(match[4], match[1], match[3])


def day_range(text: str) -> tuple[date, date] | None:
    """The days of "July 8, 2025 - July 31, 2025" in many languages, or of one day; None where it is no range."""
    if len(text) > MOST_OF_A_RANGE:
        return None
    parts = RANGE.split(text.strip())
    is_day_first = day_first(parts)
    days = [day for part in parts if (day := read(part, is_day_first))]
    if len(days) < len(parts):
        days = [day for part in parts if (day := in_words(part, parts))]
    if len(parts) > 2 or len(days) < len(parts) or days[0] > days[-1]:
        return None
    return days[0], days[-1]


@lru_cache(maxsize=100_000)
def period(text: str) -> tuple[date, date] | None:
    """First and last day of a cell that holds a range, or a day in words; None for what a whole column may prove."""
    is_one = len(text) <= MOST_OF_A_RANGE and bool(RANGE.search(text) or in_words(text))
    return day_range(text) if is_one else None


def last_day(year: int, month: int) -> date:
    """The last day of a month."""
    return (date(year + month // 12, month % 12 + 1, 1)) - timedelta(days=1)


def week_or_month(text: str, is_day_first: bool | None, *, is_week: bool) -> tuple[date, date] | None:
    """The days of a week that begins with the day of a text, or of the month that it names; None for what is none."""
    first = read(MONTH.sub(r"\g<1>-\g<2>-01", text), is_day_first) or in_words(f"1 {text}")
    if first is None or (not is_week and first.day > 1):
        return None
    return first, first + timedelta(days=6) if is_week else last_day(first.year, first.month)


def in_words(text: str, beside: Iterable[str] = ()) -> date | None:
    """The day of "July 8, 2025", "8. Juli 2025" or "8 de julho de 2025"; None for anything else.

    beside: other parts of the same range, which may name the month or the year for all ("July 8 - 31, 2025").
    """
    texts = (text, *beside)
    parts = [part for text in texts if (part := _parts(text))]
    if len(parts) < len(texts):
        return None
    day, months, years = parts[0][0], {m for _, m, _ in parts if m}, {y for _, _, y in parts if y}
    month = parts[0][1] or (months.pop() if len(months) == 1 else None)
    year = parts[0][2] or (years.pop() if len(years) == 1 else None)
    return _day(str(year), str(month), str(day)) if day and month and year else None


def _parts(text: str) -> tuple[int | None, int | None, int | None] | None:
    """Day, month and year of a date in words, None for what it does not name; None for what is no date."""
    if match := EAST_ASIAN_DAY.match(text.strip()):
        return int(match[3]), int(match[2]), int(match[1])
    if len(text) > MOST_OF_A_RANGE:
        return None
    words = [word.casefold() for word in WORDS.findall(text)]
    numbers = [int(word) for word in words if word.isascii() and word.isdigit()]
    months = [known()["months"][word] for word in words if word in known()["months"]]
    others = {word for word in words if not word.isdigit()} - known()["months"].keys() - BETWEEN - DAYS_OF_WEEK
    days, years = [n for n in numbers if n <= 31], [n for n in numbers if 2000 <= n <= 2999]
    if others or len(days) != 1 or len(months) > 1 or len(years) > 1 or len(days) + len(years) < len(numbers):
        return None
    return days[0], months[0] if months else None, years[0] if years else None


def looks_like_date(text: str) -> bool:
    """Whether a number was turned into a day and a month by a spreadsheet."""
    return bool(DAY_AND_MONTH_NAME.match(text.strip())) or bool(YEAR_LAST.match(text)) or bool(YEAR_FIRST.match(text))


def explain(text: str) -> tuple[str, str]:
    """Reason and fix of a date that can't be read."""
    text = without_time(text)
    if SERIAL.match(text):
        meant = EXCEL_DAY_ZERO + timedelta(days=int(float(text)))
        return (
            f"a serial number of a spreadsheet, perhaps the date {meant.isoformat()}",
            f"write {meant.isoformat()} if that is meant",
        )
    if YEAR_LAST.match(text) and (read(text, True) or read(text, False)):
        return "day or month first? The date column does not prove the order", "write dates as YYYY-MM-DD"
    if YEAR_FIRST.match(text) and not read(text, None):
        return "no day of the calendar", "check day and month"
    if YEAR_FIRST.match(text):
        return "before the year 2000", "check the year"
    if YEAR_OF_TWO_DIGITS.match(text) or IN_WORDS_OF_TWO_DIGITS.match(text):
        return "which of these two digits is the year? The date column does not prove it", "write dates as YYYY-MM-DD"
    if (parts := _parts(text)) and parts[1] and not parts[2]:
        return "a day without a year", "write dates as YYYY-MM-DD"
    return "no date that can be told for certain", "write dates as YYYY-MM-DD"


def read_column(texts: Sequence[str]) -> list[date | None]:
    """The days of a column, where the whole column proves their order; None for a blank and for what is no day."""
    is_day_first = day_first(texts)
    return [read(text, is_day_first) if text else None for text in texts]

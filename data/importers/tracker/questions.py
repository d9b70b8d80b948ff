"""Ask what a sheet leaves open: all of it at once, with the options that say it on the command line."""

from collections.abc import Sequence
from datetime import date

from data.importers import amounts
from data.importers.report import Code, Options, RefusedError, quoted
from data.importers.tracker.readings import MONEY, RESULTS, ColumnMeanings, Reading
from data.importers.tracker.sheet_parts import Sheet
from data.importers.values import numbers

# Which columns of a message's table are asked about, in words.
WHY = {
    "sales": "the number of sales, or their value",
    "twice": "two columns for the same",
    "rate or count": "a rate, or how many",
    "rate or fee": "a rate, or what the creator is paid",
    "pair": "which country is this the share of",
    "cells": "its cells do not look like that",
    "currency": "its cells are no currencies that can be told for certain",
    "whose currency": "the currency of all amounts, or of one that the sheet does not have",
    "by country": "shares of the audience in percent, or how many (orders by country can't be kept)",
    "one country": "the share of the audience who live there in percent, or something else of this country",
    "marks by country": "shares of the audience, or marks with 1 for yes",
    "dates turned": "a spreadsheet may have taken the day for the month in the dates up to the 12th",
    "unsure": "not certain from its heading",
    "varies: followers": "followers, or what was gained",
    "varies: home_country": "the same creator has several, so it is not where the creator lives",
}


# Two columns of one name: what is said with --map would hold for both.
SAME_HEADING = (
    "two columns are both called '{0}'; write into the heading what tells them apart, for example the platform, or "
    "plan and result, and load again"
)


def refuse_open_questions(
    meanings: ColumnMeanings, options: Options, parts: Sheet, days: tuple[date, date] | None
) -> None:
    """Raise RefusedError with all that the sheet leaves open, so that it is asked at once. days: known for all rows."""
    questions = [asked(meanings)] if meanings.questions else []
    is_date_asked = any("date" in column.choices for column in meanings.questions)
    if meanings.has_results and not meanings.read("date") and not is_date_asked and days is None:
        questions.append(no_period())
    signed = next((c for c in meanings.read(*MONEY) if c.currency in numbers.SHARED_SIGNS), None)
    if signed and options.currency is None and not meanings.read("currency"):
        questions.append(amounts.unclear_sign(signed.currency, signed.heading))
    if parts.unclear_rows:
        questions.append(unclear_platform(parts))
    if parts.rows_of_several:
        by_platform = {c.platform: c for c in reversed(meanings.read(*RESULTS, "views")) if c.platform}
        questions.append(results_of_several(parts.rows_of_several[0], list(by_platform.values())))
    if questions:
        first, *others = (part for question in questions for part in question.message_parts)
        raise RefusedError(first.message, first.code, first.values, notes=others)


def no_period() -> RefusedError:
    """The question when the campaigns ran."""
    words = "no column says when the campaigns ran; say it for all rows with --date 2025-04-01..2025-04-30"
    return RefusedError(words, Code.PERIOD_NEEDED)


def unclear_platform(parts: Sheet) -> RefusedError:
    """The question on which platform the results of rows with several accounts were."""
    platforms = sorted(parts.unclear_platforms)
    return RefusedError(
        f"row {parts.unclear_rows[0]} names several accounts and not on which one its results were; add a column "
        "Platform that says it, or say it for all such rows with --platform",
        Code.PLATFORM_NEEDED,
        {"rows": parts.unclear_rows[:10], "platforms": platforms},
    )


def results_of_several(row: int, columns: Sequence[Reading]) -> RefusedError:
    """The refusal of rows that each hold results on several platforms: they would be added up as those of one."""
    first, other, *_ = sorted(columns, key=lambda column: column.place)
    return RefusedError(
        f"row {row} has results on several platforms ('{quoted(first.heading)}', '{quoted(other.heading)}'), and a row "
        "counts for one; write a row for each platform, or leave columns out, for example "
        f"--map '{quoted(other.heading)}=ignore'"
    )


def asked(meanings: ColumnMeanings) -> RefusedError:
    """The question what some columns mean."""
    sentences = []
    names = [column.heading for column in meanings.questions]
    for column in meanings.questions:
        if column.why == "twice" and names.count(column.heading) > 1:
            if SAME_HEADING.format(column.heading) not in sentences:
                sentences.append(SAME_HEADING.format(column.heading))
            continue
        options = " or ".join(f"--map '{column.heading}={choice}'" for choice in column.choices)
        examples = f" ({', '.join(column.examples)})" if column.examples else ""
        sentences.append(f"'{column.heading}'{examples}: {WHY.get(column.why, column.why)}? say {options}")
    return RefusedError(
        f"{'one column reads' if len(sentences) == 1 else f'{len(sentences)} columns read'} two ways: "
        f"{'; '.join(sentences)}",
        Code.COLUMNS_UNCLEAR,
        {"columns": [column.as_json() for column in meanings.questions]},
    )

"""Read figures that people drop as a table or type into a page: results of a campaign, and counts so far.

One of the places where pages and the readers of data/importers meet.
"""

from collections.abc import Collection, Sequence
from datetime import date
from functools import partial

from data.importers.report import RefusedError
from data.importers.table import read_numbers, read_table
from data.importers.values import dates, numbers
from fit.agreement import Agreement
from fit.locale import voice
from fit.metrics import COST, METRICS, Unit
from fit.pace import Count, PaceError, read_counts
from fit.pace import count_known as count_known_counts
from fit.review import MOST_RESULTS_BYTES, ActualsError, count_known, read_actuals, read_value
from fit.text import words

# One mark before exactly three digits parts thousands, of money and counts: nobody types a thousandth of them.
THOUSANDS = ".,'\u2019\u00a0\u202f "
WITH_THOUSANDS = (Unit.COUNT, Unit.AMOUNT, None)  # None: a metric of the two sides' own
KINDS = {Unit.COUNT: "count"}  # how the numbers of a unit are read; else as a number


def results_of_upload(raw: bytes, own: Collection[str], currency: str | None) -> tuple[dict[str, float], str]:
    """Results of an uploaded table, metric to value, and what is to say about its encoding. Raises ActualsError."""
    try:
        table = read_table(raw, partial(count_known, own=own), most_bytes=MOST_RESULTS_BYTES)
    except RefusedError as error:
        raise ActualsError(f"{words.capitalized(str(error))}.") from error
    return read_actuals(table.every_row, partial(read_numbers, currency=currency or ""), own), table.note


def counts_of_upload(raw: bytes, agreement: Agreement) -> tuple[Count, ...]:
    """Counts so far of an uploaded table; rows without a date are of today. Raises PaceError."""
    try:
        table = read_table(raw, count_known_counts, most_bytes=MOST_RESULTS_BYTES)
    except RefusedError as error:
        raise PaceError(f"{words.capitalized(str(error))}.") from error
    numbers = partial(read_numbers, currency=agreement.currency or "")
    return read_counts(table.every_row, agreement, numbers, dates.read_column, date.today())


def counts_of_table(rows: Sequence[tuple[int, Sequence[str]]], agreement: Agreement) -> tuple[Count, ...]:
    """Counts so far of the rows of a table on a page, a header first; those without a date are of today. Raises
    PaceError."""
    return read_counts(rows, agreement, partial(read_numbers, mark="."), dates.read_column, date.today())


def typed_result(name: str, text: str, label: str, currency: str | None) -> float | None:
    """One result as the reader types it, in the reader's own signs; None for not measured. Raises ActualsError."""
    unit = Unit.AMOUNT if name == COST else METRICS[name].unit if name in METRICS else None
    bare, _code = _without_marks(text, unit, currency)
    return read_value(name, bare, partial(read_numbers, mark=voice().decimal, currency=currency or ""), place=label)


def typed_figure(text: str, unit: Unit | None, currency: str | None) -> tuple[float, str] | None:
    """One number as the reader types it, and the code of the currency beside it, "" for none; None where it is none.

    unit: None for a metric of the two sides' own; a rate is typed in percent. An amount may name its currency: that of
    the agreement, any where the agreement names none.
    """
    bare, code = _without_marks(text, unit, currency)
    if unit is Unit.RATE:
        bare = bare.removesuffix("%").rstrip()
    (value,) = read_numbers([(KINDS.get(unit, "number") if unit else "number", bare)], mark=voice().decimal)
    if value is None or isinstance(value, str):
        return None
    if unit is Unit.RATE:
        return (float(f"{value / 100:.12g}"), "") if value <= 100 else None
    return float(value), code


def has_three_decimals(text: str, unit: Unit | None) -> bool:
    """Whether a number with decimals would be read as thousands."""
    return unit in WITH_THOUSANDS and _joined(text) != text


def _without_marks(text: str, unit: Unit | None, currency: str | None) -> tuple[str, str]:
    """A typed number without its currency and one mark between thousands; the code of the currency, "" for none."""
    bare, code = text.strip(), ""
    if unit is Unit.AMOUNT:
        amount, named = numbers.without_sign(bare, currency or "")
        bare, code = (amount.strip(), named) if amount != bare else (bare, "")
    if unit in WITH_THOUSANDS:
        bare = _joined(bare)
    return bare, code


def _joined(text: str) -> str:
    """A number without its one mark between thousands; any other text as it is."""
    for mark in THOUSANDS:
        before, _mark, after = text.partition(mark)
        digits = before + after
        if len(after) == len("000") and 1 <= len(before) <= len("000") and digits.isdecimal() and text[0] != "0":
            return digits
    return text

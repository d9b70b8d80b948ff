"""Read figures that people drop as a table or type into a page: results of a campaign, and counts so far.

One of the places where pages and the readers of data/importers meet.
"""

from collections.abc import Collection, Sequence
from datetime import date
from functools import partial

from data.importers.report import RefusedError
from data.importers.table import read_numbers, read_table
from data.importers.values import dates
from fit.agreement import Agreement
from fit.locale import voice
from fit.pace import Count, PaceError, read_counts
from fit.pace import count_known as count_known_counts
from fit.review import MOST_RESULTS_BYTES, ActualsError, count_known, read_actuals, read_value
from fit.text import words


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
    return read_value(name, text, partial(read_numbers, mark=voice().decimal, currency=currency or ""), place=label)

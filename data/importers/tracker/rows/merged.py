"""Say what a fee or a result stands for that a workbook shows in one cell over several rows.

The fee of all these posts stands in the first row alone; it is read like "incl." in the others.
"""

from collections.abc import Sequence
from dataclasses import replace

from data.importers.reading.reader import Record
from data.importers.reading.workbook import Merged
from data.importers.report import rows_named
from data.importers.tracker.readings import RESULTS, ColumnMeanings

INCLUDED = "incl."


def with_included(
    records: list[Record], merged: Sequence[Merged], meanings: ColumnMeanings
) -> tuple[list[Record], list[str]]:
    """The rows, those below the first of a merged fee with a fee that is included; and what is said of results."""
    fees = {column.place for column in meanings.read("cost")}
    results = {column.place: column.heading for column in meanings.read(*RESULTS, "views")}
    below = {
        row: cells.column for cells in merged if cells.column in fees for row in range(cells.first + 1, cells.last + 1)
    }
    notes = [
        f"{results[cells.column]} of row {cells.first} is one cell for "
        f"{rows_named(range(cells.first, cells.last + 1))} and counts for the first of them alone: write what each "
        "brought into its own row"
        for cells in merged
        if cells.column in results
    ]
    if below:
        records = [_included(record, below[record.row]) if record.row in below else record for record in records]
    return records, notes


def _included(record: Record, place: int) -> Record:
    """A row without a fee of its own; one that is blank, and one with a fee, as it is."""
    if record.fault or not any(cell.strip() for cell in record.fields) or record.fields[place].strip():
        return record
    return replace(record, fields=[INCLUDED if at == place else cell for at, cell in enumerate(record.fields)])

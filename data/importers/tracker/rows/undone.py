"""Take no results from rows whose status says that the campaign did not take place: planned, cancelled, declined."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from data.importers.reading.reader import Record
from data.importers.report import quoted, rows_named
from data.importers.tracker import words
from data.importers.tracker.readings import RESULTS, ColumnMeanings


@dataclass(frozen=True)
class Undone:
    """A row whose campaign did not take place, by what its status says."""

    row: int
    status: str


def without_results(records: Sequence[Record], meanings: ColumnMeanings) -> tuple[list[Record], list[Undone]]:
    """The rows, those of campaigns that did not take place without their results; what they say of creators stays."""
    headings, statuses = (frozenset(map(words.fold, words.cells(kind))) for kind in ("status", "undone"))
    place = next((column.place for column in meanings.columns if words.fold(column.heading) in headings), None)
    results = {column.place for column in meanings.read(*RESULTS, "views", "sales")}
    if place is None or not results:
        return list(records), []
    kept, undone = [], []
    for record in records:
        if not record.fault and words.fold(record.fields[place]) in statuses:
            undone.append(Undone(record.row, record.fields[place].strip()))
            blanked = ["" if at in results else cell for at, cell in enumerate(record.fields)]
            record = replace(record, fields=blanked)
        kept.append(record)
    return kept, undone


def said_of(undone: Sequence[Undone]) -> list[str]:
    """What is said of rows whose campaigns did not take place."""
    if not undone:
        return []
    rows = [f"{row_undone.row} ({quoted(row_undone.status)})" for row_undone in undone]
    return [f"the campaign did not run, so only the creator is taken: {rows_named(rows)}"]

"""Take no results from rows whose status says that the campaign did not take place: planned, cancelled, not posted."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from data.importers.limits import MAX_ID_CHARACTERS
from data.importers.reading.reader import Record
from data.importers.report import quoted, rows_named
from data.importers.tracker import words
from data.importers.tracker.readings import RESULTS, ColumnMeanings, Reading

# "Geplant (Mai)", "Abgesagt - krank", "Cancelled by creator": the status, and a remark behind it.
REMARK = re.compile(
    r"\s*[(\[:\n].*|\s+[-–—]\s.*|\s+(?:by|due to|because|von|wegen|par|por|da|door|przez)\s.*", re.DOTALL
)


@dataclass(frozen=True)
class Undone:
    """A row whose campaign did not take place, by what a column says of it. place: of the column."""

    row: int
    status: str
    place: int


def without_results(records: Sequence[Record], meanings: ColumnMeanings) -> tuple[list[Record], list[Undone]]:
    """The rows, those of campaigns that did not take place without their results; what they say of creators stays."""
    statuses = [
        column
        for column in meanings.columns
        if words.fold(column.heading) in words.folded_cells("status") | words.folded_cells("posted")
    ]
    results = {column.place for column in meanings.read(*RESULTS, "views", "sales")}
    if not statuses or not results:
        return list(records), []
    kept, undone = [], []
    for record in records:
        said = next((c for c in statuses if not record.fault and _is_undone(record.fields[c.place], c)), None)
        if said:
            undone.append(Undone(record.row, record.fields[said.place].strip(), said.place))
            blanked = ["" if at in results else cell for at, cell in enumerate(record.fields)]
            record = replace(record, fields=blanked)
        kept.append(record)
    return kept, undone


def _is_undone(cell: str, column: Reading) -> bool:
    """Whether a status says that nothing ran, or a column "Posted" says no."""
    if words.fold(column.heading) in words.folded_cells("posted") and column.why == "yes or no":
        return cell.strip().casefold() in words.cells("no")
    bare = REMARK.sub("", cell.strip()[:MAX_ID_CHARACTERS])
    return bool({words.fold(cell), words.fold(bare)} & words.folded_cells("undone"))


def said_of(undone: Sequence[Undone]) -> list[str]:
    """What is said of rows whose campaigns did not take place."""
    if not undone:
        return []
    rows = [f"{row_undone.row} ({quoted(row_undone.status)})" for row_undone in undone]
    return [f"the campaign did not run, so only the creator is taken: {rows_named(rows)}"]

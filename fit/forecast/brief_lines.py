"""Make brief lines (creator, market, deliverable, cost) of a command, of agreements, or of a briefs file's rows."""

from collections.abc import Mapping, Sequence, Set
from datetime import date
from typing import Protocol

import polars as pl

from fit.brief import BriefError, parse_deliverable

BRIEF_COLUMNS = {
    "creator_id": pl.String,
    "market": pl.String,
    "platform": pl.String,
    "vertical": pl.String,
    "date": pl.Date,
    "deliverable": pl.String,
    "count_deliverables": pl.Int64,
    "cost": pl.Float64,
    "currency": pl.String,
}
MOST_COST = 1e12  # a fee in any currency is far below


class LineOptions(Protocol):
    """The options of a command that describe a line, as typed; None where nothing was said. deliverable: "post=2"."""

    creator: str
    platform: str | None
    deliverable: str | None
    date: str | None
    cost: float | None
    currency: str | None


def asked_line(options: LineOptions, markets: Sequence[str]) -> pl.DataFrame:
    """The one line that the options of a command describe: one row, columns as in BRIEF_COLUMNS.

    Raises BriefError for a deliverable, a day or an amount that cannot be meant.
    """
    deliverable, count = parse_deliverable(options.deliverable or "")
    try:
        day = date.fromisoformat(options.date) if options.date else None
    except ValueError:
        raise BriefError(f"{options.date!r} is no day. Write it as 2026-03-01.") from None
    if options.cost is not None and not 0 <= options.cost < MOST_COST:
        raise BriefError(f"The cost {options.cost} is no amount from 0 to below {MOST_COST:g}.")
    cells = {
        "creator_id": options.creator,
        "market": "+".join(markets),
        "platform": options.platform.lower() if options.platform else None,
        "date": day,
        "deliverable": deliverable,
        "count_deliverables": count,
        "cost": options.cost,
        "currency": options.currency.upper() if options.currency else None,
    }
    return pl.DataFrame([{name: cells.get(name) for name in BRIEF_COLUMNS}], schema=BRIEF_COLUMNS)


def lines_of_rows(rows: Sequence[Mapping[str, object]], known: Set[str], name: str) -> pl.DataFrame:
    """The rows of a briefs file as lines, columns as in BRIEF_COLUMNS, null where nothing is said.

    rows: column to value, as data/importers/table.py reads them. known: the creators of the store. name: of the file.
    Raises BriefError for a creator that nobody knows.
    """
    lines = pl.DataFrame([{column: row.get(column) for column in BRIEF_COLUMNS} for row in rows], schema=BRIEF_COLUMNS)
    if unknown := [creator for creator in lines["creator_id"].unique(maintain_order=True) if creator not in known]:
        several = f"{len(unknown):,} creators of {name} are not in the store, first {unknown[0]!r}"
        one = f"one creator of {name} is not in the store: {unknown[0]!r}"
        raise BriefError(f"{one if len(unknown) == 1 else several}. Load their files, or take their lines out.")
    return lines

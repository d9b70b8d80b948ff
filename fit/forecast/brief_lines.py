"""Make brief lines (creator, market, deliverable, cost) of a command, of agreements, or of a briefs file's rows."""

from collections.abc import Mapping, Sequence, Set
from datetime import date

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


LARGEST_AMOUNT = 1e13  # what the store can hold with four decimals


def asked_line(words, markets: Sequence[str]) -> pl.DataFrame:
    """The one line that the words of a command describe: one row, columns as in COLUMNS.

    words: creator, platform, deliverable ("post=2"), date, cost, currency as typed, None where nothing was said.
    Raises BriefError for a deliverable, a day or an amount that cannot be meant.
    """
    deliverable, count = parse_deliverable(words.deliverable or "")
    try:
        day = date.fromisoformat(words.date) if words.date else None
    except ValueError:
        raise BriefError(f"{words.date!r} is no day. Write it as 2026-03-01.") from None
    if words.cost is not None and not 0 <= words.cost < LARGEST_AMOUNT:
        raise BriefError(f"The cost {words.cost} is no amount of 0 or more.")
    cells = {
        "creator_id": words.creator,
        "market": "+".join(markets),
        "platform": words.platform,
        "date": day,
        "deliverable": deliverable,
        "count_deliverables": count,
        "cost": words.cost,
        "currency": words.currency.upper() if words.currency else None,
    }
    return pl.DataFrame([{name: cells.get(name) for name in BRIEF_COLUMNS}], schema=BRIEF_COLUMNS)


def lines_of_rows(rows: Sequence[Mapping[str, object]], known: Set[str], name: str) -> pl.DataFrame:
    """The rows of a briefs file as lines, columns as in COLUMNS, null where nothing is said.

    rows: column to value, as data/importers/table.py reads them. known: the creators of the store. name: of the file.
    Raises BriefError for a creator that nobody knows.
    """
    lines = pl.DataFrame([{column: row.get(column) for column in BRIEF_COLUMNS} for row in rows], schema=BRIEF_COLUMNS)
    if unknown := [creator for creator in lines["creator_id"].unique(maintain_order=True) if creator not in known]:
        raise BriefError(
            f"{len(unknown):,} creators of {name} are not in the store, first {unknown[0]!r}. "
            "Load their files, or take their lines out."
        )
    return lines

"""Which deliverables, for whom, where and at what cost, does a file of briefs ask about?"""

from collections.abc import Sequence, Set
from datetime import date
from pathlib import Path

import polars as pl

from fit.brief import BriefError, parse_deliverable

OTHER_NAMES = {"spend": "cost", "start_date": "date", "n_deliverables": "count_deliverables"}
NEEDED = ("creator_id", "market")
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


def read_brief_lines(path: Path, known: Set[str]) -> pl.DataFrame:
    """Read briefs.csv or briefs.parquet: one row per line, columns as in COLUMNS, null where nothing is said.

    known: the creators of the store. Raises BriefError for a file that cannot be read, a missing column, a cell that is
    not what its column needs, or a creator that nobody knows.
    """
    lines = _understood(path)
    if unknown := [creator for creator in lines["creator_id"].unique(maintain_order=True) if creator not in known]:
        raise BriefError(
            f"{len(unknown):,} creators of {path.name} are not in the store, first {unknown[0]!r}. "
            "Load their files, or take their lines out."
        )
    return lines


def _understood(path: Path) -> pl.DataFrame:
    try:
        read = pl.read_parquet(path) if path.suffix == ".parquet" else pl.read_csv(path, infer_schema=False)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise BriefError(
            f"{path.name} cannot be read as CSV or Parquet ({type(error).__name__}). Check the file."
        ) from error
    lines = read.rename(
        {old: new for old, new in OTHER_NAMES.items() if old in read.columns and new not in read.columns}
    )
    if missing := [name for name in NEEDED if name not in lines.columns]:
        raise BriefError(f"{path.name} has no column {' and no '.join(missing)}. Name them as in the plain format.")
    present = {name: kind for name, kind in BRIEF_COLUMNS.items() if name in lines.columns}
    cast = lines.select(_read(lines, name, kind) for name, kind in present.items())
    for name in present:
        lost = (_cleaned_series(lines, name).is_not_null() & cast[name].is_null()).arg_true()
        if len(lost):
            row = int(lost[0])
            raise BriefError(
                f"{path.name}, row {row + 2}: {name} {str(lines[name][row])!r} is not understood "
                f"({BRIEF_COLUMNS[name]} is needed). Mend the cell and try again."
            )
    if len(blank := cast.select(pl.any_horizontal(pl.col(*NEEDED).is_null()).arg_true()).to_series()):
        raise BriefError(f"{path.name}, row {int(blank[0]) + 2}: creator_id or market is blank. Fill it in.")
    return cast.with_columns(
        pl.lit(None, kind).alias(name) for name, kind in BRIEF_COLUMNS.items() if name not in present
    ).select(list(BRIEF_COLUMNS))


def _cleaned(lines: pl.DataFrame, name: str) -> pl.Expr:
    """A text column without outer blanks, blank cells null; other columns as they are."""
    if lines.schema[name] != pl.String:
        return pl.col(name)
    return pl.col(name).str.strip_chars().replace("", None)


def _read(lines: pl.DataFrame, name: str, kind: pl.DataType) -> pl.Expr:
    """A column as what it must be, null where a cell is something else."""
    text = _cleaned(lines, name)
    if kind == pl.Date and lines.schema[name] == pl.String:
        return text.str.to_date("%Y-%m-%d", strict=False)
    return text.cast(kind, strict=False)


def _cleaned_series(lines: pl.DataFrame, name: str) -> pl.Series:
    return lines.select(_cleaned(lines, name)).to_series()

"""Find the tables of the plain format among Parquet files, and check each file before anything is computed."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from data.engine.session import EngineError

NAMES = ("creators", "audience", "campaigns")  # of tables in one folder
FOOTER = 65_536  # bytes at the end of a Parquet file, which say what is in it
# The columns of the plain format with their types on Spark; those of NEEDED must be there.
COLUMNS = {
    "plain_creators": {
        "creator_id": "string", "creator_name": "string", "platform": "string", "vertical": "string",
        "home_country": "string", "followers": "bigint", "followers_as_of": "date", "handle": "string",
        "language": "string", "asking_price": "decimal(18,4)", "currency": "string", "codes": "string",
    },
    "plain_audience": {
        "creator_id": "string", "country": "string", "audience_share": "double", "audience_type": "string",
        "source": "string", "as_of": "date", "followers": "bigint", "platform": "string", "is_top_n": "boolean",
        "count_total": "bigint",
    },
    "plain_campaigns": {
        "campaign_id": "string", "creator_id": "string", "market": "string", "date": "date", "end_date": "date",
        "platform": "string", "vertical": "string", "deliverable": "string", "count_deliverables": "bigint",
        "impressions": "bigint", "reach": "bigint", "engagements": "bigint", "clicks": "bigint",
        "conversions": "bigint", "revenue": "decimal(18,4)", "cost": "decimal(18,4)", "currency": "string",
        "objective": "string", "attribution_window_days": "int", "paid": "boolean",
    },
}  # fmt: skip
NEEDED = {
    "plain_creators": ("creator_id",),
    "plain_audience": ("creator_id", "country", "audience_share"),
    "plain_campaigns": ("campaign_id", "creator_id", "date", "impressions"),
}
TELLING = {"plain_audience": ("country", "audience_share"), "plain_campaigns": ("campaign_id", "impressions")}


@dataclass(frozen=True)
class PlainTable:
    """One table of the plain format: its files, all with the same columns, and what vouches for them."""

    name: str
    path: Path
    files: tuple[Path, ...]
    columns: tuple[str, ...]
    count_rows: int
    sha256: str


def find_tables(paths: Sequence[Path]) -> list[PlainTable]:
    """Find the tables in files and folders of Parquet, and read every file's footer.

    A folder whose files are one table is that table; a folder with folders or files called creators, audience or
    campaigns holds several. Raises EngineError for a path without Parquet, a file that is cut, a column that is
    missing, or files of one table that differ.
    """
    found: list[PlainTable] = []
    for path in paths:
        if not path.exists():
            raise EngineError(f"There is no file or folder {path}. Check the path; nothing was changed.")
        within = sorted(path.iterdir()) if path.is_dir() else []
        parts = [one for one in within if one.stem in NAMES]
        found += [_table(part) for part in parts or [path]]
    names = [table.name for table in found]
    if "plain_audience" not in names or "plain_campaigns" not in names:
        raise EngineError(
            f"A rebuild needs audience and campaigns; found {', '.join(sorted(set(names)))} alone. "
            "Name both with --from."
        )
    return found


def _table(path: Path) -> PlainTable:
    files = tuple(sorted(path.rglob("*.parquet"))) if path.is_dir() else (path,)
    if not files:
        raise EngineError(f"{path} holds no Parquet file; write one, or name another folder. Nothing was changed.")
    columns: tuple[str, ...] | None = None
    digest, rows = hashlib.sha256(), 0
    for file in files:
        metadata = _footer(file)
        names = tuple(metadata.schema.to_arrow_schema().names)
        if columns is not None and set(names) != set(columns):
            odd = ", ".join(sorted(set(names) ^ set(columns)))
            raise EngineError(f"{file} and {files[0]} are one table and differ in {odd}. Write them alike.")
        columns, rows = columns or names, rows + metadata.num_rows
        digest.update(f"{file.relative_to(path.parent)} {file.stat().st_size}\n".encode())
        digest.update(_end(file))
    assert columns is not None
    return PlainTable(_named(path, columns), path, files, columns, rows, digest.hexdigest())


def _footer(file: Path) -> pq.FileMetaData:
    try:
        return pq.read_metadata(file)
    except (pa.ArrowException, OSError) as error:
        raise EngineError(
            f"{file} is no whole Parquet file ({file.stat().st_size:,} bytes): its end is missing or damaged. "
            "Write it again; nothing was changed."
        ) from error


def _end(file: Path) -> bytes:
    """The end of a file, which changes with all of it: hashing terabytes would take hours."""
    with file.open("rb") as opened:
        opened.seek(max(file.stat().st_size - FOOTER, 0))
        return opened.read()


def _named(path: Path, columns: Iterable[str]) -> str:
    """Which table it is, by its columns. Raises EngineError where a needed one is missing."""
    has = set(columns)
    name = next((name for name, telling in TELLING.items() if has & set(telling)), "plain_creators")
    missing = [column for column in NEEDED[name] if column not in has]
    if missing:
        raise EngineError(
            f"{path} has no column {' and no '.join(missing)}; {', '.join(NEEDED[name])} are needed to read it as "
            f"{name.removeprefix('plain_')}. Add it, or name another file; nothing was changed."
        )
    return name


def source_rows(tables: Sequence[PlainTable]) -> Iterator[dict[str, object]]:
    """One row of the table sources for each plain table; source_id is its place from 1."""
    for number, table in enumerate(tables, 1):
        yield {
            "source_id": number,
            "file_name": table.path.name,
            "sha256": table.sha256,
            "options": "{}",
            "header_signature": hashlib.sha256("\n".join(sorted(table.columns)).encode()).hexdigest(),
            "reader": table.name,
            "count_rows_read": table.count_rows,
            "count_rows_imported": table.count_rows,
            "count_rows_quarantined": 0,
            "message": f"{table.count_rows:,} rows read by Spark.",
        }

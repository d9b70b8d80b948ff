"""How do tests load an export? Into an empty first layer, as a user would, and look at what came of it."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

import duckdb

from data.importers import load as intake
from data.importers.load import FileReport, Options

HERE = Path(__file__).parent
FIXTURES = HERE.parents[1] / "fixtures"
SCHEMA = (HERE.parents[2] / "data" / "store" / "schema.sql").read_text(encoding="utf-8")
TODAY = date(2026, 3, 1)
CAMPAIGNS = """
    select campaign_id, impressions, clicks, conversions, cost::double, revenue::double, currency, date::text,
        end_date::text
    from campaign_rows order by sheet_row"""
POSTS = """
    select campaign_id, date::text, platform, deliverable, count_deliverables, impressions, reach, engagements, market,
        paid
    from campaign_rows order by sheet_row"""
SETS = """
    select platform, source, audience_type, is_top_n, followers, as_of::text, count(*)
    from audience group by all order by all"""


@dataclass(frozen=True)
class Loaded:
    """What came of a load: reports, shares in ppm by country, the same by audience, audiences, campaign rows, posts."""

    reports: list[FileReport]
    shares: dict[str, int]
    cells: set[tuple]
    sets: list[tuple]
    campaigns: list[tuple]
    flags: list[tuple]
    posts: list[tuple]

    @property
    def report(self) -> FileReport:
        (one,) = self.reports
        return one

    @property
    def problems(self) -> list[tuple]:
        return [(p.row, p.line, p.column, p.value) for p in self.report.problems]


@cache
def empty_layer() -> duckdb.DuckDBPyConnection:
    """A first layer without rows. Loads happen in a transaction that is taken back, so it stays empty."""
    db = duckdb.connect(config={"threads": 1})
    db.execute(SCHEMA)
    return db


def load(*paths: Path, creator: str | None = "ada", known: str = "", **options: object) -> Loaded:
    """Load files for the creator ada. known: ids of creators (with the same handle) that the store has already."""
    db = empty_layer()
    db.execute("begin")
    try:
        for name in known.split():
            db.execute("insert into profiles (source_id, creator_id, handle) values (1, $1, $1)", [name])
        given = Options(creator=creator, **options)
        reports = intake.load_files(db, paths, given, today=TODAY, now=datetime(2026, 3, 1))
        cells = db.sql("select audience_type, platform, country, ppm from audience order by all").fetchall()
        flags = db.execute(
            "select distinct creator_id, market, platform, paid from campaign_rows order by all"
        ).fetchall()
        return Loaded(
            reports,
            {c: ppm for _, _, c, ppm in cells},
            set(cells),
            db.sql(SETS).fetchall(),
            db.sql(CAMPAIGNS).fetchall(),
            flags,
            db.sql(POSTS).fetchall(),
        )
    finally:
        db.execute("rollback")


def load_text(folder: Path, text: str | bytes, name: str = "upload", **options: object) -> Loaded:
    """Load one file that holds this text."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8-sig"))
    return load(path, **options)

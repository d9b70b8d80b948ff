"""How do tests load somebody's own spreadsheet? Into an empty first layer, and look at what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from data.importers import load as intake
from data.importers.report import Code, FileReport, Options
from tests.data.importers.load_export import TODAY, empty_layer

PEOPLE = """
    select creator_id, creator_name, platform, home_country, followers, asking_price, currency
    from profiles order by all"""
CAMPAIGNS = """
    select creator_id, campaign_id, market, date::text, end_date::text, platform, deliverable, count_deliverables,
        impressions, reach, engagements, clicks, conversions, revenue, cost, currency
    from campaign_rows order by all"""
CODES = "select code, creator_id from creator_codes order by all"
AUDIENCE = "select creator_id, country, ppm from audience order by all"


@dataclass
class Came:
    """What came of sheets: the report of the last one, the rows of the three tables, and all reports in order."""

    report: FileReport
    people: list[tuple] = field(default_factory=list)
    campaigns: list[tuple] = field(default_factory=list)
    audience: list[tuple] = field(default_factory=list)
    codes_of: list[tuple] = field(default_factory=list)
    reports: list[FileReport] = field(default_factory=list)

    @property
    def ids(self) -> list[str]:
        """Of all creators that came in."""
        return sorted({row[0] for rows in (self.people, self.campaigns, self.audience) for row in rows})

    @property
    def codes(self) -> set[Code | None]:
        return {part.code for part in self.report.message_parts}


def bring(folder: Path, content: str, known: tuple[tuple[str, str, str], ...] = (), **options: str) -> Came:
    """Load one sheet into an empty layer, which may know creators (id, platform, handle) already."""
    path = folder / "tracker.csv"
    path.write_text(content, encoding="utf-8")
    db = empty_layer()
    db.execute("begin")
    try:
        for creator_id, platform, handle in known:
            row = {"id": creator_id, "platform": platform, "handle": handle}
            db.execute(
                "insert into profiles (source_id, creator_id, platform, handle) values (9, $id, $platform, $handle)",
                row,
            )
        (report,) = intake.load_files(db, [path], Options(**options), today=TODAY, now=datetime(2026, 3, 1))
        return Came(report, *(db.sql(sql).fetchall() for sql in (PEOPLE, CAMPAIGNS, AUDIENCE, CODES)))
    finally:
        db.execute("rollback")


def bring_all(loads: Sequence[Sequence[Path]], *options: Options) -> Came:
    """Load files, one list after the other, into one empty layer; options: of each load, where they have any."""
    db = empty_layer()
    db.execute("begin")
    try:
        reports: list[FileReport] = []
        for number, paths in enumerate(loads):
            said = options[number] if options else Options()
            reports += intake.load_files(db, paths, said, today=TODAY, now=datetime(2026, 3, 1))
        tables = (db.sql(sql).fetchall() for sql in (PEOPLE, CAMPAIGNS, AUDIENCE, CODES))
        return Came(reports[-1], *tables, reports=reports)
    finally:
        db.execute("rollback")

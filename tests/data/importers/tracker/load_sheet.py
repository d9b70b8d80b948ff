"""How do tests load a sheet kept by hand? Into an empty first layer, and look at what came of it."""

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
    """What came of a sheet: its report, and the rows of the three tables."""

    report: FileReport
    people: list[tuple] = field(default_factory=list)
    campaigns: list[tuple] = field(default_factory=list)
    audience: list[tuple] = field(default_factory=list)
    codes_of: list[tuple] = field(default_factory=list)

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
